/* What follows from the types of values, once all of an expression or a query has been read: conditions are booleans
 * (coerce_to_boolean() in src/backend/parser/parse_coerce.c), and there are operators and functions for what they are
 * given (oper() in parse_oper.c, ParseFuncOrColumn() in parse_func.c). Where a type is not known, anything may be so;
 * where the migrations have something of the name, it may be meant. */
#include "function.h"
#include "place.h"
#include "query.h"
#include "unknown.h"

/* ------------------------------------------------------------------ conditions */

/* What is to become a type of the server's by assignment. */
static void check_wanted(Reader *r, const PgQuery__Node *node, const char *what, DiagnosticCode code, const char *type,
                         const char *wanted)
{
    const CatalogView *view = &r->names.schema->view;
    if (r->refused || node == NULL)
        return;
    Type given = query_type(r, node);
    const CatalogType *from = type_catalog(&given), *to = catalog_type_in(&view->catalog->core, str_from(type));
    if (from == NULL || catalog_coercible(view, from, to, CATALOG_ASSIGNMENT))
        return;
    query_report(r, code, query_place(r, query_first_location(&node->base)), "%s wants %s, and this is %.*s", what,
                 wanted, STR_ARG(from->display));
}

static void check_condition(Reader *r, const PgQuery__Node *node, const char *what)
{
    check_wanted(r, node, what, M_NOT_BOOLEAN, "bool", "a truth value");
}

static void check_boolean(Reader *r, const PgQuery__BoolExpr *expression)
{
    bool all = expression->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    bool one = expression->boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR;
    for (size_t i = 0; i < expression->n_args; i++)
        check_condition(r, expression->args[i], all ? "AND" : one ? "OR" : "NOT");
}

static void check_case(Reader *r, const PgQuery__CaseExpr *expression)
{
    for (size_t i = 0; i < expression->n_args && expression->arg == NULL; i++)
        check_condition(r, expression->args[i]->case_when->expr, "WHEN");
}

/* LIMIT and OFFSET (transformLimitClause() in src/backend/parser/parse_clause.c). */
static void check_number(Reader *r, const PgQuery__Node *node, const char *what)
{
    check_wanted(r, node, what, M_BAD_EXPRESSION, "int8", "a number");
}

static void check_select(Reader *r, const PgQuery__SelectStmt *select)
{
    check_condition(r, select->where_clause, "WHERE");
    check_condition(r, select->having_clause, "HAVING");
    check_number(r, select->limit_offset, "OFFSET");
    check_number(r, select->limit_count, "LIMIT");
}

static bool check_conditions(Reader *r, const ProtobufCMessage *message)
{
    if (tree_is(message, pg_query__bool_expr)) {
        check_boolean(r, (const PgQuery__BoolExpr *) message);
    } else if (tree_is(message, pg_query__boolean_test)) {
        check_condition(r, ((const PgQuery__BooleanTest *) message)->arg, "IS TRUE");
    } else if (tree_is(message, pg_query__case_expr)) {
        check_case(r, (const PgQuery__CaseExpr *) message);
    } else if (tree_is(message, pg_query__select_stmt)) {
        check_select(r, (const PgQuery__SelectStmt *) message);
    } else if (tree_is(message, pg_query__update_stmt)) {
        check_condition(r, ((const PgQuery__UpdateStmt *) message)->where_clause, "WHERE");
    } else if (tree_is(message, pg_query__delete_stmt)) {
        check_condition(r, ((const PgQuery__DeleteStmt *) message)->where_clause, "WHERE");
    } else if (tree_is(message, pg_query__func_call)) {
        check_condition(r, ((const PgQuery__FuncCall *) message)->agg_filter, "FILTER");
    } else if (tree_is(message, pg_query__join_expr)) {
        check_condition(r, ((const PgQuery__JoinExpr *) message)->quals, "ON");
    }
    return !r->refused;
}

/* ------------------------------------------------------------------ operators and functions */

