/* The grade of a way down: whether it brings back the data that `up` took away. What is written into tables and columns
 * after `up` made them goes with them in any case, and does not count; nor does what `sql { … }` changes, which is not
 * known here. */
#ifndef SCHEMA_GRADE_H
#define SCHEMA_GRADE_H

#include "change.h"

typedef enum GradeKind { GRADE_LOSSLESS, GRADE_LOSSY, GRADE_IRREVERSIBLE } GradeKind;

/* Something whose data cannot come back. */
typedef struct Loss {
    ObjectId object;       /* the table or sequence */
    ColumnId column;       /* 0: all of it */
    Str what;              /* "column \"note\" of table \"vaults\"" */
    Span span;             /* of the change that takes it away */
} Loss;

typedef LIST(Loss) Losses;

/* Adds what the change takes away of what was there before the migration, whose file it is. `schema` is the one before
 * the change. */
void losses_note(const Schema *schema, const Change *change, uint32_t file, Losses *losses);

/* Each once, and nothing of a table that is lost itself. */
Losses losses_sorted_out(Arena *arena, const Losses *losses);

#endif
