/* Where a course is cut follows from two neighbouring places alone. A row is written in the transaction of the last
 * step before it, unless that stands outside. */
#include "course.h"

#include "digest.h"
#include "memory.h"
#include "native.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ steps */

bool migrate_steps(MigrateRun *run, const MigrateStep *steps, size_t count)
{
    StepList *list = &run->steps;
    const MigrateStep **items = memory_take(list->count + count, sizeof(MigrateStep *));
    if (list->count > 0)
        memcpy(items, list->items, list->count * sizeof(*items));
    for (size_t i = 0; i < count; i++)
        items[list->count++] = &steps[i];
    free(list->items);
    list->items = items;
    return true;
}

StepList steps_of(const Migration *migration, bool up)
{
    MigrateFunction *hand_over = up ? migration->up : migration->down;
    MigrateRun run = {.migration = migration};
    if (hand_over != NULL && !hand_over(&run))
        BUG("a migration that does not hand over its steps");
    return run.steps;
}

void steps_clear(StepList *steps)
{
    free(steps->items);
    *steps = (StepList) {0};
}

char *steps_digest(const StepList *steps, size_t count)
{
    Digest digest = digest_new();
    for (size_t i = 0; i < count; i++)
        digest_add(&digest, steps->items[i]->sql);
    return digest_text(digest);
}

/* Those that the journal has kept; they live with the history. */
static StepList stored_steps(const StoredWay *way)
{
    StepList steps = {.items = memory_take(way->step_count, sizeof(MigrateStep *)), .count = way->step_count};
    for (size_t i = 0; i < steps.count; i++)
        steps.items[i] = &way->steps[i];
    return steps;
}

/* ------------------------------------------------------------------ places */

bool course_is_end(const Course *course, Place place)
{
    return place.leg == course->leg_count;
}

bool course_is_same(Place a, Place b)
{
    return a.leg == b.leg && a.step == b.step;
}

bool course_is_row(const Course *course, Place place)
{
    return place.step == course->legs[place.leg].steps.count;
}

const MigrateStep *course_step(const Course *course, Place place)
{
    return course->legs[place.leg].steps.items[place.step];
}

Place course_next(const Course *course, Place place)
{
    if (!course_is_row(course, place))
        return (Place) {place.leg, place.step + 1};
    size_t leg = place.leg + 1;
    return (Place) {leg, leg < course->leg_count ? course->legs[leg].first : 0};
}

/* Whether this run makes the table before it comes to the leg: then it has the run's own rows only, and nobody else
 * uses it. */
static bool is_made_before(const Course *course, const char *maker, size_t leg)
{
    for (size_t i = 0; maker != NULL && course->up && i < leg; i++) {
        if (strcmp(course->legs[i].migration->name, maker) == 0)
            return !course->legs[i].resumed;
    }
    return false;
}

static UnitKind kind_at(const Course *course, Place place)
{
    if (course_is_row(course, place))
        return UNIT_TRANSACTION;
    const MigrateStep *step = course_step(course, place);
    if (step->backfill != NULL && !is_made_before(course, step->backfill->created, place.leg))
        return UNIT_BACKFILL;
    return (step->flags & MIGRATE_OUTSIDE) != 0 ? UNIT_OUTSIDE : UNIT_TRANSACTION;
}

/* A step that shares its transaction with nothing but the row. */
static bool is_apart(const Course *course, Place place)
{
    return kind_at(course, place) != UNIT_TRANSACTION ||
           (!course_is_row(course, place) && (course_step(course, place)->flags & MIGRATE_ALONE) != 0);
}

/* A row that belongs to such a step: it does not wait for the migrations that follow. */
static bool is_row_of_apart(const Course *course, Place row)
{
    return row.step > 0 && is_apart(course, (Place) {row.leg, row.step - 1});
}

/* Whether a commit stands between two neighbours. */
static bool is_cut(const Course *course, const MigrateProject *project, Place before, Place place)
{
    if (kind_at(course, before) != UNIT_TRANSACTION || kind_at(course, place) != UNIT_TRANSACTION)
        return true;
    if (course_is_row(course, before))
        return project->transaction == MIGRATE_EACH || is_row_of_apart(course, before) || is_apart(course, place) ||
               (!course_is_row(course, place) && (course_step(course, place)->flags & MIGRATE_COMMIT_BEFORE) != 0);
    if (course_is_row(course, place))
        return false;
    return is_apart(course, before) || is_apart(course, place) ||
           (course_step(course, place)->flags & MIGRATE_COMMIT_BEFORE) != 0;
}

