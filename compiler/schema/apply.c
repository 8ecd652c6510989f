/* Schema + change → schema. The change has been checked; what cannot be is a bug. */
#include "bug.h"
#include "change.h"
#include "depend.h"
#include "edit.h"

/* ------------------------------------------------------------------ names that objects hold */

static void count_constraint(Schema *schema, ObjectId namespace, Str name, bool add)
{
    uint64_t count = schema_find(schema, NAMES_CONSTRAINT, namespace, name);
    schema_set_name(schema, NAMES_CONSTRAINT, namespace, name, add ? count + 1 : count - 1);
}

/* A constraint's name, and that of the index of a key. */
static void name_constraint(Schema *schema, const Table *table, const Constraint *constraint, bool add)
{
    ObjectId namespace = table->object.schema;
    count_constraint(schema, namespace, constraint->name, add);
    if (constraint_is_key(constraint))
        schema_set_name(schema, NAMES_RELATION, namespace, constraint->name, add ? table->object.id : 0);
}

static void name_column(Schema *schema, const Table *table, const ColumnInfo *column, bool add)
{
    if (column->sequence.len > 0)
        schema_set_name(schema, NAMES_RELATION, table->object.schema, column->sequence, add ? table->object.id : 0);
}

static void name_table(Schema *schema, const Table *table, bool add)
{
    ObjectId id = add ? table->object.id : 0;
    schema_set_name(schema, NAMES_RELATION, table->object.schema, table->object.name, id);
    schema_set_name(schema, NAMES_TYPE, table->object.schema, table->object.name, id);
    for (size_t i = 0; i < table->columns.count; i++)
        name_column(schema, table, &table->columns.items[i], add);
    for (size_t i = 0; i < table->constraints.count; i++)
        name_constraint(schema, table, &table->constraints.items[i], add);
}

static void name_object(Schema *schema, const Object *object, bool add)
{
    ObjectId id = add ? object->id : 0;
    switch (object->kind) {
    case OBJECT_NAMESPACE: schema_set_name(schema, NAMES_NAMESPACE, 0, object->name, id); break;
    case OBJECT_EXTENSION: schema_set_name(schema, NAMES_EXTENSION, 0, object->name, id); break;
    case OBJECT_ENUM: schema_set_name(schema, NAMES_TYPE, object->schema, object->name, id); break;
    case OBJECT_TABLE: name_table(schema, (const Table *) object, add); break;
    case OBJECT_INDEX: schema_set_name(schema, NAMES_RELATION, object->schema, object->name, id); break;
    case OBJECT_KIND_COUNT: BUG("no object");
    }
}

/* ------------------------------------------------------------------ what objects note of each other */

static void remove_id(ObjectIds *ids, ObjectId id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->items[i] == id) {
            list_remove(ids, i);
            return;
        }
    }
}

static void refer(Schema *schema, ObjectId table, const Constraint *constraint, bool add)
{
    if (constraint->kind != CONSTRAINT_FOREIGN || schema_table(schema, constraint->target) == NULL)
        return;
    Table *target = table_edit(schema, constraint->target);
    if (add)
        list_push(schema->arena, &target->referrers, table);
    else
        remove_id(&target->referrers, table);
}

static void refer_all(Schema *schema, const Table *table, bool add)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        refer(schema, table->object.id, &table->constraints.items[i], add);
}

static void note_index(Schema *schema, const Index *index, bool add)
{
    Table *table = table_edit(schema, index->table);
    if (add)
        list_push(schema->arena, &table->indexes, index->object.id);
    else
        remove_id(&table->indexes, index->object.id);
}

static void view_extension(Schema *schema, const Extension *extension, bool add)
{
    CatalogView view = schema->view;
    if (extension->catalog == NULL)
        return;
    if (add)
        catalog_view_create(&view, extension->catalog);
    else
        catalog_view_drop(&view, extension->catalog);
    schema_set_view(schema, view);
}

/* ------------------------------------------------------------------ create and drop */

/* What a table has noted of others belongs to its life, not to its definition: it starts with none. */
static const Object *table_new(Schema *schema, const Table *table)
{
    Table *fresh = arena_copy(schema->arena, table, sizeof *table);
    fresh->indexes = (ObjectIds) {0};
    fresh->referrers = (ObjectIds) {0};
    return &fresh->object;
}

static void apply_create(Schema *schema, const Object *object)
{
    schema_put(schema, object->id, object->kind == OBJECT_TABLE ? table_new(schema, (const Table *) object) : object);
    name_object(schema, object, true);
    if (object->kind == OBJECT_TABLE)
        refer_all(schema, (const Table *) object, true);
    if (object->kind == OBJECT_INDEX)
        note_index(schema, (const Index *) object, true);
    if (object->kind == OBJECT_EXTENSION)
        view_extension(schema, (const Extension *) object, true);
}

static void apply_drop(Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    if (object == NULL)
        BUG("object %u to drop is not there", (unsigned) id);
    if (object->kind == OBJECT_TABLE) {
        ObjectIds indexes = ((const Table *) object)->indexes;
        for (size_t i = 0; i < indexes.count; i++)
            apply_drop(schema, indexes.items[i]);
        refer_all(schema, (const Table *) object, false);
    }
    if (object->kind == OBJECT_INDEX)
        note_index(schema, (const Index *) object, false);
    if (object->kind == OBJECT_EXTENSION)
        view_extension(schema, (const Extension *) object, false);
    name_object(schema, object, false);
    schema_put(schema, id, NULL);
}

