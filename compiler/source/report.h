/* The one error path: report() what is wrong, then label(), note() and help() say where and what to do.
 *
 *     report(c, M_UNKNOWN_TABLE, span, "there is no table \"%.*s\"", STR_ARG(name));
 *     label(c, other_span, "created here");
 *     help(c, "did you mean \"%.*s\"?", STR_ARG(close));
 *
 * label, note and help speak of the newest report. Reports are collected, and rendered once, sorted by place.
 * A function that returns false has reported already.
 */
#ifndef SOURCE_REPORT_H
#define SOURCE_REPORT_H

#include "file.h"
#include "lint.h"
#include "source.h"

/* SILENT: of a lint that is allowed; it is not shown. */
typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_SILENT } Severity;

/* The codes are the rows of diagnostics.def: M_UNKNOWN_TABLE and so on. */
typedef enum DiagnosticCode {
#define DIAGNOSTIC(symbol, code, severity, title) M_##symbol,
#include "diagnostics.def"
#undef DIAGNOSTIC
    DIAGNOSTIC_COUNT
} DiagnosticCode;

typedef struct DiagnosticInfo {
    const char *code;   /* "M0217": stable, never reused */
    Lint lint;          /* LINT_ERROR: it is none */
    const char *title;  /* one line, for the list of codes */
    const char *page;   /* the explain page in Markdown: compiler/source/explain/M0217.md */
} DiagnosticInfo;

const DiagnosticInfo *diagnostic_info(DiagnosticCode code);
const DiagnosticInfo *diagnostic_find(Str code);  /* "M0217" or "m0217"; NULL when there is none */

typedef struct Label {
    Span span;
    Str text;  /* "" for a bare underline */
} Label;

typedef struct Report {
    DiagnosticCode code;
    Severity severity;
    Span span;            /* a zeroed span: a report about no place in a file */
    Str message;
    Str primary;          /* the text at the caret */
    LIST(Label) labels;
    StrList notes;
    StrList helps;
} Report;

/* One compilation: the arena that everything lives in, the files, and what was reported. */
typedef struct Compilation {
    Arena arena;
    Sources sources;
    LIST(Report) reports;
    size_t errors;
    Lints lints;
} Compilation;

void compilation_free(Compilation *c);

void report(Compilation *c, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void caption(Compilation *c, const char *format, ...) __attribute__((format(printf, 2, 3)));  /* text at the caret */
void label(Compilation *c, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
void note(Compilation *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
void help(Compilation *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What is reported behind a mark can be taken back: it was a try. */
size_t reports_mark(const Compilation *c);
void reports_take_back(Compilation *c, size_t mark);

typedef enum ReportFormat { FORMAT_TEXT, FORMAT_JSON, FORMAT_GITHUB } ReportFormat;

typedef struct RenderOptions {
    ReportFormat format;
    bool color;          /* text only */
} RenderOptions;

/* Everything reported so far, sorted by file and place. Text: the messages; JSON: one array of objects; GitHub:
 * workflow commands, a line a report. Empty text when there is nothing (JSON: an empty array). */
Str reports_render(Compilation *c, RenderOptions options);

#endif
