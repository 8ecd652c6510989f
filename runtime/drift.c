/* What is on one side only, and what is not the same; less what goes with something that was said already, and what
 * nobody can tell. */
#include "drift.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

static void add_difference(Drift *drift, DriftKind kind, const Row *model, const Row *database)
{
    drift->differences[drift->difference_count++] = (Difference) {
        .kind = kind,
        .what = model != NULL ? model->title : database->title,
        .model = model == NULL ? NULL : model->definition,
        .database = database == NULL ? NULL : database->definition,
    };
}

static void add_unjudged(Drift *drift, const char *what, const char *reason, bool harmless)
{
    drift->unjudged[drift->unjudged_count++] = (Unjudged) {what, reason, harmless};
}

/* What belongs to something that the other side does not have is not mentioned beside it. */
static bool goes_with_owner(const Drift *drift, const Row *row)
{
    return row->owner[0] != '\0' && rows_find(&drift->rows, row->owner, !row->model) == NULL;
}

static bool names(const MigratePiece *piece, const char *name)
{
    for (size_t i = 0; *name != '\0' && piece->names[i] != NULL; i++) {
        if (strcmp(piece->names[i], name) == 0)
            return true;
    }
    return false;
}

/* What is called "… of OWNER" has its name within its owner only. */
static const Row *owner_of_name(const Drift *drift, const Row *row)
{
    size_t title = strlen(row->title), owner = strlen(row->owner);
    bool within = owner > 0 && title > owner && strcmp(row->title + title - owner, row->owner) == 0;
    return within ? rows_find(&drift->rows, row->owner, row->model) : NULL;
}

/* Whether SQL that the compiler does not follow may have made it what it is. */
static bool is_unfollowed(const Drift *drift, const Blueprint *blueprint, const Row *row)
{
    const Row *owner = owner_of_name(drift, row);
    for (size_t i = 0; i < blueprint->unfollowed_count; i++) {
        const MigratePiece *piece = blueprint->unfollowed[i];
        if (names(piece, row->name) && (piece->executes || owner == NULL || names(piece, owner->name)))
            return true;
    }
    return false;
}

/* A thing, or something of a thing, that could not be made. */
static bool is_gap(const Scratch *scratch, const Row *row)
{
    for (size_t i = 0; i < scratch->gap_count; i++) {
        const char *what = scratch->gaps[i].piece->what;
        if (strcmp(what, row->title) == 0 || strcmp(what, row->owner) == 0)
            return true;
    }
    return false;
}

static bool owner_is_disturbed(const Drift *drift, const Row *row)
{
    for (size_t i = 0; i < drift->difference_count; i++) {
        const Difference *difference = &drift->differences[i];
        const Row *found = difference->kind == DRIFT_CHANGED
                                    ? NULL
                                    : rows_find(&drift->rows, difference->what, difference->kind == DRIFT_MISSING);
        if (found != NULL && strcmp(found->owner, row->owner) == 0 && strncmp(found->title, "column ", 7) == 0)
            return true;
    }
    return false;
}

/* Unless SQL that is not followed may have done it. */
static void add_unexpected(Drift *drift, const Scratch *scratch, DriftKind kind, const Row *model,
                           const Row *database)
{
    if (is_unfollowed(drift, scratch->blueprint, database))
        add_unjudged(drift, database->title, "SQL that the compiler does not follow names it", true);
    else
        add_difference(drift, kind, model, database);
}

/* Why a thing of no schema was only looked for. */
static const char *unmade_reason(const Scratch *scratch, const char *title)
{
    for (size_t i = 0; i < scratch->gap_count; i++) {
        if (strcmp(scratch->gaps[i].piece->what, title) == 0)
            return scratch->gaps[i].reason;
    }
    return "it is there, and only a superuser sees how it is";
}

static void judge_model(Drift *drift, const Scratch *scratch, const Row *row)
{
    const Row *other = rows_find(&drift->rows, row->title, false);
    drift->compared++;
    if (other == NULL && !goes_with_owner(drift, row))
        add_difference(drift, DRIFT_MISSING, row, NULL);
    else if (row->rule == RULE_THERE)
        add_unjudged(drift, row->title, unmade_reason(scratch, row->title), true);
    else if (other != NULL && strcmp(row->definition, other->definition) != 0)
        add_unexpected(drift, scratch, DRIFT_CHANGED, row, other);
}

static void judge_database(Drift *drift, const Scratch *scratch, const Row *row)
{
    if (row->rule == RULE_STATED || row->rule == RULE_THERE ||
        rows_find(&drift->rows, row->title, true) != NULL || goes_with_owner(drift, row) ||
        is_gap(scratch, row))
        return;
    add_unexpected(drift, scratch, DRIFT_EXTRA, NULL, row);
}

