#include "unit.h"

#include "source.h"

static Arena arena;
static Sources sources;
static uint32_t file;

static int add_file(void **state)
{
    (void) state;
    file = source_add(&arena, &sources, STR("a.mig"), STR("one\n\ttwo \xC3\xA9t\xC3\xA9\r\n\nlast"));
    return 0;
}

static int free_all(void **state)
{
    (void) state;
    arena_free(&arena);
    return 0;
}

static void assert_position(uint32_t offset, uint32_t line, uint32_t column)
{
    Position at = span_position(&arena, &sources, file, offset);
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

static void finds_lines_and_columns(void **state)
{
    (void) state;
    assert_position(0, 1, 1);
    assert_position(3, 1, 4);
    assert_position(4, 2, 1);
    assert_position(5, 2, 2);
    assert_position(9, 2, 6);
    assert_position(11, 2, 7);
    assert_position(14, 2, 9);
    assert_position(16, 3, 1);
    assert_position(17, 4, 1);
    assert_position(21, 4, 5);
}

static void gives_lines_without_their_ends(void **state)
{
    (void) state;
    assert_str(source_line(&arena, &sources, file, 1), "one");
    assert_str(source_line(&arena, &sources, file, 2), "\ttwo \xC3\xA9t\xC3\xA9");
    assert_str(source_line(&arena, &sources, file, 3), "");
    assert_str(source_line(&arena, &sources, file, 4), "last");
    assert_int_equal(source_line_start(&arena, &sources, file, 4), 17);
}

static void joins_spans(void **state)
{
    (void) state;
    Span a = {2, 4, file}, b = {7, 9, file}, joined = span_join(a, b);
    assert_int_equal(joined.start, 2);
    assert_int_equal(joined.end, 9);
    assert_int_equal(span_join((Span) {0}, b).start, 7);
    assert_int_equal(span_head(joined, 3).end, 5);
    assert_int_equal(span_head(a, 30).end, 4);
    assert_false(span_is_known((Span) {0}));
    assert_true(span_is_known(a));
    assert_str(span_text(&sources, (Span) {0, 3, file}), "one");
}

static void takes_an_empty_file(void **state)
{
    (void) state;
    uint32_t empty = source_add(&arena, &sources, STR("empty.mig"), STR(""));
    assert_int_equal(span_position(&arena, &sources, empty, 0).line, 1);
    assert_str(source_line(&arena, &sources, empty, 1), "");
    assert_true(empty != file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_lines_and_columns),
        cmocka_unit_test(gives_lines_without_their_ends),
        cmocka_unit_test(joins_spans),
        cmocka_unit_test(takes_an_empty_file),
    };
    return cmocka_run_group_tests(tests, add_file, free_all);
}
