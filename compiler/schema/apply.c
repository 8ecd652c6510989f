/* Schema + change → schema. The change has been checked; what cannot be is a bug. */
#include "bug.h"
#include "cast.h"
#include "definition.h"
#include "depend.h"
#include "edit.h"
#include "inherit.h"
#include "key.h"
#include "property.h"
#include "sequence.h"

/* ------------------------------------------------------------------ names that objects hold */

static void count_constraint(Schema *schema, ObjectId namespace, Str name, bool add)
{
    uint64_t count = schema_find(schema, NAMES_CONSTRAINT, namespace, name);
    schema_set_name(schema, NAMES_CONSTRAINT, namespace, name, add ? count + 1 : count - 1);
}

/* A constraint's name, and that of the index of a key. */
static void name_constraint(Schema *schema, const Object *owner, const Constraint *constraint, bool add)
{
    count_constraint(schema, owner->schema, constraint->name, add);
    if (constraint_has_index(constraint))
        schema_set_name(schema, NAMES_RELATION, owner->schema, constraint->name, add ? owner->id : 0);
}

/* The sequence of an identity column, and the constraint that it is not null. */
static void name_column(Schema *schema, const Table *table, const ColumnInfo *column, bool add)
{
    if (column->not_null.name.data != NULL)
        count_constraint(schema, table->object.schema, column->not_null.name, add);
    if (identity_has_sequence(&column->identity))
        schema_set_name(schema, NAMES_RELATION, table->object.schema, column->identity.sequence,
                        add ? table->object.id : 0);
}

/* A relation makes a type of its name. */
static void name_relation(Schema *schema, const Table *table, bool add)
{
    schema_set_name(schema, NAMES_TYPE, table->object.schema, table->object.name, add ? table->object.id : 0);
    for (size_t i = 0; i < table->columns.count; i++)
        name_column(schema, table, table->columns.items[i], add);
}

/* The type, and the multirange that comes with a range. */
static void name_type(Schema *schema, const Definition *type, bool add)
{
    ObjectId id = add ? type->object.id : 0;
    schema_set_name(schema, NAMES_TYPE, type->object.schema, type->object.name, id);
    if (type->range != NULL && type->range->multirange.len > 0)
        schema_set_name(schema, NAMES_TYPE, type->object.schema, type->range->multirange, id);
}

static void name_object(Schema *schema, const Object *object, bool add)
{
    NameSpace names = object_names(object->kind);
    if (object_is_definition(object)) {
        schema_name_definition(schema, (const Definition *) object, add);
        if (object_is_defined_type(object))
            name_type(schema, (const Definition *) object, add);
        return;
    }
    if (names != NAMES_NONE)
        schema_set_name(schema, names, object->schema, object->name, add ? object->id : 0);
    if (object_is_relation(object))
        name_relation(schema, (const Table *) object, add);
    const ConstraintList *constraints = object_constraints(object);
    if (object->kind == OBJECT_DOMAIN && ((const Domain *) object)->not_null.name.data != NULL)
        count_constraint(schema, object->schema, ((const Domain *) object)->not_null.name, add);
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++)
        name_constraint(schema, object, constraints->items[i], add);
}

/* ------------------------------------------------------------------ create */

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

/* What the catalog is asked is answered with it. */
static void view_object(Schema *schema, const Object *object, bool add)
{
    if (object->kind == OBJECT_EXTENSION)
        view_extension(schema, (const Extension *) object, add);
    else if (object->kind == OBJECT_CAST)
        schema_set_view(schema, cast_view(schema, (const Definition *) object, add));
}

/* One that is made for a partition calls its columns what its parent's does (generateClonedIndexStmt() in
 * src/backend/parser/parse_utilcmd.c); `anew`, what they are called now. */
static void make_key(Schema *schema, Table *table, ConstraintId id, bool anew)
{
    Constraint *key = constraint_edit(schema->arena, &table->constraints, id);
    key->made = ++schema->made_last;
    if (key->parent == 0 || anew)
        key->names = constraint_column_names(schema, table, key);
}

/* The primary key is made first (transformIndexConstraints in src/backend/parser/parse_utilcmd.c). */
static void make_keys(Schema *schema, Table *table)
{
    const Constraint *primary = table_primary_key(table);
    if (primary != NULL)
        make_key(schema, table, primary->id, false);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        if (constraint_has_index(constraint) && constraint->kind != CONSTRAINT_PRIMARY)
            make_key(schema, table, constraint->id, false);
    }
}

