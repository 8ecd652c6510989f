/* A statement of the plan. */
#ifndef PLAN_STEP_H
#define PLAN_STEP_H

#include "backfill.h"
#include "locks.h"
#include "merge.h"

typedef struct Step {
    Str sql;    /* one statement, without a closing semicolon; may span lines */
    Span span;  /* what it was written as */
    bool outside;  /* it must not run in a transaction */
    bool alone;    /* it runs in a transaction of its own */
    Str done;      /* of what runs outside: see MigrateStep; data == NULL: none */
    Str repair;
    bool after_commit;  /* what earlier migrations did must have been committed */
    bool require;  /* it fails with assert_failure where the data are not as they must be */
    const BackfillPlan *backfill;  /* NULL: none; else it may run in batches instead of `sql` */
    Str native;    /* a function of the project's own C; data == NULL: none. `sql` is a comment then */
    RelationLocks locks;  /* of what runs in a transaction */
    Alterations alterations;  /* what it does to a table, where others could be done with it; none: it stays as it is */
} Step;

typedef LIST(Step) StepList;

/* Neighbours that can be one statement are one, with the locks of both. */
StepList steps_merge(Arena *arena, StepList steps);

#endif
