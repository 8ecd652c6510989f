#include "stem.h"

#include <string.h>

/* What Knex loads by default, and what migrations have been written in otherwise. */
static const char *const extensions[] = {
    ".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".coffee", ".eg", ".iced", ".litcoffee", ".ls", ".co", ".sql", ".mig",
};

size_t stem_length(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
        size_t extension = strlen(extensions[i]);
        if (length > extension && strcmp(name + length - extension, extensions[i]) == 0)
            return length - extension;
    }
    return length;
}

bool stem_equal(const char *a, const char *b)
{
    size_t length = stem_length(a);
    return length == stem_length(b) && memcmp(a, b, length) == 0;
}
