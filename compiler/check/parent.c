/* What a table inherits from: when it is created (MergeAttributes in src/backend/commands/tablecmds.c), and when it
 * joins a parent or leaves it (ATExecAddInherit, ATExecAttachPartition, CreateInheritance). */
#include "define.h"
#include "foreign.h"
#include "inherit.h"
#include "key.h"
#include "partition.h"
#include "null.h"
#include "typed.h"

enum { OWN_SINCE = 16 };    /* the first major in which a child can compute a column otherwise than its parents */

/* ------------------------------------------------------------------ types */

static bool same_type(const Type *a, const Type *b)
{
    bool same = a->catalog == b->catalog && a->object == b->object && a->array == b->array &&
                a->modifiers.count == b->modifiers.count;
    for (size_t i = 0; same && i < a->modifiers.count; i++)
        same = a->modifiers.items[i] == b->modifiers.items[i];
    return same;
}

static bool same_collation(const Type *a, const Type *b)
{
    bool made = a->collation_object != 0 || b->collation_object != 0;
    return made ? a->collation_object == b->collation_object : str_equal(a->collation, b->collation);
}

bool same_column_type(const Type *a, const Type *b)
{
    return same_type(a, b) && same_collation(a, b);
}

/* Two columns of one name, in a child and its parent or in two parents. False: reported. */
bool check_same_type(Checker *k, const ColumnInfo *column, const ColumnInfo *above, const Table *parent, Span span)
{
    if (column->type.catalog == NULL || above->type.catalog == NULL)
        return true;
    bool type = same_type(&column->type, &above->type);
    if (type && same_collation(&column->type, &above->type))
        return true;
    Str here = define_type(&k->schema, &column->type), there = define_type(&k->schema, &above->type);
    if (type)
        report(k->c, M_BAD_PARENT, span, "column \"%.*s\" has another collation in table \"%.*s\"",
               STR_ARG(column->name), STR_ARG(parent->object.name));
    else
        report(k->c, M_BAD_PARENT, span, "column \"%.*s\" is %.*s, and %.*s in table \"%.*s\"", STR_ARG(column->name),
               STR_ARG(here), STR_ARG(there), STR_ARG(parent->object.name));
    label(k->c, above->created, "the inherited column");
    return false;
}

/* ------------------------------------------------------------------ parents of a new table */

static bool bad_parent(Checker *k, const Table *parent, Span span, const char *why)
{
    report(k->c, M_BAD_PARENT, span, "%s", why);
    label(k->c, parent->object.created, "table \"%.*s\"", STR_ARG(parent->object.name));
    return false;
}

static bool check_parent(Checker *k, const Table *table, const Table *parent, Span span)
{
    if (table_is_partitioned(parent))
        return bad_parent(k, parent, span, "a partitioned table has partitions, and nothing else inherits from it");
    if (parent->bound != NULL)
        return bad_parent(k, parent, span, "nothing can inherit from a partition");
    return !object_ids_contain(table->parents, parent->object.id) ||
           bad_parent(k, parent, span, "a table inherits from another only once");
}

/* Columns of two parents: the types must be the same. What is left to do where their defaults differ is for the child
 * to write one. */
static void merge_inherited(Checker *k, TableBuild *build, ColumnInfo *column, const Table *parent,
                            const ColumnInfo *above, Span span)
{
    const Expression *expression = expression_for(&k->schema, above->expression, parent, build->table);
    build->complete = check_same_type(k, column, above, parent, span) && build->complete;
    column->inherited++;
    if (!column->not_null.holds)
        column->not_null = not_null_below(&above->not_null);
    if (column->generated != above->generated)
        build->complete = bad_parent(k, parent, span, "a column is generated in one of the parents only");
    if (column->generated != above->generated)
        return;
    if (column->expression == NULL)
        column->expression = expression;
    else if (expression != NULL && !str_equal(column->expression->shape, expression->shape))
        list_push(CHECKER_ARENA(k), &build->contested, column->expression);
}

