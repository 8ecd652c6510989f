/* A table may have got another name, or be made only, earlier in the transaction. Neither does harm: who renames or
 * drops it names it, too, so what has its name at the beginning is locked; what is not there then is passed over. */
#include "table_locks.h"

#include "memory.h"
#include "sql.h"
#include "sql_array.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const mode_names[] = {
    [MIGRATE_SHARE_UPDATE_EXCLUSIVE] = "SHARE UPDATE EXCLUSIVE",
    [MIGRATE_SHARE] = "SHARE",
    [MIGRATE_SHARE_ROW_EXCLUSIVE] = "SHARE ROW EXCLUSIVE",
    [MIGRATE_ACCESS_EXCLUSIVE] = "ACCESS EXCLUSIVE",
};

const char *table_locks_mode(MigrateLockMode mode)
{
    return mode_names[mode];
}

static bool is_before(const Course *course, Place place, Place end)
{
    return !course_is_end(course, place) && (place.leg != end.leg || place.step != end.step);
}

bool table_locks_hurt(const Course *course, const Unit *unit)
{
    for (Place place = unit->begin; is_before(course, place, unit->end); place = course_next(course, place)) {
        if (!course_is_row(course, place) && !words_are_data(course_step(course, place)->sql))
            return true;
    }
    return false;
}

typedef struct Wanted {
    const MigrateLock **items;
    size_t count;
    const char *home;
} Wanted;

/* A statement that begins with its locks, and has no others behind it, is an attempt of its own. */
static bool is_single(const Course *course, const Unit *unit)
{
    size_t steps = 0;
    for (Place place = unit->begin; is_before(course, place, unit->end); place = course_next(course, place))
        steps += !course_is_row(course, place);
    return steps < 2;
}

static size_t count_locks(const Course *course, const Unit *unit)
{
    size_t count = 0;
    for (Place place = unit->begin; is_before(course, place, unit->end); place = course_next(course, place))
        count += course_is_row(course, place) ? 0 : course_step(course, place)->lock_count;
    return count;
}

static void collect(Wanted *wanted, const Course *course, const Unit *unit)
{
    for (Place place = unit->begin; is_before(course, place, unit->end); place = course_next(course, place)) {
        const MigrateStep *step = course_is_row(course, place) ? NULL : course_step(course, place);
        for (size_t i = 0; step != NULL && i < step->lock_count; i++)
            wanted->items[wanted->count++] = &step->locks[i];
    }
}

static int compare_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_tables(const MigrateLock *a, const MigrateLock *b)
{
    int order = compare_texts(a->schema, b->schema);
    return order == 0 ? strcmp(a->name, b->name) : order;
}

/* The strongest mode of a table comes first. */
static int compare_locks(const void *left, const void *right)
{
    const MigrateLock *a = *(const MigrateLock *const *) left, *b = *(const MigrateLock *const *) right;
    int order = compare_tables(a, b);
    return order == 0 ? (int) b->mode - (int) a->mode : order;
}

static void read_lock(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    TableLocks *locks = context;
    const char *mode = mode_names[strtoul(values[1], NULL, 10)];
    locks->items[locks->count++] = (TableLock) {
        .table = memory_text(values[0]),
        .sql = memory_format("LOCK TABLE %s IN %s MODE", values[0], mode),
    };
}

static void write_question(TableLocks *locks, const Wanted *wanted)
{
    SqlArray arrays[3];
    char mode[12];
    for (int i = 0; i < 3; i++)
        sql_array_begin(&arrays[i]);
    for (size_t i = 0; i < wanted->count; i++) {
        const MigrateLock *lock = wanted->items[i];
        if (i > 0 && compare_tables(wanted->items[i - 1], lock) == 0)
            continue;
        snprintf(mode, sizeof(mode), "%d", (int) lock->mode);
        sql_array_add(&arrays[0], lock->schema == NULL ? wanted->home : lock->schema);
        sql_array_add(&arrays[1], lock->name);
        sql_array_add(&arrays[2], mode);
    }
    for (int i = 0; i < 3; i++)
        locks->parameters[i] = locks->question[i] = sql_array_end(&arrays[i]);
}

bool table_locks_are_wanted(const Course *course, const Unit *unit)
{
    return !is_single(course, unit) && count_locks(course, unit) > 0;
}

bool table_locks_question(TableLocks *locks, const MigrateProject *project, const Course *course, const Unit *unit,
                          Statement *statement)
{
    *locks = (TableLocks) {0};
    if (!table_locks_are_wanted(course, unit))
        return false;
    size_t count = count_locks(course, unit);
    Wanted wanted = {.items = memory_take(count, sizeof(MigrateLock *)), .home = project->schema};
    collect(&wanted, course, unit);
    qsort(wanted.items, wanted.count, sizeof(*wanted.items), compare_locks);
    locks->items = memory_take(count, sizeof(TableLock));
    write_question(locks, &wanted);
    free(wanted.items);
    *statement = (Statement) {.sql = sql_table_locks, .count = MIGRATE_COUNT(locks->parameters),
                              .parameters = locks->parameters, .row = read_lock, .context = locks};
    return true;
}

bool table_locks_find(TableLocks *locks, Session *session, const MigrateProject *project, const Course *course,
                      const Unit *unit)
{
    Statement ask;
    return !table_locks_question(locks, project, course, unit, &ask) ||
           session_query(session, ask.sql, ask.count, ask.parameters, ask.row, ask.context);
}

void table_locks_clear(TableLocks *locks)
{
    for (size_t i = 0; i < locks->count; i++) {
        free(locks->items[i].table);
        free(locks->items[i].sql);
    }
    for (size_t i = 0; i < MIGRATE_COUNT(locks->question); i++)
        free(locks->question[i]);
    free(locks->items);
    *locks = (TableLocks) {0};
}
