/* The text of a definition, put together from spans of the statement and from expressions that were read; private to
 * this folder. */
#ifndef SQL_DEFINITION_TEXT_H
#define SQL_DEFINITION_TEXT_H

#include "tree.h"

/* A place in the file that names something. */
typedef struct SpanUse {
    Span span;
    Use use;               /* its offset and length follow from the span */
    int32_t location;      /* of the node of the tree that it belongs to; -1: none */
} SpanUse;

typedef struct TextPiece {
    Span span;             /* as it stands in the file, or */
    Str made;              /* made up; data == NULL: a span, or */
    const Expression *expression;
} TextPiece;

/* What stands for a part of the tree in the shape. */
typedef struct TreeShape {
    const ProtobufCMessage *tree;
    const Expression *expression;
} TreeShape;

/* A part of the file that something else stands for. */
typedef struct Replaced {
    Span span;
    const Expression *expression;
} Replaced;

typedef struct DefinitionText {
    Arena *arena;
    Sources *sources;
    LIST(TextPiece) pieces;
    LIST(SpanUse) uses;
    LIST(TreeShape) shapes;
    LIST(Replaced) replaced;
} DefinitionText;

void text_take(DefinitionText *text, Span span);
void text_make(DefinitionText *text, Str sql);
void text_take_expression(DefinitionText *text, const Expression *expression, const ProtobufCMessage *tree);
void text_use(DefinitionText *text, Span span, int32_t location, ObjectId object, uint32_t part, UseForm form);

/* Wherever the span is taken, in a larger one, the expression stands for it. */
void text_replace(DefinitionText *text, Span span, const Expression *expression, const ProtobufCMessage *tree);

/* All of it as one expression, pieces separated by blanks where no two join. `tree` is what its shape is made of. */
Expression *text_finish(DefinitionText *text, const ProtobufCMessage *tree);

/* A constant text as an expression. */
const Expression *text_constant(Arena *arena, Str sql);

#endif
