/* What only SQL defines (definitions.def): what is the same for all of its kinds. */
#ifndef SCHEMA_DEFINITION_H
#define SCHEMA_DEFINITION_H

#include "define.h"

const char *definition_sql_word(ObjectKind kind);   /* "EVENT TRIGGER", as in DROP EVENT TRIGGER */

/* "(integer, text)": the arguments that it is found by. */
Str definition_signature(const Schema *schema, const Definition *definition);

/* What stands behind the word in ALTER, DROP and COMMENT ON: "f(integer, text)", "t ON table", "(a AS b)". */
Str definition_identity(const Schema *schema, const Definition *definition);

/* For messages: "function \"f(integer, text)\"", "trigger \"t\" of table \"users\"". */
Str definition_description(const Schema *schema, const Definition *definition);

/* The statement that creates it, behind CREATE [OR REPLACE]. */
Str define_definition(const Schema *schema, const Definition *definition, DefineForm form);

/* The attributes in the order of their keys, " STABLE SECURITY DEFINER". */
Str define_clauses(const Schema *schema, const Object *owner, Attributes attributes, DefineForm form);

bool type_equal(const Type *a, const Type *b);
bool type_lists_equal(TypeList a, TypeList b);

/* The definition that is there under the identity of `like`: kind, place, name, arguments and variant. Functions,
 * procedures and aggregates share their names. NULL: none. */
const Definition *definition_find(const Schema *schema, const Definition *like);

/* An access method for tables that a migration has made; NULL: there is none of the name. */
const Definition *definition_table_method(const Schema *schema, Str name);

bool object_is_routine(ObjectKind kind);

/* The language that was created; 0: none of that name was. */
ObjectId schema_language(const Schema *schema, Str name);

/* A transform is one of the language's. */
void transform_name(const Schema *schema, Definition *transform, Str language);

/* The transforms of its language for the types that it takes and gives, which the server takes it to need when it is
 * made (ProcedureCreate() in src/backend/catalog/pg_proc.c). */
ObjectIds routine_transforms(const Schema *schema, const Routine *routine);

/* As its attributes say. */
CatalogVolatility routine_volatility(const Definition *routine);

/* The statistics that a change of the column's type makes anew, without the target that was set for them
 * (RememberStatisticsForRebuilding() in src/backend/commands/tablecmds.c, from 14 on). */
ObjectIds statistics_remade(const Schema *schema, ObjectId table, ColumnId column);
#define STATISTICS_TARGET "statistics"   /* the key of that attribute */

/* ------------------------------------------------------------------ attributes */

const Expression *attribute_clause(Attributes attributes, Str key);   /* NULL: it has none */

/* Attributes are kept in the order of their keys, and settings among them in the order in which they were made, as the
 * server has them (GUCArrayAdd() in src/backend/utils/misc/guc.c). */
void attribute_set(Arena *arena, Attributes *attributes, Attribute attribute);
bool attribute_is_setting(Str key);   /* of a function, while it runs */
void attribute_remove(Attributes *attributes, Str key);

/* The clause that makes an attribute what it is by default: "VOLATILE"; data == NULL: no statement does. */
Str attribute_default(Arena *arena, Str key);

/* Whether ALTER can lead from the one to the other. */
bool attributes_are_reachable(Arena *arena, Attributes from, Attributes to);

/* Whether the statement that creates it says its attributes as they are now, not as they were in the beginning. */
bool definition_says_attributes(ObjectKind kind);

/* ------------------------------------------------------------------ replacing (ProcedureCreate in
 * src/backend/catalog/pg_proc.c) */

typedef enum ReplaceProblem {
    REPLACE_FINE,
    REPLACE_KIND,       /* a function for a procedure, … */
    REPLACE_RESULT,     /* another type of result, or other OUT parameters */
    REPLACE_NAME,       /* a parameter with another name */
    REPLACE_DEFAULT,    /* a default less */
    REPLACE_LABEL       /* of a trigger: another kind of trigger; it cannot be replaced by OR REPLACE */
} ReplaceProblem;

ReplaceProblem definition_replace_problem(const Definition *old, const Definition *new, size_t *parameter);

#endif
