#include "engine.h"

#include "interrupt.h"
#include "report.h"

/* Whether steps of the migration under way are done and stay. */
static bool is_halfway(const Run *run)
{
    return !course_is_end(&run->choice.course, run->committed) && (run->committed.step > 0 || run->walked > 0);
}

Outcome fate_outcome(const Run *run, Outcome outcome)
{
    bool failed = outcome == OUTCOME_FAILED || outcome == OUTCOME_UNMET || outcome == OUTCOME_UNREACHABLE ||
                  outcome == OUTCOME_BUSY;
    return failed && is_halfway(run) ? OUTCOME_HALFWAY : outcome;
}

static void report_before(const Run *run)
{
    size_t kept = run->committed.leg;
    if (kept == 1)
        report_error("one migration before it was %s, and stays so", run->choice.course.up ? "applied" : "rolled back");
    else if (kept > 1)
        report_error("%zu migrations before it were %s, and stay so", kept,
                     run->choice.course.up ? "applied" : "rolled back");
}

static const char *stopped_by(void)
{
    switch ((int) interrupt_outcome()) {
    case OUTCOME_INTERRUPTED: return "stopped by SIGINT; ";
    case OUTCOME_TERMINATED: return "stopped by SIGTERM; ";
    default: return "";
    }
}

/* What has become of the work. */
static void report_work(const Run *run)
{
    const char *why = stopped_by();
    if (is_halfway(run)) {
        const Leg *leg = &run->choice.course.legs[run->committed.leg];
        report_error("%s\"%s\" is half-way: %zu of its %zu steps are done and stay", why, leg->shown,
                     run->committed.step, leg->steps.count);
        if (run->walked > 0)
            report_error("so are %llu rows of the backfill in line %u", run->walked,
                         course_step(&run->choice.course, run->committed)->line);
        report_before(run);
    } else if (run->committed.leg > 0) {
        report_error("%swhat was not committed was rolled back", why);
        report_before(run);
    } else if (run->choice.course.up) {
        report_error("%snothing was applied: the batch was rolled back", why);
    } else {
        report_error("%snothing was rolled back: the migrations are applied as before", why);
    }
}

void fate_report(const Run *run)
{
    const char *advice = "correct the migration, then type";
    if (is_halfway(run))
        advice = "correct what made it stop, or the steps that are left; to go on there, type";
    if (run->patience.attempts > 0)
        advice = "when nobody is in the way, type";
    if (interrupt_pending())
        advice = "when it may go on, type";
    report_work(run);
    if (session_error(run->session)->lost)
        advice = "the connection was lost; when the server is back, type";
    report_help("%s `migrate %s`", advice, run->phase->again != NULL ? run->phase->again : run->order->again);
}

/* The promise was broken by the migration itself; say so, and leave the lock table free. */
void fate_report_broken(Run *run, const Migration *migration)
{
    bool healed = transaction_heal(&run->transaction);
    report_error("the history does not tell what \"%s\" has done: all of it until then may have been kept",
                 migration->stored);
    report_help("take COMMIT and ROLLBACK out of %s, and undo by hand what it did", migration->file);
    if (!healed)
        report_help("the lock table could not be put back; type `migrate unlock`");
}
