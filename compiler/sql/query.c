/* SELECT: transformSelectStmt, transformSetOperationStmt and findTargetlistEntrySQL92 of src/backend/parser (analyze.c,
 * parse_clause.c). */
#include "query.h"

#include "bug.h"
#include "figure.h"
#include "lookup.h"

#include <stdarg.h>

/* ------------------------------------------------------------------ what the parts share */

void query_report(Reader *r, DiagnosticCode code, Span span, const char *format, ...)
{
    Text text = text_new(READER_ARENA(r));
    va_list arguments;
    va_start(arguments, format);
    text_addv(&text, format, arguments);
    va_end(arguments);
    r->refused = true;
    report(r->names.sql->c, code, span, "%.*s", STR_ARG(text_str(&text)));
}

Span query_place(const Reader *r, int32_t location)
{
    size_t start = query_offset(r, location < 0 ? 0 : location);
    size_t end = identifier_end(r->names.fragment->sql, start);
    return fragment_place(r->names.fragment, start, end > start ? end - start : 1);
}

void query_report_count(Reader *r, Span span, size_t wanted, size_t found)
{
    query_report(r, M_COLUMN_COUNT, span, "%zu column%s where there should be %zu", found, found == 1 ? "" : "s",
                 wanted);
}

QueryLevel *query_push(Reader *r)
{
    QueryLevel *level = arena_new(READER_ARENA(r), QueryLevel);
    level->outer = r->query->level;
    r->query->level = level;
    return level;
}

void query_pop(Reader *r)
{
    r->query->level = r->query->level->outer;
}

void query_read(Reader *r, const PgQuery__Node *node, QueryClause clause)
{
    QueryClause before = r->query->level->clause;
    r->query->level->clause = clause;
    if (node != NULL)
        expression_walk(r, &node->base);
    r->query->level->clause = before;
}

void query_read_all(Reader *r, size_t count, PgQuery__Node *const *nodes, QueryClause clause)
{
    for (size_t i = 0; i < count; i++)
        query_read(r, nodes[i], clause);
}

void query_rename(Reader *r, QueryColumns *columns, size_t count, PgQuery__Node *const *names, bool open, Span span)
{
    if (count > columns->count && !open)
        query_report_count(r, span, columns->count, count);
    list_clone(READER_ARENA(r), columns);
    for (size_t i = 0; i < count; i++) {
        Str name = str_from(names[i]->string->sval);
        if (i >= columns->count)
            list_push(READER_ARENA(r), columns, (QueryColumn) {.name = name});
        columns->items[i].name = name;
        columns->items[i].renamed = true;
    }
}

/* ------------------------------------------------------------------ targets */

