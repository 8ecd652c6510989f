/* What a change of type makes anew below a table. The server drops the indexes, keys and foreign keys that have the
 * column, those of partitions with them, and makes them as if for the first time (ATPostAlterTypeCleanup in
 * src/backend/commands/tablecmds.c). Here those of partitions keep their numbers, and lose what was their own. */
#include "descent.h"

/* ------------------------------------------------------------------ which */

static void add_keys_below(const Schema *schema, Part whole, Parts *parts)
{
    KeyView view = key_view(schema, whole);
    if (!table_is_partitioned(view.table))
        return;
    ObjectIds partitions = table_partitions(schema, view.table->object.id);
    for (size_t i = 0; i < partitions.count; i++) {
        KeyViews own = key_views(schema, partitions.items[i]);
        for (size_t j = 0; j < own.count; j++) {
            bool same_kind = (own.items[j].index == NULL) == (view.index == NULL);
            if (key_view_parent(&own.items[j]) != key_view_id(&view) || !same_kind)
                continue;
            list_push(schema->arena, parts, key_view_part(&own.items[j]));
            add_keys_below(schema, key_view_part(&own.items[j]), parts);
        }
    }
}

static void add_foreign_below(const Schema *schema, ObjectId id, const Constraint *foreign, Parts *parts);

/* The table's parts of the foreign key that refer to the target. */
static void add_foreign_parts(const Schema *schema, ObjectId id, ConstraintId foreign, ObjectId target, Parts *parts)
{
    const Table *table = schema_relation(schema, id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *part = table->constraints.items[i];
        if (part->kind != CONSTRAINT_FOREIGN || part->parent != foreign || part->target != target)
            continue;
        list_push(schema->arena, parts, (Part) {id, PART_CONSTRAINT, part->id});
        add_foreign_below(schema, id, part, parts);
    }
}

/* First those to partitions of what it refers to, then those of partitions. */
static void add_foreign_below(const Schema *schema, ObjectId id, const Constraint *foreign, Parts *parts)
{
    const Table *table = schema_relation(schema, id), *target = schema_relation(schema, foreign->target);
    ObjectIds none = {0};
    ObjectIds targets = table_is_partitioned(target) ? table_partitions(schema, foreign->target) : none;
    ObjectIds partitions = table_is_partitioned(table) ? table_partitions(schema, id) : none;
    for (size_t i = 0; i < targets.count; i++)
        add_foreign_parts(schema, id, foreign->id, targets.items[i], parts);
    for (size_t i = 0; i < partitions.count; i++)
        add_foreign_parts(schema, partitions.items[i], foreign->id, foreign->target, parts);
}

static bool uses_column(const KeyView *view, ColumnId column)
{
    return view->index != NULL ? index_uses_column(view->index, column)
                               : constraint_uses_column(view->constraint, column);
}

static void add_keys(const Schema *schema, Part column, Parts *parts)
{
    KeyViews own = key_views(schema, column.object);
    for (size_t i = 0; i < own.count; i++) {
        if (key_view_parent(&own.items[i]) == 0 && uses_column(&own.items[i], column.id))
            add_keys_below(schema, key_view_part(&own.items[i]), parts);
    }
}

static void add_foreign(const Schema *schema, Part column, ObjectId holder, Parts *parts)
{
    const Table *table = schema_relation(schema, holder);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const Constraint *foreign = table->constraints.items[i];
        bool from = holder == column.object && column_ids_contain(foreign->columns, column.id);
        bool to = foreign->target == column.object && column_ids_contain(foreign->target_columns, column.id);
        if (foreign->kind == CONSTRAINT_FOREIGN && foreign->parent == 0 && (from || to))
            add_foreign_below(schema, holder, foreign, parts);
    }
}

