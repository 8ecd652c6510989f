#include "child.h"

#include "key.h"
#include "not_null.h"
#include "sequence.h"

/* Something of it that is no table's own but its parents'. */
static bool has_borrowed(const Table *table)
{
    bool borrowed = false;
    for (size_t i = 0; i < table->columns.count; i++)
        borrowed = borrowed || table->columns.items[i]->not_local;
    for (size_t i = 0; i < table->constraints.count; i++)
        borrowed = borrowed || (table->constraints.items[i]->kind == CONSTRAINT_CHECK &&
                                table->constraints.items[i]->not_local);
    return borrowed;
}

bool child_is_born(const Schema *schema, const Table *table)
{
    StrList order = {0};
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(schema, table->parents.items[i]);
        for (size_t j = 0; j < parent->columns.count; j++)
            list_push(schema->arena, &order, parent->columns.items[j]->name);
    }
    size_t place = 0;
    for (size_t i = 0; i < order.count; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = str_equal(order.items[j], order.items[i]);
        if (!seen && (place >= table->columns.count || !str_equal(table->columns.items[place++]->name, order.items[i])))
            return false;
    }
    return table->parents.count > 0 && table->bound == NULL && has_borrowed(table);
}

/* What a column has that is inherited alone: the first default, and not null if one of the parents' is. That it is an
 * identity only partitions inherit, which join their parent in the end. */
static void take_from_parents(const Schema *schema, const Table *table, ColumnInfo *column)
{
    NotNull own = column->not_null;
    column->not_null = (NotNull) {0};
    column->identity = (Identity) {0};
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(schema, table->parents.items[i]);
        const ColumnInfo *above = table_column_named(parent, column->name);
        if (above == NULL)
            continue;
        if (!column->not_null.holds)
            column->not_null = not_null_below(&above->not_null);
    }
    column->expression = default_of_parents(schema, table, column->name);
    if (own.name.data != NULL && (!own.not_local || !str_equal(own.name, column->not_null.name))) {
        column->not_null = not_null_at_once(&own);
        column->not_null.not_local = false;
    }
}

/* Of a column that is its own, too, no default that is not written comes from parents. */
static void make_columns_inherited(const Schema *schema, Table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        ColumnInfo *column = column_edit(schema->arena, table, table->columns.items[i]->id);
        if (column->not_local)
            take_from_parents(schema, table, column);
        else if (column->expression == NULL)
            column->expression = default_of_parents(schema, table, column->name);
    }
}

static void make_columns_local(const Schema *schema, Table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        ColumnInfo *column = column_edit(schema->arena, table, table->columns.items[i]->id);
        column->inherited = 0;
        if (!identity_has_sequence(&column->identity))
            column->identity = (Identity) {0};
        column->not_local = column->not_null.not_local = false;
    }
    table->parents = (ObjectIds) {0};
    table->bound = NULL;
}

const Constraint *constraint_alone(Arena *arena, const Constraint *constraint)
{
    Constraint *alone = arena_copy(arena, constraint, sizeof *alone);
    alone->inherited = 0;
    alone->not_local = false;
    alone->parent = 0;
    return alone;
}

void child_make(const Schema *schema, Table *copy, bool born)
{
    list_clone(schema->arena, &copy->columns);
    list_clone(schema->arena, &copy->constraints);
    if (born) {
        make_columns_inherited(schema, copy);
        return;
    }
    make_columns_local(schema, copy);
    for (size_t i = copy->constraints.count; i > 0; i--) {
        if (constraint_is_clone(copy->constraints.items[i - 1]))
            list_remove(&copy->constraints, i - 1);
        else
            copy->constraints.items[i - 1] = constraint_alone(schema->arena, copy->constraints.items[i - 1]);
    }
}

static void set_column(const Schema *schema, const Table *table, ColumnId column, Property property,
                       ChangeList *changes)
{
    SetChange set = {.object = table->object.id, .property = property, .part = column};
    set.value = property_value(schema, table->object.id, property, column);
    list_push(schema->arena, changes, (Change) {.kind = CHANGE_SET, .set = set});
}

static bool same_shape(const Expression *a, const Expression *b)
{
    return a != NULL && b != NULL && str_equal(a->shape, b->shape);
}

/* Whether the column gets a value from a parent where it has none (MergeAttributes() in
 * src/backend/commands/tablecmds.c). */
