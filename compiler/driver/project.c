#include "project.h"

#include "file_name.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#define MIGRATIONS STR("migrations")
#define EXTENSION STR(".mig")

/* Far more than anyone writes, and far less than what a Span holds. */
enum { LARGEST_FILE = 16 * 1024 * 1024 };

Str project_folder(Arena *arena, Str written)
{
    while (str_starts_with(written, STR("./")))
        written = str_slice(written, 2, written.len);
    while (written.len > 1 && written.data[written.len - 1] == '/')
        written = str_slice(written, 0, written.len - 1);
    return written.len == 0 ? STR(".") : str_copy(arena, written);
}

Span project_file_place(Compilation *c, Str path)
{
    return (Span) {.file = source_add(&c->arena, &c->sources, path, (Str) {0})};
}

static void report_unreadable(Compilation *c, Str path, int failure)
{
    report(c, M_CANNOT_READ, project_file_place(c, path), "this file cannot be read: %s", strerror(failure));
}

static bool is_too_large(Compilation *c, Str path)
{
    struct stat about;
    if (stat(str_to_c(&c->arena, path), &about) != 0 || about.st_size <= LARGEST_FILE)
        return false;
    report(c, M_CANNOT_READ, project_file_place(c, path), "this file has %lld bytes, more than the %d that migc reads",
           (long long) about.st_size, LARGEST_FILE);
    help(c, "data does not belong in migrations: load it by other means");
    return true;
}

uint32_t project_read_bytes(Compilation *c, Str path)
{
    Str text;
    if (is_too_large(c, path))
        return 0;
    int failure = file_read(&c->arena, str_to_c(&c->arena, path), &text);
    if (failure != 0) {
        report_unreadable(c, path, failure);
        return 0;
    }
    return source_add(&c->arena, &c->sources, path, text);
}

uint32_t project_read_file(Syntax *syntax, Str path)
{
    uint32_t file = project_read_bytes(syntax->c, path);
    return file != 0 && syntax_check_bytes(syntax, file) ? file : 0;
}

/* ------------------------------------------------------------------ the project file */

/* The folder that holds DIR names the project, unless the project file does. */
static Str default_name(Arena *arena, Str folder)
{
    char *real = realpath(str_to_c(arena, folder), NULL);
    if (real == NULL)
        return STR("project");
    Str name = str_copy(arena, path_base(path_folder(str_from(real))));
    free(real);
    return name.len == 0 ? STR("project") : name;
}

static void report_mixed_up(Compilation *c, Span span, const char *is, const char *expected, const char *advice)
{
    report(c, M_WRONG_FILE, span, "this is a %s, but the place is that of %s", is, expected);
    help(c, "%s", advice);
}

static void load_settings(Compilation *c, Syntax *syntax, Project *project)
{
    project->settings = settings_default(default_name(&c->arena, project->folder));
    Str path = path_join(&c->arena, project->folder, STR("project.mig"));
    if (!path_exists(str_to_c(&c->arena, path)))
        return;
    uint32_t file = project_read_file(syntax, path);
    Node *tree = file == 0 ? NULL : syntax_parse(syntax, file);
    if (tree == NULL)
        return;
    if (tree->kind == NODE_PROJECT)
        settings_read(c, syntax, (NodeProject *) tree, &project->settings);
    else
        report_mixed_up(c, span_head(((NodeMigration *) tree)->up->span, strlen("up")), "migration", "the project file",
                        "migrations stand in the folder migrations/");
}

/* ------------------------------------------------------------------ the migrations */

static bool is_migration_file(Str name)
{
    return str_ends_with(name, EXTENSION);
}

static bool is_hidden(Str name)
{
    return name.data[0] == '.';
}

static void report_foreign(Compilation *c, Str path)
{
    report(c, M_FOREIGN_FILE, project_file_place(c, path), "this %s is not a migration",
           path_is_folder(str_to_c(&c->arena, path)) ? "folder" : "file");
    help(c, "only `.mig` files belong in this folder: move it elsewhere");
}

