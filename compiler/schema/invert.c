/* Change → what undoes it. What a drop takes along comes back under its old number, so that the inverses of earlier
 * changes still refer to the right thing. */
#include "base_type.h"
#include "bug.h"
#include "change.h"
#include "child.h"
#include "definition.h"
#include "family.h"
#include "holder.h"
#include "inherit.h"
#include "key.h"
#include "not_null.h"
#include "operator.h"
#include "privilege.h"
#include "sequence.h"
#include "validity.h"
#include "view.h"

#include <stdlib.h>

static void add(const Schema *schema, ChangeList *inverse, const Change *cause, Change change)
{
    bool of_index = (change.kind == CHANGE_CREATE && change.create.object->kind == OBJECT_INDEX) ||
                    (change.kind == CHANGE_DROP && cause->kind == CHANGE_CREATE);
    change.span = cause->span;
    change.concurrent = cause->concurrent && of_index;
    list_push(schema->arena, inverse, change);
}

static void add_all(const Schema *schema, ChangeList *inverse, const Change *cause, ChangeList changes)
{
    for (size_t i = 0; i < changes.count; i++)
        add(schema, inverse, cause, changes.items[i]);
}

/* The transforms that a function would come to need when it is made now: they came later than it. */
static Parts transforms_gained(const Schema *schema, const Object *object)
{
    const Definition *d = (const Definition *) object;
    Parts gained = {0};
    if (!object_is_routine(object->kind))
        return gained;
    ObjectIds transforms = routine_transforms(schema, d->routine);
    for (size_t i = 0; i < transforms.count; i++) {
        if (!expression_uses_object(d->text, transforms.items[i]))
            list_push(schema->arena, &gained, (Part) {transforms.items[i], PART_WHOLE, 0});
    }
    return gained;
}

/* What it is not to need is away meanwhile. */
static void add_create(const Schema *schema, ChangeList *inverse, const Change *cause, const Object *object)
{
    Parts away = deletion_of(schema, transforms_gained(schema, object)).order;
    for (size_t i = 0; i < away.count; i++)
        add(schema, inverse, cause, part_drop(away.items[i], cause->span));
    add(schema, inverse, cause, (Change) {.kind = CHANGE_CREATE, .create = {object}});
    for (size_t i = away.count; i > 0; i--) {
        Change drop = part_drop(away.items[i - 1], cause->span);
        change_invert(schema, &drop, inverse);
    }
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
    if (constraint->not_valid)
        return true; /* in CREATE TABLE the server takes it for valid, as there are no rows */
    if (constraint->kind == CONSTRAINT_FOREIGN && constraint->target == table->object.id) {
        const Constraint *key = table_constraint(table, constraint->target_key);
        return key == NULL || waits_for_index(schema, table, key);
    }
    return key_waits(schema, table, constraint);
}

/* Foreign keys come last, for they may rest on the others. */
typedef enum ReturningRank { RETURN_KEY, RETURN_OTHER, RETURN_FOREIGN } ReturningRank;

/* Something to come back behind the thing that was dropped. */
typedef struct Returning {
    uint32_t id;                    /* of the object or the constraint */
    ReturningRank rank;
    ObjectId table;                 /* of a constraint; 0: an object */
    const Constraint *constraint;
    uint32_t order;                 /* in which it was made; likewise */
    uint32_t origin;                /* of what it is a part of, at the top, which comes after it and finds it */
    unsigned depth;
} Returning;

typedef LIST(Returning) ReturningList;

static int compare_returning(const void *left, const void *right)
{
    const Returning *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->origin != b->origin)
        return a->origin < b->origin ? -1 : 1;
    if (a->depth != b->depth)
        return a->depth > b->depth ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static uint32_t part_number(Part part)
{
    return part.kind == PART_CONSTRAINT ? part.id : part.object;
}

static ReturningRank part_rank(const Schema *schema, Part part)
{
    bool is_object = part.kind != PART_CONSTRAINT;
    const Constraint *constraint = is_object ? NULL : object_constraint(schema, part.object, part.id);
    if (constraint != NULL && constraint->kind == CONSTRAINT_FOREIGN)
        return RETURN_FOREIGN;
    bool index = constraint == NULL ? schema_index(schema, part.object) != NULL : constraint_has_index(constraint);
    return index ? RETURN_KEY : RETURN_OTHER;
}

static uint32_t part_order(const Schema *schema, Part part)
{
    if (part_rank(schema, part) != RETURN_KEY)
        return part_number(part);
    KeyView view = key_view(schema, part);
    return key_view_made(&view);
}

/* Its whole, at the top; or that of a partition's key that it comes behind (key_rivals()). */
static Part returning_origin(const Schema *schema, Part part)
{
    Part origin = part_origin(schema, part);
    if (part_rank(schema, origin) != RETURN_KEY)
        return origin;
    Part rivalled = key_rivalled(schema, origin);
    return rivalled.object == 0 ? origin : returning_origin(schema, rivalled);
}

static void return_part(const Schema *schema, ReturningList *list, Part part)
{
    Part origin = returning_origin(schema, part);
    Returning next = {.id = part_number(part), .rank = part_rank(schema, part), .order = part_order(schema, part),
                      .origin = part_order(schema, origin)};
    for (Part above = part_above(schema, part); above.object != 0; above = part_above(schema, above))
        next.depth++;
    if (part.kind == PART_CONSTRAINT) {
        next.table = part.object;
        next.constraint = object_constraint(schema, part.object, part.id);
    }
    list_push(schema->arena, list, next);
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

static const Object *object_alone(const Schema *schema, ObjectId id)
{
    const Index *index = schema_index(schema, id);
    if (index == NULL || index->parent == 0)
        return schema_object(schema, id);
    Index *alone = arena_copy(schema->arena, index, sizeof *index);
    alone->parent = 0;
    return &alone->object;
}

static bool is_incomplete(const Schema *schema, Part part)
{
    const Index *index = part.kind == PART_WHOLE ? schema_index(schema, part.object) : NULL;
    const Constraint *key = part.kind == PART_CONSTRAINT ? object_constraint(schema, part.object, part.id) : NULL;
    return (index != NULL && index->incomplete) ||
           (key != NULL && object_is_relation(schema_object(schema, part.object)) &&
            key_comes_late(schema, schema_relation(schema, part.object), key));
}

static void return_incomplete_key(const Schema *schema, const Change *cause, const Table *table, ConstraintId key,
                                  ChangeList *inverse)
{
    add_all(schema, inverse, cause, constraint_creation(schema, table, table_constraint(table, key)));
}

/* Those of a table that was dropped. */
static void return_incomplete_keys(const Schema *schema, const Change *cause, const Table *table, ChangeList *inverse)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (key_comes_late(schema, table, table->constraints.items[i]))
            return_incomplete_key(schema, cause, table, table->constraints.items[i]->id, inverse);
    }
}

/* An index that not all partitions have comes back when the partitions are there, and what they have of it. */
static void return_incomplete(const Schema *schema, const Change *cause, Parts parts, ChangeList *inverse)
{
    for (size_t i = 0; i < parts.count; i++) {
        Part part = parts.items[i];
        const Table *table = schema_relation(schema, part.object);
        if (part.kind == PART_WHOLE && table != NULL)
            return_incomplete_keys(schema, cause, table, inverse);
        else if (is_incomplete(schema, part) && table != NULL)
            return_incomplete_key(schema, cause, table, part.id, inverse);
        else if (is_incomplete(schema, part))
            add_all(schema, inverse, cause, index_creation(schema, schema_index(schema, part.object)));
    }
}

static bool is_trigger_state(const Schema *schema, Part part)
{
    return part.kind == PART_WHOLE && schema_object(schema, part.object)->kind == OBJECT_TRIGGER_STATE;
}

static bool goes_whole(Parts parts, ObjectId object)
{
    for (size_t i = 0; i < parts.count; i++) {
        if (parts.items[i].object == object && parts.items[i].kind == PART_WHOLE)
            return true;
    }
    return false;
}

static bool is_inherited_check(const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_CHECK && constraint->inherited > 0 && constraint->not_local;
}

/* What comes back with its parent's, as an inherited check does, or with its table. */
static bool comes_along(const Schema *schema, Parts parts, Part part)
{
    const Table *table = schema_relation(schema, part.object);
    if (part.kind == PART_COLUMN || part.kind == PART_DEFAULT)
        return true;
    if (part.kind == PART_WHOLE)
        return table != NULL || schema_sequence(schema, part.object) != NULL || is_incomplete(schema, part) ||
               is_trigger_state(schema, part);
    const Constraint *constraint = object_constraint(schema, part.object, part.id);
    return is_incomplete(schema, part) || is_inherited_check(constraint) || goes_whole(parts, part.object) ||
           constraint_is_shadow(table, constraint) || constraint_is_clone(constraint);
}

static void return_all(const Schema *schema, const Change *cause, Parts parts, ReturningList *list,
                       ChangeList *inverse)
{
    ChangeList known = known_numbers(schema, parts);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_returning);
    for (size_t i = 0; i < list->count; i++) {
        Returning next = list->items[i];
        if (next.constraint == NULL) {
            add_create(schema, inverse, cause, object_alone(schema, next.id));
            continue;
        }
        const Constraint *alone = constraint_alone(schema->arena, next.constraint);
        add_constraint(schema, inverse, cause, next.table, alone);
        inverse->items[inverse->count - 1].known = known;
    }
}

/* The constraints of a sort that come along with those of parents, parents first: what went is in the other order. */
static Parts constraints_along(const Schema *schema, Parts parts, bool (*is_of_sort)(const Constraint *constraint))
{
    Parts constraints = {0};
    for (size_t i = parts.count; i > 0; i--) {
        Part part = parts.items[i - 1];
        bool along = part.kind == PART_CONSTRAINT && !goes_whole(parts, part.object);
        if (along && is_of_sort(object_constraint(schema, part.object, part.id)))
            list_push(schema->arena, &constraints, part);
    }
    return constraints;
}

