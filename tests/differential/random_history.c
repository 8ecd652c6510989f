/* random_history FOLDER SEED MIGRATIONS: a random history, compiled, and run on the server whose socket is in FOLDER.
 *
 * Migrations of one statement to three are made from the model, and tried on top of what was accepted so far (see
 * random_replay.h). At some points, and in the end, the schema, as `migc schema` prints it, must make the same
 * database of an empty one. In the end everything is dropped, comes back, and goes down again, step by step, each
 * compared with what was there on the way up. How a database is described is in describe.sql, which comes on stdin.
 * The history is left as a project in FOLDER/seed_N/db, and how its makers did in FOLDER/seed_N/makers.
 *
 * TAP on stdout. For a failure the smallest history that shows it is printed, with its seed. */
#include "file.h"
#include "model_promise.h"
#include "random_replay.h"
#include "schema_sql.h"

#include <stdio.h>
#include <stdlib.h>

enum { STATEMENTS_MOST = 3, ATTEMPTS_PER_MIGRATION = 30, SCHEMA_EVERY = 75, STATE_EVERY = 10 };

/* Of a maker's statements, those that the compiler took. */
typedef struct MakerCount {
    unsigned tried, accepted;
} MakerCount;

typedef struct Run {
    Machine *m;
    Random random;
    uint64_t seed;
    Replay replay;
    unsigned outcomes[OUTCOME_COUNT];
    MakerCount *makers;
    Candidates refused;      /* by the compiler, for the schema as it is now: the server has yet to be asked */
} Run;

static bool tell(const Run *run, const char *what)
{
    printf("# seed %llu, after %zu migrations: %s\n", (unsigned long long) run->seed, run->replay.accepted.count, what);
    return false;
}

/* ------------------------------------------------------------------ candidates */

/* What the compiler does not take: the server is asked whether it refuses it, too. */
static void note_refused(Run *run, const Statements *before, const Statement *statement)
{
    Statements refused = *before;
    list_clone(&run->m->arena, &refused);
    list_push(&run->m->arena, &refused, *statement);
    list_push(&run->m->arena, &run->refused, refused);
}

/* One statement behind those before it, on the schema that they leave. A maker gets several chances, so that those that
 * seldom hit something are not left behind. */
static bool random_next(Run *run, const Statements *before, Statement *statement)
{
    enum { CHANCES = 8 };
    Replay *r = &run->replay;
    Schema *schema = checker_schema(r->checker);
    size_t maker = maker_random(&run->random);
    for (int i = 0; i < CHANCES; i++) {
        MigrationInfo info = {0};
        size_t mark = schema_mark(schema);
        *statement = statement_random(&run->m->arena, &run->random, schema, maker);
        Statements alone = {statement, 1, 1};
        if (statement->down.len > 0 && before->count > 0)
            continue;
        bool fine = replay_check(r, &alone, &info);
        run->makers[maker].tried++;
        run->makers[maker].accepted += fine || is_stricter(&r->c, &alone);
        if (fine)
            return true;
        checker_take_back(r->checker, mark);
        note_refused(run, before, statement);
    }
    return false;
}

/* Each statement is made for what the ones before have left. Empty: the maker had no luck. */
static Statements random_candidate(Run *run)
{
    Schema *schema = checker_schema(run->replay.checker);
    Statements statements = {0};
    Statement statement;
    size_t mark = schema_mark(schema);
    bool several = random_below(&run->random, 3) == 0;
    unsigned wanted = several ? 2 + random_below(&run->random, STATEMENTS_MOST - 1) : 1;
    while (statements.count < wanted && random_next(run, &statements, &statement)) {
        list_push(&run->m->arena, &statements, statement);
        if (statement.down.len > 0)
            break;
    }
    checker_take_back(run->replay.checker, mark);
    return statements;
}

/* In a hurry: as it is, behind all the others. */
static void print_quickly(Run *run, const Statements *candidate, Outcome outcome)
{
    size_t mark = schema_mark(checker_schema(run->replay.checker));
    bool error = outcome == THEY_REFUSE || outcome == UP_FAILS || outcome == DOWN_FAILS;
    tell(run, outcome_name(outcome));
    print_lines(migration_text(&run->m->arena, candidate));
    run->m->error = error ? run->m->error : STR("");
    print_last(run->m, &run->replay, candidate, outcome);
    checker_take_back(run->replay.checker, mark);
}

