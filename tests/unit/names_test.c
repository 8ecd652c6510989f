#include "unit.h"

#include "change.h"
#include "names.h"

/* ------------------------------------------------------------------ putting names together */

static void joins_its_parts(void **state)
{
    (void) state;
    Arena arena = {0};
    assert_str(name_make(&arena, STR("t"), STR("a"), STR("key")), "t_a_key");
    assert_str(name_make(&arena, STR("t"), STR(""), STR("pkey")), "t_pkey");
    assert_str(name_make(&arena, STR("t"), STR("a"), STR("")), "t_a");
    arena_free(&arena);
}

static Str repeated(Arena *arena, char c, size_t count)
{
    Text text = text_new(arena);
    text_add_repeated(&text, c, count);
    return text_str(&text);
}

static void cuts_the_longer_name(void **state)
{
    (void) state;
    Arena arena = {0};
    Str name = name_make(&arena, repeated(&arena, 'a', 63), STR("b"), STR("seq"));
    assert_int_equal(name.len, NAME_MAXIMUM);
    assert_true(str_ends_with(name, STR("a_b_seq")));
    name = name_make(&arena, repeated(&arena, 'a', 63), repeated(&arena, 'b', 63), STR("key"));
    assert_int_equal(name.len, NAME_MAXIMUM);
    assert_int_equal(name.data[28], 'a');
    assert_int_equal(name.data[29], '_');
    assert_int_equal(name.data[58], 'b');
    arena_free(&arena);
}

static void cuts_no_character(void **state)
{
    (void) state;
    Arena arena = {0};
    Str long_name = STR("日本語の表の名前はとても長いので切られるで");
    Str name = name_make(&arena, long_name, STR(""), STR("pkey"));
    assert_int_equal(long_name.len, 63);
    assert_str(name, "日本語の表の名前はとても長いので切られ_pkey");
    arena_free(&arena);
}

/* ------------------------------------------------------------------ choosing */

static NameScope new_scope(const Schema *schema)
{
    return (NameScope) {.schema = schema, .namespace = schema->home};
}

static StrList one(Arena *arena, Str name)
{
    StrList list = {0};
    list_push(arena, &list, name);
    return list;
}

static void numbers_what_is_taken(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    NameScope scope = new_scope(&schema);
    StrList a = one(&arena, STR("a"));
    assert_str(name_choose_index(&scope, STR("t"), a), "t_a_idx");
    assert_str(name_choose_index(&scope, STR("t"), a), "t_a_idx1");
    assert_str(name_choose_check(&scope, STR("t"), STR("a")), "t_a_check");
    assert_str(name_choose_check(&scope, STR("t"), STR("")), "t_check");
    assert_str(name_choose_check(&scope, STR("t"), STR("")), "t_check1");
    assert_str(name_choose_sequence(&scope, STR("t"), STR("a")), "t_a_seq");
    arena_free(&arena);
}

/* An index minds relations, a check and a foreign key constraints, a key both. */
static void minds_its_own_set(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    NameScope scope = new_scope(&schema);
    StrList a = one(&arena, STR("a"));
    name_take_constraint(&scope, STR("t_a_idx"));
    name_take_constraint(&scope, STR("t_a_key"));
    name_take_relation(&scope, STR("t_a_check"));
    name_take_relation(&scope, STR("t_a_fkey"));
    name_take_relation(&scope, STR("t_pkey"));
    assert_str(name_choose_index(&scope, STR("t"), a), "t_a_idx");
    assert_str(name_choose_check(&scope, STR("t"), STR("a")), "t_a_check");
    assert_str(name_choose_foreign(&scope, STR("t"), a), "t_a_fkey");
    assert_str(name_choose_key(&scope, STR("t"), false, a), "t_a_key1");
    assert_str(name_choose_key(&scope, STR("t"), true, a), "t_pkey1");
    arena_free(&arena);
}

static void makes_index_columns_distinct(void **state)
{
    (void) state;
    Arena arena = {0};
    StrList names = {0};
    name_index_column(&arena, &names, STR("a"));
    name_index_column(&arena, &names, STR("a"));
    name_index_column(&arena, &names, STR("a1"));
    name_index_column(&arena, &names, repeated(&arena, 'x', 63));
    name_index_column(&arena, &names, repeated(&arena, 'x', 63));
    assert_str(names.items[1], "a1");
    assert_str(names.items[2], "a11");
    assert_int_equal(names.items[4].len, 63);
    assert_int_equal(names.items[4].data[62], '1');
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_its_parts),
        cmocka_unit_test(cuts_the_longer_name),
        cmocka_unit_test(cuts_no_character),
        cmocka_unit_test(numbers_what_is_taken),
        cmocka_unit_test(minds_its_own_set),
        cmocka_unit_test(makes_index_columns_distinct),
    };
    return RUN_TESTS(tests);
}
