/* `alter table`, and what is said like it of indexes, sequences and composite types: a list of actions. */
#include "lower.h"

/* ------------------------------------------------------------------ actions that add and drop */

static bool is_attribute(const PgQuery__AlterTableStmt *alter)
{
    return alter->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE;
}

static Span cascade(Cursor part, const PgQuery__AlterTableCmd *command)
{
    bool said = command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    return said ? cursor_find(part, "cascade") : (Span) {0};
}

static Node *lower_add_column(Lower *l, Cursor part, const PgQuery__AlterTableStmt *alter,
                              const PgQuery__AlterTableCmd *command)
{
    NodeAddColumn *n = lower_node(l, ADD_COLUMN, AddColumn, cursor_span(part));
    cursor_take(&part, "add");
    if (!cursor_take(&part, "column"))
        (void) (is_attribute(alter) && cursor_take(&part, "attribute"));
    if (command->missing_ok)
        cursor_take(&part, "if not exists");
    if (is_attribute(alter)) {
        n->cascade = cascade(part, command);
        cursor_end_before_behavior(&part, 2);
    }
    n->column =
        is_attribute(alter) ? lower_attribute(l, part) : lower_column(l, part, command->def->column_def, NULL);
    return lower_if_not_exists(l, command->missing_ok, &n->node);
}

static Node *lower_drop_column(Lower *l, Cursor part, const PgQuery__AlterTableStmt *alter,
                               const PgQuery__AlterTableCmd *command)
{
    NodeDropColumn *n = lower_node(l, DROP_COLUMN, DropColumn, cursor_span(part));
    cursor_take(&part, "drop");
    if (!cursor_take(&part, "column"))
        (void) (is_attribute(alter) && cursor_take(&part, "attribute"));
    if (command->missing_ok)
        cursor_take(&part, "if exists");
    n->name = cursor_word(&part);
    n->cascade = cascade(part, command);
    return lower_if_exists(l, command->missing_ok, &n->node);
}

static Node *lower_add_constraint(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command)
{
    NodeAddConstraint *n = lower_node(l, ADD_CONSTRAINT, AddConstraint, cursor_span(part));
    cursor_take(&part, "add");
    n->constraint = lower_constraint(l, part, command->def->constraint, false);
    return n->constraint == NULL ? NULL : &n->node;
}

static Node *lower_drop_constraint(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command)
{
    NodeDropConstraint *n = lower_node(l, DROP_CONSTRAINT, DropConstraint, cursor_span(part));
    cursor_take(&part, "drop constraint");
    if (command->missing_ok)
        cursor_take(&part, "if exists");
    n->name = cursor_word(&part);
    n->cascade = cascade(part, command);
    return lower_if_exists(l, command->missing_ok, &n->node);
}

/* ------------------------------------------------------------------ the order of actions
 *
 * A statement's actions are done in passes, each in the order written (ATPrepCmd and ATParseTransformCmd in
 * src/backend/commands/tablecmds.c, AT_PASS_…). Constraints at a new column have passes of their own. */

typedef enum Pass {
    PASS_DROP, PASS_TYPE, PASS_COLUMN, PASS_ATTRIBUTE, PASS_ADOPTED_KEY, PASS_KEY, PASS_CONSTRAINT, PASS_REST,
    PASS_COUNT
} Pass;

static Pass constraint_pass(const Node *constraint)
{
    if (constraint->kind == NODE_KEY)
        return word_is_written(((const NodeKey *) constraint)->index) ? PASS_ADOPTED_KEY : PASS_KEY;
    return constraint->kind == NODE_EXCLUSION ? PASS_KEY : PASS_CONSTRAINT;
}

static Pass action_pass(const PgQuery__AlterTableCmd *command, const Node *action)
{
    switch ((int) command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity: return PASS_DROP;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType: return PASS_TYPE;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn: return PASS_COLUMN;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: return PASS_ATTRIBUTE;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        return constraint_pass(((const NodeAddConstraint *) action)->constraint);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity: return PASS_CONSTRAINT;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault: return command->def == NULL ? PASS_DROP : PASS_CONSTRAINT;
    default: return PASS_REST;
    }
}

/* The constraint at a column as one of the table. */
static Node *constraint_of_table(Lower *l, Node *constraint, Word column)
{
    NodeAddConstraint *n = lower_node(l, ADD_CONSTRAINT, AddConstraint, constraint->span);
    n->constraint = constraint;
    if (constraint->kind == NODE_KEY)
        list_push(l->arena, &((NodeKey *) constraint)->columns, column);
    else if (constraint->kind == NODE_FOREIGN_KEY)
        list_push(l->arena, &((NodeForeignKey *) constraint)->columns, column);
    return &n->node;
}

/* With other actions beside it, a new column's constraints are actions of their own. */
static void part_from_constraints(Lower *l, const Node *action, NodeList passes[PASS_COUNT])
{
    NodeList kept = {0};
    if (action->kind != NODE_ADD_COLUMN)
        return;
    NodeColumn *column = (NodeColumn *) ((const NodeAddColumn *) action)->column;
    for (size_t i = 0; i < column->clauses.count; i++) {
        Node *clause = column->clauses.items[i];
        bool constraint = clause->kind == NODE_KEY || clause->kind == NODE_CHECK || clause->kind == NODE_FOREIGN_KEY;
        if (constraint)
            list_push(l->arena, &passes[constraint_pass(clause)], constraint_of_table(l, clause, column->name));
        else
            list_push(l->arena, &kept, clause);
    }
    column->clauses = kept;
}

