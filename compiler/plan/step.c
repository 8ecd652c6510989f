#include "step.h"

static void join_locks(Arena *arena, RelationLocks *locks, RelationLocks others)
{
    list_clone(arena, locks);
    for (size_t i = 0; i < others.count; i++)
        locks_add(arena, locks, others.items[i]);
}

static void join(Arena *arena, Step *step, const Step *next)
{
    for (size_t i = 0; i < next->alterations.list.count; i++)
        list_push(arena, &step->alterations.list, next->alterations.list.items[i]);
    join_locks(arena, &step->locks, next->locks);
    step->sql = alterations_sql(arena, &step->alterations);
    if (step->span.file == next->span.file)
        step->span = span_join(step->span, next->span);
}

/* One statement is where its last part is: what has to go before a part goes before them all. */
static bool join_statement(Arena *arena, StepList *steps, const Step *next)
{
    for (size_t i = 0; next->alterations.statement != 0 && i < steps->count; i++) {
        Step first = steps->items[i];
        if (first.alterations.statement != next->alterations.statement)
            continue;
        list_remove(steps, i);
        join(arena, &first, next);
        list_push(arena, steps, first);
        return true;
    }
    return false;
}

StepList steps_merge(Arena *arena, StepList steps)
{
    StepList merged = {0};
    for (size_t i = 0; i < steps.count; i++) {
        const Step *next = &steps.items[i];
        if (join_statement(arena, &merged, next))
            continue;
        Step *last = merged.count == 0 ? NULL : &merged.items[merged.count - 1];
        if (last != NULL && !next->after_commit && alterations_share(&last->alterations, &next->alterations))
            join(arena, last, next);
        else
            list_push(arena, &merged, *next);
    }
    return merged;
}
