/* native.h: what generated code and native functions are given as a MigrateRun. */
#ifndef NATIVE_H
#define NATIVE_H

#include "course.h"

struct MigrateRun {
    const Migration *migration;
    StepList steps;            /* while the migration hands over its steps */
};

#endif