static bool is_star(const PgQuery__Node *node)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return false;
    const PgQuery__ColumnRef *reference = node->column_ref;
    return reference->fields[reference->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

static Str column_shape(const Reader *r, const QueryColumn *column)
{
    if (column->item != NULL && column->item->own)
        return str_format(READER_ARENA(r), "\x01" "0.%u\x02", (unsigned) column->column);
    unsigned number = column->item == NULL ? 0 : column->item->number;
    if (column->column != 0)
        return str_format(READER_ARENA(r), "r%u.\x01%u.%u\x02", number, (unsigned) column->object,
                          (unsigned) column->column);
    return str_format(READER_ARENA(r), "r%u.%u'%.*s'", number, (unsigned) column->place,
                      STR_ARG(column->place == 0 ? column->name : STR("")));
}

void query_shape_columns(Reader *r, const PgQuery__Node *node, QueryColumns columns, bool targets)
{
    Text text = text_new(READER_ARENA(r));
    for (size_t i = 0; i < columns.count; i++)
        text_addf(&text, targets ? " val:(ResTarget val:%.*s)" : " %.*s", STR_ARG(column_shape(r, &columns.items[i])));
    query_set_shape(r, &node->base, text_str(&text));
}

/* A full join's column of USING has no qualifier, and cannot be named beside another one of its name. */
static void check_nameable(Reader *r, const QueryColumn *column, Span star)
{
    const QueryLevel *level = r->query->level;
    size_t count = 0;
    for (size_t i = 0; i < level->visible.count && column->item == NULL; i++) {
        const RangeItem *item = level->visible.items[i].item;
        for (size_t j = 0; level->visible.items[i].columns && j < item->columns.count; j++)
            count += str_equal(item->columns.items[j].name, column->name);
    }
    if (count < 2)
        return;
    query_report(r, M_NOT_YET, star, "`*` stands for a column \"%.*s\" of a full join here, and there is another one",
                 STR_ARG(column->name));
    help(r->names.sql->c, "give the join an alias, and name the columns");
}

/* In a list of targets, which have names, or in a row of VALUES. */
static void read_star(Reader *r, const PgQuery__Node *node, bool targets, QueryColumns *outputs, bool *open)
{
    const PgQuery__ColumnRef *star = node->column_ref;
    const RangeItem *item = NULL;
    bool unknown = false;
    if (star->n_fields > 1) {
        Str name = tree_qualifier(star->n_fields, star->fields);
        item = query_find_item(r, tree_qualifier(star->n_fields - 1, star->fields), name);
        if (item == NULL) {
            *open = true;
            query_report_item(r, name, query_place(r, star->location));
            return;
        }
    } else if (r->query->level->visible.count == 0) {
        query_report(r, M_BAD_QUERY, query_place(r, star->location), "`*` stands for no column here: there is no FROM");
        return;
    }
    QueryColumns columns = query_star(r, item, &unknown);
    *open = *open || unknown;
    if (r->query->scope->kept && unknown && !r->refused)
        query_report(r, M_NOT_YET, query_place(r, star->location),
                     "the columns that `*` stands for are not known to this version of migc: name them");
    else if (r->query->scope->kept && !unknown)
        query_expand(r, star, columns, targets);
    query_shape_columns(r, node, columns, targets);
    for (size_t i = 0; i < columns.count; i++) {
        QueryColumn output = {.name = columns.items[i].name, .type = columns.items[i].type};
        if (r->query->scope->kept)
            check_nameable(r, &columns.items[i], query_place(r, star->location));
        output.span = query_place(r, star->location);
        list_push(READER_ARENA(r), outputs, output);
    }
}

/* A column that gives an expression its name, be it in a cast or the like; NULL: none does. */
static const QueryColumn *naming_column(const Reader *r, const PgQuery__Node *node, Str name)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
        const QueryColumn *column = query_resolved(r, node->column_ref);
        return column != NULL && str_equal(column->name, name) ? column : NULL;
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST: return naming_column(r, node->type_cast->arg, name);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return naming_column(r, node->collate_clause->arg, name);
    case PG_QUERY__NODE__NODE_A_INDIRECTION: return naming_column(r, node->a_indirection->arg, name);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return node->case_expr->defresult == NULL ? NULL : naming_column(r, node->case_expr->defresult, name);
    default: return NULL;
    }
}

/* The output keeps the name when the column gets another one. */
static void keep_output_name(Reader *r, const PgQuery__ResTarget *target, Str name)
{
    const QueryColumn *column = naming_column(r, target->val, name);
    bool row = target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && column == NULL;
    if (row && r->query->scope->kept && !r->refused)
        query_insert(r, query_target_end(r, target->location),
                     str_format(READER_ARENA(r), " as %.*s", STR_ARG(catalog_quote(READER_ARENA(r), name))));
    if (column == NULL || column->column == 0 || column->renamed || !r->query->scope->kept)
        return;
    Use use = {.object = column->object, .part = column->column, .form = USE_ALIAS, .kept = name};
    use.object = column->item->own ? 0 : use.object;
    use.offset = (uint32_t) query_target_end(r, target->location);
    query_use(r, use);
}

/* The same for a field; false: it is none. */
static bool keep_field_name(Reader *r, const PgQuery__ResTarget *target, Str name)
{
    bool indirect = target->val->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION;
    const PgQuery__AIndirection *node = indirect ? target->val->a_indirection : NULL;
    Use use = node == NULL ? (Use) {0} : query_last_field(r, node);
    if (use.object == 0)
        return false;
    use.form = USE_ALIAS;
    use.kept = name;
    use.length = 0;
    use.offset = (uint32_t) query_target_end(r, target->location);
    if (r->query->scope->kept)
        query_use(r, use);
    return true;
}

static QueryColumn read_target(Reader *r, const PgQuery__ResTarget *target, QueryClause clause)
{
    QueryColumn output = {.name = str_from(target->name), .span = query_place(r, target->location)};
    query_read(r, target->val, clause);
    if (output.name.len == 0) {
        Str figured = figure_name(target->val);
        output.name = figured.data != NULL ? figured : STR("?column?");
        if (!keep_field_name(r, target, output.name))
            keep_output_name(r, target, output.name);
    }
    output.type = query_collated_type(r, target->val);
    return output;
}

