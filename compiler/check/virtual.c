/* Generated columns that are computed when they are read, from PostgreSQL 18 on: what they cannot be and have
 * (CheckAttributeType in src/backend/catalog/heap.c, cookDefault; DefineIndex, ATAddForeignKeyConstraint). */
#include "checker.h"

enum { VIRTUAL_SINCE = 18, SET_EXPRESSION_SINCE = 17 };

static bool refuse_virtual(Checker *k, const ColumnInfo *column, Span span, const char *why)
{
    report(k->c, M_VIRTUAL_CANNOT, span, "virtual column \"%.*s\" %s", STR_ARG(column->name), why);
    label(k->c, column->created, "virtual");
    help(k->c, "a `stored` one can");
    return false;
}

/* Whatever is not the server's own: functions, operators and types of migrations and of extensions. */
static bool uses_own_objects(const Checker *k, const Table *table, const Expression *expression)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        ObjectId id = expression->uses.items[i].object;
        const Object *object = id == 0 || id == table->object.id ? NULL : schema_object(&k->schema, id);
        if (object != NULL && object->kind != OBJECT_NAMESPACE)
            return true;
    }
    return false;
}

bool check_virtual(Checker *k, const Table *table, const ColumnInfo *column, Span virtual, Span expression)
{
    if (!span_is_known(virtual))
        return true;
    if (!check_server(k, VIRTUAL_SINCE, virtual, "`virtual`"))
        return false;
    if (column->type.object != 0)
        return refuse_virtual(k, column, column->created, "cannot have a type that is not the server's own");
    return !uses_own_objects(k, table, column->expression) ||
           refuse_virtual(k, column, expression, "cannot use a function or a type that is not the server's own");
}

bool check_not_virtual(Checker *k, const ColumnInfo *column, Span span, const char *why)
{
    return column == NULL || column->generated != GENERATED_VIRTUAL || refuse_virtual(k, column, span, why);
}

bool check_no_virtual(Checker *k, const Table *table, ColumnIds columns, Span span, const char *why)
{
    for (size_t i = 0; i < columns.count; i++) {
        if (!check_not_virtual(k, table_column(table, columns.items[i]), span, why))
            return false;
    }
    return true;
}

static bool has_checks(const Table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i]->kind == CONSTRAINT_CHECK)
            return true;
    }
    return false;
}

static bool check_no_checks(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    return column->generated != GENERATED_VIRTUAL || !has_checks(table) ||
           refuse_virtual(k, column, span, "gets no other expression where the table has checks");
}

/* ATExecSetExpression() and ATExecDropExpression() in src/backend/commands/tablecmds.c */
bool check_set_expression(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetExpression *node,
                          const Expression **expression)
{
    if (!check_server(k, SET_EXPRESSION_SINCE, node->node.span, "`set expression`"))
        return false;
    if (!column->generated) {
        report(k->c, M_NOT_GENERATED, node->node.span, "column \"%.*s\" is not a generated one", STR_ARG(column->name));
        label(k->c, column->created, "created here");
        return false;
    }
    if (!check_family(k, table, column, node->node.span, check_no_checks))
        return false;
    *expression = build_expression(k, table, PLACE_GENERATED, node->expression);
    if (*expression == NULL)
        return false;
    if (expression_uses_column(*expression, column->id)) {
        report(k->c, M_BAD_EXPRESSION, node->expression, "generated column \"%.*s\" uses itself",
               STR_ARG(column->name));
        return false;
    }
    return column->generated != GENERATED_VIRTUAL || !uses_own_objects(k, table, *expression) ||
           refuse_virtual(k, column, node->expression, "cannot use a function or a type that is not the server's own");
}
