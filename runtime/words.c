#include "words.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const data[] = {"insert", "update", "delete", "select", "with", "values", "merge", "set", "analyze"};
static const char *const alone[] = {"begin", "start", "commit", "rollback", "end", "abort", "prepare", "savepoint",
                                    "release", "copy", "deallocate", "discard", "call"};

/* Block comments nest. */
static const char *skip_block(const char *sql)
{
    int depth = 0;
    do {
        if (sql[0] == '/' && sql[1] == '*') {
            depth++;
            sql += 2;
        } else if (sql[0] == '*' && sql[1] == '/') {
            depth--;
            sql += 2;
        } else {
            sql++;
        }
    } while (depth > 0 && *sql != '\0');
    return sql;
}

/* What may stand before the first word: white space, comments, and parentheses of a query. */
static const char *skip(const char *sql)
{
    for (;;) {
        if (isspace((unsigned char) *sql) || *sql == '(')
            sql++;
        else if (sql[0] == '-' && sql[1] == '-')
            sql += strcspn(sql, "\n");
        else if (sql[0] == '/' && sql[1] == '*')
            sql = skip_block(sql);
        else
            return sql;
    }
}

static bool begins_with_one_of(const char *sql, const char *const *words, size_t count)
{
    sql = skip(sql);
    size_t length = 0;
    while (isalpha((unsigned char) sql[length]))
        length++;
    for (size_t i = 0; i < count; i++) {
        if (strlen(words[i]) == length && strncasecmp(words[i], sql, length) == 0)
            return true;
    }
    return false;
}

bool words_are_data(const char *sql)
{
    return begins_with_one_of(sql, data, sizeof data / sizeof *data);
}

bool words_are_alone(const char *sql)
{
    return begins_with_one_of(sql, alone, sizeof alone / sizeof *alone);
}