/* There are at most as many units as places. */
static size_t count_places(const Course *course)
{
    size_t count = 0;
    for (size_t i = 0; i < course->leg_count; i++)
        count += course->legs[i].steps.count + 1;
    return count;
}

static void cut(Course *course, const MigrateProject *project)
{
    course->units = memory_take(count_places(course), sizeof(Unit));
    Place before = {0, 0}, place = {0, course->leg_count > 0 ? course->legs[0].first : 0};
    for (; !course_is_end(course, place); before = place, place = course_next(course, place)) {
        if (course->unit_count == 0 || is_cut(course, project, before, place))
            course->units[course->unit_count++] = (Unit) {.kind = kind_at(course, place), .begin = place};
        course->units[course->unit_count - 1].end = course_next(course, place);
    }
}

bool course_is_whole(const Course *course)
{
    return course->unit_count == 1 && course->units[0].kind == UNIT_TRANSACTION;
}

const Unit *course_following(const Course *course, const Unit *unit)
{
    const Unit *next = unit + 1;
    return next < course->units + course->unit_count && next->kind == UNIT_TRANSACTION ? next : NULL;
}

const Unit *course_unit(const Course *course, Place place)
{
    const Unit *unit = course->units;
    while (!course_is_same(unit->begin, place))
        unit++;
    return unit;
}

/* ------------------------------------------------------------------ what an earlier run has left */

/* The steps that are done must be what they were; those behind them may have been corrected. */
static Outcome resume(Leg *leg, const JournalEntry *entry)
{
    char *digest = entry->step <= leg->steps.count ? steps_digest(&leg->steps, entry->step) : NULL;
    bool same = digest != NULL && entry->before != NULL && strcmp(digest, entry->before) == 0;
    free(digest);
    if (!same) {
        report_error("the migration \"%s\" is half-way, and its first %lu steps are not those that were run (%s)",
                     leg->shown, entry->step, entry->started);
        report_help("bring them back in %s; what follows them may be another", leg->migration->file);
        return OUTCOME_CONFLICT;
    }
    leg->first = entry->step;
    leg->begun = entry->state == JOURNAL_BEGUN;
    leg->position = entry->position;
    leg->resumed = true;
    return OUTCOME_DONE;
}

static Outcome refuse_other_way(const History *history, bool up)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < history->project->count; i++) {
        const Migration *migration = history->project->migrations[i];
        const JournalEntry *entry = history_unfinished(history, migration);
        if (entry == NULL || entry->up == up)
            continue;
        outcome = OUTCOME_HALFWAY;
        report_error("the migration \"%s\" is half-way %s: %lu of its steps are done (%s)", migration->stored,
                     entry->up ? "up" : "down", entry->step, entry->started);
        report_help("finish it with `migrate %s %s` first", entry->up ? "up" : "down", migration->name);
    }
    return outcome;
}

static StepList steps_to_take(const Course *course, const Migration *migration, const History *history)
{
    const StoredWay *stored = course->up ? NULL : history_way_down(history, migration).stored;
    return stored != NULL ? stored_steps(stored) : steps_of(migration, course->up);
}

static Outcome plan_leg(Course *course, const SelectionItem *item, const History *history, bool bare)
{
    Leg *leg = &course->legs[course->leg_count++];
    const HistoryRow *row = history_row(history, item->migration);
    const JournalEntry *entry = history_unfinished(history, item->migration);
    *leg = (Leg) {.migration = item->migration, .shown = item->shown};
    if (!bare)
        leg->steps = steps_to_take(course, item->migration, history);
    leg->row = course->up || row == NULL ? NULL : row->id;
    leg->row_names = course->up ? NULL : history_row_names(history, item->migration);
    return entry == NULL || bare ? OUTCOME_DONE : resume(leg, entry);
}

Outcome course_plan(Course *course, const Selection *selection, const History *history, bool bare)
{
    *course = (Course) {.up = selection->up, .legs = memory_take(selection->count, sizeof(Leg))};
    Outcome outcome = selection->count == 0 ? OUTCOME_DONE : refuse_other_way(history, selection->up);
    for (size_t i = 0; i < selection->count && outcome == OUTCOME_DONE; i++)
        outcome = plan_leg(course, &selection->items[i], history, bare);
    if (outcome == OUTCOME_DONE)
        cut(course, history->project);
    return outcome;
}

void course_clear(Course *course)
{
    for (size_t i = 0; i < course->leg_count; i++) {
        steps_clear(&course->legs[i].steps);
        free(course->legs[i].row_names);
    }
    free(course->legs);
    free(course->units);
    *course = (Course) {0};
}
