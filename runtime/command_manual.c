/* The manual page and what makes shells complete, from the same tables that the command line is read by. */
#include "command.h"
#include "manual.h"
#include "memory.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static const ManualOption options[] = {
#define OPTION(symbol, name, letter, argument, summary) {name, letter, argument, summary},
#include "options.def"
#undef OPTION
};

static const char *const arguments[] = {
#define ARGUMENT(symbol, text, least, most, name) text,
#include "arguments.def"
#undef ARGUMENT
};

static const ManualWord words[] = {
    {"name", MANUAL_LISTED, "names"},
    {"MIGRATION", MANUAL_LISTED, "names"},
    {"verb", MANUAL_COMMAND, NULL},
    {"command", MANUAL_COMMAND, NULL},
};

static const ManualItem outcomes[] = {
#define TEXT_OF(code) #code
#define OUTCOME(symbol, code, meaning) {TEXT_OF(code), meaning},
#include "outcomes.def"
#undef OUTCOME
};

static const ManualItem fields[] = {
#define FIELD(symbol, name, type, meaning) {name, meaning},
#include "fields.def"
#undef FIELD
};

static const ManualItem variables[] = {
    {"DATABASE_URL", "the database, as postgres://user:password@host:5432/database"},
    {"PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE ...", "fill gaps of the URL, as in all of PostgreSQL"},
    {"NO_COLOR", "no colours, when it is not empty"},
};

static const ManualItem examples[] = {
    {"migrate latest", "apply what is pending, before the new version of an application starts"},
    {"migrate status --check", "fail when something is pending"},
    {"migrate plan rollback", "show what the roll-back of the last batch would do"},
    {"migrate schema | psql", "make the schema in an empty database without its history"},
};

static const ManualSection sections[] = {
    {"DESCRIPTION",
     "The migrations of a project, compiled by `migc` into this program. It keeps their history in the tables that "
     "Knex keeps, and its verbs may be written as Knex has them, with `migrate:` before them.\n"
     "Results go to standard output; progress, warnings and errors to standard error. Everything pending runs in one "
     "transaction, as far as the server allows it, and one run at a time.", NULL, 0},
    {"EXIT STATUS", "", outcomes, MIGRATE_COUNT(outcomes)},
    {"ENVIRONMENT",
     "A file `.env` in the working folder stands in for variables that are not set, unless `--no-env-file` is given.",
     variables, MIGRATE_COUNT(variables)},
    {"JSON",
     "With `--json` every verb prints one object on standard output, and nothing else. Its members have these names.",
     fields, MIGRATE_COUNT(fields)},
    {"EXAMPLES", "", examples, MIGRATE_COUNT(examples)},
    {"SEE ALSO", "`migc`(1), `psql`(1)", NULL, 0},
};

static bool takes(size_t command, size_t option)
{
    size_t count;
    return command_takes(&command_list(&count)[command], (OptionSymbol) option);
}

/* The commands of the manual are to be freed. */
static Manual make_manual(void)
{
    size_t count;
    const Command *commands = command_list(&count);
    ManualCommand *copies = memory_take(count, sizeof(*copies));
    for (size_t i = 0; i < count; i++)
        copies[i] = (ManualCommand) {commands[i].name, arguments[commands[i].argument], commands[i].summary, ""};
    return (Manual) {
        .program = "migrate",
        .summary = "apply the compiled migrations of a project to PostgreSQL",
        .synopsis = "[options] command [name]",
        .commands = copies,
        .command_count = count,
        .options = options,
        .option_count = MIGRATE_COUNT(options),
        .takes = takes,
        .words = words,
        .word_count = MIGRATE_COUNT(words),
        .sections = sections,
        .section_count = MIGRATE_COUNT(sections),
    };
}

static void write_names(FILE *out, const MigrateProject *project)
{
    for (size_t i = 0; i < project->count; i++)
        fprintf(out, "%s\n", project->migrations[i]->name);
}

/* Prints a page, or answers with it. */
static void put_out(const Request *request, const char *text)
{
    if (request->json == NULL)
        fputs(text, stdout);
    json_text(request->json, FIELD_TEXT, text);
}

Outcome command_completion(const Request *request)
{
    char *text = NULL;
    size_t size = 0;
    Manual manual = make_manual();
    FILE *out = memory_stream(&text, &size);
    bool names = strcmp(request->words[0], "names") == 0;
    if (names)
        write_names(out, &request->project);
    bool known = names || manual_completion(out, &manual, request->words[0]);
    memory_stream_end(out);
    if (known)
        put_out(request, text);
    free(text);
    free((void *) (size_t) manual.commands);
    if (known)
        return OUTCOME_DONE;
    report_error("`migrate completion` wants%s", arguments[ARGUMENT_TOPIC]);
    report_help("source <(migrate completion bash)");
    return OUTCOME_USAGE;
}

Outcome command_manual(const Request *request)
{
    char *text = NULL;
    size_t size = 0;
    Manual manual = make_manual();
    FILE *out = memory_stream(&text, &size);
    manual_page(out, &manual);
    memory_stream_end(out);
    put_out(request, text);
    free(text);
    free((void *) (size_t) manual.commands);
    return OUTCOME_DONE;
}