/* What went along with the last of the parts, in the order of its creation, foreign keys last. */
static void return_others(const Schema *schema, const Change *cause, Parts parts, ReturningList list,
                          ChangeList *inverse)
{
    for (size_t i = 0; i + 1 < parts.count; i++) {
        if (!comes_along(schema, parts, parts.items[i]))
            return_part(schema, &list, parts.items[i]);
    }
    return_all(schema, cause, parts, &list, inverse);
    add_all(schema, inverse, cause, check_settings(schema, constraints_along(schema, parts, is_inherited_check)));
    add_all(schema, inverse, cause, clone_settings(schema, constraints_along(schema, parts, constraint_is_clone)));
}

static void set_again(const Schema *schema, const Change *cause, Property property, Part part, ChangeList *inverse)
{
    SetChange set = {.object = part.object, .property = property, .part = part.id};
    set.value = property_value(schema, part.object, property, part.id);
    add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .set = set});
}

/* ------------------------------------------------------------------ tables that come back */

/* What a table is clustered on or identified by, where that is an index that went: by itself, or with the table. It is
 * chosen again behind it. */
static bool is_among(const Parts *parts, ObjectId table, uint32_t index)
{
    for (size_t i = 0; i < parts->count; i++) {
        Part part = parts->items[i];
        bool whole = part.kind == PART_WHOLE && (part.object == index || part.object == table);
        if (whole || (part.kind == PART_CONSTRAINT && part.object == table && part.id == index))
            return true;
    }
    return false;
}

static void choose_indexes(const Schema *schema, const Change *cause, const Table *table, const Parts *parts,
                           ChangeList *inverse)
{
    ObjectId id = table->object.id;
    SetChange cluster = {.object = id, .property = PROPERTY_CLUSTER, .value.object = table->cluster};
    SetChange replica = {.object = id, .property = PROPERTY_REPLICA_IDENTITY, .value.replica = table->replica};
    if (table->cluster != 0 && is_among(parts, id, table->cluster))
        add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .set = cluster});
    if (table->replica.key != 0 && is_among(parts, id, table->replica.key))
        add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .set = replica});
}

/* The tables that the parts are, or whose indexes and constraints they are. */
static void choose_again(const Schema *schema, const Change *cause, Parts parts, ChangeList *inverse)
{
    ObjectIds tables = {0};
    for (size_t i = 0; i < parts.count; i++) {
        const Index *index = schema_index(schema, parts.items[i].object);
        ObjectId id = index != NULL ? index->table : parts.items[i].object;
        const Table *table = schema_relation(schema, id);
        if (table == NULL || object_ids_contain(tables, id))
            continue;
        list_push(schema->arena, &tables, id);
        choose_indexes(schema, cause, table, &parts, inverse);
    }
}

/* A child that is created has what its parents have, and that as a valid check. */
static const Constraint *merged_check(const Schema *schema, const Constraint *check)
{
    Constraint *merged = arena_copy(schema->arena, check, sizeof *merged);
    merged->not_valid = false;
    merged->not_local = true;
    return merged;
}

static bool is_doubtful(const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_CHECK && constraint->inherited > 0 && constraint->not_valid;
}

static void create_table_again(const Schema *schema, const Change *cause, const Table *table, ReturningList *waiting,
                               ChangeList *inverse)
{
    Table *copy = arena_copy(schema->arena, table, sizeof *table);
    Parts shadows = {0};
    bool born = child_is_born(schema, table);
    copy->constraints = (ConstraintList) {0};
    copy->cluster = 0;
    copy->replica = table->replica.key == 0 ? table->replica : (ReplicaIdentity) {0};
    child_make(schema, copy, born);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        Part part = {table->object.id, PART_CONSTRAINT, constraint->id};
        const Constraint *made = born ? constraint : constraint_alone(schema->arena, constraint);
        if (key_comes_late(schema, table, constraint) || constraint_is_clone(constraint))
            continue;
        if (constraint_is_shadow(table, constraint))
            list_push(schema->arena, &shadows, part);
        else if (born && is_doubtful(constraint))
            list_push(schema->arena, &copy->constraints, merged_check(schema, constraint));
        else if (waits_for_index(schema, table, constraint))
            return_part(schema, waiting, part);
        else
            list_push(schema->arena, &copy->constraints, made);
    }
    add_create(schema, inverse, cause, &copy->object);
    inverse->items[inverse->count - 1].known = known_numbers(schema, shadows);
    add_all(schema, inverse, cause, child_settings(schema, table, copy));
}

/* What a child that was created has as a valid check, and had as one that is not. */
static void renew_checks(const Schema *schema, const Change *cause, const Table *table, ChangeList *inverse)
{
    for (size_t i = 0; child_is_born(schema, table) && i < table->constraints.count; i++) {
        Part part = {table->object.id, PART_CONSTRAINT, table->constraints.items[i]->id};
        if (is_doubtful(table->constraints.items[i]))
            add_all(schema, inverse, cause, check_renewal(schema, part, true));
    }
}

/* Each behind its own parents: what a parent got when it joined its own goes down with the next one that joins it. */
static void join_again(const Schema *schema, const Change *cause, Parts *tables, ObjectId id, ChangeList *inverse)
{
    for (size_t i = 0; i < tables->count; i++) {
        if (tables->items[i].object != id)
            continue;
        const Table *table = schema_relation(schema, id);
        list_remove(tables, i);
        for (size_t j = 0; j < table->parents.count; j++)
            join_again(schema, cause, tables, table->parents.items[j], inverse);
        add_all(schema, inverse, cause, child_joins(schema, table));
        return;
    }
}

static int compare_parts(const void *left, const void *right)
{
    ObjectId a = ((const Part *) left)->object, b = ((const Part *) right)->object;
    return a < b ? -1 : a > b;
}

/* The table, and the partitions that went with it, the oldest first. */
static void create_tables_again(const Schema *schema, const Change *cause, Parts parts, ChangeList *inverse)
{
    Parts tables = {0};
    ReturningList waiting = {0};
    for (size_t i = 0; i < parts.count; i++) {
        if (parts.items[i].kind == PART_WHOLE && schema_relation(schema, parts.items[i].object) != NULL)
            list_push(schema->arena, &tables, parts.items[i]);
    }
    if (tables.count > 1)
        qsort(tables.items, tables.count, sizeof *tables.items, compare_parts);
    for (size_t i = 0; i < tables.count; i++)
        create_table_again(schema, cause, schema_relation(schema, tables.items[i].object), &waiting, inverse);
    return_others(schema, cause, parts, waiting, inverse);
    Parts waits = tables;
    list_clone(schema->arena, &waits);
    while (waits.count > 0)
        join_again(schema, cause, &waits, waits.items[0].object, inverse);
    for (size_t i = 0; i < tables.count; i++)
        renew_checks(schema, cause, schema_relation(schema, tables.items[i].object), inverse);
    return_incomplete(schema, cause, parts, inverse);
}

/* ------------------------------------------------------------------ the order of keys
 *
 * What comes back is the newest of its table's indexes. Where it is not to be the newest of those that a foreign key
 * could rest on as well, the others are made anew behind it, so that the server finds them in the order of before. */

static void drop_part(const Schema *schema, const Change *cause, Part part, ChangeList *inverse)
{
    add(schema, inverse, cause, part_drop(part, cause->span));
}

/* The foreign keys that rest on one of the keys, but for those that come along with another one. */
static Parts foreign_keys_on(const Schema *schema, const KeyViews *keys, ObjectId target)
{
    Parts found = {0};
    ObjectIds users = object_users(schema, target, OBJECT_KIND_COUNT);
    if (!object_ids_contain(users, target))
        list_push(schema->arena, &users, target);
    for (size_t i = 0; i < users.count; i++) {
        const Table *table = schema_table(schema, users.items[i]);
        for (size_t j = 0; table != NULL && j < table->constraints.count; j++) {
            const Constraint *foreign = table->constraints.items[j];
            uint32_t rest = foreign->target_index != 0 ? foreign->target_index : foreign->target_key;
            bool rests = false;
            for (size_t l = 0; l < keys->count && foreign->kind == CONSTRAINT_FOREIGN && !rests; l++)
                rests = key_view_id(&keys->items[l]) == rest && foreign->parent == 0;
            if (rests)
                list_push(schema->arena, &found, (Part) {users.items[i], PART_CONSTRAINT, foreign->id});
        }
    }
    return found;
}

/* How many of the first ones are in their order there. */
static size_t keys_in_order(const KeyViews *keys, const ObjectIds *after)
{
    size_t count = 0;
    for (size_t i = 0; i < after->count && count < keys->count; i++)
        count += after->items[i] == key_view_id(&keys->items[count]);
    return count;
}

static void add_part(const Schema *schema, const Change *cause, Part part, ChangeList *inverse)
{
    if (part.kind == PART_CONSTRAINT)
        add_constraint(schema, inverse, cause, part.object, object_constraint(schema, part.object, part.id));
    else
        add_create(schema, inverse, cause, schema_object(schema, part.object));
}

/* The keys are to be in their order, and what rests on them to rest where it does. `after` is the order in which
 * they are, and `between` what else is to be done while no foreign key rests on them. */
static void order_keys_again(const Schema *schema, const Change *cause, const KeyViews *keys, const ObjectIds *after,
                             Parts foreign, ChangeList between, ChangeList *inverse)
{
    Parts anew = {0};
    for (size_t i = keys_in_order(keys, after); i < keys->count; i++)
        list_push(schema->arena, &anew, key_view_part(&keys->items[i]));
    for (size_t i = foreign.count; i > 0; i--)
        drop_part(schema, cause, foreign.items[i - 1], inverse);
    add_all(schema, inverse, cause, between);
    for (size_t i = anew.count; i > 0; i--)
        drop_part(schema, cause, anew.items[i - 1], inverse);
    for (size_t i = 0; i < anew.count; i++)
        add_part(schema, cause, anew.items[i], inverse);
    for (size_t i = 0; i < foreign.count; i++)
        add_part(schema, cause, foreign.items[i], inverse);
    choose_again(schema, cause, anew, inverse);
}

