/* The history is read twice: from idle, to see whether there is anything to do at all, and again under the lock,
 * because another run may have done it meanwhile. What is to do is then cut into units (course.h), which are performed
 * one after the other; what was committed stays, whatever happens to those that follow. */
#include "run.h"

#include "engine.h"
#include "interrupt.h"
#include "memory.h"
#include "pooler.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static void report_phase(const Run *run, const RunPhase *phase)
{
    const Selection *selection = &run->choice.selection;
    if (run->order->counted)
        report_result("Batch %lld %s: %zu migrations", selection->batch, phase->done, selection->count);
    else
        report_result("Batch %lld %s the following migrations:", selection->batch, phase->done);
    for (size_t i = 0; run->order->list && i < selection->count; i++)
        report_result("%s", selection->items[i].shown);
}

/* What is done and stays, also of a phase that failed behind it. */
static void note_phase(Run *run)
{
    const Course *course = &run->choice.course;
    size_t count = run->committed.leg < course->leg_count ? run->committed.leg : course->leg_count;
    RunResult *results = memory_take(run->result_count + count, sizeof(*results));
    if (run->result_count > 0)
        memcpy(results, run->results, run->result_count * sizeof(*results));
    free(run->results);
    run->results = results;
    for (size_t i = 0; i < count; i++) {
        const Leg *leg = &course->legs[i];
        results[run->result_count++] = (RunResult) {
            .migration = leg->migration,
            .name = memory_text(leg->shown),
            .up = course->up,
            .batch = run->choice.selection.batch,
            .seconds = leg->seconds,
        };
    }
}

static void answer(Json *json, Run *run)
{
    json_list(json, FIELD_MIGRATIONS);
    for (size_t i = 0; i < run->result_count; i++) {
        RunResult *result = &run->results[i];
        json_item(json);
        json_text(json, FIELD_NAME, result->name);
        json_text(json, FIELD_FILE, result->migration->file);
        json_text(json, FIELD_DIRECTION, result->up ? "up" : "down");
        json_number(json, FIELD_BATCH, result->batch);
        json_number(json, FIELD_MILLISECONDS, (long long) (result->seconds * 1e3 + 0.5));
        json_object_end(json);
        free(result->name);
    }
    json_list_end(json);
    free(run->results);
}

/* A signal between two units has no statement that would fail. What is due is committed first, by the next unit. */
static Outcome stop_between(const Run *run)
{
    return interrupt_pending() && !run->due ? interrupt_outcome() : OUTCOME_DONE;
}

/* What is not committed is done again; all of it is a loop of its own, since a run that is a whole has to take Knex's
 * flag again as well, and to read the history again. */
static bool is_again(const Run *run, Outcome outcome)
{
    return outcome == OUTCOME_BUSY && run->again && !course_is_whole(&run->choice.course);
}

static Outcome pause_again(Run *run, const Unit **unit)
{
    run->again = false;
    *unit = course_unit(&run->choice.course, run->committed);
    return unit_pause(run);
}

