/* The lexer: PostgreSQL's lexical rules (manual, section 4.1; src/backend/parser/scan.l), plus braces.
 *
 * Kinds of tokens are those of the grammar (parser.h, written by bison). White space and comments are skipped. A
 * lexical error is reported once and gives the token error; the lexer then goes on behind it.
 */
#ifndef SYNTAX_LEXER_H
#define SYNTAX_LEXER_H

#include "ast.h"
#include "map.h"

typedef struct Lexer {
    Compilation *c;
    const Map *keywords;   /* spelling → kind, from keywords_new() */
    uint32_t file;
    const char *start;     /* of the file's text */
    const char *cursor;
    const char *limit;
} Lexer;

typedef struct Token {
    int kind;
    Span span;
    Str text;     /* identifiers and keywords: folded; string literals: decoded; else as written */
    bool quoted;  /* a quoted identifier */
} Token;

Lexer lexer_new(Compilation *c, const Map *keywords, uint32_t file);
Token lexer_next(Lexer *lexer);

/* Steps over the comment that comes next. False: a token or the end does, and nothing was stepped over but white
 * space. Called before every lexer_next(), it shows all that the tokens leave out. */
bool lexer_comment(Lexer *lexer, Span *comment);

bool token_is_end(Token token);
bool token_is_keyword(Token token);

/* For SQL, where every word may be a name: */
bool token_is_name(Token token);             /* quoted or not */
bool token_is_word(Token token, Str word);   /* not quoted; the word in lower case */
bool token_is_string(Token token);
bool token_is_sign(Token token, char sign);  /* , . ; ( ) or an operator */
int token_depth(Token token);                /* 1 for an opening parenthesis or square bracket, -1 for a closing one */

/* All tokens of a span that was lexed before without an error. */
typedef LIST(Token) TokenList;
TokenList tokens_within(Compilation *c, const Map *keywords, Span span);

/* "ident", "string", "number", … or the keyword's or the sign's own spelling. */
const char *token_kind_name(int kind);

/* The keywords of the grammar, for lexer_new. */
Map keywords_new(Arena *arena);

#endif
