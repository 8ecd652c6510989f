/* What the leaves are to the tree. It is read off ast.def: a field that is added there is marked without a change
 * here. SQL fields are what is left as it is written, names keep their letters, and what stands in a list of nodes
 * begins a clause. */
#include "leaf.h"
#include "parser.h"

static void mark_node(Leaves *leaves, const Node *node);

/* The first leaf that begins at the offset or behind it; their number: none does. */
static uint32_t leaf_at(const Leaves *leaves, uint32_t offset)
{
    size_t low = 0, high = leaves->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (leaves->items[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t) low;
}

static Leaf *leaf_of(const Leaves *leaves, uint32_t offset)
{
    return &leaves->items[leaf_at(leaves, offset)];
}

static void mark_word(Leaves *leaves, Word word)
{
    if (!word_is_written(word))
        return;
    Leaf *leaf = leaf_of(leaves, word.span.start);
    leaf->is_name = true;
    leaf->text = span_text(leaves->sources, leaf->span);
}

static void mark_words(Leaves *leaves, WordList words)
{
    for (size_t i = 0; i < words.count; i++)
        mark_word(leaves, words.items[i]);
}

static void mark_ref(Leaves *leaves, Ref ref)
{
    mark_word(leaves, ref.schema);
    mark_word(leaves, ref.name);
}

static void mark_refs(Leaves *leaves, RefList refs)
{
    for (size_t i = 0; i < refs.count; i++)
        mark_ref(leaves, refs.items[i]);
}

static void mark_fragment(Leaves *leaves, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        Leaf *leaf = &leaves->items[i];
        leaf->anchor = first;
        leaf->text = span_text(leaves->sources, leaf->span);
    }
}

/* The span may begin at the comments before the fragment. */
static void mark_sql(Leaves *leaves, Span sql)
{
    if (!span_is_known(sql))
        return;
    uint32_t first = leaf_at(leaves, sql.start);
    while (leaves->items[first].kind == LEAF_COMMENT)
        first++;
    mark_fragment(leaves, first, leaf_at(leaves, sql.end));
}

/* All that stands in the braces, and the comments at its ends too. It may be empty, or nothing but comments: then its
 * span lies just behind the brace. */
static void mark_body(Leaves *leaves, Span body)
{
    uint32_t first = leaf_at(leaves, body.start);
    while (leaves->items[first - 1].kind == LEAF_COMMENT)
        first--;
    leaves->items[first - 1].opens_body = true;
    mark_fragment(leaves, first, leaves->items[first - 1].partner);
}

/* `null` behind the type is as good as a part of it. */
static void mark_column(Leaves *leaves, const NodeColumn *column)
{
    uint32_t type_end = column->type.end;
    if (column->clauses.count > 0 && column->clauses.items[0]->kind == NODE_NULLABLE) {
        Span null = column->clauses.items[0]->span;
        leaf_of(leaves, null.start)->starts_clause = false;
        type_end = null.end;
    }
    Leaf *rest = leaf_of(leaves, type_end);
    leaf_of(leaves, column->node.span.start)->cell = CELL_NAME;
    leaf_of(leaves, column->type.start)->cell = CELL_TYPE;
    if (rest->kind != T_SEMICOLON && rest->kind != LEAF_COMMENT)
        rest->cell = CELL_REST;
}

static void mark_children(Leaves *leaves, NodeList children)
{
    for (size_t i = 0; i < children.count; i++) {
        leaf_of(leaves, children.items[i]->span.start)->starts_clause = true;
        mark_node(leaves, children.items[i]);
    }
}

#define WORD(f) mark_word(leaves, n->f);
#define WORDS(f) mark_words(leaves, n->f);
#define REF(f) mark_ref(leaves, n->f);
#define REFS(f) mark_refs(leaves, n->f);
#define TEXT(f)
#define TEXTS(f)
#define SQL(f) mark_sql(leaves, n->f);
#define FLAG(f)
#define CHILD(f) mark_node(leaves, n->f);
#define CHILDREN(f) mark_children(leaves, n->f);
#define CHOICE(f, Type)
#define NODE(KIND, Type, name, fields)                        \
    static void mark_##KIND(Leaves *leaves, const Node *node) \
    {                                                         \
        const Node##Type *n = (const Node##Type *) node;      \
        (void) n;                                             \
        (void) leaves;                                        \
        fields                                                \
    }
#include "ast.def"
#include "ast_undef.h"

typedef void NodeMarker(Leaves *leaves, const Node *node);

static NodeMarker *const markers[] = {
#define NODE(KIND, Type, name, fields) mark_##KIND,
#include "ast.def"
#include "ast_undef.h"
};

static void mark_node(Leaves *leaves, const Node *node)
{
    if (node == NULL)
        return;
    markers[node->kind](leaves, node);
    if (node->kind == NODE_COLUMN)
        mark_column(leaves, (const NodeColumn *) node);
    if (node->kind == NODE_SQL_BLOCK)
        mark_body(leaves, ((const NodeSqlBlock *) node)->body);
}

void leaves_mark(Leaves *leaves, const Node *tree)
{
    mark_node(leaves, tree);
}
