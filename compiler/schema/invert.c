/* Change → what undoes it. What a drop takes along comes back under its old number, so that the inverses of earlier
 * changes still refer to the right thing. */
#include "bug.h"
#include "definition.h"
#include "depend.h"

#include <stdlib.h>

static void add(const Schema *schema, ChangeList *inverse, const Change *cause, Change change)
{
    change.span = cause->span;
    list_push(schema->arena, inverse, change);
}

static void add_create(const Schema *schema, ChangeList *inverse, const Change *cause, const Object *object)
{
    add(schema, inverse, cause, (Change) {.kind = CHANGE_CREATE, .create = {object}});
}

static void add_constraint(const Schema *schema, ChangeList *inverse, const Change *cause, ObjectId table,
                           const Constraint *constraint)
{
    add(schema, inverse, cause, (Change) {.kind = CHANGE_ADD_CONSTRAINT, .add_constraint = {table, constraint}});
}

/* ------------------------------------------------------------------ tables and columns that come back */

/* Indexes come back after their table. A key that has an older one over the same columns waits for it, so that it is
 * again the index that foreign keys rest on; and a foreign key of the table to itself waits for what it rests on. */
static bool waits_for_index(const Schema *schema, const Table *table, const Constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_FOREIGN && constraint->target == table->object.id) {
        const Constraint *key = table_constraint(table, constraint->target_key);
        return key == NULL || waits_for_index(schema, table, key);
    }
    ObjectIds indexes = object_users(schema, table->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        ObjectId index = indexes.items[i];
        if (index < constraint->id && constraint_is_key(constraint) &&
            index_serves(schema_index(schema, index), constraint->columns))
            return true;
    }
    return false;
}

/* Something to come back behind the thing that was dropped. */
typedef struct Returning {
    uint32_t id;                    /* of the object or the constraint */
    bool last;                      /* a foreign key: it may rest on the others */
    ObjectId table;                 /* of a constraint; 0: an object */
    const Constraint *constraint;
} Returning;

typedef LIST(Returning) ReturningList;

static int compare_returning(const void *left, const void *right)
{
    const Returning *a = left, *b = right;
    if (a->last != b->last)
        return a->last ? 1 : -1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void return_constraint(const Schema *schema, ReturningList *list, ObjectId table, const Constraint *constraint)
{
    bool foreign = constraint->kind == CONSTRAINT_FOREIGN;
    list_push(schema->arena, list, (Returning) {constraint->id, foreign, table, constraint});
}

/* A sequence that goes with a column has to be there before it, and can be owned only then. */
static void create_owned_sequences(const Schema *schema, const Change *cause, Parts parts, ChangeList *inverse)
{
    for (size_t i = 0; i + 1 < parts.count; i++) {
        const Sequence *sequence = schema_sequence(schema, parts.items[i].object);
        if (sequence == NULL)
            continue;
        Sequence *free_one = arena_copy(schema->arena, sequence, sizeof *sequence);
        free_one->owner = (SequenceOwner) {0};
        add_create(schema, inverse, cause, &free_one->object);
    }
}

static void own_sequences(const Schema *schema, const Change *cause, Parts parts, ChangeList *inverse)
{
    for (size_t i = 0; i + 1 < parts.count; i++) {
        const Sequence *sequence = schema_sequence(schema, parts.items[i].object);
        SetChange set = {.object = parts.items[i].object, .property = PROPERTY_SEQUENCE_OWNER};
        if (sequence == NULL)
            continue;
        set.value.owner = sequence->owner;
        add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .set = set});
    }
}

/* What went along with the last of the parts, in the order of its creation, foreign keys last. */
static void return_others(const Schema *schema, const Change *cause, Parts parts, ReturningList list,
                          ChangeList *inverse)
{
    for (size_t i = 0; i + 1 < parts.count; i++) {
        Part part = parts.items[i];
        const Table *table = schema_relation(schema, part.object);
        if (part.kind == PART_CONSTRAINT)
            return_constraint(schema, &list, part.object, table_constraint(table, part.id));
        else if (part.kind == PART_WHOLE && schema_sequence(schema, part.object) == NULL)
            list_push(schema->arena, &list, (Returning) {.id = part.object});
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, compare_returning);
    for (size_t i = 0; i < list.count; i++) {
        Returning next = list.items[i];
        if (next.constraint != NULL)
            add_constraint(schema, inverse, cause, next.table, next.constraint);
        else
            add_create(schema, inverse, cause, schema_object(schema, next.id));
    }
}

