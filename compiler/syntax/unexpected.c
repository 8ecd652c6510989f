/* Syntax errors. The parser knows what it could have read; this chooses what of that is worth saying, where to
 * point, and what was probably meant. */
#include "parser_support.h"

void expected_add(Expected *expected, int kind)
{
    if (kind >= 0 && kind <= T_KEYWORD_LAST)
        expected->kinds[kind] = true;
}

static bool is_word(int kind)
{
    return kind == T_IDENTIFIER || (kind > T_KEYWORD_FIRST && kind < T_KEYWORD_LAST);
}

/* ------------------------------------------------------------------ what was expected */

/* Inside a fragment of SQL nearly everything may follow: only what would end it is worth naming. */
static bool belongs_to_sql(int kind)
{
    return is_word(kind) || kind == T_STRING || kind == T_NUMBER || kind == T_OPERATOR || kind == T_COLON ||
           kind == T_CAST || kind == T_PARAMETER || kind == T_LEFT_PAREN || kind == T_LEFT_BRACKET;
}

/* Where `alter …` goes on. Words that may be a name are expected together, and `action` begins nothing. */
static bool expects_action(const Expected *expected)
{
    bool begins = expected->kinds[T_RENAME] || expected->kinds[T_UPDATE] || expected->kinds[T_TYPE];
    return begins && expected->kinds[T_IDENTIFIER] && !expected->kinds[T_ACTION] && !expected->kinds[T_CREATE];
}

static bool expects_statement(const Expected *expected)
{
    return expected->kinds[T_CREATE] && !expected->kinds[T_OPERATOR];
}

static bool is_hidden(const Expected *expected, int kind)
{
    if (kind == T_PARSER_error || kind == T_KEYWORD_FIRST || kind == T_KEYWORD_LAST || kind == T_DOT)
        return true;
    if (kind == T_SEMICOLON && expects_statement(expected))
        return true;
    if (expected->kinds[T_OPERATOR])
        return belongs_to_sql(kind);
    if (expected->kinds[T_CREATE] || expected->kinds[T_UP] || expects_action(expected))
        return is_word(kind);
    if (expected->kinds[T_IDENTIFIER])
        return is_word(kind) && !keyword_is_reserved(kind);
    return false;
}

static Str describe_kind(Arena *arena, int kind)
{
    if (kind == T_YYEOF)
        return STR("the end of the file");
    if (kind == T_STRING)
        return STR("a string");
    if (kind == T_NUMBER)
        return STR("a number");
    return str_format(arena, "`%s`", token_kind_name(kind));
}

/* The class of tokens that the place asks for, in a word. */
static const char *expected_class(const Expected *expected)
{
    if (expected->kinds[T_OPERATOR])
        return "SQL";
    if (expected->kinds[T_CREATE])
        return "a statement";
    if (expected->kinds[T_UP] && !expected->kinds[T_IDENTIFIER])
        return "`up { … }`";
    if (expects_action(expected))
        return "an action";
    return expected->kinds[T_IDENTIFIER] ? "a name" : NULL;
}

static Str join_with_or(Arena *arena, StrList parts)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < parts.count; i++)
        text_addf(&text, "%s%.*s", i == 0 ? "" : i + 1 == parts.count ? " or " : ", ", STR_ARG(parts.items[i]));
    return text_str(&text);
}

/* "a name or `;`": at most a handful, else nothing. */
static Str describe_expected(Arena *arena, const Expected *expected)
{
    enum { MOST = 5 };
    StrList parts = {0};
    const char *class = expected_class(expected);
    if (class != NULL)
        list_push(arena, &parts, str_from(class));
    for (int kind = 0; kind <= T_KEYWORD_LAST; kind++) {
        if (expected->kinds[kind] && !is_hidden(expected, kind))
            list_push(arena, &parts, describe_kind(arena, kind));
    }
    return parts.count > MOST ? STR("") : join_with_or(arena, parts);
}

static Str describe_token(Arena *arena, Token token)
{
    if (token.kind == T_IDENTIFIER || token.kind == T_NUMBER || token.kind == T_OPERATOR)
        return str_format(arena, "\"%.*s\"", STR_ARG(token.text));
    return describe_kind(arena, token.kind);
}

/* ------------------------------------------------------------------ where */

static uint32_t line_of(Parser *p, Span span, uint32_t offset)
{
    return span_position(&p->c->arena, &p->c->sources, span.file, offset).line;
}

/* Where something is missing at the end of a line or of the file, the place is behind what was read, not on a later
 * line. */
static Span unexpected_place(Parser *p, const Expected *expected)
{
    Span found = p->last.span, before = p->previous.span;
    bool between = expects_statement(expected);  /* a `;` there would end nothing */
    if (!span_is_known(before) || (!token_is_end(p->last) && (!expected->kinds[T_SEMICOLON] || between)))
        return found;
    if (line_of(p, before, before.end) == line_of(p, found, found.start))
        return found;
    return (Span) {before.end, before.end, before.file};
}

static bool opens(int kind)
{
    return kind == T_LEFT_BRACE || kind == T_LEFT_PAREN || kind == T_LEFT_BRACKET;
}

static bool closes(int kind)
{
    return kind == T_RIGHT_BRACE || kind == T_RIGHT_PAREN || kind == T_RIGHT_BRACKET;
}

/* The innermost bracket that is open where the parser stands; its kind is T_YYEOF when there is none. What the
 * second look at the tokens reports has been reported by the first. */
