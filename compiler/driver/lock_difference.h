/* What became of the locked migrations: entries of the lock file against the migrations that there are. */
#ifndef DRIVER_LOCK_DIFFERENCE_H
#define DRIVER_LOCK_DIFFERENCE_H

#include "lock_file.h"

/* A migration as it is now. */
typedef struct LockSubject {
    Str name, checksum;
    Str stored;           /* what `stored as` says; data == NULL: nothing */
    StrList replaces;     /* what it is a squash of, as written */
} LockSubject;

typedef LIST(LockSubject) LockSubjects;  /* in the order of their names */

typedef enum LockDifferenceKind {
    LOCK_EDITED,
    LOCK_REMOVED,
    LOCK_RENAMED,   /* the same checksum under another name, or stored under the locked name */
    LOCK_INSERTED,  /* new, and sorts before the last locked one */
    LOCK_ADDED      /* new, and sorts behind it, or is a squash of locked ones */
} LockDifferenceKind;

typedef struct LockDifference {
    LockDifferenceKind kind;
    const LockEntry *locked;     /* NULL for what is new */
    const LockSubject *present;  /* NULL for what was removed */
} LockDifference;

typedef LIST(LockDifference) LockDifferences;

/* Of the names that the migration replaces those that are locked, as the lock file has them. */
StrList lock_replaced(Arena *arena, const LockEntries *entries, const LockSubject *subject);

/* Nothing where a migration is as it was locked. First what became of the locked ones, then what is new, each in their
 * order. */
LockDifferences lock_compare(Arena *arena, const LockEntries *entries, const LockSubjects *subjects);

#endif