/* Partitions' keys are made with those of their parents. */
static bool has_partitions(const Table *table)
{
    return table->bound != NULL || table_is_partitioned(table);
}

/* Behind the return of a key, which is now the last of its equals. */
static void return_younger_keys(const Schema *schema, const Change *cause, Part part, ChangeList *inverse)
{
    KeyView view = key_view(schema, part);
    KeyViews keys = equal_keys(schema, view.table, key_target_columns(schema, &view));
    ObjectIds after = {0};
    for (size_t i = 0; i < keys.count; i++) {
        if (key_view_id(&keys.items[i]) != key_view_id(&view))
            list_push(schema->arena, &after, key_view_id(&keys.items[i]));
    }
    list_push(schema->arena, &after, key_view_id(&view));
    if (keys_in_order(&keys, &after) == keys.count || has_partitions(view.table))
        return;
    Parts foreign = foreign_keys_on(schema, &keys, view.table->object.id);
    order_keys_again(schema, cause, &keys, &after, foreign, (ChangeList) {0}, inverse);
}

/* What a type that was made whole has besides: its maker is the owner of the shell, and no shell is granted on. */
static void return_properties(const Schema *schema, const Change *cause, const Object *bare, ChangeList *inverse)
{
    for (Property property = 0; property < PROPERTY_COUNT; property++) {
        bool given = property == PROPERTY_PRIVILEGES && bare->privileges.count > 0;
        if (property_is_separate(property) && property_is_of_object(property, bare->kind) &&
            (given || property_is_set(schema, bare->id, property, 0)))
            set_again(schema, cause, property, (Part) {bare->id, PART_WHOLE, 0}, inverse);
    }
}

/* The functions that went with the type want its shell, and it wants them. */
static void return_base_type(const Schema *schema, const Change *change, const Definition *type, Parts parts,
                             ChangeList *inverse)
{
    Definition *bare = arena_copy(schema->arena, type, sizeof *type);
    bare->object.owner = bare->object.comment = (Str) {0};
    bare->object.security = (StorageOptions) {0};
    bare->object.privileges = privileges_by_default(schema, STR(""), OBJECT_BASE_TYPE, type->object.schema);
    add_create(schema, inverse, change, &base_type_shell(schema->arena, bare)->object);
    return_others(schema, change, parts, (ReturningList) {0}, inverse);
    add(schema, inverse, change, (Change) {.kind = CHANGE_REPLACE, .replace = {&bare->object}});
    return_properties(schema, change, &bare->object, inverse);
}

/* What went along with the last of the parts: partitions have joined by now, and have their triggers. The older state
 * is that of the table above. */
static void return_trigger_states(const Schema *schema, const Change *cause, Parts parts, ChangeList *inverse)
{
    Parts states = {0};
    for (size_t i = 0; i + 1 < parts.count; i++) {
        if (is_trigger_state(schema, parts.items[i]))
            list_push(schema->arena, &states, parts.items[i]);
    }
    if (states.count > 1)
        qsort(states.items, states.count, sizeof *states.items, compare_parts);
    for (size_t i = 0; i < states.count; i++)
        add_part(schema, cause, states.items[i], inverse);
}

/* Whether its drop takes nothing along but what goes by itself. */
static bool goes_alone(const Schema *schema, ObjectId id)
{
    Parts targets = {0};
    list_push(schema->arena, &targets, (Part) {id, PART_WHOLE, 0});
    return deletion_of(schema, targets).order.count == 1;
}

/* A shell comes to be by what is linked with it, and only so: that is made anew, when nothing depends on it. `there`:
 * an operator is in its place. */
static bool return_shell(const Schema *schema, const Change *change, const Definition *shell, bool there,
                         ChangeList *inverse)
{
    ObjectIds linked = object_users(schema, shell->object.id, OBJECT_OPERATOR);
    for (size_t i = linked.count; i > 0; i--) {
        if (!goes_alone(schema, linked.items[i - 1]))
            return false;
        drop_part(schema, change, (Part) {linked.items[i - 1], PART_WHOLE, 0}, inverse);
    }
    if (there)
        drop_part(schema, change, (Part) {shell->object.id, PART_WHOLE, 0}, inverse);
    add_create(schema, inverse, change, &shell->object);
    for (size_t i = 0; i < linked.count; i++) {
        Change drop = part_drop((Part) {linked.items[i], PART_WHOLE, 0}, change->span);
        change_invert(schema, &drop, inverse);
    }
    return linked.count > 0;
}

/* A partition among them whose bound would be another one now. */
static bool has_computed_bound(const Schema *schema, Parts parts)
{
    for (size_t i = 0; i < parts.count; i++) {
        const Table *table = parts.items[i].kind == PART_WHOLE ? schema_table(schema, parts.items[i].object) : NULL;
        if (table != NULL && table->bound != NULL && table->bound->computed)
            return true;
    }
    return false;
}

static bool invert_drop(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Definition *operator = schema_operator(schema, change->drop.object);
    if (operator != NULL && operator->shell && object_users(schema, operator->object.id, OBJECT_OPERATOR).count > 0)
        return return_shell(schema, change, operator, false, inverse);
    const Definition *type = schema_base_type(schema, change->drop.object);
    const Object *object = schema_object(schema, change->drop.object);
    Parts parts = deletion_automatic(schema, (Part) {object->id, PART_WHOLE, 0});
    if (has_computed_bound(schema, parts))
        return false;
    create_owned_sequences(schema, change, parts, inverse);
    if (object_is_relation(object)) {
        create_tables_again(schema, change, parts, inverse);
    } else if (object->kind == OBJECT_INDEX) {
        ReturningList list = {0};
        if (!is_incomplete(schema, (Part) {object->id, PART_WHOLE, 0}))
            return_part(schema, &list, (Part) {object->id, PART_WHOLE, 0});
        return_others(schema, change, parts, list, inverse);
        return_younger_keys(schema, change, (Part) {object->id, PART_WHOLE, 0}, inverse);
        return_incomplete(schema, change, parts, inverse);
    } else if (type != NULL && !type->base->shell) {
        return_base_type(schema, change, type, parts, inverse);
    } else {
        add_create(schema, inverse, change, object);
        return_others(schema, change, parts, (ReturningList) {0}, inverse);
    }
    own_sequences(schema, change, parts, inverse);
    choose_again(schema, change, parts, inverse);
    return_trigger_states(schema, change, parts, inverse);
    return true;
}

/* ------------------------------------------------------------------ columns that come back */

static bool same_value(const Schema *schema, Property property, const Part *a, const Part *b)
{
    PropertyValue one = property_value(schema, a->object, property, a->id);
    PropertyValue other = property_value(schema, b->object, property, b->id);
    if (property == PROPERTY_COLUMN_NOT_NULL) /* what a parent has has the parent's name then */
        return one.not_null.holds == other.not_null.holds;
    if (property == PROPERTY_COLUMN_DEFAULT && one.expression != NULL && other.expression != NULL)
        return str_equal(expression_for(schema, one.expression, schema_relation(schema, a->object),
                                        schema_relation(schema, b->object))->shape, other.expression->shape);
    return memcmp(&one, &other, sizeof one) == 0;
}

/* A column of a child comes back as its parent's is: what it had of its own is set again. */
static void restore_heir(const Schema *schema, const Change *cause, Part heir, ChangeList *inverse)
{
    static const Property copied[] = {PROPERTY_COLUMN_DEFAULT, PROPERTY_COLUMN_NOT_NULL, PROPERTY_COLUMN_STORAGE,
                                      PROPERTY_COLUMN_COMPRESSION};
    static const Property own[] = {PROPERTY_COLUMN_STATISTICS, PROPERTY_COLUMN_OPTIONS, PROPERTY_COLUMN_COMMENT,
                                   PROPERTY_COLUMN_SECURITY_LABELS};
    Part above = part_above(schema, heir);
    bool generated = table_column(schema_relation(schema, heir.object), heir.id)->generated;
    for (size_t i = generated ? 1 : 0; above.object != 0 && i < sizeof copied / sizeof *copied; i++) {
        if (!same_value(schema, copied[i], &heir, &above))
            set_again(schema, cause, copied[i], heir, inverse);
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (property_is_set(schema, heir.object, own[i], heir.id))
            set_again(schema, cause, own[i], heir, inverse);
    }
}

/* The column comes back last in the table. While that has children which do not share it, it cannot be added as an
 * identity column, but it can become one.
 * False: it could not be added while its table's rows are in another one. */
static bool invert_drop_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_relation(schema, change->drop_column.table);
    ColumnId column = change->drop_column.column;
    ColumnInfo *copy = arena_copy(schema->arena, table_column(table, column), sizeof *copy);
    AddColumnChange add_column = {.table = table->object.id, .column = copy};
    if (column_fills_rows(schema, copy) && table_rows_held(schema, table) != NULL)
        return false;
    Parts parts = deletion_automatic(schema, (Part) {table->object.id, PART_COLUMN, column});
    bool identity = copy->identity.kind != IDENTITY_NONE && !identity_is_shared(schema, table) &&
                    table_has_children(schema, table->object.id);
    if (identity)
        copy->identity = (Identity) {0};
    create_owned_sequences(schema, change, parts, inverse);
    add(schema, inverse, change, (Change) {.kind = CHANGE_ADD_COLUMN, .add_column = add_column});
    inverse->items[inverse->count - 1].known = known_numbers(schema, parts);
    if (identity)
        set_again(schema, change, PROPERTY_COLUMN_IDENTITY, (Part) {table->object.id, PART_COLUMN, column}, inverse);
    for (size_t i = parts.count; i > 0; i--) {
        if (parts.items[i - 1].kind == PART_COLUMN && parts.items[i - 1].object != table->object.id)
            restore_heir(schema, change, parts.items[i - 1], inverse);
    }
    return_others(schema, change, parts, (ReturningList) {0}, inverse);
    own_sequences(schema, change, parts, inverse);
    choose_again(schema, change, parts, inverse);
    return true;
}

