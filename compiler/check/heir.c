/* Actions of `alter table` where something is inherited: what a child cannot change by itself, what a parent cannot
 * change alone, and what children must stand (src/backend/commands/tablecmds.c: ATPrepCmd, ATExecDropColumn and others,
 * renameatt, rename_constraint_internal). */
#include "inherit.h"
#include "not_null.h"
#include "partition.h"

static bool refuse(Checker *k, Span span, Span origin, const char *why, Str name)
{
    report(k->c, M_INHERITED, span, "\"%.*s\" %s", STR_ARG(name), why);
    if (span_is_known(origin))
        label(k->c, origin, "inherited from here");
    return false;
}

static Span column_origin(Checker *k, const Table *table, const ColumnInfo *column)
{
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(&k->schema, table->parents.items[i]);
        const ColumnInfo *above = table_column_named(parent, column->name);
        if (above != NULL)
            return above->created;
    }
    return (Span) {0};
}

static bool allow_of_partitioned(Checker *k, const Table *table, Span span, const char *why)
{
    if (!table_is_partitioned(table))
        return true;
    report(k->c, M_PARTITIONED_CANNOT, span, "%s", why);
    label(k->c, table->object.created, "partitioned");
    return false;
}

/* ------------------------------------------------------------------ columns */

static bool check_own_column(Checker *k, const Table *table, const ColumnInfo *column, Span span, const char *why)
{
    return column->inherited == 0 || refuse(k, span, column_origin(k, table, column), why, column->name);
}

static size_t parents_among(Checker *k, const Table *table, ObjectIds ids, Str name)
{
    size_t count = 0;
    for (size_t i = 0; i < table->parents.count; i++) {
        ObjectId id = table->parents.items[i];
        count += object_ids_contain(ids, id) && table_column_named(schema_relation(&k->schema, id), name) != NULL;
    }
    return count;
}

/* A child that has the column from another parent too must not be changed. */
static bool check_sole_parent(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    ObjectIds family = table_descendants(&k->schema, table->object.id);
    list_push(CHECKER_ARENA(k), &family, table->object.id);
    for (size_t i = 0; i < family.count; i++) {
        const Table *child = schema_relation(&k->schema, family.items[i]);
        const ColumnInfo *own = table_column_named(child, column->name);
        if (own == NULL || child == table || (size_t) own->inherited <= parents_among(k, child, family, column->name))
            continue;
        return refuse(k, span, own->created, "is inherited by a child from another table too", column->name);
    }
    return true;
}

/* Of this table, or of a partition that is partitioned itself. */
static bool check_not_partition_key(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    ObjectIds family = table_descendants(&k->schema, table->object.id);
    list_push(CHECKER_ARENA(k), &family, table->object.id);
    for (size_t i = 0; i < family.count; i++) {
        const Table *member = schema_relation(&k->schema, family.items[i]);
        const ColumnInfo *own = table_column_named(member, column->name);
        if (own == NULL || !partition_key_uses(member, own->id))
            continue;
        report(k->c, M_PARTITIONED_CANNOT, span, "column \"%.*s\" is part of the partition key of table \"%.*s\"",
               STR_ARG(column->name), STR_ARG(member->object.name));
        label(k->c, member->object.created, "partitioned by it");
        return false;
    }
    return true;
}

static bool report_only(Checker *k, const Table *table, Span span)
{
    report(k->c, M_INHERITED, span, "this cannot be done to table \"%.*s\" without its children",
           STR_ARG(table->object.name));
    label(k->c, table->object.created, table_is_partitioned(table) ? "partitioned" : "others inherit from it");
    help(k->c, "leave out `only`");
    return false;
}

bool check_not_only(Checker *k, const Table *table, bool only, Span span)
{
    return !only || !table_has_children(&k->schema, table->object.id) || report_only(k, table, span);
}

/* Whether a constraint can be dropped from the table only: before 18 partitions had to lose it, too. */
static bool goes_alone(const Checker *k, const Table *table)
{
    enum { ALONE_SINCE = 18 };
    return !table_is_partitioned(table) || k->settings.postgres >= ALONE_SINCE;
}

static bool allow_drop_column(Checker *k, const Table *table, const ColumnInfo *column, bool only, Span span)
{
    bool partitioned = table_is_partitioned(table);
    return check_own_column(k, table, column, span, "is inherited: it goes when its parent's does") &&
           check_not_partition_key(k, table, column, span) &&
           (!partitioned || check_not_only(k, table, only, span));
}

