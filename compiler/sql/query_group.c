/* Aggregates and groups: src/backend/parser/parse_agg.c. Outside of aggregates a query with groups may use what it is
 * grouped by, and what depends on that by a primary key. */
#include "function.h"
#include "query.h"
#include "unknown.h"

#include "figure.h"

static const char *clause_name(QueryClause clause)
{
    switch (clause) {
    case CLAUSE_FROM: return "FROM";
    case CLAUSE_ON: return "a join condition";
    case CLAUSE_WHERE: return "WHERE";
    case CLAUSE_GROUP: return "GROUP BY";
    case CLAUSE_VALUES:
    case CLAUSE_ROW: return "VALUES";
    case CLAUSE_LIMIT: return "LIMIT";
    case CLAUSE_SET: return "UPDATE";
    case CLAUSE_RETURNING: return "RETURNING";
    case CLAUSE_OTHER:
    case CLAUSE_TARGET:
    case CLAUSE_HAVING:
    case CLAUSE_ORDER:
    case CLAUSE_WINDOW: return NULL;
    }
    return NULL;
}

/* ------------------------------------------------------------------ calls */

typedef enum CallKind { CALL_PLAIN, CALL_AGGREGATE, CALL_WINDOW, CALL_UNSURE } CallKind;

/* What a call may be of: the migrations' own functions, and those of the server and its extensions. */
typedef struct Called {
    Str qualifier, name;
    UserFunctions own;
    Overloads all;
} Called;

static Called find_called(const Reader *r, const PgQuery__FuncCall *call)
{
    const Schema *schema = r->names.schema;
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    return (Called) {
        .qualifier = qualifier,
        .name = name,
        .own = user_functions(schema, qualifier, name, call->n_args),
        .all = find_overloads(schema, name, qualifier),
    };
}

static CallKind call_kind(const Reader *r, const PgQuery__FuncCall *call, const Called *called)
{
    const Overloads *all = &called->all;
    const UserFunctions *own = &called->own;
    bool marked = call->agg_star || call->agg_distinct || call->agg_filter != NULL || call->agg_within_group ||
                  call->n_agg_order > 0;
    if (call->over != NULL)
        return CALL_WINDOW;
    if (marked || (all->aggregate && !all->plain))
        return CALL_AGGREGATE;
    if (!all->found && own->items.count == 0 && unknown_extension(r->names.schema, called->qualifier) != 0)
        return CALL_UNSURE;
    return own->aggregate && own->plain ? CALL_UNSURE : own->aggregate && !all->plain ? CALL_AGGREGATE : CALL_PLAIN;
}

/* Whether the arguments name something of the present level, or nothing at all: then the aggregate is that level's. */
typedef struct LevelSearch {
    const Reader *r;
    bool own, outer, any;
} LevelSearch;

static bool is_of_level(const QueryLevel *level, const QueryColumn *column)
{
    for (size_t i = 0; i < level->visible.count; i++) {
        const RangeItem *item = level->visible.items[i].item;
        for (size_t j = 0; j < item->columns.count; j++) {
            if (&item->columns.items[j] == column ||
                (column->item != NULL && (item == column->item || item->columns.items[j].item == column->item)))
                return true;
        }
    }
    return false;
}

static bool refuse_own_column(void *context, const ProtobufCMessage *message)
{
    Reader *r = context;
    if (!tree_is(message, pg_query__column_ref))
        return true;
    const PgQuery__ColumnRef *reference = (const PgQuery__ColumnRef *) message;
    const QueryColumn *column = query_resolved(r, reference);
    if (column != NULL && is_of_level(r->query->level, column))
        query_report(r, M_BAD_QUERY, query_place(r, reference->location), "LIMIT cannot depend on rows of the query");
    return false;
}

void query_read_limit(Reader *r, const PgQuery__SelectStmt *select)
{
    const PgQuery__Node *const limits[] = {select->limit_offset, select->limit_count};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        query_read(r, limits[i], CLAUSE_LIMIT);
        if (limits[i] != NULL)
            tree_walk(&limits[i]->base, refuse_own_column, r);
    }
}

static bool look_for_level(void *context, const ProtobufCMessage *message)
{
    LevelSearch *search = context;
    if (!tree_is(message, pg_query__column_ref))
        return true;
    const QueryColumn *column = query_resolved(search->r, (const PgQuery__ColumnRef *) message);
    search->any = true;
    if (column == NULL || column->name.data == NULL || is_of_level(search->r->query->level, column))
        search->own = true;
    return false;
}

