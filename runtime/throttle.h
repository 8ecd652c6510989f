/* throttle.h: what keeps a backfill from going as fast as it could: the rate that was asked for, and standbys that do
 * not keep up. */
#ifndef THROTTLE_H
#define THROTTLE_H

#include "outcome.h"
#include "pace.h"
#include "progress.h"
#include "session.h"

typedef struct Throttle {
    Session *session;
    const Pace *pace;
    double due;      /* the next rows may be written from then on */
    double asked;    /* when the standbys were looked at last */
    bool blind;      /* their lag cannot be seen, which has been said */
} Throttle;

/* So many rows were written by what was begun at that time. */
void throttle_note(Throttle *throttle, double began, unsigned long rows);

/* Waits from idle until more may be written. An outcome other than DONE is a signal's, or was reported. */
Outcome throttle_wait(Throttle *throttle, Progress *progress);

#endif
