/* Stamps: YYYYMMDDHHMMSS in UTC, the first 14 characters of a migration's file name. */
#ifndef DRIVER_STAMP_H
#define DRIVER_STAMP_H

#include "text.h"

#include <time.h>

enum { STAMP_LENGTH = 14 };

/* True when the text begins with 14 digits. */
bool stamp_stands_first(Str text);

/* What is wrong with 14 digits as a date and time: "there is no month 13"; data == NULL: nothing. */
Str stamp_problem(Arena *arena, Str stamp);

/* A stamp without a problem. */
time_t stamp_time(Str stamp);
Str stamp_of(Arena *arena, time_t time);

#endif
