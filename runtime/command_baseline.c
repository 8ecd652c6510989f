/* `baseline`: a database that was made by other means gets its history. What is recorded is first compared with what is
 * there, so that a history is never told that is not true. */
#include "command.h"
#include "connection.h"
#include "report.h"
#include "verify.h"

static size_t count_until(const MigrateProject *project, const Migration *last)
{
    size_t count = 1;
    while (project->migrations[count - 1] != last)
        count++;
    return count;
}

/* Compared is the schema behind the newest migration that will then be recorded. */
static size_t count_recorded(const RunOrder *order, const History *history)
{
    const MigrateProject *project = history->project;
    size_t wanted = count_until(project, selection_find(project, order->wish.name));
    size_t count = project->count;
    while (count > wanted && !history_applied(history, project->migrations[count - 1]))
        count--;
    return count;
}

static Outcome check_schema(const RunOrder *order, const History *history)
{
    Outcome outcome = verify_compare(history, count_recorded(order, history), order->json);
    if (outcome == OUTCOME_DONE)
        return OUTCOME_DONE;
    report_error("nothing was recorded: the database does not look as if these migrations had been applied");
    report_help("put right what is different, or name another migration; --no-verify records them all the same");
    return outcome;
}

Outcome command_baseline(const Request *request)
{
    static const RunPhase phases[] = {{selection_to, "recorded", NULL}};
    RunOrder order = {
        .project = &request->project,
        .phases = phases,
        .phase_count = MIGRATE_COUNT(phases),
        .wish = {.name = request->name},
        .patience = request->patience,
        .table_patience = request->table_patience,
        .nothing = "Already up to date",
        .list = true,
        .bare = true,
        .check = request->given[OPTION_NO_VERIFY] ? NULL : check_schema,
        .again = request->again,
        .json = request->json,
    };
    if (selection_find(&request->project, request->name) == NULL)
        return selection_unknown(&request->project, request->name);
    Session *session;
    Outcome outcome = connection_open(request, &session);
    if (outcome == OUTCOME_DONE)
        outcome = run_perform(&order, session);
    session_close(session);
    return outcome;
}
