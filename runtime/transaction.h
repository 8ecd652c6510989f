/* transaction.h: a transaction of a run, with the settings that every migration may rely on. */
#ifndef TRANSACTION_H
#define TRANSACTION_H

#include "history.h"

typedef struct Transaction {
    History *history;
    char *number;      /* the server's, to see that it is still the same */
    bool hasty;        /* its commit does not wait for the disk */
    int lock_timeout;  /* milliseconds that a statement waits for a lock; 0: as long as it takes */
    bool changed;      /* a migration ended it: what runs now is another one, or none */
    const char *key;   /* of the advisory lock; and what the settings' statement is given: */
    const char *values[5];
    char timeout_text[16];
} Transaction;

/* What begins one: so many statements, one behind the other. The second of them proves that this server process holds
 * the advisory lock, by failing where it does not; so what is sent behind them is not done then. */
enum { TRANSACTION_OPENING = 5 };
void transaction_opening(Transaction *transaction, size_t number, Statement *statement);

/* Begins the first or another one. `key` is the advisory lock's. False: the session's error says why; roll back then,
 * too. */
bool transaction_begin(Transaction *transaction, History *history, const char *key);

/* Whether that, or one of those statements, has failed for the lock: behind a pooler that has moved us. */
bool transaction_was_moved(const Transaction *transaction);

/* What puts the settings (back) to what a migration may rely on, and looks whether the transaction is still the same:
 * so many statements, one behind the other. */
enum { TRANSACTION_SETTINGS = 3 };
void transaction_settings(Transaction *transaction, size_t number, Statement *statement);

/* Sends the same settings for a statement outside transactions. */
bool transaction_settings_outside(Transaction *transaction);

/* False: it was rolled back, or nobody knows when the connection was lost. */
bool transaction_commit(Transaction *transaction);

/* Puts Knex's flag back where it is ours, and commits. */
bool transaction_commit_free(Transaction *transaction);

/* Rolls back, also when the session's state is an error, a signal has come or the connection is gone. The session's
 * last error is not to be asked for afterwards. */
void transaction_rollback(Transaction *transaction);

/* Puts Knex's flag back, in a transaction of its own. */
bool transaction_heal(Transaction *transaction);

void transaction_clear(Transaction *transaction);

#endif
