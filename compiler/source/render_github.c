/* Workflow commands of GitHub Actions: ::error file=…,line=…::message, shown at the line in a pull request. */
#include "render.h"

/* Values escape %, CR and LF; inside a property also the characters that end one. */
static void escape(Text *out, Str text, bool property)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            text_addf(out, "%%%02X", (unsigned) (unsigned char) c);
        else
            text_add_char(out, c);
    }
}

static void properties(Compilation *c, Text *out, Span span)
{
    Position start = span_position(&c->arena, &c->sources, span.file, span.start);
    Position end = span_position(&c->arena, &c->sources, span.file, span.end);
    text_add_c(out, "file=");
    escape(out, source_file(&c->sources, span.file)->path, true);
    text_addf(out, ",line=%u,endLine=%u", (unsigned) start.line, (unsigned) end.line);
    if (start.line == end.line)
        text_addf(out, ",col=%u,endColumn=%u", (unsigned) start.column, (unsigned) end.column);
    text_add_char(out, ',');
}

static void message_lines(Text *out, const char *kind, StrList lines)
{
    for (size_t i = 0; i < lines.count; i++) {
        text_addf(out, "%%0A%s: ", kind);
        escape(out, lines.items[i], false);
    }
}

void render_github(Compilation *c, Text *out, ReportOrder order)
{
    for (size_t i = 0; i < order.count; i++) {
        const Report *report = order.items[i];
        const DiagnosticInfo *info = diagnostic_info(report->code);
        text_addf(out, "::%s ", severity_name(report->severity));
        if (span_is_known(report->span))
            properties(c, out, report->span);
        text_addf(out, "title=%s::", info->code);
        escape(out, report->message, false);
        message_lines(out, "note", report->notes);
        message_lines(out, "help", report->helps);
        text_add_char(out, '\n');
    }
}
