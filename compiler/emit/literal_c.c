/* Everything is written so that it survives review and compilers alike. Octal escapes take always three digits, so
 * that a digit behind one does not join; the second of two `?` is escaped, so that there are no trigraphs;
 * characters that nobody sees (controls, directions of writing, spaces of no width) and bytes that are no UTF-8 are
 * escaped. */
#include "literal_c.h"

#include "bug.h"

#include <utf8proc.h>

/* The categories of what cannot be seen stand at both ends of the enumeration: unassigned, and from the line
 * separator to private use. */
static bool is_visible(utf8proc_int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category > UTF8PROC_CATEGORY_CN && category < UTF8PROC_CATEGORY_ZL;
}

static void add_escaped_bytes(Text *out, Str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        text_addf(out, "\\%03o", (unsigned) (unsigned char) bytes.data[i]);
}

static void add_ascii(Text *out, char c, char before)
{
    static const char plain[] = "\a\b\t\v\f\r\"\\", escaped[] = "abtvfr\"\\";
    const char *special = strchr(plain, c);
    if (c == '\0')
        BUG("a NUL inside a text");
    if (special != NULL)
        text_addf(out, "\\%c", escaped[special - plain]);
    else if (c == '?' && before == '?')
        text_add_c(out, "\\?");
    else if (c < 0x20 || c == 0x7F)
        add_escaped_bytes(out, (Str) {&c, 1});
    else
        text_add_char(out, c);
}

/* Adds the character that begins beyond ASCII; returns its length. */
static size_t add_wide(Text *out, Str rest)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *) rest.data, (utf8proc_ssize_t) rest.len,
                                              &character);
    size_t length = bytes > 0 ? (size_t) bytes : 1;
    if (bytes > 0 && is_visible(character))
        text_add(out, str_slice(rest, 0, length));
    else
        add_escaped_bytes(out, str_slice(rest, 0, length));
    return length;
}

static void add_line(Text *out, Str line)
{
    size_t length = 1;
    for (size_t i = 0; i < line.len; i += length) {
        length = 1;
        if ((unsigned char) line.data[i] < 0x80)
            add_ascii(out, line.data[i], i > 0 ? line.data[i - 1] : '\0');
        else
            length = add_wide(out, str_slice(line, i, line.len));
    }
}

void add_c_literal(Text *out, Str text, size_t indent)
{
    size_t start = 0;
    text_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '\n')
            continue;
        add_line(out, str_slice(text, start, i));
        text_add_c(out, "\\n");
        start = i + 1;
        if (start == text.len)
            break;
        text_add_c(out, "\"\n");
        text_add_repeated(out, ' ', indent);
        text_add_char(out, '"');
    }
    add_line(out, str_slice(text, start, text.len));
    text_add_char(out, '"');
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void add_c_identifier(Text *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool mark = c == '_' && i + 1 < text.len && text.data[i + 1] == 'X';
        if (is_letter_or_digit(c) || (c == '_' && !mark))
            text_add_char(out, c);
        else
            text_addf(out, "_X%02X", (unsigned) (unsigned char) c);
    }
}

void add_c_comment(Text *out, Str text)
{
    char before = '\0';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if ((before == '*' && c == '/') || (before == '/' && c == '*'))
            text_add_char(out, ' ');
        text_add_char(out, (unsigned char) c < 0x20 ? '?' : c);
        before = c;
    }
}
