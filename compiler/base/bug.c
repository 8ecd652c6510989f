#include "bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void bug_found(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "migc: bug at %s:%d: ", file, line);
    vfprintf(stderr, format, arguments);
    fputs("\nmigc: please report this with the migration that caused it\n", stderr);
    va_end(arguments);
    abort();
}
