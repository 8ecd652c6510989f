/* Bodies in PL/pgSQL, read by PostgreSQL's own parser of the language, in libpg_query. */
#include "plpgsql.h"

#include "define.h"

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

/* libpg_query's parser knows no schema, and not all variables, so what it says of these need not be so. What it says of
 * the words is: messages that begin and end like that. */
static bool is_of_syntax(Str message)
{
    static const struct {
        const char *beginning, *end;
    } known[] = {
        {"syntax error", ""}, {"missing", ""}, {"unterminated", ""}, {"mismatched", ""}, {"end label", ""},
        {"block label", ""}, {"there is no label", ""}, {"EXIT cannot", ""}, {"CONTINUE cannot", ""},
        {"cannot use RETURN", ""}, {"duplicate declaration", ""}, {"variable", "CONSTANT"}, {"variable", "NOT NULL"},
        {"too few parameters", "RAISE"}, {"too many parameters", "RAISE"}, {"unrecognized RAISE", ""},
        {"unrecognized exception", ""}, {"invalid SQLSTATE", ""}, {"unrecognized GET", ""}, {"diagnostics item", ""},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_starts_with(message, str_from(known[i].beginning)) && str_ends_with(message, str_from(known[i].end)))
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
static Span error_place(Compilation *c, Span body, int line, Str word)
{
    Str text = span_text(&c->sources, body);
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

Span find_body(const DefinitionReader *r)
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

/* ------------------------------------------------------------------ what the body names */

/* The text of a JSON string, which ends at *at then. */
static Str json_string(Arena *arena, const char **at)
{
    Text text = text_new(arena);
    for (; **at != '"' && **at != '\0'; (*at)++) {
        if (**at == '\\' && (*at)[1] != '\0') {
            (*at)++;
            text_add_char(&text, **at == 'n' ? '\n' : **at == 't' ? '\t' : **at == 'r' ? '\r' : **at);
        } else {
            text_add_char(&text, **at);
        }
    }
    return text_str(&text);
}

static bool note_relation(void *context, const ProtobufCMessage *message)
{
    DefinitionReader *r = context;
    if (!tree_is(message, pg_query__range_var))
        return true;
    const PgQuery__RangeVar *relation = (const PgQuery__RangeVar *) message;
    Str name = str_from(relation->relname), qualifier = str_from(relation->schemaname);
    const Object *object = schema_named(r->schema, NAMES_RELATION, qualifier, name);
    const Table *table = object_is_relation(object) ? (const Table *) object : NULL;
    Definition *d = r->out->definition;
    if (table != NULL && str_equal(table->object.name, name))
        list_push(r->arena, &d->mentions, (Mention) {table->object.id, 0, d->object.created});
    return true;
}

/* libpg_query's answer has the statements and expressions of the body as strings. Those that are not a statement by
 * themselves, such as assignments, name no relation but in subqueries, and are left out. */
static void note_relations(DefinitionReader *r, const char *json)
{
    static const char mark[] = "\"query\":\"";
    for (const char *at = json; (at = strstr(at, mark)) != NULL;) {
        at += sizeof mark - 1;
        Fragment fragment = {.sql = json_string(r->arena, &at), .span = r->statement->span};
        const PgQuery__ParseResult *tree = tree_try(r->sql, &fragment);
        if (tree != NULL)
            tree_walk(&tree->base, note_relation, r);
    }
}

static bool gives_parameters(const Routine *routine)
{
    bool some = false;
    for (size_t i = 0; i < routine->parameters.count; i++) {
        ParameterMode mode = routine->parameters.items[i].mode;
        some = some || mode == PARAMETER_OUT || mode == PARAMETER_INOUT || mode == PARAMETER_TABLE;
    }
    return some;
}

/* The statement, with its body as libpg_query understands it. */
static Str statement_text(Compilation *c, const PlpgsqlBody *body)
{
    Span whole = body->statement->span, literal = body->literal;
    if (literal.end - literal.start == whole.end - whole.start)
        return span_text(&c->sources, whole);
    Str known = define_literal(&c->arena, plpgsql_text(&c->arena, body->text, body->gives_parameters));
    Str before = span_text(&c->sources, (Span) {whole.start, literal.start, whole.file});
    Str after = span_text(&c->sources, (Span) {literal.end, whole.end, whole.file});
    return str_format(&c->arena, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(known), STR_ARG(after));
}

bool plpgsql_check(Compilation *c, const PlpgsqlBody *body, DefinitionReader *reader)
{
    PgQueryPlpgsqlParseResult result = parse(str_to_c(&c->arena, statement_text(c, body)));
    Str message = result.error == NULL ? STR("") : str_copy(&c->arena, str_from(result.error->message));
    bool fine = !is_of_syntax(message);
    if (!fine) {
        Span place = error_place(c, body->literal, line_of(result.error->context), quoted_word(message));
        report(c, M_SQL_SYNTAX, place, "%.*s", STR_ARG(message));
    }
    if (result.error == NULL && reader != NULL)
        note_relations(reader, result.plpgsql_funcs);
    pg_query_free_plpgsql_parse_result(result);
    return fine;
}

void check_plpgsql(DefinitionReader *r, const Routine *routine, Str text)
{
    PlpgsqlBody body = {r->statement, find_body(r), text, gives_parameters(routine)};
    r->refused = !plpgsql_check(r->c, &body, r) || r->refused;
}