static void inherit_columns(Checker *k, TableBuild *build, const Table *parent, Span span)
{
    Table *table = build->table;
    size_t first = table->columns.count;
    for (size_t i = 0; i < parent->columns.count; i++) {
        const ColumnInfo *above = parent->columns.items[i];
        const ColumnInfo *column = table_column_named(table, above->name);
        if (column != NULL) {
            merge_inherited(k, build, column_edit(CHECKER_ARENA(k), table, column->id), parent, above, span);
            continue;
        }
        ColumnInfo copy = {.id = ++table->last_column, .name = above->name, .created = above->created,
                           .type = above->type, .not_null = not_null_below(&above->not_null),
                           .identity = identity_below(&k->schema, parent, &above->identity),
                           .generated = above->generated,
                           .storage = above->storage, .compression = above->compression,
                           .expression = above->expression, .inherited = 1, .not_local = true};
        column_add(CHECKER_ARENA(k), table, &copy);
    }
    for (size_t i = first; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (column->expression != NULL)
            column_edit(CHECKER_ARENA(k), table, column->id)->expression =
                expression_for(&k->schema, column->expression, parent, table);
    }
}

static void inherit_checks(Checker *k, TableBuild *build, const Table *parent, Span span)
{
    Table *table = build->table;
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *above = parent->constraints.items[i];
        if (above->kind != CONSTRAINT_CHECK || above->no_inherit)
            continue;
        Constraint copy = *above;
        copy.expression = expression_for(&k->schema, above->expression, parent, table);
        copy.columns = (ColumnIds) {0};
        for (size_t j = 0; j < above->columns.count; j++) {
            Str name = table_column(parent, above->columns.items[j])->name;
            list_push(CHECKER_ARENA(k), &copy.columns, table_column_named(table, name)->id);
        }
        const Constraint *own = table_constraint_named(table, above->name);
        if (own != NULL && !str_equal(own->expression->shape, copy.expression->shape)) {
            build->complete = bad_parent(k, parent, span, "two parents have checks of one name that differ");
        } else if (own != NULL) {
            constraint_edit(CHECKER_ARENA(k), &table->constraints, own->id)->inherited++;
        } else {
            copy.id = schema_new_id(&k->schema);
            copy.comment = (Str) {0};
            copy.inherited = 1;
            copy.not_local = true;
            copy.not_valid = false;
            name_take_constraint(&build->names, copy.name);
            constraint_add(CHECKER_ARENA(k), &table->constraints, &copy);
        }
    }
}

static void inherit_from(Checker *k, TableBuild *build, const Table *parent, Span span)
{
    list_push(CHECKER_ARENA(k), &build->table->parents, parent->object.id);
    inherit_columns(k, build, parent, span);
    inherit_checks(k, build, parent, span);
}

static bool check_no_columns(Checker *k, const Table *parent, NodeList items)
{
    for (size_t i = 0; i < items.count; i++) {
        const NodeColumn *column = (const NodeColumn *) items.items[i];
        bool own = column->node.kind == NODE_COLUMN && table_column_named(parent, column->name.name) == NULL;
        if (!own && column->node.kind != NODE_LIKE)
            continue;
        report(k->c, M_INHERITED, column->node.span, "a partition has the columns of its parent, and no others");
        label(k->c, parent->object.created, "the parent");
        return false;
    }
    return true;
}

static bool build_partition(Checker *k, TableBuild *build, const NodeCreateTable *node)
{
    const Table *parent = find_table(k, &node->parent);
    if (parent == NULL)
        return false;
    if (!table_is_partitioned(parent))
        return bad_parent(k, parent, node->parent.span, "this table is not partitioned");
    if (!check_no_columns(k, parent, node->items) ||
        !check_foreign_partition(k, parent, build->table, node->parent.span))
        return false;
    inherit_from(k, build, parent, node->parent.span);
    build->table->bound = build_bound(k, parent, node->bound);
    return build->table->bound != NULL;
}