static bool allow_rename_column(Checker *k, const Table *table, const ColumnInfo *column, const NodeRenameColumn *node,
                                bool only)
{
    Span span = node->name.span;
    if (!check_own_column(k, table, column, span, "is inherited: it is renamed with its parent's") ||
        !check_not_only(k, table, only, span) || !check_sole_parent(k, table, column, span))
        return false;
    Parts heirs = column_heirs(&k->schema, table->object.id, column->id);
    for (size_t i = 0; i < heirs.count; i++) {
        const Table *child = schema_relation(&k->schema, heirs.items[i].object);
        const ColumnInfo *other = table_column_named(child, node->to.name);
        if (other == NULL)
            continue;
        report(k->c, M_DUPLICATE_COLUMN, node->to.span, "table \"%.*s\", which inherits it, has a column \"%.*s\"",
               STR_ARG(child->object.name), STR_ARG(node->to.name));
        label(k->c, other->created, "that one");
        return false;
    }
    return true;
}

static bool check_child_may_be_null(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    bool held = table->bound != NULL || not_null_is_named(&k->schema, table->object.kind);
    for (size_t i = 0; i < table->parents.count && held; i++) {
        const Table *parent = schema_relation(&k->schema, table->parents.items[i]);
        const ColumnInfo *above = table_column_named(parent, column->name);
        if (above != NULL && not_null_is_inheritable(&above->not_null))
            return refuse(k, span, above->created, "cannot be null, since it is not in its parent", column->name);
    }
    return true;
}

/* Identities are each table's own, but those of partitioned tables from 17 on (ATExecAddIdentity and others). */
static bool allow_identity(Checker *k, const Table *table, const ColumnInfo *column, bool only, Span span)
{
    const Table *parent = table->bound == NULL ? NULL : schema_relation(&k->schema, table->parents.items[0]);
    if (identity_is_shared(&k->schema, parent))
        return refuse(k, span, column_origin(k, table, column),
                      "is a partition's: whether it is an identity is up to the partitioned table", column->name);
    if (!only || !identity_is_shared(&k->schema, table))
        return true;
    return report_only(k, table, span);
}

static bool check_identity_added(Checker *k, const Table *table, Span span)
{
    if (identity_is_shared(&k->schema, table) || !table_has_children(&k->schema, table->object.id))
        return true;
    report(k->c, M_INHERITED, span, "an identity column cannot be added to table \"%.*s\", which others inherit from",
           STR_ARG(table->object.name));
    label(k->c, table->object.created, "created here");
    help(k->c, "add the column, and then make it an identity: children do not inherit that");
    return false;
}

/* A child that has the column keeps its own, generated or not: ATExecAddColumn does not compare them. */
static bool check_generated_added(Checker *k, const Table *table, const NodeColumn *column)
{
    ObjectIds descendants = table_descendants(&k->schema, table->object.id);
    for (size_t i = 0; i < descendants.count; i++) {
        if (table_column_named(schema_relation(&k->schema, descendants.items[i]), column->name.name) == NULL)
            continue;
        report_not_yet(k, column->node.span);
        return false;
    }
    return true;
}

bool check_children_not_null(Checker *k, const Table *table, const ColumnInfo *column, bool only, Span span)
{
    Parts heirs = column_heirs(&k->schema, table->object.id, column->id);
    for (size_t i = 0; i < heirs.count && only; i++) {
        if (!table_column(schema_relation(&k->schema, heirs.items[i].object), heirs.items[i].id)->not_null.holds)
            return check_not_only(k, table, only, span);
    }
    return true;
}

static bool allow_column_action(Checker *k, const Table *table, const ColumnInfo *column, const Node *action, bool only)
{
    Span span = action->span;
    switch ((int) action->kind) {
    case NODE_SET_TYPE:
        return check_own_column(k, table, column, span, "is inherited: its type changes with its parent's") &&
               check_not_only(k, table, only, span) && check_sole_parent(k, table, column, span) &&
               check_not_partition_key(k, table, column, span);
    case NODE_SET_NULL:
        return check_child_may_be_null(k, table, column, span) &&
               (goes_alone(k, table) || check_not_only(k, table, only, span));
    case NODE_SET_NOT_NULL:
        return !table_is_partitioned(table) || check_children_not_null(k, table, column, only, span);
    case NODE_ADD_IDENTITY:
    case NODE_SET_IDENTITY:
    case NODE_DROP_IDENTITY: return allow_identity(k, table, column, only, span);
    case NODE_DROP_EXPRESSION:
        return check_own_column(k, table, column, span, "is inherited: it is generated while its parent's is") &&
               check_not_only(k, table, only, span);
    default: return true;
    }
}

static bool allow_alter_column(Checker *k, const Table *table, const NodeAlterColumn *node, bool only)
{
    const ColumnInfo *column = table_column_named(table, node->name.name);
    for (size_t i = 0; column != NULL && i < node->actions.count; i++) {
        if (!allow_column_action(k, table, column, node->actions.items[i], only))
            return false;
    }
    return true;
}

