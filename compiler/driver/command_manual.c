/* The manual page and what makes shells complete, from the same tables that the command line is read by. */
#include "command.h"
#include "manual.h"
#include "project.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const ManualWord words[] = {
    {"DIR", MANUAL_FOLDER, NULL},
    {"DIR|FILE", MANUAL_FILE, NULL},
    {"PATH", MANUAL_FILE, NULL},
    {"A", MANUAL_LISTED, "names"},
    {"B", MANUAL_LISTED, "names"},
    {"MIGRATION", MANUAL_LISTED, "names"},
    {"CODE", MANUAL_LISTED, "codes"},
    {"COMMAND", MANUAL_COMMAND, NULL},
    {"SHELL", MANUAL_CHOICE, "bash zsh fish"},
    {"STAGE", MANUAL_CHOICE, "tokens tree lowered changes plan"},
    {"FORMAT", MANUAL_CHOICE, "text json github"},
    {"WHEN", MANUAL_CHOICE, "auto always never"},
};

static const ManualItem codes[] = {
    {"0", "clean"},
    {"1", "errors in the migrations"},
    {"2", "wrong usage"},
    {"3", "trouble with the machine"},
};

static const ManualItem variables[] = {
    {"CC", "the C compiler that links the executable"},
    {"MIGC_NOW", "YYYYMMDDHHMMSS, the time that `make` takes for now"},
    {"MIGC_RUNTIME", "the folder with the runtime, instead of that beside the program"},
    {"NO_COLOR", "no colours, when it is not empty"},
};

static const ManualItem files[] = {
    {"db/project.mig", "the project's settings; may be absent"},
    {"db/migrations/*.mig", "the migrations, in the order of their names"},
    {"db/migrations.lock", "what `migc lock` has recorded of them"},
};

static const ManualSection sections[] = {
    {"DESCRIPTION",
     "Checks migrations written in a small typed language against the schema as it is at that point of the history, "
     "and compiles them, by way of C, into one executable, `migrate`, that needs nothing else.", NULL, 0},
    {"EXIT STATUS", "", codes, COUNT(codes)},
    {"ENVIRONMENT", "", variables, COUNT(variables)},
    {"FILES", "", files, COUNT(files)},
    {"SEE ALSO", "`migrate`(1)", NULL, 0},
};

static bool takes(size_t command, size_t option)
{
    return option_fits(&options[option], &commands[command]);
}

static Manual make_manual(Arena *arena)
{
    ManualCommand *all = arena_array(arena, ManualCommand, COMMAND_COUNT);
    ManualOption *takeable = arena_array(arena, ManualOption, OPTION_COUNT);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        all[i] = (ManualCommand) {commands[i].name, commands[i].arguments, commands[i].summary, commands[i].more};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        takeable[i] = (ManualOption) {options[i].name, options[i].letter, options[i].value, options[i].text};
    return (Manual) {
        .program = "migc",
        .summary = "compile migrations for PostgreSQL",
        .synopsis = "command [options]",
        .commands = all,
        .command_count = COMMAND_COUNT,
        .options = takeable,
        .option_count = OPTION_COUNT,
        .takes = takes,
        .words = words,
        .word_count = COUNT(words),
        .sections = sections,
        .section_count = COUNT(sections),
    };
}

ExitCode manual_command(Invocation *inv)
{
    Manual manual = make_manual(&inv->c->arena);
    manual_page(stdout, &manual);
    return EXIT_CLEAN;
}

/* A folder that cannot be read has no names to complete. */
static void print_names(Arena *arena)
{
    StrList names = {0};
    if (project_migration_names(arena, STR("db"), &names) != 0)
        return;
    for (size_t i = 0; i < names.count; i++) {
        Str name = names.items[i];
        printf("%.*s\n", STR_ARG(str_slice(name, 0, name.len - strlen(".mig"))));
    }
}

ExitCode completion_command(Invocation *inv)
{
    Str what = inv->arguments.items[0];
    Manual manual = make_manual(&inv->c->arena);
    if (str_is(what, "names")) {
        print_names(&inv->c->arena);
        return EXIT_CLEAN;
    }
    if (str_is(what, "codes")) {
        for (DiagnosticCode code = 0; code < DIAGNOSTIC_COUNT; code++)
            puts(diagnostic_info(code)->code);
        return EXIT_CLEAN;
    }
    if (manual_completion(stdout, &manual, str_to_c(&inv->c->arena, what)))
        return EXIT_CLEAN;
    usage_error("there is no completion for \"%.*s\"", STR_ARG(what));
    hint("migc completion %s", inv->command->arguments);
    return EXIT_USAGE;
}
