/* Constraints of tables and columns. */
#include "foreign.h"
#include "inherit.h"
#include "key.h"
#include "null.h"
#include "operator.h"
#include "temporal.h"
#include "partition.h"

/* ------------------------------------------------------------------ names */

static Word constraint_name(const Node *node)
{
    if (node->kind == NODE_KEY)
        return ((const NodeKey *) node)->name;
    if (node->kind == NODE_EXCLUSION)
        return ((const NodeExclusion *) node)->name;
    if (node->kind == NODE_NOT_NULL)
        return ((const NodeNotNull *) node)->name;
    return node->kind == NODE_CHECK ? ((const NodeCheck *) node)->name : ((const NodeForeignKey *) node)->name;
}

static bool has_index(const Node *node)
{
    return node->kind == NODE_KEY || node->kind == NODE_EXCLUSION;
}

/* What a new table is said to hold unchecked is valid all the same: there are no rows (transformCheckConstraints in
 * parse_utilcmd.c). */
static bool is_altered(Checker *k, const TableBuild *build)
{
    return schema_relation(&k->schema, build->table->object.id) != NULL;
}

static bool refuse_name(Checker *k, const TableBuild *build, Word name, Span other)
{
    report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "table \"%.*s\" has a constraint \"%.*s\" already",
           STR_ARG(build->table->object.name), STR_ARG(name.name));
    label(k->c, other, "the first one");
    return false;
}

/* The check of a parent that a new table's own check becomes one with; NULL: none has its name. */
static const Constraint *inherited_check(Checker *k, const TableBuild *build, const Node *node, Word name)
{
    const Constraint *other = table_constraint_named(build->table, name.name);
    bool joins = node->kind == NODE_CHECK && !is_altered(k, build) && other != NULL && other->inherited > 0;
    return joins ? other : NULL;
}

/* A name that was written: free in the table, and for a key among the relations. */
static bool check_constraint_name(Checker *k, TableBuild *build, const Node *node, Word name)
{
    const Constraint *other = table_constraint_named(build->table, name.name);
    other = other != NULL ? other : find_inherited(build, name.name);
    if (!check_new_name(k, name))
        return false;
    if (inherited_check(k, build, node, name) != NULL)
        return true;
    if (other != NULL)
        return refuse_name(k, build, name, other->created);
    const ColumnInfo *column = table_not_null_named(build->table, name.name);
    if (column != NULL && !(node->kind == NODE_NOT_NULL && column->not_null.not_local))
        return refuse_name(k, build, name, column->not_null.created);
    if (has_index(node) && !take_relation_name(k, build, name))
        return false;
    name_take_constraint(&build->names, name.name);
    return true;
}

static StrList column_names(Checker *k, const Table *table, ColumnIds columns, ColumnIds include)
{
    StrList names = {0};
    for (size_t i = 0; i < columns.count; i++)
        name_index_column(CHECKER_ARENA(k), &names, table_column(table, columns.items[i])->name);
    for (size_t i = 0; i < include.count; i++)
        name_index_column(CHECKER_ARENA(k), &names, table_column(table, include.items[i])->name);
    return names;
}

/* The server names a check after its column if it reads exactly one. */
static Str sole_column_name(const Table *table, const Constraint *check)
{
    size_t count = check->columns.count;
    if (check->expression->tableoid)
        return count == 0 ? STR("tableoid") : STR("");
    return count == 1 ? table_column(table, check->columns.items[0])->name : STR("");
}

static Str choose_name(Checker *k, TableBuild *build, const Constraint *constraint)
{
    Str table = build->table->object.name;
    StrList columns = {0};
    switch (constraint->kind) {
    case CONSTRAINT_CHECK:
        return name_choose_check(&build->names, table, sole_column_name(build->table, constraint));
    case CONSTRAINT_FOREIGN:
        for (size_t i = 0; i < constraint->columns.count; i++)
            list_push(CHECKER_ARENA(k), &columns, table_column(build->table, constraint->columns.items[i])->name);
        return name_choose_foreign(&build->names, table, columns);
    case CONSTRAINT_PRIMARY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE: break;
    }
    return name_choose_key_of(&build->names, table, constraint->kind, constraint->names);
}

