/* DISTINCT sorts, so ORDER BY can only ask for what it leaves: of DISTINCT, what comes out; of DISTINCT ON, its own
 * expressions first (transformDistinctClause and transformDistinctOnClause in src/backend/parser/parse_clause.c). What
 * is meant is told by shapes; nothing is said where a star hides what comes out. */
#include "query.h"

static bool is_star(const PgQuery__Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION) {
        const PgQuery__AIndirection *path = node->a_indirection;
        return path->indirection[path->n_indirection - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
    }
    return node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
           node->column_ref->fields[node->column_ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

static bool has_star(const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        if (is_star(select->target_list[i]->res_target->val))
            return true;
    }
    return false;
}

/* The place of the output that a number or a name means, from 1; 0: it is an expression. */
static unsigned long output_place(Reader *r, const PgQuery__Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST)
        return (unsigned long) node->a_const->ival->ival;
    const char *shape = str_to_c(READER_ARENA(r), expression_shape(r, &node->base));
    unsigned long place = 0;
    return sscanf(shape, "(output %lu)", &place) == 1 ? place : 0;
}

static Str shape_of(Reader *r, const PgQuery__SelectStmt *select, const PgQuery__Node *node)
{
    unsigned long place = output_place(r, node);
    bool output = place > 0 && place <= select->n_target_list;
    return expression_shape(r, output ? &select->target_list[place - 1]->res_target->val->base : &node->base);
}

static StrList shapes_of(Reader *r, const PgQuery__SelectStmt *select, bool on)
{
    StrList shapes = {0};
    for (size_t i = 0; on && i < select->n_distinct_clause; i++)
        list_push(READER_ARENA(r), &shapes, shape_of(r, select, select->distinct_clause[i]));
    for (size_t i = 0; !on && i < select->n_target_list; i++)
        list_push(READER_ARENA(r), &shapes, expression_shape(r, &select->target_list[i]->res_target->val->base));
    return shapes;
}

static bool contains(const StrList *shapes, Str shape)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (str_equal(shapes->items[i], shape))
            return true;
    }
    return false;
}

static bool is_sorted_by_outputs(const StrList *outputs, const StrList *sorted)
{
    for (size_t i = 0; i < sorted->count; i++) {
        if (!contains(outputs, sorted->items[i]))
            return false;
    }
    return true;
}

/* Its expressions come first, in any order; others only behind all of them. */
static bool is_sorted_by_distinct(const StrList *distinct, const StrList *sorted)
{
    bool others = false;
    for (size_t i = 0; i < sorted->count; i++) {
        bool member = contains(distinct, sorted->items[i]);
        if (member && others)
            return false;
        others = others || !member;
    }
    for (size_t i = 0; i < distinct->count && others; i++) {
        if (!contains(sorted, distinct->items[i]))
            return false;
    }
    return true;
}

void query_check_distinct(Reader *r, const PgQuery__SelectStmt *select)
{
    if (select->n_distinct_clause == 0 || select->n_sort_clause == 0 || r->refused || has_star(select))
        return;
    const PgQuery__Node *first = select->distinct_clause[0];
    bool on = first != NULL && first->node_case != PG_QUERY__NODE__NODE__NOT_SET;
    StrList wanted = shapes_of(r, select, on), sorted = {0};
    for (size_t i = 0; i < select->n_sort_clause; i++)
        list_push(READER_ARENA(r), &sorted, shape_of(r, select, select->sort_clause[i]->sort_by->node));
    Span span = query_place(r, query_first_location(&select->sort_clause[0]->base));
    if (on && !is_sorted_by_distinct(&wanted, &sorted))
        query_report(r, M_BAD_POSITION, span, "what DISTINCT ON names has to come first in ORDER BY");
    else if (!on && !is_sorted_by_outputs(&wanted, &sorted))
        query_report(r, M_BAD_POSITION, span, "with DISTINCT, rows can only be sorted by what comes out");
}
