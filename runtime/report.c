/* The caret: the server counts characters of the statement from 1, so the statement is walked in UTF-8 characters up to
 * there. Of a long statement only the lines around the place are shown. */
#include "report.h"

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINES_BEFORE = 4, LINES_AFTER = 2 };

typedef struct Message {
    const char *severity;
    char *text;
} Message;

/* A statement's failure, for --json. */
typedef struct Failure {
    const Migration *migration;
    unsigned line, position;
    char *sql, *sqlstate, *message, *detail, *hint, *context;
} Failure;

/* How messages look belongs to the process, as stderr does; and so do those that are kept for its one object. */
static ReportStyle style;
static bool live;  /* such a line stands at the bottom of the terminal */
static struct {
    Message *items;
    size_t count;
    Failure failure;
} kept;

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
    if (style.json)
        return;
    clear_live();
    PRINT_FORMATTED(stdout);
    fflush(stdout);
}

/* Takes the text over. */
static void keep(const char *severity, char *text)
{
    Message *items = memory_take(kept.count + 1, sizeof(*items));
    if (kept.count > 0)
        memcpy(items, kept.items, kept.count * sizeof(*items));
    free(kept.items);
    kept.items = items;
    kept.items[kept.count++] = (Message) {severity, text};
}

static void print_message(const char *colour, const char *severity, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void print_message(const char *colour, const char *severity, const char *format, va_list arguments)
{
    char *text = NULL;
    clear_live();
    if (vasprintf(&text, format, arguments) < 0)
        memory_exhausted();
    if (style.colour)
        fprintf(stderr, "\033[%sm%s:\033[0m %s\n", colour, severity, text);
    else
        fprintf(stderr, "%s: %s\n", severity, text);
    if (style.json)
        keep(severity, text);
    else
        free(text);
}

#define PRINT_MESSAGE(colour, severity)                      \
    do {                                                     \
        va_list arguments;                                   \
        va_start(arguments, format);                         \
        print_message(colour, severity, format, arguments);  \
        va_end(arguments);                                   \
    } while (0)

void report_error(const char *format, ...)
{
    PRINT_MESSAGE("1;31", "error");
}

void report_warning(const char *format, ...)
{
    PRINT_MESSAGE("1;33", "warning");
}

void report_help(const char *format, ...)
{
    PRINT_MESSAGE("1;36", "help");
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

/* The first failure is the one that counts; the session's texts do not live long. */
static void keep_failure(const Migration *migration, const MigrateStep *step, const SessionError *error)
{
    if (!style.json || kept.failure.migration != NULL)
        return;
    kept.failure = (Failure) {
        .migration = migration,
        .line = step->line,
        .position = error->position,
        .sql = memory_text(step->sql),
        .sqlstate = memory_text(error->sqlstate),
        .message = memory_text(error->message),
        .detail = memory_text(error->detail),
        .hint = memory_text(error->hint),
        .context = memory_text(error->context),
    };
}

void report_step(const Migration *migration, const MigrateStep *step, const SessionError *error)
{
    keep_failure(migration, step, error);
    clear_live();
    fprintf(stderr, "migration file \"%s\" failed\n", migration->stored);
    fprintf(stderr, "%s:%u: %s%s%s: %s\n", migration->file, step->line,
            error->severity == NULL ? "error" : error->severity, error->sqlstate[0] == '\0' ? "" : " ", error->sqlstate,
            error->message);
    print_statement(step->sql, error->position);
    print_fields(error);
}

static void add_failure(Json *json)
{
    const Failure *failure = &kept.failure;
    if (failure->migration == NULL) {
        json_null(json, FIELD_FAILURE);
        return;
    }
    json_object(json, FIELD_FAILURE);
    json_text(json, FIELD_MIGRATION, failure->migration->name);
    json_text(json, FIELD_FILE, failure->migration->file);
    json_number(json, FIELD_LINE, failure->line);
    json_text(json, FIELD_SQL, failure->sql);
    json_text(json, FIELD_SQLSTATE, failure->sqlstate);
    json_text(json, FIELD_MESSAGE, failure->message);
    json_text(json, FIELD_DETAIL, failure->detail);
    json_text(json, FIELD_HINT, failure->hint);
    json_text(json, FIELD_CONTEXT, failure->context);
    json_number(json, FIELD_POSITION, failure->position);
    json_object_end(json);
}

static void forget(void)
{
    Failure *failure = &kept.failure;
    for (size_t i = 0; i < kept.count; i++)
        free(kept.items[i].text);
    free(kept.items);
    free(failure->sql);
    free(failure->sqlstate);
    free(failure->message);
    free(failure->detail);
    free(failure->hint);
    free(failure->context);
}

void report_answer(Json *json)
{
    json_list(json, FIELD_MESSAGES);
    for (size_t i = 0; i < kept.count; i++) {
        json_item(json);
        json_text(json, FIELD_SEVERITY, kept.items[i].severity);
        json_text(json, FIELD_TEXT, kept.items[i].text);
        json_object_end(json);
    }
    json_list_end(json);
    add_failure(json);
    forget();
}
