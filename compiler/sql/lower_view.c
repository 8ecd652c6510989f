/* What is made of queries: views, materialized views, tables from queries, rules. The query itself is a span, read when
 * the statement is checked. */
#include "lower.h"

/* ------------------------------------------------------------------ the query and what follows it */

/* Cuts the words off the end, if the part ends in them. */
static Span take_tail(Cursor *part, const char *words, size_t count)
{
    if (part->end < part->at + count)
        return (Span) {0};
    Cursor tail = {part->tokens, part->end - count, part->end};
    if (!cursor_is(tail, words))
        return (Span) {0};
    part->end -= count;
    return cursor_span(tail);
}

static Word take_check_option(Cursor *part)
{
    if (!span_is_known(take_tail(part, "check option", 2)))
        return (Word) {0};
    Span local = take_tail(part, "with local", 2), cascaded = take_tail(part, "with cascaded", 2);
    if (span_is_known(local))
        return (Word) {STR("local"), local};
    if (!span_is_known(cascaded))
        cascaded = take_tail(part, "with", 1);
    return (Word) {STR("cascaded"), cascaded};
}

static Span take_no_data(Cursor *part)
{
    Span none = take_tail(part, "with no data", 3);
    if (!span_is_known(none))
        take_tail(part, "with data", 2);
    return none;
}

/* ------------------------------------------------------------------ views */

Node *lower_create_view(Lower *l, Cursor at, const PgQuery__ViewStmt *view)
{
    (void) view;
    NodeCreateView *n = lower_node(l, CREATE_VIEW, CreateView, l->statement);
    Cursor head = cursor_before(&at, "view");
    n->replace = cursor_find(head, "or replace");
    n->recursive = cursor_find(head, "recursive");
    cursor_take(&at, "view");
    n->name = cursor_ref(&at);
    n->columns = cursor_words(cursor_inside(&at));
    if (cursor_take(&at, "with"))
        n->options = lower_options(l, &at);
    cursor_take(&at, "as");
    n->check_option = take_check_option(&at);
    n->query = cursor_span(at);
    return &n->node;
}

Node *lower_refresh(Lower *l, Cursor at)
{
    NodeRefresh *n = lower_node(l, REFRESH, Refresh, l->statement);
    cursor_take(&at, "refresh materialized view");
    n->concurrently = cursor_take_span(&at, "concurrently");
    n->name = cursor_ref(&at);
    n->no_data = take_no_data(&at);
    return &n->node;
}

/* ------------------------------------------------------------------ tables and views that hold what a query gave */

/* What stands before the query of a table or materialized view that is made of one (into_clause). */
typedef struct Target {
    Ref name;
    WordList columns;
    Word method;
    NodeList options;
    Word tablespace;
} Target;

static Target take_target(Lower *l, Cursor *at)
{
    Target target = {.name = cursor_ref(at), .columns = cursor_words(cursor_inside(at))};
    if (cursor_take(at, "using"))
        target.method = cursor_word(at);
    if (cursor_take(at, "with"))
        target.options = lower_options(l, at);
    cursor_take(at, "without oids");
    if (cursor_is(*at, "on commit")) {
        lower_refuse(l, cursor_take_span(at, "on commit"), "ON COMMIT of a table that is not temporary");
        while (!cursor_is_empty(*at) && !cursor_is(*at, "tablespace") && !cursor_is(*at, "as"))
            cursor_next(at);
    }
    if (cursor_take(at, "tablespace"))
        target.tablespace = cursor_word(at);
    cursor_take(at, "as");
    return target;
}

static Node *lower_materialized_view(Lower *l, Cursor at, const PgQuery__CreateTableAsStmt *create)
{
    NodeCreateView *n = lower_node(l, CREATE_VIEW, CreateView, l->statement);
    Span unlogged = cursor_find(cursor_before(&at, "materialized"), "unlogged");
    if (span_is_known(unlogged))
        return lower_refuse(l, unlogged, "an unlogged materialized view, which PostgreSQL refuses,");
    n->materialized = cursor_take_span(&at, "materialized view");
    cursor_take(&at, "if not exists");
    Target target = take_target(l, &at);
    n->name = target.name;
    n->columns = target.columns;
    n->method = target.method;
    n->options = target.options;
    n->tablespace = target.tablespace;
    n->no_data = take_no_data(&at);
    n->query = cursor_span(at);
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}

