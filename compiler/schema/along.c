/* What goes along with a change. It is found out by doing it: the change is applied, then what the server does to
 * children, step by step, so that each step sees the names that the ones before it took; and then all is undone. */
#include "base_type.h"
#include "bug.h"
#include "descent.h"
#include "edit.h"
#include "key.h"
#include "names.h"
#include "not_null.h"
#include "operator.h"
#include "sequence.h"

void descent_step(Descent *d, Change along)
{
    along.span = d->change->span;
    along.complete = true;
    list_push(d->schema->arena, &d->change->along, along);
    change_apply(d->schema, &along);
}

void descent_set(Descent *d, Part part, Property property, PropertyValue value)
{
    SetChange change = {.object = part.object, .property = property, .value = value};
    change.part = part.kind == PART_WHOLE ? 0 : part.id;
    descent_step(d, (Change) {.kind = CHANGE_SET, .set = change});
}

void descent_set_number(Descent *d, Part part, Property property, int32_t number)
{
    descent_set(d, part, property, (PropertyValue) {.number = number});
}

void descent_set_flag(Descent *d, Part part, Property property, bool flag)
{
    descent_set(d, part, property, (PropertyValue) {.flag = flag});
}

static const Table *relation(const Descent *d, ObjectId id)
{
    return schema_relation(d->schema, id);
}

/* ------------------------------------------------------------------ numbers of what comes back */

static ColumnId column_id(const Descent *d, const Table *table, Str name)
{
    for (size_t i = 0; i < d->change->known.count; i++) {
        const Change *change = &d->change->known.items[i];
        if (change->kind == CHANGE_ADD_COLUMN && change->add_column.table == table->object.id &&
            str_equal(change->add_column.column->name, name))
            return change->add_column.column->id;
    }
    return table->last_column + 1;
}

static ConstraintId constraint_id(const Descent *d, const Table *table, Str name)
{
    for (size_t i = 0; i < d->change->known.count; i++) {
        const Change *change = &d->change->known.items[i];
        if (change->kind == CHANGE_ADD_CONSTRAINT && change->add_constraint.table == table->object.id &&
            str_equal(change->add_constraint.constraint->name, name))
            return change->add_constraint.constraint->id;
    }
    return schema_new_id(d->schema);
}

/* What is a part of nothing else's is known by that, too. */
static ConstraintId clone_id(const Descent *d, const Table *table, const Constraint *clone)
{
    for (size_t i = 0; i < d->change->known.count && constraint_is_clone(clone); i++) {
        const Change *change = &d->change->known.items[i];
        const Constraint *known = change->add_constraint.constraint;
        if (change->kind == CHANGE_ADD_CONSTRAINT && change->add_constraint.table == table->object.id &&
            known->parent == clone->parent)
            return known->id;
    }
    return constraint_id(d, table, clone->name);
}

/* A foreign key to a partition is known by that, whatever it is called this time. */
static ConstraintId shadow_id(const Descent *d, const Table *table, const Constraint *shadow)
{
    for (size_t i = 0; i < d->change->known.count; i++) {
        const Change *change = &d->change->known.items[i];
        const Constraint *known = change->add_constraint.constraint;
        if (change->kind == CHANGE_ADD_CONSTRAINT && change->add_constraint.table == table->object.id &&
            known->parent == shadow->parent && known->target == shadow->target)
            return known->id;
    }
    return schema_new_id(d->schema);
}

static ObjectId index_id(const Descent *d, ObjectId table, Str name)
{
    for (size_t i = 0; i < d->change->known.count; i++) {
        const Change *change = &d->change->known.items[i];
        if (change->kind == CHANGE_CREATE && change->create.object->kind == OBJECT_INDEX &&
            ((const Index *) change->create.object)->table == table && str_equal(change->create.object->name, name))
            return change->create.object->id;
    }
    return schema_new_id(d->schema);
}

/* ------------------------------------------------------------------ columns */

static ColumnIds columns_for(const Schema *schema, ColumnIds columns, const Table *from, const Table *to)
{
    ColumnIds result = {0};
    for (size_t i = 0; i < columns.count; i++)
        list_push(schema->arena, &result, table_column_named(to, table_column(from, columns.items[i])->name)->id);
    return result;
}

/* A column that the child has already becomes one with it, and its own children have it too. */
static void add_column_below(Descent *d, ObjectId id, const ColumnInfo *column)
{
    ObjectIds children = table_children(d->schema, id);
    for (size_t i = 0; i < children.count; i++) {
        const Table *table = relation(d, id), *child = relation(d, children.items[i]);
        const ColumnInfo *own = table_column_named(child, column->name);
        if (own != NULL) {
            descent_set_number(d, (Part) {child->object.id, PART_COLUMN, own->id}, PROPERTY_COLUMN_INHERITED,
                       own->inherited + 1);
            continue;
        }
        ColumnInfo *copy = arena_new(d->schema->arena, ColumnInfo);
        *copy = (ColumnInfo) {.id = column_id(d, child, column->name), .name = column->name, .created = column->created,
                              .type = column->type, .not_null = not_null_below(&column->not_null),
                              .identity = identity_below(d->schema, table, &column->identity),
                              .generated = column->generated,
                              .storage = column->storage, .compression = column->compression,
                              .inherited = 1, .not_local = true};
        Table with = *child;
        list_clone(d->schema->arena, &with.columns);
        list_push(d->schema->arena, &with.columns, copy);
        copy->expression = expression_for(d->schema, column->expression, table, &with);
        AddColumnChange add = {.table = child->object.id, .column = copy};
        descent_step(d, (Change) {.kind = CHANGE_ADD_COLUMN, .add_column = add});
        add_column_below(d, child->object.id, copy);
    }
}

/* ------------------------------------------------------------------ checks */

static void add_constraint(Descent *d, ObjectId table, const Constraint *constraint)
{
    const Constraint *copy = arena_copy(d->schema->arena, constraint, sizeof *constraint);
    descent_step(d, (Change) {.kind = CHANGE_ADD_CONSTRAINT, .add_constraint = {table, copy}});
}