static bool allow_add_column(Checker *k, const Table *table, const NodeAddColumn *node, bool only)
{
    const NodeColumn *column = (const NodeColumn *) node->column;
    if (column == NULL)
        return true;
    if (table->bound != NULL) {
        report(k->c, M_INHERITED, column->name.span, "a partition has the columns of its parent, and no others");
        label(k->c, table->object.created, "a partition");
        help(k->c, "add it to the parent");
        return false;
    }
    for (size_t i = 0; i < column->clauses.count; i++) {
        int kind = (int) column->clauses.items[i]->kind;
        if ((kind == NODE_IDENTITY && !check_identity_added(k, table, node->node.span)) ||
            (kind == NODE_GENERATED && !check_generated_added(k, table, column)))
            return false;
    }
    return check_not_only(k, table, only, column->name.span);
}

/* ------------------------------------------------------------------ constraints */

static bool allow_drop_constraint(Checker *k, const Table *table, const NodeDropConstraint *node, bool only)
{
    const Constraint *constraint = table_constraint_named(table, node->name.name);
    Span span = node->name.span;
    if (constraint == NULL)
        return true;
    if (constraint->inherited > 0 || constraint->parent != 0)
        return refuse(k, span, constraint->created, "is inherited: it goes when its parent's does", constraint->name);
    return goes_alone(k, table) || check_not_only(k, table, only, span);
}

static bool allow_rename_constraint(Checker *k, const Table *table, const NodeRenameConstraint *node, bool only)
{
    const Constraint *constraint = table_constraint_named(table, node->name.name);
    if (constraint == NULL || constraint->kind != CONSTRAINT_CHECK)
        return true;
    if (constraint->inherited > 0)
        return refuse(k, node->name.span, constraint->created, "is inherited: it is renamed with its parent's",
                      constraint->name);
    Parts heirs = constraint_heirs(&k->schema, table->object.id, constraint->id);
    for (size_t i = 0; i < heirs.count; i++) {
        const Table *child = schema_relation(&k->schema, heirs.items[i].object);
        const Constraint *other = table_constraint_named(child, node->to.name);
        if (other == NULL)
            continue;
        report(k->c, M_DUPLICATE_CONSTRAINT, node->to.span,
               "table \"%.*s\", which inherits it, has a constraint \"%.*s\"", STR_ARG(child->object.name),
               STR_ARG(node->to.name));
        label(k->c, other->created, "that one");
        return false;
    }
    return heirs.count == 0 || check_not_only(k, table, only, node->name.span);
}

static bool allow_alter_constraint(Checker *k, const Table *table, Word name)
{
    const Constraint *constraint = table_constraint_named(table, name.name);
    return constraint == NULL || constraint->parent == 0 ||
           refuse(k, name.span, constraint->created, "is derived from its parent's: alter that",
                  constraint->name);
}

/* The columns of a primary key are not made not null below (ATExecCheckNotNull). */
static bool allow_key_alone(Checker *k, const Table *table, const NodeKey *node)
{
    for (size_t i = 0; i < node->columns.count && span_is_known(node->primary); i++) {
        const ColumnInfo *column = table_column_named(table, node->columns.items[i].name);
        if (column != NULL && !check_children_not_null(k, table, column, true, node->columns.items[i].span))
            return false;
    }
    return true;
}

static bool allow_add_constraint(Checker *k, const Table *table, const NodeAddConstraint *node, bool only)
{
    const Node *constraint = node->constraint;
    const NodeForeignKey *foreign = (const NodeForeignKey *) constraint;
    if (constraint == NULL)
        return true;
    if (constraint->kind == NODE_NOT_NULL)
        return true;
    bool check = constraint->kind == NODE_CHECK && !span_is_known(((const NodeCheck *) constraint)->no_inherit);
    bool partitioned = table_is_partitioned(table);
    if (partitioned && constraint->kind == NODE_FOREIGN_KEY && span_is_known(foreign->not_valid) &&
        !check_server(k, 18, foreign->not_valid, "a foreign key of a partitioned table that is not valid yet"))
        return false;
    if (partitioned && constraint->kind == NODE_KEY && word_is_written(((const NodeKey *) constraint)->index))
        return allow_of_partitioned(k, table, constraint->span, "a partitioned table's key cannot take over an index");
    if (partitioned && only && constraint->kind == NODE_KEY)
        return allow_key_alone(k, table, (const NodeKey *) constraint);
    return !(check || partitioned) || check_not_only(k, table, only, constraint->span);
}

