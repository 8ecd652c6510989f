/* C's way to write texts: string literals, identifiers, comments. Private to this folder. */
#ifndef EMIT_LITERAL_C_H
#define EMIT_LITERAL_C_H

#include "text.h"

/* What ISO C compilers must accept, NUL not counted. Longer literals are fine in practice, but -Wpedantic says so. */
enum { C_LITERAL_LIMIT = 4095 };

/* The text as adjacent string literals, one a line of the text; those behind the first begin at the indent. Means the
 * same bytes to every compiler of C17, whatever the text holds; it must not hold NUL. */
void add_c_literal(Text *out, Str text, size_t indent);

/* The text as the rest of an identifier: letters, digits and `_` stay, any other byte becomes `_X` and two hex
 * digits, and so does a `_` before an `X`. Different texts give different identifiers. */
void add_c_identifier(Text *out, Str text);

/* The text inside a block comment: nothing in it opens or closes a comment, or starts a line. */
void add_c_comment(Text *out, Str text);

#endif
