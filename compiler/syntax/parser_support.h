/* What the actions of the grammar call; private to this folder. */
#ifndef SYNTAX_PARSER_SUPPORT_H
#define SYNTAX_PARSER_SUPPORT_H

#include "parser.h"

NodeList append_node(Parser *p, NodeList list, Node *node);  /* a NULL node is left out */
WordList append_word(Parser *p, WordList list, Word word);
RefList append_ref(Parser *p, RefList list, Ref ref);
LiteralList append_literal(Parser *p, LiteralList list, Literal literal);

/* Notes that a clause was written, and says so if it was written before; begin_clauses forgets those of another
 * thing. */
void begin_clauses(Parser *p);
void note_clause(Parser *p, Clause clause, Span span);

/* Productions that end in a shared tail build the node there; these fill in what came before it. */
Node *finish_extension(Node *node, Word name, Span span);
Node *finish_index(Node *node, Span span, Span unique, Word name);
Node *finish_key(Node *node, Span span, Span primary, WordList columns);
Node *finish_reference(Node *node, Span span, Ref table, WordList targets);
Node *name_constraint(Node *node, Word name, Span span);
Node *set_on_delete(Parser *p, Node *node, Action action, WordList columns, Span span);
void set_timing(Node *foreign_key, Timing timing);

Node *make_migration(Parser *p, Span span, NodeList clauses, Node *up, Node *down);
Node *make_check(Parser *p, Span span, Word name, Span expression, Span no_inherit);
Node *make_identity(Parser *p, Span span, Span always, Span options);
Node *make_option(Parser *p, Span span, Word name, Span value);

/* What this version does not understand, or nobody does. They return NULL, for "no node". */
Node *report_later(Parser *p, Span span, const char *what);
Node *report_later_setting(Parser *p, Word name);
Node *report_statement(Parser *p, Word verb, Word object);
Node *report_action(Parser *p, Word verb, Word object);
Node *report_missing_down(Parser *p, Span span);
void report_after_down(Parser *p, Span span);
void report_match_partial(Parser *p, Span span);
void report_stray_semicolon(Parser *p, Span span);

/* What the parser could have read instead of p->last, by kind of token. */
typedef struct Expected {
    bool kinds[T_KEYWORD_LAST + 1];
} Expected;

void expected_add(Expected *expected, int kind);
void report_unexpected(Parser *p, const Expected *expected);

bool keyword_is_reserved(int kind);

#endif
