/* watch.h: a second connection, opened when the first one has been silent for a moment: who stands in its way, and
 * whether the server is still at what it was sent. */
#ifndef WATCH_H
#define WATCH_H

#include "history.h"
#include "progress.h"

typedef struct Watch {
    Session *twin;           /* NULL: not open */
    const Session *session;
    long process;            /* the server's number of the session watched */
    double not_before;       /* when to try to connect again, in seconds */
    double unreachable;      /* since when nothing answers; 0: it does */
    double announced;        /* when the blocker was named last */
    long blocker;            /* of the last look: its process; 0: none, or not known */
    long named;              /* that one has been named */
    long holder;             /* who stood in the way last, whether or not he still does */
    bool autovacuum;         /* it is a worker of autovacuum, which gives way, but only after deadlock_timeout */
    bool gone;               /* the server has nothing under way: what it said last did not arrive */
    const char *migration;   /* that is under way */
    Progress progress;       /* of an index that is built */
    char stage[200];         /* of which that is; "": of none */
    char text[500];          /* who that was, for people; "" where it is not known */
} Watch;

/* Watches the session that the history was read by, unless a pooler stands before the server. */
void watch_begin(Watch *watch, const History *history);

void watch_end(Watch *watch);

/* Forgets who stood in the way. */
void watch_forget(Watch *watch);

/* What is done now belongs to that migration. */
void watch_name(Watch *watch, const char *migration);

/* A statement is over: nothing is shown of it any more. */
void watch_rest(Watch *watch);

#endif
