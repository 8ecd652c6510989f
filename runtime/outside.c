/* A statement that is in no transaction cannot share its fate with a row that says that it was sent. So the journal
 * says before it that it may be begun, and after it that it is done; in between, when the program was killed, the
 * catalog is asked: the step brings the question along. */
#include "engine.h"

#include "report.h"

#include <string.h>

static const char duplicate_table[] = "42P07";

typedef enum Finding {
    FINDING_NOTHING,
    FINDING_PART,      /* something that must go, or be finished, first: an index that is not valid */
    FINDING_DONE,
    FINDING_FAILURE,   /* the session's error says why */
} Finding;

static void read_finding(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Finding *finding = context;
    if (values[0] != NULL)
        *finding = values[0][0] == 't' ? FINDING_DONE : FINDING_PART;
}

static Finding look(Run *run, const MigrateStep *step)
{
    Finding finding = FINDING_NOTHING;
    if (step->done != NULL && !session_query(run->session, step->done, 0, NULL, read_finding, &finding))
        return FINDING_FAILURE;
    return finding;
}

/* After the repair it is looked again: what was half-way may be done now. */
static Finding repair(Run *run, const MigrateStep *step)
{
    Finding finding = look(run, step);
    if (finding != FINDING_PART || step->repair == NULL)
        return finding;
    if (!session_query(run->session, step->repair, 0, NULL, NULL, NULL))
        return FINDING_FAILURE;
    return look(run, step);
}

/* Nothing of the step is there: it is as if it had not been begun. */
static void take_back(Run *run, Place place)
{
    const Leg *leg = &run->choice.course.legs[place.leg];
    if (place.step > 0) {
        unit_reach(run, place, JOURNAL_RUNNING, NULL);
        return;
    }
    run->transaction.hasty = false;
    if (unit_begin(run) != OUTCOME_DONE)
        return;
    if (!tracking_forget(&run->history, leg) || !transaction_commit(&run->transaction))
        transaction_rollback(&run->transaction);
}

/* A failure that was reported. What a failed CREATE INDEX CONCURRENTLY leaves is removed; not when the name was taken,
 * since what has it is not ours. Whatever cannot be done now the next run does. */
static Outcome clean_up(Run *run, Place place)
{
    const SessionError *error = session_error(run->session);
    Outcome outcome = unit_failure(run);
    if (error->lost || error->interrupted)
        return outcome;
    const MigrateStep *step = course_step(&run->choice.course, place);
    bool taken = strcmp(error->sqlstate, duplicate_table) == 0;
    Finding finding = taken || step->done == NULL ? FINDING_NOTHING : repair(run, step);
    if (finding == FINDING_NOTHING)
        take_back(run, place);
    return outcome;
}

static Outcome send(Run *run, Place place)
{
    session_listen(run->session, report_notice);
    bool good = session_query(run->session, course_step(&run->choice.course, place)->sql, 0, NULL, NULL, NULL);
    session_listen(run->session, NULL);
    if (good)
        return OUTCOME_DONE;
    unit_report(run, place);
    return clean_up(run, place);
}

/* What an earlier run has begun. */
static Outcome resume(Run *run, Place place)
{
    const MigrateStep *step = course_step(&run->choice.course, place);
    const char *name = run->choice.course.legs[place.leg].migration->name;
    switch (repair(run, step)) {
    case FINDING_DONE:
        report_progress("  %s: step %zu was done already", name, place.step + 1);
        return OUTCOME_DONE;
    case FINDING_NOTHING:
    case FINDING_PART:
        report_progress("  %s: step %zu is done again", name, place.step + 1);
        return send(run, place);
    case FINDING_FAILURE:
        break;
    }
    report_session("cannot find out what an earlier run has done", run->session);
    return unit_failure(run);
}

Outcome outside_perform(Run *run, const Unit *unit)
{
    Place place = unit->begin;
    const Leg *leg = &run->choice.course.legs[place.leg];
    bool resumed = leg->begun && place.step == leg->first;
    Outcome outcome = unit_reach(run, place, JOURNAL_BEGUN, NULL);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (!transaction_settings_outside(&run->transaction)) {
        report_session("cannot restore the settings of the run", run->session);
        return unit_failure(run);
    }
    watch_name(&run->watch, leg->migration->name);
    outcome = resumed ? resume(run, place) : send(run, place);
    watch_rest(&run->watch);
    if (outcome != OUTCOME_DONE)
        return outcome;
    return unit_reach(run, (Place) {place.leg, place.step + 1}, JOURNAL_RUNNING, NULL);
}
