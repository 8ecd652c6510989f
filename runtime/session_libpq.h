/* session_libpq.h: what a session is made of; private to session.c and session_pipeline.c, the only ones that know
 * libpq. */
#ifndef SESSION_LIBPQ_H
#define SESSION_LIBPQ_H

#include "session.h"

#include <libpq-fe.h>

struct Session {
    PGconn *connection;
    PGresult *failed;        /* owns the texts of `error`, when the server sent them */
    char *text;              /* owns error.message otherwise */
    SessionError error;
    SessionNotice *notice;
    unsigned long affected;
    size_t columns;          /* of the rows that are being given */
    bool shielded;
    bool cancelled;          /* the running statement has been cancelled */
    double cancel_again;     /* when to do that once more, in seconds */
    SessionWatch *watch;
    void *watch_context;
    double heard;            /* when the server was asked or said something last, in seconds */
    double look_again;       /* when the watch wants to be called */
    int patience;            /* milliseconds to wait for an answer; 0: as long as it takes */
    bool silent;             /* none came: the connection is of no use any more */
    unsigned prepared_count; /* names that were given to prepared statements */
    SessionPrepared *prepared[SESSION_PREPARED_MAX];  /* which are there now */
};

/* Forgets the last error. False: a signal has come, nothing is to be sent. */
bool session_begin(Session *session);

/* Keeps what failed: on this side, or there, of which it takes the result over; the first error of a call counts.
 * Gives false. */
bool session_fail_here(Session *session);
bool session_fail_there(Session *session, PGresult *result);

/* Closes what no answer comes from. Gives false. */
bool session_fail_silent(Session *session);

/* Waits until the server has sent something or, where that is `wanted`, takes more. Cancels the statement when a signal
 * comes, and calls the watch when it is time. False: there is nothing more to wait for, the session is `silent`. */
bool session_wait(Session *session, bool writable);

bool session_is_failure(ExecStatusType status);

void session_give_rows(Session *session, const PGresult *result, unsigned statement, SessionRow *row, void *context);

#endif
