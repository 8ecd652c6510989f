/* Values that are compared with each other: what is sorted, grouped or made distinct has operators for that
 * (get_sort_group_operators() in src/backend/parser/parse_oper.c), and what stands beside each other in CASE, COALESCE,
 * arrays and set operations has a type in common (select_common_type() in parse_coerce.c). */
#include "operator.h"
#include "query.h"

/* ------------------------------------------------------------------ sorting and grouping */

static void refuse_type(Reader *r, const Type *type, const PgQuery__Node *node, const char *what)
{
    query_report(r, M_BAD_QUERY, query_place(r, query_first_location(&node->base)), "values of type %.*s %s",
                 STR_ARG(type_catalog(type)->display), what);
}

static void check_ordered(Reader *r, const Type *type, const PgQuery__Node *node)
{
    if (!r->refused && !type_is_ordered(r->names.schema, type))
        refuse_type(r, type, node, "have no order");
}

static void check_equal(Reader *r, const Type *type, const PgQuery__Node *node)
{
    if (!r->refused && !type_has_equality(r->names.schema, type))
        refuse_type(r, type, node, "cannot be found equal");
}

/* The column that comes out which a name or number means; NULL: it is an expression. */
static const QueryColumn *output_of(const PgQuery__Node *node, const QueryColumns *outputs)
{
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST && !node->a_const->isnull &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        size_t place = (size_t) node->a_const->ival->ival;
        return place >= 1 && place <= outputs->count ? &outputs->items[place - 1] : NULL;
    }
    bool bare = node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1;
    for (size_t i = 0; bare && i < outputs->count; i++) {
        if (str_equal(outputs->items[i].name, tree_name(1, node->column_ref->fields)))
            return &outputs->items[i];
    }
    return NULL;
}

static void check_sort(Reader *r, size_t count, PgQuery__Node *const *items, const QueryColumns *outputs)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__SortBy *item = items[i]->sort_by;
        const QueryColumn *output = outputs == NULL ? NULL : output_of(item->node, outputs);
        Type type = output != NULL ? output->type : query_type(r, item->node);
        if (item->n_use_op == 0)
            check_ordered(r, &type, item->node);
    }
}

/* A bare name means a column that goes in, if there is one. */
static void check_groups(Reader *r, size_t count, PgQuery__Node *const *items, const QueryColumns *outputs)
{
    for (size_t i = 0; i < count; i++) {
        Type type = query_type(r, items[i]);
        bool constant = items[i]->node_case == PG_QUERY__NODE__NODE_A_CONST;
        const QueryColumn *output = outputs == NULL ? NULL : output_of(items[i], outputs);
        if (output != NULL && (constant || type.catalog == NULL))
            type = output->type;
        check_equal(r, &type, items[i]);
    }
}

static void check_outputs_equal(Reader *r, const PgQuery__Node *node, const QueryColumns *outputs)
{
    for (size_t i = 0; i < outputs->count; i++)
        check_equal(r, &outputs->items[i].type, node);
}

static void check_distinct(Reader *r, const PgQuery__SelectStmt *select, const QueryColumns *outputs)
{
    bool all = select->n_distinct_clause == 1 && select->distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET;
    if (all && select->n_target_list > 0)
        check_outputs_equal(r, select->target_list[0], outputs);
    else if (!all)
        check_groups(r, select->n_distinct_clause, select->distinct_clause, outputs);
}

static void check_call(Reader *r, const PgQuery__FuncCall *call)
{
    check_sort(r, call->n_agg_order, call->agg_order, NULL);
    for (size_t i = 0; i < call->n_args && call->agg_distinct; i++) {
        Type type = query_type(r, call->args[i]);
        check_ordered(r, &type, call->args[i]);
    }
}

/* ------------------------------------------------------------------ types in common */

/* What the values become, so far; `mixed`: nothing. */
typedef struct Common {
    Type type;                  /* without a catalog type: not known yet */
    bool mixed, unknown;
    Type other;
} Common;

static const CatalogType *base_of(const Type *type)
{
    return catalog_base_type(type_catalog(type));
}