/* A partition has none of its own (MergeWithExistingConstraint in src/backend/catalog/heap.c). */
static void merge_check(Descent *d, const Table *child, const Constraint *own, bool partition)
{
    Part part = {child->object.id, PART_CONSTRAINT, own->id};
    descent_set_number(d, part, PROPERTY_CONSTRAINT_INHERITED, own->inherited + 1);
    if (partition && !own->not_local)
        descent_set_flag(d, part, PROPERTY_CONSTRAINT_NOT_LOCAL, true);
}

static void add_check_below(Descent *d, ObjectId id, const Constraint *check)
{
    ObjectIds children = table_children(d->schema, id);
    for (size_t i = 0; i < children.count && !check->no_inherit; i++) {
        const Table *table = relation(d, id), *child = relation(d, children.items[i]);
        const Constraint *own = table_constraint_named(child, check->name);
        if (own != NULL) {
            merge_check(d, child, own, child->bound != NULL);
            continue;
        }
        Constraint copy = *check;
        copy.id = constraint_id(d, child, check->name);
        copy.expression = expression_for(d->schema, check->expression, table, child);
        copy.columns = columns_for(d->schema, check->columns, table, child);
        copy.comment = (Str) {0};
        copy.inherited = 1;
        copy.not_local = true;
        add_constraint(d, child->object.id, &copy);
        add_check_below(d, child->object.id, &copy);
    }
}

/* ------------------------------------------------------------------ indexes and keys of partitions */

static void index_below(Descent *d, Part whole);

Str descent_chosen_name(Descent *d, const KeyView *view, const Table *child)
{
    NameScope scope = {.schema = d->schema, .namespace = child->object.schema};
    return view->constraint == NULL ? name_choose_index(&scope, child->object.name, view->names)
                                    : name_choose_copy(&scope, child->object.name, view->constraint);
}

static IndexKey key_for(const Descent *d, IndexKey key, const Table *from, const Table *to)
{
    key.expression = expression_for(d->schema, key.expression, from, to);
    if (key.column != 0)
        key.column = table_column_named(to, table_column(from, key.column)->name)->id;
    return key;
}

static Part clone_key(Descent *d, const KeyView *view, const Table *child)
{
    Constraint copy = *view->constraint;
    copy.name = descent_chosen_name(d, view, child);
    copy.parent = view->constraint->id;
    copy.id = clone_id(d, child, &copy);
    copy.columns = columns_for(d->schema, copy.columns, view->table, child);
    copy.include = columns_for(d->schema, copy.include, view->table, child);
    copy.expression = expression_for(d->schema, copy.expression, view->table, child);
    list_clone(d->schema->arena, &copy.elements);
    for (size_t i = 0; i < copy.elements.count; i++)
        copy.elements.items[i].key = key_for(d, copy.elements.items[i].key, view->table, child);
    copy.comment = copy.index_comment = (Str) {0};
    copy.inherited = 1;
    copy.not_local = true;
    copy.incomplete = false;
    add_constraint(d, child->object.id, &copy);
    return (Part) {child->object.id, PART_CONSTRAINT, copy.id};
}

static Part clone_index(Descent *d, const KeyView *view, const Table *child)
{
    const Index *index = view->index;
    Index *copy = arena_copy(d->schema->arena, index, sizeof *index);
    list_clone(d->schema->arena, &copy->keys);
    copy->object.schema = child->object.schema;
    copy->object.name = descent_chosen_name(d, view, child);
    copy->object.comment = copy->object.owner = (Str) {0};
    copy->object.id = index_id(d, child->object.id, copy->object.name);
    copy->table = child->object.id;
    for (size_t i = 0; i < copy->keys.count; i++)
        copy->keys.items[i] = key_for(d, copy->keys.items[i], view->table, child);
    copy->include = columns_for(d->schema, index->include, view->table, child);
    copy->where = expression_for(d->schema, index->where, view->table, child);
    copy->parent = index->object.id;
    copy->incomplete = false;
    descent_step(d, (Change) {.kind = CHANGE_CREATE, .create = {&copy->object}});
    return (Part) {copy->object.id, PART_WHOLE, 0};
}

static Part clone_view(Descent *d, const KeyView *view, const Table *child)
{
    return view->constraint != NULL ? clone_key(d, view, child) : clone_index(d, view, child);
}

/* The child's index becomes a part of the parent's. */
static void link_key(Descent *d, const KeyView *view, const KeyView *own)
{
    Part part = key_view_part(own);
    uint32_t parent = key_view_id(view);
    if (own->index != NULL) {
        descent_set(d, part, PROPERTY_INDEX_PARENT, (PropertyValue) {.object = parent});
        return;
    }
    descent_set(d, part, PROPERTY_CONSTRAINT_PARENT, (PropertyValue) {.object = parent});
    if (view->constraint == NULL)
        return;
    descent_set_number(d, part, PROPERTY_CONSTRAINT_INHERITED, own->constraint->inherited + 1);
    descent_set_flag(d, part, PROPERTY_CONSTRAINT_NOT_LOCAL, true);
}

/* The child gets an index for the parent's, unless it has one that does, or is a foreign table
 * (AttachPartitionEnsureIndexes in tablecmds.c, DefineIndex in indexcmds.c). */
static void ensure_index(Descent *d, Part whole, ObjectId child, bool attached)
{
    if (relation(d, child)->server != 0)
        return;
    KeyView view = key_view(d->schema, whole);
    KeyViews own = key_views(d->schema, child);
    for (size_t i = 0; child != d->made && i < own.count; i++) {
        bool usable = !attached || key_view_attaches(d->schema, &view, &own.items[i]);
        if (!usable || !key_view_matches(d->schema, &view, &own.items[i]))
            continue;
        link_key(d, &view, &own.items[i]);
        return;
    }
    index_below(d, clone_view(d, &view, relation(d, child)));
}

/* Whether a part of it is in the table, and is not complete. */
static bool has_incomplete_part(const Descent *d, ObjectId table, uint32_t whole)
{
    KeyViews views = key_views(d->schema, table);
    for (size_t i = 0; i < views.count; i++) {
        if (key_view_parent(&views.items[i]) == whole && key_view_is_incomplete(&views.items[i]))
            return true;
    }
    return false;
}

static void set_incomplete(Descent *d, Part whole, bool incomplete)
{
    bool index = whole.kind == PART_WHOLE;
    descent_set_flag(d, whole, index ? PROPERTY_INDEX_INCOMPLETE : PROPERTY_CONSTRAINT_INCOMPLETE, incomplete);
}

