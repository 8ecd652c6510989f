/* What depends on what is asked of depend.h, kind by kind of no concern here. */
#include "pieces.h"

#include "base_type.h"
#include "bug.h"
#include "child.h"
#include "compare.h"
#include "key.h"
#include "names.h"
#include "sql_text.h"
#include "validity.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Collector {
    const Schema *schema;
    Arena *arena;
    Dependencies all;
} Collector;

/* An operator that is only linked with need not be there, but the schema that it is to be in. */
static void collect(void *context, const Dependency *dependency)
{
    Collector *c = context;
    Dependency found = *dependency;
    const Object *linked = found.kind == DEPEND_LINK ? schema_object(c->schema, found.referenced.object) : NULL;
    if (linked != NULL && linked->kind == OBJECT_OPERATOR)
        found.referenced = (Part) {linked->schema, PART_WHOLE, 0};
    list_push(c->arena, &c->all, found);
}

static Dependencies dependencies_of(const Schema *schema, const Object *object)
{
    Collector collector = {.schema = schema, .arena = schema->arena};
    object_each_dependency(schema, object, collect, &collector);
    return collector.all;
}

/* ------------------------------------------------------------------ what has to wait */

/* Foreign keys refer to other tables, or to keys that are made later; CREATE TABLE takes nothing as not valid. A key
 * that is not complete would be, if it were there before the partitions. */
static bool always_waits(const Schema *schema, const Table *table, const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_FOREIGN || constraint->not_valid ||
           key_comes_late(schema, table, constraint);
}

/* A check that is not valid is handed down by the parent, which is given it when its children are there; theirs is
 * valid only if it is validated. */
static bool is_handed_down(const Schema *schema, const Table *table, const Constraint *constraint)
{
    return child_is_born(schema, table) && check_is_doubtful_above(schema, table, constraint);
}

/* What another table's brings along. */
static bool comes_along(const Schema *schema, const Table *table, const Constraint *constraint)
{
    bool inherited = constraint->kind == CONSTRAINT_CHECK && constraint->not_local;
    return constraint_is_shadow(table, constraint) || constraint_is_clone(constraint) ||
           (inherited && child_is_born(schema, table));
}

static Object *without_waiting(const Schema *schema, ObjectId id)
{
    Object *object = object_without_late(schema, id);
    Table *table = object_is_relation(object) ? (Table *) object : NULL;
    const Table *whole = schema_relation(schema, id);
    if (object->kind == OBJECT_INDEX)
        ((Index *) object)->parent = 0;
    if (table != NULL && table->parents.count > 0)
        child_make(schema, table, child_is_born(schema, whole));
    for (size_t i = table == NULL ? 0 : table->constraints.count; i > 0; i--) {
        if (always_waits(schema, whole, table->constraints.items[i - 1]) ||
            is_handed_down(schema, whole, table->constraints.items[i - 1]))
            list_remove(&table->constraints, i - 1);
    }
    return object;
}

/* Whether making the one takes the other, by however many steps. */
static bool takes(const Schema *schema, ObjectId id, ObjectId other, ObjectIds *seen)
{
    if (id == other)
        return true;
    if (schema_object(schema, id) == NULL || object_ids_contain(*seen, id))
        return false;
    list_push(schema->arena, seen, id);
    Dependencies all = dependencies_of(schema, without_waiting(schema, id));
    for (size_t i = 0; i < all.count; i++) {
        ObjectId next = all.items[i].referenced.object;
        if (next != id && takes(schema, next, other, seen))
            return true;
    }
    return false;
}

/* An expression of the table that names something which cannot be made without the table. */
static bool closes_circle(const Schema *schema, ObjectId table, const Expression *expression)
{
    ObjectIds seen = {0};
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++) {
        ObjectId used = expression->uses.items[i].object;
        if (used != 0 && takes(schema, used, table, &seen))
            return true;
    }
    return false;
}

static bool constraint_waits(const Schema *schema, const Table *table, const Constraint *constraint)
{
    return always_waits(schema, table, constraint) || key_waits(schema, table, constraint) ||
           closes_circle(schema, table->object.id, constraint->expression);
}

static bool default_waits(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    return !column->generated && closes_circle(schema, table->object.id, column->expression);
}