/* ------------------------------------------------------------------ all of them */

static Node *lower_action(Lower *l, Cursor part, const PgQuery__AlterTableStmt *alter,
                          const PgQuery__AlterTableCmd *command)
{
    switch ((int) command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn: return lower_add_column(l, part, alter, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn: return lower_drop_column(l, part, alter, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: return lower_add_constraint(l, part, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint: return lower_drop_constraint(l, part, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids: return NULL;  /* `set without oids`: no table has any */
    default: break;
    }
    Node *node = lower_column_action(l, part, command);
    if (node == NULL)
        node = lower_setting_action(l, part, command);
    return node != NULL ? node : lower_refuse(l, cursor_span(part), "this action");
}

/* Of two types for one column in a statement the server takes the second one only if the first changes nothing
 * (ATExecAlterColumnType); nobody means that. */
static void check_types_once(Lower *l, const NodeList *types)
{
    for (size_t i = 0; i < types->count; i++) {
        const NodeAlterColumn *column = (const NodeAlterColumn *) types->items[i];
        for (size_t j = 0; j < i; j++) {
            const NodeAlterColumn *other = (const NodeAlterColumn *) types->items[j];
            if (types->items[i]->kind != NODE_ALTER_COLUMN || types->items[j]->kind != NODE_ALTER_COLUMN ||
                !str_equal(column->name.name, other->name.name))
                continue;
            report(l->c, M_CONFLICTING_CLAUSES, column->name.span, "column \"%.*s\" gets a type twice",
                   STR_ARG(column->name.name));
            label(l->c, other->name.span, "here, too");
            return;
        }
    }
}

/* ------------------------------------------------------------------ USING
 *
 * It reads the row as it was before the whole statement. Where it reads what another action takes away or gives another
 * type, the actions cannot be statements one after the other. */

typedef struct UsingReader {
    const PgQuery__AlterTableStmt *alter;
    const PgQuery__AlterTableCmd *command;
    bool reads_changed;
} UsingReader;

static bool visit_using(void *context, const ProtobufCMessage *message)
{
    UsingReader *reader = context;
    if (!tree_is(message, pg_query__column_ref))
        return true;
    const PgQuery__ColumnRef *reference = (const PgQuery__ColumnRef *) message;
    Str name = tree_name(reference->n_fields, reference->fields);
    for (size_t i = 0; i < reader->alter->n_cmds; i++) {
        const PgQuery__AlterTableCmd *other = reader->alter->cmds[i]->alter_table_cmd;
        bool changes = other->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn ||
                       other->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType;
        if (changes && other != reader->command && str_equal(str_from(other->name), name))
            reader->reads_changed = true;
    }
    return true;
}

static bool using_reads_changed(const PgQuery__AlterTableStmt *alter, const PgQuery__AlterTableCmd *command)
{
    UsingReader reader = {.alter = alter, .command = command};
    if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType && command->def != NULL &&
        command->def->column_def->raw_default != NULL)
        tree_walk(&command->def->column_def->raw_default->base, visit_using, &reader);
    return reader.reads_changed;
}

static bool is_read_as_one(const PgQuery__AlterTableStmt *alter)
{
    bool one = false;
    for (size_t i = 0; i < alter->n_cmds && !one; i++)
        one = using_reads_changed(alter, alter->cmds[i]->alter_table_cmd);
    return one;
}

static NodeList lower_actions(Lower *l, Cursor at, const PgQuery__AlterTableStmt *alter)
{
    NodeList passes[PASS_COUNT] = {0}, actions = {0};
    for (size_t i = 0; i < alter->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = alter->cmds[i]->alter_table_cmd;
        Cursor part = cursor_item(&at);
        Node *action = lower_action(l, part, alter, command);
        if (action == NULL)
            continue;
        list_push(l->arena, &passes[action_pass(command, action)], action);
        if (alter->n_cmds > 1)
            part_from_constraints(l, action, passes);
    }
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        if (pass == PASS_TYPE)
            check_types_once(l, &passes[pass]);
        for (size_t i = 0; i < passes[pass].count; i++)
            list_push(l->arena, &actions, passes[pass].items[i]);
    }
    return actions;
}

Node *lower_alter_table(Lower *l, Cursor at, const PgQuery__AlterTableStmt *alter)
{
    Span only = {0}, whole = cursor_span(at);
    cursor_take(&at, "alter");
    lower_skip_kind(&at);
    if (alter->missing_ok)
        cursor_take(&at, "if exists");
    Ref name = lower_relation(&at, alter->relation, &only);
    Node *node = lower_alter_object(l, alter->objtype, name, lower_actions(l, at, alter));
    if (node->kind == NODE_ALTER_TABLE) {
        ((NodeAlterTable *) node)->only = only;
        if (is_read_as_one(alter))
            ((NodeAlterTable *) node)->as_one = whole;
    }
    return lower_if_exists(l, alter->missing_ok, node);
}
