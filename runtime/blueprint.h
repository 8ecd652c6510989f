/* blueprint.h: the schema as it should be behind a migration, put together from what each migration changed. Pure. */
#ifndef BLUEPRINT_H
#define BLUEPRINT_H

#include "migrate.h"

#include <stdio.h>

typedef struct Blueprint {
    const MigratePiece **pieces;      /* each behind those that it needs */
    size_t count;
    const MigratePiece **unfollowed;  /* what the compiler does not know the effect of */
    size_t unfollowed_count;
} Blueprint;

/* Of the first so many migrations; to be cleared. */
void blueprint_make(Blueprint *blueprint, const MigrateProject *project, size_t migrations);

void blueprint_clear(Blueprint *blueprint);

/* Whether the piece of that key is to be made before it. */
bool blueprint_needs(const MigratePiece *piece, const char *key);

/* What a name in a statement is of: a schema, or something that is in none. */
typedef enum BlueprintMark { BLUEPRINT_SCHEMA = 1, BLUEPRINT_THING = 2 } BlueprintMark;

/* Writes the name, which does not end with a zero byte, as the statement is to have it. */
typedef void BlueprintName(void *context, BlueprintMark mark, const char *name, size_t length, FILE *out);

/* Writes a statement of a piece, with its semicolon; `name` fills in the names. */
void blueprint_write(const char *sql, BlueprintName *name, void *context, FILE *out);

#endif
