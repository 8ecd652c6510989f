/* Change → what undoes it. What a drop takes along comes back under its old number, so that the inverses of earlier
 * changes still refer to the right thing. */
#include "bug.h"
#include "change.h"
#include "depend.h"

static void add(const Schema *schema, ChangeList *inverse, const Change *cause, Change change)
{
    change.span = cause->span;
    list_push(schema->arena, inverse, change);
}

static void add_create(const Schema *schema, ChangeList *inverse, const Change *cause, const Object *object)
{
    add(schema, inverse, cause, (Change){.kind = CHANGE_CREATE, .create = {object}});
}

static void add_constraint(const Schema *schema, ChangeList *inverse, const Change *cause, ObjectId table,
                           const Constraint *constraint)
{
    add(schema, inverse, cause, (Change){.kind = CHANGE_ADD_CONSTRAINT, .add_constraint = {table, constraint}});
}

/* ------------------------------------------------------------------ tables and columns that come back */

/* Indexes come back after their table. A key that has an older one over the same columns waits for it, so that it is
 * again the index that foreign keys rest on; and a foreign key of the table to itself waits for what it rests on. */
static bool waits_for_index(const Schema *schema, const Table *table, const Constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_FOREIGN && constraint->target == table->object.id) {
        const Constraint *key = table_constraint_named(table, constraint->target_key);
        return key == NULL || waits_for_index(schema, table, key);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        ObjectId index = table->indexes.items[i];
        if (index < constraint->order && constraint_is_key(constraint) &&
            index_serves(schema_index(schema, index), constraint->columns))
            return true;
    }
    return false;
}

/* The table, with those of its constraints that wait for an index, or without. */
static const Table *table_with(const Schema *schema, const Table *table, bool waiting)
{
    Table *copy = arena_copy(schema->arena, table, sizeof *table);
    copy->constraints = (ConstraintList){0};
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (waits_for_index(schema, table, &table->constraints.items[i]) == waiting)
            list_push(schema->arena, &copy->constraints, table->constraints.items[i]);
    }
    return copy;
}

static void invert_drop_table(const Schema *schema, const Change *change, const Table *table, ChangeList *inverse)
{
    ConstraintList waiting = table_with(schema, table, true)->constraints;
    add_create(schema, inverse, change, &table_with(schema, table, false)->object);
    for (size_t i = 0; i < table->indexes.count; i++)
        add_create(schema, inverse, change, schema_object(schema, table->indexes.items[i]));
    for (size_t i = 0; i < waiting.count; i++)
        add_constraint(schema, inverse, change, table->object.id, &waiting.items[i]);
}

static void invert_drop(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_table(schema, change->drop.object);
    if (table != NULL)
        invert_drop_table(schema, change, table, inverse);
    else
        add_create(schema, inverse, change, schema_object(schema, change->drop.object));
}

static void add_constraints_of(const Schema *schema, ChangeList *inverse, const Change *cause, const Table *table,
                               bool foreign)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = &table->constraints.items[i];
        if (constraint_uses_column(constraint, cause->drop_column.column) &&
            (constraint->kind == CONSTRAINT_FOREIGN) == foreign)
            add_constraint(schema, inverse, cause, table->object.id, constraint);
    }
}

/* The column comes back last in the table; its constraints and indexes come back as they were, foreign keys last, for
 * they may rest on the others. */
static void invert_drop_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_table(schema, change->drop_column.table);
    ColumnId column = change->drop_column.column;
    AddColumnChange add_column = {.table = table->object.id, .column = table_column(table, column)};
    add(schema, inverse, change, (Change){.kind = CHANGE_ADD_COLUMN, .add_column = add_column});
    add_constraints_of(schema, inverse, change, table, false);
    for (size_t i = 0; i < table->indexes.count; i++) {
        const Index *index = schema_index(schema, table->indexes.items[i]);
        if (index_uses_column(index, column))
            add_create(schema, inverse, change, &index->object);
    }
    add_constraints_of(schema, inverse, change, table, true);
}

/* ------------------------------------------------------------------ the rest */

