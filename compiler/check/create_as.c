/* `create table … as`, `select … into`: a table whose columns are those of a query. What the query reads is not kept:
 * the statement makes the table, and another fills it. */
#include "checker.h"
#include "define.h"

static bool check_known(Checker *k, const Table *table, Span query)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (column->type.catalog != NULL)
            continue;
        report(k->c, M_UNTYPED_COLUMN, span_is_known(column->created) ? column->created : query,
               "the type of column \"%.*s\" is not known", STR_ARG(column->name));
        help(k->c, "cast it: `cast(… as type) as %.*s`", STR_ARG(catalog_quote(CHECKER_ARENA(k), column->name)));
        return false;
    }
    return true;
}

static void build_table_storage(Checker *k, Table *table, const NodeCreateTableAs *node)
{
    table->unlogged = span_is_known(node->unlogged);
    table->options = build_options(k, STR("table"), node->options);
    choose_table_method(k, node->method, &table->method);
    choose_tablespace(k, node->tablespace, &table->tablespace);
}

/* The query, where it is written in two parts. */
static Fragment query_fragment(Checker *k, const NodeCreateTableAs *node)
{
    Fragment head = fragment_of(k, node->query), whole = head;
    if (!span_is_known(node->rest))
        return head;
    Fragment rest = fragment_of(k, node->rest);
    list_clone(CHECKER_ARENA(k), &whole.pieces);
    whole.sql = str_format(CHECKER_ARENA(k), "%.*s %.*s", STR_ARG(head.sql), STR_ARG(rest.sql));
    for (size_t i = 0; i < rest.pieces.count; i++) {
        FragmentPiece piece = rest.pieces.items[i];
        piece.offset += (uint32_t) head.sql.len + 1;
        list_push(CHECKER_ARENA(k), &whole.pieces, piece);
    }
    whole.span = span_join(node->query, node->rest);
    return whole;
}

static void fill_table(Checker *k, const Table *table, const NodeCreateTableAs *node, const SqlQuery *query)
{
    Str name = object_sql(&k->schema, &table->object);
    Str text = define_expression(&k->schema, NULL, query->expression, DEFINE_SQL);
    RunSqlChange run = {.passes = true};
    run.sql = str_format(CHECKER_ARENA(k), "INSERT INTO %.*s %.*s", STR_ARG(name), STR_ARG(text));
    checker_change(k, (Change) {.kind = CHANGE_RUN_SQL, .span = node->node.span, .run_sql = run});
}

void check_create_table_as(Checker *k, const NodeCreateTableAs *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    Table *table = arena_new(CHECKER_ARENA(k), Table);
    bool fine = namespace != 0 && check_new_name(k, name) && check_relation_is_free(k, namespace, name) &&
                check_type_is_free(k, namespace, name);
    const SqlQuery *query = check_query(k, query_fragment(k, node), "`create table as`");
    if (!fine || query == NULL || !build_query_columns(k, table, node->columns, query) ||
        !check_known(k, table, node->query) ||
        !(span_is_known(node->no_data) || check_can_be_read(k, query->expression, node->query))) {
        silence(k, "table", namespace, name.name);
        return;
    }
    table->object = new_object(k, OBJECT_TABLE, namespace, name);
    build_table_storage(k, table, node);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&table->object}});
    if (!span_is_known(node->no_data))
        fill_table(k, table, node, query);
}
