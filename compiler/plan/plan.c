/* Changes to SQL, one change after the other, on a schema of the planner's own. */
#include "plan.h"

#include "sql_text.h"

static void plan_change(Schema *schema, const Change *change, StepList *steps)
{
    StrList statements = {0};
    change_sql(schema, change, &statements);
    change_apply(schema, change);
    change_attributes_sql(schema, change, &statements);
    for (size_t i = 0; i < statements.count; i++) {
        Step step = {.sql = statements.items[i], .span = change->span, .after_commit = change->after_commit && i == 0};
        list_push(schema->arena, steps, step);
    }
}

static StepList plan_changes(Schema *schema, const ChangeList *changes)
{
    StepList steps = {0};
    for (size_t i = 0; i < changes->count; i++)
        plan_change(schema, &changes->items[i], &steps);
    return steps;
}

Plan plan_history(Arena *arena, const History *history)
{
    Plan plan = {.history = history};
    Schema schema = schema_new(arena, history->catalog, history->settings.schema);
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        PlannedMigration planned = {.migration = migration};
        planned.up = plan_changes(&schema, &migration->up);
        size_t mark = schema_mark(&schema);
        planned.down = plan_changes(&schema, &migration->down);
        schema_rollback(&schema, mark);
        list_push(arena, &plan.migrations, planned);
    }
    return plan;
}

static void dump_steps(Compilation *c, StepList steps, Text *out)
{
    for (size_t i = 0; i < steps.count; i++) {
        Step step = steps.items[i];
        Position at = span_position(&c->arena, &c->sources, step.span.file, step.span.start);
        text_addf(out, "-- line %u%s\n%.*s;\n", (unsigned) at.line, step.after_commit ? ", after a commit" : "",
                  STR_ARG(step.sql));
    }
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
        dump_steps(c, planned->down, out);
    }
}