static QueryColumns read_targets(Reader *r, size_t count, PgQuery__Node *const *targets, QueryClause clause, bool *open)
{
    QueryColumns outputs = {0};
    for (size_t i = 0; i < count; i++) {
        const PgQuery__ResTarget *target = targets[i]->res_target;
        if (is_star(target->val))
            read_star(r, target->val, true, &outputs, open);
        else if (query_is_row(target->val))
            query_read_row(r, target, clause, &outputs, open);
        else
            list_push(READER_ARENA(r), &outputs, read_target(r, target, clause));
    }
    return outputs;
}

QueryColumns query_targets(Reader *r, size_t count, PgQuery__Node *const *targets, bool *open)
{
    return read_targets(r, count, targets, CLAUSE_RETURNING, open);
}

/* ------------------------------------------------------------------ ORDER BY and the like
 *
 * A bare name is a column that comes out (ORDER BY, DISTINCT ON) or one that goes in before that (GROUP BY); a number
 * is a place in the list. */

static Str bare_name(const PgQuery__Node *node)
{
    bool bare = node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1 && !is_star(node);
    return bare ? tree_name(1, node->column_ref->fields) : (Str) {0};
}

static size_t find_output(const QueryColumns *outputs, Str name, size_t *place)
{
    size_t found = 0;
    for (size_t i = 0; i < outputs->count; i++) {
        if (str_equal(outputs->items[i].name, name)) {
            *place = found == 0 ? i + 1 : *place;
            found++;
        }
    }
    return found;
}

/* The shape of a target, for telling whether two of one name are the same. */
static Str target_shape(Reader *r, const PgQuery__SelectStmt *select, Str name, size_t skip)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;
        Str figured = target->name[0] != '\0' ? str_from(target->name) : figure_name(target->val);
        if (figured.data == NULL || !str_equal(figured, name) || skip-- > 0)
            continue;
        return expression_shape(r, &target->val->base);
    }
    return (Str) {0};
}

static void check_one_meaning(Reader *r, const PgQuery__SelectStmt *select, const PgQuery__Node *node, Str name)
{
    Str one = target_shape(r, select, name, 0), other = target_shape(r, select, name, 1);
    if (one.data != NULL && other.data != NULL && !str_equal(one, other))
        query_report(r, M_AMBIGUOUS_COLUMN, query_place(r, node->column_ref->location),
                     "two columns that come out are called \"%.*s\"", STR_ARG(name));
}

static void check_position(Reader *r, const PgQuery__AConst *constant, const QueryColumns *outputs, bool open)
{
    bool number = constant->val_case == PG_QUERY__A__CONST__VAL_IVAL && !constant->isnull;
    Span span = query_place(r, constant->location);
    if (!number)
        query_report(r, M_BAD_POSITION, span, "a constant that is no number of a column cannot stand here");
    else if (!open && (constant->ival->ival < 1 || (size_t) constant->ival->ival > outputs->count))
        query_report(r, M_BAD_POSITION, span, "there is no column %d: %zu come%s out", (int) constant->ival->ival,
                     outputs->count, outputs->count == 1 ? "s" : "");
}

/* The name of an output in GROUP BY could one day be that of a column, which would win; its number cannot. */
static void number_group(Reader *r, const PgQuery__Node *node, size_t place)
{
    size_t start = query_offset(r, node->column_ref->location);
    size_t end = identifier_end(r->expression->sql, start);
    if (r->query->scope->kept)
        query_replace(r, start, end - start, str_format(READER_ARENA(r), "%zu", place));
    query_set_shape(r, &node->base, str_format(READER_ARENA(r), "(output %zu)", place));
}

/* True: it was the name of an output. */
static bool read_output_name(Reader *r, const PgQuery__SelectStmt *select, const PgQuery__Node *node, Str name,
                             const QueryColumns *outputs, QueryClause clause)
{
    size_t place = 0, found = find_output(outputs, name, &place);
    if (found == 0 || (clause == CLAUSE_GROUP && query_own_column(r, name) != NULL))
        return false;
    if (found > 1)
        check_one_meaning(r, select, node, name);
    if (clause == CLAUSE_GROUP)
        number_group(r, node, place);
    else
        query_set_shape(r, &node->base, str_format(READER_ARENA(r), "(output %zu)", place));
    return true;
}

