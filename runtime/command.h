/* command.h: the command line, read into a Request by two tables (commands.def, options.def), and the verbs. */
#ifndef COMMAND_H
#define COMMAND_H

#include "json.h"
#include "migrate.h"
#include "outcome.h"
#include "pace.h"
#include "run.h"

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
#define ARGUMENT(symbol, text, least, most, name) ARGUMENT_##symbol,
#include "arguments.def"
#undef ARGUMENT
} CommandArgument;

enum { WORDS_MAX = 2 };

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
    const Command *topic;        /* what `help` is about; NULL: everything */
    bool given[OPTION_COUNT];
    char *values[OPTION_COUNT];  /* of options with an argument; owned */
    char *words[WORDS_MAX];      /* behind the verb; NULL where there is none; owned */
    const char *name;            /* the one of them that is a migration's; NULL: none was given */
    char *again;                 /* the verb with its words and options that matter, to be typed again */
    Json *json;                  /* what --json prints; else NULL */
    int connect_patience;        /* seconds to try to connect */
    int patience;                /* seconds to wait for the lock */
    Pace pace;                   /* of backfills */
    int table_patience;          /* seconds to wait for tables that others use */
    int timeout;                 /* seconds that `wait` waits */
};

/* Reads the command line; reports what is wrong with it. The request is to be cleared either way. */
Outcome command_read(Request *request, const MigrateProject *project, int count, const char **arguments);

/* Prints the object of --json, if that was given. Once, and last. */
void command_answer(Request *request, Outcome outcome);

void command_clear(Request *request);

/* NULL: there is no such verb. */
const Command *command_find(const char *verb);

const Command *command_list(size_t *count);

/* Whether the verb has that option, as all have most. */
bool command_takes(const Command *command, OptionSymbol option);

/* What a verb that changes the database would do. False: it is none. */
bool command_order(const Request *request, const char *verb, RunOrder *order);

CommandFunction command_run, command_baseline;
CommandFunction command_status, command_current_version;
CommandFunction command_plan, command_sql, command_schema, command_verify;
CommandFunction command_unlock, command_wait;
CommandFunction command_completion, command_manual, command_version, command_help;

#endif
