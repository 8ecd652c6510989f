/* Actions of `alter column`. Each sees the column as the one before left it. */
#include "checker.h"
#include "inherit.h"
#include "null.h"

static void set_column(Checker *k, Span span, const Table *table, const ColumnInfo *column, Property property,
                       PropertyValue value)
{
    checker_set(k, span, table->object.id, property, column->id, value);
}

/* ------------------------------------------------------------------ defaults */

static bool check_has_default(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    (void) table;
    bool identity = column->identity.kind != IDENTITY_NONE;
    const char *kind = column->generated ? "a generated" : identity ? "an identity" : NULL;
    if (kind == NULL)
        return true;
    report(k->c, M_GENERATED_DEFAULT, span, "\"%.*s\" is %s column, which has no default", STR_ARG(column->name), kind);
    label(k->c, column->created, "created here");
    return false;
}

bool check_family(Checker *k, const Table *table, const ColumnInfo *column, Span span, ColumnCheck *check)
{
    Parts heirs = {0};
    if (!k->only)
        heirs = column_heirs(&k->schema, table->object.id, column->id);
    bool fine = check(k, table, column, span);
    for (size_t i = 0; i < heirs.count && fine; i++) {
        const Table *child = schema_relation(&k->schema, heirs.items[i].object);
        fine = check(k, child, table_column(child, heirs.items[i].id), span);
    }
    return fine;
}

static void check_set_default(Checker *k, const Table *table, const ColumnInfo *column, const Node *node)
{
    PropertyValue value = {0};
    if (!check_family(k, table, column, node->span, check_has_default))
        return;
    if (node->kind == NODE_SET_DEFAULT &&
        !read_default(k, table, &column->type, ((const NodeSetDefault *) node)->expression, &value.expression))
        return;
    set_column(k, node->span, table, column, PROPERTY_COLUMN_DEFAULT, value);
}

/* ------------------------------------------------------------------ identity and generated columns */

static bool check_can_be_identity(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    (void) table;
    const char *why = column->identity.kind != IDENTITY_NONE ? "is an identity column already"
                      : column->expression != NULL           ? "has a default"
                      : !column->not_null.holds              ? "may be null"
                                                             : NULL;
    if (why == NULL)
        return true;
    report(k->c, M_BAD_IDENTITY, span, "column \"%.*s\" %s, and cannot become an identity column",
           STR_ARG(column->name), why);
    label(k->c, column->created, "created here");
    if (column->expression != NULL && !column->generated)
        help(k->c, "`drop default` before it");
    else if (!column->not_null.holds)
        help(k->c, "`set not null` before it");
    return false;
}

static void check_add_identity(Checker *k, const Table *table, const ColumnInfo *column, const NodeAddIdentity *node)
{
    size_t errors = k->c->errors;
    bool shared = identity_is_shared(&k->schema, table);
    if (shared ? !check_family(k, table, column, node->node.span, check_can_be_identity)
               : !check_can_be_identity(k, table, column, node->node.span))
        return;
    TableBuild build = begin_build(k, table);
    ColumnInfo copy = *column;
    build_identity(k, &build, &copy, (const NodeIdentity *) node->identity);
    if (k->c->errors > errors)
        return;
    set_column(k, node->node.span, table, column, PROPERTY_COLUMN_IDENTITY,
               (PropertyValue) {.identity = copy.identity});
}

static bool check_is_identity(Checker *k, const ColumnInfo *column, Span span)
{
    if (column->identity.kind != IDENTITY_NONE)
        return true;
    report(k->c, M_BAD_IDENTITY, span, "column \"%.*s\" is not an identity column", STR_ARG(column->name));
    label(k->c, column->created, "created here");
    return false;
}

