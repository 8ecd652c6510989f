/* The tree of a `.mig` file, as written: names are not looked up and SQL is not read yet.
 *
 * The kinds and their fields are the rows of ast.def. A node begins with a Node; cast by its kind. Everything lives in
 * the compilation's arena, and slices point into the source.
 */
#ifndef SYNTAX_AST_H
#define SYNTAX_AST_H

#include "report.h"

typedef enum NodeKind {
#define NODE(KIND, Type, name, fields) NODE_##KIND,
#include "ast.def"
#undef NODE
    NODE_KIND_COUNT
} NodeKind;

typedef struct Node {
    NodeKind kind;
    Span span;
} Node;

/* An identifier: folded to lower case unless it was quoted. */
typedef struct Word {
    Str name;
    Span span;
} Word;

typedef struct Ref {
    Word schema;  /* schema.name.data == NULL: not qualified */
    Word name;
    Span span;
} Ref;

typedef struct Literal {
    Str value;  /* decoded; data == NULL where not written */
    Span span;
} Literal;

typedef LIST(Node *) NodeList;
typedef LIST(Word) WordList;
typedef LIST(Ref) RefList;
typedef LIST(Literal) LiteralList;

/* What a `drop` or `comment on` is about. */
typedef enum ObjectWord {
    WORD_SCHEMA, WORD_EXTENSION, WORD_ENUM, WORD_DOMAIN, WORD_TYPE, WORD_SEQUENCE, WORD_TABLE, WORD_INDEX,
    /* parts of a table, and of a domain, for `comment on` */
    WORD_COLUMN, WORD_CONSTRAINT, WORD_DOMAIN_CONSTRAINT,
    /* only from SQL; a type there may be an enum, a domain or any other */
    WORD_VIEW, WORD_MATERIALIZED_VIEW, WORD_FOREIGN_TABLE, WORD_ANY_TYPE, WORD_RULE
} ObjectWord;
typedef enum Timing { TIMING_IMMEDIATE, TIMING_DEFERRABLE, TIMING_DEFERRED } Timing;
typedef enum Match { MATCH_SIMPLE, MATCH_FULL } Match;
typedef enum RowSecurity {
    ROW_SECURITY_ENABLE, ROW_SECURITY_DISABLE, ROW_SECURITY_FORCE, ROW_SECURITY_NO_FORCE
} RowSecurity;
typedef enum ReplicaIdentityKind { REPLICA_DEFAULT, REPLICA_FULL, REPLICA_NOTHING, REPLICA_INDEX } ReplicaIdentityKind;
typedef enum Firing { FIRING_ORIGIN, FIRING_DISABLED, FIRING_REPLICA, FIRING_ALWAYS } Firing;  /* enable, disable, … */
typedef enum LabelPlace { LABEL_LAST, LABEL_BEFORE, LABEL_AFTER } LabelPlace;
typedef enum Action { ACTION_NONE, ACTION_RESTRICT, ACTION_CASCADE, ACTION_SET_NULL, ACTION_SET_DEFAULT } Action;

const char *ObjectWord_name(ObjectWord object);
const char *RowSecurity_name(RowSecurity setting);
const char *ReplicaIdentityKind_name(ReplicaIdentityKind identity);
const char *Firing_name(Firing firing);
const char *LabelPlace_name(LabelPlace place);
const char *Timing_name(Timing timing);
const char *Match_name(Match match);
const char *Action_name(Action action);

#define WORD(f) Word f;
#define WORDS(f) WordList f;
#define REF(f) Ref f;
#define REFS(f) RefList f;
#define TEXT(f) Literal f;
#define TEXTS(f) LiteralList f;
#define SQL(f) Span f;
#define FLAG(f) Span f;
#define CHILD(f) Node *f;
#define CHILDREN(f) NodeList f;
#define CHOICE(f, Type) Type f;
#define NODE(KIND, Type, name, fields) \
    typedef struct Node##Type {        \
        Node node;                     \
        fields                         \
    } Node##Type;
#include "ast.def"
#include "ast_undef.h"

/* node_new(arena, CREATE_TABLE, CreateTable, span): a zeroed node of the kind. */
#define node_new(arena, KIND, Type, place) \
    ((Node##Type *) node_make((arena), NODE_##KIND, sizeof(Node##Type), (place)))
Node *node_make(Arena *arena, NodeKind kind, size_t size, Span span);

bool word_is_written(Word word);
Str ref_qualifier(const Ref *ref);  /* "" for none */

/* The tree as indented text, for `migc dump --stage tree`. */
void node_dump(Sources *sources, Text *out, const Node *node);

#endif
