/* The lock file on disk, and the rules of a history that it and the clock stand for. */
#ifndef DRIVER_LOCK_H
#define DRIVER_LOCK_H

#include "lock_difference.h"
#include "project.h"

#include <time.h>

typedef struct Lock {
    Str folder;      /* the project's */
    Str path;
    bool exists;
    bool readable;   /* or absent, which is an empty one */
    uint32_t file;   /* in Sources; 0 where nothing was read */
    LockFile content;
} Lock;

/* Reads DIR/migrations.lock, which may be absent. Reports what cannot be read, but no damage. */
Lock lock_load(Compilation *c, Str folder);

/* False: the file is damaged, and that was reported. */
bool lock_check_damage(Compilation *c, const Lock *lock);

/* The migrations as the lock file sees them. Only for a project that was loaded without errors. */
LockSubjects lock_subjects(Syntax *syntax, const Project *project);

/* Reports every locked migration that is not as it was locked, and every new one that sorts before one of them. False:
 * a locked one is not as it was, so that errors in the rest of the history would only be consequences of that. */
bool lock_check_history(Compilation *c, const Lock *lock, LockDifferences differences);

/* Reports what the lock file does not hold yet. */
void lock_check_complete(Compilation *c, const Lock *lock, LockDifferences differences);

/* Warns of stamps that lie ahead of the clock, of those that can still be changed. */
void lock_check_stamps(Compilation *c, const Lock *lock, LockDifferences differences, time_t now);

#endif
