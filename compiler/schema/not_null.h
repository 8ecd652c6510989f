/* That columns and domains are never null. Until 17 it is a mere property; servers from 18 on (of domains: 17) make a
 * constraint of it, which has a name, may be inherited, and is renamed, validated and dropped like others
 * (src/backend/catalog/pg_constraint.c: AdjustNotNullInheritance, findNotNullConstraintAttnum). A database has columns
 * by this name where all of the project's servers do; else the names are the server's own, and in no model. */
#ifndef SCHEMA_NOT_NULL_H
#define SCHEMA_NOT_NULL_H

#include "names.h"

bool not_null_is_named(const Schema *schema, ObjectKind kind);

bool not_null_is_same(const NotNull *a, const NotNull *b);

/* What a child's column has from it alone. */
NotNull not_null_below(const NotNull *above);

/* Whether children have it from there. */
bool not_null_is_inheritable(const NotNull *not_null);

/* What the column of that name has from the table's parents, but for one of them (0: from all). */
NotNull not_null_of_parents(const Schema *schema, const Table *table, Str column, ObjectId but);

/* The column whose constraint has the name; NULL: none. */
const ColumnInfo *table_not_null_named(const Table *table, Str name);

/* "NOT NULL", with its name before it and what else there is to say behind it, and a blank in front. */
Str not_null_clause(const Schema *schema, const NotNull *not_null);

/* "CONSTRAINT name NOT NULL column", as an item of a table. */
Str not_null_item(const Schema *schema, const NotNull *not_null, Str column);

/* One that CREATE TABLE and ADD COLUMN can say. */
NotNull not_null_at_once(const NotNull *not_null);

#endif
