/* memory.h: memory that is always there. When there is none left the program says so and ends with exit code 1; the
 * server then rolls back what was not committed. Everything is given back with free(). */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* For what cannot be. Never for input from outside. */
#define BUG(sentence) memory_bug(__FILE__, __LINE__, sentence)

/* `count` zeroed elements of `size` bytes; never NULL. */
void *memory_take(size_t count, size_t size);

/* A copy of the first `length` bytes, with a closing NUL. */
char *memory_slice(const char *text, size_t length);

/* A copy of the whole text; NULL gives NULL. */
char *memory_text(const char *text);

/* printf into memory of its own. */
char *memory_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stream that writes to memory: `text` is good, and to be freed, after the stream's end. */
FILE *memory_stream(char **text, size_t *size);
void memory_stream_end(FILE *stream);

_Noreturn void memory_exhausted(void);
_Noreturn void memory_bug(const char *file, int line, const char *sentence);

#endif
