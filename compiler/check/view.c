/* Views and materialized views: DefineView in src/backend/commands/view.c, ExecCreateTableAs in createas.c. */
#include "checker.h"
#include "bug.h"
#include "view.h"

/* ------------------------------------------------------------------ names */

/* A view of the kind, or of either where the kind is that of nothing. NULL: reported. */
static const Table *find_view(Checker *k, const Ref *ref, ObjectKind kind)
{
    ObjectId namespace = find_place(k, NAMES_RELATION, ref);
    if (namespace == 0)
        return NULL;
    const Object *object =
        schema_object(&k->schema, schema_find(&k->schema, NAMES_RELATION, namespace, ref->name.name));
    bool there = object != NULL && str_equal(object->name, ref->name.name);
    if (there && object->kind == kind)
        return (const Table *) object;
    if (!there) {
        report_unknown(k, M_UNKNOWN_VIEW, kind, namespace, ref->name);
        return NULL;
    }
    report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is %s %s, not a %s", STR_ARG(ref->name.name),
           object->kind == OBJECT_INDEX ? "an" : "a", object_word(object->kind), object_word(kind));
    if (span_is_known(object->created))
        label(k->c, object->created, "created here");
    return NULL;
}

const Object *find_dropped_view(Checker *k, const Ref *ref, bool materialized)
{
    const Table *view = find_view(k, ref, materialized ? OBJECT_MATERIALIZED_VIEW : OBJECT_VIEW);
    return view == NULL ? NULL : &view->object;
}

/* ------------------------------------------------------------------ queries */

/* The query, as it stands or with what a recursive view means. */
static Fragment recursive_fragment(Checker *k, const NodeCreateView *node)
{
    Fragment inner = fragment_of(k, node->query), whole = {.span = node->query};
    Text columns = text_new(CHECKER_ARENA(k)), sql = text_new(CHECKER_ARENA(k));
    Str name = catalog_quote(CHECKER_ARENA(k), node->name.name.name);
    for (size_t i = 0; i < node->columns.count; i++)
        text_addf(&columns, "%s%.*s", i == 0 ? "" : ", ",
                  STR_ARG(catalog_quote(CHECKER_ARENA(k), node->columns.items[i].name)));
    text_addf(&sql, "WITH RECURSIVE %.*s (%.*s) AS (", STR_ARG(name), STR_ARG(text_str(&columns)));
    list_push(CHECKER_ARENA(k), &whole.pieces, (FragmentPiece) {0, node->query.start});
    for (size_t i = 0; i < inner.pieces.count; i++) {
        FragmentPiece piece = inner.pieces.items[i];
        piece.offset += (uint32_t) sql.len;
        list_push(CHECKER_ARENA(k), &whole.pieces, piece);
    }
    text_add(&sql, inner.sql);
    text_addf(&sql, ") SELECT %.*s FROM %.*s", STR_ARG(text_str(&columns)), STR_ARG(name));
    whole.sql = text_str(&sql);
    return whole;
}

const SqlQuery *check_query(Checker *k, Fragment fragment, const char *place)
{
    QueryScope scope = {.schema = &k->schema, .place = place, .kept = true};
    const SqlQuery *query = sql_query(&k->sql, &scope, &fragment);
    return query == NULL || query->kind != QUERY_SELECT ? NULL : query;
}

/* ------------------------------------------------------------------ columns */

static bool check_name_count(Checker *k, WordList names, const SqlQuery *query)
{
    if (names.count <= query->outputs.count)
        return true;
    report(k->c, M_COLUMN_COUNT, names.items[query->outputs.count].span,
           "there are %zu names for the columns, and the query has %zu", names.count, query->outputs.count);
    return false;
}

static bool check_pseudo(Checker *k, const Type *type, Word name)
{
    if (type->catalog == NULL || type->catalog->kind != CATALOG_PSEUDO)
        return true;
    report(k->c, M_PSEUDO_TYPE, name.span, "column \"%.*s\" would have type %.*s", STR_ARG(name.name),
           STR_ARG(type->catalog->display));
    return false;
}

