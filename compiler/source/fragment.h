/* A piece of SQL taken from a source file, with comments dropped and white space folded, that remembers where each
 * of its parts came from. */
#ifndef SOURCE_FRAGMENT_H
#define SOURCE_FRAGMENT_H

#include "source.h"

/* From this offset of the SQL on, the bytes are those of the file from `source` on, up to the next piece. */
typedef struct FragmentPiece {
    uint32_t offset;
    uint32_t source;
} FragmentPiece;

typedef struct Fragment {
    Str sql;
    Span span;                   /* of the whole */
    LIST(FragmentPiece) pieces;  /* in order; the first at offset 0 */
} Fragment;

/* A span taken as it stands. */
Fragment fragment_verbatim(Arena *arena, Sources *sources, Span span);

/* One behind the other, with a blank between; both of the same file, and not empty. */
Fragment fragment_join(Arena *arena, const Fragment *first, const Fragment *second);

/* Where length bytes at the offset of the fragment's SQL stand in the file. Beyond the end: the end. */
Span fragment_place(const Fragment *fragment, size_t offset, size_t length);

#endif
