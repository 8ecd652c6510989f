/* Composite types: relations without rows (DefineCompositeType() and ALTER TYPE in src/backend/commands). */
#include "base_type.h"
#include "typed.h"
#include "holder.h"

enum { ATTRIBUTES_MAXIMUM = 1600 };  /* MaxHeapAttributeNumber */

bool check_not_inside(Checker *k, const Table *relation, const Type *type, Span span)
{
    if (!type_contains(&k->schema, type, relation->object.id))
        return true;
    report(k->c, M_CONTAINS_ITSELF, span, "%s \"%.*s\" would contain itself", object_word(relation->object.kind),
           STR_ARG(relation->object.name));
    label(k->c, relation->object.created, "created here");
    return false;
}

/* In a column as they are, in anything else by an expression. */
bool check_no_holder(Checker *k, const Object *type, bool as_they_are, Span span)
{
    TypeHolder holder;
    if (!type_holder(&k->schema, type->id, as_they_are, &holder))
        return true;
    Str what = part_description(&k->schema, holder.part);
    report(k->c, holder.makes ? M_TYPE_MADE : M_TYPE_HELD, span, "%.*s %s values of %s \"%.*s\"%s", STR_ARG(what),
           holder.makes ? "makes" : "has", object_word(type->kind), STR_ARG(type->name),
           as_they_are ? "" : " inside of others");
    label(k->c, part_created(&k->schema, holder.part), holder.makes ? "created here" : "the column");
    return false;
}

bool check_not_held(Checker *k, const Table *relation, Span span)
{
    return check_no_holder(k, &relation->object, true, span);
}

bool check_rows_not_held(Checker *k, const Table *table, Span span)
{
    const Table *held = table_rows_held(&k->schema, table);
    return held == NULL || check_not_held(k, held, span);
}

/* ------------------------------------------------------------------ attributes */

static bool read_type(Checker *k, const Table *type, Span span, Type *result)
{
    Fragment fragment = fragment_of(k, span);
    SqlType read = sql_type(&k->sql, &k->schema, &fragment);
    *result = read.type;
    if (read.serial) {
        report(k->c, M_PSEUDO_TYPE, span, "an attribute cannot be of a serial type");
        help(k->c, "`serial` is a column with a sequence: write integer");
        return false;
    }
    return result->catalog != NULL && check_not_inside(k, type, result, span);
}

/* Appends the attribute to the type, which is one that is being made or a copy. False: reported. */
static bool build_attribute(Checker *k, Table *type, const NodeColumn *node)
{
    ColumnInfo attribute = {.name = node->name.name, .created = node->name.span};
    bool fine = check_column_name(k, type, node->name) && read_type(k, type, node->type, &attribute.type);
    if (fine && type->columns.count == ATTRIBUTES_MAXIMUM) {
        report(k->c, M_TOO_MANY_COLUMNS, node->name.span, "a type can have %d attributes at most", ATTRIBUTES_MAXIMUM);
        fine = false;
    }
    if (!fine) {
        silence_column(k, type, node->name.name);
        return false;
    }
    for (size_t i = 0; i < node->clauses.count; i++) {
        if (node->clauses.items[i]->kind == NODE_COMMENT)
            attribute.comment = comment_text((const NodeComment *) node->clauses.items[i]);
    }
    attribute.id = ++type->last_column;
    column_add(CHECKER_ARENA(k), type, &attribute);
    return true;
}

/* ------------------------------------------------------------------ create */

static void build_item(Checker *k, Table *type, const Node *item, const Node **comment)
{
    if (item->kind == NODE_COLUMN) {
        build_attribute(k, type, (const NodeColumn *) item);
    } else if (*comment == NULL) {
        *comment = item;
        type->object.comment = comment_text((const NodeComment *) item);
    } else {
        report(k->c, M_WRITTEN_TWICE, item->span, "a type has one comment");
        label(k->c, (*comment)->span, "the first one");
    }
}

void check_create_type(Checker *k, const NodeCreateType *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    Table *type = arena_new(CHECKER_ARENA(k), Table);
    const Node *comment = NULL;
    if (namespace == 0 || !check_new_name(k, name) || !check_type_is_free(k, namespace, name) ||
        !check_relation_is_free(k, namespace, name)) {
        silence(k, "type", namespace, name.name);
        return;
    }
    type->object = new_object(k, OBJECT_COMPOSITE, namespace, name);
    for (size_t i = 0; i < node->attributes.count; i++)
        build_item(k, type, node->attributes.items[i], &comment);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&type->object}});
}

/* ------------------------------------------------------------------ alter */

static void add_attribute(Checker *k, const Table *type, const NodeAddColumn *node)
{
    Table *copy = arena_copy(CHECKER_ARENA(k), type, sizeof *type);
    list_clone(CHECKER_ARENA(k), &copy->columns);
    if (node->column == NULL || !build_attribute(k, copy, (const NodeColumn *) node->column))
        return;
    AddColumnChange add = {.table = type->object.id, .column = copy->columns.items[copy->columns.count - 1]};
    checker_change(k, (Change) {.kind = CHANGE_ADD_COLUMN, .span = node->node.span, .add_column = add});
}

