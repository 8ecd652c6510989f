/* squash.h: migrations that stand for others, which are not compiled any more. Where all of these are applied, so is
 * the squash, without a row of its own; where only some are, nobody can tell what to run. */
#ifndef SQUASH_H
#define SQUASH_H

#include "history.h"

/* Reports each squash of which only a part is applied, and which part that is. */
Outcome squash_validate(const History *history);

#endif
