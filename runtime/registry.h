/* registry.h: the compiled migrations by their names. */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "migrate.h"

typedef struct RegistryEntry {
    const char *name;      /* NULL: an empty place */
    size_t length;
    size_t migration;      /* its place in the project; of several with this name the first */
    bool replaced;         /* it is the name of one that the migration stands for */
} RegistryEntry;

typedef struct Registry {
    const MigrateProject *project;
    RegistryEntry *entries[2];  /* by whole stored names, by stems */
    size_t room;
} Registry;

enum { REGISTRY_NONE = -1 };

/* To be cleared. */
void registry_make(Registry *registry, const MigrateProject *project);
void registry_clear(Registry *registry);

/* The place of the migration that a row of this name stands for: the one that is stored so, else the first of the same
 * stem, else the one that replaces a migration of that stem. REGISTRY_NONE: there is none. */
long registry_find(const Registry *registry, const char *name);

/* Whether it was found as the name of a migration that is replaced. */
bool registry_is_replaced(const Registry *registry, const char *name);

#endif
