#include "unit.h"

typedef LIST(int) Numbers;

static Numbers count_to(Arena *arena, int last)
{
    Numbers numbers = {0};
    for (int i = 0; i <= last; i++)
        list_push(arena, &numbers, i);
    return numbers;
}

static void pushes(void **state)
{
    (void) state;
    Arena arena = {0};
    Numbers numbers = count_to(&arena, 999);
    assert_int_equal(numbers.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.items[i], i);
    arena_free(&arena);
}

static void inserts_and_removes(void **state)
{
    (void) state;
    Arena arena = {0};
    Numbers numbers = count_to(&arena, 3);
    list_remove(&numbers, 1);
    list_insert(&arena, &numbers, 0, 10);
    list_insert(&arena, &numbers, numbers.count, 20);
    const int expected[] = {10, 0, 2, 3, 20};
    assert_int_equal(numbers.count, 5);
    assert_memory_equal(numbers.items, expected, sizeof expected);
    while (numbers.count > 0)
        list_remove(&numbers, numbers.count - 1);
    list_push(&arena, &numbers, 5);
    assert_int_equal(numbers.items[0], 5);
    arena_free(&arena);
}

static void clones(void **state)
{
    (void) state;
    Arena arena = {0};
    Numbers numbers = count_to(&arena, 2), copy = numbers;
    list_clone(&arena, &copy);
    copy.items[0] = 99;
    list_push(&arena, &copy, 3);
    assert_int_equal(numbers.items[0], 0);
    assert_int_equal(numbers.count, 3);
    assert_int_equal(copy.items[3], 3);
    arena_free(&arena);
}

static void clones_nothing(void **state)
{
    (void) state;
    Arena arena = {0};
    Numbers numbers = {0};
    list_clone(&arena, &numbers);
    list_push(&arena, &numbers, 1);
    assert_int_equal(numbers.count, 1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pushes),
        cmocka_unit_test(inserts_and_removes),
        cmocka_unit_test(clones),
        cmocka_unit_test(clones_nothing),
    };
    return RUN_TESTS(tests);
}