bool build_parents(Checker *k, TableBuild *build, const NodeCreateTable *node)
{
    bool fine = true;
    if (word_is_written(node->parent.name))
        return build_partition(k, build, node);
    for (size_t i = 0; i < node->inherits.count; i++) {
        const Ref *ref = &node->inherits.items[i];
        const Table *parent = find_table(k, ref);
        if (parent != NULL && check_parent(k, build->table, parent, ref->span))
            inherit_from(k, build, parent, ref->span);
        else
            fine = false;
    }
    if (node->inherits.count > 0 && word_is_written(node->strategy)) {
        report(k->c, M_BAD_PARENT, node->strategy.span, "a partitioned table cannot inherit from another one");
        return false;
    }
    return fine;
}

/* ------------------------------------------------------------------ columns that are written too */

static bool refuse_clause(Checker *k, const Node *clause, const ColumnInfo *column, const char *why)
{
    report(k->c, M_INHERITED, clause->span, "column \"%.*s\" %s", STR_ARG(column->name), why);
    label(k->c, column->created, "inherited from here");
    return false;
}

/* What cannot be said of a column that is inherited (MergeAttributes; transformColumnDefinition, of partitions). */
static bool check_merged_clause(Checker *k, const TableBuild *build, const ColumnInfo *column, const Node *clause)
{
    bool generated = clause->kind == NODE_GENERATED, identity = clause->kind == NODE_IDENTITY;
    bool like_parent = k->schema.view.catalog->major >= OWN_SINCE;
    if (generated && like_parent && !column->generated)
        return refuse_clause(k, clause, column, "is not generated in its parent, so that it cannot be here");
    if (build->table->bound != NULL && ((generated && !like_parent) || identity))
        return refuse_clause(k, clause, column, "of a partition cannot be generated, nor an identity");
    if (column->generated && ((generated && !like_parent) || identity || clause->kind == NODE_DEFAULT))
        return refuse_clause(k, clause, column, "is generated as its parent's is");
    bool virtual = generated && span_is_known(((const NodeGenerated *) clause)->virtual);
    if (generated && column->generated && virtual != (column->generated == GENERATED_VIRTUAL))
        return refuse_clause(k, clause, column, virtual ? "is stored in its parent" : "is virtual in its parent");
    bool defaults = identity && column->expression != NULL;
    if (defaults)
        report_not_yet(k, clause->span);
    return !defaults;
}

/* A partition's columns stay what they are: each can be written once. */
static bool check_merged_once(Checker *k, const TableBuild *build, const ColumnInfo *column, const NodeColumn *node)
{
    const Table *parent = schema_relation(&k->schema, build->table->parents.items[0]);
    const ColumnInfo *above = table_column_named(parent, column->name);
    if (build->table->bound == NULL || (above->created.start == column->created.start &&
                                        above->created.file == column->created.file))
        return true;
    report(k->c, M_DUPLICATE_COLUMN, node->name.span, "column \"%.*s\" is written twice", STR_ARG(column->name));
    label(k->c, column->created, "the first time");
    return false;
}

static bool check_merged(Checker *k, const TableBuild *build, const ColumnInfo *column, const NodeColumn *node)
{
    bool fine = check_merged_once(k, build, column, node);
    for (size_t i = 0; i < node->clauses.count; i++)
        fine = check_merged_clause(k, build, column, node->clauses.items[i]) && fine;
    return fine;
}

/* SQL writes no type of a partition's columns. */
static bool check_written_type(Checker *k, TableBuild *build, const NodeColumn *node, const ColumnInfo *column)
{
    if (!span_is_known(node->type))
        return true;
    Fragment type = fragment_of(k, node->type);
    SqlType read = sql_type(&k->sql, &k->schema, &type);
    ColumnInfo written = {.name = column->name, .type = read.type};
    const Table *parent = schema_relation(&k->schema, build->table->parents.items[0]);
    if (read.serial)
        note_serial(k, build, node, column->id);
    return read.type.catalog != NULL && check_same_type(k, &written, column, parent, node->name.span);
}

bool is_inherited(const TableBuild *build, const NodeColumn *node)
{
    const ColumnInfo *column = table_column_named(build->table, node->name.name);
    return column != NULL && column->not_local;
}

