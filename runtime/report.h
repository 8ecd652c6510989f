/* report.h: what people and scripts read. Results go to stdout, one call a line, in Knex's words; progress, warnings
 * and errors go to stderr. Formats end without a line end. */
#ifndef REPORT_H
#define REPORT_H

#include "json.h"
#include "migrate.h"
#include "session.h"

#include <stdbool.h>

typedef struct ReportStyle {
    bool quiet;   /* no progress, no notices */
    bool colour;  /* the words error, warning and help are coloured */
    bool terminal;/* stderr is one: a line may be written over */
    bool json;    /* no results; messages are kept for the object that --json prints */
} ReportStyle;

void report_style(ReportStyle style);

/* stdout */
void report_result(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* stderr */
void report_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void report_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void report_help(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* stderr, unless quiet */
void report_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line that the next one takes the place of, on a terminal; a line of progress elsewhere. NULL: nothing is to stand
 * there any more. */
void report_live(const char *text);
bool report_is_live(void);

void report_notice(const char *severity, const char *message);

/* With the style's `json`: the members `messages` and `failure`, once, behind all else. */
void report_answer(Json *json);

/* A session's error that is not a migration's: `what` could not be done. */
void report_session(const char *what, const Session *session);

/* The failure of a migration's statement: place, message, statement with a caret where the server points. */
void report_step(const Migration *migration, const MigrateStep *step, const SessionError *error);

#endif
