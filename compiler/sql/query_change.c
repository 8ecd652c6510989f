/* INSERT, UPDATE, DELETE and MERGE: src/backend/parser/analyze.c. */
#include "query.h"

#include "lookup.h"

enum { OLD_AND_NEW_SINCE = 18 };

/* ------------------------------------------------------------------ columns that are set */

static const QueryColumn *target_column(Reader *r, const RangeItem *item, const PgQuery__ResTarget *target)
{
    Str name = str_from(target->name);
    for (size_t i = 0; i < item->columns.count; i++) {
        const QueryColumn *column = &item->columns.items[i];
        if (!str_equal(column->name, name))
            continue;
        size_t start = query_offset(r, target->location);
        Use use = last_name(r->expression->sql, start, 1);
        use.object = column->object;
        use.part = column->column;
        if (column->column != 0)
            query_use(r, use);
        return column;
    }
    if (!item->open && item->table != NULL) {
        r->refused = true;
        report_unknown_column(r->names.sql->c, item->table, name, query_place(r, target->location));
    }
    return NULL;
}

/* The columns of a list, each once. */
static void read_columns(Reader *r, const RangeItem *item, size_t count, PgQuery__Node *const *targets)
{
    StrList seen = {0};
    for (size_t i = 0; i < count; i++) {
        const PgQuery__ResTarget *target = targets[i]->res_target;
        const QueryColumn *column = target_column(r, item, target);
        for (size_t j = 0; column != NULL && j < seen.count && target->n_indirection == 0; j++) {
            if (str_equal(seen.items[j], column->name))
                query_report(r, M_DUPLICATE_COLUMN, query_place(r, target->location), "column \"%.*s\" is set twice",
                             STR_ARG(column->name));
        }
        query_read_all(r, target->n_indirection, target->indirection, CLAUSE_SET);
        if (column != NULL)
            query_use_set_fields(r, column->type, target);
        if (column != NULL)
            list_push(READER_ARENA(r), &seen, column->name);
    }
}

/* set (a, b) = (…) */
static void read_many(Reader *r, const PgQuery__MultiAssignRef *assignment, Span span)
{
    const PgQuery__Node *source = assignment->source;
    size_t wanted = (size_t) assignment->ncolumns, found = wanted;
    bool open = false;
    if (assignment->colno != 1)
        return;
    if (source->node_case == PG_QUERY__NODE__NODE_SUB_LINK) {
        r->query->sublinks++;
        found = query_select(r, source->sub_link->subselect->select_stmt, &open).count;
        r->query->sublinks--;
    } else {
        query_read(r, source, CLAUSE_SET);
        if (source->node_case == PG_QUERY__NODE__NODE_ROW_EXPR)
            found = source->row_expr->n_args;
    }
    if (found != wanted && !open)
        query_report_count(r, span, wanted, found);
}

/* What a column is set to, in `(a, b) = (1, default)` too; NULL: not said in so many words. */
static const PgQuery__Node *assigned_value(const PgQuery__Node *value)
{
    if (value == NULL || value->node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF)
        return value;
    const PgQuery__MultiAssignRef *assignment = value->multi_assign_ref;
    const PgQuery__Node *source = assignment->source;
    bool row = source->node_case == PG_QUERY__NODE__NODE_ROW_EXPR;
    size_t place = (size_t) assignment->colno - 1;
    return row && place < source->row_expr->n_args ? source->row_expr->args[place] : NULL;
}

static bool is_default(const PgQuery__Node *value)
{
    return value != NULL && value->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT;
}

/* Constants are of the column's type. */
static void read_assigned(Reader *r, const RangeItem *item, const PgQuery__ResTarget *target)
{
    const ColumnInfo *column = item->table == NULL ? NULL : table_column_named(item->table, str_from(target->name));
    if (column == NULL || target->n_indirection > 0)
        return;
    if (target->val != NULL)
        label_read_value(r, &column->type, target->val);
    list_push(READER_ARENA(r), &r->query->set, column->id);
}

