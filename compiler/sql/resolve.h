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
    bool shells;             /* a type may be named that is only a shell */
} NamePlace;

static inline NamePlace name_place(Sql *sql, const Schema *schema, const Fragment *fragment, const char *prefix)
{
    return (NamePlace) {.sql = sql, .schema = schema, .fragment = fragment, .prefix = prefix};
}

/* The type that a TypeName of PostgreSQL's tree means. Reported, and without a catalog type, where it is not known
 * or its modifiers are wrong. The pseudo-types serial and so on are not known here. */
Type resolve_type(NamePlace place, const PgQuery__TypeName *name);

/* The same without modifiers, and without a word where it is not known. */
bool resolve_known_type(NamePlace place, const PgQuery__TypeName *name, Type *type);

/* A type of the catalog as one of the model, arrays apart from their elements. */
Type type_of_catalog(const Schema *schema, const CatalogType *catalog);

/* The integers among a type's modifiers. False: one is something else. */
bool read_modifiers(Arena *arena, const PgQuery__TypeName *name, Type *type);

/* Whether the name was reported as unknown before; from now on it was. */
bool sql_is_silenced(Sql *sql, const char *kind, ObjectId namespace, Str name);

/* The collation of the schema that the names mean; 0: none, or one of the server's. */
ObjectId resolve_own_collation(const Schema *schema, size_t count, PgQuery__Node *const *names);

/* Whether the names mean a collation; reported, at the span, where they do not. */
bool resolve_collation(NamePlace place, size_t count, PgQuery__Node *const *names, Span span);

/* An extension whose functions (operators) include the name, created or not; NULL: none. */
const CatalogExtension *extension_with_function(const Schema *schema, Str name);
const CatalogExtension *extension_with_operator(const Schema *schema, Str name);

/* Whether an extension, or the server itself, has something of the name. */
typedef bool HasName(const CatalogExtension *owner, Str name);
bool brings_function(const CatalogExtension *owner, Str name);

/* Ends the newest report with the server that first has it by itself; false: none that is known does. */
bool help_newer_server(Compilation *c, const Schema *schema, HasName *has, Str name);

Span name_span(NamePlace place, int32_t location, size_t length);

#endif
