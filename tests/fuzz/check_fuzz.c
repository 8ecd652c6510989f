/* The whole compiler on arbitrary bytes: the input is a migration that comes after a fixed one, so that its names
 * have something to mean. Whatever is wrong must be reported, never crash; what is accepted must survive planning
 * and emitting. */
#include "check.h"
#include "emit.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char baseline[] =
    "up {\n"
    "  create schema s; create extension citext; create enum e ('a', 'b');\n"
    "  create table t { id serial primary key; a text unique; b int null check (b > 0); c e default 'a'; d citext;\n"
    "    g int generated always as (b * 2) stored; index (lower(a)) where b > 1; }\n"
    "  create table s.u { id uuid primary key; t int references t on delete cascade; at timestamptz default now(); }\n"
    "}\n"
    "down auto;\n";

static void add_migration(Compilation *c, Syntax *syntax, ParsedMigrations *migrations, const char *name, Str text)
{
    uint32_t file = source_add(&c->arena, &c->sources, str_from(name), text);
    if (!syntax_check_bytes(syntax, file))
        return;
    NodeMigration *tree = (NodeMigration *) syntax_parse(syntax, file);
    if (tree != NULL && tree->node.kind == NODE_MIGRATION)
        list_push(&c->arena, migrations, (ParsedMigration) {file, str_from(name), tree});
}

static void check_and_emit(Compilation *c, Syntax *syntax, ParsedMigrations migrations)
{
    History history = check_history(c, syntax, settings_default(STR("fuzz")), migrations);
    if (c->errors > 0)
        return;
    Plan plan = plan_history(&c->arena, &history);
    Text out = text_new(&c->arena);
    plan_dump(c, &plan, &out);
    history_dump(c, &history, &out);
    emit_plan(c, &plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation c = {0};
    Syntax syntax = syntax_new(&c);
    ParsedMigrations migrations = {0};
    Str input = {(const char *) data, size};
    add_migration(&c, &syntax, &migrations, "20260101000000_baseline", str_from(baseline));
    add_migration(&c, &syntax, &migrations, "20260101000001_input", str_copy(&c.arena, input));
    if (c.errors == 0)
        check_and_emit(&c, &syntax, migrations);
    reports_render(&c, (RenderOptions) {.format = FORMAT_TEXT});
    reports_render(&c, (RenderOptions) {.format = FORMAT_JSON});
    reports_render(&c, (RenderOptions) {.format = FORMAT_GITHUB});
    compilation_free(&c);
    return 0;
}
