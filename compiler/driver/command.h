/* What the commands share. One file a command: command_check.c holds check_command(), and so on. */
#ifndef DRIVER_COMMAND_H
#define DRIVER_COMMAND_H

#include "report.h"
#include "syntax.h"

#include <time.h>

typedef enum ExitCode { EXIT_CLEAN, EXIT_DIAGNOSTICS, EXIT_USAGE, EXIT_ENVIRONMENT } ExitCode;

typedef enum CommandId {
#define COMMAND(ID, name, arguments, least, most, summary, more) COMMAND_##ID,
#include "commands.def"
#undef COMMAND
    COMMAND_COUNT
} CommandId;

typedef enum OptionId {
#define OPTION(ID, name, letter, value, commands, text) OPTION_##ID,
#include "options.def"
#undef OPTION
    OPTION_COUNT
} OptionId;

typedef struct CommandInfo CommandInfo;

/* One run of migc. */
typedef struct Invocation {
    Compilation *c;
    Syntax syntax;
    const CommandInfo *command;
    StrList arguments;            /* behind the command's name */
    Str options[OPTION_COUNT];    /* the value; "" for a flag; data == NULL: not given */
    StrList repeated[OPTION_COUNT];  /* all values, of what was given more than once */
    RenderOptions render;
    time_t now;                   /* or what MIGC_NOW says */
} Invocation;

typedef ExitCode CommandFunction(Invocation *inv);

struct CommandInfo {
    CommandId id;
    const char *name, *arguments;
    size_t least, most;           /* number of arguments */
    const char *summary, *more;
    CommandFunction *run;
};

typedef struct OptionInfo {
    OptionId id;
    const char *name;
    char letter;
    const char *value;
    unsigned commands;            /* bit n: the command with that number takes it */
    const char *text;
} OptionInfo;

extern const CommandInfo commands[COMMAND_COUNT];
extern const OptionInfo options[OPTION_COUNT];

#define COMMAND(ID, name, arguments, least, most, summary, more) CommandFunction name##_command;
#include "commands.def"
#undef COMMAND

bool option_given(const Invocation *inv, OptionId option);
bool option_fits(const OptionInfo *option, const CommandInfo *command);

/* The n-th argument, or the fallback. */
Str argument_or(const Invocation *inv, size_t n, Str fallback);

/* NULL when there is none of that name. */
const CommandInfo *command_find(Str name);

/* "migc: …" on stderr, and the exit code that goes with it. */
ExitCode usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
ExitCode environment_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void hint(const char *format, ...) __attribute__((format(printf, 1, 2)));  /* a line below */

ExitCode unknown_command(Invocation *inv, Str name);

/* Writes out what was reported: text to stderr, the other formats to stdout. */
ExitCode show_reports(Invocation *inv);

/* A line about what was done, on stdout: not with --quiet, and only in text format. */
void say(Invocation *inv, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