static void index_below(Descent *d, Part whole)
{
    KeyView view = key_view(d->schema, whole);
    bool incomplete = false;
    if (!table_is_partitioned(view.table))
        return;
    ObjectIds partitions = table_partitions(d->schema, view.table->object.id);
    for (size_t i = 0; i < partitions.count; i++) {
        ensure_index(d, whole, partitions.items[i], false);
        incomplete = incomplete || has_incomplete_part(d, partitions.items[i], key_view_id(&view));
    }
    if (incomplete)
        set_incomplete(d, whole, true);
}

static void ensure_indexes(Descent *d, ObjectId parent, ObjectId child)
{
    KeyViews views = key_views(d->schema, parent);
    for (size_t i = 0; i < views.count; i++)
        ensure_index(d, key_view_part(&views.items[i]), child, true);
}

/* A primary key makes the columns of children not null too. */
static void require_below(Descent *d, const Table *before, const Constraint *key)
{
    for (size_t i = 0; key->kind == CONSTRAINT_PRIMARY && i < key->columns.count; i++) {
        const ColumnInfo *column = table_column(before, key->columns.items[i]);
        Parts heirs = {0};
        if (column != NULL && !column->not_null.holds)
            heirs = column_heirs(d->schema, before->object.id, column->id);
        for (size_t j = 0; j < heirs.count; j++)
            descent_set(d, heirs.items[j], PROPERTY_COLUMN_NOT_NULL, (PropertyValue) {.not_null = {.holds = true}});
    }
}

/* ------------------------------------------------------------------ foreign keys of partitions */

static bool same_columns(ColumnIds a, ColumnIds b)
{
    return a.count == b.count && (a.count == 0 || memcmp(a.items, b.items, a.count * sizeof *a.items) == 0);
}

/* tryAttachPartitionForeignKey() in tablecmds.c. */
static const Constraint *find_foreign(const Table *child, const Constraint *wanted)
{
    for (size_t i = 0; i < child->constraints.count; i++) {
        const Constraint *own = child->constraints.items[i];
        bool fits = own->kind == CONSTRAINT_FOREIGN && own->parent == 0 && !own->not_valid &&
                    own->not_enforced == wanted->not_enforced &&
                    own->target == wanted->target && same_columns(own->columns, wanted->columns) &&
                    same_columns(own->target_columns, wanted->target_columns) && own->timing == wanted->timing &&
                    own->match_full == wanted->match_full && own->on_delete == wanted->on_delete &&
                    own->on_update == wanted->on_update;
        if (fits)
            return own;
    }
    return NULL;
}

Str descent_foreign_name(Descent *d, const Table *table, const Constraint *foreign, const Table *child)
{
    if (table_constraint_named(child, foreign->name) == NULL)
        return foreign->name;
    NameScope scope = {.schema = d->schema, .namespace = child->object.schema};
    StrList names = {0};
    for (size_t i = 0; i < foreign->columns.count; i++)
        list_push(d->schema->arena, &names, table_column(table, foreign->columns.items[i])->name);
    return name_choose_foreign(&scope, child->object.name, names);
}

static void foreign_below(Descent *d, ObjectId id, const Constraint *foreign);
static void drop_shadows_of(Descent *d, ObjectId id, ConstraintId foreign);

/* The partition gets a foreign key for its parent's, unless it has one that does. */
static void ensure_foreign(Descent *d, const Table *table, const Constraint *foreign, const Table *child)
{
    Constraint copy = *foreign;
    copy.columns = columns_for(d->schema, foreign->columns, table, child);
    copy.delete_columns = columns_for(d->schema, foreign->delete_columns, table, child);
    const Constraint *own = child->object.id == d->made ? NULL : find_foreign(child, &copy);
    if (own != NULL) {
        Part part = {child->object.id, PART_CONSTRAINT, own->id};
        descent_set(d, part, PROPERTY_CONSTRAINT_PARENT, (PropertyValue) {.object = foreign->id});
        descent_set_number(d, part, PROPERTY_CONSTRAINT_INHERITED, own->inherited + 1);
        descent_set_flag(d, part, PROPERTY_CONSTRAINT_NOT_LOCAL, true);
        drop_shadows_of(d, child->object.id, own->id);
        return;
    }
    copy.name = descent_foreign_name(d, table, foreign, child);
    copy.id = constraint_id(d, child, copy.name);
    copy.comment = (Str) {0};
    copy.parent = foreign->id;
    copy.inherited = 1;
    copy.not_local = true;
    add_constraint(d, child->object.id, &copy);
    foreign_below(d, child->object.id, &copy);
}

static void foreign_below(Descent *d, ObjectId id, const Constraint *foreign)
{
    if (!table_is_partitioned(relation(d, id)))
        return;
    ObjectIds partitions = table_partitions(d->schema, id);
    for (size_t i = 0; i < partitions.count; i++)
        ensure_foreign(d, relation(d, id), foreign, relation(d, partitions.items[i]));
}

static void ensure_foreigns(Descent *d, ObjectId parent, ObjectId child)
{
    const Table *table = relation(d, parent);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *foreign = table->constraints.items[i];
        if (foreign->kind == CONSTRAINT_FOREIGN && !constraint_is_shadow(table, foreign))
            ensure_foreign(d, table, foreign, relation(d, child));
    }
}

/* ------------------------------------------------------------------ foreign keys to partitions */

static void shadow_below(Descent *d, ObjectId id, const Constraint *foreign);

/* The partition's part of the key that the foreign key refers to. */
static void set_target_key(const Descent *d, const Constraint *foreign, const Table *partition, Constraint *shadow)
{
    uint32_t wanted = foreign->target_index != 0 ? foreign->target_index : foreign->target_key;
    KeyViews views = key_views(d->schema, partition->object.id);
    shadow->target_key = shadow->target_index = 0;
    for (size_t i = 0; i < views.count; i++) {
        const KeyView *view = &views.items[i];
        if (view->constraint != NULL && view->constraint->parent == wanted)
            shadow->target_key = view->constraint->id;
        else if (view->index != NULL && view->index->parent == wanted)
            shadow->target_index = view->index->object.id;
    }
}

