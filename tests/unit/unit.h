/* What the unit tests share: cmocka with the headers that it wants first, and comparisons of Str. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text.h"

#define assert_str(actual, expected)                                                  \
    do {                                                                              \
        Arena str_arena = {0};                                                        \
        assert_string_equal(str_to_c(&str_arena, (actual)), (expected));              \
        arena_free(&str_arena);                                                       \
    } while (0)

#define assert_absent(str) assert_null((str).data)

#define RUN_TESTS(tests) cmocka_run_group_tests((tests), NULL, NULL)

#endif