static bool is_outer(const Reader *r, const PgQuery__FuncCall *call)
{
    LevelSearch search = {.r = r};
    for (size_t i = 0; i < call->n_args; i++)
        tree_walk(&call->args[i]->base, look_for_level, &search);
    return search.any && !search.own;
}

static void check_place(Reader *r, const PgQuery__FuncCall *call, CallKind kind)
{
    QueryLevel *level = r->query->level;
    const char *clause = clause_name(level->clause);
    Span span = query_place(r, call->location);
    const char *what = kind == CALL_WINDOW ? "a window function" : "an aggregate";
    bool having = kind == CALL_WINDOW && (level->clause == CLAUSE_HAVING || level->clause == CLAUSE_WINDOW);
    bool from = level->clause == CLAUSE_FROM && kind == CALL_AGGREGATE;
    if (kind == CALL_AGGREGATE && level->term && clause == NULL)
        query_report(r, M_BAD_RECURSION, span,
                     "an aggregate cannot stand in what follows from a recursive query's start");
    else if (clause != NULL || having || from)
        query_report(r, M_BAD_QUERY, span, "%s cannot stand in %s", what,
                     having ? (level->clause == CLAUSE_HAVING ? "HAVING" : "a window") : clause);
}

/* ------------------------------------------------------------------ sets (check_srf_call_placement in parse_func.c) */

/* Rows are multiplied where a SELECT gives them, groups or orders them; FROM says itself what it takes. */
static const char *place_without_sets(const QueryLevel *level)
{
    QueryClause clause = level->clause;
    if (level->aggregate)
        return "an aggregate";
    if (level->conditional != NULL)
        return level->conditional;
    if (clause == CLAUSE_HAVING)
        return "HAVING";
    return clause == CLAUSE_FROM || clause == CLAUSE_GROUP || clause == CLAUSE_ROW ? NULL : clause_name(clause);
}

static void check_set(Reader *r, const PgQuery__FuncCall *call, const Called *called)
{
    const char *place = place_without_sets(r->query->level);
    if (place == NULL || !functions_return_set(&called->own, &called->all))
        return;
    query_report(r, M_BAD_QUERY, query_place(r, call->location), "a function that returns a set cannot stand in %s",
                 place);
    help(r->names.sql->c, "in FROM it can");
}

bool query_read_conditional(Reader *r, const ProtobufCMessage *message)
{
    const char *kind = tree_is(message, pg_query__case_expr)       ? "CASE"
                       : tree_is(message, pg_query__coalesce_expr) ? "COALESCE"
                                                                   : NULL;
    QueryLevel *level = r->query->level;
    const char *around = level->conditional;
    if (kind == NULL || around == kind)
        return false;
    level->conditional = kind;
    expression_walk(r, message);
    level->conditional = around;
    return true;
}

static void read_arguments(Reader *r, const PgQuery__FuncCall *call)
{
    QueryClause clause = r->query->level->clause;
    query_read_all(r, call->n_args, call->args, clause);
    query_read_all(r, call->n_agg_order, call->agg_order, clause);
    query_read(r, call->agg_filter, clause);
    if (call->over != NULL)
        expression_walk(r, &call->over->base);
}

/* A window function is one by its OVER only. */
static void check_over(Reader *r, const PgQuery__FuncCall *call, const Called *called)
{
    const Overloads *all = &called->all;
    bool own = called->own.items.count > 0;
    if (all->window && !all->plain && !own && call->over == NULL && !call->agg_within_group)
        query_report(r, M_BAD_QUERY, query_place(r, call->location), "%.*s() needs a window: `over (…)`",
                     STR_ARG(called->name));
}

/* transformAggregateCall() in src/backend/parser/parse_agg.c: what is sorted by has to be among what is left. */
static void check_distinct_order(Reader *r, const PgQuery__FuncCall *call)
{
    for (size_t i = 0; i < call->n_agg_order && call->agg_distinct && !r->refused; i++) {
        Str sorted = expression_shape(r, &call->agg_order[i]->sort_by->node->base);
        bool found = false;
        for (size_t j = 0; j < call->n_args && !found; j++)
            found = str_equal(sorted, expression_shape(r, &call->args[j]->base));
        if (!found)
            query_report(r, M_BAD_POSITION, query_place(r, call->location),
                         "an aggregate with DISTINCT can only be sorted by its arguments");
    }
}