static void set_not_null(const Schema *schema, ChangeList *inverse, const Change *cause, ObjectId table,
                         ColumnId column, bool not_null)
{
    add(schema, inverse, cause, (Change){.kind = CHANGE_SET_NOT_NULL, .set_not_null = {table, column, not_null}});
}

/* A primary key has made its columns not null, and its drop does not take that back. */
static void invert_add_constraint(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Constraint *constraint = change->add_constraint.constraint;
    const Table *table = schema_table(schema, change->add_constraint.table);
    Change drop = {.kind = CHANGE_DROP_CONSTRAINT, .drop_constraint = {table->object.id, constraint->name}};
    add(schema, inverse, change, drop);
    for (size_t i = 0; i < constraint->columns.count && constraint->kind == CONSTRAINT_PRIMARY; i++) {
        const ColumnInfo *column = table_column(table, constraint->columns.items[i]);
        if (!column->not_null)
            set_not_null(schema, inverse, change, table->object.id, column->id, false);
    }
}

static void invert_rename_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    RenameColumnChange rename = change->rename_column;
    rename.to = table_column(schema_table(schema, rename.table), rename.column)->name;
    add(schema, inverse, change, (Change){.kind = CHANGE_RENAME_COLUMN, .rename_column = rename});
}

static void invert_set_default(const Schema *schema, const Change *change, ChangeList *inverse)
{
    SetDefaultChange set = change->set_default;
    set.expression = table_column(schema_table(schema, set.table), set.column)->expression;
    add(schema, inverse, change, (Change){.kind = CHANGE_SET_DEFAULT, .set_default = set});
}

static void invert_set_not_null(const Schema *schema, const Change *change, ChangeList *inverse)
{
    SetNotNullChange set = change->set_not_null;
    bool before = table_column(schema_table(schema, set.table), set.column)->not_null;
    set_not_null(schema, inverse, change, set.table, set.column, before);
}

/* A check that was written at the column, and reads only others, does not go with it. */
static void invert_add_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    ConstraintList constraints = change->add_column.constraints;
    for (size_t i = constraints.count; i > 0; i--) {
        const Constraint *constraint = &constraints.items[i - 1];
        DropConstraintChange drop_constraint = {change->add_column.table, constraint->name};
        if (!constraint_uses_column(constraint, change->add_column.column->id))
            add(schema, inverse, change, (Change){.kind = CHANGE_DROP_CONSTRAINT, .drop_constraint = drop_constraint});
    }
    DropColumnChange drop = {change->add_column.table, change->add_column.column->id};
    add(schema, inverse, change, (Change){.kind = CHANGE_DROP_COLUMN, .drop_column = drop});
}

static void invert_drop_constraint(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_table(schema, change->drop_constraint.table);
    const Constraint *constraint = table_constraint_named(table, change->drop_constraint.name);
    add_constraint(schema, inverse, change, table->object.id, constraint);
}

bool change_invert(const Schema *schema, const Change *change, ChangeList *inverse)
{
    switch (change->kind) {
    case CHANGE_CREATE:
        add(schema, inverse, change, (Change){.kind = CHANGE_DROP, .drop = {change->create.object->id}});
        return true;
    case CHANGE_DROP: invert_drop(schema, change, inverse); return true;
    case CHANGE_ADD_COLUMN: invert_add_column(schema, change, inverse); return true;
    case CHANGE_DROP_COLUMN: invert_drop_column(schema, change, inverse); return true;
    case CHANGE_RENAME_COLUMN: invert_rename_column(schema, change, inverse); return true;
    case CHANGE_SET_DEFAULT: invert_set_default(schema, change, inverse); return true;
    case CHANGE_SET_NOT_NULL: invert_set_not_null(schema, change, inverse); return true;
    case CHANGE_ADD_CONSTRAINT: invert_add_constraint(schema, change, inverse); return true;
    case CHANGE_DROP_CONSTRAINT: invert_drop_constraint(schema, change, inverse); return true;
    case CHANGE_RUN_SQL: return false;
    case CHANGE_KIND_COUNT: break;
    }
    BUG("change kind %d", (int) change->kind);
}
