/* Rules: DefineQueryRewrite in src/backend/rewrite/rewriteDefine.c, transformRuleStmt in parse_utilcmd.c. */
#include "foreign.h"
#include "view.h"

/* ------------------------------------------------------------------ names */

/* A table or a view. NULL: reported. */
static const Table *find_ruled(Checker *k, const Ref *ref)
{
    const Object *object = named_object(k, NAMES_RELATION, ref);
    bool named = object != NULL && str_equal(object->name, ref->name.name);
    if (named && (object->kind == OBJECT_TABLE || object->kind == OBJECT_VIEW))
        return (const Table *) object;
    const Table *table = find_table(k, ref);
    return table != NULL && check_not_foreign(k, table, ref->span, "have rules") ? table : NULL;
}

static const Rule *find_rule(Checker *k, const Table *table, Word name)
{
    const Rule *rule = rule_named(&k->schema, table->object.id, name.name);
    if (rule != NULL || is_silenced(k, "rule", table->object.id, name.name))
        return rule;
    Nearest nearest = nearest_to(name.name);
    ObjectIds rules = object_users(&k->schema, table->object.id, OBJECT_RULE);
    report(k->c, M_UNKNOWN_RULE, name.span, "%s \"%.*s\" has no rule \"%.*s\"", object_word(table->object.kind),
           STR_ARG(table->object.name), STR_ARG(name.name));
    label(k->c, table->object.created, "created here");
    for (size_t i = 0; i < rules.count; i++)
        nearest_try(&nearest, schema_object(&k->schema, rules.items[i])->name);
    nearest_help(k->c, &nearest);
    return NULL;
}

static bool check_rule_name(Checker *k, const Table *table, Word name)
{
    const Rule *other = rule_named(&k->schema, table->object.id, name.name);
    if (!check_new_name(k, name))
        return false;
    if (other == NULL && !(table->object.kind == OBJECT_VIEW && str_is(name.name, "_RETURN")))
        return true;
    report(k->c, M_ALREADY_EXISTS, name.span, "there is a rule \"%.*s\" already", STR_ARG(name.name));
    if (other != NULL)
        label(k->c, other->object.created, "created here");
    else
        note(k->c, "every view has it: it is its query");
    return false;
}

/* ------------------------------------------------------------------ create */

static bool read_event(Checker *k, Rule *rule, Word event)
{
    static const char *const words[] = {"insert", "update", "delete"};
    for (int i = 0; i < 3; i++) {
        if (str_is(event.name, words[i])) {
            rule->event = (RuleEvent) i;
            return true;
        }
    }
    report(k->c, M_BAD_RULE, event.span, "a rule on SELECT is what makes a view");
    help(k->c, "`create view`");
    return false;
}

/* The condition and the actions know the rows that there are of the event; in the condition their columns need no
 * qualifier (transformRuleStmt() in src/backend/parser/parse_utilcmd.c). */
static QueryScope rule_scope(Checker *k, const Rule *rule, const Table *table, bool bare)
{
    QueryScope scope = {.schema = &k->schema, .place = "a rule", .kept = true, .can_modify = true};
    if (rule->event != RULE_INSERT)
        list_push(CHECKER_ARENA(k), &scope.rows, (QueryRow) {.name = STR("old"), .table = table, .bare = bare});
    if (rule->event != RULE_DELETE)
        list_push(CHECKER_ARENA(k), &scope.rows, (QueryRow) {.name = STR("new"), .table = table, .bare = bare});
    return scope;
}

static bool read_where(Checker *k, Rule *rule, const QueryScope *scope, Span where)
{
    if (!span_is_known(where))
        return true;
    Fragment fragment = fragment_of(k, where);
    QueryScope condition = *scope;
    condition.condition = "WHERE";
    const SqlQuery *query = sql_condition(&k->sql, &condition, &fragment);
    rule->where = query == NULL ? NULL : query->expression;
    return query != NULL;
}

/* What a rule gives to a RETURNING of those who write to the relation: a row of it. `returning` counts the actions that
 * give something. */
static bool check_returning(Checker *k, const Rule *rule, const SqlQuery *query, Span action, size_t *returning)
{
    const char *why = NULL;
    if (query->kind == QUERY_SELECT || (query->outputs.count == 0 && !query->open))
        return true;
    if (++*returning > 1)
        why = "only one action of a rule can have RETURNING";
    else if (rule->where != NULL)
        why = "a rule with a condition cannot have RETURNING";
    else if (!rule->instead)
        why = "only a rule that does something instead can have RETURNING";
    else if (!query->open && query->outputs.count != schema_relation(&k->schema, rule->table)->columns.count)
        why = "RETURNING must give the columns of the relation, one for each";
    if (why != NULL)
        report(k->c, M_BAD_RULE, action, "%s", why);
    return why == NULL;
}

