/* journal.h: what Knex's table has no place for: checksums, who and where, and how far a migration has come whose steps
 * do not fit into one transaction. A table of our own beside the history, `<table>_journal`.
 *
 * Each run of a migration in a direction is a row. While it is under way the row is unfinished, and there is one
 * unfinished row of a name at most; the newest row of a name is what counts. A row of another kind, without a name, is
 * the owner of Knex's flag (lock.h). */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "migrate.h"

typedef enum JournalState {
    JOURNAL_RUNNING,  /* the steps before `step` are done, and that one has not been begun */
    JOURNAL_BEGUN,    /* that one may have been begun, and whether it is done is not known here */
    JOURNAL_DONE,
} JournalState;

typedef struct JournalEntry {
    char *name;          /* Migration.name */
    bool up;
    JournalState state;
    char *checksum;      /* the texts: NULL is NULL */
    unsigned long step;
    char *before;        /* steps_digest() of the steps before `step` */
    char *position;      /* in a backfill */
    char *row;           /* the id of the tracking row: made by this run, or to be deleted by it */
    char *started;
} JournalEntry;

typedef struct Journal {
    JournalEntry *entries;  /* the newest of each name, in the order of strcmp() */
    size_t count;
    bool flagged;           /* a run of ours has set Knex's flag, which may be going on or dead */
} Journal;

/* Adds a row of sql/journal_rows.sql. */
void journal_take(Journal *journal, const char *const *values);

void journal_clear(Journal *journal);

/* NULL: none. */
const JournalEntry *journal_find(const Journal *journal, const char *name);

const char *journal_state_name(JournalState state);

/* What tells builds of a project apart: a digest of all names and checksums. To be freed, as the next one, the name of
 * this machine. */
char *journal_build(const MigrateProject *project);
char *journal_host(void);

#endif
