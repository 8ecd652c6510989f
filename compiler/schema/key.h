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

/* Whether a key that is a column has a collation written which is the column's own; and the key without it. The server
 * keeps none that is the column's: when the column gets another one, the key does, too (pg_get_indexdef_worker in
 * src/backend/utils/adt/ruleutils.c). */
bool index_key_repeats_collation(const IndexKey *key, const ColumnInfo *column);
const Expression *index_key_without_collation(Arena *arena, const Expression *key);

KeyView key_view(const Schema *schema, Part part);

/* Those of a relation, in the order in which they were made, which is the server's. */
KeyViews key_views(const Schema *schema, ObjectId table);

/* Those that hold just these columns, in any order, each once: what a foreign key can rest on, the first of them
 * unless it is meant for the primary key (transformFkeyCheckAttrs in src/backend/commands/tablecmds.c). Deferrable
 * ones and those that are not complete, which the server passes over, are among them. The table may not be in the
 * schema yet. */
KeyViews equal_keys(const Schema *schema, const Table *table, ColumnIds columns);
bool key_view_carries(const KeyView *view);
void rest_on_key(Constraint *foreign, const KeyView *view);

/* The columns that a foreign key to it would name; none: there can be none. */
ColumnIds key_target_columns(const Schema *schema, const KeyView *view);

/* Those like the key or index that come before it where all is made anew: where a foreign key could rest on either,
 * those that were made before it; of a partition's, those that its parent is to take when it joins. */
Parts older_keys(const Schema *schema, Part key);

/* The partition's own that its parent would take instead of what are parts of its keys now, if it joined again; and the
 * last of those that one of them would be taken for, {0} where it is no rival. */
Parts key_rivals(const Schema *schema, const Table *partition);
Part key_rivalled(const Schema *schema, Part key);

/* Whether the key has to come behind CREATE TABLE, for an equal one that is older comes there, or would not be
 * older. */
bool key_waits(const Schema *schema, const Table *table, const Constraint *key);

Part key_view_part(const KeyView *view);
uint32_t key_view_id(const KeyView *view);
uint32_t key_view_parent(const KeyView *view);
uint32_t key_view_made(const KeyView *view);

/* Whether an index of a partition, one that is no part of another yet, does for the one of its parent
 * (CompareIndexInfo in src/backend/catalog/index.c). */
bool key_view_matches(const Schema *schema, const KeyView *wanted, const KeyView *own);

bool key_view_is_incomplete(const KeyView *view);

/* What does for an index that is being made, and not for a partition that is being attached: one that is not complete,
 * and from 17 on a primary key for a unique constraint, or the other way round. True: it does for both. */
bool key_view_attaches(const Schema *schema, const KeyView *wanted, const KeyView *own);

/* Whether a partitioned table's is made when its partitions are there, which do not get it with their parent: not all
 * of them have it, or what one has for it would not be taken for it when that is attached. */
bool key_comes_late(const Schema *schema, const Table *table, const Constraint *key);

/* The names that an index gives to its columns when it is made. */
StrList key_column_names(const Schema *schema, const Table *table, const Index *index);
StrList constraint_column_names(const Schema *schema, const Table *table, const Constraint *key);

#endif
