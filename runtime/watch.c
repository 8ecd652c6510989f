#include "watch.h"

#include "clock.h"
#include "report.h"
#include "sql.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORTEST_PAUSE = 100, LONGEST_PAUSE = 5000 };      /* milliseconds between two looks */
enum { BUILD_PAUSE = 500 };                               /* likewise while an index is built */
enum { TWIN_PATIENCE = 3000 };                            /* milliseconds */
static const double reconnect_pause = 5, name_again = 15; /* seconds */
static const double given_up_after = 60;                  /* of nothing that answers on either connection */
static const double may_be_gone_after = 10;               /* likewise on the first one */

static bool is_true(const char *value)
{
    return value != NULL && value[0] == 't';
}

static const char *text_of(const char *value)
{
    return value == NULL ? "" : value;
}

enum { COLUMN_TABLE = 8, COLUMN_PHASE, COLUMN_DONE, COLUMN_TOTAL, COLUMN_UNIT };

/* A stage counts by itself: blocks of the table, then rows, then transactions that have to end. */
static void show_index(Watch *watch, const char *const *values)
{
    static const char *const units[] = {"rows", "blocks", "transactions"};
    char stage[sizeof(watch->stage)];
    const char *unit = units[0];
    if (values[COLUMN_TABLE] == NULL || values[COLUMN_PHASE] == NULL || watch->migration == NULL)
        return;
    for (size_t i = 0; i < MIGRATE_COUNT(units); i++)
        unit = strcmp(units[i], values[COLUMN_UNIT]) == 0 ? units[i] : unit;
    double done = strtod(text_of(values[COLUMN_DONE]), NULL), total = strtod(text_of(values[COLUMN_TOTAL]), NULL);
    snprintf(stage, sizeof(stage), "index on %s, %s", values[COLUMN_TABLE], values[COLUMN_PHASE]);
    if (strcmp(stage, watch->stage) != 0) {
        double shown = watch->progress.shown;
        bool first = watch->stage[0] == '\0';
        watch_rest(watch);
        memcpy(watch->stage, stage, sizeof(stage));
        progress_begin(&watch->progress, watch->migration, watch->stage, unit, done);
        if (!first)
            watch->progress.shown = shown;
    }
    progress_show(&watch->progress, done, total);
}

/* The first row names who has been at it longest. */
static void read_row(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Watch *watch = context;
    bool first = watch->gone;
    watch->gone = is_true(values[0]);
    if (first)
        show_index(watch, values);
    if (!first || values[2] == NULL)
        return;
    watch->blocker = watch->holder = strtol(values[2], NULL, 10);
    watch->autovacuum = is_true(values[7]);
    const char *table = values[1] == NULL ? "a lock" : values[1];
    if (watch->blocker == 0)
        snprintf(watch->text, sizeof(watch->text), "%s is held by a prepared transaction", table);
    else
        snprintf(watch->text, sizeof(watch->text),
                 "%s is held by process %ld (user %s, application %s, at it for %s s)%s%s", table, watch->blocker,
                 text_of(values[3]), text_of(values[4]), values[5] == NULL ? "0" : values[5],
                 text_of(values[6])[0] == '\0' ? "" : ": ", text_of(values[6]));
}

/* An answer that says no is one, too. */
static bool has_answered(const Session *twin)
{
    const SessionError *error = session_error(twin);
    return error->sqlstate[0] != '\0' || strstr(error->message, "FATAL") != NULL;
}

static void lose_twin(Watch *watch)
{
    if (has_answered(watch->twin))
        watch->unreachable = 0;
    else if (watch->unreachable == 0)
        watch->unreachable = clock_seconds();
    session_close(watch->twin);
    watch->twin = NULL;
    watch->not_before = clock_seconds() + reconnect_pause;
}

static bool open_twin(Watch *watch)
{
    if (watch->twin != NULL)
        return true;
    if (clock_seconds() < watch->not_before)
        return false;
    if (session_open_twin(&watch->twin, watch->session, TWIN_PATIENCE))
        return true;
    lose_twin(watch);
    return false;
}

/* By the simple protocol: a message arrives whole or not at all, so that a twin that is lost in turn cannot have been
 * left in the middle of a query, with a snapshot that others wait for. */
static bool ask(Watch *watch, const char *template, SessionRow *row)
{
    char process[24];
    snprintf(process, sizeof(process), "%ld", watch->process);
    const Filling fillings[] = {{"process", process}, {NULL, NULL}};
    char *sql = template_fill(template, fillings);
    bool good = session_script(watch->twin, sql, row, watch);
    free(sql);
    return good;
}

/* Without a row the process is gone, and with it what it was asked. */
static bool look(Watch *watch)
{
    watch->blocker = 0;
    watch->gone = true;
    if (ask(watch, sql_watch, read_row)) {
        watch->unreachable = 0;
        return true;
    }
    watch->gone = false;
    lose_twin(watch);
    return false;
}

static void name_blocker(Watch *watch)
{
    double now = clock_seconds();
    if (watch->blocker == 0 || (watch->blocker == watch->named && now - watch->announced < name_again))
        return;
    report_progress("waiting: %s", watch->text);
    watch->named = watch->blocker;
    watch->announced = now;
}

/* It may hold locks, and nobody is there any more to tell it to end. */
static void end_process(Watch *watch)
{
    ask(watch, "SELECT pg_catalog.pg_terminate_backend({process})", NULL);
}

static int watch_look(void *context, double silence)
{
    Watch *watch = context;
    bool looked = open_twin(watch) && look(watch);
    if (looked)
        name_blocker(watch);
    if (looked && watch->gone && silence > may_be_gone_after) {
        end_process(watch);
        return -1;
    }
    if (watch->unreachable > 0 && silence > given_up_after && clock_seconds() - watch->unreachable > given_up_after)
        return -1;
    double pause = silence * 500;
    if (watch->stage[0] != '\0' && pause > BUILD_PAUSE)
        return BUILD_PAUSE;
    return pause < SHORTEST_PAUSE ? SHORTEST_PAUSE : pause > LONGEST_PAUSE ? LONGEST_PAUSE : (int) pause;
}

void watch_begin(Watch *watch, const History *history)
{
    if (history->process != session_process(history->session))
        return;
    watch->session = history->session;
    watch->process = history->process;
    session_watch(history->session, watch_look, watch);
}

void watch_end(Watch *watch)
{
    session_close(watch->twin);
    watch->twin = NULL;
}

void watch_name(Watch *watch, const char *migration)
{
    watch->migration = migration;
}

void watch_rest(Watch *watch)
{
    if (watch->stage[0] != '\0')
        progress_end(&watch->progress);
    watch->stage[0] = '\0';
}

void watch_forget(Watch *watch)
{
    watch->blocker = watch->holder = 0;
    watch->autovacuum = false;
    watch->text[0] = '\0';
}
