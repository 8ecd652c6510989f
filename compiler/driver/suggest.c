#include "suggest.h"

Str suggest(Str written, StrList known)
{
    Str best = {0};
    size_t least = 3;
    for (size_t i = 0; i < known.count; i++) {
        size_t distance = str_distance(written, known.items[i]);
        if (distance < least && distance < known.items[i].len) {
            least = distance;
            best = known.items[i];
        }
    }
    return best;
}
