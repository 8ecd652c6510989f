/* What the grammar understands and the checker does not follow yet. It is looked for before a statement is checked,
 * because a clause that is skipped is worse than one that is refused. Whoever teaches the checker a clause takes its
 * line out here. */
#include "checker.h"

static Span unfollowed(const Node *node);

static Span first_unfollowed(NodeList nodes)
{
    Span span = {0};
    for (size_t i = 0; i < nodes.count && !span_is_known(span); i++)
        span = unfollowed(nodes.items[i]);
    return span;
}

/* The first of the spans that was written, of four at most. */
static Span first_written(Span a, Span b, Span c, Span d)
{
    Span spans[] = {a, b, c, d};
    size_t i = 0;
    while (i < 3 && !span_is_known(spans[i]))
        i++;
    return spans[i];
}

static Span unfollowed_of_table(const NodeCreateTable *table)
{
    Span written = first_written(table->method.span, table->tablespace.span, (Span) {0}, (Span) {0});
    return span_is_known(written) ? written : first_unfollowed(table->items);
}

static Span unfollowed_of_index(const NodeCreateIndex *index)
{
    return first_written(index->concurrently, index->tablespace.span, (Span) {0}, (Span) {0});
}

static Span unfollowed(const Node *node)
{
    switch ((int) node->kind) {
    case NODE_CREATE_SCHEMA: return ((const NodeCreateSchema *) node)->owner.span;
    case NODE_CREATE_TABLE: return unfollowed_of_table((const NodeCreateTable *) node);
    case NODE_CREATE_INDEX: return unfollowed_of_index((const NodeCreateIndex *) node);
    case NODE_DROP: return ((const NodeDrop *) node)->concurrently;
    case NODE_ALTER_TABLE:
        return first_unfollowed(((const NodeAlterTable *) node)->actions);
    case NODE_ADD_COLUMN: return unfollowed(((const NodeAddColumn *) node)->column);
    case NODE_ADD_CONSTRAINT: return unfollowed(((const NodeAddConstraint *) node)->constraint);
    case NODE_DROP_COLUMN: return ((const NodeDropColumn *) node)->cascade;
    case NODE_DROP_CONSTRAINT: return ((const NodeDropConstraint *) node)->cascade;
    case NODE_COLUMN: return first_unfollowed(((const NodeColumn *) node)->clauses);
    case NODE_KEY: return ((const NodeKey *) node)->index.span;
    case NODE_CHECK: return ((const NodeCheck *) node)->not_valid;
    case NODE_FOREIGN_KEY: return ((const NodeForeignKey *) node)->not_valid;
    case NODE_SQL_BLOCK: return ((const NodeSqlBlock *) node)->unchecked;
    case NODE_COMMENT:
    case NODE_EXCLUSION:
    case NODE_LIKE: return node->span;
    default: return (Span) {0};
    }
}

bool check_is_followed(Checker *k, const Node *node)
{
    Span span = unfollowed(node);
    if (span_is_known(span))
        report_not_yet(k, span);
    return !span_is_known(span);
}
