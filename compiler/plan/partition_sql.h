/* The SQL of inheritance and partitions; private to this folder. */
#ifndef PLAN_PARTITION_SQL_H
#define PLAN_PARTITION_SQL_H

#include "change.h"

/* What CREATE TABLE says of the column: of an inherited one only what differs from the parent's; "": nothing. */
Str column_to_write(const Schema *schema, const Table *table, const ColumnInfo *column);

/* "CREATE TABLE name …", with the columns and constraints. */
Str table_sql_text(const Schema *schema, const Table *table, Str body);

void inherit_sql(const Schema *schema, const InheritChange *change, StrList *statements);
/* What has to go behind it: the server gives a partition that was detached concurrently a check in place of its bound,
 * unless others say as much. `after` is the schema without it. */
void detached_sql(const Schema *after, const DisinheritChange *change, StrList *statements);
void disinherit_sql(const Schema *schema, const DisinheritChange *change, StrList *statements);

/* Has the ALTER TABLE among the statements say that it is for the table alone. */
void say_only(const Schema *schema, StrList *statements);

#endif
