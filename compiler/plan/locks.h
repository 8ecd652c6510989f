/* Which relations a change locks so that others may have to wait: those that are there before it. Private to this
 * folder, but for the type. */
#ifndef PLAN_LOCKS_H
#define PLAN_LOCKS_H

#include "change.h"

/* From the weakest. Modes that reading and writing rows does not wait for are not told of, but for the first, which
 * other changes of the schema wait for. */
typedef enum LockMode {
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE
} LockMode;

typedef struct RelationLock {
    Str namespace;   /* data == NULL: the home of unqualified names */
    Str name;
    LockMode mode;
} RelationLock;

typedef LIST(RelationLock) RelationLocks;

/* Adds a lock; of two of one relation the stronger is left. */
void locks_add(Arena *arena, RelationLocks *locks, RelationLock wanted);

/* `schema` is the one before the change. Each relation once, with the strongest mode. What the change itself creates is
 * left out, and so are relations that LOCK TABLE cannot lock by themselves. */
RelationLocks change_locks(const Schema *schema, const Change *change);

#endif