/* False: it failed. */
static bool try_candidate(Run *run, const Statements *candidate)
{
    Outcome outcome = replay_try(&run->replay, run->m, candidate);
    run->outcomes[outcome]++;
    bool quickly = outcome > STRICTER && getenv("RANDOM_QUICK") != NULL;
    if (quickly || (outcome == STRICTER && getenv("RANDOM_STRICTER") != NULL))
        print_quickly(run, candidate, outcome);
    else if (outcome > STRICTER)
        print_failure(run->m, run->seed, &run->replay, candidate, outcome);
    return outcome <= STRICTER;
}

/* ------------------------------------------------------------------ what holds for the whole of it */

/* On a database of its own. */
static bool check_schema(Run *run)
{
    Machine other = {.folder = run->m->folder, .describe = run->m->describe};
    Replay *r = &run->replay;
    Str sql = schema_sql(&other.arena, &r->history, r->history.migrations.count);
    machine_use_new(&other, run->m->spare);
    bool runs = machine_run(&other, sql);
    Str wanted = replay_state(r), found = runs ? machine_describe(&other) : STR("");
    bool fine = runs && replay_restored(r, NULL, found, wanted);
    if (!fine) {
        tell(run, "the schema makes another database");
        print_lines(other.error);
        if (runs)
            print_difference(&other.arena, wanted, found);
    }
    machine_close(&other);
    arena_free(&other.arena);
    return fine;
}

static bool check_model(Run *run)
{
    Plan plan = plan_history(&run->m->arena, &run->replay.history);
    Str breaks = model_breaks(&run->m->arena, &plan);
    print_lines(breaks);
    return breaks.len == 0;
}

/* The statement that is refused behind the others, each a migration of its own. */
static bool tell_refused(Run *run, const Statements *others, const Statement *refused)
{
    Replay all = run->replay;
    Statement last = *refused;
    Statements alone = {&last, 1, 1};
    list_clone(&run->m->arena, &all.accepted);
    for (size_t i = 0; i < others->count; i++)
        list_push(&run->m->arena, &all.accepted, (Accepted) {.statements = {&others->items[i], 1, 1}});
    print_lines(reports_render(&all.c, (RenderOptions) {.format = FORMAT_TEXT}));
    if (getenv("RANDOM_QUICK") == NULL)
        print_failure(run->m, run->seed, &all, &alone, WE_REFUSE);
    return tell(run, "something cannot be dropped");
}

/* Everything away; what `down auto` brings back is made from nothing but the model. */
static bool drop_all(Run *run)
{
    Replay *r = &run->replay;
    Schema *schema = checker_schema(r->checker);
    Statements all = {0};
    size_t mark = schema_mark(schema);
    for (;;) {
        MigrationInfo info = {0};
        Statement drop = statement_drop_next(&run->m->arena, schema);
        Statements alone = {&drop, 1, 1};
        if (drop.mig.len == 0)
            break;
        if (!replay_check(r, &alone, &info))
            return tell_refused(run, &all, &drop);
        list_push(&run->m->arena, &all, drop);
    }
    checker_take_back(r->checker, mark);
    return all.count == 0 || try_candidate(run, &all);
}

