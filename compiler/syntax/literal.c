#include "literal.h"

#include <ctype.h>
#include <utf8proc.h>

typedef struct Decoder {
    Str written;
    size_t at;        /* next byte to read */
    size_t end;       /* the closing quote */
    Text out;
    long high;        /* the first half of a surrogate pair that waits for its second; 0: none */
    const char *problem;
    size_t problem_at;
} Decoder;

static void fail(Decoder *d, const char *problem, size_t at)
{
    if (d->problem == NULL) {
        d->problem = problem;
        d->problem_at = at;
    }
    d->at = d->end;
}

static int digit_value(char c, unsigned base)
{
    int value = 99;
    if (isdigit((unsigned char) c))
        value = c - '0';
    else if (isxdigit((unsigned char) c))
        value = tolower((unsigned char) c) - 'a' + 10;
    return value < (int) base ? value : -1;
}

/* Reads between minimum and maximum digits. -1: too few. */
static long read_digits(Decoder *d, unsigned base, size_t minimum, size_t maximum)
{
    long number = 0;
    size_t count = 0;
    while (count < maximum && d->at < d->end && digit_value(d->written.data[d->at], base) >= 0) {
        number = number * (long) base + digit_value(d->written.data[d->at++], base);
        count++;
    }
    return count < minimum ? -1 : number;
}

/* Two escapes may write one character as a surrogate pair, as in UTF-16. False: this was only its first half, or
 * wrong. */
static bool join_surrogates(Decoder *d, long *code, size_t at)
{
    bool first = *code >= 0xD800 && *code <= 0xDBFF, second = *code >= 0xDC00 && *code <= 0xDFFF;
    if (second != (d->high != 0)) {
        fail(d, "this escape is one half of a surrogate pair without the other", at);
        return false;
    }
    if (second)
        *code = 0x10000 + ((d->high - 0xD800) << 10) + (*code - 0xDC00);
    d->high = first ? *code : 0;
    return !first;
}

static void add_code_point(Decoder *d, long code, size_t at)
{
    utf8proc_uint8_t bytes[4];
    if (!join_surrogates(d, &code, at))
        return;
    if (code <= 0 || code > 0x10FFFF) {
        fail(d, "this escape is not a valid Unicode character", at);
        return;
    }
    utf8proc_ssize_t length = utf8proc_encode_char((utf8proc_int32_t) code, bytes);
    text_add(&d->out, (Str) {(const char *) bytes, (size_t) length});
}

static void add_byte(Decoder *d, long code, size_t at)
{
    if (code <= 0 || code > 0xFF)
        fail(d, "this escape is not a byte that a text can hold", at);
    else
        text_add_char(&d->out, (char) code);
}

/* Behind the backslash of an E'' string. */
static void c_escape(Decoder *d)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    size_t at = d->at - 1;
    char c = d->written.data[d->at];
    const char *simple = strchr(from, c);
    bool hex = c == 'x' && d->at + 1 < d->end && isxdigit((unsigned char) d->written.data[d->at + 1]);
    if (hex) {
        d->at++;
        add_byte(d, read_digits(d, 16, 1, 2), at);
    } else if (c == 'u' || c == 'U') {
        size_t digits = c == 'u' ? 4 : 8;
        d->at++;
        add_code_point(d, read_digits(d, 16, digits, digits), at);
    } else if (c >= '0' && c <= '7') {
        add_byte(d, read_digits(d, 8, 1, 3), at);
    } else {
        text_add_char(&d->out, simple != NULL ? to[simple - from] : c);
        d->at++;
    }
}

/* Behind the backslash of a U& string. */
static void unicode_escape(Decoder *d)
{
    size_t at = d->at - 1;
    char c = d->at < d->end ? d->written.data[d->at] : '\0';
    if (c == '\\') {
        text_add_char(&d->out, '\\');
        d->at++;
    } else if (c == '+') {
        d->at++;
        add_code_point(d, read_digits(d, 16, 6, 6), at);
    } else {
        add_code_point(d, read_digits(d, 16, 4, 4), at);
    }
}

static void decode(Decoder *d, char quote, void (*escape)(Decoder *))
{
    while (d->at < d->end) {
        char c = d->written.data[d->at++];
        bool escaped = c == '\\' && escape != NULL;
        if (d->high != 0 && !escaped)
            fail(d, "the escape before this is one half of a surrogate pair without the other", d->at - 1);
        else if (escaped)
            escape(d);
        else
            text_add_char(&d->out, c);
        if (c == quote)
            d->at++;
    }
    if (d->high != 0)
        fail(d, "the last escape is one half of a surrogate pair without the other", d->end - 1);
}

static bool is_utf8(Str text)
{
    utf8proc_int32_t ignored;
    for (size_t i = 0; i < text.len;) {
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *) text.data + i,
                                                   (utf8proc_ssize_t) (text.len - i), &ignored);
        if (length <= 0)
            return false;
        i += (size_t) length;
    }
    return true;
}

LiteralResult literal_decode(Arena *arena, Str written)
{
    char first = (char) tolower((unsigned char) written.data[0]);
    if (first == 'b' || first == 'x')
        return (LiteralResult) {.value = written};
    size_t prefix = first == 'u' ? 2 : first == 'e' || first == 'n' ? 1 : 0;
    Decoder d = {written, prefix + 1, written.len - 1, text_new(arena), 0, NULL, 0};
    decode(&d, written.data[prefix], first == 'e' ? c_escape : first == 'u' ? unicode_escape : NULL);
    if (first == 'e' && !is_utf8(text_str(&d.out)))
        fail(&d, "the escapes of this string give no valid UTF-8", 0);
    return (LiteralResult) {text_str(&d.out), d.problem, d.problem_at};
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

Str literal_fold(Arena *arena, Str name)
{
    size_t i = 0;
    while (i < name.len && !is_upper(name.data[i]))
        i++;
    if (i == name.len)
        return name;
    char *folded = arena_copy(arena, name.data, name.len);
    for (; i < name.len; i++) {
        if (is_upper(folded[i]))
            folded[i] = (char) (folded[i] - 'A' + 'a');
    }
    return (Str) {folded, name.len};
}
