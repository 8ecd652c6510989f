#include "random_replay.h"

const char *outcome_name(Outcome outcome)
{
    static const char *const names[] = {
        "both accept",
        "both refuse",
        "stricter by design",
        "only the compiler refuses",
        "only the server refuses",
        "the way up fails",
        "the way up gives another database than plain SQL",
        "the way down fails",
        "the way down does not give back the database",
    };
    return names[outcome];
}

/* ------------------------------------------------------------------ the compiler */

void replay_begin(Replay *r, unsigned postgres)
{
    Settings settings = settings_default(STR("random"));
    settings.postgres = postgres;
    r->syntax = syntax_new(&r->c);
    r->checker = checker_new(&r->c, &r->syntax, settings);
    r->history = (History) {.settings = settings, .catalog = catalog_for(settings.postgres)};
}

void replay_end(Replay *r)
{
    checker_free(r->checker);
    compilation_free(&r->c);
}

Str migration_text(Arena *arena, const Statements *statements)
{
    Text text = text_new(arena);
    Str down = STR("");
    text_add_c(&text, "up {\n");
    for (size_t i = 0; i < statements->count; i++) {
        text_add(&text, statements->items[i].mig);
        down = statements->items[i].down.len > 0 ? statements->items[i].down : down;
    }
    if (down.len > 0)
        text_addf(&text, "}\ndown {\n%.*s}\n", STR_ARG(down));
    else
        text_add_c(&text, "}\ndown auto;\n");
    return text_str(&text);
}

bool replay_check(Replay *r, const Statements *statements, MigrationInfo *info)
{
    Compilation *c = &r->c;
    size_t number = r->history.migrations.count;
    Str name = str_format(&c->arena, "20260101%02zu%02zu%02zu_m", number / 3600, number / 60 % 60, number % 60);
    uint32_t file = source_add(&c->arena, &c->sources, name, migration_text(&c->arena, statements));
    NodeMigration *tree = (NodeMigration *) syntax_parse(&r->syntax, file);
    if (c->errors > 0)
        return false;
    *info = check_migration(r->checker, (ParsedMigration) {file, name, tree});
    return c->errors == 0;
}

static bool can_be_inexact(const Statements *statements)
{
    for (size_t i = 0; i < statements->count; i++) {
        if (statements->items[i].inexact)
            return true;
    }
    return false;
}

/* What the compiler refuses and the server accepts on purpose: see refusals.cases. Ways down that cannot be are no
 * matter of the server's either. */
bool is_stricter(const Compilation *c, const Statements *statements)
{
    static const DiagnosticCode codes[] = {M_NOT_NULL_ADDED, M_CONFLICTING_CLAUSES, M_COLUMN_ORDER, M_CANNOT_INVERT,
                                           M_TYPE_MADE /* minor versions before late 2026 do not look */};
    for (size_t i = 0; i < c->reports.count; i++) {
        if (c->reports.items[i].code == M_NOT_RESTORED && can_be_inexact(statements))
            return true;
        for (size_t j = 0; j < sizeof codes / sizeof *codes; j++) {
            if (c->reports.items[i].code == codes[j])
                return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ the server */

Str replay_state(const Replay *r)
{
    return r->accepted.count == 0 ? r->empty : r->accepted.items[r->accepted.count - 1].after;
}

/* What the plain SQL makes of the database; data == NULL: the server refuses it. */
static Str try_plain(Machine *m, const Statements *statements, bool describe)
{
    Text sql = text_new(&m->arena);
    for (size_t i = 0; i < statements->count; i++)
        text_add(&sql, statements->items[i].sql);
    machine_run(m, STR("begin"));
    bool accepted = machine_run(m, text_str(&sql));
    Str after = !accepted ? (Str) {0} : describe ? machine_describe(m) : STR("");
    machine_run(m, STR("rollback"));
    return after;
}

/* Up and down, and nothing has happened. */
static Outcome try_plan(const Replay *r, Machine *m, const Statements *statements, const PlannedMigration *planned,
                        Str theirs)
{
    Outcome outcome = BOTH_ACCEPT;
    machine_run(m, STR("begin"));
    if (!machine_run_steps(m, &planned->up))
        outcome = UP_FAILS;
    else if (!replay_same_state(r, statements, machine_describe(m), theirs))
        outcome = UP_DIFFERS;
    else if (!machine_run_steps(m, &planned->down))
        outcome = DOWN_FAILS;
    else if (!replay_restored(r, statements, machine_describe(m), replay_state(r)))
        outcome = DOWN_DIFFERS;
    machine_run(m, STR("rollback"));
    return outcome;
}

static bool go_up(Machine *m, const PlannedMigration *planned)
{
    machine_run(m, STR("begin"));
    bool fine = machine_run_steps(m, &planned->up);
    machine_run(m, fine ? STR("commit") : STR("rollback"));
    return fine;
}

/* ------------------------------------------------------------------ both */

static PlannedMigration plan_again(Replay *r, size_t mark, const MigrationInfo *info)
{
    schema_rollback(checker_schema(r->checker), mark);
    MigrationInfo *kept = arena_new(&r->c.arena, MigrationInfo);
    *kept = *info;
    return plan_migration(checker_schema(r->checker), &r->history, kept);
}

static void accept(Replay *r, const Statements *statements, PlannedMigration planned, Str after)
{
    r->c.reports.count = 0;
    list_push(&r->c.arena, &r->history.migrations, *planned.migration);
    list_push(&r->c.arena, &r->accepted, (Accepted) {*statements, planned, after});
}

Outcome replay_try(Replay *r, Machine *m, const Statements *statements)
{
    MigrationInfo info = {0};
    size_t mark = schema_mark(checker_schema(r->checker));
    bool ours = replay_check(r, statements, &info);
    Str theirs = try_plain(m, statements, ours);
    Outcome outcome = ours && theirs.data == NULL  ? THEY_REFUSE
                      : ours                       ? BOTH_ACCEPT
                      : theirs.data == NULL        ? BOTH_REFUSE
                      : is_stricter(&r->c, statements)         ? STRICTER
                                                   : WE_REFUSE;
    if (outcome == BOTH_ACCEPT) {
        PlannedMigration planned = plan_again(r, mark, &info);
        outcome = try_plan(r, m, statements, &planned, theirs);
        if (outcome == BOTH_ACCEPT && go_up(m, &planned))
            accept(r, statements, planned, theirs);
    }
    if (outcome != BOTH_ACCEPT)
        checker_take_back(r->checker, mark);
    return outcome;
}

bool replay_add(Replay *r, Machine *m, const Statements *statements)
{
    MigrationInfo info = {0};
    size_t mark = schema_mark(checker_schema(r->checker));
    bool fine = replay_check(r, statements, &info);
    if (fine) {
        PlannedMigration planned = plan_again(r, mark, &info);
        fine = go_up(m, &planned);
        if (fine)
            accept(r, statements, planned, (Str) {0});
    }
    if (!fine)
        checker_take_back(r->checker, mark);
    return fine;
}