bool build_query_columns(Checker *k, Table *table, WordList names, const SqlQuery *query)
{
    bool complete = check_name_count(k, names, query);
    for (size_t i = 0; i < query->outputs.count && complete; i++) {
        QueryOutput output = query->outputs.items[i];
        Word name = i < names.count ? names.items[i] : (Word) {output.name, output.span};
        ColumnInfo column = {.id = ++table->last_column, .name = name.name, .created = name.span, .type = output.type};
        bool twice = table_column_named(table, name.name) != NULL;
        if (twice) {
            report(k->c, M_DUPLICATE_COLUMN, name.span, "two columns are called \"%.*s\"", STR_ARG(name.name));
            help(k->c, "name one of them differently: `as …`");
        }
        complete = !twice && (i >= names.count || check_new_name(k, name)) && check_pseudo(k, &output.type, name);
        column_add(CHECKER_ARENA(k), table, &column);
    }
    return complete;
}

/* ------------------------------------------------------------------ options */

static void add_check_option(Checker *k, Table *view, const NodeCreateView *node, const SqlQuery *query)
{
    bool asked = word_is_written(node->check_option);
    StorageOption option = {STR("check_option"), node->check_option.name};
    for (size_t i = 0; i < view->options.count; i++)
        asked = asked || str_equal(view->options.items[i].name, option.name);
    if (word_is_written(node->check_option))
        list_push(CHECKER_ARENA(k), &view->options, option);
    if (!asked || query->base.relation != 0)
        return;
    report(k->c, M_CHECK_OPTION, word_is_written(node->check_option) ? node->check_option.span : node->name.span,
           "a view with a check option has one table or view in FROM, and neither groups, DISTINCT, WITH nor LIMIT");
    help(k->c, "rows can be written through such a view only: leave the check option out");
}

static void build_view_storage(Checker *k, Table *view, const NodeCreateView *node, const SqlQuery *query)
{
    if (view->object.kind == OBJECT_VIEW) {
        view->options = build_options(k, STR("view"), node->options);
        add_check_option(k, view, node, query);
        return;
    }
    view->options = build_options(k, STR("table"), node->options);
    view->no_data = span_is_known(node->no_data);
    choose_table_method(k, node->method, &view->method);
    choose_tablespace(k, node->tablespace, &view->tablespace);
}

/* ------------------------------------------------------------------ create or replace */

static bool report_unlike(Checker *k, const Table *before, const NodeCreateView *node, const char *what, Str column)
{
    report(k->c, M_VIEW_COLUMNS, node->name.span, "%s \"%.*s\" of view \"%.*s\"", what, STR_ARG(column),
           STR_ARG(before->object.name));
    label(k->c, before->object.created, "the view so far");
    help(k->c, "`create or replace` keeps names and types, and can only add columns at the end: drop the view before");
    return false;
}

static bool check_replaceable(Checker *k, const Table *before, const Table *after, const NodeCreateView *node)
{
    for (size_t i = 0; i < before->columns.count; i++) {
        const ColumnInfo *old = before->columns.items[i];
        if (i >= after->columns.count)
            return report_unlike(k, before, node, "this would take away column", old->name);
        if (!str_equal(old->name, after->columns.items[i]->name))
            return report_unlike(k, before, node, "this would give another name to column", old->name);
    }
    if (view_is_replaceable(before, after))
        return true;
    size_t i = 0;
    Table one = *before, other = *after;
    one.columns.count = other.columns.count = 1;
    while (view_is_replaceable(&one, &other)) {
        i++;
        one.columns.items = before->columns.items + i;
        other.columns.items = after->columns.items + i;
    }
    return report_unlike(k, before, node, "this would give another type or collation to column",
                         before->columns.items[i]->name);
}

/* What is not the query's stays: owner, comment, defaults. */
static void replace_view(Checker *k, const Table *before, Table *after, const NodeCreateView *node)
{
    ColumnList columns = after->columns;
    if (!check_replaceable(k, before, after, node))
        return;
    Object head = before->object;
    head.created = after->object.created;
    after->object = head;
    after->last_column = before->last_column;
    for (size_t i = 0; i < columns.count; i++) {
        ColumnInfo *added = arena_copy(CHECKER_ARENA(k), columns.items[i], sizeof *added);
        if (i >= before->columns.count)
            added->id = ++after->last_column;
        columns.items[i] = i < before->columns.count ? before->columns.items[i] : added;
    }
    checker_change(k, (Change) {.kind = CHANGE_REPLACE, .span = node->node.span, .replace = {&after->object}});
}

/* ------------------------------------------------------------------ create */

