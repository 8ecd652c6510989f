/* A transaction of a run: locks, steps, and after the last one of each migration its row. Where a unit ends between two
 * steps of a migration, the journal tells so in the same transaction. What can go in a pipeline does.
 *
 * Who waits for a lock with others behind them holds them up as well. So no statement of the unit waits long, and where
 * one has given up, all that the transaction has done is rolled back and done again after a while. */
#include "work.h"

#include "clock.h"
#include "interrupt.h"
#include "native.h"
#include "report.h"

#include <string.h>

/* What another attempt may get past. The last one: a migration has thrown away what was prepared. */
static const char *const passing[] = {"55P03", "40P01", "40001", "26000"};

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

static Outcome check_lock(Run *run)
{
    if (run->transaction.holds_lock)
        return OUTCOME_DONE;
    lock_report_moved();
    transaction_rollback(&run->transaction);
    return OUTCOME_CONFIGURATION;
}

Outcome unit_begin(Run *run)
{
    if (!transaction_begin(&run->transaction, &run->history, run->lock.key))
        return fail(run, "cannot begin a transaction");
    return check_lock(run);
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

static void give_work(void *context, size_t number, Statement *statement)
{
    Part *part = context;
    const Work *work = &part->items[number];
    tracking_clear(&part->writing);
    switch (work->kind) {
    case WORK_LOCK: statement->sql = part->locks->items[work->number].sql; break;
    case WORK_STEP: statement->sql = course_step(&part->run->choice.course, work->place)->sql; break;
    case WORK_SETTINGS: transaction_settings(&part->run->transaction, work->number, statement); break;
    case WORK_ROW:
    case WORK_NOTE: give_writing(part, work, statement); break;
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

static bool end_work(void *context, size_t number)
{
    Part *part = context;
    Run *run = part->run;
    if (run->transaction.changed)
        return false;
    if (number + 1 < part->count)
        name_work(run, &part->items[number + 1]);
    if (part->items[number].kind != WORK_ROW)
        return true;
    double now = clock_seconds();
    Leg *leg = &run->choice.course.legs[part->items[number].place.leg];
    leg->seconds = now - run->began;
    report_progress("  %-*s  %8.0f ms", run->name_width, leg->migration->name, leg->seconds * 1e3);
    run->began = now;
    return true;
}

/* ------------------------------------------------------------------ what became of it */

static bool is_passing(const SessionError *error)
{
    for (size_t i = 0; i < MIGRATE_COUNT(passing); i++) {
        if (strcmp(error->sqlstate, passing[i]) == 0)
            return !error->interrupted && !error->lost;
    }
    return false;
}

static void report_work(const Run *run, const Work *work, const TableLocks *locks)
{
    switch (work->kind) {
    case WORK_LOCK:
        if (session_error(run->session)->interrupted)
            report_error("stopped while waiting for %s", locks->items[work->number].table);
        else
            report_session("cannot lock a table", run->session);
        break;
    case WORK_STEP: unit_report(run, work->place); break;
    case WORK_SETTINGS: report_session("cannot restore the settings of the run", run->session); break;
    case WORK_ROW: report_session("cannot write the history", run->session); break;
    case WORK_NOTE: report_session("cannot write the journal", run->session); break;
    }
}

static void report_busy(const Run *run, const Work *work, const TableLocks *locks)
{
    const Watch *watch = &run->watch;
    if (work->kind == WORK_LOCK)
        report_error("the table %s was not free for a moment in %d s", locks->items[work->number].table,
                     run->patience.seconds);
    else
        report_work(run, work, locks);
    if (watch->text[0] != '\0')
        report_error("%s", watch->text);
    if (watch->holder > 0)
        report_help("wait until it is done, or end it: SELECT pg_terminate_backend(%ld)", watch->holder);
    report_help("--table-wait SECONDS waits longer");
}

/* Whether the step is a `require` whose condition does not hold. */
static bool is_unmet(const Run *run, const Work *work)
{
    static const char assert_failure[] = "P0004";
    return work->kind == WORK_STEP && (course_step(&run->choice.course, work->place)->flags & MIGRATE_REQUIRE) != 0 &&
           strcmp(session_error(run->session)->sqlstate, assert_failure) == 0;
}

/* Something of the work has failed. */
static Outcome fail_work(Run *run, const Work *work, const TableLocks *locks)
{
    const SessionError *error = session_error(run->session);
    if (!is_passing(error)) {
        report_work(run, work, locks);
        return is_unmet(run, work) ? OUTCOME_UNMET : unit_failure(run);
    }
    run->again = patience_fail(&run->patience);
    if (!run->again)
        report_busy(run, work, locks);
    return OUTCOME_BUSY;
}

/* The migration has ended the transaction itself. */
static Outcome fail_ended(Run *run, const Work *work)
{
    const Migration *migration = run->choice.course.legs[work->place.leg].migration;
    run->ended = true;
    if (work->kind == WORK_STEP)
        report_error("%s:%u: the statement ended the transaction of the run", migration->file,
                     course_step(&run->choice.course, work->place)->line);
    else
        report_error("%s ended the transaction of the run and began another", migration->file);
    fate_report_broken(run, migration);
    return OUTCOME_FAILED;
}

/* Where a statement of the function has only met somebody else's lock, all is done again, and the function with it. */
static Outcome call_native(Run *run, const Work *work, const TableLocks *locks)
{
    const Migration *migration = run->choice.course.legs[work->place.leg].migration;
    MigrateRun call = {.migration = migration, .session = run->session, .up = run->choice.course.up,
                       .step = course_step(&run->choice.course, work->place)};
    bool good = native_call(&call), passes = !good && is_passing(session_error(run->session));
    if (!good && !passes)
        native_report(&call);
    native_clear(&call);
    if (passes)
        return fail_work(run, work, locks);
    if (!good)
        return interrupt_pending() ? interrupt_outcome() : OUTCOME_FAILED;
    return session_in_transaction(run->session) ? OUTCOME_DONE : fail_ended(run, work);
}

static Outcome send_alone(Run *run, const Work *work, const TableLocks *locks)
{
    if (course_step(&run->choice.course, work->place)->native != NULL)
        return call_native(run, work, locks);
    if (!session_query(run->session, course_step(&run->choice.course, work->place)->sql, 0, NULL, NULL, NULL))
        return fail_work(run, work, locks);
    return session_in_transaction(run->session) ? OUTCOME_DONE : fail_ended(run, work);
}

static Outcome send_together(Run *run, const Work *items, size_t count, const TableLocks *locks)
{
    Part part = {.run = run, .locks = locks, .items = items, .count = count};
    name_work(run, &items[0]);
    Pipeline pipeline = {.count = count, .statement = give_work, .done = end_work, .context = &part};
    bool good = session_pipeline(run->session, &pipeline);
    tracking_clear(&part.writing);
    if (!good)
        return fail_work(run, &items[pipeline.failed < count ? pipeline.failed : count - 1], locks);
    if (run->transaction.changed)
        return fail_ended(run, &items[pipeline.failed < count ? pipeline.failed : count - 1]);
    return session_in_transaction(run->session) ? OUTCOME_DONE : fail_ended(run, &items[count - 1]);
}

static Outcome send_work(Run *run, const WorkList *work, const TableLocks *locks)
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
        outcome = send_together(run, &work->items[i], end - i, locks);
        watch_rest(&run->watch);
    }
    session_listen(run->session, NULL);
    return outcome;
}

/* ------------------------------------------------------------------ the unit */

/* With the connection lost, whether it was committed is known to the server alone. */
static Outcome fail_commit(Run *run, bool whole)
{
    if (is_passing(session_error(run->session)) && patience_fail(&run->patience)) {
        run->again = true;
        return OUTCOME_BUSY;
    }
    report_session(whole ? "the batch could not be committed" : "the transaction could not be committed", run->session);
    if (session_error(run->session)->lost)
        report_help("whether it was is not known: `migrate status` tells");
    return session_error(run->session)->lost ? OUTCOME_UNREACHABLE : OUTCOME_FAILED;
}

/* What comes behind the unit is begun with its commit, so that the network is crossed once for both. */
static Outcome commit_and_begin(Run *run, const Unit *unit, const Unit *next, bool last)
{
    bool committed;
    patience_reset(&run->patience);
    watch_forget(&run->watch);
    run->transaction.hasty = !last;
    run->transaction.lock_timeout = unit_lock_timeout(run, next);
    bool good = transaction_commit_begin(&run->transaction, &committed);
    if (!committed)
        return fail_commit(run, false);
    run->committed = unit->end;
    return good ? check_lock(run) : fail(run, "cannot begin a transaction");
}

/* Deferred constraints speak up here. */
static Outcome commit(Run *run, const Unit *unit)
{
    const Course *course = &run->choice.course;
    const Unit *next = unit + 1, *end = course->units + course->unit_count;
    if (next < end && next->kind == UNIT_TRANSACTION)
        return commit_and_begin(run, unit, next, next + 1 == end);
    bool whole = course_is_whole(course);
    if (whole ? transaction_commit_free(&run->transaction) : transaction_commit(&run->transaction))
        return OUTCOME_DONE;
    return fail_commit(run, whole);
}

static Outcome send_unit(Run *run, const Unit *unit)
{
    TableLocks locks;
    WorkList work;
    Outcome outcome = OUTCOME_DONE;
    if (!table_locks_find(&locks, run->session, run->order->project, &run->choice.course, unit)) {
        report_session("cannot ask the server about the tables", run->session);
        outcome = unit_failure(run);
    }
    work_list(&work, &run->choice.course, unit, &locks);
    if (outcome == OUTCOME_DONE)
        outcome = send_work(run, &work, &locks);
    work_clear(&work);
    table_locks_clear(&locks);
    return outcome;
}

int unit_lock_timeout(const Run *run, const Unit *unit)
{
    if (!table_locks_hurt(&run->choice.course, unit))
        return 0;
    return patience_timeout(&run->patience, run->history.deadlock_timeout, run->watch.autovacuum);
}

static Outcome attempt(Run *run, const Unit *unit, bool last)
{
    run->again = false;
    run->transaction.hasty = !last;
    run->transaction.lock_timeout = unit_lock_timeout(run, unit);
    Outcome outcome = session_in_transaction(run->session) ? OUTCOME_DONE : unit_begin(run);
    if (outcome == OUTCOME_DONE)
        outcome = send_unit(run, unit);
    if (outcome == OUTCOME_DONE)
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

/* A run that is a whole has to take Knex's flag again as well, and to read the history again: that is its own loop. */
static Outcome perform_transaction(Run *run, const Unit *unit, bool last)
{
    Outcome outcome = attempt(run, unit, last);
    while (outcome == OUTCOME_BUSY && run->again && !course_is_whole(&run->choice.course)) {
        outcome = unit_pause(run);
        if (outcome == OUTCOME_DONE)
            outcome = attempt(run, unit, last);
    }
    if (outcome != OUTCOME_DONE)
        return outcome;
    patience_reset(&run->patience);
    watch_forget(&run->watch);
    return OUTCOME_DONE;
}

Outcome unit_perform(Run *run, const Unit *unit, bool last)
{
    if (unit->begin.leg != run->committed.leg || run->began == 0)
        run->began = clock_seconds();
    if (run->name_width == 0)
        run->name_width = widest_name(run);
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
