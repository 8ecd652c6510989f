/* course.h: what a run does, in order, and where it is cut: into transactions, and steps that stand outside them. Pure:
 * asks no server, changes nothing.
 *
 * A place is a step of one of the migrations, or the row of the history that follows its last step. */
#ifndef COURSE_H
#define COURSE_H

#include "selection.h"

/* A migration's steps, in one direction, as its function hands them over. */
typedef struct StepList {
    const MigrateStep **items;
    size_t count;
} StepList;

StepList steps_of(const Migration *migration, bool up);
void steps_clear(StepList *steps);

/* A short name of the first `count` steps, to tell whether they are what an earlier run has done. To be freed. */
char *steps_digest(const StepList *steps, size_t count);

typedef struct Leg {
    const Migration *migration;
    const char *shown;
    StepList steps;
    size_t first;           /* the step to begin with: an earlier run has done those before it */
    bool begun;             /* an earlier run may have begun that one */
    const char *position;   /* of an earlier run, in a backfill; NULL: none */
    const char *row;        /* the id of the row that goes, going down; NULL: none */
    char *row_names;        /* the names of all its rows, going down, as an array of SQL */
    bool resumed;
    double seconds;         /* that it took, when it is done */
} Leg;

typedef struct Place {
    size_t leg;
    size_t step;            /* as many as the leg has steps: its row */
} Place;

typedef enum UnitKind {
    UNIT_TRANSACTION,
    UNIT_OUTSIDE,           /* a statement that the server refuses inside a transaction */
    UNIT_BACKFILL,          /* a step of many transactions */
} UnitKind;

typedef struct Unit {
    UnitKind kind;
    Place begin, end;       /* the end is the next unit's beginning */
} Unit;

typedef struct Course {
    bool up;
    Leg *legs;
    size_t leg_count;
    Unit *units;
    size_t unit_count;
} Course;

/* `bare`: rows only, no steps. Reports what an earlier run has left half-way and this one cannot go on with. To be
 * cleared either way, before the history is. */
Outcome course_plan(Course *course, const Selection *selection, const History *history, bool bare);

void course_clear(Course *course);

/* Whether all of it is one transaction. */
bool course_is_whole(const Course *course);

/* The unit behind that one, where it is a transaction as well; NULL: there is none, or it is no transaction. */
const Unit *course_following(const Course *course, const Unit *unit);

/* The unit that begins there. */
const Unit *course_unit(const Course *course, Place place);

bool course_is_same(Place a, Place b);

Place course_next(const Course *course, Place place);
bool course_is_end(const Course *course, Place place);
bool course_is_row(const Course *course, Place place);

/* The step at a place that is no row. */
const MigrateStep *course_step(const Course *course, Place place);

#endif
