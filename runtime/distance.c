/* Levenshtein's distance, row by row: `row[j]` is the distance between the part of `a` read so far and the first j
 * bytes of `b`. */
#include "distance.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 255 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

size_t distance_between(const char *a, const char *b)
{
    size_t length = strlen(b);
    size_t row[LONGEST + 1];
    if (strlen(a) > LONGEST || length > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            size_t replaced = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = smallest(row[j] + 1, diagonal + 1, replaced);
        }
    }
    return row[length];
}