/* Indexes are made, and call their columns from now on what they are called now, likewise. */
static const Object *with_indexes(Schema *schema, const Object *object)
{
    if (object->kind == OBJECT_INDEX) {
        Index *index = arena_copy(schema->arena, object, sizeof *index);
        if (index->parent == 0)
            index->names = key_column_names(schema, schema_relation(schema, index->table), index);
        index->made = ++schema->made_last;
        return &index->object;
    }
    if (!object_is_relation(object))
        return object;
    Table *table = arena_copy(schema->arena, object, sizeof *table);
    list_clone(schema->arena, &table->constraints);
    make_keys(schema, table);
    return &table->object;
}

static void apply_create(Schema *schema, const Object *object)
{
    object = with_indexes(schema, object);
    schema_put(schema, object->id, object);
    name_object(schema, object, true);
    view_object(schema, object, true);
}

/* ------------------------------------------------------------------ drop */

/* A table that is clustered on an index, or has it for its replica identity, has neither any more. */
static void forget_index(Schema *schema, ObjectId id, uint32_t index)
{
    const Table *table = schema_relation(schema, id);
    bool identifies = table->replica.kind == REPLICA_BY_INDEX && table->replica.key == index;
    if (table->cluster != index && !identifies)
        return;
    Table *copy = table_edit(schema, id);
    copy->cluster = copy->cluster == index ? 0 : copy->cluster;
    copy->replica.key = identifies ? 0 : copy->replica.key;
    schema_put(schema, id, &copy->object);
}

static void remove_object(Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    view_object(schema, object, false);
    if (object->kind == OBJECT_INDEX)
        forget_index(schema, ((const Index *) object)->table, id);
    name_object(schema, object, false);
    schema_put(schema, id, NULL);
}

static void remove_constraint(Schema *schema, ObjectId id, ConstraintId constraint)
{
    Object *object = object_edit(schema, id);
    ConstraintList *list = constraints_edit(object);
    size_t place = 0;
    while (place < list->count && list->items[place]->id != constraint)
        place++;
    if (place == list->count)
        BUG("constraint %u to drop is not there", (unsigned) constraint);
    const Constraint *gone = list->items[place];
    list_remove(list, place);
    schema_put(schema, id, object);
    name_constraint(schema, object, gone, false);
    if (object_is_relation(object))
        forget_index(schema, id, constraint);
}

static void remove_column(Schema *schema, ObjectId id, ColumnId column)
{
    Table *table = table_edit(schema, id);
    size_t place = 0;
    while (place < table->columns.count && table->columns.items[place]->id != column)
        place++;
    if (place == table->columns.count)
        BUG("column %u to drop is not there", (unsigned) column);
    const ColumnInfo *gone = table->columns.items[place];
    list_remove(&table->columns, place);
    schema_put(schema, id, &table->object);
    name_column(schema, table, gone, false);
}

static void remove_part(Schema *schema, Part part)
{
    switch (part.kind) {
    case PART_WHOLE: remove_object(schema, part.object); break;
    case PART_COLUMN: remove_column(schema, part.object, part.id); break;
    case PART_CONSTRAINT: remove_constraint(schema, part.object, part.id); break;
    case PART_SHELL:
    case PART_DEFAULT: break; /* goes with its type, its column */
    }
}

/* With what goes along by itself. */
static void apply_drop(Schema *schema, Part part)
{
    if (schema_object(schema, part.object) == NULL)
        BUG("object %u to drop is not there", (unsigned) part.object);
    Parts parts = deletion_automatic(schema, part);
    for (size_t i = 0; i < parts.count; i++)
        remove_part(schema, parts.items[i]);
}

/* ------------------------------------------------------------------ columns and constraints */

/* A primary key makes its columns not null (manual, CREATE TABLE, PRIMARY KEY). */
static void require_values(const Schema *schema, Table *table, const Constraint *constraint)
{
    for (size_t i = 0; i < table->columns.count && constraint->kind == CONSTRAINT_PRIMARY; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (!column->not_null.holds && column_ids_contain(constraint->columns, column->id))
            column_edit(schema->arena, table, column->id)->not_null.holds = true;
    }
}

