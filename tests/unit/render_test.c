/* How reports look. The golden tests show whole runs; here stands what is hard to bring about by a migration. */
#include "unit.h"

#include "report.h"

static const RenderOptions text_format = {FORMAT_TEXT, false}, json_format = {FORMAT_JSON, false},
                           github_format = {FORMAT_GITHUB, false};

static uint32_t add(Compilation *c, const char *path, const char *text)
{
    return source_add(&c->arena, &c->sources, str_from(path), str_from(text));
}

static void shows_nothing_when_all_is_well(void **state)
{
    (void) state;
    Compilation c = {0};
    assert_str(reports_render(&c, text_format), "");
    assert_str(reports_render(&c, github_format), "");
    assert_str(reports_render(&c, json_format), "[]\n");
    compilation_free(&c);
}

static void shows_a_report_about_no_place(void **state)
{
    (void) state;
    Compilation c = {0};
    report(&c, M_CANNOT_READ, (Span) {0}, "the folder \"%s\" is gone", "db");
    help(&c, "look elsewhere");
    assert_str(reports_render(&c, text_format), "error[M0001]: the folder \"db\" is gone\n"
                                                "   = help: look elsewhere\n"
                                                "   = more: migc explain M0001\n"
                                                "\n1 error\n");
    assert_str(reports_render(&c, github_format),
               "::error title=M0001::the folder \"db\" is gone%0Ahelp: look elsewhere\n");
    compilation_free(&c);
}

static void shows_a_file_as_a_whole(void **state)
{
    (void) state;
    Compilation c = {0};
    uint32_t file = source_add(&c.arena, &c.sources, STR("db/x.txt"), (Str) {0});
    report(&c, M_FOREIGN_FILE, (Span) {.file = file}, "this file is not a migration");
    assert_str(reports_render(&c, text_format), "warning[M0002]: this file is not a migration\n"
                                                "  --> db/x.txt\n"
                                                "   = more: migc explain M0002 (lint foreign_file)\n"
                                                "\n1 warning\n");
    compilation_free(&c);
}

static void shows_labels_of_other_files_below(void **state)
{
    (void) state;
    Compilation c = {0};
    uint32_t first = add(&c, "a.mig", "create table users {\n"), second = add(&c, "b.mig", "\n\n  add column email;\n");
    report(&c, M_NOT_NULL_ADDED, (Span) {15, 20, second}, "the message");
    caption(&c, "the caption");
    label(&c, (Span) {13, 18, first}, "created here");
    note(&c, "a note");
    assert_str(reports_render(&c, text_format), "error[M0217]: the message\n"
                                                "  --> b.mig:3:14\n"
                                                "   |\n"
                                                " 3 |   add column email;\n"
                                                "   |              ^^^^^ the caption\n"
                                                "   |\n"
                                                "  ::: a.mig:1\n"
                                                "   |\n"
                                                " 1 | create table users {\n"
                                                "   |              ----- created here\n"
                                                "   |\n"
                                                "   = note: a note\n"
                                                "   = more: migc explain M0217\n"
                                                "\n1 error\n");
    compilation_free(&c);
}

static void sorts_by_place(void **state)
{
    (void) state;
    Compilation c = {0};
    uint32_t first = add(&c, "a.mig", "aaaa"), second = add(&c, "b.mig", "bbbb");
    report(&c, M_SYNTAX, (Span) {0, 1, second}, "third");
    report(&c, M_SYNTAX, (Span) {2, 3, first}, "second");
    report(&c, M_SYNTAX, (Span) {1, 2, first}, "first");
    assert_str(reports_render(&c, github_format),
               "::error file=a.mig,line=1,endLine=1,col=2,endColumn=3,title=M0101::first\n"
               "::error file=a.mig,line=1,endLine=1,col=3,endColumn=4,title=M0101::second\n"
               "::error file=b.mig,line=1,endLine=1,col=1,endColumn=2,title=M0101::third\n");
    compilation_free(&c);
}

static void escapes_for_github_and_json(void **state)
{
    (void) state;
    Compilation c = {0};
    uint32_t file = add(&c, "a,b:c%.mig", "x\n");
    report(&c, M_SYNTAX, (Span) {0, 1, file}, "100%% \"quoted\" \\ \n next\x01");
    assert_str(reports_render(&c, github_format),
               "::error file=a%2Cb%3Ac%25.mig,line=1,endLine=1,col=1,endColumn=2,title=M0101"
               "::100%25 \"quoted\" \\ %0A next\x01\n");
    assert_str(reports_render(&c, json_format),
               "[\n  {\"code\": \"M0101\", \"severity\": \"error\", "
               "\"message\": \"100% \\\"quoted\\\" \\\\ \\n next\\u0001\", \"file\": \"a,b:c%.mig\", \"line\": 1, "
               "\"column\": 1, \"end_line\": 1, \"end_column\": 2, \"labels\": [], \"notes\": \"\", "
               "\"help\": \"\"}\n]\n");
    compilation_free(&c);
}

static void never_sends_controls_to_the_terminal(void **state)
{
    (void) state;
    Compilation c = {0};
    uint32_t file = add(&c, "a.mig", "a\033[31m b");
    report(&c, M_SYNTAX, (Span) {0, 1, file}, "message");
    Str shown = reports_render(&c, text_format);
    assert_null(memchr(shown.data, '\033', shown.len));
    compilation_free(&c);
}

static void colours_when_asked(void **state)
{
    (void) state;
    Compilation c = {0};
    uint32_t file = add(&c, "a.mig", "abc");
    report(&c, M_SYNTAX, (Span) {0, 1, file}, "message");
    Str shown = reports_render(&c, (RenderOptions) {FORMAT_TEXT, true});
    assert_true(str_starts_with(shown, STR("\033[1;31merror[M0101]\033[0m")));
    compilation_free(&c);
}

static void finds_codes(void **state)
{
    (void) state;
    assert_ptr_equal(diagnostic_find(STR("M0101")), diagnostic_info(M_SYNTAX));
    assert_ptr_equal(diagnostic_find(STR("m0101")), diagnostic_info(M_SYNTAX));
    assert_null(diagnostic_find(STR("M9999")));
    assert_null(diagnostic_find(STR("M010")));
    assert_null(diagnostic_find(STR("M01011")));
    assert_null(diagnostic_find(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_nothing_when_all_is_well),
        cmocka_unit_test(shows_a_report_about_no_place),
        cmocka_unit_test(shows_a_file_as_a_whole),
        cmocka_unit_test(shows_labels_of_other_files_below),
        cmocka_unit_test(sorts_by_place),
        cmocka_unit_test(escapes_for_github_and_json),
        cmocka_unit_test(never_sends_controls_to_the_terminal),
        cmocka_unit_test(colours_when_asked),
        cmocka_unit_test(finds_codes),
    };
    return RUN_TESTS(tests);
}
