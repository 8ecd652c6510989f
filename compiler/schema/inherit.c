/* Who inherits from whom, and what of it. What goes along with changes is in along.c. */
#include "inherit.h"

#include "bound.h"

#include <stdlib.h>

bool table_is_partitioned(const Table *table)
{
    return table != NULL && table->partition.strategy != PARTITION_NONE;
}

ObjectIds table_children(const Schema *schema, ObjectId id)
{
    ObjectIds children = {0}, users = object_users(schema, id, OBJECT_KIND_COUNT);
    for (size_t i = 0; i < users.count; i++) {
        const Table *user = schema_relation(schema, users.items[i]);
        if (user != NULL && object_ids_contain(user->parents, id))
            list_push(schema->arena, &children, user->object.id);
    }
    return children;
}

bool table_has_children(const Schema *schema, ObjectId id)
{
    return table_children(schema, id).count > 0;
}

/* By insertion, for there is no order with values that are not known. */
ObjectIds table_partitions(const Schema *schema, ObjectId id)
{
    ObjectIds sorted = {0}, children = table_children(schema, id);
    for (size_t i = 0; i < children.count; i++) {
        const Bound *bound = schema_relation(schema, children.items[i])->bound;
        size_t place = sorted.count;
        while (place > 0 && bound_is_before(bound, schema_relation(schema, sorted.items[place - 1])->bound))
            place--;
        list_insert(schema->arena, &sorted, place, children.items[i]);
    }
    return sorted;
}

ObjectIds table_descendants(const Schema *schema, ObjectId id)
{
    ObjectIds all = table_children(schema, id);
    for (size_t i = 0; i < all.count; i++) {
        ObjectIds children = table_children(schema, all.items[i]);
        for (size_t j = 0; j < children.count; j++) {
            if (!object_ids_contain(all, children.items[j]))
                list_push(schema->arena, &all, children.items[j]);
        }
    }
    return all;
}

/* ------------------------------------------------------------------ heirs */

Parts column_heirs(const Schema *schema, ObjectId id, ColumnId column)
{
    Parts heirs = {0};
    Str name = table_column(schema_relation(schema, id), column)->name;
    ObjectIds descendants = table_descendants(schema, id);
    for (size_t i = 0; i < descendants.count; i++) {
        const ColumnInfo *found = table_column_named(schema_relation(schema, descendants.items[i]), name);
        if (found != NULL && found->inherited > 0)
            list_push(schema->arena, &heirs, (Part) {descendants.items[i], PART_COLUMN, found->id});
    }
    return heirs;
}

static void add_check_heirs(const Schema *schema, ObjectId id, Str name, Parts *heirs)
{
    ObjectIds descendants = table_descendants(schema, id);
    for (size_t i = 0; i < descendants.count; i++) {
        const Constraint *found = table_constraint_named(schema_relation(schema, descendants.items[i]), name);
        if (found != NULL && found->kind == CONSTRAINT_CHECK && found->inherited > 0)
            list_push(schema->arena, heirs, (Part) {descendants.items[i], PART_CONSTRAINT, found->id});
    }
}

static void add_parts_of(const Schema *schema, ObjectId id, uint32_t parent, Parts *heirs)
{
    const Table *table = schema_relation(schema, id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i]->parent == parent)
            list_push(schema->arena, heirs, (Part) {id, PART_CONSTRAINT, table->constraints.items[i]->id});
    }
}

/* Keys and foreign keys know what they are a part of. */
static void add_key_heirs(const Schema *schema, Part key, Parts *heirs)
{
    size_t next = heirs->count;
    for (Part part = key;; part = heirs->items[next++]) {
        ObjectIds children = table_children(schema, part.object);
        add_parts_of(schema, part.object, part.id, heirs);
        for (size_t i = 0; i < children.count; i++)
            add_parts_of(schema, children.items[i], part.id, heirs);
        if (next == heirs->count)
            return;
    }
}

Parts constraint_heirs(const Schema *schema, ObjectId id, ConstraintId constraint)
{
    Parts heirs = {0};
    const Constraint *found = object_constraint(schema, id, constraint);
    if (found->kind != CONSTRAINT_CHECK)
        add_key_heirs(schema, (Part) {id, PART_CONSTRAINT, constraint}, &heirs);
    else if (!found->no_inherit)
        add_check_heirs(schema, id, found->name, &heirs);
    return heirs;
}

