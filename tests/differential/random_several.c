/* Several things at once: actions of one `alter table`, what CREATE SCHEMA is followed by, and what replaces what is
 * there already. */
#include "random_writer.h"

/* Which of an `alter table` may stand beside others. */
static void (*const actions[])(Writer *w) = {
    write_add_column,   write_add_column,     write_drop_column,   write_alter_column,  write_alter_column,
    write_set_type,     write_set_type,       write_set_of_column, write_identity,      write_add_constraint,
    write_add_constraint, write_drop_constraint, write_add_not_valid, write_add_exclusion, write_set_storage,
};

/* In braces each does one after the other; behind commas the server does them in its own order. */
void write_alter_several(Writer *w)
{
    const Table *table;
    Str name = some_table(w, &table);
    unsigned count = 2 + below(w, 3);
    bool commas = chance(w, 50);
    if (table == NULL) {
        write_create_table(w);
        return;
    }
    w->altered = table;
    w->sql_only = commas;
    text_addf(&w->mig, "alter table %.*s { ", STR_ARG(name));
    for (unsigned i = 0; i < count; i++) {
        if (i == 0 || !commas)
            text_addf(&w->sql, "alter table %.*s ", STR_ARG(name));
        else
            text_add_c(&w->sql, ", ");
        actions[below(w, COUNT(actions))](w);
        text_add_c(&w->mig, "; ");
        text_add_c(&w->sql, commas ? "" : ";\n");
    }
    w->altered = NULL;
    text_add_c(&w->mig, "}\n");
    text_add_c(&w->sql, commas ? ";\n" : "");
}

/* ------------------------------------------------------------------ schemas */

/* The elements stand in any order but the server's. */
void write_create_schema_of(Writer *w)
{
    static const char *const names[] = {"s3", "\"Odd place\"", "s4", "s"};
    static const char *const elements[] = {
        "create view v as select a, b from t",
        "grant select on t to clerk",
        "create table u (a int primary key, b int default nextval('n'))",
        "create table t (a int primary key, b text, c int references u (a))",
        "create sequence n start 5",
        "create index on t (b)",
    };
    Str name = NEW_NAME(w, OBJECT_NAMESPACE, names);
    unsigned wanted = below(w, 1u << COUNT(elements));
    w->sql_only = true;
    bothf(w, "create schema %.*s", STR_ARG(name));
    if (chance(w, 30))
        bothf(w, " authorization %s", chance(w, 50) ? "app_role" : "current_user");
    if (chance(w, 70))
        wanted = (1u << COUNT(elements)) - 1;
    for (unsigned i = 0; i < COUNT(elements); i++) {
        if ((wanted >> i & 1) != 0)
            bothf(w, "\n%s", elements[i]);
    }
    end_statement(w);
}

/* ------------------------------------------------------------------ what is replaced */

static void write_replaced_trigger(Writer *w)
{
    static const char *const events[] = {"insert", "update or delete", "update", "truncate"};
    const Definition *trigger = (const Definition *) random_object(w, OBJECT_TRIGGER);
    const Definition *function = random_function(w, "trigger");
    if (trigger == NULL || function == NULL) {
        write_create_trigger(w);
        return;
    }
    const char *event = PICK(w, events);
    bool row = !str_is(str_from(event), "truncate") && chance(w, 70);
    bothf(w, "create or replace trigger %.*s %s %s on %.*s for each %s execute function %.*s()",
          STR_ARG(catalog_quote(w->arena, trigger->object.name)), chance(w, 50) ? "before" : "after", event,
          STR_ARG(object_sql(w->schema, schema_object(w->schema, trigger->of))), row ? "row" : "statement",
          STR_ARG(object_sql(w->schema, &function->object)));
    end_statement(w);
}

static void write_replaced_rule(Writer *w)
{
    static const char *const events[] = {"insert", "update", "delete"};
    static const char *const does[] = {"instead nothing", "also notify changed", "instead (notify changed)"};
    const Rule *rule = (const Rule *) random_object(w, OBJECT_RULE);
    if (rule == NULL) {
        write_create_rule(w);
        return;
    }
    bothf(w, "create or replace rule %.*s as on %s to %.*s do %s", STR_ARG(catalog_quote(w->arena, rule->object.name)),
          PICK(w, events), STR_ARG(object_sql(w->schema, schema_object(w->schema, rule->table))), PICK(w, does));
    end_statement(w);
}

/* With the same arguments: replaced; with others it is another one. */
static void write_replaced_routine(Writer *w, ObjectKind kind, const char *const *patterns, unsigned count)
{
    const Object *old = random_object(w, kind);
    Str name = old == NULL ? str_from("f") : object_sql(w->schema, old);
    bothf(w, "create or replace %.*s", STR_ARG(fill(w->arena, pick(w, patterns, count), name)));
    end_statement(w);
}

/* Of what it selects the first columns stay, and more may follow. */
static void write_replaced_view(Writer *w)
{
    const Table *view = (const Table *) random_object(w, OBJECT_VIEW);
    Str query = random_query(w);
    if (view == NULL || chance(w, 60)) {
        write_replace_view(w);
        return;
    }
    bothf(w, "create or replace view %.*s as %.*s", STR_ARG(object_sql(w->schema, &view->object)), STR_ARG(query));
    end_statement(w);
}

void write_replace(Writer *w)
{
    static const char *const procedures[] = {
        "procedure @() language sql as $$ select 2 $$",
        "procedure @(a int) language plpgsql security definer as $$ begin null; end $$",
        "procedure @(inout a int) language sql begin atomic select a + 1; end",
        "procedure @(inout b int) language sql as $$ select b $$",
    };
    static const char *const aggregates[] = {
        "aggregate @(int) (sfunc = int4larger, stype = int)",
        "aggregate @(text) (sfunc = text_larger, stype = text, initcond = 'a')",
        "aggregate @(numeric) (sfunc = numeric_larger, stype = numeric, parallel = restricted)",
    };
    w->sql_only = true;
    switch (below(w, 5)) {
    case 0: write_replaced_trigger(w); break;
    case 1: write_replaced_rule(w); break;
    case 2: write_replaced_view(w); break;
    case 3: write_replaced_routine(w, OBJECT_PROCEDURE, procedures, COUNT(procedures)); break;
    default: write_replaced_routine(w, OBJECT_AGGREGATE, aggregates, COUNT(aggregates));
    }
}
