/* Changes to SQL, one change after the other, on a schema of the planner's own. */
#include "plan.h"

#include "probe.h"
#include "sql_text.h"

#include <ctype.h>
#include <strings.h>

static bool begins_with_word(Str sql, Str word)
{
    return sql.len > word.len && strncasecmp(sql.data, word.data, word.len) == 0 &&
           !isalnum((unsigned char) sql.data[word.len]) && sql.data[word.len] != '_';
}

/* What may have transactions of its own where nothing is around it. */
static bool is_procedure(const Change *change)
{
    return change->kind == CHANGE_RUN_SQL &&
           (begins_with_word(change->run_sql.sql, STR("call")) || begins_with_word(change->run_sql.sql, STR("do")));
}

/* Whether the change's own statement cannot stand in a transaction. */
static bool is_outside(const Change *change)
{
    return change->concurrent || (change->kind == CHANGE_DISINHERIT && change->disinherit.concurrently);
}

typedef struct Planner {
    const History *history;
    Schema *schema;
    Arena scratch;  /* for what is on the way to a statement */
    const MigrationInfo *migration;
    bool apart;  /* the migration says `transaction none` */
    bool down;
} Planner;

static const MigrationInfo *migration_in(const History *history, uint32_t file)
{
    for (size_t i = 0; i < history->migrations.count; i++) {
        if (history->migrations.items[i].file == file)
            return &history->migrations.items[i];
    }
    return NULL;
}

/* NULL where it is better done at once: a table that the migration has just made has only its own rows, and nobody else
 * uses it. */
static const BackfillPlan *plan_backfill(Planner *p, const BackfillChange *change)
{
    Span made = schema_object(p->schema, change->table)->created;
    const MigrationInfo *maker = p->down ? NULL : migration_in(p->history, made.file);
    if (maker == p->migration)
        return NULL;
    BackfillPlan plan = *backfill_plan(p->schema, change);
    plan.created = maker == NULL ? (Str) {0} : maker->name;
    return arena_copy(p->schema->arena, &plan, sizeof plan);
}

static void plan_change(Planner *p, const Change *change, StepList *steps)
{
    Schema *schema = p->schema;
    bool apart = p->apart, alone = (apart && change->statement == 0) || is_outside(change);
    StrList statements = {0};
    Probe probe = is_outside(change) ? probe_change(schema, change) : (Probe) {0};
    RelationLocks locks = change_locks(schema, change);
    Alterations alterations = alone ? (Alterations) {0} : change_alterations(schema, change);
    Schema reader = schema_reader(schema, &p->scratch);
    change_sql(&reader, change, &statements);
    size_t own = is_outside(change) || (apart && is_procedure(change)) ? statements.count : 0;
    change_apply(schema, change);
    reader = schema_reader(schema, &p->scratch);
    change_attributes_sql(&reader, change, &statements);
    for (size_t i = 0; i < statements.count; i++) {
        Step step = {.sql = str_copy(schema->arena, statements.items[i]), .span = change->span, .outside = i < own};
        step.alone = apart && !step.outside;
        step.after_commit = change->after_commit && i == 0;
        step.require = change->kind == CHANGE_REQUIRE;
        if (change->kind == CHANGE_BACKFILL)
            step.backfill = plan_backfill(p, &change->backfill);
        if (change->kind == CHANGE_CALL_NATIVE)
            step.native = change->native.function;
        if (step.outside) {
            step.done = probe.done;
            step.repair = probe.repair;
        } else {
            step.locks = locks;
        }
        if (i == 0)
            step.alterations = alterations;
        list_push(schema->arena, steps, step);
    }
    arena_empty(&p->scratch);
}

static bool makes_text(const Change *change)
{
    const Object *object = change->kind == CHANGE_CREATE    ? change->create.object
                           : change->kind == CHANGE_REPLACE ? change->replace.object
                                                            : NULL;
    const Routine *routine = object_is_definition(object) ? ((const Definition *) object)->routine : NULL;
    return routine != NULL && routine->text;
}

/* On the way down a function in SQL may come back before the names in its text do, and the server would look. */
static void trust_texts(Planner *p, const Change *change, StepList *steps)
{
    Step step = {.span = change->span, .alone = p->apart};
    step.sql = p->apart ? STR("SET check_function_bodies = off") : STR("SET LOCAL check_function_bodies = off");
    list_push(p->schema->arena, steps, step);
}