/* Literals take whatever type there is. */
static void common_add(Common *common, const Reader *r, Type type)
{
    const CatalogView *view = &r->names.schema->view;
    if (type.catalog == NULL || base_of(&type)->kind == CATALOG_PSEUDO || base_of(&type)->unknown) {
        common->unknown = common->unknown || type.catalog == NULL || !query_is_literal(type);
        return;
    }
    const CatalogType *one = common->type.catalog == NULL ? NULL : base_of(&common->type), *other = base_of(&type);
    if (one == NULL) {
        common->type = type;
    } else if (one->category != other->category) {
        common->mixed = true;
        common->other = type;
    } else if (!one->preferred && catalog_coercible(view, one, other, CATALOG_IMPLICIT) &&
               !catalog_coercible(view, other, one, CATALOG_IMPLICIT)) {
        common->type = type;
    }
}

static void common_end(Reader *r, const Common *common, const char *what, const PgQuery__Node *node)
{
    if (r->refused || !common->mixed || common->unknown)
        return;
    query_report(r, M_BAD_EXPRESSION, query_place(r, query_first_location(&node->base)),
                 "%s has values of %.*s and %.*s, which have no type in common", what,
                 STR_ARG(type_catalog(&common->type)->display), STR_ARG(type_catalog(&common->other)->display));
}

static void check_common(Reader *r, size_t count, PgQuery__Node *const *nodes, const char *what)
{
    Common common = {0};
    for (size_t i = 0; i < count; i++)
        common_add(&common, r, query_type(r, nodes[i]));
    if (count > 0)
        common_end(r, &common, what, nodes[0]);
}

static void check_case(Reader *r, const PgQuery__CaseExpr *expression)
{
    Common common = {0};
    if (expression->defresult != NULL)
        common_add(&common, r, query_type(r, expression->defresult));
    for (size_t i = 0; i < expression->n_args; i++)
        common_add(&common, r, query_type(r, expression->args[i]->case_when->result));
    common_end(r, &common, "CASE", expression->args[0]);
}

static void check_set_operation(Reader *r, const PgQuery__SelectStmt *select, const QueryColumns *outputs)
{
    const QueryColumns *left = query_outputs(r, select->larg), *right = query_outputs(r, select->rarg);
    const PgQuery__SelectStmt *first = select;
    while (first->larg != NULL)
        first = first->larg;
    const PgQuery__Node *place = first->n_target_list == 0 ? NULL : first->target_list[0];
    for (size_t i = 0; place != NULL && left != NULL && right != NULL && i < left->count && i < right->count; i++) {
        Common common = {0};
        common_add(&common, r, left->items[i].type);
        common_add(&common, r, right->items[i].type);
        common_end(r, &common, "a set operation", place);
    }
    if (!select->all && place != NULL)
        check_outputs_equal(r, place, outputs);
}

/* ------------------------------------------------------------------ the whole */

static void check_select(Reader *r, const PgQuery__SelectStmt *select)
{
    const QueryColumns *outputs = query_outputs(r, select);
    if (outputs == NULL)
        return;
    if (select->larg != NULL)
        check_set_operation(r, select, outputs);
    check_sort(r, select->n_sort_clause, select->sort_clause, outputs);
    check_groups(r, select->n_group_clause, select->group_clause, outputs);
    check_distinct(r, select, outputs);
}

void query_check_compared(Reader *r, const ProtobufCMessage *message)
{
    if (tree_is(message, pg_query__select_stmt)) {
        check_select(r, (const PgQuery__SelectStmt *) message);
    } else if (tree_is(message, pg_query__func_call)) {
        check_call(r, (const PgQuery__FuncCall *) message);
    } else if (tree_is(message, pg_query__window_def)) {
        const PgQuery__WindowDef *window = (const PgQuery__WindowDef *) message;
        check_sort(r, window->n_order_clause, window->order_clause, NULL);
        check_groups(r, window->n_partition_clause, window->partition_clause, NULL);
    } else if (tree_is(message, pg_query__case_expr)) {
        check_case(r, (const PgQuery__CaseExpr *) message);
    } else if (tree_is(message, pg_query__coalesce_expr)) {
        const PgQuery__CoalesceExpr *coalesce = (const PgQuery__CoalesceExpr *) message;
        check_common(r, coalesce->n_args, coalesce->args, "COALESCE");
    } else if (tree_is(message, pg_query__min_max_expr)) {
        const PgQuery__MinMaxExpr *most = (const PgQuery__MinMaxExpr *) message;
        check_common(r, most->n_args, most->args, "GREATEST or LEAST");
    } else if (tree_is(message, pg_query__a__array_expr)) {
        const PgQuery__AArrayExpr *array = (const PgQuery__AArrayExpr *) message;
        check_common(r, array->n_elements, array->elements, "an array");
    }
}
