/* Two points in time, compared by what was touched between them. */
#ifndef SCHEMA_COMPARE_H
#define SCHEMA_COMPARE_H

#include "schema.h"

/* One thing that can be equal or not: an object, or a part of one. */
typedef struct Fact {
    Str what;      /* "column \"note\" of table \"vaults\"": also its identity */
    Str meaning;   /* equal facts have equal meanings */
    Str text;      /* the definition as people read it */
    uint32_t order; /* of a column: its place in the table, from 1; else 0 */
    Str owner;     /* what it is a part of; "" for an object */
    Span created;
} Fact;

typedef LIST(Fact) Facts;

/* "table \"billing.invoices\"": with its schema, unless that is the home of unqualified names. */
Str object_title(const Schema *schema, const Object *object);

/* The numbers of the objects touched since the mark, in order. */
ObjectIds schema_touched(const Schema *schema, size_t mark);

/* Those, and the objects whose definitions may read in another way because of them, in order. */
ObjectIds schema_affected(const Schema *schema, size_t mark);

/* What is to be said of those of the objects that are there now. */
Facts schema_facts(const Schema *schema, ObjectIds ids);

typedef enum DifferenceKind {
    DIFFERENCE_MISSING,
    DIFFERENCE_EXTRA,
    DIFFERENCE_CHANGED,
    DIFFERENCE_ORDER
} DifferenceKind;

typedef struct Difference {
    DifferenceKind kind;
    Fact before;   /* not for EXTRA */
    Fact after;    /* not for MISSING */
} Difference;

typedef LIST(Difference) Differences;

/* What is different, in the order of `before`, then what is extra. A part is not mentioned when its owner is missing
 * or extra. Columns that stand in another order are mentioned once a table, and only if nothing else of the table
 * differs. */
Differences facts_compare(Arena *arena, Facts before, Facts after);

#endif
