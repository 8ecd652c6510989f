/* A backfill is a chain of transactions, each of which updates the rows between two positions and writes the second
 * one into the journal. So wherever the program is killed, the next run goes on behind the last batch that was
 * committed, and no row is done twice.
 *
 * Rows count as they are when their batch comes: the condition stands in the UPDATE, and the server looks again at a
 * row that somebody else has changed in the meantime. Rows that are added while it goes on are done when they lie
 * ahead of the position and not behind the last row that there was at the beginning; a single UPDATE would do none of
 * them.
 *
 * A batch that cannot get its rows soon, because others hold them, lets go of those that it has and comes again with
 * half as many. */
#include "engine.h"

#include "clock.h"
#include "digest.h"
#include "interrupt.h"
#include "memory.h"
#include "progress.h"
#include "report.h"
#include "sql.h"
#include "template.h"
#include "throttle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the migration does not say how many rows a batch has, it is as many as take about this time. */
static const double wanted_time = 0.25;  /* seconds */
static const double longest_stop = 300;  /* without any batch that succeeds */

enum {
    FIRST_ROWS = 1000, FEWEST_ROWS = 50, MOST_ROWS = 50000,
    RATE_PARTS = 2,     /* batches a second, at least, where there is a rate */
    LONGEST_WAIT = 250, /* milliseconds for a lock */
    FIRST_NAP = 20, LONGEST_NAP = 2000,  /* milliseconds before a batch comes again */
};

typedef struct Backfill {
    Run *run;
    Place place;
    const MigrateStep *step;
    const MigrateBackfill *plan;
    char *digest;                /* of what is done to which rows */
    char *position;              /* NULL: not begun */
    unsigned long long walked;   /* rows up to there */
    unsigned long rows;          /* of the next batch */
    double total;                /* rows of the table, estimated; 0: unknown; less: not asked yet */
    int nap;                     /* since the last batch that succeeded: how long was waited before trying again */
    double stopped;              /* and when that began; 0: it has not */
    bool ended;
    Progress progress;
    Throttle throttle;
} Backfill;

typedef struct Batch {
    char *from, *to;             /* positions; NULL `from`: the table is empty, NULL `to`: no rows are left */
    unsigned long long walked;
    unsigned long changed;
    bool ended;
    const char *sending;         /* the statement under way, where it is the migration's */
} Batch;

/* ------------------------------------------------------------------ what the journal keeps: "DIGEST ROWS POSITION" */

static char *entry_make(const Backfill *backfill, const Batch *batch)
{
    return memory_format("%s %llu %s", backfill->digest, backfill->walked + batch->walked, batch->to);
}

/* Behind the digest, or NULL. */
static const char *entry_number(const char *entry)
{
    const char *space = entry == NULL ? NULL : strchr(entry, ' ');
    return space == NULL ? NULL : space + 1;
}

unsigned long long backfill_walked(const char *entry)
{
    const char *number = entry_number(entry);
    return number == NULL ? 0 : strtoull(number, NULL, 10);
}

/* Where an earlier run has left off. A backfill that was changed since begins anew: what its position means, and what
 * was done to the rows before it, belongs to another one. */
static void take_up(Backfill *backfill, const Leg *leg)
{
    const char *entry = leg->position, *number = entry_number(entry);
    const char *position = number == NULL ? NULL : strchr(number, ' ');
    if (entry == NULL || backfill->place.step != leg->first)
        return;
    bool same = position != NULL && strncmp(entry, backfill->digest, strlen(backfill->digest)) == 0;
    if (!same) {
        report_warning("%s:%u: the backfill is not the one that was begun; it begins again at the first row",
                       leg->migration->file, backfill->step->line);
        return;
    }
    backfill->position = memory_text(position + 1);
    backfill->walked = backfill_walked(entry);
    report_progress("  %s: the backfill in line %u goes on behind %llu rows", leg->migration->name,
                    backfill->step->line, backfill->walked);
}

static char *backfill_digest(const MigrateBackfill *plan)
{
    Digest digest = digest_new();
    digest_add(&digest, plan->next);
    digest_add(&digest, plan->update);
    return digest_text(digest);
}

/* ------------------------------------------------------------------ how many rows */

static unsigned long most_rows(const Backfill *backfill)
{
    unsigned long most = backfill->plan->batch > 0 ? backfill->plan->batch : MOST_ROWS;
    unsigned long rate = backfill->run->order->pace.rate / RATE_PARTS;
    if (backfill->run->order->pace.rate > 0 && rate < most)
        most = rate > 0 ? rate : 1;
    return most;
}

