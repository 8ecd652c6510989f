/* Compared is the schema behind the last migration that was applied, also where newer ones are pending. */
#include "command.h"
#include "connection.h"
#include "drift.h"
#include "report.h"
#include "verify.h"

#include <string.h>

static const char *const kind_names[] = {"missing", "extra", "changed"};

/* So many of the compiled migrations, from the first on, hold all that were applied. */
static size_t count_applied(const History *history)
{
    size_t count = history->project->count;
    while (count > 0 && !history_applied(history, history->project->migrations[count - 1]))
        count--;
    return count;
}

static void warn_pending(const History *history, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Migration *migration = history->project->migrations[i];
        if (!history_applied(history, migration))
            report_warning("\"%s\" is pending, but newer ones were applied: what it does will be missing",
                           migration->stored);
    }
}

/* ------------------------------------------------------------------ text */

static void print_definition(const char *mark, const char *definition)
{
    while (definition != NULL) {
        size_t length = strcspn(definition, "\n");
        report_result("  %s %.*s", mark, (int) length, definition);
        definition = definition[length] == '\0' || definition[length + 1] == '\0' ? NULL : definition + length + 1;
    }
}

static void print_text(const Drift *drift, size_t migrations)
{
    const char *plural = migrations == 1 ? "" : "s";
    for (size_t i = 0; i < drift->difference_count; i++) {
        const Difference *difference = &drift->differences[i];
        report_result("%s %s", kind_names[difference->kind], difference->what);
        print_definition("-", difference->model);
        print_definition("+", difference->database);
    }
    if (drift->difference_count == 0)
        report_result("No drift from what %zu migration%s made", migrations, plural);
    else
        report_result("Found %zu difference%s from what %zu migration%s made (- migrations, + database)",
                      drift->difference_count, drift->difference_count == 1 ? "" : "s", migrations, plural);
}

static void print_unjudged(const Drift *drift, bool quiet)
{
    for (size_t i = 0; i < drift->unjudged_count; i++) {
        const Unjudged *unjudged = &drift->unjudged[i];
        if (!unjudged->harmless)
            report_warning("not compared: %s: %s", unjudged->what, unjudged->reason);
        else if (!quiet)
            report_progress("not compared: %s: %s", unjudged->what, unjudged->reason);
    }
}

static void answer(Json *json, const Drift *drift, size_t migrations)
{
    json_number(json, FIELD_APPLIED, (long long) migrations);
    json_number(json, FIELD_COMPARED, (long long) drift->compared);
    json_list(json, FIELD_DIFFERENCES);
    for (size_t i = 0; i < drift->difference_count; i++) {
        const Difference *difference = &drift->differences[i];
        json_item(json);
        json_text(json, FIELD_DIFFERENCE, kind_names[difference->kind]);
        json_text(json, FIELD_WHAT, difference->what);
        json_text(json, FIELD_MODEL, difference->model);
        json_text(json, FIELD_DATABASE, difference->database);
        json_object_end(json);
    }
    json_list_end(json);
    json_list(json, FIELD_NOT_COMPARED);
    for (size_t i = 0; i < drift->unjudged_count; i++) {
        const Unjudged *unjudged = &drift->unjudged[i];
        json_item(json);
        json_truth(json, FIELD_PROBLEM, !unjudged->harmless);
        json_text(json, FIELD_WHAT, unjudged->what);
        json_text(json, FIELD_REASON, unjudged->reason);
        json_object_end(json);
    }
    json_list_end(json);
}

/* ------------------------------------------------------------------ the command */

static Outcome outcome_of(const Drift *drift)
{
    if (drift->difference_count > 0)
        return OUTCOME_DRIFT;
    for (size_t i = 0; i < drift->unjudged_count; i++) {
        if (!drift->unjudged[i].harmless)
            return OUTCOME_CONFIGURATION;
    }
    return OUTCOME_DONE;
}

Outcome verify_compare(const History *history, size_t migrations, Json *json)
{
    Blueprint blueprint;
    Scratch scratch;
    Drift drift = {0};
    blueprint_make(&blueprint, history->project, migrations);
    Outcome outcome = scratch_open(&scratch, history->session, history->project, &blueprint);
    if (outcome == OUTCOME_DONE)
        outcome = drift_find(&drift, &scratch, history);
    if (outcome == OUTCOME_DONE) {
        print_text(&drift, migrations);
        answer(json, &drift, migrations);
        print_unjudged(&drift, json != NULL);
        outcome = outcome_of(&drift);
    }
    scratch_close(&scratch);
    drift_clear(&drift);
    blueprint_clear(&blueprint);
    return outcome;
}

static Outcome check_server(const History *history)
{
    if (!history->in_recovery)
        return history_validate(history);
    report_error("this server is a standby, and verify makes the schema anew, in a transaction that is taken back");
    report_help("connect to the primary, or name all servers and add target_session_attrs=read-write");
    return OUTCOME_CONFIGURATION;
}

Outcome command_verify(const Request *request)
{
    Session *session;
    Outcome outcome = connection_open(request, &session);
    if (outcome == OUTCOME_DONE) {
        History history;
        outcome = history_open(&history, session, &request->project);
        size_t migrations = outcome == OUTCOME_DONE ? count_applied(&history) : 0;
        if (outcome == OUTCOME_DONE)
            outcome = check_server(&history);
        warn_pending(&history, migrations);
        if (outcome == OUTCOME_DONE)
            outcome = verify_compare(&history, migrations, request->json);
        history_close(&history);
    }
    session_close(session);
    return outcome;
}
