/* `create table`. */
#include "bug.h"
#include "foreign.h"
#include "inherit.h"
#include "partition.h"
#include "typed.h"

/* Columns whose name and type could be read, beside what was written of them. */
typedef struct WrittenColumn {
    const NodeColumn *node;
    ColumnId column;
} WrittenColumn;

typedef LIST(WrittenColumn) WrittenColumns;

/* What is written again of a column that a parent has, or the type that the table is of, is that column. */
static ColumnId build_written(Checker *k, TableBuild *build, const NodeColumn *node)
{
    if (build->table->of != 0)
        return find_typed_column(k, build, node);
    if (is_inherited(build, node))
        return merge_column(k, build, node);
    return build_column(k, build, node) ? build->table->last_column : 0;
}

/* build_column() finds a name that is twice there; here the type has it already. */
static bool check_typed_once(Checker *k, const TableBuild *build, WrittenColumns written, ColumnId column,
                             const NodeColumn *node)
{
    for (size_t i = 0; i < written.count && build->table->of != 0; i++) {
        if (written.items[i].column != column)
            continue;
        report(k->c, M_DUPLICATE_COLUMN, node->name.span, "column \"%.*s\" is written twice", STR_ARG(node->name.name));
        label(k->c, written.items[i].node->name.span, "the first time");
        return false;
    }
    return true;
}

static bool check_may_be_like(Checker *k, const Table *table, Span span)
{
    enum { FOREIGN_SINCE = 18 };
    return k->settings.postgres >= FOREIGN_SINCE || check_not_foreign(k, table, span, "be made `like` another one");
}

static WrittenColumns build_columns(Checker *k, TableBuild *build, NodeList items)
{
    WrittenColumns written = {0};
    for (size_t i = 0; i < items.count; i++) {
        const NodeColumn *node = (const NodeColumn *) items.items[i];
        if (node->node.kind == NODE_LIKE)
            build->complete = check_may_be_like(k, build->table, node->node.span) &&
                              build_like(k, build, (const NodeLike *) &node->node) && build->complete;
        if (node->node.kind != NODE_COLUMN)
            continue;
        ColumnId column = build_written(k, build, node);
        if (column != 0 && check_typed_once(k, build, written, column, node))
            list_push(CHECKER_ARENA(k), &written, (WrittenColumn) {node, column});
        else
            build->complete = false;
    }
    return written;
}

/* What an inherited column is not said to be it keeps. */
static void build_clauses(Checker *k, TableBuild *build, const WrittenColumn *written)
{
    ColumnInfo *column = column_edit(CHECKER_ARENA(k), build->table, written->column), inherited = *column;
    build_column_clauses(k, build, column, written->node);
    if (inherited.inherited > 0)
        merge_clauses(column, &inherited);
}

static void note_generation(ColumnInfo *column, const Node *clause)
{
    if (clause->kind == NODE_GENERATED)
        column->generated =
            span_is_known(((const NodeGenerated *) clause)->virtual) ? GENERATED_VIRTUAL : GENERATED_STORED;
}

/* Generated columns last: they may read any other, but not one another. */
static void build_all_clauses(Checker *k, TableBuild *build, WrittenColumns written)
{
    for (size_t i = 0; i < written.count; i++) {
        ColumnInfo *column = column_edit(CHECKER_ARENA(k), build->table, written.items[i].column);
        for (size_t j = 0; j < written.items[i].node->clauses.count; j++)
            note_generation(column, written.items[i].node->clauses.items[j]);
    }
    for (size_t i = 0; i < written.count; i++)
        build_clauses(k, build, &written.items[i]);
}