/* The view that is replaced; *fine is false where the name is taken. */
static const Table *find_replaced(Checker *k, const NodeCreateView *node, ObjectId namespace, bool *fine)
{
    Word name = node->name.name;
    ObjectId id = schema_find(&k->schema, NAMES_RELATION, namespace, name.name);
    const Object *object = schema_object(&k->schema, id);
    if (span_is_known(node->replace) && object != NULL && str_equal(object->name, name.name)) {
        const Table *view = find_view(k, &node->name, OBJECT_VIEW);
        *fine = view != NULL;
        return view;
    }
    *fine = check_new_name(k, name) && check_relation_is_free(k, namespace, name) &&
            check_type_is_free(k, namespace, name);
    return NULL;
}

static Table *new_view(Checker *k, const NodeCreateView *node, ObjectId namespace)
{
    bool materialized = span_is_known(node->materialized);
    Table *view = arena_new(CHECKER_ARENA(k), Table);
    view->object = new_object(k, materialized ? OBJECT_MATERIALIZED_VIEW : OBJECT_VIEW, namespace, node->name.name);
    return view;
}

static bool build_view(Checker *k, Table *view, const NodeCreateView *node)
{
    bool recursive = span_is_known(node->recursive);
    Fragment fragment = recursive ? recursive_fragment(k, node) : fragment_of(k, node->query);
    const char *place = view->object.kind == OBJECT_VIEW ? "a view" : "a materialized view";
    const SqlQuery *query = check_query(k, fragment, place);
    if (query == NULL)
        return false;
    view->query = query->expression;
    view->base = query->base;
    for (size_t i = 0; i < query->outputs.count; i++)
        list_push(CHECKER_ARENA(k), &view->outputs, query->outputs.items[i].name);
    size_t errors = k->c->errors;
    build_view_storage(k, view, node, query);
    if (view->object.kind == OBJECT_MATERIALIZED_VIEW && !view->no_data)
        check_can_be_read(k, view->query, node->query);
    return build_query_columns(k, view, node->columns, query) && k->c->errors == errors;
}

static bool uses_itself(Checker *k, const Table *before, const Table *after, const NodeCreateView *node)
{
    bool uses = before != NULL && expression_uses_object(after->query, before->object.id);
    if (uses)
        report(k->c, M_BAD_RECURSION, node->name.span, "view \"%.*s\" would be made of itself",
               STR_ARG(before->object.name));
    return uses;
}

void check_create_view(Checker *k, const NodeCreateView *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    bool fine = false;
    const Table *before = namespace == 0 ? NULL : find_replaced(k, node, namespace, &fine);
    Table *view = new_view(k, node, namespace);
    if (!fine || !build_view(k, view, node) || uses_itself(k, before, view, node)) {
        silence(k, "table", namespace, node->name.name.name);
        silence(k, object_word(view->object.kind), namespace, node->name.name.name);
    } else if (before != NULL) {
        replace_view(k, before, view, node);
    } else {
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&view->object}});
    }
}

/* ------------------------------------------------------------------ alter */

static void rename_column(Checker *k, const Table *view, const NodeRenameColumn *node)
{
    const ColumnInfo *column = find_column(k, view, node->name);
    if (column == NULL || !check_column_name(k, view, node->to)) {
        silence_column(k, view, node->to.name);
        return;
    }
    PropertyValue value = {.text = node->to.name};
    checker_set(k, node->node.span, view->object.id, PROPERTY_COLUMN_NAME, column->id, value);
}

static void set_options(Checker *k, const Table *view, const Node *node)
{
    PropertyValue value = {0};
    if (changed_options(k, STR("view"), view->options, node, &value.options))
        checker_set(k, node->span, view->object.id, PROPERTY_TABLE_OPTIONS, 0, value);
}

static bool suits_columns(const Table *view, const NodeAlterColumn *node)
{
    for (size_t i = 0; i < node->actions.count; i++) {
        NodeKind kind = node->actions.items[i]->kind;
        bool value = kind == NODE_SET_DEFAULT || kind == NODE_DROP_DEFAULT;
        bool storage = kind == NODE_SET_STATISTICS || kind == NODE_SET_STORAGE || kind == NODE_SET_COMPRESSION ||
                       kind == NODE_SET_OPTIONS || kind == NODE_RESET_OPTIONS;
        if (view->object.kind == OBJECT_VIEW ? !value : !storage)
            return false;
    }
    return true;
}

static bool suits(const Table *view, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_RENAME:
    case NODE_SET_SCHEMA:
    case NODE_SET_OWNER:
    case NODE_RENAME_COLUMN:
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS:
    case NODE_SET_RULE: return true;
    case NODE_ALTER_COLUMN: return suits_columns(view, (const NodeAlterColumn *) action);
    case NODE_SET_TABLESPACE:
    case NODE_SET_ACCESS_METHOD:
    case NODE_CLUSTER_ON: return view->object.kind == OBJECT_MATERIALIZED_VIEW;
    default: return false;
    }
}

