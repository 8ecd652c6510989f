#include "unit.h"

#include "literal_c.h"

static Arena arena;

static int free_arena(void **state)
{
    (void) state;
    arena_free(&arena);
    return 0;
}

static Str literal(Str text)
{
    Text out = text_new(&arena);
    add_c_literal(&out, text, 2);
    return text_str(&out);
}

static Str identifier(const char *text)
{
    Text out = text_new(&arena);
    add_c_identifier(&out, str_from(text));
    return text_str(&out);
}

static Str comment(const char *text)
{
    Text out = text_new(&arena);
    add_c_comment(&out, str_from(text));
    return text_str(&out);
}

static void writes_lines(void **state)
{
    (void) state;
    assert_str(literal(STR("")), "\"\"");
    assert_str(literal(STR("a")), "\"a\"");
    assert_str(literal(STR("a\nb")), "\"a\\n\"\n  \"b\"");
    assert_str(literal(STR("a\n")), "\"a\\n\"");
    assert_str(literal(STR("\n\n")), "\"\\n\"\n  \"\\n\"");
}

static void escapes(void **state)
{
    (void) state;
    assert_str(literal(STR("\"\\\t\r\a\b\f\v")), "\"\\\"\\\\\\t\\r\\a\\b\\f\\v\"");
    assert_str(literal(STR("\001" "1\033[\177")), "\"\\0011\\033[\\177\"");
    assert_str(literal(STR("?" "?/ ?" "?" "? ?")), "\"?\\?/ ?\\?\\? ?\"");
}

static void keeps_what_can_be_seen(void **state)
{
    (void) state;
    assert_str(literal(STR("\xC3\xA9 \xE8\xA1\xA8 \xF0\x9F\x98\x80")), "\"\xC3\xA9 \xE8\xA1\xA8 \xF0\x9F\x98\x80\"");
    assert_str(literal(STR("a\xE2\x80\xAE" "b")), "\"a\\342\\200\\256b\"");
    assert_str(literal(STR("\xEF\xBB\xBF")), "\"\\357\\273\\277\"");
    assert_str(literal(STR("\xC3(\xFF")), "\"\\303(\\377\"");
}

static void names_are_injective(void **state)
{
    (void) state;
    assert_str(identifier("20260225190000_initial_baseline"), "20260225190000_initial_baseline");
    assert_str(identifier("a-b.c"), "a_X2Db_X2Ec");
    assert_str(identifier("a_X2Db"), "a_X5FX2Db");
    assert_str(identifier("a_x_"), "a_x_");
    assert_str(identifier("\xC3\xA9"), "_XC3_XA9");
}

static void comments_stay_closed(void **state)
{
    (void) state;
    assert_str(comment("db/a.mig"), "db/a.mig");
    assert_str(comment("a*/b/*c"), "a* /b/ *c");
    assert_str(comment("*/*/"), "* / * /");
    assert_str(comment("a\nb"), "a?b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_lines),
        cmocka_unit_test(escapes),
        cmocka_unit_test(keeps_what_can_be_seen),
        cmocka_unit_test(names_are_injective),
        cmocka_unit_test(comments_stay_closed),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
