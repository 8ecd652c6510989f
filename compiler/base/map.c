#include "map.h"

Map map_new(Arena *arena)
{
    return (Map) {.arena = arena};
}

/* The entry that holds the key, or the free one where it would go. There is always a free one. */
static MapEntry *map_slot(const Map *map, Str key, uint32_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = hash & mask;
    while (map->entries[i].key.data != NULL) {
        if (map->entries[i].hash == hash && str_equal(map->entries[i].key, key))
            break;
        i = (i + 1) & mask;
    }
    return &map->entries[i];
}

static void map_grow(Map *map)
{
    Map larger = {.arena = map->arena, .capacity = map->capacity == 0 ? 16 : map->capacity * 2};
    larger.entries = arena_array(map->arena, MapEntry, larger.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        MapEntry entry = map->entries[i];
        if (entry.value == 0)
            continue;
        *map_slot(&larger, entry.key, entry.hash) = entry;
        larger.used++;
    }
    *map = larger;
}

uint64_t map_get(const Map *map, Str key)
{
    return map->capacity == 0 ? 0 : map_slot(map, key, str_hash(key))->value;
}

void map_set(Map *map, Str key, uint64_t value)
{
    if (key.data == NULL)
        key = STR("");
    if ((map->used + 1) * 4 > map->capacity * 3)
        map_grow(map);
    uint32_t hash = str_hash(key);
    MapEntry *entry = map_slot(map, key, hash);
    if (entry->key.data == NULL)
        map->used++;
    *entry = (MapEntry) {key, hash, value};
}
