/* Names that SQL uses, looked up in the model and the catalog; private to this folder. */
#ifndef SQL_RESOLVE_H
#define SQL_RESOLVE_H

#include "tree.h"

/* Where the names come from: for the places of messages. */
typedef struct NamePlace {
    Sql *sql;
    const Schema *schema;
    const Fragment *fragment;
    const char *prefix;      /* that the fragment was parsed behind */
} NamePlace;

/* The type that a TypeName of PostgreSQL's tree means. Reported, and without a catalog type, where it is not known or its
 * modifiers are wrong. The pseudo-types serial and so on are not known here. */
Type resolve_type(NamePlace place, const PgQuery__TypeName *name);

/* The extension in the schema that brings it; 0: none, or the server's own. */
ObjectId resolve_owner(const Schema *schema, const CatalogExtension *extension);

/* The name of an extension whose functions (operators, types) include the name, created or not; data == NULL: none. */
Str extension_with_function(const Schema *schema, Str name);
Str extension_with_operator(const Schema *schema, Str name);

/* True when the name is a function's: the server's, a created extension's, or one that a migration creates. */
bool function_is_known(const Schema *schema, Str name);

Span name_span(NamePlace place, int32_t location, size_t length);

#endif
