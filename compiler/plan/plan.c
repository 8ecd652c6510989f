/* Changes to SQL, one change after the other, on a schema of the planner's own. */
#include "plan.h"

#include "sql_text.h"

enum { HEAD = 60 };  /* of a statement, in a message */

static void plan_change(Schema *schema, const Change *change, bool outside, StepList *steps)
{
    StrList statements = {0};
    change_sql(schema, change, &statements);
    size_t own = change->concurrent ? statements.count : 0;
    change_apply(schema, change);
    change_attributes_sql(schema, change, &statements);
    for (size_t i = 0; i < statements.count; i++)
        list_push(schema->arena, steps, (Step) {.sql = statements.items[i], .span = change->span,
                                                .outside = outside || i < own,
                                                .after_commit = change->after_commit && i == 0});
}

static bool makes_text(const Change *change)
{
    const Object *object = change->kind == CHANGE_CREATE    ? change->create.object
                           : change->kind == CHANGE_REPLACE ? change->replace.object
                                                            : NULL;
    const Routine *routine = object_is_definition(object) ? ((const Definition *) object)->routine : NULL;
    return routine != NULL && routine->text;
}

/* On the way down a function in SQL may come back before the names in its text do. The server would look. */
static void trust_texts(Schema *schema, const ChangeList *changes, bool outside, StepList *steps)
{
    for (size_t i = 0; i < changes->count; i++) {
        if (!makes_text(&changes->items[i]))
            continue;
        Str sql = outside ? STR("SET check_function_bodies = off") : STR("SET LOCAL check_function_bodies = off");
        list_push(schema->arena, steps, (Step) {.sql = sql, .span = changes->items[i].span, .outside = outside});
        return;
    }
}

static StepList plan_changes(Schema *schema, const ChangeList *changes, bool outside, bool down)
{
    StepList steps = {0};
    if (down)
        trust_texts(schema, changes, outside, &steps);
    for (size_t i = 0; i < changes->count; i++)
        plan_change(schema, &changes->items[i], outside, &steps);
    return steps;
}

Plan plan_history(Arena *arena, const History *history)
{
    Plan plan = {.history = history};
    Schema schema = schema_new(arena, history->catalog, history->settings.schema);
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        PlannedMigration planned = {.migration = migration};
        bool outside = span_is_known(migration->no_transaction);
        planned.up = plan_changes(&schema, &migration->up, outside, false);
        size_t mark = schema_mark(&schema);
        planned.down = plan_changes(&schema, &migration->down, outside, true);
        schema_rollback(&schema, mark);
        list_push(arena, &plan.migrations, planned);
    }
    return plan;
}

/* The first step of either direction that must not run in a transaction; NULL: none. */
static const Step *first_outside(const PlannedMigration *planned)
{
    for (size_t i = 0; i < planned->up.count; i++) {
        if (planned->up.items[i].outside)
            return &planned->up.items[i];
    }
    for (size_t i = 0; i < planned->down.count; i++) {
        if (planned->down.items[i].outside)
            return &planned->down.items[i];
    }
    return NULL;
}

void plan_check(Compilation *c, const Plan *plan)
{
    for (size_t i = 0; i < plan->migrations.count; i++) {
        const PlannedMigration *planned = &plan->migrations.items[i];
        Span clause = planned->migration->no_transaction;
        const Step *step = first_outside(planned);
        if (step == NULL && !span_is_known(clause))
            continue;
        report(c, M_NOT_YET, span_head(span_is_known(clause) ? clause : step->span, HEAD),
               "this runs outside a transaction, which `migrate` cannot do yet");
        note(c, "this version runs everything that is pending in one transaction");
    }
}

static void dump_steps(Compilation *c, StepList steps, Text *out)
{
    for (size_t i = 0; i < steps.count; i++) {
        Step step = steps.items[i];
        Position at = span_position(&c->arena, &c->sources, step.span.file, step.span.start);
        text_addf(out, "-- line %u%s%s\n%.*s;\n", (unsigned) at.line, step.outside ? ", outside a transaction" : "",
                  step.after_commit ? ", after a commit" : "",
                  STR_ARG(step.sql));
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
