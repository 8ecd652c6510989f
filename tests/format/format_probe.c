/* format_probe FILE...: is the promise of formatting kept for each file? Prints TAP; files with errors are not
 * counted. */
#include "promise.h"

#include "file.h"

#include <stdio.h>

static void print_comment(Str text)
{
    fputs("# ", stdout);
    for (size_t i = 0; i < text.len; i++) {
        putchar(text.data[i]);
        if (text.data[i] == '\n')
            fputs("# ", stdout);
    }
    putchar('\n');
}

/* Returns the number of tests printed, 0 or 1. */
static int probe(Arena *arena, int number, const char *path, bool *failed)
{
    Str text;
    bool formatted;
    if (file_read(arena, path, &text) != 0)
        return 0;
    Str broken = broken_promise(arena, text, &formatted);
    if (!formatted)
        return 0;
    printf("%sok %d - %s\n", broken.data == NULL ? "" : "not ", number, path);
    if (broken.data == NULL)
        return 1;
    *failed = true;
    print_comment(broken);
    return 1;
}

int main(int argc, char **argv)
{
    Arena arena = {0};
    bool failed = false;
    int count = 0;
    for (int i = 1; i < argc; i++)
        count += probe(&arena, count + 1, argv[i], &failed);
    printf("1..%d\n", count);
    arena_free(&arena);
    return failed;
}