static void apply_add_constraint(Schema *schema, ObjectId id, const Constraint *constraint)
{
    Object *object = object_edit(schema, id);
    constraint_add(schema->arena, constraints_edit(object), constraint);
    if (constraint_has_index(constraint))
        make_key(schema, (Table *) object, constraint->id, false);
    if (object_is_relation(object))
        require_values(schema, (Table *) object, constraint);
    schema_put(schema, id, object);
    name_constraint(schema, object, constraint, true);
}

static void apply_add_column(Schema *schema, const AddColumnChange *change)
{
    Table *table = table_edit(schema, change->table);
    list_push(schema->arena, &table->columns, change->column);
    if (change->column->id > table->last_column)
        table->last_column = change->column->id;
    schema_put(schema, change->table, &table->object);
    name_column(schema, table, change->column, true);
    for (size_t i = 0; i < change->constraints.count; i++)
        apply_add_constraint(schema, change->table, change->constraints.items[i]);
}

static void follow_collation(Schema *schema, IndexKey *key, const ColumnInfo *column)
{
    if (index_key_repeats_collation(key, column))
        key->expression = index_key_without_collation(schema->arena, key->expression);
}

/* What has the column is made anew when its type changes: first the constraints, then the indexes
 * (ATPostAlterTypeCleanup in src/backend/commands/tablecmds.c). */
static void make_keys_anew(Schema *schema, ObjectId id, ColumnId column)
{
    Table *table = table_edit(schema, id);
    KeyViews views = key_views(schema, id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        if (constraint_has_index(constraint) && constraint_uses_column(constraint, column))
            make_key(schema, table, constraint->id, true);
    }
    schema_put(schema, id, &table->object);
    for (size_t i = 0; i < views.count; i++) {
        const Index *index = views.items[i].index;
        if (index == NULL || !index_uses_column(index, column))
            continue;
        Index *copy = (Index *) object_edit(schema, index->object.id);
        list_clone(schema->arena, &copy->keys);
        for (size_t j = 0; j < copy->keys.count; j++)
            follow_collation(schema, &copy->keys.items[j], table_column(table, column));
        copy->made = ++schema->made_last;
        copy->names = key_column_names(schema, table, copy);
        schema_put(schema, copy->object.id, &copy->object);
    }
}

/* So are foreign keys from it and to it, with a list of columns: they rest on the oldest key then. */
static void rest_anew(Schema *schema, ObjectId holder, ObjectId id, ColumnId column)
{
    Table *table = table_edit(schema, holder);
    bool changed = false;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *foreign = table->constraints.items[i];
        bool anew = foreign->kind == CONSTRAINT_FOREIGN && !constraint_is_shadow(table, foreign) &&
                    ((holder == id && column_ids_contain(foreign->columns, column)) ||
                     (foreign->target == id && column_ids_contain(foreign->target_columns, column)));
        if (!anew)
            continue;
        KeyViews equal = equal_keys(schema, schema_relation(schema, foreign->target), foreign->target_columns);
        size_t oldest = 0;
        while (oldest < equal.count && !key_view_carries(&equal.items[oldest]))
            oldest++;
        if (oldest < equal.count)
            rest_on_key(constraint_edit(schema->arena, &table->constraints, foreign->id), &equal.items[oldest]);
        changed = true;
    }
    if (changed)
        schema_put(schema, holder, &table->object);
}

static void rest_all_anew(Schema *schema, ObjectId id, ColumnId column)
{
    ObjectIds users = object_users(schema, id, OBJECT_KIND_COUNT);
    rest_anew(schema, id, id, column);
    for (size_t i = 0; i < users.count; i++) {
        if (users.items[i] != id && schema_table(schema, users.items[i]) != NULL)
            rest_anew(schema, users.items[i], id, column);
    }
}

static void forget_targets(Schema *schema, ObjectId table, ColumnId column)
{
    ObjectIds remade = statistics_remade(schema, table, column);
    for (size_t i = 0; i < remade.count; i++) {
        Definition *d = (Definition *) object_edit(schema, remade.items[i]);
        list_clone(schema->arena, &d->attributes);
        attribute_remove(&d->attributes, STR(STATISTICS_TARGET));
        schema_put(schema, remade.items[i], &d->object);
    }
}

