/* Base types: those whose values only functions know. A type of the kind begins as a shell, which is a name for its
 * functions to be declared with; when they are there it is made whole by them (src/backend/commands/typecmds.c,
 * DefineType). From then on type and functions need each other: none of them goes alone, and the server takes all of
 * them by CASCADE. */
#ifndef SCHEMA_BASE_TYPE_H
#define SCHEMA_BASE_TYPE_H

#include "change.h"

/* The base type that the object is; NULL: it is none. */
const Definition *schema_base_type(const Schema *schema, ObjectId id);

/* Whether the object is a type that is only a name yet. */
bool type_is_shell(const Schema *schema, ObjectId id);

/* Whether the type, as this version of it has it, is made of the function. */
bool base_type_is_made_of(const Definition *type, ObjectId function);

/* Those of the functions that name the type themselves: input and output, and what sends and receives it. */
ObjectIds base_type_functions(const Schema *schema, const Definition *type);

/* What the type was before it was made whole. */
Definition *base_type_shell(Arena *arena, const Definition *type);

/* pg_type.typstorage: "plain", "main", "external" or "extended"; `attributes` are those of the type. */
const char *base_type_storage(const Schema *schema, const BaseType *base, Attributes attributes);

/* The columns that have values of the type as they are keep their storage when the type's becomes another one: what
 * says so. `schema` is the one before the change. */
ChangeList base_type_keep_storage(const Schema *schema, const SetChange *change);

#endif
