/* Connection URLs: what becomes of each part. That passwords stay out of messages is tests/database/url.sh's matter,
 * too. */
#include "url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *get(const Settings *settings, const char *keyword)
{
    const char *value = settings_get(settings, keyword);
    return value == NULL ? "" : value;
}

typedef struct Good {
    const char *url, *user, *password, *host, *port, *database, *mode;
} Good;

static const Good good[] = {
    {"postgres://u:p@h:1/d", "u", "p", "h", "1", "d", ""},
    {"postgresql://u@h/d", "u", "", "h", "", "d", ""},
    {"postgres://h/d", "", "", "h", "", "d", ""},
    {"postgres://u:p@ss@h/d", "u", "p@ss", "h", "", "d", ""},
    {"postgres://u:100%@h/d", "u", "100%", "h", "", "d", ""},
    {"postgres://u:1%2g%41@h/d", "u", "1%2gA", "h", "", "d", ""},
    {"postgres://u:a:b@h/d", "u", "a:b", "h", "", "d", ""},
    {"postgres://u%40x:p%2Fq@h/d%20e", "u@x", "p/q", "h", "", "d e", ""},
    {"postgres://u:p@%2Fvar%2Frun/d", "u", "p", "/var/run", "", "d", ""},
    {"postgres://u:p@[::1]:5/d", "u", "p", "::1", "5", "d", ""},
    {"postgres://u:p@[fe80::1]/d", "u", "p", "fe80::1", "", "d", ""},
    {"postgres://a:1,b,c:3/d", "", "", "a,b,c", "1,,3", "d", ""},
    {"postgres://u:p@h/d?ssl=true", "u", "p", "h", "", "d", "require"},
    {"postgres://u:p@h/d?ssl=no-verify", "u", "p", "h", "", "d", "require"},
    {"postgres://u:p@h/d?ssl=0", "u", "p", "h", "", "d", "disable"},
    {"postgres://u:p@h/d?sslmode=no-verify", "u", "p", "h", "", "d", "require"},
    {"postgres://u:p@h/d?sslmode=verify-full&", "u", "p", "h", "", "d", "verify-full"},
    {"postgres://h?user=u&password=p%40q&dbname=d&port=7", "u", "p@q", "h", "7", "d", ""},
    {"postgres:///d?host=/tmp", "", "", "/tmp", "", "d", ""},
    {" postgres://u@h/d\n", "u", "", "h", "", "d", ""},
    {"postgres://", "", "", "", "", "", ""},
};

static void test_good(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        Settings settings;
        UrlProblem problem;
        if (!url_parse(good[i].url, "public", &settings, &problem))
            fail_msg("%s: %s", good[i].url, problem.what);
        assert_string_equal(get(&settings, "user"), good[i].user);
        assert_string_equal(get(&settings, "password"), good[i].password);
        assert_string_equal(get(&settings, "host"), good[i].host);
        assert_string_equal(get(&settings, "port"), good[i].port);
        assert_string_equal(get(&settings, "dbname"), good[i].database);
        assert_string_equal(get(&settings, "sslmode"), good[i].mode);
        settings_clear(&settings);
    }
}

static const char *const bad[] = {
    "", " \t", "'postgres://h/d'", "http://h/d", "postgres:/h/d", "h/d", "postgres://u:p@h:x/d", "postgres://u:p@h:0/d",
    "postgres://u:p@h:99999/d", "postgres://u:p@h:1:2/d", "postgres://u:secret/1@h/d", "postgres://u:1/secret@h/d",
    "postgres://u:secret?1@h/d", "postgres://h/d@secret", "postgres://h/d?a@secret=1", "postgres://h/d#x",
    "postgres://h/d?x#y",
    "postgres://[::1/d", "postgres://[::1]x/d", "postgres://h%/d", "postgres://h/%d%", "postgres://u:secret%00@h/d",
    "postgres://h/d?sslmode=%", "postgres://h/d?sslmode=no", "postgres://h/d?ssl=maybe", "postgres://h/d?unknown=1",
    "postgres://h/d?schema=other", "postgres://h/d?pgbouncer=true", "postgres://h/d?pgbouncer=1",
    "postgres://h/d?currentSchema=x", "postgres://h/d?replication=true", "postgres://u:secr\net@h/d",
};

static void test_bad(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        Settings settings;
        UrlProblem problem = {0};
        if (url_parse(bad[i], "public", &settings, &problem))
            fail_msg("understood: %s", bad[i]);
        assert_true(problem.what[0] != '\0');
        assert_non_null(problem.help);
        assert_null(strstr(problem.what, "secret"));
        settings_clear(&settings);
    }
}

static void test_schema(void **state)
{
    (void) state;
    Settings settings;
    UrlProblem problem;
    assert_true(url_parse("postgres://h/d?schema=app", "app", &settings, &problem));
    assert_string_equal(get(&settings, "schema"), "");
    settings_clear(&settings);
}

static void test_last_wins(void **state)
{
    (void) state;
    Settings settings;
    UrlProblem problem;
    const char *url = "postgres://u@h/d?user=v&dbname=e&application_name=a&application_name=b";
    assert_true(url_parse(url, "public", &settings, &problem));
    assert_string_equal(get(&settings, "user"), "v");
    assert_string_equal(get(&settings, "dbname"), "e");
    assert_string_equal(get(&settings, "application_name"), "b");
    settings_clear(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_schema),
        cmocka_unit_test(test_last_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
