/* Keys begin with the number that the compiler gave the object when it was created, so that their order is that of
 * creation; needs come first all the same. */
#include "blueprint.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { STAGES = 5 };

typedef struct Version {
    const MigratePiece *piece;
    size_t place;  /* in the history: of two of one key the later one counts */
} Version;

typedef struct Folding {
    Version *versions;  /* of the pieces that are there, by key */
    size_t count;
    bool *visited;
    Blueprint *result;
} Folding;

/* A constraint has a number of its own, from the same count as what can have one. */
static unsigned long creation_of(const char *key)
{
    char *end;
    unsigned long object = strtoul(key, &end, 10);
    return strncmp(end, ".c", 2) == 0 ? strtoul(end + 2, NULL, 10) : object;
}

/* "7" < "7.d1" < "8" < "7.c9" < "10": what was created before what. */
static int compare_keys(const char *a, const char *b)
{
    unsigned long first = creation_of(a), second = creation_of(b);
    return first != second ? (first < second ? -1 : 1) : strcmp(a, b);
}

static int compare_versions(const void *left, const void *right)
{
    const Version *a = left, *b = right;
    int order = compare_keys(a->piece->key, b->piece->key);
    return order != 0 ? order : a->place < b->place ? -1 : 1;
}

static size_t count_all(const MigrateProject *project, size_t migrations)
{
    size_t count = 0;
    for (size_t i = 0; i < migrations; i++)
        count += project->migrations[i]->model_count;
    return count;
}

static void take_all(Folding *f, const MigrateProject *project, size_t migrations)
{
    Blueprint *result = f->result;
    for (size_t i = 0; i < migrations; i++) {
        const Migration *migration = project->migrations[i];
        for (size_t j = 0; j < migration->model_count; j++) {
            const MigratePiece *piece = &migration->model[j];
            if (piece->key == NULL)
                result->unfollowed[result->unfollowed_count++] = piece;
            else
                f->versions[f->count] = (Version) {piece, f->count};
            f->count += piece->key != NULL;
        }
    }
}

/* The last version of each key stays, unless it says that the piece is gone. */
static void keep_last(Folding *f)
{
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++) {
        bool last = i + 1 == f->count || strcmp(f->versions[i].piece->key, f->versions[i + 1].piece->key) != 0;
        if (last && f->versions[i].piece->what != NULL)
            f->versions[kept++] = f->versions[i];
    }
    f->count = kept;
}

static const Version *find(const Folding *f, const char *key, size_t length)
{
    char *copy = memory_slice(key, length);
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(f->versions[middle].piece->key, copy) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < f->count && strcmp(f->versions[low].piece->key, copy) == 0;
    free(copy);
    return found ? &f->versions[low] : NULL;
}

static void add(Folding *f, size_t index)
{
    const MigratePiece *piece = f->versions[index].piece;
    if (f->visited[index])
        return;
    f->visited[index] = true;
    for (const char *need = piece->needs; need != NULL && *need != '\0';) {
        size_t length = strcspn(need, " ");
        const Version *version = find(f, need, length);
        if (version != NULL)
            add(f, (size_t) (version - f->versions));
        need += length + (need[length] == ' ');
    }
    f->result->pieces[f->result->count++] = piece;
}

void blueprint_make(Blueprint *blueprint, const MigrateProject *project, size_t migrations)
{
    size_t most = count_all(project, migrations);
    *blueprint = (Blueprint) {
        .pieces = memory_take(most + 1, sizeof(*blueprint->pieces)),
        .unfollowed = memory_take(most + 1, sizeof(*blueprint->unfollowed)),
    };
    Folding f = {.versions = memory_take(most + 1, sizeof(*f.versions)), .result = blueprint};
    take_all(&f, project, migrations);
    qsort(f.versions, f.count, sizeof(*f.versions), compare_versions);
    keep_last(&f);
    f.visited = memory_take(f.count + 1, sizeof(*f.visited));
    for (unsigned stage = 0; stage < STAGES; stage++) {
        for (size_t i = 0; i < f.count; i++) {
            if (f.versions[i].piece->stage == stage)
                add(&f, i);
        }
    }
    free(f.visited);
    free(f.versions);
}

void blueprint_clear(Blueprint *blueprint)
{
    free(blueprint->pieces);
    free(blueprint->unfollowed);
    *blueprint = (Blueprint) {0};
}

void blueprint_write(const char *sql, BlueprintName *name, void *context, FILE *out)
{
    for (;;) {
        size_t plain = strcspn(sql, "\1\2");
        fwrite(sql, 1, plain, out);
        if (sql[plain] == '\0')
            break;
        const char *start = sql + plain + 1;
        size_t length = strcspn(start, "\1\2");
        name(context, sql[plain] == '\1' ? BLUEPRINT_SCHEMA : BLUEPRINT_THING, start, length, out);
        sql = start + length + 1;
    }
    fputs(";\n", out);
}

bool blueprint_needs(const MigratePiece *piece, const char *key)
{
    size_t length = strlen(key);
    for (const char *c = piece->needs; c != NULL && *c != '\0'; c += strcspn(c, " "), c += *c == ' ') {
        if (strcspn(c, " ") == length && memcmp(c, key, length) == 0)
            return true;
    }
    return false;
}
