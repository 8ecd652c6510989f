/* The messages as people read them.
 *
 * A report shows its snippets file by file: first that of the report's own place, then those of its labels. Inside a
 * file the annotated lines stand in order, each followed by a row per annotation. Tabs become spaces so that the
 * carets stand where they should; wide characters count two columns. A span over several lines is underlined on its
 * first. Of a very long line only the part around its first annotation is shown.
 */
#include "render.h"

#include <stdlib.h>

typedef struct Annotation {
    Span span;
    Str text;
    bool primary;
    uint32_t line;
} Annotation;

typedef LIST(Annotation) Annotations;

/* The part of a line that is shown: bytes from its start. */
typedef struct Window {
    size_t from, to;
} Window;

typedef struct Style {
    const char *reset, *bold, *error, *warning, *gutter, *secondary, *help;
} Style;

static const Style plain_style = {"", "", "", "", "", "", ""};
static const Style color_style = {
    "\033[0m", "\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;34m", "\033[1;34m", "\033[1;36m",
};

typedef struct Renderer {
    Compilation *c;
    Text *out;
    const Style *style;
    int width;           /* digits of the largest line number shown */
} Renderer;

static Annotation annotate(Renderer *r, Span span, Str text, bool primary)
{
    Position at = span_position(&r->c->arena, &r->c->sources, span.file, span.start);
    return (Annotation) {span, text, primary, at.line};
}

static int compare_annotations(const void *left, const void *right)
{
    const Annotation *a = left, *b = right;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    return a->primary ? -1 : b->primary;
}

/* The report's annotations in one file, in the order of their places. */
static Annotations annotations_in(Renderer *r, const Report *report, uint32_t file)
{
    Annotations found = {0};
    if (report->span.file == file)
        list_push(&r->c->arena, &found, annotate(r, report->span, report->primary, true));
    for (size_t i = 0; i < report->labels.count; i++) {
        Label label = report->labels.items[i];
        if (label.span.file == file)
            list_push(&r->c->arena, &found, annotate(r, label.span, label.text, false));
    }
    qsort(found.items, found.count, sizeof *found.items, compare_annotations);
    return found;
}

static void gutter(Renderer *r, const char *mark)
{
    text_addf(r->out, "%s%*s %s%s", r->style->gutter, r->width + 1, "", mark, r->style->reset);
}

static void source_text(Renderer *r, Str line)
{
    for (size_t i = 0; i < line.len;) {
        DisplayedCharacter shown = display_character(str_slice(line, i, line.len));
        text_add(r->out, shown.text);
        i += shown.length;
    }
}

static bool is_inside_character(Str line, size_t at)
{
    return at < line.len && ((unsigned char) line.data[at] & 0xC0) == 0x80;
}

/* Cuts a line that is too long for any terminal, so that what begins at the offset is in sight. */
static Window choose_window(Str line, size_t offset)
{
    enum { LONGEST = 200, BEFORE = 60 };
    if (line.len <= LONGEST)
        return (Window) {0, line.len};
    offset = offset < line.len ? offset : line.len;
    size_t from = offset > BEFORE ? offset - BEFORE : 0;
    size_t to = from + LONGEST < line.len ? from + LONGEST : line.len;
    while (from > 0 && is_inside_character(line, from))
        from--;
    while (to > from && is_inside_character(line, to))
        to--;
    return (Window) {from, to};
}

static size_t offset_in_line(Renderer *r, Annotation annotation)
{
    uint32_t file = annotation.span.file;
    return annotation.span.start - source_line_start(&r->c->arena, &r->c->sources, file, annotation.line);
}

/* Shows the line of the annotation. */
static Window show_line(Renderer *r, Annotation annotation)
{
    Str line = source_line(&r->c->arena, &r->c->sources, annotation.span.file, annotation.line);
    Window window = choose_window(line, offset_in_line(r, annotation));
    text_addf(r->out, "%s %*u |%s ", r->style->gutter, r->width, (unsigned) annotation.line, r->style->reset);
    if (window.from > 0)
        text_add_c(r->out, "…");
    source_text(r, str_slice(line, window.from, window.to));
    text_addf(r->out, "%s\n", window.to < line.len ? "…" : "");
    return window;
}

static size_t clamp(size_t offset, Window window)
{
    return offset < window.from ? window.from : offset > window.to ? window.to : offset;
}

static void underline(Renderer *r, Annotation annotation, Window window, const char *color)
{
    Str line = source_line(&r->c->arena, &r->c->sources, annotation.span.file, annotation.line);
    size_t start = offset_in_line(r, annotation);
    size_t from = clamp(start, window), to = clamp(start + annotation.span.end - annotation.span.start, window);
    size_t width = display_width(str_slice(line, from, to));
    gutter(r, "|");
    text_add_repeated(r->out, ' ', display_width(str_slice(line, window.from, from)) + 1 + (window.from > 0));
    text_add_c(r->out, annotation.primary ? color : r->style->secondary);
    text_add_repeated(r->out, annotation.primary ? '^' : '-', width == 0 ? 1 : width);
    if (annotation.text.len > 0)
        text_addf(r->out, " %.*s", STR_ARG(annotation.text));
    text_addf(r->out, "%s\n", r->style->reset);
}

