/* Lines are added behind those that there are, which are as the migrations are. Where history is rewritten, or the file
 * was damaged, it is computed from the migrations alone. */
#include "stages.h"

#include <errno.h>

static void say_difference(Invocation *inv, const LockDifference *d)
{
    switch (d->kind) {
    case LOCK_EDITED: say(inv, "changed %.*s", STR_ARG(d->locked->name)); break;
    case LOCK_REMOVED: say(inv, "removed %.*s", STR_ARG(d->locked->name)); break;
    case LOCK_RENAMED:
        say(inv, "renamed %.*s to %.*s", STR_ARG(d->locked->name), STR_ARG(d->present->name));
        break;
    case LOCK_INSERTED: say(inv, "inserted %.*s", STR_ARG(d->present->name)); break;
    case LOCK_ADDED: say(inv, "added %.*s", STR_ARG(d->present->name)); break;
    }
}

static void say_differences(Invocation *inv, const CheckedProject *checked)
{
    const Lock *lock = &checked->lock;
    Str count = count_migrations(&inv->c->arena, checked->history.migrations.count);
    bool whole = lock->exists && lock->content.damage == LOCK_WHOLE;
    if (whole && checked->differences.count == 0) {
        say(inv, "%.*s is complete: %.*s", STR_ARG(lock->path), STR_ARG(count));
        return;
    }
    if (lock->exists && !whole)
        say(inv, "%.*s was damaged and is written anew", STR_ARG(lock->path));
    for (size_t i = 0; i < checked->differences.count; i++)
        say_difference(inv, &checked->differences.items[i]);
    say(inv, "%.*s holds %.*s", STR_ARG(lock->path), STR_ARG(count));
}

static LockEntries all_entries(Arena *arena, const History *history)
{
    LockEntries entries = {0};
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        lock_file_add(arena, &entries, migration->name, migration->checksum, (StrList) {0});
    }
    return entries;
}

/* Behind the lines that there are. */
static Str lock_text(Arena *arena, const CheckedProject *checked, bool rewrites)
{
    const LockFile *locked = &checked->lock.content;
    LockEntries entries = locked->entries;
    bool kept = checked->lock.exists && locked->damage == LOCK_WHOLE && !rewrites;
    for (size_t i = 0; kept && i < checked->differences.count; i++) {
        const LockSubject *new = checked->differences.items[i].present;
        StrList replaces = lock_replaced(arena, &entries, new);
        lock_file_add(arena, &entries, new->name, new->checksum, replaces);
    }
    if (!kept)
        entries = all_entries(arena, &checked->history);
    return lock_file_text(arena, &entries);
}

static ExitCode write_lock(Invocation *inv, const CheckedProject *checked)
{
    Arena *arena = &inv->c->arena;
    const Lock *lock = &checked->lock;
    const char *path = str_to_c(arena, lock->path);
    bool changed = !lock->exists || lock->content.damage != LOCK_WHOLE || checked->differences.count > 0;
    Str text = lock_text(arena, checked, option_given(inv, OPTION_REWRITE_HISTORY));
    int failure = 0;
    if (changed)
        failure = lock->exists ? file_replace(arena, path, text) : file_create(path, text);
    if (failure != 0)
        return environment_error("cannot write \"%s\": %s", path, strerror(failure));
    say_differences(inv, checked);
    return EXIT_CLEAN;
}

static bool is_rewritten(const CheckedProject *checked)
{
    for (size_t i = 0; i < checked->differences.count; i++) {
        if (checked->differences.items[i].kind != LOCK_ADDED)
            return true;
    }
    return false;
}

static void explain_refusal(Invocation *inv, const CheckedProject *checked)
{
    if (inv->render.format != FORMAT_TEXT || option_given(inv, OPTION_REWRITE_HISTORY) || !is_rewritten(checked))
        return;
    Str folder = checked->lock.folder;
    bool usual = str_is(folder, "db");
    hint("nothing was recorded; `migc lock --rewrite-history%s%.*s` records the history as it is now, which is right\n"
         "        only where no database has run what was changed", usual ? "" : " ", usual ? 0 : (int) folder.len,
         folder.data);
}

ExitCode lock_command(Invocation *inv)
{
    CheckedProject checked = {0};
    bool clean = run_project(inv, &checked);
    ExitCode code = show_reports(inv);
    if (clean)
        return write_lock(inv, &checked);
    explain_refusal(inv, &checked);
    return code;
}
