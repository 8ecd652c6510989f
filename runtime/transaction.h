/* transaction.h: a transaction of a run, with the settings that every migration may rely on. */
#ifndef TRANSACTION_H
#define TRANSACTION_H

#include "history.h"

typedef struct Transaction {
    History *history;
    char *number;      /* the server's, to see that it is still the same */
    bool hasty;        /* its commit does not wait for the disk */
    int lock_timeout;  /* milliseconds that a statement waits for a lock; 0: as long as it takes */
    bool holds_lock;   /* this backend holds the advisory lock: false behind a pooler that has moved us */
    bool changed;      /* a migration ended it: what runs now is another one, or none */
    const char *key;   /* of the advisory lock; and what the settings' statement is given: */
    const char *values[5];
    char timeout_text[16];
} Transaction;

/* Begins the first or another one. `key` is the advisory lock's. False: the session's error says why; roll back then,
 * too. */
bool transaction_begin(Transaction *transaction, History *history, const char *key);

/* What puts the settings (back) to what a migration may rely on, and looks whether the transaction is still the same:
 * so many statements, one behind the other. */
enum { TRANSACTION_SETTINGS = 3 };
void transaction_settings(Transaction *transaction, size_t number, Statement *statement);

/* Sends the same settings for a statement outside transactions. */
bool transaction_settings_outside(Transaction *transaction);

/* False: it was rolled back, or nobody knows when the connection was lost. */
bool transaction_commit(Transaction *transaction);

/* Commits, and begins another one, in one go. False: `committed` says whether the first was. */
bool transaction_commit_begin(Transaction *transaction, bool *committed);

/* Puts Knex's flag back where it is ours, and commits. */
bool transaction_commit_free(Transaction *transaction);

/* Rolls back, also when the session's state is an error, a signal has come or the connection is gone. The session's
 * last error is not to be asked for afterwards. */
void transaction_rollback(Transaction *transaction);

/* Puts Knex's flag back, in a transaction of its own. */
bool transaction_heal(Transaction *transaction);

void transaction_clear(Transaction *transaction);

#endif
