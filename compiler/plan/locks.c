/* The modes are those that the server was seen to take (pg_locks behind each statement, PostgreSQL 12 to 18). Where a
 * statement takes different ones, depending on what it finds, the strongest counts: a lock that is taken too early is
 * harmless, since the transaction does not begin its work before it has it. */
#include "locks.h"

#include "bug.h"
#include "depend.h"

typedef struct Locks {
    const Schema *schema;
    RelationLocks list;
} Locks;

void locks_add(Arena *arena, RelationLocks *locks, RelationLock wanted)
{
    for (size_t i = 0; i < locks->count; i++) {
        RelationLock *held = &locks->items[i];
        if (!str_equal(held->name, wanted.name) || !str_equal(held->namespace, wanted.namespace))
            continue;
        held->mode = held->mode < wanted.mode ? wanted.mode : held->mode;
        return;
    }
    list_push(arena, locks, wanted);
}

static bool is_lockable(const Object *object)
{
    return object != NULL && object->kind == OBJECT_TABLE;
}

static void lock(Locks *locks, ObjectId id, LockMode mode)
{
    const Schema *schema = locks->schema;
    const Object *object = schema_object(schema, id);
    if (!is_lockable(object))
        return;
    RelationLock wanted = {.name = object->name, .mode = mode};
    if (object->schema != schema->home)
        wanted.namespace = schema_object(schema, object->schema)->name;
    locks_add(schema->arena, &locks->list, wanted);
}

/* The tables that foreign keys of the table refer to, and those whose foreign keys refer to it. */
static void lock_partners(Locks *locks, const Table *table, LockMode mode)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i]->kind == CONSTRAINT_FOREIGN)
            lock(locks, table->constraints.items[i]->target, mode);
    }
    ObjectIds users = object_users(locks->schema, table->object.id, OBJECT_TABLE);
    for (size_t i = 0; i < users.count; i++) {
        const Table *user = schema_table(locks->schema, users.items[i]);
        for (size_t k = 0; k < user->constraints.count; k++) {
            if (user->constraints.items[k]->kind == CONSTRAINT_FOREIGN &&
                user->constraints.items[k]->target == table->object.id)
                lock(locks, user->object.id, mode);
        }
    }
}

static void lock_targets(Locks *locks, const ConstraintList *constraints)
{
    for (size_t i = 0; i < constraints->count; i++) {
        if (constraints->items[i]->kind == CONSTRAINT_FOREIGN)
            lock(locks, constraints->items[i]->target, LOCK_SHARE_ROW_EXCLUSIVE);
    }
}

static void lock_parents(Locks *locks, const Table *table, LockMode mode)
{
    for (size_t i = 0; i < table->parents.count; i++)
        lock(locks, table->parents.items[i], mode);
}

/* What a definition is on. */
static void lock_place(Locks *locks, const Definition *definition, bool created)
{
    if (definition->object.kind == OBJECT_TRIGGER && created)
        lock(locks, definition->of, LOCK_SHARE_ROW_EXCLUSIVE);
    else
        lock(locks, definition->of, LOCK_ACCESS_EXCLUSIVE);
}

static void lock_for_create(Locks *locks, const Object *object)
{
    if (object_is_definition(object)) {
        lock_place(locks, (const Definition *) object, true);
        return;
    }
    const Table *table = (const Table *) object;
    switch ((int) object->kind) {
    case OBJECT_TABLE:
        lock_targets(locks, &table->constraints);
        lock_parents(locks, table, table->bound != NULL ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE);
        return;
    case OBJECT_INDEX: lock(locks, ((const Index *) object)->table, LOCK_SHARE); return;
    case OBJECT_RULE: lock(locks, ((const Rule *) object)->table, LOCK_ACCESS_EXCLUSIVE); return;
    default: return;
    }
}

/* With a foreign key go its triggers on the other table. */
static void lock_for_drop(Locks *locks, const Object *object)
{
    if (object_is_definition(object)) {
        lock_place(locks, (const Definition *) object, false);
        return;
    }
    switch ((int) object->kind) {
    case OBJECT_TABLE:
        lock(locks, object->id, LOCK_ACCESS_EXCLUSIVE);
        lock_partners(locks, (const Table *) object, LOCK_ACCESS_EXCLUSIVE);
        lock_parents(locks, (const Table *) object, LOCK_ACCESS_EXCLUSIVE);
        return;
    case OBJECT_INDEX: lock(locks, ((const Index *) object)->table, LOCK_ACCESS_EXCLUSIVE); return;
    case OBJECT_RULE: lock(locks, ((const Rule *) object)->table, LOCK_ACCESS_EXCLUSIVE); return;
    default: return;
    }
}

