/* `create table`. */
#include "checker.h"
#include "bug.h"

ColumnInfo *build_column_by_id(TableBuild *build, ColumnId id)
{
    for (size_t i = 0; i < build->table->columns.count; i++) {
        if (build->table->columns.items[i].id == id)
            return &build->table->columns.items[i];
    }
    BUG("column %u is not in the table", (unsigned) id);
}

/* Columns whose name and type could be read, beside what was written of them. */
typedef struct WrittenColumn {
    const NodeColumn *node;
    ColumnId column;
} WrittenColumn;

typedef LIST(WrittenColumn) WrittenColumns;

static WrittenColumns build_columns(Checker *k, TableBuild *build, NodeList items)
{
    WrittenColumns written = {0};
    for (size_t i = 0; i < items.count; i++) {
        const NodeColumn *node = (const NodeColumn *) items.items[i];
        if (node->node.kind == NODE_LIKE)
            build->complete = build_like(k, build, (const NodeLike *) &node->node) && build->complete;
        if (node->node.kind != NODE_COLUMN)
            continue;
        if (build_column(k, build, node))
            list_push(CHECKER_ARENA(k), &written, (WrittenColumn) {node, build->table->last_column});
        else
            build->complete = false;
    }
    return written;
}

/* Generated columns last: they may read any other, but not one another. */
static void build_all_clauses(Checker *k, TableBuild *build, WrittenColumns written)
{
    for (size_t i = 0; i < written.count; i++) {
        ColumnInfo *column = build_column_by_id(build, written.items[i].column);
        for (size_t j = 0; j < written.items[i].node->clauses.count; j++)
            column->generated = column->generated || written.items[i].node->clauses.items[j]->kind == NODE_GENERATED;
    }
    for (size_t i = 0; i < written.count; i++)
        build_column_clauses(k, build, build_column_by_id(build, written.items[i].column), written.items[i].node);
}

static PendingConstraints pending_constraints(Checker *k, const NodeCreateTable *node, WrittenColumns written)
{
    PendingConstraints pending = {0};
    size_t column = 0;
    for (size_t i = 0; i < node->items.count; i++) {
        const Node *item = node->items.items[i];
        bool constraint = item->kind == NODE_KEY || item->kind == NODE_CHECK || item->kind == NODE_FOREIGN_KEY ||
                          item->kind == NODE_EXCLUSION;
        if (constraint)
            list_push(CHECKER_ARENA(k), &pending, (PendingConstraint) {item, 0});
        if (column < written.count && item == &written.items[column].node->node) {
            collect_constraints(k, written.items[column].node, written.items[column].column, &pending);
            column++;
        }
    }
    return pending;
}

static void create_inline_indexes(Checker *k, const NodeCreateTable *node, ObjectId table)
{
    for (size_t i = 0; i < node->items.count; i++) {
        if (node->items.items[i]->kind == NODE_CREATE_INDEX)
            check_create_index(k, (const NodeCreateIndex *) node->items.items[i], schema_table(&k->schema, table));
    }
}

static void build_storage(Checker *k, TableBuild *build, const NodeCreateTable *node)
{
    Table *table = build->table;
    table->options = build_options(k, STR("table"), node->options);
    if (word_is_written(node->method))
        check_table_method(k, node->method, &table->method);
    if (word_is_written(node->tablespace))
        check_tablespace(k, node->tablespace, &table->tablespace);
    for (size_t i = 0; i < node->items.count; i++) {
        if (node->items.items[i]->kind == NODE_COMMENT)
            table->object.comment = comment_text((const NodeComment *) node->items.items[i]);
    }
}

void check_create_table(Checker *k, const NodeCreateTable *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    if (namespace == 0 || !check_new_name(k, name) || !check_relation_is_free(k, namespace, name) ||
        !check_type_is_free(k, namespace, name)) {
        silence(k, "table", namespace, name.name);
        return;
    }
    Table *table = arena_new(CHECKER_ARENA(k), Table);
    table->object = new_object(k, OBJECT_TABLE, namespace, name);
    table->unlogged = span_is_known(node->unlogged);
    TableBuild build = {.table = table, .names = {.schema = &k->schema, .namespace = namespace}, .complete = true};
    name_take_relation(&build.names, name.name);
    WrittenColumns written = build_columns(k, &build, node->items);
    build_all_clauses(k, &build, written);
    build_constraints(k, &build, pending_constraints(k, node, written));
    build_storage(k, &build, node);
    create_sequences(k, node->node.span, &build);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&table->object}});
    own_sequences(k, node->node.span, &build);
    create_copied_indexes(k, &build);
    create_inline_indexes(k, node, table->object.id);
}
