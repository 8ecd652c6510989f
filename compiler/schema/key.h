/* Indexes and keys, which are indexes with a constraint, seen alike. */
#ifndef SCHEMA_KEY_H
#define SCHEMA_KEY_H

#include "depend.h"

typedef struct KeyView {
    const Table *table;
    const Index *index;             /* one of the two */
    const Constraint *constraint;
    StrList names;                  /* the index's own names of its columns, those of INCLUDE too */
} KeyView;

typedef LIST(KeyView) KeyViews;

KeyView key_view(const Schema *schema, Part part);

/* Those of a relation, in the order of their creation. */
KeyViews key_views(const Schema *schema, ObjectId table);

Part key_view_part(const KeyView *view);
uint32_t key_view_id(const KeyView *view);
uint32_t key_view_parent(const KeyView *view);

/* Whether an index of a partition, one that is no part of another yet, does for the one of its parent
 * (CompareIndexInfo in src/backend/catalog/index.c). */
bool key_view_matches(const Schema *schema, const KeyView *wanted, const KeyView *own);

/* The names that an index gives to its columns when it is made. */
StrList key_column_names(const Schema *schema, const Table *table, const Index *index);
StrList constraint_column_names(const Schema *schema, const Table *table, const Constraint *key);

#endif
