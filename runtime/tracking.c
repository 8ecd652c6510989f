#include "tracking.h"

#include "memory.h"
#include "sql.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *write_sql(const History *history, const char *tracked)
{
    char *inner = history_sql(history, tracked);
    const Filling fillings[] = {{"journal", history->journal_table}, {"tracked", inner}, {NULL, NULL}};
    char *sql = template_fill(sql_journal_write, fillings);
    free(inner);
    return sql;
}

static void fill(Writing *writing, const History *history, const Leg *leg, bool up, size_t step)
{
    *writing = (Writing) {0};
    snprintf(writing->step, sizeof(writing->step), "%zu", step);
    writing->before = steps_digest(&leg->steps, step);
    writing->down = up ? way_down_write(leg->migration) : NULL;
    writing->values[WRITING_NAME] = leg->migration->name;
    writing->values[WRITING_DIRECTION] = up ? "up" : "down";
    writing->values[WRITING_CHECKSUM] = leg->migration->checksum;
    writing->values[WRITING_STEP] = writing->step;
    writing->values[WRITING_BEFORE] = writing->before;
    writing->values[WRITING_DOWN] = writing->down;
    writing->values[WRITING_HOST] = history->host;
    writing->values[WRITING_BUILD] = history->build;
    writing->statement.parameters = writing->values;
}

void tracking_done(Writing *writing, History *history, const Leg *leg, bool up, long long batch)
{
    fill(writing, history, leg, up, leg->steps.count);
    if (history->tracking_sql[up] == NULL)
        history->tracking_sql[up] = write_sql(history, up ? sql_history_insert : sql_history_delete);
    snprintf(writing->batch, sizeof(writing->batch), "%lld", batch);
    writing->values[WRITING_STATE] = journal_state_name(JOURNAL_DONE);
    writing->values[WRITING_TRACKED] = up ? leg->migration->stored : leg->row_names;
    writing->values[WRITING_BATCH] = up ? writing->batch : leg->row;
    history->tracking[up].sql = history->tracking_sql[up];
    writing->statement.prepared = &history->tracking[up];
    writing->statement.count = WRITING_PARAMETERS;
    writing->statement.report = true;
}

void tracking_reached(Writing *writing, const History *history, const Leg *leg, bool up, size_t step,
                      JournalState state, const char *position)
{
    fill(writing, history, leg, up, step);
    writing->values[WRITING_STATE] = journal_state_name(state);
    writing->values[WRITING_POSITION] = position;
    writing->values[WRITING_TRACKED] = leg->row;
    writing->sql = write_sql(history, sql_journal_row);
    writing->statement.sql = writing->sql;
    writing->statement.count = WRITING_TRACKED + 1;
}

void tracking_clear(Writing *writing)
{
    free(writing->sql);
    free(writing->before);
    free(writing->down);
    *writing = (Writing) {0};
}

bool tracking_forget(const History *history, const Leg *leg)
{
    char *sql = history_sql(history, sql_journal_forget);
    const char *parameters[] = {leg->migration->name};
    bool good = session_query(history->session, sql, 1, parameters, NULL, NULL);
    free(sql);
    return good;
}
