#include "file_name.h"

/* As in most file systems; the rest of the limit is for the stamp and the extension. The tracking table holds 255. */
enum { LONGEST_NAME = 200 };

static bool may_stand_in_name(char c)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* The character that begins the text, all of its bytes. */
static Str first_character(Str text)
{
    size_t length = 1;
    while (length < text.len && ((unsigned char) text.data[length] & 0xC0) == 0x80)
        length++;
    return str_slice(text, 0, length);
}

Str name_problem(Arena *arena, Str name)
{
    if (name.len == 0)
        return STR("the name is empty");
    if (name.len > LONGEST_NAME)
        return str_format(arena, "the name has %zu characters, more than %d", name.len, LONGEST_NAME);
    for (size_t i = 0; i < name.len; i++) {
        if (may_stand_in_name(name.data[i]))
            continue;
        Str found = first_character(str_slice(name, i, name.len));
        return str_format(arena, "\"%.*s\" cannot stand in the name of a migration", STR_ARG(found));
    }
    return (Str) {0};
}

Str name_mended(Arena *arena, Str name)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < name.len && text.len < LONGEST_NAME; i++) {
        char c = may_stand_in_name(name.data[i]) ? name.data[i] : '_';
        bool separates = c == '_' || c == '.';
        if (!separates || (text.len > 0 && text.data[text.len - 1] != '_'))
            text_add_char(&text, c);
    }
    while (text.len > 0 && text.data[text.len - 1] == '_')
        text.len--;
    return text_str(&text);
}

Str file_name_problem(Arena *arena, Str file_name)
{
    Str stem = str_slice(file_name, 0, file_name.len - strlen(".mig"));
    if (!stamp_stands_first(stem))
        return STR("the file's name does not begin with a stamp");
    Str problem = stamp_problem(arena, str_slice(stem, 0, STAMP_LENGTH));
    if (problem.data != NULL)
        return str_format(arena, "the stamp in the file's name is not a date and time: %.*s", STR_ARG(problem));
    if (stem.len < STAMP_LENGTH + 2 || stem.data[STAMP_LENGTH] != '_')
        return STR("the file's name has no `_name` behind the stamp");
    return name_problem(arena, str_slice(stem, STAMP_LENGTH + 1, stem.len));
}
