#include "command.h"
#include "interrupt.h"
#include "memory.h"
#include "report.h"

#include <stdlib.h>

static Outcome check_runtime(const MigrateProject *project)
{
    if (project->runtime == MIGRATE_RUNTIME_VERSION)
        return OUTCOME_DONE;
    report_error("the migrations were compiled for version %u of the runtime, and this is version %d", project->runtime,
                 MIGRATE_RUNTIME_VERSION);
    report_help("compile them again with the migc that this runtime came with");
    return OUTCOME_CONFIGURATION;
}

static Outcome run(int count, const char **arguments)
{
    Request request;
    Outcome outcome = command_read(&request, &migrate_project, count, arguments);
    if (outcome == OUTCOME_DONE)
        outcome = request.command->function(&request);
    command_answer(&request, outcome);
    command_clear(&request);
    return outcome;
}

int main(int count, char **arguments)
{
    interrupt_install();
    Outcome outcome = check_runtime(&migrate_project);
    if (outcome != OUTCOME_DONE)
        return (int) outcome;
    /* popt promises not to write to the arguments, and its type says more than that. */
    const char **promised = memory_take((size_t) count + 1, sizeof(*promised));
    for (int i = 0; i < count; i++)
        promised[i] = arguments[i];
    outcome = run(count, promised);
    free(promised);
    return (int) outcome;
}