/* ------------------------------------------------------------------ columns and constraints */

/* A primary key makes its columns not null (manual, CREATE TABLE, PRIMARY KEY). */
static void require_values(Table *table, const Constraint *constraint)
{
    for (size_t i = 0; i < table->columns.count && constraint->kind == CONSTRAINT_PRIMARY; i++) {
        ColumnInfo *column = &table->columns.items[i];
        column->not_null = column->not_null || column_ids_contain(constraint->columns, column->id);
    }
}

static void apply_add_constraint(Schema *schema, ObjectId id, const Constraint *constraint)
{
    Table *table = table_edit(schema, id);
    list_push(schema->arena, &table->constraints, *constraint);
    require_values(table, constraint);
    name_constraint(schema, table, constraint, true);
    refer(schema, id, constraint, true);
}

static void apply_drop_constraint(Schema *schema, ObjectId id, Str name)
{
    Table *table = table_edit(schema, id);
    const Constraint *found = table_constraint_named(table, name);
    if (found == NULL)
        BUG("constraint \"%.*s\" to drop is not there", STR_ARG(name));
    Constraint constraint = *found;
    list_remove(&table->constraints, (size_t) (found - table->constraints.items));
    name_constraint(schema, table, &constraint, false);
    refer(schema, id, &constraint, false);
}

static void apply_add_column(Schema *schema, const AddColumnChange *change)
{
    Table *table = table_edit(schema, change->table);
    list_push(schema->arena, &table->columns, *change->column);
    if (change->column->id > table->last_column)
        table->last_column = change->column->id;
    name_column(schema, table, change->column, true);
    for (size_t i = 0; i < change->constraints.count; i++)
        apply_add_constraint(schema, change->table, &change->constraints.items[i]);
}

static void drop_indexes_of_column(Schema *schema, ObjectId table, ColumnId column)
{
    ObjectIds indexes = schema_table(schema, table)->indexes;
    for (size_t i = 0; i < indexes.count; i++) {
        if (index_uses_column(schema_index(schema, indexes.items[i]), column))
            apply_drop(schema, indexes.items[i]);
    }
}

static void drop_constraints_of_column(Schema *schema, ObjectId table, ColumnId column)
{
    ConstraintList constraints = schema_table(schema, table)->constraints;
    for (size_t i = 0; i < constraints.count; i++) {
        if (constraint_uses_column(&constraints.items[i], column))
            apply_drop_constraint(schema, table, constraints.items[i].name);
    }
}

static ColumnInfo *column_edit(Schema *schema, ObjectId id, ColumnId column)
{
    Table *table = table_edit(schema, id);
    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i].id == column)
            return &table->columns.items[i];
    }
    BUG("column %u to change is not there", (unsigned) column);
}

static void apply_drop_column(Schema *schema, ObjectId id, ColumnId column)
{
    drop_indexes_of_column(schema, id, column);
    drop_constraints_of_column(schema, id, column);
    Table *table = table_edit(schema, id);
    const ColumnInfo *found = table_column(table, column);
    if (found == NULL)
        BUG("column %u to drop is not there", (unsigned) column);
    name_column(schema, table, found, false);
    list_remove(&table->columns, (size_t) (found - table->columns.items));
}

/* ------------------------------------------------------------------ all kinds */

static void apply_run_sql(Schema *schema, const RunSqlChange *change)
{
    for (size_t i = 0; i < change->functions.count; i++)
        schema_set_name(schema, NAMES_FUNCTION, 0, change->functions.items[i], 1);
}

void change_apply(Schema *schema, const Change *change)
{
    switch (change->kind) {
    case CHANGE_CREATE: apply_create(schema, change->create.object); break;
    case CHANGE_DROP: apply_drop(schema, change->drop.object); break;
    case CHANGE_ADD_COLUMN: apply_add_column(schema, &change->add_column); break;
    case CHANGE_DROP_COLUMN: apply_drop_column(schema, change->drop_column.table, change->drop_column.column); break;
    case CHANGE_RENAME_COLUMN:
        column_edit(schema, change->rename_column.table, change->rename_column.column)->name = change->rename_column.to;
        break;
    case CHANGE_SET_DEFAULT:
        column_edit(schema, change->set_default.table, change->set_default.column)->expression =
            change->set_default.expression;
        break;
    case CHANGE_SET_NOT_NULL:
        column_edit(schema, change->set_not_null.table, change->set_not_null.column)->not_null =
            change->set_not_null.not_null;
        break;
    case CHANGE_ADD_CONSTRAINT:
        apply_add_constraint(schema, change->add_constraint.table, change->add_constraint.constraint);
        break;
    case CHANGE_DROP_CONSTRAINT:
        apply_drop_constraint(schema, change->drop_constraint.table, change->drop_constraint.name);
        break;
    case CHANGE_RUN_SQL: apply_run_sql(schema, &change->run_sql); break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}
