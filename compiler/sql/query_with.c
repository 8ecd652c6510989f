/* WITH: src/backend/parser/parse_cte.c. Under RECURSIVE a query may refer to those behind it, and to itself; then it is
 * a UNION whose first part says what its columns are. */
#include "query.h"

/* ------------------------------------------------------------------ references */

static void read_cte(Reader *r, QueryLevel *level, QueryCte *cte);

static QueryCte *find_in(const QueryLevel *level, Str name)
{
    size_t count = level->with_recursive ? level->ctes.count : level->ctes_before;
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, level->ctes.items[i]->tree->ctename))
            return level->ctes.items[i];
    }
    return NULL;
}

QueryCte *query_find_cte(Reader *r, Str name)
{
    for (QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        QueryCte *cte = find_in(level, name);
        if (cte == NULL)
            continue;
        if (!cte->known && !cte->busy)
            read_cte(r, level, cte);
        return cte;
    }
    return NULL;
}

static void report_recursion(Reader *r, Span span, const QueryCte *cte, const char *where)
{
    query_report(r, M_BAD_RECURSION, span, "\"%s\" cannot refer to itself %s", cte->tree->ctename, where);
}

static void use_itself(Reader *r, QueryCte *cte, Span span)
{
    cte->references++;
    if (!cte->recursive)
        query_report(r, M_BAD_RECURSION, span, "\"%s\" and what it is made of refer to one another",
                     cte->tree->ctename);
    else if (!cte->known)
        report_recursion(r, span, cte, "in the part of the UNION that is not recursive");
    else if (r->query->sublinks > 0)
        report_recursion(r, span, cte, "in a subquery of an expression");
    else if (r->query->nullable > 0)
        report_recursion(r, span, cte, "on the weak side of an outer join");
    else if (cte->references > 1)
        report_recursion(r, span, cte, "more than once");
}

void query_use_cte(Reader *r, QueryCte *cte, Span span)
{
    if (cte->busy)
        use_itself(r, cte, span);
    else if (cte->modifies && cte->columns.count == 0 && !cte->open)
        query_report(r, M_BAD_QUERY, span, "\"%s\" returns nothing that could be read", cte->tree->ctename);
}

/* ------------------------------------------------------------------ does it refer to itself */

typedef struct SelfSearch {
    const char *name;
    bool found;
} SelfSearch;

static bool defines(const PgQuery__WithClause *with, const char *name)
{
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        if (strcmp(with->ctes[i]->common_table_expr->ctename, name) == 0)
            return true;
    }
    return false;
}

static bool look_for_itself(void *context, const ProtobufCMessage *message)
{
    SelfSearch *search = context;
    const PgQuery__RangeVar *relation = (const PgQuery__RangeVar *) message;
    if (tree_is(message, pg_query__select_stmt))
        return !defines(((const PgQuery__SelectStmt *) message)->with_clause, search->name);
    if (tree_is(message, pg_query__range_var) && relation->schemaname[0] == '\0' &&
        strcmp(relation->relname, search->name) == 0)
        search->found = true;
    return true;
}

static bool refers_to_itself(const PgQuery__CommonTableExpr *tree)
{
    SelfSearch search = {tree->ctename, false};
    tree_walk(&tree->ctequery->base, look_for_itself, &search);
    return search.found;
}

/* ------------------------------------------------------------------ reading */

static Span cte_span(const Reader *r, const PgQuery__CommonTableExpr *tree)
{
    return query_place(r, tree->location);
}

static void name_columns(Reader *r, QueryCte *cte)
{
    query_rename(r, &cte->columns, cte->tree->n_aliascolnames, cte->tree->aliascolnames, cte->open,
                 cte_span(r, cte->tree));
    cte->known = true;
}

static bool check_recursive(Reader *r, const QueryCte *cte, const PgQuery__SelectStmt *select)
{
    bool is_union = select != NULL && select->op == PG_QUERY__SET_OPERATION__SETOP_UNION;
    bool ends = is_union && select->n_sort_clause == 0 && select->limit_count == NULL && select->limit_offset == NULL &&
                select->n_locking_clause == 0;
    if (!is_union)
        query_report(r, M_BAD_RECURSION, cte_span(r, cte->tree),
                     "\"%s\" refers to itself, and is not a start, UNION, and what follows from it",
                     cte->tree->ctename);
    else if (!ends)
        query_report(r, M_BAD_RECURSION, cte_span(r, cte->tree),
                     "ORDER BY, LIMIT and FOR UPDATE cannot end a query that refers to itself");
    return ends;
}

