#include "command.h"
#include "connection.h"
#include "lock.h"
#include "pooler.h"
#include "report.h"

#include <stdlib.h>

static Outcome unlock(const Request *request, Session *session)
{
    History history;
    Lock lock = {0};
    Outcome outcome = history_open(&history, session, &request->project);
    /* A history without a lock table has nothing that could be locked. */
    if (outcome == OUTCOME_DONE && history.tables[HISTORY_LOCK].exists) {
        outcome = history_unlockable(&history);
        if (outcome == OUTCOME_DONE)
            outcome = pooler_check(&history);
        if (outcome == OUTCOME_DONE)
            outcome = lock_reset(&lock, &history);
        lock_release(&lock, NULL);
    }
    if (outcome == OUTCOME_DONE)
        json_text(request->json, FIELD_HOLDER, lock.holder);
    free(lock.holder);
    history_close(&history);
    return outcome;
}

Outcome command_unlock(const Request *request)
{
    Session *session;
    Outcome outcome = connection_open(request, &session);
    if (outcome == OUTCOME_DONE)
        outcome = unlock(request, session);
    if (outcome == OUTCOME_DONE)
        report_result("Succesfully unlocked the migrations lock table");
    session_close(session);
    return outcome;
}
