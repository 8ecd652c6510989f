#include "grade.h"

#include "bug.h"
#include "depend.h"
#include "inherit.h"
#include "sequence.h"

typedef struct Noter {
    const Schema *schema;
    uint32_t file;
    Span span;
    Losses *losses;
} Noter;

static void lose(Noter *n, ObjectId object, ColumnId column, Str what)
{
    list_push(n->schema->arena, n->losses, (Loss) {object, column, what, n->span});
}

static bool is_older(const Noter *n, Span created)
{
    return created.file != n->file;
}

/* A column that holds data of its own, and held it before the migration. */
static const ColumnInfo *older_column(const Noter *n, ObjectId id, ColumnId column)
{
    const Table *table = schema_relation(n->schema, id);
    const ColumnInfo *found = table == NULL || table->object.kind != OBJECT_TABLE ? NULL : table_column(table, column);
    bool older = found != NULL && is_older(n, table->object.created) && is_older(n, found->created);
    return older && !found->generated ? found : NULL;
}

/* ------------------------------------------------------------------ drops */

/* One that a column owns is a part of that. */
static void lose_sequence(Noter *n, const Sequence *sequence)
{
    SequenceOwner owner = sequence->owner;
    ObjectId holder = owner.table != 0 ? owner.table : sequence->object.id;
    Str name = sequence->object.name;
    if (is_older(n, sequence->object.created))
        lose(n, holder, owner.column, str_format(n->schema->arena, "the position of sequence \"%.*s\"", STR_ARG(name)));
}

/* Of a column that goes, which is lost itself. */
static bool goes_with_column(const Sequence *sequence, Part dropped)
{
    return dropped.kind == PART_COLUMN && sequence->owner.table == dropped.object &&
           sequence->owner.column == dropped.id;
}

/* A partitioned table holds nothing, nor does a foreign one; its partitions go with it, and are parts too. */
static void lose_part(Noter *n, Part part, Part dropped)
{
    const Object *object = schema_object(n->schema, part.object);
    const Sequence *sequence = schema_sequence(n->schema, part.object);
    const Table *table = schema_table(n->schema, part.object);
    if (part.kind == PART_COLUMN && older_column(n, part.object, part.id) != NULL)
        lose(n, part.object, part.id, part_description(n->schema, part));
    if (part.kind != PART_WHOLE)
        return;
    if (sequence != NULL && !goes_with_column(sequence, dropped))
        lose_sequence(n, sequence);
    else if (table != NULL && table->server == 0 && !table_is_partitioned(table) && is_older(n, object->created))
        lose(n, part.object, 0, part_description(n->schema, part));
}

static void note_drop(Noter *n, Part part)
{
    Parts parts = deletion_automatic(n->schema, part);
    for (size_t i = parts.count; i > 0; i--)
        lose_part(n, parts.items[i - 1], part);
}

/* ------------------------------------------------------------------ types */

static bool is_named(const CatalogType *type, const char *name)
{
    return type->extension.len == 0 && str_is(type->name, name);
}

/* Implicit casts that round: of what has more digits than a floating-point number. */
static bool rounds(const CatalogType *from, const CatalogType *to)
{
    if (is_named(to, "float4"))
        return !is_named(from, "int2");
    return is_named(to, "float8") && (is_named(from, "int8") || is_named(from, "numeric"));
}

/* numeric(p, s): as many digits before the point, and as many behind it. Everything else has one modifier, a length
 * or a number of digits. */
static bool modifiers_hold(const Type *from, const Type *to)
{
    if (to->modifiers.count == 0)
        return true;
    if (from->modifiers.count == 0)
        return false;
    int32_t before = from->modifiers.items[0], after = to->modifiers.items[0];
    int32_t behind = from->modifiers.count > 1 ? from->modifiers.items[1] : 0;
    int32_t behind_after = to->modifiers.count > 1 ? to->modifiers.items[1] : 0;
    return behind_after >= behind && after - behind_after >= before - behind;
}

/* Whether every value of the one has its own in the other, by the cast of an assignment. */
static bool holds_all_values(const Schema *schema, const Type *from, const Type *to)
{
    const CatalogType *a = from->catalog, *b = to->catalog;
    if (a == NULL || b == NULL)
        return false;
    if (a == b && from->array == to->array)
        return modifiers_hold(from, to);
    if (to->modifiers.count > 0)
        return false;
    if (!to->array && (is_named(b, "text") || is_named(b, "varchar")))
        return true;
    const CatalogCast *cast = catalog_cast(&schema->view, a, b);
    return from->array == to->array && cast != NULL && cast->context == CATALOG_IMPLICIT && !rounds(a, b);
}

