#include "lookup.h"

Nearest nearest_to(Str wanted)
{
    return (Nearest) {.wanted = wanted, .distance = wanted.len <= 4 ? 2 : wanted.len <= 8 ? 3 : 4};
}

void nearest_try(Nearest *nearest, Str name)
{
    size_t distance = str_distance(nearest->wanted, name);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = name;
    }
}

void nearest_help(Compilation *c, const Nearest *nearest)
{
    if (nearest->best.data != NULL)
        help(c, "did you mean \"%.*s\"?", STR_ARG(nearest->best));
}

/* ------------------------------------------------------------------ extensions */

ObjectId extension_object(const Schema *schema, const CatalogExtension *extension)
{
    return extension == NULL ? 0 : schema_find(schema, NAMES_EXTENSION, 0, extension->name);
}

/* Where its objects live; NULL: in pg_catalog, which is not in the model. */
static const Object *extension_home(const Schema *schema, const CatalogExtension *extension)
{
    const Object *object = schema_object(schema, extension_object(schema, extension));
    return object == NULL ? NULL : schema_object(schema, ((const Extension *) object)->home);
}

bool extension_is_reached(const Schema *schema, const CatalogExtension *owner, Str qualifier)
{
    const Object *home = owner == &schema->view.catalog->core ? NULL : extension_home(schema, owner);
    if (home == NULL)
        return qualifier.len == 0 || str_is(qualifier, "pg_catalog");
    return qualifier.len == 0 ? schema_looks_into(schema, qualifier, home->id) : str_equal(qualifier, home->name);
}

bool schema_is_servers(Str name)
{
    return str_is(name, "pg_catalog") || str_is(name, "information_schema");
}

const CatalogRelation *catalog_relation_named(const Schema *schema, Str qualifier, Str name,
                                              const CatalogExtension **owner)
{
    const CatalogRelation *found = NULL;
    catalog_each_owner(each, &schema->view) {
        bool core = each == &schema->view.catalog->core;
        *owner = each;
        if (core)
            found = catalog_relation_in(each, qualifier.len == 0 ? STR("pg_catalog") : qualifier, name);
        else if (extension_is_reached(schema, each, qualifier))
            found = catalog_relation_in(each, STR(""), name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const CatalogType *extension_type(const Schema *schema, ObjectId namespace, Str name)
{
    catalog_each_owner(owner, &schema->view) {
        const CatalogType *type = catalog_type_in(owner, name);
        const Object *home = type == NULL ? NULL : extension_home(schema, owner);
        if (home != NULL && home->id == namespace)
            return type;
    }
    return NULL;
}

void help_extension(Compilation *c, const Schema *schema, const CatalogExtension *extension)
{
    const Object *home = extension_home(schema, extension);
    if (home != NULL)
        help(c, "extension \"%.*s\" has it in schema \"%.*s\"", STR_ARG(extension->name), STR_ARG(home->name));
    else
        help(c, "it comes with extension \"%.*s\": `create extension %.*s;` first", STR_ARG(extension->name),
             STR_ARG(catalog_quote(&c->arena, extension->name)));
}

/* ------------------------------------------------------------------ labels and columns */

const EnumLabel *enum_label(const Enum *type, Str label)
{
    for (size_t i = 0; i < type->labels.count; i++) {
        if (str_equal(type->labels.items[i].name, label))
            return &type->labels.items[i];
    }
    return NULL;
}

void report_unknown_label(Compilation *c, const Enum *type, Str wanted, Span span)
{
    Nearest nearest = nearest_to(wanted);
    report(c, M_UNKNOWN_LABEL, span, "enum \"%.*s\" has no label '%.*s'", STR_ARG(type->object.name), STR_ARG(wanted));
    label(c, type->object.created, "created here");
    for (size_t i = 0; i < type->labels.count; i++)
        nearest_try(&nearest, type->labels.items[i].name);
    if (nearest.best.data != NULL)
        help(c, "did you mean '%.*s'?", STR_ARG(nearest.best));
}

Str silence_key(Arena *arena, const char *kind, ObjectId namespace, Str name)
{
    return str_format(arena, "%s %u.%.*s", kind, (unsigned) namespace, STR_ARG(name));
}

void report_unknown_column(Compilation *c, const Table *table, Str name, Span span)
{
    Nearest nearest = nearest_to(name);
    report(c, M_UNKNOWN_COLUMN, span, "%s \"%.*s\" has no column \"%.*s\"", object_word(table->object.kind),
           STR_ARG(table->object.name), STR_ARG(name));
    label(c, table->object.created, "created here");
    for (size_t i = 0; i < table->columns.count; i++)
        nearest_try(&nearest, table->columns.items[i]->name);
    nearest_help(c, &nearest);
}
