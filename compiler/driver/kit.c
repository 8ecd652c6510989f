#include "kit.h"

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

enum { LONGEST_PATH = 4096 };

/* The folder of the running migc. */
static Str own_folder(Arena *arena)
{
    char path[LONGEST_PATH];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return length <= 0 ? STR(".") : path_folder(str_copy(arena, (Str) {path, (size_t) length}));
}

static bool holds_header(Arena *arena, Str folder)
{
    return path_exists(str_to_c(arena, path_join(arena, folder, STR("include/migrate.h"))));
}

/* data == NULL: nowhere. */
static Str kit_folder(Arena *arena)
{
    const char *set = getenv("MIGC_RUNTIME");
    Str own = own_folder(arena);
    Str places[] = {path_join(arena, own, STR("lib/migc")), path_join(arena, path_folder(own), STR("lib/migc"))};
    if (set != NULL && set[0] != '\0')
        return holds_header(arena, str_from(set)) ? str_from(set) : (Str) {0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (holds_header(arena, places[i]))
            return places[i];
    }
    return (Str) {0};
}

StrList split_words(Arena *arena, Str line)
{
    StrList words = {0};
    size_t start = 0;
    for (size_t i = 0; i <= line.len; i++) {
        if (i < line.len && !isspace((unsigned char) line.data[i]))
            continue;
        if (i > start)
            list_push(arena, &words, str_slice(line, start, i));
        start = i + 1;
    }
    return words;
}

/* A word of the link line, with the kit's own folder filled in. */
static Str fill_in(Arena *arena, Str word, Str folder)
{
    const Str mark = STR("@LIBDIR@");
    if (!str_starts_with(word, mark))
        return word;
    return str_format(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(str_slice(word, mark.len, word.len)));
}

static ExitCode missing_link_file(bool dynamic, Str folder)
{
    environment_error("the runtime in \"%.*s\" is not made for %s linking", STR_ARG(folder),
                      dynamic ? "dynamic" : "static");
    if (!dynamic)
        hint("`--dynamic` links against the libpq of this machine; a release build of migc brings the static runtime");
    return EXIT_ENVIRONMENT;
}

ExitCode kit_find(Invocation *inv, bool dynamic, Kit *kit)
{
    Arena *arena = &inv->c->arena;
    Str folder = kit_folder(arena), line;
    if (folder.data == NULL) {
        environment_error("the runtime's folder, which holds include/migrate.h, is not where it should be");
        hint("set MIGC_RUNTIME to it; it is installed as lib/migc");
        return EXIT_ENVIRONMENT;
    }
    Str link_file = path_join(arena, folder, dynamic ? STR("link-dynamic") : STR("link-static"));
    if (file_read(arena, str_to_c(arena, link_file), &line) != 0)
        return missing_link_file(dynamic, folder);
    kit->include = path_join(arena, folder, STR("include"));
    kit->link_words = split_words(arena, line);
    for (size_t i = 0; i < kit->link_words.count; i++)
        kit->link_words.items[i] = fill_in(arena, kit->link_words.items[i], folder);
    return EXIT_CLEAN;
}