/* Aggregates hold no others. */
static void check_nesting(Reader *r, const PgQuery__FuncCall *call, CallKind kind)
{
    bool inside = r->query->level->aggregate;
    if (kind == CALL_AGGREGATE && inside)
        query_report(r, M_BAD_QUERY, query_place(r, call->location), "an aggregate cannot hold another one");
    if (kind == CALL_WINDOW && inside)
        query_report(r, M_BAD_QUERY, query_place(r, call->location), "an aggregate cannot hold a window function");
    r->query->level->aggregate = inside || kind == CALL_AGGREGATE;
    read_arguments(r, call);
    r->query->level->aggregate = inside;
}

bool query_check_call(Reader *r, const PgQuery__FuncCall *call)
{
    Called called = find_called(r, call);
    CallKind kind = call_kind(r, call, &called);
    QueryLevel *level = r->query->level;
    expression_use_function(r, call);
    check_set(r, call, &called);
    check_over(r, call, &called);
    check_nesting(r, call, kind);
    check_distinct_order(r, call);
    if (kind == CALL_PLAIN || (kind == CALL_AGGREGATE && is_outer(r, call)))
        return true;
    level->aggregates = level->aggregates || kind == CALL_AGGREGATE;
    level->windowed = level->windowed || kind == CALL_WINDOW;
    level->unsure = level->unsure || kind == CALL_UNSURE;
    if (kind != CALL_UNSURE)
        check_place(r, call, kind);
    return true;
}

/* ------------------------------------------------------------------ groups */

typedef struct GroupCheck {
    Reader *r;
    StrList shapes;             /* of what it is grouped by */
    LIST(const QueryColumn *) columns;
    const PgQuery__SelectStmt *select;
    bool sets;                  /* GROUPING SETS: nothing depends on a key */
} GroupCheck;

static void collect_group(GroupCheck *check, const PgQuery__Node *node);

static void collect_groups(GroupCheck *check, size_t count, PgQuery__Node *const *nodes)
{
    for (size_t i = 0; i < count; i++)
        collect_group(check, nodes[i]);
}

/* The target that a number or name of an output means. */
static const PgQuery__Node *output_target(const GroupCheck *check, size_t place)
{
    const PgQuery__SelectStmt *select = check->select;
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__Node *value = select->target_list[i]->res_target->val;
        bool star = value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
                    value->column_ref->fields[value->column_ref->n_fields - 1]->node_case ==
                        PG_QUERY__NODE__NODE_A_STAR;
        if (star)
            return NULL;
        if (i + 1 == place)
            return value;
    }
    return NULL;
}

static const PgQuery__Node *meant_target(const GroupCheck *check, const PgQuery__Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL)
        return output_target(check, (size_t) node->a_const->ival->ival);
    bool bare = node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1;
    if (!bare || query_resolved(check->r, node->column_ref) != NULL)
        return node;
    Str name = tree_name(1, node->column_ref->fields);
    const PgQuery__SelectStmt *select = check->select;
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;
        Str figured = target->name[0] != '\0' ? str_from(target->name) : figure_name(target->val);
        if (figured.data != NULL && str_equal(figured, name))
            return target->val;
    }
    return node;
}

static void collect_group(GroupCheck *check, const PgQuery__Node *node)
{
    Arena *arena = READER_ARENA(check->r);
    if (node->node_case == PG_QUERY__NODE__NODE_GROUPING_SET) {
        check->sets = true;
        collect_groups(check, node->grouping_set->n_content, node->grouping_set->content);
        return;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR) {
        collect_groups(check, node->row_expr->n_args, node->row_expr->args);
        return;
    }
    const PgQuery__Node *meant = meant_target(check, node);
    if (meant == NULL)
        return;
    list_push(arena, &check->shapes, expression_shape(check->r, &meant->base));
    const QueryColumn *column =
        meant->node_case == PG_QUERY__NODE__NODE_COLUMN_REF ? query_resolved(check->r, meant->column_ref) : NULL;
    if (column != NULL)
        list_push(arena, &check->columns, column);
}

static bool is_grouped(const GroupCheck *check, const PgQuery__Node *node)
{
    if (check->shapes.count == 0)
        return false;
    Str shape = expression_shape(check->r, &node->base);
    for (size_t i = 0; i < check->shapes.count; i++) {
        if (str_equal(check->shapes.items[i], shape))
            return true;
    }
    return false;
}