ColumnId merge_column(Checker *k, TableBuild *build, const NodeColumn *node)
{
    ColumnId id = table_column_named(build->table, node->name.name)->id;
    ColumnInfo *column = column_edit(CHECKER_ARENA(k), build->table, id);
    build->complete = check_written_type(k, build, node, column) && build->complete;
    if (!check_merged(k, build, column, node)) {
        build->complete = false;
        return 0;
    }
    column->not_local = build->table->bound != NULL;
    column->created = node->name.span;
    return column->id;
}

void merge_clauses(ColumnInfo *column, const ColumnInfo *inherited)
{
    if (!column->not_null.holds)
        column->not_null = inherited->not_null;
}

static bool is_contested(const TableBuild *build, const ColumnInfo *column)
{
    for (size_t i = 0; i < build->contested.count; i++) {
        if (build->contested.items[i] == column->expression)
            return true;
    }
    return false;
}

bool check_defaults(Checker *k, const TableBuild *build)
{
    for (size_t i = 0; i < build->table->columns.count; i++) {
        const ColumnInfo *column = build->table->columns.items[i];
        if (column->expression == NULL || !is_contested(build, column))
            continue;
        report(k->c, M_BAD_PARENT, build->table->object.created,
               column->generated ? "the parents generate column \"%.*s\" differently"
                                 : "the parents give column \"%.*s\" different defaults",
               STR_ARG(column->name));
        label(k->c, column->created, "one of them");
        if (!column->generated || k->settings.postgres >= OWN_SINCE)
            help(k->c, "write the column with %s of its own", column->generated ? "an expression" : "a default");
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ joining a parent */

static bool missing(Checker *k, const Table *child, Span span, const char *what, Str name, Span above)
{
    report(k->c, M_BAD_PARENT, span, "table \"%.*s\" has no %s \"%.*s\", which its parent has",
           STR_ARG(child->object.name), what, STR_ARG(name));
    label(k->c, above, "the parent's");
    return false;
}

/* Until PostgreSQL 15 a child computes a column as its parent does. */
static bool check_same_generation(Checker *k, const Table *parent, const Table *child, const ColumnInfo *above,
                                  const ColumnInfo *column, Span span)
{
    if (!above->generated)
        return true;
    const Expression *same = expression_for(&k->schema, above->expression, parent, child);
    return str_equal(same->shape, column->expression->shape) ||
           check_server(k, OWN_SINCE, span, "a generated column that is not computed as its parent's");
}

static bool check_column_joins(Checker *k, const Table *parent, const Table *child, const ColumnInfo *above, Span span)
{
    const ColumnInfo *column = table_column_named(child, above->name);
    if (column == NULL)
        return missing(k, child, span, "column", above->name, above->created);
    if (!check_same_type(k, column, above, parent, span))
        return false;
    if (!check_not_null_joins(k, child, above, column, span))
        return false;
    if (above->generated == column->generated)
        return check_same_generation(k, parent, child, above, column, span);
    report(k->c, M_BAD_PARENT, span, "column \"%.*s\" is generated in one of the tables only", STR_ARG(column->name));
    label(k->c, column->created, "the child's");
    return false;
}

static bool check_check_joins(Checker *k, const Table *parent, const Table *child, const Constraint *above, Span span)
{
    const Constraint *check = table_constraint_named(child, above->name);
    if (check == NULL || check->kind != CONSTRAINT_CHECK)
        return missing(k, child, span, "check", above->name, above->created);
    const char *why = NULL;
    if (!check_is_same(&k->schema, parent, above, child, check))
        why = "says something else than its parent's";
    else if (check->no_inherit)
        why = "is `no inherit`, and cannot become one with its parent's";
    else if (check->not_enforced != above->not_enforced)
        why = check->not_enforced ? "is not enforced, and its parent's is" : "is enforced, and its parent's is not";
    else if (check->not_valid && !above->not_valid)
        why = "is not valid, and its parent's is";
    if (why == NULL)
        return true;
    report(k->c, M_BAD_PARENT, span, "check \"%.*s\" of table \"%.*s\" %s", STR_ARG(check->name),
           STR_ARG(child->object.name), why);
    label(k->c, check->created, "created here");
    return false;
}

/* FindTriggerIncompatibleWithInheritance() in src/backend/commands/trigger.c */
static bool check_no_transitions(Checker *k, const Table *child, Span span)
{
    ObjectIds ids = object_users(&k->schema, child->object.id, OBJECT_TRIGGER);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *trigger = schema_definition(&k->schema, ids.items[i]);
        if (trigger->of != child->object.id || !trigger->transitions)
            continue;
        report(k->c, M_BAD_PARENT, span, "trigger \"%.*s\" of table \"%.*s\" has transition tables for each row",
               STR_ARG(trigger->object.name), STR_ARG(child->object.name));
        label(k->c, trigger->object.created, "created here");
        return false;
    }
    return true;
}

/* Whether the child has all that its parent has. */
static bool check_joins(Checker *k, const Table *parent, const Table *child, Span span)
{
    if (!check_no_transitions(k, child, span))
        return false;
    for (size_t i = 0; i < parent->columns.count; i++) {
        if (!check_column_joins(k, parent, child, parent->columns.items[i], span))
            return false;
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *above = parent->constraints.items[i];
        if (above->kind == CONSTRAINT_CHECK && !above->no_inherit &&
            !check_check_joins(k, parent, child, above, span))
            return false;
    }
    return true;
}

static bool check_no_circle(Checker *k, const Table *parent, const Table *child, Span span)
{
    bool circle = parent->object.id == child->object.id ||
                  object_ids_contain(table_descendants(&k->schema, child->object.id), parent->object.id);
    return !circle || bad_parent(k, parent, span, "a table cannot inherit from itself, nor from what inherits from it");
}

static void join(Checker *k, Span span, const Table *child, const Table *parent, const Bound *bound)
{
    InheritChange inherit = {child->object.id, parent->object.id, bound};
    checker_change(k, (Change) {.kind = CHANGE_INHERIT, .span = span, .inherit = inherit});
}

/* Without the triggers that a partition would keep. */
static void leave(Checker *k, Span span, const Table *child, const Table *parent, bool concurrently)
{
    DisinheritChange disinherit = {child->object.id, parent->object.id, concurrently};
    ObjectIds none = {0};
    ObjectIds kept = child->bound != NULL ? triggers_kept(&k->schema, parent->object.id) : none;
    LIST(const Object *) triggers = {0};
    drop_trigger_states(k, span, child);
    for (size_t i = 0; i < kept.count; i++) {
        list_push(CHECKER_ARENA(k), &triggers, schema_object(&k->schema, kept.items[i]));
        checker_change(k, (Change) {.kind = CHANGE_DROP, .span = span, .drop = {kept.items[i]}});
    }
    checker_change(k, (Change) {.kind = CHANGE_DISINHERIT, .span = span, .disinherit = disinherit});
    for (size_t i = 0; i < triggers.count; i++)
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {triggers.items[i]}});
}

