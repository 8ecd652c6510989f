/* Up goes in the order of the compiled table, down in the reverse order of application, which the rows' ids tell. As in
 * Knex a batch's number is the highest plus one going up, and the highest is what a result names going down, whatever
 * batch the migration itself was in. */
#include "selection.h"

#include "distance.h"
#include "memory.h"
#include "report.h"
#include "stem.h"

#include <stdlib.h>
#include <string.h>

static void begin(Selection *selection, const History *history, bool up)
{
    /* A migration stands at most once in a selection. */
    *selection = (Selection) {
        .up = up,
        .batch = history_batch(history) + up,
        .items = memory_take(history->project->count, sizeof(SelectionItem)),
    };
}

void selection_clear(Selection *selection)
{
    free(selection->items);
    *selection = (Selection) {0};
}

static void add(Selection *selection, const Migration *migration, const char *shown)
{
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].migration == migration)
            return;
    }
    selection->items[selection->count++] = (SelectionItem) {migration, shown};
}

const Migration *selection_find(const MigrateProject *project, const char *name)
{
    for (size_t i = 0; i < project->count; i++) {
        if (strcmp(project->migrations[i]->stored, name) == 0)
            return project->migrations[i];
    }
    for (size_t i = 0; i < project->count; i++) {
        if (stem_equal(project->migrations[i]->name, name))
            return project->migrations[i];
    }
    return NULL;
}

Outcome selection_unknown(const MigrateProject *project, const char *name)
{
    const char *nearest = NULL;
    size_t smallest = strlen(name) / 3 + 1;
    for (size_t i = 0; i < project->count; i++) {
        size_t distance = distance_between(project->migrations[i]->stored, name);
        size_t bare = distance_between(project->migrations[i]->name, name);
        distance = bare < distance ? bare : distance;
        if (distance <= smallest) {
            smallest = distance;
            nearest = project->migrations[i]->name;
        }
    }
    report_error("migration \"%s\" not found", name);
    if (nearest != NULL)
        report_help("did you mean \"%s\"?", nearest);
    else
        report_help("`migrate status` lists the migrations");
    return OUTCOME_USAGE;
}

Outcome selection_latest(Selection *selection, const History *history, const char *name)
{
    (void) name;
    begin(selection, history, true);
    for (size_t i = 0; i < history->project->count; i++) {
        const Migration *migration = history->project->migrations[i];
        if (!history_applied(history, migration))
            add(selection, migration, migration->stored);
    }
    return OUTCOME_DONE;
}

Outcome selection_up(Selection *selection, const History *history, const char *name)
{
    if (name == NULL) {
        selection_latest(selection, history, NULL);
        selection->count = selection->count > 0;
        return OUTCOME_DONE;
    }
    begin(selection, history, true);
    const Migration *migration = selection_find(history->project, name);
    if (migration == NULL)
        return selection_unknown(history->project, name);
    if (!history_applied(history, migration))
        add(selection, migration, migration->stored);
    return OUTCOME_DONE;
}

/* What is pending of the migrations up to the named one, with or without it. */
static Outcome select_until(Selection *selection, const History *history, const char *name, bool with)
{
    begin(selection, history, true);
    const Migration *last = selection_find(history->project, name);
    if (last == NULL)
        return selection_unknown(history->project, name);
    for (size_t i = 0; i < history->project->count; i++) {
        const Migration *migration = history->project->migrations[i];
        if ((migration != last || with) && !history_applied(history, migration))
            add(selection, migration, migration->stored);
        if (migration == last)
            break;
    }
    return OUTCOME_DONE;
}

Outcome selection_to(Selection *selection, const History *history, const char *name)
{
    return select_until(selection, history, name, true);
}

Outcome selection_before(Selection *selection, const History *history, const char *name)
{
    return select_until(selection, history, name, false);
}

/* NULL reasons happen: generated code need not give one. */
static Outcome check_reversible(const Selection *selection)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < selection->count; i++) {
        const Migration *migration = selection->items[i].migration;
        if (migration->down != NULL)
            continue;
        report_error("the migration \"%s\" is irreversible: %s", migration->stored,
                     migration->irreversible == NULL ? "it has no way down" : migration->irreversible);
        outcome = OUTCOME_REFUSED;
    }
    if (outcome != OUTCOME_DONE)
        report_help("nothing was rolled back; write a new migration that undoes what can be undone");
    return outcome;
}

/* Rows without a compiled migration are a conflict that has been reported before this. */
static void add_row(Selection *selection, const HistoryRow *row)
{
    if (row->migration != NULL)
        add(selection, row->migration, row->replaced ? row->migration->stored : row->name);
}

Outcome selection_rollback(Selection *selection, const History *history, const char *name)
{
    (void) name;
    begin(selection, history, false);
    for (size_t i = history->count; i > 0; i--) {
        const HistoryRow *row = &history->rows[i - 1];
        if (row->batch != NULL && history_row_batch(row) == selection->batch)
            add_row(selection, row);
    }
    return check_reversible(selection);
}

Outcome selection_rollback_all(Selection *selection, const History *history, const char *name)
{
    (void) name;
    begin(selection, history, false);
    for (size_t i = history->count; i > 0; i--)
        add_row(selection, &history->rows[i - 1]);
    return check_reversible(selection);
}

Outcome selection_down(Selection *selection, const History *history, const char *name)
{
    begin(selection, history, false);
    const Migration *migration = NULL;
    if (name != NULL && (migration = selection_find(history->project, name)) == NULL)
        return selection_unknown(history->project, name);
    for (size_t i = history->count; i > 0 && selection->count == 0; i--) {
        if (migration == NULL || history->rows[i - 1].migration == migration)
            add_row(selection, &history->rows[i - 1]);
    }
    if (migration != NULL && selection->count == 0) {
        report_error("migration \"%s\" was not run", name);
        report_help("`migrate status` lists what was");
        return OUTCOME_USAGE;
    }
    return check_reversible(selection);
}

static const Migration *last_applied(const History *history)
{
    for (size_t i = history->project->count; i > 0; i--) {
        if (history_applied(history, history->project->migrations[i - 1]))
            return history->project->migrations[i - 1];
    }
    return NULL;
}

void selection_warn(const Selection *selection, const History *history)
{
    const Migration *last = last_applied(history);
    if (!selection->up || last == NULL)
        return;
    for (size_t i = 0, place = 0; i < selection->count; i++) {
        while (history->project->migrations[place] != selection->items[i].migration &&
               history->project->migrations[place] != last)
            place++;
        if (history->project->migrations[place] == last)
            return;
        report_warning("\"%s\" is out of order: \"%s\" was applied before it", selection->items[i].shown, last->stored);
    }
}
