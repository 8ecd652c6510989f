/* The files are data with one-line functions: behaviour is in the runtime. What varies is only texts and counts, so
 * the C is written straight out; there is no tree of it. */
#include "emit.h"

#include "bug.h"
#include "literal_c.h"
#include "model_c.h"

#include <string.h>

/* MIGRATE_RUNTIME_VERSION of the runtime/migrate.h that this writes for. Another one stops the C compiler. */
#define RUNTIME_VERSION "6"

/* What a migration is called in C, behind "up_", "migration_" and so on. */
static Str c_name(Arena *arena, Str name)
{
    Text text = text_new(arena);
    add_c_identifier(&text, name);
    return text_str(&text);
}

/* The source as every machine would name it: a path that leads out of the place where migc was started counts from the
 * project's own folder: "db/migrations/….mig". */
static Str portable_path(Arena *arena, Str path)
{
    if (!str_starts_with(path, STR("/")) && !str_starts_with(path, STR("../")))
        return path;
    Str folder = path_folder(path), project = path_base(path_folder(folder));
    Str tail = path_join(arena, path_base(folder), path_base(path));
    return str_is(project, "..") ? tail : path_join(arena, project, tail);
}

static bool has_long_sql(StepList steps)
{
    for (size_t i = 0; i < steps.count; i++) {
        const Step *step = &steps.items[i];
        const BackfillPlan *backfill = step->backfill;
        if (step->sql.len > C_LITERAL_LIMIT || (backfill != NULL && backfill->update.len > C_LITERAL_LIMIT))
            return true;
    }
    return false;
}

static void add_head(Text *out, bool long_sql)
{
    text_add_c(out, "#include <migrate.h>\n\nMIGRATE_REQUIRE_RUNTIME(" RUNTIME_VERSION ");\n");
    if (long_sql)
        text_add_c(out, "\n/* Longer than the 4095 bytes that ISO C promises; compilers take it. */\n"
                        "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
}

/* A field that is NULL stays unwritten. */
static void add_field(Text *out, size_t indent, const char *field, Str value)
{
    if (value.data == NULL)
        return;
    text_add_repeated(out, ' ', indent);
    text_addf(out, ".%s = ", field);
    add_c_literal(out, value, indent + 4 + strlen(field));
    text_add_c(out, ",\n");
}

static void add_backfill(Text *out, const BackfillPlan *backfill)
{
    if (backfill == NULL)
        return;
    text_add_c(out, "     .backfill = &(const MigrateBackfill) {\n");
    add_field(out, 9, "table", backfill->table);
    add_field(out, 9, "created", backfill->created);
    add_field(out, 9, "begin", backfill->begin);
    add_field(out, 9, "next", backfill->next);
    add_field(out, 9, "update", backfill->update);
    if (backfill->batch > 0)
        text_addf(out, "         .batch = %u,\n", (unsigned) backfill->batch);
    if (backfill->pause > 0)
        text_addf(out, "         .pause = %u,\n", (unsigned) backfill->pause);
    text_add_c(out, "     },\n");
}

static void add_flags(Text *out, const Step *step)
{
    struct { bool given; const char *name; } flags[] = {
        {step->outside, "MIGRATE_OUTSIDE"},
        {step->alone, "MIGRATE_ALONE"},
        {step->after_commit, "MIGRATE_COMMIT_BEFORE"},
        {step->require, "MIGRATE_REQUIRE"},
    };
    bool first = true;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (flags[i].given)
            text_addf(out, "%s%s", first ? "     .flags = " : " | ", flags[i].name);
        first = first && !flags[i].given;
    }
    if (!first)
        text_add_c(out, ",\n");
}

static const char *lock_mode(LockMode mode)
{
    switch (mode) {
    case LOCK_SHARE_UPDATE_EXCLUSIVE: return "MIGRATE_SHARE_UPDATE_EXCLUSIVE";
    case LOCK_SHARE: return "MIGRATE_SHARE";
    case LOCK_SHARE_ROW_EXCLUSIVE: return "MIGRATE_SHARE_ROW_EXCLUSIVE";
    case LOCK_ACCESS_EXCLUSIVE: return "MIGRATE_ACCESS_EXCLUSIVE";
    }
    BUG("lock mode %d", (int) mode);
}

