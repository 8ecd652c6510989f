/* random_history FOLDER FIRST-SEED SEEDS MIGRATIONS: random histories, compiled, and run on the server whose socket is
 * in FOLDER.
 *
 * A candidate, of one statement to three, is tried on top of what was accepted so far: the compiler and the server must
 * agree on whether it can be done; the plan's way up must give the same database as plain SQL, names included; and the
 * way down must give back the one before. What both accept stays. In the end the schema, as `migc schema` prints it,
 * must make the same database of an empty one; and everything goes down again, step by step, each compared with what
 * was there on the way up. How a database is described is in describe.sql, which comes on
 * stdin.
 *
 * TAP on stdout. For a failure the smallest history that shows it is printed, with its seed. */
#include "check.h"
#include "model_promise.h"
#include "random_statement.h"
#include "schema_sql.h"

#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { STATEMENTS_MOST = 3, ATTEMPTS_PER_MIGRATION = 30 };

typedef LIST(Statement) Statements;
typedef LIST(Statements) Candidates;

typedef enum Outcome {
    BOTH_ACCEPT,
    BOTH_REFUSE,
    STRICTER,  /* we refuse, by design */
    WE_REFUSE, /* the others are failures */
    THEY_REFUSE,
    UP_FAILS,
    UP_DIFFERS,
    DOWN_FAILS,
    DOWN_DIFFERS,
} Outcome;

static const char *const outcome_names[] = {
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

/* One run of a candidate; everything of it lives in its compilation. */
typedef struct Trial {
    Compilation c;
    History history;
    Plan plan;
    bool accepted;
} Trial;

typedef struct Machine {
    Arena arena;
    PGconn *connection;
    Str describe;
    Str error; /* of the last statement that failed */
} Machine;

/* ------------------------------------------------------------------ the server */

static bool run_sql(Machine *m, Str sql)
{
    PGresult *result = PQexec(m->connection, str_to_c(&m->arena, sql));
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK ||
                PQresultStatus(result) == PGRES_EMPTY_QUERY;
    if (!fine)
        m->error = str_format(&m->arena, "%s", PQresultErrorMessage(result));
    PQclear(result);
    return fine;
}

static bool run_steps(Machine *m, const StepList *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!run_sql(m, steps->items[i].sql))
            return false;
    }
    return true;
}

static Str describe(Machine *m)
{
    Text text = text_new(&m->arena);
    PGresult *result = PQexec(m->connection, str_to_c(&m->arena, m->describe));
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s", PQresultErrorMessage(result));
        exit(1);
    }
    for (int i = 0; i < PQntuples(result); i++)
        text_addf(&text, "%s\n", PQgetvalue(result, i, 0));
    PQclear(result);
    return text_str(&text);
}

/* ------------------------------------------------------------------ the compiler */

static Str migration_text(Arena *arena, const Statements *statements)
{
    Text text = text_new(arena);
    text_add_c(&text, "up {\n");
    for (size_t i = 0; i < statements->count; i++)
        text_add(&text, statements->items[i].mig);
    text_add_c(&text, "}\ndown auto;\n");
    return text_str(&text);
}

static void compile(Trial *trial, const Candidates *candidates)
{
    Compilation *c = &trial->c;
    Syntax syntax = syntax_new(c);
    ParsedMigrations parsed = {0};
    Settings settings = settings_default(STR("random"));
    settings.postgres = 15;
    for (size_t i = 0; i < candidates->count; i++) {
        Str name = str_format(&c->arena, "2026010100%04zu_m", i);
        uint32_t file = source_add(&c->arena, &c->sources, name, migration_text(&c->arena, &candidates->items[i]));
        NodeMigration *tree = (NodeMigration *) syntax_parse(&syntax, file);
        list_push(&c->arena, &parsed, (ParsedMigration){file, name, tree});
    }
    trial->accepted = false;
    if (c->errors > 0)
        return;
    trial->history = check_history(c, &syntax, settings, parsed);
    trial->accepted = c->errors == 0;
    if (trial->accepted)
        trial->plan = plan_history(&c->arena, &trial->history);
}