static void create_table_again(const Schema *schema, const Change *cause, const Table *table, ReturningList *waiting,
                               ChangeList *inverse)
{
    Table *copy = arena_copy(schema->arena, table, sizeof *table);
    copy->constraints = (ConstraintList) {0};
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = &table->constraints.items[i];
        if (waits_for_index(schema, table, constraint))
            return_constraint(schema, waiting, table->object.id, constraint);
        else
            list_push(schema->arena, &copy->constraints, *constraint);
    }
    add_create(schema, inverse, cause, &copy->object);
}

static void invert_drop(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Object *object = schema_object(schema, change->drop.object);
    Parts parts = deletion_automatic(schema, (Part) {object->id, PART_WHOLE, 0});
    ReturningList waiting = {0};
    create_owned_sequences(schema, change, parts, inverse);
    if (object_is_relation(object))
        create_table_again(schema, change, (const Table *) object, &waiting, inverse);
    else
        add_create(schema, inverse, change, object);
    return_others(schema, change, parts, waiting, inverse);
    own_sequences(schema, change, parts, inverse);
}

/* The column comes back last in the table. */
static void invert_drop_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_relation(schema, change->drop_column.table);
    ColumnId column = change->drop_column.column;
    AddColumnChange add_column = {.table = table->object.id, .column = table_column(table, column)};
    Parts parts = deletion_automatic(schema, (Part) {table->object.id, PART_COLUMN, column});
    create_owned_sequences(schema, change, parts, inverse);
    add(schema, inverse, change, (Change) {.kind = CHANGE_ADD_COLUMN, .add_column = add_column});
    return_others(schema, change, parts, (ReturningList) {0}, inverse);
    own_sequences(schema, change, parts, inverse);
}

/* ------------------------------------------------------------------ the rest */

static void set_not_null(const Schema *schema, ChangeList *inverse, const Change *cause, ObjectId table,
                         ColumnId column, bool not_null)
{
    SetChange set = {.object = table, .property = PROPERTY_COLUMN_NOT_NULL, .part = column, .value.flag = not_null};
    add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .set = set});
}

static void drop_constraint(const Schema *schema, ChangeList *inverse, const Change *cause, ObjectId table,
                            ConstraintId constraint)
{
    DropConstraintChange drop = {table, constraint};
    add(schema, inverse, cause, (Change) {.kind = CHANGE_DROP_CONSTRAINT, .drop_constraint = drop});
}

/* A primary key has made its columns not null, and its drop does not take that back. */
static void invert_add_constraint(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Constraint *constraint = change->add_constraint.constraint;
    const Table *table = schema_relation(schema, change->add_constraint.table);
    drop_constraint(schema, inverse, change, table->object.id, constraint->id);
    for (size_t i = 0; i < constraint->columns.count && constraint->kind == CONSTRAINT_PRIMARY; i++) {
        const ColumnInfo *column = table_column(table, constraint->columns.items[i]);
        if (!column->not_null)
            set_not_null(schema, inverse, change, table->object.id, column->id, false);
    }
}

/* There is no way to make a valid constraint doubtful again but to make it anew. */
static void invert_validate(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Constraint *constraint = table_constraint(schema_relation(schema, change->set.object), change->set.part);
    drop_constraint(schema, inverse, change, change->set.object, constraint->id);
    add_constraint(schema, inverse, change, change->set.object, constraint);
}

/* A label that was added cannot be removed; one that was renamed can be called what it was. */
static bool adds_labels(const Schema *schema, const SetChange *set)
{
    return set->value.labels.count != schema_enum(schema, set->object)->labels.count;
}

