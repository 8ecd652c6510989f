/* CREATE INDEX CONCURRENTLY leaves an index that is not valid when it does not come to its end; DETACH PARTITION
 * CONCURRENTLY leaves a partition that waits for FINALIZE. An index that is half dropped is still there, and is dropped
 * again by the same statement. */
#include "probe.h"

#include "define.h"

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

Probe probe_change(const Schema *schema, const Change *change)
{
    switch ((int) change->kind) {
    case CHANGE_CREATE: return probe_new_index(schema, change->create.object);
    case CHANGE_DROP: return probe_drop(schema, schema_object(schema, change->drop.object));
    case CHANGE_DISINHERIT: return probe_detachment(schema, &change->disinherit);
    default: return (Probe) {0};
    }
}