static ColumnWrites assignment_writes(Reader *r, const RangeItem *item, size_t count, PgQuery__Node *const *targets)
{
    ColumnWrites writes = {0};
    for (size_t i = 0; i < count && item->table != NULL; i++) {
        const PgQuery__ResTarget *target = targets[i]->res_target;
        const ColumnInfo *column = table_column_named(item->table, str_from(target->name));
        ColumnWrite write = {.span = query_place(r, target->location)};
        write.column = column == NULL ? 0 : column->id;
        write.is_default = target->n_indirection == 0 && is_default(assigned_value(target->val));
        if (column != NULL)
            list_push(READER_ARENA(r), &writes, write);
    }
    return writes;
}

static void read_assignments(Reader *r, const RangeItem *item, size_t count, PgQuery__Node *const *targets,
                             bool conflict)
{
    read_columns(r, item, count, targets);
    if (count > 0)
        query_check_writes(r, item, RULE_UPDATE, conflict, assignment_writes(r, item, count, targets),
                           query_place(r, targets[0]->res_target->location));
    for (size_t i = 0; i < count; i++) {
        const PgQuery__ResTarget *target = targets[i]->res_target;
        read_assigned(r, item, target);
        if (target->val != NULL && target->val->node_case == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF)
            read_many(r, target->val->multi_assign_ref, query_place(r, target->location));
        else
            query_read(r, target->val, CLAUSE_SET);
    }
}

/* ------------------------------------------------------------------ INSERT */

/* In every row of VALUES; a star's columns are not counted. */
static bool rows_have_default(const PgQuery__SelectStmt *select, size_t place)
{
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const PgQuery__List *row = select->values_lists[i]->list;
        if (place >= row->n_items || !is_default(row->items[place]))
            return false;
    }
    return select->n_values_lists > 0;
}

/* The columns that are listed, or the first ones. */
static ColumnWrites insert_writes(Reader *r, const RangeItem *item, size_t listed, PgQuery__Node *const *columns,
                                  size_t count, Span span)
{
    ColumnWrites writes = {0};
    for (size_t i = 0; i < count && (listed == 0 || i < listed) && item->table != NULL; i++) {
        const PgQuery__ResTarget *target = listed > 0 ? columns[i]->res_target : NULL;
        const ColumnInfo *column = NULL;
        if (target != NULL)
            column = table_column_named(item->table, str_from(target->name));
        else if (i < item->table->columns.count)
            column = item->table->columns.items[i];
        ColumnWrite write = {.span = target == NULL ? span : query_place(r, target->location)};
        write.column = column == NULL ? 0 : column->id;
        list_push(READER_ARENA(r), &writes, write);
    }
    return writes;
}

static void check_inserted(Reader *r, const PgQuery__InsertStmt *insert, const RangeItem *item, size_t count)
{
    Span span = query_place(r, insert->relation->location);
    const PgQuery__SelectStmt *select = insert->select_stmt == NULL ? NULL : insert->select_stmt->select_stmt;
    ColumnWrites writes =
        insert_writes(r, item, insert->n_cols, insert->cols, insert->n_cols > 0 ? insert->n_cols : count, span);
    for (size_t i = 0; i < writes.count; i++) {
        writes.items[i].is_default = select != NULL && rows_have_default(select, i);
        writes.items[i].overridden = insert->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE ||
                                     insert->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE;
    }
    query_check_writes(r, item, RULE_INSERT, false, writes, span);
}

static void check_source(Reader *r, const PgQuery__InsertStmt *insert, const RangeItem *item)
{
    bool open = false;
    if (insert->select_stmt == NULL) {
        check_inserted(r, insert, item, 0);
        return;
    }
    const PgQuery__SelectStmt *select = insert->select_stmt->select_stmt;
    r->query->source = select;
    size_t found = query_select(r, select, &open).count;
    size_t wanted = insert->n_cols > 0 ? insert->n_cols : item->columns.count;
    bool fits = insert->n_cols > 0 ? found == wanted : found <= wanted;
    bool known = !open && (insert->n_cols > 0 || !item->open);
    if (known && !fits)
        query_report_count(r, query_place(r, query_first_location(&select->base)), wanted, found);
    else
        check_inserted(r, insert, item, open ? 0 : found);
}

