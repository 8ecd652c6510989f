/* Text to tree. */
#ifndef SYNTAX_SYNTAX_H
#define SYNTAX_SYNTAX_H

#include "ast.h"
#include "fragment.h"
#include "lexer.h"

typedef struct Syntax {
    Compilation *c;
    Map keywords;
} Syntax;

Syntax syntax_new(Compilation *c);

/* False: the file holds bytes that are no UTF-8, or NUL. The first one is reported, and nothing else should be done
 * with the file. */
bool syntax_check_bytes(Syntax *syntax, uint32_t file);

/* Reads a file that was added to the sources. The tree holds what could be read, whatever was reported; NULL when
 * nothing could. A Migration or a Project. */
Node *syntax_parse(Syntax *syntax, uint32_t file);

/* The tokens, a line each: line:column, kind, text. Lexical errors are reported. */
void syntax_dump_tokens(Syntax *syntax, uint32_t file, Text *out);

/* SHA-256 of the file's tokens as 64 hex digits: comments, white space and the case of keywords and unquoted
 * identifiers do not count. What it is may never change, since lock files hold it. Only for a file without lexical
 * errors. */
Str syntax_checksum(Syntax *syntax, uint32_t file);

/* The file of the tree as `migc fmt` writes it. The same tokens, so the same checksum, and all comments; formatting
 * the result changes nothing. Only for a file without syntax errors. */
Str syntax_format(Syntax *syntax, const Node *tree);

/* The span as a fragment: comments dropped, white space folded to single spaces; what stands in strings and quoted
 * identifiers is left alone. */
Fragment syntax_fragment(Syntax *syntax, Span span);

/* The parts between the commas that stand in no bracket. */
typedef LIST(Span) SpanList;
SpanList syntax_split(Syntax *syntax, Span span);

/* From the first token to the last. */
Span syntax_trim(Syntax *syntax, Span span);

#endif
