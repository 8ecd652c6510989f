/* The verbs that change the database. They differ in what they select and in the words of their result. */
#include "command.h"
#include "connection.h"
#include "run.h"

static const char up_to_date[] = "Already up to date";
static const char at_base[] = "Already at the base migration";

static Outcome perform(const Request *request, RunOrder order)
{
    Session *session;
    Outcome outcome = connection_open(request, &session);
    order.project = &request->project;
    order.name = request->name;
    order.patience = request->patience;
    order.pace = request->pace;
    order.table_patience = request->table_patience;
    order.again = request->command->name;
    if (outcome == OUTCOME_DONE)
        outcome = run_perform(&order, session);
    session_close(session);
    return outcome;
}

Outcome command_latest(const Request *request)
{
    return perform(request, (RunOrder) {
        .select = selection_latest,
        .nothing = up_to_date,
        .done = "run",
        .counted = true,
        .list = request->given[OPTION_VERBOSE],
    });
}

Outcome command_up(const Request *request)
{
    return perform(request, (RunOrder) {
        .select = selection_up,
        .nothing = up_to_date,
        .done = "ran",
        .list = true,
    });
}

Outcome command_to(const Request *request)
{
    return perform(request, (RunOrder) {
        .select = selection_to,
        .nothing = up_to_date,
        .done = "ran",
        .list = true,
    });
}

Outcome command_before(const Request *request)
{
    return perform(request, (RunOrder) {
        .select = selection_before,
        .nothing = up_to_date,
        .done = "ran",
        .list = true,
    });
}

Outcome command_rollback(const Request *request)
{
    return perform(request, (RunOrder) {
        .select = request->given[OPTION_ALL] ? selection_rollback_all : selection_rollback,
        .nothing = at_base,
        .done = "rolled back",
        .counted = true,
        .list = request->given[OPTION_VERBOSE],
    });
}

Outcome command_down(const Request *request)
{
    return perform(request, (RunOrder) {
        .select = selection_down,
        .nothing = at_base,
        .done = "rolled back",
        .list = true,
    });
}
