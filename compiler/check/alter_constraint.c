/* Actions of `alter table` on constraints. */
#include "inherit.h"
#include "null.h"
#include "partition.h"

void report_unknown_constraint(Checker *k, const Object *object, Word name)
{
    Nearest nearest = nearest_to(name.name);
    const ConstraintList *constraints = object_constraints(object);
    if (is_silenced(k, "constraint", object->id, name.name))
        return;
    report(k->c, M_UNKNOWN_CONSTRAINT, name.span, "%s \"%.*s\" has no constraint \"%.*s\"", object_word(object->kind),
           STR_ARG(object->name), STR_ARG(name.name));
    label(k->c, object->created, "created here");
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++)
        nearest_try(&nearest, constraints->items[i]->name);
    const Table *table = schema_relation(&k->schema, object->id);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++)
        nearest_try(&nearest, table->columns.items[i]->not_null.name);
    nearest_help(k->c, &nearest);
}

const Constraint *find_constraint(Checker *k, const Table *table, Word name)
{
    const Constraint *constraint = table_constraint_named(table, name.name);
    if (constraint == NULL)
        report_unknown_constraint(k, &table->object, name);
    return constraint;
}

static void check_drop_constraint(Checker *k, const Table *table, const NodeDropConstraint *node)
{
    const Constraint *constraint = find_constraint(k, table, node->name);
    if (constraint == NULL)
        return;
    Part part = {table->object.id, PART_CONSTRAINT, constraint->id};
    check_deletion(k, node->node.span, part, node->name.span, span_is_known(node->cascade));
}

/* ------------------------------------------------------------------ add */

static void check_build_constraint(Checker *k, const Table *table, const NodeAddConstraint *node)
{
    TableBuild build = begin_build(k, table);
    size_t before = table->constraints.count;
    PendingConstraints pending = {0};
    list_push(CHECKER_ARENA(k), &pending, (PendingConstraint) {node->constraint, 0});
    build_constraints(k, &build, pending);
    if (build.table->constraints.count == before ||
        !check_checks_of_children(k, build.table, before, node->node.span))
        return;
    const Constraint *made = build.table->constraints.items[before];
    if (!k->only && !check_primary_of_partitions(k, build.table, made, node->node.span))
        return;
    if (k->only && constraint_is_key(made) && table_is_partitioned(table))
        constraint_edit(CHECKER_ARENA(k), &build.table->constraints, made->id)->incomplete =
            table_has_children(&k->schema, table->object.id);
    if (!require_not_null(k, table, made, node->node.span))
        return;
    AddConstraintChange add = {table->object.id, build.table->constraints.items[before]};
    checker_change(k, (Change) {.kind = CHANGE_ADD_CONSTRAINT, .span = node->node.span, .add_constraint = add});
}

static bool refuse_adoption(Checker *k, const Index *index, Word name, const char *why)
{
    report(k->c, M_UNFIT_INDEX, name.span, "index \"%.*s\" %s, and cannot be that of a key", STR_ARG(name.name), why);
    label(k->c, index->object.created, "created here");
    return false;
}

/* transformIndexConstraint() in src/backend/parser/parse_utilcmd.c. Unique indexes are btree, as no other can be. */
static bool check_adoptable(Checker *k, const Index *index, Word name)
{
    if (!index->unique)
        return refuse_adoption(k, index, name, "is not unique");
    if (index->where != NULL)
        return refuse_adoption(k, index, name, "leaves rows out");
    for (size_t i = 0; i < index->keys.count; i++) {
        if (index->keys.items[i].column == 0)
            return refuse_adoption(k, index, name, "has an expression");
        if (!index_key_is_plain(&index->keys.items[i]))
            return refuse_adoption(k, index, name, "has an order, a collation or an operator class of its own");
        for (size_t j = 0; j < i; j++) {
            if (index->keys.items[j].column == index->keys.items[i].column)
                return refuse_adoption(k, index, name, "has a column twice");
        }
    }
    return true;
}

