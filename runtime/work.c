#include "work.h"

#include "memory.h"
#include "words.h"

#include <stdlib.h>

static bool is_same(Place a, Place b)
{
    return a.leg == b.leg && a.step == b.step;
}

static size_t count_places(const Course *course, const Unit *unit)
{
    size_t count = 0;
    for (Place place = unit->begin; !is_same(place, unit->end); place = course_next(course, place))
        count++;
    return count;
}

static void add(WorkList *list, WorkKind kind, Place place, size_t number)
{
    list->items[list->count++] = (Work) {kind, place, number};
}

static void add_place(WorkList *list, const Course *course, Place place)
{
    if (!course_is_row(course, place)) {
        add(list, WORK_STEP, place, 0);
        return;
    }
    for (size_t i = 0; i < TRANSACTION_SETTINGS; i++)
        add(list, WORK_SETTINGS, place, i);
    add(list, WORK_ROW, place, 0);
}

void work_list(WorkList *list, const Course *course, const Unit *unit, const TableLocks *locks)
{
    size_t most = locks->count + count_places(course, unit) * (TRANSACTION_SETTINGS + 1) + 1;
    *list = (WorkList) {.items = memory_take(most, sizeof(Work))};
    for (size_t i = 0; i < locks->count; i++)
        add(list, WORK_LOCK, unit->begin, i);
    for (Place place = unit->begin; !is_same(place, unit->end); place = course_next(course, place))
        add_place(list, course, place);
    Place end = unit->end;
    if (!course_is_end(course, end) && end.step > course->legs[end.leg].first)
        add(list, WORK_NOTE, end, 0);
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
