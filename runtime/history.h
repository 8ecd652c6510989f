/* history.h: the tracking table, as Knex keeps it, and which of its rows are which of the compiled migrations.
 *
 * A row stands for a migration when its name is the stored one, else when both have the same stem. Rows keep the name
 * that they have. Nothing here decides anything: what may run is selection.h's matter. */
#ifndef HISTORY_H
#define HISTORY_H

#include "journal.h"
#include "outcome.h"
#include "registry.h"
#include "session.h"
#include "way_down.h"

typedef struct HistoryRow {
    char *name;                  /* as stored, with whatever extension */
    char *batch;                 /* as stored; NULL is NULL */
    char *time;                  /* as the server writes it; NULL is NULL */
    char *instant;               /* the same in UTC, by RFC 3339 */
    char *id;                    /* as the server writes it; NULL is NULL */
    const Migration *migration;  /* NULL: nothing that was compiled */
    bool changed;                /* its checksum is another one than when it was applied */
    bool replaced;               /* the row is of one that the migration stands for (squash.h) */
    StoredWay *way;              /* of a changed one, when it was read and the journal has it */
    long older;                  /* the row before it of the same migration; -1: none */
} HistoryRow;

/* The tables, by the numbers that the server is asked about them with. */
typedef enum HistoryTable {
    HISTORY_ROWS,     /* Knex's tracking table */
    HISTORY_LOCK,
    HISTORY_JOURNAL,
    HISTORY_TABLES
} HistoryTable;

typedef struct TableState {
    bool exists;
    bool resolves;    /* its name alone leads to it */
    char *rights;     /* S, I, U, D of SELECT and so on */
    char *sequence;   /* one of its own that the role may not use; else NULL */
} TableState;

typedef struct History {
    Session *session;
    const MigrateProject *project;

    /* What the server said when it was asked first. */
    char *role;              /* quoted */
    char *schema;            /* NULL: the connection has no current schema */
    char *quoted_schema;
    char *engine;            /* what the server calls itself, with its version */
    long process;            /* the number of the server process */
    char *set_role;          /* the setting of that name, as the session has it before any migration */
    long deadlock_timeout;   /* milliseconds */
    bool in_recovery;
    bool schema_exists, schema_usage, schema_create;
    TableState tables[HISTORY_TABLES];

    char *table;             /* all three quoted and qualified, for SQL and for messages */
    char *lock;
    char *journal_table;

    HistoryRow *rows;        /* in the order of application */
    size_t count;
    Registry registry;
    long *newest;            /* by the migration's place in the project: its last row; -1: none */
    Journal journal;
    char *host, *build;      /* of this program, for the journal */
    char *tracking_sql[2];       /* what tracking.c sends for each migration: going down, going up */
    SessionPrepared tracking[2];
    SessionPrepared settings;    /* likewise transaction.c */
} History;

/* Asks the server what is there and reads the rows, in one round trip where it can. Reports what is wrong. */
Outcome history_open(History *history, Session *session, const MigrateProject *project);

/* Reads the rows again. */
Outcome history_reload(History *history);

void history_close(History *history);

/* Reports, with the GRANT to type, what the role lacks to run migrations in a direction; or that this is a standby. */
Outcome history_writable(const History *history, bool up);

/* Whether the flag of a dead run can be put back. */
bool history_may_heal(const History *history);

bool history_may_read_journal(const History *history);

/* Likewise for the lock table alone, which must be there. */
Outcome history_unlockable(const History *history);

/* Makes the tables that are missing, in a transaction of their own. */
Outcome history_create(History *history);

/* The highest batch; 0 without one. */
long long history_batch(const History *history);
long long history_row_batch(const HistoryRow *row);

bool history_applied(const History *history, const Migration *migration);

/* The newest row of a migration; NULL: it is not applied. */
const HistoryRow *history_row(const History *history, const Migration *migration);

/* The names of all rows of a migration, as an array of SQL. To be freed. */
char *history_row_names(const History *history, const Migration *migration);

/* What the journal has of a migration that is under way in either direction; NULL: it is not. */
const JournalEntry *history_unfinished(const History *history, const Migration *migration);

/* Reports rows that stand for no compiled migration, which may be allowed. */
Outcome history_check_missing(const History *history, bool allowed);

/* Reports migrations that were changed since they were applied. */
Outcome history_check_changed(const History *history);

/* Both, and nothing is allowed. */
Outcome history_validate(const History *history);

/* Reads how changed migrations went down when they were applied. */
Outcome history_read_ways(History *history);

/* How an applied migration goes down. */
WayDown history_way_down(const History *history, const Migration *migration);

/* Takes the rows of a migration out, as if it had been rolled back: to see what would come then. */
void history_forget(History *history, const Migration *migration);

/* An embedded query with {history}, {lock} and {journal} filled in; to be freed. */
char *history_sql(const History *history, const char *sql);

#endif
