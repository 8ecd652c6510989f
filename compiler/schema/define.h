/* Parts of the model as SQL. Two forms: as the server gets it, and as what it means, for comparing: there an expression
 * stands by its shape, so that two spellings of one thing are equal. */
#ifndef SCHEMA_DEFINE_H
#define SCHEMA_DEFINE_H

#include "change.h"

typedef enum DefineForm { DEFINE_SQL, DEFINE_MEANING } DefineForm;

Str define_type(const Schema *schema, const Type *type);
/* `table` is the relation that the expression is a part of, which may not be in the schema yet; NULL: of none. */
Str define_expression(const Schema *schema, const Table *table, const Expression *expression, DefineForm form);

/* The same for any object that the expression is a part of. */
Str define_text(const Schema *schema, const Object *owner, const Expression *expression, DefineForm form);

/* A text with holes of objects, as shapes have them, as SQL. */
Str define_shape(const Schema *schema, Str shape);

/* " COLLATE name"; "" for the type's own. */
Str define_collation(const Schema *schema, const Type *type);

/* "name type DEFAULT … NOT NULL". */
Str define_column(const Schema *schema, const Table *table, const ColumnInfo *column, DefineForm form);

/* " DEFAULT …" or " GENERATED ALWAYS AS (…) STORED", of a column that has an expression. */
Str define_column_value(const Schema *schema, const Table *table, const ColumnInfo *column, DefineForm form);

/* " GENERATED ALWAYS AS IDENTITY (…)". */
/* Of a column of the type, which its sequence has at first; NULL: with settings that are beyond that. */
Str define_identity(const Schema *schema, const Table *table, const Identity *identity, const CatalogType *column);

/* "CONSTRAINT name UNIQUE (…) …". */
Str define_constraint(const Schema *schema, const Table *table, const Constraint *constraint, DefineForm form);

/* "CREATE INDEX name ON table USING btree (…) …". */
Str define_index(const Schema *schema, const Index *index, DefineForm form);

/* The same from the name on. */
Str define_index_body(const Schema *schema, const Index *index, DefineForm form);

/* " USING method WITH (…) TABLESPACE name": what of that is not the default. */
Str define_storage(const Schema *schema, const Table *table);

/* "AS type DEFAULT … NOT NULL": a domain without its checks. */
Str define_domain(const Schema *schema, const Domain *domain, DefineForm form);

/* "ENUM ('a', 'b')". */
Str define_labels(Arena *arena, LabelList labels);

/* " PARTITION BY RANGE (…)", or "" for a table that is not partitioned. */
Str define_partition_key(const Schema *schema, const Table *table, DefineForm form);

/* "FOR VALUES FROM (…) TO (…)" or "DEFAULT", of a partition of the table. */
Str define_bound(const Schema *schema, const Table *parent, const Bound *bound, DefineForm form);

/* " PARTITION OF t FOR VALUES …" or " INHERITS (a, b)", or "" for a table that inherits nothing. */
Str define_parents(const Schema *schema, const Table *table, DefineForm form);

/* "(name, name)", quoted. */
Str define_columns(const Schema *schema, const Table *table, ColumnIds columns);

/* " WITH (name=value, …)", or "" for none. */
Str define_options(const Schema *schema, StorageOptions options);
Str define_wrapper_options(const Schema *schema, StorageOptions options);   /* " OPTIONS (…)" or "" */
Str define_server(const Schema *schema, const Table *table);                /* " SERVER s OPTIONS (…)" */

/* What an object, a column or a constraint has besides its definition, each as " NAME value": the properties that SQL
 * sets in statements of their own. part == 0: the object itself. */
Str define_attributes(const Schema *schema, ObjectId object, uint32_t part, bool constraint);

/* A property's value as one reads it, "none" for nothing. */
Str define_value(const Schema *schema, ObjectId object, Property property, const PropertyValue *value);

/* A string literal. */
Str define_literal(Arena *arena, Str value);

#endif
