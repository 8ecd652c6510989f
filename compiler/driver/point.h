/* Moments of the history, as the command line names them. */
#ifndef DRIVER_POINT_H
#define DRIVER_POINT_H

#include "command.h"
#include "history.h"

/* How many migrations were applied at the moment: after the one that is named, in full or by its stamp; `empty`, before
 * the first; `last`, after the last. False: there is none of that name, and that was said. */
bool point_find(Invocation *inv, const History *history, Str name, size_t *count);

#endif
