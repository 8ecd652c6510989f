#include "operator.h"

#include "definition.h"

static const char *const links[] = {OPERATOR_COMMUTATOR, OPERATOR_NEGATOR};

enum { LINK_COUNT = sizeof links / sizeof *links };

const Definition *schema_operator(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object != NULL && object->kind == OBJECT_OPERATOR ? (const Definition *) object : NULL;
}

bool operator_is_whole(const Schema *schema, ObjectId id)
{
    const Definition *operator = schema_operator(schema, id);
    return operator != NULL && !operator->shell;
}

const Definition *operator_class_default(const Schema *schema, Str method, const Type *type)
{
    Type base = type_base(schema, type);
    for (ObjectId id = 1; id < schema->objects.count; id++) {
        const Object *object = schema_object(schema, id);
        const Definition *class = (const Definition *) object;
        if (object != NULL && object->kind == OBJECT_OPERATOR_CLASS && class->is_default &&
            str_equal(class->variant, method) && (type_equal(&class->input, type) || type_equal(&class->input, &base)))
            return class;
    }
    return NULL;
}

static bool has_class(const Schema *schema, const char *method, const Type *type)
{
    const CatalogAccessMethod *found = catalog_access_method(&schema->view, str_from(method));
    return operator_class_default(schema, found->name, type) != NULL ||
           catalog_default_opclass(&schema->view, found, type_catalog(type)) != NULL;
}

static bool has_order(const Schema *schema, const Type *type)
{
    return has_class(schema, "btree", type);
}

static bool has_order_or_hash(const Schema *schema, const Type *type)
{
    return has_order(schema, type) || has_class(schema, "hash", type);
}

typedef bool TypeHas(const Schema *schema, const Type *type);

static bool whole_has(const Schema *schema, const Type *type, TypeHas *has);

static bool row_has(const Schema *schema, const Type *type, TypeHas *has)
{
    const Table *row = schema_relation(schema, type->object);
    for (size_t i = 0; row != NULL && i < row->columns.count; i++) {
        if (!whole_has(schema, &row->columns.items[i]->type, has))
            return false;
    }
    return true;
}

static bool whole_has(const Schema *schema, const Type *type, TypeHas *has)
{
    Type base = type_base(schema, type);
    const CatalogType *catalog = type_catalog(&base);
    if (catalog == NULL || catalog->unknown || catalog->kind == CATALOG_PSEUDO)
        return true;
    if (base.array) {
        base.array = false;
        return whole_has(schema, &base, has);
    }
    return has(schema, &base) && row_has(schema, &base, has);
}

bool type_is_ordered(const Schema *schema, const Type *type)
{
    return whole_has(schema, type, has_order);
}

bool type_has_equality(const Schema *schema, const Type *type)
{
    return whole_has(schema, type, has_order_or_hash);
}

ObjectId operator_link(const Definition *operator, Str key)
{
    const Expression *clause = attribute_clause(operator->attributes, key);
    if (clause == NULL || clause->uses.count == 0)
        return 0;
    ObjectId other = clause->uses.items[0].object;
    return other == 0 ? operator->object.id : other;
}

const Expression *operator_link_clause(Arena *arena, Str key, ObjectId other)
{
    Str name = str_slice(key, sizeof "element " - 1, key.len);
    Expression *clause = arena_new(arena, Expression);
    clause->sql = str_format(arena, "%.*s = OPERATOR(x)", STR_ARG(name));
    clause->shape = str_format(arena, "%.*s = \x01%u.0\x02", STR_ARG(name), (unsigned) other);
    Use use = {.offset = (uint32_t) clause->sql.len - 2, .length = 1, .object = other, .form = USE_QUALIFIED};
    list_push(arena, &clause->uses, use);
    return clause;
}

Definition *operator_shell(Arena *arena, const Object *object, TypeList sides)
{
    Definition *shell = arena_new(arena, Definition);
    Expression *text = arena_new(arena, Expression);
    text->sql = text->shape = STR("OPERATOR SHELL");
    for (size_t i = 0; i < sides.count; i++) {
        if (sides.items[i].object != 0)
            list_push(arena, &text->uses, (Use) {.object = sides.items[i].object, .form = USE_HIDDEN});
    }
    shell->object = *object;
    shell->object.kind = OBJECT_OPERATOR;
    shell->arguments = sides;
    shell->text = text;
    shell->shell = true;
    return shell;
}

/* ------------------------------------------------------------------ what goes along */

static void set_attributes(const Schema *schema, ObjectId operator, Attributes attributes, ChangeList *changes)
{
    SetChange set = {.object = operator, .property = PROPERTY_ATTRIBUTES, .value.attributes = attributes};
    list_push(schema->arena, changes, (Change) {.kind = CHANGE_SET, .set = set});
}

ChangeList operator_links_made(const Schema *schema, ObjectId id, Str key)
{
    const Definition *operator = schema_operator(schema, id);
    const Definition *other = schema_operator(schema, operator_link(operator, key));
    ChangeList changes = {0};
    if (other == NULL || other == operator || attribute_clause(other->attributes, key) != NULL)
        return changes;
    Attributes attributes = other->attributes;
    list_clone(schema->arena, &attributes);
    attribute_set(schema->arena, &attributes, (Attribute) {key, operator_link_clause(schema->arena, key, id)});
    set_attributes(schema, other->object.id, attributes, &changes);
    return changes;
}

ChangeList operator_links_gone(const Schema *schema, ObjectId id)
{
    ObjectIds users = object_users(schema, id, OBJECT_OPERATOR);
    ChangeList changes = {0};
    for (size_t i = 0; i < users.count; i++) {
        const Definition *other = schema_operator(schema, users.items[i]);
        Attributes attributes = other->attributes;
        list_clone(schema->arena, &attributes);
        for (size_t j = 0; j < LINK_COUNT && other->object.id != id; j++) {
            if (operator_link(other, str_from(links[j])) == id)
                attribute_remove(&attributes, str_from(links[j]));
        }
        if (attributes.count < other->attributes.count)
            set_attributes(schema, other->object.id, attributes, &changes);
    }
    return changes;
}
