/* The probe and the rows come by one simple-protocol script, so that "already up to date" costs one round trip. The
 * rows' query must name the table before the probe has told whether and where it exists: with no schema configured it
 * is named without one, and the probe tells whether that means the table of the current schema. A table that does not
 * exist ends the script behind the probe's rows, which are then all there is to know. */
#include "history.h"

#include "interrupt.h"
#include "memory.h"
#include "report.h"
#include "sql.h"
#include "sql_array.h"
#include "squash.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROBE_PATIENCE = 30000 };  /* milliseconds: this is the first that is asked, and takes no time */

static const char undefined_table[] = "42P01";
static const char unique_violation[] = "23505";

char *history_sql(const History *history, const char *sql)
{
    const Filling fillings[] = {
        {"history", history->table}, {"lock", history->lock}, {"journal", history->journal_table}, {NULL, NULL},
    };
    return template_fill(sql, fillings);
}

static char *qualified(const History *history, const char *schema, const char *suffix)
{
    char *table = memory_format("%s%s", history->project->history_table, suffix);
    char *quoted_schema = schema == NULL ? memory_text("") : session_identifier(history->session, schema);
    char *quoted_table = session_identifier(history->session, table);
    char *name = memory_format("%s%s%s", quoted_schema, schema == NULL ? "" : ".", quoted_table);
    free(quoted_schema);
    free(quoted_table);
    free(table);
    return name;
}

static void name_tables(History *history, const char *schema)
{
    free(history->table);
    free(history->lock);
    free(history->journal_table);
    history->table = qualified(history, schema, "");
    history->lock = qualified(history, schema, "_lock");
    history->journal_table = qualified(history, schema, "_journal");
}

static void clear_row(HistoryRow *row)
{
    if (row->way != NULL)
        stored_way_clear(row->way);
    free(row->way);
    free(row->name);
    free(row->batch);
    free(row->time);
    free(row->instant);
    free(row->id);
}

/* Puts a row into the chain of those of its migration. */
static void link_row(History *history, size_t number)
{
    HistoryRow *row = &history->rows[number];
    long place = registry_find(&history->registry, row->name);
    row->migration = place < 0 ? NULL : history->project->migrations[place];
    row->older = place < 0 ? -1 : history->newest[place];
    row->replaced = registry_is_replaced(&history->registry, row->name);
    if (place >= 0)
        history->newest[place] = (long) number;
}

static void forget_links(History *history)
{
    for (size_t i = 0; i < history->project->count; i++)
        history->newest[i] = -1;
}

static void clear_rows(History *history)
{
    for (size_t i = 0; i < history->count; i++)
        clear_row(&history->rows[i]);
    journal_clear(&history->journal);
    free(history->rows);
    history->rows = NULL;
    history->count = 0;
    forget_links(history);
}

/* Room for a power of two of rows: a full one is doubled. */
static void take_row(History *history, const char *const *values)
{
    if ((history->count & (history->count - 1)) == 0) {
        HistoryRow *rows = memory_take(history->count == 0 ? 1 : history->count * 2, sizeof(*rows));
        if (history->count > 0)
            memcpy(rows, history->rows, history->count * sizeof(*rows));
        free(history->rows);
        history->rows = rows;
    }
    history->rows[history->count] = (HistoryRow) {
        .name = memory_text(values[0]),
        .batch = memory_text(values[1]),
        .time = memory_text(values[2]),
        .id = memory_text(values[3]),
        .instant = memory_text(values[4]),
    };
    link_row(history, history->count++);
}

static void read_row(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    take_row(context, values);
}

static void read_entry(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    journal_take(context, values);
}

static bool is_true(const char *value)
{
    return value != NULL && value[0] == 't';
}

static void take_probe(History *history, const char *const *values)
{
    history->role = session_identifier(history->session, values[0]);
    history->in_recovery = is_true(values[1]);
    history->schema = memory_text(values[2]);
    history->quoted_schema = values[2] == NULL ? NULL : session_identifier(history->session, values[2]);
    history->schema_exists = is_true(values[3]);
    history->schema_usage = is_true(values[4]);
    history->schema_create = is_true(values[5]);
    history->process = strtol(values[6], NULL, 10);
    history->set_role = memory_text(values[7]);
    history->deadlock_timeout = strtol(values[8], NULL, 10);
    history->engine = memory_text(values[9]);
}