/* The sequence of an identity column gets the column's type, too. */
static void apply_set_type(Schema *schema, const SetTypeChange *change)
{
    Table *table = table_edit(schema, change->table);
    ColumnInfo *column = column_edit(schema->arena, table, change->column);
    column->type = change->type;
    column->storage = column->compression = (Str) {0};
    if (!column->generated)
        column->expression = change->expression;
    if (column->identity.kind != IDENTITY_NONE)
        column->identity = identity_with_type(column->identity, change->type.catalog, change->type.catalog);
    schema_put(schema, change->table, &table->object);
    make_keys_anew(schema, change->table, change->column);
    forget_targets(schema, change->table, change->column);
    rest_all_anew(schema, change->table, change->column);
}

/* Foreign keys that rest on the index rest on the key. */
static void follow_index(Schema *schema, ObjectId id, ObjectId index)
{
    Table *table = table_edit(schema, id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *foreign = table->constraints.items[i];
        if (foreign->kind != CONSTRAINT_FOREIGN || foreign->target_index != index)
            continue;
        Constraint *copy = constraint_edit(schema->arena, &table->constraints, foreign->id);
        copy->target_index = 0;
        copy->target_key = index;
    }
    schema_put(schema, id, &table->object);
}

static void apply_adopt_index(Schema *schema, const AdoptIndexChange *change)
{
    ObjectId index = change->constraint->id;
    ObjectIds users = object_users(schema, index, OBJECT_KIND_COUNT);
    const Index *before = schema_index(schema, index);
    name_object(schema, schema_object(schema, index), false);
    schema_put(schema, index, NULL);
    apply_add_constraint(schema, change->table, change->constraint);
    Table *table = table_edit(schema, change->table);
    Constraint *key = constraint_edit(schema->arena, &table->constraints, index);
    key->made = before->made;
    key->names = before->names;
    schema_put(schema, change->table, &table->object);
    for (size_t i = 0; i < users.count; i++) {
        if (schema_relation(schema, users.items[i]) != NULL)
            follow_index(schema, users.items[i], index);
    }
}

static void apply_drop_expression(Schema *schema, const DropExpressionChange *change)
{
    Table *table = table_edit(schema, change->table);
    ColumnInfo *column = column_edit(schema->arena, table, change->column);
    column->generated = GENERATED_NOT;
    column->expression = NULL;
    schema_put(schema, change->table, &table->object);
}

/* ------------------------------------------------------------------ properties */

/* What is in a table's namespace because of the table moves with it: its indexes and the sequences that it owns. */
static void move_along(Schema *schema, ObjectId table, ObjectId namespace)
{
    ObjectIds users = object_users(schema, table, OBJECT_KIND_COUNT);
    for (size_t i = 0; i < users.count; i++) {
        if (!object_moves_with(schema_object(schema, users.items[i]), table))
            continue;
        Object *copy = object_edit(schema, users.items[i]);
        name_object(schema, copy, false);
        copy->schema = namespace;
        schema_put(schema, copy->id, copy);
        name_object(schema, copy, true);
    }
}

/* The sequences that a table's columns own belong to the table's owner, and from 15 on are as permanent as it. */
static void set_along(Schema *schema, ObjectId table, const SetChange *change)
{
    ObjectIds sequences = object_users(schema, table, OBJECT_SEQUENCE);
    bool unlogged = change->property == PROPERTY_PERSISTENCE && schema->view.catalog->major >= 15;
    for (size_t i = 0; i < sequences.count; i++) {
        if (schema_sequence(schema, sequences.items[i])->owner.table != table)
            continue;
        Sequence *copy = (Sequence *) object_edit(schema, sequences.items[i]);
        if (change->property == PROPERTY_OWNER)
            copy->object.owner = change->value.text;
        else if (unlogged)
            copy->unlogged = change->value.flag;
        schema_put(schema, copy->object.id, &copy->object);
    }
}

/* The constraint of a trigger keeps its name (renametrig() in src/backend/commands/trigger.c). */
static void keep_constraint_name(Definition *trigger, Str before)
{
    Str name = trigger->constraint.data == NULL ? before : trigger->constraint;
    if (str_is(trigger->variant, "constraint"))
        trigger->constraint = str_equal(name, trigger->object.name) ? (Str) {0} : name;
}

/* Names are given up and taken anew around it, whatever is set: that is simpler than to know which ones it touches. */
/* What is not enforced is not asked whether it is valid, and the rows that are there are tried when it is again. */
static void forget_validity(Schema *schema, Object *object, const SetChange *change)
{
    Table *table = (Table *) object;
    constraint_edit(schema->arena, &table->constraints, change->part)->not_valid = false;
}

