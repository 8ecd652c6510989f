/* The verbs that only read. Their lines are Knex's, down to the empty one at the end; what Knex does
 * not know follows as further lists: missing, changed and unfinished migrations. */
#include "command.h"
#include "connection.h"
#include "history.h"
#include "memory.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

typedef Outcome Reader(const Request *request, History *history);

static Outcome read_history(const Request *request, Reader *reader)
{
    Session *session;
    Outcome outcome = connection_open(request, &session);
    if (outcome == OUTCOME_DONE) {
        History history;
        outcome = history_open(&history, session, &request->project);
        if (outcome == OUTCOME_DONE)
            outcome = reader(request, &history);
        history_close(&history);
    }
    session_close(session);
    return outcome;
}

static void print_heading(size_t count, const char *kind)
{
    if (count == 0)
        report_result("No %s Migration files Found.", kind);
    else
        report_result("Found %zu %s Migration file/files.", count, kind);
}

static void print_completed(const History *history)
{
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++)
        count += history->rows[i].migration != NULL;
    print_heading(count, "Completed");
    for (size_t i = 0; i < history->count; i++) {
        const HistoryRow *row = &history->rows[i];
        if (row->replaced)
            report_result("%s (replaced by %s)", row->name, row->migration->stored);
        else if (row->migration != NULL)
            report_result("%s", row->name);
    }
}

/* The number of them. */
static size_t print_pending(const History *history)
{
    const MigrateProject *project = history->project;
    size_t count = 0;
    for (size_t i = 0; i < project->count; i++)
        count += !history_applied(history, project->migrations[i]);
    print_heading(count, "Pending");
    for (size_t i = 0; i < project->count; i++) {
        if (!history_applied(history, project->migrations[i]))
            report_result("%s", project->migrations[i]->stored);
    }
    return count;
}

static void print_missing(const History *history)
{
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++)
        count += history->rows[i].migration == NULL;
    if (count == 0)
        return;
    print_heading(count, "Missing");
    for (size_t i = 0; i < history->count; i++) {
        if (history->rows[i].migration == NULL)
            report_result("%s", history->rows[i].name);
    }
}

static void print_changed(const History *history)
{
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++)
        count += history->rows[i].changed;
    if (count == 0)
        return;
    print_heading(count, "Changed");
    for (size_t i = 0; i < history->count; i++) {
        if (history->rows[i].changed)
            report_result("%s", history->rows[i].name);
    }
}

/* Those that have begun and not ended, with the number of steps that are done. */
static void print_unfinished(const History *history)
{
    const MigrateProject *project = history->project;
    size_t count = 0;
    for (size_t i = 0; i < project->count; i++)
        count += history_unfinished(history, project->migrations[i]) != NULL;
    if (count == 0)
        return;
    print_heading(count, "Unfinished");
    for (size_t i = 0; i < project->count; i++) {
        const JournalEntry *entry = history_unfinished(history, project->migrations[i]);
        if (entry != NULL)
            report_result("%s (%s, %lu steps are done)", project->migrations[i]->stored, entry->up ? "up" : "down",
                          entry->step);
    }
}

static const char *state_of(const History *history, const HistoryRow *row)
{
    if (row->migration == NULL)
        return "missing";
    if (history_unfinished(history, row->migration) != NULL)
        return "unfinished";
    return row->changed ? "changed" : "completed";
}

static void answer_way(Json *json, const WayDown *way)
{
    json_text(json, FIELD_GRADE, !way->reversible ? "irreversible" : way->loss_count > 0 ? "lossy" : "lossless");
    json_list(json, FIELD_LOSSES);
    for (size_t i = 0; i < way->loss_count; i++)
        json_item_text(json, way->losses[i]);
    json_list_end(json);
    json_text(json, FIELD_REASON, way->reversible ? NULL : way->reason);
}

