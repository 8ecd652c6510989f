/* The server that random histories run on. */
#ifndef RANDOM_MACHINE_H
#define RANDOM_MACHINE_H

#include "plan.h"

#include <libpq-fe.h>

typedef struct Machine {
    Arena arena;
    Str folder;            /* of its socket */
    Str describe;          /* describe.sql */
    const char *spare;     /* the name of another database, for shorter histories */
    PGconn *connection;    /* to the database that is used now */
    bool prepared;         /* there: describe.sql, for which planning takes longer than running it */
    Str error;             /* of the last statement that failed */
} Machine;

/* Makes an empty database of the name anew and connects to it. */
void machine_use_new(Machine *m, const char *database);
void machine_close(Machine *m);

/* The major version of the server. */
unsigned machine_version(const Machine *m);

/* One statement or several, of which the first that fails ends the rest. */
bool machine_run(Machine *m, Str sql);
bool machine_run_steps(Machine *m, const StepList *steps);

/* What the database holds, as text. */
Str machine_describe(Machine *m);

#endif