/* ------------------------------------------------------------------ keys */

/* Operator classes of migrations that the columns of a key are sorted by. */
static void use_own_classes(Checker *k, const Table *table, Constraint *key)
{
    for (size_t i = 0; i < key->columns.count && !key->temporal; i++) {
        const Type *type = &table_column(table, key->columns.items[i])->type;
        const Definition *class = operator_class_default(&k->schema, STR("btree"), type);
        if (class != NULL && !object_ids_contain(key->uses, class->object.id))
            list_push(CHECKER_ARENA(k), &key->uses, class->object.id);
    }
}

static bool check_key_columns(Checker *k, const Table *table, const Constraint *key, Span span)
{
    bool fine = true;
    ColumnIds columns = key->columns;
    for (size_t i = 0; i < columns.count; i++) {
        const ColumnInfo *column = table_column(table, columns.items[i]);
        fine = (key->temporal || check_indexable(k, column, STR("btree"), span)) && fine;
        for (size_t j = 0; j < i; j++) {
            if (columns.items[j] == columns.items[i]) {
                report(k->c, M_KEY_REPEATS_COLUMN, span, "column \"%.*s\" is twice in this key", STR_ARG(column->name));
                return false;
            }
        }
    }
    if (columns.count + key->include.count > KEY_COLUMNS_MAXIMUM) {
        report(k->c, M_TOO_MANY_COLUMNS, span, "a key can have %d columns at most", KEY_COLUMNS_MAXIMUM);
        return false;
    }
    return fine;
}

/* A constraint that only came from a parent is the table's own, too, by a name of its own. */
static void own_not_null(Checker *k, Table *table, const ColumnInfo *column)
{
    const NotNull own = {.holds = true, .created = column->created};
    if (column->not_null.not_local)
        column_edit(CHECKER_ARENA(k), table, column->id)->not_null = own;
}

static void primary_key_makes_not_null(Checker *k, Table *table, const Constraint *key, const NodeKey *node)
{
    bool creating = schema_table(&k->schema, table->object.id) == NULL;
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (creating && column_ids_contain(key->columns, column->id))
            own_not_null(k, table, column);
        if (column->not_null.holds || !column_ids_contain(key->columns, column->id))
            continue;
        bool written = !column->not_local && table->of == 0;  /* and not a parent's or a type's */
        if (creating && written && node->columns.count > 0) {
            report(k->c, M_CONFLICTING_CLAUSES, node->node.span, "a column of a primary key cannot be null");
            label(k->c, column->created, "this one is");
        }
        column_edit(CHECKER_ARENA(k), table, column->id)->not_null.holds = true;
    }
}

bool check_single_primary_key(Checker *k, const Table *table, const NodeKey *node)
{
    const Constraint *other = table_primary_key(table);
    if (!span_is_known(node->primary) || other == NULL)
        return true;
    report(k->c, M_SECOND_PRIMARY_KEY, node->node.span, "table \"%.*s\" has a primary key already",
           STR_ARG(table->object.name));
    label(k->c, other->created, "the first one");
    help(k->c, "a key of several columns is one item: `primary key (a, b);`");
    return false;
}