static void answer_migration(Json *json, const History *history, const Migration *migration)
{
    const JournalEntry *entry = migration == NULL ? NULL : history_unfinished(history, migration);
    json_text(json, FIELD_FILE, migration == NULL ? NULL : migration->file);
    if (entry == NULL)
        json_null(json, FIELD_STEPS_DONE);
    else
        json_number(json, FIELD_STEPS_DONE, (long long) entry->step);
    if (migration == NULL) {
        json_null(json, FIELD_GRADE);
        json_list(json, FIELD_LOSSES);
        json_list_end(json);
        json_null(json, FIELD_REASON);
        return;
    }
    WayDown way = history_way_down(history, migration);
    answer_way(json, &way);
}

static void answer_row(Json *json, const History *history, const HistoryRow *row)
{
    json_item(json);
    json_text(json, FIELD_NAME, row->name);
    json_text(json, FIELD_STATE, state_of(history, row));
    if (row->batch == NULL)
        json_null(json, FIELD_BATCH);
    else
        json_number(json, FIELD_BATCH, history_row_batch(row));
    json_text(json, FIELD_TIME, row->instant);
    answer_migration(json, history, row->migration);
    json_object_end(json);
}

static void answer_pending(Json *json, const History *history, const Migration *migration)
{
    json_item(json);
    json_text(json, FIELD_NAME, migration->stored);
    json_text(json, FIELD_STATE, history_unfinished(history, migration) != NULL ? "unfinished" : "pending");
    json_null(json, FIELD_BATCH);
    json_null(json, FIELD_TIME);
    answer_migration(json, history, migration);
    json_object_end(json);
}

/* The rows in the order of application, and then what is pending. */
static void answer_status(Json *json, const History *history)
{
    const MigrateProject *project = history->project;
    json_list(json, FIELD_MIGRATIONS);
    for (size_t i = 0; i < history->count; i++)
        answer_row(json, history, &history->rows[i]);
    for (size_t i = 0; i < project->count; i++) {
        if (!history_applied(history, project->migrations[i]))
            answer_pending(json, history, project->migrations[i]);
    }
    json_list_end(json);
}

/* The grades of the ways down, for whoever asks: Knex's lines stay as they are. */
static void print_grades(const History *history)
{
    for (size_t i = history->count; i > 0; i--) {
        const Migration *migration = history->rows[i - 1].migration;
        if (migration == NULL)
            continue;
        WayDown way = history_way_down(history, migration);
        if (!way.reversible)
            report_progress("  %s: irreversible: %s", migration->name, way.reason == NULL ? "no way down" : way.reason);
        for (size_t j = 0; j < way.loss_count; j++)
            report_progress("  %s: its way down loses the data of %s", migration->name, way.losses[j]);
    }
}

static Outcome print_status(const Request *request, History *history)
{
    Outcome outcome = history_read_ways(history);
    if (outcome != OUTCOME_DONE)
        return outcome;
    print_completed(history);
    size_t pending = print_pending(history);
    print_missing(history);
    print_changed(history);
    print_unfinished(history);
    report_result("%s", "");
    answer_status(request->json, history);
    if (request->given[OPTION_VERBOSE])
        print_grades(history);
    outcome = history_check_missing(history, request->given[OPTION_ALLOW_MISSING]);
    Outcome changed = history_check_changed(history);
    outcome = outcome == OUTCOME_DONE ? changed : outcome;
    bool wanting = outcome == OUTCOME_DONE && request->given[OPTION_CHECK] && pending > 0;
    return wanting ? OUTCOME_PENDING : outcome;
}

Outcome command_status(const Request *request)
{
    return read_history(request, print_status);
}

/* As Knex has it: the greatest name that was applied, up to its first underscore. */
static Outcome print_current_version(const Request *request, History *history)
{
    const char *greatest = NULL;
    for (size_t i = 0; i < history->count; i++) {
        if (greatest == NULL || strcmp(history->rows[i].name, greatest) > 0)
            greatest = history->rows[i].name;
    }
    char *version = greatest == NULL ? NULL : memory_slice(greatest, strcspn(greatest, "_"));
    report_result("Current Version: %s", version == NULL ? "none" : version);
    json_text(request->json, FIELD_VERSION, version);
    free(version);
    return OUTCOME_DONE;
}

Outcome command_current_version(const Request *request)
{
    return read_history(request, print_current_version);
}