static void apply_set(Schema *schema, const SetChange *change)
{
    const Object *before = schema_object(schema, change->object);
    Object *object = object_edit(schema, change->object);
    bool names = change->property == PROPERTY_NAME || change->property == PROPERTY_NAMESPACE ||
                 change->property == PROPERTY_CONSTRAINT_NAME || change->property == PROPERTY_COLUMN_IDENTITY ||
                 change->property == PROPERTY_COLUMN_NOT_NULL || change->property == PROPERTY_DOMAIN_NOT_NULL;
    if (names)
        name_object(schema, before, false);
    property_set(schema->arena, object, change->property, change->part, &change->value);
    if (change->property == PROPERTY_CONSTRAINT_ENFORCEMENT)
        forget_validity(schema, object, change);
    if (change->property == PROPERTY_NAME && object->kind == OBJECT_TRIGGER)
        keep_constraint_name((Definition *) object, before->name);
    schema_put(schema, change->object, object);
    if (names)
        name_object(schema, object, true);
    if (change->property == PROPERTY_NAMESPACE && object_is_relation(object))
        move_along(schema, object->id, object->schema);
    if ((change->property == PROPERTY_OWNER || change->property == PROPERTY_PERSISTENCE) && object_is_relation(object))
        set_along(schema, object->id, change);
}

/* ------------------------------------------------------------------ inheritance */

static void apply_inherit(Schema *schema, const InheritChange *change)
{
    Table *table = table_edit(schema, change->table);
    list_clone(schema->arena, &table->parents);
    list_push(schema->arena, &table->parents, change->parent);
    table->bound = change->bound;
    schema_put(schema, change->table, &table->object);
}

static void apply_disinherit(Schema *schema, const DisinheritChange *change)
{
    Table *table = table_edit(schema, change->table);
    list_clone(schema->arena, &table->parents);
    for (size_t i = table->parents.count; i > 0; i--) {
        if (table->parents.items[i - 1] == change->parent)
            list_remove(&table->parents, i - 1);
    }
    table->bound = NULL;
    schema_put(schema, change->table, &table->object);
}

/* ------------------------------------------------------------------ all kinds */

static void apply_replace(Schema *schema, const Object *object)
{
    name_object(schema, schema_object(schema, object->id), false);
    schema_put(schema, object->id, object);
    name_object(schema, object, true);
}

static void apply_alone(Schema *schema, const Change *change)
{
    const DropColumnChange *column = &change->drop_column;
    const DropConstraintChange *constraint = &change->drop_constraint;
    switch (change->kind) {
    case CHANGE_CREATE: apply_create(schema, change->create.object); break;
    case CHANGE_DROP: apply_drop(schema, (Part) {change->drop.object, PART_WHOLE, 0}); break;
    case CHANGE_REPLACE: apply_replace(schema, change->replace.object); break;
    case CHANGE_SET: apply_set(schema, &change->set); break;
    case CHANGE_ADD_COLUMN: apply_add_column(schema, &change->add_column); break;
    case CHANGE_DROP_COLUMN: apply_drop(schema, (Part) {column->table, PART_COLUMN, column->column}); break;
    case CHANGE_SET_TYPE: apply_set_type(schema, &change->set_type); break;
    case CHANGE_DROP_EXPRESSION: apply_drop_expression(schema, &change->drop_expression); break;
    case CHANGE_ADD_CONSTRAINT:
        apply_add_constraint(schema, change->add_constraint.table, change->add_constraint.constraint);
        break;
    case CHANGE_DROP_CONSTRAINT:
        apply_drop(schema, (Part) {constraint->table, PART_CONSTRAINT, constraint->constraint});
        break;
    case CHANGE_ADOPT_INDEX: apply_adopt_index(schema, &change->adopt_index); break;
    case CHANGE_INHERIT: apply_inherit(schema, &change->inherit); break;
    case CHANGE_DISINHERIT: apply_disinherit(schema, &change->disinherit); break;
    case CHANGE_RESTART:
    case CHANGE_BACKFILL:
    case CHANGE_REQUIRE:
    case CHANGE_CALL_NATIVE:
    case CHANGE_RUN_SQL: break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}

void change_apply(Schema *schema, const Change *change)
{
    for (size_t i = 0; i < change->before; i++)
        apply_alone(schema, &change->along.items[i]);
    apply_alone(schema, change);
    for (size_t i = change->before; i < change->along.count; i++)
        apply_alone(schema, &change->along.items[i]);
}