/* The index is renamed to the constraint's name, which is its own where none is written. */
static bool check_adopted_name(Checker *k, const Table *table, const Index *index, Word name)
{
    const Constraint *other = table_constraint_named(table, name.name);
    if (other != NULL) {
        report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "table \"%.*s\" has a constraint \"%.*s\" already",
               STR_ARG(table->object.name), STR_ARG(name.name));
        label(k->c, other->created, "the first one");
        return false;
    }
    return str_equal(name.name, index->object.name) ||
           (check_new_name(k, name) && check_relation_is_free(k, table->object.schema, name));
}

static Constraint *adopt(Checker *k, const Index *index, const NodeKey *node, Word name)
{
    Constraint *constraint = arena_new(CHECKER_ARENA(k), Constraint);
    constraint->kind = span_is_known(node->primary) ? CONSTRAINT_PRIMARY : CONSTRAINT_UNIQUE;
    constraint->name = name.name;
    constraint->created = node->node.span;
    constraint->id = index->object.id;
    constraint->timing = (ConstraintTiming) node->timing;
    for (size_t i = 0; i < index->keys.count; i++) {
        list_push(CHECKER_ARENA(k), &constraint->columns, index->keys.items[i].column);
        list_push(CHECKER_ARENA(k), &constraint->names, index->keys.items[i].name);
    }
    constraint->include = index->include;
    constraint->options = index->options;
    constraint->tablespace = index->tablespace;
    constraint->nulls_not_distinct = index->nulls_not_distinct;
    return constraint;
}

static void check_adopt_index(Checker *k, const Table *table, const NodeAddConstraint *node)
{
    const NodeKey *key = (const NodeKey *) node->constraint;
    Word name = word_is_written(key->name) ? key->name : key->index;
    TableIndex found;
    if (!find_table_index(k, table, key->index, &found))
        return;
    if (found.index == NULL) {
        report(k->c, M_UNFIT_INDEX, key->index.span, "index \"%.*s\" belongs to a constraint already",
               STR_ARG(key->index.name));
        label(k->c, found.key->created, "the constraint");
        return;
    }
    if (!check_single_primary_key(k, table, key) || !check_adoptable(k, found.index, key->index) ||
        !check_adopted_name(k, table, found.index, name))
        return;
    AdoptIndexChange change = {table->object.id, adopt(k, found.index, key, name)};
    if (!require_not_null(k, table, change.constraint, node->node.span))
        return;
    checker_change(k, (Change) {.kind = CHANGE_ADOPT_INDEX, .span = node->node.span, .adopt_index = change});
}

static void check_add_constraint(Checker *k, const Table *table, const NodeAddConstraint *node)
{
    const NodeKey *key = (const NodeKey *) node->constraint;
    if (key == NULL)
        return;
    if (key->node.kind == NODE_KEY && word_is_written(key->index))
        check_adopt_index(k, table, node);
    else if (key->node.kind == NODE_NOT_NULL)
        check_add_not_null(k, table, (const NodeNotNull *) node->constraint);
    else
        check_build_constraint(k, table, node);
}

/* ------------------------------------------------------------------ rename, validate, timing */

static bool check_constraint_is_free(Checker *k, const Table *table, const Constraint *constraint, Word name)
{
    const Constraint *other = table_constraint_named(table, name.name);
    const ColumnInfo *column = table_not_null_named(table, name.name);
    if (!check_new_name(k, name))
        return false;
    if (other != NULL || column != NULL) {
        report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "table \"%.*s\" has a constraint \"%.*s\" already",
               STR_ARG(table->object.name), STR_ARG(name.name));
        label(k->c, other != NULL ? other->created : column->not_null.created,
              other == constraint ? "it is this one" : "created here");
        return false;
    }
    return !constraint_has_index(constraint) || check_relation_is_free(k, table->object.schema, name);
}

void rename_constraint(Checker *k, Span span, const Table *table, const Constraint *constraint, Word name)
{
    PropertyValue value = {.text = name.name};
    if (check_constraint_is_free(k, table, constraint, name))
        checker_set(k, span, table->object.id, PROPERTY_CONSTRAINT_NAME, constraint->id, value);
    else
        silence_constraint(k, table, name.name);
}