/* Heirs never have another value of their own. */
static bool follows_parent(Property property)
{
    return property == PROPERTY_COLUMN_NAME || property == PROPERTY_CONSTRAINT_NAME ||
           property == PROPERTY_COLUMN_IDENTITY;
}

/* Setting something of a parent sets it of its heirs too: those that had another value get that again. A parent comes
 * before its children, whose value changes with it. */
static void restore_heirs(const Schema *schema, const Change *cause, const SetChange *set, ChangeList *inverse)
{
    Part root = {set->object, property_is_of_column(set->property) ? PART_COLUMN : PART_CONSTRAINT, set->part};
    Parts heirs = property_heirs(schema, set), source = {0};
    for (size_t i = 0; i < heirs.count; i++)
        list_push(schema->arena, &source, root);
    for (size_t i = 0; i < heirs.count; i++) {
        if (follows_parent(set->property) ||
            same_value(schema, set->property, &source.items[i], &heirs.items[i]))
            continue;
        set_again(schema, cause, set->property, heirs.items[i], inverse);
        SetChange below = {.object = heirs.items[i].object, .property = set->property, .part = heirs.items[i].id};
        Parts lower = property_heirs(schema, &below);
        for (size_t j = i + 1; j < heirs.count; j++) {
            for (size_t l = 0; l < lower.count; l++) {
                if (lower.items[l].object == heirs.items[j].object && lower.items[l].id == heirs.items[j].id)
                    source.items[j] = heirs.items[i];
            }
        }
    }
}

/* ------------------------------------------------------------------ leaving a parent, and coming back
 *
 * Partitions step aside while something happens to their parent which they would have to take part in, and cannot. */

/* `bound`: it is a partition, which is not to keep any triggers. */
static void disinherit(const Schema *schema, const Change *cause, ObjectId table, ObjectId parent, bool bound,
                       ChangeList *inverse)
{
    DisinheritChange leave = {.table = table, .parent = parent};
    ObjectIds none = {0};
    ObjectIds kept = bound ? triggers_kept(schema, parent) : none;
    for (size_t i = 0; i < kept.count; i++)
        add(schema, inverse, cause, (Change) {.kind = CHANGE_DROP, .drop = {kept.items[i]}});
    add(schema, inverse, cause, (Change) {.kind = CHANGE_DISINHERIT, .disinherit = leave});
    for (size_t i = 0; i < kept.count; i++)
        add_create(schema, inverse, cause, schema_object(schema, kept.items[i]));
}

/* The foreign keys to a partition that the server has made beside those to its parent. */
static Parts shadows_to(const Schema *schema, ObjectId partition)
{
    Parts shadows = {0};
    ObjectIds users = object_users(schema, partition, OBJECT_TABLE);
    for (size_t i = 0; i < users.count; i++) {
        const Table *user = schema_relation(schema, users.items[i]);
        for (size_t j = 0; j < user->constraints.count; j++) {
            const Constraint *foreign = user->constraints.items[j];
            if (foreign->kind == CONSTRAINT_FOREIGN && foreign->target == partition &&
                constraint_is_shadow(user, foreign))
                list_push(schema->arena, &shadows, (Part) {users.items[i], PART_CONSTRAINT, foreign->id});
        }
    }
    return shadows;
}

/* Whether something goes on resting on one of the table's clones when it is no partition any more: a foreign key to the
 * partitioned table does not. */
static bool carry_something(const Schema *schema, const Table *table, Parts clones)
{
    Dependents dependents = deletion_of(schema, clones).dependents;
    ObjectIds family = table_descendants(schema, table->object.id);
    list_push(schema->arena, &family, table->object.id);
    for (size_t i = 0; i < dependents.count; i++) {
        Part part = dependents.items[i].part;
        const Constraint *foreign =
            part.kind == PART_CONSTRAINT ? object_constraint(schema, part.object, part.id) : NULL;
        bool shadow = foreign != NULL && constraint_is_shadow(schema_relation(schema, part.object), foreign);
        if (foreign == NULL || (object_ids_contain(family, foreign->target) && !shadow))
            return true;
    }
    return false;
}

/* The clones of a table that is to become a partition again, and of its own partitions: they go, and others come. */
static bool drop_clones(const Schema *schema, const Change *cause, const Table *table, Parts *clones,
                        ChangeList *inverse)
{
    Parts own = table_clones(schema, table);
    if (carry_something(schema, table, own))
        return false;
    for (size_t i = 0; i < own.count; i++) {
        Parts gone = deletion_automatic(schema, own.items[i]);
        for (size_t j = gone.count; j > 0; j--)
            list_push(schema->arena, clones, gone.items[j - 1]);
        drop_part(schema, cause, own.items[i], inverse);
    }
    return true;
}

/* False: the server would not do to the table's own partitions what it undid, or the bound would be another one. */
static bool inherit_again(const Schema *schema, const Change *cause, ObjectId id, ObjectId parent, ChangeList *inverse)
{
    const Table *table = schema_relation(schema, id);
    Parts known = shadows_to(schema, id), clones = {0}, rivals = {0};
    if (identity_is_out_of_reach(schema, schema_relation(schema, parent), table) ||
        (table->bound != NULL && table->bound->computed) || !drop_clones(schema, cause, table, &clones, inverse))
        return false;
    for (size_t i = 0; i < clones.count; i++)
        list_push(schema->arena, &known, clones.items[i]);
    if (table->bound != NULL)
        rivals = key_rivals(schema, table);
    for (size_t i = rivals.count; i > 0; i--)
        drop_part(schema, cause, rivals.items[i - 1], inverse);
    InheritChange join = {id, parent, table->bound};
    add(schema, inverse, cause, (Change) {.kind = CHANGE_INHERIT, .inherit = join});
    inverse->items[inverse->count - 1].known = known_numbers(schema, known);
    for (size_t i = 0; i < rivals.count; i++) {
        Change drop = part_drop(rivals.items[i], cause->span);
        change_invert(schema, &drop, inverse);
    }
    add_all(schema, inverse, cause, clone_settings(schema, clones));
    choose_again(schema, cause, clones, inverse);
    return true;
}

static void leave_all(const Schema *schema, const Change *cause, ObjectIds partitions, ChangeList *inverse)
{
    for (size_t i = 0; i < partitions.count; i++)
        disinherit(schema, cause, partitions.items[i],
                   schema_relation(schema, partitions.items[i])->parents.items[0], true, inverse);
}

/* The proof finds out that one does not come back. */
static void join_all(const Schema *schema, const Change *cause, ObjectIds partitions, ChangeList *inverse)
{
    for (size_t i = 0; i < partitions.count; i++)
        inherit_again(schema, cause, partitions.items[i],
                      schema_relation(schema, partitions.items[i])->parents.items[0], inverse);
}

/* ------------------------------------------------------------------ the rest */

/* Whether it is a part of what is to be not null. */
static bool is_held(const Schema *schema, Part column)
{
    const Table *table = schema_relation(schema, column.object);
    const Constraint *primary = table_primary_key(table), *key = table_constraint(table, table->replica.key);
    const Index *index = schema_index(schema, table->replica.key);
    return (primary != NULL && column_ids_contain(primary->columns, column.id)) ||
           (key != NULL && column_ids_contain(key->columns, column.id)) ||
           (index != NULL && index_uses_column(index, column.id));
}

/* Partitions that have it in a primary key or replica identity of their own, or the uppermost of them; but for those
 * that are away. */
static ObjectIds find_held(const Schema *schema, Parts heirs, ObjectIds away)
{
    ObjectIds held = {0};
    for (size_t i = 0; i < heirs.count && !not_null_is_named(schema, OBJECT_TABLE); i++) {
        const Table *heir = schema_relation(schema, heirs.items[i].object);
        bool below = object_ids_contain(held, heir->parents.items[0]);
        if (heir->bound != NULL && is_held(schema, heirs.items[i]) && !below &&
            !object_ids_contain(away, heir->object.id))
            list_push(schema->arena, &held, heir->object.id);
    }
    return held;
}

static bool was_not_null(const Schema *schema, Part column)
{
    return table_column(schema_relation(schema, column.object), column.id)->not_null.holds;
}

static void make_one_nullable(const Schema *schema, const Change *cause, Part column, bool only, ChangeList *inverse)
{
    SetChange set = {.object = column.object, .property = PROPERTY_COLUMN_NOT_NULL, .part = column.id};
    if (!was_not_null(schema, column))
        add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .only = only, .set = set});
}

/* Whether children are to be left out one by one: some have been not null all the while, and may have to stay so. Where
 * that has a name it is each one's own in any case. */
static bool leaves_children(const Schema *schema, Part column, Parts heirs)
{
    size_t stay = 0;
    for (size_t i = 0; i < heirs.count; i++)
        stay += was_not_null(schema, heirs.items[i]);
    return !table_is_partitioned(schema_relation(schema, column.object)) && stay > 0 &&
           (stay == heirs.count || !not_null_is_named(schema, OBJECT_TABLE));
}

/* DROP NOT NULL goes to the children too, and until 17 fails for one that has it in its primary key or replica identity
 * (ATExecDropNotNull in src/backend/commands/tablecmds.c). Children can be left out; partitions cannot, but they can
 * leave. */
