/* Str: a slice of UTF-8 text; Text: a text that grows.
 *
 * A Str does not own its bytes and is not NUL-terminated unless its maker says so. An absent Str has data == NULL; an
 * empty one has len == 0. Text grows in an arena.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "list.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Str {
    const char *data;
    size_t len;
} Str;

#define STR(literal) ((Str) {"" literal, sizeof(literal) - 1})

typedef LIST(Str) StrList;

/* For "%.*s". */
#define STR_ARG(str) (int) (str).len, (str).data

Str str_from(const char *nul_terminated);
Str str_copy(Arena *arena, Str str);             /* the copy is NUL-terminated */
const char *str_to_c(Arena *arena, Str str);     /* a NUL-terminated copy */
Str str_join(Arena *arena, StrList list, const char *between);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool str_equal(Str a, Str b);
bool str_is(Str str, const char *nul_terminated);
int str_compare(Str a, Str b);                   /* by bytes, as memcmp */
bool str_starts_with(Str str, Str prefix);
bool str_ends_with(Str str, Str suffix);
Str str_slice(Str str, size_t start, size_t end);
Str str_trim(Str str);                           /* without white space at both ends */
uint32_t str_hash(Str str);

/* The longest prefix of at most limit bytes that does not cut a UTF-8 character, as pg_mbcliplen(). */
Str str_clip(Str str, size_t limit);

/* The number of single-character edits between two short words; for "did you mean". */
size_t str_distance(Str a, Str b);

typedef struct Text {
    Arena *arena;
    char *data;      /* NUL-terminated once anything was added */
    size_t len;
    size_t capacity;
} Text;

Text text_new(Arena *arena);
void text_add(Text *text, Str str);
void text_add_c(Text *text, const char *nul_terminated);
void text_add_char(Text *text, char c);
void text_add_repeated(Text *text, char c, size_t count);
void text_addf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_addv(Text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void text_add_json(Text *text, Str str);         /* as a string of JSON, with its quotes */
Str text_str(Text *text);                        /* valid until the text changes */

#endif
