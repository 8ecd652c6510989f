/* The verbs that only read. Their lines are Knex's, down to the empty one at the end; what Knex does
 * not know follows as further lists: missing, changed and unfinished migrations. */
#include "command.h"
#include "connection.h"
#include "history.h"
#include "report.h"

#include <string.h>

typedef Outcome Reader(const Request *request, const History *history);

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

static Outcome print_status(const Request *request, const History *history)
{
    print_completed(history);
    size_t pending = print_pending(history);
    print_missing(history);
    print_changed(history);
    print_unfinished(history);
    report_result("%s", "");
    Outcome outcome = history_validate(history);
    bool wanting = outcome == OUTCOME_DONE && request->given[OPTION_CHECK] && pending > 0;
    return wanting ? OUTCOME_PENDING : outcome;
}

Outcome command_status(const Request *request)
{
    return read_history(request, print_status);
}

/* As Knex has it: the greatest name that was applied, up to its first underscore. */
static Outcome print_current_version(const Request *request, const History *history)
{
    (void) request;
    const char *greatest = NULL;
    for (size_t i = 0; i < history->count; i++) {
        if (greatest == NULL || strcmp(history->rows[i].name, greatest) > 0)
            greatest = history->rows[i].name;
    }
    if (greatest == NULL)
        report_result("Current Version: none");
    else
        report_result("Current Version: %.*s", (int) strcspn(greatest, "_"), greatest);
    return OUTCOME_DONE;
}

Outcome command_current_version(const Request *request)
{
    return read_history(request, print_current_version);
}