Parts parts_remade(const Schema *schema, ObjectId table, ColumnId column)
{
    Part root = {table, PART_COLUMN, column};
    Parts columns = {0}, heirs = column_heirs(schema, table, column), parts = {0};
    list_push(schema->arena, &columns, root);
    for (size_t i = 0; i < heirs.count; i++)
        list_push(schema->arena, &columns, heirs.items[i]);
    for (size_t i = 0; i < columns.count; i++)
        add_keys(schema, columns.items[i], &parts);
    for (size_t i = 0; i < columns.count; i++) {
        ObjectIds users = object_users(schema, columns.items[i].object, OBJECT_KIND_COUNT);
        add_foreign(schema, columns.items[i], columns.items[i].object, &parts);
        for (size_t j = 0; j < users.count; j++) {
            if (users.items[j] != columns.items[i].object)
                add_foreign(schema, columns.items[i], users.items[j], &parts);
        }
    }
    return parts;
}

/* ------------------------------------------------------------------ what becomes of them */

static void call_part(Descent *d, Part part, Str name)
{
    Property property = part.kind == PART_WHOLE ? PROPERTY_NAME : PROPERTY_CONSTRAINT_NAME;
    descent_set(d, part, property, (PropertyValue) {.text = name});
}

/* So that the new names are made up as if none of them were there. */
static void step_aside(Descent *d, Part part)
{
    call_part(d, part, str_format(d->schema->arena, "\x01%u", part.kind == PART_WHOLE ? part.object : part.id));
}

static Str name_anew(Descent *d, Part part, Part above)
{
    const Constraint *key = object_constraint(d->schema, part.object, part.id);
    if (part.kind == PART_WHOLE || constraint_has_index(key)) {
        KeyView view = key_view(d->schema, above), own = key_view(d->schema, part);
        return descent_chosen_name(d, &view, own.table);
    }
    const Table *table = schema_relation(d->schema, above.object), *child = schema_relation(d->schema, part.object);
    const Constraint *foreign = table_constraint(table, above.id);
    return table == child ? descent_shadow_name(d, table, foreign) : descent_foreign_name(d, table, foreign, child);
}

/* What it has of its own beside its name. Comments are lost, parameters become those of what it is a part of; until 16
 * comments on indexes do, too (DefineIndex in src/backend/commands/indexcmds.c). */
enum { COMMENTS_UNTIL = 16 };

static const Property own_properties[] = {
    PROPERTY_COMMENT, PROPERTY_INDEX_OPTIONS, PROPERTY_INDEX_TABLESPACE, PROPERTY_CONSTRAINT_COMMENT,
    PROPERTY_CONSTRAINT_INDEX_COMMENT, PROPERTY_CONSTRAINT_OPTIONS, PROPERTY_CONSTRAINT_TABLESPACE,
};

/* How it will have the property; false: as it has it now. */
static bool property_anew(const Schema *schema, Property property, Part part, PropertyValue *value)
{
    Part above = part_origin(schema, part);
    bool of_index = property == PROPERTY_CONSTRAINT_INDEX_COMMENT || part.kind == PART_WHOLE;
    bool has = part.kind == PART_WHOLE ? property_is_of_object(property, OBJECT_INDEX)
                                       : property_is_of_constraint(property);
    if (!has)
        return false;
    bool lost = property_is_separate(property) && !(of_index && schema->view.catalog->major <= COMMENTS_UNTIL);
    bool before = property_is_set(schema, part.object, property, part.id);
    bool after = !lost && property_is_set(schema, above.object, property, above.id);
    PropertyValue now = property_value(schema, part.object, property, part.id);
    *value = after ? property_value(schema, above.object, property, above.id) : (PropertyValue) {0};
    return before != after || (after && memcmp(value, &now, sizeof now) != 0);
}

static void forget_own(Descent *d, Part part)
{
    PropertyValue value;
    for (size_t i = 0; i < sizeof own_properties / sizeof *own_properties; i++) {
        if (property_anew(d->schema, own_properties[i], part, &value))
            descent_set(d, part, own_properties[i], value);
    }
}

