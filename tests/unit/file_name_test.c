#include "unit.h"

#include "file_name.h"
#include "suggest.h"

static Arena arena;

static int free_arena(void **state)
{
    (void) state;
    arena_free(&arena);
    return 0;
}

static void accepts_dates_that_exist(void **state)
{
    (void) state;
    static const char *const stamps[] = {"20260225190000", "20240229235959", "20000229000000", "19700101000000"};
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
        Str stamp = str_from(stamps[i]);
        assert_absent(stamp_problem(&arena, stamp));
        assert_str(stamp_of(&arena, stamp_time(stamp)), stamps[i]);
    }
}

static void refuses_dates_that_do_not(void **state)
{
    (void) state;
    assert_str(stamp_problem(&arena, STR("20261325190000")), "there is no month 13");
    assert_str(stamp_problem(&arena, STR("20260025190000")), "there is no month 00");
    assert_str(stamp_problem(&arena, STR("20260229190000")), "there is no day 29 in 2026-02");
    assert_str(stamp_problem(&arena, STR("19000229190000")), "the year 1900 is too long ago");
    assert_str(stamp_problem(&arena, STR("21000229190000")), "there is no day 29 in 2100-02");
    assert_str(stamp_problem(&arena, STR("20260101240000")), "there is no hour 24");
    assert_str(stamp_problem(&arena, STR("20260101006000")), "there is no minute 60");
    assert_str(stamp_problem(&arena, STR("20260101000060")), "there is no second 60");
}

static void counts_seconds_over_midnight(void **state)
{
    (void) state;
    assert_str(stamp_of(&arena, stamp_time(STR("20231231235959")) + 1), "20240101000000");
    assert_str(stamp_of(&arena, stamp_time(STR("20240228235959")) + 1), "20240229000000");
}

static void checks_file_names(void **state)
{
    (void) state;
    assert_absent(file_name_problem(&arena, STR("20260225190000_a.mig")));
    assert_absent(file_name_problem(&arena, STR("20260225190000_Add-x.1_.mig")));
    assert_non_null(file_name_problem(&arena, STR(".mig")).data);
    assert_non_null(file_name_problem(&arena, STR("a.mig")).data);
    assert_non_null(file_name_problem(&arena, STR("2026022519000_a.mig")).data);
    assert_non_null(file_name_problem(&arena, STR("20260225190000.mig")).data);
    assert_non_null(file_name_problem(&arena, STR("20260225190000_.mig")).data);
    assert_non_null(file_name_problem(&arena, STR("20260225190000a.mig")).data);
    assert_non_null(file_name_problem(&arena, STR("202602251900001_a.mig")).data);
    assert_str(file_name_problem(&arena, STR("20260225190000_\xC3\xA9.mig")),
               "\"\xC3\xA9\" cannot stand in the name of a migration");
}

static void mends_names(void **state)
{
    (void) state;
    assert_str(name_mended(&arena, STR("add some  change!")), "add_some_change");
    assert_str(name_mended(&arena, STR("  x")), "x");
    assert_str(name_mended(&arena, STR("!")), "");
}

static void suggests_what_is_close(void **state)
{
    (void) state;
    StrList known = {0};
    list_push(&arena, &known, STR("check"));
    list_push(&arena, &known, STR("build"));
    list_push(&arena, &known, STR("emit"));
    assert_str(suggest(STR("chekc"), known), "check");
    assert_str(suggest(STR("emi"), known), "emit");
    assert_absent(suggest(STR("nothing"), known));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_dates_that_exist),
        cmocka_unit_test(refuses_dates_that_do_not),
        cmocka_unit_test(counts_seconds_over_midnight),
        cmocka_unit_test(checks_file_names),
        cmocka_unit_test(mends_names),
        cmocka_unit_test(suggests_what_is_close),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
