/* Bodies in PL/pgSQL, read by PostgreSQL's own parser of the language, in libpg_query. */
#include "read_definition.h"

#include <pg_query.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_LEAK_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_LEAK_SANITIZER
#endif
#endif
#ifdef WITH_LEAK_SANITIZER
#include <sanitizer/lsan_interface.h>
#endif

/* libpg_query's parser knows no schema, so what it says of variables and types need not be so. */
static bool is_of_syntax(Str message)
{
    static const char *const beginnings[] = {"syntax error", "missing", "unterminated", "mismatched", "end label"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (str_starts_with(message, str_from(beginnings[i])))
            return true;
    }
    return false;
}

/* "near line 3" in the context: where the statement begins that was read last. */
static int line_of(const char *context)
{
    const char *near = context == NULL ? NULL : strstr(context, "near line ");
    return near == NULL ? 1 : (int) strtol(near + strlen("near line "), NULL, 10);
}

/* What the message quotes: "syntax error at or near \"x\"". */
static Str quoted_word(Str message)
{
    size_t start = 0;
    while (start < message.len && message.data[start] != '"')
        start++;
    bool found = start + 1 < message.len && str_ends_with(message, STR("\""));
    return found ? str_slice(message, start + 1, message.len - 1) : STR("");
}

static size_t find_word(Str text, size_t at, Str word)
{
    while (at + word.len <= text.len && !str_equal(str_slice(text, at, at + word.len), word))
        at++;
    return at + word.len <= text.len ? at : text.len;
}

/* Where the word stands, at the line or behind it; else the line. */
static Span error_place(const DefinitionReader *r, Span body, int line, Str word)
{
    Str text = span_text(&r->c->sources, body);
    size_t at = 0;
    for (int i = 1; i < line && at < text.len; at++)
        i += text.data[at] == '\n';
    size_t found = word.len == 0 ? text.len : find_word(text, at, word);
    if (found < text.len)
        return (Span) {body.start + (uint32_t) found, body.start + (uint32_t) (found + word.len), body.file};
    while (at < text.len && strchr(" \t\n", text.data[at]) != NULL)
        at++;
    size_t end = at;
    while (end < text.len && text.data[end] != '\n')
        end++;
    return (Span) {body.start + (uint32_t) at, body.start + (uint32_t) end, body.file};
}

static Span find_body(const DefinitionReader *r)
{
    Cursor at = cursor_over(r->statement->tokens, r->statement->span);
    while (!cursor_is_empty(at)) {
        if (cursor_take(&at, "as")) {
            Span body = cursor_string(&at);
            if (body.end > body.start)
                return body;
        } else {
            cursor_next(&at);
        }
    }
    return r->statement->span;
}

/* libpg_query forgets a string of its own where it finds an error. */
static PgQueryPlpgsqlParseResult parse(const char *sql)
{
#ifdef WITH_LEAK_SANITIZER
    __lsan_disable();
#endif
    PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(sql);
#ifdef WITH_LEAK_SANITIZER
    __lsan_enable();
#endif
    return result;
}

void check_plpgsql(DefinitionReader *r)
{
    PgQueryPlpgsqlParseResult result = parse(str_to_c(r->arena, span_text(&r->c->sources, r->statement->span)));
    Str message = result.error == NULL ? STR("") : str_copy(r->arena, str_from(result.error->message));
    if (is_of_syntax(message)) {
        Span place = error_place(r, find_body(r), line_of(result.error->context), quoted_word(message));
        definition_report(r, M_SQL_SYNTAX, place, "%.*s", STR_ARG(message));
    }
    pg_query_free_plpgsql_parse_result(result);
}
