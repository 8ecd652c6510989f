/* The promise of the model: what each migration changed of it, put on top of one another, is the whole. */
#ifndef MODEL_PROMISE_H
#define MODEL_PROMISE_H

#include "plan.h"

/* Looks at it behind each migration. What is wrong, a line each; "" for nothing. */
Str model_breaks(Arena *arena, const Plan *plan);

#endif