/* Until 17 after the columns, from 18 on after the foreign key that it is made for (addFkConstraint in tablecmds.c). */
Str descent_shadow_name(Descent *d, const Table *table, const Constraint *foreign)
{
    NameScope scope = {.schema = d->schema, .namespace = table->object.schema};
    StrList names = {0};
    while (constraint_is_shadow(table, foreign))
        foreign = table_constraint(table, foreign->parent);
    if (d->schema->view.catalog->major >= SHADOWS_NAMED_SINCE)
        return name_choose_shadow(&scope, foreign->name);
    for (size_t i = 0; i < foreign->columns.count; i++)
        list_push(d->schema->arena, &names, table_column(table, foreign->columns.items[i])->name);
    return name_choose_foreign(&scope, table->object.name, names);
}

/* The referring table gets a foreign key for each partition (addFkRecurseReferenced in tablecmds.c). */
static void add_shadow(Descent *d, ObjectId id, const Constraint *foreign, ObjectId partition)
{
    const Table *table = relation(d, id), *target = relation(d, foreign->target);
    Constraint shadow = *foreign;
    shadow.name = descent_shadow_name(d, table, foreign);
    shadow.comment = (Str) {0};
    shadow.target = partition;
    shadow.parent = foreign->id;
    shadow.id = shadow_id(d, table, &shadow);
    shadow.target_columns = columns_for(d->schema, foreign->target_columns, target, relation(d, partition));
    set_target_key(d, foreign, relation(d, partition), &shadow);
    shadow.inherited = 1;
    shadow.not_local = true;
    add_constraint(d, id, &shadow);
    shadow_below(d, id, &shadow);
}

static void shadow_below(Descent *d, ObjectId id, const Constraint *foreign)
{
    if (!table_is_partitioned(relation(d, foreign->target)))
        return;
    ObjectIds partitions = table_partitions(d->schema, foreign->target);
    for (size_t i = 0; i < partitions.count; i++)
        add_shadow(d, id, foreign, partitions.items[i]);
}

static void drop_constraint(Descent *d, ObjectId table, ConstraintId constraint)
{
    descent_step(d, (Change) {.kind = CHANGE_DROP_CONSTRAINT, .drop_constraint = {table, constraint}});
}

/* Those of the table that were made beside the foreign key: where the parent has that, it has them, too. */
static void drop_shadows_of(Descent *d, ObjectId id, ConstraintId foreign)
{
    const Table *table = relation(d, id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *shadow = table->constraints.items[i];
        bool own = shadow->kind == CONSTRAINT_FOREIGN && shadow->parent == foreign;
        if (own && table_constraint(relation(d, id), shadow->id) != NULL)
            drop_constraint(d, id, shadow->id);
    }
}

/* Whether it is a partition's part of a foreign key to the same table. */
static bool is_clone(const Descent *d, const Table *table, const Constraint *foreign)
{
    Part above = foreign->parent == 0 ? (Part) {0} : key_part(d->schema, table->object.id, foreign->parent);
    const Constraint *whole = above.object == 0 ? NULL : object_constraint(d->schema, above.object, above.id);
    return whole != NULL && whole->target == foreign->target;
}

/* Foreign keys to the parent get one to its new partition. */
static void ensure_shadows(Descent *d, ObjectId parent, ObjectId child)
{
    ObjectIds users = object_users(d->schema, parent, OBJECT_TABLE);
    for (size_t i = 0; i < users.count; i++) {
        const Table *user = relation(d, users.items[i]);
        for (size_t j = 0; j < user->constraints.count; j++) {
            const Constraint *foreign = user->constraints.items[j];
            if (foreign->kind == CONSTRAINT_FOREIGN && foreign->target == parent && !is_clone(d, user, foreign))
                add_shadow(d, users.items[i], foreign, child);
        }
    }
}

/* ------------------------------------------------------------------ partitions that come and go */

/* What the parent has that is not a part of the table itself. Row triggers belong between indexes and foreign keys. */
static void join_partition(Descent *d, ObjectId parent, ObjectId child)
{
    ensure_indexes(d, parent, child);
    ensure_foreigns(d, parent, child);
    ensure_shadows(d, parent, child);
}

static void along_create(Descent *d)
{
    const Object *object = d->change->create.object;
    if (object->kind == OBJECT_INDEX && !((const Index *) object)->incomplete)
        index_below(d, (Part) {object->id, PART_WHOLE, 0});
    if (!object_is_table(object))
        return;
    const Table *table = (const Table *) object;
    d->made = object->id;
    if (table->bound != NULL)
        join_partition(d, table->parents.items[0], object->id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i]->kind == CONSTRAINT_FOREIGN)
            shadow_below(d, object->id, table->constraints.items[i]);
    }
}

/* Of a partition nothing is its own that its parent has. */
static void borrow_not_null(Descent *d, Part part)
{
    const Table *table = relation(d, part.object);
    const ColumnInfo *column = table_column(table, part.id);
    PropertyValue value = {.not_null = column->not_null};
    value.not_null.not_local = true;
    if (column->not_null.name.data != NULL && not_null_of_parents(d->schema, table, column->name, 0).holds)
        descent_set(d, part, PROPERTY_COLUMN_NOT_NULL, value);
}

static void share_identity(Descent *d, Part column, Identity identity)
{
    if (identity.kind != IDENTITY_NONE)
        descent_set(d, column, PROPERTY_COLUMN_IDENTITY, (PropertyValue) {.identity = identity});
}

/* Columns and checks of the child become one with the parent's of their names; a partition has none of its own
 * (MergeAttributesIntoExisting, MergeConstraintsIntoExisting in tablecmds.c). */
static void merge_with_parent(Descent *d, const Table *parent, const Table *child, bool partition)
{
    for (size_t i = 0; i < child->columns.count; i++) {
        const ColumnInfo *column = child->columns.items[i];
        Part part = {child->object.id, PART_COLUMN, column->id};
        const ColumnInfo *above = table_column_named(parent, column->name);
        if (above == NULL)
            continue;
        descent_set_number(d, part, PROPERTY_COLUMN_INHERITED, column->inherited + 1);
        share_identity(d, part, identity_below(d->schema, parent, &above->identity));
        if (partition) {
            descent_set_flag(d, part, PROPERTY_COLUMN_NOT_LOCAL, true);
            borrow_not_null(d, part);
        }
    }
    for (size_t i = 0; i < child->constraints.count; i++) {
        const Constraint *check = child->constraints.items[i];
        const Constraint *above = table_constraint_named(parent, check->name);
        if (check->kind == CONSTRAINT_CHECK && above != NULL && above->kind == CONSTRAINT_CHECK && !above->no_inherit)
            merge_check(d, child, check, partition);
    }
}

