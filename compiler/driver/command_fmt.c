/* Each file stands for itself: one that has errors does not keep the others from being formatted. */
#include "command.h"
#include "project.h"

#include <errno.h>

typedef struct Formatting {
    Invocation *inv;
    size_t files, changed;
    ExitCode code;         /* EXIT_ENVIRONMENT when a file could not be written */
} Formatting;

/* The first line that is to change. At its end where lines are to come behind the last one. */
static Span first_change(Compilation *c, uint32_t file, Str formatted)
{
    Str text = source_file(&c->sources, file)->text;
    uint32_t i = 0;
    while (i < text.len && i < formatted.len && text.data[i] == formatted.data[i])
        i++;
    uint32_t line = span_position(&c->arena, &c->sources, file, i).line;
    uint32_t start = source_line_start(&c->arena, &c->sources, file, line);
    Str words = str_trim(source_line(&c->arena, &c->sources, file, line));
    uint32_t from = words.len == 0 ? start : (uint32_t) (words.data - text.data);
    return (Span) {from, from + (uint32_t) words.len, file};
}

static void report_change(Compilation *c, uint32_t file, Str formatted)
{
    report(c, M_NOT_FORMATTED, first_change(c, file, formatted), "this file is not formatted");
    caption(c, "the first line that differs");
    help(c, "`migc fmt %.*s` formats it", STR_ARG(source_file(&c->sources, file)->path));
}

static void write_change(Formatting *f, Str path, Str formatted)
{
    Arena *arena = &f->inv->c->arena;
    int failure = file_replace(arena, str_to_c(arena, path), formatted);
    if (failure == 0)
        say(f->inv, "formatted %.*s", STR_ARG(path));
    else
        f->code = environment_error("cannot write \"%.*s\": %s", STR_ARG(path), strerror(failure));
}

static void format_file(Formatting *f, Str path)
{
    Compilation *c = f->inv->c;
    size_t errors = c->errors;
    uint32_t file = project_read_file(&f->inv->syntax, path);
    Node *tree = file == 0 ? NULL : syntax_parse(&f->inv->syntax, file);
    f->files++;
    if (tree == NULL || c->errors > errors)
        return;
    Str formatted = syntax_format(&f->inv->syntax, tree);
    if (str_equal(formatted, source_file(&c->sources, file)->text))
        return;
    f->changed++;
    if (option_given(f->inv, OPTION_CHECK))
        report_change(c, file, formatted);
    else
        write_change(f, path, formatted);
}

static void format_folder(Formatting *f, Str folder)
{
    Compilation *c = f->inv->c;
    StrList names = {0};
    Str settings = path_join(&c->arena, folder, STR("project.mig"));
    if (path_exists(str_to_c(&c->arena, settings)))
        format_file(f, settings);
    int failure = project_migration_names(&c->arena, folder, &names);
    if (failure != 0)
        project_report_folder(c, folder, failure);
    for (size_t i = 0; i < names.count; i++)
        format_file(f, path_join(&c->arena, path_join(&c->arena, folder, STR("migrations")), names.items[i]));
}

static void format_argument(Formatting *f, Str written)
{
    Arena *arena = &f->inv->c->arena;
    Str path = project_folder(arena, written);
    if (path_is_folder(str_to_c(arena, path)) || !str_ends_with(path, STR(".mig")))
        format_folder(f, path);
    else
        format_file(f, path);
}

ExitCode fmt_command(Invocation *inv)
{
    Formatting f = {.inv = inv};
    StrList arguments = inv->arguments;
    if (arguments.count == 0)
        format_argument(&f, STR("db"));
    for (size_t i = 0; i < arguments.count; i++)
        format_argument(&f, arguments.items[i]);
    ExitCode code = show_reports(inv);
    if (f.changed == 0 && code == EXIT_CLEAN)
        say(inv, "%zu file%s formatted already", f.files, f.files == 1 ? "," : "s,");
    return f.code == EXIT_CLEAN ? code : f.code;
}
