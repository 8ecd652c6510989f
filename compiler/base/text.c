#include "text.h"

#include "bug.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

Str str_from(const char *nul_terminated)
{
    return (Str) {nul_terminated, strlen(nul_terminated)};
}

Str str_copy(Arena *arena, Str str)
{
    return (Str) {str_to_c(arena, str), str.len};
}

const char *str_to_c(Arena *arena, Str str)
{
    char *copy = arena_alloc(arena, str.len + 1);
    if (str.len > 0)
        memcpy(copy, str.data, str.len);
    return copy;
}

Str str_join(Arena *arena, StrList list, const char *between)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < list.count; i++) {
        if (i > 0)
            text_add_c(&text, between);
        text_add(&text, list.items[i]);
    }
    return text_str(&text);
}

Str str_format(Arena *arena, const char *format, ...)
{
    Text text = text_new(arena);
    va_list arguments;
    va_start(arguments, format);
    text_addv(&text, format, arguments);
    va_end(arguments);
    return text_str(&text);
}

bool str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool str_is(Str str, const char *nul_terminated)
{
    return str_equal(str, str_from(nul_terminated));
}

int str_compare(Str a, Str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts_with(Str str, Str prefix)
{
    return str.len >= prefix.len && str_equal(str_slice(str, 0, prefix.len), prefix);
}

bool str_ends_with(Str str, Str suffix)
{
    return str.len >= suffix.len && str_equal(str_slice(str, str.len - suffix.len, str.len), suffix);
}

Str str_slice(Str str, size_t start, size_t end)
{
    if (start > end || end > str.len)
        BUG("slice %zu..%zu of a text of %zu bytes", start, end, str.len);
    return (Str) {str.data == NULL ? NULL : str.data + start, end - start};
}

Str str_trim(Str str)
{
    size_t start = 0, end = str.len;
    while (start < end && isspace((unsigned char) str.data[start]))
        start++;
    while (end > start && isspace((unsigned char) str.data[end - 1]))
        end--;
    return str_slice(str, start, end);
}

/* FNV-1a. */
uint32_t str_hash(Str str)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < str.len; i++)
        hash = (hash ^ (unsigned char) str.data[i]) * 16777619u;
    return hash;
}

static bool is_continuation(char c)
{
    return ((unsigned char) c & 0xC0) == 0x80;
}

Str str_clip(Str str, size_t limit)
{
    if (str.len <= limit)
        return str;
    while (limit > 0 && is_continuation(str.data[limit]))
        limit--;
    return str_slice(str, 0, limit);
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein's distance, one row at a time. */
size_t str_distance(Str a, Str b)
{
    enum { LONGEST = 63 };
    size_t row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a.data[i - 1] != b.data[j - 1]));
            diagonal = above;
        }
    }
    return row[b.len];
}

Text text_new(Arena *arena)
{
    return (Text) {.arena = arena};
}

/* Makes room for `more` bytes and the closing NUL. */
static void text_reserve(Text *text, size_t more)
{
    size_t needed = text->len + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity == 0 ? 64 : text->capacity;
    while (capacity < needed)
        capacity *= 2;
    text->data = arena_resize(text->arena, text->data, text->capacity, capacity);
    text->capacity = capacity;
}

void text_add(Text *text, Str str)
{
    text_reserve(text, str.len);
    if (str.len > 0)
        memcpy(text->data + text->len, str.data, str.len);
    text->len += str.len;
    text->data[text->len] = '\0';
}

void text_add_c(Text *text, const char *nul_terminated)
{
    text_add(text, str_from(nul_terminated));
}

void text_add_char(Text *text, char c)
{
    text_add(text, (Str) {&c, 1});
}

void text_add_repeated(Text *text, char c, size_t count)
{
    text_reserve(text, count);
    memset(text->data + text->len, c, count);
    text->len += count;
    text->data[text->len] = '\0';
}

void text_addf(Text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_addv(text, format, arguments);
    va_end(arguments);
}

void text_addv(Text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        BUG("cannot format \"%s\"", format);
    text_reserve(text, (size_t) length);
    vsnprintf(text->data + text->len, (size_t) length + 1, format, arguments);
    text->len += (size_t) length;
}

void text_add_json(Text *text, Str str)
{
    text_add_char(text, '"');
    for (size_t i = 0; i < str.len; i++) {
        unsigned char c = (unsigned char) str.data[i];
        if (c == '"' || c == '\\')
            text_addf(text, "\\%c", c);
        else if (c == '\n')
            text_add_c(text, "\\n");
        else if (c < 0x20)
            text_addf(text, "\\u%04x", (unsigned) c);
        else
            text_add_char(text, (char) c);
    }
    text_add_char(text, '"');
}

/* What it has more than it needs the arena gets back, if it can. */
Str text_str(Text *text)
{
    if (text->data == NULL)
        return STR("");
    text->data = arena_resize(text->arena, text->data, text->capacity, text->len + 1);
    text->capacity = text->len + 1;
    return (Str) {text->data, text->len};
}