static void along_inherit(Descent *d)
{
    const InheritChange *inherit = &d->change->inherit;
    bool partition = inherit->bound != NULL;
    merge_with_parent(d, relation(d, inherit->parent), relation(d, inherit->table), partition);
    if (partition)
        join_partition(d, inherit->parent, inherit->table);
}

/* What no parent has any more is its own. */
static void release_not_null(Descent *d, Part part)
{
    const Table *table = relation(d, part.object);
    const ColumnInfo *column = table_column(table, part.id);
    PropertyValue value = {.not_null = column->not_null};
    value.not_null.not_local = false;
    if (column->not_null.not_local && !not_null_of_parents(d->schema, table, column->name, 0).holds)
        descent_set(d, part, PROPERTY_COLUMN_NOT_NULL, value);
}

static void release_column(Descent *d, ObjectId table, const ColumnInfo *column)
{
    Part part = {table, PART_COLUMN, column->id};
    release_not_null(d, part);
    descent_set_number(d, part, PROPERTY_COLUMN_INHERITED, column->inherited - 1);
    if (column->inherited == 1 && column->not_local)
        descent_set_flag(d, part, PROPERTY_COLUMN_NOT_LOCAL, false);
}

static void release_constraint(Descent *d, ObjectId table, const Constraint *constraint)
{
    Part part = {table, PART_CONSTRAINT, constraint->id};
    if (constraint->parent != 0)
        descent_set(d, part, PROPERTY_CONSTRAINT_PARENT, (PropertyValue) {0});
    if (constraint->inherited > 0)
        descent_set_number(d, part, PROPERTY_CONSTRAINT_INHERITED, constraint->inherited - 1);
    if (constraint->inherited == 1 && constraint->not_local)
        descent_set_flag(d, part, PROPERTY_CONSTRAINT_NOT_LOCAL, false);
}

static void release_indexes(Descent *d, ObjectId table)
{
    ObjectIds indexes = object_users(d->schema, table, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        if (schema_index(d->schema, indexes.items[i])->parent != 0)
            descent_set(d, (Part) {indexes.items[i], PART_WHOLE, 0}, PROPERTY_INDEX_PARENT, (PropertyValue) {0});
    }
}

/* Foreign keys to the former partition, which were made beside those to its parent, go. */
static void drop_shadows(Descent *d, ObjectId table)
{
    ObjectIds users = object_users(d->schema, table, OBJECT_TABLE);
    for (size_t i = 0; i < users.count; i++) {
        const Table *user = relation(d, users.items[i]);
        for (size_t j = 0; j < user->constraints.count; j++) {
            const Constraint *foreign = user->constraints.items[j];
            if (foreign->kind == CONSTRAINT_FOREIGN && foreign->target == table && constraint_is_shadow(user, foreign))
                drop_constraint(d, user->object.id, foreign->id);
        }
    }
}

/* A partition's own partitions lose its parent's identities with it. */
static void release_identity(Descent *d, ObjectId table, const ColumnInfo *column)
{
    Parts heirs = column_heirs(d->schema, table, column->id);
    if (column->identity.kind == IDENTITY_NONE || identity_has_sequence(&column->identity))
        return;
    list_push(d->schema->arena, &heirs, (Part) {table, PART_COLUMN, column->id});
    for (size_t i = 0; i < heirs.count; i++)
        descent_set(d, heirs.items[i], PROPERTY_COLUMN_IDENTITY, (PropertyValue) {0});
}

static void along_disinherit(Descent *d, const Table *before)
{
    const Table *parent = relation(d, d->change->disinherit.parent);
    ObjectId id = before->object.id;
    for (size_t i = 0; i < before->columns.count; i++) {
        if (table_column_named(parent, before->columns.items[i]->name) == NULL)
            continue;
        release_column(d, id, before->columns.items[i]);
        release_identity(d, id, before->columns.items[i]);
    }
    for (size_t i = 0; i < before->constraints.count; i++) {
        const Constraint *constraint = before->constraints.items[i];
        const Constraint *above = table_constraint_named(parent, constraint->name);
        bool check = constraint->kind == CONSTRAINT_CHECK && constraint->inherited > 0 && above != NULL &&
                     above->kind == CONSTRAINT_CHECK && !above->no_inherit;
        bool key = before->bound != NULL && constraint->parent != 0 && !constraint_is_shadow(before, constraint);
        if (check || key)
            release_constraint(d, id, constraint);
        if (key && constraint->kind == CONSTRAINT_FOREIGN)
            shadow_below(d, id, table_constraint(relation(d, id), constraint->id));
    }
    if (before->bound == NULL)
        return;
    release_indexes(d, id);
    drop_shadows(d, id);
}

/* ------------------------------------------------------------------ drops on parents
 *
 * What children have only from the parent goes by itself (depend.c); the rest stays, inherited once less. */

/* A column or check of the name that the table has from parents; object == 0: none. */
static Part inherited_part(const Table *table, PartKind kind, Str name)
{
    const ColumnInfo *column = table_column_named(table, name);
    const Constraint *check = table_constraint_named(table, name);
    if (kind == PART_COLUMN && column != NULL)
        return (Part) {table->object.id, PART_COLUMN, column->id};
    if (kind == PART_CONSTRAINT && check != NULL && check->kind == CONSTRAINT_CHECK && check->inherited > 0)
        return (Part) {table->object.id, PART_CONSTRAINT, check->id};
    return (Part) {0};
}

/* How many of the table's parents lose it. */
static int32_t losing_parents(const Descent *d, const Table *table, PartKind kind, Str name, const ObjectIds *losing)
{
    int32_t count = 0;
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = relation(d, table->parents.items[i]);
        if (parent == NULL || !object_ids_contain(*losing, parent->object.id))
            continue;
        count += kind == PART_COLUMN ? table_column_named(parent, name) != NULL
                                     : table_constraint_named(parent, name) != NULL;
    }
    return count;
}

/* How it is held: by so many parents, and whether by no one else. */
typedef struct Holding {
    Property inherited, not_local;
    int32_t count;
    bool alone;
} Holding;

