#include "list.h"

#include <stdint.h>

/* The first items take some 64 bytes, and are one at least. */
static size_t first_capacity(size_t size)
{
    enum { BYTES = 64, MOST = 8 };
    size_t fit = BYTES / size;
    return fit < 1 ? 1 : fit > MOST ? MOST : fit;
}

void *list_reserve(Arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t larger = count == 0 ? first_capacity(size) : count * 2;
    if (larger > SIZE_MAX / size)
        return arena_alloc_array(arena, larger, size);
    *capacity = larger;
    return arena_resize(arena, items, count * size, larger * size);
}