static void drop_attribute(Checker *k, const Table *type, const NodeDropColumn *node)
{
    const ColumnInfo *attribute = find_column(k, type, node->name);
    if (attribute == NULL)
        return;
    Part part = {type->object.id, PART_COLUMN, attribute->id};
    check_deletion(k, node->node.span, part, node->name.span, span_is_known(node->cascade));
}

static void rename_attribute(Checker *k, const Table *type, const NodeRenameColumn *node)
{
    const ColumnInfo *attribute = find_column(k, type, node->name);
    if (attribute == NULL || !check_column_name(k, type, node->to)) {
        silence_column(k, type, node->to.name);
        return;
    }
    checker_set(k, node->node.span, type->object.id, PROPERTY_COLUMN_NAME, attribute->id,
                (PropertyValue) {.text = node->to.name});
}

static void set_attribute_type(Checker *k, const Table *type, const ColumnInfo *attribute, const NodeSetType *node)
{
    SetTypeChange set = {.table = type->object.id, .column = attribute->id};
    if (read_type(k, type, node->type, &set.type) && check_type_unused(k, type, attribute, node) &&
        check_not_held(k, type, node->node.span))
        checker_change(k, (Change) {.kind = CHANGE_SET_TYPE, .span = node->node.span, .set_type = set});
}

static void alter_attribute(Checker *k, ObjectId id, const NodeAlterColumn *node)
{
    for (size_t i = 0; i < node->actions.count; i++) {
        const Table *type = schema_relation(&k->schema, id);
        const ColumnInfo *attribute = find_column(k, type, node->name);
        const Node *action = node->actions.items[i];
        if (attribute == NULL)
            return;
        if (action->kind == NODE_SET_TYPE)
            set_attribute_type(k, type, attribute, (const NodeSetType *) action);
        else if (action->kind == NODE_COMMENT)
            checker_set(k, action->span, id, PROPERTY_COLUMN_COMMENT, attribute->id,
                        (PropertyValue) {.text = comment_text((const NodeComment *) action)});
        else
            report_not_yet(k, action->span);
    }
}

static void alter_type_itself(Checker *k, ObjectId id, const Node *action)
{
    const Table *type = schema_relation(&k->schema, id);
    switch ((int) action->kind) {
    case NODE_ADD_COLUMN: add_attribute(k, type, (const NodeAddColumn *) action); break;
    case NODE_DROP_COLUMN: drop_attribute(k, type, (const NodeDropColumn *) action); break;
    case NODE_RENAME_COLUMN: rename_attribute(k, type, (const NodeRenameColumn *) action); break;
    case NODE_ALTER_COLUMN: alter_attribute(k, id, (const NodeAlterColumn *) action); break;
    default:
        if (!check_object_action(k, id, action))
            report_not_yet(k, action->span);
    }
}

static void alter_type(Checker *k, ObjectId id, const Node *written)
{
    const Table *type = schema_relation(&k->schema, id);
    const Node *action = action_to_check(&type->object, written);
    ObjectIds tables = {0};
    if (action == NULL || !free_typed_tables(k, type, action, &tables))
        return;
    alter_type_itself(k, id, action);
    follow_type(k, id, action, tables);
}

/* Only the owner of a shell can be changed (RenameType() and AlterTypeNamespace() in typecmds.c). */
static bool check_not_shell(Checker *k, const Object *type, const Node *action)
{
    if (!type_is_shell(&k->schema, type->id) || action->kind == NODE_SET_OWNER)
        return true;
    report(k->c, M_UNKNOWN_TYPE, action->span, "type \"%.*s\" is only a shell at this point", STR_ARG(type->name));
    label(k->c, type->created, "created here");
    return false;
}

/* The multirange of a range does not move along on all servers. */
static void alter_defined_type(Checker *k, const NodeAlterType *node)
{
    const Object *type = find_by_word(k, WORD_ANY_TYPE, &node->name);
    for (size_t i = 0; i < node->actions.count && type != NULL; i++) {
        const Node *action = node->actions.items[i];
        bool moves_range = action->kind == NODE_SET_SCHEMA && type->kind == OBJECT_RANGE;
        if (check_not_shell(k, type, action) && (moves_range || !check_object_action(k, type->id, action)))
            report_not_yet(k, action->span);
    }
}

void check_alter_type(Checker *k, const NodeAlterType *node)
{
    const Object *named = named_object(k, NAMES_TYPE, &node->name);
    if (named != NULL && object_is_defined_type(named)) {
        alter_defined_type(k, node);
        return;
    }
    const Object *type = find_made_type(k, &node->name, OBJECT_COMPOSITE);
    for (size_t i = 0; i < node->actions.count && type != NULL; i++)
        alter_type(k, type->id, node->actions.items[i]);
}