/* The object as it is created. */
static Object *created_first(const Schema *schema, ObjectId id)
{
    const Table *whole = schema_relation(schema, id);
    Object *object = without_waiting(schema, id);
    if (whole == NULL)
        return object;
    Table *table = (Table *) object;
    for (size_t i = table->constraints.count; i > 0; i--) {
        if (constraint_waits(schema, whole, table->constraints.items[i - 1]))
            list_remove(&table->constraints, i - 1);
    }
    for (size_t i = 0; i < table->columns.count; i++) {
        if (default_waits(schema, whole, table->columns.items[i]))
            column_edit(schema->arena, table, table->columns.items[i]->id)->expression = NULL;
    }
    return object;
}

/* ------------------------------------------------------------------ needs */

static bool same_part(Part a, Part b)
{
    return a.object == b.object && a.kind == b.kind && a.id == b.id;
}

/* The piece that makes a part that something depends on. */
static Part maker_of(const Schema *schema, Part part)
{
    const Table *table = schema_relation(schema, part.object);
    const Constraint *constraint =
        part.kind == PART_CONSTRAINT && table != NULL ? table_constraint(table, part.id) : NULL;
    bool apart = constraint != NULL && constraint_waits(schema, table, constraint);
    return apart || part.kind == PART_SHELL ? part : (Part) {part.object, PART_WHOLE, 0};
}

static void add_need(const Schema *schema, Piece *piece, Part referenced)
{
    Part need = maker_of(schema, referenced);
    if (need.object < schema->first || schema_object(schema, need.object) == NULL ||
        (piece->stage == STAGE_MAKE && same_part(need, piece->part)))
        return;
    for (size_t i = 0; i < piece->needs.count; i++) {
        if (same_part(piece->needs.items[i], need))
            return;
    }
    list_push(schema->arena, &piece->needs, need);
}

/* An equal key that is older is made first, so that the server goes on finding it first. */
static void add_older_keys(const Schema *schema, Piece *piece)
{
    Part part = piece->part;
    bool is_object = part.kind != PART_CONSTRAINT;
    const Constraint *constraint = is_object ? NULL : object_constraint(schema, part.object, part.id);
    if (schema_index(schema, part.object) == NULL && (constraint == NULL || !constraint_is_key(constraint)))
        return;
    Parts older = older_keys(schema, part);
    for (size_t i = 0; i < older.count; i++)
        add_need(schema, piece, older.items[i]);
}

/* Those of the dependencies that are of the piece's part, or of any where it makes the whole. */
static void add_needs(const Schema *schema, Piece *piece, const Object *object)
{
    Dependencies all = dependencies_of(schema, object);
    for (size_t i = 0; i < all.count; i++) {
        bool makes_whole = piece->part.kind == PART_WHOLE && piece->stage == STAGE_MAKE;
        if (makes_whole || same_part(all.items[i].dependent, piece->part))
            add_need(schema, piece, all.items[i].referenced);
    }
}

/* ------------------------------------------------------------------ pieces of an object */

static void add_piece(const Schema *schema, Pieces *pieces, Piece piece)
{
    if (piece.statements.count > 0)
        list_push(schema->arena, pieces, piece);
}

static void add_attributes(const Schema *schema, const Object *made, AttributeTime time, StrList *statements)
{
    ObjectId id = made->id;
    const Table *table = object_is_relation(made) ? (const Table *) made : NULL;
    attributes_sql(schema, (Part) {id, PART_WHOLE, 0}, time, statements);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++) {
        Part column = {id, PART_COLUMN, table->columns.items[i]->id};
        attributes_sql(schema, column, time, statements);
    }
    const ConstraintList *constraints = object_constraints(made);
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++) {
        Part constraint = {id, PART_CONSTRAINT, constraints->items[i]->id};
        attributes_sql(schema, constraint, time, statements);
    }
}

static void add_changes(const Schema *schema, ChangeList changes, Piece *piece)
{
    for (size_t i = 0; i < changes.count; i++)
        change_sql(schema, &changes.items[i], &piece->statements);
}

/* From what the server calls them when the table joins its parent. */
static void rename_clones(const Schema *schema, const Table *table, Piece *piece)
{
    Parts clones = table_clones(schema, table);
    for (size_t i = 0; i < clones.count; i++) {
        const Constraint *clone = table_constraint(table, clones.items[i].id);
        NameScope scope = {.schema = schema, .namespace = table->object.schema, .own = clone->name};
        Str name = name_choose_copy(&scope, table->object.name, clone), quoted = catalog_quote(schema->arena, name);
        Str wanted = catalog_quote(schema->arena, clone->name), relation = object_sql(schema, &table->object);
        if (!str_equal(name, clone->name))
            statement_add(schema, &piece->statements, "ALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s",
                          STR_ARG(relation), STR_ARG(quoted), STR_ARG(wanted));
    }
}