/* A lock is written as its mode, name and, outside the home of unqualified names, schema. */
static void add_locks(Text *out, const RelationLocks *locks)
{
    if (locks->count == 0)
        return;
    text_add_c(out, "     .locks = (const MigrateLock[]) {");
    for (size_t i = 0; i < locks->count; i++) {
        const RelationLock *lock = &locks->items[i];
        text_addf(out, "%s{%s, ", i == 0 ? "" : ",\n                                     ", lock_mode(lock->mode));
        add_c_literal(out, lock->name, 0);
        text_add_c(out, ", ");
        if (lock->namespace.data == NULL)
            text_add_c(out, "NULL");
        else
            add_c_literal(out, lock->namespace, 0);
        text_add_char(out, '}');
    }
    text_addf(out, "},\n     .lock_count = %zu,\n", locks->count);
}

static void add_step(Compilation *c, Text *out, const Step *step)
{
    static const char before_sql[] = "     .sql = ";
    Position at = span_position(&c->arena, &c->sources, step->span.file, step->span.start);
    text_addf(out, "    {.line = %u,\n", (unsigned) at.line);
    add_flags(out, step);
    add_field(out, 5, "done", step->done);
    add_field(out, 5, "repair", step->repair);
    add_backfill(out, step->backfill);
    if (step->native.data != NULL)
        text_addf(out, "     .native = %.*s,\n", STR_ARG(step->native));
    add_locks(out, &step->locks);
    text_add_c(out, before_sql);
    add_c_literal(out, step->sql, sizeof before_sql - 1);
    text_add_c(out, "},\n");
}

/* Functions of the project's own; one that is declared twice is fine with C. */
static void declare_natives(Text *out, StepList steps)
{
    bool first = true;
    for (size_t i = 0; i < steps.count; i++) {
        Str native = steps.items[i].native;
        if (native.data == NULL)
            continue;
        text_addf(out, "%sMigrateFunction %.*s;\n", first ? "\n" : "", STR_ARG(native));
        first = false;
    }
}

/* C has no empty arrays: a direction without steps has none. */
static void add_steps(Compilation *c, Text *out, const char *direction, Str name, StepList steps)
{
    if (steps.count == 0)
        return;
    declare_natives(out, steps);
    text_addf(out, "\nstatic const MigrateStep %s_steps_%.*s[] = {\n", direction, STR_ARG(name));
    for (size_t i = 0; i < steps.count; i++)
        add_step(c, out, &steps.items[i]);
    text_add_c(out, "};\n");
}

static void add_direction(Compilation *c, Text *out, const char *direction, Str name, StepList steps)
{
    add_steps(c, out, direction, name, steps);
    text_addf(out, "\nstatic bool %s_%.*s(MigrateRun *run)\n{\n    return migrate_steps(run, ", direction,
              STR_ARG(name));
    if (steps.count == 0)
        text_add_c(out, "NULL, 0);\n}\n");
    else
        text_addf(out, "%s_steps_%.*s,\n                         MIGRATE_COUNT(%s_steps_%.*s));\n}\n", direction,
                  STR_ARG(name), direction, STR_ARG(name));
}

/* An array of texts, called WHAT_NAME; C has no empty ones. */
static void add_texts(Text *out, const char *what, Str name, StrList texts)
{
    if (texts.count == 0)
        return;
    text_addf(out, "\nstatic const char *const %s_%.*s[] = {\n", what, STR_ARG(name));
    for (size_t i = 0; i < texts.count; i++) {
        text_add_c(out, "    ");
        add_c_literal(out, texts.items[i], 4);
        text_add_c(out, ",\n");
    }
    text_add_c(out, "};\n");
}

static StrList texts_of_losses(Arena *arena, const Losses *losses)
{
    StrList texts = {0};
    for (size_t i = 0; i < losses->count; i++)
        list_push(arena, &texts, losses->items[i].what);
    return texts;
}