static void make_nullable(const Schema *schema, const Change *cause, Part column, ObjectIds away, ChangeList *inverse)
{
    Parts heirs = column_heirs(schema, column.object, column.id);
    ObjectIds held = find_held(schema, heirs, away);
    SetChange set = {.object = column.object, .property = PROPERTY_COLUMN_NOT_NULL, .part = column.id};
    bool partitioned = table_is_partitioned(schema_relation(schema, column.object));
    if (leaves_children(schema, column, heirs)) {
        make_one_nullable(schema, cause, column, true, inverse);
        for (size_t i = 0; i < heirs.count && !cause->only; i++)
            make_one_nullable(schema, cause, heirs.items[i], true, inverse);
        return;
    }
    leave_all(schema, cause, held, inverse);
    make_one_nullable(schema, cause, column, cause->only && !partitioned, inverse);
    if (partitioned || !cause->only)
        restore_heirs(schema, cause, &set, inverse);
    join_all(schema, cause, held, inverse);
}

static void drop_constraint(const Schema *schema, ChangeList *inverse, const Change *cause, ObjectId table,
                            ConstraintId constraint)
{
    DropConstraintChange drop = {table, constraint};
    add(schema, inverse, cause, (Change) {.kind = CHANGE_DROP_CONSTRAINT, .drop_constraint = drop});
}

/* Whether something that was there becomes a part of something else: an index, a foreign key, or a check of a
 * partition. */
static bool is_link(const Schema *schema, const Change *along)
{
    const SetChange *set = &along->set;
    if (along->kind != CHANGE_SET)
        return false;
    if (set->property == PROPERTY_CONSTRAINT_NOT_LOCAL && set->value.flag) {
        const Constraint *own = object_constraint(schema, set->object, set->part);
        return own != NULL && own->kind == CONSTRAINT_CHECK;
    }
    return set->value.object != 0 &&
           (set->property == PROPERTY_INDEX_PARENT || set->property == PROPERTY_CONSTRAINT_PARENT);
}

static Part linked_part(const SetChange *set)
{
    PartKind kind = set->property == PROPERTY_INDEX_PARENT ? PART_WHOLE : PART_CONSTRAINT;
    return (Part) {set->object, kind, set->part};
}

static ObjectId part_table(const Schema *schema, Part part)
{
    const Index *index = schema_index(schema, part.object);
    return index != NULL ? index->table : part.object;
}

/* A key does not go with an index that it has become a part of, nor does anything that others rest on: these partitions
 * have to leave before what is new goes. */
static ObjectIds holders_of_links(const Schema *schema, const Change *change)
{
    ObjectIds holders = {0};
    for (size_t i = 0; i < change->along.count; i++) {
        if (!is_link(schema, &change->along.items[i]))
            continue;
        Part part = linked_part(&change->along.items[i].set);
        bool of_index = change->kind == CHANGE_CREATE && change->create.object->kind == OBJECT_INDEX;
        ObjectId table = part_table(schema, part);
        bool stays = (part.kind == PART_CONSTRAINT && of_index) || part_dependents(schema, part).count > 0;
        if (stays && !object_ids_contain(holders, table))
            list_push(schema->arena, &holders, table);
    }
    return holders;
}

/* An index or key, or whatever else became a part of something, and now went with it. */
static void return_by_itself(const Schema *schema, const Change *cause, Part part, ChangeList *inverse)
{
    Parts parts = deletion_automatic(schema, part);
    ReturningList list = {0};
    if (!is_incomplete(schema, part))
        return_part(schema, &list, part);
    return_others(schema, cause, parts, list, inverse);
    return_incomplete(schema, cause, parts, inverse);
}

/* What became a part of what is new goes with it, and comes back by itself; but for that of some partitions. */
static void return_linked(const Schema *schema, const Change *change, ObjectIds away, ChangeList *inverse)
{
    for (size_t i = 0; i < change->along.count; i++) {
        if (!is_link(schema, &change->along.items[i]))
            continue;
        Part part = linked_part(&change->along.items[i].set);
        if (!object_ids_contain(away, part_table(schema, part)))
            return_by_itself(schema, change, part, inverse);
    }
}

/* A primary key has made its columns not null, and its drop does not take that back. */
static void undo_constraint(const Schema *schema, const Change *change, ObjectId table, const Constraint *constraint,
                            ChangeList *inverse)
{
    ObjectIds away = holders_of_links(schema, change);
    leave_all(schema, change, away, inverse);
    drop_constraint(schema, inverse, change, table, constraint->id);
    for (size_t i = 0; i < constraint->columns.count && constraint->kind == CONSTRAINT_PRIMARY; i++) {
        Part column = {table, PART_COLUMN, constraint->columns.items[i]};
        if (!was_not_null(schema, column))
            make_nullable(schema, change, column, away, inverse);
    }
    return_linked(schema, change, away, inverse);
    join_all(schema, change, away, inverse);
}

static void invert_add_constraint(const Schema *schema, const Change *change, ChangeList *inverse)
{
    undo_constraint(schema, change, change->add_constraint.table, change->add_constraint.constraint, inverse);
}

/* The key goes, and the index comes back as one of its own. */
static void invert_adopt_index(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Constraint *constraint = change->adopt_index.constraint;
    const Table *table = schema_relation(schema, change->adopt_index.table);
    KeyViews keys = equal_keys(schema, table, constraint->columns);
    ObjectIds after = {0};
    ChangeList between = {0};
    Parts gone = {0};
    list_push(schema->arena, &gone, (Part) {constraint->id, PART_WHOLE, 0});
    for (size_t i = 0; i < keys.count; i++) {
        if (key_view_id(&keys.items[i]) != constraint->id)
            list_push(schema->arena, &after, key_view_id(&keys.items[i]));
    }
    list_push(schema->arena, &after, constraint->id);
    undo_constraint(schema, change, table->object.id, constraint, &between);
    add_create(schema, &between, change, schema_object(schema, constraint->id));
    Parts foreign = foreign_keys_on(schema, &keys, table->object.id);
    order_keys_again(schema, change, &keys, &after, foreign, between, inverse);
    choose_indexes(schema, change, table, &gone, inverse);
}

/* There is no way to make a valid constraint doubtful again but to make it anew. */
static void invert_validate(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Constraint *constraint = object_constraint(schema, change->set.object, change->set.part);
    Part part = {change->set.object, PART_CONSTRAINT, change->set.part};
    if (constraint->kind == CONSTRAINT_CHECK && object_is_relation(schema_object(schema, part.object))) {
        add_all(schema, inverse, change, check_renewal(schema, part, false));
        return;
    }
    Parts heirs = constraint_heirs(schema, change->set.object, constraint->id);
    drop_constraint(schema, inverse, change, change->set.object, constraint->id);
    add_constraint(schema, inverse, change, change->set.object, constraint);
    inverse->items[inverse->count - 1].known = known_numbers(schema, heirs);
}

/* Extensions, and the schema of a project that is not public, come with comments that the model does not have. */
static bool comments_on_others(const Schema *schema, const SetChange *set)
{
    const Object *object = schema_object(schema, set->object);
    bool first = object->id < schema->first;
    bool others = first ? schema_first_comment(schema, object->id).data == NULL : object->kind == OBJECT_EXTENSION;
    return set->property == PROPERTY_COMMENT && others && object->comment.data == NULL;
}

/* An extension has no way back. A label that was added cannot be removed; one that was renamed can be called what it
 * was. */
static bool adds_labels(const Schema *schema, const SetChange *set)
{
    return set->value.labels.count != schema_enum(schema, set->object)->labels.count;
}

/* Dropped, and created as it was; not while something depends on it. */
static bool make_anew(const Schema *schema, const Change *change, const Object *old, ChangeList *inverse)
{
    Change drop = part_drop((Part) {old->id, PART_WHOLE, 0}, change->span);
    if (!goes_alone(schema, old->id))
        return false;
    add(schema, inverse, change, drop);
    return change_invert(schema, &drop, inverse);
}

/* Drops it and what depends on it, and makes all of that anew, as it is now. */
static void make_all_anew(const Schema *schema, const Change *cause, ObjectId id, ChangeList *inverse)
{
    Parts targets = {0};
    list_push(schema->arena, &targets, (Part) {id, PART_WHOLE, 0});
    Parts order = deletion_of(schema, targets).order;
    for (size_t i = 0; i < order.count; i++)
        add(schema, inverse, cause, part_drop(order.items[i], cause->span));
    for (size_t i = order.count; i > 0; i--) {
        Change drop = part_drop(order.items[i - 1], cause->span);
        change_invert(schema, &drop, inverse);
    }
}

/* What the values of a domain are tried with cannot be added while some are inside of others, where the server does
 * not look (get_rels_with_domain in src/backend/commands/typecmds.c). */
static bool domain_is_held(const Schema *schema, ObjectId domain)
{
    TypeHolder holder;
    return schema_domain(schema, domain) != NULL && type_holder(schema, domain, false, &holder);
}

static SequenceSettings sequence_settings(Property property, const PropertyValue *value)
{
    if (property == PROPERTY_SEQUENCE_SETTINGS)
        return value->settings;
    return property == PROPERTY_COLUMN_IDENTITY ? value->identity.settings : (SequenceSettings) {0};
}

static bool is_within(const SequenceSettings *settings, int64_t value)
{
    return value >= settings->minimum && value <= settings->maximum;
}

/* A sequence begins anew that was made to go on outside of the bounds that it gets back, or has gone there by itself:
 * where it was is not known any more. Until then it has the bounds that it leaves. */
static Restart restart_within(const SequenceSettings *left, const SequenceSettings *back, Restart restart)
{
    if (left->increment == 0 || back->increment == 0)
        return (Restart) {0};
    bool apart = left->minimum > back->maximum || left->maximum < back->minimum;
    if (apart || (restart.wanted && !is_within(back, restart.value)))
        return (Restart) {.wanted = true, .value = back->start};
    if (is_within(back, left->minimum) && is_within(back, left->maximum))
        return (Restart) {0};
    int64_t end = is_within(left, back->maximum) ? back->maximum : back->minimum;
    return (Restart) {.if_outside = true, .value = is_within(left, back->start) ? back->start : end};
}

