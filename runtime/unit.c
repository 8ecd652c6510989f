/* A transaction of a run: locks, steps, and after the last one of each migration its row. Where a unit ends between two
 * steps of a migration, the journal tells so in the same transaction. What can go in a pipeline does.
 *
 * Who waits for a lock with others behind them holds them up as well. So no statement of the unit waits long, and where
 * one has given up, all that the transaction has done is rolled back and done again after a while. */
#include "work_failure.h"

#include "clock.h"
#include "interrupt.h"
#include "native.h"
#include "report.h"
#include "sql.h"

#include <string.h>

Outcome unit_failure(const Run *run)
{
    const SessionError *error = session_error(run->session);
    if (error->interrupted)
        return interrupt_outcome();
    return error->lost ? OUTCOME_UNREACHABLE : OUTCOME_FAILED;
}

void unit_report(const Run *run, Place place)
{
    const Migration *migration = run->choice.course.legs[place.leg].migration;
    const MigrateStep *step = course_step(&run->choice.course, place);
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

static Outcome fail_begin(Run *run)
{
    if (!transaction_was_moved(&run->transaction))
        return fail(run, "cannot begin a transaction");
    lock_report_moved();
    transaction_rollback(&run->transaction);
    return OUTCOME_CONFIGURATION;
}

Outcome unit_begin(Run *run)
{
    return transaction_begin(&run->transaction, &run->history, run->lock.key) ? OUTCOME_DONE : fail_begin(run);
}

static void give_note(void *context, size_t number, Statement *statement)
{
    (void) number;
    *statement = ((const Writing *) context)->statement;
}

Outcome unit_reach(Run *run, Place place, JournalState state, const char *position)
{
    run->transaction.hasty = false;
    run->transaction.lock_timeout = 0;
    Outcome outcome = unit_begin(run);
    if (outcome != OUTCOME_DONE)
        return outcome;
    Writing note;
    const Course *course = &run->choice.course;
    tracking_reached(&note, &run->history, &course->legs[place.leg], course->up, place.step, state, position);
    Pipeline pipeline = {.count = 1, .statement = give_note, .context = &note};
    bool good = session_pipeline(run->session, &pipeline);
    tracking_clear(&note);
    if (!good || !transaction_commit(&run->transaction))
        return fail(run, "cannot write the journal");
    return OUTCOME_DONE;
}

/* ------------------------------------------------------------------ what is sent */

/* A part of the work that goes in one pipeline. */
typedef struct Part {
    Run *run;
    const Unit *unit;
    const TableLocks *locks;
    const Work *items;
    size_t count;
    Writing writing;   /* what the statement that was asked for last needs */
} Part;

static void give_writing(Part *part, const Work *work, Statement *statement)
{
    Run *run = part->run;
    const Leg *leg = &run->choice.course.legs[work->place.leg];
    if (work->kind == WORK_ROW)
        tracking_done(&part->writing, &run->history, leg, run->choice.course.up, run->choice.selection.batch);
    else
        tracking_reached(&part->writing, &run->history, leg, run->choice.course.up, work->place.step, JOURNAL_RUNNING,
                         NULL);
    *statement = part->writing.statement;
}

/* The answer to a commit is wanted at once: it tells what stays, whatever becomes of what follows. */
static void give_commit(Statement *statement)
{
    statement->sql = sql_commit;
    statement->report = true;
}

static void give_question(Part *part, Statement *statement)
{
    Run *run = part->run;
    table_locks_clear(&run->foreseen);
    table_locks_question(&run->foreseen, run->order->project, &run->choice.course, part->unit + 1, statement);
}

static void give_work(void *context, size_t number, Statement *statement)
{
    Part *part = context;
    const Work *work = &part->items[number];
    tracking_clear(&part->writing);
    switch (work->kind) {
    case WORK_COMMIT: give_commit(statement); break;
    case WORK_OPENING: transaction_opening(&part->run->transaction, work->number, statement); break;
    case WORK_LOCK: statement->sql = part->locks->items[work->number].sql; break;
    case WORK_STEP: statement->sql = course_step(&part->run->choice.course, work->place)->sql; break;
    case WORK_SETTINGS: transaction_settings(&part->run->transaction, work->number, statement); break;
    case WORK_ROW:
    case WORK_NOTE: give_writing(part, work, statement); break;
    case WORK_ASK: give_question(part, statement); break;
    }
}

static int widest_name(const Run *run)
{
    size_t widest = 0;
    for (size_t i = 0; i < run->choice.course.leg_count; i++) {
        size_t width = strlen(run->choice.course.legs[i].migration->name);
        widest = width > widest ? width : widest;
    }
    return (int) widest;
}

/* What the server is at now, for what is shown of it. */
static void name_work(Run *run, const Work *work)
{
    watch_rest(&run->watch);
    watch_name(&run->watch, run->choice.course.legs[work->place.leg].migration->name);
}

static void end_row(Run *run, Place place)
{
    double now = clock_seconds();
    Leg *leg = &run->choice.course.legs[place.leg];
    leg->seconds = now - run->began;
    report_progress("  %-*s  %8.0f ms", run->name_width, leg->migration->name, leg->seconds * 1e3);
    run->began = now;
}

/* All before the place is done and will stay. */
static void keep(Run *run, Place place)
{
    run->due = false;
    run->committed = place;
    run->walked = 0;
    patience_reset(&run->patience);
    watch_forget(&run->watch);
}

static bool end_work(void *context, size_t number)
{
    Part *part = context;
    Run *run = part->run;
    const Work *work = &part->items[number];
    if (work->kind == WORK_COMMIT)
        keep(run, work->place);
    if (run->transaction.changed)
        return false;
    if (number + 1 < part->count)
        name_work(run, work + 1);
    if (work->kind == WORK_ASK)
        run->foreseen_for = part->unit + 1;
    if (work->kind == WORK_ROW)
        end_row(run, work->place);
    return true;
}

/* Where a statement of the function has only met somebody else's lock, all is done again, and the function with it. */
static Outcome call_native(Run *run, const Work *work, const TableLocks *locks)
{
    const Migration *migration = run->choice.course.legs[work->place.leg].migration;
    MigrateRun call = {.migration = migration, .session = run->session, .up = run->choice.course.up,
                       .step = course_step(&run->choice.course, work->place)};
    bool good = native_call(&call), passes = !good && work_is_passing(session_error(run->session));
    if (!good && !passes)
        native_report(&call);
    native_clear(&call);
    if (passes)
        return work_fail(run, work, locks);
    if (!good)
        return interrupt_pending() ? interrupt_outcome() : OUTCOME_FAILED;
    return session_in_transaction(run->session) ? OUTCOME_DONE : work_fail_ended(run, work);
}

static Outcome send_alone(Run *run, const Work *work, const TableLocks *locks)
{
    if (course_step(&run->choice.course, work->place)->native != NULL)
        return call_native(run, work, locks);
    if (!session_query(run->session, course_step(&run->choice.course, work->place)->sql, 0, NULL, NULL, NULL))
        return work_fail(run, work, locks);
    return session_in_transaction(run->session) ? OUTCOME_DONE : work_fail_ended(run, work);
}

static Outcome send_together(Run *run, const Unit *unit, const Work *items, size_t count, const TableLocks *locks)
{
    Part part = {.run = run, .unit = unit, .locks = locks, .items = items, .count = count};
    name_work(run, &items[0]);
    Pipeline pipeline = {.count = count, .statement = give_work, .done = end_work, .context = &part,
                         .shielded = items[0].kind == WORK_COMMIT};
    bool good = session_pipeline(run->session, &pipeline);
    tracking_clear(&part.writing);
    if (!good)
        return work_fail(run, &items[pipeline.failed < count ? pipeline.failed : count - 1], locks);
    if (run->transaction.changed)
        return work_fail_ended(run, &items[pipeline.failed < count ? pipeline.failed : count - 1]);
    return session_in_transaction(run->session) ? OUTCOME_DONE : work_fail_ended(run, &items[count - 1]);
}

static Outcome send_work(Run *run, const Unit *unit, const WorkList *work, const TableLocks *locks)
{
    Outcome outcome = OUTCOME_DONE;
    session_listen(run->session, report_notice);
    for (size_t i = 0, end; i < work->count && outcome == OUTCOME_DONE; i = end) {
        end = i + 1;
        if (work_is_alone(&run->choice.course, &work->items[i])) {
            outcome = send_alone(run, &work->items[i], locks);
            continue;
        }
        while (end < work->count && !work_is_alone(&run->choice.course, &work->items[end]))
            end++;
        outcome = send_together(run, unit, &work->items[i], end - i, locks);
        watch_rest(&run->watch);
    }
    session_listen(run->session, NULL);
    return outcome;
}

/* ------------------------------------------------------------------ the unit */

static Outcome commit(Run *run, const Unit *unit)
{
    bool whole = course_is_whole(&run->choice.course);
    if (!(whole ? transaction_commit_free(&run->transaction) : transaction_commit(&run->transaction)))
        return work_fail_commit(run, unit->end);
    keep(run, unit->end);
    return OUTCOME_DONE;
}

static Outcome send_unit(Run *run, const Unit *unit, const TableLocks *locks)
{
    WorkList work;
    work_list(&work, run, unit, locks);
    Outcome outcome = send_work(run, unit, &work, locks);
    work_clear(&work);
    return outcome;
}

/* They are known where the unit before has asked for them. */
static Outcome find_locks(Run *run, const Unit *unit, TableLocks *locks)
{
    if (run->foreseen_for == unit) {
        *locks = run->foreseen;
        run->foreseen = (TableLocks) {0};
        run->foreseen_for = NULL;
        return OUTCOME_DONE;
    }
    if (table_locks_find(locks, run->session, run->order->project, &run->choice.course, unit))
        return OUTCOME_DONE;
    report_session("cannot ask the server about the tables", run->session);
    return unit_failure(run);
}

/* What is still to be committed may have taken several attempts; that is no reason for this one to wait longer. */
int unit_lock_timeout(const Run *run, const Unit *unit)
{
    const Patience fresh = {0};
    if (!table_locks_hurt(&run->choice.course, unit))
        return 0;
    return patience_timeout(run->due ? &fresh : &run->patience, run->history.deadlock_timeout,
                            !run->due && run->watch.autovacuum);
}

static Outcome perform_transaction(Run *run, const Unit *unit)
{
    const Course *course = &run->choice.course;
    TableLocks locks;
    run->again = false;
    run->transaction.hasty = unit + 1 < course->units + course->unit_count;
    run->transaction.lock_timeout = unit_lock_timeout(run, unit);
    Outcome outcome = find_locks(run, unit, &locks);
    if (outcome == OUTCOME_DONE)
        outcome = send_unit(run, unit, &locks);
    table_locks_clear(&locks);
    run->due = outcome == OUTCOME_DONE && course_following(course, unit) != NULL;
    if (outcome == OUTCOME_DONE && !run->due)
        outcome = commit(run, unit);
    if (outcome != OUTCOME_DONE && !run->ended)
        transaction_rollback(&run->transaction);
    return outcome;
}

Outcome unit_pause(Run *run)
{
    if (patience_pause(&run->patience))
        return OUTCOME_DONE;
    report_error("stopped by a signal while waiting for a table");
    return interrupt_outcome();
}

Outcome unit_perform(Run *run, const Unit *unit)
{
    if (run->began == 0)
        run->began = clock_seconds();
    if (run->name_width == 0)
        run->name_width = widest_name(run);
    Outcome outcome = OUTCOME_DONE;
    switch (unit->kind) {
    case UNIT_TRANSACTION: return perform_transaction(run, unit);
    case UNIT_OUTSIDE: outcome = outside_perform(run, unit); break;
    case UNIT_BACKFILL: outcome = backfill_perform(run, unit); break;
    }
    if (outcome == OUTCOME_DONE)
        keep(run, unit->end);
    return outcome;
}
