/* Types of the model: what objects make, and what types are made of. A type that an object makes is there from the
 * first question on, outside of all versions of the object, so that types can be compared by address. */
#include "made_type.h"

#include "bug.h"
#include "definition.h"
#include "range.h"

struct MadeTypes {
    Arena *arena;
    LIST(CatalogType *) items;   /* by number of the object; NULL: not asked for yet */
    LIST(CatalogType *) multiranges;  /* of ranges, likewise */
    UnknownNames unknown;
};

MadeTypes *made_types_new(Arena *arena)
{
    MadeTypes *made = arena_new(arena, MadeTypes);
    made->arena = arena;
    made->unknown = (UnknownNames) {map_new(arena), map_new(arena)};
    return made;
}

UnknownNames *made_unknown(MadeTypes *made)
{
    return &made->unknown;
}

static CatalogType *new_type(Arena *arena)
{
    CatalogType *type = arena_new(arena, CatalogType), *array = arena_new(arena, CatalogType);
    *type = (CatalogType) {.array = array};
    *array = (CatalogType) {.element = type, .kind = CATALOG_BASE, .category = 'A',
                            .input = CATALOG_STABLE, .output = CATALOG_STABLE};
    return type;
}

static CatalogType *make_type(const Schema *schema, ObjectId id)
{
    MadeTypes *made = schema->made;
    while (made->items.count <= id)
        list_push(made->arena, &made->items, NULL);
    if (made->items.items[id] == NULL)
        made->items.items[id] = new_type(made->arena);
    return made->items.items[id];
}

/* A shell is a pseudo-type to the server, too (TypeShellMake() in src/backend/catalog/pg_type.c). */
static void describe_base_type(const Definition *definition, CatalogType *type)
{
    const BaseType *base = definition->base;
    type->kind = base->shell ? CATALOG_PSEUDO : CATALOG_BASE;
    type->category = base->shell ? 'P' : base->category;
    type->preferred = base->preferred;
    type->collatable = base->collatable;
    type->input = base->input;
    type->output = base->output;
    type->takes_modifiers = attribute_clause(definition->attributes, STR("element typmod_in")) != NULL;
}

/* As the catalog wants it (catalog.h); false: the object makes no type. */
static bool describe_type(const Schema *schema, const Object *object, CatalogType *type)
{
    const CatalogType *base;
    type->input = type->output = CATALOG_STABLE;    /* the server's own functions for them are */
    if (object->kind == OBJECT_ENUM) {
        type->kind = CATALOG_ENUM;
        type->category = 'E';
    } else if (object->kind == OBJECT_DOMAIN) {
        base = type_catalog(&((const Domain *) object)->type);
        type->kind = CATALOG_DOMAIN;
        type->base = base;
        type->category = base == NULL ? 'U' : base->category;
        type->collatable = base != NULL && base->collatable;
    } else if (object->kind == OBJECT_RANGE) {
        type->kind = CATALOG_RANGE;
        type->base = type_catalog(&((const Definition *) object)->range->subtype);
        type->category = 'R';
    } else if (object->kind == OBJECT_BASE_TYPE) {
        describe_base_type((const Definition *) object, type);
    } else if (object_is_relation(object)) {
        type->kind = CATALOG_COMPOSITE;
        type->category = 'C';
    } else {
        return false;
    }
    type->name = object->name;
    type->display = type->stored = object_sql(schema, object);
    return true;
}

/* The type as it is now, and its array. */
static const CatalogType *type_as(const Schema *schema, CatalogType *type, CatalogType now)
{
    CatalogType *array = (CatalogType *) (uintptr_t) type->array;
    Str display = type->display;
    if (!str_equal(display, now.display)) {
        display = str_copy(schema->made->arena, now.display);
        array->name = array->display = array->stored =
            str_format(schema->made->arena, "%.*s[]", STR_ARG(display));
    }
    now.display = now.stored = display;
    now.array = array;
    *type = now;
    array->collatable = type->collatable;
    return type;
}

const CatalogType *object_type(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    CatalogType now = {0};
    if (object == NULL || !describe_type(schema, object, &now))
        return NULL;
    return type_as(schema, make_type(schema, id), now);
}

const CatalogType *range_multirange(const Schema *schema, ObjectId id)
{
    const Definition *range = schema_range(schema, id);
    MadeTypes *made = schema->made;
    while (made->multiranges.count <= id)
        list_push(made->arena, &made->multiranges, NULL);
    if (made->multiranges.items[id] == NULL)
        made->multiranges.items[id] = new_type(made->arena);
    CatalogType now = {.name = range->range->multirange, .kind = CATALOG_MULTIRANGE, .category = 'R',
                       .base = object_type(schema, id), .input = CATALOG_STABLE, .output = CATALOG_STABLE};
    now.display = qualified_sql(schema, range->object.schema, range->range->multirange);
    return type_as(schema, made->multiranges.items[id], now);
}

const CatalogType *type_catalog(const Type *type)
{
    return type->array && type->catalog != NULL ? type->catalog->array : type->catalog;
}

Type type_base(const Schema *schema, const Type *type)
{
    Type base = *type;
    for (const Domain *domain; !base.array && (domain = schema_domain(schema, base.object)) != NULL;)
        base = domain->type;
    return base;
}

bool type_is_pseudo(const Type *type)
{
    const CatalogType *catalog = type->object == 0 ? type_catalog(type) : NULL;
    return catalog != NULL && catalog->kind == CATALOG_PSEUDO;
}

const Enum *type_enum(const Schema *schema, const Type *type)
{
    Type base = type_base(schema, type);
    return base.array ? NULL : schema_enum(schema, base.object);
}

bool type_contains(const Schema *schema, const Type *type, ObjectId object)
{
    const Domain *domain = schema_domain(schema, type->object);
    const Table *relation = schema_relation(schema, type->object);
    const Definition *range = schema_definition(schema, type->object);
    if (type->object == object)
        return object != 0;
    if (domain != NULL)
        return type_contains(schema, &domain->type, object);
    if (range != NULL && range->range != NULL)
        return type_contains(schema, &range->range->subtype, object);
    for (size_t i = 0; relation != NULL && i < relation->columns.count; i++) {
        if (type_contains(schema, &relation->columns.items[i]->type, object))
            return true;
    }
    return false;
}

bool column_fills_rows(const Schema *schema, const ColumnInfo *column)
{
    bool checked = false;
    Type type = column->type;
    for (const Domain *domain; !type.array && (domain = schema_domain(schema, type.object)) != NULL;) {
        checked = checked || domain->not_null.holds || domain->constraints.count > 0;
        type = domain->type;
    }
    return checked || column->expression != NULL || column->identity.kind != IDENTITY_NONE;
}
