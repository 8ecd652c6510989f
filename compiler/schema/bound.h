/* Bounds of partitions: which come first, which take the same rows; src/backend/partitioning/partbounds.c. */
#ifndef SCHEMA_BOUND_H
#define SCHEMA_BOUND_H

#include "schema.h"

/* The order in which the server keeps partitions: by their lowest value, the default one last. False where neither is
 * known to be first. */
bool bound_is_before(const Bound *a, const Bound *b);

/* Whether some row is known to fit both, partitions of one table. */
bool bounds_overlap(const Bound *a, const Bound *b);

/* Whether a range is known to hold nothing. */
bool bound_is_empty(const Bound *bound);

#endif
