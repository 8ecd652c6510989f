/* Arena: memory that is given out piece by piece and taken back all at once.
 *
 * One zeroed arena per compilation, passed as the first argument; nothing is freed singly, so there are no cleanup
 * paths. What is of no use behind a step that is done many times goes to a scratch arena, emptied each time. All memory
 * comes zeroed. Running out of memory ends the program with a message: a compiler cannot go on.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *blocks;  /* newest first */
    char *next;          /* free room in the newest block */
    char *end;
    size_t reserved;     /* bytes taken from the system, for statistics */
} Arena;

/* Zeroed memory, aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);

/* The same for count items of size bytes; an overflow of the product ends the program. */
void *arena_alloc_array(Arena *arena, size_t count, size_t size);

/* A piece of another size with the same bytes, as far as they go, and zeros behind them. The one that the arena gave
 * out last stays where it is if it can. `before` is the size that it has; NULL: there is none yet. */
void *arena_resize(Arena *arena, void *piece, size_t before, size_t size);

/* A copy of size bytes. */
void *arena_copy(Arena *arena, const void *data, size_t size);

/* Gives everything back; the arena is then empty and usable. */
void arena_free(Arena *arena);

/* The same, but for some memory that it keeps to be filled again: for an arena that is emptied many times. */
void arena_empty(Arena *arena);

#define arena_new(arena, Type) ((Type *) arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *) arena_alloc_array((arena), (count), sizeof(Type)))

#endif
