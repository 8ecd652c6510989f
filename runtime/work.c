#include "work.h"

#include "memory.h"
#include "words.h"

#include <stdlib.h>

static size_t count_places(const Course *course, const Unit *unit)
{
    size_t count = 0;
    for (Place place = unit->begin; !course_is_same(place, unit->end); place = course_next(course, place))
        count++;
    return count;
}

static void add(WorkList *list, WorkKind kind, Place place, size_t number)
{
    list->items[list->count++] = (Work) {kind, place, number};
}

static void add_settings(WorkList *list, Place place)
{
    for (size_t i = 0; i < TRANSACTION_SETTINGS; i++)
        add(list, WORK_SETTINGS, place, i);
}

static void add_place(WorkList *list, const Course *course, Place place)
{
    if (!course_is_row(course, place)) {
        add(list, WORK_STEP, place, 0);
        return;
    }
    add_settings(list, place);
    add(list, WORK_ROW, place, 0);
}

static void add_opening(WorkList *list, const Run *run, Place place)
{
    if (run->due)
        add(list, WORK_COMMIT, place, 0);
    for (size_t i = 0; i < TRANSACTION_OPENING && (run->due || !session_in_transaction(run->session)); i++)
        add(list, WORK_OPENING, place, i);
}

static void add_end(WorkList *list, const Course *course, const Unit *unit)
{
    Place end = unit->end;
    if (!course_is_end(course, end) && end.step > course->legs[end.leg].first) {
        add_settings(list, end);
        add(list, WORK_NOTE, end, 0);
    }
    const Unit *next = course_following(course, unit);
    if (next != NULL && table_locks_are_wanted(course, next))
        add(list, WORK_ASK, end, 0);
}

void work_list(WorkList *list, const Run *run, const Unit *unit, const TableLocks *locks)
{
    const Course *course = &run->choice.course;
    size_t most = 1 + TRANSACTION_OPENING + locks->count +
                  (count_places(course, unit) + 1) * (TRANSACTION_SETTINGS + 1) + 1;
    *list = (WorkList) {.items = memory_take(most, sizeof(Work))};
    add_opening(list, run, unit->begin);
    for (size_t i = 0; i < locks->count; i++)
        add(list, WORK_LOCK, unit->begin, i);
    for (Place place = unit->begin; !course_is_same(place, unit->end); place = course_next(course, place))
        add_place(list, course, place);
    add_end(list, course, unit);
}

void work_clear(WorkList *list)
{
    free(list->items);
    *list = (WorkList) {0};
}

bool work_is_alone(const Course *course, const Work *work)
{
    if (work->kind != WORK_STEP)
        return false;
    const MigrateStep *step = course_step(course, work->place);
    return step->native != NULL || words_are_alone(step->sql);
}
