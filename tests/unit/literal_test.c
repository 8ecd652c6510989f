#include "unit.h"

#include "literal.h"

static Arena arena;

static int free_arena(void **state)
{
    (void) state;
    arena_free(&arena);
    return 0;
}

static void assert_decoded(const char *written, const char *value)
{
    LiteralResult result = literal_decode(&arena, str_from(written));
    assert_null(result.problem);
    assert_str(result.value, value);
}

/* The offset of the problem in bytes. */
static void assert_problem(const char *written, size_t offset)
{
    LiteralResult result = literal_decode(&arena, str_from(written));
    assert_non_null(result.problem);
    assert_int_equal(result.offset, offset);
}

static void decodes_plain_strings(void **state)
{
    (void) state;
    assert_decoded("''", "");
    assert_decoded("'it''s'", "it's");
    assert_decoded("''''", "'");
    assert_decoded("'a\\n'", "a\\n");
    assert_decoded("N'x'", "x");
    assert_decoded("\"a\"\"b\"", "a\"b");
    assert_decoded("B'01'", "B'01'");
    assert_decoded("x'1F'", "x'1F'");
}

static void decodes_escapes(void **state)
{
    (void) state;
    assert_decoded("E'\\b\\f\\n\\r\\t'", "\b\f\n\r\t");
    assert_decoded("e'it\\'s''it\\\\'", "it's'it\\");
    assert_decoded("E'\\x41\\x4a\\101\\7'", "AJA\007");
    assert_decoded("E'\\u00e9\\U0001F600'", "\xC3\xA9\xF0\x9F\x98\x80");
    assert_decoded("E'\\ud83d\\ude00'", "\xF0\x9F\x98\x80");
    assert_decoded("E'\\xc3\\xa9'", "\xC3\xA9");
    assert_decoded("E'\\q\\xg'", "qxg");
    assert_decoded("U&'\\0041\\+01F600\\\\'", "A\xF0\x9F\x98\x80\\");
    assert_decoded("U&\"d\\0061t\\+000061\"", "data");
}

static void names_what_is_wrong(void **state)
{
    (void) state;
    assert_problem("E'\\u12'", 2);
    assert_problem("E'a\\ud83d'", 8);
    assert_problem("E'\\ude00'", 2);
    assert_problem("E'\\ud83dx'", 8);
    assert_problem("E'\\xff'", 0);
    assert_problem("E'\\0'", 2);
    assert_problem("E'\\U00110000'", 2);
    assert_problem("U&'\\00'", 3);
    assert_problem("U&'\\'", 3);
}

static void folds_ascii_only(void **state)
{
    (void) state;
    assert_str(literal_fold(&arena, STR("FooBar_9")), "foobar_9");
    assert_str(literal_fold(&arena, STR("\xC3\x89t\xC3\xA9")), "\xC3\x89t\xC3\xA9");
    assert_str(literal_fold(&arena, STR("")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_plain_strings),
        cmocka_unit_test(decodes_escapes),
        cmocka_unit_test(names_what_is_wrong),
        cmocka_unit_test(folds_ascii_only),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