ObjectIds triggers_kept(const Schema *schema, ObjectId table)
{
    ObjectIds kept = {0};
    for (const Table *at = schema_relation(schema, table); at != NULL;
         at = at->bound != NULL ? schema_relation(schema, at->parents.items[0]) : NULL) {
        ObjectIds users = object_users(schema, at->object.id, OBJECT_TRIGGER);
        for (size_t i = 0; i < users.count; i++) {
            const Definition *trigger = schema_definition(schema, users.items[i]);
            if (trigger->of == at->object.id && trigger->each_row && trigger->from_other)
                list_push(schema->arena, &kept, users.items[i]);
        }
    }
    return kept;
}

/* ------------------------------------------------------------------ origins */

Part key_part(const Schema *schema, ObjectId holder, uint32_t parent)
{
    const Index *index = schema_index(schema, holder);
    const Table *table = schema_relation(schema, index != NULL ? index->table : holder);
    if (schema_object(schema, parent) != NULL)
        return (Part) {parent, PART_WHOLE, 0};
    if (table != NULL && table_constraint(table, parent) != NULL)
        return (Part) {table->object.id, PART_CONSTRAINT, parent};
    for (size_t i = 0; table != NULL && i < table->parents.count; i++) {
        const Table *above = schema_relation(schema, table->parents.items[i]);
        if (above != NULL && table_constraint(above, parent) != NULL)
            return (Part) {above->object.id, PART_CONSTRAINT, parent};
    }
    return (Part) {0};
}

bool constraint_is_shadow(const Table *table, const Constraint *constraint)
{
    return constraint->parent != 0 && table_constraint(table, constraint->parent) != NULL;
}

static Part column_above(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    for (size_t i = 0; column->inherited > 0 && column->not_local && i < table->parents.count; i++) {
        const Table *above = schema_relation(schema, table->parents.items[i]);
        const ColumnInfo *found = above == NULL ? NULL : table_column_named(above, column->name);
        if (found != NULL)
            return (Part) {above->object.id, PART_COLUMN, found->id};
    }
    return (Part) {0};
}

static Part constraint_above(const Schema *schema, const Table *table, const Constraint *constraint)
{
    if (constraint->parent != 0)
        return key_part(schema, table->object.id, constraint->parent);
    for (size_t i = 0; constraint->inherited > 0 && constraint->not_local && i < table->parents.count; i++) {
        const Table *above = schema_relation(schema, table->parents.items[i]);
        const Constraint *found = above == NULL ? NULL : table_constraint_named(above, constraint->name);
        if (found != NULL && found->kind == CONSTRAINT_CHECK)
            return (Part) {above->object.id, PART_CONSTRAINT, found->id};
    }
    return (Part) {0};
}

Part part_above(const Schema *schema, Part part)
{
    const Table *table = schema_relation(schema, part.object);
    const Index *index = schema_index(schema, part.object);
    switch (part.kind) {
    case PART_WHOLE:
        return index == NULL || index->parent == 0 ? (Part) {0} : key_part(schema, part.object, index->parent);
    case PART_COLUMN: return column_above(schema, table, table_column(table, part.id));
    case PART_CONSTRAINT: return constraint_above(schema, table, object_constraint(schema, part.object, part.id));
    case PART_SHELL:
    case PART_DEFAULT: break;
    }
    return (Part) {0};
}

Part part_origin(const Schema *schema, Part part)
{
    for (Part above = part_above(schema, part); above.object != 0; above = part_above(schema, above))
        part = above;
    return part;
}

ChangeList known_numbers(const Schema *schema, Parts parts)
{
    ChangeList known = {0};
    for (size_t i = 0; i < parts.count; i++) {
        Part part = parts.items[i];
        const Table *table = schema_relation(schema, part.object);
        Change change = {.kind = CHANGE_KIND_COUNT};
        if (part.kind == PART_COLUMN)
            change = (Change) {.kind = CHANGE_ADD_COLUMN,
                               .add_column = {.table = part.object, .column = table_column(table, part.id)}};
        if (part.kind == PART_CONSTRAINT)
            change = (Change) {.kind = CHANGE_ADD_CONSTRAINT,
                               .add_constraint = {part.object, object_constraint(schema, part.object, part.id)}};
        if (part.kind == PART_WHOLE && schema_index(schema, part.object) != NULL)
            change = (Change) {.kind = CHANGE_CREATE, .create = {schema_object(schema, part.object)}};
        if (change.kind != CHANGE_KIND_COUNT)
            list_push(schema->arena, &known, change);
    }
    return known;
}

/* ------------------------------------------------------------------ expressions of other relations */

static ColumnId column_for(const Table *from, const Table *to, ColumnId column)
{
    const ColumnInfo *own = table_column(from, column);
    const ColumnInfo *other = own == NULL ? NULL : table_column_named(to, own->name);
    return other == NULL ? column : other->id;
}

