/* A migration is known by its name. What is left over on both sides after that is matched by content. */
#include "lock_difference.h"

#include "map.h"

typedef struct Comparison {
    Arena *arena;
    const LockSubjects *subjects;
    Map by_name;                   /* of the subjects: index + 1 */
    bool *taken;                   /* the subject is one of the locked migrations */
    Map replaced;                  /* names of locked ones that a squash among the subjects stands for */
    LockDifferences differences;
} Comparison;

static void add(Comparison *k, LockDifferenceKind kind, const LockEntry *locked, const LockSubject *present)
{
    list_push(k->arena, &k->differences, (LockDifference) {kind, locked, present});
}

static void take_names(Comparison *k, const LockEntries *entries)
{
    k->by_name = map_new(k->arena);
    for (size_t i = 0; i < k->subjects->count; i++)
        map_set(&k->by_name, k->subjects->items[i].name, i + 1);
    for (size_t i = 0; i < entries->count; i++) {
        uint64_t index = map_get(&k->by_name, entries->items[i].name);
        if (index != 0)
            k->taken[index - 1] = true;
    }
}

/* "20260101000000_a.cjs" is 20260101000000_a as it was stored by another program. */
static bool is_stored_under(Str stored, Str name)
{
    size_t dot = stored.len;
    while (dot > 0 && stored.data[dot - 1] != '.')
        dot--;
    return str_equal(stored, name) || (dot > 0 && str_equal(str_slice(stored, 0, dot - 1), name));
}

StrList lock_replaced(Arena *arena, const LockEntries *entries, const LockSubject *subject)
{
    StrList names = {0};
    for (size_t i = 0; subject->replaces.count > 0 && i < entries->count; i++) {
        const LockEntry *entry = &entries->items[i];
        bool named = false;
        for (size_t j = 0; j < subject->replaces.count && !entry->replaced; j++)
            named = named || is_stored_under(subject->replaces.items[j], entry->name);
        if (named)
            list_push(arena, &names, entry->name);
    }
    return names;
}

/* Whether it is a squash of something that is locked, which is noted. */
static bool take_squash(Comparison *k, const LockEntries *entries, const LockSubject *subject)
{
    StrList names = lock_replaced(k->arena, entries, subject);
    for (size_t i = 0; i < names.count; i++)
        map_set(&k->replaced, names.items[i], 1);
    return names.count > 0;
}

static const LockSubject *find_renamed(Comparison *k, const LockEntry *entry)
{
    const LockSubject *stored = NULL;
    for (size_t i = 0; i < k->subjects->count; i++) {
        const LockSubject *subject = &k->subjects->items[i];
        if (k->taken[i])
            continue;
        if (str_equal(subject->checksum, entry->checksum))
            return subject;
        if (subject->stored.data != NULL && is_stored_under(subject->stored, entry->name))
            stored = subject;
    }
    return stored;
}

static void compare_entry(Comparison *k, const LockEntry *entry)
{
    uint64_t index = map_get(&k->by_name, entry->name);
    if (index != 0) {
        const LockSubject *present = &k->subjects->items[index - 1];
        if (!str_equal(present->checksum, entry->checksum))
            add(k, LOCK_EDITED, entry, present);
        return;
    }
    if (entry->replaced || map_get(&k->replaced, entry->name) != 0)
        return;
    const LockSubject *renamed = find_renamed(k, entry);
    if (renamed != NULL)
        k->taken[renamed - k->subjects->items] = true;
    add(k, renamed == NULL ? LOCK_REMOVED : LOCK_RENAMED, entry, renamed);
}

LockDifferences lock_compare(Arena *arena, const LockEntries *entries, const LockSubjects *subjects)
{
    Comparison k = {.arena = arena, .subjects = subjects, .taken = arena_array(arena, bool, subjects->count)};
    Str last = lock_file_last(entries);
    bool *squash = arena_array(arena, bool, subjects->count);
    take_names(&k, entries);
    k.replaced = map_new(arena);
    for (size_t i = 0; i < subjects->count; i++)
        squash[i] = !k.taken[i] && take_squash(&k, entries, &subjects->items[i]);
    for (size_t i = 0; i < entries->count; i++)
        compare_entry(&k, &entries->items[i]);
    for (size_t i = 0; i < subjects->count; i++) {
        const LockSubject *subject = &subjects->items[i];
        if (!k.taken[i])
            add(&k, str_compare(subject->name, last) < 0 && !squash[i] ? LOCK_INSERTED : LOCK_ADDED, NULL, subject);
    }
    return k.differences;
}
