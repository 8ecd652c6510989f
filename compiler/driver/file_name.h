/* The names of migrations' files: YYYYMMDDHHMMSS_name.mig. */
#ifndef DRIVER_FILE_NAME_H
#define DRIVER_FILE_NAME_H

#include "stamp.h"

/* What is wrong with the name of a `.mig` file; data == NULL: nothing. */
Str file_name_problem(Arena *arena, Str file_name);

/* What is wrong with the part behind the stamp; data == NULL: nothing. */
Str name_problem(Arena *arena, Str name);

/* The nearest name without a problem: what may not stand in one becomes `_`. */
Str name_mended(Arena *arena, Str name);

#endif