static bool build_key(Checker *k, TableBuild *build, const NodeKey *node, ColumnId column, Constraint *constraint)
{
    bool fine = check_single_primary_key(k, build->table, node) && check_no_inherited_key(k, build, node);
    constraint->kind = span_is_known(node->primary) ? CONSTRAINT_PRIMARY : CONSTRAINT_UNIQUE;
    constraint->timing = (ConstraintTiming) node->timing;
    constraint->nulls_not_distinct = span_is_known(node->nulls_not_distinct);
    if (constraint->nulls_not_distinct)
        fine = check_server(k, 15, node->nulls_not_distinct, "`nulls not distinct`") && fine;
    if (column != 0)
        list_push(CHECKER_ARENA(k), &constraint->columns, column);
    else
        constraint->columns = find_columns(k, build->table, node->columns, &fine);
    constraint->include = find_columns(k, build->table, node->include, &fine);
    constraint->temporal = span_is_known(node->without_overlaps);
    constraint->options = build_options(k, constraint_method(constraint), node->options);
    fine = choose_tablespace(k, node->tablespace, &constraint->tablespace) && fine;
    constraint->names = column_names(k, build->table, constraint->columns, constraint->include);
    fine = check_key_columns(k, build->table, constraint, node->node.span) && fine;
    use_own_classes(k, build->table, constraint);
    fine = fine && (!constraint->temporal || check_temporal_key(k, build->table, node, constraint));
    fine = fine && check_no_virtual(k, build->table, constraint->columns, node->node.span, "cannot be part of a key") &&
           check_no_virtual(k, build->table, constraint->include, node->node.span, "cannot be part of an index");
    fine = fine && check_unique_of_partitioned(k, build->table, constraint_equal_columns(k, constraint),
                                               node->node.span);
    if (fine && constraint->kind == CONSTRAINT_PRIMARY)
        primary_key_makes_not_null(k, build->table, constraint, node);
    return fine;
}

/* ------------------------------------------------------------------ checks */

/* The server hands such a check on to the children as it is written, where their columns go by other names
 * (ATAddCheckConstraint in src/backend/commands/tablecmds.c). */
static bool check_names_no_table(Checker *k, const TableBuild *build, const Expression *check, Span span)
{
    for (size_t i = 0; i < check->uses.count; i++) {
        Use use = check->uses.items[i];
        if (use.form != USE_OWN || !table_has_children(&k->schema, build->table->object.id))
            continue;
        report(k->c, M_BAD_EXPRESSION, span, "a check of a table that has children names its columns alone");
        help(k->c,
             "without \"%.*s\" before them, which the children are not called", STR_ARG(build->table->object.name));
        return false;
    }
    return true;
}

/* Nobody asks whether what is not enforced is valid. */
static bool build_enforcement(Checker *k, Span not_enforced, Constraint *constraint)
{
    constraint->not_enforced = span_is_known(not_enforced);
    constraint->not_valid = constraint->not_valid && !constraint->not_enforced;
    return !constraint->not_enforced || check_server(k, 18, not_enforced, "`not enforced`");
}

static bool build_check(Checker *k, TableBuild *build, const NodeCheck *node, Constraint *constraint)
{
    constraint->kind = CONSTRAINT_CHECK;
    constraint->no_inherit = span_is_known(node->no_inherit);
    constraint->not_valid = span_is_known(node->not_valid) && is_altered(k, build);
    if (!build_enforcement(k, node->not_enforced, constraint))
        return false;
    constraint->expression = build_expression(k, build->table, PLACE_CHECK, node->expression);
    if (constraint->expression == NULL)
        return false;
    for (size_t i = 0; i < constraint->expression->uses.count; i++) {
        Use use = constraint->expression->uses.items[i];
        if (use.object == 0 && use.part != 0 && !column_ids_contain(constraint->columns, use.part))
            list_push(CHECKER_ARENA(k), &constraint->columns, use.part);
    }
    return (constraint->no_inherit || check_names_no_table(k, build, constraint->expression, node->expression)) &&
           check_check_of_partitioned(k, build->table, constraint, node->node.span);
}

/* ------------------------------------------------------------------ foreign keys */

static bool find_target_key(Checker *k, const Table *target, const NodeForeignKey *node, Constraint *constraint)
{
    KeyViews equal = equal_keys(&k->schema, target, constraint->target_columns);
    const Constraint *deferrable = NULL;
    for (size_t i = 0; i < equal.count; i++) {
        const Constraint *key = equal.items[i].constraint;
        if (constraint->temporal != (key != NULL && key->temporal))
            continue;
        rest_on_key(constraint, &equal.items[i]);
        if (key_view_carries(&equal.items[i]))
            return true;
        deferrable = key != NULL && !key->incomplete ? key : deferrable;
    }
    Span span = span_join(node->targets.items[0].span, node->targets.items[node->targets.count - 1].span);
    report(k->c, M_NO_UNIQUE_KEY, span, "no unique key of table \"%.*s\" is over these columns",
           STR_ARG(target->object.name));
    if (deferrable != NULL)
        label(k->c, deferrable->created, "this one is deferrable, and cannot be referred to");
    else
        label(k->c, target->object.created, "the table");
    help(k->c, "refer to its primary key, or give it `unique (…)` over exactly these columns");
    return false;
}

