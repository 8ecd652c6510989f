/* popt lets options stand anywhere. What is wrong with a command line is never repeated in full: an argument in the
 * wrong place may be a connection URL. */
#include "command.h"

#include "distance.h"
#include "memory.h"
#include "report.h"

#include <ctype.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_PATIENCE = 60, LONGEST_PATIENCE = 1000000 };

#define BIT(symbol) (1u << OPTION_##symbol)
#define LOCKING (BIT(LOCK_WAIT) | BIT(NO_WAIT) | BIT(TABLE_WAIT) | BIT(BACKFILL_RATE) | BIT(MAX_LAG))

static const unsigned special_options = LOCKING | BIT(ALL) | BIT(FOR) | BIT(TIMEOUT) | BIT(CHECK) | BIT(JSON);

static const Command commands[] = {
#define COMMAND(name, function, argument, options, summary) {#name, function, ARGUMENT_##argument, options, summary},
#include "commands.def"
#undef COMMAND
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

/* popt takes the numbers from 1. */
static const struct poptOption options[] = {
#define OPTION(symbol, name, letter, argument, summary) \
    {name, letter, (argument) == NULL ? POPT_ARG_NONE : POPT_ARG_STRING, NULL, OPTION_##symbol + 1, NULL, NULL},
#include "options.def"
#undef OPTION
    POPT_TABLEEND,
};

static const char *const option_names[] = {
#define OPTION(symbol, name, letter, argument, summary) "--" name,
#include "options.def"
#undef OPTION
};

/* Options of Knex's program that say what the compiler or DATABASE_URL says here. */
static const char *const knex_options[] = {
    "--env", "--knexfile", "--knexpath", "--cwd", "--client", "--connection", "--migrations-directory",
    "--migrations-table-name", "--esm", "--specific", "--debug", "--no-color",
};

static bool is_knex_option(const char *name, size_t length)
{
    for (size_t i = 0; i < MIGRATE_COUNT(knex_options); i++) {
        if (strlen(knex_options[i]) == length && memcmp(knex_options[i], name, length) == 0)
            return true;
    }
    return false;
}

static Outcome refuse_option(const char *bad, int code)
{
    int length = (int) strcspn(bad, "=");
    if (code == POPT_ERROR_BADOPT && is_knex_option(bad, (size_t) length)) {
        report_error("the option %.*s is Knex's", length, bad);
        report_help("leave it out: the migrations are compiled in, and DATABASE_URL or --url names the database");
    } else if (code == POPT_ERROR_BADOPT) {
        report_error("unknown option %.*s", length, bad);
        report_help("`migrate help` lists the options");
    } else {
        report_error("the option %.*s: %s", length, bad, poptStrerror(code));
        report_help("`migrate help` lists the options");
    }
    return OUTCOME_USAGE;
}

static Outcome read_options(Request *request, poptContext context)
{
    int code;
    while ((code = poptGetNextOpt(context)) > 0) {
        OptionSymbol symbol = (OptionSymbol) (code - 1);
        char *value = poptGetOptArg(context);
        request->given[symbol] = true;
        if (value != NULL) {
            free(request->values[symbol]);
            request->values[symbol] = value;
        }
    }
    return code == -1 ? OUTCOME_DONE : refuse_option(poptBadOption(context, POPT_BADOPTION_NOALIAS), code);
}

static const Command *nearest_command(const char *verb)
{
    const Command *nearest = NULL;
    size_t smallest = 3;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        size_t distance = distance_between(commands[i].name, verb);
        if (distance < smallest && distance < strlen(commands[i].name)) {
            smallest = distance;
            nearest = &commands[i];
        }
    }
    return nearest;
}

/* Letters, digits and what names of migrations are made of, but nothing that a URL needs. */
static bool is_harmless(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (!isalnum((unsigned char) *c) && strchr("_-. ", *c) == NULL)
            return false;
    }
    return true;
}

static Outcome refuse_verb(const char *verb)
{
    const Command *nearest = nearest_command(verb);
    if (is_harmless(verb))
        report_error("unknown command \"%s\"", verb);
    else
        report_error("unknown command");
    if (nearest != NULL)
        report_help("did you mean `migrate %s`?", nearest->name);
    else
        report_help("`migrate help` lists the commands");
    return OUTCOME_USAGE;
}

