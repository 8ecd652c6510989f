/* The history is read twice: from idle, to see whether there is anything to do at all, and again under the lock,
 * because another run may have done it meanwhile. What is to do is then cut into units (course.h), which are performed
 * one after the other; what was committed stays, whatever happens to those that follow. */
#include "run.h"

#include "engine.h"
#include "interrupt.h"
#include "pooler.h"
#include "report.h"

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
    course_clear(&run->course);
    if (outcome == OUTCOME_DONE)
        outcome = run->order->select(&run->selection, &run->history, run->order->name);
    return outcome == OUTCOME_DONE ? course_plan(&run->course, &run->selection, &run->history) : outcome;
}

/* A signal between two units has no statement that would fail. */
static Outcome stop_between(void)
{
    return interrupt_pending() ? interrupt_outcome() : OUTCOME_DONE;
}

static Outcome run_units(Run *run)
{
    Outcome outcome = OUTCOME_DONE;
    run->committed = (Place) {0, run->course.legs[0].first};
    run->walked = backfill_walked(run->course.legs[0].position);
    for (size_t i = 0; i < run->course.unit_count && outcome == OUTCOME_DONE; i++) {
        outcome = stop_between();
        if (outcome == OUTCOME_DONE)
            outcome = unit_perform(run, &run->course.units[i], i + 1 == run->course.unit_count);
    }
    if (outcome == OUTCOME_DONE || run->ended || run->again)
        return outcome;
    transaction_rollback(&run->transaction);
    fate_report(run);
    return fate_outcome(run, outcome);
}

/* What a run that died has left undone belongs to its batch, as if it had not been interrupted. */
static void go_on_with_batch(Run *run)
{
    if (run->selection.up && run->lock.left > 0 && run->lock.left == history_batch(&run->history))
        run->selection.batch = run->lock.left;
}

/* Under both locks. What there is to do now may not be one transaction any more; then they are taken in another way. */
static Outcome run_locked(Run *run, bool whole, bool *again)
{
    Outcome outcome = history_reload(&run->history);
    if (outcome == OUTCOME_DONE)
        outcome = choose(run);
    go_on_with_batch(run);
    *again = outcome == OUTCOME_DONE && whole && run->selection.count > 0 && !course_is_whole(&run->course);
    if (outcome != OUTCOME_DONE || run->selection.count == 0 || *again) {
        transaction_rollback(&run->transaction);
        return outcome;
    }
    if (run->patience.attempts == 0)
        selection_warn(&run->selection, &run->history);
    outcome = run_units(run);
    *again = run->again;
    return *again ? unit_pause(run) : outcome;
}

/* Where there is nothing to do there may still be a flag that a run has left when it died at its very end. */
static bool can_heal(const Run *run)
{
    const History *history = &run->history;
    return !history->in_recovery && history->lock_update && history->journal_write &&
           history->process == session_process(run->session);
}

static Outcome run_steps(Run *run)
{
    Outcome outcome = history_open(&run->history, run->session, run->order->project);
    if (outcome == OUTCOME_DONE)
        outcome = choose(run);
    if (outcome == OUTCOME_DONE && run->selection.count == 0 && run->history.journal.flagged && can_heal(run))
        return lock_heal(&run->lock, &run->history);
    if (outcome != OUTCOME_DONE || run->selection.count == 0)
        return outcome;
    outcome = history_writable(&run->history, run->selection.up);
    if (outcome == OUTCOME_DONE)
        outcome = pooler_check(&run->history);
    watch_begin(&run->watch, &run->history);
    for (bool again = true; again && outcome == OUTCOME_DONE;) {
        bool whole = course_is_whole(&run->course);
        again = run->again = false;
        run->transaction.hasty = false;
        run->transaction.lock_timeout = whole ? unit_lock_timeout(run, &run->course.units[0]) : 0;
        outcome = lock_take(&run->lock, &run->history, run->order->patience, &run->transaction, whole,
                            run->selection.batch);
        if (outcome == OUTCOME_DONE)
            outcome = run_locked(run, whole, &again);
    }
    lock_release(&run->lock, &run->transaction);
    return outcome;
}

Outcome run_perform(const RunOrder *order, Session *session)
{
    Run run = {.order = order, .session = session, .patience = {.seconds = order->table_patience}};
    Outcome outcome = run_steps(&run);
    if (outcome == OUTCOME_DONE)
        report_done(&run);
    session_watch(session, NULL, NULL);
    watch_end(&run.watch);
    transaction_clear(&run.transaction);
    course_clear(&run.course);
    selection_clear(&run.selection);
    history_close(&run.history);
    return outcome;
}
