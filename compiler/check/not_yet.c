/* What the grammar understands and the checker does not follow yet. It is looked for before a statement is checked,
 * because a clause that is skipped is worse than one that is refused. Whoever teaches the checker a clause takes its
 * line out here. */
#include "checker.h"

static Span unfollowed(const Node *node)
{
    switch ((int) node->kind) {
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
