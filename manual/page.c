/* The page is roff with the macros of man(7). */
#include "manual.h"

#include <ctype.h>
#include <string.h>

/* Text in which nothing is a request or an escape; what is in backticks is bold. */
static void write_text(FILE *out, const char *text, size_t length)
{
    bool start = true, bold = false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (start && (c == '.' || c == '\''))
            fputs("\\&", out);
        start = c == '\n';
        if (c == '`') {
            bold = !bold;
            fputs(bold ? "\\fB" : "\\fR", out);
        } else if (c == '\\') {
            fputs("\\e", out);
        } else if (c == '-') {
            fputs("\\-", out);
        } else {
            fputc(c, out);
        }
    }
}

static void write_all(FILE *out, const char *text)
{
    write_text(out, text, strlen(text));
}

/* Each line a paragraph. */
static void write_paragraphs(FILE *out, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        fputs(".PP\n", out);
        write_text(out, text, length);
        fputc('\n', out);
        text += length + (text[length] == '\n');
    }
}

static void write_option(FILE *out, const ManualOption *option)
{
    fputs(".TP\n", out);
    if (option->letter != '\0')
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", out);
    write_all(out, option->name);
    fputs("\\fR", out);
    if (option->value != NULL)
        fprintf(out, " \\fI%s\\fR", option->value);
    fputc('\n', out);
    write_all(out, option->summary);
    fputc('\n', out);
}

/* Options that not every command has are listed with those that do. */
static bool is_special(const Manual *manual, size_t option)
{
    for (size_t i = 0; i < manual->command_count; i++) {
        if (!manual->takes(i, option))
            return true;
    }
    return false;
}

static void write_command(FILE *out, const Manual *manual, size_t number)
{
    const ManualCommand *command = &manual->commands[number];
    fprintf(out, ".TP\n\\fB%s\\fR", command->name);
    if (command->arguments[0] != '\0') {
        fputs(command->arguments[0] == ' ' ? "" : " ", out);
        write_all(out, command->arguments);
    }
    for (size_t i = 0; i < manual->option_count; i++) {
        if (!is_special(manual, i) || !manual->takes(number, i))
            continue;
        fputs(" [\\fB\\-\\-", out);
        write_all(out, manual->options[i].name);
        fputs("\\fR]", out);
    }
    fputc('\n', out);
    write_all(out, command->summary);
    fputs(".\n", out);
    if (command->more[0] != '\0') {
        write_all(out, command->more);
        fputc('\n', out);
    }
}

static void write_section(FILE *out, const ManualSection *section)
{
    fprintf(out, ".SH %s\n", section->title);
    write_paragraphs(out, section->text);
    for (size_t i = 0; i < section->count; i++) {
        fputs(".TP\n\\fB", out);
        write_all(out, section->items[i].name);
        fputs("\\fR\n", out);
        write_all(out, section->items[i].text);
        fputc('\n', out);
    }
}

void manual_page(FILE *out, const Manual *manual)
{
    fputs(".TH ", out);
    for (const char *c = manual->program; *c != '\0'; c++)
        fputc(toupper((unsigned char) *c), out);
    fprintf(out, " 1 \"\" \"migc\" \"User Commands\"\n.SH NAME\n%s \\- ", manual->program);
    write_all(out, manual->summary);
    fprintf(out, "\n.SH SYNOPSIS\n\\fB%s\\fR ", manual->program);
    write_all(out, manual->synopsis);
    fputs("\n.SH COMMANDS\n", out);
    for (size_t i = 0; i < manual->command_count; i++)
        write_command(out, manual, i);
    fputs(".SH OPTIONS\n", out);
    for (size_t i = 0; i < manual->option_count; i++)
        write_option(out, &manual->options[i]);
    for (size_t i = 0; i < manual->section_count; i++)
        write_section(out, &manual->sections[i]);
}