/* What the choice of an operator or function can be made by: a row, or a type that is to be decided, is none. */
static bool is_plain(const Type *type)
{
    const CatalogType *catalog = type_catalog(type);
    return catalog != NULL && (query_is_literal(*type) || catalog->kind != CATALOG_PSEUDO);
}

static bool is_foreign_name(const Reader *r, Str qualifier, Str name)
{
    bool elsewhere = qualifier.len > 0 && !str_is(qualifier, "pg_catalog");
    return elsewhere || schema_definitions_named(r->names.schema, qualifier, name).count > 0 ||
           unknown_extension(r->names.schema, qualifier) != 0;
}

static Str display(const Type *type)
{
    return query_is_literal(*type) ? STR("a literal") : type_catalog(type)->display;
}

static void check_operator(Reader *r, const QueryOperator *operator, int32_t location)
{
    if (r->refused || query_operator_fits(r, operator) || is_foreign_name(r, operator->qualifier, operator->name) ||
        (!operator->prefix && !is_plain(&operator->left)) || !is_plain(&operator->right))
        return;
    Span span = place_of(r, location, 1);
    if (operator->prefix)
        query_report(r, M_UNKNOWN_OPERATOR, span, "there is no operator %.*s for %.*s", STR_ARG(operator->name),
                     STR_ARG(display(&operator->right)));
    else
        query_report(r, M_UNKNOWN_OPERATOR, span, "there is no operator %.*s for %.*s and %.*s",
                     STR_ARG(operator->name), STR_ARG(display(&operator->left)), STR_ARG(display(&operator->right)));
}

static void check_pair(Reader *r, const char *name, Type left, const PgQuery__Node *right, int32_t location)
{
    if (right->node_case == PG_QUERY__NODE__NODE_ROW_EXPR)
        return;
    QueryOperator operator = {.name = str_from(name), .left = left, .right = query_type(r, right)};
    check_operator(r, &operator, location);
}

/* `= any (array)`: make_scalar_array_op() in src/backend/parser/parse_oper.c. */
static void check_array(Reader *r, const PgQuery__AExpr *expression)
{
    QueryOperator operator = query_operator(r, expression);
    const CatalogType *array = type_catalog(&operator.right);
    if (array == NULL || query_is_literal(operator.right) || !is_plain(&operator.right))
        return;
    array = catalog_base_type(array);
    if (array->element == NULL && array->category != 'A' && !array->unknown)
        query_report(r, M_BAD_EXPRESSION, place_of(r, expression->location, 1),
                     "ANY and ALL want an array, and this is %.*s", STR_ARG(array->display));
    if (!operator.right.array)
        return;
    operator.right.array = false;
    check_operator(r, &operator, expression->location);
}

static void check_list(Reader *r, const PgQuery__AExpr *expression)
{
    bool list = expression->rexpr->node_case == PG_QUERY__NODE__NODE_LIST;
    Type left = query_type(r, expression->lexpr);
    for (size_t i = 0; list && i < expression->rexpr->list->n_items; i++)
        check_pair(r, "=", left, expression->rexpr->list->items[i], expression->location);
}

static void check_between(Reader *r, const PgQuery__AExpr *expression)
{
    const PgQuery__List *bounds = expression->rexpr->list;
    Type left = query_type(r, expression->lexpr);
    check_pair(r, ">=", left, bounds->items[0], expression->location);
    check_pair(r, "<=", left, bounds->items[1], expression->location);
}

static void check_expression(Reader *r, const PgQuery__AExpr *expression)
{ /* a table */
    QueryOperator operator = {0};
    if (expression->lexpr != NULL && expression->lexpr->node_case == PG_QUERY__NODE__NODE_ROW_EXPR)
        return;
    switch ((int) expression->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        operator = query_operator(r, expression);
        check_operator(r, &operator, expression->location);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL: check_array(r, expression); break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        check_pair(r, "=", query_type(r, expression->lexpr), expression->rexpr, expression->location);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN: check_list(r, expression); break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM: check_between(r, expression); break;
    default: break;
    }
}

