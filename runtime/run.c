/* The history is read twice: from idle, to see whether there is anything to do at all, and again under the lock,
 * because another run may have done it meanwhile. Between BEGIN and COMMIT stand the migrations, each followed by its
 * tracking row; the flag and all rows share the fate of the work.
 *
 * MigrateRun, opaque to generated code, is what one direction of one migration needs to send its steps. */
#include "run.h"

#include "interrupt.h"
#include "lock.h"
#include "report.h"
#include "transaction.h"

#include <string.h>
#include <time.h>

struct MigrateRun {
    Session *session;
    const Migration *migration;
    bool ended;  /* a step ended the transaction */
};

typedef struct Run {
    const RunOrder *order;
    Session *session;
    History history;
    Selection selection;
    Lock lock;
    Transaction transaction;
    bool ended;   /* a migration ended the transaction, and its work and that of those before it stayed */
} Run;

static void report_failure(const MigrateRun *run, const MigrateStep *step)
{
    if (session_error(run->session)->interrupted)
        report_error("%s:%u: the statement was cancelled", run->migration->file, step->line);
    else
        report_step(run->migration, step, session_error(run->session));
}

bool migrate_steps(MigrateRun *run, const MigrateStep *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!session_query(run->session, steps[i].sql, 0, NULL, NULL, NULL)) {
            report_failure(run, &steps[i]);
            return false;
        }
        if (!session_in_transaction(run->session)) {
            run->ended = true;
            report_error("%s:%u: the statement ended the transaction of the run", run->migration->file, steps[i].line);
            return false;
        }
    }
    return true;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static Outcome failure(const Run *run)
{
    return session_error(run->session)->interrupted ? interrupt_outcome() : OUTCOME_FAILED;
}

/* What a migration may have left behind is put right, and its row is written. */
static Outcome track(Run *run, const Migration *migration)
{
    if (!transaction_settings(&run->transaction)) {
        report_session("cannot restore the settings of the run", run->session);
        return failure(run);
    }
    if (run->transaction.changed) {
        run->ended = true;
        report_error("%s ended the transaction of the run and began another", migration->file);
        return OUTCOME_FAILED;
    }
    bool good = run->selection.up ? history_insert(&run->history, migration, run->selection.batch)
                                  : history_delete(&run->history, migration);
    if (!good)
        report_session("cannot write the history", run->session);
    return good ? OUTCOME_DONE : failure(run);
}

static int name_width(const Selection *selection)
{
    size_t widest = 0;
    for (size_t i = 0; i < selection->count; i++) {
        size_t width = strlen(selection->items[i].migration->name);
        widest = width > widest ? width : widest;
    }
    return (int) widest;
}

static Outcome run_one(Run *run, const Migration *migration)
{
    double begin = milliseconds();
    MigrateRun one = {.session = run->session, .migration = migration};
    session_listen(run->session, report_notice);
    bool good = (run->selection.up ? migration->up : migration->down)(&one);
    session_listen(run->session, NULL);
    run->ended = one.ended;
    Outcome outcome = good ? track(run, migration) : failure(run);
    if (outcome == OUTCOME_DONE)
        report_progress("  %-*s  %8.0f ms", name_width(&run->selection), migration->name, milliseconds() - begin);
    return outcome;
}

static void report_kept(const Run *run)
{
    const char *fate = run->selection.up ? "nothing was applied: the batch was rolled back"
                                         : "nothing was rolled back: the migrations are applied as before";
    const char *advice = "correct the migration, then type";
    Outcome signal = interrupt_outcome();
    if (signal == OUTCOME_DONE) {
        report_error("%s", fate);
    } else {
        report_error("stopped by %s; %s", signal == OUTCOME_INTERRUPTED ? "SIGINT" : "SIGTERM", fate);
        advice = "when it may go on, type";
    }
    if (session_error(run->session)->lost)
        advice = "the connection was lost; when the server is back, type";
    report_help("%s `migrate %s`", advice, run->order->again);
}

/* The promise was broken by the migration itself; say so, and leave the lock table free. */
static void report_broken(Run *run, const Migration *migration)
{
    bool healed = transaction_heal(&run->transaction);
    report_error("the history does not tell what \"%s\" has done: all of it until then may have been kept",
                 migration->stored);
    report_help("take COMMIT and ROLLBACK out of %s, and undo by hand what it did", migration->file);
    if (!healed)
        report_help("the lock table could not be put back; type `migrate unlock`");
}

static Outcome run_all(Run *run)
{
    for (size_t i = 0; i < run->selection.count; i++) {
        const Migration *migration = run->selection.items[i].migration;
        Outcome outcome = run_one(run, migration);
        if (outcome == OUTCOME_DONE)
            continue;
        if (run->ended) {
            report_broken(run, migration);
        } else {
            transaction_rollback(&run->transaction);
            report_kept(run);
        }
        return outcome;
    }
    return OUTCOME_DONE;
}

/* Deferred constraints speak up here. With the connection lost, whether it was committed is known to the server
 * alone. */
static Outcome commit(Run *run)
{
    if (transaction_commit(&run->transaction))
        return OUTCOME_DONE;
    report_session("the batch could not be committed", run->session);
    if (session_error(run->session)->lost) {
        report_help("whether it was is not known: `migrate status` tells");
        return OUTCOME_FAILED;
    }
    transaction_rollback(&run->transaction);
    report_kept(run);
    return OUTCOME_FAILED;
}

static void report_done(const Run *run)
{
    const Selection *selection = &run->selection;
    if (selection->count == 0) {
        report_result("%s", run->order->nothing);
        return;
    }
    if (run->order->counted)
        report_result("Batch %lld %s: %zu migrations", selection->batch, run->order->done, selection->count);
    else
        report_result("Batch %lld %s the following migrations:", selection->batch, run->order->done);
    for (size_t i = 0; run->order->list && i < selection->count; i++)
        report_result("%s", selection->items[i].shown);
}

static Outcome choose(Run *run)
{
    Outcome outcome = history_validate(&run->history);
    selection_clear(&run->selection);
    return outcome != OUTCOME_DONE ? outcome : run->order->select(&run->selection, &run->history, run->order->name);
}

/* In the transaction, under both locks. */
static Outcome run_locked(Run *run)
{
    Outcome outcome = history_reload(&run->history);
    if (outcome == OUTCOME_DONE)
        outcome = choose(run);
    if (outcome != OUTCOME_DONE || run->selection.count == 0) {
        transaction_rollback(&run->transaction);
        return outcome;
    }
    selection_warn(&run->selection, &run->history);
    outcome = run_all(run);
    return outcome == OUTCOME_DONE ? commit(run) : outcome;
}

static Outcome run_steps(Run *run)
{
    Outcome outcome = history_open(&run->history, run->session, run->order->project);
    if (outcome == OUTCOME_DONE)
        outcome = choose(run);
    if (outcome != OUTCOME_DONE || run->selection.count == 0)
        return outcome;
    outcome = history_writable(&run->history, run->selection.up);
    if (outcome == OUTCOME_DONE)
        outcome = lock_take(&run->lock, &run->history, run->order->patience, &run->transaction);
    if (outcome == OUTCOME_DONE)
        outcome = run_locked(run);
    lock_release(&run->lock);
    return outcome;
}

Outcome run_perform(const RunOrder *order, Session *session)
{
    Run run = {.order = order, .session = session};
    Outcome outcome = run_steps(&run);
    if (outcome == OUTCOME_DONE)
        report_done(&run);
    transaction_clear(&run.transaction);
    selection_clear(&run.selection);
    history_close(&run.history);
    return outcome;
}
