/* popt splits argv by one table of all options; whether an option goes with the command is seen afterwards, when the
 * command is known. So options may stand anywhere. */
#include "command_line.h"

#include "stamp.h"
#include "suggest.h"

#include <popt.h>
#include <stdlib.h>
#include <unistd.h>

/* popt's own numbers for options must not be 0. */
static const struct poptOption popt_table[] = {
#define OPTION(ID, name, letter, value, commands, text) \
    {name, letter, (value) == NULL ? POPT_ARG_NONE : POPT_ARG_STRING, NULL, OPTION_##ID + 1, NULL, NULL},
#include "options.def"
#undef OPTION
    POPT_TABLEEND
};

static ExitCode unknown_option(Invocation *inv, const char *written)
{
    StrList names = {0};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        list_push(&inv->c->arena, &names, str_format(&inv->c->arena, "--%s", options[i].name));
    Str close = suggest(str_from(written), names);
    usage_error("there is no option \"%s\"", written);
    if (close.data != NULL)
        hint("did you mean `%.*s`?", STR_ARG(close));
    else
        hint("`migc help` lists the options");
    return EXIT_USAGE;
}

static ExitCode popt_failure(Invocation *inv, poptContext context, int problem)
{
    const char *written = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    if (problem == POPT_ERROR_BADOPT)
        return unknown_option(inv, written);
    if (problem == POPT_ERROR_NOARG)
        return usage_error("option %s needs a value", written);
    if (problem == POPT_ERROR_UNWANTEDARG)
        return usage_error("option %s takes no value", written);
    return usage_error("option %s: %s", written, poptStrerror(problem));
}

static ExitCode read_options(Invocation *inv, poptContext context)
{
    int number;
    while ((number = poptGetNextOpt(context)) > 0) {
        char *value = poptGetOptArg(context);
        Str copy = value == NULL ? STR("") : str_copy(&inv->c->arena, str_from(value));
        inv->options[number - 1] = copy;
        list_push(&inv->c->arena, &inv->repeated[number - 1], copy);
        free(value);
    }
    return number == -1 ? EXIT_CLEAN : popt_failure(inv, context, number);
}

static void read_arguments(Invocation *inv, const char **words)
{
    for (size_t i = 0; words != NULL && words[i] != NULL; i++)
        list_push(&inv->c->arena, &inv->arguments, str_copy(&inv->c->arena, str_from(words[i])));
}

static ExitCode split(Invocation *inv, int argc, char **argv)
{
    const char **words = arena_array(&inv->c->arena, const char *, (size_t) argc + 1);
    for (int i = 0; i < argc; i++)
        words[i] = argv[i];
    poptContext context = poptGetContext("migc", argc, words, popt_table, 0);
    ExitCode code = read_options(inv, context);
    if (code == EXIT_CLEAN)
        read_arguments(inv, poptGetArgs(context));
    poptFreeContext(context);
    return code;
}

bool option_choice(Invocation *inv, OptionId option, const char *const *choices, size_t count, size_t *choice)
{
    Arena *arena = &inv->c->arena;
    Str written = inv->options[option];
    StrList known = {0};
    Text list = text_new(arena);
    for (*choice = 0; *choice < count; (*choice)++) {
        if (str_is(written, choices[*choice]))
            return true;
        list_push(arena, &known, str_from(choices[*choice]));
        text_addf(&list, "%s%s", *choice == 0 ? "" : *choice + 1 == count ? " or " : ", ", choices[*choice]);
    }
    Str close = suggest(written, known);
    usage_error("option --%s is %.*s, not \"%.*s\"", options[option].name, STR_ARG(text_str(&list)), STR_ARG(written));
    if (close.data != NULL)
        hint("did you mean `--%s %.*s`?", options[option].name, STR_ARG(close));
    return false;
}

/* NO_COLOR counts when it is not empty: no-color.org. */
static bool terminal_has_color(void)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool dumb = terminal != NULL && str_is(str_from(terminal), "dumb");
    return (no_color == NULL || no_color[0] == '\0') && !dumb && isatty(STDERR_FILENO);
}

static bool read_render_options(Invocation *inv)
{
    static const char *const formats[] = {"text", "json", "github"}, *const colors[] = {"auto", "always", "never"};
    size_t format = 0, color = 0;
    if (option_given(inv, OPTION_FORMAT) && !option_choice(inv, OPTION_FORMAT, formats, 3, &format))
        return false;
    if (option_given(inv, OPTION_COLOR) && !option_choice(inv, OPTION_COLOR, colors, 3, &color))
        return false;
    inv->render = (RenderOptions) {(ReportFormat) format, color == 1 || (color == 0 && terminal_has_color())};
    return true;
}

static ExitCode check_options(Invocation *inv)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!option_given(inv, (OptionId) i) || option_fits(&options[i], inv->command))
            continue;
        usage_error("`migc %s` has no option --%s", inv->command->name, options[i].name);
        hint("`migc help %s` lists the options that it has", inv->command->name);
        return EXIT_USAGE;
    }
    return EXIT_CLEAN;
}

static ExitCode check_arguments(Invocation *inv)
{
    const CommandInfo *command = inv->command;
    size_t count = inv->arguments.count;
    if (count >= command->least && count <= command->most)
        return check_options(inv);
    if (count < command->least)
        usage_error("`migc %s` needs more arguments", command->name);
    else
        usage_error("`migc %s` does not know what to do with \"%.*s\"", command->name,
                    STR_ARG(inv->arguments.items[command->most]));
    hint("migc %s %s", command->name, command->arguments);
    return EXIT_USAGE;
}

/* `--help` and `--version` are the commands of that name, with what stood there as the argument of help. */
static const CommandInfo *command_by_option(Invocation *inv)
{
    if (option_given(inv, OPTION_HELP)) {
        inv->arguments.count = inv->arguments.count > 1 ? 1 : inv->arguments.count;
        return &commands[COMMAND_HELP];
    }
    if (option_given(inv, OPTION_VERSION)) {
        inv->arguments.count = 0;
        return &commands[COMMAND_VERSION];
    }
    return NULL;
}

static ExitCode choose_command(Invocation *inv)
{
    inv->command = command_by_option(inv);
    if (inv->command != NULL)
        return EXIT_CLEAN;
    if (inv->arguments.count == 0) {
        usage_error("what to do?");
        hint("`migc help` lists the commands");
        return EXIT_USAGE;
    }
    Str name = inv->arguments.items[0];
    list_remove(&inv->arguments, 0);
    inv->command = command_find(name);
    return inv->command == NULL ? unknown_command(inv, name) : check_arguments(inv);
}

/* MIGC_NOW makes the clock stand still for tests and scripts. */
static bool read_clock(Invocation *inv)
{
    const char *set = getenv("MIGC_NOW");
    inv->now = time(NULL);
    if (set == NULL)
        return true;
    Str stamp = str_from(set);
    bool right = stamp.len == STAMP_LENGTH && stamp_stands_first(stamp) &&
                 stamp_problem(&inv->c->arena, stamp).data == NULL;
    if (right)
        inv->now = stamp_time(stamp);
    else
        usage_error("MIGC_NOW is \"%s\", not YYYYMMDDHHMMSS", set);
    return right;
}

ExitCode command_line_read(Invocation *inv, int argc, char **argv)
{
    ExitCode code = split(inv, argc, argv);
    if (code == EXIT_CLEAN && !read_clock(inv))
        code = EXIT_USAGE;
    if (code == EXIT_CLEAN && !read_render_options(inv))
        code = EXIT_USAGE;
    return code == EXIT_CLEAN ? choose_command(inv) : code;
}
