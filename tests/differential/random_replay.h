/* A history that grows by one migration after the other, in the compiler and on the server. */
#ifndef RANDOM_REPLAY_H
#define RANDOM_REPLAY_H

#include "check.h"
#include "random_machine.h"
#include "random_statement.h"

typedef LIST(Statement) Statements;
typedef LIST(Statements) Candidates;

typedef enum Outcome {
    BOTH_ACCEPT,
    BOTH_REFUSE,
    STRICTER,  /* we refuse, by design */
    WE_REFUSE, /* from here on they are failures */
    THEY_REFUSE,
    UP_FAILS,
    UP_DIFFERS,
    DOWN_FAILS,
    DOWN_DIFFERS,
    OUTCOME_COUNT
} Outcome;

const char *outcome_name(Outcome outcome);

/* A migration that both took. */
typedef struct Accepted {
    Statements statements;
    PlannedMigration planned;
    Str after;               /* what the database holds behind it */
} Accepted;

typedef struct Replay {
    Compilation c;
    Syntax syntax;
    Checker *checker;
    History history;         /* what was accepted, likewise the next one */
    LIST(Accepted) accepted;
    Str empty;               /* what the database held at first */
} Replay;

/* With the server's version as the project's. */
void replay_begin(Replay *r, unsigned postgres);
void replay_end(Replay *r);

Str migration_text(Arena *arena, const Statements *statements);

/* Whether the compiler takes the statements as one more migration; the schema is then the one behind it. */
bool replay_check(Replay *r, const Statements *statements, MigrationInfo *info);

/* Whether what was reported last is refused by us alone, by design. */
bool is_stricter(const Compilation *c, const Statements *statements);

/* What the database is known to hold. */
Str replay_state(const Replay *r);

/* Whether two descriptions of the database say the same, in the history, or behind the statements as one more migration
 * (random_state.c). */
bool replay_same_state(const Replay *r, const Statements *next, Str a, Str b);

/* The same, where one was made anew: the server chooses the names of foreign keys that it makes beside others by what
 * is there at the time, and neither SQL nor a dump says them (tryAttachPartitionForeignKey and addFkRecurseReferenced
 * in src/backend/commands/tablecmds.c). */
bool replay_restored(const Replay *r, const Statements *next, Str found, Str wanted);

/* Tries the statements as one more migration. The compiler and the server must agree on whether it can be done; the
 * plan's way up must give the same database as plain SQL, names included; and the way down must give back the one
 * before. What both accept stays. */
Outcome replay_try(Replay *r, Machine *m, const Statements *statements);

/* Takes the migration without a question; false: the compiler or the server does not take it. */
bool replay_add(Replay *r, Machine *m, const Statements *statements);

/* Finds the smallest history that fails in the same way, on a database of its own, and prints it. */
void print_failure(Machine *m, uint64_t seed, const Replay *failing, const Statements *last, Outcome outcome);

void print_lines(Str text);

/* What the last one comes to, on a database that holds the others: messages, steps, and what differs. */
void print_last(Machine *m, Replay *r, const Statements *last, Outcome outcome);

/* The lines that only one of two texts has. */
void print_difference(Arena *arena, Str wanted, Str found);

#endif
