#include "parser_support.h"

Node *make_node(Parser *p, NodeKind kind, Span span, size_t size, const void *fields)
{
    Node *node = arena_copy(&p->c->arena, fields, size);
    node->kind = kind;
    node->span = span;
    return node;
}

NodeList append_node(Parser *p, NodeList list, Node *node)
{
    if (node != NULL)
        list_push(&p->c->arena, &list, node);
    return list;
}

NodeList append_nodes(Parser *p, NodeList list, NodeList more)
{
    for (size_t i = 0; i < more.count; i++)
        list_push(&p->c->arena, &list, more.items[i]);
    return list;
}

WordList append_word(Parser *p, WordList list, Word word)
{
    list_push(&p->c->arena, &list, word);
    return list;
}

RefList append_ref(Parser *p, RefList list, Ref ref)
{
    list_push(&p->c->arena, &list, ref);
    return list;
}

LiteralList append_literal(Parser *p, LiteralList list, Literal literal)
{
    list_push(&p->c->arena, &list, literal);
    return list;
}

Node *finish_extension(Node *node, Word name, Span span)
{
    ((NodeCreateExtension *) node)->name = name;
    node->span = span;
    return node;
}

Node *finish_table(Node *node, Span span, Span unlogged, Ref name)
{
    NodeCreateTable *table = (NodeCreateTable *) node;
    table->unlogged = unlogged;
    table->name = name;
    node->span = span;
    return node;
}

Node *finish_comment(Node *node, Span span, Literal comment, Span none)
{
    NodeCommentOn *target = (NodeCommentOn *) node;
    target->comment = comment;
    target->none = none;
    node->span = span;
    return node;
}

Node *finish_backfill(Node *node, Span span, Ref table, Span assignments, Span where)
{
    NodeBackfill *backfill = (NodeBackfill *) node;
    backfill->table = table;
    backfill->assignments = assignments;
    backfill->where = where;
    node->span = span;
    return node;
}

Node *finish_index(Node *node, Span span, Span unique, Word name)
{
    NodeCreateIndex *index = (NodeCreateIndex *) node;
    index->unique = unique;
    index->name = name;
    node->span = span;
    return node;
}

Node *finish_key(Node *node, Span span, Span primary, WordList columns)
{
    NodeKey *key = (NodeKey *) node;
    key->primary = primary;
    key->columns = columns;
    node->span = span;
    return node;
}

Node *finish_check(Node *node, Span span, Word name, Span expression)
{
    NodeCheck *check = (NodeCheck *) node;
    check->name = name;
    check->expression = expression;
    node->span = span;
    return node;
}

Node *finish_reference(Node *node, Span span, Ref table, WordList targets)
{
    NodeForeignKey *key = (NodeForeignKey *) node;
    key->table = table;
    key->targets = targets;
    node->span = span;
    return node;
}

Node *finish_period(Node *node, Span span, Ref table, WordList columns, WordList targets)
{
    NodeForeignKey *key = (NodeForeignKey *) finish_reference(node, span, table, targets);
    key->columns = columns;
    key->period = columns.items[columns.count - 1].span;
    return node;
}

/* Where the constraint has its name. */
static Word *constraint_name(Node *node)
{
    if (node->kind == NODE_KEY)
        return &((NodeKey *) node)->name;
    if (node->kind == NODE_CHECK)
        return &((NodeCheck *) node)->name;
    if (node->kind == NODE_NOT_NULL)
        return &((NodeNotNull *) node)->name;
    return node->kind == NODE_EXCLUSION ? &((NodeExclusion *) node)->name : &((NodeForeignKey *) node)->name;
}

Node *name_constraint(Node *node, Word name, Span span)
{
    node->span = span;
    *constraint_name(node) = name;
    return node;
}

void begin_clauses(Parser *p)
{
    memset(p->clauses, 0, sizeof p->clauses);
}

void note_clause(Parser *p, Clause clause, Span span)
{
    Span first = p->clauses[clause];
    if (span_is_known(first)) {
        Str text = span_text(&p->c->sources, first);
        report(p->c, M_WRITTEN_TWICE, span, "`%.*s` is written twice", STR_ARG(text));
        label(p->c, first, "the first one");
    }
    p->clauses[clause] = span;
}

Node *set_on_delete(Parser *p, Node *node, Action action, WordList columns, Span span)
{
    NodeForeignKey *key = (NodeForeignKey *) node;
    if (columns.count > 0 && action != ACTION_SET_NULL && action != ACTION_SET_DEFAULT) {
        report(p->c, M_BAD_ACTION, span, "a list of columns goes with `set null` and `set default` only");
        help(p->c, "leave the list out: `on delete %s` concerns whole rows", Action_name(action));
    }
    key->on_delete = action;
    key->delete_columns = columns;
    return node;
}

/* `initially deferred` is deferrable whether that is written or not, before or behind. */
void set_timing(Parser *p, Timing *timing, Timing moment, Span span)
{
    note_clause(p, moment == TIMING_DEFERRABLE ? CLAUSE_DEFERRABLE : CLAUSE_INITIALLY, span);
    if (*timing != TIMING_DEFERRED && moment != TIMING_IMMEDIATE)
        *timing = moment;
}

Node *make_migration(Parser *p, Span span, NodeList clauses, Node *up, Node *down)
{
    NodeMigration *migration = node_new(&p->c->arena, MIGRATION, Migration, span);
    migration->clauses = clauses;
    migration->up = up;
    migration->down = down;
    return &migration->node;
}

Word make_number(Parser *p, Span span)
{
    return (Word) {span_text(&p->c->sources, span), span};
}

Word make_option_name(Parser *p, Word namespace, Word name)
{
    Str whole = str_format(&p->c->arena, "%.*s.%.*s", STR_ARG(namespace.name), STR_ARG(name.name));
    return (Word) {whole, span_join(namespace.span, name.span)};
}
