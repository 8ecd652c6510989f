/* CREATE INDEX CONCURRENTLY leaves an index that is not valid when it does not come to its end; DETACH PARTITION
 * CONCURRENTLY leaves a partition that waits for FINALIZE. An index that is half dropped is still there, and is dropped
 * again by the same statement. REINDEX CONCURRENTLY makes a second index with a name of its own
 * (ReindexRelationConcurrently in indexcmds.c): what is left of one goes, and all is done again. */
#include "probe.h"

#include "define.h"

#include <strings.h>

/* The name as a literal of SQL, for to_regclass(). */
static Str name_literal(const Schema *schema, const Object *object)
{
    return define_literal(schema->arena, object_sql(schema, object));
}

static Probe probe_new_index(const Schema *schema, const Object *index)
{
    Arena *arena = schema->arena;
    Str literal = name_literal(schema, index), name = object_sql(schema, index);
    return (Probe) {
        .done = str_format(arena, "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass(%.*s)",
                           STR_ARG(literal)),
        .repair = str_format(arena, "DROP INDEX CONCURRENTLY %.*s", STR_ARG(name)),
    };
}

static Probe probe_drop(const Schema *schema, const Object *object)
{
    Str literal = name_literal(schema, object);
    return (Probe) {
        .done = str_format(schema->arena, "SELECT true WHERE to_regclass(%.*s) IS NULL", STR_ARG(literal)),
    };
}

static Probe probe_detachment(const Schema *schema, const DisinheritChange *change)
{
    Arena *arena = schema->arena;
    const Object *child = schema_object(schema, change->table), *parent = schema_object(schema, change->parent);
    Str children = name_literal(schema, child), parents = name_literal(schema, parent);
    return (Probe) {
        .done = str_format(arena,
                           "SELECT CASE WHEN count(*) = 0 THEN true WHEN bool_or(inhdetachpending) THEN false END "
                           "FROM pg_catalog.pg_inherits "
                           "WHERE inhrelid = to_regclass(%.*s) AND inhparent = to_regclass(%.*s)",
                           STR_ARG(children), STR_ARG(parents)),
        .repair = str_format(arena, "ALTER TABLE %.*s DETACH PARTITION %.*s FINALIZE",
                             STR_ARG(object_sql(schema, parent)), STR_ARG(object_sql(schema, child))),
    };
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The name at the end of a REINDEX, as it is written. */
static Str last_name(Str sql)
{
    bool quoted = false;
    size_t start = 0;
    for (size_t i = 0; i < sql.len; i++) {
        quoted ^= sql.data[i] == '"';
        if (is_space(sql.data[i]) && !quoted)
            start = i + 1;
    }
    return str_slice(sql, start, sql.len);
}

/* Of an index or a table. A name that the server does not know as one has nothing that is left. */
static Probe probe_reindex(const Schema *schema, Str sql)
{
    Arena *arena = schema->arena;
    Str name = define_literal(arena, last_name(str_trim(sql)));
    Str left = str_format(arena,
                          "FROM pg_catalog.pg_index AS index JOIN pg_catalog.pg_class ON oid = index.indexrelid "
                          "WHERE NOT index.indisvalid AND relname ~ '_cc(new|old)[0-9]*$' AND index.indrelid = "
                          "COALESCE((SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass(%.*s)), "
                          "to_regclass(%.*s))", STR_ARG(name), STR_ARG(name));
    return (Probe) {
        .done = str_format(arena, "SELECT false %.*s LIMIT 1", STR_ARG(left)),
        .repair = str_format(arena,
                             "DO $repair$ DECLARE leftover pg_catalog.regclass; BEGIN "
                             "PERFORM pg_catalog.set_config('lock_timeout', '2s', true); "
                             "FOR leftover IN SELECT index.indexrelid %.*s LOOP "
                             "EXECUTE pg_catalog.format('DROP INDEX %%s', leftover); END LOOP; END $repair$",
                             STR_ARG(left)),
    };
}

static Probe probe_sql(const Schema *schema, Str sql)
{
    static const char word[] = "reindex";
    bool reindex = sql.len > sizeof word && strncasecmp(sql.data, word, sizeof word - 1) == 0;
    return reindex ? probe_reindex(schema, sql) : (Probe) {0};
}

Probe probe_change(const Schema *schema, const Change *change)
{
    switch ((int) change->kind) {
    case CHANGE_CREATE: return probe_new_index(schema, change->create.object);
    case CHANGE_DROP: return probe_drop(schema, schema_object(schema, change->drop.object));
    case CHANGE_DISINHERIT: return probe_detachment(schema, &change->disinherit);
    case CHANGE_RUN_SQL: return probe_sql(schema, change->run_sql.sql);
    default: return (Probe) {0};
    }
}
