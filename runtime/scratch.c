/* All pieces go in one script under one savepoint: one round trip, when all is well. When not, the script is halved
 * until the piece is found that the server refuses, and the others go on; what needs that piece is left out, so that
 * nothing of the same name that happens to be there is taken instead. */
#include "scratch.h"

#include "interrupt.h"
#include "memory.h"
#include "report.h"
#include "sql.h"
#include "template.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { BEGIN_COLUMN_PID = 13 };

/* ------------------------------------------------------------------ names */

static size_t add_space(Scratch *scratch, BlueprintMark mark, const char *name, size_t length)
{
    for (size_t i = 0; i < scratch->space_count; i++) {
        const ScratchSpace *space = &scratch->spaces[i];
        if (space->mark == mark && strlen(space->name) == length && memcmp(space->name, name, length) == 0)
            return i;
    }
    ScratchSpace *spaces = memory_take(scratch->space_count + 1, sizeof(*spaces));
    if (scratch->space_count > 0)
        memcpy(spaces, scratch->spaces, scratch->space_count * sizeof(*spaces));
    free(scratch->spaces);
    scratch->spaces = spaces;
    spaces[scratch->space_count] = (ScratchSpace) {.mark = mark, .name = memory_slice(name, length)};
    return scratch->space_count++;
}

char *scratch_name(const Scratch *scratch, size_t space)
{
    return memory_format("%s%zu", scratch->prefix, space);
}

/* The other name, which needs quotes and holds nothing that would have to be doubled, not even inside a string. */
static void add_scratch_name(void *context, BlueprintMark mark, const char *name, size_t length, FILE *out)
{
    Scratch *scratch = context;
    fprintf(out, "\"%s%zu\"", scratch->prefix, add_space(scratch, mark, name, length));
}

/* In a schema nothing refers to another server or language than the one that is there. */
static void add_schema_name(void *context, BlueprintMark mark, const char *name, size_t length, FILE *out)
{
    Scratch *scratch = context;
    if (mark == BLUEPRINT_SCHEMA) {
        add_scratch_name(context, mark, name, length, out);
        return;
    }
    char *thing = memory_slice(name, length), *quoted = session_identifier(scratch->session, thing);
    fputs(quoted, out);
    free(quoted);
    free(thing);
}

/* Behind the prefix: the number, and the quotes around the name, if there are any. Returns where the name ends. */
static const char *add_real_name(const Scratch *scratch, const char *number, bool quoted, FILE *out)
{
    char *end;
    size_t space = strtoul(number, &end, 10);
    if (space >= scratch->space_count)
        return NULL;
    const ScratchSpace *found = &scratch->spaces[space];
    fputs(quoted && found->quoted != NULL ? found->quoted : found->name, out);
    return quoted && *end == '"' ? end + 1 : end;
}

char *scratch_plain(const Scratch *scratch, const char *text)
{
    char *plain = NULL;
    size_t size = 0, length = scratch->prefix == NULL ? 0 : strlen(scratch->prefix);
    FILE *out = memory_stream(&plain, &size);
    for (const char *c = text; *c != '\0'; c++) {
        bool quoted = *c == '"';
        const char *number = c + quoted + length, *end = NULL;
        if (length > 0 && strncmp(c + quoted, scratch->prefix, length) == 0 && isdigit((unsigned char) *number))
            end = add_real_name(scratch, number, quoted, out);
        if (end == NULL)
            fputc(*c, out);
        else
            c = end - 1;
    }
    memory_stream_end(out);
    return plain;
}

/* ------------------------------------------------------------------ pieces */

static void add_gap(Scratch *scratch, const MigratePiece *piece, char *reason)
{
    if (scratch->gaps == NULL)
        scratch->gaps = memory_take(scratch->blueprint->count, sizeof(*scratch->gaps));
    scratch->gaps[scratch->gap_count++] = (ScratchGap) {piece, reason};
}

/* A piece that cannot be made since it could not before, or since another one cannot that it needs. */
static bool is_left_out(Scratch *scratch, const MigratePiece *piece)
{
    for (size_t i = 0; i < scratch->gap_count; i++) {
        const MigratePiece *gap = scratch->gaps[i].piece;
        if (gap == piece)
            return true;
        if (!blueprint_needs(piece, gap->key))
            continue;
        add_gap(scratch, piece, memory_format("it needs %s", gap->what));
        return true;
    }
    return false;
}