/* ------------------------------------------------------------------ partitions */

static bool check_no_other_columns(Checker *k, const Table *parent, const Table *child, Span span)
{
    for (size_t i = 0; i < child->columns.count; i++) {
        const ColumnInfo *column = child->columns.items[i];
        if (table_column_named(parent, column->name) != NULL)
            continue;
        report(k->c, M_BAD_PARENT, span, "table \"%.*s\" has a column \"%.*s\", which its parent has not",
               STR_ARG(child->object.name), STR_ARG(column->name));
        label(k->c, column->created, "created here");
        help(k->c, "a partition has just the columns of its parent");
        return false;
    }
    return true;
}

static ColumnIds columns_of_names(Checker *k, const Table *from, ColumnIds columns, const Table *to)
{
    ColumnIds found = {0};
    for (size_t i = 0; i < columns.count; i++)
        list_push(CHECKER_ARENA(k), &found, table_column_named(to, table_column(from, columns.items[i])->name)->id);
    return found;
}

/* It gets its parent's primary key, unless it has a key that does for that. */
static bool check_takes_primary(Checker *k, const KeyView *primary, const Table *child, Span span)
{
    const Constraint *own = table_primary_key(child);
    KeyViews views = key_views(&k->schema, child->object.id);
    for (size_t i = 0; i < views.count; i++) {
        if (own == NULL || key_view_matches(&k->schema, primary, &views.items[i]))
            return true;
    }
    if (own == NULL)
        return true;
    report(k->c, M_SECOND_PRIMARY_KEY, span, "table \"%.*s\" has another primary key than its parent",
           STR_ARG(child->object.name));
    label(k->c, own->created, "its primary key");
    if (constraint_excludes(primary->constraint))
        help(k->c, "drop it: a partition gets its key without overlaps from its parent, whatever it has itself");
    return false;
}

