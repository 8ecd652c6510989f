/* What a verb would do: chosen as a run chooses, and written out instead of run. What a run would refuse is refused
 * behind the plan, in the same words and with the same exit code, so that a plan is a test of the run. */
#include "choice.h"
#include "command.h"
#include "connection.h"
#include "memory.h"
#include "report.h"
#include "table_locks.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct Plan {
    const Request *request;
    History history;
    Choice choice;
    size_t count;     /* migrations so far */
    char **hazards;
    size_t hazard_count;
} Plan;

/* ------------------------------------------------------------------ hazards */

static void hazard(Plan *plan, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void hazard(Plan *plan, const char *format, ...)
{
    char *text = NULL;
    size_t size = 0;
    va_list arguments;
    va_start(arguments, format);
    FILE *out = memory_stream(&text, &size);
    vfprintf(out, format, arguments);
    memory_stream_end(out);
    va_end(arguments);
    char **hazards = memory_take(plan->hazard_count + 1, sizeof(*hazards));
    if (plan->hazard_count > 0)
        memcpy(hazards, plan->hazards, plan->hazard_count * sizeof(*hazards));
    free(plan->hazards);
    plan->hazards = hazards;
    plan->hazards[plan->hazard_count++] = text;
}

static void add_way_hazards(Plan *plan, const SelectionItem *item)
{
    WayDown way = history_way_down(&plan->history, item->migration);
    if (way.stored != NULL)
        hazard(plan, "\"%s\" was changed since it was applied: it goes down as it was then", item->shown);
    for (size_t i = 0; i < way.loss_count; i++)
        hazard(plan, "the way down of \"%s\" does not bring back the data of %s", item->shown, way.losses[i]);
}

static void add_order_hazard(Plan *plan, const SelectionItem *item)
{
    const Migration *last = selection_overtaken(&plan->history, item->migration);
    if (last != NULL)
        hazard(plan, "\"%s\" is out of order: \"%s\" was applied before it", item->shown, last->stored);
}

static size_t count_units(const Course *course, UnitKind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < course->unit_count; i++)
        count += course->units[i].kind == kind;
    return count;
}

static void add_hazards(Plan *plan)
{
    const Selection *selection = &plan->choice.selection;
    size_t outside = count_units(&plan->choice.course, UNIT_OUTSIDE);
    size_t backfills = count_units(&plan->choice.course, UNIT_BACKFILL);
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->up)
            add_order_hazard(plan, &selection->items[i]);
        else
            add_way_hazards(plan, &selection->items[i]);
    }
    if (outside > 0)
        hazard(plan, "%zu statement%s outside transactions: what is before them stays when they fail", outside,
               outside == 1 ? " stands" : "s stand");
    if (backfills > 0)
        hazard(plan, "%zu backfill%s in batches: what is before them, and every batch, stays when they fail", backfills,
               backfills == 1 ? " runs" : "s run");
}

/* ------------------------------------------------------------------ statements */

static void write_row(const Plan *plan, const Leg *leg)
{
    const Selection *selection = &plan->choice.selection;
    if (selection->up)
        report_result("-- %s: + \"%s\", batch %lld", plan->history.table, leg->migration->stored, selection->batch);
    else
        report_result("-- %s: - \"%s\"", plan->history.table, leg->shown);
}

static void write_locks(const Plan *plan, const MigrateStep *step)
{
    Json *json = plan->request->json;
    json_list(json, FIELD_LOCKS);
    for (size_t i = 0; i < step->lock_count; i++) {
        const MigrateLock *lock = &step->locks[i];
        const char *mode = table_locks_mode(lock->mode);
        const char *schema = lock->schema == NULL ? "" : lock->schema, *dot = lock->schema == NULL ? "" : ".";
        report_result("-- locks %s%s%s: %s", schema, dot, lock->name, mode);
        json_item(json);
        json_format(json, FIELD_TABLE, "%s%s%s", schema, dot, lock->name);
        json_text(json, FIELD_MODE, mode);
        json_object_end(json);
    }
    json_list_end(json);
}

static void write_step(const Plan *plan, const Leg *leg, const MigrateStep *step)
{
    Json *json = plan->request->json;
    report_result("-- %s:%u", leg->migration->file, step->line);
    json_item(json);
    write_locks(plan, step);
    report_result("%s;", step->sql);
    json_text(json, FIELD_MIGRATION, leg->migration->name);
    json_text(json, FIELD_FILE, leg->migration->file);
    json_number(json, FIELD_LINE, step->line);
    json_text(json, FIELD_SQL, step->sql);
    json_object_end(json);
}