/* resolve_unique_index_expr() in src/backend/parser/parse_clause.c: it says what is unique, not in which order. */
static void refuse_order(Reader *r, const PgQuery__IndexElem *element, Span span)
{
    bool ordered = element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_ASC ||
                   element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    bool nulls = element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                 element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST;
    if (ordered || nulls)
        query_report(r, M_BAD_QUERY, span, "ON CONFLICT takes no order");
}

static void read_infer(Reader *r, const PgQuery__InferClause *infer, const RangeItem *item)
{
    for (size_t i = 0; i < infer->n_index_elems; i++) {
        const PgQuery__IndexElem *element = infer->index_elems[i]->index_elem;
        Str name = str_from(element->name);
        refuse_order(r, element, query_place(r, infer->location));
        query_read(r, element->expr, CLAUSE_OTHER);
        const ColumnInfo *column = item->table == NULL ? NULL : table_column_named(item->table, name);
        if (name.len > 0 && item->table != NULL && column == NULL) {
            r->refused = true;
            report_unknown_column(r->names.sql->c, item->table, name, query_place(r, infer->location));
        } else if (column != NULL) {
            query_use_hidden(r, item->table->object.id, column->id);
        }
    }
    query_read(r, infer->where_clause, CLAUSE_WHERE);
    Str name = str_from(infer->conname);
    if (name.len > 0 && item->table != NULL && table_constraint_named(item->table, name) == NULL)
        query_report(r, M_UNKNOWN_CONSTRAINT, query_place(r, infer->location),
                     "table \"%.*s\" has no constraint \"%.*s\"", STR_ARG(item->table->object.name), STR_ARG(name));
}

static void read_conflict(Reader *r, const PgQuery__OnConflictClause *clause, const RangeItem *item)
{
    QueryLevel *level = r->query->level;
    if (clause->infer != NULL)
        read_infer(r, clause->infer, item);
    RangeItem *excluded = range_new(r, STR("excluded"), true);
    if (item->table != NULL)
        range_add_table(r, excluded, item->table);
    excluded->open = item->open;
    range_show(r, excluded, false);
    read_assignments(r, item, clause->n_target_list, clause->target_list, true);
    query_read(r, clause->where_clause, CLAUSE_WHERE);
    level->visible.count--;
    query_check_conflict(r, item, clause);
}

/* From 18 on RETURNING knows the rows of before and after, unless something else goes by such a name
 * (transformReturningClause() in src/backend/parser/analyze.c). */
static void show_rows(Reader *r, const char *name, const RangeItem *item)
{
    bool taken = query_find_item(r, STR(""), str_from(name)) != NULL;
    if (taken || r->names.sql->major < OLD_AND_NEW_SINCE)
        return;
    RangeItem *rows = range_new(r, str_from(name), true);
    if (item->table != NULL)
        range_add_table(r, rows, item->table);
    rows->open = item->open;
    range_show(r, rows, false);
}

static QueryColumns read_returning(Reader *r, const RangeItem *item, size_t count, PgQuery__Node *const *list,
                                   bool *open)
{
    QueryLevel *level = r->query->level;
    size_t shown = level->visible.count;
    show_rows(r, "old", item);
    show_rows(r, "new", item);
    QueryColumns columns = query_targets(r, count, list, open);
    level->visible.count = shown;
    return columns;
}

QueryColumns query_insert_into(Reader *r, const PgQuery__InsertStmt *insert, bool *open)
{
    query_with(r, insert->with_clause);
    RangeItem *item = query_target_relation(r, insert->relation);
    read_columns(r, item, insert->n_cols, insert->cols);
    check_source(r, insert, item);
    range_show(r, item, true);
    if (insert->on_conflict_clause != NULL)
        read_conflict(r, insert->on_conflict_clause, item);
    return read_returning(r, item, insert->n_returning_list, insert->returning_list, open);
}

/* ------------------------------------------------------------------ UPDATE, DELETE */

