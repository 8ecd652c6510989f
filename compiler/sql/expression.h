/* Reading a tree as an expression; private to this folder. */
#ifndef SQL_EXPRESSION_H
#define SQL_EXPRESSION_H

#include "function.h"
#include "resolve.h"

typedef struct QueryReader QueryReader;
typedef struct ScanTokens ScanTokens;

typedef struct Reader {
    NamePlace names;
    ExpressionScope scope;
    Expression *expression;  /* being read */
    bool refused;            /* something was reported */
    LIST(const ProtobufCMessage *) labels;  /* in a query: what label_read_later() is to look at */
    const ScanTokens *tokens;  /* of the fragment, once they are asked for */
    Map *types;              /* of what was read, by its node, once types are checked; NULL before (query_type.c) */
    QueryReader *query;      /* what reads columns and subqueries (query.h); NULL: an expression of scope.table alone */
} Reader;

/* The tree, a part of what was parsed from the reader's fragment, as an expression. NULL: it was reported. */
Expression *expression_read(Reader *reader, const ProtobufCMessage *tree);

/* The same in steps: begin, walk over one or more trees, end. */
void expression_begin(Reader *reader);
void expression_walk(Reader *reader, const ProtobufCMessage *tree);
Expression *expression_end(Reader *reader, const ProtobufCMessage *tree);

/* The shape of a part of what was walked over. */
Str expression_shape(Reader *reader, const ProtobufCMessage *tree);

/* What a call names. */
void expression_use_function(Reader *reader, const PgQuery__FuncCall *call);

/* Whether the tree holds together by itself, without parentheses. */
bool expression_is_atomic(const PgQuery__Node *tree);

void expression_add_use(Reader *reader, Use use);

/* The last of `count` names joined by dots from the offset of the SQL on. */
Use last_name(Str sql, size_t at, size_t count);

/* The string that the node is; data == NULL: it is something else. */
Str constant_string(const PgQuery__Node *node);

/* All functions of the name that are reached. Volatility: of the one that may be counted on the most. */
typedef struct Overloads {
    bool found, plain, aggregate, window, returns_set;
    CatalogVolatility volatility;
    const CatalogExtension *extension;
} Overloads;

Overloads find_overloads(const Schema *schema, Str name, Str qualifier);

/* Whether what a call may mean, of the migrations' own and of the others, gives sets in any case. */
bool functions_return_set(const UserFunctions *own, const Overloads *all);

/* A system column, such as ctid; reported where the place does not allow it. */
bool is_system_column(Str name);
void use_system_column(Reader *reader, Str name, Span span);

Span place_of(Reader *reader, int32_t location, size_t length);

/* Where the string constant that starts at the offset ends: '…', E'…', U&'…', $tag$…$tag$. */
size_t string_end(Str sql, size_t at);

/* Labels of enums (label.c): string constants where the type says that they are, as values of the type. */
void label_read_value(Reader *reader, const Type *type, const PgQuery__Node *node);

/* The same beside something of the type: in comparisons, CASE and COALESCE. */
void label_read_beside(Reader *reader, const ProtobufCMessage *message);

/* In a query what columns mean is known once all of it is read. */
void label_read_later(Reader *reader);

/* Where the identifier that starts at the offset of the SQL ends. */
size_t identifier_end(Str sql, size_t at);

#endif
