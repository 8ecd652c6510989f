/* Reading a tree as an expression; private to this folder. */
#ifndef SQL_EXPRESSION_H
#define SQL_EXPRESSION_H

#include "resolve.h"

typedef struct Reader {
    NamePlace names;
    ExpressionScope scope;
    Expression *expression;  /* being read */
    bool refused;            /* something was reported */
} Reader;

/* The tree, a part of what was parsed from the reader's fragment, as an expression. NULL: it was reported. */
Expression *expression_read(Reader *reader, const ProtobufCMessage *tree);

/* A system column, such as ctid; reported where the place does not allow it. */
bool is_system_column(Str name);
void use_system_column(Reader *reader, Str name, Span span);

Span place_of(Reader *reader, int32_t location, size_t length);
void add_use(Reader *reader, Use use);

/* The string that a constant is; data == NULL: it is something else. */
Str constant_string(const PgQuery__Node *node);

/* Where the string constant that starts at the offset ends: '…', E'…', U&'…', $tag$…$tag$. */
size_t string_end(Str sql, size_t at);

/* Labels of enums (label.c): string constants where the type says that they are, as values of the type, … */
void label_read_value(Reader *reader, const Type *type, const PgQuery__Node *node);
void label_read_comparison(Reader *reader, const PgQuery__AExpr *expression);
void label_read_case(Reader *reader, const PgQuery__CaseExpr *expression);
void label_read_coalesce(Reader *reader, const PgQuery__CoalesceExpr *expression);

/* Where the identifier that starts at the offset of the SQL ends. */
size_t identifier_end(Str sql, size_t at);

#endif
