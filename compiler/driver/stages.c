#include "stages.h"

Str chosen_folder(Invocation *inv)
{
    return project_folder(&inv->c->arena, argument_or(inv, inv->command->most - 1, STR("db")));
}

/* False: what is there is not the history that was locked, and checking it would mostly show the consequences. */
static bool check_rules(Invocation *inv, const Project *project, CheckedProject *checked)
{
    Compilation *c = inv->c;
    const Lock *lock = &checked->lock;
    bool rewrites = option_given(inv, OPTION_REWRITE_HISTORY), as_locked = true;
    if (!lock->readable || (lock->content.damage != LOCK_WHOLE && !rewrites))
        return true;
    LockSubjects subjects = lock_subjects(&inv->syntax, project);
    checked->differences = lock_compare(&c->arena, &lock->content.entries, &subjects);
    if (!rewrites)
        as_locked = lock_check_history(c, lock, checked->differences);
    if (option_given(inv, OPTION_LOCKED))
        lock_check_complete(c, lock, checked->differences);
    lock_check_stamps(c, lock, checked->differences, inv->now);
    return as_locked;
}

bool run_project(Invocation *inv, CheckedProject *checked)
{
    Project project;
    checked->lock = lock_load(inv->c, chosen_folder(inv));
    if (!option_given(inv, OPTION_REWRITE_HISTORY))
        lock_check_damage(inv->c, &checked->lock);
    if (!project_load(inv->c, &inv->syntax, chosen_folder(inv), &project) || !check_rules(inv, &project, checked))
        return false;
    checked->history = check_history(inv->c, &inv->syntax, project.settings, project.migrations);
    return inv->c->errors == 0;
}

bool run_check(Invocation *inv, History *history)
{
    CheckedProject checked = {0};
    bool clean = run_project(inv, &checked);
    *history = checked.history;
    return clean;
}

bool run_plan(Invocation *inv, History *history, Plan *plan)
{
    if (!run_check(inv, history))
        return false;
    *plan = plan_history(&inv->c->arena, history);
    return true;
}

bool run_build(Invocation *inv, History *history, Plan *plan)
{
    bool clean = run_plan(inv, history, plan);
    return inv->c->errors == 0 && clean;
}

Str count_migrations(Arena *arena, size_t count)
{
    return str_format(arena, "%zu migration%s", count, count == 1 ? "" : "s");
}
