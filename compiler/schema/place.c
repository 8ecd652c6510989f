#include "place.h"

#include "definition.h"

ObjectId schema_next_place(const Schema *schema, Str qualifier, ObjectId before)
{
    if (qualifier.len > 0)
        return before == 0 ? schema_find(schema, NAMES_NAMESPACE, 0, qualifier) : 0;
    if (before == 0)
        return schema->home;
    size_t next = 0;
    for (size_t i = 0; i < schema->path.count; i++)
        next = schema->path.items[i] == before ? i + 1 : next;
    return next < schema->path.count ? schema->path.items[next] : 0;
}

ObjectId schema_place(const Schema *schema, NameSpace space, Str qualifier, Str name)
{
    schema_each_place(place, schema, qualifier) {
        if (schema_find(schema, space, place, name) != 0)
            return place;
    }
    return schema_next_place(schema, qualifier, 0);
}

const Object *schema_named(const Schema *schema, NameSpace space, Str qualifier, Str name)
{
    ObjectId place = schema_place(schema, space, qualifier, name);
    return place == 0 ? NULL : schema_object(schema, schema_find(schema, space, place, name));
}

bool schema_looks_into(const Schema *schema, Str qualifier, ObjectId namespace)
{
    schema_each_place(place, schema, qualifier) {
        if (place == namespace)
            return true;
    }
    return false;
}

ObjectIds schema_definitions_named(const Schema *schema, Str qualifier, Str name)
{
    ObjectIds all = {0};
    schema_each_place(place, schema, qualifier) {
        ObjectIds own = schema_definitions(schema, place, name);
        for (size_t i = 0; i < own.count; i++)
            list_push(schema->arena, &all, own.items[i]);
    }
    return all;
}

const Definition *definition_named(const Schema *schema, Str qualifier, const Definition *like)
{
    Definition here = *like;
    schema_each_place(place, schema, qualifier) {
        here.object.schema = place;
        const Definition *found = definition_find(schema, &here);
        if (found != NULL)
            return found;
    }
    return NULL;
}
