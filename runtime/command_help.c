#include "command.h"

#include <stdio.h>

static const struct {
    const char *name, *argument, *summary;
} options[] = {
#define OPTION(symbol, name, letter, argument, summary) {"--" name, argument, summary},
#include "options.def"
#undef OPTION
};

static const char *const arguments[] = {
#define ARGUMENT(symbol, text, least, most, name) text,
#include "arguments.def"
#undef ARGUMENT
};

static void print_commands(void)
{
    size_t count;
    const Command *commands = command_list(&count);
    puts("commands (Knex's `migrate:latest` and so on mean the same):");
    for (size_t i = 0; i < count; i++) {
        char left[64];
        snprintf(left, sizeof(left), "%s%s", commands[i].name, arguments[commands[i].argument]);
        printf("  %-25s %s\n", left, commands[i].summary);
    }
}

static void print_option(size_t i)
{
    char left[64];
    snprintf(left, sizeof(left), "%s%s%s", options[i].name, options[i].argument == NULL ? "" : " ",
             options[i].argument == NULL ? "" : options[i].argument);
    printf("  %-25s %s\n", left, options[i].summary);
}

static void print_options(void)
{
    puts("\noptions, anywhere on the line:");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        print_option(i);
}

/* Its own options first. */
static void print_command(const Command *command)
{
    printf("migrate %s: %s\n\nusage: migrate %s%s [options]\n", command->name, command->summary, command->name,
           arguments[command->argument]);
    for (int own = 1; own >= 0; own--) {
        bool any = false;
        for (size_t i = 0; i < OPTION_COUNT; i++) {
            bool is_own = (command->options & (1u << i)) != 0;
            if (is_own != (own == 1) || !command_takes(command, (OptionSymbol) i))
                continue;
            if (!any)
                puts(own == 1 ? "\noptions:" : "\noptions of every command:");
            any = true;
            print_option(i);
        }
    }
    puts("\n`migrate help` lists the commands, all options and the exit codes.");
}

static void print_outcomes(void)
{
    puts("\nexit codes:");
#define OUTCOME(symbol, code, meaning) printf("  %-25d %s\n", code, meaning);
#include "outcomes.def"
#undef OUTCOME
}

static void answer(Json *json)
{
    size_t count;
    const Command *commands = command_list(&count);
    json_list(json, FIELD_COMMANDS);
    for (size_t i = 0; i < count; i++) {
        json_item(json);
        json_text(json, FIELD_NAME, commands[i].name);
        json_text(json, FIELD_ARGUMENTS, arguments[commands[i].argument]);
        json_text(json, FIELD_SUMMARY, commands[i].summary);
        json_object_end(json);
    }
    json_list_end(json);
    json_list(json, FIELD_OPTIONS);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        json_item(json);
        json_text(json, FIELD_NAME, options[i].name);
        json_text(json, FIELD_ARGUMENTS, options[i].argument == NULL ? "" : options[i].argument);
        json_text(json, FIELD_SUMMARY, options[i].summary);
        json_object_end(json);
    }
    json_list_end(json);
}

Outcome command_help(const Request *request)
{
    if (request->json != NULL) {
        answer(request->json);
        return OUTCOME_DONE;
    }
    if (request->topic != NULL) {
        print_command(request->topic);
        return OUTCOME_DONE;
    }
    printf("migrate: the migrations of %s, compiled\n\nusage: migrate [options] <command> [name]\n\n",
           request->project.name);
    print_commands();
    print_options();
    puts("\nDATABASE_URL names the database as postgres://user:password@host:5432/database; PG* variables fill gaps.");
    print_outcomes();
    return OUTCOME_DONE;
}