static bool check_check_of_children(Checker *k, const Table *table, const Constraint *check, Span span)
{
    ObjectIds children = table_children(&k->schema, table->object.id);
    for (size_t i = 0; i < children.count && !check->no_inherit; i++) {
        const Table *child = schema_relation(&k->schema, children.items[i]);
        const Constraint *own = table_constraint_named(child, check->name);
        if (own == NULL && !check_check_of_children(k, child, check, span))
            return false;
        bool joins = own == NULL || (own->kind == CONSTRAINT_CHECK && !own->no_inherit &&
                                     check_is_same(&k->schema, table, check, child, own) &&
                                     (!own->not_valid || check->not_valid));
        if (joins)
            continue;
        report(k->c, M_DUPLICATE_CONSTRAINT, span,
               "table \"%.*s\", which inherits it, has a constraint \"%.*s\" that says something else",
               STR_ARG(child->object.name), STR_ARG(check->name));
        label(k->c, own->created, "that one");
        return false;
    }
    return true;
}

bool check_checks_of_children(Checker *k, const Table *table, size_t from, Span span)
{
    for (size_t i = from; i < table->constraints.count; i++) {
        const Constraint *check = table->constraints.items[i];
        if (check->kind == CONSTRAINT_CHECK && !check_check_of_children(k, table, check, span))
            return false;
    }
    return true;
}

bool check_column_of_children(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    ObjectIds children = table_children(&k->schema, table->object.id);
    for (size_t i = 0; i < children.count; i++) {
        const Table *child = schema_relation(&k->schema, children.items[i]);
        const ColumnInfo *own = table_column_named(child, column->name);
        if (own == NULL ? !check_column_of_children(k, child, column, span)
                        : !check_same_type(k, column, own, child, span))
            return false;
    }
    return true;
}

bool check_index_goes_alone(Checker *k, const Index *index, Span span)
{
    const Object *whole = schema_object(&k->schema, index->parent);
    if (whole == NULL)
        return true;
    report(k->c, M_INHERITED, span, "index \"%.*s\" is a part of index \"%.*s\", and goes with that",
           STR_ARG(index->object.name), STR_ARG(whole->name));
    label(k->c, whole->created, "of the partitioned table");
    return false;
}

/* ------------------------------------------------------------------ partitioned tables as a whole */

static bool allow_column(Checker *k, const Table *table, const Node *action, bool only)
{
    const NodeDropColumn *drop = (const NodeDropColumn *) action;
    const NodeRenameColumn *rename = (const NodeRenameColumn *) action;
    if (action->kind == NODE_DROP_COLUMN) {
        const ColumnInfo *column = table_column_named(table, drop->name.name);
        return column == NULL || allow_drop_column(k, table, column, only, drop->name.span);
    }
    const ColumnInfo *column = table_column_named(table, rename->name.name);
    return column == NULL || allow_rename_column(k, table, column, rename, only);
}

bool check_heirs_allow(Checker *k, const Table *table, const Node *action, bool only)
{
    switch ((int) action->kind) {
    case NODE_ADD_COLUMN: return allow_add_column(k, table, (const NodeAddColumn *) action, only);
    case NODE_DROP_COLUMN:
    case NODE_RENAME_COLUMN: return allow_column(k, table, action, only);
    case NODE_ALTER_COLUMN: return allow_alter_column(k, table, (const NodeAlterColumn *) action, only);
    case NODE_ADD_CONSTRAINT: return allow_add_constraint(k, table, (const NodeAddConstraint *) action, only);
    case NODE_DROP_CONSTRAINT: return allow_drop_constraint(k, table, (const NodeDropConstraint *) action, only);
    case NODE_RENAME_CONSTRAINT:
        return allow_rename_constraint(k, table, (const NodeRenameConstraint *) action, only);
    case NODE_ALTER_CONSTRAINT:
        return allow_alter_constraint(k, table, ((const NodeAlterConstraint *) action)->name);
    case NODE_SET_ENFORCEMENT:
        return allow_alter_constraint(k, table, ((const NodeSetEnforcement *) action)->name);
    case NODE_VALIDATE_CONSTRAINT: return check_not_only(k, table, only, action->span);
    case NODE_SET_OPTIONS:
        return allow_of_partitioned(k, table, action->span, "a partitioned table has no storage parameters");
    case NODE_CLUSTER_ON:
        return allow_of_partitioned(k, table, action->span, "a partitioned table cannot be clustered this way");
    case NODE_SET_ACCESS_METHOD:
        return k->settings.postgres >= 17 ||
               allow_of_partitioned(k, table, action->span, "before 17 a partitioned table has no access method");
    case NODE_SET_PERSISTENCE:
        return k->settings.postgres < 18 ||
               allow_of_partitioned(k, table, action->span, "a partitioned table has no rows to be logged or not");
    default: return true;
    }
}
