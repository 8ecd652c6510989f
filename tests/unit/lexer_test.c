#include "unit.h"

#include "syntax.h"

/* The kinds of the tokens, with blanks between. */
static void assert_kinds(const char *source, const char *expected)
{
    Compilation c = {0};
    Syntax syntax = syntax_new(&c);
    uint32_t file = source_add(&c.arena, &c.sources, STR("a.mig"), str_from(source));
    Lexer lexer = lexer_new(&c, &syntax.keywords, file);
    Text kinds = text_new(&c.arena);
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer))
        text_addf(&kinds, "%s%s", kinds.len == 0 ? "" : " ", token_kind_name(token.kind));
    assert_str(text_str(&kinds), expected);
    compilation_free(&c);
}

/* The texts of the tokens, with bars between. */
static void assert_texts(const char *source, const char *expected)
{
    Compilation c = {0};
    Syntax syntax = syntax_new(&c);
    uint32_t file = source_add(&c.arena, &c.sources, STR("a.mig"), str_from(source));
    Lexer lexer = lexer_new(&c, &syntax.keywords, file);
    Text texts = text_new(&c.arena);
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer))
        text_addf(&texts, "%s%.*s", texts.len == 0 ? "" : "|", STR_ARG(token.text));
    assert_str(text_str(&texts), expected);
    compilation_free(&c);
}

static void tells_words_apart(void **state)
{
    (void) state;
    assert_kinds("create CREATE \"create\" created", "create create name name");
    assert_texts("Users \"Users\" \xC3\x89t\xC3\xA9 a$1 _x", "users|Users|\xC3\x89t\xC3\xA9|a$1|_x");
}

/* A number and the word behind it are two tokens: a pause of `50ms`. */
static void parts_numbers_and_units(void **state)
{
    (void) state;
    assert_kinds("pause 50ms batch 5_000", "pause number name batch number");
    assert_texts("50ms 1.5h 1e3s", "50|ms|1.5|h|1e3|s");
}

static void cuts_operators_as_postgres_does(void **state)
{
    (void) state;
    assert_texts("a=-1", "a|=|-|1");
    assert_texts("a<>-1", "a|<>|-|1");
    assert_texts("a@-1", "a|@-|1");
    assert_texts("a--b\nc", "a|c");
    assert_texts("a+/*x*/b", "a|+|b");
    assert_texts("a::int[]", "a|::|int|[|]");
    assert_texts("a:=b", "a|:=|b");
    assert_texts("-- only a comment", "");
    assert_texts("a-----b\nc", "a|c");
}

static void skips_comments(void **state)
{
    (void) state;
    assert_texts("a/**/b/* c */d", "a|b|d");
    assert_texts("/*+ hint */a/*/* nested */*/b/***/c", "a|b|c");
    assert_texts("/*- -- */a", "a");
    assert_kinds("/* open", "error");
    assert_kinds("/*/", "error");
}

static void reads_numbers(void **state)
{
    (void) state;
    assert_kinds("1 1.5 .5 1. 1e10 1.5E-3 0xFF 0o17 0b11 1_000", "number number number number number number number "
                                                                 "number number number");
    assert_texts("1..2", "1.|.2");
}

static void reads_strings(void **state)
{
    (void) state;
    assert_texts("'it''s' E'\\n' $$a$b$$ $t$ $$ $t$ U&'\\0041'", "it's|\n|a$b| $$ |A");
    assert_kinds("'open", "error");
    assert_kinds("E'open\\'", "error");
    assert_kinds("$a$ open $b$", "error");
    assert_kinds("\"open", "error");
    assert_kinds("\"\"", "error");
}

static void goes_on_after_what_is_bad(void **state)
{
    (void) state;
    assert_kinds("a \\ b \x01 c", "name error name error name");
    assert_kinds("\xEF\xBB\xBFup", "up");
}

static Str checksum_of(Compilation *c, const char *source)
{
    Syntax syntax = syntax_new(c);
    return syntax_checksum(&syntax, source_add(&c->arena, &c->sources, STR("a.mig"), str_from(source)));
}

static void assert_same_checksum(const char *a, const char *b, bool same)
{
    Compilation c = {0};
    assert_int_equal(str_equal(checksum_of(&c, a), checksum_of(&c, b)), same);
    compilation_free(&c);
}

/* The digests are sha256sum's of "w", the length in four bytes, the word: whether it is a keyword today must not show,
 * as lock files outlive the list of keywords. */
static void checksum_is_for_ever(void **state)
{
    (void) state;
    Compilation c = {0};
    assert_str(checksum_of(&c, "table"), "6bdf9483b72ea0169d74042aaae30159dfafa32c4af838a008ce6589fb00fda2");
    assert_str(checksum_of(&c, "Ordinary"), "3d8e6650f2fb28f8a7cf01f77587b3f43393f2f828c5c908cb109b98a506611d");
    compilation_free(&c);
}

static void checksum_is_of_the_tokens(void **state)
{
    (void) state;
    assert_same_checksum("create table A { }", "CREATE\n  TABLE a -- c\n{/**/}", true);
    assert_same_checksum("a b", "ab", false);
    assert_same_checksum("'A'", "'a'", false);
    assert_same_checksum("\"A\"", "a", false);
    assert_same_checksum("\"null\"", "null", false);
    assert_same_checksum("'a'", "\"a\"", false);
    assert_same_checksum("'a' 'b'", "'ab'", false);
    assert_same_checksum("", " -- nothing", true);
    Compilation c = {0};
    assert_int_equal(checksum_of(&c, "up {}").len, 64);
    compilation_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_words_apart),
        cmocka_unit_test(parts_numbers_and_units),
        cmocka_unit_test(cuts_operators_as_postgres_does),
        cmocka_unit_test(skips_comments),
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(reads_strings),
        cmocka_unit_test(goes_on_after_what_is_bad),
        cmocka_unit_test(checksum_is_for_ever),
        cmocka_unit_test(checksum_is_of_the_tokens),
    };
    return RUN_TESTS(tests);
}