static void set_rows(Backfill *backfill, unsigned long rows)
{
    unsigned long most = most_rows(backfill), fewest = most < FEWEST_ROWS ? most : FEWEST_ROWS;
    backfill->rows = rows > most ? most : rows < fewest ? fewest : rows;
}

/* After a batch that took so many seconds. */
static void adapt_rows(Backfill *backfill, double seconds)
{
    unsigned long doubled = backfill->rows * 2, halved = backfill->rows / 2;
    double right = (double) backfill->rows * wanted_time / (seconds > 0.001 ? seconds : 0.001);
    if (backfill->plan->batch > 0 || right > (double) doubled)
        set_rows(backfill, doubled);
    else
        set_rows(backfill, right < (double) halved ? halved : (unsigned long) right);
}

/* ------------------------------------------------------------------ a batch */

static void read_text(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    char **text = context;
    free(*text);
    *text = memory_text(values[0]);
}

static void read_next(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Batch *batch = context;
    batch->to = memory_text(values[0]);
    batch->walked = values[1] == NULL ? 0 : strtoull(values[1], NULL, 10);
}

static void read_total(void *context, unsigned statement, const char *const *values)
{
    static const char rows[] = "\"Plan Rows\": ";
    (void) statement;
    double *total = context;
    const char *found = strstr(values[0], rows);
    *total = found == NULL ? 0 : strtod(found + strlen(rows), NULL);
}

/* The estimate is only for people, but the name is to be looked up under the settings of the run. */
static bool prepare(Backfill *backfill)
{
    const Filling fillings[] = {{"table", backfill->plan->table}, {NULL, NULL}};
    if (backfill->total >= 0)
        return true;
    backfill->total = 0;
    char *sql = template_fill(sql_backfill_rows, fillings);
    bool good = session_query(backfill->run->session, sql, 0, NULL, read_total, &backfill->total);
    free(sql);
    return good;
}

static bool send(Backfill *backfill, Batch *batch, const char *sql, size_t count, const char *const *parameters,
                 SessionRow *row, void *context)
{
    Session *session = backfill->run->session;
    batch->sending = sql;
    session_listen(session, report_notice);
    bool good = session_query(session, sql, count, parameters, row, context);
    session_listen(session, NULL);
    batch->sending = good ? NULL : sql;
    return good;
}

static bool find_rows(Backfill *backfill, Batch *batch)
{
    char limit[24];
    if (backfill->position != NULL)
        batch->from = memory_text(backfill->position);
    else if (!send(backfill, batch, backfill->plan->begin, 0, NULL, read_text, &batch->from))
        return false;
    snprintf(limit, sizeof(limit), "%lu", backfill->rows);
    const char *parameters[] = {batch->from, limit};
    if (batch->from != NULL && !send(backfill, batch, backfill->plan->next, 2, parameters, read_next, batch))
        return false;
    batch->ended = batch->walked < backfill->rows;
    return true;
}

static bool update_rows(Backfill *backfill, Batch *batch)
{
    const char *parameters[] = {batch->from, batch->to};
    if (batch->to == NULL)
        return true;
    if (!send(backfill, batch, backfill->plan->update, 2, parameters, NULL, NULL))
        return false;
    batch->changed = session_affected(backfill->run->session);
    return true;
}

static bool write_down(Backfill *backfill, const Batch *batch)
{
    Run *run = backfill->run;
    const Leg *leg = &run->choice.course.legs[backfill->place.leg];
    size_t step = backfill->place.step + (batch->ended ? 1 : 0);
    char *entry = batch->ended ? NULL : entry_make(backfill, batch);
    Writing note;
    tracking_reached(&note, &run->history, leg, run->choice.course.up, step, JOURNAL_RUNNING, entry);
    const Statement *statement = &note.statement;
    bool good = session_query(run->session, statement->sql, statement->count, statement->parameters, NULL, NULL);
    tracking_clear(&note);
    free(entry);
    return good;
}

static bool may_succeed_later(const SessionError *error)
{
    static const char *const states[] = {"55P03" /* lock not available */, "40P01" /* deadlock */,
                                         "40001" /* the row has gone to another partition */};
    for (size_t i = 0; i < MIGRATE_COUNT(states) && !error->interrupted && !error->lost; i++) {
        if (strcmp(error->sqlstate, states[i]) == 0)
            return true;
    }
    return false;
}

static bool is_patient(Backfill *backfill)
{
    if (backfill->stopped == 0)
        backfill->stopped = clock_seconds();
    return clock_seconds() - backfill->stopped < longest_stop;
}

