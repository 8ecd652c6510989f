#include "choice.h"

#include "report.h"

/* Going down it does not matter what a migration has become, as long as it is known how it was. */
static Outcome check_ways(const Selection *selection, const History *history)
{
    Outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < selection->count; i++) {
        const SelectionItem *item = &selection->items[i];
        const HistoryRow *row = history_row(history, item->migration);
        if (row == NULL || !row->changed || row->way != NULL)
            continue;
        report_error("the migration \"%s\" was changed since it was applied, and the journal does not have its way "
                     "down", item->shown);
        report_help("run the program that applied it");
        outcome = OUTCOME_CONFLICT;
    }
    return outcome;
}

/* Rows that are missing come first: they tell that this is another program than the one that was here last. */
static Outcome check(const Selection *selection, History *history)
{
    if (selection->up)
        return history_check_changed(history);
    Outcome outcome = history_read_ways(history);
    return outcome == OUTCOME_DONE ? check_ways(selection, history) : outcome;
}

Outcome choice_make(Choice *choice, History *history, const RunOrder *order, const RunPhase *phase)
{
    choice_clear(choice);
    Outcome outcome = history_check_missing(history, order->wish.allow_missing);
    if (outcome == OUTCOME_DONE)
        outcome = phase->select(&choice->selection, history, &order->wish);
    if (outcome == OUTCOME_DONE)
        outcome = check(&choice->selection, history);
    if (outcome == OUTCOME_DONE)
        outcome = selection_judge(&choice->selection, history, &order->wish);
    return outcome == OUTCOME_DONE ? course_plan(&choice->course, &choice->selection, history, order->bare) : outcome;
}

void choice_clear(Choice *choice)
{
    course_clear(&choice->course);
    selection_clear(&choice->selection);
}
