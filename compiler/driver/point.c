#include "point.h"

#include "suggest.h"

/* Its name, with or without the extension, or the stamp alone. */
static bool is_named(const MigrationInfo *migration, Str name)
{
    Str full = migration->name;
    bool extended = name.len == full.len + 4 && str_starts_with(name, full) && str_ends_with(name, STR(".mig"));
    bool stamp = name.len < full.len && str_starts_with(full, name) && full.data[name.len] == '_';
    return str_equal(name, full) || extended || stamp;
}

static bool refuse_unknown(Invocation *inv, const History *history, Str name)
{
    StrList known = {0};
    list_push(&inv->c->arena, &known, STR("empty"));
    list_push(&inv->c->arena, &known, STR("last"));
    for (size_t i = 0; i < history->migrations.count; i++)
        list_push(&inv->c->arena, &known, history->migrations.items[i].name);
    Str close = suggest(name, known);
    usage_error("there is no migration \"%.*s\"", STR_ARG(name));
    if (close.data != NULL)
        hint("did you mean `%.*s`?", STR_ARG(close));
    else
        hint("name one as its file is named; `empty` is before the first, `last` after the last");
    return false;
}

bool point_find(Invocation *inv, const History *history, Str name, size_t *count)
{
    *count = str_is(name, "last") ? history->migrations.count : 0;
    if (str_is(name, "last") || str_is(name, "empty"))
        return true;
    for (size_t i = 0; i < history->migrations.count; i++) {
        *count = i + 1;
        if (is_named(&history->migrations.items[i], name))
            return true;
    }
    return refuse_unknown(inv, history, name);
}
