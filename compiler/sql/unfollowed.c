/* What a statement names whose effect the model does not know: all names of its tree, and all those of the code in its
 * strings, as the body of a DO and what that executes. */
#include "tree.h"

#include "literal.h"
#include "lower.h"
#include "names.h"

typedef struct Naming {
    Arena *arena;
    Map seen;
    Unfollowed *unfollowed;
} Naming;

static void add_name(Naming *n, Str name)
{
    if (name.len == 0 || name.len > NAME_MAXIMUM || map_get(&n->seen, name) != 0)
        return;
    name = str_copy(n->arena, name);
    map_set(&n->seen, name, 1);
    list_push(n->arena, &n->unfollowed->names, name);
}

static void add_code(Naming *n, Str code);

static void add_token(Naming *n, const PgQuery__ScanToken *token, Str written)
{
    bool string = token->token == PG_QUERY__TOKEN__SCONST || token->token == PG_QUERY__TOKEN__USCONST;
    bool name = token->token == PG_QUERY__TOKEN__IDENT || token->token == PG_QUERY__TOKEN__UIDENT;
    bool word = token->keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD &&
                token->keyword_kind != PG_QUERY__KEYWORD_KIND__RESERVED_KEYWORD;
    if (token->token == PG_QUERY__TOKEN__EXECUTE)
        n->unfollowed->executes = true;
    if (string)
        add_code(n, tree_string(n->arena, written));
    else if (name && written.data[written.len - 1] == '"')
        add_name(n, literal_decode(n->arena, written).value);
    else if (name || word)
        add_name(n, literal_fold(n->arena, written));
}

/* A string that is no code names nothing. Strings within strings get shorter, so that this comes to an end. */
static void add_code(Naming *n, Str code)
{
    const PgQuery__ScanResult *scan = tree_scan(n->arena, code);
    for (size_t i = 0; scan != NULL && i < scan->n_tokens; i++)
        add_token(n, scan->tokens[i], tree_token(scan, code, i));
}

/* The tree does not tell names from constants. */
static void add_text(void *context, Str text)
{
    add_name(context, text);
    add_code(context, text);
}

static bool may_change(const SqlStatement *statement)
{
    int kind = (int) tree_of(statement)->node_case;
    bool runs = kind == PG_QUERY__NODE__NODE_DO_STMT || kind == PG_QUERY__NODE__NODE_CALL_STMT ||
                kind == PG_QUERY__NODE__NODE_EXECUTE_STMT;
    return class_defines(statement->class) || (statement->class == SQL_DATA && runs);
}

Unfollowed sql_unfollowed(Sql *sql, const SqlStatement *statement)
{
    Unfollowed unfollowed = {0};
    Naming naming = {.arena = &sql->c->arena, .seen = map_new(&sql->c->arena), .unfollowed = &unfollowed};
    if (statement->tree == NULL)
        add_code(&naming, span_text(&sql->c->sources, statement->span));
    else if (may_change(statement))
        tree_each_string(&tree_of(statement)->base, add_text, &naming);
    return unfollowed;
}