static void show_annotations(Renderer *r, Annotations annotations, const char *color)
{
    uint32_t last = 0;
    Window window = {0};
    for (size_t i = 0; i < annotations.count; i++) {
        Annotation annotation = annotations.items[i];
        if (annotation.line != last) {
            if (last != 0 && annotation.line > last + 1)
                text_addf(r->out, "%s%*s...%s\n", r->style->gutter, r->width, "", r->style->reset);
            window = show_line(r, annotation);
        }
        underline(r, annotation, window, color);
        last = annotation.line;
    }
}

static void show_file(Renderer *r, const Report *report, uint32_t file, const char *color)
{
    Annotations annotations = annotations_in(r, report, file);
    Str path = source_file(&r->c->sources, file)->path;
    if (source_file(&r->c->sources, file)->text.data == NULL) {
        text_addf(r->out, "%s%*s -->%s %.*s\n", r->style->gutter, r->width, "", r->style->reset, STR_ARG(path));
        return;
    }
    if (file == report->span.file) {
        Position at = span_position(&r->c->arena, &r->c->sources, file, report->span.start);
        text_addf(r->out, "%s%*s -->%s %.*s:%u:%u\n", r->style->gutter, r->width, "", r->style->reset, STR_ARG(path),
                  (unsigned) at.line, (unsigned) at.column);
    } else {
        text_addf(r->out, "%s%*s :::%s %.*s:%u\n", r->style->gutter, r->width, "", r->style->reset, STR_ARG(path),
                  (unsigned) annotations.items[0].line);
    }
    gutter(r, "|");
    text_add_char(r->out, '\n');
    show_annotations(r, annotations, color);
    gutter(r, "|");
    text_add_char(r->out, '\n');
}

/* True when an earlier label, or the report itself, has brought the file already. */
static bool file_was_shown(const Report *report, size_t label)
{
    uint32_t file = report->labels.items[label].span.file;
    for (size_t i = 0; i < label; i++) {
        if (report->labels.items[i].span.file == file)
            return true;
    }
    return report->span.file == file;
}

static uint32_t largest_line(Renderer *r, const Report *report)
{
    uint32_t largest = 0;
    if (span_is_known(report->span))
        largest = annotate(r, report->span, STR(""), true).line;
    for (size_t i = 0; i < report->labels.count; i++) {
        uint32_t line = annotate(r, report->labels.items[i].span, STR(""), false).line;
        largest = line > largest ? line : largest;
    }
    return largest;
}

static int count_digits(uint32_t number)
{
    int digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static void remark(Renderer *r, const char *kind, Str text)
{
    gutter(r, "= ");
    text_addf(r->out, "%s%s:%s %.*s\n", r->style->help, kind, r->style->reset, STR_ARG(text));
}

static void show_report(Renderer *r, const Report *report)
{
    const DiagnosticInfo *info = diagnostic_info(report->code);
    const char *color = report->severity == SEVERITY_ERROR ? r->style->error : r->style->warning;
    r->width = count_digits(largest_line(r, report));
    text_addf(r->out, "%s%s[%s]%s%s: %.*s%s\n", color, severity_name(report->severity), info->code, r->style->reset,
              r->style->bold, STR_ARG(report->message), r->style->reset);
    if (span_is_known(report->span))
        show_file(r, report, report->span.file, color);
    for (size_t i = 0; i < report->labels.count; i++) {
        if (!file_was_shown(report, i))
            show_file(r, report, report->labels.items[i].span.file, color);
    }
    for (size_t i = 0; i < report->notes.count; i++)
        remark(r, "note", report->notes.items[i]);
    for (size_t i = 0; i < report->helps.count; i++)
        remark(r, "help", report->helps.items[i]);
    bool lint = info->lint != LINT_ERROR;
    remark(r, "more", str_format(&r->c->arena, "migc explain %s%s%s%s", info->code, lint ? " (lint " : "",
                                 lint ? lint_name(info->lint) : "", lint ? ")" : ""));
    text_add_char(r->out, '\n');
}

static void show_count(Text *out, size_t count, const char *noun)
{
    text_addf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void render_text(Compilation *c, Text *out, ReportOrder order, bool color)
{
    Renderer renderer = {.c = c, .out = out, .style = color ? &color_style : &plain_style};
    for (size_t i = 0; i < order.count; i++)
        show_report(&renderer, order.items[i]);
    size_t warnings = order.count - c->errors;
    if (order.count == 0)
        return;
    if (c->errors > 0)
        show_count(out, c->errors, "error");
    if (c->errors > 0 && warnings > 0)
        text_add_c(out, ", ");
    if (warnings > 0)
        show_count(out, warnings, "warning");
    text_add_char(out, '\n');
}
