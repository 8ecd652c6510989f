/* manual.h: what people and shells are told about a program, made from the tables of its commands: the manual page, and
 * completion for bash, zsh and fish. Both programs use it; all goes to a stream. */
#ifndef MANUAL_H
#define MANUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What a word on the command line can be. */
typedef enum ManualWordKind {
    MANUAL_FREE,     /* anything */
    MANUAL_FOLDER,
    MANUAL_FILE,
    MANUAL_COMMAND,
    MANUAL_CHOICE,   /* one of `choices`, which have spaces between */
    MANUAL_LISTED,   /* a line of what `PROGRAM completion CHOICES` prints */
} ManualWordKind;

/* How the tables write such a word: "NAME". One that is not here is free; "up|down" is a choice by itself. */
typedef struct ManualWord {
    const char *placeholder;
    ManualWordKind kind;
    const char *choices;
} ManualWord;

typedef struct ManualOption {
    const char *name;      /* without "--" */
    char letter;           /* '\0': none */
    const char *value;     /* NULL: a switch */
    const char *summary;
} ManualOption;

typedef struct ManualCommand {
    const char *name;
    const char *arguments; /* "NAME [DIR]" */
    const char *summary;
    const char *more;      /* sentences; "" for none */
} ManualCommand;

typedef struct ManualItem {
    const char *name;
    const char *text;
} ManualItem;

/* A section of the page. */
typedef struct ManualSection {
    const char *title;
    const char *text;         /* paragraphs, each a line */
    const ManualItem *items;  /* behind it */
    size_t count;
} ManualSection;

typedef struct Manual {
    const char *program;
    const char *summary;      /* "migrations for PostgreSQL" */
    const char *synopsis;     /* behind the program's name */
    const ManualCommand *commands;
    size_t command_count;
    const ManualOption *options;
    size_t option_count;
    bool (*takes)(size_t command, size_t option);
    const ManualWord *words;
    size_t word_count;
    const ManualSection *sections;
    size_t section_count;
} Manual;

void manual_page(FILE *out, const Manual *manual);

/* False: there is no such shell. */
bool manual_completion(FILE *out, const Manual *manual, const char *shell);

#endif
