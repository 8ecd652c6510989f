/* That a function is missing only the linker knows. It says so by the name of an object file that is gone by then, so
 * what it says is put in our words. */
#include "native.h"

static void collect(Arena *arena, StepList steps, StrList *natives)
{
    for (size_t i = 0; i < steps.count; i++) {
        Str name = steps.items[i].native;
        bool known = name.data == NULL;
        for (size_t j = 0; j < natives->count && !known; j++)
            known = str_equal(natives->items[j], name);
        if (!known)
            list_push(arena, natives, name);
    }
}

StrList natives_of(Arena *arena, const Plan *plan)
{
    StrList natives = {0};
    for (size_t i = 0; i < plan->migrations.count; i++) {
        collect(arena, plan->migrations.items[i].up, &natives);
        collect(arena, plan->migrations.items[i].down, &natives);
    }
    return natives;
}

static bool contains(Str text, Str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (str_equal(str_slice(text, i, i + part.len), part))
            return true;
    }
    return false;
}

/* In the words of GNU's linkers, and of lld. */
static bool is_undefined(Arena *arena, Str messages, Str name)
{
    return contains(messages, str_format(arena, "undefined reference to `%.*s'", STR_ARG(name))) ||
           contains(messages, str_format(arena, "undefined symbol: %.*s\n", STR_ARG(name)));
}

bool natives_missing(const Invocation *inv, StrList natives, Str messages)
{
    bool missing = false;
    for (size_t i = 0; i < natives.count; i++) {
        Str name = natives.items[i];
        if (!is_undefined(&inv->c->arena, messages, name))
            continue;
        environment_error("there is no C function \"%.*s\", which a migration calls", STR_ARG(name));
        missing = true;
    }
    if (missing && inv->repeated[OPTION_WITH].count == 0)
        hint("name the file that has it: --with FILE.c");
    else if (missing)
        hint("none of the files of --with has one of that name that is not static");
    return missing;
}