static void take_table(History *history, const char *const *values)
{
    history->tables[strtoul(values[0], NULL, 10)] = (TableState) {
        .exists = is_true(values[1]),
        .resolves = is_true(values[2]),
        .rights = memory_text(values[3]),
        .sequence = memory_text(values[4]),
    };
}

static void read_probe(void *context, unsigned statement, const char *const *values)
{
    History *history = context;
    switch (statement) {
    case 0: take_probe(history, values); break;
    case 1: take_table(history, values); break;
    case 2: take_row(history, values); break;
    case 3: journal_take(&history->journal, values); break;
    }
}

static bool send_probe(History *history)
{
    const char *schema = history->project->history_schema;
    char *quoted_schema = schema == NULL ? memory_text("NULL") : session_literal(history->session, schema);
    char *quoted_table = session_literal(history->session, history->project->history_table);
    const Filling fillings[] = {
        {"schema", quoted_schema}, {"table", quoted_table}, {NULL, NULL},
    };
    char *probe = template_fill(sql_probe, fillings);
    char *tables = template_fill(sql_probe_tables, fillings);
    char *rows = history_sql(history, sql_history_rows);
    char *entries = history_sql(history, sql_journal_rows);
    char *script = memory_format("%s;%s;%s;%s", probe, tables, rows, entries);
    bool good = session_script(history->session, script, read_probe, history);
    free(script);
    free(entries);
    free(rows);
    free(tables);
    free(probe);
    free(quoted_table);
    free(quoted_schema);
    return good;
}

static Outcome fail(const History *history, const char *what)
{
    if (session_error(history->session)->interrupted) {
        report_error("stopped by a signal; nothing was changed");
        return interrupt_outcome();
    }
    report_session(what, history->session);
    return session_error(history->session)->lost ? OUTCOME_UNREACHABLE : OUTCOME_CONFIGURATION;
}

/* Others speak the protocol as well, and say that they are a version of PostgreSQL. */
static Outcome check_engine(const History *history)
{
    static const char expected[] = "PostgreSQL ";
    if (strncmp(history->engine, expected, strlen(expected)) == 0)
        return OUTCOME_DONE;
    report_error("the server is no PostgreSQL: %s", history->engine);
    report_help("migrations were compiled for PostgreSQL, with its locks, catalogs and transactions");
    return OUTCOME_CONFIGURATION;
}

static Outcome check_schema(const History *history)
{
    if (history->schema == NULL) {
        report_error("the connection has no current schema: no schema of its search_path exists");
        report_help("create the schema, or name one for the history in db/project.mig");
    } else if (!history->schema_exists) {
        report_error("the schema %s of the history does not exist", history->quoted_schema);
        report_help("CREATE SCHEMA %s AUTHORIZATION %s", history->quoted_schema, history->role);
    } else if (!history->schema_usage) {
        report_error("the role %s may not use the schema %s", history->role, history->quoted_schema);
        report_help("GRANT USAGE ON SCHEMA %s TO %s", history->quoted_schema, history->role);
    } else {
        return OUTCOME_DONE;
    }
    return OUTCOME_CONFIGURATION;
}

/* Whether all that the letters stand for is allowed on a table that is there. */
static bool may(const History *history, HistoryTable table, const char *letters)
{
    return strspn(letters, history->tables[table].rights) == strlen(letters);
}

bool history_may_heal(const History *history)
{
    return may(history, HISTORY_LOCK, "SU") && may(history, HISTORY_JOURNAL, "SIUD");
}

bool history_may_read_journal(const History *history)
{
    return history->tables[HISTORY_JOURNAL].exists && may(history, HISTORY_JOURNAL, "S");
}

static void read_elsewhere(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    *(char **) context = memory_text(values[0]);
}

/* A history in the current schema that nobody has named would be a second one where another schema has one. */
static Outcome check_elsewhere(const History *history)
{
    char *elsewhere = NULL;
    const char *parameters[] = {history->project->history_table, history->schema};
    if (history->tables[HISTORY_ROWS].exists || history->project->history_schema != NULL)
        return OUTCOME_DONE;
    if (!session_query(history->session, sql_history_elsewhere, 2, parameters, read_elsewhere, &elsewhere))
        return fail(history, "cannot look for the history");
    if (elsewhere == NULL)
        return OUTCOME_DONE;
    report_error("the current schema %s has no history, but another has: %s", history->quoted_schema, elsewhere);
    report_help("--schema names the one that is meant, and `history` in db/project.mig for good; --schema %s begins a "
                "new one", history->schema);
    free(elsewhere);
    return OUTCOME_CONFIGURATION;
}

