#include "lock.h"

#include "bug.h"
#include "stamp.h"

/* Clocks differ, and whoever writes a stamp by hand may write local time: UTC+14 is the furthest. */
enum { SECONDS_AHEAD = 24 * 60 * 60 };

Lock lock_load(Compilation *c, Str folder)
{
    Lock lock = {.folder = folder, .path = path_join(&c->arena, folder, STR("migrations.lock")), .readable = true};
    if (!path_exists(str_to_c(&c->arena, lock.path)))
        return lock;
    lock.exists = true;
    lock.file = project_read_bytes(c, lock.path);
    lock.readable = lock.file != 0;
    if (lock.readable)
        lock.content = lock_file_read(&c->arena, source_file(&c->sources, lock.file)->text);
    return lock;
}

/* `migc lock`, with the folder where it is not the one that is meant anyway. */
static Str command(Compilation *c, const Lock *lock, const char *words)
{
    if (str_is(lock->folder, "db"))
        return str_format(&c->arena, "migc %s", words);
    return str_format(&c->arena, "migc %s %.*s", words, STR_ARG(lock->folder));
}

/* ------------------------------------------------------------------ damage */

static void report_order(Compilation *c, const Lock *lock, Span span)
{
    const LockEntry *before = &lock->content.entries.items[lock->content.entries.count - 1];
    Str name = span_text(&c->sources, span);
    report(c, M_LOCK_DAMAGED, span, "\"%.*s\" does not sort behind the line before", STR_ARG(name));
    label(c, (Span) {before->start, before->start + (uint32_t) before->name.len, lock->file}, "the line before");
}

static void report_damage(Compilation *c, const Lock *lock, Span span)
{
    switch (lock->content.damage) {
    case LOCK_NO_HEADER: report(c, M_LOCK_DAMAGED, span, "this is not the first line of a lock file"); return;
    case LOCK_OTHER_FORMAT:
        report(c, M_LOCK_DAMAGED, span, "this lock file has a format that this version of migc does not read");
        return;
    case LOCK_CONFLICT: report(c, M_LOCK_DAMAGED, span, "a merge conflict is left in the lock file"); return;
    case LOCK_BAD_LINE:
        report(c, M_LOCK_DAMAGED, span, "this line is not a name, a checksum and a chain value");
        return;
    case LOCK_BAD_ORDER: report_order(c, lock, span); return;
    case LOCK_BAD_CHAIN:
        report(c, M_LOCK_DAMAGED, span, "this line does not follow from the one before");
        caption(c, "another value belongs here");
        return;
    case LOCK_WHOLE: break;
    }
    BUG("no damage");
}

bool lock_check_damage(Compilation *c, const Lock *lock)
{
    Str lock_command = command(c, lock, "lock");
    if (lock->content.damage == LOCK_WHOLE)
        return true;
    report_damage(c, lock, (Span) {lock->content.start, lock->content.end, lock->file});
    if (lock->content.damage == LOCK_OTHER_FORMAT)
        help(c, "use the migc that wrote it, or a newer one");
    else if (lock->content.damage == LOCK_CONFLICT)
        help(c, "keep the lines of the branch that you merge into; `%.*s` then adds the others behind them",
             STR_ARG(lock_command));
    else
        help(c, "put the file back as it was committed; `%.*s` then adds what is new", STR_ARG(lock_command));
    return false;
}

/* ------------------------------------------------------------------ differences */

static Str stored_name(const NodeMigration *tree)
{
    for (size_t i = 0; i < tree->clauses.count; i++) {
        if (tree->clauses.items[i]->kind == NODE_STORED_AS)
            return ((const NodeStoredAs *) tree->clauses.items[i])->name.value;
    }
    return (Str) {0};
}

static StrList replaced_names(Arena *arena, const NodeMigration *tree)
{
    StrList names = {0};
    for (size_t i = 0; i < tree->clauses.count; i++) {
        const NodeReplaces *node = (const NodeReplaces *) tree->clauses.items[i];
        for (size_t j = 0; node->node.kind == NODE_REPLACES && j < node->names.count; j++)
            list_push(arena, &names, node->names.items[j].value);
    }
    return names;
}

LockSubjects lock_subjects(Syntax *syntax, const Project *project)
{
    LockSubjects subjects = {0};
    for (size_t i = 0; i < project->migrations.count; i++) {
        const ParsedMigration *migration = &project->migrations.items[i];
        Str checksum = syntax_checksum(syntax, migration->file), stored = stored_name(migration->tree);
        StrList replaces = replaced_names(&syntax->c->arena, migration->tree);
        list_push(&syntax->c->arena, &subjects, (LockSubject) {migration->name, checksum, stored, replaces});
    }
    return subjects;
}

static Str path_of(Compilation *c, const Lock *lock, Str name)
{
    return project_migration_path(&c->arena, lock->folder, str_format(&c->arena, "%.*s.mig", STR_ARG(name)));
}

/* The file as a whole: where in it something changed nobody knows. */
static Span place_of(Compilation *c, const Lock *lock, const LockSubject *subject)
{
    return project_file_place(c, path_of(c, lock, subject->name));
}

