#include "unit.h"

#include "digest.h"
#include "lock_difference.h"

static Arena arena;

static int free_arena(void **state)
{
    (void) state;
    arena_free(&arena);
    return 0;
}

#define A "20260101000000_a"
#define B "20260102000000_b"
#define C "20260103000000_c"
#define D "20260104000000_d"

/* A checksum of 64 times one digit. */
static Str sum(char digit)
{
    Text text = text_new(&arena);
    text_add_repeated(&text, digit, DIGEST_LENGTH);
    return text_str(&text);
}

/* Three migrations, with the checksums 111…, 222…, 333…. */
static LockEntries three(void)
{
    LockEntries entries = {0};
    lock_file_add(&arena, &entries, STR(A), sum('1'), (StrList) {0});
    lock_file_add(&arena, &entries, STR(B), sum('2'), (StrList) {0});
    lock_file_add(&arena, &entries, STR(C), sum('3'), (StrList) {0});
    return entries;
}

static Str text_of_three(void)
{
    LockEntries entries = three();
    return lock_file_text(&arena, &entries);
}

/* ------------------------------------------------------------------ digests */

/* The first two from FIPS 180-2, appendix B, and the note on the empty message. */
static void digests_are_sha_256(void **state)
{
    (void) state;
    Digest digest = digest_new();
    digest_add(&digest, STR("a"));
    digest_add(&digest, STR("bc"));
    assert_str(digest_end(&digest, &arena), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest = digest_new();
    assert_str(digest_end(&digest, &arena), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void knows_digests_by_their_form(void **state)
{
    (void) state;
    assert_true(digest_is_well_formed(sum('0')));
    assert_true(digest_is_well_formed(sum('f')));
    assert_false(digest_is_well_formed(sum('F')));
    assert_false(digest_is_well_formed(sum('g')));
    assert_false(digest_is_well_formed(str_slice(sum('0'), 1, DIGEST_LENGTH)));
    assert_false(digest_is_well_formed(str_format(&arena, "%.*s0", STR_ARG(sum('0')))));
    assert_false(digest_is_well_formed(STR("")));
}

/* ------------------------------------------------------------------ the file */

static void reads_what_it_writes(void **state)
{
    (void) state;
    Str text = text_of_three();
    LockFile file = lock_file_read(&arena, text);
    assert_int_equal(file.damage, LOCK_WHOLE);
    assert_int_equal(file.entries.count, 3);
    assert_str(file.entries.items[1].name, B);
    assert_true(str_equal(file.entries.items[1].checksum, sum('2')));
    assert_true(str_starts_with(str_slice(text, file.entries.items[1].start, text.len), STR(B " 222")));
    assert_true(str_equal(lock_file_text(&arena, &file.entries), text));
    assert_str(lock_file_last(&file.entries), C);
}

static void reads_an_empty_one(void **state)
{
    (void) state;
    LockEntries none = {0};
    assert_str(lock_file_text(&arena, &none), "migc lock 1\n");
    assert_int_equal(lock_file_read(&arena, STR("migc lock 1\n")).damage, LOCK_WHOLE);
    assert_int_equal(lock_file_read(&arena, STR("migc lock 1")).damage, LOCK_WHOLE);
    assert_absent(lock_file_last(&none));
}

/* The value is sha256sum's of the line "migc lock 1 NAME CHECKSUM". */
static void chains_from_the_header(void **state)
{
    (void) state;
    LockEntries entries = three();
    assert_str(entries.items[0].chain, "838bad5e3f7c22990c914bed4dc52c748e320a5d4dccb8cc039a02b7706466b0");
    assert_str(entries.items[2].chain, "b1aa129045394a0ed791f663419ea5d72dbe2be6cfe987e07bb705f5911be6ce");
}

static Str with_line_ends(Str text, const char *end)
{
    Text out = text_new(&arena);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n')
            text_add_c(&out, end);
        else
            text_add_char(&out, text.data[i]);
    }
    return text_str(&out);
}

static void takes_other_line_ends(void **state)
{
    (void) state;
    Str text = text_of_three();
    LockFile file = lock_file_read(&arena, with_line_ends(text, "\r\n"));
    assert_int_equal(file.damage, LOCK_WHOLE);
    assert_true(str_equal(lock_file_text(&arena, &file.entries), text));
    assert_int_equal(lock_file_read(&arena, str_slice(text, 0, text.len - 1)).damage, LOCK_WHOLE);
    assert_int_equal(lock_file_read(&arena, with_line_ends(text, "\r")).damage, LOCK_OTHER_FORMAT);
    assert_int_equal(lock_file_read(&arena, with_line_ends(text, "\n\n")).damage, LOCK_BAD_LINE);
}

/* No byte of the file can be another one without that being seen. */
static void sees_every_changed_byte(void **state)
{
    (void) state;
    Str text = text_of_three();
    for (size_t i = 0; i + 1 < text.len; i++) {
        Str copy = str_copy(&arena, text);
        char *bytes = arena_copy(&arena, copy.data, copy.len);
        bytes[i] = bytes[i] == '7' ? '8' : '7';
        LockFile file = lock_file_read(&arena, (Str) {bytes, copy.len});
        if (file.damage == LOCK_WHOLE)
            fail_msg("byte %zu", i);
        assert_true(file.start <= file.end && file.end <= text.len);
    }
}

/* Every beginning of the file that is cut at a line end is whole, every other one is not. */
static void sees_where_it_was_cut(void **state)
{
    (void) state;
    Str text = text_of_three();
    for (size_t length = 0; length < text.len; length++) {
        bool at_line_end = text.data[length] == '\n' || (length > 0 && text.data[length - 1] == '\n');
        LockDamage damage = lock_file_read(&arena, str_slice(text, 0, length)).damage;
        if ((damage == LOCK_WHOLE) != at_line_end)
            fail_msg("length %zu", length);
    }
}

static Str line_of(Str text, size_t number)
{
    size_t start = 0;
    for (; number > 1; number--)
        start = (size_t) ((const char *) memchr(text.data + start, '\n', text.len - start) - text.data) + 1;
    const char *end = memchr(text.data + start, '\n', text.len - start);
    return str_slice(text, start, (size_t) (end - text.data) + 1);
}

/* The lines of the file with the numbers, and what came of it. */
static LockDamage damage_of_lines(const char *numbers, size_t *bad_line)
{
    Str text = text_of_three();
    Text out = text_new(&arena);
    for (size_t i = 0; numbers[i] != '\0'; i++)
        text_add(&out, line_of(text, (size_t) (numbers[i] - '0')));
    LockFile file = lock_file_read(&arena, text_str(&out));
    *bad_line = 1;
    for (size_t i = 0; i < file.start; i++)
        *bad_line += out.data[i] == '\n';
    return file.damage;
}

static void assert_lines(const char *numbers, LockDamage damage, size_t line)
{
    size_t bad_line;
    assert_int_equal(damage_of_lines(numbers, &bad_line), damage);
    if (damage != LOCK_WHOLE)
        assert_int_equal(bad_line, line);
}

static void sees_moved_lines(void **state)
{
    (void) state;
    assert_lines("1234", LOCK_WHOLE, 0);
    assert_lines("123", LOCK_WHOLE, 0);
    assert_lines("124", LOCK_BAD_CHAIN, 3);
    assert_lines("134", LOCK_BAD_CHAIN, 2);
    assert_lines("1243", LOCK_BAD_CHAIN, 3);
    assert_lines("12334", LOCK_BAD_ORDER, 4);
    assert_lines("234", LOCK_NO_HEADER, 1);
    assert_lines("11234", LOCK_BAD_LINE, 2);
}

static void sees_merges_and_other_formats(void **state)
{
    (void) state;
    assert_int_equal(lock_file_read(&arena, STR("")).damage, LOCK_NO_HEADER);
    assert_int_equal(lock_file_read(&arena, STR("migc lock 12\n")).damage, LOCK_OTHER_FORMAT);
    assert_int_equal(lock_file_read(&arena, STR("<<<<<<< HEAD\nmigc lock 1\n")).damage, LOCK_CONFLICT);
    assert_int_equal(lock_file_read(&arena, STR("migc lock 1\n||||||| x\n")).damage, LOCK_CONFLICT);
    assert_int_equal(lock_file_read(&arena, STR("migc lock 1\n=======\n")).damage, LOCK_CONFLICT);
    assert_int_equal(lock_file_read(&arena, STR("migc lock 1\n>>>>>>> y\n")).damage, LOCK_CONFLICT);
}

/* ------------------------------------------------------------------ differences */

typedef struct Present {
    const char *name;
    char digit;
    const char *stored;
} Present;

/* The differences as one text, "edited 20260102000000_b; " and so on. */
static Str differences(const Present *present, size_t count)
{
    static const char *const names[] = {"edited", "removed", "renamed", "inserted", "added"};
    LockEntries entries = three();
    LockSubjects subjects = {0};
    Text out = text_new(&arena);
    for (size_t i = 0; i < count; i++) {
        Str stored = present[i].stored == NULL ? (Str) {0} : str_from(present[i].stored);
        list_push(&arena, &subjects, (LockSubject) {str_from(present[i].name), sum(present[i].digit), stored, {0}});
    }
    LockDifferences found = lock_compare(&arena, &entries, &subjects);
    for (size_t i = 0; i < found.count; i++) {
        LockDifference d = found.items[i];
        text_addf(&out, "%s%s", i == 0 ? "" : "; ", names[d.kind]);
        if (d.locked != NULL)
            text_addf(&out, " %.*s", STR_ARG(d.locked->name));
        if (d.present != NULL && d.kind != LOCK_EDITED)
            text_addf(&out, " %.*s", STR_ARG(d.present->name));
    }
    return text_str(&out);
}

#define assert_differences(expected, ...)                                                      \
    do {                                                                                       \
        const Present present[] = {__VA_ARGS__};                                               \
        assert_str(differences(present, sizeof present / sizeof *present), expected);          \
    } while (0)

static void finds_no_difference(void **state)
{
    (void) state;
    assert_differences("", {A, '1', NULL}, {B, '2', NULL}, {C, '3', NULL});
}

static void finds_what_was_changed_or_removed(void **state)
{
    (void) state;
    assert_differences("edited " B, {A, '1', NULL}, {B, '4', NULL}, {C, '3', NULL});
    assert_differences("removed " A "; removed " C, {B, '2', NULL});
    /* two that were exchanged have both changed: their names say which is which */
    assert_differences("edited " A "; edited " B, {A, '2', NULL}, {B, '1', NULL}, {C, '3', NULL});
}

static void finds_what_was_renamed(void **state)
{
    (void) state;
    assert_differences("renamed " B " 20260102000000_x", {A, '1', NULL}, {"20260102000000_x", '2', NULL},
                       {C, '3', NULL});
    assert_differences("renamed " A " " D, {B, '2', NULL}, {C, '3', NULL}, {D, '1', NULL});
    /* a copy is no renaming */
    assert_differences("added " D, {A, '1', NULL}, {B, '2', NULL}, {C, '3', NULL}, {D, '2', NULL});
    /* one file takes the place of one migration */
    assert_differences("renamed " A " " D "; removed " B, {C, '3', NULL}, {D, '1', B});
}

static void finds_what_is_stored_under_another_name(void **state)
{
    (void) state;
    assert_differences("renamed " B " " D, {A, '1', NULL}, {C, '3', NULL}, {D, '5', B ".cjs"});
    assert_differences("renamed " B " " D, {A, '1', NULL}, {C, '3', NULL}, {D, '5', B});
    assert_differences("removed " B "; added " D, {A, '1', NULL}, {C, '3', NULL}, {D, '5', B "b.cjs"});
    assert_differences("removed " B "; added " D, {A, '1', NULL}, {C, '3', NULL}, {D, '5', ""});
}

static void finds_what_is_new(void **state)
{
    (void) state;
    assert_differences("added " D, {A, '1', NULL}, {B, '2', NULL}, {C, '3', NULL},
                       {D, '4', NULL});
    assert_differences("inserted 20260102120000_d; inserted 20260102120001_e; added 20260104000000_f", {A, '1', NULL},
                       {B, '2', NULL}, {"20260102120000_d", '4', NULL}, {"20260102120001_e", '5', NULL}, {C, '3', NULL},
                       {"20260104000000_f", '4', NULL});
    /* before the last one even if that is gone */
    assert_differences("removed " C "; inserted 20260102120000_d", {A, '1', NULL}, {B, '2', NULL},
                       {"20260102120000_d", '4', NULL});
}

static void takes_all_for_new_without_a_file(void **state)
{
    (void) state;
    LockEntries none = {0};
    LockSubjects subjects = {0};
    list_push(&arena, &subjects, (LockSubject) {.name = STR(A), .checksum = sum('1')});
    LockDifferences found = lock_compare(&arena, &none, &subjects);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].kind, LOCK_ADDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_sha_256),
        cmocka_unit_test(knows_digests_by_their_form),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(reads_an_empty_one),
        cmocka_unit_test(chains_from_the_header),
        cmocka_unit_test(takes_other_line_ends),
        cmocka_unit_test(sees_every_changed_byte),
        cmocka_unit_test(sees_where_it_was_cut),
        cmocka_unit_test(sees_moved_lines),
        cmocka_unit_test(sees_merges_and_other_formats),
        cmocka_unit_test(finds_no_difference),
        cmocka_unit_test(finds_what_was_changed_or_removed),
        cmocka_unit_test(finds_what_was_renamed),
        cmocka_unit_test(finds_what_is_stored_under_another_name),
        cmocka_unit_test(finds_what_is_new),
        cmocka_unit_test(takes_all_for_new_without_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
