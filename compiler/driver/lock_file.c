#include "lock_file.h"

#include "digest.h"
#include "file_name.h"

#define HEADER STR("migc lock 1")
#define ANY_HEADER STR("migc lock ")

typedef struct LockReader {
    Arena *arena;
    Str text;
    size_t cursor;
    LockFile file;
} LockReader;

static Str chain_of(Arena *arena, const LockEntries *before, Str name, Str checksum)
{
    Str previous = before->count == 0 ? HEADER : before->items[before->count - 1].chain;
    Digest digest = digest_new();
    digest_add(&digest, previous);
    digest_add(&digest, STR(" "));
    digest_add(&digest, name);
    digest_add(&digest, STR(" "));
    digest_add(&digest, checksum);
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

/* Cuts the line at its last space; false: there is none. */
static bool cut_word(Str *line, Str *word)
{
    size_t start = line->len;
    while (start > 0 && line->data[start - 1] != ' ')
        start--;
    if (start == 0)
        return false;
    *word = str_slice(*line, start, line->len);
    *line = str_slice(*line, 0, start - 1);
    return true;
}

/* Names follow the rules of file names, so that a message may repeat them. */
static bool is_name(Arena *arena, Str name)
{
    return file_name_problem(arena, str_format(arena, "%.*s.mig", STR_ARG(name))).data == NULL;
}

static bool split_line(LockReader *r, Str line, LockEntry *entry)
{
    Str rest = line;
    if (!cut_word(&rest, &entry->chain) || !cut_word(&rest, &entry->checksum))
        return false;
    entry->name = rest;
    entry->start = (uint32_t) (line.data - r->text.data);
    return digest_is_well_formed(entry->chain) && digest_is_well_formed(entry->checksum) && is_name(r->arena, rest);
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
    if (entries->count > 0 && str_compare(entry.name, lock_file_last(entries)) <= 0)
        return damaged(r, LOCK_BAD_ORDER, entry.name);
    if (!str_equal(entry.chain, chain_of(r->arena, entries, entry.name, entry.checksum)))
        return damaged(r, LOCK_BAD_CHAIN, entry.chain);
    list_push(r->arena, entries, entry);
    return true;
}

static bool read_header(LockReader *r)
{
    Str line = next_line(r);
    if (str_equal(line, HEADER))
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

void lock_file_add(Arena *arena, LockEntries *entries, Str name, Str checksum)
{
    Str chain = chain_of(arena, entries, name, checksum);
    list_push(arena, entries, (LockEntry) {name, checksum, chain, 0});
}

Str lock_file_text(Arena *arena, const LockEntries *entries)
{
    Text text = text_new(arena);
    text_addf(&text, "%.*s\n", STR_ARG(HEADER));
    for (size_t i = 0; i < entries->count; i++) {
        LockEntry entry = entries->items[i];
        text_addf(&text, "%.*s %.*s %.*s\n", STR_ARG(entry.name), STR_ARG(entry.checksum), STR_ARG(entry.chain));
    }
    return text_str(&text);
}

Str lock_file_last(const LockEntries *entries)
{
    return entries->count == 0 ? (Str) {0} : entries->items[entries->count - 1].name;
}
