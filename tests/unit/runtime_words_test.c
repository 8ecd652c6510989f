/* Names without their extensions, the distance between words, and SQL with places to fill in. */
#include "distance.h"
#include "stem.h"
#include "template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_stem(void **state)
{
    (void) state;
    assert_true(stem_equal("a.js", "a.mig"));
    assert_true(stem_equal("a", "a.coffee"));
    assert_true(stem_equal("2024_a.b.ts", "2024_a.b.sql"));
    assert_false(stem_equal("a.d.ts", "a.ts"));
    assert_false(stem_equal("a.js", "b.js"));
    assert_false(stem_equal("a.txt", "a"));
    assert_false(stem_equal("A.js", "a.js"));
    /* An extension alone is a name. */
    assert_int_equal(stem_length(".js"), 3);
    assert_int_equal(stem_length(""), 0);
    assert_int_equal(stem_length("x.mjs"), 1);
}

static void test_distance(void **state)
{
    (void) state;
    assert_int_equal(distance_between("latest", "latest"), 0);
    assert_int_equal(distance_between("lates", "latest"), 1);
    assert_int_equal(distance_between("altest", "latest"), 2);
    assert_int_equal(distance_between("", "abc"), 3);
    assert_int_equal(distance_between("abc", ""), 3);
    assert_int_equal(distance_between("kitten", "sitting"), 3);
}

static void test_template(void **state)
{
    (void) state;
    const Filling fillings[] = {{"a", "1"}, {"ab", "{a}"}, {NULL, NULL}};
    char *filled = template_fill("{a} and {ab}{a}", fillings);
    assert_string_equal(filled, "1 and {a}1");
    free(filled);
    filled = template_fill("nothing", fillings);
    assert_string_equal(filled, "nothing");
    free(filled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stem),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
