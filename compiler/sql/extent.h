/* Where the parts of a statement begin and end; private to this folder.
 *
 * PostgreSQL's tree says what a statement means, and where most of its parts begin, but not where they end. The end
 * follows from the tokens. A cursor goes over a part of a statement that the parser has accepted: it takes words,
 * names and what stands in parentheses, and looks for words outside of all brackets.
 */
#ifndef SQL_EXTENT_H
#define SQL_EXTENT_H

#include "syntax.h"

/* The tokens of a block. */
typedef struct Tokens {
    Compilation *c;
    TokenList list;
    LIST(size_t) partners;  /* of an opening bracket the closing one; else the token itself */
    uint32_t base;          /* what the locations of the tree count from, in the file */
    uint32_t file;
    bool unchecked;         /* what is not followed is noted only, */
    bool refused;           /* here */
} Tokens;

/* A part: the tokens from `at` up to `end`. */
typedef struct Cursor {
    Tokens *tokens;
    size_t at, end;
} Cursor;

Tokens *tokens_read(Syntax *syntax, Span body);

/* What stands at the place is not followed. */
void tokens_refuse(Tokens *tokens, Span span, const char *what, const char *help_text);

Cursor cursor_over(Tokens *tokens, Span span);
Span cursor_span(Cursor cursor);   /* of what is left; empty, where the cursor stands, at its end */
bool cursor_is_empty(Cursor cursor);

/* ------------------------------------------------------------------ words; several are separated by one blank */

bool cursor_is(Cursor cursor, const char *words);
bool cursor_is_sign(Cursor cursor, char sign);

/* Steps over the words. False: others stand there, and the cursor has not moved. */
bool cursor_take(Cursor *cursor, const char *words);
Span cursor_take_span(Cursor *cursor, const char *words);  /* the same; zeroed: they do not stand there */

/* Goes to the first place outside of all brackets where the words stand. False: nowhere; it has not moved. */
bool cursor_seek(Cursor *cursor, const char *words);
bool cursor_seek_sign(Cursor *cursor, char sign);    /* goes behind it */
Cursor cursor_before_sign(Cursor *cursor, char sign);  /* what lies before it */
Span cursor_find(Cursor cursor, const char *words);   /* where that is; zeroed: nowhere */

/* ------------------------------------------------------------------ parts */

/* What lies before the words, or before the location of the tree; all that is left where neither comes. The cursor
 * goes to the end of what was taken. */
Cursor cursor_before(Cursor *cursor, const char *words);
Cursor cursor_before_location(Cursor *cursor, int32_t location);

/* The inside of the parentheses that open here; the cursor goes behind them. */
Cursor cursor_inside(Cursor *cursor);

/* Up to the next comma outside of brackets, which is stepped over; empty at the end. */
Cursor cursor_item(Cursor *cursor);

/* The same with semicolons. */
Cursor cursor_statement(Cursor *cursor);

/* Up to where the next element of CREATE SCHEMA begins. */
Cursor cursor_element(Cursor *cursor);

/* The string here, which may go on in further tokens: its place. */
Span cursor_string(Cursor *cursor);

/* Ends the part before a last word `cascade` or `restrict`; one of the first `least` tokens is a name. */
void cursor_end_before_behavior(Cursor *cursor, size_t least);

/* The next token, whatever it is. */
Span cursor_next(Cursor *cursor);

/* ------------------------------------------------------------------ names */

/* A name that stands here; not written where none does. */
Word cursor_word(Cursor *cursor);
Word cursor_number(Cursor *cursor);  /* likewise, of a number */

/* The name that the part ends in; the part ends before it then. */
Word cursor_last_word(Cursor *cursor);

/* [schema.]name */
Ref cursor_ref(Cursor *cursor);

/* All names of a list. */
WordList cursor_words(Cursor cursor);
RefList cursor_refs(Cursor cursor);

#endif
