/* The plan: changes as the SQL statements that make them, in order. Every name that the server would make up is written
 * out. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "backfill.h"
#include "history.h"
#include "locks.h"
#include "model.h"
#include "report.h"

typedef struct Step {
    Str sql;    /* one statement, without a closing semicolon; may span lines */
    Span span;  /* what it was written as */
    bool outside;  /* it must not run in a transaction */
    bool alone;    /* it runs in a transaction of its own */
    Str done;      /* of what runs outside: see MigrateStep; data == NULL: none */
    Str repair;
    bool after_commit;  /* what earlier migrations did must have been committed */
    const BackfillPlan *backfill;  /* NULL: none; else it may run in batches instead of `sql` */
    Str native;    /* a function of the project's own C; data == NULL: none. `sql` is a comment then */
    RelationLocks locks;  /* of what runs in a transaction */
} Step;

typedef LIST(Step) StepList;

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
