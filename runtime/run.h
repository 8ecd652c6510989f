/* run.h: a run from the history to the result lines: everything that changes the database does it in here. */
#ifndef RUN_H
#define RUN_H

#include "json.h"
#include "pace.h"
#include "selection.h"

/* One way, up or down. */
typedef struct RunPhase {
    SelectionFunction *select;
    const char *done;    /* the result line's verb: "Batch 1 <done> …" */
    const char *again;   /* the command to type after a failure; NULL: the one that was typed */
} RunPhase;

typedef struct RunOrder RunOrder;

/* Asked under the locks, from idle, before anything is written. */
typedef Outcome RunCheck(const RunOrder *order, const History *history);

struct RunOrder {
    const MigrateProject *project;
    const RunPhase *phases;  /* one after the other, under one lock */
    size_t phase_count;
    Wish wish;
    int patience;            /* seconds to wait for the lock */
    int table_patience;      /* seconds to wait for tables that others use */
    Pace pace;               /* of backfills */
    const char *nothing;     /* the result line when there is nothing to do */
    bool counted;            /* the line ends with a number of migrations, not with "the following" */
    bool list;               /* the names follow it */
    bool bare;               /* rows are written, and nothing is run */
    RunCheck *check;         /* NULL: nothing is to be checked */
    const char *again;       /* the command that was typed, for the advice after a failure */
    Json *json;
};

/* Runs on a session that is open, and reports all. */
Outcome run_perform(const RunOrder *order, Session *session);

#endif
