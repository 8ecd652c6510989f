/* One attempt after the other, each short: first at the advisory lock, then, holding it, at the flag. What an attempt
 * met is a Meeting; between two attempts the session is idle. */
#include "lock.h"

#include "clock.h"
#include "digest.h"
#include "interrupt.h"
#include "memory.h"
#include "report.h"
#include "sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PAUSE = 50, LONGEST_PAUSE = 500 };  /* milliseconds between two attempts */
enum { REPAIRS_MAX = 3 };                        /* attempts repeated without a pause */

static const char lock_not_available[] = "55P03";

typedef enum Meeting {
    MEETING_NOBODY,    /* the locks are ours */
    MEETING_RUN,       /* another of our runs holds the advisory lock */
    MEETING_KNEX,      /* a Knex process is setting the flag at this moment */
    MEETING_FLAG,      /* the flag is set: Knex is at work, or was killed */
    MEETING_ROWS,      /* the lock table has more than one row, which Knex reads as locked */
    MEETING_AGAIN,     /* something was put right: try again at once */
    MEETING_FAILURE,   /* reported */
} Meeting;

typedef struct Attempt {
    Lock *lock;
    Transaction *transaction;
    Outcome outcome;            /* of MEETING_FAILURE */
    char holder[300];           /* of MEETING_RUN */
    unsigned long rows, free;   /* of the lock table */
    unsigned repairs;           /* MEETING_AGAINs so far */
    bool whole;                 /* the run is one transaction */
    long long batch;
    bool got;
} Attempt;

/* The server's bigint is signed; halving the range spares us the smallest number, which has no literal. */
static void make_key(Lock *lock, const History *history)
{
    Digest digest = digest_new();
    digest_add(&digest, "migrate");
    digest_add(&digest, session_database(history->session));
    digest_add(&digest, history->schema);
    digest_add(&digest, history->project->history_table);
    snprintf(lock->key, sizeof(lock->key), "%lld", (long long) (digest >> 1));
}

static Meeting fail(Attempt *attempt, const char *what)
{
    Session *session = attempt->lock->history->session;
    if (session_error(session)->interrupted) {
        report_error("stopped by a signal; nothing was changed");
        attempt->outcome = interrupt_outcome();
    } else {
        report_session(what, session);
        attempt->outcome = session_error(session)->lost ? OUTCOME_UNREACHABLE : OUTCOME_CONFIGURATION;
    }
    transaction_rollback(attempt->transaction);
    return MEETING_FAILURE;
}

static bool query_key(const Lock *lock, const char *sql, SessionRow *row, void *context)
{
    const char *parameters[] = {lock->key};
    return session_query(lock->history->session, sql, 1, parameters, row, context);
}

static void read_got(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Attempt *attempt = context;
    attempt->got = values[0] != NULL && values[0][0] == 't';
}

static void read_holder(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Attempt *attempt = context;
    const char *application = values[2][0] == '\0' ? "unknown" : values[2];
    snprintf(attempt->holder, sizeof(attempt->holder), "process %s (user %s, application %s), at work for %s s",
             values[0], values[1], application, values[3]);
}

static Meeting try_advisory(Attempt *attempt)
{
    attempt->got = false;
    if (!query_key(attempt->lock, sql_lock_try, read_got, attempt))
        return fail(attempt, "cannot take the lock");
    attempt->lock->held = attempt->got;
    if (attempt->got)
        return MEETING_NOBODY;
    /* It may be gone when we ask; then there is nobody to name. */
    snprintf(attempt->holder, sizeof(attempt->holder), "another process");
    if (!query_key(attempt->lock, sql_lock_holder, read_holder, attempt))
        return fail(attempt, "cannot take the lock");
    return MEETING_RUN;
}

static void read_state(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Attempt *attempt = context;
    attempt->rows = strtoul(values[0], NULL, 10);
    attempt->free = strtoul(values[1], NULL, 10);
}

static bool run_filled(const History *history, const char *template, SessionRow *row, void *context)
{
    char *sql = history_sql(history, template);
    bool good = session_query(history->session, sql, 0, NULL, row, context);
    free(sql);
    return good;
}

static void read_owner(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Attempt *attempt = context;
    snprintf(attempt->holder, sizeof(attempt->holder), "user %s on %s, since %s", values[0], values[1], values[2]);
    attempt->got = true;
    attempt->lock->left = strtoll(values[3], NULL, 10);
}

/* We hold the advisory lock, so whoever of us has set the flag is dead. */
static Meeting heal_flag(Attempt *attempt)
{
    attempt->got = false;
    if (!run_filled(attempt->lock->history, sql_lock_owner, read_owner, attempt))
        return fail(attempt, "cannot read the journal");
    if (!attempt->got)
        return MEETING_FLAG;
    if (!transaction_heal(attempt->transaction))
        return fail(attempt, "cannot write the lock table");
    report_progress("a run that ended without a word had left the lock set (%s); it is free again", attempt->holder);
    return MEETING_AGAIN;
}