/* Without a list of columns a foreign key refers to the primary key. */
static bool find_targets(Checker *k, const Table *target, const NodeForeignKey *node, Constraint *constraint)
{
    bool fine = true;
    if (node->targets.count > 0) {
        constraint->target_columns = find_columns(k, target, node->targets, &fine);
        return fine && find_target_key(k, target, node, constraint);
    }
    const Constraint *primary = table_primary_key(target);
    if (primary == NULL) {
        report(k->c, M_NO_UNIQUE_KEY, node->table.span, "table \"%.*s\" has no primary key to refer to",
               STR_ARG(target->object.name));
        label(k->c, target->object.created, "created here");
        help(k->c, "name the columns of a unique key: `references %.*s (column)`", STR_ARG(target->object.name));
        return false;
    }
    if (primary->timing != CONSTRAINT_IMMEDIATE) {
        report(k->c, M_NO_UNIQUE_KEY, node->table.span,
               "the primary key of table \"%.*s\" is deferrable, and cannot be referred to",
               STR_ARG(target->object.name));
        label(k->c, primary->created, "the primary key");
        return false;
    }
    if (!check_both_temporal(k, node, primary))
        return false;
    if (primary->incomplete) {
        report(k->c, M_NO_UNIQUE_KEY, node->table.span, "not all partitions of table \"%.*s\" have its primary key",
               STR_ARG(target->object.name));
        label(k->c, primary->created, "the primary key");
        return false;
    }
    constraint->target_columns = primary->columns;
    constraint->target_key = primary->id;
    return true;
}

static bool check_counts(Checker *k, const Table *target, const NodeForeignKey *node, const Constraint *constraint)
{
    size_t here = constraint->columns.count, there = constraint->target_columns.count;
    if (here == there)
        return true;
    report(k->c, M_KEY_COLUMN_COUNT, node->node.span, "%zu column%s refer%s to %zu column%s of table \"%.*s\"", here,
           here == 1 ? "" : "s", here == 1 ? "s" : "", there, there == 1 ? "" : "s", STR_ARG(target->object.name));
    return false;
}

static Str type_text(const ColumnInfo *column)
{
    const CatalogType *type = type_catalog(&column->type);
    return type == NULL ? STR("unknown") : type->display;
}

static bool check_comparable(Checker *k, const Table *table, const Table *target, const NodeForeignKey *node,
                             const Constraint *constraint)
{
    for (size_t i = 0; i < constraint->columns.count; i++) {
        const ColumnInfo *here = table_column(table, constraint->columns.items[i]);
        const ColumnInfo *there = table_column(target, constraint->target_columns.items[i]);
        const CatalogType *from = type_catalog(&here->type), *to = type_catalog(&there->type);
        if (from == NULL || to == NULL || catalog_types_comparable(&k->schema.view, to, from))
            continue;
        Str mine = type_text(here), theirs = type_text(there);
        report(k->c, M_INCOMPARABLE_KEYS, node->node.span,
               "column \"%.*s\" is %.*s, and \"%.*s\" of table \"%.*s\" is %.*s", STR_ARG(here->name), STR_ARG(mine),
               STR_ARG(there->name), STR_ARG(target->object.name), STR_ARG(theirs));
        label(k->c, there->created, "referred to");
        help(k->c, "give both columns one type");
        return false;
    }
    return true;
}

static bool sets_values(KeyAction action)
{
    return action == KEY_SET_NULL || action == KEY_SET_DEFAULT;
}

static void warn_set_null(Checker *k, const Table *table, const NodeForeignKey *node, ColumnIds columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        const ColumnInfo *column = table_column(table, columns.items[i]);
        if (!column->not_null.holds)
            continue;
        report(k->c, M_SET_NULL_ON_NOT_NULL, node->node.span, "`set null` will fail: column \"%.*s\" is not null",
               STR_ARG(column->name));
        help(k->c, "make the column `null`, or choose another action");
        return;
    }
}

