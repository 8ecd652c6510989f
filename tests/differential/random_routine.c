/* Functions, procedures and what is made of them: aggregates. */
#include "random_writer.h"

static const char *const routine_names[] = {"f", "g", "touch", "\"Odd fn\"", "next_one"};

/* @: the name; what it takes differs, so that names can be shared. */
static const char *const plain[] = {
    "function @(a int) returns int language sql immutable as $$ select a + 1 $$",
    "function @(a int) returns int language sql immutable return a + 2",
    "function @(a int, b int default 3) returns int language sql begin atomic select a + b; end",
    "function @(a text) returns text language sql stable strict as $$ select lower(a) $$",
    "function @(a text) returns bool language plpgsql immutable cost 50 as $$ begin return a <> ''; end $$",
    "function @() returns timestamptz language sql as 'select now()'",
    "function @(n int, out a int, out b text) returns setof record language sql rows 5 as $$ select n, 'x'::text $$",
    "function @(variadic list int[]) returns bigint language sql as $$ select count(*) from unnest(list) $$",
    "function @(a int) returns table (x int, y text) language sql as $$ select a, 'y'::text $$",
};

static const char *const trigger_bodies[] = {
    "function @() returns trigger language plpgsql as $$ begin return new; end $$",
    "function @() returns trigger language plpgsql security definer as $$ begin return null; end $$",
};

static void write_function(Writer *w, const char *verb, const char *pattern, Str name)
{
    w->sql_only = true;
    bothf(w, "%s %.*s", verb, STR_ARG(fill(w->arena, pattern, name)));
    end_statement(w);
}

/* One that is about a table or a type of the schema. */
static void write_function_of(Writer *w, Str name)
{
    const Table *relation = random_relation(w);
    const Object *type = random_object(w, chance(w, 50) ? OBJECT_ENUM : OBJECT_DOMAIN);
    Str row = relation == NULL ? STR("t") : object_sql(w->schema, &relation->object);
    Str of = type == NULL ? STR("int") : object_sql(w->schema, type);
    w->sql_only = true;
    bothf(w, "create function %.*s", STR_ARG(name));
    switch (below(w, 5)) {
    case 0: bothf(w, "(r %.*s) returns bool language sql immutable return true", STR_ARG(row)); break;
    case 1: bothf(w, "() returns setof %.*s language sql stable as $$ select * from %.*s $$", STR_ARG(row),
            STR_ARG(row)); break;
    case 2: bothf(w, "() returns bigint language sql stable begin atomic select count(*) from %.*s; end",
            STR_ARG(row)); break;
    case 3: bothf(w, "(a %.*s) returns text language sql immutable return a::text", STR_ARG(of)); break;
    default: bothf(w, "(a %.*s, b int) returns %.*s language sql immutable as $$ select a $$", STR_ARG(of),
            STR_ARG(of));
    }
    end_statement(w);
}

void write_create_function(Writer *w)
{
    Str name = NEW_NAME(w, OBJECT_FUNCTION, routine_names);
    unsigned choice = below(w, 10);
    if (choice < 4)
        write_function(w, "create", PICK(w, plain), name);
    else if (choice < 7)
        write_function(w, "create", PICK(w, trigger_bodies), name);
    else
        write_function_of(w, name);
}

void write_replace_function(Writer *w)
{
    const Object *old = random_object(w, OBJECT_FUNCTION);
    Str name = old == NULL ? STR("f") : object_sql(w->schema, old);
    write_function(w, "create or replace", chance(w, 70) ? PICK(w, plain) : PICK(w, trigger_bodies), name);
}

void write_alter_function(Writer *w)
{
    static const char *const actions[] = {"stable", "immutable", "volatile", "strict", "called on null input",
                                          "security definer", "security invoker", "cost 7", "parallel safe",
                                          "set work_mem = '1MB'", "set search_path = public", "reset all", "leakproof",
                                          "reset work_mem", "not leakproof"};
    const Definition *d = (const Definition *) random_object(w, OBJECT_FUNCTION);
    w->sql_only = true;
    if (d == NULL) {
        write_create_function(w);
        return;
    }
    bothf(w, "alter function %.*s %s", STR_ARG(definition_identity(w->schema, d)), PICK(w, actions));
    end_statement(w);
}

void write_create_procedure(Writer *w)
{
    static const char *const bodies[] = {
        "procedure @() language sql as $$ select 1 $$",
        "procedure @(a int) language plpgsql as $$ begin a := a + 1; end $$",
        "procedure @(inout a int) language sql begin atomic select a; end",
    };
    write_function(w, "create", PICK(w, bodies), NEW_NAME(w, OBJECT_PROCEDURE, routine_names));
}

/* A function that takes two ints, or ours that does. */
void write_create_aggregate(Writer *w)
{
    static const char *const patterns[] = {
        "aggregate @(int) (sfunc = int4pl, stype = int, initcond = '0')",
        "aggregate @(text) (sfunc = textcat, stype = text)",
        ("aggregate @(numeric) (sfunc = numeric_add, stype = numeric, initcond = '0', "
         "combinefunc = numeric_add, parallel = safe)"),
    };
    static const char *const names[] = {"total", "joined", "sum_of"};
    const Definition *f = random_function(w, "int4");
    Str name = NEW_NAME(w, OBJECT_AGGREGATE, names);
    if (f == NULL || f->arguments.count != 2 || chance(w, 50)) {
        write_function(w, "create", PICK(w, patterns), name);
        return;
    }
    w->sql_only = true;
    bothf(w, "create aggregate %.*s(int) (sfunc = %.*s, stype = int, initcond = '1')", STR_ARG(name),
          STR_ARG(object_sql(w->schema, &f->object)));
    end_statement(w);
}