static void read_ordered(Reader *r, const PgQuery__SelectStmt *select, const PgQuery__Node *node,
                         const QueryColumns *outputs, bool open, QueryClause clause)
{
    Str name = bare_name(node);
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST)
        check_position(r, node->a_const, outputs, open);
    else if (name.data == NULL || !read_output_name(r, select, node, name, outputs, clause))
        query_read(r, node, name.data == NULL && clause == CLAUSE_ORDER ? CLAUSE_TARGET : clause);
}

static void read_sort(Reader *r, const PgQuery__SelectStmt *select, const QueryColumns *outputs, bool open)
{
    for (size_t i = 0; i < select->n_sort_clause; i++)
        read_ordered(r, select, select->sort_clause[i]->sort_by->node, outputs, open, CLAUSE_ORDER);
}

static void read_group(Reader *r, const PgQuery__SelectStmt *select, const PgQuery__Node *node,
                       const QueryColumns *outputs, bool open)
{
    size_t count = 0;
    PgQuery__Node *const *nodes = NULL;
    if (node->node_case == PG_QUERY__NODE__NODE_GROUPING_SET) {
        count = node->grouping_set->n_content;
        nodes = node->grouping_set->content;
    } else if (node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR &&
               node->row_expr->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST) {
        count = node->row_expr->n_args;
        nodes = node->row_expr->args;
    } else {
        read_ordered(r, select, node, outputs, open, CLAUSE_GROUP);
    }
    for (size_t i = 0; i < count; i++)
        read_group(r, select, nodes[i], outputs, open);
}

static void read_distinct(Reader *r, const PgQuery__SelectStmt *select, const QueryColumns *outputs, bool open)
{
    for (size_t i = 0; i < select->n_distinct_clause; i++) {
        const PgQuery__Node *node = select->distinct_clause[i];
        if (node != NULL && node->node_case != PG_QUERY__NODE__NODE__NOT_SET)
            read_ordered(r, select, node, outputs, open, CLAUSE_ORDER);
    }
}

/* ------------------------------------------------------------------ windows */

static bool has_window(const QueryLevel *level, Str name)
{
    for (size_t i = 0; i < level->windows.count; i++) {
        if (str_equal(level->windows.items[i], name))
            return true;
    }
    return false;
}

static void check_window(Reader *r, const char *name, int32_t location)
{
    if (name[0] == '\0' || has_window(r->query->level, str_from(name)))
        return;
    Nearest nearest = nearest_to(str_from(name));
    for (size_t i = 0; i < r->query->level->windows.count; i++)
        nearest_try(&nearest, r->query->level->windows.items[i]);
    query_report(r, M_UNKNOWN_WINDOW, query_place(r, location), "there is no window \"%s\" in this query", name);
    nearest_help(r->names.sql->c, &nearest);
}

static void name_windows(Reader *r, const PgQuery__SelectStmt *select)
{
    QueryLevel *level = r->query->level;
    for (size_t i = 0; i < select->n_window_clause; i++) {
        const PgQuery__WindowDef *window = select->window_clause[i]->window_def;
        Str name = str_from(window->name);
        if (has_window(level, name))
            query_report(r, M_DUPLICATE_ALIAS, query_place(r, window->location), "there are two windows \"%s\"",
                         window->name);
        list_push(READER_ARENA(r), &level->windows, name);
    }
}

static void read_window(Reader *r, const PgQuery__WindowDef *window, bool defined)
{
    if (!defined)
        check_window(r, window->name, window->location);
    check_window(r, window->refname, window->location);
    query_read_all(r, window->n_partition_clause, window->partition_clause, CLAUSE_WINDOW);
    query_read_all(r, window->n_order_clause, window->order_clause, CLAUSE_WINDOW);
    query_read(r, window->start_offset, CLAUSE_WINDOW);
    query_read(r, window->end_offset, CLAUSE_WINDOW);
}

/* ------------------------------------------------------------------ SELECT */

static void read_locking(Reader *r, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_locking_clause; i++) {
        const PgQuery__LockingClause *locking = select->locking_clause[i]->locking_clause;
        for (size_t j = 0; j < locking->n_locked_rels; j++) {
            const PgQuery__RangeVar *relation = locking->locked_rels[j]->range_var;
            if (query_find_item(r, STR(""), str_from(relation->relname)) == NULL)
                query_report_item(r, str_from(relation->relname), query_place(r, relation->location));
        }
    }
}