/* `x in (select …)`, `x < all (select …)`. */
static void check_sublink(Reader *r, const PgQuery__SubLink *link)
{
    const QueryColumns *columns = query_outputs(r, link->subselect->select_stmt);
    if (link->testexpr == NULL || link->testexpr->node_case == PG_QUERY__NODE__NODE_ROW_EXPR || columns == NULL ||
        columns->count != 1)
        return;
    QueryOperator operator = {.name = link->n_oper_name == 0 ? STR("=") : tree_name(link->n_oper_name, link->oper_name),
                              .qualifier = tree_qualifier(link->n_oper_name, link->oper_name),
                              .left = query_type(r, link->testexpr), .right = columns->items[0].type};
    check_operator(r, &operator, link->location);
}

/* Arguments that can be compared with what functions take, one by one. */
static bool has_plain_arguments(Reader *r, const PgQuery__FuncCall *call)
{
    bool plain = !call->func_variadic && !call->agg_within_group;
    for (size_t i = 0; i < call->n_args && plain; i++) {
        Type type = {0};
        plain = call->args[i]->node_case != PG_QUERY__NODE__NODE_NAMED_ARG_EXPR;
        if (plain)
            type = query_type(r, call->args[i]);
        plain = plain && is_plain(&type);
    }
    return plain;
}

/* `text(x)` is a cast, and `f(row)` may be a field. */
static bool may_be_other(Reader *r, const PgQuery__FuncCall *call, Str name)
{
    if (call->n_args != 1)
        return false;
    Type type = query_type(r, call->args[0]);
    return catalog_base_type(type_catalog(&type))->kind == CATALOG_COMPOSITE ||
           catalog_type(&r->names.schema->view, name) != NULL ||
           schema_named(r->names.schema, NAMES_TYPE, STR(""), name) != NULL;
}

static void check_call(Reader *r, const PgQuery__FuncCall *call)
{
    Str name = tree_name(call->n_funcname, call->funcname);
    if (query_call_fits(r, call) || is_foreign_name(r, tree_qualifier(call->n_funcname, call->funcname), name) ||
        !catalog_function_known(&r->names.schema->view, name) || !has_plain_arguments(r, call) ||
        may_be_other(r, call, name))
        return;
    Text types = text_new(READER_ARENA(r));
    for (size_t i = 0; i < call->n_args; i++) {
        Type type = query_type(r, call->args[i]);
        text_addf(&types, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(display(&type)));
    }
    Str list = text_str(&types);
    query_report(r, M_UNKNOWN_FUNCTION, place_of(r, call->location, name.len),
                 "there is no function \"%.*s\" of (%.*s)", STR_ARG(name), STR_ARG(list));
}

/* `case x when y`. */
static void check_branches(Reader *r, const PgQuery__CaseExpr *expression)
{
    for (size_t i = 0; i < expression->n_args && expression->arg != NULL; i++)
        check_pair(r, "=", query_type(r, expression->arg), expression->args[i]->case_when->expr, expression->location);
}

/* ------------------------------------------------------------------ the walk */

static bool check_message(void *context, const ProtobufCMessage *message)
{
    Reader *r = context;
    if (!check_conditions(r, message))
        return false;
    if (tree_is(message, pg_query__a__expr))
        check_expression(r, (const PgQuery__AExpr *) message);
    else if (tree_is(message, pg_query__sub_link))
        check_sublink(r, (const PgQuery__SubLink *) message);
    else if (tree_is(message, pg_query__case_expr))
        check_branches(r, (const PgQuery__CaseExpr *) message);
    else if (tree_is(message, pg_query__func_call))
        check_call(r, (const PgQuery__FuncCall *) message);
    if (!r->refused)
        query_check_compared(r, message);
    return !r->refused;
}

void query_check_types(Reader *r, const ProtobufCMessage *tree, const char *condition)
{
    if (r->types == NULL) {
        r->types = arena_new(READER_ARENA(r), Map);
        *r->types = map_new(READER_ARENA(r));
    }
    if (condition != NULL && tree_is(tree, pg_query__node))
        check_condition(r, (const PgQuery__Node *) tree, condition);
    if (!r->refused)
        tree_walk(tree, check_message, r);
}
