/* Settings are made local to the transaction: a pooler's other clients never see them. A migration may have changed
 * any of them for the session, so RESET ALL comes first each time; it is one round trip a migration.
 *
 * A migration that ends the transaction itself breaks the promise that all or nothing is kept. It is noticed by the
 * number that the server gives each transaction, which also tells COMMIT AND CHAIN. */
#include "transaction.h"

#include "memory.h"
#include "sql.h"
#include "template.h"

#include <stdlib.h>
#include <string.h>

static void read_begin(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Transaction *transaction = context;
    if (transaction->role == NULL)
        transaction->role = memory_text(values[0]);
    transaction->holds_lock = values[1] != NULL && values[1][0] == 't';
}

bool transaction_begin(Transaction *transaction, History *history, const char *key)
{
    transaction->history = history;
    transaction->holds_lock = transaction->changed = false;
    free(transaction->number);
    transaction->number = NULL;
    const Filling fillings[] = {{"key", key}, {NULL, NULL}};
    char *sql = template_fill(sql_run_begin, fillings);
    bool good = session_script(history->session, sql, read_begin, transaction) && transaction_settings(transaction);
    free(sql);
    return good;
}

enum { SETTINGS_COLUMN_NUMBER = 10 };

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

static bool send_settings(Transaction *transaction, bool outside)
{
    Session *session = transaction->history->session;
    char *schema = session_literal(session, transaction->history->project->schema);
    char *role = session_literal(session, transaction->role);
    const Filling fillings[] = {
        {"schema", schema}, {"role", role}, {"local", outside ? "false" : "true"},
        {"hasty", transaction->hasty && !outside ? "true" : "false"}, {NULL, NULL},
    };
    char *sql = template_fill(sql_run_settings, fillings);
    bool good = session_script(session, sql, read_settings, transaction);
    free(sql);
    free(role);
    free(schema);
    return good;
}

bool transaction_settings(Transaction *transaction)
{
    return send_settings(transaction, false);
}

bool transaction_settings_outside(Transaction *transaction)
{
    return send_settings(transaction, true);
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
    free(transaction->role);
    free(transaction->number);
    *transaction = (Transaction) {0};
}