static void note_type(Noter *n, const SetTypeChange *set)
{
    const ColumnInfo *column = older_column(n, set->table, set->column);
    if (column == NULL || (set->conversion == NULL && holds_all_values(n->schema, &column->type, &set->type)))
        return;
    Part part = {set->table, PART_COLUMN, set->column};
    lose(n, set->table, set->column,
         str_format(n->schema->arena, "the former values of %.*s", STR_ARG(part_description(n->schema, part))));
}

/* ------------------------------------------------------------------ values */

static void note_backfill(Noter *n, const BackfillChange *backfill)
{
    for (size_t i = 0; i < backfill->columns.count; i++) {
        Part part = {backfill->table, PART_COLUMN, backfill->columns.items[i]};
        if (older_column(n, part.object, part.id) != NULL)
            lose(n, part.object, part.id,
                 str_format(n->schema->arena, "the former values of %.*s", STR_ARG(part_description(n->schema, part))));
    }
}

/* ------------------------------------------------------------------ sequences */

static void lose_identity(Noter *n, ObjectId table, ColumnId column)
{
    const ColumnInfo *found = older_column(n, table, column);
    if (found == NULL || !identity_has_sequence(&found->identity))
        return;
    Str name = found->identity.sequence;
    lose(n, table, column, str_format(n->schema->arena, "the position of sequence \"%.*s\"", STR_ARG(name)));
}

static void lose_position(Noter *n, ObjectId object, ColumnId column)
{
    const Sequence *sequence = schema_sequence(n->schema, object);
    if (sequence != NULL)
        lose_sequence(n, sequence);
    else
        lose_identity(n, object, column);
}

static void note_set(Noter *n, const SetChange *set)
{
    bool drops_identity = set->property == PROPERTY_COLUMN_IDENTITY && set->value.identity.kind == IDENTITY_NONE;
    if (drops_identity || set->restart.wanted)
        lose_position(n, set->object, set->part);
}

/* ------------------------------------------------------------------ all kinds */

static void note_change(Noter *n, const Change *change)
{
    const DropColumnChange *column = &change->drop_column;
    switch (change->kind) {
    case CHANGE_DROP: note_drop(n, (Part) {change->drop.object, PART_WHOLE, 0}); break;
    case CHANGE_DROP_COLUMN: note_drop(n, (Part) {column->table, PART_COLUMN, column->column}); break;
    case CHANGE_SET: note_set(n, &change->set); break;
    case CHANGE_SET_TYPE: note_type(n, &change->set_type); break;
    case CHANGE_BACKFILL: note_backfill(n, &change->backfill); break;
    case CHANGE_RESTART: lose_position(n, change->restart.object, change->restart.column); break;
    case CHANGE_CREATE:
    case CHANGE_ADD_COLUMN:
    case CHANGE_DROP_EXPRESSION: /* its values stay */
    case CHANGE_ADD_CONSTRAINT:
    case CHANGE_DROP_CONSTRAINT:
    case CHANGE_ADOPT_INDEX:
    case CHANGE_INHERIT:
    case CHANGE_DISINHERIT:
    case CHANGE_REPLACE:
    case CHANGE_REQUIRE:
    case CHANGE_CALL_NATIVE:
    case CHANGE_RUN_SQL: break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}

void losses_note(const Schema *schema, const Change *change, uint32_t file, Losses *losses)
{
    Noter noter = {schema, file, change->span, losses};
    note_change(&noter, change);
    for (size_t i = 0; i < change->along.count; i++) {
        if (change->along.items[i].kind == CHANGE_SET_TYPE)
            note_change(&noter, &change->along.items[i]);
    }
}

/* ------------------------------------------------------------------ the whole */

static bool is_covered(const Losses *losses, size_t index)
{
    const Loss *loss = &losses->items[index];
    for (size_t i = 0; i < losses->count; i++) {
        const Loss *other = &losses->items[i];
        if (i < index && str_equal(other->what, loss->what))
            return true;
        if (loss->column != 0 && other->column == 0 && other->object == loss->object)
            return true;
    }
    return false;
}

Losses losses_sorted_out(Arena *arena, const Losses *losses)
{
    Losses result = {0};
    for (size_t i = 0; i < losses->count; i++) {
        if (!is_covered(losses, i))
            list_push(arena, &result, losses->items[i]);
    }
    return result;
}
