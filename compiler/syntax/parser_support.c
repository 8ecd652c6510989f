#include "parser_support.h"

NodeList append_node(Parser *p, NodeList list, Node *node)
{
    if (node != NULL)
        list_push(&p->c->arena, &list, node);
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

Node *finish_reference(Node *node, Span span, Ref table, WordList targets)
{
    NodeForeignKey *key = (NodeForeignKey *) node;
    key->table = table;
    key->targets = targets;
    node->span = span;
    return node;
}

Node *name_constraint(Node *node, Word name, Span span)
{
    if (node == NULL)
        return NULL;
    node->span = span;
    if (node->kind == NODE_KEY)
        ((NodeKey *) node)->name = name;
    else if (node->kind == NODE_CHECK)
        ((NodeCheck *) node)->name = name;
    else
        ((NodeForeignKey *) node)->name = name;
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

void set_timing(Node *foreign_key, Timing timing)
{
    NodeForeignKey *key = (NodeForeignKey *) foreign_key;
    if (key->timing != TIMING_DEFERRED)
        key->timing = timing;
}

Node *make_migration(Parser *p, Span span, NodeList clauses, Node *up, Node *down)
{
    NodeMigration *migration = node_new(&p->c->arena, MIGRATION, Migration, span);
    migration->clauses = clauses;
    migration->up = up;
    migration->down = down;
    return &migration->node;
}

Node *make_check(Parser *p, Span span, Word name, Span expression, Span no_inherit)
{
    NodeCheck *check = node_new(&p->c->arena, CHECK, Check, span);
    check->name = name;
    check->expression = expression;
    check->no_inherit = no_inherit;
    return &check->node;
}

Node *make_identity(Parser *p, Span span, Span always, Span options)
{
    NodeIdentity *identity = node_new(&p->c->arena, IDENTITY, Identity, span);
    identity->always = always;
    identity->options = options;
    return &identity->node;
}

Node *make_option(Parser *p, Span span, Word name, Span value)
{
    NodeOption *option = node_new(&p->c->arena, OPTION, Option, span);
    option->name = name;
    option->value = value;
    return &option->node;
}