/* When all tables and indexes are there, children join their parents: those first that have joined theirs, for what
 * they got then goes down with the next that joins them. */
static void add_joins(const Schema *schema, const Table *table, Pieces *pieces)
{
    Piece piece = {.part = {table->object.id, PART_WHOLE, 0}, .stage = STAGE_JOIN};
    ChangeList joins = child_joins(schema, table);
    for (size_t i = 0; i < joins.count; i++) {
        change_sql(schema, &joins.items[i], &piece.statements);
        if (joins.items[i].kind == CHANGE_INHERIT)
            rename_clones(schema, table, &piece);
    }
    add_need(schema, &piece, piece.part);
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(schema, table->parents.items[i]);
        if (child_joins(schema, parent).count > 0)
            list_push(schema->arena, &piece.siblings, (Part) {parent->object.id, PART_WHOLE, 0});
    }
    add_piece(schema, pieces, piece);
}

/* What is made for the table alone, and then joined by what partitions have of it. */
static void add_lone_making(const Schema *schema, ChangeList changes, Piece *piece)
{
    add_changes(schema, changes, piece);
    for (size_t i = 0; i < changes.count; i++) {
        const SetChange *set = &changes.items[i].set;
        Part member = {set->object, set->part == 0 ? PART_WHOLE : PART_CONSTRAINT, set->part};
        if (changes.items[i].kind == CHANGE_SET)
            list_push(schema->arena, &piece->siblings, member);
    }
}

/* An index that is not complete is made for the table alone, when its partitions are there. */
static void add_incomplete(const Schema *schema, const Index *index, Pieces *pieces)
{
    Piece piece = {.part = {index->object.id, PART_WHOLE, 0}, .stage = STAGE_INCOMPLETE};
    add_lone_making(schema, index_creation(schema, index), &piece);
    add_attributes(schema, &index->object, ATTRIBUTES_AT_ONCE, &piece.statements);
    add_needs(schema, &piece, &index->object);
    add_piece(schema, pieces, piece);
}

static void add_shell(const Schema *schema, const Definition *type, Pieces *pieces)
{
    Piece piece = {.part = {type->object.id, PART_SHELL, 0}};
    Change change = {.kind = CHANGE_CREATE, .create = {&base_type_shell(schema->arena, type)->object}};
    change_sql(schema, &change, &piece.statements);
    add_need(schema, &piece, (Part) {type->object.schema, PART_WHOLE, 0});
    add_piece(schema, pieces, piece);
}

/* What a child has otherwise than its parents. Its defaults may need what theirs do not. */
static void add_child_settings(const Schema *schema, const Table *table, const Table *made, Piece *piece)
{
    ChangeList settings = child_settings(schema, table, made);
    for (size_t i = 0; i < settings.count; i++) {
        const SetChange *set = &settings.items[i].set;
        const Expression *value = set->property == PROPERTY_COLUMN_DEFAULT ? set->value.expression : NULL;
        if (value != NULL && default_waits(schema, table, table_column(table, set->part)))
            continue;
        change_sql(schema, &settings.items[i], &piece->statements);
        for (size_t j = 0; value != NULL && j < value->uses.count; j++) {
            if (value->uses.items[j].object != 0)
                add_need(schema, piece, (Part) {value->uses.items[j].object, PART_WHOLE, 0});
        }
    }
}

static void add_creation(const Schema *schema, ObjectId id, Pieces *pieces)
{
    Piece piece = {.part = {id, PART_WHOLE, 0}};
    const Definition *type = schema_base_type(schema, id);
    if (type != NULL && !type->base->shell) {
        add_shell(schema, type, pieces);
        add_need(schema, &piece, (Part) {id, PART_SHELL, 0});
    }
    const Object *made = created_first(schema, id);
    if (made->kind == OBJECT_DEFAULT_PRIVILEGES || made->kind == OBJECT_SERVER_PRIVILEGES ||
        made->kind == OBJECT_TRIGGER_STATE)
        piece.stage = STAGE_SETTING;
    Change change = {.kind = CHANGE_CREATE, .create = {made}};
    if (id >= schema->first)
        change_sql(schema, &change, &piece.statements);
    if (object_is_relation(made))
        add_child_settings(schema, schema_relation(schema, id), (const Table *) made, &piece);
    add_attributes(schema, made, ATTRIBUTES_AT_ONCE, &piece.statements);
    add_needs(schema, &piece, made);
    add_older_keys(schema, &piece);
    add_piece(schema, pieces, piece);
}