/* A generated column cannot be given a value (ATAddForeignKeyConstraint in tablecmds.c). */
static bool check_actions(Checker *k, const Table *table, const NodeForeignKey *node, const Constraint *constraint)
{
    bool updates = sets_values(constraint->on_update) || constraint->on_update == KEY_CASCADE;
    for (size_t i = 0; i < constraint->columns.count; i++) {
        const ColumnInfo *column = table_column(table, constraint->columns.items[i]);
        if (column->generated && (updates || sets_values(constraint->on_delete))) {
            report(k->c, M_BAD_KEY_ACTION, node->node.span, "the action would change the generated column \"%.*s\"",
                   STR_ARG(column->name));
            return false;
        }
    }
    ColumnIds set = constraint->delete_columns.count > 0 ? constraint->delete_columns : constraint->columns;
    if (constraint->on_delete == KEY_SET_NULL)
        warn_set_null(k, table, node, set);
    else if (constraint->on_update == KEY_SET_NULL)
        warn_set_null(k, table, node, constraint->columns);
    return true;
}

static bool check_delete_columns(Checker *k, const NodeForeignKey *node, const Constraint *constraint)
{
    if (node->delete_columns.count == 0)
        return true;
    Span span = node->delete_columns.items[0].span;
    for (size_t i = 0; i < constraint->delete_columns.count; i++) {
        if (!column_ids_contain(constraint->columns, constraint->delete_columns.items[i])) {
            report(k->c, M_BAD_KEY_ACTION, span, "only columns of the foreign key itself can be set");
            return false;
        }
    }
    return check_server(k, 15, span, "a list of columns after `on delete`");
}

static bool check_persistence(Checker *k, const Table *table, const Table *target, const NodeForeignKey *node)
{
    if (table->unlogged || !target->unlogged)
        return true;
    report(k->c, M_MIXED_PERSISTENCE, node->table.span, "a permanent table cannot refer to an unlogged one");
    label(k->c, target->object.created, "unlogged");
    return false;
}

/* The table itself while it is being created is not in the schema: a key may refer to it all the same. */
static const Table *find_target(Checker *k, const TableBuild *build, const Ref *ref)
{
    const Table *table = build->table;
    ObjectId namespace = schema_next_place(&k->schema, ref_qualifier(ref), 0);
    if (namespace == table->object.schema && str_equal(ref->name.name, table->object.name))
        return table;
    table = find_table(k, ref);
    return table != NULL && check_not_foreign(k, table, ref->span, "be referred to") ? table : NULL;
}

static bool build_foreign(Checker *k, TableBuild *build, const NodeForeignKey *node, ColumnId column,
                          Constraint *constraint)
{
    bool fine = true;
    const Table *table = build->table, *target = find_target(k, build, &node->table);
    if (target == NULL)
        return false;
    constraint->kind = CONSTRAINT_FOREIGN;
    constraint->timing = (ConstraintTiming) node->timing;
    constraint->match_full = node->match == MATCH_FULL;
    constraint->on_delete = (KeyAction) node->on_delete;
    constraint->on_update = (KeyAction) node->on_update;
    constraint->target = target->object.id;
    constraint->temporal = span_is_known(node->period);
    constraint->not_valid = span_is_known(node->not_valid) && is_altered(k, build);
    fine = build_enforcement(k, node->not_enforced, constraint);
    if (column != 0)
        list_push(CHECKER_ARENA(k), &constraint->columns, column);
    else
        constraint->columns = find_columns(k, table, node->columns, &fine);
    constraint->delete_columns = find_columns(k, table, node->delete_columns, &fine);
    return fine && find_targets(k, target, node, constraint) && check_counts(k, target, node, constraint) &&
           check_comparable(k, table, target, node, constraint) && check_delete_columns(k, node, constraint) &&
           check_period(k, table, node, constraint) && check_actions(k, table, node, constraint) &&
           check_persistence(k, table, target, node) &&
           check_no_virtual(k, table, constraint->columns, node->node.span, "cannot be part of a foreign key");
}