static bool check_single_key(Checker *k, const Table *parent, const Table *child, Span span)
{
    const Constraint *primary = table_primary_key(parent);
    KeyView view = {.table = parent, .constraint = primary};
    return primary == NULL || check_takes_primary(k, &view, child, span);
}

bool check_primary_of_partitions(Checker *k, const Table *table, const Constraint *primary, Span span)
{
    KeyView view = {.table = table, .constraint = primary};
    ObjectIds partitions = {0};
    if (primary->kind == CONSTRAINT_PRIMARY && table_is_partitioned(table))
        partitions = table_children(&k->schema, table->object.id);
    for (size_t i = 0; i < partitions.count; i++) {
        const Table *partition = schema_relation(&k->schema, partitions.items[i]);
        Constraint below = *primary;
        below.columns = columns_of_names(k, table, primary->columns, partition);
        below.include = columns_of_names(k, table, primary->include, partition);
        if (!check_takes_primary(k, &view, partition, span) ||
            (table_primary_key(partition) == NULL && !check_primary_of_partitions(k, partition, &below, span)))
            return false;
    }
    return true;
}

/* A partition has its parent's identities, and none of its own (ATExecAttachPartition). */
static bool check_identities_join(Checker *k, const Table *parent, const Table *child, Span span)
{
    if (identity_is_out_of_reach(&k->schema, parent, child)) {
        bad_parent(k, parent, span, "the partitions of this table would not get the identity of the parent");
        note(k->c, "PostgreSQL hands it to the table itself only, and can neither change it nor detach the table then");
        help(k->c, "attach the table first, and its partitions to it afterwards");
        return false;
    }
    for (size_t i = 0; identity_is_shared(&k->schema, parent) && i < child->columns.count; i++) {
        const ColumnInfo *column = child->columns.items[i];
        if (column->identity.kind == IDENTITY_NONE)
            continue;
        report(k->c, M_BAD_PARENT, span, "column \"%.*s\" of table \"%.*s\" is an identity of its own",
               STR_ARG(column->name), STR_ARG(child->object.name));
        label(k->c, column->created, "created here");
        help(k->c, "`alter column … drop identity` before it: a partition shares the parent's sequence");
        return false;
    }
    return true;
}

static bool check_may_be_partition(Checker *k, const Table *parent, const Table *child, Span span)
{
    if (!table_is_partitioned(parent))
        return bad_parent(k, parent, span, "this table is not partitioned");
    if (child->bound != NULL)
        return bad_parent(k, child, span, "this table is a partition already");
    if (child->parents.count > 0)
        return bad_parent(k, child, span, "a table that inherits from another one cannot become a partition");
    if (!table_is_partitioned(child) && table_has_children(&k->schema, child->object.id))
        return bad_parent(k, child, span, "a table that others inherit from cannot become a partition");
    return check_not_typed(k, child, span, "become a partition") && check_no_circle(k, parent, child, span) &&
           check_no_other_columns(k, parent, child, span) && check_joins(k, parent, child, span) &&
           check_identities_join(k, parent, child, span) && check_single_key(k, parent, child, span) &&
           check_foreign_partition(k, parent, child, span) && check_keys_of_parent(k, parent, child, span);
}