/* From one relation's columns to another's of the same names, where an expression names the relation by `old`. */
typedef struct Move {
    const Table *from, *to;
    ObjectId old, new;
} Move;

/* A use in a shape is \x01, object . part, \x02. */
static Str moved_shape(const Schema *schema, Str shape, const Move *move)
{
    Text text = text_new(schema->arena);
    for (size_t at = 0; at < shape.len; at++) {
        char *end = NULL;
        bool use = shape.data[at] == '\x01';
        ObjectId object = use ? (ObjectId) strtoul(shape.data + at + 1, &end, 10) : 0;
        if (!use || object != move->old) {
            text_add_char(&text, shape.data[at]);
            continue;
        }
        ColumnId column = (ColumnId) strtoul(end + 1, &end, 10);
        text_addf(&text, "\x01%u.%u\x02", (unsigned) move->new,
                  (unsigned) (column == 0 ? 0 : column_for(move->from, move->to, column)));
        at = (size_t) (end - shape.data);
    }
    return text_str(&text);
}

static const Expression *moved(const Schema *schema, const Expression *expression, const Move *move)
{
    Expression *copy = arena_copy(schema->arena, expression, sizeof *expression);
    list_clone(schema->arena, &copy->uses);
    for (size_t i = 0; i < copy->uses.count; i++) {
        Use *use = &copy->uses.items[i];
        if (use->object != move->old)
            continue;
        use->object = move->new;
        use->part = use->part == 0 ? 0 : column_for(move->from, move->to, use->part);
    }
    copy->shape = moved_shape(schema, expression->shape, move);
    return copy;
}

const Expression *expression_for(const Schema *schema, const Expression *expression, const Table *from,
                                 const Table *to)
{
    bool moves = false;
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++)
        moves = moves || (expression->uses.items[i].object == 0 && expression->uses.items[i].part != 0);
    return moves ? moved(schema, expression, &(Move) {from, to, 0, 0}) : expression;
}

const Expression *default_of_parents(const Schema *schema, const Table *table, Str column)
{
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(schema, table->parents.items[i]);
        const ColumnInfo *above = table_column_named(parent, column);
        if (above != NULL && above->expression != NULL)
            return expression_for(schema, above->expression, parent, table);
    }
    return NULL;
}

const Expression *expression_about(const Schema *schema, const Expression *expression, const Table *from,
                                   const Table *to)
{
    return moved(schema, expression, &(Move) {from, to, from->object.id, to->object.id});
}

bool check_is_same(const Schema *schema, const Table *a, const Constraint *check, const Table *b,
                   const Constraint *other)
{
    return str_equal(moved_shape(schema, check->expression->shape, &(Move) {a, b, 0, 0}), other->expression->shape);
}

/* ------------------------------------------------------------------ identities */

bool identity_is_shared(const Schema *schema, const Table *parent)
{
    enum { SHARED_SINCE = 17 };
    return table_is_partitioned(parent) && schema->view.catalog->major >= SHARED_SINCE;
}

Identity identity_below(const Schema *schema, const Table *parent, const Identity *identity)
{
    return (Identity) {.kind = identity_is_shared(schema, parent) ? identity->kind : IDENTITY_NONE};
}

/* MergeAttributesIntoExisting() in src/backend/commands/tablecmds.c goes one level down. */
bool identity_is_out_of_reach(const Schema *schema, const Table *parent, const Table *child)
{
    bool identity = false;
    for (size_t i = 0; i < parent->columns.count; i++)
        identity = identity || parent->columns.items[i]->identity.kind != IDENTITY_NONE;
    return identity && identity_is_shared(schema, parent) && table_is_partitioned(child) &&
           table_has_children(schema, child->object.id);
}

/* ------------------------------------------------------------------ partition keys */

const ColumnInfo *partition_key_missing(const Table *table, ColumnIds columns)
{
    for (size_t i = 0; i < table->partition.keys.count; i++) {
        ColumnId column = table->partition.keys.items[i].column;
        if (column != 0 && !column_ids_contain(columns, column))
            return table_column(table, column);
    }
    return NULL;
}

bool partition_key_has_expression(const Table *table)
{
    for (size_t i = 0; i < table->partition.keys.count; i++) {
        if (table->partition.keys.items[i].column == 0)
            return true;
    }
    return false;
}

bool partition_key_uses(const Table *table, ColumnId column)
{
    for (size_t i = 0; i < table->partition.keys.count; i++) {
        if (expression_uses_column(table->partition.keys.items[i].expression, column))
            return true;
    }
    return false;
}
