/* `wait`: for deployments that start beside the database, or beside the one that migrates. It only looks. */
#include "clock.h"
#include "command.h"
#include "connection.h"
#include "history.h"
#include "interrupt.h"
#include "report.h"
#include "selection.h"

#include <string.h>

enum { PAUSE = 500 };  /* milliseconds between two looks */

static Outcome stopped(void)
{
    report_error("stopped by a signal while waiting");
    return interrupt_outcome();
}

/* The history is opened anew each time: its tables may come only now. */
static Outcome look(const Request *request, Session *session, const Migration *wanted, bool *applied)
{
    History history;
    Outcome outcome = history_open(&history, session, &request->project);
    *applied = outcome == OUTCOME_DONE && history_applied(&history, wanted);
    history_close(&history);
    return outcome;
}

static Outcome wait_for(const Request *request, Session *session, const Migration *wanted, double end)
{
    bool applied = false, announced = false;
    for (;;) {
        Outcome outcome = look(request, session, wanted, &applied);
        if (outcome != OUTCOME_DONE || applied)
            return outcome;
        if (clock_seconds() >= end) {
            report_error("the migration \"%s\" is not applied", wanted->stored);
            report_help("`migrate latest` applies what is pending; --timeout SECONDS waits longer");
            return OUTCOME_PENDING;
        }
        if (!announced)
            report_progress("waiting: the migration \"%s\" is not applied yet", wanted->stored);
        announced = true;
        if (interrupt_sleep(PAUSE))
            return stopped();
    }
}

Outcome command_wait(const Request *request)
{
    const Migration *wanted = NULL;
    const char *name = request->values[OPTION_FOR];
    double end = clock_seconds() + request->timeout;
    if (name != NULL && (wanted = selection_find(&request->project, name)) == NULL)
        return selection_unknown(&request->project, name);
    Session *session;
    Outcome outcome = connection_wait(request, request->timeout, &session);
    if (outcome == OUTCOME_DONE && wanted != NULL)
        outcome = wait_for(request, session, wanted, end);
    session_close(session);
    json_truth(request->json, FIELD_REACHED, outcome == OUTCOME_DONE);
    return outcome;
}
