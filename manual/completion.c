#include "completion.h"

#include <string.h>

static bool is_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '|' && (text[i] < 'a' || text[i] > 'z'))
            return false;
    }
    return length > 0;
}

/* The word without what says that it may be left out or stand more than once. */
static ManualWord word_named(const Manual *manual, const char *text, size_t length)
{
    while (length > 0 && strchr("[<", text[0]) != NULL) {
        text++;
        length--;
    }
    while (length > 0 && strchr("]>.", text[length - 1]) != NULL)
        length--;
    for (size_t i = 0; i < manual->word_count; i++) {
        const ManualWord *word = &manual->words[i];
        if (strlen(word->placeholder) == length && memcmp(word->placeholder, text, length) == 0)
            return *word;
    }
    if (is_plain(text, length) && memchr(text, '|', length) != NULL)
        return (ManualWord) {.placeholder = text, .kind = MANUAL_CHOICE, .choices = text};
    return (ManualWord) {.placeholder = text, .kind = MANUAL_FREE};
}

ManualWord manual_word_at(const Manual *manual, const ManualCommand *command, size_t place)
{
    const char *text = command->arguments;
    for (;;) {
        text += strspn(text, " ");
        size_t length = strcspn(text, " ");
        bool repeated = length > 3 && memcmp(text + length - 3, "...", 3) == 0;
        if (length == 0)
            return (ManualWord) {.placeholder = "", .kind = MANUAL_FREE};
        if (place == 0 || repeated)
            return word_named(manual, text, length);
        place--;
        text += length;
    }
}

ManualWord manual_word_of(const Manual *manual, const ManualOption *option)
{
    return word_named(manual, option->value, strlen(option->value));
}

void manual_choices(FILE *out, const char *choices)
{
    const char *end = strchr(choices, '|') == NULL ? "" : " ]>";
    size_t length = end[0] == '\0' ? strlen(choices) : strcspn(choices, end);
    for (size_t i = 0; i < length; i++)
        fputc(choices[i] == '|' ? ' ' : choices[i], out);
}

void manual_quoted(FILE *out, const char *text, char also)
{
    fputc('\'', out);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'')
            fputs("'\\''", out);
        else if (also != '\0' && *c == also)
            fprintf(out, "\\%c", *c);
        else
            fputc(*c, out);
    }
    fputc('\'', out);
}

bool manual_completion(FILE *out, const Manual *manual, const char *shell)
{
    static const struct {
        const char *name;
        void (*write)(FILE *out, const Manual *manual);
    } shells[] = {{"bash", manual_bash}, {"zsh", manual_zsh}, {"fish", manual_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, shell) != 0)
            continue;
        shells[i].write(out, manual);
        return true;
    }
    return false;
}
