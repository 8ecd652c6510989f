#include "list.h"

void *list_reserve(Arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = arena_alloc_array(arena, *capacity, size);
    if (count > 0)
        memcpy(moved, items, count * size);
    return moved;
}
