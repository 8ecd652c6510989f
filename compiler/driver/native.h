/* Functions of the project's own C that migrations call. */
#ifndef DRIVER_NATIVE_H
#define DRIVER_NATIVE_H

#include "command.h"
#include "plan.h"

/* Each once, in the order of the migrations. */
StrList natives_of(Arena *arena, const Plan *plan);

/* Says which of them a linker has not found, by its messages. False: that is not what it stumbled over. */
bool natives_missing(const Invocation *inv, StrList natives, Str messages);

#endif
