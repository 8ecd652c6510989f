/* What the tree can say and the checker does not follow yet: reported here, so that nothing of a statement is left out in
 * silence. A field or kind that is followed goes out of this file. */
#include "checker.h"

static bool refuse_if(Checker *k, Span flag)
{
    if (span_is_known(flag))
        report_not_yet(k, flag);
    return !span_is_known(flag);
}

static bool is_clause_followed(Checker *k, const Node *clause)
{
    switch ((int) clause->kind) {
    case NODE_NULLABLE:
    case NODE_NOT_NULL:
    case NODE_DEFAULT:
    case NODE_GENERATED:
    case NODE_IDENTITY: return true;
    case NODE_KEY: return refuse_if(k, ((const NodeKey *) clause)->index.span);
    case NODE_CHECK: return refuse_if(k, ((const NodeCheck *) clause)->not_valid);
    case NODE_FOREIGN_KEY: return refuse_if(k, ((const NodeForeignKey *) clause)->not_valid);
    default: report_not_yet(k, clause->span); return false;
    }
}

static bool is_column_followed(Checker *k, const NodeColumn *column)
{
    bool fine = true;
    for (size_t i = 0; column != NULL && i < column->clauses.count; i++)
        fine = is_clause_followed(k, column->clauses.items[i]) && fine;
    return fine;
}

static bool is_item_followed(Checker *k, const Node *item)
{
    if (item->kind == NODE_COLUMN)
        return is_column_followed(k, (const NodeColumn *) item);
    return item->kind == NODE_CREATE_INDEX ? is_followed(k, item) : is_clause_followed(k, item);
}

static bool is_table_followed(Checker *k, const NodeCreateTable *node)
{
    bool fine = refuse_if(k, node->parent.span) && refuse_if(k, node->strategy.span) &&
                refuse_if(k, node->method.span) && refuse_if(k, node->tablespace.span);
    if (node->inherits.count > 0)
        fine = refuse_if(k, node->inherits.items[0].span) && fine;
    for (size_t i = 0; i < node->items.count; i++)
        fine = is_item_followed(k, node->items.items[i]) && fine;
    return fine;
}

bool is_action_followed(Checker *k, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_ADD_COLUMN: return is_column_followed(k, (const NodeColumn *) ((const NodeAddColumn *) action)->column);
    case NODE_ADD_CONSTRAINT: return is_clause_followed(k, ((const NodeAddConstraint *) action)->constraint);
    case NODE_DROP_COLUMN: return refuse_if(k, ((const NodeDropColumn *) action)->cascade);
    case NODE_DROP_CONSTRAINT: return refuse_if(k, ((const NodeDropConstraint *) action)->cascade);
    default: return true;
    }
}

bool is_followed(Checker *k, const Node *node)
{
    const NodeCreateIndex *index = (const NodeCreateIndex *) node;
    const NodeDrop *drop = (const NodeDrop *) node;
    switch ((int) node->kind) {
    case NODE_CREATE_SCHEMA: return refuse_if(k, ((const NodeCreateSchema *) node)->owner.span);
    case NODE_CREATE_TABLE: return is_table_followed(k, (const NodeCreateTable *) node);
    case NODE_CREATE_INDEX: return refuse_if(k, index->concurrently) && refuse_if(k, index->tablespace.span);
    case NODE_DROP: return refuse_if(k, drop->concurrently) && refuse_if(k, drop->cascade);
    default: return true;
    }
}