/* Why the flag could not be set, asked from idle. */
static Meeting look_at_flag(Attempt *attempt)
{
    const History *history = attempt->lock->history;
    if (!run_filled(history, sql_lock_state, read_state, attempt))
        return fail(attempt, "cannot read the lock table");
    if (attempt->rows > 1)
        return MEETING_ROWS;
    if (attempt->rows == 1)
        return attempt->free == 1 ? MEETING_AGAIN : heal_flag(attempt);
    return run_filled(history, sql_lock_row, NULL, NULL) ? MEETING_AGAIN : fail(attempt, "cannot write the lock table");
}

void lock_report_moved(void)
{
    report_error("the connection moves between servers' processes: a pooler in transaction mode is in between");
    report_help("give the server's own address, or the pooler's port for session mode");
}

static Meeting refuse_pooler(Attempt *attempt)
{
    lock_report_moved();
    transaction_rollback(attempt->transaction);
    attempt->outcome = OUTCOME_CONFIGURATION;
    return MEETING_FAILURE;
}

static bool set_flag(const Attempt *attempt)
{
    const History *history = attempt->lock->history;
    char batch[24];
    snprintf(batch, sizeof(batch), "%lld", attempt->batch);
    const char *parameters[] = {history->host, history->build, batch};
    char *sql = history_sql(history, sql_lock_flag);
    bool good = session_query(history->session, sql, 3, parameters, NULL, NULL);
    free(sql);
    return good;
}

/* The flag is ours: a whole run goes on in the same transaction. */
static Meeting keep_flag(Attempt *attempt)
{
    if (attempt->whole)
        return MEETING_NOBODY;
    if (!transaction_commit(attempt->transaction))
        return fail(attempt, "cannot set the flag in the lock table");
    attempt->lock->flagged = true;
    return MEETING_NOBODY;
}

static Meeting try_flag(Attempt *attempt)
{
    History *history = attempt->lock->history;
    if (!transaction_begin(attempt->transaction, history, attempt->lock->key))
        return transaction_was_moved(attempt->transaction) ? refuse_pooler(attempt)
                                                           : fail(attempt, "cannot begin the transaction");
    bool good = set_flag(attempt);
    if (good && session_affected(history->session) == 1)
        return keep_flag(attempt);
    bool busy = !good && strcmp(session_error(history->session)->sqlstate, lock_not_available) == 0;
    if (!good && !busy)
        return fail(attempt, "cannot set the flag in the lock table");
    transaction_rollback(attempt->transaction);
    return busy ? MEETING_KNEX : look_at_flag(attempt);
}

static Meeting try_both(Attempt *attempt)
{
    if (!attempt->lock->held) {
        Meeting meeting = try_advisory(attempt);
        if (meeting != MEETING_NOBODY)
            return meeting;
        attempt->outcome = history_create(attempt->lock->history);
        if (attempt->outcome != OUTCOME_DONE)
            return MEETING_FAILURE;
    }
    return try_flag(attempt);
}

static void describe(const Attempt *attempt, Meeting meeting, char *text, size_t size)
{
    const char *lock = attempt->lock->history->lock;
    switch (meeting) {
    case MEETING_RUN:
        snprintf(text, size, "another run holds the migration lock: %s", attempt->holder);
        return;
    case MEETING_KNEX:
        snprintf(text, size, "a Knex process is using %s at this moment", lock);
        return;
    case MEETING_FLAG:
        snprintf(text, size, "Knex holds the migration lock: is_locked is set in %s", lock);
        return;
    case MEETING_ROWS:
        snprintf(text, size, "%s has %lu rows instead of one", lock, attempt->rows);
        return;
    case MEETING_NOBODY:
    case MEETING_AGAIN:
    case MEETING_FAILURE:
        break;
    }
    BUG("a meeting with nobody to wait for");
}

static void report_busy(const Attempt *attempt, Meeting meeting)
{
    char text[700];
    describe(attempt, meeting, text, sizeof(text));
    report_error("%s", text);
    if (meeting == MEETING_RUN)
        report_help("wait for it (--lock-wait SECONDS); when it is gone its lock is gone, there is nothing to unlock");
    else
        report_help("when no Knex process is running, type `migrate unlock`");
}

/* Once a wait, so that a log is not filled. */
static void announce(const Attempt *attempt, Meeting meeting, bool *announced)
{
    char text[700];
    if (*announced)
        return;
    *announced = true;
    describe(attempt, meeting, text, sizeof(text));
    report_progress("waiting: %s", text);
    if (meeting == MEETING_FLAG || meeting == MEETING_ROWS)
        report_progress("         when no Knex process is running, type `migrate unlock`");
}

