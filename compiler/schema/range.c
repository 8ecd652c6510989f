#include "range.h"

#include "names.h"
#include "place.h"

const Definition *schema_range(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object != NULL && object->kind == OBJECT_RANGE ? (const Definition *) object : NULL;
}

/* The first "range" of the name becomes "multirange", and where there is none, "_multirange" ends it. */
Str range_multirange_name(Arena *arena, Str range)
{
    static const char word[] = "range";
    for (size_t i = 0; i + sizeof word - 1 <= range.len; i++) {
        Str rest = str_slice(range, i, range.len);
        if (!str_starts_with(rest, str_from(word)))
            continue;
        Str name = str_format(arena, "%.*smulti%.*s", (int) i, range.data, STR_ARG(rest));
        return str_slice(name, 0, name.len > NAME_MAXIMUM ? NAME_MAXIMUM : name.len);
    }
    return name_make(arena, range, (Str) {0}, STR("multirange"));
}

Type range_constructed(const Schema *schema, Str qualifier, Str name)
{
    for (ObjectId id = 1; id < schema->objects.count; id++) {
        const Definition *range = schema_range(schema, id);
        if (range == NULL || !schema_looks_into(schema, qualifier, range->object.schema))
            continue;
        if (str_equal(range->range->constructor, name))
            return (Type) {.catalog = object_type(schema, id), .object = id};
        if (str_equal(range->range->multirange_constructor, name))
            return (Type) {.catalog = range_multirange(schema, id), .object = id};
    }
    return (Type) {0};
}
