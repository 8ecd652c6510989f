#include "type_sql.h"

#include "define.h"
#include "sql_text.h"

/* CREATE DOMAIN has no NOT VALID: such checks are added afterwards. */
void create_domain_sql(const Schema *schema, const Domain *domain, StrList *statements)
{
    Text text = text_new(schema->arena);
    Str name = object_sql(schema, &domain->object);
    text_addf(&text, "CREATE DOMAIN %.*s %.*s", STR_ARG(name), STR_ARG(define_domain(schema, domain, DEFINE_SQL)));
    for (size_t i = 0; i < domain->constraints.count; i++) {
        const Constraint *check = domain->constraints.items[i];
        if (!check->not_valid)
            text_addf(&text, "\n    %.*s", STR_ARG(define_constraint(schema, NULL, check, DEFINE_SQL)));
    }
    list_push(schema->arena, statements, text_str(&text));
    for (size_t i = 0; i < domain->constraints.count; i++) {
        const Constraint *check = domain->constraints.items[i];
        if (check->not_valid)
            statement_add(schema, statements, "ALTER DOMAIN %.*s ADD %.*s", STR_ARG(name),
                          STR_ARG(define_constraint(schema, NULL, check, DEFINE_SQL)));
    }
}

void create_composite_sql(const Schema *schema, const Table *type, StrList *statements)
{
    Text body = text_new(schema->arena);
    for (size_t i = 0; i < type->columns.count; i++)
        text_addf(&body, "%s\n    %.*s", body.len == 0 ? "" : ",",
                  STR_ARG(define_column(schema, type, type->columns.items[i], DEFINE_SQL)));
    if (body.len > 0)
        text_add_char(&body, '\n');
    statement_add(schema, statements, "CREATE TYPE %.*s AS (%.*s)", STR_ARG(object_sql(schema, &type->object)),
                  STR_ARG(text_str(&body)));
}
