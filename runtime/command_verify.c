/* Compared is the schema behind the last migration that was applied, also where newer ones are pending. */
#include "command.h"
#include "connection.h"
#include "drift.h"
#include "memory.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
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

/* ------------------------------------------------------------------ JSON */

static void print_string(const char *text)
{
    if (text == NULL) {
        fputs("null", stdout);
        return;
    }
    putchar('"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if ((unsigned char) *c < 0x20)
            printf("\\u%04x", (unsigned) (unsigned char) *c);
        else
            putchar(*c);
    }
    putchar('"');
}

static void print_member(const char *name, const char *text)
{
    printf(", \"%s\": ", name);
    print_string(text);
}

static void print_json(const Drift *drift, size_t migrations)
{
    printf("{\"migrations\": %zu, \"compared\": %zu, \"differences\": [", migrations, drift->compared);
    for (size_t i = 0; i < drift->difference_count; i++) {
        const Difference *difference = &drift->differences[i];
        printf("%s{\"difference\": \"%s\"", i == 0 ? "" : ", ", kind_names[difference->kind]);
        print_member("what", difference->what);
        print_member("migrations", difference->model);
        print_member("database", difference->database);
        putchar('}');
    }
    fputs("], \"not_compared\": [", stdout);
    for (size_t i = 0; i < drift->unjudged_count; i++) {
        const Unjudged *unjudged = &drift->unjudged[i];
        printf("%s{\"problem\": %s", i == 0 ? "" : ", ", unjudged->harmless ? "false" : "true");
        print_member("what", unjudged->what);
        print_member("reason", unjudged->reason);
        putchar('}');
    }
    puts("]}");
    fflush(stdout);
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

static Outcome compare(const Request *request, const History *history, size_t migrations)
{
    Blueprint blueprint;
    Scratch scratch;
    Drift drift = {0};
    blueprint_make(&blueprint, history->project, migrations);
    Outcome outcome = scratch_open(&scratch, history->session, history->project, &blueprint);
    if (outcome == OUTCOME_DONE)
        outcome = drift_find(&drift, &scratch, history);
    if (outcome == OUTCOME_DONE) {
        if (request->given[OPTION_JSON])
            print_json(&drift, migrations);
        else
            print_text(&drift, migrations);
        print_unjudged(&drift, request->given[OPTION_JSON]);
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
            outcome = compare(request, &history, migrations);
        history_close(&history);
    }
    session_close(session);
    return outcome;
}