static void read_into(Reader *r, const PgQuery__SelectStmt *select)
{
    if (select->into_clause != NULL && r->query->scope->kept)
        query_report(r, M_BAD_QUERY, query_place(r, select->into_clause->rel->location),
                     "SELECT INTO cannot stand in %s", r->query->scope->place);
}

/* view_query_is_auto_updatable() in src/backend/rewrite/rewriteHandler.c, as far as the query's form tells. */
static bool is_updatable(const QueryLevel *level, const PgQuery__SelectStmt *select)
{
    bool limited = select->limit_count != NULL || select->limit_offset != NULL;
    bool grouped = select->n_group_clause > 0 || select->having_clause != NULL || select->n_distinct_clause > 0;
    return level->visible.count == 1 && !limited && !grouped && select->with_clause == NULL && !level->aggregates &&
           !level->windowed;
}

/* The columns that come out as they are. */
static void note_base_columns(Reader *r, const RangeItem *item, const PgQuery__SelectStmt *select, WriteBase *base)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__Node *value = select->target_list[i]->res_target->val;
        const QueryColumn *column = NULL;
        if (is_star(value)) {
            for (size_t j = 0; j < item->columns.count; j++)
                list_push(READER_ARENA(r), &base->columns, item->columns.items[j].column);
            continue;
        }
        if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
            column = query_resolved(r, value->column_ref);
        list_push(READER_ARENA(r), &base->columns, column != NULL && column->item == item ? column->column : 0);
    }
}

static WriteBase find_base(Reader *r, const QueryLevel *level, const PgQuery__SelectStmt *select)
{
    WriteBase base = {.known = true};
    if (!is_updatable(level, select))
        return base;
    const RangeItem *item = level->visible.items[0].item;
    base.known = item->table != NULL || !item->system;
    if (item->table == NULL || item->table->object.kind == OBJECT_MATERIALIZED_VIEW)
        return base;
    base.relation = item->table->object.id;
    note_base_columns(r, item, select, &base);
    return base;
}

static QueryColumns read_plain(Reader *r, const PgQuery__SelectStmt *select, bool *open)
{
    QueryLevel *level = r->query->level;
    level->term = r->query->begins_term;
    r->query->begins_term = false;
    query_with(r, select->with_clause);
    read_into(r, select);
    query_from(r, select->n_from_clause, select->from_clause);
    name_windows(r, select);
    QueryColumns outputs = read_targets(r, select->n_target_list, select->target_list, CLAUSE_TARGET, open);
    query_read(r, select->where_clause, CLAUSE_WHERE);
    query_read(r, select->having_clause, CLAUSE_HAVING);
    read_sort(r, select, &outputs, *open);
    for (size_t i = 0; i < select->n_group_clause; i++)
        read_group(r, select, select->group_clause[i], &outputs, *open);
    read_distinct(r, select, &outputs, *open);
    query_check_distinct(r, select);
    query_read_limit(r, select);
    for (size_t i = 0; i < select->n_window_clause; i++)
        read_window(r, select->window_clause[i]->window_def, true);
    read_locking(r, select);
    query_check_groups(r, select);
    if (level->outer != NULL && level->outer->outer == NULL)
        r->query->base = find_base(r, level, select);
    return outputs;
}

static QueryColumns read_row(Reader *r, const PgQuery__List *row, QueryClause clause, bool *open)
{
    QueryColumns columns = {0};
    for (size_t i = 0; i < row->n_items; i++) {
        if (is_star(row->items[i])) {
            read_star(r, row->items[i], false, &columns, open);
            continue;
        }
        query_read(r, row->items[i], clause);
        list_push(READER_ARENA(r), &columns, (QueryColumn) {.type = query_collated_type(r, row->items[i])});
    }
    for (size_t i = 0; i < columns.count; i++) {
        Str name = str_format(READER_ARENA(r), "column%zu", i + 1);
        columns.items[i] = (QueryColumn) {.name = name, .type = columns.items[i].type};
    }
    return columns;
}

