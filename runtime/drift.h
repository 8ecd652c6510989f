/* drift.h: what is different between the schema as it should be and the schema as it is, thing by thing. */
#ifndef DRIFT_H
#define DRIFT_H

#include "rows.h"

typedef enum DriftKind {
    DRIFT_MISSING,  /* the database does not have it */
    DRIFT_EXTRA,    /* the migrations do not have it */
    DRIFT_CHANGED,
} DriftKind;

typedef struct Difference {
    DriftKind kind;
    const char *what;      /* "column \"note\" of table \"vaults\"" */
    const char *model;     /* the definition by the migrations; NULL for EXTRA */
    const char *database;  /* NULL for MISSING */
} Difference;

/* Something that was not compared, and why. */
typedef struct Unjudged {
    const char *what;
    const char *reason;
    bool harmless;         /* it cannot be compared by its nature; else something stood in the way */
} Unjudged;

typedef struct Drift {
    Rows rows;
    Difference *differences;
    size_t difference_count;
    Unjudged *unjudged;
    size_t unjudged_count;
    size_t compared;         /* things of the model that were */
} Drift;

/* Reads both sides and compares them. Reports why it cannot; to be cleared either way. The scratch must stay open as
 * long as the drift is used. */
Outcome drift_find(Drift *drift, Scratch *scratch, const History *history);

void drift_clear(Drift *drift);

#endif