static StepList plan_changes(Planner *p, const ChangeList *changes, bool down)
{
    StepList steps = {0};
    p->down = down;
    bool trusts = false;
    for (size_t i = 0; i < changes->count; i++) {
        const Change *change = &changes->items[i];
        if (down && !trusts && makes_text(change)) {
            trust_texts(p, change, &steps);
            trusts = true;
        }
        plan_change(p, change, &steps);
        trusts = trusts && !is_outside(change);
    }
    return steps_merge(p->schema->arena, steps);
}

static void add_unfollowed(Arena *arena, const ChangeList *up, ModelPieces *model)
{
    for (size_t i = 0; i < up->count; i++) {
        const RunSqlChange *run = &up->items[i].run_sql;
        ModelPiece piece = {.title = STR("SQL that is not followed"), .place = PIECE_UNFOLLOWED};
        if (up->items[i].kind != CHANGE_RUN_SQL || run->unfollowed.names.count == 0)
            continue;
        piece.unfollowed = run->unfollowed;
        list_push(arena, &piece.statements, run->sql);
        list_push(arena, model, piece);
    }
}

PlannedMigration plan_migration(Schema *schema, const History *history, const MigrationInfo *migration)
{
    Planner planner = {.history = history, .schema = schema, .migration = migration};
    PlannedMigration planned = {.migration = migration};
    planner.apart = span_is_known(migration->no_transaction);
    planned.up = plan_changes(&planner, &migration->up, false);
    size_t mark = schema_mark(schema);
    planned.down = plan_changes(&planner, &migration->down, true);
    schema_rollback(schema, mark);
    arena_free(&planner.scratch);
    return planned;
}

Plan plan_history(Arena *arena, const History *history)
{
    Plan plan = {.history = history};
    Arena scratch = {0};
    Schema schema = schema_new(arena, history->catalog, history->settings.schema);
    Model model = model_new(arena, &scratch, &schema);
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        size_t before = schema_mark(&schema);
        PlannedMigration planned = plan_migration(&schema, history, migration);
        planned.model = model_update(&model, &schema, before);
        add_unfollowed(arena, &migration->up, &planned.model);
        schema_settle(&schema);
        list_push(arena, &plan.migrations, planned);
    }
    arena_free(&scratch);
    return plan;
}

static void dump_backfill(const BackfillPlan *backfill, Text *out)
{
    const struct { const char *what; Str sql; } parts[] = {
        {"begin", backfill->begin}, {"next", backfill->next}, {"update", backfill->update},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_addf(out, "--   %s: %.*s\n", parts[i].what, STR_ARG(parts[i].sql));
}

static void add_rhythm(const BackfillPlan *backfill, Text *out)
{
    text_add_c(out, ", in batches");
    if (backfill->batch > 0)
        text_addf(out, " of %u rows", (unsigned) backfill->batch);
    if (backfill->pause > 0)
        text_addf(out, ", %u ms between them", (unsigned) backfill->pause);
}

static void dump_steps(Compilation *c, StepList steps, Text *out)
{
    for (size_t i = 0; i < steps.count; i++) {
        Step step = steps.items[i];
        Position at = span_position(&c->arena, &c->sources, step.span.file, step.span.start);
        const char *place = step.outside ? ", outside a transaction"
                            : step.alone ? ", in a transaction of its own" : "";
        text_addf(out, "-- line %u%s%s", (unsigned) at.line, place, step.after_commit ? ", after a commit" : "");
        if (step.backfill != NULL)
            add_rhythm(step.backfill, out);
        text_add_char(out, '\n');
        if (step.backfill != NULL)
            dump_backfill(step.backfill, out);
        text_addf(out, "%.*s;\n", STR_ARG(step.sql));
    }
}

/* What a way down cannot bring back; nothing where it loses nothing. */
static void dump_grade(const MigrationInfo *migration, Text *out)
{
    for (size_t i = 0; i < migration->losses.count; i++)
        text_addf(out, "%s%.*s", i == 0 ? "-- lossy: " : ", ", STR_ARG(migration->losses.items[i].what));
    if (migration->losses.count > 0)
        text_add_char(out, '\n');
}

void plan_dump(Compilation *c, const Plan *plan, Text *out)
{
    for (size_t i = 0; i < plan->migrations.count; i++) {
        const PlannedMigration *planned = &plan->migrations.items[i];
        Str name = planned->migration->name, reason = planned->migration->irreversible;
        text_addf(out, "-- %.*s up\n", STR_ARG(name));
        dump_steps(c, planned->up, out);
        if (reason.data != NULL)
            text_addf(out, "-- %.*s irreversible: %.*s\n", STR_ARG(name), STR_ARG(reason));
        else
            text_addf(out, "-- %.*s down\n", STR_ARG(name));
        dump_grade(planned->migration, out);
        dump_steps(c, planned->down, out);
    }
}
