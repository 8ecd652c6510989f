/* Lengths are said in bytes, so that whatever stands in a text cannot be taken for its end. */
#include "way_down.h"

#include "course.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static const char head[] = "-- the way down: ", loses[] = "-- loses ", irreversible[] = "-- irreversible ";
static const char line[] = "-- line ";

/* ------------------------------------------------------------------ writing */

static size_t length_of(const char *text)
{
    return text == NULL ? 0 : strlen(text);
}

static void write_remark(FILE *out, const char *text)
{
    if (text != NULL)
        fprintf(out, "/* %s */\n", text);
}

static void write_step(FILE *out, const MigrateStep *step)
{
    fprintf(out, "%s%u, flags %u, bytes %zu %zu %zu\n", line, step->line, step->flags, strlen(step->sql),
            length_of(step->done), length_of(step->repair));
    fprintf(out, "%s;\n", step->sql);
    write_remark(out, step->done);
    write_remark(out, step->repair);
}

static char *write_steps(const Migration *migration, const StepList *steps)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&text, &size);
    fprintf(out, "%s%zu steps, %zu losses\n", head, steps->count, migration->loss_count);
    for (size_t i = 0; i < migration->loss_count; i++)
        fprintf(out, "%s%zu: %s\n", loses, strlen(migration->losses[i]), migration->losses[i]);
    if (migration->down == NULL)
        fprintf(out, "%s%zu: %s\n", irreversible, length_of(migration->irreversible),
                migration->irreversible == NULL ? "" : migration->irreversible);
    for (size_t i = 0; i < steps->count; i++)
        write_step(out, steps->items[i]);
    memory_stream_end(out);
    return text;
}

char *way_down_write(const Migration *migration)
{
    StepList steps = steps_of(migration, false);
    char *text = write_steps(migration, &steps);
    steps_clear(&steps);
    return text;
}

/* ------------------------------------------------------------------ reading */

typedef struct Reader {
    const char *rest;
    bool good;
} Reader;

static bool starts(const Reader *r, const char *word)
{
    return strncmp(r->rest, word, strlen(word)) == 0;
}

static void skip(Reader *r, const char *word)
{
    r->good = r->good && starts(r, word);
    if (r->good)
        r->rest += strlen(word);
}

static unsigned long number(Reader *r)
{
    char *end = NULL;
    if (!r->good || r->rest[0] < '0' || r->rest[0] > '9') {
        r->good = false;
        return 0;
    }
    unsigned long value = strtoul(r->rest, &end, 10);
    r->rest = end;
    return value;
}

/* NULL when there is not so much. */
static char *text(Reader *r, size_t length)
{
    r->good = r->good && strnlen(r->rest, length) == length;
    if (!r->good)
        return NULL;
    char *copy = memory_slice(r->rest, length);
    r->rest += length;
    return copy;
}

/* "12: twelve bytes\n" */
static char *measured(Reader *r)
{
    size_t length = number(r);
    skip(r, ": ");
    char *copy = text(r, length);
    skip(r, "\n");
    return copy;
}

static char *read_remark(Reader *r, size_t length)
{
    if (length == 0)
        return NULL;
    skip(r, "/* ");
    char *copy = text(r, length);
    skip(r, " */\n");
    return copy;
}

static void read_step(Reader *r, MigrateStep *step)
{
    skip(r, line);
    step->line = (unsigned) number(r);
    skip(r, ", flags ");
    step->flags = (unsigned) number(r);
    skip(r, ", bytes ");
    size_t sql = number(r);
    skip(r, " ");
    size_t done = number(r);
    skip(r, " ");
    size_t repair = number(r);
    skip(r, "\n");
    step->sql = text(r, sql);
    skip(r, ";\n");
    step->done = read_remark(r, done);
    step->repair = read_remark(r, repair);
}

/* Counts that the text is too short for would ask for memory that nobody has. */
static size_t count(Reader *r)
{
    size_t wanted = number(r);
    r->good = r->good && wanted <= strlen(r->rest);
    return r->good ? wanted : 0;
}

bool way_down_read(StoredWay *way, const char *stored)
{
    *way = (StoredWay) {.reversible = true};
    Reader r = {.rest = stored == NULL ? "" : stored, .good = true};
    skip(&r, head);
    way->step_count = count(&r);
    skip(&r, " steps, ");
    way->loss_count = count(&r);
    skip(&r, " losses\n");
    way->steps = memory_take(way->step_count, sizeof(*way->steps));
    way->losses = memory_take(way->loss_count, sizeof(*way->losses));
    for (size_t i = 0; i < way->loss_count && r.good; i++) {
        skip(&r, loses);
        way->losses[i] = measured(&r);
    }
    if (r.good && starts(&r, irreversible)) {
        skip(&r, irreversible);
        way->reason = measured(&r);
        way->reversible = false;
    }
    for (size_t i = 0; i < way->step_count && r.good; i++)
        read_step(&r, &way->steps[i]);
    return r.good && r.rest[0] == '\0';
}

/* ------------------------------------------------------------------ native functions */

static const char native_mark[] = "/* call native ";

static MigrateFunction *find_native(const Migration *migration, const char *sql)
{
    MigrateFunction *found = NULL;
    for (int up = 0; up <= 1 && found == NULL; up++) {
        StepList steps = steps_of(migration, up != 0);
        for (size_t i = 0; i < steps.count && found == NULL; i++) {
            if (strcmp(steps.items[i]->sql, sql) == 0)
                found = steps.items[i]->native;
        }
        steps_clear(&steps);
    }
    return found;
}

void stored_way_link(StoredWay *way, const Migration *migration)
{
    for (size_t i = 0; i < way->step_count && way->reversible; i++) {
        MigrateStep *step = &way->steps[i];
        if (strncmp(step->sql, native_mark, sizeof(native_mark) - 1) != 0)
            continue;
        step->native = find_native(migration, step->sql);
        if (step->native != NULL)
            continue;
        const char *name = step->sql + sizeof(native_mark) - 1;
        way->reversible = false;
        way->reason = memory_format("it was applied with a way down that calls \"%.*s\", which is not in this program",
                                    (int) strcspn(name, " "), name);
    }
}

static void drop(const char *owned)
{
    free((char *) (size_t) owned);
}

void stored_way_clear(StoredWay *way)
{
    for (size_t i = 0; i < way->loss_count; i++)
        free(way->losses[i]);
    for (size_t i = 0; i < way->step_count; i++) {
        drop(way->steps[i].sql);
        drop(way->steps[i].done);
        drop(way->steps[i].repair);
    }
    free(way->losses);
    free(way->steps);
    free(way->reason);
    *way = (StoredWay) {0};
}

/* ------------------------------------------------------------------ both */

WayDown way_down_of(const Migration *migration, const StoredWay *stored)
{
    if (stored != NULL)
        return (WayDown) {
            .reversible = stored->reversible,
            .reason = stored->reason,
            .losses = (const char *const *) stored->losses,
            .loss_count = stored->loss_count,
            .stored = stored,
        };
    return (WayDown) {
        .reversible = migration->down != NULL,
        .reason = migration->irreversible,
        .losses = migration->losses,
        .loss_count = migration->loss_count,
    };
}
