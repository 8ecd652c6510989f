/* A text that is put together from words and names, and its shape; private to this folder. */
#ifndef SQL_MADE_TEXT_H
#define SQL_MADE_TEXT_H

#include "schema.h"
#include "text.h"

typedef struct MadeText {
    Arena *arena;
    Expression *expression;
    Text sql, shape;
} MadeText;

MadeText made_text(Arena *arena);
void made_words(MadeText *text, const char *words);
void made_str(MadeText *text, Str words);

/* The name of an object or a column of it; of what an extension brings, `name`. */
void made_name(MadeText *text, ObjectId object, uint32_t part);
void made_member(MadeText *text, ObjectId extension, Str name);

const Expression *made_finish(MadeText *text);

#endif
