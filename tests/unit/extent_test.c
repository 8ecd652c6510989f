#include "unit.h"

#include "extent.h"

/* A cursor over SQL in a file of its own, which begins with something else. */
typedef struct Bench {
    Compilation c;
    Syntax syntax;
    Tokens *tokens;
    Cursor at;
} Bench;

static Bench *bench(const char *sql)
{
    Bench *b = test_calloc(1, sizeof *b);
    b->syntax = syntax_new(&b->c);
    Str text = str_format(&b->c.arena, "up { %s", sql);
    uint32_t file = source_add(&b->c.arena, &b->c.sources, STR("x.mig"), text);
    Span body = {5, (uint32_t) text.len, file};
    b->tokens = tokens_read(&b->syntax, body);
    b->at = cursor_over(b->tokens, body);
    return b;
}

static void put_away(Bench *b)
{
    compilation_free(&b->c);
    test_free(b);
}

#define assert_text(b, span, expected) assert_str(span_text(&(b)->c.sources, (span)), expected)
#define assert_left(b, expected) assert_text(b, cursor_span((b)->at), expected)

static void words_are_not_names_in_quotes(void **state)
{
    (void) state;
    Bench *b = bench("If NOT exists \"if\" x");
    assert_true(cursor_is(b->at, "if not"));
    assert_false(cursor_take(&b->at, "if not exist"));
    assert_text(b, cursor_take_span(&b->at, "if not exists"), "If NOT exists");
    assert_false(cursor_is(b->at, "if"));
    assert_false(span_is_known(cursor_find(b->at, "if")));
    assert_str(cursor_word(&b->at).name, "if");
    assert_left(b, "x");
    put_away(b);
}

static void words_are_sought_outside_of_brackets(void **state)
{
    (void) state;
    Bench *b = bench("a (where) [where] 'where' $$where$$ \"where\" /* where */ WHERE b");
    assert_text(b, cursor_find(b->at, "where"), "WHERE");
    Cursor before = cursor_before(&b->at, "where");
    assert_text(b, cursor_span(before), "a (where) [where] 'where' $$where$$ \"where\"");
    assert_left(b, "WHERE b");
    assert_false(cursor_seek(&b->at, "no such"));
    assert_left(b, "WHERE b");
    assert_text(b, cursor_span(cursor_before(&b->at, "no such")), "WHERE b");
    assert_true(cursor_is_empty(b->at));
    put_away(b);
}

static void items_end_at_commas(void **state)
{
    (void) state;
    Bench *b = bench("(a, f(b, c), x[1, 2], 'd,e') rest");
    Cursor inside = cursor_inside(&b->at);
    assert_text(b, cursor_span(cursor_item(&inside)), "a");
    assert_text(b, cursor_span(cursor_item(&inside)), "f(b, c)");
    assert_text(b, cursor_span(cursor_item(&inside)), "x[1, 2]");
    assert_text(b, cursor_span(cursor_item(&inside)), "'d,e'");
    assert_true(cursor_is_empty(inside));
    assert_true(cursor_is_empty(cursor_item(&inside)));
    assert_left(b, "rest");
    assert_true(cursor_is_empty(cursor_inside(&b->at)));
    assert_left(b, "rest");
    put_away(b);
}

static void empty_parts_have_a_place(void **state)
{
    (void) state;
    Bench *b = bench("a ()");
    cursor_word(&b->at);
    Span span = cursor_span(cursor_inside(&b->at));
    assert_int_equal(span.start, span.end);
    assert_int_equal(span.start, 8);
    assert_left(b, "");
    assert_absent(cursor_word(&b->at).name);
    assert_int_equal(cursor_next(&b->at).start, cursor_next(&b->at).end);
    put_away(b);
}

/* Locations of a tree count bytes from the start of the block. */
static void locations_end_parts(void **state)
{
    (void) state;
    Bench *b = bench("a numeric(3, 1) not null");
    assert_text(b, cursor_span(cursor_before_location(&b->at, 2)), "a");
    assert_text(b, cursor_span(cursor_before_location(&b->at, 16)), "numeric(3, 1)");
    assert_true(cursor_is_empty(cursor_before_location(&b->at, 0)));
    assert_text(b, cursor_span(cursor_before_location(&b->at, -1)), "not null");
    put_away(b);
}

static void names_have_their_places(void **state)
{
    (void) state;
    Bench *b = bench("\"S\".Tab, u (A, \"b c\")");
    Ref ref = cursor_ref(&b->at);
    assert_str(ref.schema.name, "S");
    assert_str(ref.name.name, "tab");
    assert_text(b, ref.span, "\"S\".Tab");
    assert_text(b, ref.name.span, "Tab");
    cursor_next(&b->at);
    ref = cursor_ref(&b->at);
    assert_absent(ref.schema.name);
    assert_str(ref.name.name, "u");
    WordList words = cursor_words(cursor_inside(&b->at));
    assert_int_equal(words.count, 2);
    assert_str(words.items[0].name, "a");
    assert_text(b, words.items[1].span, "\"b c\"");
    assert_int_equal(b->c.errors, 0);
    put_away(b);
}

static void names_that_are_not_followed(void **state)
{
    (void) state;
    Bench *b = bench("d.s.t U&\"d!0061t\" uescape '!' x");
    Ref ref = cursor_ref(&b->at);
    assert_str(ref.schema.name, "s");
    assert_str(ref.name.name, "t");
    assert_int_equal(b->c.errors, 1);
    cursor_word(&b->at);
    assert_int_equal(b->c.errors, 2);
    assert_left(b, "x");
    put_away(b);
}

static void strings_go_on_below(void **state)
{
    (void) state;
    Bench *b = bench("'a'\n'b' U&'c!0061' uescape '!' x");
    assert_text(b, cursor_string(&b->at), "'a'\n'b' U&'c!0061' uescape '!'");
    assert_left(b, "x");
    put_away(b);
}

static void a_last_word_may_be_a_name(void **state)
{
    (void) state;
    Bench *b = bench("a int cascade");
    Cursor part = b->at;
    cursor_end_before_behavior(&part, 3);
    assert_text(b, cursor_span(part), "a int cascade");
    cursor_end_before_behavior(&part, 2);
    assert_text(b, cursor_span(part), "a int");
    assert_str(cursor_last_word(&part).name, "int");
    assert_text(b, cursor_span(part), "a");
    put_away(b);
    b = bench("a b.restrict");
    cursor_end_before_behavior(&b->at, 1);
    assert_left(b, "a b.restrict");
    put_away(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_not_names_in_quotes),
        cmocka_unit_test(words_are_sought_outside_of_brackets),
        cmocka_unit_test(items_end_at_commas),
        cmocka_unit_test(empty_parts_have_a_place),
        cmocka_unit_test(locations_end_parts),
        cmocka_unit_test(names_have_their_places),
        cmocka_unit_test(names_that_are_not_followed),
        cmocka_unit_test(strings_go_on_below),
        cmocka_unit_test(a_last_word_may_be_a_name),
    };
    return RUN_TESTS(tests);
}
