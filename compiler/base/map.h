/* Map: from Str to a 64-bit value (a number, an index, or a pointer through map_pointer).
 *
 * Keys are not copied: they must live as long as the map. A value of 0 means absent, and setting 0 removes.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "text.h"

typedef struct MapEntry {
    Str key;
    uint32_t hash;
    uint64_t value;
} MapEntry;

typedef struct Map {
    Arena *arena;
    MapEntry *entries;  /* open addressing; capacity is a power of two; a removed key stays with value 0 */
    size_t used;        /* entries with a key */
    size_t capacity;
} Map;

Map map_new(Arena *arena);
uint64_t map_get(const Map *map, Str key);
void map_set(Map *map, Str key, uint64_t value);

#define map_get_pointer(map, key) ((void *) (uintptr_t) map_get((map), (key)))
#define map_set_pointer(map, key, pointer) map_set((map), (key), (uint64_t) (uintptr_t) (pointer))

#endif
