#include "command.h"
#include "file_name.h"
#include "lock.h"

#include <errno.h>

/* It compiles as it stands, and shows what usually comes next. */
static const char skeleton[] =
    "-- What this changes, and why.\n"
    "\n"
    "up {\n"
    "  -- create table owners {\n"
    "  --   id    bigint generated always as identity primary key;\n"
    "  --   name  text;\n"
    "  -- }\n"
    "  -- alter table vaults add column owner text null;\n"
    "}\n"
    "\n"
    "down auto;\n"
    "-- What cannot be derived is written:  down { drop table owners; }\n"
    "-- or refused with a reason:           down irreversible because '…';\n";

static ExitCode bad_name(Invocation *inv, Str name, Str problem)
{
    Str mended = name_mended(&inv->c->arena, name);
    usage_error("%.*s", STR_ARG(problem));
    if (mended.len > 0)
        hint("`migc make %.*s`", STR_ARG(mended));
    else
        hint("a name holds letters, digits, `_`, `-` and `.`");
    return EXIT_USAGE;
}

/* The stamp that the name of a migration begins with, if that is later. */
static void take_later(Arena *arena, Str name, time_t *newest)
{
    if (stamp_stands_first(name) && stamp_problem(arena, name).data == NULL && stamp_time(name) > *newest)
        *newest = stamp_time(name);
}

/* The newest stamp there is, -1 when there is none. A locked migration counts even where its file is gone. */
static time_t newest_stamp(Arena *arena, Str folder, const Lock *lock)
{
    StrList names = {0};
    time_t newest = -1;
    project_migration_names(arena, folder, &names);
    for (size_t i = 0; i < names.count; i++)
        take_later(arena, names.items[i], &newest);
    take_later(arena, lock_file_last(&lock->content.entries), &newest);
    return newest;
}

static ExitCode create(Invocation *inv, Str folder, Str name, Str stamp)
{
    Arena *arena = &inv->c->arena;
    Str migrations = path_join(arena, folder, STR("migrations"));
    int failure = folder_create(arena, migrations);
    if (failure != 0)
        return environment_error("cannot make the folder \"%.*s\": %s", STR_ARG(migrations), strerror(failure));
    Str path = path_join(arena, migrations, str_format(arena, "%.*s_%.*s.mig", STR_ARG(stamp), STR_ARG(name)));
    failure = file_create(str_to_c(arena, path), str_from(skeleton));
    if (failure != 0)
        return environment_error("cannot create \"%.*s\": %s", STR_ARG(path), strerror(failure));
    say(inv, "created %.*s", STR_ARG(path));
    return EXIT_CLEAN;
}

/* Now, or a second behind the newest migration; -1: after that there is no stamp any more, which was said. */
static time_t choose_time(Invocation *inv, Str folder, const Lock *lock)
{
    Arena *arena = &inv->c->arena;
    time_t newest = newest_stamp(arena, folder, lock);
    if (newest < inv->now)
        return inv->now;
    Str stamp = stamp_of(arena, newest);
    if (str_is(stamp, "99991231235959")) {
        usage_error("the newest migration is stamped %.*s: there is no later stamp", STR_ARG(stamp));
        return -1;
    }
    say(inv, "the newest migration is stamped %.*s, not before now: this one gets the next second", STR_ARG(stamp));
    return newest + 1;
}

ExitCode make_command(Invocation *inv)
{
    Arena *arena = &inv->c->arena;
    Str name = inv->arguments.items[0], problem = name_problem(arena, name);
    Str folder = project_folder(arena, argument_or(inv, 1, STR("db")));
    if (problem.data != NULL)
        return bad_name(inv, name, problem);
    Lock lock = lock_load(inv->c, folder);
    if (!lock.readable || !lock_check_damage(inv->c, &lock))
        return show_reports(inv);
    time_t time = choose_time(inv, folder, &lock);
    return time < 0 ? EXIT_USAGE : create(inv, folder, name, stamp_of(arena, time));
}
