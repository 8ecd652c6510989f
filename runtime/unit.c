/* A transaction of a run: steps, and after the last one of each migration its row. Where a unit ends between two steps
 * of a migration, the journal tells so in the same transaction. */
#include "engine.h"

#include "clock.h"
#include "interrupt.h"
#include "native.h"
#include "report.h"

#include <string.h>

Outcome unit_failure(const Run *run)
{
    return session_error(run->session)->interrupted ? interrupt_outcome() : OUTCOME_FAILED;
}

void unit_report(const Run *run, Place place)
{
    const Migration *migration = run->course.legs[place.leg].migration;
    const MigrateStep *step = course_step(&run->course, place);
    if (session_error(run->session)->interrupted)
        report_error("%s:%u: the statement was cancelled", migration->file, step->line);
    else
        report_step(migration, step, session_error(run->session));
}

static Outcome fail(Run *run, const char *what)
{
    report_session(what, run->session);
    Outcome outcome = unit_failure(run);
    transaction_rollback(&run->transaction);
    return outcome;
}

Outcome unit_begin(Run *run)
{
    if (!transaction_begin(&run->transaction, &run->history, run->lock.key))
        return fail(run, "cannot begin a transaction");
    if (run->transaction.holds_lock)
        return OUTCOME_DONE;
    lock_report_moved();
    transaction_rollback(&run->transaction);
    return OUTCOME_CONFIGURATION;
}

static bool is_same(Place a, Place b)
{
    return a.leg == b.leg && a.step == b.step;
}

static bool is_inside_leg(const Run *run, Place place)
{
    return !course_is_end(&run->course, place) && place.step > run->course.legs[place.leg].first;
}

static bool note(Run *run, Place place, JournalState state, const char *position)
{
    const Leg *leg = &run->course.legs[place.leg];
    return tracking_reached(&run->history, leg, run->course.up, place.step, state, position);
}

Outcome unit_reach(Run *run, Place place, JournalState state, const char *position)
{
    run->transaction.hasty = false;
    Outcome outcome = unit_begin(run);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (!note(run, place, state, position) || !transaction_commit(&run->transaction))
        return fail(run, "cannot write the journal");
    return OUTCOME_DONE;
}

static int name_width(const Run *run)
{
    size_t widest = 0;
    for (size_t i = 0; i < run->course.leg_count; i++) {
        size_t width = strlen(run->course.legs[i].migration->name);
        widest = width > widest ? width : widest;
    }
    return (int) widest;
}

/* What a migration may have left behind is put right, and its row is written. */
static Outcome track(Run *run, Place place)
{
    const Leg *leg = &run->course.legs[place.leg];
    if (!transaction_settings(&run->transaction)) {
        report_session("cannot restore the settings of the run", run->session);
        return unit_failure(run);
    }
    if (run->transaction.changed) {
        run->ended = true;
        report_error("%s ended the transaction of the run and began another", leg->migration->file);
        return OUTCOME_FAILED;
    }
    if (!tracking_done(&run->history, leg, run->course.up, run->selection.batch)) {
        report_session("cannot write the history", run->session);
        return unit_failure(run);
    }
    report_progress("  %-*s  %8.0f ms", name_width(run), leg->migration->name, (clock_seconds() - run->began) * 1e3);
    run->began = clock_seconds();
    return OUTCOME_DONE;
}

/* Whether the step has left the transaction open. */
static Outcome see_transaction(Run *run, Place place)
{
    if (session_in_transaction(run->session))
        return OUTCOME_DONE;
    run->ended = true;
    report_error("%s:%u: the statement ended the transaction of the run", run->course.legs[place.leg].migration->file,
                 course_step(&run->course, place)->line);
    return OUTCOME_FAILED;
}

static Outcome send_step(Run *run, Place place)
{
    const MigrateStep *step = course_step(&run->course, place);
    if (step->native != NULL) {
        if (!native_call(run->session, run->course.legs[place.leg].migration, step, run->course.up))
            return interrupt_pending() ? interrupt_outcome() : OUTCOME_FAILED;
        return see_transaction(run, place);
    }
    session_listen(run->session, report_notice);
    bool good = session_query(run->session, step->sql, 0, NULL, NULL, NULL);
    session_listen(run->session, NULL);
    if (!good) {
        unit_report(run, place);
        return unit_failure(run);
    }
    return see_transaction(run, place);
}

static Outcome send_places(Run *run, const Unit *unit)
{
    Outcome outcome = OUTCOME_DONE;
    for (Place place = unit->begin; outcome == OUTCOME_DONE && !is_same(place, unit->end);
         place = course_next(&run->course, place)) {
        outcome = course_is_row(&run->course, place) ? track(run, place) : send_step(run, place);
        if (run->ended)
            fate_report_broken(run, run->course.legs[place.leg].migration);
    }
    return outcome;
}

/* Deferred constraints speak up here. With the connection lost, whether it was committed is known to the server
 * alone. */
static Outcome commit(Run *run)
{
    bool whole = course_is_whole(&run->course);
    if (whole ? transaction_commit_free(&run->transaction) : transaction_commit(&run->transaction))
        return OUTCOME_DONE;
    report_session(whole ? "the batch could not be committed" : "the transaction could not be committed", run->session);
    if (session_error(run->session)->lost)
        report_help("whether it was is not known: `migrate status` tells");
    return OUTCOME_FAILED;
}

static Outcome perform_transaction(Run *run, const Unit *unit, bool last)
{
    run->transaction.hasty = !last;
    Outcome outcome = session_in_transaction(run->session) ? OUTCOME_DONE : unit_begin(run);
    if (outcome == OUTCOME_DONE)
        outcome = send_places(run, unit);
    if (outcome == OUTCOME_DONE && is_inside_leg(run, unit->end) && !note(run, unit->end, JOURNAL_RUNNING, NULL)) {
        report_session("cannot write the journal", run->session);
        outcome = unit_failure(run);
    }
    if (outcome == OUTCOME_DONE)
        outcome = commit(run);
    if (outcome != OUTCOME_DONE && !run->ended)
        transaction_rollback(&run->transaction);
    return outcome;
}

Outcome unit_perform(Run *run, const Unit *unit, bool last)
{
    if (unit->begin.leg != run->committed.leg || run->began == 0)
        run->began = clock_seconds();
    Outcome outcome = OUTCOME_DONE;
    switch (unit->kind) {
    case UNIT_TRANSACTION: outcome = perform_transaction(run, unit, last); break;
    case UNIT_OUTSIDE: outcome = outside_perform(run, unit); break;
    case UNIT_BACKFILL: outcome = backfill_perform(run, unit); break;
    }
    if (outcome != OUTCOME_DONE)
        return outcome;
    run->committed = unit->end;
    run->walked = 0;
    return outcome;
}