static const Command *command_find(const char *verb)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, verb) == 0)
            return &commands[i];
    }
    return NULL;
}

static const Command *command_of(CommandFunction *function)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i].function == function)
            return &commands[i];
    }
    BUG("a verb that the table of commands does not have");
}

static Outcome read_verb(Request *request, const char *verb)
{
    static const char prefix[] = "migrate:";
    if (request->given[OPTION_HELP] || request->given[OPTION_VERSION]) {
        request->command = command_of(request->given[OPTION_HELP] ? command_help : command_version);
        return OUTCOME_DONE;
    }
    if (verb == NULL) {
        report_error("no command");
        report_help("`migrate latest` applies what is pending, `migrate help` lists all commands");
        return OUTCOME_USAGE;
    }
    if (strncmp(verb, prefix, sizeof(prefix) - 1) == 0)
        verb += sizeof(prefix) - 1;
    request->command = command_find(verb);
    return request->command == NULL ? refuse_verb(verb) : OUTCOME_DONE;
}

static Outcome check_options(const Request *request)
{
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (!request->given[i] || (special_options & ~request->command->options & (1u << i)) == 0)
            continue;
        report_error("`migrate %s` has no option %s", request->command->name, option_names[i]);
        report_help("`migrate help` lists the options");
        return OUTCOME_USAGE;
    }
    return OUTCOME_DONE;
}

/* Seconds, with or without an s behind them; *value stays where the option is not given. */
static Outcome read_seconds(const Request *request, OptionSymbol option, int *value)
{
    const char *text = request->values[option];
    if (text == NULL)
        return OUTCOME_DONE;
    char *end;
    long seconds = strtol(text, &end, 10);
    bool number = isdigit((unsigned char) text[0]) && (strcmp(end, "") == 0 || strcmp(end, "s") == 0);
    if (!number || seconds > LONGEST_PATIENCE) {
        report_error("%s takes a number of seconds", option_names[option]);
        return OUTCOME_USAGE;
    }
    *value = (int) seconds;
    return OUTCOME_DONE;
}

static Outcome read_patience(Request *request)
{
    request->patience = request->given[OPTION_NO_WAIT] ? 0 : DEFAULT_PATIENCE;
    request->timeout = request->table_patience = DEFAULT_PATIENCE;
    Outcome outcome = read_seconds(request, OPTION_LOCK_WAIT, &request->patience);
    if (outcome == OUTCOME_DONE)
        outcome = read_seconds(request, OPTION_TABLE_WAIT, &request->table_patience);
    if (outcome == OUTCOME_DONE)
        outcome = read_seconds(request, OPTION_TIMEOUT, &request->timeout);
    if (outcome != OUTCOME_DONE || !request->given[OPTION_NO_WAIT] || !request->given[OPTION_LOCK_WAIT])
        return outcome;
    report_error("--lock-wait and --no-wait exclude each other");
    return OUTCOME_USAGE;
}

static Outcome read_pace(Request *request)
{
    const char *rate = request->values[OPTION_BACKFILL_RATE], *lag = request->values[OPTION_MAX_LAG];
    request->pace = pace_default();
    if (rate != NULL && !pace_read_rate(&request->pace, rate)) {
        report_error("--backfill-rate takes a number of rows a second");
        return OUTCOME_USAGE;
    }
    if (lag != NULL && !pace_read_lag(&request->pace, lag)) {
        report_error("--max-lag takes a time or a size");
        report_help("as in --max-lag 30s or --max-lag 64MB; 0 is no limit");
        return OUTCOME_USAGE;
    }
    return OUTCOME_DONE;
}

/* The journal's name is the other one plus "_journal", and the server cuts what is over 63 bytes. */
static Outcome read_history(Request *request)
{
    enum { LONGEST = 63, SUFFIX = sizeof("_journal") - 1 };
    const char *schema = request->values[OPTION_SCHEMA], *table = request->values[OPTION_TABLE];
    bool fine = (schema == NULL || (schema[0] != '\0' && strlen(schema) <= LONGEST)) &&
                (table == NULL || (table[0] != '\0' && strlen(table) <= LONGEST - SUFFIX));
    if (!fine) {
        report_error("--schema takes a name of 1 to %d bytes, --table one of 1 to %d", LONGEST, LONGEST - SUFFIX);
        return OUTCOME_USAGE;
    }
    if (schema != NULL)
        request->project.history_schema = schema;
    if (table != NULL)
        request->project.history_table = table;
    return OUTCOME_DONE;
}