static Outcome wait_for_lock(Attempt *attempt, int patience)
{
    double end = clock_seconds() + patience;
    int pause = FIRST_PAUSE;
    bool announced = false;
    for (;;) {
        Meeting meeting = try_both(attempt);
        if (meeting == MEETING_NOBODY || meeting == MEETING_FAILURE)
            return attempt->outcome;
        if (meeting == MEETING_AGAIN && attempt->repairs++ < REPAIRS_MAX)
            continue;
        meeting = meeting == MEETING_AGAIN ? MEETING_KNEX : meeting;
        if (clock_seconds() >= end) {
            report_busy(attempt, meeting);
            return OUTCOME_BUSY;
        }
        announce(attempt, meeting, &announced);
        if (interrupt_sleep(pause)) {
            report_error("stopped by a signal while waiting for the lock; nothing was changed");
            return interrupt_outcome();
        }
        pause = pause * 2 > LONGEST_PAUSE ? LONGEST_PAUSE : pause * 2;
    }
}

Outcome lock_take(Lock *lock, History *history, int patience, Transaction *transaction, bool whole, long long batch)
{
    lock->history = history;
    transaction->history = history;
    make_key(lock, history);
    Attempt attempt = {.lock = lock, .transaction = transaction, .outcome = OUTCOME_DONE};
    attempt.whole = whole;
    attempt.batch = batch;
    return wait_for_lock(&attempt, patience);
}

void lock_free_flag(Lock *lock, Transaction *transaction)
{
    if (lock->flagged && !transaction_heal(transaction) && !session_error(lock->history->session)->lost)
        report_session("the lock table could not be put back", lock->history->session);
    lock->flagged = false;
}

void lock_release(Lock *lock, Transaction *transaction)
{
    if (lock->history == NULL || !lock->held)
        return;
    lock_free_flag(lock, transaction);
    session_shield(lock->history->session, true);
    query_key(lock, sql_lock_release, NULL, NULL);
    session_shield(lock->history->session, false);
    lock->held = false;
}

Outcome lock_heal(Lock *lock, History *history)
{
    Transaction transaction = {.history = history};
    Attempt attempt = {.lock = lock, .transaction = &transaction, .outcome = OUTCOME_DONE};
    lock->history = history;
    make_key(lock, history);
    Meeting meeting = try_advisory(&attempt);
    if (meeting == MEETING_NOBODY)
        meeting = heal_flag(&attempt);
    lock_release(lock, &transaction);
    return meeting == MEETING_FAILURE ? attempt.outcome : OUTCOME_DONE;
}

static void report_flag(const Attempt *attempt)
{
    if (attempt->rows == 1 && attempt->free == 1)
        report_progress("the lock table was free");
    else if (attempt->rows == 1 && attempt->got)
        report_progress("the flag was set by a run that ended without a word (%s)", attempt->holder);
    else if (attempt->rows == 1)
        report_progress("the flag was set; Knex leaves no name, so who held it cannot be told");
    else
        report_progress("the lock table had %lu rows", attempt->rows);
    if (attempt->rows == 1 && attempt->free == 0)
        attempt->lock->holder = memory_text(attempt->got ? attempt->holder : "unknown");
}

static Outcome reset_table(Attempt *attempt)
{
    History *history = attempt->lock->history;
    if (!run_filled(history, sql_lock_state, read_state, attempt)) {
        fail(attempt, "cannot read the lock table");
        return attempt->outcome;
    }
    attempt->got = false;
    if (history_may_read_journal(history) && !run_filled(history, sql_lock_owner, read_owner, attempt)) {
        fail(attempt, "cannot read the journal");
        return attempt->outcome;
    }
    report_flag(attempt);
    char *sql = history_sql(history, sql_lock_unlock);
    bool good = session_script(history->session, sql, NULL, NULL);
    free(sql);
    if (good)
        return OUTCOME_DONE;
    bool busy = strcmp(session_error(history->session)->sqlstate, lock_not_available) == 0;
    fail(attempt, "cannot unlock");
    return busy ? OUTCOME_BUSY : attempt->outcome;
}

Outcome lock_reset(Lock *lock, History *history)
{
    Transaction transaction = {.history = history};
    Attempt attempt = {.lock = lock, .transaction = &transaction, .outcome = OUTCOME_DONE};
    *lock = (Lock) {.history = history};
    make_key(lock, history);
    Meeting meeting = try_advisory(&attempt);
    if (meeting == MEETING_RUN) {
        report_busy(&attempt, meeting);
        return OUTCOME_BUSY;
    }
    return meeting == MEETING_NOBODY ? reset_table(&attempt) : attempt.outcome;
}
