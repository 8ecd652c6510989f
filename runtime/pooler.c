/* A pooler shows itself by the process number in its greeting, which is not the server's. Its mode shows when a second
 * connection is made and begins a transaction while the first one is idle: in session mode the first keeps its process,
 * and the second gets another or has to wait for one. Otherwise the second gets the process of the first, or the first
 * another than before. */
#include "pooler.h"

#include "interrupt.h"
#include "report.h"
#include "sql.h"

#include <stdlib.h>

enum { PATIENCE = 2000 };  /* milliseconds that the second connection waits for a process */

static void read_process(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    *(long *) context = strtol(values[0], NULL, 10);
}

typedef enum Pooling { POOLING_SESSION, POOLING_TRANSACTION, POOLING_FAILURE } Pooling;

static bool is_refused(const Session *session)
{
    return session_error(session)->sqlstate[0] != '\0';
}

/* What begins a transaction is refused by poolers in statement mode. No answer means that there is no free process. */
static Pooling compare(const History *history, Session *other)
{
    long theirs = 0, ours = 0;
    if (!session_script(other, sql_pooler_begin, read_process, &theirs))
        return is_refused(other) ? POOLING_TRANSACTION : POOLING_SESSION;
    if (theirs == history->process)
        return POOLING_TRANSACTION;
    if (!session_query(history->session, sql_pooler_process, 0, NULL, read_process, &ours))
        return POOLING_FAILURE;
    return ours == history->process ? POOLING_SESSION : POOLING_TRANSACTION;
}

static Pooling find_out(const History *history)
{
    Session *other;
    Pooling pooling = POOLING_SESSION;
    if (session_open_twin(&other, history->session, PATIENCE))
        pooling = compare(history, other);
    if (session_in_transaction(other))
        session_script(other, sql_rollback, NULL, NULL);
    session_close(other);
    return pooling;
}

Outcome pooler_check(const History *history)
{
    if (history->process == session_process(history->session))
        return OUTCOME_DONE;
    switch (find_out(history)) {
    case POOLING_SESSION: return OUTCOME_DONE;
    case POOLING_TRANSACTION:
        report_error("a connection pooler is in between that gives each transaction another server process");
        report_help("give the server's own address, or the pooler's port for session mode; nothing was changed");
        return OUTCOME_CONFIGURATION;
    case POOLING_FAILURE: break;
    }
    if (interrupt_pending())
        return interrupt_outcome();
    report_session("cannot find out how the connection is pooled", history->session);
    return session_error(history->session)->lost ? OUTCOME_UNREACHABLE : OUTCOME_CONFIGURATION;
}