static void write_unit(Plan *plan, const Unit *unit)
{
    const Course *course = &plan->choice.course;
    Json *json = plan->request->json;
    static const struct {
        const char *kind, *head, *foot;
    } forms[] = {
        [UNIT_TRANSACTION] = {"transaction", "BEGIN;", "COMMIT;"},
        [UNIT_OUTSIDE] = {"outside", "-- outside transactions", NULL},
        [UNIT_BACKFILL] = {"backfill", "-- in batches, a transaction each", NULL},
    };
    json_item(json);
    json_text(json, FIELD_KIND, forms[unit->kind].kind);
    json_text(json, FIELD_DIRECTION, course->up ? "up" : "down");
    json_list(json, FIELD_STEPS);
    report_result("%s", forms[unit->kind].head);
    for (Place place = unit->begin; place.leg != unit->end.leg || place.step != unit->end.step;
         place = course_next(course, place)) {
        const Leg *leg = &course->legs[place.leg];
        if (course_is_row(course, place))
            write_row(plan, leg);
        else
            write_step(plan, leg, course_step(course, place));
    }
    if (forms[unit->kind].foot != NULL)
        report_result("%s", forms[unit->kind].foot);
    json_list_end(json);
    json_object_end(json);
}

/* ------------------------------------------------------------------ the command */

/* What a run would refuse is planned all the same. */
static RunOrder lenient(const RunOrder *order)
{
    RunOrder other = *order;
    other.wish.strict = false;
    other.wish.allow_lossy = true;
    return other;
}

static void write_phase(Plan *plan)
{
    add_hazards(plan);
    for (size_t i = 0; i < plan->choice.course.unit_count; i++)
        write_unit(plan, &plan->choice.course.units[i]);
    plan->count += plan->choice.selection.count;
}

/* The rows of what has gone down go, so that the next phase sees what it would see. */
static void pretend(Plan *plan, Selection *undone)
{
    course_clear(&plan->choice.course);
    *undone = plan->choice.selection;
    plan->choice.selection = (Selection) {0};
    for (size_t i = 0; !undone->up && i < undone->count; i++)
        history_forget(&plan->history, undone->items[i].migration);
}

static Outcome write_phases(Plan *plan, const RunOrder *order)
{
    RunOrder kind = lenient(order);
    Selection undone = {0};
    Outcome outcome = OUTCOME_DONE, verdict = OUTCOME_DONE;
    for (size_t i = 0; i < order->phase_count && outcome == OUTCOME_DONE; i++) {
        if (i > 0)
            pretend(plan, &undone);
        kind.wish.undone = &undone;
        outcome = choice_make(&plan->choice, &plan->history, &kind, &order->phases[i]);
        if (outcome != OUTCOME_DONE)
            break;
        write_phase(plan);
        if (verdict == OUTCOME_DONE)
            verdict = selection_judge(&plan->choice.selection, &plan->history, &order->wish);
    }
    choice_clear(&plan->choice);
    selection_clear(&undone);
    return outcome != OUTCOME_DONE ? outcome : verdict;
}

static Outcome write_plan(Plan *plan, const RunOrder *order)
{
    Json *json = plan->request->json;
    json_list(json, FIELD_TRANSACTIONS);
    Outcome outcome = write_phases(plan, order);
    json_list_end(json);
    if (plan->count == 0 && outcome == OUTCOME_DONE)
        report_result("%s", order->nothing);
    json_list(json, FIELD_HAZARDS);
    for (size_t i = 0; i < plan->hazard_count; i++) {
        report_result("-- hazard: %s", plan->hazards[i]);
        json_item_text(json, plan->hazards[i]);
        free(plan->hazards[i]);
    }
    json_list_end(json);
    free(plan->hazards);
    return outcome;
}

static Outcome refuse_verb(const char *verb)
{
    report_error("\"%s\" is no verb that changes the database", verb);
    report_help("`migrate plan [verb] [name]`: latest, up, to, before, rollback, down, redo or goto");
    return OUTCOME_USAGE;
}

/* A verb that is planned takes its own arguments. */
static Outcome check_verb(const Request *request, const char *verb)
{
    const Command *command = command_find(verb);
    bool wanted = command->argument == ARGUMENT_WANTED, none = command->argument == ARGUMENT_NONE;
    if (wanted && request->name == NULL) {
        report_error("`migrate plan %s` wants the name of a migration", verb);
        report_help("`migrate status` lists the migrations");
        return OUTCOME_USAGE;
    }
    if (none && request->name != NULL) {
        report_error("`migrate plan %s` takes no name", verb);
        report_help("`migrate help` lists the commands");
        return OUTCOME_USAGE;
    }
    return OUTCOME_DONE;
}

Outcome command_plan(const Request *request)
{
    const char *verb = request->words[0] == NULL ? "latest" : request->words[0];
    RunOrder order;
    if (!command_order(request, verb, &order))
        return refuse_verb(verb);
    Session *session = NULL;
    Plan plan = {.request = request};
    Outcome outcome = check_verb(request, verb);
    if (outcome == OUTCOME_DONE)
        outcome = connection_open(request, &session);
    if (outcome == OUTCOME_DONE) {
        outcome = history_open(&plan.history, session, &request->project);
        if (outcome == OUTCOME_DONE)
            outcome = write_plan(&plan, &order);
        history_close(&plan.history);
    }
    session_close(session);
    return outcome;
}
