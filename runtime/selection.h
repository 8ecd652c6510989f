/* selection.h: what a verb would run, given the history. Pure: asks no server, changes nothing. */
#ifndef SELECTION_H
#define SELECTION_H

#include "history.h"

typedef struct SelectionItem {
    const Migration *migration;
    const char *shown;  /* the name in results: the row's own when going down, else the stored one */
} SelectionItem;

typedef struct Selection {
    bool up;
    long long batch;       /* that the result names */
    SelectionItem *items;  /* in the order of running */
    size_t count;
} Selection;

/* Each fills in a selection, to be cleared, and reports what it refuses. `name` may be NULL where it is optional. */
typedef Outcome SelectionFunction(Selection *selection, const History *history, const char *name);

Outcome selection_latest(Selection *selection, const History *history, const char *name);
Outcome selection_up(Selection *selection, const History *history, const char *name);
Outcome selection_to(Selection *selection, const History *history, const char *name);      /* and that one */
Outcome selection_before(Selection *selection, const History *history, const char *name);  /* without it */
Outcome selection_rollback(Selection *selection, const History *history, const char *name);
Outcome selection_rollback_all(Selection *selection, const History *history, const char *name);
Outcome selection_down(Selection *selection, const History *history, const char *name);

/* Warns of pending migrations that come before one that was applied. */
void selection_warn(const Selection *selection, const History *history);

/* The migration of that stored name, else of that stem; NULL: none. */
const Migration *selection_find(const MigrateProject *project, const char *name);

/* Reports that there is none. */
Outcome selection_unknown(const MigrateProject *project, const char *name);

void selection_clear(Selection *selection);

#endif