static bool check_notify(Checker *k, const Rule *rule, const SqlQuery *query, Span action)
{
    if (query->kind != QUERY_NOTIFY || rule->where == NULL)
        return true;
    report(k->c, M_BAD_RULE, action, "a rule with a condition cannot NOTIFY");
    help(k->c, "a trigger can");
    return false;
}

static bool read_actions(Checker *k, Rule *rule, const QueryScope *scope, NodeList actions)
{
    bool complete = true;
    size_t returning = 0;
    for (size_t i = 0; i < actions.count; i++) {
        Span action = ((const NodeRuleAction *) actions.items[i])->statement;
        Fragment fragment = fragment_of(k, action);
        const SqlQuery *query = sql_query(&k->sql, scope, &fragment);
        complete = complete && query != NULL && check_notify(k, rule, query, action) &&
                   check_returning(k, rule, query, action, &returning);
        if (query != NULL)
            list_push(CHECKER_ARENA(k), &rule->actions, query->expression);
    }
    return complete;
}

static void make_rule(Checker *k, Span span, Rule *rule, const Rule *before)
{
    if (before == NULL) {
        rule->object.id = schema_new_id(&k->schema);
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&rule->object}});
        return;
    }
    Object head = before->object;
    head.created = rule->object.created;
    rule->object = head;
    rule->firing = before->firing;
    checker_change(k, (Change) {.kind = CHANGE_REPLACE, .span = span, .replace = {&rule->object}});
}

void check_create_rule(Checker *k, const NodeCreateRule *node)
{
    const Table *table = find_ruled(k, &node->table);
    if (table == NULL)
        return;
    Rule *rule = arena_new(CHECKER_ARENA(k), Rule);
    const Rule *before = NULL;
    rule->object = (Object) {.kind = OBJECT_RULE, .name = node->name.name, .created = node->name.span};
    rule->table = table->object.id;
    rule->instead = span_is_known(node->instead);
    if (span_is_known(node->replace))
        before = rule_named(&k->schema, table->object.id, node->name.name);
    bool fine = read_event(k, rule, node->event) && (before != NULL || check_rule_name(k, table, node->name));
    QueryScope condition = rule_scope(k, rule, table, true), action = rule_scope(k, rule, table, false);
    fine = fine && read_where(k, rule, &condition, node->where) && read_actions(k, rule, &action, node->actions);
    if (fine)
        make_rule(k, node->node.span, rule, before);
    else
        silence(k, "rule", table->object.id, node->name.name);
}

/* ------------------------------------------------------------------ drop, alter */

void check_drop_rule(Checker *k, const NodeDropRule *node)
{
    bool conditional = span_is_known(node->if_exists);
    if (conditional && named_object(k, NAMES_RELATION, &node->table) == NULL)
        return;
    const Table *table = find_ruled(k, &node->table);
    if (table == NULL || (conditional && rule_named(&k->schema, table->object.id, node->name.name) == NULL))
        return;
    const Rule *rule = find_rule(k, table, node->name);
    Part part = {rule == NULL ? 0 : rule->object.id, PART_WHOLE, 0};
    if (rule != NULL)
        check_deletion(k, node->node.span, part, node->name.span, span_is_known(node->cascade));
}

void check_rename_rule(Checker *k, const NodeRenameRule *node)
{
    const Table *table = find_ruled(k, &node->table);
    const Rule *rule = table == NULL ? NULL : find_rule(k, table, node->name);
    if (rule == NULL || !check_rule_name(k, table, node->to))
        return;
    checker_set(k, node->node.span, rule->object.id, PROPERTY_NAME, 0, (PropertyValue) {.text = node->to.name});
}

void check_set_rule(Checker *k, const Table *table, const NodeSetRule *node)
{
    static const RuleFiring firings[] = {
        [FIRING_ORIGIN] = RULE_FIRES, [FIRING_DISABLED] = RULE_DISABLED,
        [FIRING_REPLICA] = RULE_ON_REPLICA, [FIRING_ALWAYS] = RULE_ALWAYS,
    };
    const Rule *rule = find_rule(k, table, node->name);
    if (rule == NULL)
        return;
    PropertyValue value = {.firing = firings[node->firing]};
    checker_set(k, node->node.span, rule->object.id, PROPERTY_RULE_FIRING, 0, value);
}

void check_comment_on_rule(Checker *k, const NodeCommentOn *node)
{
    const Table *table = find_ruled(k, &node->name);
    const Rule *rule = table == NULL ? NULL : find_rule(k, table, node->part);
    PropertyValue value = {.text = span_is_known(node->none) ? (Str) {0} : node->comment.value};
    if (rule != NULL)
        checker_set(k, node->node.span, rule->object.id, PROPERTY_COMMENT, 0, value);
}
