#include "journal.h"

#include "digest.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const state_names[] = {
    [JOURNAL_RUNNING] = "running",
    [JOURNAL_BEGUN] = "begun",
    [JOURNAL_DONE] = "done",
};

const char *journal_state_name(JournalState state)
{
    return state_names[state];
}

/* A state that a newer version has written is taken for the careful one. */
static JournalState read_state(const char *name)
{
    for (size_t i = 0; i < MIGRATE_COUNT(state_names); i++) {
        if (strcmp(state_names[i], name) == 0)
            return (JournalState) i;
    }
    return JOURNAL_BEGUN;
}

void journal_take(Journal *journal, const char *const *values)
{
    if (strcmp(values[1], "flag") == 0) {
        journal->flagged = true;
        return;
    }
    if ((journal->count & (journal->count - 1)) == 0) {
        JournalEntry *entries = memory_take(journal->count == 0 ? 1 : journal->count * 2, sizeof(*entries));
        if (journal->count > 0)
            memcpy(entries, journal->entries, journal->count * sizeof(*entries));
        free(journal->entries);
        journal->entries = entries;
    }
    journal->entries[journal->count++] = (JournalEntry) {
        .name = memory_text(values[0]),
        .up = strcmp(values[1], "up") == 0,
        .state = read_state(values[2]),
        .checksum = memory_text(values[3]),
        .step = strtoul(values[4], NULL, 10),
        .before = memory_text(values[5]),
        .position = memory_text(values[6]),
        .row = memory_text(values[7]),
        .started = memory_text(values[8]),
    };
}

void journal_clear(Journal *journal)
{
    for (size_t i = 0; i < journal->count; i++) {
        JournalEntry *entry = &journal->entries[i];
        free(entry->name);
        free(entry->checksum);
        free(entry->before);
        free(entry->position);
        free(entry->row);
        free(entry->started);
    }
    free(journal->entries);
    *journal = (Journal) {0};
}

static int compare_name(const void *name, const void *entry)
{
    return strcmp(name, ((const JournalEntry *) entry)->name);
}

const JournalEntry *journal_find(const Journal *journal, const char *name)
{
    if (journal->count == 0)
        return NULL;
    return bsearch(name, journal->entries, journal->count, sizeof(*journal->entries), compare_name);
}

char *journal_build(const MigrateProject *project)
{
    Digest digest = digest_new();
    for (size_t i = 0; i < project->count; i++) {
        digest_add(&digest, project->migrations[i]->name);
        digest_add(&digest, project->migrations[i]->checksum);
    }
    return digest_text(digest);
}

char *journal_host(void)
{
    char name[256] = "";
    gethostname(name, sizeof(name) - 1);
    return memory_text(name);
}
