/* work.h: the messages of a transaction's unit, in their order: locks, steps, and behind each migration's steps the
 * settings and its row. */
#ifndef WORK_H
#define WORK_H

#include "engine.h"
#include "table_locks.h"

typedef enum WorkKind {
    WORK_LOCK,      /* a table of the unit */
    WORK_STEP,
    WORK_SETTINGS,  /* what a migration may have changed of them is put right */
    WORK_ROW,       /* its row */
    WORK_NOTE,      /* the unit ends between two steps of a migration: the journal says where */
} WorkKind;

typedef struct Work {
    WorkKind kind;
    Place place;
    size_t number;  /* of the lock; of the settings' statement */
} Work;

typedef struct WorkList {
    Work *items;
    size_t count;
} WorkList;

/* To be cleared. */
void work_list(WorkList *list, const Course *course, const Unit *unit, const TableLocks *locks);
void work_clear(WorkList *list);

/* It goes alone, not in a pipeline. */
bool work_is_alone(const Course *course, const Work *work);

#endif
