/* The lexer of `.mig` files. PostgreSQL's lexical rules (manual, section 4.1; src/backend/parser/scan.l), plus braces.
 *
 * re2c finds where a token starts and what kind it is; what has no fixed end for a regular expression (nested comments,
 * dollar quotes) or needs decoding (strings) is finished by a function. There are no start conditions. */
#include "lexer.h"
#include "literal.h"
#include "parser.h"

static bool contains_any(const char *start, const char *end, const char *characters)
{
    for (const char *p = start; p < end; p++) {
        if (strchr(characters, *p) != NULL)
            return true;
    }
    return false;
}

/* An operator stops before a comment; and one that ends in + or - gives that back unless it holds a character of which
 * SQL's own operators have none, so that `a=-1` is what it looks like. */
static const char *operator_end(const char *start, const char *end)
{
    for (const char *p = start + 1; p + 1 < end; p++) {
        if ((p[0] == '-' && p[1] == '-') || (p[0] == '/' && p[1] == '*')) {
            end = p;
            break;
        }
    }
    while (end - start > 1 && (end[-1] == '+' || end[-1] == '-') && !contains_any(start, end - 1, "~!@#%^&|`?"))
        end--;
    return end;
}

static Span lexer_span(const Lexer *lexer, const char *start, const char *end)
{
    return (Span) {(uint32_t) (start - lexer->start), (uint32_t) (end - lexer->start), lexer->file};
}

/* Steps over the comment whose slash and star have been read. False: it does not end. */
static bool skip_block_comment(Lexer *lexer)
{
    unsigned depth = 1;
    const char *p = lexer->cursor;
    while (depth > 0 && p + 1 < lexer->limit) {
        if (p[0] == '/' && p[1] == '*') {
            depth++;
            p += 2;
        } else if (p[0] == '*' && p[1] == '/') {
            depth--;
            p += 2;
        } else {
            p++;
        }
    }
    lexer->cursor = depth == 0 ? p : lexer->limit;
    return depth == 0;
}

/* Steps over the body and the closing tag of a dollar quote; start points at the opening tag, which has been read. */
static bool skip_dollar_quote(Lexer *lexer, const char *start)
{
    size_t tag = (size_t) (lexer->cursor - start);
    for (const char *p = lexer->cursor; (size_t) (lexer->limit - p) >= tag; p++) {
        if (*p == '$' && memcmp(p, start, tag) == 0) {
            lexer->cursor = p + tag;
            return true;
        }
    }
    lexer->cursor = lexer->limit;
    return false;
}

/* What the scanner found. Everything but the first three is finished by lexer_next(). */
typedef enum Found {
    FOUND_END, FOUND_TOKEN, FOUND_SPACE, FOUND_WORD, FOUND_QUOTED_WORD, FOUND_STRING, FOUND_OPERATOR, FOUND_DOLLAR,
    FOUND_COMMENT, FOUND_OPEN_STRING, FOUND_OPEN_WORD, FOUND_BAD
} Found;

/* Reads one thing from the cursor. The limit may lie inside the text, between two tokens: the scanner itself looks for
 * the end only where it meets the closing NUL, so a limit is checked before it starts. *kind is the token's kind where
 * FOUND_TOKEN is returned. */
