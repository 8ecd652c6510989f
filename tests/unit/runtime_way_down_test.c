/* Ways down as the journal keeps them: what is written is read again, and nothing else is. */
#include "course.h"
#include "way_down.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* No migrations of its own: the runtime's main() wants a project. */
const MigrateProject migrate_project = {.runtime = MIGRATE_RUNTIME_VERSION, .name = "test", .schema = "public"};

static const MigrateStep steps[] = {
    {.sql = "DROP TABLE a /* ;\n-- line 1, flags 0, bytes 1 0 0 */", .line = 7},
    {.sql = "DROP INDEX CONCURRENTLY i", .line = 9, .flags = MIGRATE_OUTSIDE, .done = "SELECT true", .repair = "*/ x"},
};

static bool down(MigrateRun *run)
{
    return migrate_steps(run, steps, MIGRATE_COUNT(steps));
}

static const char *const losses[] = {"table \"a\nb\"", "column \"c\" of table \"d\""};
static const Migration with_losses = {.name = "one", .down = down, .losses = losses, .loss_count = 2};
static const Migration irreversible = {.name = "two", .irreversible = "it is\ngone"};

static void test_round(void **state)
{
    (void) state;
    StoredWay way;
    char *text = way_down_write(&with_losses);
    assert_true(way_down_read(&way, text));
    assert_true(way.reversible);
    assert_int_equal(way.loss_count, 2);
    assert_string_equal(way.losses[0], losses[0]);
    assert_int_equal(way.step_count, 2);
    assert_string_equal(way.steps[0].sql, steps[0].sql);
    assert_null(way.steps[0].done);
    assert_int_equal(way.steps[1].line, 9);
    assert_int_equal(way.steps[1].flags, MIGRATE_OUTSIDE);
    assert_string_equal(way.steps[1].done, steps[1].done);
    assert_string_equal(way.steps[1].repair, steps[1].repair);
    stored_way_clear(&way);
    free(text);
}

static void test_irreversible(void **state)
{
    (void) state;
    StoredWay way;
    char *text = way_down_write(&irreversible);
    assert_true(way_down_read(&way, text));
    assert_false(way.reversible);
    assert_string_equal(way.reason, "it is\ngone");
    stored_way_clear(&way);
    free(text);
}

/* Every text that is cut short, or has one byte more or another one where a number stands, is none. */
static void test_broken(void **state)
{
    (void) state;
    StoredWay way;
    char *text = way_down_write(&with_losses);
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        char *part = strndup(text, i);
        assert_false(way_down_read(&way, part));
        stored_way_clear(&way);
        free(part);
    }
    static const char *const wrong[] = {
        "", "DROP TABLE a;", "-- the way down: 99999999999999999999 steps, 0 losses\n",
        "-- the way down: 0 steps, 0 losses\n;", "-- the way down: -1 steps, 0 losses\n",
        "-- the way down: 1 steps, 0 losses\n-- line 1, flags 0, bytes 99999999999 0 0\nx;\n",
    };
    for (size_t i = 0; i < MIGRATE_COUNT(wrong); i++) {
        assert_false(way_down_read(&way, wrong[i]));
        stored_way_clear(&way);
    }
    assert_false(way_down_read(&way, NULL));
    stored_way_clear(&way);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_irreversible),
        cmocka_unit_test(test_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
