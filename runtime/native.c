/* Native functions of the project. They get the session of the run through calls that keep what is needed to report a
 * failure: which statement it was, or what the function said. */
#include "native.h"

#include "interrupt.h"
#include "memory.h"
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ statements */

/* Rows are kept until the server has sent all, so that the function that is given them may send statements. */
typedef struct Kept {
    const Session *session;
    char ***rows;
    size_t count, room;
    size_t columns;
} Kept;

static void keep(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Kept *kept = context;
    kept->columns = session_columns(kept->session);
    if (kept->count == kept->room) {
        kept->room = kept->room == 0 ? 64 : kept->room * 2;
        char ***rows = memory_take(kept->room, sizeof(*rows));
        if (kept->count > 0)
            memcpy(rows, kept->rows, kept->count * sizeof(*rows));
        free(kept->rows);
        kept->rows = rows;
    }
    char **row = memory_take(kept->columns + 1, sizeof(*row));
    for (size_t i = 0; i < kept->columns; i++)
        row[i] = memory_text(values[i]);
    kept->rows[kept->count++] = row;
}

static void kept_clear(Kept *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        for (size_t j = 0; j < kept->columns; j++)
            free(kept->rows[i][j]);
        free(kept->rows[i]);
    }
    free(kept->rows);
}

static bool send(MigrateRun *run, const char *sql, size_t count, const char *const *parameters, SessionRow *row,
                 void *context)
{
    free(run->failed);
    run->failed = NULL;
    bool good = session_query(run->session, sql, count, parameters, row, context);
    if (!good)
        run->failed = memory_text(sql);
    return good;
}

bool migrate_execute(MigrateRun *run, const char *sql, size_t count, const char *const *parameters)
{
    return send(run, sql, count, parameters, NULL, NULL);
}

bool migrate_query(MigrateRun *run, const char *sql, size_t count, const char *const *parameters, MigrateRow *row,
                   void *context)
{
    Kept kept = {.session = run->session};
    bool good = send(run, sql, count, parameters, keep, &kept);
    for (size_t i = 0; good && i < kept.count; i++)
        good = row(run, context, kept.columns, (const char *const *) kept.rows[i]);
    kept_clear(&kept);
    return good;
}

unsigned long migrate_affected(const MigrateRun *run)
{
    return session_affected(run->session);
}

const char *migrate_sqlstate(const MigrateRun *run)
{
    return run->failed == NULL ? "" : session_error(run->session)->sqlstate;
}

const char *migrate_message(const MigrateRun *run)
{
    return run->failed == NULL ? NULL : session_error(run->session)->message;
}

/* ------------------------------------------------------------------ words */

static char *format_text(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

static char *format_text(const char *format, va_list arguments)
{
    char *text = NULL;
    size_t size;
    FILE *stream = memory_stream(&text, &size);
    vfprintf(stream, format, arguments);
    memory_stream_end(stream);
    return text;
}

bool migrate_fail(MigrateRun *run, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *reason = format_text(format, arguments);
    va_end(arguments);
    free(run->reason);
    run->reason = reason;
    return false;
}

void migrate_say(MigrateRun *run, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = format_text(format, arguments);
    va_end(arguments);
    report_progress("  %s: %s", run->migration->name, text);
    free(text);
}

void migrate_progress(MigrateRun *run, double done, double total)
{
    if (!run->shows_progress)
        progress_begin(&run->progress, run->migration->name, "native function", "done", done);
    run->shows_progress = true;
    progress_show(&run->progress, done, total);
}

bool migrate_is_up(const MigrateRun *run)
{
    return run->up;
}

bool migrate_is_stopping(const MigrateRun *run)
{
    (void) run;
    return interrupt_pending();
}

/* ------------------------------------------------------------------ the call */

/* Behind the function's own reason, or where it gives none, the statement that has failed is what there is to say. */
void native_report(const MigrateRun *run)
{
    MigrateStep shown = *run->step;
    const char *file = run->migration->file;
    if (interrupt_pending()) {
        report_error("%s:%u: the native function was stopped", file, shown.line);
    } else if (run->reason != NULL) {
        report_error("%s:%u: the native function failed: %s", file, shown.line, run->reason);
    } else if (run->failed != NULL) {
        shown.sql = run->failed;
        report_step(run->migration, &shown, session_error(run->session));
    } else {
        report_error("%s:%u: the native function failed, and does not say why", file, shown.line);
        report_help("let it say so by migrate_fail()");
    }
}

bool native_call(MigrateRun *run)
{
    bool good = run->step->native(run);
    if (run->shows_progress)
        progress_end(&run->progress);
    if (!good || !session_is_aborted(run->session))
        return good;
    return migrate_fail(run, "it returned true, though a statement has failed and nothing can be kept");
}

void native_clear(MigrateRun *run)
{
    free(run->failed);
    free(run->reason);
    *run = (MigrateRun) {0};
}
