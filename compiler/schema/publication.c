#include "publication.h"

#include "definition.h"

void publication_bind(Arena *arena, Definition *part, ObjectId publication)
{
    Expression *text = arena_copy(arena, part->text, sizeof *text);
    list_clone(arena, &text->uses);
    list_insert(arena, &text->uses, 0, (Use) {.object = publication, .form = USE_HIDDEN});
    part->text = text;
    part->variant = str_format(arena, "%u", (unsigned) publication);
}

ObjectId publication_of(const Definition *part)
{
    return part->text->uses.items[0].object;
}

ObjectIds publication_parts(const Schema *schema, ObjectId publication)
{
    return object_users(schema, publication, OBJECT_PUBLICATION_TABLE);
}

bool publication_has_condition(const Definition *part)
{
    return attribute_clause(part->attributes, STR("where")) != NULL;
}

/* They are uses of its text, which names nothing else of the table. */
bool publication_has_columns(const Definition *part)
{
    for (size_t i = 0; i < part->text->uses.count; i++) {
        if (part->text->uses.items[i].part != 0)
            return true;
    }
    return false;
}

static bool same_shape(const Expression *a, const Expression *b)
{
    return a == NULL || b == NULL ? a == b : str_equal(a->shape, b->shape);
}

bool publication_same_part(const Definition *a, const Definition *b)
{
    return same_shape(a->text, b->text) && same_shape(attribute_clause(a->attributes, STR("where")),
                                                      attribute_clause(b->attributes, STR("where")));
}

/* `SET (publish = 'insert, delete')` */
static bool names_action(Str clause, Str action)
{
    for (size_t i = 0; i + action.len <= clause.len; i++) {
        if (str_equal(str_slice(clause, i, i + action.len), action))
            return true;
    }
    return false;
}

static bool publishes_table(const Schema *schema, const Definition *publication, const Table *table)
{
    if (str_ends_with(publication->text->sql, STR(publication_all)))
        return true;
    ObjectIds parts = publication_parts(schema, publication->object.id);
    for (size_t i = 0; i < parts.count; i++) {
        ObjectId of = schema_definition(schema, parts.items[i])->of;
        if (of == table->object.id || of == table->object.schema)
            return true;
    }
    return false;
}

const Definition *publication_of_action(const Schema *schema, const Table *table, Str action)
{
    for (size_t i = 1; i < schema->objects.count && !table->unlogged; i++) {
        const Object *object = schema->objects.items[i];
        if (object == NULL || object->kind != OBJECT_PUBLICATION)
            continue;
        const Definition *publication = (const Definition *) object;
        const Expression *published = attribute_clause(publication->attributes, STR("parameter publish"));
        bool told = published == NULL || names_action(published->sql, action);
        if (told && publishes_table(schema, publication, table))
            return publication;
    }
    return NULL;
}
