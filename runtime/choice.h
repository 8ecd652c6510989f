/* choice.h: what a run is to do next, worked out from the history: selected, allowed, and cut into units. */
#ifndef CHOICE_H
#define CHOICE_H

#include "course.h"
#include "run.h"

typedef struct Choice {
    Selection selection;
    Course course;
} Choice;

/* Replaces what was chosen before. Reports what stands in the way; to be cleared either way, before the history is. */
Outcome choice_make(Choice *choice, History *history, const RunOrder *order, const RunPhase *phase);

void choice_clear(Choice *choice);

#endif
