/* completion.h: what of the tables the shells' scripts are made of. */
#ifndef MANUAL_COMPLETION_H
#define MANUAL_COMPLETION_H

#include "manual.h"

enum { PLACES_MAX = 3 };  /* words behind a command that are told apart */

/* What the word at that place behind a command can be. `choices` of a choice may have `|` between. */
ManualWord manual_word_at(const Manual *manual, const ManualCommand *command, size_t place);

/* What an option's value can be. */
ManualWord manual_word_of(const Manual *manual, const ManualOption *option);

/* Single words with spaces between, whatever stood between them. */
void manual_choices(FILE *out, const char *choices);

/* A text inside single quotes, as all three shells read it, with `also` escaped by a backslash; '\0': nothing. */
void manual_quoted(FILE *out, const char *text, char also);

void manual_bash(FILE *out, const Manual *manual);
void manual_zsh(FILE *out, const Manual *manual);
void manual_fish(FILE *out, const Manual *manual);

#endif
