/* Looking a name up and, where it is not there, saying so: with the place of what was searched and the name that may
 * have been meant. */
#ifndef SCHEMA_LOOKUP_H
#define SCHEMA_LOOKUP_H

#include "place.h"
#include "report.h"
#include "schema.h"

/* The nearest of some names, if it is near enough to be meant. */
typedef struct Nearest {
    Str wanted;
    Str best;      /* data == NULL: none is near */
    size_t distance;
} Nearest;

Nearest nearest_to(Str wanted);
void nearest_try(Nearest *nearest, Str name);

/* Ends the newest report with "did you mean", if there is something. */
void nearest_help(Compilation *c, const Nearest *nearest);

const EnumLabel *enum_label(const Enum *type, Str label);  /* NULL: none of that name */
void report_unknown_label(Compilation *c, const Enum *type, Str label, Span span);
/* The extension as an object; 0: it is not created, or it is the core. */
ObjectId extension_object(const Schema *schema, const CatalogExtension *extension);

/* Whether a name with the qualifier ("" for none) may be one of the owner's: the core or a created extension.
 * Unqualified names are looked for in pg_catalog and in the home namespace, as the server does with the search_path
 * of a run. */
bool extension_is_reached(const Schema *schema, const CatalogExtension *owner, Str qualifier);

/* Whether the schema is one of the server's own, which are not in the model. */
bool schema_is_servers(Str name);

/* A table or view of the server's, or one that a created extension has brought, and which of them. NULL: none. */
const CatalogRelation *catalog_relation_named(const Schema *schema, Str qualifier, Str name,
                                              const CatalogExtension **owner);

/* A type that a created extension brings into the namespace; NULL: none. */
const CatalogType *extension_type(const Schema *schema, ObjectId namespace, Str name);

/* Ends the newest report, about a name that the extension has, with the way to it. */
void help_extension(Compilation *c, const Schema *schema, const CatalogExtension *extension);

/* The key of a name that was reported as unknown once. */
Str silence_key(Arena *arena, const char *kind, ObjectId namespace, Str name);

void report_unknown_column(Compilation *c, const Table *table, Str name, Span span);

#endif