static void check_action(Checker *k, const Table *view, const Node *action)
{
    bool plain = view->object.kind == OBJECT_VIEW;
    if (!suits(view, action)) {
        report(k->c, M_WRONG_KIND, span_head(action->span, 60), "that cannot be done to a %s",
               object_word(view->object.kind));
        label(k->c, view->object.created, "created here");
    } else if (action->kind == NODE_RENAME_COLUMN) {
        rename_column(k, view, (const NodeRenameColumn *) action);
    } else if (action->kind == NODE_ALTER_COLUMN) {
        check_alter_column(k, view->object.id, (const NodeAlterColumn *) action);
    } else if (plain && (action->kind == NODE_SET_OPTIONS || action->kind == NODE_RESET_OPTIONS)) {
        set_options(k, view, action);
    } else {
        check_table_setting(k, view, action);
    }
}

void check_alter_view(Checker *k, const NodeAlterView *node)
{
    ObjectKind kind = span_is_known(node->materialized) ? OBJECT_MATERIALIZED_VIEW : OBJECT_VIEW;
    const Table *view = find_view(k, &node->name, kind);
    if (view == NULL)
        return;
    ObjectId id = view->object.id;
    for (size_t i = 0; i < node->actions.count; i++)
        check_action(k, schema_view(&k->schema, id), node->actions.items[i]);
}

/* ------------------------------------------------------------------ refresh */

/* Rows are told apart by a unique index over columns, of all rows (is_usable_unique_index in matview.c). */
static bool has_row_key(Checker *k, const Table *view)
{
    ObjectIds indexes = object_users(&k->schema, view->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(&k->schema, indexes.items[i]);
        bool usable = index->unique && index->where == NULL && index->table == view->object.id;
        for (size_t j = 0; j < index->keys.count; j++)
            usable = usable && index->keys.items[j].column != 0;
        if (usable)
            return true;
    }
    return false;
}

bool check_can_be_read(Checker *k, const Expression *query, Span span)
{
    ObjectIds all = query_empty_views(&k->schema, query);
    if (all.count == 0)
        return true;
    const Table *empty = schema_view(&k->schema, all.items[all.count - 1]);
    report(k->c, M_EMPTY_VIEW, span, "this reads materialized view \"%.*s\", which has no data at this point",
           STR_ARG(empty->object.name));
    label(k->c, empty->object.created, "created here");
    help(k->c, "refresh it before, or say `with no data` here, too");
    return false;
}

static bool check_concurrent_refresh(Checker *k, const Table *view, const NodeRefresh *node)
{
    bool keyed = has_row_key(k, view);
    if (keyed && !view->no_data)
        return true;
    const char *missing = keyed ? "data to compare the new with" : "unique index to refresh by";
    report(k->c, M_BAD_REFRESH, node->concurrently, "materialized view \"%.*s\" has no %s",
           STR_ARG(view->object.name), missing);
    label(k->c, view->object.created, "created here");
    help(k->c, keyed ? "refresh it without `concurrently` for the first time"
                     : "create a unique index on columns of it, without `where`");
    return false;
}

/* Whether there is data is known; which it is needs no way down. */
void check_refresh(Checker *k, const NodeRefresh *node)
{
    const Table *view = find_view(k, &node->name, OBJECT_MATERIALIZED_VIEW);
    bool concurrently = span_is_known(node->concurrently);
    if (view == NULL)
        return;
    if (concurrently && span_is_known(node->no_data)) {
        report(k->c, M_BAD_REFRESH, node->no_data, "`concurrently` and `with no data` exclude each other");
        return;
    }
    bool no_data = span_is_known(node->no_data);
    if ((concurrently && !check_concurrent_refresh(k, view, node)) ||
        (!no_data && !check_can_be_read(k, view->query, node->name.span)))
        return;
    if (no_data != view->no_data) {
        checker_set(k, node->node.span, view->object.id, PROPERTY_NO_DATA, 0, (PropertyValue) {.flag = no_data});
        return;
    }
    RunSqlChange run = {.sql = span_text(&k->c->sources, node->node.span), .passes = true};
    checker_change(k, (Change) {.kind = CHANGE_RUN_SQL, .span = node->node.span, .run_sql = run});
}
