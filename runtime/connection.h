/* connection.h: from the command line and the environment to an open session. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include "command.h"
#include "session.h"

/* Which database is meant: --url, else DATABASE_URL, else PG* variables; never one that nobody named. */
Outcome connection_settings(const Request *request, Settings *settings);

/* Connects and checks the server's version; reports what is wrong. From here on signals are deferred. */
/* The same, trying for so many seconds before it gives up. */
Outcome connection_wait(const Request *request, int patience, Session **session);
Outcome connection_open(const Request *request, Session **session);

#endif