/* Kinds that the queries have. */
bool scratch_is_thing(const MigratePiece *piece)
{
    static const char *const kinds[] = {
        "event trigger ", "language ", "access method ", "foreign data wrapper ", "server ", "user mapping ",
        "publication ", "cast ", "transform ",
    };
    for (size_t i = 0; i < MIGRATE_COUNT(kinds) && piece->place == MIGRATE_IN_DATABASE; i++) {
        if (strncmp(piece->what, kinds[i], strlen(kinds[i])) == 0)
            return true;
    }
    return false;
}

static char *script_of(Scratch *scratch, MigratePlace place, size_t from, size_t to)
{
    BlueprintName *name = place == MIGRATE_IN_SCHEMA ? add_schema_name : add_scratch_name;
    char *script = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&script, &size);
    for (size_t i = from; i < to; i++) {
        const MigratePiece *piece = scratch->blueprint->pieces[i];
        bool wanted = place == MIGRATE_IN_DATABASE ? scratch_is_thing(piece) : piece->place == place;
        if (!wanted || is_left_out(scratch, piece))
            continue;
        for (size_t j = 0; j < piece->count; j++)
            blueprint_write(piece->steps[j].sql, name, scratch, out);
    }
    memory_stream_end(out);
    return script;
}

static char *reason_of(const Scratch *scratch)
{
    const SessionError *error = session_error(scratch->session);
    char *message = scratch_plain(scratch, error->message);
    char *reason = memory_format("%s: %s", error->sqlstate, message);
    free(message);
    return reason;
}

bool scratch_try(Scratch *scratch, const char *script, char **reason)
{
    *reason = NULL;
    /* By itself: a script that cannot be parsed is refused before its first statement runs. */
    if (!session_script(scratch->session, sql_verify_save, NULL, NULL))
        return false;
    if (session_script(scratch->session, script, NULL, NULL))
        return session_script(scratch->session, sql_verify_keep, NULL, NULL);
    const SessionError *error = session_error(scratch->session);
    if (error->lost || error->interrupted)
        return false;
    *reason = reason_of(scratch);
    return session_script(scratch->session, sql_verify_back, NULL, NULL);
}

/* False: the session is lost, or a signal has come. */
static bool make_pieces(Scratch *scratch, MigratePlace place, size_t from, size_t to)
{
    if (from == to)
        return true;
    char *reason, *script = script_of(scratch, place, from, to);
    bool good = scratch_try(scratch, script, &reason);
    free(script);
    if (!good || reason == NULL) {
        free(reason);
        return good;
    }
    if (to - from == 1) {
        add_gap(scratch, scratch->blueprint->pieces[from], reason);
        return true;
    }
    free(reason);
    size_t middle = from + (to - from) / 2;
    return make_pieces(scratch, place, from, middle) && make_pieces(scratch, place, middle, to);
}

bool scratch_make_things(Scratch *scratch)
{
    return session_script(scratch->session, sql_verify_save, NULL, NULL) &&
           make_pieces(scratch, MIGRATE_IN_DATABASE, 0, scratch->blueprint->count);
}

bool scratch_drop_things(Scratch *scratch)
{
    return session_script(scratch->session, sql_verify_back, NULL, NULL);
}

const char *scratch_reason(const Scratch *scratch, const MigratePiece *piece)
{
    for (size_t i = 0; i < scratch->gap_count; i++) {
        if (scratch->gaps[i].piece == piece)
            return scratch->gaps[i].reason;
    }
    return NULL;
}

/* ------------------------------------------------------------------ beginning and end */

typedef struct Probe {
    bool answered, may_create, writable;
    char *database, *role;  /* as SQL */
    char *privileges;       /* that everybody has in the project's schema from the start; NULL: none */
} Probe;

static void read_probe(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Probe *probe = context;
    probe->answered = true;
    probe->may_create = values[0][0] == 't';
    probe->writable = values[1][0] == 't';
    probe->database = memory_text(values[2]);
    probe->role = memory_text(values[3]);
    probe->privileges = memory_text(values[4]);
}

