/* SQL names kinds of objects loosely where they are altered; the model tells what is meant. `alter table` may be said
 * of every relation, `alter index … rename` too, and a column is renamed whatever its relation is called
 * (RenameRelation() and renameatt() in src/backend/commands/tablecmds.c). A composite type is none of them, but for its
 * attributes. */
#include "checker.h"

/* What the nodes have in common. */
typedef struct Altered {
    Span span;
    Ref name;
    NodeList actions;
} Altered;

#define ALTERED(KIND, Type, from)                                                    \
    Node##Type *other = node_new(CHECKER_ARENA(k), KIND, Type, (from)->span);        \
    other->name = (from)->name;                                                      \
    other->actions = (from)->actions;                                                \
    return &other->node

static Node *alter_table(Checker *k, const Altered *altered) { ALTERED(ALTER_TABLE, AlterTable, altered); }
static Node *alter_index(Checker *k, const Altered *altered) { ALTERED(ALTER_INDEX, AlterIndex, altered); }
static Node *alter_sequence(Checker *k, const Altered *altered) { ALTERED(ALTER_SEQUENCE, AlterSequence, altered); }
static Node *alter_type(Checker *k, const Altered *altered) { ALTERED(ALTER_TYPE, AlterType, altered); }

static Node *alter_view(Checker *k, const Altered *altered, const Object *view)
{
    NodeAlterView *other = node_new(CHECKER_ARENA(k), ALTER_VIEW, AlterView, altered->span);
    other->materialized = view->kind == OBJECT_MATERIALIZED_VIEW ? altered->span : (Span) {0};
    other->name = altered->name;
    other->actions = altered->actions;
    return &other->node;
}

/* The index of a key and the sequence of an identity column are their table's. */
static bool names_a_key(const Object *object, Str name)
{
    const Constraint *key = object_constraint_named(object, name);
    return key != NULL && constraint_has_index(key);
}

static Node *alter_relation(Checker *k, const Altered *altered, const Object *object)
{
    Str name = altered->name.name.name;
    bool own = str_equal(object->name, name);
    if (!own)
        return names_a_key(object, name) ? alter_index(k, altered) : alter_sequence(k, altered);
    switch ((int) object->kind) {
    case OBJECT_INDEX: return alter_index(k, altered);
    case OBJECT_SEQUENCE: return alter_sequence(k, altered);
    case OBJECT_COMPOSITE: return alter_type(k, altered);
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW: return alter_view(k, altered, object);
    default: return alter_table(k, altered);
    }
}

/* ------------------------------------------------------------------ by the word that is written */

static NodeKind first_action(NodeList actions)
{
    const Node *action = actions.count == 0 ? NULL : actions.items[0];
    if (action != NULL && action->kind == NODE_IF_EXISTS)
        action = ((const NodeIfExists *) action)->what;
    return action == NULL ? NODE_KIND_COUNT : action->kind;
}

static Node *settle_table(Checker *k, NodeAlterTable *node)
{
    const Object *object = named_object(k, NAMES_RELATION, &node->name);
    Altered altered = {node->node.span, node->name, node->actions};
    bool column = first_action(node->actions) == NODE_RENAME_COLUMN;
    bool plain = object == NULL || (object_is_table(object) && str_equal(object->name, node->name.name.name));
    if (plain && column)
        node->foreign = (Span) {0};
    bool other_word = span_is_known(node->foreign) || (!plain && object->kind == OBJECT_COMPOSITE && !column);
    return plain || other_word ? &node->node : alter_relation(k, &altered, object);
}

static Node *settle_index(Checker *k, NodeAlterIndex *node)
{
    const Object *object = named_object(k, NAMES_RELATION, &node->name);
    Altered altered = {node->node.span, node->name, node->actions};
    bool settled = object == NULL || object->kind == OBJECT_INDEX || object->kind == OBJECT_COMPOSITE ||
                   first_action(node->actions) != NODE_RENAME;
    return settled ? &node->node : alter_relation(k, &altered, object);
}

static Node *settle_view(Checker *k, NodeAlterView *node)
{
    const Object *object = named_object(k, NAMES_RELATION, &node->name);
    Altered altered = {node->node.span, node->name, node->actions};
    bool renamed = object_is_relation(object) && str_equal(object->name, node->name.name.name) &&
                   first_action(node->actions) == NODE_RENAME_COLUMN;
    return renamed ? alter_relation(k, &altered, object) : &node->node;
}

/* What every object can have done to it. */
static bool is_plain_action(NodeKind action)
{
    return action == NODE_RENAME || action == NODE_SET_SCHEMA || action == NODE_SET_OWNER;
}

/* `alter type` may be said of an enum, and what is not of columns of a domain (RenameType(), AlterTypeNamespace(),
 * AlterTypeOwner() in src/backend/commands/typecmds.c). */
static void settle_type(Checker *k, NodeAlterType *node)
{
    _Static_assert(sizeof(NodeAlterType) == sizeof(NodeAlterEnum), "one can become the other");
    _Static_assert(sizeof(NodeAlterType) == sizeof(NodeAlterDomain), "one can become the other");
    const Object *object = named_object(k, NAMES_TYPE, &node->name);
    if (object != NULL && object->kind == OBJECT_ENUM)
        node->node.kind = NODE_ALTER_ENUM;
    else if (object != NULL && object->kind == OBJECT_DOMAIN && is_plain_action(first_action(node->actions)))
        node->node.kind = NODE_ALTER_DOMAIN;
}

Node *settle_kind(Checker *k, Node *node)
{
    switch ((int) node->kind) {
    case NODE_IF_EXISTS: ((NodeIfExists *) node)->what = settle_kind(k, ((NodeIfExists *) node)->what); break;
    case NODE_ALTER_TYPE: settle_type(k, (NodeAlterType *) node); break;
    case NODE_ALTER_TABLE: return settle_table(k, (NodeAlterTable *) node);
    case NODE_ALTER_INDEX: return settle_index(k, (NodeAlterIndex *) node);
    case NODE_ALTER_VIEW: return settle_view(k, (NodeAlterView *) node);
    default: break;
    }
    return node;
}
