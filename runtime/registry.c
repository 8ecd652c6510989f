/* Open addressing in twice as many places as there can be names. */
#include "registry.h"

#include "memory.h"
#include "stem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BY_NAME, BY_STEM };

/* FNV-1a */
static size_t hash(const char *name, size_t length)
{
    uint64_t value = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        value = (value ^ (unsigned char) name[i]) * 1099511628211u;
    return (size_t) (value ^ (value >> 32));
}

/* Where the name is, or is to be put. */
static RegistryEntry *look_up(const Registry *registry, int by, const char *name, size_t length)
{
    RegistryEntry *entries = registry->entries[by];
    size_t place = hash(name, length) & (registry->room - 1);
    while (entries[place].name != NULL &&
           (entries[place].length != length || memcmp(entries[place].name, name, length) != 0))
        place = (place + 1) & (registry->room - 1);
    return &entries[place];
}

static void add(Registry *registry, int by, const char *name, size_t length, size_t migration)
{
    RegistryEntry *entry = look_up(registry, by, name, length);
    if (entry->name == NULL)
        *entry = (RegistryEntry) {.name = name, .length = length, .migration = migration};
}

static void add_replaced(Registry *registry, const char *name, size_t migration)
{
    RegistryEntry *entry = look_up(registry, BY_STEM, name, stem_length(name));
    if (entry->name == NULL)
        *entry = (RegistryEntry) {name, stem_length(name), migration, true};
}

static size_t names_of(const MigrateProject *project)
{
    size_t names = 2 * project->count;
    for (size_t i = 0; i < project->count; i++)
        names += project->migrations[i]->replaces_count;
    return names;
}

void registry_make(Registry *registry, const MigrateProject *project)
{
    *registry = (Registry) {.project = project, .room = 4};
    while (registry->room < 2 * names_of(project))
        registry->room *= 2;
    registry->entries[BY_NAME] = memory_take(registry->room, sizeof(RegistryEntry));
    registry->entries[BY_STEM] = memory_take(registry->room, sizeof(RegistryEntry));
    for (size_t i = 0; i < project->count; i++) {
        const Migration *migration = project->migrations[i];
        add(registry, BY_NAME, migration->stored, strlen(migration->stored), i);
        add(registry, BY_STEM, migration->name, stem_length(migration->name), i);
        add(registry, BY_STEM, migration->stored, stem_length(migration->stored), i);
    }
    for (size_t i = 0; i < project->count; i++) {
        for (size_t j = 0; j < project->migrations[i]->replaces_count; j++)
            add_replaced(registry, project->migrations[i]->replaces[j], i);
    }
}

void registry_clear(Registry *registry)
{
    free(registry->entries[BY_NAME]);
    free(registry->entries[BY_STEM]);
    *registry = (Registry) {0};
}

static const RegistryEntry *find_entry(const Registry *registry, const char *name)
{
    const RegistryEntry *entry = look_up(registry, BY_NAME, name, strlen(name));
    return entry->name != NULL ? entry : look_up(registry, BY_STEM, name, stem_length(name));
}

long registry_find(const Registry *registry, const char *name)
{
    const RegistryEntry *entry = find_entry(registry, name);
    return entry->name == NULL ? REGISTRY_NONE : (long) entry->migration;
}

bool registry_is_replaced(const Registry *registry, const char *name)
{
    return find_entry(registry, name)->replaced;
}
