/* command.h: the command line, read into a Request by two tables (commands.def, options.def), and the verbs. */
#ifndef COMMAND_H
#define COMMAND_H

#include "migrate.h"
#include "outcome.h"
#include "pace.h"

#include <stdbool.h>

typedef enum OptionSymbol {
#define OPTION(symbol, name, letter, argument, summary) OPTION_##symbol,
#include "options.def"
#undef OPTION
    OPTION_COUNT
} OptionSymbol;

typedef struct Request Request;
typedef Outcome CommandFunction(const Request *request);

typedef enum CommandArgument {
    ARGUMENT_NONE,
    ARGUMENT_NAME,     /* may be left out */
    ARGUMENT_WANTED,   /* a name, too, that may not */
} CommandArgument;

typedef struct Command {
    const char *name;
    CommandFunction *function;
    CommandArgument argument;
    unsigned options;  /* a bit for each OptionSymbol that is not every verb's */
    const char *summary;
} Command;

struct Request {
    MigrateProject project;      /* as compiled, but for what options say otherwise */
    const Command *command;
    bool given[OPTION_COUNT];
    char *values[OPTION_COUNT];  /* of options with an argument; owned */
    char *name;                  /* of a migration, or NULL; owned */
    int patience;                /* seconds to wait for the lock */
    Pace pace;                   /* of backfills */
    int table_patience;          /* seconds to wait for tables that others use */
    int timeout;                 /* seconds that `wait` waits */
};

/* Reads the command line; reports what is wrong with it. The request is to be cleared either way. */
Outcome command_read(Request *request, const MigrateProject *project, int count, const char **arguments);

void command_clear(Request *request);

CommandFunction command_latest, command_up, command_to, command_before, command_rollback, command_down;
CommandFunction command_status, command_current_version;
CommandFunction command_unlock, command_wait;
CommandFunction command_verify;
CommandFunction command_version, command_help;

#endif
