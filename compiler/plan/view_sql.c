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

void create_view_sql(const Schema *schema, const Table *view, bool replace, StrList *statements)
{
    bool materialized = view->object.kind == OBJECT_MATERIALIZED_VIEW;
    Str name = object_sql(schema, &view->object), text = define_view(schema, view, DEFINE_SQL);
    statement_add(schema, statements, "CREATE %s%s %.*s%.*s%s", replace ? "OR REPLACE " : "",
                  materialized ? "MATERIALIZED VIEW" : "VIEW", STR_ARG(name), STR_ARG(text),
                  view->no_data ? " WITH NO DATA" : "");
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
