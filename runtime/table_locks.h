/* table_locks.h: the tables that a transaction locks before it begins its work, as far as the compiler knows them. */
#ifndef TABLE_LOCKS_H
#define TABLE_LOCKS_H

#include "course.h"

typedef struct TableLock {
    char *table;       /* quoted and qualified */
    char *sql;         /* the statement that locks it */
} TableLock;

typedef struct TableLocks {
    TableLock *items;  /* in the order in which everybody locks them */
    size_t count;
    char *question[3]; /* what the server is asked */
    const char *parameters[3];
} TableLocks;

/* "ACCESS EXCLUSIVE" */
const char *table_locks_mode(MigrateLockMode mode);

/* Whether others may have to wait for a statement of the unit, so that it must not wait long itself. */
bool table_locks_hurt(const Course *course, const Unit *unit);

/* The statement that asks the server for those that are there. False: there is nothing to ask about; so where the unit
 * is a single statement, which locks them itself. To be cleared either way. */
bool table_locks_question(TableLocks *locks, const MigrateProject *project, const Course *course, const Unit *unit,
                          Statement *statement);

/* Whether there is something to ask about. */
bool table_locks_are_wanted(const Course *course, const Unit *unit);

/* Asks it at once. False: the session's error says why. To be cleared either way. */
bool table_locks_find(TableLocks *locks, Session *session, const MigrateProject *project, const Course *course,
                      const Unit *unit);

void table_locks_clear(TableLocks *locks);

#endif
