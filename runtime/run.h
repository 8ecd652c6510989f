/* run.h: a run from connecting to the result line: everything that changes the database does it in here. */
#ifndef RUN_H
#define RUN_H

#include "pace.h"
#include "selection.h"

typedef struct RunOrder {
    const MigrateProject *project;
    SelectionFunction *select;
    const char *name;      /* of one migration, or NULL */
    int patience;          /* seconds to wait for the lock */
    Pace pace;             /* of backfills */
    int table_patience;    /* seconds to wait for tables that others use */
    const char *nothing;   /* the result line when there is nothing to do */
    const char *done;      /* the result line's verb otherwise: "Batch 1 <done> …" */
    bool counted;          /* the line ends with a number of migrations, not with "the following" */
    bool list;             /* the names follow it */
    const char *again;     /* the command that was typed, for the advice after a failure */
} RunOrder;

/* Runs on a session that is open, and reports all. */
Outcome run_perform(const RunOrder *order, Session *session);

#endif
