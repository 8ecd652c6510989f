#include "command.h"

#include "suggest.h"

#include <stdio.h>

const CommandInfo commands[COMMAND_COUNT] = {
#define COMMAND(ID, name, arguments, least, most, summary, more) \
    {COMMAND_##ID, #name, arguments, least, most, summary, more, name##_command},
#include "commands.def"
#undef COMMAND
};

#define ON(ID) (1u << COMMAND_##ID)
#define ON_ALL ((1u << COMMAND_COUNT) - 1)
const OptionInfo options[OPTION_COUNT] = {
#define OPTION(ID, name, letter, value, commands, text) {OPTION_##ID, name, letter, value, commands, text},
#include "options.def"
#undef OPTION
};

bool option_given(const Invocation *inv, OptionId option)
{
    return inv->options[option].data != NULL;
}

bool option_fits(const OptionInfo *option, const CommandInfo *command)
{
    return (option->commands >> command->id & 1) != 0;
}

Str argument_or(const Invocation *inv, size_t n, Str fallback)
{
    return n < inv->arguments.count ? inv->arguments.items[n] : fallback;
}

const CommandInfo *command_find(Str name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_is(name, commands[i].name))
            return &commands[i];
    }
    return NULL;
}

#define COMPLAIN(prefix, format)              \
    do {                                      \
        va_list arguments;                    \
        va_start(arguments, format);          \
        fputs(prefix, stderr);                \
        vfprintf(stderr, format, arguments);  \
        fputc('\n', stderr);                  \
        va_end(arguments);                    \
    } while (0)

ExitCode usage_error(const char *format, ...)
{
    COMPLAIN("migc: ", format);
    return EXIT_USAGE;
}

ExitCode environment_error(const char *format, ...)
{
    COMPLAIN("migc: ", format);
    return EXIT_ENVIRONMENT;
}

void hint(const char *format, ...)
{
    COMPLAIN("  help: ", format);
}

ExitCode unknown_command(Invocation *inv, Str name)
{
    StrList names = {0};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        list_push(&inv->c->arena, &names, str_from(commands[i].name));
    Str close = suggest(name, names);
    usage_error("there is no command \"%.*s\"", STR_ARG(name));
    if (close.data != NULL)
        hint("did you mean `migc %.*s`?", STR_ARG(close));
    else
        hint("`migc help` lists the commands");
    return EXIT_USAGE;
}

ExitCode show_reports(Invocation *inv)
{
    Str text = reports_render(inv->c, inv->render);
    fflush(stdout);
    fwrite(text.data, 1, text.len, inv->render.format == FORMAT_TEXT ? stderr : stdout);
    return inv->c->errors > 0 ? EXIT_DIAGNOSTICS : EXIT_CLEAN;
}

void say(Invocation *inv, const char *format, ...)
{
    if (option_given(inv, OPTION_QUIET) || inv->render.format != FORMAT_TEXT)
        return;
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
}