static Holding holding_of(const Descent *d, Part part)
{
    const Table *table = relation(d, part.object);
    if (part.kind == PART_COLUMN) {
        const ColumnInfo *column = table_column(table, part.id);
        return (Holding) {PROPERTY_COLUMN_INHERITED, PROPERTY_COLUMN_NOT_LOCAL, column->inherited, column->not_local};
    }
    const Constraint *check = table_constraint(table, part.id);
    return (Holding) {PROPERTY_CONSTRAINT_INHERITED, PROPERTY_CONSTRAINT_NOT_LOCAL, check->inherited, check->not_local};
}

/* What goes is left with one parent, which takes it along. What stays must not look like that before it is gone. */
static bool lose_part(Descent *d, Part part, int32_t lost, bool only)
{
    Holding held = holding_of(d, part);
    bool goes = !only && held.alone && held.count <= lost;
    SetChange fewer = {.object = part.object, .property = held.inherited, .part = part.id};
    fewer.value.number = held.count - lost;
    if (!goes)
        list_push(d->schema->arena, &d->later, (Change) {.kind = CHANGE_SET, .set = fewer});
    else if (held.count != 1)
        descent_set_number(d, part, held.inherited, 1);
    if (only && held.alone)
        descent_set_flag(d, part, held.not_local, false);
    return goes;
}

static void along_drop(Descent *d, ObjectId id, PartKind kind, Str name)
{
    ObjectIds losing = {0}, descendants = table_descendants(d->schema, id);
    list_push(d->schema->arena, &losing, id);
    for (size_t i = 0; i < descendants.count; i++) {
        const Table *table = relation(d, descendants.items[i]);
        Part part = inherited_part(table, kind, name);
        int32_t lost = losing_parents(d, table, kind, name, &losing);
        if (part.object != 0 && lost > 0 && lose_part(d, part, lost, d->change->only))
            list_push(d->schema->arena, &losing, table->object.id);
    }
}

/* ------------------------------------------------------------------ properties */

static bool descends(Property property)
{
    return property == PROPERTY_COLUMN_NAME || property == PROPERTY_COLUMN_DEFAULT ||
           property == PROPERTY_COLUMN_NOT_NULL || property == PROPERTY_COLUMN_STATISTICS ||
           property == PROPERTY_COLUMN_STORAGE || property == PROPERTY_CONSTRAINT_VALIDITY ||
           property == PROPERTY_CONSTRAINT_TIMING || property == PROPERTY_CONSTRAINT_ENFORCEMENT;
}

/* Before 18 a foreign key is validated without those that the server made beside it (ATExecValidateConstraint in
 * tablecmds.c). */
static Parts without_shadows(const Schema *schema, const Table *table, Parts heirs)
{
    Parts others = {0};
    for (size_t i = 0; i < heirs.count; i++) {
        Part heir = heirs.items[i];
        bool own = heir.object == table->object.id;
        if (!own || !constraint_is_shadow(table, table_constraint(table, heir.id)))
            list_push(schema->arena, &others, heir);
    }
    return others;
}

Parts property_heirs(const Schema *schema, const SetChange *change)
{
    const Table *table = schema_relation(schema, change->object);
    Parts none = {0};
    if (table == NULL || (!property_is_of_column(change->property) && !property_is_of_constraint(change->property)))
        return none;
    if (change->property == PROPERTY_CONSTRAINT_NAME) {
        bool check = table_constraint(table, change->part)->kind == CONSTRAINT_CHECK;
        return check ? constraint_heirs(schema, change->object, change->part) : none;
    }
    bool shared = change->property == PROPERTY_COLUMN_IDENTITY && identity_is_shared(schema, table);
    if (!shared && !descends(change->property))
        return none;
    if (property_is_of_column(change->property))
        return column_heirs(schema, change->object, change->part);
    Parts heirs = constraint_heirs(schema, change->object, change->part);
    bool alone = change->property == PROPERTY_CONSTRAINT_VALIDITY && schema->view.catalog->major < 18;
    return alone ? without_shadows(schema, table, heirs) : heirs;
}

/* Written as a statement of its own, not as what follows from another one. */
static bool joins_index(const SetChange *change)
{
    return change->property == PROPERTY_INDEX_PARENT || change->property == PROPERTY_CONSTRAINT_PARENT;
}

static bool has_part_of(const Descent *d, ObjectId table, uint32_t whole)
{
    KeyViews views = key_views(d->schema, table);
    for (size_t i = 0; i < views.count; i++) {
        if (key_view_parent(&views.items[i]) == whole && !key_view_is_incomplete(&views.items[i]))
            return true;
    }
    return false;
}

/* An index that all partitions have now is complete, and so may be the one that it is a part of
 * (validatePartitionedIndex in tablecmds.c). */
static void complete_key(Descent *d, Part whole)
{
    KeyView view = whole.object == 0 ? (KeyView) {0} : key_view(d->schema, whole);
    if (view.table == NULL || !key_view_is_incomplete(&view))
        return;
    ObjectIds partitions = table_children(d->schema, view.table->object.id);
    for (size_t i = 0; i < partitions.count; i++) {
        if (!has_part_of(d, partitions.items[i], key_view_id(&view)))
            return;
    }
    uint32_t parent = key_view_parent(&view);
    set_incomplete(d, whole, false);
    if (parent != 0)
        complete_key(d, key_part(d->schema, view.table->object.id, parent));
}

/* `alter index … attach partition`. */
static void along_attach(Descent *d, const SetChange *change)
{
    Part whole = key_part(d->schema, change->object, change->value.object);
    if (change->property == PROPERTY_CONSTRAINT_PARENT && whole.kind == PART_CONSTRAINT) {
        Part part = {change->object, PART_CONSTRAINT, change->part};
        const Constraint *own = object_constraint(d->schema, part.object, part.id);
        descent_set_number(d, part, PROPERTY_CONSTRAINT_INHERITED, own->inherited + 1);
        descent_set_flag(d, part, PROPERTY_CONSTRAINT_NOT_LOCAL, true);
    }
    complete_key(d, whole);
}

/* The children of a table one of whose columns was given another constraint than the former one: it is handed down to
 * those that have none, goes where it is from nowhere else, and is renamed and validated with them (ATExecSetNotNull,
 * dropconstraint_internal, rename_constraint_internal in tablecmds.c). */
