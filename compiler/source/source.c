#include "source.h"

#include "bug.h"

#include <utf8proc.h>

uint32_t source_add(Arena *arena, Sources *sources, Str path, Str text)
{
    if (sources->files.count == 0)
        list_push(arena, &sources->files, (SourceFile) {.path = STR(""), .text = STR("")});
    list_push(arena, &sources->files, (SourceFile) {.path = str_copy(arena, path), .text = text});
    return (uint32_t) sources->files.count - 1;
}

SourceFile *source_file(Sources *sources, uint32_t file)
{
    if (file == 0 || file >= sources->files.count)
        BUG("no source file %u", (unsigned) file);
    return &sources->files.items[file];
}

Str span_text(Sources *sources, Span span)
{
    return str_slice(source_file(sources, span.file)->text, span.start, span.end);
}

static void find_lines(Arena *arena, SourceFile *file)
{
    list_push(arena, &file->line_starts, 0);
    for (uint32_t i = 0; i < file->text.len; i++) {
        if (file->text.data[i] == '\n')
            list_push(arena, &file->line_starts, i + 1);
    }
}

/* The number, from 1, of the line that holds the offset. */
static uint32_t line_at(Arena *arena, SourceFile *file, uint32_t offset)
{
    if (file->line_starts.count == 0)
        find_lines(arena, file);
    size_t low = 0, high = file->line_starts.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (file->line_starts.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t) low + 1;
}

static uint32_t count_characters(Str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char) text.data[i] & 0xC0) != 0x80;
    return count;
}

Position span_position(Arena *arena, Sources *sources, uint32_t file, uint32_t offset)
{
    SourceFile *source = source_file(sources, file);
    uint32_t line = line_at(arena, source, offset);
    uint32_t start = source->line_starts.items[line - 1];
    return (Position) {line, count_characters(str_slice(source->text, start, offset)) + 1};
}

uint32_t source_line_start(Arena *arena, Sources *sources, uint32_t file, uint32_t line)
{
    SourceFile *source = source_file(sources, file);
    line_at(arena, source, 0);
    return source->line_starts.items[line - 1];
}

Str source_line(Arena *arena, Sources *sources, uint32_t file, uint32_t line)
{
    Str text = source_file(sources, file)->text;
    size_t start = source_line_start(arena, sources, file, line), end = start;
    while (end < text.len && text.data[end] != '\n')
        end++;
    if (end > start && text.data[end - 1] == '\r')
        end--;
    return str_slice(text, start, end);
}

bool span_is_known(Span span)
{
    return span.file != 0;
}

Span span_join(Span first, Span last)
{
    if (!span_is_known(first))
        return last;
    return (Span) {first.start, last.end, first.file};
}

Span span_head(Span span, uint32_t length)
{
    if (span.end - span.start > length)
        span.end = span.start + length;
    return span;
}

/* Controls, and what turns the direction of writing or cannot be seen, would make a line look other than it is. */
static bool is_plain(utf8proc_int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF &&
           category != UTF8PROC_CATEGORY_ZL && category != UTF8PROC_CATEGORY_ZP;
}

DisplayedCharacter display_character(Str text)
{
    enum { BYTE_ORDER_MARK = 0xFEFF };  /* in front of a file it is no character of it */
    utf8proc_int32_t character;
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *) text.data, (utf8proc_ssize_t) text.len,
                                              &character);
    DisplayedCharacter shown = {.length = bytes > 0 ? (size_t) bytes : 1, .text = STR("\xEF\xBF\xBD"), .width = 1};
    if (bytes > 0 && character == BYTE_ORDER_MARK) {
        shown.text = STR("");
        shown.width = 0;
    } else if (bytes > 0 && character == '\t') {
        shown.text = STR("    ");
        shown.width = TAB_WIDTH;
    } else if (bytes > 0 && is_plain(character)) {
        int width = utf8proc_charwidth(character);
        shown.text = str_slice(text, 0, shown.length);
        shown.width = width > 0 ? (size_t) width : 0;
    }
    return shown;
}

size_t display_width(Str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len;) {
        DisplayedCharacter shown = display_character(str_slice(text, i, text.len));
        width += shown.width;
        i += shown.length;
    }
    return width;
}
