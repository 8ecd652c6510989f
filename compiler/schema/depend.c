#include "depend.h"

bool expression_uses_column(const Expression *expression, ColumnId column)
{
    for (size_t i = 0; i < expression->columns.count; i++) {
        if (expression->columns.items[i].column == column)
            return true;
    }
    return false;
}

bool expression_uses_object(const Expression *expression, ObjectId object)
{
    return expression != NULL && object_ids_contain(expression->uses, object);
}

bool index_uses_column(const Index *index, ColumnId column)
{
    bool used = column_ids_contain(index->include, column) ||
                (index->where != NULL && expression_uses_column(index->where, column));
    for (size_t i = 0; i < index->keys.count && !used; i++)
        used = expression_uses_column(index->keys.items[i].expression, column);
    return used;
}

bool constraint_uses_column(const Constraint *constraint, ColumnId column)
{
    return column_ids_contain(constraint->columns, column) || column_ids_contain(constraint->include, column);
}

/* ------------------------------------------------------------------ dependents */

static void add(const Schema *schema, Dependents *dependents, ObjectId owner, Span created, Str what)
{
    list_push(schema->arena, dependents, (Dependent) {.what = what, .created = created, .owner = owner});
}

static void add_object(const Schema *schema, Dependents *dependents, const Object *object)
{
    Str what = str_format(schema->arena, "%s \"%.*s\"", object_word(object->kind), STR_ARG(object->name));
    add(schema, dependents, object->id, object->created, what);
}

static void add_column(const Schema *schema, Dependents *dependents, const Table *table, const ColumnInfo *column)
{
    Str what = str_format(schema->arena, "column \"%.*s\" of table \"%.*s\"", STR_ARG(column->name),
                          STR_ARG(table->object.name));
    add(schema, dependents, table->object.id, column->created, what);
}

static void add_constraint(const Schema *schema, Dependents *dependents, const Table *table,
                           const Constraint *constraint)
{
    Str what = str_format(schema->arena, "constraint \"%.*s\" of table \"%.*s\"", STR_ARG(constraint->name),
                          STR_ARG(table->object.name));
    add(schema, dependents, table->object.id, constraint->created, what);
    dependents->items[dependents->count - 1].constraint = constraint->name;
}

/* Foreign keys of `referrer` to the table; with a key's name only those that rest on it. */
static void add_references(const Schema *schema, Dependents *dependents, const Table *referrer, ObjectId table, Str key)
{
    for (size_t i = 0; i < referrer->constraints.count; i++) {
        const Constraint *constraint = &referrer->constraints.items[i];
        if (constraint->kind == CONSTRAINT_FOREIGN && constraint->target == table &&
            (key.data == NULL || str_equal(constraint->target_key, key)))
            add_constraint(schema, dependents, referrer, constraint);
    }
}

static bool seen_before(const ObjectIds *ids, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (ids->items[i] == ids->items[index])
            return true;
    }
    return false;
}

static Dependents references_to(const Schema *schema, const Table *table, Str key, bool own)
{
    Dependents dependents = {0};
    for (size_t i = 0; i < table->referrers.count; i++) {
        ObjectId id = table->referrers.items[i];
        if (!seen_before(&table->referrers, i) && (own || id != table->object.id))
            add_references(schema, &dependents, schema_table(schema, id), table->object.id, key);
    }
    return dependents;
}

Dependents key_dependents(const Schema *schema, const Table *table, Str key)
{
    return references_to(schema, table, key, true);
}

static bool index_uses_object(const Index *index, ObjectId id)
{
    bool used = expression_uses_object(index->where, id) || object_ids_contain(index->uses, id);
    for (size_t i = 0; i < index->keys.count && !used; i++)
        used = expression_uses_object(index->keys.items[i].expression, id);
    return used;
}

/* Parts of a table that use an enum, or something that an extension brings. */
static void add_table_uses(const Schema *schema, Dependents *dependents, const Table *table, ObjectId id)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = &table->columns.items[i];
        if (column->type.object == id || expression_uses_object(column->expression, id))
            add_column(schema, dependents, table, column);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (expression_uses_object(table->constraints.items[i].expression, id))
            add_constraint(schema, dependents, table, &table->constraints.items[i]);
    }
}

