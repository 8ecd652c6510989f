/* CREATE POLICY and ALTER POLICY (src/backend/commands/policy.c). */
#include "read_definition.h"

/* Who, USING and WITH CHECK are attributes: the text ends before them. */
static void set_roles(DefinitionReader *r, size_t count, PgQuery__Node *const *roles, Attributes *attributes)
{
    Str all = roles_sql(r->arena, count, roles);
    Str clause = str_format(r->arena, "TO %.*s", STR_ARG(all));
    bool public = count == 0;
    for (size_t i = 0; i < count; i++)
        public = public || roles[i]->role_spec->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC;
    if (public)
        attribute_remove(attributes, STR("to"));
    else
        attribute_set(r->arena, attributes, (Attribute) {STR("to"), text_constant(r->arena, clause)});
}

/* `using (…)`, `with check (…)`: the cursor stands before the parenthesis. */
static void set_condition(DefinitionReader *r, Cursor at, const PgQuery__Node *tree, const char *key, const char *words,
                          const Table *table, Attributes *attributes)
{
    ConditionRow row = {NULL, table};
    Span span = cursor_span(cursor_inside(&at));
    ConditionPlace place = {.name = "a policy", .subqueries = true, .count = 1, .rows = &row, .condition = words};
    const Expression *expression = read_condition(r, span, tree, place);
    DefinitionText text = {.arena = r->arena, .sources = &r->c->sources};
    if (expression == NULL)
        return;
    text_make(&text, str_format(r->arena, "%s (", words));
    text_take_expression(&text, expression, &tree->base);
    text_make(&text, STR(")"));
    attribute_set(r->arena, attributes, (Attribute) {str_from(key), text_finish(&text, &tree->base)});
}

static void set_conditions(DefinitionReader *r, const PgQuery__Node *qual, const PgQuery__Node *check,
                           const Table *table, Attributes *attributes)
{
    Cursor at = r->at;
    if (qual != NULL && cursor_seek(&at, "using")) {
        cursor_take(&at, "using");
        set_condition(r, at, qual, "using", "USING", table, attributes);
    }
    if (check != NULL && cursor_seek(&at, "with check")) {
        cursor_take(&at, "with check");
        set_condition(r, at, check, "with check", "WITH CHECK", table, attributes);
    }
}

static void check_command(DefinitionReader *r, Str command, bool qual, bool check, Span span)
{
    if (str_is(command, "insert") && qual)
        definition_report(r, M_BAD_POLICY, span, "a policy for INSERT has WITH CHECK only");
    else if ((str_is(command, "select") || str_is(command, "delete")) && check)
        definition_report(r, M_BAD_POLICY, span, "a policy for %s has USING only",
                          str_is(command, "select") ? "SELECT" : "DELETE");
}

/* Up to what comes first of the attributes; the cursor goes there. */
static Span head_of(Cursor *at)
{
    Cursor to = *at, using = *at, check = *at;
    size_t end = at->end;
    if (cursor_seek(&to, "to") && to.at < end)
        end = to.at;
    if (cursor_seek(&using, "using") && using.at < end)
        end = using.at;
    if (cursor_seek(&check, "with check") && check.at < end)
        end = check.at;
    Cursor head = {at->tokens, at->at, end};
    at->at = end;
    return cursor_span(head);
}

static PgQuery__CreatePolicyStmt *bare_statement(DefinitionReader *r, const PgQuery__CreatePolicyStmt *create)
{
    PgQuery__CreatePolicyStmt *bare = arena_copy(r->arena, create, sizeof *create);
    bare->policy_name = NULL;
    bare->n_roles = 0;
    bare->qual = bare->with_check = NULL;
    return bare;
}

void read_create_policy(DefinitionReader *r, const PgQuery__CreatePolicyStmt *create)
{
    Definition *d = r->out->definition;
    Cursor start = r->at;
    d->object.kind = OBJECT_POLICY;
    cursor_take(&r->at, "policy");
    Ref name = {.name = cursor_word(&r->at)};
    name.span = name.name.span;
    read_own_name(r, &name, false);
    cursor_take(&r->at, "on");
    Ref ref = cursor_ref(&r->at);
    const Table *table = read_relation(r, &ref);
    if (table == NULL)
        return;
    d->of = table->object.id;
    text_use(&r->text, ref.span, create->table->location, d->of, 0, USE_NAME);
    if (table->object.kind != OBJECT_TABLE)
        definition_report(r, M_WRONG_KIND, ref.span, "\"%.*s\" is not a table", STR_ARG(table->object.name));
    d->command = str_copy(r->arena, str_from(create->cmd_name));
    check_command(r, d->command, create->qual != NULL, create->with_check != NULL, name.span);
    text_take(&r->text, span_join(cursor_span(start), head_of(&r->at)));
    set_roles(r, create->n_roles, create->roles, &d->created);
    set_conditions(r, create->qual, create->with_check, table, &d->created);
    r->shape = &bare_statement(r, create)->base;
}

/* `alter policy name on table …` */
void read_alter_policy(DefinitionReader *r, const PgQuery__AlterPolicyStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter policy");
    Word name = cursor_word(&r->at);
    cursor_take(&r->at, "on");
    Ref ref = cursor_ref(&r->at);
    const Table *table = read_relation(r, &ref);
    const Definition *d = table == NULL ? NULL : read_part(r, OBJECT_POLICY, &table->object, name, false);
    if (d == NULL)
        return;
    check_command(r, d->command, alter->qual != NULL, alter->with_check != NULL, name.span);
    r->out->attributes = d->attributes;
    list_clone(r->arena, &r->out->attributes);
    if (alter->n_roles > 0)
        set_roles(r, alter->n_roles, alter->roles, &r->out->attributes);
    set_conditions(r, alter->qual, alter->with_check, table, &r->out->attributes);
}