static Outcome check_readable(const History *history)
{
    bool table = !history->tables[HISTORY_ROWS].exists || may(history, HISTORY_ROWS, "S");
    bool journal = !history->tables[HISTORY_JOURNAL].exists || may(history, HISTORY_JOURNAL, "S");
    if (table && journal)
        return OUTCOME_DONE;
    report_error("the role %s may not read %s", history->role, table ? history->journal_table : history->table);
    if (!table)
        report_help("GRANT SELECT ON %s TO %s", history->table, history->role);
    if (!journal)
        report_help("GRANT SELECT ON %s TO %s", history->journal_table, history->role);
    return OUTCOME_CONFIGURATION;
}

/* Which rows the journal tells to be of migrations that are other ones now. */
static void compare_checksums(History *history)
{
    for (size_t i = 0; i < history->count; i++) {
        HistoryRow *row = &history->rows[i];
        const Migration *migration = row->migration;
        const JournalEntry *entry = migration == NULL ? NULL : journal_find(&history->journal, migration->name);
        bool tells = entry != NULL && entry->up && entry->state == JOURNAL_DONE && entry->checksum != NULL &&
                     entry->row != NULL && row->id != NULL && strcmp(entry->row, row->id) == 0;
        row->changed = tells && strcmp(entry->checksum, migration->checksum) != 0;
    }
}

/* Whether the first script has read all there is. It ends at the first table that is missing; and without a schema in
 * its names it may have read another schema's tables. */
static bool is_read(const History *history, bool good)
{
    const TableState *rows = &history->tables[HISTORY_ROWS], *journal = &history->tables[HISTORY_JOURNAL];
    bool right = history->project->history_schema != NULL || (rows->resolves && journal->resolves);
    if (!right || !rows->exists)
        return false;
    bool missing = !good && strcmp(session_error(history->session)->sqlstate, undefined_table) == 0;
    return good || (missing && !journal->exists);
}

Outcome history_open(History *history, Session *session, const MigrateProject *project)
{
    *history = (History) {
        .session = session, .project = project, .host = journal_host(), .build = journal_build(project),
    };
    registry_make(&history->registry, project);
    history->newest = memory_take(project->count, sizeof(*history->newest));
    clear_rows(history);
    name_tables(history, project->history_schema);
    session_patience(session, PROBE_PATIENCE);
    bool good = send_probe(history);
    if (history->role == NULL)
        return fail(history, "cannot ask the server about the history");
    Outcome outcome = check_engine(history);
    if (outcome == OUTCOME_DONE)
        outcome = check_schema(history);
    if (outcome != OUTCOME_DONE)
        return outcome;
    name_tables(history, history->schema);
    outcome = check_elsewhere(history);
    session_patience(session, 0);
    if (outcome == OUTCOME_DONE)
        outcome = check_readable(history);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (!is_read(history, good))
        return history_reload(history);
    compare_checksums(history);
    return OUTCOME_DONE;
}

static bool read_table(History *history, bool exists, const char *template, SessionRow *row, void *context)
{
    if (!exists)
        return true;
    char *sql = history_sql(history, template);
    bool good = session_query(history->session, sql, 0, NULL, row, context);
    free(sql);
    return good;
}

Outcome history_reload(History *history)
{
    clear_rows(history);
    if (!read_table(history, history->tables[HISTORY_ROWS].exists, sql_history_rows, read_row, history))
        return fail(history, "cannot read the history");
    if (!read_table(history, history->tables[HISTORY_JOURNAL].exists, sql_journal_rows, read_entry, &history->journal))
        return fail(history, "cannot read the journal");
    compare_checksums(history);
    return OUTCOME_DONE;
}

void history_close(History *history)
{
    clear_rows(history);
    free(history->role);
    free(history->engine);
    free(history->set_role);
    for (int up = 0; up <= 1; up++)
        free(history->tracking_sql[up]);
    free(history->schema);
    free(history->quoted_schema);
    for (size_t i = 0; i < HISTORY_TABLES; i++) {
        free(history->tables[i].rights);
        free(history->tables[i].sequence);
    }
    free(history->table);
    free(history->lock);
    free(history->journal_table);
    free(history->host);
    free(history->build);
    free(history->newest);
    registry_clear(&history->registry);
}