static Outcome run_units(Run *run)
{
    const Course *course = &run->choice.course;
    const Unit *unit = course->units, *end = unit + course->unit_count;
    Outcome outcome = OUTCOME_DONE;
    run->committed = (Place) {0, course->legs[0].first};
    run->walked = backfill_walked(course->legs[0].position);
    run->foreseen_for = NULL;
    while (unit < end && outcome == OUTCOME_DONE) {
        outcome = stop_between(run);
        if (outcome == OUTCOME_DONE)
            outcome = unit_perform(run, unit);
        if (is_again(run, outcome))
            outcome = pause_again(run, &unit);
        else
            unit++;
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
    if (run->choice.selection.up && run->lock.left > 0 && run->lock.left == history_batch(&run->history))
        run->choice.selection.batch = run->lock.left;
}

static bool is_whole(const Run *run)
{
    return course_is_whole(&run->choice.course) && run->order->check == NULL;
}

/* Under both locks. What there is to do now may not be one transaction any more; then they are taken in another way. */
static Outcome run_locked(Run *run, const RunPhase *phase, bool whole, bool *again)
{
    const RunOrder *order = run->order;
    Outcome outcome = history_reload(&run->history);
    if (outcome == OUTCOME_DONE)
        outcome = choice_make(&run->choice, &run->history, order, phase);
    go_on_with_batch(run);
    size_t count = run->choice.selection.count;
    *again = outcome == OUTCOME_DONE && whole && count > 0 && !is_whole(run);
    if (outcome != OUTCOME_DONE || count == 0 || *again) {
        transaction_rollback(&run->transaction);
        return outcome;
    }
    if (order->check != NULL)
        outcome = order->check(order, &run->history);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (run->patience.attempts == 0)
        selection_warn(&run->choice.selection, &run->history);
    outcome = run_units(run);
    *again = run->again;
    return *again ? unit_pause(run) : outcome;
}

/* Where there is nothing to do there may still be a flag that a run has left when it died at its very end. */
static bool can_heal(const Run *run)
{
    const History *history = &run->history;
    return !history->in_recovery && history->tables[HISTORY_LOCK].exists && history_may_heal(history) &&
           history->process == session_process(run->session);
}

static Outcome take_locks(Run *run, const RunPhase *phase)
{
    Outcome outcome = OUTCOME_DONE;
    run->name_width = 0;
    for (bool again = true; again && outcome == OUTCOME_DONE;) {
        bool whole = is_whole(run);
        again = run->again = false;
        run->transaction.hasty = false;
        run->transaction.lock_timeout = whole ? unit_lock_timeout(run, &run->choice.course.units[0]) : 0;
        outcome = lock_take(&run->lock, &run->history, run->order->patience, &run->transaction, whole,
                            run->choice.selection.batch);
        if (outcome == OUTCOME_DONE)
            outcome = run_locked(run, phase, whole, &again);
    }
    return outcome;
}

static Outcome run_phase(Run *run, const RunPhase *phase)
{
    run->committed = (Place) {0, 0};
    run->began = 0;
    run->phase = phase;
    Outcome outcome = choice_make(&run->choice, &run->history, run->order, phase);
    if (outcome != OUTCOME_DONE || run->choice.selection.count == 0)
        return outcome;
    outcome = history_writable(&run->history, run->choice.selection.up);
    if (outcome == OUTCOME_DONE)
        outcome = pooler_check(&run->history);
    if (outcome == OUTCOME_DONE)
        outcome = take_locks(run, phase);
    note_phase(run);
    run->done += run->choice.selection.count;
    if (outcome == OUTCOME_DONE && run->choice.selection.count > 0)
        report_phase(run, phase);
    return outcome;
}

/* The advisory lock stays ours; Knex's flag is set anew for what follows, and the rows are read again. */
static Outcome between_phases(Run *run, RunOrder *order)
{
    selection_clear(&run->undone);
    run->undone = run->choice.selection;
    run->choice.selection = (Selection) {0};
    order->wish.undone = &run->undone;
    lock_free_flag(&run->lock, &run->transaction);
    return run->done == 0 ? OUTCOME_DONE : history_reload(&run->history);
}

static Outcome run_phases(Run *run, RunOrder *order)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < order->phase_count && outcome == OUTCOME_DONE; i++) {
        if (i > 0)
            outcome = between_phases(run, order);
        if (outcome == OUTCOME_DONE)
            outcome = run_phase(run, &order->phases[i]);
    }
    lock_release(&run->lock, &run->transaction);
    if (outcome == OUTCOME_DONE && run->done == 0)
        report_result("%s", order->nothing);
    if (outcome == OUTCOME_DONE && run->done == 0 && run->history.journal.flagged && can_heal(run))
        return lock_heal(&run->lock, &run->history);
    return outcome;
}

/* To the end, since the answer to whatever is said last can be lost, too. */
static Outcome run_watched(Run *run, RunOrder *order)
{
    Outcome outcome = history_open(&run->history, run->session, order->project);
    if (outcome != OUTCOME_DONE)
        return outcome;
    watch_begin(&run->watch, &run->history);
    outcome = run_phases(run, order);
    session_watch(run->session, NULL, NULL);
    watch_end(&run->watch);
    return outcome;
}

Outcome run_perform(const RunOrder *wanted, Session *session)
{
    RunOrder order = *wanted;
    Run run = {.order = &order, .session = session, .patience = {.seconds = order.table_patience}};
    Outcome outcome = run_watched(&run, &order);
    answer(order.json, &run);
    transaction_clear(&run.transaction);
    table_locks_clear(&run.foreseen);
    choice_clear(&run.choice);
    selection_clear(&run.undone);
    history_close(&run.history);
    return outcome;
}
