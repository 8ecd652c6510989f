/* Tables of a type: transformOfType() in src/backend/parser/parse_utilcmd.c; ATExecAddOf(), ATExecDropOf() and
 * find_typed_table_dependencies() in src/backend/commands/tablecmds.c. To the model such a table is like any other, and
 * `of` is one of its properties, which its columns have to agree with. */
#include "typed.h"

#include "bug.h"
#include "partition.h"

/* ------------------------------------------------------------------ create */

bool build_typed_columns(Checker *k, TableBuild *build, const NodeCreateTable *node)
{
    if (!word_is_written(node->of.name))
        return true;
    const Object *type = find_made_type(k, &node->of, OBJECT_COMPOSITE);
    if (type == NULL)
        return false;
    const Table *composite = (const Table *) type;
    build->table->of = type->id;
    for (size_t i = 0; i < composite->columns.count; i++) {
        const ColumnInfo *attribute = composite->columns.items[i];
        ColumnInfo column = {.id = ++build->table->last_column, .name = attribute->name, .created = node->of.span,
                             .type = attribute->type};
        column_add(CHECKER_ARENA(k), build->table, &column);
    }
    return true;
}

static bool report_typed(Checker *k, const Table *table, Span span, const char *what)
{
    const Object *type = schema_object(&k->schema, table->of);
    report(k->c, M_TYPED_CANNOT, span, "table \"%.*s\" is one of type \"%.*s\", and cannot %s",
           STR_ARG(table->object.name), STR_ARG(type->name), what);
    label(k->c, type->created, "the type");
    return false;
}

ColumnId find_typed_column(Checker *k, TableBuild *build, const NodeColumn *node)
{
    const ColumnInfo *column = find_column(k, build->table, node->name);
    bool fine = column != NULL;
    for (size_t i = 0; i < node->clauses.count && fine; i++) {
        const Node *clause = node->clauses.items[i];
        if (clause->kind == NODE_GENERATED || clause->kind == NODE_IDENTITY)
            fine = report_typed(k, build->table, clause->span, "be created with a generated or identity column");
    }
    return fine ? column->id : 0;
}

/* ------------------------------------------------------------------ alter table */

static const NodeSetType *type_setting(const NodeAlterColumn *node)
{
    for (size_t i = 0; i < node->actions.count; i++) {
        if (node->actions.items[i]->kind == NODE_SET_TYPE)
            return (const NodeSetType *) node->actions.items[i];
    }
    return NULL;
}

/* NULL: nothing that the type decides. */
static const char *what_it_changes(const Node *action)
{
    switch ((int) action->kind) {
    case NODE_ADD_COLUMN: return "get another column";
    case NODE_DROP_COLUMN: return "lose a column";
    case NODE_RENAME_COLUMN: return "have a column renamed";
    case NODE_RENAME_CONSTRAINT: return "have a constraint renamed";  /* RangeVarCallbackForRenameAttribute() */
    case NODE_INHERIT: return "inherit from a table";
    case NODE_ALTER_COLUMN:
        return type_setting((const NodeAlterColumn *) action) != NULL ? "give a column another type" : NULL;
    default: return NULL;
    }
}

bool check_not_typed(Checker *k, const Table *table, Span span, const char *what)
{
    return table->of == 0 || report_typed(k, table, span, what);
}

bool check_typed_allows(Checker *k, const Table *table, const Node *action)
{
    const char *what = what_it_changes(action);
    if (what == NULL || check_not_typed(k, table, action->span, what))
        return true;
    const Object *type = schema_object(&k->schema, table->of);
    help(k->c, "alter the type, with `cascade`: `alter type %.*s …`", STR_ARG(object_sql(&k->schema, type)));
    return false;
}

static bool report_difference(Checker *k, const Table *type, const NodeSetOf *node, Str column, const char *what)
{
    report(k->c, M_TYPED_COLUMNS, node->type.span, "the table's column \"%.*s\" %s", STR_ARG(column), what);
    label(k->c, type->object.created, "the type");
    return false;
}

static bool check_columns(Checker *k, const Table *table, const Table *type, const NodeSetOf *node)
{
    for (size_t i = 0; i < type->columns.count; i++) {
        const ColumnInfo *attribute = type->columns.items[i];
        const ColumnInfo *column = i < table->columns.count ? table->columns.items[i] : NULL;
        if (column == NULL || !str_equal(column->name, attribute->name))
            return report_difference(k, type, node, attribute->name, "is missing, or stands at another place");
        if (!same_column_type(&column->type, &attribute->type))
            return report_difference(k, type, node, attribute->name, "has another type");
    }
    if (table->columns.count > type->columns.count)
        return report_difference(k, type, node, table->columns.items[type->columns.count]->name,
                                 "is not one of the type's");
    return true;
}

