/* work.h: the messages of a transaction's unit, in their order: the commit of the unit before it, what begins the
 * transaction, locks, steps, and behind each migration's steps the settings and its row. Its own commit is the first
 * message of the unit behind it, so that the network is crossed once a unit. */
#ifndef WORK_H
#define WORK_H

#include "engine.h"

typedef enum WorkKind {
    WORK_COMMIT,    /* of what is before the place */
    WORK_OPENING,   /* begins the transaction */
    WORK_LOCK,      /* a table of the unit */
    WORK_STEP,
    WORK_SETTINGS,  /* what a migration may have changed of them is put right */
    WORK_ROW,       /* its row */
    WORK_NOTE,      /* the unit ends between two steps of a migration: the journal says where */
    WORK_ASK,       /* which of the next unit's tables are there */
} WorkKind;

typedef struct Work {
    WorkKind kind;
    Place place;
    size_t number;  /* of the lock; of the opening's or the settings' statement */
} Work;

typedef struct WorkList {
    Work *items;
    size_t count;
} WorkList;

/* To be cleared. */
void work_list(WorkList *list, const Run *run, const Unit *unit, const TableLocks *locks);
void work_clear(WorkList *list);

/* It goes alone, not in a pipeline. */
bool work_is_alone(const Course *course, const Work *work);

#endif