static PendingConstraints pending_constraints(Checker *k, const NodeCreateTable *node, WrittenColumns written)
{
    PendingConstraints pending = {0};
    size_t column = 0;
    for (size_t i = 0; i < node->items.count; i++) {
        const Node *item = node->items.items[i];
        bool constraint = item->kind == NODE_KEY || item->kind == NODE_CHECK || item->kind == NODE_FOREIGN_KEY ||
                          item->kind == NODE_EXCLUSION || item->kind == NODE_NOT_NULL;
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

/* Names that the server takes for what a partition gets from its parent. */
static void take_names(TableBuild *build, const ChangeList *along)
{
    for (size_t i = 0; i < along->count; i++) {
        const Change *change = &along->items[i];
        const Constraint *constraint = change->add_constraint.constraint;
        if (change->kind == CHANGE_CREATE)
            name_take_relation(&build->names, change->create.object->name);
        if (change->kind != CHANGE_ADD_CONSTRAINT)
            continue;
        name_take_constraint(&build->names, constraint->name);
        if (constraint_is_key(constraint))
            name_take_relation(&build->names, constraint->name);
        if (change->add_constraint.table == build->table->object.id)
            list_push(build->names.schema->arena, &build->inherited, constraint);
    }
}

/* A partition gets what its parent has before its own constraints are made (DefineRelation in tablecmds.c). With them
 * it may get more, of foreign keys to partitioned tables. */
static Change partition_creation(Checker *k, TableBuild *build, const NodeCreateTable *node, PendingConstraints pending)
{
    Table *first = arena_copy(CHECKER_ARENA(k), build->table, sizeof *first);
    list_clone(CHECKER_ARENA(k), &first->constraints);
    Change create = {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&first->object}};
    change_complete(&k->schema, &create);
    take_names(build, &create.along);
    build_constraints(k, build, pending);
    create.create.object = &build->table->object;
    create.known = create.along;
    create.along = (ChangeList) {0};
    create.complete = false;
    return create;
}

static Change table_creation(Checker *k, TableBuild *build, const NodeCreateTable *node, PendingConstraints pending)
{
    if (build->table->bound != NULL)
        return partition_creation(k, build, node, pending);
    build_constraints(k, build, pending);
    return (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&build->table->object}};
}

static bool check_table_name(Checker *k, const NodeCreateTable *node, ObjectId namespace)
{
    Word name = node->name.name;
    return namespace != 0 && check_new_name(k, name) && check_relation_is_free(k, namespace, name) &&
           check_type_is_free(k, namespace, name);
}

static Table *new_table(Checker *k, const NodeCreateTable *node, ObjectId namespace)
{
    Table *table = arena_new(CHECKER_ARENA(k), Table);
    table->object = new_object(k, OBJECT_TABLE, namespace, node->name.name);
    table->unlogged = span_is_known(node->unlogged);
    return table;
}

/* A partition has its parent's, unless it says another one; a partitioned table has one only for them. */
static void build_method(Checker *k, Table *table, Word written)
{
    const Table *parent = table->bound == NULL ? NULL : schema_relation(&k->schema, table->parents.items[0]);
    bool partitioned = table_is_partitioned(table), said = word_is_written(written);
    if (!said && parent != NULL && parent->method.data != NULL)
        table->method = partitioned || !str_is(parent->method, "heap") ? parent->method : (Str) {0};
    else if (!partitioned)
        choose_table_method(k, written, &table->method);
    else if (said)
        check_table_method(k, table, written, &table->method);
}

static void build_storage(Checker *k, TableBuild *build, const NodeCreateTable *node)
{
    Table *table = build->table;
    if (check_storage_of_partitioned(k, table, node))
        table->options = build_options(k, STR("table"), node->options);
    if (!word_is_written(node->server)) {
        build_method(k, table, node->method);
        choose_tablespace(k, node->tablespace, &table->tablespace);
    }
    for (size_t i = 0; i < node->items.count; i++) {
        if (node->items.items[i]->kind == NODE_COMMENT)
            table->object.comment = comment_text((const NodeComment *) node->items.items[i]);
    }
}

void check_create_table(Checker *k, const NodeCreateTable *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    if (!check_table_name(k, node, namespace)) {
        silence(k, "table", namespace, node->name.name.name);
        return;
    }
    Table *table = new_table(k, node, namespace);
    TableBuild build = {.table = table, .names = {.schema = &k->schema, .namespace = namespace}, .complete = true};
    name_take_relation(&build.names, table->object.name);
    bool fine = build_foreign_table(k, table, node) && build_typed_columns(k, &build, node) &&
                build_parents(k, &build, node);
    WrittenColumns written = {0};
    if (fine) {
        written = build_columns(k, &build, node->items);
        build_all_clauses(k, &build, written);
        fine = check_defaults(k, &build) && build_partition_key(k, table, node);
    }
    if (!fine) {
        silence(k, "table", namespace, table->object.name);
        return;
    }
    build_storage(k, &build, node);
    Change create = table_creation(k, &build, node, pending_constraints(k, node, written));
    create_sequences(k, node->node.span, &build);
    checker_change(k, create);
    own_sequences(k, node->node.span, &build);
    create_copied_indexes(k, &build);
    create_copied_statistics(k, &build);
    create_inline_indexes(k, node, table->object.id);
}