static Token innermost_open(Parser *p)
{
    LIST(Token) open = {0};
    size_t reports = p->c->reports.count, errors = p->c->errors;
    Lexer lexer = lexer_new(p->c, p->lexer.keywords, p->lexer.file);
    for (Token token = lexer_next(&lexer); token.span.start < p->last.span.start; token = lexer_next(&lexer)) {
        if (opens(token.kind))
            list_push(&p->c->arena, &open, token);
        else if (closes(token.kind) && open.count > 0)
            open.count--;
    }
    p->c->reports.count = reports;
    p->c->errors = errors;
    return open.count == 0 ? (Token) {.kind = T_YYEOF} : open.items[open.count - 1];
}

/* Shows what was opened where something else came instead of its end. A brace may hold anything: only the end of the
 * file shows that its end is missing. */
static void label_open_bracket(Parser *p, const Expected *expected)
{
    bool list = expected->kinds[T_RIGHT_PAREN] || expected->kinds[T_RIGHT_BRACKET];
    bool ended = p->last.kind == T_SEMICOLON || closes(p->last.kind);
    if (!token_is_end(p->last) && !(list && ended))
        return;
    Token open = innermost_open(p);
    if (opens(open.kind))
        label(p->c, open.span, "not closed");
}

/* ------------------------------------------------------------------ what was meant */

/* A keyword that was expected and is close to the name that was found; NULL when there is none. */
static const char *close_keyword(Parser *p, const Expected *expected)
{
    if (p->last.kind != T_IDENTIFIER || expected->kinds[T_IDENTIFIER])
        return NULL;
    for (int kind = T_KEYWORD_FIRST + 1; kind < T_KEYWORD_LAST; kind++) {
        Str spelling = str_from(token_kind_name(kind));
        size_t most = spelling.len <= 3 ? 1 : 2;
        if (expected->kinds[kind] && str_distance(p->last.text, spelling) <= most)
            return token_kind_name(kind);
    }
    return NULL;
}

/* `if` may be a name: then it is what follows that is not expected. */
static bool writes_if_exists(Parser *p)
{
    bool behind_if = str_is(p->previous.text, "if");
    return str_is(p->last.text, "if") || (behind_if && (p->last.kind == T_NOT || str_is(p->last.text, "exists")));
}

/* The words that begin what can be done here. */
static void help_with_actions(Parser *p, const Expected *expected)
{
    Text list = text_new(&p->c->arena);
    for (int kind = T_KEYWORD_FIRST + 1; kind < T_KEYWORD_LAST; kind++) {
        if (expected->kinds[kind])
            text_addf(&list, "%s%s", list.len == 0 ? "" : ", ", token_kind_name(kind));
    }
    Str words = text_str(&list);
    help(p->c, "what can be done begins with one of: %.*s", STR_ARG(words));
}

static void help_with_unexpected(Parser *p, const Expected *expected, bool line_ended)
{
    const char *meant = close_keyword(p, expected);
    int found = p->last.kind;
    if (writes_if_exists(p))
        help(p->c, "there is no `if exists`: the compiler knows what exists");
    else if (meant != NULL)
        help(p->c, "did you mean `%s`?", meant);
    else if (expects_action(expected))
        help_with_actions(p, expected);
    else if (expects_statement(expected) && found == T_WITH)
        help(p->c, "a query stands inside `sql { … }`");
    else if (expected->kinds[T_OPERATOR] && found == T_NOT && p->previous.kind == T_DEFAULT)
        help(p->c, "put the expression in parentheses: `(not …)`");
    else if (expected->kinds[T_SEMICOLON] && line_ended)
        help(p->c, "end it with `;`");
    else if (expected->kinds[T_SEMICOLON] && found == T_COMMA)
        help(p->c, "every item ends with `;`");
    else if (expected->kinds[T_LEFT_BRACE] && found == T_LEFT_PAREN)
        help(p->c, "what it holds stands in braces, and every item ends with `;`");
    else if (expected->kinds[T_LEFT_BRACE] && !expected->kinds[T_PARTITION] && found == T_AS)
        help(p->c, "an enum is `create enum NAME ('…', …);`, and the attributes of a type stand in braces");
    else if (expected->kinds[T_CASCADE] && found == T_RESTRICT)
        help(p->c, "leave it out: what something else depends on is not dropped without `cascade`");
    else if (found == T_SEMICOLON && p->previous.kind == T_RIGHT_BRACE)
        help(p->c, "no `;` follows a `}`");
    else if (expected->kinds[T_UP] && (found == T_CREATE || found == T_ALTER || found == T_DROP || found == T_SQL))
        help(p->c, "statements stand inside `up { … }` and `down { … }`");
    else if (expected->kinds[T_IDENTIFIER] && !expected->kinds[T_OPERATOR] && keyword_is_reserved(found))
        help(p->c, "%.*s is a reserved word: as a name, write it in double quotes", STR_ARG(p->last.text));
}

void report_unexpected(Parser *p, const Expected *expected)
{
    Arena *arena = &p->c->arena;
    Str wanted = describe_expected(arena, expected), found = describe_token(arena, p->last);
    Span place = unexpected_place(p, expected);
    if (wanted.len > 0)
        report(p->c, M_SYNTAX, place, "expected %.*s, found %.*s", STR_ARG(wanted), STR_ARG(found));
    else if (expected->kinds[T_SEMICOLON])
        report(p->c, M_SYNTAX, place, "expected `;` or a further clause, found %.*s", STR_ARG(found));
    else
        report(p->c, M_SYNTAX, place, "unexpected %.*s", STR_ARG(found));
    label_open_bracket(p, expected);
    help_with_unexpected(p, expected, place.start != p->last.span.start);
}
