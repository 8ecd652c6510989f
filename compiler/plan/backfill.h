/* The statements that go through the rows of a table, so many at a time. Private to this folder, but for the struct. */
#ifndef PLAN_BACKFILL_H
#define PLAN_BACKFILL_H

#include "change.h"

/* As MigrateBackfill. */
typedef struct BackfillPlan {
    Str table;
    Str created;   /* the migration that creates it; data == NULL: none of them */
    Str begin;
    Str next;
    Str update;
    uint32_t batch;
    uint32_t pause;
} BackfillPlan;

/* All of it as one statement. */
Str backfill_statement(const Schema *schema, const BackfillChange *change);

/* Without `created`. */
const BackfillPlan *backfill_plan(const Schema *schema, const BackfillChange *change);

#endif
