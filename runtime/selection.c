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

Outcome selection_latest(Selection *selection, const History *history, const Wish *wish)
{
    (void) wish;
    begin(selection, history, true);
    for (size_t i = 0; i < history->project->count; i++) {
        const Migration *migration = history->project->migrations[i];
        if (!history_applied(history, migration))
            add(selection, migration, migration->stored);
    }
    return OUTCOME_DONE;
}

Outcome selection_up(Selection *selection, const History *history, const Wish *wish)
{
    if (wish->name == NULL) {
        selection_latest(selection, history, wish);
        selection->count = selection->count > 0;
        return OUTCOME_DONE;
    }
    begin(selection, history, true);
    const Migration *migration = selection_find(history->project, wish->name);
    if (migration == NULL)
        return selection_unknown(history->project, wish->name);
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

Outcome selection_to(Selection *selection, const History *history, const Wish *wish)
{
    return select_until(selection, history, wish->name, true);
}

Outcome selection_before(Selection *selection, const History *history, const Wish *wish)
{
    return select_until(selection, history, wish->name, false);
}

static bool is_undone(const Wish *wish, const Migration *migration)
{
    for (size_t i = 0; wish->undone != NULL && i < wish->undone->count; i++) {
        if (wish->undone->items[i].migration == migration)
            return true;
    }
    return false;
}

Outcome selection_again(Selection *selection, const History *history, const Wish *wish)
{
    begin(selection, history, true);
    for (size_t i = 0; i < history->project->count; i++) {
        const Migration *migration = history->project->migrations[i];
        if (is_undone(wish, migration) && !history_applied(history, migration))
            add(selection, migration, migration->stored);
    }
    if (wish->undone != NULL && wish->undone->former > 0)
        selection->batch = wish->undone->former;
    return OUTCOME_DONE;
}

/* Rows without a compiled migration have been reported before this. */
static void add_row(Selection *selection, const HistoryRow *row)
{
    if (row->migration == NULL)
        return;
    if (selection->count == 0)
        selection->former = history_row_batch(row);
    add(selection, row->migration, row->replaced ? row->migration->stored : row->name);
}

/* Where rows without a compiled migration are allowed, they are passed over as if they were not there: a batch that has
 * nothing else would for ever be the last one, and nothing be rolled back. */
static long long last_batch(const History *history)
{
    long long highest = 0;
    for (size_t i = 0; i < history->count; i++) {
        long long batch = history->rows[i].migration == NULL ? 0 : history_row_batch(&history->rows[i]);
        highest = batch > highest ? batch : highest;
    }
    return highest;
}

Outcome selection_rollback(Selection *selection, const History *history, const Wish *wish)
{
    (void) wish;
    begin(selection, history, false);
    selection->batch = last_batch(history);
    for (size_t i = history->count; i > 0; i--) {
        const HistoryRow *row = &history->rows[i - 1];
        if (row->batch != NULL && history_row_batch(row) == selection->batch)
            add_row(selection, row);
    }
    return OUTCOME_DONE;
}

Outcome selection_rollback_all(Selection *selection, const History *history, const Wish *wish)
{
    (void) wish;
    begin(selection, history, false);
    for (size_t i = history->count; i > 0; i--)
        add_row(selection, &history->rows[i - 1]);
    return OUTCOME_DONE;
}

Outcome selection_down(Selection *selection, const History *history, const Wish *wish)
{
    begin(selection, history, false);
    const char *name = wish->name;
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
    return OUTCOME_DONE;
}

static size_t place_of(const MigrateProject *project, const Migration *migration)
{
    size_t place = 0;
    while (place < project->count && project->migrations[place] != migration)
        place++;
    return place;
}

Outcome selection_beyond(Selection *selection, const History *history, const Wish *wish)
{
    begin(selection, history, false);
    const Migration *last = selection_find(history->project, wish->name);
    if (last == NULL)
        return selection_unknown(history->project, wish->name);
    size_t place = place_of(history->project, last);
    for (size_t i = history->count; i > 0; i--) {
        const HistoryRow *row = &history->rows[i - 1];
        if (row->migration != NULL && place_of(history->project, row->migration) > place)
            add_row(selection, row);
    }
    return OUTCOME_DONE;
}

/* ------------------------------------------------------------------ what is allowed */

const Migration *selection_overtaken(const History *history, const Migration *migration)
{
    const MigrateProject *project = history->project;
    for (size_t i = project->count; i > 0 && project->migrations[i - 1] != migration; i--) {
        if (history_applied(history, project->migrations[i - 1]))
            return project->migrations[i - 1];
    }
    return NULL;
}

void selection_warn(const Selection *selection, const History *history)
{
    for (size_t i = 0; selection->up && i < selection->count; i++) {
        const SelectionItem *item = &selection->items[i];
        const Migration *last = selection_overtaken(history, item->migration);
        if (last == NULL)
            return;
        report_warning("\"%s\" is out of order: \"%s\" was applied before it", item->shown, last->stored);
    }
}

static Outcome judge_order(const Selection *selection, const History *history)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < selection->count; i++) {
        const SelectionItem *item = &selection->items[i];
        const Migration *last = selection_overtaken(history, item->migration);
        if (last == NULL)
            break;
        report_error("\"%s\" is out of order: \"%s\" was applied before it", item->shown, last->stored);
        outcome = OUTCOME_REFUSED;
    }
    if (outcome != OUTCOME_DONE)
        report_help("give it a stamp behind what was applied, or leave out --strict");
    return outcome;
}

/* NULL reasons happen: generated code need not give one. */
static Outcome judge_reversible(const Selection *selection, const History *history)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < selection->count; i++) {
        WayDown way = history_way_down(history, selection->items[i].migration);
        if (way.reversible)
            continue;
        report_error("the migration \"%s\" is irreversible: %s", selection->items[i].migration->stored,
                     way.reason == NULL ? "it has no way down" : way.reason);
        outcome = OUTCOME_REFUSED;
    }
    if (outcome != OUTCOME_DONE)
        report_help("nothing was rolled back; write a new migration that undoes what can be undone");
    return outcome;
}

static Outcome judge_losses(const Selection *selection, const History *history)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < selection->count; i++) {
        WayDown way = history_way_down(history, selection->items[i].migration);
        for (size_t j = 0; j < way.loss_count; j++)
            report_error("the way down of \"%s\" does not bring back the data of %s",
                         selection->items[i].migration->stored, way.losses[j]);
        outcome = way.loss_count > 0 ? OUTCOME_REFUSED : outcome;
    }
    if (outcome != OUTCOME_DONE)
        report_help("nothing was rolled back; where the data may be missing, type --allow-lossy behind the command");
    return outcome;
}

Outcome selection_judge(const Selection *selection, const History *history, const Wish *wish)
{
    if (selection->up)
        return wish->strict ? judge_order(selection, history) : OUTCOME_DONE;
    Outcome outcome = judge_reversible(selection, history);
    return outcome == OUTCOME_DONE && !wish->allow_lossy ? judge_losses(selection, history) : outcome;
}
