#include "tracking.h"

#include "memory.h"
#include "sql.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The parameters of sql/journal_write.sql; the last ones are those of what it tracks. */
enum {
    NAME, DIRECTION, STATE, CHECKSUM, STEP, BEFORE, POSITION, DOWN, HOST, BUILD, TRACKED, TRACKED_BATCH,
    PARAMETERS
};

typedef struct Writing {
    const char *values[PARAMETERS];
    char step[24];
    char batch[24];
    char *before;
    char *down;
} Writing;

static void fill(Writing *writing, const History *history, const Leg *leg, bool up, size_t step)
{
    snprintf(writing->step, sizeof(writing->step), "%zu", step);
    writing->before = steps_digest(&leg->steps, step);
    writing->down = up ? way_down_write(leg->migration) : NULL;
    writing->values[NAME] = leg->migration->name;
    writing->values[DIRECTION] = up ? "up" : "down";
    writing->values[CHECKSUM] = leg->migration->checksum;
    writing->values[STEP] = writing->step;
    writing->values[BEFORE] = writing->before;
    writing->values[DOWN] = writing->down;
    writing->values[HOST] = history->host;
    writing->values[BUILD] = history->build;
}

static bool send(History *history, Writing *writing, const char *tracked, size_t parameters)
{
    char *inner = history_sql(history, tracked);
    const Filling fillings[] = {{"journal", history->journal_table}, {"tracked", inner}, {NULL, NULL}};
    char *sql = template_fill(sql_journal_write, fillings);
    bool good = session_query(history->session, sql, parameters, writing->values, NULL, NULL);
    free(sql);
    free(inner);
    free(writing->before);
    free(writing->down);
    return good;
}

/* A migration may have more than one row, under more than one name. */
static bool delete_rows(History *history, const Migration *migration)
{
    char *sql = history_sql(history, sql_history_delete);
    bool good = true;
    for (size_t i = 0; good && i < history->count; i++) {
        const char *parameters[] = {history->rows[i].name};
        if (history->rows[i].migration == migration)
            good = session_query(history->session, sql, 1, parameters, NULL, NULL);
    }
    free(sql);
    return good;
}

bool tracking_done(History *history, const Leg *leg, bool up, long long batch)
{
    if (!up && !delete_rows(history, leg->migration))
        return false;
    Writing writing = {0};
    fill(&writing, history, leg, up, leg->steps.count);
    writing.values[STATE] = journal_state_name(JOURNAL_DONE);
    if (!up)
        return send(history, &writing, sql_journal_row, TRACKED + 1);
    snprintf(writing.batch, sizeof(writing.batch), "%lld", batch);
    writing.values[TRACKED] = leg->migration->stored;
    writing.values[TRACKED_BATCH] = writing.batch;
    return send(history, &writing, sql_history_insert, TRACKED_BATCH + 1);
}

bool tracking_reached(History *history, const Leg *leg, bool up, size_t step, JournalState state, const char *position)
{
    Writing writing = {0};
    fill(&writing, history, leg, up, step);
    writing.values[STATE] = journal_state_name(state);
    writing.values[POSITION] = position;
    writing.values[TRACKED] = leg->row;
    return send(history, &writing, sql_journal_row, TRACKED + 1);
}

bool tracking_forget(History *history, const Leg *leg)
{
    char *sql = history_sql(history, sql_journal_forget);
    const char *parameters[] = {leg->migration->name};
    bool good = session_query(history->session, sql, 1, parameters, NULL, NULL);
    free(sql);
    return good;
}
