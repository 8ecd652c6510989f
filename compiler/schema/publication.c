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

static bool same_shape(const Expression *a, const Expression *b)
{
    return a == NULL || b == NULL ? a == b : str_equal(a->shape, b->shape);
}

bool publication_same_part(const Definition *a, const Definition *b)
{
    return same_shape(a->text, b->text) && same_shape(attribute_clause(a->attributes, STR("where")),
                                                      attribute_clause(b->attributes, STR("where")));
}
