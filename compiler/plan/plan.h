/* The plan: changes as the SQL statements that make them, in order. Every name that the server would make up is written
 * out. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "history.h"
#include "model.h"
#include "report.h"
#include "step.h"

typedef struct PlannedMigration {
    const MigrationInfo *migration;
    StepList up;
    StepList down;
    ModelPieces model;  /* what of the model it changes */
} PlannedMigration;

typedef struct Plan {
    const History *history;
    LIST(PlannedMigration) migrations;
} Plan;

/* Replays the history on a schema of its own. */
Plan plan_history(Arena *arena, const History *history);

/* The plan as text, for `migc dump --stage plan`: a heading a migration and direction, a statement a step. */
void plan_dump(Compilation *c, const Plan *plan, Text *out);

#endif