static void add_uses(const Schema *schema, Dependents *dependents, ObjectId id)
{
    for (size_t i = 1; i < schema->objects.count; i++) {
        const Object *object = schema->objects.items[i];
        if (object != NULL && object->kind == OBJECT_TABLE)
            add_table_uses(schema, dependents, (const Table *) object, id);
        if (object != NULL && object->kind == OBJECT_INDEX && index_uses_object((const Index *) object, id))
            add_object(schema, dependents, object);
    }
}

/* Indexes live in their table's namespace and go with it, so they are not named. */
static void add_contents(const Schema *schema, Dependents *dependents, ObjectId namespace)
{
    for (size_t i = 1; i < schema->objects.count; i++) {
        const Object *object = schema->objects.items[i];
        if (object == NULL || object->kind == OBJECT_INDEX)
            continue;
        bool extension = object->kind == OBJECT_EXTENSION && ((const Extension *) object)->home == namespace;
        if (object->schema == namespace || extension)
            add_object(schema, dependents, object);
    }
}

/* Extensions that require this one. */
static void add_requirers(const Schema *schema, Dependents *dependents, const Extension *extension)
{
    for (size_t i = 1; i < schema->objects.count; i++) {
        const Object *object = schema->objects.items[i];
        if (object == NULL || object->kind != OBJECT_EXTENSION || ((const Extension *) object)->catalog == NULL)
            continue;
        CatalogRequirements requires = ((const Extension *) object)->catalog->requires;
        for (size_t j = 0; j < requires.count; j++) {
            if (requires.items[j] == extension->catalog)
                add_object(schema, dependents, object);
        }
    }
}

Dependents object_dependents(const Schema *schema, ObjectId id)
{
    Dependents dependents = {0};
    const Object *object = schema_object(schema, id);
    switch (object->kind) {
    case OBJECT_NAMESPACE: add_contents(schema, &dependents, id); break;
    case OBJECT_EXTENSION:
        add_uses(schema, &dependents, id);
        add_requirers(schema, &dependents, (const Extension *) object);
        break;
    case OBJECT_ENUM: add_uses(schema, &dependents, id); break;
    case OBJECT_TABLE: return references_to(schema, (const Table *) object, (Str) {0}, false);
    case OBJECT_INDEX:
        return key_dependents(schema, schema_table(schema, ((const Index *) object)->table), object->name);
    case OBJECT_KIND_COUNT: break;
    }
    return dependents;
}

/* Foreign keys that rest on one of the table's keys, but for those of the table itself that go with the column. */
static void add_resting_on(const Schema *schema, Dependents *dependents, const Table *table, Str key, ColumnId column)
{
    for (size_t i = 0; i < table->referrers.count; i++) {
        const Table *referrer = schema_table(schema, table->referrers.items[i]);
        for (size_t j = 0; j < referrer->constraints.count && !seen_before(&table->referrers, i); j++) {
            const Constraint *foreign = &referrer->constraints.items[j];
            bool goes_too = referrer == table && constraint_uses_column(foreign, column);
            if (foreign->kind == CONSTRAINT_FOREIGN && foreign->target == table->object.id && !goes_too &&
                str_equal(foreign->target_key, key))
                add_constraint(schema, dependents, referrer, foreign);
        }
    }
}

/* The server takes the column's own indexes and constraints along; generated columns that read it, and foreign keys
 * that rest on one of its keys, stand in the way. */
Dependents column_dependents(const Schema *schema, const Table *table, ColumnId column)
{
    Dependents dependents = {0};
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *other = &table->columns.items[i];
        if (other->generated && other->id != column && expression_uses_column(other->expression, column))
            add_column(schema, &dependents, table, other);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (constraint_uses_column(&table->constraints.items[i], column))
            add_resting_on(schema, &dependents, table, table->constraints.items[i].name, column);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        const Index *index = schema_index(schema, table->indexes.items[i]);
        if (index_uses_column(index, column))
            add_resting_on(schema, &dependents, table, index->object.name, column);
    }
    return dependents;
}
