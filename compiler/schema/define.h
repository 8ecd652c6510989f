/* Parts of the model as SQL. Two forms: as the server gets it, and as what it means, for comparing: there an expression
 * stands by its shape, so that two spellings of one thing are equal. */
#ifndef SCHEMA_DEFINE_H
#define SCHEMA_DEFINE_H

#include "schema.h"

typedef enum DefineForm { DEFINE_SQL, DEFINE_MEANING } DefineForm;

Str define_type(const Schema *schema, const Type *type);
Str define_expression(Arena *arena, const Table *table, const Expression *expression, DefineForm form);

/* "name type DEFAULT … NOT NULL". */
Str define_column(const Schema *schema, const Table *table, const ColumnInfo *column, DefineForm form);

/* "CONSTRAINT name UNIQUE (…) …". */
Str define_constraint(const Schema *schema, const Table *table, const Constraint *constraint, DefineForm form);

/* "CREATE INDEX name ON table USING btree (…) …". */
Str define_index(const Schema *schema, const Index *index, DefineForm form);

/* "(name, name)", quoted. */
Str define_columns(const Schema *schema, const Table *table, ColumnIds columns);

/* " WITH (name=value, …)", or "" for none. */
Str define_options(const Schema *schema, StorageOptions options);

/* A string literal. */
Str define_literal(Arena *arena, Str value);

#endif
