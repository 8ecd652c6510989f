/* What the quotes of PostgreSQL's strings and names stand for. */
#ifndef SYNTAX_LITERAL_H
#define SYNTAX_LITERAL_H

#include "text.h"

typedef struct LiteralResult {
    Str value;
    const char *problem;  /* NULL: decoded */
    size_t offset;        /* of the problem, in bytes from the start of the literal */
} LiteralResult;

/* Decodes '…', E'…', U&'…', N'…', "…" and U&"…" (manual, sections 4.1.1 and 4.1.2). B'…' and X'…' are taken as they
 * stand. */
LiteralResult literal_decode(Arena *arena, Str written);

/* The name with ASCII letters in lower case, as downcase_identifier() does for UTF-8. */
Str literal_fold(Arena *arena, Str name);

#endif