void check_set_of(Checker *k, const Table *table, const NodeSetOf *node)
{
    PropertyValue value = {0};
    if (!word_is_written(node->type.name)) {
        if (table->of != 0) {
            checker_set(k, node->node.span, table->object.id, PROPERTY_TABLE_OF, 0, value);
            return;
        }
        report(k->c, M_TYPED_CANNOT, node->node.span, "table \"%.*s\" is not one of a type",
               STR_ARG(table->object.name));
        label(k->c, table->object.created, "created here");
        return;
    }
    const Object *type = find_made_type(k, &node->type, OBJECT_COMPOSITE);
    if (type == NULL)
        return;
    if (table->parents.count > 0) {
        report(k->c, M_TYPED_CANNOT, node->node.span, "table \"%.*s\" inherits its columns, and cannot be of a type",
               STR_ARG(table->object.name));
        label(k->c, table->object.created, "created here");
    } else if (check_columns(k, table, (const Table *) type, node)) {
        value.object = type->id;
        checker_set(k, node->node.span, table->object.id, PROPERTY_TABLE_OF, 0, value);
    }
}

/* ------------------------------------------------------------------ alter type */

/* What tables of the type have to follow; a comment, say, is the attribute's alone. */
static bool is_followed(const Node *action, bool *cascade)
{
    bool alters = action->kind == NODE_ALTER_COLUMN;
    const NodeSetType *type = alters ? type_setting((const NodeAlterColumn *) action) : NULL;
    Span said = {0};
    if (action->kind == NODE_ADD_COLUMN)
        said = ((const NodeAddColumn *) action)->cascade;
    else if (action->kind == NODE_DROP_COLUMN)
        said = ((const NodeDropColumn *) action)->cascade;
    else if (action->kind == NODE_RENAME_COLUMN)
        said = ((const NodeRenameColumn *) action)->cascade;
    else if (type != NULL)
        said = type->cascade;
    else
        return false;
    *cascade = span_is_known(said);
    return true;
}

bool free_typed_tables(Checker *k, const Table *type, const Node *action, ObjectIds *tables)
{
    bool cascade;
    ObjectIds users = object_users(&k->schema, type->object.id, OBJECT_TABLE);
    for (size_t i = 0; i < users.count; i++) {
        if (schema_table(&k->schema, users.items[i])->of == type->object.id)
            list_push(CHECKER_ARENA(k), tables, users.items[i]);
    }
    if (tables->count == 0 || !is_followed(action, &cascade)) {
        tables->count = 0;
        return true;
    }
    const Table *first = schema_table(&k->schema, tables->items[0]);
    if (!cascade) {
        report(k->c, M_TYPED_FOLLOW, action->span, "table \"%.*s\" is one of type \"%.*s\"",
               STR_ARG(first->object.name), STR_ARG(type->object.name));
        label(k->c, first->object.created, "the table");
        help(k->c, "say `cascade`, so that its columns follow");
        return false;
    }
    for (size_t i = 0; i < tables->count; i++)
        checker_set(k, action->span, tables->items[i], PROPERTY_TABLE_OF, 0, (PropertyValue) {0});
    return true;
}

/* An attribute is a column that may be null, and has no comment of the attribute's. */
static Node *as_column(Checker *k, const NodeAddColumn *action)
{
    Arena *arena = CHECKER_ARENA(k);
    NodeColumn *column = arena_copy(arena, action->column, sizeof *column);
    column->clauses = (NodeList) {0};
    list_push(arena, &column->clauses, &node_new(arena, NULLABLE, Nullable, column->name.span)->node);
    NodeAddColumn *add = arena_copy(arena, action, sizeof *add);
    add->column = &column->node;
    return &add->node;
}

void follow_type(Checker *k, ObjectId type, const Node *action, ObjectIds tables)
{
    for (size_t i = 0; i < tables.count; i++) {
        const Node *own = action->kind == NODE_ADD_COLUMN ? as_column(k, (const NodeAddColumn *) action) : action;
        check_table_action(k, tables.items[i], own);
    }
    for (size_t i = 0; i < tables.count; i++)
        checker_set(k, action->span, tables.items[i], PROPERTY_TABLE_OF, 0, (PropertyValue) {.object = type});
}

/* ------------------------------------------------------------------ what takes columns along */

/* A column of a typed table goes with another thing only where its attribute does, too: behind `not of`. */
TypedTables free_typed_columns(Checker *k, Span statement, Parts order)
{
    TypedTables typed = {0};
    for (size_t i = 0; i < order.count; i++) {
        const Part *part = &order.items[i];
        const Table *table = part->kind == PART_COLUMN ? schema_table(&k->schema, part->object) : NULL;
        if (table == NULL || table->of == 0)
            continue;
        list_push(CHECKER_ARENA(k), &typed, (TypedTable) {table->object.id, table->of});
        checker_set(k, statement, table->object.id, PROPERTY_TABLE_OF, 0, (PropertyValue) {0});
    }
    return typed;
}

void type_tables(Checker *k, Span statement, TypedTables typed)
{
    for (size_t i = 0; i < typed.count; i++) {
        const TypedTable *table = &typed.items[i];
        if (schema_object(&k->schema, table->table) != NULL && schema_object(&k->schema, table->type) != NULL)
            checker_set(k, statement, table->table, PROPERTY_TABLE_OF, 0, (PropertyValue) {.object = table->type});
    }
}
