#include "stages.h"

#include "project.h"

Str chosen_folder(Invocation *inv)
{
    return project_folder(&inv->c->arena, argument_or(inv, 0, STR("db")));
}

bool run_check(Invocation *inv, History *history)
{
    Project project;
    if (!project_load(inv->c, &inv->syntax, chosen_folder(inv), &project))
        return false;
    *history = check_history(inv->c, &inv->syntax, project.settings, project.migrations);
    return inv->c->errors == 0;
}

bool run_plan(Invocation *inv, History *history, Plan *plan)
{
    if (!run_check(inv, history))
        return false;
    *plan = plan_history(&inv->c->arena, history);
    return true;
}

Str count_migrations(Arena *arena, size_t count)
{
    return str_format(arena, "%zu migration%s", count, count == 1 ? "" : "s");
}