/* FROM does not see the target, not even where it is LATERAL. */
static RangeItem *show_target(Reader *r, const PgQuery__RangeVar *relation, size_t count, PgQuery__Node *const *from)
{
    QueryLevel *level = r->query->level;
    RangeItem *item = query_target_relation(r, relation);
    range_show(r, item, true);
    level->visible.items[0].lateral = level->visible.items[0].lateral_refused = true;
    query_from(r, count, from);
    level->visible.items[0].lateral = level->visible.items[0].lateral_refused = false;
    return item;
}

/* WHERE CURRENT OF names a cursor. */
static void read_where(Reader *r, const PgQuery__Node *where)
{
    if (where != NULL && where->node_case != PG_QUERY__NODE__NODE_CURRENT_OF_EXPR)
        query_read(r, where, CLAUSE_WHERE);
}

QueryColumns query_update(Reader *r, const PgQuery__UpdateStmt *update, bool *open)
{
    query_with(r, update->with_clause);
    const RangeItem *item = show_target(r, update->relation, update->n_from_clause, update->from_clause);
    read_assignments(r, item, update->n_target_list, update->target_list, false);
    read_where(r, update->where_clause);
    return read_returning(r, item, update->n_returning_list, update->returning_list, open);
}

QueryColumns query_delete(Reader *r, const PgQuery__DeleteStmt *delete, bool *open)
{
    query_with(r, delete->with_clause);
    const RangeItem *item = show_target(r, delete->relation, delete->n_using_clause, delete->using_clause);
    query_check_writes(r, item, RULE_DELETE, false, (ColumnWrites) {0}, query_place(r, delete->relation->location));
    read_where(r, delete->where_clause);
    return read_returning(r, item, delete->n_returning_list, delete->returning_list, open);
}

/* ------------------------------------------------------------------ MERGE */

static void check_merged(Reader *r, const PgQuery__MergeWhenClause *when, const RangeItem *item)
{
    Span span = query_place(r, query_first_location(&when->base));
    ColumnWrites writes = insert_writes(r, item, when->n_target_list, when->target_list, when->n_values, span);
    for (size_t i = 0; i < writes.count; i++) {
        writes.items[i].is_default = is_default(when->values[i]);
        writes.items[i].overridden = when->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE ||
                                     when->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE;
    }
    query_check_writes(r, item, RULE_INSERT, false, writes, span);
}

static void read_merge_when(Reader *r, const PgQuery__MergeWhenClause *when, const RangeItem *item)
{
    QueryLevel *level = r->query->level;
    bool inserts = when->command_type == PG_QUERY__CMD_TYPE__CMD_INSERT;
    Visible target = level->visible.items[0];
    if (!when->matched)
        level->visible.items[0].columns = level->visible.items[0].name = false;
    query_read(r, when->condition, CLAUSE_WHERE);
    if (inserts) {
        size_t wanted = when->n_target_list > 0 ? when->n_target_list : item->columns.count;
        read_columns(r, item, when->n_target_list, when->target_list);
        query_read_all(r, when->n_values, when->values, CLAUSE_VALUES);
        if (when->n_values > 0 && !item->open && (when->n_values > wanted || (when->n_target_list > 0 &&
                                                                              when->n_values != wanted)))
            query_report_count(r, query_place(r, query_first_location(&when->base)), wanted, when->n_values);
        check_merged(r, when, item);
    } else {
        read_assignments(r, item, when->n_target_list, when->target_list, false);
    }
    level->visible.items[0] = target;
}

void query_merge(Reader *r, const PgQuery__MergeStmt *merge)
{
    query_with(r, merge->with_clause);
    PgQuery__Node *source[] = {merge->source_relation};
    const RangeItem *item = show_target(r, merge->relation, 1, source);
    query_check_merge(r, item, query_place(r, merge->relation->location));
    query_read(r, merge->join_condition, CLAUSE_ON);
    r->query->merges = true;
    for (size_t i = 0; i < merge->n_merge_when_clauses; i++)
        read_merge_when(r, merge->merge_when_clauses[i]->merge_when_clause, item);
}
