#include "lock_file.h"

#include "digest.h"
#include "file_name.h"

#define HEADER STR("migc lock 1")
#define SQUASH_HEADER STR("migc lock 2")
#define ANY_HEADER STR("migc lock ")

typedef struct LockReader {
    Arena *arena;
    Str text;
    size_t cursor;
    LockFile file;
    bool squashes;     /* the format has them */
    Str last;          /* the greatest name so far */
} LockReader;

static void digest_add_replaces(Digest *digest, StrList replaces)
{
    for (size_t i = 0; i < replaces.count; i++) {
        digest_add(digest, i == 0 ? STR(" replaces ") : STR(" "));
        digest_add(digest, replaces.items[i]);
    }
}

static Str chain_of(Arena *arena, const LockEntries *before, Str name, Str checksum, StrList replaces)
{
    Str previous = before->count == 0 ? HEADER : before->items[before->count - 1].chain;
    Digest digest = digest_new();
    digest_add(&digest, previous);
    digest_add(&digest, STR(" "));
    digest_add(&digest, name);
    digest_add(&digest, STR(" "));
    digest_add(&digest, checksum);
    digest_add_replaces(&digest, replaces);
    digest_add(&digest, STR("\n"));
    return digest_end(&digest, arena);
}

/* ------------------------------------------------------------------ reading */

static Str next_line(LockReader *r)
{
    size_t start = r->cursor, end = start;
    while (end < r->text.len && r->text.data[end] != '\n')
        end++;
    r->cursor = end < r->text.len ? end + 1 : end;
    if (end > start && r->text.data[end - 1] == '\r')
        end--;
    return str_slice(r->text, start, end);
}

static bool damaged(LockReader *r, LockDamage damage, Str where)
{
    r->file.damage = damage;
    r->file.start = (uint32_t) (where.data - r->text.data);
    r->file.end = r->file.start + (uint32_t) where.len;
    return false;
}

static bool is_marker(Str line)
{
    static const char *const markers[] = {"<<<<<<<", "|||||||", "=======", ">>>>>>>"};
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        if (str_starts_with(line, str_from(markers[i])))
            return true;
    }
    return false;
}

/* Between single spaces. */
static StrList split_words(Arena *arena, Str line)
{
    StrList words = {0};
    for (size_t start = 0, end = 0; start <= line.len; start = end + 1) {
        for (end = start; end < line.len && line.data[end] != ' ';)
            end++;
        list_push(arena, &words, str_slice(line, start, end));
    }
    return words;
}

/* Names follow the rules of file names, so that a message may repeat them. */
static bool is_name(Arena *arena, Str name)
{
    return file_name_problem(arena, str_format(arena, "%.*s.mig", STR_ARG(name))).data == NULL;
}

/* Marks the line of the name, which must be there and not replaced yet. */
static bool take_replaced(LockEntries *entries, Str name)
{
    for (size_t i = 0; i < entries->count; i++) {
        LockEntry *entry = &entries->items[i];
        if (!str_equal(entry->name, name) || entry->replaced)
            continue;
        entry->replaced = true;
        return true;
    }
    return false;
}

/* Words behind the third: those of a squash. */
static bool read_replaces(LockReader *r, const StrList *words, LockEntry *entry)
{
    bool known = words->count == 3 || (r->squashes && words->count > 4 && str_is(words->items[3], "replaces"));
    for (size_t i = 4; known && i < words->count; i++) {
        list_push(r->arena, &entry->replaces, words->items[i]);
        known = take_replaced(&r->file.entries, words->items[i]);
    }
    return known;
}

static bool split_line(LockReader *r, Str line, LockEntry *entry)
{
    StrList words = split_words(r->arena, line);
    if (words.count < 3)
        return false;
    *entry = (LockEntry) {.name = words.items[0], .checksum = words.items[1], .chain = words.items[2]};
    entry->start = (uint32_t) (line.data - r->text.data);
    return digest_is_well_formed(entry->chain) && digest_is_well_formed(entry->checksum) &&
           is_name(r->arena, entry->name) && read_replaces(r, &words, entry);
}

static bool read_line(LockReader *r)
{
    Str line = next_line(r);
    LockEntry entry;
    LockEntries *entries = &r->file.entries;
    if (is_marker(line))
        return damaged(r, LOCK_CONFLICT, line);
    if (!split_line(r, line, &entry))
        return damaged(r, LOCK_BAD_LINE, line);
    if (entry.replaces.count == 0 && r->last.data != NULL && str_compare(entry.name, r->last) <= 0)
        return damaged(r, LOCK_BAD_ORDER, entry.name);
    if (!str_equal(entry.chain, chain_of(r->arena, entries, entry.name, entry.checksum, entry.replaces)))
        return damaged(r, LOCK_BAD_CHAIN, entry.chain);
    list_push(r->arena, entries, entry);
    if (r->last.data == NULL || str_compare(entry.name, r->last) > 0)
        r->last = entry.name;
    return true;
}

static bool read_header(LockReader *r)
{
    Str line = next_line(r);
    r->squashes = str_equal(line, SQUASH_HEADER);
    if (str_equal(line, HEADER) || r->squashes)
        return true;
    if (is_marker(line))
        return damaged(r, LOCK_CONFLICT, line);
    return damaged(r, str_starts_with(line, ANY_HEADER) ? LOCK_OTHER_FORMAT : LOCK_NO_HEADER, line);
}

LockFile lock_file_read(Arena *arena, Str text)
{
    LockReader reader = {.arena = arena, .text = text};
    bool whole = read_header(&reader);
    while (whole && reader.cursor < text.len)
        whole = read_line(&reader);
    return reader.file;
}

/* ------------------------------------------------------------------ writing */

void lock_file_add(Arena *arena, LockEntries *entries, Str name, Str checksum, StrList replaces)
{
    Str chain = chain_of(arena, entries, name, checksum, replaces);
    for (size_t i = 0; i < replaces.count; i++)
        take_replaced(entries, replaces.items[i]);
    list_push(arena, entries, (LockEntry) {.name = name, .checksum = checksum, .chain = chain, .replaces = replaces});
}

static bool has_squash(const LockEntries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].replaces.count > 0)
            return true;
    }
    return false;
}

Str lock_file_text(Arena *arena, const LockEntries *entries)
{
    Text text = text_new(arena);
    Str header = has_squash(entries) ? SQUASH_HEADER : HEADER;
    text_addf(&text, "%.*s\n", STR_ARG(header));
    for (size_t i = 0; i < entries->count; i++) {
        LockEntry entry = entries->items[i];
        text_addf(&text, "%.*s %.*s %.*s", STR_ARG(entry.name), STR_ARG(entry.checksum), STR_ARG(entry.chain));
        for (size_t j = 0; j < entry.replaces.count; j++)
            text_addf(&text, "%s%.*s", j == 0 ? " replaces " : " ", STR_ARG(entry.replaces.items[j]));
        text_add_char(&text, '\n');
    }
    return text_str(&text);
}

Str lock_file_last(const LockEntries *entries)
{
    Str last = {0};
    for (size_t i = 0; i < entries->count; i++) {
        if (last.data == NULL || str_compare(entries->items[i].name, last) > 0)
            last = entries->items[i].name;
    }
    return last;
}
