/* FigureColname() of src/backend/parser/parse_target.c: what an expression is called as a column of a query. */
#include "figure.h"

/* How good a name is: a cast's type is used only where there is nothing better. */

typedef struct Figured {
    Str name;
    int strength;  /* 0: none, 1: poor, 2: good */
} Figured;

static Figured figure(const PgQuery__Node *node);

static Figured figure_target(const PgQuery__ResTarget *target)
{
    return target->name[0] != '\0' ? (Figured) {str_from(target->name), 2} : figure(target->val);
}

static Figured good(const char *name)
{
    return (Figured) {str_from(name), 2};
}

static Figured figure_names(size_t count, PgQuery__Node *const *names)
{
    Str name = tree_name(count, names);
    return str_is(name, "*") ? (Figured) {0} : (Figured) {name, 2};
}

static Figured figure_cast(const PgQuery__TypeCast *cast)
{
    Figured inner = figure(cast->arg);
    if (inner.strength > 1)
        return inner;
    return (Figured) {tree_name(cast->type_name->n_names, cast->type_name->names), 1};
}

static Figured figure_case(const PgQuery__CaseExpr *expression)
{
    Figured inner = expression->defresult == NULL ? (Figured) {0} : figure(expression->defresult);
    return inner.strength > 1 ? inner : (Figured) {STR("case"), 1};
}

/* The last name among the indirections, else what is indirected. */
static Figured figure_indirection(const PgQuery__AIndirection *indirection)
{
    for (size_t i = indirection->n_indirection; i > 0; i--) {
        if (indirection->indirection[i - 1]->node_case == PG_QUERY__NODE__NODE_STRING)
            return good(indirection->indirection[i - 1]->string->sval);
    }
    return figure(indirection->arg);
}

/* (select x …) is called x. */
static Figured figure_subquery(const PgQuery__SubLink *link)
{
    const PgQuery__SelectStmt *select = link->subselect->select_stmt;
    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
        return good("exists");
    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK)
        return good("array");
    if (link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        return (Figured) {0};
    while (select->larg != NULL)
        select = select->larg;
    if (select->n_values_lists > 0)
        return good("column1");
    return select->n_target_list == 0 ? (Figured) {0} : figure_target(select->target_list[0]->res_target);
}

static Figured figure_xml(const PgQuery__XmlExpr *xml)
{
    switch ((int) xml->op) {
    case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT: return good("xmlconcat");
    case PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT: return good("xmlelement");
    case PG_QUERY__XML_EXPR_OP__IS_XMLFOREST: return good("xmlforest");
    case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE: return good("xmlparse");
    case PG_QUERY__XML_EXPR_OP__IS_XMLPI: return good("xmlpi");
    case PG_QUERY__XML_EXPR_OP__IS_XMLROOT: return good("xmlroot");
    default: return (Figured) {0};
    }
}

static Figured figure_nullif(const PgQuery__AExpr *expression)
{
    return expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? good("nullif") : (Figured) {0};
}

static Figured figure_value_function(const PgQuery__SQLValueFunction *function)
{
    static const char *const names[] = {
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE] = "current_date",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME] = "current_time",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N] = "current_time",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP] = "current_timestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N] = "current_timestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME] = "localtime",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N] = "localtime",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP] = "localtimestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N] = "localtimestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE] = "current_role",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER] = "current_user",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER] = "user",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER] = "session_user",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG] = "current_catalog",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA] = "current_schema",
    };
    return function->op == 0 ? (Figured) {0} : good(names[function->op]);
}

static Figured figure(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: return figure_names(node->column_ref->n_fields, node->column_ref->fields);
    case PG_QUERY__NODE__NODE_FUNC_CALL: return figure_names(node->func_call->n_funcname, node->func_call->funcname);
    case PG_QUERY__NODE__NODE_TYPE_CAST: return figure_cast(node->type_cast);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return figure(node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_CASE_EXPR: return figure_case(node->case_expr);
    case PG_QUERY__NODE__NODE_A_INDIRECTION: return figure_indirection(node->a_indirection);
    case PG_QUERY__NODE__NODE_A_EXPR: return figure_nullif(node->a_expr);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return good("array");
    case PG_QUERY__NODE__NODE_ROW_EXPR: return good("row");
    case PG_QUERY__NODE__NODE_COALESCE_EXPR: return good("coalesce");
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return good(node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least");
    case PG_QUERY__NODE__NODE_GROUPING_FUNC: return good("grouping");
    case PG_QUERY__NODE__NODE_SUB_LINK: return figure_subquery(node->sub_link);
    case PG_QUERY__NODE__NODE_XML_EXPR: return figure_xml(node->xml_expr);
    case PG_QUERY__NODE__NODE_XML_SERIALIZE: return good("xmlserialize");
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION: return figure_value_function(node->sqlvalue_function);
    default: return (Figured) {0};
    }
}

Str figure_name(const PgQuery__Node *node)
{
    Figured figured = figure(node);
    return figured.strength > 0 ? figured.name : (Str) {0};
}