ChangeList remade_settings(const Schema *schema, Parts parts)
{
    ChangeList settings = {0};
    PropertyValue value;
    for (size_t i = 0; i < parts.count; i++) {
        for (size_t j = 0; j < sizeof own_properties / sizeof *own_properties; j++) {
            Part part = parts.items[i];
            SetChange set = {.object = part.object, .property = own_properties[j], .part = part.id};
            if (!property_anew(schema, set.property, part, &value))
                continue;
            set.value = property_value(schema, part.object, set.property, part.id);
            list_push(schema->arena, &settings, (Change) {.kind = CHANGE_SET, .set = set});
        }
    }
    return settings;
}

Parts table_clones(const Schema *schema, const Table *table)
{
    Parts clones = {0};
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (constraint_is_clone(table->constraints.items[i]))
            list_push(schema->arena, &clones,
                      (Part) {table->object.id, PART_CONSTRAINT, table->constraints.items[i]->id});
    }
    return clones;
}

ChangeList clone_settings(const Schema *schema, Parts clones)
{
    ChangeList settings = {0};
    for (size_t i = 0; i < clones.count; i++) {
        Part part = clones.items[i];
        SetChange set = {.object = part.object, .property = PROPERTY_CONSTRAINT_NAME, .part = part.id};
        set.value.text = object_constraint(schema, part.object, part.id)->name;
        list_push(schema->arena, &settings, (Change) {.kind = CHANGE_SET, .set = set});
    }
    ChangeList own = remade_settings(schema, clones);
    for (size_t i = 0; i < own.count; i++)
        list_push(schema->arena, &settings, own.items[i]);
    return settings;
}

/* A partition that was clustered on it, or identified by it, is not any more. */
static void forget_choice(Descent *d, Part part)
{
    KeyView view = key_view(d->schema, part);
    Part table = {view.table->object.id, PART_WHOLE, 0};
    ReplicaIdentity none = {.kind = REPLICA_BY_INDEX};
    if (view.table->cluster == key_view_id(&view))
        descent_set(d, table, PROPERTY_CLUSTER, (PropertyValue) {0});
    if (view.table->replica.key == key_view_id(&view))
        descent_set(d, table, PROPERTY_REPLICA_IDENTITY, (PropertyValue) {.replica = none});
}

/* ------------------------------------------------------------------ checks */

/* A check that is not valid is added again as such, to children too. */
static void doubt_checks(Descent *d, Part column)
{
    const Table *table = schema_relation(d->schema, column.object);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *check = table->constraints.items[i];
        if (check->kind != CONSTRAINT_CHECK || check->not_local || !check->not_valid ||
            !constraint_uses_column(check, column.id))
            continue;
        Parts heirs = constraint_heirs(d->schema, column.object, check->id);
        for (size_t j = 0; j < heirs.count; j++) {
            const Constraint *heir = object_constraint(d->schema, heirs.items[j].object, heirs.items[j].id);
            if (heir->not_local && !heir->not_valid)
                descent_set_flag(d, heirs.items[j], PROPERTY_CONSTRAINT_VALIDITY, true);
        }
    }
}

void remake_parts(Descent *d, ObjectId table, ColumnId column)
{
    Parts parts = parts_remade(d->schema, table, column), heirs = column_heirs(d->schema, table, column);
    for (size_t i = 0; i < parts.count; i++)
        step_aside(d, parts.items[i]);
    for (size_t i = 0; i < parts.count; i++) {
        call_part(d, parts.items[i], name_anew(d, parts.items[i], part_above(d->schema, parts.items[i])));
        forget_own(d, parts.items[i]);
        forget_choice(d, parts.items[i]);
    }
    doubt_checks(d, (Part) {table, PART_COLUMN, column});
    for (size_t i = 0; i < heirs.count; i++)
        doubt_checks(d, heirs.items[i]);
}
