/* interrupt.h: SIGINT and SIGTERM. Until interrupt_defer() a signal ends the program at once: nothing has been begun.
 * After it the first signal is only noted, so that the run can cancel its statement, roll back and say so; a second
 * one ends the program, and the server rolls back when it notices. The exit code is 128 plus the signal's number
 * either way, also for process 1 of a container, to which the signals' own default does nothing. */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include "outcome.h"

#include <stdbool.h>

void interrupt_install(void);
void interrupt_defer(void);

/* A signal has been noted. */
bool interrupt_pending(void);

/* The outcome for the signal noted; OUTCOME_DONE when there is none. */
Outcome interrupt_outcome(void);

/* Readable from the moment that a signal has been noted: for poll(). */
int interrupt_descriptor(void);

/* Sleeps, less long when a signal comes. True when one is pending. */
bool interrupt_sleep(int milliseconds);

#endif