static void set_not_null(const Schema *schema, const Change *cause, Part part, NotNull value, ChangeList *inverse)
{
    SetChange set = {.object = part.object, .property = PROPERTY_COLUMN_NOT_NULL, .part = part.id};
    set.value.not_null = value;
    add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .only = cause->only, .set = set});
}

/* The constraints of children that come or go along with a parent's: those that had another name than it have to be
 * there before it; those that it was handed down to for good, or left to, are to go by themselves. */
static void restore_not_null_heirs(const Schema *schema, const Change *change, bool before, ChangeList *inverse)
{
    const NotNull *after = &change->set.value.not_null;
    for (size_t i = 0; i < change->along.count; i++) {
        const SetChange *along = &change->along.items[i].set;
        Part part = {along->object, PART_COLUMN, along->part};
        if (change->along.items[i].kind != CHANGE_SET || along->property != PROPERTY_COLUMN_NOT_NULL)
            continue;
        const NotNull *had = &table_column(schema_relation(schema, along->object), along->part)->not_null;
        const NotNull *root = &table_column(schema_relation(schema, change->set.object), change->set.part)->not_null;
        bool comes_back = !after->holds && had->holds && !str_equal(had->name, root->name);
        bool stays = after->holds && root->holds && !had->holds;
        bool released = after->holds && had->not_local && !along->value.not_null.not_local;
        if (before ? comes_back : stays)
            set_not_null(schema, change, part, *had, inverse);
        if (before && released)
            set_not_null(schema, change, part, (NotNull) {0}, inverse);
        if (!before && !after->holds && had->comment.data != NULL)
            set_again(schema, change, PROPERTY_NOT_NULL_COMMENT, part, inverse);
    }
}

/* What was validated has to be made anew. What became its own, too, cannot be taken back. */
static void invert_set_not_null(const Schema *schema, const Change *change, ChangeList *inverse)
{
    Part part = {change->set.object, PART_COLUMN, change->set.part};
    NotNull was = table_column(schema_relation(schema, part.object), part.id)->not_null;
    was.not_local = was.not_local && (!change->set.value.not_null.holds || change->set.value.not_null.not_local);
    restore_not_null_heirs(schema, change, true, inverse);
    if (was.not_valid && change->set.value.not_null.holds)
        set_not_null(schema, change, part, (NotNull) {0}, inverse);
    set_not_null(schema, change, part, was, inverse);
    restore_not_null_heirs(schema, change, false, inverse);
}

/* A column with a default becomes no identity; of a partition, which shares one, it may have both. */
static bool leaves_defaults(const Schema *schema, const SetChange *set)
{
    Parts heirs = {0};
    bool defaults = false;
    if (set->property == PROPERTY_COLUMN_IDENTITY && set->value.identity.kind == IDENTITY_NONE)
        heirs = property_heirs(schema, set);
    for (size_t i = 0; i < heirs.count; i++) {
        const Table *heir = schema_relation(schema, heirs.items[i].object);
        defaults = defaults || table_column(heir, heirs.items[i].id)->expression != NULL;
    }
    return defaults;
}

static bool is_named_not_null(const Schema *schema, const SetChange *set)
{
    return set->property == PROPERTY_COLUMN_NOT_NULL &&
           (set->value.not_null.name.data != NULL ||
            property_value(schema, set->object, set->property, set->part).not_null.name.data != NULL);
}

/* An index cannot leave the one that it is a part of: all of that is made anew, without it. Not while something rests
 * on it. */
static bool invert_join_index(const Schema *schema, const Change *change, ChangeList *inverse)
{
    Part part = linked_part(&change->set);
    Part whole = part_origin(schema, key_part(schema, change->set.object, change->set.value.object));
    Parts targets = {0};
    list_push(schema->arena, &targets, whole);
    list_push(schema->arena, &targets, part);
    if (deletion_of(schema, targets).dependents.count > 0)
        return false;
    drop_part(schema, change, whole, inverse);
    return_by_itself(schema, change, part, inverse);
    Change drop = part_drop(whole, change->span);
    return change_invert(schema, &drop, inverse);
}

static bool invert_set(const Schema *schema, const Change *change, ChangeList *inverse)
{
    SetChange set = change->set;
    if (is_named_not_null(schema, &set)) {
        invert_set_not_null(schema, change, inverse);
        return true;
    }
    if (set.property == PROPERTY_CONSTRAINT_VALIDITY) {
        invert_validate(schema, change, inverse);
        return true;
    }
    if (set.property == PROPERTY_INDEX_PARENT || set.property == PROPERTY_CONSTRAINT_PARENT)
        return invert_join_index(schema, change, inverse);
    if (set.property == PROPERTY_EXTENSION_VERSION ||
        (set.property == PROPERTY_LABELS && adds_labels(schema, &set)) || comments_on_others(schema, &set) ||
        leaves_defaults(schema, &set))
        return false;
    set.value = property_value(schema, set.object, set.property, set.part);
    if (set.property == PROPERTY_DOMAIN_NOT_NULL && set.value.not_null.holds && domain_is_held(schema, set.object))
        return false;
    SequenceSettings left = sequence_settings(set.property, &change->set.value);
    SequenceSettings back = sequence_settings(set.property, &set.value);
    set.restart = restart_within(&left, &back, change->set.restart);
    if (set.property == PROPERTY_ATTRIBUTES &&
        !attributes_are_reachable(schema->arena, change->set.value.attributes, set.value.attributes))
        return make_anew(schema, change, schema_object(schema, set.object), inverse);
    if (set.property == PROPERTY_COLUMN_NOT_NULL && !set.value.not_null.holds) {
        make_nullable(schema, change, (Part) {set.object, PART_COLUMN, set.part}, (ObjectIds) {0}, inverse);
        return true;
    }
    add(schema, inverse, change, (Change) {.kind = CHANGE_SET, .only = change->only, .set = set});
    if (!change->only)
        restore_heirs(schema, change, &set, inverse);
    return true;
}

static void keep_storage(const Schema *schema, const Change *cause, Part column, ChangeList *inverse)
{
    if (property_is_set(schema, column.object, PROPERTY_COLUMN_STORAGE, column.id))
        set_again(schema, cause, PROPERTY_COLUMN_STORAGE, column, inverse);
    if (property_is_set(schema, column.object, PROPERTY_COLUMN_COMPRESSION, column.id))
        set_again(schema, cause, PROPERTY_COLUMN_COMPRESSION, column, inverse);
}

/* The sequence of an identity, so that its column can have its type again: what is beyond that comes back behind it. */
static void fit_identity(const Schema *schema, const Change *cause, Part column, ChangeList *inverse)
{
    const ColumnInfo *info = table_column(schema_relation(schema, column.object), column.id);
    const CatalogType *before = info->type.catalog, *after = cause->set_type.type.catalog;
    Identity there = identity_with_type(info->identity, after, after);
    SequenceSettings back = identity_with_type(there, before, before).settings, fitting = sequence_within(back, before);
    if (info->identity.kind == IDENTITY_NONE || sequence_settings_equal(&back, &fitting))
        return;
    there.settings = fitting;
    there.settings.type = after;
    SetChange set = {.object = column.object, .property = PROPERTY_COLUMN_IDENTITY, .part = column.id,
                     .value.identity = there, .restart = {.wanted = true, .value = fitting.start}};
    add(schema, inverse, cause, (Change) {.kind = CHANGE_SET, .set = set});
}

static void keep_targets(const Schema *schema, const Change *cause, Part column, ChangeList *inverse)
{
    ObjectIds remade = statistics_remade(schema, column.object, column.id);
    for (size_t i = 0; i < remade.count; i++)
        set_again(schema, cause, PROPERTY_ATTRIBUTES, (Part) {remade.items[i], PART_WHOLE, 0}, inverse);
}

/* Where the sequence of an identity does not get back all it had from the type that comes back. */
static void keep_identity(const Schema *schema, const Change *cause, Part column, ChangeList *inverse)
{
    const ColumnInfo *info = table_column(schema_relation(schema, column.object), column.id);
    const CatalogType *before = info->type.catalog, *after = cause->set_type.type.catalog;
    Identity there = identity_with_type(info->identity, after, after);
    Identity back = identity_with_type(there, before, before);
    bool same = back.type == info->identity.type && sequence_settings_equal(&back.settings, &info->identity.settings);
    if (info->identity.kind != IDENTITY_NONE && !same)
        set_again(schema, cause, PROPERTY_COLUMN_IDENTITY, column, inverse);
}

/* column::type, for the way back where there is only a cast that has to be written. */
static const Expression *written_cast(const Schema *schema, const ColumnInfo *column)
{
    Expression *cast = arena_new(schema->arena, Expression);
    Str type = define_type(schema, &column->type);
    cast->sql = str_format(schema->arena, "%.*s::%.*s", STR_ARG(column->name), STR_ARG(type));
    list_push(schema->arena, &cast->uses, (Use) {.length = (uint32_t) column->name.len, .part = column->id});
    const Object *object = schema_object(schema, column->type.object);
    if (object != NULL && object->kind != OBJECT_EXTENSION) {
        Use use = {.offset = (uint32_t) column->name.len + 2, .object = object->id};
        Str name = object_sql(schema, object);
        if (column->type.catalog->kind == CATALOG_MULTIRANGE) {
            use.form = USE_MEMBER;
            use.kept = column->type.catalog->name;
            name = qualified_sql(schema, object->schema, use.kept);
        }
        use.length = (uint32_t) name.len;
        list_push(schema->arena, &cast->uses, use);
    }
    return cast;
}

static ObjectIds order_made(const Schema *schema, const KeyViews *keys)
{
    ObjectIds order = {0};
    for (size_t i = 0; i < keys->count; i++)
        list_push(schema->arena, &order, key_view_id(&keys->items[i]));
    return order;
}

