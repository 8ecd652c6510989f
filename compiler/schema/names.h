/* The names that PostgreSQL makes up: src/backend/commands/indexcmds.c (makeObjectName, ChooseRelationName,
 * ChooseIndexName, ChooseIndexColumnNames) and src/backend/catalog/pg_constraint.c (ChooseConstraintName).
 *
 * While a statement is being put together its own names are not in the schema yet: a NameScope holds both.
 */
#ifndef SCHEMA_NAMES_H
#define SCHEMA_NAMES_H

#include "schema.h"

enum { NAME_MAXIMUM = 63 };  /* NAMEDATALEN - 1, in bytes */

typedef struct NameScope {
    const Schema *schema;
    ObjectId namespace;
    StrList relations;     /* names that this statement has taken already */
    StrList constraints;
    Str own;               /* the name that a constraint with an index has, and could be given */
} NameScope;

/* name1[_name2][_label], cut to 63 bytes at the expense of the longer of the two names, never inside a character. */
Str name_make(Arena *arena, Str name1, Str name2, Str label);

/* Each takes the name in the scope. `columns` are the key's columns (an expression's stands for itself: see
 * name_index_column), those of INCLUDE too. */
Str name_choose_key(NameScope *scope, Str table, bool primary, StrList columns);
Str name_choose_exclusion(NameScope *scope, Str table, StrList columns);

/* One of these two, by the kind. */
Str name_choose_key_of(NameScope *scope, Str table, ConstraintKind kind, StrList columns);
/* Of the copy of a constraint with an index. */
Str name_choose_copy(NameScope *scope, Str table, const Constraint *key);
Str name_choose_index(NameScope *scope, Str table, StrList columns);
Str name_choose_check(NameScope *scope, Str table, Str column);  /* column: "" unless it reads exactly one */
Str name_choose_not_null(NameScope *scope, Str table, Str column);  /* of a domain: column "" */
Str name_choose_foreign(NameScope *scope, Str table, StrList columns);
/* Of a foreign key that servers from 18 on make beside one of that name, for a partition of what it refers to. */
Str name_choose_shadow(NameScope *scope, Str foreign);
/* Of statistics that nobody has named (ChooseExtendedStatisticName in src/backend/commands/statscmds.c). */
Str name_choose_statistics(const NameScope *scope, Str table, StrList columns);
Str name_choose_sequence(NameScope *scope, Str table, Str column);

bool name_relation_is_free(const NameScope *scope, Str name);
void name_take_relation(NameScope *scope, Str name);
void name_take_constraint(NameScope *scope, Str name);

/* Adds a column's name to those of an index: made distinct from the ones before by a number. */
void name_index_column(Arena *arena, StrList *columns, Str name);

#endif
