/* The smallest history that fails in the same way: groups of migrations are left out, ever smaller ones, and then
 * statements. What cannot be done any more without them goes with them. */
#include "random_replay.h"

#include <stdio.h>

void print_lines(Str text)
{
    for (size_t start = 0, i = 0; i <= text.len; i++) {
        if (i < text.len && text.data[i] != '\n')
            continue;
        if (i > start)
            printf("# %.*s\n", STR_ARG(str_slice(text, start, i)));
        start = i + 1;
    }
}

/* The statements that the compiler takes, one by one. */
static Statements possible_statements(Machine *m, Replay *r, Statements statements)
{
    Statements possible = {0};
    size_t mark = schema_mark(checker_schema(r->checker));
    for (size_t i = 0; i < statements.count; i++) {
        MigrationInfo info = {0};
        Statements alone = {&statements.items[i], 1, 1};
        size_t before = schema_mark(checker_schema(r->checker));
        if (replay_check(r, &alone, &info))
            list_push(&m->arena, &possible, statements.items[i]);
        else
            checker_take_back(r->checker, before);
    }
    checker_take_back(r->checker, mark);
    return possible;
}

/* From nothing: all but the last one, as far as they can be done, then the last one. Leaves what could be done. */
static Outcome try_all(Machine *m, Replay *r, Candidates *candidates, Outcome wanted)
{
    Candidates done = {0};
    machine_use_new(m, m->spare);
    replay_begin(r, machine_version(m));
    for (size_t i = 0; i + 1 < candidates->count; i++) {
        if (replay_add(r, m, &candidates->items[i]))
            list_push(&m->arena, &done, candidates->items[i]);
    }
    r->empty = STR("");
    if (r->accepted.count > 0)
        r->accepted.items[r->accepted.count - 1].after = machine_describe(m);
    else
        r->empty = machine_describe(m);
    Statements last = candidates->items[candidates->count - 1];
    if (wanted != WE_REFUSE && last.count > 1)
        last = possible_statements(m, r, last);
    list_push(&m->arena, &done, last);
    *candidates = done;
    if (last.count == 0)
        return BOTH_REFUSE;
    return replay_try(r, m, &last);
}

static bool fails_alike(Machine *m, Candidates *candidates, Outcome outcome)
{
    Replay r = {0};
    Outcome found = try_all(m, &r, candidates, outcome);
    replay_end(&r);
    return found == outcome;
}

static Candidates without(Arena *arena, const Candidates *all, size_t first, size_t count)
{
    Candidates less = {0};
    for (size_t i = 0; i < all->count; i++) {
        if (i < first || i >= first + count)
            list_push(arena, &less, all->items[i]);
    }
    return less;
}

static void shrink_migrations(Machine *m, Candidates *all, Outcome outcome)
{
    for (size_t size = all->count / 2; size > 0; size /= 2) {
        for (size_t end = all->count - 1; end > 0; end = end < all->count ? end : all->count - 1) {
            size_t count = end < size ? end : size;
            Candidates less = without(&m->arena, all, end - count, count);
            if (fails_alike(m, &less, outcome))
                *all = less;
            end -= count;
        }
    }
}

static void shrink_statements(Machine *m, Candidates *all, Outcome outcome)
{
    for (size_t i = all->count; i > 0; i--) {
        for (size_t j = i > all->count ? 0 : all->items[i - 1].count; j > 0 && i <= all->count; j--) {
            Candidates less = *all;
            list_clone(&m->arena, &less);
            Statements *statements = &less.items[i - 1];
            if (statements->count < 2 || statements->count < j)
                continue;
            list_clone(&m->arena, statements);
            list_remove(statements, j - 1);
            if (fails_alike(m, &less, outcome))
                *all = less;
        }
    }
}

/* Marks the lines of the text, or prints those that have this mark alone. */
static void each_line(Map *marks, Str text, uint64_t mark, const char *sign)
{
    for (size_t start = 0, i = 0; i < text.len; i++) {
        if (text.data[i] != '\n')
            continue;
        Str line = str_slice(text, start, i);
        if (sign == NULL)
            map_set(marks, line, map_get(marks, line) | mark);
        else if (map_get(marks, line) == mark)
            printf("# %s %.*s\n", sign, STR_ARG(line));
        start = i + 1;
    }
}

void print_difference(Arena *arena, Str wanted, Str found)
{
    Map marks = map_new(arena);
    each_line(&marks, wanted, 1, NULL);
    each_line(&marks, found, 2, NULL);
    each_line(&marks, wanted, 1, "-");
    each_line(&marks, found, 2, "+");
}

static void print_states(Machine *m, const PlannedMigration *planned, Str before, Str theirs)
{
    machine_run(m, STR("begin"));
    machine_run_steps(m, &planned->up);
    Str up = machine_describe(m);
    if (theirs.data != NULL)
        print_difference(&m->arena, theirs, up);
    if (machine_run_steps(m, &planned->down))
        print_difference(&m->arena, before, machine_describe(m));
    machine_run(m, STR("rollback"));
}

static void print_steps(const char *title, const StepList *steps)
{
    printf("# -- %s\n", title);
    for (size_t i = 0; i < steps->count; i++) {
        print_lines(steps->items[i].sql);
    }
}

void print_last(Machine *m, Replay *r, const Statements *last, Outcome outcome)
{
    MigrationInfo info = {0};
    size_t mark = schema_mark(checker_schema(r->checker));
    Str theirs = {0};
    bool fine = replay_check(r, last, &info);
    print_lines(reports_render(&r->c, (RenderOptions) {.format = FORMAT_TEXT}));
    print_lines(m->error);
    if (!fine || outcome < UP_FAILS)
        return;
    machine_run(m, STR("begin"));
    for (size_t i = 0; i < last->count; i++)
        machine_run(m, last->items[i].sql);
    theirs = machine_describe(m);
    machine_run(m, STR("rollback"));
    schema_rollback(checker_schema(r->checker), mark);
    PlannedMigration planned = plan_migration(checker_schema(r->checker), &r->history, &info);
    print_steps("up", &planned.up);
    print_steps("down", &planned.down);
    if (outcome == UP_DIFFERS || outcome == DOWN_DIFFERS)
        print_states(m, &planned, replay_state(r), theirs);
}

void print_failure(Machine *m, uint64_t seed, const Replay *failing, const Statements *last, Outcome outcome)
{
    Machine other = {.folder = m->folder, .describe = m->describe, .spare = m->spare};
    Candidates all = {0};
    Replay r = {0};
    for (size_t i = 0; i < failing->accepted.count; i++)
        list_push(&other.arena, &all, failing->accepted.items[i].statements);
    list_push(&other.arena, &all, *last);
    shrink_migrations(&other, &all, outcome);
    shrink_statements(&other, &all, outcome);
    other.error = STR("");
    Outcome found = try_all(&other, &r, &all, outcome);
    printf("# seed %llu: %s%s\n", (unsigned long long) seed, outcome_name(outcome),
           found == outcome ? "" : ", but not again from nothing");
    for (size_t i = 0; i < all.count; i++)
        print_lines(migration_text(&other.arena, &all.items[i]));
    print_last(&other, &r, &all.items[all.count - 1], outcome);
    fflush(stdout);
    replay_end(&r);
    machine_close(&other);
    arena_free(&other.arena);
}