static bool takes_from_parent(const Schema *schema, const Table *table, const ColumnInfo *column, Property property)
{
    if (property_is_set(schema, table->object.id, property, column->id))
        return false;
    for (size_t i = 0; i < table->parents.count; i++) {
        const ColumnInfo *above = table_column_named(schema_relation(schema, table->parents.items[i]), column->name);
        if (above != NULL && property_is_set(schema, table->parents.items[i], property, above->id))
            return true;
    }
    return false;
}

ChangeList child_settings(const Schema *schema, const Table *table, const Table *made)
{
    ChangeList changes = {0};
    for (size_t i = 0; made->parents.count > 0 && i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i], *other = made->columns.items[i];
        if (column->expression != other->expression && !same_shape(column->expression, other->expression))
            set_column(schema, table, column->id, PROPERTY_COLUMN_DEFAULT, &changes);
        if (column->not_null.holds != other->not_null.holds || column->not_null.not_valid != other->not_null.not_valid)
            set_column(schema, table, column->id, PROPERTY_COLUMN_NOT_NULL, &changes);
        if (column->identity.kind != other->identity.kind)
            set_column(schema, table, column->id, PROPERTY_COLUMN_IDENTITY, &changes);
        if (takes_from_parent(schema, table, column, PROPERTY_COLUMN_STORAGE))
            set_column(schema, table, column->id, PROPERTY_COLUMN_STORAGE, &changes);
        if (takes_from_parent(schema, table, column, PROPERTY_COLUMN_COMPRESSION))
            set_column(schema, table, column->id, PROPERTY_COLUMN_COMPRESSION, &changes);
    }
    return changes;
}

/* Where a partition joins, what is not null in its parent too is so by that alone; it is said again of what is its own,
 * as well. */
static void keep_not_nulls(const Schema *schema, const Table *table, ChangeList *changes)
{
    for (size_t i = 0; table->bound != NULL && i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        bool own = column->not_null.name.data != NULL && !column->not_null.not_local;
        if (own && not_null_of_parents(schema, table, column->name, 0).holds)
            set_column(schema, table, column->id, PROPERTY_COLUMN_NOT_NULL, changes);
    }
}

ChangeList child_joins(const Schema *schema, const Table *table)
{
    ChangeList changes = {0};
    Parts clones = table_clones(schema, table);
    for (size_t i = 0; !child_is_born(schema, table) && i < table->parents.count; i++) {
        InheritChange join = {table->object.id, table->parents.items[i], table->bound};
        Change change = {.kind = CHANGE_INHERIT, .known = known_numbers(schema, clones), .inherit = join};
        list_push(schema->arena, &changes, change);
    }
    ChangeList settings = clone_settings(schema, clones);
    for (size_t i = 0; i < settings.count; i++)
        list_push(schema->arena, &changes, settings.items[i]);
    keep_not_nulls(schema, table, &changes);
    return changes;
}

/* What the partitions of the table have of the index joins it. */
static void add_attachments(const Schema *schema, ObjectId table, uint32_t whole, ChangeList *changes)
{
    ObjectIds partitions = table_partitions(schema, table);
    for (size_t i = 0; i < partitions.count; i++) {
        KeyViews views = key_views(schema, partitions.items[i]);
        for (size_t j = 0; j < views.count; j++) {
            Part part = key_view_part(&views.items[j]);
            bool index = part.kind == PART_WHOLE;
            SetChange set = {.object = part.object, .part = index ? 0 : part.id, .value.object = whole};
            set.property = index ? PROPERTY_INDEX_PARENT : PROPERTY_CONSTRAINT_PARENT;
            if (key_view_parent(&views.items[j]) == whole)
                list_push(schema->arena, changes, (Change) {.kind = CHANGE_SET, .set = set});
        }
    }
}

ChangeList constraint_creation(const Schema *schema, const Table *table, const Constraint *key)
{
    ChangeList changes = {0};
    AddConstraintChange add = {table->object.id, constraint_alone(schema->arena, key)};
    list_push(schema->arena, &changes, (Change) {.kind = CHANGE_ADD_CONSTRAINT, .only = true, .add_constraint = add});
    add_attachments(schema, table->object.id, key->id, &changes);
    return changes;
}

ChangeList index_creation(const Schema *schema, const Index *index)
{
    ChangeList changes = {0};
    Index *alone = arena_copy(schema->arena, index, sizeof *index);
    alone->parent = 0;
    list_push(schema->arena, &changes,
              (Change) {.kind = CHANGE_CREATE, .only = true, .create = {&alone->object}});
    add_attachments(schema, index->table, index->object.id, &changes);
    return changes;
}
