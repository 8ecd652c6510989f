/* session.h: the connection. The only file pair behind which libpq is: results never leave session.c, rows come
 * through a callback, and an error is a plain value.
 *
 * All calls but session_shield()ed ones give way to a signal: the running statement is cancelled on the server, the
 * call fails and the error says `interrupted`. */
#ifndef SESSION_H
#define SESSION_H

#include "url.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Session Session;

/* What went wrong last. The texts live until the session's next call. */
typedef struct SessionError {
    char sqlstate[6];          /* empty when the server did not say it */
    const char *severity;      /* "ERROR"; NULL when the server did not say it */
    const char *message;
    const char *detail;        /* these four: NULL when absent */
    const char *hint;
    const char *context;
    const char *query;         /* a statement that a function ran */
    unsigned position;         /* 1-based character of the statement; 0: unknown */
    bool interrupted;          /* a signal came */
    bool lost;                 /* the connection is gone */
} SessionError;

/* One row. `statement` counts the statements of a script from 0; a NULL value is SQL's NULL. */
typedef void SessionRow(void *context, unsigned statement, const char *const *values);

/* A notice or warning that the server sent along. */
typedef void SessionNotice(const char *severity, const char *message);

/* Connects. Always gives a session; whether it is connected tells the result. Settings given win over PG* variables. */
bool session_open(Session **session, const Settings *settings);
void session_close(Session *session);

/* Another connection like that one, whose calls fail when the server says nothing for so many milliseconds. */
bool session_open_twin(Session **session, const Session *like, int patience);

/* One statement, alone, by the extended protocol. */
bool session_query(Session *session, const char *sql, size_t count, const char *const *parameters, SessionRow *row,
                   void *context);

/* One or more statements at once, without parameters: a single round trip. */
bool session_script(Session *session, const char *sql, SessionRow *row, void *context);

/* Columns of the rows that are being given. */
size_t session_columns(const Session *session);

/* Rows that the last statement returned or changed. */
unsigned long session_affected(const Session *session);

const SessionError *session_error(const Session *session);

/* While shielded, calls do not give way to signals: for commit and roll-back. */
void session_shield(Session *session, bool shielded);

/* Whom notices go to; NULL: nobody. */
void session_listen(Session *session, SessionNotice *notice);

bool session_in_transaction(const Session *session);
bool session_is_aborted(const Session *session);      /* it is in one in which a statement has failed */
int session_process(const Session *session);          /* its number in the greeting: the server's, or a pooler's */
int session_version(const Session *session);          /* the server's, 150004 for 15.4 */
const char *session_database(const Session *session);
const char *session_host(const Session *session);     /* for messages; "" when unknown */

/* Quoted for SQL; to be freed. */
char *session_identifier(Session *session, const char *name);
char *session_literal(Session *session, const char *text);

/* libpq's version as text, to be freed. */
char *session_library(void);

#endif
