#include "command.h"
#include "file_name.h"
#include "project.h"

#include <errno.h>
#include <stdlib.h>

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

/* MIGC_NOW makes the clock stand still for tests and scripts. */
static bool read_clock(time_t *now)
{
    const char *set = getenv("MIGC_NOW");
    Arena arena = {0};
    *now = time(NULL);
    if (set == NULL)
        return true;
    Str stamp = str_from(set);
    bool right = stamp.len == STAMP_LENGTH && stamp_stands_first(stamp) && stamp_problem(&arena, stamp).data == NULL;
    if (right)
        *now = stamp_time(stamp);
    else
        usage_error("MIGC_NOW is \"%s\", not YYYYMMDDHHMMSS", set);
    arena_free(&arena);
    return right;
}

/* The stamp of the newest migration that has a proper one; -1: there is none. */
static time_t newest_stamp(Arena *arena, Str folder)
{
    StrList names = {0};
    project_migration_names(arena, folder, &names);
    for (size_t i = names.count; i > 0; i--) {
        Str name = names.items[i - 1];
        if (stamp_stands_first(name) && stamp_problem(arena, name).data == NULL)
            return stamp_time(name);
    }
    return -1;
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

ExitCode make_command(Invocation *inv)
{
    Arena *arena = &inv->c->arena;
    Str name = inv->arguments.items[0], problem = name_problem(arena, name);
    Str folder = project_folder(arena, argument_or(inv, 1, STR("db")));
    time_t now;
    if (problem.data != NULL)
        return bad_name(inv, name, problem);
    if (!read_clock(&now))
        return EXIT_USAGE;
    time_t newest = newest_stamp(arena, folder);
    if (newest >= now) {
        say(inv, "the newest migration is stamped %.*s, not before now: this one gets the next second",
            STR_ARG(stamp_of(arena, newest)));
        now = newest + 1;
    }
    return create(inv, folder, name, stamp_of(arena, now));
}
