/* The verbs that change the database. They differ in what they select and in the words of their result. */
#include "command.h"
#include "connection.h"

#include <string.h>

static const char up_to_date[] = "Already up to date";
static const char at_base[] = "Already at the base migration";
static const char run[] = "run", ran[] = "ran", rolled_back[] = "rolled back";

enum { PHASES_MAX = 2 };

/* A verb, with the option that makes it another one; OPTION_COUNT: without any. */
static const struct RunVerb {
    const char *name;
    OptionSymbol option;
    const char *nothing;
    bool counted;
    RunPhase phases[PHASES_MAX];
} verbs[] = {
    {"latest", OPTION_COUNT, up_to_date, true, {{selection_latest, run, NULL}}},
    {"up", OPTION_COUNT, up_to_date, false, {{selection_up, ran, NULL}}},
    {"to", OPTION_COUNT, up_to_date, false, {{selection_to, ran, NULL}}},
    {"before", OPTION_COUNT, up_to_date, false, {{selection_before, ran, NULL}}},
    {"rollback", OPTION_ALL, at_base, true, {{selection_rollback_all, rolled_back, NULL}}},
    {"rollback", OPTION_COUNT, at_base, true, {{selection_rollback, rolled_back, NULL}}},
    {"down", OPTION_COUNT, at_base, false, {{selection_down, rolled_back, NULL}}},
    {"redo", OPTION_LAST_BATCH, at_base, false,
     {{selection_rollback, rolled_back, NULL}, {selection_again, ran, "latest"}}},
    {"redo", OPTION_COUNT, at_base, false, {{selection_down, rolled_back, NULL}, {selection_again, ran, "latest"}}},
    {"goto", OPTION_COUNT, up_to_date, false, {{selection_beyond, rolled_back, NULL}, {selection_to, ran, NULL}}},
};

bool command_order(const Request *request, const char *verb, RunOrder *order)
{
    const bool *given = request->given;
    for (size_t i = 0; i < MIGRATE_COUNT(verbs); i++) {
        if (strcmp(verbs[i].name, verb) != 0 || (verbs[i].option != OPTION_COUNT && !given[verbs[i].option]))
            continue;
        *order = (RunOrder) {
            .project = &request->project,
            .phases = verbs[i].phases,
            .phase_count = verbs[i].phases[1].select == NULL ? 1 : PHASES_MAX,
            .patience = request->patience,
            .table_patience = request->table_patience,
            .pace = request->pace,
            .nothing = verbs[i].nothing,
            .counted = verbs[i].counted,
            .list = !verbs[i].counted || given[OPTION_VERBOSE],
            .again = request->again,
            .json = request->json,
        };
        order->wish = (Wish) {
            .name = request->name,
            .strict = given[OPTION_STRICT],
            .allow_missing = given[OPTION_ALLOW_MISSING],
            .allow_lossy = given[OPTION_ALLOW_LOSSY],
        };
        return true;
    }
    return false;
}

Outcome command_run(const Request *request)
{
    RunOrder order;
    Session *session;
    Outcome outcome = connection_open(request, &session);
    if (outcome == OUTCOME_DONE && command_order(request, request->command->name, &order))
        outcome = run_perform(&order, session);
    session_close(session);
    return outcome;
}
