#include "unit.h"

#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena arena;
static Str folder;

static int make_folder(void **state)
{
    (void) state;
    char path[] = "/tmp/migc-file-test-XXXXXX";
    if (mkdtemp(path) == NULL)
        return -1;
    folder = str_copy(&arena, str_from(path));
    return 0;
}

static const char *in_folder(const char *name)
{
    return str_to_c(&arena, path_join(&arena, folder, str_from(name)));
}

static int remove_folder(void **state)
{
    (void) state;
    static const char *const names[] = {"a/b/c", "a/b", "a", "file", "new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(in_folder(names[i]));
    int failure = rmdir(str_to_c(&arena, folder));
    arena_free(&arena);
    return failure;
}

static void writes_and_reads(void **state)
{
    (void) state;
    Str text;
    assert_int_equal(file_write(&arena, in_folder("file"), (Str) {"a\0b\n", 4}), 0);
    assert_int_equal(file_read(&arena, in_folder("file"), &text), 0);
    assert_int_equal(text.len, 4);
    assert_memory_equal(text.data, "a\0b\n", 5);
    assert_int_equal(file_write(&arena, in_folder("file"), STR("")), 0);
    assert_int_equal(file_read(&arena, in_folder("file"), &text), 0);
    assert_int_equal(text.len, 0);
}

static void leaves_the_same_text_alone(void **state)
{
    (void) state;
    struct stat before, after;
    assert_int_equal(file_write(&arena, in_folder("file"), STR("same")), 0);
    assert_int_equal(chmod(in_folder("file"), 0444), 0);
    assert_int_equal(stat(in_folder("file"), &before), 0);
    assert_int_equal(file_write(&arena, in_folder("file"), STR("same")), 0);
    assert_int_equal(stat(in_folder("file"), &after), 0);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    assert_int_equal(chmod(in_folder("file"), 0644), 0);
}

static void creates_only_what_is_new(void **state)
{
    (void) state;
    Str text;
    assert_int_equal(file_create(in_folder("new"), STR("first")), 0);
    assert_int_equal(file_create(in_folder("new"), STR("second")), EEXIST);
    assert_int_equal(file_read(&arena, in_folder("new"), &text), 0);
    assert_str(text, "first");
}

static void says_what_went_wrong(void **state)
{
    (void) state;
    Str text;
    StrList names = {0};
    assert_int_equal(file_read(&arena, in_folder("nothing"), &text), ENOENT);
    assert_int_equal(file_read(&arena, str_to_c(&arena, folder), &text), EISDIR);
    assert_int_equal(folder_list(&arena, in_folder("nothing"), &names), ENOENT);
    assert_int_equal(file_write(&arena, in_folder("nothing/file"), STR("")), ENOENT);
}

static void makes_and_lists_folders(void **state)
{
    (void) state;
    StrList names = {0};
    assert_int_equal(folder_create(&arena, path_join(&arena, folder, STR("a/b/c"))), 0);
    assert_int_equal(folder_create(&arena, path_join(&arena, folder, STR("a/b/c"))), 0);
    assert_true(path_is_folder(in_folder("a/b")));
    assert_int_equal(folder_list(&arena, in_folder("a"), &names), 0);
    assert_int_equal(names.count, 1);
    assert_str(names.items[0], "b");
}

static void lists_in_byte_order(void **state)
{
    (void) state;
    StrList names = {0};
    file_write(&arena, in_folder("file"), STR(""));
    file_write(&arena, in_folder("new"), STR(""));
    folder_create(&arena, path_join(&arena, folder, STR("a")));
    assert_int_equal(folder_list(&arena, str_to_c(&arena, folder), &names), 0);
    assert_int_equal(names.count, 3);
    assert_str(names.items[0], "a");
    assert_str(names.items[1], "file");
    assert_str(names.items[2], "new");
}

static void takes_paths_apart(void **state)
{
    (void) state;
    assert_str(path_join(&arena, STR("a"), STR("b")), "a/b");
    assert_str(path_join(&arena, STR("a/"), STR("b")), "a/b");
    assert_str(path_join(&arena, STR("."), STR("b")), "b");
    assert_str(path_join(&arena, STR(""), STR("b")), "b");
    assert_str(path_join(&arena, STR("/"), STR("b")), "/b");
    assert_str(path_base(STR("a/b.c")), "b.c");
    assert_str(path_base(STR("b.c")), "b.c");
    assert_str(path_folder(STR("a/b.c")), "a");
    assert_str(path_folder(STR("a//b.c")), "a");
    assert_str(path_folder(STR("b.c")), ".");
    assert_str(path_folder(STR("/b")), "/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads),
        cmocka_unit_test(leaves_the_same_text_alone),
        cmocka_unit_test(creates_only_what_is_new),
        cmocka_unit_test(says_what_went_wrong),
        cmocka_unit_test(makes_and_lists_folders),
        cmocka_unit_test(lists_in_byte_order),
        cmocka_unit_test(takes_paths_apart),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
