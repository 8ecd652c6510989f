#include "unit.h"

#include "map.h"

static void finds_what_was_set(void **state)
{
    (void) state;
    Arena arena = {0};
    Map map = map_new(&arena);
    assert_int_equal(map_get(&map, STR("a")), 0);
    map_set(&map, STR("a"), 1);
    map_set(&map, STR(""), 2);
    map_set(&map, STR("a"), 3);
    assert_int_equal(map_get(&map, STR("a")), 3);
    assert_int_equal(map_get(&map, STR("")), 2);
    assert_int_equal(map_get(&map, (Str) {0}), 2);
    assert_int_equal(map_get(&map, STR("A")), 0);
    arena_free(&arena);
}

static void forgets_what_is_set_to_zero(void **state)
{
    (void) state;
    Arena arena = {0};
    Map map = map_new(&arena);
    map_set(&map, STR("a"), 1);
    map_set(&map, STR("a"), 0);
    assert_int_equal(map_get(&map, STR("a")), 0);
    map_set(&map, STR("a"), 4);
    assert_int_equal(map_get(&map, STR("a")), 4);
    arena_free(&arena);
}

static void grows_and_keeps_all(void **state)
{
    (void) state;
    enum { COUNT = 20000 };
    Arena arena = {0};
    Map map = map_new(&arena);
    for (uint64_t i = 1; i <= COUNT; i++)
        map_set(&map, str_format(&arena, "key %d", (int) i), i);
    for (uint64_t i = 1; i <= COUNT; i += 2)
        map_set(&map, str_format(&arena, "key %d", (int) i), 0);
    for (uint64_t i = 1; i <= COUNT; i++)
        assert_int_equal(map_get(&map, str_format(&arena, "key %d", (int) i)), i % 2 == 0 ? i : 0);
    arena_free(&arena);
}

/* Setting and removing without end must not fill the table with removed keys. */
static void does_not_grow_by_churning(void **state)
{
    (void) state;
    Arena arena = {0}, keys = {0};
    Map map = map_new(&arena);
    for (int i = 0; i < 10000; i++) {
        Str key = str_format(&keys, "key %d", i);
        map_set(&map, key, 1);
        map_set(&map, key, 0);
        assert_int_equal(map_get(&map, key), 0);
    }
    arena_free(&arena);
    arena_free(&keys);
}

static void holds_pointers(void **state)
{
    (void) state;
    Arena arena = {0};
    Map map = map_new(&arena);
    int thing = 7;
    map_set_pointer(&map, STR("thing"), &thing);
    assert_ptr_equal(map_get_pointer(&map, STR("thing")), &thing);
    assert_null(map_get_pointer(&map, STR("other")));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_set),
        cmocka_unit_test(forgets_what_is_set_to_zero),
        cmocka_unit_test(grows_and_keeps_all),
        cmocka_unit_test(does_not_grow_by_churning),
        cmocka_unit_test(holds_pointers),
    };
    return RUN_TESTS(tests);
}
