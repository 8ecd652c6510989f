#include "unit.h"

#include "arena.h"

#include <stdalign.h>

static void gives_zeroed_memory(void **state)
{
    (void) state;
    Arena arena = {0};
    for (size_t size = 0; size < 300; size++) {
        unsigned char *piece = arena_alloc(&arena, size);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xFF, size);
    }
    arena_free(&arena);
}

static void aligns_for_any_type(void **state)
{
    (void) state;
    Arena arena = {0};
    for (size_t size = 1; size < 100; size++)
        assert_int_equal((uintptr_t) arena_alloc(&arena, size) % alignof(max_align_t), 0);
    arena_free(&arena);
}

static void keeps_pieces_apart(void **state)
{
    (void) state;
    enum { COUNT = 5000 };
    Arena arena = {0};
    int *pieces[COUNT];
    for (int i = 0; i < COUNT; i++) {
        pieces[i] = arena_new(&arena, int);
        *pieces[i] = i;
    }
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(*pieces[i], i);
    arena_free(&arena);
}

static void takes_what_is_larger_than_a_block(void **state)
{
    (void) state;
    enum { LARGE = 9 * 1024 * 1024 };
    Arena arena = {0};
    char *small = arena_copy(&arena, "small", 6);
    char *large = arena_alloc(&arena, LARGE);
    large[0] = large[LARGE - 1] = 'x';
    assert_string_equal(small, "small");
    assert_true(arena.reserved >= LARGE);
    arena_free(&arena);
}

static void is_usable_after_free(void **state)
{
    (void) state;
    Arena arena = {0};
    arena_alloc(&arena, 10);
    arena_free(&arena);
    assert_int_equal(arena.reserved, 0);
    assert_non_null(arena_alloc(&arena, 10));
    arena_free(&arena);
    arena_free(&arena);
}

static void resizes_the_newest_piece_where_it_is(void **state)
{
    (void) state;
    Arena arena = {0};
    char *piece = arena_copy(&arena, "abcdef", 7);
    assert_ptr_equal(arena_resize(&arena, piece, 7, 3), piece);
    assert_ptr_equal(arena_resize(&arena, piece, 3, 100), piece);
    assert_memory_equal(piece, "abc\0\0\0\0", 7);
    char *other = arena_copy(&arena, "x", 2), *moved = arena_resize(&arena, piece, 100, 200);
    assert_ptr_not_equal(moved, piece);
    assert_memory_equal(moved, "abc\0", 4);
    assert_string_equal(other, "x");
    arena_free(&arena);
}

static void moves_a_piece_that_outgrows_its_block(void **state)
{
    (void) state;
    enum { LARGE = 1024 * 1024 };
    Arena arena = {0};
    char *piece = arena_copy(&arena, "abc", 4);
    piece = arena_resize(&arena, piece, 4, LARGE);
    assert_string_equal(piece, "abc");
    for (size_t i = 4; i < LARGE; i++)
        assert_int_equal(piece[i], 0);
    arena_free(&arena);
}

static void is_zeroed_again_when_emptied(void **state)
{
    (void) state;
    Arena arena = {0};
    arena_empty(&arena);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 40000; size += 1000) {
            unsigned char *piece = arena_alloc(&arena, size);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(piece[i], 0);
            memset(piece, 0xFF, size);
        }
        arena_empty(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_memory),
        cmocka_unit_test(aligns_for_any_type),
        cmocka_unit_test(keeps_pieces_apart),
        cmocka_unit_test(takes_what_is_larger_than_a_block),
        cmocka_unit_test(is_usable_after_free),
        cmocka_unit_test(resizes_the_newest_piece_where_it_is),
        cmocka_unit_test(moves_a_piece_that_outgrows_its_block),
        cmocka_unit_test(is_zeroed_again_when_emptied),
    };
    return RUN_TESTS(tests);
}
