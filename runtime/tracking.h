/* tracking.h: what a run writes about a migration: its row of the history, and its entry of the journal. All of it is
 * written inside the transaction that is open. */
#ifndef TRACKING_H
#define TRACKING_H

#include "course.h"

/* The parameters of sql/journal_write.sql; the last ones are those of what it tracks. */
typedef enum WritingParameter {
    WRITING_NAME, WRITING_DIRECTION, WRITING_STATE, WRITING_CHECKSUM, WRITING_STEP, WRITING_BEFORE, WRITING_POSITION,
    WRITING_DOWN, WRITING_HOST, WRITING_BUILD, WRITING_TRACKED, WRITING_BATCH,
    WRITING_PARAMETERS
} WritingParameter;

/* A statement that writes, with what it needs. */
typedef struct Writing {
    Statement statement;
    const char *values[WRITING_PARAMETERS];
    char step[24];
    char batch[24];
    char *before, *down;
    char *sql;           /* of what is not prepared */
} Writing;

/* The migration is done: its row comes or goes, and its entry is finished. To be cleared, as the next one. */
void tracking_done(Writing *writing, History *history, const Leg *leg, bool up, long long batch);

/* It has come to a step, which has or has not been begun. `position` is a backfill's; NULL: none. */
void tracking_reached(Writing *writing, const History *history, const Leg *leg, bool up, size_t step,
                      JournalState state, const char *position);

void tracking_clear(Writing *writing);

/* Nothing of it is done after all. False: the session's error says why. */
bool tracking_forget(const History *history, const Leg *leg);

#endif