static void judge_pieces(Drift *drift, const Scratch *scratch)
{
    for (size_t i = 0; i < scratch->gap_count; i++) {
        const MigratePiece *piece = scratch->gaps[i].piece;
        const Row *row = rows_find(&drift->rows, piece->what, true);
        bool thing = piece->place == MIGRATE_IN_DATABASE, looked_for = row != NULL && row->rule == RULE_THERE;
        if (!thing || (piece->stage > 0 && !looked_for))
            add_unjudged(drift, piece->what, scratch->gaps[i].reason, thing);
    }
    for (size_t i = 0; i < scratch->blueprint->count; i++) {
        const MigratePiece *piece = scratch->blueprint->pieces[i];
        bool listed = piece->what != NULL && rows_find(&drift->rows, piece->what, true) != NULL;
        if (piece->place == MIGRATE_IN_DATABASE && piece->stage == 0 && !listed)
            add_unjudged(drift, piece->what, "it is in no schema", true);
    }
}

/* Behind all others, since it depends on them. */
static void judge_orders(Drift *drift)
{
    for (size_t i = 0; i < drift->rows.count; i++) {
        const Row *row = &drift->rows.items[i];
        const Row *other = row->model && row->rule == RULE_ORDER ? rows_find(&drift->rows, row->title, false) : NULL;
        if (other != NULL && strcmp(row->definition, other->definition) != 0 && !owner_is_disturbed(drift, row))
            add_difference(drift, DRIFT_CHANGED, row, other);
    }
}

static void judge(Drift *drift, const Scratch *scratch)
{
    size_t most = drift->rows.count + scratch->gap_count + scratch->blueprint->count + 1;
    drift->differences = memory_take(most, sizeof(*drift->differences));
    drift->unjudged = memory_take(most, sizeof(*drift->unjudged));
    judge_pieces(drift, scratch);
    for (size_t i = 0; i < drift->rows.count; i++) {
        const Row *row = &drift->rows.items[i];
        if (row->rule != RULE_ORDER && row->model)
            judge_model(drift, scratch, row);
        else if (row->rule != RULE_ORDER)
            judge_database(drift, scratch, row);
    }
    judge_orders(drift);
}

/* ------------------------------------------------------------------ once more
 *
 * The server does not keep texts but what they mean, and its own words for that may mean something that it keeps in
 * another way: `a IN ('b')` of a varchar is one thing when it is first read, and another one when a dump of it is
 * restored. So before something is called changed, the model's side says it again in the server's words, as a dump
 * would. */

/* False: the session is lost, or a signal has come. */
static bool say_all_again(const Drift *drift, Scratch *scratch, bool *some)
{
    for (size_t i = 0; i < drift->difference_count; i++) {
        const Difference *difference = &drift->differences[i];
        const Row *row = difference->kind == DRIFT_CHANGED ? rows_find(&drift->rows, difference->what, true) : NULL;
        if (row == NULL || row->again == NULL)
            continue;
        char *reason;
        bool good = scratch_try(scratch, row->again, &reason);
        *some = *some || reason == NULL;
        free(reason);
        if (!good)
            return false;
    }
    return true;
}

static void drop_settled(Drift *drift, const Rows *later)
{
    size_t kept = 0;
    for (size_t i = 0; i < drift->difference_count; i++) {
        Difference difference = drift->differences[i];
        const Row *row = difference.kind == DRIFT_CHANGED ? rows_find(later, difference.what, true) : NULL;
        if (row == NULL || strcmp(row->definition, difference.database) != 0)
            drift->differences[kept++] = difference;
    }
    drift->difference_count = kept;
}

static bool look_again(Drift *drift, Scratch *scratch, const History *history)
{
    bool some = false, good = say_all_again(drift, scratch, &some);
    if (!good || !some)
        return good;
    Rows later;
    good = rows_read(&later, scratch, history);
    if (good)
        drop_settled(drift, &later);
    rows_clear(&later);
    return good;
}

Outcome drift_find(Drift *drift, Scratch *scratch, const History *history)
{
    *drift = (Drift) {0};
    if (!rows_read(&drift->rows, scratch, history))
        return scratch_fail(scratch, "cannot read the catalog");
    judge(drift, scratch);
    if (!look_again(drift, scratch, history))
        return scratch_fail(scratch, "cannot read the catalog again");
    return OUTCOME_DONE;
}

void drift_clear(Drift *drift)
{
    rows_clear(&drift->rows);
    free(drift->differences);
    free(drift->unjudged);
    *drift = (Drift) {0};
}