/* ------------------------------------------------------------------ all of them */

void collect_constraints(Checker *k, const NodeColumn *node, ColumnId column, PendingConstraints *pending)
{
    for (size_t i = 0; i < node->clauses.count; i++) {
        const Node *clause = node->clauses.items[i];
        if (clause->kind == NODE_KEY || clause->kind == NODE_CHECK || clause->kind == NODE_FOREIGN_KEY ||
            clause->kind == NODE_NOT_NULL)
            list_push(CHECKER_ARENA(k), pending, (PendingConstraint) {clause, column});
    }
}

/* What a constraint says, but for its name. False: reported. */
static bool read_constraint(Checker *k, TableBuild *build, PendingConstraint pending, Constraint *constraint)
{
    const Node *node = pending.node;
    *constraint = (Constraint) {.created = node->span};
    if (!check_foreign_constraint(k, build->table, node))
        return false;
    if (node->kind == NODE_KEY)
        return build_key(k, build, (const NodeKey *) node, pending.column, constraint);
    if (node->kind == NODE_EXCLUSION)
        return build_exclusion(k, build, (const NodeExclusion *) node, constraint);
    if (node->kind == NODE_CHECK)
        return build_check(k, build, (const NodeCheck *) node, constraint);
    return build_foreign(k, build, (const NodeForeignKey *) node, pending.column, constraint);
}

static void report_written_twice(Checker *k, Word name, Span first)
{
    report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "the constraint name \"%.*s\" is written twice",
           STR_ARG(name.name));
    label(k->c, first, "the first one");
}

/* Of keys of one statement that say the same the server makes one, with the first name that is written. */
static bool merge_or_add(Checker *k, TableBuild *build, size_t start, Word name, Constraint constraint)
{
    Table *table = build->table;
    for (size_t i = start; i < table->constraints.count; i++) {
        const Constraint *key = table->constraints.items[i];
        if (!constraint_same_key(key, &constraint))
            continue;
        if (key->name.data == NULL)
            constraint_edit(CHECKER_ARENA(k), &table->constraints, key->id)->name = constraint.name;
        return true;
    }
    const Constraint *other = word_is_written(name) ? table_constraint_named(table, name.name) : NULL;
    if (other != NULL) {
        report_written_twice(k, name, other->created);
        return false;
    }
    constraint.id = schema_new_id(&k->schema);
    constraint_add(CHECKER_ARENA(k), &table->constraints, &constraint);
    return true;
}

bool join_inherited(Checker *k, TableBuild *build, Word name, const Constraint *own, const Constraint *above)
{
    if (!str_equal(own->expression->shape, above->expression->shape))
        return refuse_name(k, build, name, above->created);
    if (own->no_inherit) {
        report(k->c, M_INHERITED, own->created, "check \"%.*s\" is inherited, and cannot be `no inherit`",
               STR_ARG(name.name));
        label(k->c, above->created, "the parent's");
        return false;
    }
    Constraint *joined = constraint_edit(CHECKER_ARENA(k), &build->table->constraints, above->id);
    joined->not_local = build->table->bound != NULL;
    joined->comment = own->comment;
    return true;
}

/* The server's order: checks with the table, then the keys, the primary one first, and the foreign keys last. */
enum { NO_TURN = -1, LAST_TURN = 2 };

static int constraint_turn(const Node *node)
{
    if (node->kind == NODE_NOT_NULL)
        return NO_TURN;
    if (node->kind == NODE_CHECK)
        return 0;
    if (node->kind == NODE_FOREIGN_KEY)
        return LAST_TURN;
    return 1;
}

static bool is_primary(const Node *node)
{
    return node->kind == NODE_KEY && span_is_known(((const NodeKey *) node)->primary);
}

static bool add_constraint(Checker *k, TableBuild *build, PendingConstraint pending, size_t start)
{
    Word name = constraint_name(pending.node);
    const Constraint *above = inherited_check(k, build, pending.node, name);
    Constraint constraint;
    if (!read_constraint(k, build, pending, &constraint))
        return false;
    constraint.name = name.name;
    if (above != NULL)
        return join_inherited(k, build, name, &constraint, above);
    return merge_or_add(k, build, start, name, constraint);
}