static void check_set_identity(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetIdentity *node)
{
    Fragment options = fragment_of(k, node->options);
    SqlSequence read = {0};
    if (!check_is_identity(k, column, node->node.span) ||
        !sql_sequence(&k->sql, SEQUENCE_SET, column->identity.settings, &options, &read))
        return;
    Identity identity = column->identity;
    identity.kind = read.kind == IDENTITY_NONE ? identity.kind : read.kind;
    identity.settings = read.settings;
    bool same = identity.kind == column->identity.kind &&
                sequence_settings_equal(&identity.settings, &column->identity.settings);
    SetChange set = {.object = table->object.id, .property = PROPERTY_COLUMN_IDENTITY, .part = column->id,
                     .restart = read.restart, .value.identity = identity};
    RestartChange restart = {.object = table->object.id, .column = column->id, .restart = read.restart};
    if (!same)
        checker_change(k, (Change) {.kind = CHANGE_SET, .span = node->node.span, .set = set});
    else if (read.restart.wanted)
        checker_change(k, (Change) {.kind = CHANGE_RESTART, .span = node->node.span, .restart = restart});
}

static void check_drop_identity(Checker *k, const Table *table, const ColumnInfo *column, const Node *node)
{
    if (column->identity.kind == IDENTITY_NONE && span_is_known(((const NodeDropIdentity *) node)->if_exists))
        return;
    if (check_is_identity(k, column, node->span))
        set_column(k, node->span, table, column, PROPERTY_COLUMN_IDENTITY, (PropertyValue) {0});
}

static void check_drop_expression(Checker *k, const Table *table, const ColumnInfo *column, const Node *node)
{
    DropExpressionChange drop = {table->object.id, column->id};
    if (!column->generated && span_is_known(((const NodeDropExpression *) node)->if_exists))
        return;
    if (!column->generated) {
        report(k->c, M_NOT_GENERATED, node->span, "column \"%.*s\" is not a generated one", STR_ARG(column->name));
        label(k->c, column->created, "created here");
    } else if (check_server(k, 13, node->span, "`drop expression`") &&
               check_not_virtual(k, column, node->span, "holds no values: it cannot become a plain column")) {
        checker_change(k, (Change) {.kind = CHANGE_DROP_EXPRESSION, .span = node->span, .drop_expression = drop});
    }
}

static void set_expression(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetExpression *node)
{
    PropertyValue value = {0};
    if (check_set_expression(k, table, column, node, &value.expression))
        set_column(k, node->node.span, table, column, PROPERTY_COLUMN_DEFAULT, value);
}

/* ------------------------------------------------------------------ all of them */

static void check_column_action(Checker *k, const Table *table, const ColumnInfo *column, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_SET_TYPE: check_set_type(k, table, column, (const NodeSetType *) action); break;
    case NODE_SET_DEFAULT:
    case NODE_DROP_DEFAULT: check_set_default(k, table, column, action); break;
    case NODE_SET_NULL:
    case NODE_SET_NOT_NULL: check_set_null(k, table, column, action); break;
    case NODE_ADD_IDENTITY: check_add_identity(k, table, column, (const NodeAddIdentity *) action); break;
    case NODE_SET_IDENTITY: check_set_identity(k, table, column, (const NodeSetIdentity *) action); break;
    case NODE_DROP_IDENTITY: check_drop_identity(k, table, column, action); break;
    case NODE_SET_EXPRESSION: set_expression(k, table, column, (const NodeSetExpression *) action); break;
    case NODE_DROP_EXPRESSION: check_drop_expression(k, table, column, action); break;
    default:
        if (!check_column_setting(k, table, column, action))
            report_not_yet(k, action->span);
    }
}

void check_alter_column(Checker *k, ObjectId id, const NodeAlterColumn *node)
{
    for (size_t i = 0; i < node->actions.count; i++) {
        const Table *table = schema_relation(&k->schema, id);
        const ColumnInfo *column = find_column(k, table, node->name);
        if (column == NULL)
            return;
        check_column_action(k, table, column, node->actions.items[i]);
    }
}
