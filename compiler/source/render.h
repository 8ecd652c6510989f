/* The renderers behind reports_render(); private to this folder. Each gets the reports in their final order. */
#ifndef SOURCE_RENDER_H
#define SOURCE_RENDER_H

#include "report.h"

typedef struct ReportOrder {
    const Report **items;
    size_t count;
} ReportOrder;

void render_text(Compilation *c, Text *out, ReportOrder order, bool color);
void render_json(Compilation *c, Text *out, ReportOrder order);
void render_github(Compilation *c, Text *out, ReportOrder order);

const char *severity_name(Severity severity);  /* "error", "warning" */

#endif