/* The counts of what is around do not reach into the term. */
static void read_term(Reader *r, QueryCte *cte, const PgQuery__SelectStmt *term)
{
    unsigned sublinks = r->query->sublinks, nullable = r->query->nullable;
    bool open = false;
    r->query->sublinks = r->query->nullable = 0;
    r->query->begins_term = true;
    QueryColumns columns = query_select(r, term, &open);
    r->query->begins_term = false;
    r->query->sublinks = sublinks;
    r->query->nullable = nullable;
    if (!open && !cte->open && columns.count != cte->columns.count)
        query_report_count(r, cte_span(r, cte->tree), cte->columns.count, columns.count);
}

static void read_recursive(Reader *r, QueryCte *cte)
{
    const PgQuery__Node *node = cte->tree->ctequery;
    const PgQuery__SelectStmt *select =
        node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? node->select_stmt : NULL;
    cte->recursive = true;
    if (!check_recursive(r, cte, select)) {
        cte->open = cte->known = true;
        return;
    }
    query_push(r);
    query_with(r, select->with_clause);
    cte->columns = query_select(r, select->larg, &cte->open);
    name_columns(r, cte);
    read_term(r, cte, select->rarg);
    query_pop(r);
}

/* The columns that SEARCH and CYCLE add. */
static void add_marks(Reader *r, QueryCte *cte)
{
    const PgQuery__CTESearchClause *search = cte->tree->search_clause;
    const PgQuery__CTECycleClause *cycle = cte->tree->cycle_clause;
    Type record = query_core_type(r->names.schema, "record"), records = record;
    records.array = true;
    if (search != NULL)
        list_push(READER_ARENA(r), &cte->columns,
                  (QueryColumn) {.name = str_from(search->search_seq_column),
                                 .type = search->search_breadth_first ? record : records});
    if (cycle == NULL)
        return;
    Type mark = cycle->cycle_mark_value == NULL ? query_core_type(r->names.schema, "bool")
                                                : query_type(r, cycle->cycle_mark_value);
    list_push(READER_ARENA(r), &cte->columns, (QueryColumn) {.name = str_from(cycle->cycle_mark_column), .type = mark});
    list_push(READER_ARENA(r), &cte->columns,
              (QueryColumn) {.name = str_from(cycle->cycle_path_column), .type = records});
}

static void check_modifying(Reader *r, const QueryLevel *level, const QueryCte *cte)
{
    Span span = cte_span(r, cte->tree);
    r->query->modifies = true;
    if (level->outer != NULL && level->outer->outer != NULL)
        query_report(r, M_BAD_QUERY, span, "a WITH that changes data can only stand at the top of a statement");
    else if (!r->query->scope->can_modify)
        query_report(r, M_BAD_QUERY, span, "%s cannot change data", r->query->scope->place);
}

static void read_plain(Reader *r, const QueryLevel *level, QueryCte *cte)
{
    cte->modifies = cte->tree->ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT;
    if (cte->modifies)
        check_modifying(r, level, cte);
    cte->columns = query_statement(r, cte->tree->ctequery, &cte->open);
    name_columns(r, cte);
}

/* At the level whose WITH it stands in, wherever the reference is. */
static void read_cte(Reader *r, QueryLevel *level, QueryCte *cte)
{
    QueryLevel *present = r->query->level;
    r->query->level = level;
    cte->busy = true;
    if (level->with_recursive && refers_to_itself(cte->tree))
        read_recursive(r, cte);
    else
        read_plain(r, level, cte);
    add_marks(r, cte);
    cte->busy = false;
    r->query->level = present;
}

void query_with(Reader *r, const PgQuery__WithClause *with)
{
    QueryLevel *level = r->query->level;
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *tree = with->ctes[i]->common_table_expr;
        for (size_t j = 0; j < level->ctes.count; j++) {
            if (strcmp(level->ctes.items[j]->tree->ctename, tree->ctename) == 0)
                query_report(r, M_DUPLICATE_ALIAS, query_place(r, tree->location), "\"%s\" stands in WITH twice",
                             tree->ctename);
        }
        QueryCte *cte = arena_new(READER_ARENA(r), QueryCte);
        cte->tree = tree;
        list_push(READER_ARENA(r), &level->ctes, cte);
    }
    level->with_recursive = with != NULL && with->recursive;
    for (size_t i = 0; i < level->ctes.count; i++) {
        level->ctes_before = i;
        if (!level->ctes.items[i]->known)
            read_cte(r, level, level->ctes.items[i]);
    }
    level->ctes_before = level->ctes.count;
}