static QueryColumns read_rows(Reader *r, const PgQuery__SelectStmt *select, bool *open)
{
    bool inserted = select == r->query->source && select->n_values_lists == 1;
    QueryClause clause = inserted ? CLAUSE_ROW : CLAUSE_VALUES;
    QueryColumns columns = read_row(r, select->values_lists[0]->list, clause, open);
    for (size_t i = 1; i < select->n_values_lists; i++) {
        const PgQuery__List *list = select->values_lists[i]->list;
        QueryColumns row = read_row(r, list, clause, open);
        if (row.count != columns.count && !*open)
            query_report_count(r, query_place(r, query_first_location(&list->base)), columns.count, row.count);
        for (size_t j = 0; j < columns.count && j < row.count; j++)
            columns.items[j].type = query_common_type(columns.items[j].type, row.items[j].type);
    }
    return columns;
}

static QueryColumns read_values(Reader *r, const PgQuery__SelectStmt *select, bool *open)
{
    query_with(r, select->with_clause);
    QueryColumns columns = read_rows(r, select, open);
    read_sort(r, select, &columns, *open);
    query_read_limit(r, select);
    return columns;
}

/* ------------------------------------------------------------------ set operations */

static QueryColumns read_select(Reader *r, const PgQuery__SelectStmt *select, bool *open);

static Span select_span(const Reader *r, const PgQuery__SelectStmt *select)
{
    return query_place(r, query_first_location(&select->base));
}

/* Behind UNION only names and numbers of outputs can be sorted by. */
static void read_union_sort(Reader *r, const PgQuery__SelectStmt *select, const QueryColumns *outputs, bool open)
{
    for (size_t i = 0; i < select->n_sort_clause; i++) {
        const PgQuery__Node *node = select->sort_clause[i]->sort_by->node;
        Str name = bare_name(node);
        size_t place = 0;
        if (node->node_case == PG_QUERY__NODE__NODE_A_CONST) {
            check_position(r, node->a_const, outputs, open);
        } else if (name.data != NULL && find_output(outputs, name, &place) > 0) {
            query_set_shape(r, &node->base, str_format(READER_ARENA(r), "(output %zu)", place));
        } else if (!open) {
            query_report(r, M_BAD_POSITION, query_place(r, query_first_location(&node->base)),
                         "what UNION, INTERSECT or EXCEPT gives can only be sorted by a column that comes out");
            help(r->names.sql->c, "put it into `select … from (…)`, and sort that");
        }
    }
}

static QueryColumns read_set_operation(Reader *r, const PgQuery__SelectStmt *select, bool *open)
{
    bool other_open = false, excepts = select->op == PG_QUERY__SET_OPERATION__SETOP_EXCEPT;
    query_with(r, select->with_clause);
    QueryColumns left = read_select(r, select->larg, open);
    r->query->nullable += excepts;
    QueryColumns right = read_select(r, select->rarg, &other_open);
    r->query->nullable -= excepts;
    if (left.count != right.count && !*open && !other_open)
        query_report_count(r, select_span(r, select->rarg), left.count, right.count);
    list_clone(READER_ARENA(r), &left);
    for (size_t i = 0; i < left.count && i < right.count; i++)
        left.items[i].type = query_common_type(left.items[i].type, right.items[i].type);
    *open = *open || other_open;
    read_union_sort(r, select, &left, *open);
    query_read_limit(r, select);
    return left;
}

static QueryColumns read_select(Reader *r, const PgQuery__SelectStmt *select, bool *open)
{
    QueryColumns *columns = arena_new(READER_ARENA(r), QueryColumns);
    query_push(r);
    if (select->larg != NULL)
        *columns = read_set_operation(r, select, open);
    else if (select->n_values_lists > 0)
        *columns = read_values(r, select, open);
    else
        *columns = read_plain(r, select, open);
    query_pop(r);
    const void *key = select;
    map_set_pointer(&r->query->outputs, str_copy(READER_ARENA(r), (Str) {(const char *) &key, sizeof key}), columns);
    return *columns;
}

QueryColumns query_select(Reader *r, const PgQuery__SelectStmt *select, bool *open)
{
    QueryColumns columns = read_select(r, select, open);
    for (size_t i = 0; i < columns.count; i++)
        columns.items[i].type = query_settled_type(r->names.schema, columns.items[i].type);
    return columns;
}

/* ------------------------------------------------------------------ in expressions */