static void add_definition(Text *out, const PlannedMigration *planned, Str name, Str path)
{
    const MigrationInfo *migration = planned->migration;
    bool irreversible = migration->irreversible.data != NULL;
    text_addf(out, "\nconst Migration migration_%.*s = {\n", STR_ARG(name));
    add_field(out, 4, "name", migration->name);
    add_field(out, 4, "stored", migration->stored);
    add_field(out, 4, "file", path);
    add_field(out, 4, "checksum", migration->checksum);
    text_addf(out, "    .up = up_%.*s,\n", STR_ARG(name));
    if (!irreversible)
        text_addf(out, "    .down = down_%.*s,\n", STR_ARG(name));
    add_field(out, 4, "irreversible", migration->irreversible);
    if (migration->losses.count > 0)
        text_addf(out, "    .losses = losses_%.*s,\n    .loss_count = MIGRATE_COUNT(losses_%.*s),\n", STR_ARG(name),
                  STR_ARG(name));
    if (migration->replaces.count > 0)
        text_addf(out, "    .replaces = replaces_%.*s,\n    .replaces_count = MIGRATE_COUNT(replaces_%.*s),\n",
                  STR_ARG(name), STR_ARG(name));
    if (planned->model.count > 0)
        text_addf(out, "    .model = model_%.*s,\n    .model_count = MIGRATE_COUNT(model_%.*s),\n", STR_ARG(name),
                  STR_ARG(name));
    text_add_c(out, "};\n");
}

static EmittedFile emit_migration(Compilation *c, const PlannedMigration *planned)
{
    const MigrationInfo *migration = planned->migration;
    Text out = text_new(&c->arena);
    Str name = c_name(&c->arena, migration->name);
    Str path = portable_path(&c->arena, source_file(&c->sources, migration->file)->path);
    text_add_c(&out, EMIT_MARK " from ");
    add_c_comment(&out, path);
    text_add_c(&out, ". Do not edit. */\n");
    add_head(&out, has_long_sql(planned->up) || has_long_sql(planned->down) || model_has_long_sql(&planned->model));
    add_direction(c, &out, "up", name, planned->up);
    if (migration->irreversible.data == NULL)
        add_direction(c, &out, "down", name, planned->down);
    add_texts(&out, "replaces", name, migration->replaces);
    add_texts(&out, "losses", name, texts_of_losses(&c->arena, &migration->losses));
    add_model(&c->arena, &out, name, planned);
    add_definition(&out, planned, name, path);
    return (EmittedFile) {str_format(&c->arena, "%.*s.c", STR_ARG(migration->name)), text_str(&out)};
}

static void add_table(Compilation *c, Text *out, const Plan *plan)
{
    text_add_char(out, '\n');
    for (size_t i = 0; i < plan->migrations.count; i++)
        text_addf(out, "extern const Migration migration_%.*s;\n",
                  STR_ARG(c_name(&c->arena, plan->migrations.items[i].migration->name)));
    text_add_c(out, "\nstatic const Migration *const migrations[] = {\n");
    for (size_t i = 0; i < plan->migrations.count; i++)
        text_addf(out, "    &migration_%.*s,\n",
                  STR_ARG(c_name(&c->arena, plan->migrations.items[i].migration->name)));
    text_add_c(out, "};\n");
}

static void add_project(Text *out, const Settings *settings, bool empty)
{
    text_add_c(out, "\nconst MigrateProject migrate_project = {\n    .runtime = " RUNTIME_VERSION ",\n");
    add_field(out, 4, "name", settings->name);
    add_field(out, 4, "schema", settings->schema);
    add_field(out, 4, "history_schema", settings->history_schema);
    add_field(out, 4, "history_table", settings->history_table);
    if (settings->transaction_each)
        text_add_c(out, "    .transaction = MIGRATE_EACH,\n");
    text_addf(out, "    .postgres = %u,\n", settings->postgres);
    if (!empty)
        text_add_c(out, "    .migrations = migrations,\n    .count = MIGRATE_COUNT(migrations),\n");
    text_add_c(out, "};\n");
}

static EmittedFile emit_project(Compilation *c, const Plan *plan)
{
    Text out = text_new(&c->arena);
    bool empty = plan->migrations.count == 0;
    text_add_c(&out, EMIT_MARK ". Do not edit. */\n");
    add_head(&out, false);
    if (!empty)
        add_table(c, &out, plan);
    add_project(&out, &plan->history->settings, empty);
    return (EmittedFile) {STR("migrations.c"), text_str(&out)};
}

EmittedFiles emit_plan(Compilation *c, const Plan *plan)
{
    EmittedFiles files = {0};
    for (size_t i = 0; i < plan->migrations.count; i++)
        list_push(&c->arena, &files, emit_migration(c, &plan->migrations.items[i]));
    list_push(&c->arena, &files, emit_project(c, plan));
    return files;
}
