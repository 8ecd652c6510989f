/* Settings are made local to the transaction: a pooler's other clients never see them. A migration may have changed
 * any of them for the session, so RESET ALL comes first each time.
 *
 * A migration that ends the transaction itself breaks the promise that all or nothing is kept. It is noticed by the
 * number that the server gives each transaction, which also tells COMMIT AND CHAIN. */
#include "transaction.h"

#include "memory.h"
#include "sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ settings */

enum { SETTINGS_COLUMN_NUMBER = 10 };
_Static_assert(TRANSACTION_OPENING == 2 + TRANSACTION_SETTINGS, "BEGIN, the proof, and the settings");

static void read_settings(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Transaction *transaction = context;
    const char *number = values[SETTINGS_COLUMN_NUMBER];
    if (number == NULL)
        return;
    if (transaction->number == NULL)
        transaction->number = memory_text(number);
    else if (strcmp(transaction->number, number) != 0)
        transaction->changed = true;
}

static void settings(Transaction *transaction, bool local, size_t number, Statement *statement)
{
    static const char *const resets[] = {"RESET SESSION AUTHORIZATION", "RESET ALL"};
    if (number < MIGRATE_COUNT(resets)) {
        statement->sql = resets[number];
        return;
    }
    History *history = transaction->history;
    int timeout = local ? transaction->lock_timeout : 0;
    const char **values = transaction->values;
    snprintf(transaction->timeout_text, sizeof(transaction->timeout_text), "%d", timeout);
    values[0] = history->set_role;
    values[1] = history->project->schema;
    values[2] = local ? "true" : "false";
    values[3] = local && transaction->hasty ? "true" : "false";
    values[4] = transaction->timeout_text;
    history->settings.sql = sql_run_settings;
    *statement = (Statement) {.prepared = &history->settings, .count = 5, .parameters = values,
                              .row = read_settings, .context = transaction};
}

void transaction_settings(Transaction *transaction, size_t number, Statement *statement)
{
    settings(transaction, true, number, statement);
}

static void settings_outside(void *context, size_t number, Statement *statement)
{
    settings(context, false, number, statement);
}

bool transaction_settings_outside(Transaction *transaction)
{
    Pipeline pipeline = {.count = TRANSACTION_SETTINGS, .statement = settings_outside, .context = transaction};
    return session_pipeline(transaction->history->session, &pipeline);
}

/* ------------------------------------------------------------------ begin and end */

/* Of the statement behind BEGIN: it divides by the number of locks that it finds. */
static const char division_by_zero[] = "22012";

void transaction_opening(Transaction *transaction, size_t number, Statement *statement)
{
    if (number == 0) {
        transaction->changed = false;
        free(transaction->number);
        transaction->number = NULL;
        statement->sql = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    } else if (number == 1) {
        *statement = (Statement) {.sql = sql_run_begin, .count = 1, .parameters = &transaction->key};
    } else {
        transaction_settings(transaction, number - 2, statement);
    }
}

static void give_opening(void *context, size_t number, Statement *statement)
{
    transaction_opening(context, number, statement);
}

bool transaction_begin(Transaction *transaction, History *history, const char *key)
{
    transaction->history = history;
    transaction->key = key;
    Pipeline pipeline = {.count = TRANSACTION_OPENING, .statement = give_opening, .context = transaction};
    return session_pipeline(history->session, &pipeline);
}

bool transaction_was_moved(const Transaction *transaction)
{
    return strcmp(session_error(transaction->history->session)->sqlstate, division_by_zero) == 0;
}

static bool shielded_script(Transaction *transaction, const char *template)
{
    Session *session = transaction->history->session;
    char *sql = history_sql(transaction->history, template);
    session_shield(session, true);
    bool good = session_script(session, sql, NULL, NULL);
    session_shield(session, false);
    free(sql);
    return good;
}

bool transaction_commit(Transaction *transaction)
{
    return shielded_script(transaction, sql_commit);
}

bool transaction_commit_free(Transaction *transaction)
{
    return shielded_script(transaction, sql_lock_clear);
}

void transaction_rollback(Transaction *transaction)
{
    if (session_in_transaction(transaction->history->session))
        shielded_script(transaction, sql_rollback);
}

bool transaction_heal(Transaction *transaction)
{
    transaction_rollback(transaction);
    return shielded_script(transaction, sql_begin) && transaction_commit_free(transaction);
}

void transaction_clear(Transaction *transaction)
{
    free(transaction->number);
    *transaction = (Transaction) {0};
}
