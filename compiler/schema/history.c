#include "history.h"

Schema history_schema(Arena *arena, const History *history, size_t count)
{
    Schema schema = schema_new(arena, history->catalog, history->settings.schema);
    for (size_t i = 0; i < count; i++) {
        const ChangeList *up = &history->migrations.items[i].up;
        for (size_t j = 0; j < up->count; j++)
            change_apply(&schema, &up->items[j]);
    }
    return schema;
}

Str history_moment(Arena *arena, const History *history, size_t count)
{
    if (count == 0)
        return STR("before the first migration");
    return str_format(arena, "after migration %.*s", STR_ARG(history->migrations.items[count - 1].name));
}
