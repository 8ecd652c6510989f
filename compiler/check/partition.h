/* Inheritance and partitions, checked; private to this folder. */
#ifndef CHECK_PARTITION_H
#define CHECK_PARTITION_H

#include "checker.h"

/* ------------------------------------------------------------------ keys and bounds (partition.c) */

/* Fills in table->partition, after the columns. False: reported. */
bool build_partition_key(Checker *k, Table *table, const NodeCreateTable *node);

/* A bound that fits the table and its partitions; NULL: reported. */
const Bound *build_bound(Checker *k, const Table *parent, Span span);

/* What a partitioned table cannot have; true for any other. False: reported. */
/* A key or foreign key of that name that a partition gets from its parent; NULL: none. */
const Constraint *find_inherited(const TableBuild *build, Str name);

bool check_no_inherited_key(Checker *k, const TableBuild *build, const NodeKey *node);

/* The columns in which rows that are in each other's way are equal: they are in one partition if these make its key. */
ColumnIds constraint_equal_columns(Checker *k, const Constraint *constraint);
bool check_unique_of_partitioned(Checker *k, const Table *table, ColumnIds columns, Span span);
bool check_check_of_partitioned(Checker *k, const Table *table, const Constraint *check, Span span);
bool check_not_concurrent(Checker *k, const Table *table, Span span);
bool check_exclusion_of_partitioned(Checker *k, const Table *table, Span span);

/* A partition's keys must do for it too, where it is partitioned itself. False: reported. */
bool check_keys_of_parent(Checker *k, const Table *parent, const Table *table, Span span);

/* A new primary key, if it is one, is what partitions can get. False: reported. */
bool check_primary_of_partitions(Checker *k, const Table *table, const Constraint *primary, Span span);
bool check_storage_of_partitioned(Checker *k, const Table *table, const NodeCreateTable *node);

/* ------------------------------------------------------------------ parents (parent.c) */

/* Gives the table, which is being created, the columns and checks of its parents. False: reported. */
bool build_parents(Checker *k, TableBuild *build, const NodeCreateTable *node);

/* Whether a written column is there already, for a parent has it. */
bool is_inherited(const TableBuild *build, const NodeColumn *node);

/* Then it is one with that: its number; 0: reported. */
ColumnId merge_column(Checker *k, TableBuild *build, const NodeColumn *node);

/* What becomes one with an inherited column keeps what that says and it does not. */
void merge_clauses(ColumnInfo *column, const ColumnInfo *inherited);

/* Where two parents give a column different defaults it has to have one of its own. False: reported. */
bool check_defaults(Checker *k, const TableBuild *build);

void check_attach_partition(Checker *k, const Table *table, const NodeAttachPartition *node);
void check_detach_partition(Checker *k, const Table *table, const NodeDetachPartition *node);
void check_inherit(Checker *k, const Table *table, const NodeInherit *node);
void check_no_inherit(Checker *k, const Table *table, const NodeNoInherit *node);

/* ------------------------------------------------------------------ row triggers (trigger.c) */

/* Whether no partition would have two of the name: by a new trigger, by one of a table and what is below that, by a
 * table that becomes a partition. False: reported. */
bool check_trigger_of_family(Checker *k, const Definition *trigger);
bool check_triggers_join(Checker *k, const Table *parent, const Table *child, Span span);

/* A partition that leaves keeps none of its parents' triggers. */
void drop_trigger_states(Checker *k, Span span, const Table *child);

/* ------------------------------------------------------------------ children (heir.c) */

/* Whether inheritance allows the action of `alter table`: of what is inherited, and on what others inherit. False:
 * reported. */
bool check_heirs_allow(Checker *k, const Table *table, const Node *action, bool only);

/* Whether each child has the column as not null already, so that the table can have it so by itself. */
bool check_children_not_null(Checker *k, const Table *table, const ColumnInfo *column, bool only, Span span);

/* Whether it may be done with `only`: not to a table that others inherit from. */
bool check_not_only(Checker *k, const Table *table, bool only, Span span);

/* A column, and checks, from the one at the index on, that children are to have too. False: reported. */
bool check_column_of_children(Checker *k, const Table *table, const ColumnInfo *column, Span span);
bool check_checks_of_children(Checker *k, const Table *table, size_t from, Span span);

/* Whether the index is not a part of one of a partitioned table, and can be dropped. False: reported. */
bool check_index_goes_alone(Checker *k, const Index *index, Span span);

/* The same type and collation. */
bool same_column_type(const Type *a, const Type *b);

/* The same, of columns of one name in a child and a parent. False: reported. */
bool check_same_type(Checker *k, const ColumnInfo *column, const ColumnInfo *above, const Table *parent, Span span);

/* A new table's own check becomes one with that of a parent which has its name (MergeWithExistingConstraint() in
 * src/backend/catalog/heap.c; constraint.c). False: reported. */
bool join_inherited(Checker *k, TableBuild *build, Word name, const Constraint *own, const Constraint *above);

#endif
