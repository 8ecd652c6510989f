#include "view_sql.h"

static void default_sql(const Schema *schema, const Table *view, const ColumnInfo *column, StrList *statements)
{
    Str name = object_sql(schema, &view->object), expression = STR("");
    if (column->expression == NULL)
        return;
    expression = define_expression(schema, view, column->expression, DEFINE_SQL);
    statement_add(schema, statements, "ALTER VIEW %.*s ALTER COLUMN %.*s SET DEFAULT %.*s", STR_ARG(name),
                  STR_ARG(catalog_quote(schema->arena, column->name)), STR_ARG(expression));
}

static void refresh(const Schema *schema, ObjectId view, bool no_data, StrList *statements)
{
    statement_add(schema, statements, "REFRESH MATERIALIZED VIEW %.*s%s",
                  STR_ARG(object_sql(schema, schema_object(schema, view))), no_data ? " WITH NO DATA" : "");
}

/* What it reads may have been emptied since it was filled: then that is filled for as long as the statement takes. */
static void fill(const Schema *schema, const Table *view, Str statement, StrList *statements)
{
    ObjectIds empty = query_empty_views(schema, view->query);
    for (size_t i = 0; i < empty.count; i++)
        refresh(schema, empty.items[i], false, statements);
    list_push(schema->arena, statements, statement);
    for (size_t i = empty.count; i > 0; i--)
        refresh(schema, empty.items[i - 1], true, statements);
}

void refresh_sql(const Schema *schema, const Table *view, bool no_data, StrList *statements)
{
    Str name = object_sql(schema, &view->object);
    if (no_data)
        refresh(schema, view->object.id, true, statements);
    else
        fill(schema, view, str_format(schema->arena, "REFRESH MATERIALIZED VIEW %.*s", STR_ARG(name)), statements);
}

void create_view_sql(const Schema *schema, const Table *view, bool replace, StrList *statements)
{
    bool materialized = view->object.kind == OBJECT_MATERIALIZED_VIEW;
    Str name = object_sql(schema, &view->object), text = define_view(schema, view, DEFINE_SQL);
    Str create = str_format(schema->arena, "CREATE %s%s %.*s%.*s%s", replace ? "OR REPLACE " : "",
                            materialized ? "MATERIALIZED VIEW" : "VIEW", STR_ARG(name), STR_ARG(text),
                            view->no_data ? " WITH NO DATA" : "");
    if (materialized && !view->no_data)
        fill(schema, view, create, statements);
    else
        list_push(schema->arena, statements, create);
    for (size_t i = 0; i < view->columns.count && !replace; i++)
        default_sql(schema, view, view->columns.items[i], statements);
}

void create_rule_sql(const Schema *schema, const Rule *rule, bool replace, StrList *statements)
{
    Str text = define_rule(schema, rule, DEFINE_SQL);
    statement_add(schema, statements, "CREATE %s%.*s", replace ? "OR REPLACE " : "", STR_ARG(text));
}

Str rule_name_sql(const Schema *schema, const Rule *rule)
{
    Str name = catalog_quote(schema->arena, rule->object.name);
    Str table = object_sql(schema, schema_object(schema, rule->table));
    return str_format(schema->arena, "%.*s ON %.*s", STR_ARG(name), STR_ARG(table));
}

void rule_firing_sql(const Schema *schema, const Rule *rule, RuleFiring firing, StrList *statements)
{
    static const char *const words[] = {"ENABLE", "DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS"};
    Str table = object_sql(schema, schema_object(schema, rule->table));
    statement_add(schema, statements, "ALTER TABLE %.*s %s RULE %.*s", STR_ARG(table), words[firing],
                  STR_ARG(catalog_quote(schema->arena, rule->object.name)));
}
