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
#define UPWARD (LOCKING | BIT(ALLOW_MISSING) | BIT(STRICT))
#define DOWNWARD (LOCKING | BIT(ALLOW_MISSING) | BIT(ALLOW_LOSSY))

static const struct {
    const char *text;
    int least, most, name;
} arguments_taken[] = {
#define ARGUMENT(symbol, text, least, most, name) {text, least, most, name},
#include "arguments.def"
#undef ARGUMENT
};

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

/* Without Knex's prefix. */
static const char *bare_verb(const char *verb)
{
    static const char prefix[] = "migrate:";
    return strncmp(verb, prefix, sizeof(prefix) - 1) == 0 ? verb + sizeof(prefix) - 1 : verb;
}

static Outcome refuse_verb(const char *verb)
{
    verb = bare_verb(verb);
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

const Command *command_list(size_t *count)
{
    *count = COMMAND_COUNT;
    return commands;
}

const Command *command_find(const char *verb)
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
    if (request->given[OPTION_HELP] || request->given[OPTION_VERSION]) {
        request->command = command_of(request->given[OPTION_HELP] ? command_help : command_version);
        request->topic = verb == NULL ? NULL : command_find(bare_verb(verb));
        return OUTCOME_DONE;
    }
    if (verb == NULL) {
        report_error("no command");
        report_help("`migrate latest` applies what is pending, `migrate help` lists all commands");
        return OUTCOME_USAGE;
    }
    request->command = command_find(bare_verb(verb));
    return request->command == NULL ? refuse_verb(verb) : OUTCOME_DONE;
}

/* An option that some verb names is not every verb's. */
static unsigned special_options(void)
{
    unsigned special = 0;
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        special |= commands[i].options;
    return special;
}

bool command_takes(const Command *command, OptionSymbol option)
{
    return (special_options() & ~command->options & (1u << option)) == 0;
}

static Outcome check_options(const Request *request)
{
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (!request->given[i] || command_takes(request->command, (OptionSymbol) i))
            continue;
        report_error("`migrate %s` has no option %s", request->command->name, option_names[i]);
        report_help("`migrate help %s` lists its options", request->command->name);
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
    Outcome outcome = read_seconds(request, OPTION_WAIT, &request->connect_patience);
    if (outcome == OUTCOME_DONE)
        outcome = read_seconds(request, OPTION_LOCK_WAIT, &request->patience);
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

static Outcome refuse_words(const Command *command, int count)
{
    int most = arguments_taken[command->argument].most, name = arguments_taken[command->argument].name;
    const char *text = arguments_taken[command->argument].text;
    if (count > most)
        report_error("`migrate %s` takes %s", command->name,
                     most == 0 ? "no argument" : name == 0 ? "one name" : text + 1);
    else if (name == 0)
        report_error("`migrate %s` wants the name of a migration", command->name);
    else
        report_error("`migrate %s` wants%s", command->name, text);
    if (name >= 0 && count <= most)
        report_help("`migrate status` lists the migrations");
    else
        report_help("`migrate help` lists the commands");
    return OUTCOME_USAGE;
}

static Outcome read_words(Request *request, poptContext context)
{
    const Command *command = request->command;
    int count = 0;
    for (const char *word = poptGetArg(context); word != NULL; word = poptGetArg(context), count++) {
        if (strstr(word, "://") != NULL) {
            report_error("this is no name of a migration");
            report_help("a connection URL is given by DATABASE_URL or --url");
            return OUTCOME_USAGE;
        }
        if (count < WORDS_MAX)
            request->words[count] = memory_text(word);
    }
    if (request->given[OPTION_HELP] || command->function == command_version)
        return OUTCOME_DONE;
    if (count < arguments_taken[command->argument].least || count > arguments_taken[command->argument].most)
        return refuse_words(command, count);
    if (arguments_taken[command->argument].name >= 0)
        request->name = request->words[arguments_taken[command->argument].name];
    if (command->function != command_help || count == 0)
        return OUTCOME_DONE;
    request->topic = command_find(bare_verb(request->words[0]));
    return request->topic == NULL ? refuse_verb(request->words[0]) : OUTCOME_DONE;
}

/* Options that name a database or a wait are left out: the first may hold a password. */
static void note_again(Request *request)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&text, &size);
    fputs(request->command->name, out);
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (request->given[i] && request->values[i] == NULL && (request->command->options & (1u << i)) != 0)
            fprintf(out, " %s", option_names[i]);
    }
    for (size_t i = 0; i < WORDS_MAX && request->words[i] != NULL; i++)
        fprintf(out, " %s", request->words[i]);
    memory_stream_end(out);
    request->again = text;
}

static void choose_style(const Request *request)
{
    const char *no_color = getenv("NO_COLOR");
    bool plain = request->given[OPTION_NO_COLOR] || (no_color != NULL && no_color[0] != '\0');
    const char *terminal = getenv("TERM");
    bool dumb = terminal != NULL && strcmp(terminal, "dumb") == 0;
    report_style((ReportStyle) {
        .quiet = request->given[OPTION_QUIET],
        .colour = !plain && !dumb && isatty(STDERR_FILENO),
        .terminal = !dumb && isatty(STDERR_FILENO),
        .json = request->given[OPTION_JSON],
    });
}

static Outcome read_context(Request *request, poptContext context)
{
    Outcome outcome = read_options(request, context);
    choose_style(request);
    if (outcome != OUTCOME_DONE)
        return outcome;
    outcome = read_verb(request, poptGetArg(context));
    if (outcome == OUTCOME_DONE)
        outcome = check_options(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_patience(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_pace(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_history(request);
    if (outcome == OUTCOME_DONE)
        outcome = read_words(request, context);
    if (outcome == OUTCOME_DONE)
        note_again(request);
    return outcome;
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
    if (request->given[OPTION_JSON]) {
        request->json = json_new();
        json_text(request->json, FIELD_COMMAND, request->command == NULL ? NULL : request->command->name);
    }
    return outcome;
}

static void answer_outcome(Json *json, Outcome outcome)
{
    static const struct {
        int code;
        const char *symbol;
    } outcomes[] = {
#define OUTCOME(symbol, code, meaning) {code, #symbol},
#include "outcomes.def"
#undef OUTCOME
    };
    for (size_t i = 0; i < MIGRATE_COUNT(outcomes); i++) {
        if (outcomes[i].code != (int) outcome)
            continue;
        char *name = memory_text(outcomes[i].symbol);
        for (char *c = name; *c != '\0'; c++)
            *c = (char) tolower((unsigned char) *c);
        json_text(json, FIELD_OUTCOME, name);
        free(name);
    }
    json_number(json, FIELD_EXIT_CODE, (int) outcome);
}

void command_answer(Request *request, Outcome outcome)
{
    if (request->json == NULL)
        return;
    report_answer(request->json);
    answer_outcome(request->json, outcome);
    json_print(request->json);
    request->json = NULL;
}

void command_clear(Request *request)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        free(request->values[i]);
    for (size_t i = 0; i < WORDS_MAX; i++)
        free(request->words[i]);
    free(request->again);
}
