/* The parts of relations and domains: columns and constraints. */
#include "bug.h"
#include "edit.h"

/* ------------------------------------------------------------------ new versions */

ColumnInfo *column_add(Arena *arena, Table *table, const ColumnInfo *column)
{
    ColumnInfo *copy = arena_copy(arena, column, sizeof *copy);
    list_push(arena, &table->columns, copy);
    return copy;
}

ColumnInfo *column_edit(Arena *arena, Table *table, ColumnId id)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i]->id != id)
            continue;
        ColumnInfo *copy = arena_copy(arena, table->columns.items[i], sizeof *copy);
        table->columns.items[i] = copy;
        return copy;
    }
    BUG("column %u to change is not there", (unsigned) id);
}

Constraint *constraint_add(Arena *arena, ConstraintList *constraints, const Constraint *constraint)
{
    Constraint *copy = arena_copy(arena, constraint, sizeof *copy);
    list_push(arena, constraints, copy);
    return copy;
}

Constraint *constraint_edit(Arena *arena, ConstraintList *constraints, ConstraintId id)
{
    for (size_t i = 0; i < constraints->count; i++) {
        if (constraints->items[i]->id != id)
            continue;
        Constraint *copy = arena_copy(arena, constraints->items[i], sizeof *copy);
        constraints->items[i] = copy;
        return copy;
    }
    BUG("constraint %u to change is not there", (unsigned) id);
}

/* ------------------------------------------------------------------ looking */

const ColumnInfo *table_column(const Table *table, ColumnId id)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i]->id == id)
            return table->columns.items[i];
    }
    return NULL;
}

const ColumnInfo *table_column_named(const Table *table, Str name)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (str_equal(table->columns.items[i]->name, name))
            return table->columns.items[i];
    }
    return NULL;
}

const ConstraintList *object_constraints(const Object *object)
{
    if (object_is_relation(object))
        return &((const Table *) object)->constraints;
    return object != NULL && object->kind == OBJECT_DOMAIN ? &((const Domain *) object)->constraints : NULL;
}

const Constraint *constraint_by_id(const ConstraintList *list, ConstraintId id)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (list->items[i]->id == id)
            return list->items[i];
    }
    return NULL;
}

const Constraint *object_constraint(const Schema *schema, ObjectId id, ConstraintId constraint)
{
    return constraint_by_id(object_constraints(schema_object(schema, id)), constraint);
}

const Constraint *object_constraint_named(const Object *object, Str name)
{
    const ConstraintList *list = object_constraints(object);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (str_equal(list->items[i]->name, name))
            return list->items[i];
    }
    return NULL;
}

const Constraint *table_constraint_named(const Table *table, Str name)
{
    return object_constraint_named(&table->object, name);
}

const Constraint *table_constraint(const Table *table, ConstraintId id)
{
    return constraint_by_id(&table->constraints, id);
}

const Constraint *table_primary_key(const Table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i]->kind == CONSTRAINT_PRIMARY)
            return table->constraints.items[i];
    }
    return NULL;
}

bool constraint_is_key(const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_PRIMARY || constraint->kind == CONSTRAINT_UNIQUE;
}

bool constraint_has_index(const Constraint *constraint)
{
    return constraint_is_key(constraint) || constraint->kind == CONSTRAINT_EXCLUDE;
}

Str constraint_method(const Constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_EXCLUDE)
        return constraint->method;
    return constraint->temporal ? STR("gist") : STR("btree");
}

bool constraint_excludes(const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_EXCLUDE || (constraint_is_key(constraint) && constraint->temporal);
}

bool constraint_is_clone(const Constraint *constraint)
{
    return constraint->parent != 0 && constraint_excludes(constraint);
}

const Expression *constraint_predicate(const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_EXCLUDE ? constraint->expression : NULL;
}

static bool equal_columns(ColumnIds a, ColumnIds b)
{
    return a.count == b.count && (a.count == 0 || memcmp(a.items, b.items, a.count * sizeof *a.items) == 0);
}

static bool equal_shapes(const Expression *a, const Expression *b)
{
    return a == NULL || b == NULL ? a == b : str_equal(a->shape, b->shape);
}

static bool same_exclusion(const Constraint *a, const Constraint *b)
{
    bool same = a->elements.count == b->elements.count && str_equal(a->method, b->method) &&
                equal_shapes(a->expression, b->expression);
    for (size_t i = 0; i < a->elements.count && same; i++)
        same = equal_shapes(a->elements.items[i].key.expression, b->elements.items[i].key.expression) &&
               str_equal(a->elements.items[i].operator, b->elements.items[i].operator);
    return same;
}

bool constraint_same_key(const Constraint *a, const Constraint *b)
{
    bool keys = constraint_is_key(a) && constraint_is_key(b) && equal_columns(a->columns, b->columns) &&
                a->temporal == b->temporal;
    bool exclusions = a->kind == CONSTRAINT_EXCLUDE && b->kind == CONSTRAINT_EXCLUDE && same_exclusion(a, b);
    return (keys || exclusions) && equal_columns(a->include, b->include) &&
           a->nulls_not_distinct == b->nulls_not_distinct && a->timing == b->timing;
}

bool column_ids_contain(ColumnIds ids, ColumnId id)
{
    for (size_t i = 0; i < ids.count; i++) {
        if (ids.items[i] == id)
            return true;
    }
    return false;
}

bool object_ids_contain(ObjectIds ids, ObjectId id)
{
    for (size_t i = 0; i < ids.count; i++) {
        if (ids.items[i] == id)
            return true;
    }
    return false;
}

