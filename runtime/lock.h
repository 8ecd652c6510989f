/* lock.h: one run at a time, ours and Knex's.
 *
 * Two locks are taken. An advisory lock, named after database, schema and table, is between our own programs: it dies
 * with its session, so nothing stays stuck. Knex's flag is between us and Knex: it is set inside the run's
 * transaction, so that Knex waits for our row and we never leave it behind. Waiting is done from idle, outside any
 * transaction. */
#ifndef LOCK_H
#define LOCK_H

#include "history.h"
#include "transaction.h"

typedef struct Lock {
    History *history;
    char key[24];   /* of the advisory lock */
    bool held;      /* the advisory lock is ours */
} Lock;

/* Takes both locks, making the tables where they are missing, and leaves the run's transaction open. Waits `patience`
 * seconds at most, saying for whom. Reports what it fails with; no transaction is open then. */
Outcome lock_take(Lock *lock, History *history, int patience, Transaction *transaction);

/* Gives the advisory lock back. */
void lock_release(Lock *lock);

/* Puts Knex's lock table back to one row that is free, unless a run is going on. */
Outcome lock_reset(Lock *lock, History *history);

#endif