static bool groups_by(const GroupCheck *check, const RangeItem *item, ColumnId column)
{
    for (size_t i = 0; i < check->columns.count; i++) {
        const QueryColumn *grouped = check->columns.items[i];
        if (grouped->item == item && grouped->column == column)
            return true;
    }
    return false;
}

/* Of a table that is grouped by its primary key everything can be used (check_functional_grouping); what uses it then
 * depends on the key. */
static bool follows_from_key(GroupCheck *check, const QueryColumn *column)
{
    const Table *table = column->item == NULL || column->column == 0 ? NULL : column->item->table;
    const Constraint *key = table == NULL || check->sets ? NULL : table_primary_key(table);
    if (key == NULL || key->timing != CONSTRAINT_IMMEDIATE)
        return false;
    for (size_t i = 0; i < key->columns.count; i++) {
        if (!groups_by(check, column->item, key->columns.items[i]))
            return false;
    }
    query_use_constraint(check->r, table->object.id, key->id);
    return true;
}

static void report_ungrouped(GroupCheck *check, const PgQuery__ColumnRef *reference, const QueryColumn *column)
{
    Reader *r = check->r;
    query_report(r, M_NOT_GROUPED, query_place(r, reference->location),
                 "column \"%.*s\" is neither in GROUP BY nor in an aggregate", STR_ARG(column->name));
    if (check->shapes.count == 0)
        note(r->names.sql->c, "an aggregate makes one row of all of them");
}

static bool check_message(void *context, const ProtobufCMessage *message)
{
    GroupCheck *check = context;
    Reader *r = check->r;
    const PgQuery__FuncCall *call = (const PgQuery__FuncCall *) message;
    if (r->refused)
        return false;
    if (tree_is(message, pg_query__node) && is_grouped(check, (const PgQuery__Node *) message))
        return false;
    if (tree_is(message, pg_query__grouping_func))
        return false;
    if (tree_is(message, pg_query__func_call)) {
        Called called = find_called(r, call);
        CallKind kind = call_kind(r, call, &called);
        return kind != CALL_AGGREGATE && kind != CALL_UNSURE;
    }
    if (!tree_is(message, pg_query__column_ref))
        return true;
    const PgQuery__ColumnRef *reference = (const PgQuery__ColumnRef *) message;
    const QueryColumn *column = query_resolved(r, reference);
    bool own = column != NULL && is_of_level(r->query->level, column);
    if (own && !follows_from_key(check, column))
        report_ungrouped(check, reference, column);
    return false;
}

/* `*` is its columns, each by itself. */
static void check_star(GroupCheck *check, const PgQuery__ColumnRef *star)
{
    Reader *r = check->r;
    bool open = false;
    const RangeItem *item =
        star->n_fields == 1 ? NULL : query_find_item(r, STR(""), tree_qualifier(star->n_fields, star->fields));
    QueryColumns columns = query_star(r, item, &open);
    for (size_t i = 0; i < columns.count && !r->refused; i++) {
        const QueryColumn *column = &columns.items[i];
        if (!groups_by(check, column->item, column->column) && !follows_from_key(check, column))
            report_ungrouped(check, star, column);
    }
}

static void check_part(GroupCheck *check, const PgQuery__Node *node)
{
    const PgQuery__ColumnRef *reference =
        node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF ? node->column_ref : NULL;
    if (reference != NULL && reference->fields[reference->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR)
        check_star(check, reference);
    else
        tree_walk(&node->base, check_message, check);
}

void query_check_groups(Reader *r, const PgQuery__SelectStmt *select)
{
    QueryLevel *level = r->query->level;
    bool grouped = select->n_group_clause > 0 || select->having_clause != NULL || level->aggregates;
    GroupCheck check = {.r = r, .select = select};
    if (!grouped || r->refused)
        return;
    collect_groups(&check, select->n_group_clause, select->group_clause);
    for (size_t i = 0; i < select->n_target_list; i++)
        check_part(&check, select->target_list[i]->res_target->val);
    if (select->having_clause != NULL)
        check_part(&check, select->having_clause);
    for (size_t i = 0; i < select->n_sort_clause; i++)
        check_part(&check, select->sort_clause[i]->sort_by->node);
}