/* Says once what cannot be done, and then each GRANT. */
static void lacking(const History *history, bool *said, const char *privileges, const char *kind, const char *object)
{
    if (!*said)
        report_error("the role %s may not write the history", history->role);
    *said = true;
    report_help("GRANT %s ON %s%s TO %s", privileges, kind, object, history->role);
}

/* Of a table that is there just what is missing. */
static void check_table(const History *history, bool *said, HistoryTable table, const char *letters, const char *object)
{
    static const char *const privileges[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};
    char missing[40] = "";
    size_t length = 0;
    for (size_t i = 0; i < MIGRATE_COUNT(privileges); i++) {
        char letter[] = {privileges[i][0], '\0'};
        if (strchr(letters, letter[0]) != NULL && !may(history, table, letter))
            length += (size_t) snprintf(missing + length, sizeof(missing) - length, "%s%s", length == 0 ? "" : ", ",
                                        privileges[i]);
    }
    if (length > 0)
        lacking(history, said, missing, "", object);
}

static bool is_standby(const History *history)
{
    if (!history->in_recovery)
        return false;
    report_error("this server is a read-only standby");
    report_help("connect to the primary, or name all servers and add target_session_attrs=read-write");
    return true;
}

Outcome history_writable(const History *history, bool up)
{
    bool said = false;
    const TableState *tables = history->tables;
    bool complete = tables[HISTORY_ROWS].exists && tables[HISTORY_LOCK].exists && tables[HISTORY_JOURNAL].exists;
    if (is_standby(history))
        return OUTCOME_CONFIGURATION;
    if (!complete && !history->schema_create)
        lacking(history, &said, "USAGE, CREATE", "SCHEMA ", history->quoted_schema);
    if (tables[HISTORY_ROWS].exists)
        check_table(history, &said, HISTORY_ROWS, up ? "SI" : "SD", history->table);
    if (up && tables[HISTORY_ROWS].sequence != NULL)
        lacking(history, &said, "USAGE", "SEQUENCE ", tables[HISTORY_ROWS].sequence);
    if (tables[HISTORY_LOCK].exists)
        check_table(history, &said, HISTORY_LOCK, "SU", history->lock);
    if (tables[HISTORY_JOURNAL].exists)
        check_table(history, &said, HISTORY_JOURNAL, "SIUD", history->journal_table);
    return said ? OUTCOME_CONFIGURATION : OUTCOME_DONE;
}

Outcome history_unlockable(const History *history)
{
    bool said = false;
    if (is_standby(history))
        return OUTCOME_CONFIGURATION;
    check_table(history, &said, HISTORY_LOCK, "SID", history->lock);
    if (history->tables[HISTORY_LOCK].sequence != NULL)
        lacking(history, &said, "USAGE", "SEQUENCE ", history->tables[HISTORY_LOCK].sequence);
    return said ? OUTCOME_CONFIGURATION : OUTCOME_DONE;
}

/* IF NOT EXISTS does not help against a Knex that makes the same table at the same moment; the second look does. */
static bool create(const History *history, bool exists, const char *template)
{
    if (exists)
        return true;
    char *sql = history_sql(history, template);
    bool good = session_query(history->session, sql, 0, NULL, NULL, NULL);
    if (!good && strcmp(session_error(history->session)->sqlstate, unique_violation) == 0)
        good = session_query(history->session, sql, 0, NULL, NULL, NULL);
    free(sql);
    return good;
}

Outcome history_create(History *history)
{
    if (!create(history, history->tables[HISTORY_ROWS].exists, sql_history_create) ||
        !create(history, history->tables[HISTORY_LOCK].exists, sql_lock_create) ||
        !create(history, history->tables[HISTORY_LOCK].exists, sql_lock_row) ||
        !create(history, history->tables[HISTORY_JOURNAL].exists, sql_journal_create))
        return fail(history, "cannot create the tables of the history");
    for (size_t i = 0; i < HISTORY_TABLES; i++)
        history->tables[i].exists = true;
    return OUTCOME_DONE;
}

long long history_row_batch(const HistoryRow *row)
{
    return row->batch == NULL ? 0 : strtoll(row->batch, NULL, 10);
}

long long history_batch(const History *history)
{
    long long highest = 0;
    for (size_t i = 0; i < history->count; i++) {
        long long batch = history_row_batch(&history->rows[i]);
        highest = batch > highest ? batch : highest;
    }
    return highest;
}

bool history_applied(const History *history, const Migration *migration)
{
    return history_row(history, migration) != NULL;
}

