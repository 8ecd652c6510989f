/* `alter table`: an action is a change. Each action sees the table as the one before left it. */
#include "checker.h"
#include "bug.h"
#include "foreign.h"
#include "partition.h"
#include "typed.h"

/* A copy of the table to try things on. */
TableBuild begin_build(Checker *k, const Table *table)
{
    Table *copy = arena_copy(CHECKER_ARENA(k), table, sizeof *table);
    list_clone(CHECKER_ARENA(k), &copy->columns);
    list_clone(CHECKER_ARENA(k), &copy->constraints);
    bool exists = table->object.created.file != k->file;
    return (TableBuild) {.table = copy, .names = {.schema = &k->schema, .namespace = table->object.schema},
                         .exists = exists, .complete = true};
}

/* ------------------------------------------------------------------ columns */

static void check_existing_rows(Checker *k, const TableBuild *build, const ColumnInfo *column, const NodeColumn *node)
{
    bool has_value = column->expression != NULL || column->generated || column->identity.kind != IDENTITY_NONE;
    if (!build->exists || build->table->server != 0 || !column->not_null.holds || has_value || !build->complete)
        return;
    report(k->c, M_NOT_NULL_ADDED, node->name.span,
           "column \"%.*s\" is not null and has no default, but table \"%.*s\" already exists", STR_ARG(column->name),
           STR_ARG(build->table->object.name));
    caption(k->c, "every existing row would break this");
    label(k->c, build->table->object.created, "created here");
    help(k->c, "give it a default, or add it as `null`, backfill it, and `set not null` in a later migration");
}

static void check_add_column(Checker *k, const Table *table, const NodeAddColumn *node)
{
    const NodeColumn *column_node = (const NodeColumn *) node->column;
    TableBuild build = begin_build(k, table);
    size_t constraints = table->constraints.count;
    if (column_node == NULL || !build_column(k, &build, column_node))
        return;
    ColumnId id = build.table->last_column;
    build_column_clauses(k, &build, column_edit(CHECKER_ARENA(k), build.table, id), column_node);
    PendingConstraints pending = {0};
    collect_constraints(k, column_node, id, &pending);
    build_constraints(k, &build, pending);
    const ColumnInfo *column = table_column(build.table, id);
    check_existing_rows(k, &build, column, column_node);
    if (!check_column_of_children(k, table, column, column_node->name.span) ||
        (column_fills_rows(&k->schema, column) && !check_rows_not_held(k, table, node->node.span)))
        return;
    AddColumnChange add = {.table = table->object.id, .column = column};
    for (size_t i = constraints; i < build.table->constraints.count; i++)
        list_push(CHECKER_ARENA(k), &add.constraints, build.table->constraints.items[i]);
    if (!check_checks_of_children(k, build.table, constraints, node->node.span))
        return;
    create_sequences(k, node->node.span, &build);
    checker_change(k, (Change) {.kind = CHANGE_ADD_COLUMN, .span = node->node.span, .add_column = add});
    own_sequences(k, node->node.span, &build);
}

static void check_drop_column(Checker *k, const Table *table, const NodeDropColumn *node)
{
    const ColumnInfo *column = find_column(k, table, node->name);
    if (column == NULL)
        return;
    Part part = {table->object.id, PART_COLUMN, column->id};
    check_deletion(k, node->node.span, part, node->name.span, span_is_known(node->cascade));
}

static void check_rename_column(Checker *k, const Table *table, const NodeRenameColumn *node)
{
    const ColumnInfo *column = find_column(k, table, node->name);
    if (column == NULL || !check_column_name(k, table, node->to)) {
        silence_column(k, table, node->to.name);
        return;
    }
    SetChange set = {.object = table->object.id, .property = PROPERTY_COLUMN_NAME, .part = column->id};
    set.value.text = node->to.name;
    checker_change(k, (Change) {.kind = CHANGE_SET, .span = node->node.span, .set = set});
}

/* ------------------------------------------------------------------ all actions */

void check_table_action(Checker *k, ObjectId id, const Node *written)
{
    const Table *table = schema_table(&k->schema, id);
    const Node *action = action_to_check(&table->object, written);
    if (action == NULL || !check_foreign_allows(k, table, action) || !check_typed_allows(k, table, action) ||
        !check_heirs_allow(k, table, action, k->only))
        return;
    switch ((int) action->kind) {
    case NODE_ATTACH_PARTITION: check_attach_partition(k, table, (const NodeAttachPartition *) action); break;
    case NODE_DETACH_PARTITION: check_detach_partition(k, table, (const NodeDetachPartition *) action); break;
    case NODE_SET_OF: check_set_of(k, table, (const NodeSetOf *) action); break;
    case NODE_INHERIT: check_inherit(k, table, (const NodeInherit *) action); break;
    case NODE_NO_INHERIT: check_no_inherit(k, table, (const NodeNoInherit *) action); break;
    case NODE_ADD_COLUMN: check_add_column(k, table, (const NodeAddColumn *) action); break;
    case NODE_DROP_COLUMN: check_drop_column(k, table, (const NodeDropColumn *) action); break;
    case NODE_RENAME_COLUMN: check_rename_column(k, table, (const NodeRenameColumn *) action); break;
    case NODE_ALTER_COLUMN: check_alter_column(k, id, (const NodeAlterColumn *) action); break;
    default:
        if (!check_constraint_action(k, table, action) && !check_table_setting(k, table, action))
            report_not_yet(k, action->span);
    }
}

void check_alter_table(Checker *k, const NodeAlterTable *node)
{
    const Table *table = find_table_of_word(k, &node->name, span_is_known(node->foreign));
    if (table == NULL)
        return;
    ObjectId id = table->object.id;
    k->only = span_is_known(node->only);
    k->row = span_is_known(node->as_one) ? table : NULL;
    k->statement = k->row == NULL ? 0 : node->as_one.start + 1;
    for (size_t i = 0; i < node->actions.count; i++)
        check_table_action(k, id, node->actions.items[i]);
    k->only = false;
    k->row = NULL;
    k->statement = 0;
}
