/* pooler.h: whether the connection keeps its server process. A pooler in transaction mode gives each transaction
 * another one: a lock of the session would be left behind in a process that others use. */
#ifndef POOLER_H
#define POOLER_H

#include "history.h"

/* Reports a pooler that takes the server process away between two transactions. Nothing is changed. */
Outcome pooler_check(const History *history);

#endif
