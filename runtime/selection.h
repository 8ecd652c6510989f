/* selection.h: what a verb would run, given the history; and whether it may. Pure: asks no server, changes nothing. */
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
    long long former;      /* going down: the one that the first of them is in */
    SelectionItem *items;  /* in the order of running */
    size_t count;
} Selection;

/* What was asked for beside the verb. */
typedef struct Wish {
    const char *name;         /* of one migration; NULL where it may be left out, and is */
    const Selection *undone;  /* what the same run has rolled back before; NULL: nothing */
    bool strict;              /* nothing runs out of order */
    bool allow_missing;       /* rows of what was not compiled in do not matter */
    bool allow_lossy;         /* ways down may lose data */
} Wish;

/* Each fills in a selection, to be cleared, and reports what it cannot find. */
typedef Outcome SelectionFunction(Selection *selection, const History *history, const Wish *wish);

SelectionFunction selection_latest, selection_up;
SelectionFunction selection_to;            /* and that one */
SelectionFunction selection_before;        /* without it */
SelectionFunction selection_again;         /* what was undone, in its former batch */
SelectionFunction selection_down, selection_rollback, selection_rollback_all;
SelectionFunction selection_beyond;        /* what is applied and comes after that one */

/* Reports what the wish does not allow: what is irreversible, lossy, out of order. The stored ways down that are needed
 * have been read. */
Outcome selection_judge(const Selection *selection, const History *history, const Wish *wish);

/* Warns of pending migrations that come before one that was applied. */
void selection_warn(const Selection *selection, const History *history);

/* The applied migration before which it would run, too late; NULL: it is in order. */
const Migration *selection_overtaken(const History *history, const Migration *migration);

/* The migration of that stored name, else of that stem; NULL: none. */
const Migration *selection_find(const MigrateProject *project, const char *name);

/* Reports that there is none. */
Outcome selection_unknown(const MigrateProject *project, const char *name);

void selection_clear(Selection *selection);

#endif
