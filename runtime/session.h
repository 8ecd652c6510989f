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

/* From now on calls fail when the server says nothing for so many milliseconds; 0: they wait as long as it takes. */
void session_patience(Session *session, int milliseconds);

/* Another connection like that one, whose calls fail when the server says nothing for so many milliseconds. */
bool session_open_twin(Session **session, const Session *like, int patience);

/* One statement, alone, by the extended protocol. */
bool session_query(Session *session, const char *sql, size_t count, const char *const *parameters, SessionRow *row,
                   void *context);

/* One or more statements at once, without parameters: a single round trip. */
bool session_script(Session *session, const char *sql, SessionRow *row, void *context);

/* Columns of the rows that are being given. */
size_t session_columns(const Session *session);
/* A statement that is sent often: prepared by its first use, and prepared anew where a migration has thrown it away.
 * Zeroed to begin with; it lives as long as the session. */
typedef struct SessionPrepared {
    const char *sql;
    char name[24];             /* empty: not prepared */
} SessionPrepared;

enum { SESSION_PREPARED_MAX = 4 };

typedef struct Statement {
    const char *sql;
    SessionPrepared *prepared; /* instead of `sql`; NULL: none */
    size_t count;
    const char *const *parameters;
    SessionRow *row;           /* NULL: rows are dropped */
    void *context;
    bool report;               /* what it comes to is wanted at once, not only with what follows it */
} Statement;

/* Gives a statement of a pipeline by its number, from 0. It is good until the next one is asked for. */
typedef void PipelineStatement(void *context, size_t number, Statement *statement);

/* It is done. False: no more of them. */
typedef bool PipelineDone(void *context, size_t number);

typedef struct Pipeline {
    size_t count;
    size_t shielded;           /* the first so many do not give way to signals */
    PipelineStatement *statement;
    PipelineDone *done;        /* NULL: nobody wants to know */
    void *context;
    size_t failed;             /* of a pipeline that has failed: the number of the statement; `count`: none of them */
} Pipeline;

/* Statements one behind the other, each a message of its own, by the extended protocol: none waits for the answer to
 * the one before. The first error ends it, and what was sent behind the statement is passed over by the server, be that
 * in another transaction. No COPY. True as well where `done` stopped it. */
bool session_pipeline(Session *session, Pipeline *pipeline);

/* Called while the server takes its time over what it was sent, and has been silent for so many seconds. Gives the
 * milliseconds until it wants to be called again; negative: the connection is of no use any more. */
typedef int SessionWatch(void *context, double silence);

/* From now on; NULL: nobody watches. */
void session_watch(Session *session, SessionWatch *watch, void *context);

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
