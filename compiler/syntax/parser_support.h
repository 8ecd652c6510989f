/* What the actions of the grammar call; private to this folder. */
#ifndef SYNTAX_PARSER_SUPPORT_H
#define SYNTAX_PARSER_SUPPORT_H

#include "parser.h"

/* A node with the fields of another of its kind; what they say about kind and place does not count. */
Node *make_node(Parser *p, NodeKind kind, Span span, size_t size, const void *fields);

NodeList append_node(Parser *p, NodeList list, Node *node);  /* a NULL node is left out */
NodeList append_nodes(Parser *p, NodeList list, NodeList more);
WordList append_word(Parser *p, WordList list, Word word);
RefList append_ref(Parser *p, RefList list, Ref ref);
LiteralList append_literal(Parser *p, LiteralList list, Literal literal);

/* Notes that a clause was written, and says so if it was written before; begin_clauses forgets those of another
 * thing. */
void begin_clauses(Parser *p);
void note_clause(Parser *p, Clause clause, Span span);

/* Productions that end in a shared tail build the node there; these fill in what came before it. */
Node *finish_extension(Node *node, Word name, Span span);
Node *finish_table(Node *node, Span span, Span unlogged, Ref name);
Node *finish_comment(Node *node, Span span, Literal comment, Span none);
Node *finish_backfill(Node *node, Span span, Ref table, Span assignments, Span where);
Node *finish_index(Node *node, Span span, Span unique, Word name);
Node *finish_key(Node *node, Span span, Span primary, WordList columns);
Node *finish_check(Node *node, Span span, Word name, Span expression);
Node *finish_reference(Node *node, Span span, Ref table, WordList targets);

/* By a period, the last of the columns; of the targets, too, where they are named. */
Node *finish_period(Node *node, Span span, Ref table, WordList columns, WordList targets);
Node *name_constraint(Node *node, Word name, Span span);
Node *set_on_delete(Parser *p, Node *node, Action action, WordList columns, Span span);
void set_timing(Parser *p, Timing *timing, Timing moment, Span span);

Node *make_migration(Parser *p, Span span, NodeList clauses, Node *up, Node *down);
Word make_number(Parser *p, Span span);  /* a number where otherwise a name stands */
Word make_option_name(Parser *p, Word namespace, Word name);  /* `toast.fillfactor` is one name */

/* What this version does not understand, or nobody does. They return NULL, for "no node". An action's object is what
 * it is done to: "table" and so on. */
Node *report_statement(Parser *p, Word verb, Word object);
Node *report_comment(Parser *p, Span verb, Word object);
Node *report_action(Parser *p, const char *object, Word verb, Word word);
Node *report_drop_value(Parser *p, Span span);
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