/* Subqueries that are compared or give a value have one column. */
static void check_sublink(Reader *r, const PgQuery__SubLink *link, const QueryColumns *columns, bool open)
{
    size_t wanted = 1;
    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK || open)
        return;
    if (link->testexpr != NULL && link->testexpr->node_case == PG_QUERY__NODE__NODE_ROW_EXPR)
        wanted = link->testexpr->row_expr->n_args;
    if (columns->count != wanted)
        query_report_count(r, query_place(r, query_first_location(&link->subselect->base)), wanted, columns->count);
}

static void read_sublink(Reader *r, const PgQuery__SubLink *link)
{
    bool open = false;
    QueryLevel *level = r->query->level;
    QueryClause clause = level->clause;
    query_read(r, link->testexpr, clause);
    r->query->sublinks++;
    bool before = level->lateral;
    QueryColumns columns = query_select(r, link->subselect->select_stmt, &open);
    level->lateral = before;
    level->clause = clause;
    r->query->sublinks--;
    check_sublink(r, link, &columns, open);
}

static void read_parameter(Reader *r, const PgQuery__ParamRef *parameter)
{
    size_t count = r->query->scope->variables.count;
    if (parameter->number >= 1 && (size_t) parameter->number <= count)
        return;
    query_report(r, M_BAD_QUERY, query_place(r, parameter->location), "there is no parameter $%d here",
                 (int) parameter->number);
}

static void read_indirection(Reader *r, const PgQuery__AIndirection *indirection)
{
    query_read(r, indirection->arg, r->query->level->clause);
    for (size_t i = 0; i < indirection->n_indirection; i++) {
        if (indirection->indirection[i]->node_case != PG_QUERY__NODE__NODE_STRING)
            query_read(r, indirection->indirection[i], r->query->level->clause);
    }
    query_use_fields(r, indirection);
}

bool query_read_message(Reader *r, const ProtobufCMessage *message)
{
    if (tree_is(message, pg_query__column_ref))
        query_column(r, (const PgQuery__ColumnRef *) message);
    else if (tree_is(message, pg_query__sub_link))
        read_sublink(r, (const PgQuery__SubLink *) message);
    else if (tree_is(message, pg_query__window_def))
        read_window(r, (const PgQuery__WindowDef *) message, false);
    else if (tree_is(message, pg_query__param_ref))
        read_parameter(r, (const PgQuery__ParamRef *) message);
    else if (tree_is(message, pg_query__a__indirection))
        read_indirection(r, (const PgQuery__AIndirection *) message);
    else if (tree_is(message, pg_query__func_call))
        return query_check_call(r, (const PgQuery__FuncCall *) message);
    else
        return tree_is(message, pg_query__set_to_default) || query_read_conditional(r, message);
    return true;
}

bool query_print_message(const Reader *r, const ProtobufCMessage *message, Text *out)
{
    const Str *shape = map_get_pointer(&r->query->shapes, ((Str) {(const char *) &message, sizeof message}));
    if (shape != NULL) {
        text_add(out, *shape);
        return true;
    }
    if (!tree_is(message, pg_query__column_ref))
        return false;
    const QueryColumn *column = query_resolved(r, (const PgQuery__ColumnRef *) message);
    if (column != NULL)
        text_add(out, column_shape(r, column));
    return column != NULL;
}

/* ------------------------------------------------------------------ statements */

QueryKind query_kind(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT: return QUERY_INSERT;
    case PG_QUERY__NODE__NODE_UPDATE_STMT: return QUERY_UPDATE;
    case PG_QUERY__NODE__NODE_DELETE_STMT: return QUERY_DELETE;
    case PG_QUERY__NODE__NODE_MERGE_STMT: return QUERY_MERGE;
    case PG_QUERY__NODE__NODE_NOTIFY_STMT: return QUERY_NOTIFY;
    default: return QUERY_SELECT;
    }
}

QueryColumns query_statement(Reader *r, const PgQuery__Node *node, bool *open)
{
    QueryColumns outputs = {0};
    if (node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
        return query_select(r, node->select_stmt, open);
    query_push(r);
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT: outputs = query_insert_into(r, node->insert_stmt, open); break;
    case PG_QUERY__NODE__NODE_UPDATE_STMT: outputs = query_update(r, node->update_stmt, open); break;
    case PG_QUERY__NODE__NODE_DELETE_STMT: outputs = query_delete(r, node->delete_stmt, open); break;
    case PG_QUERY__NODE__NODE_MERGE_STMT: query_merge(r, node->merge_stmt); break;
    case PG_QUERY__NODE__NODE_NOTIFY_STMT: break;
    default:
        query_report(r, M_BAD_QUERY, r->names.fragment->span, "%s is a SELECT, INSERT, UPDATE or DELETE",
                     r->query->scope->place);
    }
    query_pop(r);
    return outputs;
}