static void not_null_below_changed(Descent *d, Part above, const NotNull *former)
{
    ObjectIds children = table_children(d->schema, above.object);
    for (size_t i = 0; i < children.count; i++) {
        const ColumnInfo *now = table_column(relation(d, above.object), above.id);
        const Table *child = relation(d, children.items[i]);
        const ColumnInfo *own = table_column_named(child, now->name);
        NotNull given = not_null_below(&now->not_null), wanted = own->not_null;
        bool had = not_null_is_inheritable(former), ends = !now->not_null.holds;
        given.not_valid = now->not_null.not_valid;
        if (!own->not_null.holds)
            wanted = given;
        else if (had && ends && own->not_null.not_local)
            wanted = not_null_of_parents(d->schema, child, now->name, 0).holds ? wanted : (NotNull) {0};
        else if (had && given.holds && str_equal(own->not_null.name, former->name))
            wanted.name = given.name;
        wanted.not_valid = wanted.not_valid && !(given.holds && !given.not_valid);
        Part part = {child->object.id, PART_COLUMN, own->id};
        NotNull before = own->not_null;
        if (had && now->not_null.no_inherit)
            release_not_null(d, part);
        if (not_null_is_same(&wanted, &before))
            continue;
        descent_set(d, part, PROPERTY_COLUMN_NOT_NULL, (PropertyValue) {.not_null = wanted});
        not_null_below_changed(d, part, &before);
    }
}

static bool has_named_not_null(const SetChange *change, const Table *before)
{
    return change->property == PROPERTY_COLUMN_NOT_NULL &&
           (change->value.not_null.name.data != NULL ||
            table_column(before, change->part)->not_null.name.data != NULL);
}

/* Children that are left alone keep what they had from the table alone, as their own. */
static void along_only(Descent *d, const Table *before)
{
    const SetChange *change = &d->change->set;
    if (d->change->kind != CHANGE_SET || !has_named_not_null(change, before))
        return;
    Parts heirs = column_heirs(d->schema, change->object, change->part);
    for (size_t i = 0; i < heirs.count; i++)
        release_not_null(d, heirs.items[i]);
}

static void along_set(Descent *d, Parts heirs, const Table *before)
{
    const SetChange *change = &d->change->set;
    if (has_named_not_null(change, before)) {
        NotNull former = table_column(before, change->part)->not_null;
        not_null_below_changed(d, (Part) {change->object, PART_COLUMN, change->part}, &former);
        return;
    }
    if (joins_index(change))
        along_attach(d, change);
    for (size_t i = 0; i < heirs.count; i++) {
        PropertyValue value = change->value;
        if (change->property == PROPERTY_COLUMN_DEFAULT)
            value.expression = expression_for(d->schema, value.expression, relation(d, change->object),
                                              relation(d, heirs.items[i].object));
        if (change->property == PROPERTY_COLUMN_IDENTITY)
            value.identity = identity_below(d->schema, before, &value.identity);
        descent_set(d, heirs.items[i], change->property, value);
    }
}

/* The default of a child's column is converted by itself; whoever made the change has worked out what it then is. */
static const Expression *default_below(const Descent *d, Part heir)
{
    for (size_t i = 0; i < d->change->known.count; i++) {
        const SetTypeChange *known = &d->change->known.items[i].set_type;
        if (d->change->known.items[i].kind == CHANGE_SET_TYPE && known->table == heir.object &&
            known->column == heir.id)
            return known->expression;
    }
    return table_column(relation(d, heir.object), heir.id)->expression;
}

static void along_set_type(Descent *d)
{
    const SetTypeChange *change = &d->change->set_type;
    Parts heirs = column_heirs(d->schema, change->table, change->column);
    for (size_t i = 0; i < heirs.count; i++) {
        SetTypeChange below = {.table = heirs.items[i].object, .column = heirs.items[i].id, .type = change->type};
        below.expression = default_below(d, heirs.items[i]);
        descent_step(d, (Change) {.kind = CHANGE_SET_TYPE, .set_type = below});
    }
    remake_parts(d, change->table, change->column);
}

static void along_drop_expression(Descent *d)
{
    const DropExpressionChange *change = &d->change->drop_expression;
    Parts heirs = column_heirs(d->schema, change->table, change->column);
    for (size_t i = 0; i < heirs.count; i++) {
        DropExpressionChange below = {heirs.items[i].object, heirs.items[i].id};
        descent_step(d, (Change) {.kind = CHANGE_DROP_EXPRESSION, .drop_expression = below});
    }
}

/* ------------------------------------------------------------------ all kinds */

static void constraint_below(Descent *d, ObjectId id, const Constraint *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_PRIMARY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE: index_below(d, (Part) {id, PART_CONSTRAINT, constraint->id}); break;
    case CONSTRAINT_CHECK: add_check_below(d, id, constraint); break;
    case CONSTRAINT_FOREIGN:
        shadow_below(d, id, constraint);
        foreign_below(d, id, constraint);
        break;
    }
}

static void along_add_column(Descent *d)
{
    const AddColumnChange *add = &d->change->add_column;
    add_column_below(d, add->table, add->column);
    for (size_t i = 0; i < add->constraints.count; i++)
        constraint_below(d, add->table, add->constraints.items[i]);
}

static bool sets_base_type(const Schema *schema, const Change *change)
{
    return change->kind == CHANGE_SET && change->set.property == PROPERTY_ATTRIBUTES &&
           schema_base_type(schema, change->set.object) != NULL;
}

/* The operator whose links the change sets; 0: none. */
static ObjectId linked_operator(const Schema *schema, const Change *change)
{
    const Object *object = change->kind == CHANGE_CREATE    ? change->create.object
                           : change->kind == CHANGE_REPLACE ? change->replace.object
                                                            : NULL;
    if (change->kind == CHANGE_SET && change->set.property == PROPERTY_ATTRIBUTES)
        object = schema_object(schema, change->set.object);
    return object != NULL && object->kind == OBJECT_OPERATOR ? object->id : 0;
}

static void along_links(Descent *d, ObjectId operator, const char *key)
{
    ChangeList changes = operator_links_made(d->schema, operator, str_from(key));
    for (size_t i = 0; i < changes.count; i++)
        descent_step(d, changes.items[i]);
}

