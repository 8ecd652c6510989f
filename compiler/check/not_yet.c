/* What the grammar understands and the checker does not follow yet. It is looked for before a statement is checked,
 * because a clause that is skipped is worse than one that is refused. Whoever teaches the checker a clause takes its
 * line out here. */
#include "checker.h"

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
    Span inherits = table->inherits.count > 0 ? table->inherits.items[0].span : (Span) {0};
    return first_written(table->parent.span, inherits, table->strategy.span, (Span) {0});
}

static Span unfollowed(const Node *node)
{
    switch ((int) node->kind) {
    case NODE_CREATE_SCHEMA: return ((const NodeCreateSchema *) node)->owner.span;
    case NODE_CREATE_TABLE: return unfollowed_of_table((const NodeCreateTable *) node);
    case NODE_IF_EXISTS: return unfollowed(((const NodeIfExists *) node)->what);
    case NODE_IF_NOT_EXISTS: return unfollowed(((const NodeIfNotExists *) node)->what);
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