/* ------------------------------------------------------------------ entry points */

/* The rows that the scope lends stand around everything. */
static void push_rows(Reader *r)
{
    query_push(r);
    for (size_t i = 0; i < r->query->scope->rows.count; i++) {
        const QueryRow *row = &r->query->scope->rows.items[i];
        RangeItem *item = range_new(r, row->name, false);
        range_add_table(r, item, row->table);
        item->own = row->own;
        item->lent = row->named;
        item->aliased = !row->own && !row->named;
        range_show(r, item, row->bare);
    }
}

static Reader begin(Sql *sql, const QueryScope *scope, const Fragment *fragment, const char *prefix)
{
    Arena *arena = &sql->c->arena;
    QueryReader *query = arena_new(arena, QueryReader);
    query->scope = scope;
    query->resolved = map_new(arena);
    query->outputs = map_new(arena);
    query->shapes = map_new(arena);
    Reader reader = {.names = name_place(sql, scope->schema, fragment, prefix), .query = query};
    reader.scope.schema = scope->schema;
    expression_begin(&reader);
    return reader;
}

static const SqlQuery *finish(Reader *r, SqlQuery *query, const PgQuery__Node *node, QueryColumns columns)
{
    label_read_later(r);
    if (!r->refused)
        query_check_types(r, &node->base, r->query->scope->condition);
    query_finish_text(r);
    query_fix_kept(r);
    query->expression = expression_end(r, &node->base);
    query->base = query->kind == QUERY_SELECT ? r->query->base : (WriteBase) {0};
    query->written = r->query->written;
    query->set = r->query->set;
    query->modifies = query->kind != QUERY_SELECT || r->query->modifies;
    for (size_t i = 0; i < columns.count; i++) {
        QueryOutput output = {.name = columns.items[i].name, .type = columns.items[i].type};
        Span span = columns.items[i].span;
        output.span = span_is_known(span) ? span : r->names.fragment->span;
        list_push(READER_ARENA(r), &query->outputs, output);
    }
    return query->expression == NULL ? NULL : query;
}

bool sql_is_query(const SqlStatement *statement)
{
    const PgQuery__Node *node = (const PgQuery__Node *) statement->tree;
    QueryKind kind = node == NULL ? QUERY_NOTIFY : query_kind(node);
    return kind == QUERY_SELECT ? node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT : kind != QUERY_NOTIFY;
}

const SqlQuery *sql_query(Sql *sql, const QueryScope *scope, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_statement(sql, "", fragment, "");
    if (node == NULL)
        return NULL;
    Reader reader = begin(sql, scope, fragment, "");
    SqlQuery *query = arena_new(&sql->c->arena, SqlQuery);
    query->kind = query_kind(node);
    push_rows(&reader);
    QueryColumns columns = query_statement(&reader, node, &query->open);
    if (query->kind != QUERY_SELECT && !scope->can_modify)
        query_report(&reader, M_BAD_QUERY, fragment->span, "%s cannot change data", scope->place);
    return finish(&reader, query, node, columns);
}

const SqlQuery *sql_condition(Sql *sql, const QueryScope *scope, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_expression(sql, fragment);
    if (node == NULL)
        return NULL;
    Reader reader = begin(sql, scope, fragment, TREE_EXPRESSION_PREFIX);
    SqlQuery *query = arena_new(&sql->c->arena, SqlQuery);
    push_rows(&reader);
    query_read(&reader, node, scope->returned ? CLAUSE_TARGET : CLAUSE_WHERE);
    Str name = figure_name(node);
    QueryColumns columns = {0};
    list_push(&sql->c->arena, &columns, (QueryColumn) {.name = name.data == NULL ? STR("?column?") : name,
                                                       .type = query_type(&reader, node)});
    if (scope->filters && !reader.refused)
        query_check_filter(&reader, node);
    Expression *expression = reader.expression;
    const SqlQuery *result = finish(&reader, query, node, columns);
    expression->atomic = expression_is_atomic(node);
    return result;
}