static Span line_of(const Lock *lock, const LockEntry *entry)
{
    return (Span) {entry->start, entry->start + (uint32_t) entry->name.len, lock->file};
}

static void note_checksums(Compilation *c, const LockDifference *d)
{
    enum { SHOWN = 12 };
    note(c, "its checksum is %.*s…, and was %.*s… when it was locked", SHOWN, d->present->checksum.data, SHOWN,
         d->locked->checksum.data);
}

static void report_edited(Compilation *c, const Lock *lock, const LockDifference *d)
{
    report(c, M_LOCKED_CHANGED, place_of(c, lock, d->present), "locked migration \"%.*s\" was changed",
           STR_ARG(d->locked->name));
    label(c, line_of(lock, d->locked), "locked here");
    note_checksums(c, d);
    help(c, "put it back as it was, and write what is to change as a new migration: `%.*s`",
         STR_ARG(command(c, lock, "make NAME")));
}

static void report_removed(Compilation *c, const Lock *lock, const LockDifference *d)
{
    report(c, M_LOCKED_REMOVED, line_of(lock, d->locked), "locked migration \"%.*s\" was removed",
           STR_ARG(d->locked->name));
    caption(c, "there is no such file any more");
    help(c, "put \"%.*s\" back, and write what is to be undone as a new migration: `%.*s`",
         STR_ARG(path_of(c, lock, d->locked->name)), STR_ARG(command(c, lock, "make NAME")));
}

static void report_renamed(Compilation *c, const Lock *lock, const LockDifference *d)
{
    report(c, M_LOCKED_RENAMED, place_of(c, lock, d->present), "locked migration \"%.*s\" was renamed to \"%.*s\"",
           STR_ARG(d->locked->name), STR_ARG(d->present->name));
    label(c, line_of(lock, d->locked), "locked here");
    if (!str_equal(d->locked->checksum, d->present->checksum))
        note_checksums(c, d);
    help(c, "name it \"%.*s.mig\" again", STR_ARG(d->locked->name));
}

static void report_inserted(Compilation *c, const Lock *lock, const LockDifference *d)
{
    const LockEntries *entries = &lock->content.entries;
    const LockEntry *last = &entries->items[entries->count - 1];
    report(c, M_INSERTED_BEFORE, place_of(c, lock, d->present), "new migration \"%.*s\" sorts before locked ones",
           STR_ARG(d->present->name));
    label(c, line_of(lock, last), "the last locked one");
    help(c, "rename it, with a stamp later than %.*s", STAMP_LENGTH, last->name.data);
}

/* False: a locked migration is not there as it was locked. */
static bool report_difference(Compilation *c, const Lock *lock, const LockDifference *d)
{
    switch (d->kind) {
    case LOCK_EDITED: report_edited(c, lock, d); return false;
    case LOCK_REMOVED: report_removed(c, lock, d); return false;
    case LOCK_RENAMED: report_renamed(c, lock, d); return false;
    case LOCK_INSERTED: report_inserted(c, lock, d); return true;
    case LOCK_ADDED: return true;
    }
    BUG("difference %d", (int) d->kind);
}

bool lock_check_history(Compilation *c, const Lock *lock, LockDifferences differences)
{
    bool as_locked = true;
    for (size_t i = 0; i < differences.count; i++)
        as_locked = report_difference(c, lock, &differences.items[i]) && as_locked;
    return as_locked;
}

void lock_check_complete(Compilation *c, const Lock *lock, LockDifferences differences)
{
    Str lock_command = command(c, lock, "lock");
    if (!lock->exists) {
        report(c, M_NOT_LOCKED, (Span) {0}, "there is no lock file \"%.*s\"", STR_ARG(lock->path));
        help(c, "`%.*s` writes it; commit it with the migrations", STR_ARG(lock_command));
        return;
    }
    for (size_t i = 0; i < differences.count; i++) {
        const LockDifference *d = &differences.items[i];
        if (d->kind != LOCK_ADDED)
            continue;
        report(c, M_NOT_LOCKED, place_of(c, lock, d->present), "migration \"%.*s\" is not in the lock file",
               STR_ARG(d->present->name));
        help(c, "`%.*s` adds it; commit \"%.*s\" with the migration", STR_ARG(lock_command), STR_ARG(lock->path));
    }
}

void lock_check_stamps(Compilation *c, const Lock *lock, LockDifferences differences, time_t now)
{
    for (size_t i = 0; i < differences.count; i++) {
        const LockDifference *d = &differences.items[i];
        if (d->kind != LOCK_ADDED || stamp_time(d->present->name) <= now + SECONDS_AHEAD)
            continue;
        report(c, M_FUTURE_STAMP, place_of(c, lock, d->present), "this migration is stamped in the future");
        note(c, "by the clock of this machine now is %.*s (UTC)", STR_ARG(stamp_of(&c->arena, now)));
        help(c, "rename it while no database has it: what is stamped with the time of now would sort before it");
    }
}