const HistoryRow *history_row(const History *history, const Migration *migration)
{
    long place = registry_find(&history->registry, migration->stored);
    long row = place < 0 ? -1 : history->newest[place];
    return row < 0 ? NULL : &history->rows[row];
}

char *history_row_names(const History *history, const Migration *migration)
{
    SqlArray names;
    sql_array_begin(&names);
    const HistoryRow *row = history_row(history, migration);
    while (row != NULL) {
        sql_array_add(&names, row->name);
        row = row->older < 0 ? NULL : &history->rows[row->older];
    }
    return sql_array_end(&names);
}

/* Knex may have gone on with the history since: then the entry is about rows that are no more, or not yet. */
const JournalEntry *history_unfinished(const History *history, const Migration *migration)
{
    const JournalEntry *entry = journal_find(&history->journal, migration->name);
    const HistoryRow *row = history_row(history, migration);
    if (entry == NULL || entry->state == JOURNAL_DONE)
        return NULL;
    if (entry->up)
        return row == NULL ? entry : NULL;
    bool same = row != NULL && row->id != NULL && entry->row != NULL && strcmp(row->id, entry->row) == 0;
    return same ? entry : NULL;
}

/* ------------------------------------------------------------------ what does not match */

static const char *row_batch(const HistoryRow *row)
{
    return row->batch == NULL ? "unknown" : row->batch;
}

static const char *row_time(const HistoryRow *row)
{
    return row->time == NULL ? "time unknown" : row->time;
}

Outcome history_check_missing(const History *history, bool allowed)
{
    static const char format[] = "the migration \"%s\" was applied (batch %s, %s) and is missing from this program";
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++) {
        const HistoryRow *row = &history->rows[i];
        if (row->migration != NULL)
            continue;
        count++;
        if (allowed)
            report_warning(format, row->name, row_batch(row), row_time(row));
        else
            report_error(format, row->name, row_batch(row), row_time(row));
    }
    if (count == 0 || allowed)
        return squash_validate(history);
    report_help("compile it in again, or run a program that is as new as the database; --allow-missing goes on "
                "without");
    return OUTCOME_CONFLICT;
}

Outcome history_check_changed(const History *history)
{
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++) {
        const HistoryRow *row = &history->rows[i];
        if (!row->changed)
            continue;
        count++;
        report_error("the migration \"%s\" was changed since it was applied (batch %s, %s)", row->name,
                     row_batch(row), row_time(row));
    }
    if (count == 0)
        return OUTCOME_DONE;
    report_help("bring back what it was, and write a new migration for the rest; or roll it back, as it was then: "
                "`migrate down NAME`");
    return OUTCOME_CONFLICT;
}

Outcome history_validate(const History *history)
{
    Outcome missing = history_check_missing(history, false);
    Outcome changed = history_check_changed(history);
    return missing != OUTCOME_DONE ? missing : changed;
}

/* ------------------------------------------------------------------ ways down */

static void read_way(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    StoredWay way;
    HistoryRow *row = context;
    if (!way_down_read(&way, values[0])) {
        stored_way_clear(&way);
        return;
    }
    stored_way_link(&way, row->migration);
    row->way = memory_take(1, sizeof(*row->way));
    *row->way = way;
}

Outcome history_read_ways(History *history)
{
    bool good = true;
    char *sql = history_sql(history, sql_journal_down);
    for (size_t i = 0; i < history->count && good; i++) {
        HistoryRow *row = &history->rows[i];
        const char *parameters[] = {row->migration == NULL ? NULL : row->migration->name};
        if (row->changed && row->way == NULL)
            good = session_query(history->session, sql, 1, parameters, read_way, row);
    }
    free(sql);
    return good ? OUTCOME_DONE : fail(history, "cannot read the journal");
}

/* Of several rows the newest is the one that the journal tells of. */
WayDown history_way_down(const History *history, const Migration *migration)
{
    const HistoryRow *row = history_row(history, migration);
    return way_down_of(migration, row != NULL && row->changed ? row->way : NULL);
}

void history_forget(History *history, const Migration *migration)
{
    size_t kept = 0;
    for (size_t i = 0; i < history->count; i++) {
        if (history->rows[i].migration == migration)
            clear_row(&history->rows[i]);
        else
            history->rows[kept++] = history->rows[i];
    }
    history->count = kept;
    forget_links(history);
    for (size_t i = 0; i < kept; i++)
        link_row(history, i);
}