static void report_batch(const Backfill *backfill, const Batch *batch)
{
    const Migration *migration = backfill->run->choice.course.legs[backfill->place.leg].migration;
    const SessionError *error = session_error(backfill->run->session);
    MigrateStep shown = *backfill->step;
    shown.sql = batch->sending;
    if (error->interrupted)
        report_error("%s:%u: the backfill was stopped", migration->file, shown.line);
    else if (batch->sending != NULL)
        report_step(migration, &shown, error);
    else
        report_session("the batch of rows could not be written down", backfill->run->session);
}

/* Rolls back what has failed, and reports it unless it is to come again. */
static Outcome fail_batch(Backfill *backfill, const Batch *batch)
{
    bool again = may_succeed_later(session_error(backfill->run->session)) && is_patient(backfill);
    Outcome outcome = again ? OUTCOME_DONE : unit_failure(backfill->run);
    if (!again)
        report_batch(backfill, batch);
    transaction_rollback(&backfill->run->transaction);
    if (!again)
        return outcome;
    backfill->nap = backfill->nap == 0 ? FIRST_NAP : backfill->nap * 2 > LONGEST_NAP ? LONGEST_NAP : backfill->nap * 2;
    set_rows(backfill, backfill->rows / 2);
    progress_wait(&backfill->progress, "waits for rows that others have locked");
    return interrupt_sleep(backfill->nap) ? interrupt_outcome() : OUTCOME_DONE;
}

static void take_over(Backfill *backfill, Batch *batch, double began)
{
    backfill->walked += batch->walked;
    backfill->ended = batch->ended;
    backfill->nap = 0;
    backfill->stopped = 0;
    if (batch->to != NULL) {
        free(backfill->position);
        backfill->position = batch->to;
        batch->to = NULL;
    }
    backfill->run->walked = backfill->ended ? 0 : backfill->walked;
    throttle_note(&backfill->throttle, began, batch->changed);
    adapt_rows(backfill, clock_seconds() - began);
    progress_show(&backfill->progress, (double) backfill->walked, backfill->total);
}

/* A batch that waits for somebody's row holds up others at the rows that it has. */
static int lock_timeout(const Run *run)
{
    long half = run->history.deadlock_timeout / 2;
    return half > 0 && half < LONGEST_WAIT ? (int) half : LONGEST_WAIT;
}

static Outcome perform_batch(Backfill *backfill)
{
    Run *run = backfill->run;
    Batch batch = {0};
    double began = clock_seconds();
    run->transaction.hasty = true;
    run->transaction.lock_timeout = lock_timeout(run);
    Outcome outcome = unit_begin(run);
    if (outcome != OUTCOME_DONE)
        return outcome;
    bool good = prepare(backfill) && find_rows(backfill, &batch) && update_rows(backfill, &batch) &&
                write_down(backfill, &batch) && transaction_commit(&run->transaction);
    if (good)
        take_over(backfill, &batch, began);
    else
        outcome = fail_batch(backfill, &batch);
    free(batch.from);
    free(batch.to);
    return outcome;
}

/* ------------------------------------------------------------------ all of it */

static Outcome pause_between(const Backfill *backfill)
{
    if (backfill->plan->pause > 0 && interrupt_sleep((int) backfill->plan->pause))
        return interrupt_outcome();
    return interrupt_pending() ? interrupt_outcome() : OUTCOME_DONE;
}

static Outcome perform_batches(Backfill *backfill)
{
    for (;;) {
        Outcome outcome = throttle_wait(&backfill->throttle, &backfill->progress);
        if (outcome == OUTCOME_DONE)
            outcome = perform_batch(backfill);
        if (outcome != OUTCOME_DONE || backfill->ended)
            return outcome;
        outcome = pause_between(backfill);
        if (outcome != OUTCOME_DONE)
            return outcome;
    }
}

Outcome backfill_perform(Run *run, const Unit *unit)
{
    const Leg *leg = &run->choice.course.legs[unit->begin.leg];
    const MigrateStep *step = course_step(&run->choice.course, unit->begin);
    Backfill backfill = {
        .run = run, .place = unit->begin, .step = step, .plan = step->backfill, .total = -1,
        .digest = backfill_digest(step->backfill),
        .throttle = {.session = run->session, .pace = &run->order->pace},
    };
    char *what = memory_format("backfill of %s", backfill.plan->table);
    take_up(&backfill, leg);
    set_rows(&backfill, backfill.plan->batch > 0 ? backfill.plan->batch : FIRST_ROWS);
    progress_begin(&backfill.progress, leg->migration->name, what, "rows", (double) backfill.walked);
    Outcome outcome = perform_batches(&backfill);
    progress_end(&backfill.progress);
    free(what);
    free(backfill.digest);
    free(backfill.position);
    return outcome;
}
