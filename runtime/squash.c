#include "squash.h"

#include "report.h"
#include "stem.h"

static const HistoryRow *older(const History *history, const HistoryRow *row)
{
    return row->older < 0 ? NULL : &history->rows[row->older];
}

static bool has_own_row(const History *history, const Migration *squash)
{
    const HistoryRow *row = history_row(history, squash);
    while (row != NULL && row->replaced)
        row = older(history, row);
    return row != NULL;
}

static bool is_there(const History *history, const Migration *squash, const char *name)
{
    const HistoryRow *row = history_row(history, squash);
    while (row != NULL && !stem_equal(row->name, name))
        row = older(history, row);
    return row != NULL;
}

static size_t count_applied(const History *history, const Migration *squash)
{
    size_t applied = 0;
    for (size_t i = 0; i < squash->replaces_count; i++)
        applied += is_there(history, squash, squash->replaces[i]);
    return applied;
}

static Outcome validate(const History *history, const Migration *squash)
{
    if (squash->replaces_count == 0 || history_row(history, squash) == NULL || has_own_row(history, squash))
        return OUTCOME_DONE;
    size_t applied = count_applied(history, squash);
    if (applied == squash->replaces_count)
        return OUTCOME_DONE;
    report_error("the migration \"%s\" replaces %zu others, of which only %zu %s applied", squash->stored,
                 squash->replaces_count, applied, applied == 1 ? "is" : "are");
    for (size_t i = 0; i < squash->replaces_count; i++) {
        const char *name = squash->replaces[i];
        report_help("%s is %s", name, is_there(history, squash, name) ? "applied" : "not applied");
    }
    return OUTCOME_CONFLICT;
}

Outcome squash_validate(const History *history)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < history->project->count; i++) {
        if (validate(history, history->project->migrations[i]) != OUTCOME_DONE)
            outcome = OUTCOME_CONFLICT;
    }
    if (outcome != OUTCOME_DONE)
        report_help("apply the others, or roll back those that are, with a program that still has them");
    return outcome;
}
