/* `create table` and `create index`. */
#include "literal.h"
#include "lower.h"

/* ------------------------------------------------------------------ items of a table */

static const PgQuery__Constraint *primary_key(const PgQuery__CreateStmt *create)
{
    for (size_t i = 0; i < create->n_table_elts; i++) {
        const PgQuery__Node *item = create->table_elts[i];
        if (item->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
            item->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
            return item->constraint;
    }
    return NULL;
}

static Node *lower_like(Lower *l, Cursor part)
{
    NodeLike *n = lower_node(l, LIKE, Like, cursor_span(part));
    cursor_take(&part, "like");
    n->table = cursor_ref(&part);
    if (!cursor_is_empty(part))
        n->options = cursor_span(part);
    return &n->node;
}

static Node *lower_item(Lower *l, Cursor part, const PgQuery__Node *item, const PgQuery__Constraint *key)
{
    switch ((int) item->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_DEF:
        return lower_column(l, part, item->column_def, key);
    case PG_QUERY__NODE__NODE_CONSTRAINT: return lower_constraint(l, part, item->constraint, true);
    case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE: return lower_like(l, part);
    default: return lower_refuse(l, cursor_span(part), "this item of a table");
    }
}

static NodeList lower_items(Lower *l, Cursor inside, const PgQuery__CreateStmt *create)
{
    NodeList items = {0};
    const PgQuery__Constraint *key = primary_key(create);
    for (size_t i = 0; i < create->n_table_elts; i++) {
        Cursor part = cursor_item(&inside);
        Node *item = lower_item(l, part, create->table_elts[i], key);
        if (item != NULL)
            list_push(l->arena, &items, item);
    }
    return items;
}

/* ------------------------------------------------------------------ clauses behind them */

/* `default`, or `for values …` with what `in`, `from` and `to`, or `with` say. */
static Span take_bound(Cursor *at)
{
    Cursor bound = *at;
    if (!cursor_take(at, "default")) {
        cursor_take(at, "for values");
        cursor_next(at);
        cursor_inside(at);
        if (cursor_take(at, "to"))
            cursor_inside(at);
    }
    bound.end = at->at;
    return cursor_span(bound);
}

static void read_partitioning(Cursor *at, NodeCreateTable *n)
{
    if (!cursor_take(at, "partition by"))
        return;
    n->strategy = cursor_word(at);
    n->partition_keys = cursor_span(cursor_inside(at));
}

/* `oids = false` was needed once, and means nothing now (transformRelOptions() in
 * src/backend/access/common/reloptions.c). */
static NodeList without_oids(Lower *l, NodeList options)
{
    NodeList kept = {0};
    for (size_t i = 0; i < options.count; i++) {
        const NodeOption *option = (const NodeOption *) options.items[i];
        bool valued = span_is_known(option->value);
        Str value = valued ? literal_fold(l->arena, span_text(&l->c->sources, option->value)) : STR("");
        bool off = str_is(value, "false") || str_is(value, "off") || str_is(value, "0");
        if (!off || !str_is(option->name.name, "oids"))
            list_push(l->arena, &kept, options.items[i]);
    }
    return kept;
}

static void read_storage(Lower *l, Cursor *at, NodeCreateTable *n)
{
    if (cursor_take(at, "using"))
        n->method = cursor_word(at);
    if (cursor_take(at, "with"))
        n->options = without_oids(l, lower_options(l, at));
    cursor_take(at, "without oids");
    if (cursor_is(*at, "on commit"))
        lower_refuse(l, cursor_take_span(at, "on commit"), "ON COMMIT of a table that is not temporary");
    cursor_seek(at, "tablespace");
    if (cursor_take(at, "tablespace"))
        n->tablespace = cursor_word(at);
}

/* Up to its name. */
static NodeCreateTable *begin_table(Lower *l, Cursor *at, const PgQuery__CreateStmt *create)
{
    NodeCreateTable *n = lower_node(l, CREATE_TABLE, CreateTable, l->statement);
    n->unlogged = cursor_find(cursor_before(at, "table"), "unlogged");
    cursor_take(at, "table");
    if (create->if_not_exists)
        cursor_take(at, "if not exists");
    n->name = cursor_ref(at);
    return n;
}

/* Its items, and where they come from else. */
static void read_table(Lower *l, Cursor *at, const PgQuery__CreateStmt *create, NodeCreateTable *n)
{
    if (cursor_take(at, "of"))
        n->of = cursor_ref(at);
    else if (cursor_take(at, "partition of"))
        n->parent = cursor_ref(at);
    n->items = lower_items(l, cursor_inside(at), create);
    if (create->partbound != NULL)
        n->bound = take_bound(at);
    if (cursor_take(at, "inherits"))
        n->inherits = cursor_refs(cursor_inside(at));
}

Node *lower_create_table(Lower *l, Cursor at, const PgQuery__CreateStmt *create)
{
    NodeCreateTable *n = begin_table(l, &at, create);
    read_table(l, &at, create, n);
    read_partitioning(&at, n);
    read_storage(l, &at, n);
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}

/* ------------------------------------------------------------------ foreign tables */

static Node *lower_wrapper_option(Lower *l, Cursor part, const PgQuery__DefElem *option)
{
    NodeWrapperOption *n = lower_node(l, WRAPPER_OPTION, WrapperOption, cursor_span(part));
    if (option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET)
        n->set = cursor_take_span(&part, "set");
    else if (option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP)
        n->drop = cursor_take_span(&part, "drop");
    else if (option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_ADD)
        cursor_take(&part, "add");
    n->name = cursor_word(&part);
    if (option->arg != NULL)
        n->value = (Literal) {str_copy(l->arena, str_from(option->arg->string->sval)), cursor_string(&part)};
    return &n->node;
}

Node *lower_wrapper_options(Lower *l, Cursor *at, size_t count, PgQuery__Node *const *options)
{
    if (count == 0)
        return NULL;
    Cursor whole = *at;
    cursor_take(at, "options");
    Cursor inside = cursor_inside(at);
    whole.end = at->at;
    NodeWrapperOptions *n = lower_node(l, WRAPPER_OPTIONS, WrapperOptions, cursor_span(whole));
    for (size_t i = 0; i < count; i++)
        list_push(l->arena, &n->options, lower_wrapper_option(l, cursor_item(&inside), options[i]->def_elem));
    return &n->node;
}

Node *lower_create_foreign_table(Lower *l, Cursor at, const PgQuery__CreateForeignTableStmt *create)
{
    NodeCreateTable *n = begin_table(l, &at, create->base_stmt);
    read_table(l, &at, create->base_stmt, n);
    cursor_take(&at, "server");
    n->server = cursor_word(&at);
    n->wrapper_options = lower_wrapper_options(l, &at, create->n_options, create->options);
    return lower_if_not_exists(l, create->base_stmt->if_not_exists, &n->node);
}

/* ------------------------------------------------------------------ indexes */

static void read_index_tail(Lower *l, Cursor *at, NodeCreateIndex *n)
{
    if (cursor_take(at, "include"))
        n->include = cursor_words(cursor_inside(at));
    n->nulls_not_distinct = cursor_take_span(at, "nulls not distinct");
    cursor_take(at, "nulls distinct");
    if (cursor_take(at, "with"))
        n->options = lower_options(l, at);
    if (cursor_take(at, "tablespace"))
        n->tablespace = cursor_word(at);
    if (cursor_take(at, "where"))
        n->where = cursor_span(*at);
}

Node *lower_create_index(Lower *l, Cursor at, const PgQuery__IndexStmt *create)
{
    NodeCreateIndex *n = lower_node(l, CREATE_INDEX, CreateIndex, l->statement);
    n->unique = cursor_find(cursor_before(&at, "index"), "unique");
    cursor_take(&at, "index");
    if (create->concurrent)
        n->concurrently = cursor_take_span(&at, "concurrently");
    if (create->if_not_exists)
        cursor_take(&at, "if not exists");
    if (create->idxname[0] != '\0')
        n->name = cursor_word(&at);
    cursor_take(&at, "on");
    n->table = lower_relation(&at, create->relation, &n->only);
    if (cursor_take(&at, "using"))
        n->method = cursor_word(&at);
    n->keys = cursor_span(cursor_inside(&at));
    read_index_tail(l, &at, n);
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}
