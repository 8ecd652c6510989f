/* The command is the first word that is neither an option nor an option's value; the place of the word under the cursor
 * is counted from it. */
#include "completion.h"

static void write_action(FILE *out, ManualWord word)
{
    switch (word.kind) {
    case MANUAL_FREE: fputs("return", out); return;
    case MANUAL_FOLDER: fputs("COMPREPLY=($(compgen -d -- \"$word\")); return", out); return;
    case MANUAL_FILE: fputs("COMPREPLY=($(compgen -f -- \"$word\")); return", out); return;
    case MANUAL_COMMAND: fputs("words=$commands", out); return;
    case MANUAL_CHOICE:
        fputs("words='", out);
        manual_choices(out, word.choices);
        fputs("'", out);
        return;
    case MANUAL_LISTED:
        fprintf(out, "words=$(\"${COMP_WORDS[0]}\" completion %s 2> /dev/null)", word.choices);
        return;
    }
}

static void write_option_names(FILE *out, const ManualOption *option)
{
    fprintf(out, "--%s", option->name);
    if (option->letter != '\0')
        fprintf(out, " | -%c", option->letter);
}

static void write_values(FILE *out, const Manual *manual)
{
    fputs("    case ${COMP_WORDS[COMP_CWORD - 1]} in\n", out);
    for (size_t i = 0; i < manual->option_count; i++) {
        if (manual->options[i].value == NULL)
            continue;
        fputs("    ", out);
        write_option_names(out, &manual->options[i]);
        fputs(")\n        ", out);
        ManualWord word = manual_word_of(manual, &manual->options[i]);
        write_action(out, word);
        if (word.kind == MANUAL_COMMAND || word.kind == MANUAL_CHOICE || word.kind == MANUAL_LISTED)
            fputs("\n        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n        return", out);
        fputs(" ;;\n", out);
    }
    fputs("    esac\n", out);
}

static void write_search(FILE *out, const Manual *manual)
{
    bool first = true;
    fputs("    for ((i = 1; i < COMP_CWORD; i++)); do\n        case ${COMP_WORDS[i]} in\n        ", out);
    for (size_t i = 0; i < manual->option_count; i++) {
        if (manual->options[i].value == NULL)
            continue;
        fputs(first ? "" : " | ", out);
        write_option_names(out, &manual->options[i]);
        first = false;
    }
    fputs(") i=$((i + 1)) ;;\n        -*) ;;\n"
          "        *) if [ -z \"$command\" ]; then command=${COMP_WORDS[i]}; else place=$((place + 1)); fi ;;\n"
          "        esac\n    done\n", out);
}

static void write_options(FILE *out, const Manual *manual)
{
    fputs("    if [[ $word == -* ]]; then\n        case $command in\n", out);
    for (size_t i = 0; i < manual->command_count; i++) {
        fprintf(out, "        %s) words='", manual->commands[i].name);
        for (size_t j = 0; j < manual->option_count; j++) {
            if (manual->takes(i, j))
                fprintf(out, " --%s", manual->options[j].name);
        }
        fputs("' ;;\n", out);
    }
    fputs("        *) words='", out);
    for (size_t j = 0; j < manual->option_count; j++)
        fprintf(out, " --%s", manual->options[j].name);
    fputs("' ;;\n        esac\n", out);
}

static void write_places(FILE *out, const Manual *manual)
{
    fputs("    elif [ -z \"$command\" ]; then\n        words=$commands\n    else\n", out);
    fputs("        case $command:$place in\n", out);
    for (size_t i = 0; i < manual->command_count; i++) {
        for (size_t place = 0; place < PLACES_MAX; place++) {
            ManualWord word = manual_word_at(manual, &manual->commands[i], place);
            if (word.kind == MANUAL_FREE)
                continue;
            fprintf(out, "        %s:%zu) ", manual->commands[i].name, place);
            write_action(out, word);
            fputs(" ;;\n", out);
        }
    }
    fputs("        esac\n    fi\n", out);
}

void manual_bash(FILE *out, const Manual *manual)
{
    fprintf(out, "# bash completion of %s, written by `%s completion bash`.\n_%s() {\n", manual->program,
            manual->program, manual->program);
    fputs("    local word=${COMP_WORDS[COMP_CWORD]} command='' place=0 words='' i\n    local commands='", out);
    for (size_t i = 0; i < manual->command_count; i++)
        fprintf(out, "%s%s", i == 0 ? "" : " ", manual->commands[i].name);
    fputs("'\n    COMPREPLY=()\n", out);
    write_values(out, manual);
    write_search(out, manual);
    write_options(out, manual);
    write_places(out, manual);
    fprintf(out, "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\ncomplete -F _%s %s\n", manual->program,
            manual->program);
}
