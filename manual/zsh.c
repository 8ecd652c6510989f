#include "completion.h"

static void write_action(FILE *out, ManualWord word)
{
    switch (word.kind) {
    case MANUAL_FREE: fputs("return", out); return;
    case MANUAL_FOLDER: fputs("_files -/", out); return;
    case MANUAL_FILE: fputs("_files", out); return;
    case MANUAL_COMMAND: fputs("_describe -t commands command commands", out); return;
    case MANUAL_CHOICE:
        fputs("compadd -- ", out);
        manual_choices(out, word.choices);
        return;
    case MANUAL_LISTED:
        fprintf(out, "compadd -- ${(f)\"$(${words[1]} completion %s 2> /dev/null)\"}", word.choices);
        return;
    }
}

static void write_option_names(FILE *out, const ManualOption *option)
{
    fprintf(out, "--%s", option->name);
    if (option->letter != '\0')
        fprintf(out, "|-%c", option->letter);
}

/* A name and what it does, as _describe takes them. */
static void write_described(FILE *out, const char *dashes, const char *name, const char *summary)
{
    fprintf(out, "        %s%s:", dashes, name);
    manual_quoted(out, summary, ':');
    fputc('\n', out);
}

static void write_values(FILE *out, const Manual *manual)
{
    fputs("    case ${words[CURRENT - 1]} in\n", out);
    for (size_t i = 0; i < manual->option_count; i++) {
        if (manual->options[i].value == NULL)
            continue;
        fputs("    (", out);
        write_option_names(out, &manual->options[i]);
        fputs(") ", out);
        write_action(out, manual_word_of(manual, &manual->options[i]));
        fputs("; return ;;\n", out);
    }
    fputs("    esac\n", out);
}

static void write_search(FILE *out, const Manual *manual)
{
    bool first = true;
    fputs("    for ((i = 2; i < CURRENT; i++)); do\n        case ${words[i]} in\n        (", out);
    for (size_t i = 0; i < manual->option_count; i++) {
        if (manual->options[i].value == NULL)
            continue;
        fputs(first ? "" : "|", out);
        write_option_names(out, &manual->options[i]);
        first = false;
    }
    fputs(") i=$((i + 1)) ;;\n        (-*) ;;\n"
          "        (*) if [[ -z $command ]]; then command=${words[i]}; else place=$((place + 1)); fi ;;\n"
          "        esac\n    done\n", out);
}

static void write_options(FILE *out, const Manual *manual)
{
    fputs("    if [[ ${words[CURRENT]} == -* ]]; then\n        case $command in\n", out);
    for (size_t i = 0; i < manual->command_count; i++) {
        fprintf(out, "        (%s) options=(\n", manual->commands[i].name);
        for (size_t j = 0; j < manual->option_count; j++) {
            if (manual->takes(i, j))
                write_described(out, "--", manual->options[j].name, manual->options[j].summary);
        }
        fputs("        ) ;;\n", out);
    }
    fputs("        (*) options=(\n", out);
    for (size_t j = 0; j < manual->option_count; j++)
        write_described(out, "--", manual->options[j].name, manual->options[j].summary);
    fputs("        ) ;;\n        esac\n        _describe -t options option options\n        return\n    fi\n", out);
}

static void write_places(FILE *out, const Manual *manual)
{
    fputs("    case ${command#*:}:$place in\n    (:0) _describe -t commands command commands ;;\n", out);
    for (size_t i = 0; i < manual->command_count; i++) {
        for (size_t place = 0; place < PLACES_MAX; place++) {
            ManualWord word = manual_word_at(manual, &manual->commands[i], place);
            if (word.kind == MANUAL_FREE)
                continue;
            fprintf(out, "    (%s:%zu) ", manual->commands[i].name, place);
            write_action(out, word);
            fputs(" ;;\n", out);
        }
    }
    fputs("    esac\n", out);
}

void manual_zsh(FILE *out, const Manual *manual)
{
    fprintf(out, "#compdef %s\n# zsh completion of %s, written by `%s completion zsh`.\n_%s() {\n", manual->program,
            manual->program, manual->program, manual->program);
    fputs("    local command='' place=0 i\n    local -a commands options\n    commands=(\n", out);
    for (size_t i = 0; i < manual->command_count; i++)
        write_described(out, "", manual->commands[i].name, manual->commands[i].summary);
    fputs("    )\n", out);
    write_values(out, manual);
    write_search(out, manual);
    write_options(out, manual);
    write_places(out, manual);
    fprintf(out, "}\n_%s \"$@\"\n", manual->program);
}
