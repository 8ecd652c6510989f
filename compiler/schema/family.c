#include "family.h"

#include "definition.h"

ObjectId member_holder(const Schema *schema, const Definition *member)
{
    for (size_t i = 0; i < member->text->uses.count; i++) {
        const Use *use = &member->text->uses.items[i];
        const Object *object = schema_object(schema, use->object);
        bool holds = use->object == member->of || (object != NULL && object->kind == OBJECT_OPERATOR_CLASS);
        if (use->form == USE_HIDDEN && use->object != 0 && holds)
            return use->object;
    }
    return 0;
}

void member_hold(Arena *arena, Definition *member, ObjectId holder)
{
    Expression *text = arena_copy(arena, member->text, sizeof *text);
    list_clone(arena, &text->uses);
    list_insert(arena, &text->uses, 0, (Use) {.object = holder, .form = USE_HIDDEN});
    member->text = text;
}

Str member_family(const Schema *schema, const Definition *member)
{
    const Definition *family = schema_definition(schema, member->of);
    return family == NULL ? member->object.name : definition_identity(schema, family);
}

const Definition *family_class(const Schema *schema, ObjectId family, const Type *input)
{
    ObjectIds classes = object_users(schema, family, OBJECT_OPERATOR_CLASS);
    for (size_t i = 0; i < classes.count; i++) {
        const Definition *class = schema_definition(schema, classes.items[i]);
        if (type_equal(&class->input, input))
            return class;
    }
    return NULL;
}
