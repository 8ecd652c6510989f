/* Foreign tables; private to this folder. All of these report what they refuse. */
#ifndef CHECK_FOREIGN_H
#define CHECK_FOREIGN_H

#include "checker.h"

/* What the table cannot do, or have: "have rules". */
bool check_not_foreign(Checker *k, const Table *table, Span span, const char *what);

/* The same of the partitions of a partitioned table, which would get it too. */
bool check_no_foreign_partition(Checker *k, const Table *table, Span span, const char *what);

bool check_foreign_constraint(Checker *k, const Table *table, const Node *node);

/* Whether a table that is foreign can have an action of `alter table` done to it. */
bool check_foreign_allows(Checker *k, const Table *table, const Node *action);

/* `using`, which goes through rows. */
bool check_foreign_conversion(Checker *k, const Table *table, Span using);

/* Whether what the parent, and those above it, have can do without an index or a key in the foreign child. */
bool check_foreign_partition(Checker *k, const Table *parent, const Table *child, Span span);

/* `options (…)`, which only foreign tables have. */
bool check_has_wrapper(Checker *k, const Table *table, Span span);
bool change_wrapper_options(Checker *k, StorageOptions *options, const Node *node);
void check_set_wrapper_options(Checker *k, const Table *table, const Node *action);
void check_set_column_wrapper_options(Checker *k, const Table *table, const ColumnInfo *column, const Node *action);

/* NULL: there is none, which is not reported. */
const Definition *named_server(Checker *k, Str name);

/* Makes it a foreign one, if the statement says so. */
bool build_foreign_table(Checker *k, Table *table, const NodeCreateTable *node);

#endif