static void add_handed_down(const Schema *schema, Part part, Pieces *pieces)
{
    Piece piece = {.part = part, .stage = STAGE_JOIN};
    Parts checks = {0};
    list_push(schema->arena, &checks, part);
    add_changes(schema, check_settings(schema, checks), &piece);
    add_need(schema, &piece, (Part) {part.object, PART_WHOLE, 0});
    add_piece(schema, pieces, piece);
}

/* A check of a table that is not valid. */
static bool is_doubtful(const Object *object, ConstraintId id)
{
    const Constraint *check = object_is_relation(object) ? table_constraint((const Table *) object, id) : NULL;
    return check != NULL && check->kind == CONSTRAINT_CHECK && check->not_valid;
}

static void add_part(const Schema *schema, Part part, const Change *change, Pieces *pieces)
{
    Piece piece = {.part = part};
    if (part.kind == PART_CONSTRAINT && is_doubtful(schema_object(schema, part.object), part.id))
        piece.stage = STAGE_DOUBTFUL;
    change_sql(schema, change, &piece.statements);
    attributes_sql(schema, part, ATTRIBUTES_AT_ONCE, &piece.statements);
    add_need(schema, &piece, (Part) {part.object, PART_WHOLE, 0});
    add_needs(schema, &piece, schema_object(schema, part.object));
    add_older_keys(schema, &piece);
    add_piece(schema, pieces, piece);
}

static void add_incomplete_key(const Schema *schema, const Table *table, const Constraint *key, Pieces *pieces)
{
    Piece piece = {.part = {table->object.id, PART_CONSTRAINT, key->id}, .stage = STAGE_INCOMPLETE};
    add_lone_making(schema, constraint_creation(schema, table, key), &piece);
    attributes_sql(schema, piece.part, ATTRIBUTES_AT_ONCE, &piece.statements);
    add_need(schema, &piece, (Part) {table->object.id, PART_WHOLE, 0});
    add_needs(schema, &piece, &table->object);
    add_piece(schema, pieces, piece);
}

static void add_waiting(const Schema *schema, const Table *table, Pieces *pieces)
{
    ObjectId id = table->object.id;
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        SetChange set = {.object = id, .property = PROPERTY_COLUMN_DEFAULT, .part = column->id};
        set.value.expression = column->expression;
        Change change = {.kind = CHANGE_SET, .set = set};
        if (default_waits(schema, table, column))
            add_part(schema, (Part) {id, PART_DEFAULT, column->id}, &change, pieces);
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        Change change = {.kind = CHANGE_ADD_CONSTRAINT, .add_constraint = {id, constraint}};
        if (key_comes_late(schema, table, constraint))
            add_incomplete_key(schema, table, constraint, pieces);
        else if (is_handed_down(schema, table, constraint))
            add_handed_down(schema, (Part) {id, PART_CONSTRAINT, constraint->id}, pieces);
        else if (constraint_waits(schema, table, constraint) && !comes_along(schema, table, constraint))
            add_part(schema, (Part) {id, PART_CONSTRAINT, constraint->id}, &change, pieces);
    }
}

/* A sequence is given to a column once both have the same owner. */
static void add_settings(const Schema *schema, ObjectId id, Pieces *pieces)
{
    Piece piece = {.part = {id, PART_WHOLE, 0}, .stage = STAGE_SETTING};
    const Sequence *sequence = schema_sequence(schema, id);
    if (sequence != NULL && sequence->owner.table != 0)
        list_push(schema->arena, &piece.siblings, (Part) {sequence->owner.table, PART_WHOLE, 0});
    add_attributes(schema, schema_object(schema, id), ATTRIBUTES_LATE, &piece.statements);
    add_need(schema, &piece, piece.part);
    add_needs(schema, &piece, schema_object(schema, id));
    add_piece(schema, pieces, piece);
}