/* Reads the constraints of one turn, primary keys first. */
static void read_turn(Checker *k, TableBuild *build, PendingConstraints pending, int turn)
{
    size_t start = build->table->constraints.count;
    for (int primary = 1; primary >= 0; primary--) {
        for (size_t i = 0; i < pending.count; i++) {
            const Node *node = pending.items[i].node;
            if (constraint_turn(node) != turn || is_primary(node) != (primary == 1))
                continue;
            if (add_constraint(k, build, pending.items[i], start))
                continue;
            build->complete = false;
            silence_constraint(k, build->table, constraint_name(node).name);
        }
    }
}

static void take_turn(Checker *k, TableBuild *build, PendingConstraints pending, int turn)
{
    ConstraintList *all = &build->table->constraints;
    size_t start = all->count;
    read_turn(k, build, pending, turn);
    for (size_t i = start; i < all->count; i++) {
        const Constraint *constraint = all->items[i];
        if (constraint->name.data == NULL)
            constraint_edit(CHECKER_ARENA(k), all, constraint->id)->name = choose_name(k, build, constraint);
    }
}

/* One that the statement has given the name before. */
static const Node *named_before(const PendingConstraints *before, Word name)
{
    for (size_t i = 0; i < before->count; i++) {
        Word other = constraint_name(before->items[i].node);
        if (word_is_written(other) && str_equal(other.name, name.name))
            return before->items[i].node;
    }
    return NULL;
}

static bool same_words(WordList a, WordList b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; i < a.count && same; i++)
        same = str_equal(a.items[i].name, b.items[i].name);
    return same;
}

/* Whether one before it says the same and has a name, which is the one that counts: see merge_or_add(). */
static bool repeats_named_key(const PendingConstraints *before, const Node *node)
{
    const NodeKey *key = (const NodeKey *) node;
    bool repeated = false;
    for (size_t i = 0; node->kind == NODE_KEY && i < before->count && !repeated; i++) {
        const NodeKey *other = (const NodeKey *) before->items[i].node;
        repeated = before->items[i].node->kind == NODE_KEY && before->items[i].column == 0 && key->columns.count > 0 &&
                   word_is_written(other->name) && same_words(key->columns, other->columns) &&
                   same_words(key->include, other->include) && key->timing == other->timing &&
                   span_is_known(key->primary) == span_is_known(other->primary) &&
                   span_is_known(key->nulls_not_distinct) == span_is_known(other->nulls_not_distinct) &&
                   span_is_known(key->without_overlaps) == span_is_known(other->without_overlaps);
    }
    return repeated;
}

/* That a name is nobody's yet; of two keys it is found out when both are read, since they may say the same. */
static bool check_written_name(Checker *k, TableBuild *build, const PendingConstraints *before, const Node *node)
{
    Word name = constraint_name(node);
    const Node *other = word_is_written(name) ? named_before(before, name) : NULL;
    if (other == NULL)
        return !word_is_written(name) || repeats_named_key(before, node) ||
               check_constraint_name(k, build, node, name);
    if (other->kind == NODE_KEY && node->kind == NODE_KEY)
        return true;
    report_written_twice(k, name, constraint_name(other).span);
    return false;
}

void build_constraints(Checker *k, TableBuild *build, PendingConstraints pending)
{
    PendingConstraints named = {0};
    for (size_t i = 0; i < pending.count; i++) {
        const Node *node = pending.items[i].node;
        bool fine = check_written_name(k, build, &named, node);
        if (fine)
            list_push(CHECKER_ARENA(k), &named, pending.items[i]);
        else
            silence_constraint(k, build->table, constraint_name(node).name);
        build->complete = build->complete && fine;
    }
    for (int turn = 0; turn < LAST_TURN; turn++)
        take_turn(k, build, named, turn);
    build_copied_constraints(k, build);
    build_not_nulls(k, build, named);
    take_turn(k, build, named, LAST_TURN);
}