/* The order of equal keys behind a change of type. */
static ObjectIds order_made_anew(const Schema *schema, const KeyViews *keys)
{
    ObjectIds order = {0};
    const ConstraintList *constraints = &keys->items[0].table->constraints;
    for (size_t i = 0; i < constraints->count; i++) {
        for (size_t j = 0; j < keys->count; j++) {
            if (keys->items[j].constraint == constraints->items[i])
                list_push(schema->arena, &order, constraints->items[i]->id);
        }
    }
    for (size_t i = 0; i < keys->count; i++) {
        if (keys->items[i].index != NULL)
            list_push(schema->arena, &order, key_view_id(&keys->items[i]));
    }
    return order;
}

/* Foreign keys that were to the primary key, and not to the oldest one, are so no more when they are made anew. */
static Parts foreign_keys_moved(const Schema *schema, const KeyViews *keys, Parts foreign)
{
    Parts moved = {0};
    size_t oldest = 0;
    while (oldest + 1 < keys->count && !key_view_carries(&keys->items[oldest]))
        oldest++;
    for (size_t i = 0; i < foreign.count; i++) {
        const Constraint *key = object_constraint(schema, foreign.items[i].object, foreign.items[i].id);
        uint32_t rest = key->target_index != 0 ? key->target_index : key->target_key;
        if (rest != key_view_id(&keys->items[oldest]))
            list_push(schema->arena, &moved, foreign.items[i]);
    }
    return moved;
}

/* The foreign keys that have the column, to other columns than it. */
static void move_foreign_keys(const Schema *schema, const Change *cause, Part column, ChangeList *inverse)
{
    const Table *table = schema_relation(schema, column.object);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *key = table->constraints.items[i];
        bool itself = key->target == column.object && column_ids_contain(key->target_columns, column.id);
        if (key->kind != CONSTRAINT_FOREIGN || itself || key->parent != 0 ||
            !column_ids_contain(key->columns, column.id))
            continue;
        Parts foreign = {0};
        list_push(schema->arena, &foreign, (Part) {column.object, PART_CONSTRAINT, key->id});
        KeyViews keys = equal_keys(schema, schema_relation(schema, key->target), key->target_columns);
        ObjectIds after = order_made(schema, &keys);
        order_keys_again(schema, cause, &keys, &after, foreign_keys_moved(schema, &keys, foreign), (ChangeList) {0},
                         inverse);
    }
}

/* Of the keys that have the column. */
static void order_all_again(const Schema *schema, const Change *cause, Part column, ChangeList *inverse)
{
    KeyViews all = key_views(schema, column.object);
    for (size_t i = 0; i < all.count && !has_partitions(all.items[i].table); i++) {
        ColumnIds columns = key_target_columns(schema, &all.items[i]);
        KeyViews keys = equal_keys(schema, all.items[i].table, columns);
        bool first = keys.count > 1 && key_view_id(&keys.items[0]) == key_view_id(&all.items[i]);
        if (!first || !column_ids_contain(columns, column.id))
            continue;
        ObjectIds after = order_made_anew(schema, &keys);
        Parts foreign = foreign_keys_on(schema, &keys, column.object);
        if (keys_in_order(&keys, &after) == keys.count)
            foreign = foreign_keys_moved(schema, &keys, foreign);
        order_keys_again(schema, cause, &keys, &after, foreign, (ChangeList) {0}, inverse);
    }
}

/* The defaults of columns that change along, and the names of what is made anew. */
static ChangeList known_of_type(const Schema *schema, Parts family, Parts remade)
{
    ChangeList known = known_numbers(schema, remade);
    for (size_t i = 0; i < family.count; i++) {
        const ColumnInfo *heir = table_column(schema_relation(schema, family.items[i].object), family.items[i].id);
        SetTypeChange below = {.table = family.items[i].object, .column = heir->id, .type = heir->type};
        below.expression = heir->generated ? NULL : heir->expression;
        list_push(schema->arena, &known, (Change) {.kind = CHANGE_SET_TYPE, .set_type = below});
    }
    return known;
}

/* A column between its types. */
typedef struct Retyping {
    const Schema *schema;
    const Change *change;
    bool alike;            /* text for varchar, or another length: the casts of one read the same for the other */
    ChangeList *inverse;
} Retyping;

static bool is_text(const CatalogType *type)
{
    return str_is(type->name, "text") || str_is(type->name, "varchar");
}

static bool types_alike(const Type *a, const Type *b)
{
    const CatalogType *one = type_catalog(a), *other = type_catalog(b);
    return one == other || (is_text(one) && is_text(other));
}

static bool shape_has_any(Str shape, const char *const *words, size_t count)
{
    for (size_t i = 0; i < shape.len; i++) {
        for (size_t j = 0; j < count && shape.data[i] == '('; j++) {
            if (str_starts_with(str_slice(shape, i, shape.len), str_from(words[j])))
                return true;
        }
    }
    return false;
}

/* The server writes an expression out with the casts of the day, and reads it again for the new type: there and back
 * it can come out as another one. Not if it only asks whether columns are null; and BETWEEN and IN are written as
 * something else in any case. */
static bool expression_is_steady(const Expression *expression, bool alike)
{
    static const char *const typed[] = {"(AExpr", "(FuncCall", "(TypeCast", "(AArrayExpr", "(CaseExpr",
                                        "(CoalesceExpr", "(MinMaxExpr", "(RowExpr", "(CollateClause"};
    static const char *const rewritten[] = {"(AExpr kind=7 ", "(AExpr kind=11", "(AExpr kind=12", "(AExpr kind=13",
                                            "(AExpr kind=14"};
    if (expression == NULL)
        return true;
    return alike ? !shape_has_any(expression->shape, rewritten, sizeof rewritten / sizeof *rewritten)
                 : !shape_has_any(expression->shape, typed, sizeof typed / sizeof *typed);
}

/* Checks of children that the change has made doubtful, and that are not made anew. */
static void validate_again(const Retyping *r)
{
    for (size_t i = 0; i < r->change->along.count; i++) {
        SetChange set = r->change->along.items[i].set;
        if (r->change->along.items[i].kind != CHANGE_SET || set.property != PROPERTY_CONSTRAINT_VALIDITY ||
            !expression_is_steady(object_constraint(r->schema, set.object, set.part)->expression, r->alike))
            continue;
        set.value.flag = false;
        add(r->schema, r->inverse, r->change, (Change) {.kind = CHANGE_SET, .set = set});
    }
}

static bool index_is_steady(const Index *index, const ColumnInfo *after, bool alike)
{
    bool steady = expression_is_steady(index->where, alike);
    for (size_t i = 0; i < index->keys.count && steady; i++) {
        const IndexKey *key = &index->keys.items[i];
        steady = key->column != 0 ? !index_key_repeats_collation(key, after)
                                  : expression_is_steady(key->expression, alike);
    }
    return steady;
}

static bool exclusion_is_steady(const Constraint *exclusion, bool alike)
{
    bool steady = expression_is_steady(exclusion->expression, alike);
    for (size_t i = 0; i < exclusion->elements.count && steady; i++) {
        const IndexKey *key = &exclusion->elements.items[i].key;
        steady = key->column != 0 || expression_is_steady(key->expression, alike);
    }
    return steady;
}

/* The indexes of the column, those of exclusions too, that would stay as the server has read them there and back. */
static void add_unsteady(const Retyping *r, Part column, Parts *parts)
{
    const Table *table = schema_relation(r->schema, column.object);
    ObjectIds indexes = object_users(r->schema, column.object, OBJECT_INDEX);
    ColumnInfo after = *table_column(table, column.id);
    after.type = r->change->set_type.type;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        if (constraint->kind == CONSTRAINT_EXCLUDE && constraint_uses_column(constraint, column.id) &&
            !exclusion_is_steady(constraint, r->alike))
            list_push(r->schema->arena, parts, (Part) {column.object, PART_CONSTRAINT, constraint->id});
    }
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(r->schema, indexes.items[i]);
        if (index->parent == 0 && index_uses_column(index, column.id) && !index_is_steady(index, &after, r->alike))
            list_push(r->schema->arena, parts, (Part) {index->object.id, PART_WHOLE, 0});
    }
}

/* Likewise checks. */
static void renew_checks_of(const Retyping *r, Part column)
{
    const Table *table = schema_relation(r->schema, column.object);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *check = table->constraints.items[i];
        if (check->kind == CONSTRAINT_CHECK && !check->not_local && constraint_uses_column(check, column.id) &&
            !expression_is_steady(check->expression, r->alike))
            add_all(r->schema, r->inverse, r->change,
                    check_renewal(r->schema, (Part) {column.object, PART_CONSTRAINT, check->id}, false));
    }
}

/* Indexes go before the type changes, so that they are made only once. */
static void set_type_back(const Retyping *r, const SetTypeChange *set, Parts columns, ChangeList known)
{
    Parts unsteady = {0};
    for (size_t i = 0; i < columns.count; i++)
        add_unsteady(r, columns.items[i], &unsteady);
    for (size_t i = 0; i < unsteady.count; i++)
        drop_part(r->schema, r->change, unsteady.items[i], r->inverse);
    add(r->schema, r->inverse, r->change, (Change) {.kind = CHANGE_SET_TYPE, .set_type = *set});
    r->inverse->items[r->inverse->count - 1].known = known;
    for (size_t i = unsteady.count; i > 0; i--) {
        Change drop = part_drop(unsteady.items[i - 1], r->change->span);
        change_invert(r->schema, &drop, r->inverse);
    }
    for (size_t i = 0; i < columns.count; i++)
        renew_checks_of(r, columns.items[i]);
}

/* By the cast of an assignment, or one that is written, which a foreign table cannot have; by whatever USING said there
 * is no way back. */
