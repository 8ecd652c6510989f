#include "command.h"

#include <stdio.h>

static void print_option(Arena *arena, const OptionInfo *option)
{
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    Str name = str_format(arena, "%s--%s%s%s", option->letter == 0 ? "    " : letter, option->name,
                          option->value == NULL ? "" : " ", option->value == NULL ? "" : option->value);
    printf("  %-24.*s %s\n", STR_ARG(name), option->text);
}

/* Those of the command; without one, those that all commands have. */
static void print_options(Arena *arena, const CommandInfo *command)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (command == NULL ? options[i].commands == (1u << COMMAND_COUNT) - 1 : option_fits(&options[i], command))
            print_option(arena, &options[i]);
    }
}

static void print_overview(Arena *arena)
{
    puts("migc: the migration compiler for PostgreSQL\n\nusage: migc COMMAND [OPTIONS]\n\ncommands:");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        Str usage = str_format(arena, "%s %s", commands[i].name, commands[i].arguments);
        printf("  %-24.*s %s\n", STR_ARG(usage), commands[i].summary);
    }
    puts("\noptions of every command:");
    print_options(arena, NULL);
    puts("\nexit codes: 0 clean, 1 errors in the migrations, 2 wrong usage, 3 trouble with the machine");
}

static void print_command(Arena *arena, const CommandInfo *command)
{
    printf("migc %s%s%s [OPTIONS]: %s\n", command->name, command->arguments[0] == '\0' ? "" : " ", command->arguments,
           command->summary);
    if (command->more[0] != '\0')
        printf("\n%s\n", command->more);
    puts("\noptions:");
    print_options(arena, command);
}

ExitCode help_command(Invocation *inv)
{
    if (inv->arguments.count == 0) {
        print_overview(&inv->c->arena);
        return EXIT_CLEAN;
    }
    const CommandInfo *command = command_find(inv->arguments.items[0]);
    if (command == NULL)
        return unknown_command(inv, inv->arguments.items[0]);
    print_command(&inv->c->arena, command);
    return EXIT_CLEAN;
}
