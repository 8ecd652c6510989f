/* LIST(Type): a growing array in an arena.
 *
 *     LIST(Str) names = {0};
 *     list_push(arena, &names, STR("a"));
 *     for (size_t i = 0; i < names.count; i++) use(names.items[i]);
 *
 * list_push may move the items: keep indexes, not pointers, across a push. A copy of the struct shares the items; call
 * list_clone first to change one without the other.
 */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include "arena.h"

#include <string.h>

#define LIST(Type)       \
    struct {             \
        Type *items;     \
        size_t count;    \
        size_t capacity; \
    }

/* Returns an array of at least count + 1 items of the size; the items are copied when it had to move. */
void *list_reserve(Arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#define list_push(arena, list, ...)                                                                          \
    do {                                                                                                     \
        (list)->items = list_reserve((arena), (list)->items, (list)->count, &(list)->capacity,               \
                                     sizeof *(list)->items);                                                 \
        (list)->items[(list)->count++] = (__VA_ARGS__);                                                      \
    } while (0)

/* Gives the list items of its own. */
#define list_clone(arena, list)                                                                              \
    do {                                                                                                     \
        (list)->items = arena_copy((arena), (list)->items, (list)->count * sizeof *(list)->items);           \
        (list)->capacity = (list)->count;                                                                    \
    } while (0)

#define list_remove(list, index)                                                                             \
    do {                                                                                                     \
        memmove((list)->items + (index), (list)->items + (index) + 1,                                        \
                ((list)->count - (index) - 1) * sizeof *(list)->items);                                      \
        (list)->count--;                                                                                     \
    } while (0)

#define list_insert(arena, list, index, ...)                                                                 \
    do {                                                                                                     \
        size_t list_index = (index);                                                                         \
        (list)->items = list_reserve((arena), (list)->items, (list)->count, &(list)->capacity,               \
                                     sizeof *(list)->items);                                                 \
        memmove((list)->items + list_index + 1, (list)->items + list_index,                                  \
                ((list)->count - list_index) * sizeof *(list)->items);                                       \
        (list)->items[list_index] = (__VA_ARGS__);                                                           \
        (list)->count++;                                                                                     \
    } while (0)

#endif
