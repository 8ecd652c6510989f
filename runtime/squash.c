#include "squash.h"

#include "report.h"
#include "stem.h"

static bool replaces(const Migration *migration, const char *name)
{
    for (size_t i = 0; i < migration->replaces_count; i++) {
        if (stem_equal(migration->replaces[i], name))
            return true;
    }
    return false;
}

const Migration *squash_of(const MigrateProject *project, const char *name)
{
    for (size_t i = 0; i < project->count; i++) {
        if (replaces(project->migrations[i], name))
            return project->migrations[i];
    }
    return NULL;
}

static bool has_own_row(const History *history, const Migration *squash)
{
    for (size_t i = 0; i < history->count; i++) {
        if (history->rows[i].migration == squash && !history->rows[i].replaced)
            return true;
    }
    return false;
}

static bool is_there(const History *history, const char *name)
{
    for (size_t i = 0; i < history->count; i++) {
        if (history->rows[i].replaced && stem_equal(history->rows[i].name, name))
            return true;
    }
    return false;
}

static Outcome validate(const History *history, const Migration *squash)
{
    size_t applied = 0;
    for (size_t i = 0; i < squash->replaces_count; i++)
        applied += is_there(history, squash->replaces[i]);
    if (applied == 0 || applied == squash->replaces_count || has_own_row(history, squash))
        return OUTCOME_DONE;
    report_error("the migration \"%s\" replaces %zu others, of which only %zu %s applied", squash->stored,
                 squash->replaces_count, applied, applied == 1 ? "is" : "are");
    for (size_t i = 0; i < squash->replaces_count; i++)
        report_help("%s is %s", squash->replaces[i], is_there(history, squash->replaces[i]) ? "applied" : "not applied");
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
