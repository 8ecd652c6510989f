/* native.h: what generated code and native functions are given as a MigrateRun. */
#ifndef NATIVE_H
#define NATIVE_H

#include "course.h"
#include "progress.h"

struct MigrateRun {
    const Migration *migration;
    StepList steps;            /* while the migration hands over its steps */

    /* While a native function runs: */
    Session *session;
    const MigrateStep *step;
    bool up;
    char *failed;              /* the statement that failed last; NULL: the last one did not */
    char *reason;              /* that the function gave; NULL: none */
    Progress progress;
    bool shows_progress;
};

/* Calls the step's function, in the transaction that is open. To be cleared. */
bool native_call(MigrateRun *run);

/* Why it has failed. */
void native_report(const MigrateRun *run);

void native_clear(MigrateRun *run);

#endif
