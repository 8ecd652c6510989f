/* Enums: src/backend/catalog/pg_enum.c. */
#include "checker.h"

/* ------------------------------------------------------------------ create */

static bool check_length(Checker *k, Literal literal)
{
    if (literal.value.len > NAME_MAXIMUM)
        report(k->c, M_BAD_LABEL, literal.span, "an enum label can have 63 bytes at most, and this one has %zu",
               literal.value.len);
    return literal.value.len <= NAME_MAXIMUM;
}

/* False: reported; the enum is made without the label. */
static bool check_label(Checker *k, LiteralList labels, size_t index)
{
    Literal literal = labels.items[index];
    if (!check_length(k, literal))
        return false;
    for (size_t i = 0; i < index; i++) {
        if (!str_equal(labels.items[i].value, literal.value))
            continue;
        report(k->c, M_DUPLICATE_LABEL, literal.span, "the label '%.*s' is there twice", STR_ARG(literal.value));
        label(k->c, labels.items[i].span, "the first one");
        return false;
    }
    return true;
}

void check_create_enum(Checker *k, const NodeCreateEnum *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    if (namespace == 0 || !check_new_name(k, name) || !check_type_is_free(k, namespace, name)) {
        silence(k, "enum", namespace, name.name);
        return;
    }
    Enum *type = arena_new(CHECKER_ARENA(k), Enum);
    type->object = new_object(k, OBJECT_ENUM, namespace, name);
    uint32_t last = 0;
    for (size_t i = 0; i < node->labels.count; i++) {
        if (check_label(k, node->labels, i))
            list_push(CHECKER_ARENA(k), &type->labels, (EnumLabel) {.id = ++last, .name = node->labels.items[i].value});
    }
    checker_create(k, node->node.span, &type->object);
}

/* ------------------------------------------------------------------ alter */

static bool check_new_label(Checker *k, const Enum *type, Literal literal)
{
    const EnumLabel *other = enum_label(type, literal.value);
    if (other != NULL) {
        report(k->c, M_DUPLICATE_LABEL, literal.span, "enum \"%.*s\" has a label '%.*s' already",
               STR_ARG(type->object.name), STR_ARG(literal.value));
        label(k->c, span_is_known(other->added) ? other->added : type->object.created, "the first one");
    }
    return other == NULL && check_length(k, literal);
}

/* The place of a label that must be there; the number of labels: reported. */
static size_t find_label(Checker *k, const Enum *type, Literal literal)
{
    const EnumLabel *found = enum_label(type, literal.value);
    if (found == NULL)
        report_unknown_label(k->c, type, literal.value, literal.span);
    return found == NULL ? type->labels.count : (size_t) (found - type->labels.items);
}

static uint32_t next_id(const Enum *type)
{
    uint32_t last = 0;
    for (size_t i = 0; i < type->labels.count; i++)
        last = type->labels.items[i].id > last ? type->labels.items[i].id : last;
    return last + 1;
}

static void set_labels(Checker *k, Span span, const Enum *type, LabelList labels)
{
    checker_set(k, span, type->object.id, PROPERTY_LABELS, 0, (PropertyValue) {.labels = labels});
}

static void add_value(Checker *k, const Enum *type, const NodeAddValue *node)
{
    LabelList labels = type->labels;
    size_t place = labels.count;
    if (!check_new_label(k, type, node->label))
        return;
    if (node->place != LABEL_LAST) {
        place = find_label(k, type, node->neighbour);
        if (place == labels.count)
            return;
        place += node->place == LABEL_AFTER;
    }
    list_clone(CHECKER_ARENA(k), &labels);
    EnumLabel added = {.id = next_id(type), .name = node->label.value, .added = node->node.span};
    list_insert(CHECKER_ARENA(k), &labels, place, added);
    set_labels(k, node->node.span, type, labels);
}

static void rename_value(Checker *k, const Enum *type, const NodeRenameValue *node)
{
    LabelList labels = type->labels;
    size_t place = find_label(k, type, node->label);
    if (place == labels.count || !check_new_label(k, type, node->to))
        return;
    list_clone(CHECKER_ARENA(k), &labels);
    labels.items[place].name = node->to.value;
    set_labels(k, node->node.span, type, labels);
}

void check_alter_enum(Checker *k, const NodeAlterEnum *node)
{
    const Object *object = find_made_type(k, &node->name, OBJECT_ENUM);
    for (size_t i = 0; i < node->actions.count && object != NULL; i++) {
        const Enum *type = schema_enum(&k->schema, object->id);
        const Node *action = action_to_check(&type->object, node->actions.items[i]);
        if (action == NULL)
            continue;
        if (action->kind == NODE_ADD_VALUE)
            add_value(k, type, (const NodeAddValue *) action);
        else if (action->kind == NODE_RENAME_VALUE)
            rename_value(k, type, (const NodeRenameValue *) action);
        else if (!check_object_action(k, object->id, action))
            report_not_yet(k, action->span);
    }
}
