#include "unit.h"

static Arena arena;

static int free_arena(void **state)
{
    (void) state;
    arena_free(&arena);
    return 0;
}

static void compares(void **state)
{
    (void) state;
    assert_true(str_equal(STR(""), (Str) {0}));
    assert_true(str_equal(STR("ab"), STR("ab")));
    assert_false(str_equal(STR("ab"), STR("abc")));
    assert_true(str_is(STR("ab"), "ab"));
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("\xC3\xA9"), STR("z")) > 0);
    assert_int_equal(str_compare(STR("x"), STR("x")), 0);
}

static void finds_ends(void **state)
{
    (void) state;
    assert_true(str_starts_with(STR("abc"), STR("ab")));
    assert_true(str_starts_with(STR("abc"), STR("")));
    assert_false(str_starts_with(STR("a"), STR("ab")));
    assert_true(str_ends_with(STR("a.mig"), STR(".mig")));
    assert_false(str_ends_with(STR("mig"), STR(".mig")));
}

static void slices_and_trims(void **state)
{
    (void) state;
    assert_str(str_slice(STR("abcdef"), 2, 4), "cd");
    assert_str(str_slice(STR("abc"), 3, 3), "");
    assert_str(str_trim(STR(" \t a b\r\n")), "a b");
    assert_str(str_trim(STR("  ")), "");
}

static void clips_between_characters(void **state)
{
    (void) state;
    assert_str(str_clip(STR("abc"), 5), "abc");
    assert_str(str_clip(STR("abc"), 2), "ab");
    assert_str(str_clip(STR("a\xC3\xA9"), 2), "a");
    assert_str(str_clip(STR("a\xC3\xA9"), 3), "a\xC3\xA9");
    assert_str(str_clip(STR("\xF0\x9F\x98\x80"), 3), "");
}

static void measures_distance(void **state)
{
    (void) state;
    assert_int_equal(str_distance(STR(""), STR("")), 0);
    assert_int_equal(str_distance(STR("abc"), STR("")), 3);
    assert_int_equal(str_distance(STR("tabel"), STR("table")), 2);
    assert_int_equal(str_distance(STR("creat"), STR("create")), 1);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
    Str long_word = str_from(memset(arena_alloc(&arena, 101), 'x', 100));
    assert_int_equal(str_distance(long_word, STR("x")), SIZE_MAX);
}

static void grows(void **state)
{
    (void) state;
    Text text = text_new(&arena);
    assert_str(text_str(&text), "");
    for (int i = 0; i < 1000; i++)
        text_addf(&text, "%d,", i % 10);
    assert_int_equal(text.len, 2000);
    assert_int_equal(strlen(text.data), 2000);
    text_add_repeated(&text, '-', 3);
    text_add_char(&text, '!');
    text_add(&text, STR("?"));
    text_add(&text, (Str) {0});
    assert_str(str_slice(text_str(&text), 1998, text.len), "9,---!?");
}

static void formats_and_copies(void **state)
{
    (void) state;
    char source[] = "abc";
    Str copy = str_copy(&arena, str_from(source));
    source[0] = 'x';
    assert_str(copy, "abc");
    assert_int_equal(copy.data[3], '\0');
    assert_str(str_format(&arena, "%.*s-%d", STR_ARG(copy), 7), "abc-7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares),
        cmocka_unit_test(finds_ends),
        cmocka_unit_test(slices_and_trims),
        cmocka_unit_test(clips_between_characters),
        cmocka_unit_test(measures_distance),
        cmocka_unit_test(grows),
        cmocka_unit_test(formats_and_copies),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
