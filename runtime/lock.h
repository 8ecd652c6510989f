/* lock.h: one run at a time, ours and Knex's.
 *
 * Two locks are taken. An advisory lock, named after database, schema and table, is between our own programs: it dies
 * with its session, so nothing stays stuck. Knex's flag is between us and Knex. A run that is one transaction sets it
 * in there, so that Knex waits for our row and we never leave it behind. Another run commits it, and who has set it is
 * written beside it into the journal: what a run has left that died is known for ours, and put back by the next one.
 * Waiting is done from idle, outside any transaction. */
#ifndef LOCK_H
#define LOCK_H

#include "history.h"
#include "transaction.h"

typedef struct Lock {
    History *history;
    char key[24];   /* of the advisory lock */
    bool held;      /* the advisory lock is ours */
    bool flagged;   /* Knex's flag is ours, and committed */
    char *holder;   /* whose flag lock_reset() has put back, as far as is known; NULL: nobody's. Owned by the caller */
    long long left; /* the batch of a dead run of ours whose flag was put back; 0: there was none */
} Lock;

/* Takes both locks, making the tables where they are missing. Of a run that is a `whole` it leaves the transaction
 * open, otherwise none. Waits `patience` seconds at most, saying for whom. Reports what it fails with; no transaction
 * is open then. `batch` is noted with the flag. */
Outcome lock_take(Lock *lock, History *history, int patience, Transaction *transaction, bool whole, long long batch);

/* Puts the flag of a dead run back, unless a run is going on. */
Outcome lock_heal(Lock *lock, History *history);

/* Puts the flag back, and keeps the advisory lock. */
void lock_free_flag(Lock *lock, Transaction *transaction);

/* Gives both back. */
void lock_release(Lock *lock, Transaction *transaction);

/* Reports that this connection no longer holds the advisory lock: it is not what it was. */
void lock_report_moved(void);

/* Puts Knex's lock table back to one row that is free, unless a run is going on. */
Outcome lock_reset(Lock *lock, History *history);

#endif
