/* patience.h: how a run waits for tables that others use: in many short attempts, each shorter than deadlock_timeout,
 * with pauses in which the others, who queue behind an attempt, get on. */
#ifndef PATIENCE_H
#define PATIENCE_H

#include <stdbool.h>

typedef struct Patience {
    int seconds;       /* that may be waited altogether */
    double began;      /* when the first attempt failed; 0: none has */
    unsigned attempts; /* that have failed */
} Patience;

/* The lock_timeout of the next attempt, in milliseconds. */
int patience_timeout(const Patience *patience, long deadlock_timeout, bool autovacuum);

/* An attempt has failed. False: that was the last one. */
bool patience_fail(Patience *patience);

/* The pause before the next attempt. False: a signal has come. */
bool patience_pause(const Patience *patience);

/* Nothing is waited for any more. */
void patience_reset(Patience *patience);

#endif
