/* `rename`, `set schema` and `owner to`, of whatever they are said. */
#include "lower.h"

#include "bug.h"

/* ------------------------------------------------------------------ `alter …` of every kind */

#define ALTER_REF(KIND, Type)                                          \
    do {                                                               \
        Node##Type *n = lower_node(l, KIND, Type, l->statement);       \
        n->name = name;                                                \
        n->actions = actions;                                          \
        return &n->node;                                               \
    } while (0)

static Node *alter_schema(Lower *l, Word name, NodeList actions)
{
    NodeAlterSchema *n = lower_node(l, ALTER_SCHEMA, AlterSchema, l->statement);
    n->name = name;
    n->actions = actions;
    return &n->node;
}

static Node *alter_extension(Lower *l, Word name, NodeList actions)
{
    NodeAlterExtension *n = lower_node(l, ALTER_EXTENSION, AlterExtension, l->statement);
    n->name = name;
    n->actions = actions;
    return &n->node;
}

static Node *alter_view(Lower *l, PgQuery__ObjectType type, Ref name, NodeList actions)
{
    NodeAlterView *n = lower_node(l, ALTER_VIEW, AlterView, l->statement);
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW)
        n->materialized = l->statement;
    n->name = name;
    n->actions = actions;
    return &n->node;
}

static Node *alter_foreign_table(Lower *l, Ref name, NodeList actions)
{
    NodeAlterTable *n = lower_node(l, ALTER_TABLE, AlterTable, l->statement);
    n->foreign = l->statement;
    n->name = name;
    n->actions = actions;
    return &n->node;
}

Node *lower_alter_object(Lower *l, PgQuery__ObjectType type, Ref name, NodeList actions)
{
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return alter_schema(l, name.name, actions);
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION: return alter_extension(l, name.name, actions);
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: ALTER_REF(ALTER_INDEX, AlterIndex);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: ALTER_REF(ALTER_SEQUENCE, AlterSequence);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: ALTER_REF(ALTER_DOMAIN, AlterDomain);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: ALTER_REF(ALTER_TYPE, AlterType);
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW: return alter_view(l, type, name, actions);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: ALTER_REF(ALTER_TABLE, AlterTable);
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE: return alter_foreign_table(l, name, actions);
    default: BUG("altering an object of kind %d", (int) type);
    }
}

/* ------------------------------------------------------------------ the statement's head */

/* Steps over `alter KIND [if exists] [only] name`, and gives the name. */
static Ref take_head(Cursor *at, const PgQuery__RangeVar *relation, bool missing_ok, Span *only)
{
    *only = (Span) {0};
    cursor_take(at, "alter");
    lower_skip_kind(at);
    if (missing_ok)
        cursor_take(at, "if exists");
    return relation == NULL ? cursor_ref(at) : lower_relation(at, relation, only);
}

/* ------------------------------------------------------------------ rename */

static Node *rename_column(Lower *l, Cursor part, Word to, Span cascade)
{
    NodeRenameColumn *n = lower_node(l, RENAME_COLUMN, RenameColumn, span_join(cursor_span(part), to.span));
    n->name = cursor_last_word(&part);
    n->to = to;
    n->cascade = cascade;
    return &n->node;
}

static Node *rename_constraint(Lower *l, Cursor part, Word to)
{
    NodeRenameConstraint *n = lower_node(l, RENAME_CONSTRAINT, RenameConstraint, span_join(cursor_span(part), to.span));
    n->name = cursor_last_word(&part);
    n->to = to;
    return &n->node;
}

static Node *rename_whole(Lower *l, Cursor part, Word to)
{
    NodeRename *n = lower_node(l, RENAME, Rename, span_join(cursor_span(part), to.span));
    n->to = to;
    return &n->node;
}

PgQuery__ObjectType renamed_kind(const PgQuery__RenameStmt *rename)
{
    switch ((int) rename->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: return rename->relation_type;
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE: return PG_QUERY__OBJECT_TYPE__OBJECT_TYPE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: return PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT: return PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN;
    default: return rename->rename_type;
    }
}

/* `rename [column | attribute | constraint NAME] to NAME [cascade | restrict]` */
static Node *lower_renaming(Lower *l, Cursor part, const PgQuery__RenameStmt *rename)
{
    enum { TOKENS = 5 };
    Span cascade = {0};
    if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE) {
        if (rename->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
            cascade = cursor_find(part, "cascade");
        cursor_end_before_behavior(&part, TOKENS);
    }
    Word to = cursor_last_word(&part);
    part.end--;
    switch ((int) rename->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE: return rename_column(l, part, to, cascade);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT: return rename_constraint(l, part, to);
    default: return rename_whole(l, part, to);
    }
}

Node *lower_rename(Lower *l, Cursor at, const PgQuery__RenameStmt *rename)
{
    PgQuery__ObjectType kind = renamed_kind(rename);
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_RULE)
        return lower_rename_rule(l, at);
    Span only;
    Ref name = take_head(&at, rename->relation, rename->missing_ok, &only);
    Node *node = lower_alter_object(l, kind, name, lower_one(l, lower_renaming(l, at, rename)));
    /* The name of the table itself is its children's business in no case. */
    if (node->kind == NODE_ALTER_TABLE && rename->rename_type != kind)
        ((NodeAlterTable *) node)->only = only;
    return lower_if_exists(l, rename->missing_ok, node);
}

/* ------------------------------------------------------------------ set schema, owner to */

Node *lower_set_schema(Lower *l, Cursor at, const PgQuery__AlterObjectSchemaStmt *alter)
{
    Span only;
    Ref name = take_head(&at, alter->relation, alter->missing_ok, &only);
    NodeSetSchema *set = lower_node(l, SET_SCHEMA, SetSchema, cursor_span(at));
    cursor_take(&at, "set schema");
    set->schema = cursor_word(&at);
    Node *node = lower_alter_object(l, alter->object_type, name, lower_one(l, &set->node));
    return lower_if_exists(l, alter->missing_ok, node);
}

Node *lower_set_owner(Lower *l, Cursor at, const PgQuery__AlterOwnerStmt *alter)
{
    Span only;
    Ref name = take_head(&at, alter->relation, false, &only);
    NodeSetOwner *set = lower_node(l, SET_OWNER, SetOwner, cursor_span(at));
    cursor_take(&at, "owner to");
    set->owner = cursor_word(&at);
    return lower_alter_object(l, alter->object_type, name, lower_one(l, &set->node));
}
