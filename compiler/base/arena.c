/* Blocks grow geometrically up to a limit; a request larger than a block gets one of its own. Under AddressSanitizer
 * the free part of a block is poisoned, so that running over the end of a piece is found although malloc knows
 * nothing. */
#include "arena.h"

#include "bug.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_GUARD 16
#include <sanitizer/asan_interface.h>
#else
#define ARENA_GUARD 0
#define ASAN_POISON_MEMORY_REGION(address, size) ((void) (address), (void) (size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void) (address), (void) (size))
#endif

enum { BLOCK_MINIMUM = 64 * 1024, BLOCK_MAXIMUM = 4 * 1024 * 1024 };

struct ArenaBlock {
    ArenaBlock *older;
    size_t size;
    alignas(max_align_t) char data[];
};

static size_t round_up(size_t size)
{
    size_t unit = alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

static noreturn void out_of_memory(void)
{
    fputs("migc: out of memory\n", stderr);
    exit(3);
}

static void arena_add_block(Arena *arena, size_t needed)
{
    size_t size = arena->reserved < BLOCK_MINIMUM ? BLOCK_MINIMUM : arena->reserved;
    if (size > BLOCK_MAXIMUM)
        size = BLOCK_MAXIMUM;
    if (size < needed)
        size = needed;
    ArenaBlock *block = calloc(1, sizeof(ArenaBlock) + size);
    if (block == NULL)
        out_of_memory();
    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->next = block->data;
    arena->end = block->data + size;
    arena->reserved += size;
    ASAN_POISON_MEMORY_REGION(block->data, size);
}

/* What a piece takes of its block; no two pieces begin at one place. */
static size_t room_of(size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size_t room = round_up(size + ARENA_GUARD);
    return room == 0 ? round_up(1) : room;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size_t needed = room_of(size);
    if (arena->next == NULL || (size_t) (arena->end - arena->next) < needed)
        arena_add_block(arena, needed);
    void *piece = arena->next;
    arena->next += needed;
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    return piece;
}

void *arena_alloc_array(Arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

/* The newest piece of all can be given another size where it is. What it gives back has been written to. */
void *arena_resize(Arena *arena, void *piece, size_t before, size_t size)
{
    size_t room = room_of(size), old = room_of(before);
    bool newest = piece != NULL && (char *) piece + old == arena->next;
    if (!newest || room > (size_t) (arena->end - (char *) piece)) {
        void *moved = arena_alloc(arena, size);
        if (piece != NULL)
            memcpy(moved, piece, before < size ? before : size);
        return moved;
    }
    if (size < before)
        memset((char *) piece + size, 0, before - size);
    arena->next = (char *) piece + room;
    ASAN_POISON_MEMORY_REGION(piece, room > old ? room : old);
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    return piece;
}

void *arena_copy(Arena *arena, const void *data, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (size > 0)
        memcpy(copy, data, size);
    return copy;
}

static void free_blocks(ArenaBlock *block)
{
    while (block != NULL) {
        ArenaBlock *older = block->older;
        ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
        free(block);
        block = older;
    }
}

void arena_free(Arena *arena)
{
    free_blocks(arena->blocks);
    *arena = (Arena) {0};
}

void arena_empty(Arena *arena)
{
    ArenaBlock *block = arena->blocks;
    if (block == NULL)
        return;
    free_blocks(block->older);
    block->older = NULL;
    size_t used = (size_t) (arena->next - block->data);
    ASAN_UNPOISON_MEMORY_REGION(block->data, used);
    memset(block->data, 0, used);
    ASAN_POISON_MEMORY_REGION(block->data, block->size);
    arena->next = block->data;
    arena->reserved = block->size;
}
