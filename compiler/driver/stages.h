/* The stages of the compiler in a row, for the commands that need their results. */
#ifndef DRIVER_STAGES_H
#define DRIVER_STAGES_H

#include "command.h"
#include "lock.h"
#include "plan.h"

/* The project folder that the command line names, as the last argument that the command takes. */
Str chosen_folder(Invocation *inv);

typedef struct CheckedProject {
    Lock lock;
    LockDifferences differences;  /* between what is locked and what is there; none for a damaged lock file */
    History history;
} CheckedProject;

/* Loads the project, compares it with its lock file and checks it. --locked asks for a lock file that is complete, and
 * --rewrite-history takes the history as it is. False: errors were reported. */
bool run_project(Invocation *inv, CheckedProject *checked);

/* The same, for the commands that read the project. */
bool run_check(Invocation *inv, History *history);

/* The same and the plan. */
bool run_plan(Invocation *inv, History *history, Plan *plan);

/* The same, where the plan is to become a program: what that could not do is reported. */
bool run_build(Invocation *inv, History *history, Plan *plan);

/* "2 migrations" */
Str count_migrations(Arena *arena, size_t count);

#endif
