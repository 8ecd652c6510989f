#include "made_text.h"

MadeText made_text(Arena *arena)
{
    return (MadeText) {arena, arena_new(arena, Expression), text_new(arena), text_new(arena)};
}

void made_str(MadeText *text, Str words)
{
    text_add(&text->sql, words);
    text_add(&text->shape, words);
}

void made_words(MadeText *text, const char *words)
{
    made_str(text, str_from(words));
}

static void add_hole(MadeText *text, Use use)
{
    use.offset = (uint32_t) text->sql.len;
    use.length = 1;
    list_push(text->arena, &text->expression->uses, use);
    text_add_char(&text->sql, 'x');
    text_addf(&text->shape, "\x01%u.%u\x02", (unsigned) use.object, (unsigned) use.part);
    text_add(&text->shape, use.kept);
}

void made_name(MadeText *text, ObjectId object, uint32_t part)
{
    add_hole(text, (Use) {.object = object, .part = part, .form = USE_NAME});
}

void made_member(MadeText *text, ObjectId extension, Str name)
{
    add_hole(text, (Use) {.object = extension, .form = USE_MEMBER, .kept = name});
}

const Expression *made_finish(MadeText *text)
{
    text->expression->sql = text_str(&text->sql);
    text->expression->shape = text_str(&text->shape);
    return text->expression;
}
