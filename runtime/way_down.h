/* way_down.h: how a migration goes down: as it was compiled; or, where it was changed since it was applied, as the
 * journal has kept it. That is a text which people can read and type: SQL, with comments that tell the program where
 * each part begins and ends. */
#ifndef WAY_DOWN_H
#define WAY_DOWN_H

#include "migrate.h"

typedef struct StoredWay {
    bool reversible;
    char *reason;
    char **losses;
    size_t loss_count;
    MigrateStep *steps;  /* their texts are owned */
    size_t step_count;
} StoredWay;

typedef struct WayDown {
    bool reversible;
    const char *reason;            /* why it is not; may be NULL */
    const char *const *losses;
    size_t loss_count;
    const StoredWay *stored;       /* NULL: as compiled */
} WayDown;

/* For the journal; to be freed. */
char *way_down_write(const Migration *migration);

/* To be cleared. False: this is no text of way_down_write(). */
bool way_down_read(StoredWay *way, const char *text);

/* Gives the steps that call native functions those of the compiled migration. Where one is gone the way is none any
 * more, for a function has no text that could be kept. */
void stored_way_link(StoredWay *way, const Migration *migration);

void stored_way_clear(StoredWay *way);

/* `stored` may be NULL. */
WayDown way_down_of(const Migration *migration, const StoredWay *stored);

#endif