/* What the compiler refuses and the server accepts on purpose: see refusals.cases. Ways down that cannot be are no
 * matter of the server's either. */
static bool is_stricter(const Compilation *c)
{
    static const DiagnosticCode codes[] = {M_NOT_NULL_ADDED, M_CONFLICTING_CLAUSES, M_COLUMN_ORDER, M_CANNOT_INVERT};
    for (size_t i = 0; i < c->reports.count; i++) {
        for (size_t j = 0; j < sizeof codes / sizeof *codes; j++) {
            if (c->reports.items[i].code == codes[j])
                return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ one candidate */

static Outcome compare_ups(Machine *m, const PlannedMigration *planned, Str before, Str theirs)
{
    run_sql(m, STR("begin"));
    if (!run_steps(m, &planned->up))
        return UP_FAILS;
    if (!str_equal(describe(m), theirs))
        return UP_DIFFERS;
    if (!run_steps(m, &planned->down))
        return DOWN_FAILS;
    return str_equal(describe(m), before) ? BOTH_ACCEPT : DOWN_DIFFERS;
}

/* On a database that holds what all but the last candidate made, and inside a transaction or not. */
static Outcome try_last(Machine *m, const Trial *trial, const Statements *last)
{
    Text sql = text_new(&m->arena);
    Str before = describe(m);
    for (size_t i = 0; i < last->count; i++)
        text_add(&sql, last->items[i].sql);
    run_sql(m, STR("begin"));
    bool theirs = run_sql(m, text_str(&sql));
    Str after = theirs ? describe(m) : STR("");
    run_sql(m, STR("rollback"));
    if (!theirs)
        return trial->accepted ? THEY_REFUSE : BOTH_REFUSE;
    if (!trial->accepted)
        return is_stricter(&trial->c) ? STRICTER : WE_REFUSE;
    Outcome outcome = compare_ups(m, &trial->plan.migrations.items[trial->plan.migrations.count - 1], before, after);
    run_sql(m, STR("rollback"));
    return outcome;
}

/* ------------------------------------------------------------------ failures */

static void empty_database(Machine *m)
{
    run_sql(
        m,
        STR("do $$ declare s text; begin for s in select nspname from pg_namespace where nspname !~ '^pg_' "
            "and nspname <> 'information_schema' loop execute format('drop schema %I cascade', s); end loop; end $$; "
            "drop extension if exists citext, hstore; create schema public"));
}

/* From nothing: all but the last one, then the last one. */
static Outcome try_all(Machine *m, const Candidates *candidates)
{
    Trial trial = {0}, base = {0};
    Candidates before = *candidates;
    before.count--;
    empty_database(m);
    compile(&base, &before);
    bool fine = base.accepted;
    for (size_t i = 0; fine && i < base.plan.migrations.count; i++)
        fine = run_steps(m, &base.plan.migrations.items[i].up);
    compile(&trial, candidates);
    Outcome outcome = fine ? try_last(m, &trial, &candidates->items[candidates->count - 1]) : BOTH_REFUSE;
    compilation_free(&trial.c);
    compilation_free(&base.c);
    return outcome;
}

static Candidates without(Arena *arena, const Candidates *all, size_t migration, size_t statement)
{
    Candidates less = *all;
    list_clone(arena, &less);
    Statements *statements = &less.items[migration];
    list_clone(arena, statements);
    list_remove(statements, statement);
    if (statements->count == 0 && migration + 1 < less.count)
        list_remove(&less, migration);
    return less;
}

/* Leaves out one statement after the other, as long as it fails in the same way. */
static Candidates shrink(Machine *m, Candidates all, Outcome outcome)
{
    for (size_t i = all.count; i > 0; i--) {
        for (size_t j = i > all.count ? 0 : all.items[i - 1].count; j > 0; j--) {
            Candidates less = without(&m->arena, &all, i - 1, j - 1);
            if (less.items[less.count - 1].count > 0 && try_all(m, &less) == outcome)
                all = less;
            if (i > all.count)
                break;
        }
    }
    return all;
}

static void print_lines(Str text)
{
    for (size_t start = 0, i = 0; i <= text.len; i++) {
        if (i < text.len && text.data[i] != '\n')
            continue;
        if (i > start)
            printf("# %.*s\n", STR_ARG(str_slice(text, start, i)));
        start = i + 1;
    }
}

static void print_failure(Machine *m, uint64_t seed, Candidates failing, Outcome outcome)
{
    Candidates small = shrink(m, failing, outcome);
    m->error = STR("");
    try_all(m, &small);
    Trial trial = {0};
    compile(&trial, &small);
    printf("# seed %llu: %s\n", (unsigned long long) seed, outcome_names[outcome]);
    for (size_t i = 0; i < small.count; i++)
        print_lines(migration_text(&m->arena, &small.items[i]));
    print_lines(reports_render(&trial.c, (RenderOptions){.format = FORMAT_TEXT}));
    print_lines(m->error);
    Text plan = text_new(&m->arena);
    plan_dump(&trial.c, &trial.plan, &plan);
    print_lines(text_str(&plan));
    compilation_free(&trial.c);
}

/* ------------------------------------------------------------------ one history */

typedef struct Run {
    Machine *m;
    Random random;
    uint64_t seed;
    Candidates accepted;
    StrList states; /* before each accepted one, and after the last */
    Schema schema;  /* after the accepted ones */
    Trial kept;     /* of the newest of them */
    unsigned counts[DOWN_DIFFERS + 1];
} Run;

/* True: nothing failed. A candidate that was accepted is there now. */
static bool try_candidate(Run *run, const Statements *candidate, Trial *trial)
{
    Arena *arena = &run->m->arena;
    Candidates all = run->accepted;
    list_clone(arena, &all);
    list_push(arena, &all, *candidate);
    compile(trial, &all);
    Outcome outcome = try_last(run->m, trial, candidate);
    run->counts[outcome]++;
    if (outcome > STRICTER) {
        print_failure(run->m, run->seed, all, outcome);
        return false;
    }
    if (outcome == BOTH_ACCEPT) {
        run_steps(run->m, &trial->plan.migrations.items[all.count - 1].up);
        list_push(arena, &run->states, describe(run->m));
        run->accepted = all;
    }
    return true;
}

/* Everything down again. */
static bool go_down(Run *run, const Plan *plan)
{
    for (size_t i = plan->migrations.count; i > 0; i--) {
        if (run_steps(run->m, &plan->migrations.items[i - 1].down) &&
            str_equal(describe(run->m), run->states.items[i - 1]))
            continue;
        printf("# seed %llu: the way down of migration %zu fails\n", (unsigned long long) run->seed, i);
        print_lines(migration_text(&run->m->arena, &run->accepted.items[i - 1]));
        print_lines(run->m->error);
        return false;
    }
    return true;
}

/* The database is emptied for it, and comes back. */
static bool check_schema(Run *run)
{
    const History *history = &run->kept.history;
    size_t count = run->accepted.count;
    Str sql = schema_sql(&run->m->arena, history, count);
    run->m->error = STR("");
    run_sql(run->m, STR("begin"));
    empty_database(run->m);
    bool fine = run_sql(run->m, sql) && str_equal(describe(run->m), run->states.items[count]);
    run_sql(run->m, STR("rollback"));
    if (fine)
        return true;
    printf("# seed %llu: the schema makes another database\n", (unsigned long long) run->seed);
    print_lines(run->m->error);
    print_lines(sql);
    return false;
}

static bool check_model(Run *run)
{
    Str breaks = model_breaks(&run->m->arena, &run->kept.plan);
    print_lines(breaks);
    return breaks.len == 0;
}

static Statements random_candidate(Run *run)
{
    Statements statements = {0};
    bool several = random_below(&run->random, 3) == 0;
    for (unsigned i = several ? 2 + random_below(&run->random, STATEMENTS_MOST - 1) : 1; i > 0; i--)
        list_push(&run->m->arena, &statements, statement_random(&run->m->arena, &run->random, &run->schema));
    return statements;
}

/* Everything away, and back again: from nothing but the model. */
static Statements teardown(Run *run)
{
    static const ObjectKind kinds[] = {OBJECT_TABLE, OBJECT_ENUM, OBJECT_EXTENSION, OBJECT_NAMESPACE};
    Statements statements = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        list_push(&run->m->arena, &statements, statement_drop_all(&run->m->arena, &run->schema, kinds[i]));
    return statements;
}

/* Tries the candidate. The trial of the newest accepted one is kept, since the schema and the plan live in it. */
static bool step(Run *run, const Statements *candidate)
{
    size_t before = run->accepted.count;
    Trial *trial = arena_new(&run->m->arena, Trial);
    bool fine = try_candidate(run, candidate, trial);
    if (run->accepted.count == before) {
        compilation_free(&trial->c);
        return fine;
    }
    compilation_free(&run->kept.c);
    run->kept = *trial;
    const History *history = &run->kept.history;
    run->schema = history_schema(&run->kept.c.arena, history, history->migrations.count);
    return fine;
}

static bool run_seed(Run *run, size_t wanted)
{
    bool fine = true;
    empty_database(run->m);
    list_push(&run->m->arena, &run->states, describe(run->m));
    run->schema = schema_new(&run->m->arena, catalog_for(15), STR("public"));
    for (size_t i = 0; fine && run->accepted.count < wanted && i < wanted * ATTEMPTS_PER_MIGRATION; i++) {
        Statements candidate = random_candidate(run);
        fine = step(run, &candidate);
    }
    fine = fine && check_schema(run) && check_model(run);
    Statements last = teardown(run);
    return fine && step(run, &last) && run->accepted.count == wanted + 1 && go_down(run, &run->kept.plan);
}

static bool test_seed(Machine *m, uint64_t seed, size_t wanted)
{
    Run run = {.m = m, .random = {seed * 2654435769u + 1}, .seed = seed};
    bool fine = run_seed(&run, wanted);
    compilation_free(&run.kept.c);
    printf("%s - seed %llu: %zu migrations up and down, %u candidates refused by both, %u by design\n",
           fine ? "ok" : "not ok", (unsigned long long) seed, run.accepted.count, run.counts[BOTH_REFUSE],
           run.counts[STRICTER]);
    fflush(stdout);
    return fine;
}

/* ------------------------------------------------------------------ all */

static Str read_all(Arena *arena, FILE *file)
{
    Text text = text_new(arena);
    for (int c = fgetc(file); c != EOF; c = fgetc(file))
        text_add_char(&text, (char) c);
    return text_str(&text);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    Machine m = {0};
    bool fine = true;
    unsigned long long first = strtoull(argv[2], NULL, 10), seeds = strtoull(argv[3], NULL, 10);
    size_t wanted = (size_t) strtoull(argv[4], NULL, 10);
    Str conninfo =
        str_format(&m.arena, "host='%s' user=postgres dbname=postgres options='-c client_min_messages=error'", argv[1]);
    m.describe = read_all(&m.arena, stdin);
    m.connection = PQconnectdb(str_to_c(&m.arena, conninfo));
    if (PQstatus(m.connection) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(m.connection));
        return 1;
    }
    for (unsigned long long seed = first; seed < first + seeds; seed++)
        fine = test_seed(&m, seed, wanted) && fine;
    printf("1..%llu\n", seeds);
    PQfinish(m.connection);
    arena_free(&m.arena);
    return fine ? 0 : 1;
}
