/* Actions of `alter table` on a column, and those that set something of the whole. */
#include "lower.h"

/* ------------------------------------------------------------------ `alter column` */

static Node *lower_set_type(Lower *l, Cursor part, Span span)
{
    NodeSetType *n = lower_node(l, SET_TYPE, SetType, span);
    cursor_take(&part, "set data");
    cursor_take(&part, "type");
    Cursor type = cursor_before(&part, "using");
    n->cascade = cursor_find(type, "cascade");
    cursor_end_before_behavior(&type, 1);
    n->type = cursor_span(type);
    if (cursor_take(&part, "using"))
        n->using = cursor_span(part);
    return &n->node;
}

Node *lower_set_default(Lower *l, Cursor part, Span span)
{
    if (cursor_take(&part, "drop default"))
        return &lower_node(l, DROP_DEFAULT, DropDefault, span)->node;
    NodeSetDefault *n = lower_node(l, SET_DEFAULT, SetDefault, span);
    cursor_take(&part, "set default");
    n->expression = cursor_span(part);
    return &n->node;
}

static Node *lower_add_identity(Lower *l, Cursor part, Span span)
{
    NodeAddIdentity *n = lower_node(l, ADD_IDENTITY, AddIdentity, span);
    cursor_take(&part, "add");
    n->identity = lower_identity(l, part);
    return &n->node;
}

static Node *lower_set_identity(Lower *l, Cursor part, Span span)
{
    NodeSetIdentity *n = lower_node(l, SET_IDENTITY, SetIdentity, span);
    n->options = cursor_span(part);
    return &n->node;
}

static Node *lower_drop_identity(Lower *l, Cursor part, Span span)
{
    NodeDropIdentity *n = lower_node(l, DROP_IDENTITY, DropIdentity, span);
    n->if_exists = cursor_find(part, "if exists");
    return &n->node;
}

static Node *lower_drop_expression(Lower *l, Cursor part, Span span)
{
    NodeDropExpression *n = lower_node(l, DROP_EXPRESSION, DropExpression, span);
    n->if_exists = cursor_find(part, "if exists");
    return &n->node;
}

static Node *lower_set_statistics(Lower *l, Cursor part, Span span)
{
    NodeSetStatistics *n = lower_node(l, SET_STATISTICS, SetStatistics, span);
    cursor_take(&part, "set statistics");
    n->target = cursor_span(part);
    return &n->node;
}

static Node *lower_set_storage(Lower *l, Cursor part, Span span)
{
    NodeSetStorage *n = lower_node(l, SET_STORAGE, SetStorage, span);
    cursor_take(&part, "set storage");
    n->storage = cursor_word(&part);
    return &n->node;
}

static Node *lower_set_compression(Lower *l, Cursor part, Span span)
{
    NodeSetCompression *n = lower_node(l, SET_COMPRESSION, SetCompression, span);
    cursor_take(&part, "set compression");
    n->compression = cursor_word(&part);
    return &n->node;
}

static Node *lower_set_options(Lower *l, Cursor part, Span span)
{
    NodeSetOptions *n = lower_node(l, SET_OPTIONS, SetOptions, span);
    cursor_take(&part, "set");
    n->options = lower_options(l, &part);
    return &n->node;
}

static Node *lower_reset_options(Lower *l, Cursor part, Span span)
{
    NodeResetOptions *n = lower_node(l, RESET_OPTIONS, ResetOptions, span);
    cursor_take(&part, "reset");
    n->options = lower_options(l, &part);
    return &n->node;
}

static Node *lower_options_action(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command)
{
    return lower_wrapper_options(l, &part, command->def->list->n_items, command->def->list->items);
}

