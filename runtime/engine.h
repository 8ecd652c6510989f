/* engine.h: a run while it goes on, for the files that are its parts: run.c, unit.c, outside.c, backfill.c,
 * fate.c. */
#ifndef ENGINE_H
#define ENGINE_H

#include "choice.h"
#include "lock.h"
#include "patience.h"
#include "run.h"
#include "table_locks.h"
#include "tracking.h"
#include "watch.h"

/* A migration that was run, for the answer. */
typedef struct RunResult {
    const Migration *migration;
    char *name;
    bool up;
    long long batch;
    double seconds;
} RunResult;

typedef struct Run {
    const RunOrder *order;
    const RunPhase *phase;
    Session *session;
    History history;
    Choice choice;
    Selection undone; /* by an earlier phase */
    size_t done;      /* migrations, by all phases so far */
    RunResult *results;
    size_t result_count;
    Lock lock;
    Transaction transaction;
    bool due;         /* the open transaction is done, and is committed with the beginning of the next one */
    TableLocks foreseen;       /* what that one locks, */
    const Unit *foreseen_for;  /* which is this; NULL: nobody has asked yet */
    Place committed;  /* all before it is done and will stay */
    unsigned long long walked;  /* of the backfill that stands there: rows that are done and will stay */
    double began;     /* when the leg under way was begun, in seconds */
    bool ended;       /* a migration ended the transaction, and its work and that of those before it stayed */
    int name_width;   /* of the longest name of the course; 0: not known yet */
    Watch watch;
    Patience patience;
    bool again;       /* others were in the way: the transaction was rolled back, and is worth another attempt */
} Run;

/* ---- unit.c: each reports what it fails with, and leaves no transaction open */

/* The last unit's commit waits for the disk; that of others need not. OUTCOME_BUSY with `run->again`: what is not
 * committed is to be done again. */
Outcome unit_perform(Run *run, const Unit *unit);

/* A transaction that holds nothing but where a leg has come to. `position` is a backfill's. */
Outcome unit_reach(Run *run, Place place, JournalState state, const char *position);

/* How long the statements of a unit may wait for locks, for its next attempt. */
int unit_lock_timeout(const Run *run, const Unit *unit);

/* The pause before another attempt; reports a signal. */
Outcome unit_pause(Run *run);

/* Begins a transaction, and proves that the advisory lock is still ours. */
Outcome unit_begin(Run *run);

/* The outcome of a failure that was reported. */
Outcome unit_failure(const Run *run);

void unit_report(const Run *run, Place place);

/* ---- outside.c: a statement outside transactions */

Outcome outside_perform(Run *run, const Unit *unit);

/* ---- backfill.c: a step that goes through the rows of a table in many transactions */

Outcome backfill_perform(Run *run, const Unit *unit);

/* How many rows an earlier run has done, by what the journal says; 0: none. */
unsigned long long backfill_walked(const char *position);

/* ---- fate.c: what was kept of a run that failed, what was not, and what to type next */

void fate_report(const Run *run);

/* A migration has ended the transaction itself. */
void fate_report_broken(Run *run, const Migration *migration);

/* The outcome with regard to what was kept. */
Outcome fate_outcome(const Run *run, Outcome outcome);

#endif