static void check_rename_constraint(Checker *k, const Table *table, const NodeRenameConstraint *node)
{
    const Constraint *constraint = find_constraint(k, table, node->name);
    if (constraint != NULL)
        rename_constraint(k, node->node.span, table, constraint, node->to);
    else
        silence_constraint(k, table, node->to.name);
}

static bool refuse_kind(Checker *k, const Constraint *constraint, Word name, const char *wanted)
{
    report(k->c, M_WRONG_KIND, name.span, "constraint \"%.*s\" is not %s", STR_ARG(name.name), wanted);
    label(k->c, constraint->created, "created here");
    return false;
}

static void check_validate(Checker *k, const Table *table, const NodeValidateConstraint *node)
{
    const Constraint *constraint = find_constraint(k, table, node->name);
    if (constraint == NULL)
        return;
    bool fits = constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_FOREIGN;
    if (!fits) {
        refuse_kind(k, constraint, node->name, "a check or a foreign key");
        return;
    }
    if (constraint->not_enforced) {
        refuse_kind(k, constraint, node->name, "enforced, and cannot be validated");
        return;
    }
    if (constraint->not_valid)
        checker_set(k, node->node.span, table->object.id, PROPERTY_CONSTRAINT_VALIDITY, constraint->id,
                    (PropertyValue) {.flag = false});
}

static void check_timing(Checker *k, const Table *table, const NodeAlterConstraint *node)
{
    const Constraint *constraint = find_constraint(k, table, node->name);
    if (constraint == NULL)
        return;
    if (constraint->kind != CONSTRAINT_FOREIGN) {
        refuse_kind(k, constraint, node->name, "a foreign key, and PostgreSQL changes the timing of no other");
        help(k->c, "drop it and add it again");
        return;
    }
    PropertyValue value = {.timing = (ConstraintTiming) node->timing};
    checker_set(k, node->node.span, table->object.id, PROPERTY_CONSTRAINT_TIMING, constraint->id, value);
}

static void check_enforcement(Checker *k, const Table *table, const NodeSetEnforcement *node)
{
    const Constraint *constraint = find_constraint(k, table, node->name);
    if (constraint == NULL || !check_server(k, 18, node->node.span, "`alter constraint … enforced`"))
        return;
    if (constraint->kind != CONSTRAINT_FOREIGN) {
        refuse_kind(k, constraint, node->name, "a foreign key, and PostgreSQL alters this of no other");
        help(k->c, "drop it and add it again");
        return;
    }
    PropertyValue value = {.flag = span_is_known(node->not_enforced)};
    if (value.flag != constraint->not_enforced)
        checker_set(k, node->node.span, table->object.id, PROPERTY_CONSTRAINT_ENFORCEMENT, constraint->id, value);
}

static void check_inheritance(Checker *k, const Table *table, const NodeSetInheritance *node)
{
    const Constraint *constraint = find_constraint(k, table, node->name);
    if (constraint != NULL)
        refuse_kind(k, constraint, node->name, "one that says `not null`, and PostgreSQL alters this of no other");
}

bool check_constraint_action(Checker *k, const Table *table, const Node *action)
{
    if (check_not_null_action(k, table, action))
        return true;
    switch ((int) action->kind) {
    case NODE_ADD_CONSTRAINT: check_add_constraint(k, table, (const NodeAddConstraint *) action); return true;
    case NODE_DROP_CONSTRAINT: check_drop_constraint(k, table, (const NodeDropConstraint *) action); return true;
    case NODE_RENAME_CONSTRAINT: check_rename_constraint(k, table, (const NodeRenameConstraint *) action); return true;
    case NODE_VALIDATE_CONSTRAINT: check_validate(k, table, (const NodeValidateConstraint *) action); return true;
    case NODE_ALTER_CONSTRAINT: check_timing(k, table, (const NodeAlterConstraint *) action); return true;
    case NODE_SET_ENFORCEMENT: check_enforcement(k, table, (const NodeSetEnforcement *) action); return true;
    case NODE_SET_INHERITANCE: check_inheritance(k, table, (const NodeSetInheritance *) action); return true;
    default: return false;
    }
}