/* What stands behind the name of the column. NULL: the action is not one on a column. */
static Node *lower_on_column(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command)
{
    Span span = cursor_span(part);
    switch ((int) command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType: return lower_set_type(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault: return lower_set_default(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull: return &lower_node(l, SET_NULL, SetNull, span)->node;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: return &lower_node(l, SET_NOT_NULL, SetNotNull, span)->node;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity: return lower_add_identity(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: return lower_set_identity(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity: return lower_drop_identity(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression: return lower_drop_expression(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics: return lower_set_statistics(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage: return lower_set_storage(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression: return lower_set_compression(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions: return lower_set_options(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions: return lower_reset_options(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions: return lower_options_action(l, part, command);
    default: return NULL;
    }
}

/* A column of an index has a number instead of a name. */
Node *lower_column_action(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command)
{
    Cursor whole = part;
    cursor_take(&part, "alter");
    if (!cursor_take(&part, "column"))
        cursor_take(&part, "attribute");
    Word name = command->name[0] == '\0' ? cursor_number(&part) : cursor_word(&part);
    if (!word_is_written(name))
        return NULL;
    Node *action = lower_on_column(l, part, command);
    if (action == NULL)
        return NULL;
    NodeAlterColumn *n = lower_node(l, ALTER_COLUMN, AlterColumn, cursor_span(whole));
    n->name = name;
    n->actions = lower_one(l, action);
    return &n->node;
}

/* ------------------------------------------------------------------ constraints */

static Node *lower_validate(Lower *l, Cursor part, Span span)
{
    NodeValidateConstraint *n = lower_node(l, VALIDATE_CONSTRAINT, ValidateConstraint, span);
    cursor_take(&part, "validate constraint");
    n->name = cursor_word(&part);
    return &n->node;
}

static Node *lower_alter_constraint(Lower *l, Cursor part, Span span, const PgQuery__Constraint *constraint)
{
    NodeAlterConstraint *n = lower_node(l, ALTER_CONSTRAINT, AlterConstraint, span);
    cursor_take(&part, "alter constraint");
    n->name = cursor_word(&part);
    if (constraint->deferrable)
        n->timing = constraint->initdeferred ? TIMING_DEFERRED : TIMING_DEFERRABLE;
    return &n->node;
}

/* ------------------------------------------------------------------ partitions and parents */

static Node *lower_attach(Lower *l, Cursor part, Span span)
{
    NodeAttachPartition *n = lower_node(l, ATTACH_PARTITION, AttachPartition, span);
    cursor_take(&part, "attach partition");
    n->partition = cursor_ref(&part);
    if (!cursor_is_empty(part))
        n->bound = cursor_span(part);
    return &n->node;
}

static Node *lower_detach(Lower *l, Cursor part, Span span)
{
    NodeDetachPartition *n = lower_node(l, DETACH_PARTITION, DetachPartition, span);
    cursor_take(&part, "detach partition");
    n->partition = cursor_ref(&part);
    n->concurrently = cursor_take_span(&part, "concurrently");
    n->finalize = cursor_take_span(&part, "finalize");
    return &n->node;
}

static Node *lower_of(Lower *l, Cursor part, Span span)
{
    NodeSetOf *n = lower_node(l, SET_OF, SetOf, span);
    if (cursor_take(&part, "of"))
        n->type = cursor_ref(&part);
    return &n->node;
}

static Node *lower_inherit(Lower *l, Cursor part, Span span, bool no)
{
    NodeInherit *n = lower_node(l, INHERIT, Inherit, span);
    NodeNoInherit *not = lower_node(l, NO_INHERIT, NoInherit, span);
    cursor_take(&part, "no");
    cursor_take(&part, "inherit");
    n->parent = not->parent = cursor_ref(&part);
    return no ? &not->node : &n->node;
}

/* ------------------------------------------------------------------ settings of the whole */

static Node *lower_owner(Lower *l, Cursor part, Span span)
{
    NodeSetOwner *n = lower_node(l, SET_OWNER, SetOwner, span);
    cursor_take(&part, "owner to");
    n->owner = cursor_word(&part);
    return &n->node;
}

static Node *lower_row_security(Lower *l, Span span, RowSecurity setting)
{
    NodeSetRowSecurity *n = lower_node(l, SET_ROW_SECURITY, SetRowSecurity, span);
    n->setting = setting;
    return &n->node;
}

static Node *lower_persistence(Lower *l, Cursor part, Span span)
{
    NodeSetPersistence *n = lower_node(l, SET_PERSISTENCE, SetPersistence, span);
    n->unlogged = cursor_find(part, "unlogged");
    return &n->node;
}

static Node *lower_cluster(Lower *l, Cursor part, Span span)
{
    NodeClusterOn *n = lower_node(l, CLUSTER_ON, ClusterOn, span);
    if (cursor_take(&part, "cluster on"))
        n->index = cursor_word(&part);
    return &n->node;
}

static Node *lower_replica_identity(Lower *l, Cursor part, Span span)
{
    NodeReplicaIdentity *n = lower_node(l, REPLICA_IDENTITY, ReplicaIdentity, span);
    cursor_take(&part, "replica identity");
    if (cursor_take(&part, "full"))
        n->identity = REPLICA_FULL;
    else if (cursor_take(&part, "nothing"))
        n->identity = REPLICA_NOTHING;
    else if (cursor_take(&part, "using index"))
        n->identity = REPLICA_INDEX;
    if (n->identity == REPLICA_INDEX)
        n->index = cursor_word(&part);
    return &n->node;
}

static Node *lower_access_method(Lower *l, Cursor part, Span span)
{
    NodeSetAccessMethod *n = lower_node(l, SET_ACCESS_METHOD, SetAccessMethod, span);
    cursor_take(&part, "set access method");
    n->method = cursor_word(&part);
    return &n->node;
}

static Node *lower_tablespace(Lower *l, Cursor part, Span span)
{
    NodeSetTablespace *n = lower_node(l, SET_TABLESPACE, SetTablespace, span);
    cursor_take(&part, "set tablespace");
    n->tablespace = cursor_word(&part);
    return &n->node;
}

/* ------------------------------------------------------------------ triggers and rules */

static Firing take_firing(Cursor *part)
{
    if (cursor_take(part, "disable"))
        return FIRING_DISABLED;
    cursor_take(part, "enable");
    if (cursor_take(part, "replica"))
        return FIRING_REPLICA;
    return cursor_take(part, "always") ? FIRING_ALWAYS : FIRING_ORIGIN;
}

static Node *lower_firing(Lower *l, Cursor part, Span span)
{
    Firing firing = take_firing(&part);
    if (cursor_take(&part, "rule")) {
        NodeSetRule *rule = lower_node(l, SET_RULE, SetRule, span);
        rule->firing = firing;
        rule->name = cursor_word(&part);
        return &rule->node;
    }
    NodeSetTrigger *trigger = lower_node(l, SET_TRIGGER, SetTrigger, span);
    cursor_take(&part, "trigger");
    trigger->firing = firing;
    trigger->name = cursor_word(&part);
    return &trigger->node;
}

/* ------------------------------------------------------------------ all of them */

Node *lower_setting_action(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command)
{
    Span span = cursor_span(part);
    switch ((int) command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint: return lower_validate(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
        return lower_alter_constraint(l, part, span, command->def->constraint);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition: return lower_attach(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize: return lower_detach(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit: return lower_inherit(l, part, span, false);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit: return lower_inherit(l, part, span, true);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf: return lower_of(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner: return lower_owner(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity: return lower_row_security(l, span, ROW_SECURITY_ENABLE);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity: return lower_row_security(l, span, ROW_SECURITY_DISABLE);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity: return lower_row_security(l, span, ROW_SECURITY_FORCE);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity: return lower_row_security(l, span, ROW_SECURITY_NO_FORCE);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged: return lower_persistence(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster: return lower_cluster(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity: return lower_replica_identity(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod: return lower_access_method(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace: return lower_tablespace(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions: return lower_set_options(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions: return lower_reset_options(l, part, span);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions: return lower_options_action(l, part, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule: return lower_firing(l, part, span);
    default: return NULL;
    }
}
