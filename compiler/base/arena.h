/* Arena: memory that is given out piece by piece and taken back all at once.
 *
 * One zeroed arena per compilation, passed as the first argument; nothing is freed singly, so there are no cleanup
 * paths. All memory comes zeroed. Running out of memory ends the program with a message: a compiler cannot go on.
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

/* A copy of size bytes. */
void *arena_copy(Arena *arena, const void *data, size_t size);

/* Gives everything back; the arena is then empty and usable. */
void arena_free(Arena *arena);

#define arena_new(arena, Type) ((Type *) arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *) arena_alloc_array((arena), (count), sizeof(Type)))

#endif
