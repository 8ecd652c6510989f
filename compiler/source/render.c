#include "bug.h"
#include "render.h"

#include <stdlib.h>
#include <utf8proc.h>

const char *severity_name(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR: return "error";
    case SEVERITY_WARNING: return "warning";
    }
    BUG("severity %d", (int) severity);
}

/* Width of the character at the start of the text; *length is set to its bytes. Bytes that are no UTF-8 are shown as
 * they are, one column each. */
static size_t character_width(Str text, size_t *length)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *) text.data, (utf8proc_ssize_t) text.len,
                                              &character);
    *length = bytes > 0 ? (size_t) bytes : 1;
    if (bytes <= 0)
        return 1;
    if (character == '\t')
        return TAB_WIDTH;
    int width = utf8proc_charwidth(character);
    return width > 0 ? (size_t) width : 0;
}

size_t display_width(Str text)
{
    size_t width = 0, length;
    for (size_t i = 0; i < text.len; i += length)
        width += character_width(str_slice(text, i, text.len), &length);
    return width;
}

/* By file (the order in which they were read, which is the order of the migrations), then place, then code. */
static int compare_reports(const void *left, const void *right)
{
    const Report *a = *(const Report *const *) left, *b = *(const Report *const *) right;
    if (a->span.file != b->span.file)
        return a->span.file < b->span.file ? -1 : 1;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    return a < b ? -1 : a > b;
}

static ReportOrder sort_reports(Compilation *c)
{
    ReportOrder order = {arena_array(&c->arena, const Report *, c->reports.count), c->reports.count};
    for (size_t i = 0; i < order.count; i++)
        order.items[i] = &c->reports.items[i];
    if (order.count > 1)
        qsort(order.items, order.count, sizeof *order.items, compare_reports);
    return order;
}

Str reports_render(Compilation *c, RenderOptions options)
{
    Text out = text_new(&c->arena);
    ReportOrder order = sort_reports(c);
    switch (options.format) {
    case FORMAT_TEXT: render_text(c, &out, order, options.color); break;
    case FORMAT_JSON: render_json(c, &out, order); break;
    case FORMAT_GITHUB: render_github(c, &out, order); break;
    }
    return text_str(&out);
}