/* Dropped, and created as it was; not while something depends on it. */
static bool make_anew(const Schema *schema, const Change *change, const Object *old, ChangeList *inverse)
{
    if (part_dependents(schema, (Part) {old->id, PART_WHOLE, 0}).count > 0)
        return false;
    add(schema, inverse, change, (Change) {.kind = CHANGE_DROP, .drop = {old->id}});
    add_create(schema, inverse, change, old);
    return true;
}

static bool invert_set(const Schema *schema, const Change *change, ChangeList *inverse)
{
    SetChange set = change->set;
    if (set.property == PROPERTY_CONSTRAINT_VALIDITY) {
        invert_validate(schema, change, inverse);
        return true;
    }
    if (set.property == PROPERTY_LABELS && adds_labels(schema, &set))
        return false;
    set.value = property_value(schema, set.object, set.property, set.part);
    set.restart.wanted = false;
    if (set.property == PROPERTY_ATTRIBUTES &&
        !attributes_are_reachable(schema->arena, change->set.value.attributes, set.value.attributes))
        return make_anew(schema, change, schema_object(schema, set.object), inverse);
    add(schema, inverse, change, (Change) {.kind = CHANGE_SET, .set = set});
    return true;
}

static void invert_set_type(const Schema *schema, const Change *change, ChangeList *inverse)
{
    SetTypeChange set = {.table = change->set_type.table, .column = change->set_type.column};
    set.type = table_column(schema_relation(schema, set.table), set.column)->type;
    add(schema, inverse, change, (Change) {.kind = CHANGE_SET_TYPE, .set_type = set});
}

/* A check that was written at the column, and reads only others, does not go with it. */
static void invert_add_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    ConstraintList constraints = change->add_column.constraints;
    for (size_t i = constraints.count; i > 0; i--) {
        const Constraint *constraint = &constraints.items[i - 1];
        if (!constraint_uses_column(constraint, change->add_column.column->id))
            drop_constraint(schema, inverse, change, change->add_column.table, constraint->id);
    }
    DropColumnChange drop = {change->add_column.table, change->add_column.column->id};
    add(schema, inverse, change, (Change) {.kind = CHANGE_DROP_COLUMN, .drop_column = drop});
}

/* What can be replaced by OR REPLACE in one direction may not be in the other: then it is made anew, unless something
 * depends on it. */
static bool invert_replace(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Object *old = schema_object(schema, change->replace.object->id), *new = change->replace.object;
    size_t parameter;
    bool forth = object_is_definition(old) && definition_replace_problem((const Definition *) new,
                                                                        (const Definition *) old, &parameter) ==
                                                 REPLACE_FINE;
    if (forth) {
        add(schema, inverse, change, (Change) {.kind = CHANGE_REPLACE, .replace = {old}});
        return true;
    }
    return make_anew(schema, change, old, inverse);
}

static void invert_drop_constraint(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_relation(schema, change->drop_constraint.table);
    const Constraint *constraint = table_constraint(table, change->drop_constraint.constraint);
    add_constraint(schema, inverse, change, table->object.id, constraint);
}

bool change_invert(const Schema *schema, const Change *change, ChangeList *inverse)
{
    switch (change->kind) {
    case CHANGE_CREATE:
        add(schema, inverse, change, (Change) {.kind = CHANGE_DROP, .drop = {change->create.object->id}});
        return true;
    case CHANGE_DROP: invert_drop(schema, change, inverse); return true;
    case CHANGE_REPLACE: return invert_replace(schema, change, inverse);
    case CHANGE_SET: return invert_set(schema, change, inverse);
    case CHANGE_ADD_COLUMN: invert_add_column(schema, change, inverse); return true;
    case CHANGE_DROP_COLUMN: invert_drop_column(schema, change, inverse); return true;
    case CHANGE_SET_TYPE: invert_set_type(schema, change, inverse); return true;
    case CHANGE_ADD_CONSTRAINT: invert_add_constraint(schema, change, inverse); return true;
    case CHANGE_DROP_CONSTRAINT: invert_drop_constraint(schema, change, inverse); return true;
    case CHANGE_RESTART: return true;
    case CHANGE_DROP_EXPRESSION:
        return false;
    case CHANGE_RUN_SQL: return change->run_sql.passes;
    case CHANGE_KIND_COUNT: break;
    }
    BUG("change kind %d", (int) change->kind);
}
