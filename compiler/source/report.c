#include "report.h"

#include "bug.h"
#include "explain_pages.h"

#include <ctype.h>

static const DiagnosticInfo diagnostics[] = {
#define DIAGNOSTIC(symbol, code, lint, title) {code, LINT_##lint, title, explain_##symbol},
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

/* ------------------------------------------------------------------ lints */

/* Of one migration: a place may name its file by another number, where only the path was known. */
static bool is_same_file(Compilation *c, Span a, Span b)
{
    return a.file == b.file || (a.file != 0 && b.file != 0 &&
                                str_equal(source_file(&c->sources, a.file)->path,
                                          source_file(&c->sources, b.file)->path));
}

static bool is_excused(Compilation *c, Lint lint, Span span)
{
    bool excused = false;
    for (size_t i = 0; i < c->lints.excuses.count; i++) {
        LintExcuse *excuse = &c->lints.excuses.items[i];
        if (excuse->lint != lint || !is_same_file(c, excuse->span, span))
            continue;
        excuse->used = true;
        excused = true;
    }
    return excused;
}

static Severity lint_severity(Compilation *c, Lint lint, Span span)
{
    LintLevel level = c->lints.levels[lint] == LEVEL_DEFAULT ? lint_default(lint) : c->lints.levels[lint];
    if (lint != LINT_ERROR && is_excused(c, lint, span))
        return SEVERITY_SILENT;
    switch (level) {
    case LEVEL_ALLOW: return SEVERITY_SILENT;
    case LEVEL_WARN: return SEVERITY_WARNING;
    case LEVEL_DENY: return SEVERITY_ERROR;
    case LEVEL_DEFAULT: break;
    }
    BUG("lint %d has no level", (int) lint);
}

/* ------------------------------------------------------------------ reports */

void report(Compilation *c, DiagnosticCode code, Span span, const char *format, ...)
{
    FORMATTED(message);
    Severity severity = lint_severity(c, diagnostics[code].lint, span);
    list_push(&c->arena, &c->reports,
              (Report) {.code = code, .severity = severity, .span = span, .message = message});
    c->errors += severity == SEVERITY_ERROR;
}

size_t reports_mark(const Compilation *c)
{
    return c->reports.count;
}

void reports_take_back(Compilation *c, size_t mark)
{
    while (c->reports.count > mark)
        c->errors -= c->reports.items[--c->reports.count].severity == SEVERITY_ERROR;
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
