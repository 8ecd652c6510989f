/* How a statement that no transaction holds can be told to have been done, and what of it must be put right when it was
 * not done to its end. Private to this folder. */
#ifndef PLAN_PROBE_H
#define PLAN_PROBE_H

#include "change.h"

typedef struct Probe {
    Str done;    /* a query of one boolean, as MigrateStep.done; data == NULL: nothing tells */
    Str repair;  /* a statement, as MigrateStep.repair; data == NULL: none is needed */
} Probe;

/* `schema` is the one before the change. */
Probe probe_change(const Schema *schema, const Change *change);

#endif
