#include "output.h"

#include <errno.h>
#include <unistd.h>

ExitCode output_write(Invocation *inv, Str folder, const EmittedFiles *files)
{
    Arena *arena = &inv->c->arena;
    int failure = folder_create(arena, folder);
    if (failure != 0)
        return environment_error("cannot make the folder \"%.*s\": %s", STR_ARG(folder), strerror(failure));
    for (size_t i = 0; i < files->count; i++) {
        Str path = path_join(arena, folder, files->items[i].name);
        failure = file_write(arena, str_to_c(arena, path), files->items[i].text);
        if (failure != 0)
            return environment_error("cannot write \"%.*s\": %s", STR_ARG(path), strerror(failure));
    }
    return EXIT_CLEAN;
}

static Map emitted_names(Arena *arena, const EmittedFiles *files)
{
    Map names = map_new(arena);
    for (size_t i = 0; i < files->count; i++)
        map_set(&names, files->items[i].name, 1);
    return names;
}

/* Only the mark makes a file ours: what anyone else put into the folder stays. */
static bool is_ours(Arena *arena, Str path)
{
    Str text;
    return str_ends_with(path, STR(".c")) && file_read(arena, str_to_c(arena, path), &text) == 0 &&
           str_starts_with(text, STR(EMIT_MARK));
}

ExitCode output_remove_stale(Invocation *inv, Str folder, const EmittedFiles *files)
{
    Arena *arena = &inv->c->arena;
    StrList present = {0};
    Map names = emitted_names(arena, files);
    folder_list(arena, str_to_c(arena, folder), &present);
    for (size_t i = 0; i < present.count; i++) {
        Str path = path_join(arena, folder, present.items[i]);
        if (map_get(&names, present.items[i]) != 0 || !is_ours(arena, path))
            continue;
        if (unlink(str_to_c(arena, path)) != 0)
            return environment_error("cannot remove \"%.*s\": %s", STR_ARG(path), strerror(errno));
    }
    return EXIT_CLEAN;
}
