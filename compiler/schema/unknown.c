/* What was named is kept by its name for good, outside of all versions of the schema, with the extension that it was
 * taken to be of: another one that is created later does not get it. */
#include "unknown.h"

#include "made_type.h"
#include "place.h"

ObjectId unknown_extension(const Schema *schema, Str qualifier)
{
    const Map *extensions = &schema->names[NAMES_EXTENSION];
    bool homeless = schema_next_place(schema, qualifier, 0) == 0;
    ObjectId newest = 0;
    for (size_t i = 0; i < extensions->capacity; i++) {
        const Extension *extension = (const Extension *) schema_object(schema, (ObjectId) extensions->entries[i].value);
        if (extension == NULL || extension->catalog != NULL)
            continue;
        bool reached = homeless || schema_looks_into(schema, qualifier, extension->home);
        if (reached && extension->object.id > newest)
            newest = extension->object.id;
    }
    return newest;
}

/* The extension stays the one that it was, as long as that is there. False: there is none. */
static bool still_brought(const Schema *schema, Str qualifier, ObjectId *owner)
{
    const Object *object = *owner == 0 ? NULL : schema_object(schema, *owner);
    if (object == NULL)
        *owner = unknown_extension(schema, qualifier);
    return *owner != 0;
}

static CatalogType *new_type(const Schema *schema, Arena *arena, Str qualifier, Str name)
{
    CatalogType *type = arena_new(arena, CatalogType), *array = arena_new(arena, CatalogType);
    Str display = catalog_quote(arena, name);
    bool homeless = qualifier.len > 0 && schema_find(schema, NAMES_NAMESPACE, 0, qualifier) == 0;
    if (homeless)
        display = str_format(arena, "%.*s.%.*s", STR_ARG(catalog_quote(arena, qualifier)), STR_ARG(display));
    *type = (CatalogType) {.name = str_copy(arena, name), .display = display, .stored = display, .array = array,
                           .kind = CATALOG_BASE, .category = 'U', .takes_modifiers = true, .collatable = true,
                           .unknown = true, .own_schema = homeless};
    *array = (CatalogType) {.name = str_format(arena, "_%.*s", STR_ARG(name)), .element = type, .kind = CATALOG_BASE,
                            .category = 'A', .takes_modifiers = true, .collatable = true, .unknown = true};
    array->display = array->stored = str_format(arena, "%.*s[]", STR_ARG(display));
    return type;
}

const CatalogType *unknown_type(const Schema *schema, Str qualifier, Str name, ObjectId *extension)
{
    UnknownNames *names = made_unknown(schema->made);
    Str key = str_format(names->types.arena, "%.*s.%.*s", STR_ARG(qualifier), STR_ARG(name));
    UnknownType *found = map_get_pointer(&names->types, key);
    ObjectId owner = found == NULL ? 0 : found->extension;
    if (!still_brought(schema, qualifier, &owner))
        return NULL;
    if (found == NULL) {
        found = arena_new(names->types.arena, UnknownType);
        found->type = new_type(schema, names->types.arena, qualifier, name);
        map_set_pointer(&names->types, key, found);
    }
    *extension = found->extension = owner;
    return found->type;
}

const CatalogAccessMethod *unknown_method(const Schema *schema, Str name, ObjectId *extension)
{
    UnknownNames *names = made_unknown(schema->made);
    UnknownMethod *found = map_get_pointer(&names->methods, name);
    ObjectId owner = found == NULL ? 0 : found->extension;
    if (!still_brought(schema, STR(""), &owner))
        return NULL;
    if (found == NULL) {
        found = arena_new(names->types.arena, UnknownMethod);
        found->method = (CatalogAccessMethod) {.name = str_copy(names->types.arena, name), .is_index = true,
                                               .can_unique = true, .can_multicolumn = true, .can_include = true,
                                               .can_order = true, .can_exclude = true, .unknown = true};
        map_set_pointer(&names->methods, found->method.name, found);
    }
    *extension = found->extension = owner;
    return &found->method;
}
