#include "unit.h"

#include "compare.h"

static void add(Arena *arena, Facts *facts, Str what, Str meaning, Str owner, uint32_t order)
{
    list_push(arena, facts, (Fact) {.what = what, .meaning = meaning, .text = meaning, .owner = owner, .order = order});
}

/* table "t" with columns a and b. */
static Facts two_columns(Arena *arena)
{
    Facts facts = {0};
    add(arena, &facts, STR("table t"), STR("TABLE"), STR(""), 0);
    add(arena, &facts, STR("column a of t"), STR("a int"), STR("table t"), 1);
    add(arena, &facts, STR("column b of t"), STR("b int"), STR("table t"), 2);
    return facts;
}

static void sees_no_difference(void **state)
{
    (void) state;
    Arena arena = {0};
    assert_int_equal(facts_compare(&arena, two_columns(&arena), two_columns(&arena)).count, 0);
    assert_int_equal(facts_compare(&arena, (Facts) {0}, (Facts) {0}).count, 0);
    arena_free(&arena);
}

static void tells_an_owner_and_not_its_parts(void **state)
{
    (void) state;
    Arena arena = {0};
    Differences gone = facts_compare(&arena, two_columns(&arena), (Facts) {0});
    assert_int_equal(gone.count, 1);
    assert_int_equal(gone.items[0].kind, DIFFERENCE_MISSING);
    assert_str(gone.items[0].before.what, "table t");
    Differences extra = facts_compare(&arena, (Facts) {0}, two_columns(&arena));
    assert_int_equal(extra.count, 1);
    assert_int_equal(extra.items[0].kind, DIFFERENCE_EXTRA);
    arena_free(&arena);
}

static void tells_what_changed(void **state)
{
    (void) state;
    Arena arena = {0};
    Facts after = two_columns(&arena);
    after.items[1].meaning = STR("a text");
    Differences differences = facts_compare(&arena, two_columns(&arena), after);
    assert_int_equal(differences.count, 1);
    assert_int_equal(differences.items[0].kind, DIFFERENCE_CHANGED);
    assert_str(differences.items[0].after.meaning, "a text");
    arena_free(&arena);
}

static void tells_the_order_once_and_last(void **state)
{
    (void) state;
    Arena arena = {0};
    Facts after = two_columns(&arena);
    after.items[1].order = 2;
    after.items[2].order = 1;
    Differences differences = facts_compare(&arena, two_columns(&arena), after);
    assert_int_equal(differences.count, 1);
    assert_int_equal(differences.items[0].kind, DIFFERENCE_ORDER);
    add(&arena, &after, STR("column c of t"), STR("c int"), STR("table t"), 3);
    differences = facts_compare(&arena, two_columns(&arena), after);
    assert_int_equal(differences.count, 1);
    assert_int_equal(differences.items[0].kind, DIFFERENCE_EXTRA);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sees_no_difference),
        cmocka_unit_test(tells_an_owner_and_not_its_parts),
        cmocka_unit_test(tells_what_changed),
        cmocka_unit_test(tells_the_order_once_and_last),
    };
    return RUN_TESTS(tests);
}