/* Properties that can be set while rows are read and written; some options cannot. */
static LockMode mode_of_property(Property property)
{
    switch ((int) property) {
    case PROPERTY_COMMENT:
    case PROPERTY_COLUMN_COMMENT:
    case PROPERTY_SECURITY_LABELS:
    case PROPERTY_COLUMN_SECURITY_LABELS:
    case PROPERTY_CONSTRAINT_COMMENT:
    case PROPERTY_COLUMN_STATISTICS:
    case PROPERTY_COLUMN_OPTIONS:
    case PROPERTY_CONSTRAINT_VALIDITY:
    case PROPERTY_CLUSTER:
        return LOCK_SHARE_UPDATE_EXCLUSIVE;
    default:
        return LOCK_ACCESS_EXCLUSIVE;
    }
}

/* Privileges are taken and given without a lock of the relation. */
static void lock_for_set(Locks *locks, const SetChange *set)
{
    const Object *object = schema_object(locks->schema, set->object);
    if (set->property == PROPERTY_PRIVILEGES || set->property == PROPERTY_COLUMN_PRIVILEGES)
        return;
    if (object->kind == OBJECT_RULE)
        lock(locks, ((const Rule *) object)->table, LOCK_ACCESS_EXCLUSIVE);
    else if (object_is_definition(object))
        lock_place(locks, (const Definition *) object, false);
    else
        lock(locks, set->object, mode_of_property(set->property));
}

static void lock_for_constraint(Locks *locks, ObjectId table, const Constraint *constraint, bool added)
{
    bool foreign = constraint->kind == CONSTRAINT_FOREIGN;
    LockMode mode = foreign && added ? LOCK_SHARE_ROW_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
    lock(locks, table, mode);
    if (foreign)
        lock(locks, constraint->target, mode);
    else if (!added && constraint_is_key(constraint))
        lock_partners(locks, schema_table(locks->schema, table), LOCK_ACCESS_EXCLUSIVE);
}

static void lock_for_column(Locks *locks, ObjectId id)
{
    const Table *table = schema_table(locks->schema, id);
    lock(locks, id, LOCK_ACCESS_EXCLUSIVE);
    if (table != NULL)
        lock_partners(locks, table, LOCK_ACCESS_EXCLUSIVE);
}

static void lock_for(Locks *locks, const Change *change)
{
    const Schema *schema = locks->schema;
    switch (change->kind) {
    case CHANGE_CREATE: lock_for_create(locks, change->create.object); break;
    case CHANGE_DROP: lock_for_drop(locks, schema_object(schema, change->drop.object)); break;
    case CHANGE_REPLACE: lock_for_create(locks, change->replace.object); break;
    case CHANGE_SET: lock_for_set(locks, &change->set); break;
    case CHANGE_ADD_COLUMN:
        lock(locks, change->add_column.table, LOCK_ACCESS_EXCLUSIVE);
        lock_targets(locks, &change->add_column.constraints);
        break;
    case CHANGE_DROP_COLUMN: lock_for_column(locks, change->drop_column.table); break;
    case CHANGE_SET_TYPE: lock_for_column(locks, change->set_type.table); break;
    case CHANGE_DROP_EXPRESSION: lock(locks, change->drop_expression.table, LOCK_ACCESS_EXCLUSIVE); break;
    case CHANGE_ADD_CONSTRAINT:
        lock_for_constraint(locks, change->add_constraint.table, change->add_constraint.constraint, true);
        break;
    case CHANGE_DROP_CONSTRAINT:
        lock_for_constraint(locks, change->drop_constraint.table,
                            object_constraint(schema, change->drop_constraint.table,
                                              change->drop_constraint.constraint), false);
        break;
    case CHANGE_ADOPT_INDEX: lock(locks, change->adopt_index.table, LOCK_ACCESS_EXCLUSIVE); break;
    case CHANGE_INHERIT:
        lock(locks, change->inherit.table, LOCK_ACCESS_EXCLUSIVE);
        lock(locks, change->inherit.parent, LOCK_SHARE_UPDATE_EXCLUSIVE);
        break;
    case CHANGE_DISINHERIT:
        lock(locks, change->disinherit.table, LOCK_ACCESS_EXCLUSIVE);
        lock(locks, change->disinherit.parent, LOCK_ACCESS_EXCLUSIVE);
        break;
    case CHANGE_RESTART:
        if (change->restart.column != 0)
            lock(locks, change->restart.object, LOCK_ACCESS_EXCLUSIVE);
        break;
    case CHANGE_BACKFILL:
    case CHANGE_REQUIRE:
    case CHANGE_CALL_NATIVE:
    case CHANGE_RUN_SQL:
        break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}

RelationLocks change_locks(const Schema *schema, const Change *change)
{
    Locks locks = {.schema = schema};
    lock_for(&locks, change);
    return locks.list;
}
