/* Bodies in PL/pgSQL, read by PostgreSQL's own parser of the language, in libpg_query. */
#include "read_definition.h"

#include <pg_query.h>

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

/* The place of the body, whose first line is that of its opening quote. */
static Span body_line(const DefinitionReader *r, Span body, int line)
{
    Str text = span_text(&r->c->sources, body);
    size_t at = 0;
    for (int i = 1; i < line && at < text.len; at++)
        i += text.data[at] == '\n';
    while (at < text.len && (text.data[at] == ' ' || text.data[at] == '\t'))
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

void check_plpgsql(DefinitionReader *r, Str body)
{
    const char *sql = str_to_c(r->arena, span_text(&r->c->sources, r->statement->span));
    (void) body;
    PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(sql);
    if (result.error != NULL && is_of_syntax(str_from(result.error->message)))
        definition_report(r, M_SQL_SYNTAX, body_line(r, find_body(r), result.error->lineno), "%s",
                          result.error->message);
    pg_query_free_plpgsql_parse_result(result);
}