static Found scan(Lexer *lexer, int *kind)
{
    const unsigned char *YYCURSOR = (const unsigned char *) lexer->cursor, *YYMARKER = NULL;
    const unsigned char *YYLIMIT = (const unsigned char *) lexer->limit;
    Found found = FOUND_TOKEN;
    if (lexer->cursor >= lexer->limit)
        return FOUND_END;
    /*!re2c
        re2c:yyfill:enable = 0;
        re2c:eof = 0;
        re2c:encoding:utf8 = 1;
        re2c:define:YYCTYPE = "unsigned char";

        space     = [ \t\n\r\f\v]+ | "\uFEFF";
        line      = "--" [^\n\x00]*;
        high      = [\u0080-\U0010FFFF] \ "\uFEFF";
        start     = [A-Za-z_] | high;
        word      = start (start | [0-9$])*;
        tag       = "$" (start (start | [0-9])*)? "$";
        digits    = [0-9] ("_"? [0-9])*;
        number    = (digits ("." digits?)? | "." digits) ([eE] [-+]? digits)?
                  | "0" [xX] ("_"? [0-9A-Fa-f])+ | "0" [oO] ("_"? [0-7])+ | "0" [bB] ("_"? [01])+;
        plain     = ['] ([^'\x00] | "''")*;
        escaped   = [eE] ['] ([^'\\\x00] | "''" | "\\" [^\x00])*;
        other     = ([bBxXnN] | [uU] "&") ['] ([^'\x00] | "''")*;
        quoted    = ([uU] "&")? ["] ([^"\x00] | ["] ["])*;
        operator  = [-+*/<>=~!@#%^&|`?]+;

        $         { found = FOUND_END; goto done; }
        space     { found = FOUND_SPACE; goto done; }
        line      { found = FOUND_SPACE; goto done; }
        "/*" operator?  { YYCURSOR = (const unsigned char *) lexer->cursor + 2; found = FOUND_COMMENT; goto done; }
        word      { found = FOUND_WORD; goto done; }
        number    { *kind = T_NUMBER; goto done; }
        (plain | escaped | other) [']  { found = FOUND_STRING; goto done; }
        plain | escaped | other        { found = FOUND_OPEN_STRING; goto done; }
        quoted ["] { found = FOUND_QUOTED_WORD; goto done; }
        quoted    { found = FOUND_OPEN_WORD; goto done; }
        tag       { found = FOUND_DOLLAR; goto done; }
        "$" [0-9]+ { *kind = T_PARAMETER; goto done; }
        ";"       { *kind = T_SEMICOLON; goto done; }
        ","       { *kind = T_COMMA; goto done; }
        "."       { *kind = T_DOT; goto done; }
        ":="      { *kind = T_OPERATOR; goto done; }
        "::"      { *kind = T_CAST; goto done; }
        ":"       { *kind = T_COLON; goto done; }
        "("       { *kind = T_LEFT_PAREN; goto done; }
        ")"       { *kind = T_RIGHT_PAREN; goto done; }
        "["       { *kind = T_LEFT_BRACKET; goto done; }
        "]"       { *kind = T_RIGHT_BRACKET; goto done; }
        "{"       { *kind = T_LEFT_BRACE; goto done; }
        "}"       { *kind = T_RIGHT_BRACE; goto done; }
        operator  { found = FOUND_OPERATOR; goto done; }
        *         { found = FOUND_BAD; goto done; }
    */
done:
    lexer->cursor = (const char *) YYCURSOR;
    return found;
}

Lexer lexer_new(Compilation *c, const Map *keywords, uint32_t file)
{
    Str text = source_file(&c->sources, file)->text;
    return (Lexer) {c, keywords, file, text.data, text.data, text.data + text.len};
}

static Token bad_token(Span span)
{
    return (Token) {.kind = T_PARSER_error, .span = span};
}

/* The open quote is the culprit, not the end of the file: the message points there. */
static Token unterminated(Lexer *lexer, Span span, const char *what, const char *closing)
{
    report(lexer->c, M_UNTERMINATED, span_head(span, 2), "this %s is not closed", what);
    help(lexer->c, "close it with %s", closing);
    lexer->cursor = lexer->limit;
    return bad_token(span);
}

/* A line that psql takes for itself, as in what pg_dump writes: `\restrict …`, `\connect …`, the end of COPY's data.
 * Reported whole, and skipped: what follows is read as if it were not there. */
static bool skip_psql_command(Lexer *lexer, const char *start)
{
    Str text = source_file(&lexer->c->sources, lexer->file)->text;
    const char *before = start;
    while (before > text.data && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    if (*start != '\\' || (before > text.data && before[-1] != '\n'))
        return false;
    while (lexer->cursor < lexer->limit && *lexer->cursor != '\n' && *lexer->cursor != '\r')
        lexer->cursor++;
    report(lexer->c, M_BAD_CHARACTER, lexer_span(lexer, start, lexer->cursor),
           "a line that begins with \"\\\" is a command of psql, not SQL");
    help(lexer->c, "remove the line");
    return true;
}

static Token bad_character(Lexer *lexer, Span span)
{
    Str text = span_text(&lexer->c->sources, span);
    unsigned char byte = (unsigned char) text.data[0];
    if (byte >= 0x80)
        report(lexer->c, M_BAD_CHARACTER, span, "byte 0x%02x is not valid UTF-8", (unsigned) byte);
    else if (byte < 0x20)
        report(lexer->c, M_BAD_CHARACTER, span, "control character 0x%02x", (unsigned) byte);
    else
        report(lexer->c, M_BAD_CHARACTER, span, "character \"%c\" means nothing here", byte);
    help(lexer->c, byte >= 0x80 ? "save the file as UTF-8" : "remove it");
    return bad_token(span);
}

static Token word_token(Lexer *lexer, Span span)
{
    Str text = literal_fold(&lexer->c->arena, span_text(&lexer->c->sources, span));
    int keyword = (int) map_get(lexer->keywords, text);
    return (Token) {.kind = keyword == 0 ? T_IDENTIFIER : keyword, .span = span, .text = text};
}

static Token decoded_token(Lexer *lexer, Span span, int kind)
{
    Str written = span_text(&lexer->c->sources, span);
    LiteralResult result = literal_decode(&lexer->c->arena, written);
    if (result.problem != NULL) {
        Span place = {span.start + (uint32_t) result.offset, span.start + (uint32_t) result.offset + 1, span.file};
        report(lexer->c, M_BAD_ESCAPE, place, "%s", result.problem);
        return bad_token(span);
    }
    if (kind == T_IDENTIFIER && result.value.len == 0) {
        report(lexer->c, M_EMPTY_NAME, span, "an empty name");
        return bad_token(span);
    }
    return (Token) {.kind = kind, .span = span, .text = result.value, .quoted = kind == T_IDENTIFIER};
}

static Token dollar_token(Lexer *lexer, const char *start)
{
    const char *body = lexer->cursor;
    size_t tag = (size_t) (body - start);
    if (!skip_dollar_quote(lexer, start)) {
        Str open = {start, tag};
        Span span = lexer_span(lexer, start, lexer->cursor);
        return unterminated(lexer, span, "dollar-quoted string", str_to_c(&lexer->c->arena, open));
    }
    Str text = {body, (size_t) (lexer->cursor - body) - tag};
    return (Token) {.kind = T_STRING, .span = lexer_span(lexer, start, lexer->cursor), .text = text};
}

static Token finish_token(Lexer *lexer, Found found, int kind, const char *start)
{
    Span span = lexer_span(lexer, start, lexer->cursor);
    switch (found) {
    case FOUND_END: return (Token) {.kind = T_YYEOF, .span = span};
    case FOUND_SPACE:
    case FOUND_TOKEN: return (Token) {.kind = kind, .span = span, .text = span_text(&lexer->c->sources, span)};
    case FOUND_WORD: return word_token(lexer, span);
    case FOUND_QUOTED_WORD: return decoded_token(lexer, span, T_IDENTIFIER);
    case FOUND_STRING: return decoded_token(lexer, span, T_STRING);
    case FOUND_DOLLAR: return dollar_token(lexer, start);
    case FOUND_OPERATOR:
        lexer->cursor = operator_end(start, lexer->cursor);
        return finish_token(lexer, FOUND_TOKEN, T_OPERATOR, start);
    case FOUND_COMMENT: return unterminated(lexer, span, "comment", "*/");
    case FOUND_OPEN_STRING: return unterminated(lexer, span, "string", "'");
    case FOUND_OPEN_WORD: return unterminated(lexer, span, "quoted name", "\"");
    case FOUND_BAD: return bad_character(lexer, span);
    }
    return bad_token(span);
}

Token lexer_next(Lexer *lexer)
{
    const char *start;
    int kind = 0;
    Found found;
    do {
        start = lexer->cursor;
        found = scan(lexer, &kind);
    } while (found == FOUND_SPACE || (found == FOUND_COMMENT && skip_block_comment(lexer)) ||
             (found == FOUND_BAD && skip_psql_command(lexer, start)));
    return finish_token(lexer, found, kind, start);
}

bool lexer_comment(Lexer *lexer, Span *comment)
{
    const char *start;
    int kind = 0;
    Found found;
    do {
        start = lexer->cursor;
        found = scan(lexer, &kind);
    } while (found == FOUND_SPACE && *start != '-');
    bool is_comment = found == FOUND_SPACE || (found == FOUND_COMMENT && skip_block_comment(lexer));
    *comment = lexer_span(lexer, start, lexer->cursor);
    if (!is_comment)
        lexer->cursor = start;
    return is_comment;
}

bool token_is_end(Token token)
{
    return token.kind == T_YYEOF;
}