static bool go_down(Run *run)
{
    Replay *r = &run->replay;
    for (size_t i = r->accepted.count; i > 0; i--) {
        const Accepted *accepted = &r->accepted.items[i - 1];
        Str before = i == 1 ? r->empty : r->accepted.items[i - 2].after;
        machine_run(run->m, STR("begin"));
        bool fine = machine_run_steps(run->m, &accepted->planned.down);
        machine_run(run->m, STR("commit"));
        Str state = fine && (i - 1) % STATE_EVERY == 0 ? machine_describe(run->m) : before;
        if (fine && replay_restored(r, NULL, state, before))
            continue;
        printf("# seed %llu: the way down of migration %zu fails\n", (unsigned long long) run->seed, i);
        print_lines(migration_text(&run->m->arena, &accepted->statements));
        if (fine)
            print_difference(&run->m->arena, before, state);
        else
            print_lines(run->m->error);
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ one history */

/* What fails is left out, so that there may be more to find. */
static unsigned failures_most(void)
{
    const char *asked = getenv("RANDOM_FAILURES");
    return asked == NULL ? 2 : (unsigned) strtoul(asked, NULL, 10);
}

/* Of those that were refused and those that were not, how many failed. */
static unsigned try_candidates(Run *run, const Statements *candidate)
{
    unsigned failures = 0;
    for (size_t i = 0; i < run->refused.count; i++)
        failures += !try_candidate(run, &run->refused.items[i]);
    run->refused.count = 0;
    if (candidate->count > 0)
        failures += !try_candidate(run, candidate);
    return failures;
}

static bool grow(Run *run, size_t wanted)
{
    Replay *r = &run->replay;
    unsigned failures = 0;
    bool fine = true;
    for (size_t i = 0; r->accepted.count < wanted && i < wanted * ATTEMPTS_PER_MIGRATION; i++) {
        size_t before = r->accepted.count;
        Statements candidate = random_candidate(run);
        failures += try_candidates(run, &candidate);
        if (failures >= failures_most())
            return false;
        bool grown = r->accepted.count > before;
        if (grown && (r->accepted.count % SCHEMA_EVERY == 0 || r->accepted.count == wanted))
            fine = check_schema(run) && fine;
    }
    return fine && failures == 0 && r->accepted.count == wanted;
}

/* A line for each: its name, how many of its statements the compiler took, and how many it made. */
static Str makers_text(const Run *run)
{
    Text text = text_new(&run->m->arena);
    for (size_t i = 0; i < maker_count(); i++)
        text_addf(&text, "%s %u %u\n", maker_name(i), run->makers[i].accepted, run->makers[i].tried);
    return text_str(&text);
}

static void save(Run *run)
{
    Arena *arena = &run->m->arena;
    Str folder = str_format(arena, "%.*s/seed_%llu/db", STR_ARG(run->m->folder), (unsigned long long) run->seed);
    Str migrations = path_join(arena, folder, STR("migrations"));
    folder_create(arena, migrations);
    file_write(arena, str_to_c(arena, path_join(arena, folder, STR("project.mig"))),
               str_format(arena, "project random { postgres %u; }\n", machine_version(run->m)));
    file_write(arena, str_to_c(arena, path_join(arena, folder, STR("../makers"))), makers_text(run));
    for (size_t i = 0; i < run->replay.accepted.count; i++) {
        Str name = str_format(arena, "%.*s.mig", STR_ARG(run->replay.history.migrations.items[i].name));
        file_write(arena, str_to_c(arena, path_join(arena, migrations, name)),
                   migration_text(arena, &run->replay.accepted.items[i].statements));
    }
}

static bool run_seed(Run *run, size_t wanted)
{
    Str name = str_format(&run->m->arena, "seed_%llu", (unsigned long long) run->seed);
    machine_use_new(run->m, str_to_c(&run->m->arena, name));
    replay_begin(&run->replay, machine_version(run->m));
    run->replay.empty = machine_describe(run->m);
    bool fine = grow(run, wanted);
    save(run);
    fine = check_model(run) && fine;
    fine = drop_all(run) && fine;
    fine = go_down(run) && fine;
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
    if (argc != 4)
        return 2;
    Machine m = {.folder = str_from(argv[1])};
    uint64_t seed = strtoull(argv[2], NULL, 10);
    m.describe = read_all(&m.arena, stdin);
    m.spare = str_to_c(&m.arena, str_format(&m.arena, "spare_%llu", (unsigned long long) seed));
    Run run = {.m = &m, .random = {seed * 2654435769u + 1}, .seed = seed};
    run.makers = arena_array(&m.arena, MakerCount, maker_count());
    bool fine = run_seed(&run, (size_t) strtoull(argv[3], NULL, 10));
    printf("%s - seed %llu: %zu migrations up and down, %u candidates refused by both, %u by design\n",
           fine ? "ok" : "not ok", (unsigned long long) seed, run.replay.accepted.count, run.outcomes[BOTH_REFUSE],
           run.outcomes[STRICTER]);
    replay_end(&run.replay);
    machine_close(&m);
    arena_free(&m.arena);
    return fine ? 0 : 1;
}
