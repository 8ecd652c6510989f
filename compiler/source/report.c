#include "report.h"

#include "bug.h"
#include "explain_pages.h"

#include <ctype.h>

static const DiagnosticInfo diagnostics[] = {
#define DIAGNOSTIC(symbol, code, severity, title) {code, SEVERITY_##severity, title, explain_##symbol},
#include "diagnostics.def"
#undef DIAGNOSTIC
};

const DiagnosticInfo *diagnostic_info(DiagnosticCode code)
{
    return &diagnostics[code];
}

static bool same_letters(Str a, const char *b)
{
    for (size_t i = 0; i < a.len; i++) {
        if (toupper((unsigned char) a.data[i]) != toupper((unsigned char) b[i]))
            return false;
    }
    return b[a.len] == '\0';
}

const DiagnosticInfo *diagnostic_find(Str code)
{
    for (size_t i = 0; i < DIAGNOSTIC_COUNT; i++) {
        if (same_letters(code, diagnostics[i].code))
            return &diagnostics[i];
    }
    return NULL;
}

void compilation_free(Compilation *c)
{
    Arena arena = c->arena;
    *c = (Compilation) {0};
    arena_free(&arena);
}

static Str format_text(Compilation *c, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static Str format_text(Compilation *c, const char *format, va_list arguments)
{
    Text text = text_new(&c->arena);
    text_addv(&text, format, arguments);
    return text_str(&text);
}

static Report *newest(Compilation *c)
{
    if (c->reports.count == 0)
        BUG("a label, note or help without a report");
    return &c->reports.items[c->reports.count - 1];
}

#define FORMATTED(result)                            \
    Str result;                                      \
    do {                                             \
        va_list arguments;                           \
        va_start(arguments, format);                 \
        result = format_text(c, format, arguments);  \
        va_end(arguments);                           \
    } while (0)

void report(Compilation *c, DiagnosticCode code, Span span, const char *format, ...)
{
    FORMATTED(message);
    list_push(&c->arena, &c->reports, (Report) {.code = code, .span = span, .message = message});
    c->errors += diagnostics[code].severity == SEVERITY_ERROR;
}

void caption(Compilation *c, const char *format, ...)
{
    FORMATTED(text);
    newest(c)->primary = text;
}

void label(Compilation *c, Span span, const char *format, ...)
{
    FORMATTED(text);
    if (span_is_known(span))
        list_push(&c->arena, &newest(c)->labels, (Label) {span, text});
}

void note(Compilation *c, const char *format, ...)
{
    FORMATTED(text);
    list_push(&c->arena, &newest(c)->notes, text);
}

void help(Compilation *c, const char *format, ...)
{
    FORMATTED(text);
    list_push(&c->arena, &newest(c)->helps, text);
}
