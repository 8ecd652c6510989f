/* Properties: a member of a struct each, so that one function reads and another writes them all. */
#include "property.h"

#include "bug.h"

#include <stddef.h>

typedef enum PropertyPart { OF_OBJECT, OF_COLUMN, OF_CONSTRAINT } PropertyPart;

typedef enum PropertyWhere { WHERE_DEFINED, WHERE_SEPARATE, WHERE_LATE, WHERE_ALONG } PropertyWhere;

typedef struct PropertyRow {
    PropertyPart part;
    const char *type;      /* the struct's name */
    size_t offset, size;
    const char *name;
    PropertyWhere where;
} PropertyRow;

static const PropertyRow rows[] = {
#define PROPERTY(NAME, PART, Type, member, name, where) \
    {OF_##PART, #Type, offsetof(Type, member), sizeof(((Type *) NULL)->member), name, WHERE_##where},
#include "properties.def"
#undef PROPERTY
};

const char *property_name(Property property)
{
    return rows[property].name;
}

bool property_is_separate(Property property)
{
    return rows[property].where == WHERE_SEPARATE || rows[property].where == WHERE_LATE;
}

bool property_is_late(Property property)
{
    return rows[property].where == WHERE_LATE;
}

bool property_is_along(Property property)
{
    return rows[property].where == WHERE_ALONG;
}

bool property_is_of_object(Property property, ObjectKind kind)
{
    static const char *const types[] = {
#define OBJECT(KIND, Type, word, names) #Type,
#include "objects.def"
#undef OBJECT
    };
    const char *type = rows[property].type;
    return rows[property].part == OF_OBJECT && (strcmp(type, "Object") == 0 || strcmp(type, types[kind]) == 0);
}

bool property_is_of_column(Property property)
{
    return rows[property].part == OF_COLUMN;
}

bool property_is_of_constraint(Property property)
{
    return rows[property].part == OF_CONSTRAINT;
}

ConstraintList *constraints_edit(Object *object)
{
    return object->kind == OBJECT_DOMAIN ? &((Domain *) object)->constraints : &((Table *) object)->constraints;
}

/* The struct that has the member. */
static const char *property_base(const Object *object, Property property, uint32_t part)
{
    const void *base = NULL;
    switch (rows[property].part) {
    case OF_OBJECT: return (const char *) object;
    case OF_COLUMN: base = table_column((const Table *) object, part); break;
    case OF_CONSTRAINT: base = constraint_by_id(object_constraints(object), part); break;
    }
    if (base == NULL)
        BUG("part %u to read is not there", (unsigned) part);
    return base;
}

/* The same, of an object that is being edited. */
static char *property_edit(Arena *arena, Object *object, Property property, uint32_t part)
{
    switch (rows[property].part) {
    case OF_OBJECT: return (char *) object;
    case OF_COLUMN: return (char *) column_edit(arena, (Table *) object, part);
    case OF_CONSTRAINT: return (char *) constraint_edit(arena, constraints_edit(object), part);
    }
    BUG("property %d", (int) property);
}

void property_set(Arena *arena, Object *object, Property property, uint32_t part, const PropertyValue *value)
{
    memcpy(property_edit(arena, object, property, part) + rows[property].offset, value, rows[property].size);
}

Object *object_without_late(const Schema *schema, ObjectId id)
{
    static const PropertyValue none;
    Object *object = object_edit(schema, id);
    for (Property property = 0; property < PROPERTY_COUNT; property++) {
        if (property_is_late(property) && property_is_of_object(property, object->kind))
            property_set(schema->arena, object, property, 0, &none);
    }
    return object;
}

/* Where the member is. */
static const char *property_place(const Schema *schema, ObjectId id, Property property, uint32_t part)
{
    const Object *object = schema_object(schema, id);
    if (object == NULL)
        BUG("object %u to read is not there", (unsigned) id);
    return property_base(object, property, part) + rows[property].offset;
}

PropertyValue property_value(const Schema *schema, ObjectId id, Property property, uint32_t part)
{
    PropertyValue value = {0};
    memcpy(&value, property_place(schema, id, property, part), rows[property].size);
    return value;
}

/* A list is set when it has items, whatever memory it once had; all else when a byte of it is. */
bool property_is_set(const Schema *schema, ObjectId id, Property property, uint32_t part)
{
    static const PropertyValue none;
    PropertyValue value = property_value(schema, id, property, part);
    bool options = property == PROPERTY_TABLE_OPTIONS || property == PROPERTY_INDEX_OPTIONS ||
                   property == PROPERTY_COLUMN_OPTIONS || property == PROPERTY_PRIVILEGES ||
                   property == PROPERTY_COLUMN_PRIVILEGES || property == PROPERTY_ATTRIBUTES ||
                   property == PROPERTY_CONSTRAINT_OPTIONS || property == PROPERTY_SECURITY_LABELS ||
                   property == PROPERTY_COLUMN_SECURITY_LABELS;
    if (property == PROPERTY_COMMENT && id < schema->first)
        return !str_equal(value.text, schema_first_comment(schema, id));
    return options ? value.options.count > 0 : memcmp(&value, &none, rows[property].size) != 0;
}