static bool convert_back(const Schema *schema, const Change *change, Parts columns, SetTypeChange *back)
{
    const Table *table = schema_relation(schema, back->table);
    const CatalogType *now = type_catalog(&change->set_type.type), *before = type_catalog(&back->type);
    if (now == NULL || before == NULL)
        return false;
    if (table->object.kind != OBJECT_TABLE || catalog_coercible(&schema->view, now, before, CATALOG_ASSIGNMENT))
        return true;
    for (size_t i = 0; i < columns.count; i++) {
        if (schema_relation(schema, columns.items[i].object)->server != 0)
            return false;
    }
    back->conversion = written_cast(schema, table_column(table, back->column));
    return catalog_coercible(&schema->view, now, before, CATALOG_EXPLICIT);
}

static bool invert_set_type(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Table *table = schema_relation(schema, change->set_type.table);
    const ColumnInfo *column = table_column(table, change->set_type.column);
    SetTypeChange set = {.table = change->set_type.table, .column = column->id, .type = column->type};
    Parts family = column_heirs(schema, set.table, set.column), remade = parts_remade(schema, set.table, set.column);
    Parts columns = {0};
    list_push(schema->arena, &columns, (Part) {set.table, PART_COLUMN, set.column});
    for (size_t i = 0; i < family.count; i++)
        list_push(schema->arena, &columns, family.items[i]);
    if (!convert_back(schema, change, columns, &set))
        return false;
    set.expression = column->generated ? NULL : column->expression;
    fit_identity(schema, change, (Part) {set.table, PART_COLUMN, set.column}, inverse);
    Retyping r = {schema, change, types_alike(&column->type, &change->set_type.type), inverse};
    set_type_back(&r, &set, columns, known_of_type(schema, family, remade));
    add_all(schema, inverse, change, remade_settings(schema, remade));
    choose_again(schema, change, remade, inverse);
    validate_again(&r);
    for (size_t i = 0; i < columns.count; i++) {
        keep_storage(schema, change, columns.items[i], inverse);
        keep_identity(schema, change, columns.items[i], inverse);
        keep_targets(schema, change, columns.items[i], inverse);
        order_all_again(schema, change, columns.items[i], inverse);
        move_foreign_keys(schema, change, columns.items[i], inverse);
    }
    return true;
}

/* A check that was written at the column, and reads only others, does not go with it. */
static void invert_add_column(const Schema *schema, const Change *change, ChangeList *inverse)
{
    ConstraintList constraints = change->add_column.constraints;
    for (size_t i = constraints.count; i > 0; i--) {
        const Constraint *constraint = constraints.items[i - 1];
        if (!constraint_uses_column(constraint, change->add_column.column->id))
            drop_constraint(schema, inverse, change, change->add_column.table, constraint->id);
    }
    DropColumnChange drop = {change->add_column.table, change->add_column.column->id};
    add(schema, inverse, change, (Change) {.kind = CHANGE_DROP_COLUMN, .drop_column = drop});
}

/* A column that was added by replacing a view cannot be taken away by replacing it. */
static bool invert_replace_view(const Schema *schema, const Change *change, const Table *before, ChangeList *inverse)
{
    if (view_is_replaceable((const Table *) change->replace.object, before))
        add(schema, inverse, change, (Change) {.kind = CHANGE_REPLACE, .replace = {&before->object}});
    else
        make_all_anew(schema, change, before->object.id, inverse);
    return true;
}

/* What was made whole cannot become a shell again: it goes, and comes back as one. Its functions go with it, but for
 * what is not made of them. */
static void invert_making(const Schema *schema, const Change *change, const Definition *shell, ChangeList *inverse)
{
    const Definition *type = (const Definition *) change->replace.object;
    Parts targets = {0};
    list_push(schema->arena, &targets, (Part) {shell->object.id, PART_WHOLE, 0});
    Parts order = deletion_of(schema, targets).order;
    for (size_t i = 0; i < order.count; i++) {
        if (!base_type_is_made_of(type, order.items[i].object))
            add(schema, inverse, change, part_drop(order.items[i], change->span));
    }
    for (size_t i = order.count; i > 0; i--) {
        Change drop = part_drop(order.items[i - 1], change->span);
        change_invert(schema, &drop, inverse);
    }
}

/* What can be replaced by OR REPLACE in one direction may not be in the other: then it is made anew, unless something
 * depends on it. */
static bool invert_replace(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Object *old = schema_object(schema, change->replace.object->id), *new = change->replace.object;
    size_t parameter;
    if (type_is_shell(schema, old->id)) {
        invert_making(schema, change, (const Definition *) old, inverse);
        return true;
    }
    if (schema_operator(schema, old->id) != NULL)
        return return_shell(schema, change, (const Definition *) old, true, inverse);
    if (object_is_view(old))
        return invert_replace_view(schema, change, (const Table *) old, inverse);
    bool forth = old->kind == OBJECT_RULE ||
                 definition_replace_problem((const Definition *) new, (const Definition *) old, &parameter) ==
                     REPLACE_FINE;
    if (forth && transforms_gained(schema, old).count == 0) {
        add(schema, inverse, change, (Change) {.kind = CHANGE_REPLACE, .replace = {old}});
        return true;
    }
    return make_anew(schema, change, old, inverse);
}

static bool invert_drop_constraint(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Constraint *dropped =
        object_constraint(schema, change->drop_constraint.table, change->drop_constraint.constraint);
    if (!dropped->not_valid && domain_is_held(schema, change->drop_constraint.table))
        return false;
    Part part = {change->drop_constraint.table, PART_CONSTRAINT, change->drop_constraint.constraint};
    Parts parts = deletion_automatic(schema, part);
    ReturningList list = {0};
    if (!is_incomplete(schema, part))
        return_part(schema, &list, part);
    return_others(schema, change, parts, list, inverse);
    if (part_rank(schema, part) == RETURN_KEY)
        return_younger_keys(schema, change, part, inverse);
    return_incomplete(schema, change, parts, inverse);
    choose_again(schema, change, parts, inverse);
    return true;
}

/* ------------------------------------------------------------------ inheritance */

static bool is_held_member(const Schema *schema, const Object *object)
{
    return object->kind == OBJECT_OPERATOR_MEMBER && member_holder(schema, (const Definition *) object) != 0;
}

/* While foreign keys to its parent refer to it too a partition cannot be dropped, but it can leave. A member
 * that is held goes with what holds it, which comes back without it. */
static void invert_create(const Schema *schema, const Change *change, ChangeList *inverse)
{
    const Object *object = change->create.object;
    if (is_held_member(schema, object)) {
        make_all_anew(schema, change, member_holder(schema, (const Definition *) object), inverse);
        return;
    }
    const Table *table = object_is_relation(object) ? (const Table *) object : NULL;
    bool referred = false;
    for (size_t i = 0; table != NULL && i < change->along.count && !referred; i++) {
        const Change *along = &change->along.items[i];
        referred = along->kind == CHANGE_ADD_CONSTRAINT && along->add_constraint.constraint->target == object->id &&
                   along->add_constraint.table != object->id;
    }
    if (referred)
        disinherit(schema, change, object->id, table->parents.items[0], true, inverse);
    ObjectIds away = holders_of_links(schema, change);
    leave_all(schema, change, away, inverse);
    add(schema, inverse, change, (Change) {.kind = CHANGE_DROP, .drop = {object->id}});
    return_linked(schema, change, away, inverse);
    join_all(schema, change, away, inverse);
}

/* What the server made for the new partition stays with it, and is dropped by itself. */
static void invert_inherit(const Schema *schema, const Change *change, ChangeList *inverse)
{
    ObjectId table = change->inherit.table;
    disinherit(schema, change, table, change->inherit.parent, change->inherit.bound != NULL, inverse);
    for (size_t i = change->along.count; i > 0; i--) {
        const Change *along = &change->along.items[i - 1];
        const Object *made = along->kind == CHANGE_CREATE ? along->create.object : NULL;
        if (made != NULL && made->kind == OBJECT_INDEX && ((const Index *) made)->table == table)
            add(schema, inverse, change, (Change) {.kind = CHANGE_DROP, .drop = {made->id}});
        else if (along->kind == CHANGE_ADD_CONSTRAINT && along->add_constraint.table == table)
            drop_constraint(schema, inverse, change, table, along->add_constraint.constraint->id);
    }
}

static bool invert_disinherit(const Schema *schema, const Change *change, ChangeList *inverse)
{
    return inherit_again(schema, change, change->disinherit.table, change->disinherit.parent, inverse);
}

bool change_invert(const Schema *schema, const Change *change, ChangeList *inverse)
{
    switch (change->kind) {
    case CHANGE_CREATE: invert_create(schema, change, inverse); return true;
    case CHANGE_DROP: return invert_drop(schema, change, inverse);
    case CHANGE_REPLACE: return invert_replace(schema, change, inverse);
    case CHANGE_SET: return invert_set(schema, change, inverse);
    case CHANGE_ADD_COLUMN: invert_add_column(schema, change, inverse); return true;
    case CHANGE_DROP_COLUMN: return invert_drop_column(schema, change, inverse);
    case CHANGE_SET_TYPE: return invert_set_type(schema, change, inverse);
    case CHANGE_ADD_CONSTRAINT: invert_add_constraint(schema, change, inverse); return true;
    case CHANGE_DROP_CONSTRAINT: return invert_drop_constraint(schema, change, inverse);
    case CHANGE_ADOPT_INDEX: invert_adopt_index(schema, change, inverse); return true;
    case CHANGE_INHERIT: invert_inherit(schema, change, inverse); return true;
    case CHANGE_DISINHERIT: return invert_disinherit(schema, change, inverse);
    case CHANGE_RESTART:
    case CHANGE_BACKFILL:
    case CHANGE_REQUIRE: return true;
    case CHANGE_DROP_EXPRESSION:
    case CHANGE_CALL_NATIVE: return false;
    case CHANGE_RUN_SQL: return change->run_sql.passes;
    case CHANGE_KIND_COUNT: break;
    }
    BUG("change kind %d", (int) change->kind);
}
