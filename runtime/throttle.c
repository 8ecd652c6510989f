/* A standby counts as behind by what it has not replayed, since that is what its readers see and what a promotion would
 * have to wait for; one that replays nothing, like pg_receivewal, by what it has not written. The lag in time is what
 * the standby said last and stays so while nothing is written, so it counts only where something is left to replay. */
#include "throttle.h"

#include "clock.h"
#include "interrupt.h"
#include "memory.h"
#include "report.h"
#include "sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double between_looks = 0.25;  /* seconds */
static const unsigned long long some_bytes = 1 << 20;

enum { LOOK_PAUSE = 200, LONGEST_NAP = 250 };  /* milliseconds */

void throttle_note(Throttle *throttle, double began, unsigned long rows)
{
    if (throttle->pace->rate == 0)
        return;
    if (throttle->due < began)
        throttle->due = began;
    throttle->due += (double) rows / (double) throttle->pace->rate;
}

/* The standby that is farthest behind, of those that are too far. */
typedef struct Laggard {
    const Pace *pace;
    char name[64];
    unsigned long long bytes, time;
    bool found;
    bool hidden;   /* there are standbys whose lag this role may not see */
} Laggard;

static void read_standby(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Laggard *laggard = context;
    if (values[1] == NULL) {
        laggard->hidden = true;
        return;
    }
    unsigned long long bytes = values[1][0] == '-' ? 0 : strtoull(values[1], NULL, 10);
    unsigned long long time = values[2] == NULL || values[2][0] == '-' ? 0 : strtoull(values[2], NULL, 10);
    const Pace *pace = laggard->pace;
    bool behind = (pace->lag_bytes > 0 && bytes > pace->lag_bytes) ||
                  (pace->lag_time > 0 && time > pace->lag_time && bytes > some_bytes);
    if (!behind || bytes < laggard->bytes)
        return;
    snprintf(laggard->name, sizeof(laggard->name), "%s", values[0] == NULL ? "" : values[0]);
    laggard->bytes = bytes;
    laggard->time = time;
    laggard->found = true;
}

/* That the lag cannot be seen does not stop anything: it is said, and not looked at again. */
static Outcome look(Throttle *throttle, Laggard *laggard)
{
    *laggard = (Laggard) {.pace = throttle->pace};
    throttle->asked = clock_seconds();
    if (!session_query(throttle->session, sql_standby_lag, 0, NULL, read_standby, laggard)) {
        const SessionError *error = session_error(throttle->session);
        if (error->interrupted)
            return interrupt_outcome();
        report_session("cannot look at the standbys", throttle->session);
        throttle->blind = true;
        return error->lost ? OUTCOME_FAILED : OUTCOME_DONE;
    }
    if (!laggard->hidden)
        return OUTCOME_DONE;
    report_warning("there are standbys, and this role may not see how far they are behind");
    report_help("GRANT pg_monitor to it, or say --max-lag 0");
    throttle->blind = true;
    return OUTCOME_DONE;
}

static Outcome wait_for_standbys(Throttle *throttle, Progress *progress)
{
    Laggard laggard;
    if (throttle->blind || (throttle->pace->lag_bytes == 0 && throttle->pace->lag_time == 0) ||
        clock_seconds() - throttle->asked < between_looks)
        return OUTCOME_DONE;
    for (;;) {
        Outcome outcome = look(throttle, &laggard);
        if (outcome != OUTCOME_DONE || !laggard.found)
            return outcome;
        char *why = memory_format("waits for standby \"%s\", which is %.1f MB and %.1f s behind", laggard.name,
                                  (double) laggard.bytes / (1 << 20), (double) laggard.time / 1000);
        progress_wait(progress, why);
        free(why);
        if (interrupt_sleep(LOOK_PAUSE))
            return interrupt_outcome();
    }
}

Outcome throttle_wait(Throttle *throttle, Progress *progress)
{
    for (double left; (left = throttle->due - clock_seconds()) > 0;) {
        int nap = left * 1000 < LONGEST_NAP ? (int) (left * 1000) + 1 : LONGEST_NAP;
        if (interrupt_sleep(nap))
            return interrupt_outcome();
    }
    return wait_for_standbys(throttle, progress);
}
