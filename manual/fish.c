#include "completion.h"

static void write_words(FILE *out, const Manual *manual, ManualWord word)
{
    switch (word.kind) {
    case MANUAL_FREE: return;
    case MANUAL_FOLDER: fputs(" -a '(__fish_complete_directories)'", out); return;
    case MANUAL_FILE: fputs(" -F", out); return;
    case MANUAL_COMMAND:
        fputs(" -a '", out);
        for (size_t i = 0; i < manual->command_count; i++)
            fprintf(out, "%s%s", i == 0 ? "" : " ", manual->commands[i].name);
        fputs("'", out);
        return;
    case MANUAL_CHOICE:
        fputs(" -a '", out);
        manual_choices(out, word.choices);
        fputs("'", out);
        return;
    case MANUAL_LISTED:
        fprintf(out, " -a '(%s completion %s 2> /dev/null)'", manual->program, word.choices);
        return;
    }
}

static bool takes_all(const Manual *manual, size_t option)
{
    for (size_t i = 0; i < manual->command_count; i++) {
        if (!manual->takes(i, option))
            return false;
    }
    return true;
}

static void write_option(FILE *out, const Manual *manual, size_t number)
{
    const ManualOption *option = &manual->options[number];
    fprintf(out, "complete -c %s", manual->program);
    if (!takes_all(manual, number)) {
        fputs(" -n '__fish_seen_subcommand_from", out);
        for (size_t i = 0; i < manual->command_count; i++) {
            if (manual->takes(i, number))
                fprintf(out, " %s", manual->commands[i].name);
        }
        fputs("'", out);
    }
    fprintf(out, " -l %s", option->name);
    if (option->letter != '\0')
        fprintf(out, " -s %c", option->letter);
    if (option->value != NULL) {
        fputs(" -r", out);
        write_words(out, manual, manual_word_of(manual, option));
    }
    fputs(" -d ", out);
    manual_quoted(out, option->summary, '\0');
    fputc('\n', out);
}

static void write_command(FILE *out, const Manual *manual, const ManualCommand *command)
{
    fprintf(out, "complete -c %s -n __fish_use_subcommand -a %s -d ", manual->program, command->name);
    manual_quoted(out, command->summary, '\0');
    fputc('\n', out);
    for (size_t place = 0; place < PLACES_MAX; place++) {
        ManualWord word = manual_word_at(manual, command, place);
        if (word.kind == MANUAL_FREE)
            continue;
        fprintf(out, "complete -c %s -n '__fish_seen_subcommand_from %s'", manual->program, command->name);
        write_words(out, manual, word);
        fputc('\n', out);
    }
}

void manual_fish(FILE *out, const Manual *manual)
{
    fprintf(out, "# fish completion of %s, written by `%s completion fish`.\ncomplete -c %s -f\n", manual->program,
            manual->program, manual->program);
    for (size_t i = 0; i < manual->command_count; i++)
        write_command(out, manual, &manual->commands[i]);
    for (size_t i = 0; i < manual->option_count; i++)
        write_option(out, manual, i);
}