Node *lower_create_table_as(Lower *l, Cursor at, const PgQuery__CreateTableAsStmt *create)
{
    if (create->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW)
        return lower_materialized_view(l, at, create);
    NodeCreateTableAs *n = lower_node(l, CREATE_TABLE_AS, CreateTableAs, l->statement);
    n->unlogged = cursor_find(cursor_before(&at, "table"), "unlogged");
    cursor_take(&at, "table");
    cursor_take(&at, "if not exists");
    Target target = take_target(l, &at);
    n->name = target.name;
    n->columns = target.columns;
    n->method = target.method;
    n->options = target.options;
    n->tablespace = target.tablespace;
    if (cursor_is(at, "execute"))
        return lower_refuse(l, cursor_take_span(&at, "execute"), "a prepared statement");
    n->no_data = take_no_data(&at);
    n->query = cursor_span(at);
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}

/* `select … into [unlogged] [table] name …`: what stands before INTO and what stands behind the name are the query. */
Node *lower_select_into(Lower *l, Cursor at)
{
    NodeCreateTableAs *n = lower_node(l, CREATE_TABLE_AS, CreateTableAs, l->statement);
    n->query = cursor_span(cursor_before(&at, "into"));
    cursor_take(&at, "into");
    n->unlogged = cursor_take_span(&at, "unlogged");
    cursor_take(&at, "table");
    n->name = cursor_ref(&at);
    if (!cursor_is_empty(at))
        n->rest = cursor_span(at);
    return &n->node;
}

/* ------------------------------------------------------------------ rules */

static void add_action(Lower *l, NodeCreateRule *n, Cursor part)
{
    if (cursor_is_empty(part))
        return;
    NodeRuleAction *action = lower_node(l, RULE_ACTION, RuleAction, cursor_span(part));
    action->statement = cursor_span(part);
    list_push(l->arena, &n->actions, &action->node);
}

Node *lower_create_rule(Lower *l, Cursor at, const PgQuery__RuleStmt *rule)
{
    NodeCreateRule *n = lower_node(l, CREATE_RULE, CreateRule, l->statement);
    n->replace = cursor_find(cursor_before(&at, "rule"), "or replace");
    cursor_take(&at, "rule");
    n->name = cursor_word(&at);
    cursor_take(&at, "as on");
    n->event = cursor_word(&at);
    cursor_take(&at, "to");
    n->table = cursor_ref(&at);
    Cursor where = cursor_before(&at, "do");
    if (cursor_take(&where, "where"))
        n->where = cursor_span(where);
    cursor_take(&at, "do");
    n->instead = cursor_take_span(&at, "instead");
    cursor_take(&at, "also");
    if (rule->n_actions == 0)
        return &n->node;
    bool several = cursor_is_sign(at, '(') && at.tokens->partners.items[at.at] + 1 == at.end;
    Cursor actions = several ? cursor_inside(&at) : at;
    while (!cursor_is_empty(actions))
        add_action(l, n, cursor_statement(&actions));
    return &n->node;
}

Node *lower_drop_rule(Lower *l, Cursor at, const PgQuery__DropStmt *drop)
{
    NodeDropRule *n = lower_node(l, DROP_RULE, DropRule, l->statement);
    cursor_take(&at, "drop rule");
    if (drop->missing_ok)
        n->if_exists = cursor_take_span(&at, "if exists");
    n->name = cursor_word(&at);
    cursor_take(&at, "on");
    n->table = cursor_ref(&at);
    n->cascade = cursor_take_span(&at, "cascade");
    return &n->node;
}

Node *lower_rename_rule(Lower *l, Cursor at)
{
    NodeRenameRule *n = lower_node(l, RENAME_RULE, RenameRule, l->statement);
    cursor_take(&at, "alter rule");
    n->name = cursor_word(&at);
    cursor_take(&at, "on");
    n->table = cursor_ref(&at);
    cursor_take(&at, "rename to");
    n->to = cursor_word(&at);
    return &n->node;
}
