#include "storage.h"

#include "base_type.h"

/* The server's own types that can leave the row; all others have a fixed length, or never do. */
static const struct {
    const char *name, *storage;
} rows[] = {
    {"text", "extended"},     {"varchar", "extended"}, {"bpchar", "extended"},   {"bytea", "extended"},
    {"json", "extended"},     {"jsonb", "extended"},   {"jsonpath", "extended"}, {"xml", "extended"},
    {"bit", "extended"},      {"varbit", "extended"},  {"path", "extended"},     {"polygon", "extended"},
    {"tsvector", "extended"}, {"refcursor", "extended"}, {"txid_snapshot", "extended"}, {"pg_snapshot", "extended"},
    {"numeric", "main"},      {"inet", "main"},        {"cidr", "main"},
};

const char *type_storage(const Schema *schema, const Type *written)
{
    Type type = type_base(schema, written);
    const Definition *own = type.array ? NULL : schema_base_type(schema, type.object);
    const CatalogType *catalog = type_catalog(&type);
    if (own != NULL)
        return base_type_storage(schema, own->base, own->attributes);
    catalog = catalog == NULL ? NULL : catalog_base_type(catalog);
    if (catalog == NULL || catalog->category == 'A' || catalog->extension.len > 0)
        return "extended";
    if (catalog->kind == CATALOG_COMPOSITE || catalog->kind == CATALOG_RANGE || catalog->kind == CATALOG_MULTIRANGE)
        return "extended";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (str_is(catalog->name, rows[i].name))
            return rows[i].storage;
    }
    return "plain";
}

/* Of those that never leave the row these are of any length. */
bool type_is_fixed(const Schema *schema, const Type *type)
{
    const Definition *own = type->array ? NULL : schema_base_type(schema, type->object);
    const CatalogType *catalog = type_catalog(type);
    if (own != NULL)
        return own->base->fixed;
    return strcmp(type_storage(schema, type), "plain") == 0 && catalog != NULL && !str_is(catalog->name, "tsquery") &&
           !str_is(catalog->name, "gtsvector") && !str_is(catalog->name, "cstring");
}
