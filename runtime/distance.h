/* distance.h: how far two words are apart, for "did you mean". */
#ifndef DISTANCE_H
#define DISTANCE_H

#include <stddef.h>

/* Bytes to insert, drop or replace to make one word of the other. Words longer than 255 bytes are far from
 * everything. */
size_t distance_between(const char *a, const char *b);

#endif
