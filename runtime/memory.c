#include "memory.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void memory_exhausted(void)
{
    fputs("error: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

_Noreturn void memory_bug(const char *file, int line, const char *sentence)
{
    fprintf(stderr, "bug in migrate: %s (%s:%d)\n", sentence, file, line);
    abort();
}

void *memory_take(size_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (memory == NULL)
        memory_exhausted();
    return memory;
}

char *memory_slice(const char *text, size_t length)
{
    char *copy = memory_take(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

char *memory_text(const char *text)
{
    return text == NULL ? NULL : memory_slice(text, strlen(text));
}

char *memory_format(const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        memory_exhausted();
    return text;
}

FILE *memory_stream(char **text, size_t *size)
{
    FILE *stream = open_memstream(text, size);
    if (stream == NULL)
        memory_exhausted();
    return stream;
}

void memory_stream_end(FILE *stream)
{
    bool failed = ferror(stream) != 0;
    if (fclose(stream) != 0 || failed)
        memory_exhausted();
}