/* Default privileges come last, for what is made behind them would be given them: in its time it may not have been. */
void object_pieces(const Schema *schema, ObjectId id, Pieces *pieces)
{
    const Table *table = schema_relation(schema, id);
    if (schema_object(schema, id) == NULL)
        return;
    const Index *index = schema_index(schema, id);
    if (index != NULL && index->incomplete)
        add_incomplete(schema, index, pieces);
    else
        add_creation(schema, id, pieces);
    if (table != NULL) {
        add_waiting(schema, table, pieces);
        add_joins(schema, table, pieces);
    }
    add_settings(schema, id, pieces);
}

/* ------------------------------------------------------------------ order */

/* Constraints are counted together with objects, so that numbers tell what was created first. */
static uint32_t creation_of(const Piece *piece)
{
    return piece->part.kind == PART_CONSTRAINT ? piece->part.id : piece->part.object;
}

static int compare_pieces(const void *left, const void *right)
{
    const Piece *a = left, *b = right;
    uint32_t first = creation_of(a), second = creation_of(b);
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    if (first != second)
        return first < second ? -1 : 1;
    if (a->part.kind != b->part.kind)
        return a->part.kind < b->part.kind ? -1 : 1;
    return a->part.id < b->part.id ? -1 : a->part.id > b->part.id;
}

typedef struct Sorter {
    Arena *arena;
    Pieces unsorted, sorted;
    Map places;      /* stage and part → its place in `unsorted`, from 1 */
    bool *visited;   /* by place */
} Sorter;

enum { PART_KEY = 48 };

static Str part_key(char *buffer, PieceStage stage, Part part)
{
    int length = snprintf(buffer, PART_KEY, "%d.%u.%d.%u", (int) stage, (unsigned) part.object, (int) part.kind,
                          (unsigned) part.id);
    return (Str) {buffer, (size_t) length};
}

static void sort_piece(Sorter *s, size_t place);

static void sort_makers(Sorter *s, PieceStage stage, const PieceNeeds *needs)
{
    char buffer[PART_KEY];
    for (size_t i = 0; i < needs->count; i++) {
        uint64_t need = map_get(&s->places, part_key(buffer, stage, needs->items[i]));
        if (need != 0)
            sort_piece(s, need - 1);
    }
}

static void sort_piece(Sorter *s, size_t place)
{
    const Piece *piece = &s->unsorted.items[place];
    if (s->visited[place])
        return;
    s->visited[place] = true;
    sort_makers(s, STAGE_MAKE, &piece->needs);
    sort_makers(s, piece->stage, &piece->siblings);
    list_push(s->arena, &s->sorted, *piece);
}

Pieces schema_pieces(const Schema *schema)
{
    Sorter s = {.arena = schema->arena, .places = map_new(schema->arena)};
    char buffer[PART_KEY];
    for (ObjectId id = 1; id < schema->objects.count; id++)
        object_pieces(schema, id, &s.unsorted);
    if (s.unsorted.count > 1)
        qsort(s.unsorted.items, s.unsorted.count, sizeof *s.unsorted.items, compare_pieces);
    for (size_t i = 0; i < s.unsorted.count; i++) {
        const Piece *piece = &s.unsorted.items[i];
        if (piece->stage != STAGE_DOUBTFUL)
            map_set(&s.places, str_copy(s.arena, part_key(buffer, piece->stage, piece->part)), i + 1);
    }
    s.visited = arena_array(s.arena, bool, s.unsorted.count);
    for (size_t i = 0; i < s.unsorted.count; i++)
        sort_piece(&s, i);
    return s.sorted;
}

Str piece_title(const Schema *schema, const Piece *piece)
{
    const Table *table = schema_relation(schema, piece->part.object);
    Str owner = object_title(schema, schema_object(schema, piece->part.object));
    switch (piece->part.kind) {
    case PART_WHOLE: return owner;
    case PART_SHELL: return str_format(schema->arena, "the shell of %.*s", STR_ARG(owner));
    case PART_CONSTRAINT:
        return str_format(schema->arena, "constraint \"%.*s\" of %.*s",
                          STR_ARG(table_constraint(table, piece->part.id)->name), STR_ARG(owner));
    case PART_COLUMN:
    case PART_DEFAULT:
        return str_format(schema->arena, "the default of column \"%.*s\" of %.*s",
                          STR_ARG(table_column(table, piece->part.id)->name), STR_ARG(owner));
    }
    BUG("part kind %d", (int) piece->part.kind);
}
