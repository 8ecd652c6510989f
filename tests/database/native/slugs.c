/* Slugs for articles: what `call native` calls in db/migrations/20260102000000_slugs.mig. */
#include <migrate.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PART = 500, LONGEST = 60 };

/* Letters and digits in lower case, a hyphen between words. */
static void make_slug(const char *title, char slug[LONGEST + 1])
{
    size_t length = 0;
    for (const char *c = title; *c != '\0' && length < LONGEST; c++) {
        if (isalnum((unsigned char) *c))
            slug[length++] = (char) tolower((unsigned char) *c);
        else if (length > 0 && slug[length - 1] != '-')
            slug[length++] = '-';
    }
    while (length > 0 && slug[length - 1] == '-')
        length--;
    slug[length] = '\0';
}

typedef struct Filling {
    char last[24];    /* the id of the last article that is done */
    size_t part;      /* articles of the part at hand */
    double done, total;
} Filling;

static bool read_total(MigrateRun *run, void *context, size_t count, const char *const *values)
{
    (void) run;
    (void) count;
    ((Filling *) context)->total = strtod(values[0], NULL);
    return true;
}

/* Two articles of one title: the second one's slug ends with its number. */
static bool fill_one(MigrateRun *run, const char *id, const char *slug)
{
    const char *parameters[] = {id, slug};
    if (!migrate_execute(run, "SAVEPOINT one", 0, NULL))
        return false;
    if (migrate_execute(run, "UPDATE articles SET slug = $2 WHERE id = $1", 2, parameters))
        return migrate_execute(run, "RELEASE one", 0, NULL);
    if (strcmp(migrate_sqlstate(run), "23505") != 0)
        return false;
    return migrate_execute(run, "ROLLBACK TO one", 0, NULL) &&
           migrate_execute(run, "UPDATE articles SET slug = $2 || '-' || id WHERE id = $1", 2, parameters);
}

static bool fill_row(MigrateRun *run, void *context, size_t count, const char *const *values)
{
    (void) count;
    Filling *filling = context;
    char slug[LONGEST + 1];
    make_slug(values[1], slug);
    if (slug[0] == '\0')
        return migrate_fail(run, "the title of article %s has no letters", values[0]);
    strncpy(filling->last, values[0], sizeof(filling->last) - 1);
    filling->part++;
    filling->done++;
    migrate_progress(run, filling->done, filling->total);
    return fill_one(run, values[0], slug);
}

bool fill_slugs(MigrateRun *run);
bool clear_slugs(MigrateRun *run);

bool fill_slugs(MigrateRun *run)
{
    static const char next_part[] =
        "SELECT id, title FROM articles WHERE slug IS NULL AND id > $1 ORDER BY id LIMIT 500";
    Filling filling = {.last = "-9223372036854775808"};
    if (!migrate_query(run, "SELECT count(*) FROM articles WHERE slug IS NULL", 0, NULL, read_total, &filling))
        return false;
    do {
        const char *parameters[] = {filling.last};
        filling.part = 0;
        if (!migrate_query(run, next_part, 1, parameters, fill_row, &filling))
            return false;
    } while (filling.part == PART);
    migrate_say(run, "%.0f slugs", filling.done);
    return true;
}

bool clear_slugs(MigrateRun *run)
{
    return migrate_execute(run, "UPDATE articles SET slug = NULL", 0, NULL);
}
