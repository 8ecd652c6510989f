/* A line is `[export] NAME = value`. A value in quotes ends at the same quote, maybe lines later; in double quotes
 * \n, \r, \t, \" and \\ are escapes. Without quotes it ends at ` #` or at the line's end. Lines that are neither this
 * nor empty nor a comment are passed over, as the others do; that a value which matters does not end is an error. */
#include "env_file.h"

#include "memory.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct EnvReader {
    const char *path;
    const char *at;
    unsigned line;
} EnvReader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static void skip_blanks(EnvReader *r)
{
    while (is_blank(*r->at))
        r->at++;
}

static void skip_line(EnvReader *r)
{
    r->at += strcspn(r->at, "\n");
    if (*r->at == '\n') {
        r->at++;
        r->line++;
    }
}

static bool matters(const char *name)
{
    return strcmp(name, "DATABASE_URL") == 0 || strncmp(name, "PG", 2) == 0;
}

/* NULL: the line does not begin with NAME=. To be freed. */
static char *read_name(EnvReader *r)
{
    static const char export[] = "export";
    skip_blanks(r);
    if (strncmp(r->at, export, sizeof(export) - 1) == 0 && is_blank(r->at[sizeof(export) - 1]))
        r->at += sizeof(export) - 1;
    skip_blanks(r);
    const char *start = r->at;
    while (is_name(*r->at))
        r->at++;
    size_t length = (size_t) (r->at - start);
    skip_blanks(r);
    if (length == 0 || *r->at != '=')
        return NULL;
    r->at++;
    skip_blanks(r);
    return memory_slice(start, length);
}

static char unescape(char c)
{
    return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
}

/* NULL: it does not end. To be freed. */
static char *read_quoted(EnvReader *r)
{
    char quote = *r->at++;
    char *value = memory_take(strlen(r->at) + 1, 1);
    size_t length = 0;
    for (; *r->at != '\0' && *r->at != quote; r->at++) {
        r->line += *r->at == '\n';
        bool escape = quote == '"' && *r->at == '\\' && r->at[1] != '\0';
        if (escape)
            r->at++;
        value[length++] = escape ? unescape(*r->at) : *r->at;
    }
    if (*r->at == quote)
        return value;
    free(value);
    return NULL;
}

static char *read_bare(const EnvReader *r)
{
    size_t length = 0;
    while (r->at[length] != '\0' && r->at[length] != '\n' &&
           !(r->at[length] == '#' && (length == 0 || is_blank(r->at[length - 1]))))
        length++;
    while (length > 0 && is_blank(r->at[length - 1]))
        length--;
    return memory_slice(r->at, length);
}

static Outcome read_value(EnvReader *r, const char *name)
{
    unsigned line = r->line;
    bool quoted = *r->at == '"' || *r->at == '\'' || *r->at == '`';
    char *value = quoted ? read_quoted(r) : read_bare(r);
    if (value == NULL && matters(name)) {
        report_error("%s:%u: the value of %s does not end: a quote is missing", r->path, line, name);
        report_help("close it, or leave the file out with --no-env-file");
        return OUTCOME_CONFIGURATION;
    }
    if (value != NULL && matters(name))
        setenv(name, value, 0);
    free(value);
    return OUTCOME_DONE;
}

static Outcome read_all(const char *path, const char *text)
{
    EnvReader reader = {path, text, 1};
    Outcome outcome = OUTCOME_DONE;
    while (*reader.at != '\0' && outcome == OUTCOME_DONE) {
        char *name = read_name(&reader);
        if (name != NULL)
            outcome = read_value(&reader, name);
        free(name);
        skip_line(&reader);
    }
    return outcome;
}

/* Up to a NUL, which no such file has. NULL: it could not be read, and errno says why. To be freed. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return NULL;
    char *text = NULL;
    size_t size = 0;
    bool good = getdelim(&text, &size, '\0', file) >= 0 || feof(file);
    int error = errno;
    fclose(file);
    if (good)
        return text == NULL ? memory_text("") : text;
    free(text);
    errno = error;
    return NULL;
}

Outcome env_file_load(const char *path)
{
    char *text = read_file(path);
    if (text == NULL) {
        if (errno == ENOENT || errno == EISDIR)
            return OUTCOME_DONE;
        report_error("cannot read %s: %s", path, strerror(errno));
        report_help("give its reader the right to, or leave the file out with --no-env-file");
        return OUTCOME_CONFIGURATION;
    }
    Outcome outcome = read_all(path, text);
    free(text);
    return outcome;
}
