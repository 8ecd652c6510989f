/* One array; an object a report: code, severity, message, file, line, column, end_line, end_column, labels, notes,
 * help. Lines and columns count from 1, columns in characters, the end is the character behind the last. file is
 * null and the numbers are 0 for a report about no place. */
#include "render.h"

static void json_place(Compilation *c, Text *out, Span span)
{
    Position start = {0}, end = {0};
    text_add_c(out, "\"file\": ");
    if (span_is_known(span)) {
        start = span_position(&c->arena, &c->sources, span.file, span.start);
        end = span_position(&c->arena, &c->sources, span.file, span.end);
        text_add_json(out, source_file(&c->sources, span.file)->path);
    } else {
        text_add_c(out, "null");
    }
    text_addf(out, ", \"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u", (unsigned) start.line,
              (unsigned) start.column, (unsigned) end.line, (unsigned) end.column);
}

static void json_labels(Compilation *c, Text *out, const Report *report)
{
    text_add_c(out, ", \"labels\": [");
    for (size_t i = 0; i < report->labels.count; i++) {
        text_add_c(out, i == 0 ? "{" : ", {");
        json_place(c, out, report->labels.items[i].span);
        text_add_c(out, ", \"text\": ");
        text_add_json(out, report->labels.items[i].text);
        text_add_char(out, '}');
    }
    text_add_char(out, ']');
}

static void json_lines(Compilation *c, Text *out, const char *name, StrList lines)
{
    Text joined = text_new(&c->arena);
    for (size_t i = 0; i < lines.count; i++) {
        if (i > 0)
            text_add_char(&joined, '\n');
        text_add(&joined, lines.items[i]);
    }
    text_addf(out, ", \"%s\": ", name);
    text_add_json(out, text_str(&joined));
}

void render_json(Compilation *c, Text *out, ReportOrder order)
{
    text_add_char(out, '[');
    for (size_t i = 0; i < order.count; i++) {
        const Report *report = order.items[i];
        const DiagnosticInfo *info = diagnostic_info(report->code);
        text_addf(out, "%s\n  {\"code\": \"%s\", \"severity\": \"%s\", \"message\": ", i == 0 ? "" : ",", info->code,
                  severity_name(report->severity));
        text_add_json(out, report->message);
        text_add_c(out, ", ");
        json_place(c, out, report->span);
        json_labels(c, out, report);
        json_lines(c, out, "notes", report->notes);
        json_lines(c, out, "help", report->helps);
        if (info->lint != LINT_ERROR)
            text_addf(out, ", \"lint\": \"%s\"", lint_name(info->lint));
        text_add_char(out, '}');
    }
    text_add_c(out, order.count == 0 ? "]\n" : "\n]\n");
}
