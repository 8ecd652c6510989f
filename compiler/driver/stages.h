/* The stages of the compiler in a row, for the commands that need their results. */
#ifndef DRIVER_STAGES_H
#define DRIVER_STAGES_H

#include "command.h"
#include "plan.h"

/* The project folder that the command line names. */
Str chosen_folder(Invocation *inv);

/* Loads and checks the project. False: errors were reported. */
bool run_check(Invocation *inv, History *history);

/* The same and the plan. */
bool run_plan(Invocation *inv, History *history, Plan *plan);

/* "2 migrations" */
Str count_migrations(Arena *arena, size_t count);

#endif
