/* tracking.h: what a run writes about a migration: its row of the history, and its entry of the journal. All of it is
 * written inside the transaction that is open. False: the session's error says why. */
#ifndef TRACKING_H
#define TRACKING_H

#include "course.h"

/* The migration is done: its row comes or goes, and its entry is finished. */
bool tracking_done(History *history, const Leg *leg, bool up, long long batch);

/* It has come to a step, which has or has not been begun. `position` is a backfill's; NULL: none. */
bool tracking_reached(History *history, const Leg *leg, bool up, size_t step, JournalState state, const char *position);

/* Nothing of it is done after all. */
bool tracking_forget(History *history, const Leg *leg);

#endif
