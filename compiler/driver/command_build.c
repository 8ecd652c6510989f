/* The emitted files are compiled as one translation unit, which is much faster than one by one, and not optimised:
 * they are data. All of it happens in a folder that is removed whatever comes. The executable is linked beside its
 * final place and renamed over it, so that there is always a whole one there. */
#include "kit.h"
#include "native.h"
#include "output.h"
#include "process.h"
#include "stages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Build {
    Invocation *inv;
    Kit kit;
    Str compiler;  /* $CC, as written */
    Str folder;    /* for the C files and the compiler's messages */
    Str linked;    /* the executable before it has its name */
    Str output;
    StrList natives;  /* functions of the project's own that the migrations call */
} Build;

static Str compiler_words(void)
{
    const char *set = getenv("CC");
    return set == NULL || str_trim(str_from(set)).len == 0 ? STR("cc") : str_from(set);
}

static char *writable_copy(Arena *arena, Str text)
{
    return arena_copy(arena, str_to_c(arena, text), text.len + 1);
}

static ExitCode make_folder(Build *b)
{
    Arena *arena = &b->inv->c->arena;
    const char *set = getenv("TMPDIR");
    Str parent = set == NULL || set[0] == '\0' ? STR("/tmp") : str_from(set);
    char *path = writable_copy(arena, path_join(arena, parent, STR("migc-XXXXXX")));
    if (mkdtemp(path) == NULL)
        return environment_error("cannot make a folder in \"%.*s\": %s", STR_ARG(parent), strerror(errno));
    b->folder = str_from(path);
    return EXIT_CLEAN;
}

/* A free name beside the output, for the linker. */
static ExitCode reserve_output(Build *b)
{
    Arena *arena = &b->inv->c->arena;
    if (path_is_folder(str_to_c(arena, b->output)))
        return environment_error("cannot write \"%.*s\": it is a folder", STR_ARG(b->output));
    Str name = str_format(arena, ".%.*s-XXXXXX", STR_ARG(path_base(b->output)));
    char *path = writable_copy(arena, path_join(arena, path_folder(b->output), name));
    int file = mkstemp(path);
    if (file < 0)
        return environment_error("cannot write \"%.*s\": %s", STR_ARG(b->output), strerror(errno));
    close(file);
    b->linked = str_from(path);
    return EXIT_CLEAN;
}

static ExitCode write_sources(Build *b, const Plan *plan)
{
    Arena *arena = &b->inv->c->arena;
    Text unity = text_new(arena);
    EmittedFiles files = emit_plan(b->inv->c, plan);
    for (size_t i = 0; i < files.count; i++)
        text_addf(&unity, "#include \"%.*s\"\n", STR_ARG(files.items[i].name));
    list_push(arena, &files, (EmittedFile) {STR("unity.c"), text_str(&unity)});
    return output_write(b->inv, b->folder, &files);
}

static void add_words(Arena *arena, StrList *words, StrList more)
{
    for (size_t i = 0; i < more.count; i++)
        list_push(arena, words, more.items[i]);
}

static ExitCode find_with(Build *b)
{
    StrList with = b->inv->repeated[OPTION_WITH];
    for (size_t i = 0; i < with.count; i++) {
        if (access(str_to_c(&b->inv->c->arena, with.items[i]), R_OK) != 0)
            return environment_error("cannot read \"%.*s\": %s", STR_ARG(with.items[i]), strerror(errno));
    }
    return EXIT_CLEAN;
}

static StrList compiler_command(Build *b)
{
    Arena *arena = &b->inv->c->arena;
    StrList words = split_words(arena, b->compiler);
    Str fixed[] = {STR("-std=c17"), STR("-O0"), STR("-I"), b->kit.include, path_join(arena, b->folder, STR("unity.c")),
                   STR("-o"), b->linked};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        list_push(arena, &words, fixed[i]);
    add_words(arena, &words, b->inv->repeated[OPTION_WITH]);
    add_words(arena, &words, b->kit.link_words);
    return words;
}

static ExitCode compile(Build *b)
{
    Arena *arena = &b->inv->c->arena;
    const char *log = str_to_c(arena, path_join(arena, b->folder, STR("messages")));
    int status = process_run(arena, compiler_command(b), log);
    Str messages = STR("");
    if (status == 0)
        return EXIT_CLEAN;
    if (status == -1) {
        environment_error("cannot run the C compiler \"%.*s\": %s", STR_ARG(b->compiler), strerror(errno));
        hint("install one, or name it in CC");
        return EXIT_ENVIRONMENT;
    }
    file_read(arena, log, &messages);
    if (natives_missing(b->inv, b->natives, messages))
        return EXIT_ENVIRONMENT;
    fwrite(messages.data, 1, messages.len, stderr);
    return environment_error("the C compiler \"%.*s\" failed with status %d", STR_ARG(b->compiler), status);
}

/* mkstemp makes files for their owner alone; an executable is for all that the umask lets in. */
static ExitCode put_in_place(Build *b)
{
    Arena *arena = &b->inv->c->arena;
    mode_t mask = umask(0);
    umask(mask);
    const char *from = str_to_c(arena, b->linked), *to = str_to_c(arena, b->output);
    if (chmod(from, 0777 & ~mask) != 0 || rename(from, to) != 0)
        return environment_error("cannot write \"%s\": %s", to, strerror(errno));
    b->linked = (Str) {0};
    return EXIT_CLEAN;
}

static void clean_up(Build *b)
{
    Arena *arena = &b->inv->c->arena;
    StrList names = {0};
    if (b->linked.data != NULL)
        unlink(str_to_c(arena, b->linked));
    if (b->folder.data == NULL)
        return;
    folder_list(arena, str_to_c(arena, b->folder), &names);
    for (size_t i = 0; i < names.count; i++)
        unlink(str_to_c(arena, path_join(arena, b->folder, names.items[i])));
    rmdir(str_to_c(arena, b->folder));
}

static ExitCode build(Build *b, const Plan *plan)
{
    b->natives = natives_of(&b->inv->c->arena, plan);
    ExitCode code = kit_find(b->inv, option_given(b->inv, OPTION_DYNAMIC), &b->kit);
    if (code == EXIT_CLEAN)
        code = find_with(b);
    if (code == EXIT_CLEAN)
        code = reserve_output(b);
    if (code == EXIT_CLEAN)
        code = make_folder(b);
    if (code == EXIT_CLEAN)
        code = write_sources(b, plan);
    if (code == EXIT_CLEAN)
        code = compile(b);
    return code == EXIT_CLEAN ? put_in_place(b) : code;
}

ExitCode build_command(Invocation *inv)
{
    History history;
    Plan plan;
    bool clean = run_build(inv, &history, &plan);
    ExitCode code = show_reports(inv);
    if (!clean)
        return code;
    Str output = option_given(inv, OPTION_OUTPUT) ? inv->options[OPTION_OUTPUT] : STR("migrate");
    Build b = {.inv = inv, .compiler = compiler_words(), .output = output};
    code = build(&b, &plan);
    clean_up(&b);
    if (code == EXIT_CLEAN)
        say(inv, "built %.*s with %.*s", STR_ARG(output),
            STR_ARG(count_migrations(&inv->c->arena, history.migrations.count)));
    return code;
}
