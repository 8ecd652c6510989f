#include "bug.h"
#include "render.h"

#include <stdlib.h>

const char *severity_name(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR: return "error";
    case SEVERITY_WARNING: return "warning";
    case SEVERITY_SILENT: break;
    }
    BUG("severity %d", (int) severity);
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
    ReportOrder order = {arena_array(&c->arena, const Report *, c->reports.count), 0};
    for (size_t i = 0; i < c->reports.count; i++) {
        if (c->reports.items[i].severity != SEVERITY_SILENT)
            order.items[order.count++] = &c->reports.items[i];
    }
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
