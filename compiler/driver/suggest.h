/* "Did you mean": the word among the known ones that was probably meant. */
#ifndef DRIVER_SUGGEST_H
#define DRIVER_SUGGEST_H

#include "text.h"

/* data == NULL when none is close. */
Str suggest(Str written, StrList known);

#endif