static Outcome read_name(Request *request, const char *name, const char *more)
{
    if (request->command->function == command_help || request->command->function == command_version)
        return OUTCOME_DONE;
    bool takes_name = request->command->argument != ARGUMENT_NONE;
    if (more != NULL || (name != NULL && !takes_name)) {
        report_error("`migrate %s` takes %s", request->command->name, takes_name ? "one name" : "no argument");
        return OUTCOME_USAGE;
    }
    if (name == NULL && request->command->argument == ARGUMENT_WANTED) {
        report_error("`migrate %s` wants the name of a migration", request->command->name);
        report_help("`migrate status` lists the migrations");
        return OUTCOME_USAGE;
    }
    if (name != NULL && strstr(name, "://") != NULL) {
        report_error("this is no name of a migration");
        report_help("a connection URL is given by DATABASE_URL or --url");
        return OUTCOME_USAGE;
    }
    request->name = memory_text(name);
    return OUTCOME_DONE;
}

static void choose_style(const Request *request)
{
    const char *no_color = getenv("NO_COLOR");
    bool plain = request->given[OPTION_NO_COLOR] || (no_color != NULL && no_color[0] != '\0');
    report_style((ReportStyle) {.quiet = request->given[OPTION_QUIET], .colour = !plain && isatty(STDERR_FILENO),
                                 .terminal = isatty(STDERR_FILENO)});
}

static Outcome read_context(Request *request, poptContext context)
{
    Outcome outcome = read_options(request, context);
    choose_style(request);
    if (outcome != OUTCOME_DONE)
        return outcome;
    const char *verb = poptGetArg(context);
    const char *name = poptGetArg(context);
    const char *more = poptGetArg(context);
    outcome = read_verb(request, verb);
    if (outcome == OUTCOME_DONE)
        outcome = check_options(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_patience(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_pace(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_history(request);
    return outcome == OUTCOME_DONE ? read_name(request, name, more) : outcome;
}

Outcome command_read(Request *request, const MigrateProject *project, int count, const char **arguments)
{
    *request = (Request) {.project = *project};
    /* popt would stop at the first argument that is no option. */
    unsetenv("POSIXLY_CORRECT");
    poptContext context = poptGetContext(NULL, count, arguments, options, 0);
    if (context == NULL)
        memory_exhausted();
    Outcome outcome = read_context(request, context);
    poptFreeContext(context);
    return outcome;
}

void command_clear(Request *request)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        free(request->values[i]);
    free(request->name);
}

static void print_commands(void)
{
    static const char *const arguments[] = {
        [ARGUMENT_NONE] = "", [ARGUMENT_NAME] = " [name]", [ARGUMENT_WANTED] = " <name>",
    };
    puts("commands (Knex's `migrate:latest` and so on mean the same):");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        char left[64];
        snprintf(left, sizeof(left), "%s%s", commands[i].name, arguments[commands[i].argument]);
        printf("  %-20s %s\n", left, commands[i].summary);
    }
}

static void print_options(void)
{
    static const char *const arguments[] = {
#define OPTION(symbol, name, letter, argument, summary) argument,
#include "options.def"
#undef OPTION
    };
    static const char *const summaries[] = {
#define OPTION(symbol, name, letter, argument, summary) summary,
#include "options.def"
#undef OPTION
    };
    puts("\noptions, anywhere on the line:");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char left[64];
        snprintf(left, sizeof(left), "%s%s%s", option_names[i], arguments[i] == NULL ? "" : " ",
                 arguments[i] == NULL ? "" : arguments[i]);
        printf("  %-20s %s\n", left, summaries[i]);
    }
}

static void print_outcomes(void)
{
    puts("\nexit codes:");
#define OUTCOME(symbol, code, meaning) printf("  %-20d %s\n", code, meaning);
#include "outcomes.def"
#undef OUTCOME
}

Outcome command_help(const Request *request)
{
    printf("migrate: the migrations of %s, compiled\n\nusage: migrate [options] <command> [name]\n\n",
           request->project.name);
    print_commands();
    print_options();
    puts("\nDATABASE_URL names the database as postgres://user:password@host:5432/database; PG* variables fill gaps.");
    print_outcomes();
    return OUTCOME_DONE;
}