static void check_file_name(Compilation *c, Str path)
{
    Str problem = file_name_problem(&c->arena, path_base(path));
    if (problem.data == NULL)
        return;
    report(c, M_BAD_FILE_NAME, project_file_place(c, path), "%.*s", STR_ARG(problem));
    help(c, "a migration's file is named YYYYMMDDHHMMSS_name.mig; `migc make` chooses such a name");
}

static void check_stamp(Compilation *c, Str folder, Str name, Str before)
{
    if (before.data == NULL || !stamp_stands_first(name) || !stamp_stands_first(before))
        return;
    if (!str_equal(str_slice(name, 0, STAMP_LENGTH), str_slice(before, 0, STAMP_LENGTH)))
        return;
    report(c, M_SAME_STAMP, project_file_place(c, path_join(&c->arena, folder, name)),
           "this has the same stamp as \"%.*s\"", STR_ARG(before));
    help(c, "rename the one that runs later: give it a later stamp");
}

static void load_migration(Compilation *c, Syntax *syntax, Str path, Project *project)
{
    check_file_name(c, path);
    uint32_t file = project_read_file(syntax, path);
    Node *tree = file == 0 ? NULL : syntax_parse(syntax, file);
    if (tree == NULL)
        return;
    Str base = path_base(source_file(&c->sources, file)->path);
    Str name = str_slice(base, 0, base.len - EXTENSION.len);
    if (tree->kind == NODE_MIGRATION)
        excuses_read(c, (NodeMigration *) tree);
    if (tree->kind == NODE_MIGRATION)
        list_push(&c->arena, &project->migrations, (ParsedMigration) {file, name, (NodeMigration *) tree});
    else
        report_mixed_up(c, span_head(tree->span, strlen("project")), "project file", "a migration",
                        "settings stand in project.mig, above migrations/");
}

static void load_entries(Compilation *c, Syntax *syntax, Str folder, StrList names, Project *project)
{
    Str before = {0};
    for (size_t i = 0; i < names.count; i++) {
        Str name = names.items[i], path = path_join(&c->arena, folder, name);
        if (is_hidden(name))
            continue;
        if (!is_migration_file(name)) {
            report_foreign(c, path);
            continue;
        }
        check_stamp(c, folder, name, before);
        load_migration(c, syntax, path, project);
        before = name;
    }
}

void project_report_folder(Compilation *c, Str folder, int failure)
{
    Str migrations = path_join(&c->arena, folder, MIGRATIONS);
    report(c, M_CANNOT_READ, (Span) {0}, "the folder \"%.*s\" cannot be read: %s", STR_ARG(migrations),
           strerror(failure));
    if (str_equal(path_base(folder), MIGRATIONS))
        help(c, "name the folder above it: `%.*s`", STR_ARG(path_folder(folder)));
    else if (failure == ENOENT && str_is(folder, "db"))
        help(c, "`migc make NAME` starts the first migration");
    else if (failure == ENOENT)
        help(c, "`migc make NAME %.*s` starts the first migration", STR_ARG(folder));
}

bool project_load(Compilation *c, Syntax *syntax, Str folder, Project *project)
{
    StrList names = {0};
    Str migrations = path_join(&c->arena, folder, MIGRATIONS);
    size_t errors = c->errors;
    *project = (Project) {.folder = folder};
    int failure = folder_list(&c->arena, str_to_c(&c->arena, migrations), &names);
    if (failure != 0) {
        project_report_folder(c, folder, failure);
        return false;
    }
    load_settings(c, syntax, project);
    load_entries(c, syntax, migrations, names, project);
    return c->errors == errors;
}

Str project_migration_path(Arena *arena, Str folder, Str file_name)
{
    return path_join(arena, path_join(arena, folder, MIGRATIONS), file_name);
}

int project_migration_names(Arena *arena, Str folder, StrList *names)
{
    StrList entries = {0};
    int failure = folder_list(arena, str_to_c(arena, path_join(arena, folder, MIGRATIONS)), &entries);
    for (size_t i = 0; i < entries.count; i++) {
        if (!is_hidden(entries.items[i]) && is_migration_file(entries.items[i]))
            list_push(arena, names, entries.items[i]);
    }
    return failure;
}