/* Before the change is applied: it would take the children's along. */
static void along_before(Descent *d)
{
    const Change *change = d->change;
    const DropColumnChange *column = &change->drop_column;
    const DropConstraintChange *drop = &change->drop_constraint;
    if (sets_base_type(d->schema, change))
        d->later = base_type_keep_storage(d->schema, &change->set);
    if (change->kind == CHANGE_DROP && schema_operator(d->schema, change->drop.object) != NULL)
        d->later = operator_links_gone(d->schema, change->drop.object);
    if (change->kind == CHANGE_DROP_COLUMN)
        along_drop(d, column->table, PART_COLUMN, table_column(relation(d, column->table), column->column)->name);
    if (change->kind != CHANGE_DROP_CONSTRAINT || relation(d, drop->table) == NULL)
        return;
    const Constraint *constraint = table_constraint(relation(d, drop->table), drop->constraint);
    if (constraint->kind == CONSTRAINT_CHECK && !constraint->no_inherit)
        along_drop(d, drop->table, PART_CONSTRAINT, constraint->name);
}

static void along_after(Descent *d, Parts heirs, const Table *before)
{
    const Change *change = d->change;
    ObjectId operator = linked_operator(d->schema, change);
    if (operator != 0) {
        along_links(d, operator, OPERATOR_COMMUTATOR);
        along_links(d, operator, OPERATOR_NEGATOR);
        return;
    }
    switch (change->kind) {
    case CHANGE_CREATE: along_create(d); break;
    case CHANGE_SET: along_set(d, heirs, before); break;
    case CHANGE_ADD_COLUMN: along_add_column(d); break;
    case CHANGE_SET_TYPE: along_set_type(d); break;
    case CHANGE_DROP_EXPRESSION: along_drop_expression(d); break;
    case CHANGE_ADD_CONSTRAINT:
        require_below(d, before, change->add_constraint.constraint);
        constraint_below(d, change->add_constraint.table, change->add_constraint.constraint);
        break;
    case CHANGE_ADOPT_INDEX: require_below(d, before, change->adopt_index.constraint); break;
    case CHANGE_INHERIT: along_inherit(d); break;
    case CHANGE_DISINHERIT: along_disinherit(d, before); break;
    case CHANGE_DROP:
    case CHANGE_REPLACE:
    case CHANGE_DROP_COLUMN:
    case CHANGE_DROP_CONSTRAINT:
    case CHANGE_RESTART:
    case CHANGE_BACKFILL:
    case CHANGE_REQUIRE:
    case CHANGE_CALL_NATIVE:
    case CHANGE_RUN_SQL: break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}

ObjectId change_relation(const Change *change)
{
    switch (change->kind) {
    case CHANGE_SET: return change->set.object;
    case CHANGE_ADD_COLUMN: return change->add_column.table;
    case CHANGE_DROP_COLUMN: return change->drop_column.table;
    case CHANGE_SET_TYPE: return change->set_type.table;
    case CHANGE_DROP_EXPRESSION: return change->drop_expression.table;
    case CHANGE_ADD_CONSTRAINT: return change->add_constraint.table;
    case CHANGE_DROP_CONSTRAINT: return change->drop_constraint.table;
    case CHANGE_INHERIT: return change->inherit.table;
    case CHANGE_DISINHERIT: return change->disinherit.table;
    case CHANGE_ADOPT_INDEX: return change->adopt_index.table;
    case CHANGE_CREATE:
    case CHANGE_DROP:
    case CHANGE_REPLACE:
    case CHANGE_RESTART:
    case CHANGE_BACKFILL:
    case CHANGE_REQUIRE:
    case CHANGE_CALL_NATIVE:
    case CHANGE_RUN_SQL:
    case CHANGE_KIND_COUNT: break;
    }
    return 0;
}

static bool refers_to_partitioned(const Schema *schema, const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_FOREIGN && table_is_partitioned(schema_relation(schema, constraint->target));
}

/* Whether anything can come along: most changes are to tables that have no relatives. */
static bool has_relatives(const Schema *schema, const Change *change, const Table *table)
{
    if (change->kind == CHANGE_CREATE && change->create.object->kind == OBJECT_INDEX)
        return table_is_partitioned(schema_relation(schema, ((const Index *) change->create.object)->table));
    if (change->kind == CHANGE_CREATE && object_is_table(change->create.object))
        return true;
    if (change->kind == CHANGE_INHERIT || change->kind == CHANGE_DISINHERIT)
        return true;
    if (change->kind == CHANGE_SET && (joins_index(&change->set) || sets_base_type(schema, change)))
        return true;
    if (linked_operator(schema, change) != 0 ||
        (change->kind == CHANGE_DROP && schema_operator(schema, change->drop.object) != NULL))
        return true;
    if (change->kind == CHANGE_ADD_CONSTRAINT && refers_to_partitioned(schema, change->add_constraint.constraint))
        return true;
    if (change->kind == CHANGE_SET && table != NULL && property_is_of_constraint(change->set.property) &&
        refers_to_partitioned(schema, table_constraint(table, change->set.part)))
        return true;
    if (change->kind == CHANGE_SET_TYPE &&
        parts_remade(schema, change->set_type.table, change->set_type.column).count > 0)
        return true;
    for (size_t i = 0; change->kind == CHANGE_ADD_COLUMN && i < change->add_column.constraints.count; i++) {
        if (refers_to_partitioned(schema, change->add_column.constraints.items[i]))
            return true;
    }
    return table != NULL && table_has_children(schema, table->object.id);
}

void change_complete(Schema *schema, Change *change)
{
    const Table *before = schema_relation(schema, change_relation(change));
    if (change->complete)
        return;
    Descent descent = {.schema = schema, .change = change};
    change->complete = true;
    if (!has_relatives(schema, change, before))
        return;
    size_t mark = schema_mark(schema);
    Parts heirs = {0};
    if (change->kind == CHANGE_SET)
        heirs = property_heirs(schema, &change->set);
    along_before(&descent);
    Change alone = *change;
    alone.along = (ChangeList) {0};
    change->before = change->along.count;
    change_apply(schema, &alone);
    for (size_t i = 0; i < descent.later.count; i++)
        descent_step(&descent, descent.later.items[i]);
    if (change->only)
        along_only(&descent, before);
    else
        along_after(&descent, heirs, before);
    schema_rollback(schema, mark);
}
