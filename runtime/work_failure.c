#include "work_failure.h"

#include "memory.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* What another attempt may get past. The last one: a migration has thrown away what was prepared. */
static const char *const passing[] = {"55P03", "40P01", "40001", "26000"};

bool work_is_passing(const SessionError *error)
{
    for (size_t i = 0; i < MIGRATE_COUNT(passing); i++) {
        if (strcmp(error->sqlstate, passing[i]) == 0)
            return !error->interrupted && !error->lost;
    }
    return false;
}

static void report_work(const Run *run, const Work *work, const TableLocks *locks)
{
    bool stopped = session_error(run->session)->interrupted;
    switch (work->kind) {
    case WORK_COMMIT: break;
    case WORK_OPENING:
        if (!stopped)
            report_session("cannot begin a transaction", run->session);
        break;
    case WORK_LOCK:
        if (stopped)
            report_error("stopped while waiting for %s", locks->items[work->number].table);
        else
            report_session("cannot lock a table", run->session);
        break;
    case WORK_STEP: unit_report(run, work->place); break;
    case WORK_SETTINGS: report_session("cannot restore the settings of the run", run->session); break;
    case WORK_ROW: report_session("cannot write the history", run->session); break;
    case WORK_NOTE: report_session("cannot write the journal", run->session); break;
    case WORK_ASK: report_session("cannot ask the server about the tables", run->session); break;
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

/* What is committed ends at the place; the migration is named where it is a single one. With the connection lost,
 * whether it was committed is known to the server alone. */
static void report_commit(const Run *run, Place end)
{
    const Course *course = &run->choice.course;
    const Place begin = run->committed;
    bool single = end.leg == begin.leg ||
                  (end.leg == begin.leg + 1 && (course_is_end(course, end) || end.step == course->legs[end.leg].first));
    char *what = single && !course_is_whole(course)
                     ? memory_format("\"%s\" could not be committed", course->legs[begin.leg].shown)
                     : memory_text("the batch could not be committed");
    report_session(what, run->session);
    if (session_error(run->session)->lost)
        report_help("whether it was is not known: `migrate status` tells");
    free(what);
}

/* Deferred constraints speak up there. */
Outcome work_fail_commit(Run *run, Place end)
{
    if (work_is_passing(session_error(run->session)) && patience_fail(&run->patience)) {
        run->again = true;
        return OUTCOME_BUSY;
    }
    report_commit(run, end);
    return unit_failure(run);
}

/* Something of the work has failed. */
Outcome work_fail(Run *run, const Work *work, const TableLocks *locks)
{
    const SessionError *error = session_error(run->session);
    if (work->kind == WORK_COMMIT)
        return work_fail_commit(run, work->place);
    if (work->kind == WORK_OPENING && transaction_was_moved(&run->transaction)) {
        lock_report_moved();
        return OUTCOME_CONFIGURATION;
    }
    if (!work_is_passing(error)) {
        report_work(run, work, locks);
        return is_unmet(run, work) ? OUTCOME_UNMET : unit_failure(run);
    }
    run->again = patience_fail(&run->patience);
    if (!run->again)
        report_busy(run, work, locks);
    return OUTCOME_BUSY;
}

/* The migration has ended the transaction itself. */
Outcome work_fail_ended(Run *run, const Work *work)
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