/* A table that the parent refers to would have to refer to itself (CloneFkReferencing). */
static bool check_references(Checker *k, const Table *parent, const Table *child, Span span)
{
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *foreign = parent->constraints.items[i];
        if (foreign->kind != CONSTRAINT_FOREIGN || foreign->target != child->object.id)
            continue;
        report(k->c, M_BAD_PARENT, span, "foreign key \"%.*s\" of table \"%.*s\" refers to this table",
               STR_ARG(foreign->name), STR_ARG(parent->object.name));
        label(k->c, foreign->created, "the foreign key");
        return false;
    }
    return true;
}

void check_attach_partition(Checker *k, const Table *table, const NodeAttachPartition *node)
{
    const Table *child = find_table(k, &node->partition);
    Span span = node->partition.span;
    if (child == NULL || !check_may_be_partition(k, table, child, span) || !check_references(k, table, child, span) ||
        !check_triggers_join(k, table, child, span))
        return;
    const Bound *bound = build_bound(k, table, node->bound);
    if (bound != NULL)
        join(k, node->node.span, child, table, bound);
}

static bool check_is_child(Checker *k, const Table *parent, const Table *child, Span span)
{
    if (object_ids_contain(child->parents, parent->object.id))
        return true;
    report(k->c, M_BAD_PARENT, span, "table \"%.*s\" does not inherit from \"%.*s\"", STR_ARG(child->object.name),
           STR_ARG(parent->object.name));
    label(k->c, child->object.created, "created here");
    return false;
}

/* A migration that has run to its end leaves no detach half-way. */
static bool check_not_pending(Checker *k, const Table *child, Span finalize)
{
    if (!span_is_known(finalize))
        return true;
    report(k->c, M_PARTITIONED_CANNOT, finalize, "no detach of table \"%.*s\" is pending", STR_ARG(child->object.name));
    label(k->c, child->object.created, "a partition");
    help(k->c, "`migrate` finishes a detach that was interrupted when it runs the next time");
    return false;
}

static bool check_concurrent_detach(Checker *k, const Table *table, Span concurrently)
{
    if (!span_is_known(concurrently))
        return true;
    if (!check_server(k, 14, concurrently, "`detach partition … concurrently`"))
        return false;
    ObjectIds partitions = table_partitions(&k->schema, table->object.id);
    for (size_t i = 0; i < partitions.count; i++) {
        const Table *partition = schema_relation(&k->schema, partitions.items[i]);
        if (!partition->bound->is_default)
            continue;
        report(k->c, M_PARTITIONED_CANNOT, concurrently,
               "a partition is not detached concurrently where there is a default one");
        label(k->c, partition->object.created, "the default partition");
        return false;
    }
    return true;
}

void check_detach_partition(Checker *k, const Table *table, const NodeDetachPartition *node)
{
    const Table *child = find_table(k, &node->partition);
    Span span = node->partition.span;
    if (child == NULL)
        return;
    if (!table_is_partitioned(table))
        bad_parent(k, table, span, "this table is not partitioned");
    else if (check_is_child(k, table, child, span) && check_not_pending(k, child, node->finalize) &&
             check_concurrent_detach(k, table, node->concurrently))
        leave(k, node->node.span, child, table, span_is_known(node->concurrently));
}

/* ------------------------------------------------------------------ plain inheritance */

static bool check_is_plain(Checker *k, const Table *table, Span span)
{
    if (table->bound != NULL)
        return bad_parent(k, table, span, "a partition inherits from its table alone");
    return !table_is_partitioned(table) ||
           bad_parent(k, table, span, "a partitioned table cannot inherit from another one");
}

void check_inherit(Checker *k, const Table *table, const NodeInherit *node)
{
    const Table *parent = find_table(k, &node->parent);
    Span span = node->parent.span;
    if (parent == NULL || !check_is_plain(k, table, span) || !check_parent(k, table, parent, span) ||
        !check_no_circle(k, parent, table, span) || !check_joins(k, parent, table, span))
        return;
    join(k, node->node.span, table, parent, NULL);
}

void check_no_inherit(Checker *k, const Table *table, const NodeNoInherit *node)
{
    const Table *parent = find_table(k, &node->parent);
    if (parent != NULL && check_is_plain(k, table, node->parent.span) &&
        check_is_child(k, parent, table, node->parent.span))
        leave(k, node->node.span, table, parent, false);
}