Outcome scratch_fail(const Scratch *scratch, const char *what)
{
    const SessionError *error = session_error(scratch->session);
    if (error->interrupted)
        return interrupt_outcome();
    report_session(what, scratch->session);
    return error->lost ? OUTCOME_UNREACHABLE : OUTCOME_CONFIGURATION;
}

static Outcome check_rights(const Probe *probe)
{
    if (!probe->writable) {
        report_error("verify makes the schema anew, in a transaction that is taken back, and this session only reads");
        report_help("connect to the primary, as a role whose default_transaction_read_only is off");
        return OUTCOME_CONFIGURATION;
    }
    if (!probe->may_create) {
        report_error("verify makes the schema anew, in a transaction that is taken back, and the role %s may not",
                     probe->role);
        report_help("GRANT CREATE ON DATABASE %s TO %s", probe->database, probe->role);
        return OUTCOME_CONFIGURATION;
    }
    return OUTCOME_DONE;
}

static Outcome probe(const Scratch *scratch, Probe *answer)
{
    const char *parameters[] = {scratch->project->schema};
    bool good = session_query(scratch->session, sql_verify_probe, 1, parameters, read_probe, answer);
    return good && answer->answered ? check_rights(answer)
                                    : scratch_fail(scratch, "cannot ask the server what is allowed");
}

static void probe_clear(Probe *answer)
{
    free(answer->database);
    free(answer->role);
    free(answer->privileges);
}

static void read_begin(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Scratch *scratch = context;
    scratch->prefix = memory_format("migc_verify.%s.", values[BEGIN_COLUMN_PID]);
}

/* The project's schema is there from the start, with what everybody may do in it. */
static bool make_home(Scratch *scratch, const Probe *answer)
{
    const char *schema = scratch->project->schema;
    char *name = scratch_name(scratch, add_space(scratch, BLUEPRINT_SCHEMA, schema, strlen(schema)));
    char *quoted = session_identifier(scratch->session, name);
    char *quoted_text = session_literal(scratch->session, quoted);
    char *home = session_identifier(scratch->session, schema);
    char *home_text = session_literal(scratch->session, home);
    char *grant = answer->privileges == NULL
                      ? memory_text("")
                      : memory_format("GRANT %s ON SCHEMA %s TO PUBLIC;", answer->privileges, quoted);
    const Filling fillings[] = {
        {"scratch", quoted}, {"scratch_text", quoted_text}, {"schema_text", home_text}, {"grant", grant}, {NULL, NULL},
    };
    char *sql = template_fill(sql_verify_path, fillings);
    bool good = session_script(scratch->session, sql, NULL, NULL);
    free(sql);
    free(grant);
    free(home_text);
    free(home);
    free(quoted_text);
    free(quoted);
    free(name);
    return good;
}

Outcome scratch_open(Scratch *scratch, Session *session, const MigrateProject *project, const Blueprint *blueprint)
{
    *scratch = (Scratch) {.session = session, .project = project, .blueprint = blueprint};
    Probe answer = {0};
    Outcome outcome = probe(scratch, &answer);
    bool good = outcome != OUTCOME_DONE ||
                (session_script(session, sql_verify_begin, read_begin, scratch) && make_home(scratch, &answer) &&
                 make_pieces(scratch, MIGRATE_IN_SCHEMA, 0, blueprint->count));
    probe_clear(&answer);
    return good ? outcome : scratch_fail(scratch, "cannot make the schema anew");
}

void scratch_close(Scratch *scratch)
{
    if (session_in_transaction(scratch->session)) {
        session_shield(scratch->session, true);
        session_script(scratch->session, sql_rollback, NULL, NULL);
        session_shield(scratch->session, false);
    }
    for (size_t i = 0; i < scratch->space_count; i++) {
        free(scratch->spaces[i].name);
        free(scratch->spaces[i].quoted);
    }
    for (size_t i = 0; i < scratch->gap_count; i++)
        free(scratch->gaps[i].reason);
    free(scratch->gaps);
    free(scratch->spaces);
    free(scratch->prefix);
}
