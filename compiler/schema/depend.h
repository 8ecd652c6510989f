/* Who needs whom. */
#ifndef SCHEMA_DEPEND_H
#define SCHEMA_DEPEND_H

#include "schema.h"

bool expression_uses_column(const Expression *expression, ColumnId column);
bool expression_uses_object(const Expression *expression, ObjectId object);
bool index_uses_column(const Index *index, ColumnId column);

/* Of the constraint's own table, not of the one a foreign key refers to. */
bool constraint_uses_column(const Constraint *constraint, ColumnId column);

/* Something that stands in the way of a drop. */
typedef struct Dependent {
    Str what;      /* "column \"status\" of table \"vaults\"" */
    Span created;
    ObjectId owner;         /* the object that it is, or is a part of */
    Str constraint;         /* its name; data == NULL: it is something else */
} Dependent;

typedef LIST(Dependent) Dependents;

/* What a plain drop (RESTRICT) of the object would leave without something it needs, as the server's pg_depend has
 * it; what goes away with the object itself is not among them. */
Dependents object_dependents(const Schema *schema, ObjectId id);
Dependents column_dependents(const Schema *schema, const Table *table, ColumnId column);

/* Foreign keys that rest on the unique key (a constraint's or a unique index's name) of the table; those of the
 * table itself too. */
Dependents key_dependents(const Schema *schema, const Table *table, Str key);

#endif
