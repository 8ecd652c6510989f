/* What can be done to an object of any kind: rename it, move it to another schema, give it to a role. */
#include "checker.h"

void checker_set(Checker *k, Span span, ObjectId object, Property property, uint32_t part, PropertyValue value)
{
    SetChange set = {.object = object, .property = property, .part = part, .value = value};
    checker_change(k, (Change) {.kind = CHANGE_SET, .span = span, .set = set});
}

/* ------------------------------------------------------------------ names */

/* Until 13 a sequence made a type of its name, as tables do. */
static bool makes_a_type(Checker *k, const Object *object)
{
    return object_is_relation(object) || (object->kind == OBJECT_SEQUENCE && k->schema.view.catalog->major < 14);
}

bool check_object_name_is_free(Checker *k, const Object *object, ObjectId namespace, Word name)
{
    NameSpace names = object_names(object->kind);
    if (names == NAMES_RELATION && !check_relation_is_free(k, namespace, name))
        return false;
    bool type = names == NAMES_TYPE || object_is_defined_type(object) || makes_a_type(k, object);
    return !type || check_type_is_free(k, namespace, name);
}

static void check_rename(Checker *k, const Object *object, const NodeRename *node)
{
    bool free = object->kind == OBJECT_NAMESPACE
                    ? check_schema_name(k, node->to)
                    : check_new_name(k, node->to) && check_object_name_is_free(k, object, object->schema, node->to);
    if (!free) {
        silence(k, object_word(object->kind), object->schema, node->to.name);
        return;
    }
    note_dropped(k, object_word(object->kind), object->schema, object->name, node->node.span);
    checker_set(k, node->node.span, object->id, PROPERTY_NAME, 0, (PropertyValue) {.text = node->to.name});
}

/* ------------------------------------------------------------------ schemas */

/* Names that move along: of keys, of identity columns' sequences, of indexes, of sequences that columns own. */
static StrList names_along(Checker *k, const Table *table)
{
    StrList names = {0};
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (constraint_has_index(table->constraints.items[i]))
            list_push(CHECKER_ARENA(k), &names, table->constraints.items[i]->name);
    }
    for (size_t i = 0; i < table->columns.count; i++) {
        if (identity_has_sequence(&table->columns.items[i]->identity))
            list_push(CHECKER_ARENA(k), &names, table->columns.items[i]->identity.sequence);
    }
    ObjectIds users = object_users(&k->schema, table->object.id, OBJECT_KIND_COUNT);
    for (size_t i = 0; i < users.count; i++) {
        const Object *user = schema_object(&k->schema, users.items[i]);
        if (object_moves_with(user, table->object.id))
            list_push(CHECKER_ARENA(k), &names, user->name);
    }
    return names;
}

static bool check_names_along(Checker *k, const Object *object, ObjectId namespace, Span span)
{
    if (!object_is_relation(object))
        return true;
    StrList names = names_along(k, (const Table *) object);
    for (size_t i = 0; i < names.count; i++) {
        if (!check_relation_is_free(k, namespace, (Word) {names.items[i], span}))
            return false;
    }
    return true;
}

/* The schema that it is in already is no mistake to the server. */
static void check_set_schema(Checker *k, const Object *object, const NodeSetSchema *node)
{
    Ref ref = {.schema = node->schema, .span = node->schema.span};
    ObjectId namespace = find_namespace(k, &ref);
    if (namespace == 0 || namespace == object->schema)
        return;
    Word name = {object->name, node->node.span};
    if (!check_object_name_is_free(k, object, namespace, name) ||
        !check_names_along(k, object, namespace, node->node.span))
        return;
    checker_set(k, node->node.span, object->id, PROPERTY_NAMESPACE, 0, (PropertyValue) {.object = namespace});
}

/* ------------------------------------------------------------------ owners */

/* Roles are the cluster's, not the database's: they are taken to exist. */
Str role_sql(Checker *k, Word role)
{
    static const char *const words[] = {"current_user", "current_role", "session_user"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(role.name, words[i]))
            return role.name;
    }
    return catalog_quote(CHECKER_ARENA(k), role.name);
}

static void check_set_owner(Checker *k, const Object *object, const NodeSetOwner *node)
{
    check_new_owner(k, node->node.span, object->id, role_sql(k, node->owner));
}

bool check_object_action(Checker *k, ObjectId id, const Node *action)
{
    const Object *object = schema_object(&k->schema, id);
    if (action->kind == NODE_RENAME)
        check_rename(k, object, (const NodeRename *) action);
    else if (action->kind == NODE_SET_SCHEMA)
        check_set_schema(k, object, (const NodeSetSchema *) action);
    else if (action->kind == NODE_SET_OWNER)
        check_set_owner(k, object, (const NodeSetOwner *) action);
    else
        return false;
    return true;
}
