/* The caret: the server counts characters of the statement from 1, so the statement is walked in UTF-8 characters up to
 * there. Of a long statement only the lines around the place are shown. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINES_BEFORE = 4, LINES_AFTER = 2 };

static ReportStyle style;
static bool live;  /* such a line stands at the bottom of the terminal */

void report_style(ReportStyle wanted)
{
    style = wanted;
}

static bool is_character_start(char c)
{
    return ((unsigned char) c & 0xC0) != 0x80;
}

static void clear_live(void)
{
    if (live)
        fputs("\r\033[K", stderr);
    live = false;
}

#define PRINT_FORMATTED(stream)                  \
    do {                                         \
        va_list arguments;                       \
        va_start(arguments, format);             \
        vfprintf(stream, format, arguments);     \
        va_end(arguments);                       \
        fputc('\n', stream);                     \
    } while (0)

/* stdout is flushed line by line, so that it stays in order with stderr where both go to one file. */
void report_result(const char *format, ...)
{
    clear_live();
    PRINT_FORMATTED(stdout);
    fflush(stdout);
}

static void print_label(const char *colour, const char *label)
{
    clear_live();
    if (style.colour)
        fprintf(stderr, "\033[%sm%s:\033[0m ", colour, label);
    else
        fprintf(stderr, "%s: ", label);
}

void report_error(const char *format, ...)
{
    print_label("1;31", "error");
    PRINT_FORMATTED(stderr);
}

void report_warning(const char *format, ...)
{
    print_label("1;33", "warning");
    PRINT_FORMATTED(stderr);
}

void report_help(const char *format, ...)
{
    print_label("1;36", "help");
    PRINT_FORMATTED(stderr);
}

void report_progress(const char *format, ...)
{
    clear_live();
    if (!style.quiet)
        PRINT_FORMATTED(stderr);
}

/* Wider lines would be broken by the terminal, and the second half stay. The text is ASCII but for names. */
static size_t terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return 80;
    return size.ws_col;
}

static size_t clip(const char *text, size_t columns)
{
    size_t length = 0, characters = 0;
    for (; text[length] != '\0'; length++) {
        if (is_character_start(text[length]) && ++characters > columns)
            break;
    }
    return length;
}

bool report_is_live(void)
{
    return style.terminal && !style.quiet;
}

void report_live(const char *text)
{
    clear_live();
    if (text == NULL || style.quiet)
        return;
    if (!style.terminal) {
        report_progress("%s", text);
        return;
    }
    fprintf(stderr, "%.*s", (int) clip(text, terminal_columns() - 1), text);
    fflush(stderr);
    live = true;
}

void report_notice(const char *severity, const char *message)
{
    clear_live();
    if (!style.quiet)
        fprintf(stderr, "  %s: %s\n", severity, message);
}

static void print_field(const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0')
        fprintf(stderr, "%s: %s\n", name, text);
}

static void print_fields(const SessionError *error)
{
    print_field("DETAIL", error->detail);
    print_field("HINT", error->hint);
    print_field("QUERY", error->query);
    print_field("CONTEXT", error->context);
}

void report_session(const char *what, const Session *session)
{
    const SessionError *error = session_error(session);
    if (error->sqlstate[0] != '\0')
        report_error("%s: %s %s: %s", what, error->severity == NULL ? "ERROR" : error->severity, error->sqlstate,
                     error->message);
    else
        report_error("%s: %s", what, error->message);
    print_fields(error);
}

/* Byte offset of the 1-based character `position`; the end when the statement is shorter. */
static size_t character_offset(const char *sql, unsigned position)
{
    size_t offset = 0;
    unsigned characters = 0;
    for (; sql[offset] != '\0'; offset++) {
        characters += is_character_start(sql[offset]);
        if (characters == position)
            break;
    }
    return offset;
}

static const char *line_begin(const char *text, const char *place)
{
    while (place > text && place[-1] != '\n')
        place--;
    return place;
}

static const char *line_end(const char *place)
{
    return place + strcspn(place, "\n");
}

static void print_line(const char *line)
{
    fprintf(stderr, "  %.*s\n", (int) strcspn(line, "\n"), line);
}

static void print_caret(const char *line, const char *place)
{
    fputs("  ", stderr);
    for (const char *c = line; c < place; c++) {
        if (is_character_start(*c))
            fputc(*c == '\t' ? '\t' : ' ', stderr);
    }
    fputs("^\n", stderr);
}

static void print_statement(const char *sql, unsigned position)
{
    const char *place = sql + character_offset(sql, position == 0 ? 1 : position);
    const char *wanted = line_begin(sql, place);
    const char *line = wanted;
    for (int i = 0; i < LINES_BEFORE && line > sql; i++)
        line = line_begin(sql, line - 1);
    if (line > sql)
        fputs("  ...\n", stderr);
    for (int after = 0; after <= LINES_AFTER; line = line_end(line) + 1) {
        print_line(line);
        if (line == wanted && position > 0)
            print_caret(line, place);
        after += line >= wanted;
        if (*line_end(line) == '\0')
            return;
    }
    fputs("  ...\n", stderr);
}

void report_step(const Migration *migration, const MigrateStep *step, const SessionError *error)
{
    clear_live();
    fprintf(stderr, "migration file \"%s\" failed\n", migration->stored);
    fprintf(stderr, "%s:%u: %s%s%s: %s\n", migration->file, step->line,
            error->severity == NULL ? "error" : error->severity, error->sqlstate[0] == '\0' ? "" : " ", error->sqlstate,
            error->message);
    print_statement(step->sql, error->position);
    print_fields(error);
}
