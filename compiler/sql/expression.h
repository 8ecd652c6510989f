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

/* Where the identifier that starts at the offset of the SQL ends. */
size_t identifier_end(Str sql, size_t at);

#endif
