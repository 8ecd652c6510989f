/* Statements that change no rows by themselves, and name what they are for: LOCK, TRUNCATE, REINDEX, CLUSTER, ANALYZE,
 * VACUUM, CALL, DO, SET CONSTRAINTS (lockcmds.c, tablecmds.c, indexcmds.c, cluster.c, vacuum.c in src/backend/commands;
 * AfterTriggerSetState in trigger.c). */
#include "code.h"
#include "expression.h"
#include "extent.h"
#include "inherit.h"
#include "lookup.h"
#include "lower.h"
#include "unknown.h"

/* Kinds of relations that a statement takes. */
enum {
    TAKES_TABLES = 1, TAKES_FOREIGN = 2, TAKES_VIEWS = 4, TAKES_STORED = 8, TAKES_INDEXES = 16, TAKES_SEQUENCES = 32,
    TAKES_ALL = 63
};

typedef struct TargetReader {
    Sql *sql;
    const Schema *schema;
    const SqlStatement *statement;
    bool refused;
} TargetReader;

/* What a name means; object == NULL: nothing of the model's. */
typedef struct Target {
    const Object *object;  /* of an index or sequence that comes with a table: the table */
    unsigned kind;         /* one of the above */
    Ref ref;
} Target;

static void target_report(TargetReader *r, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void target_report(TargetReader *r, DiagnosticCode code, Span span, const char *format, ...)
{
    Text text = text_new(&r->sql->c->arena);
    va_list arguments;
    va_start(arguments, format);
    text_addv(&text, format, arguments);
    va_end(arguments);
    r->refused = true;
    report(r->sql->c, code, span, "%.*s", STR_ARG(text_str(&text)));
}

/* ------------------------------------------------------------------ names */

static Ref written_ref(const TargetReader *r, const PgQuery__RangeVar *relation)
{
    Span from = r->statement->span;
    from.start = r->statement->base + (uint32_t) relation->location;
    Cursor at = cursor_over(r->statement->tokens, from);
    return cursor_ref(&at);
}

static unsigned kind_of(const Object *object, Str name)
{
    if (object_is_table(object) && !str_equal(object->name, name)) {
        const Constraint *key = object_constraint_named(object, name);
        return key != NULL && constraint_has_index(key) ? TAKES_INDEXES : TAKES_SEQUENCES;
    }
    switch ((int) object->kind) {
    case OBJECT_VIEW: return TAKES_VIEWS;
    case OBJECT_MATERIALIZED_VIEW: return TAKES_STORED;
    case OBJECT_INDEX: return TAKES_INDEXES;
    case OBJECT_SEQUENCE: return TAKES_SEQUENCES;
    default: return object_is_table(object) && ((const Table *) object)->server != 0 ? TAKES_FOREIGN : TAKES_TABLES;
    }
}

/* Whether it is the server's, an extension's, or temporary: the model knows nothing of it. */
static bool is_elsewhere(const TargetReader *r, const PgQuery__RangeVar *relation)
{
    const CatalogExtension *owner;
    Str qualifier = str_from(relation->schemaname);
    return relation_is_temporary(r->sql, relation) || schema_is_servers(qualifier) ||
           catalog_relation_named(r->schema, qualifier, str_from(relation->relname), &owner) != NULL;
}

static void report_no_target(TargetReader *r, const Ref *ref, ObjectId namespace, unsigned takes)
{
    r->refused = true;
    if (sql_is_silenced(r->sql, "table", namespace, ref->name.name))
        return;
    target_report(r, takes == TAKES_INDEXES ? M_UNKNOWN_INDEX : M_UNKNOWN_TABLE, ref->name.span,
                  "there is no %s \"%.*s\" at this point", takes == TAKES_INDEXES ? "index" : "table",
                  STR_ARG(ref->name.name));
    Nearest nearest = nearest_to(ref->name.name);
    for (size_t i = 1; i < r->schema->objects.count; i++) {
        const Object *object = r->schema->objects.items[i];
        if (object != NULL && object->schema == namespace && object_names(object->kind) == NAMES_RELATION &&
            (kind_of(object, object->name) & takes))
            nearest_try(&nearest, object->name);
    }
    nearest_help(r->sql->c, &nearest);
}

static void check_kind(TargetReader *r, const Target *target, unsigned takes, const char *verb)
{
    const Object *object = target->object;
    bool whole = str_equal(object->name, target->ref.name.name);
    if (target->kind & takes)
        return;
    target_report(r, M_WRONG_KIND, target->ref.name.span, "%s is not for %s \"%.*s\"", verb,
                  whole ? object_word(object->kind) : target->kind == TAKES_INDEXES ? "index" : "sequence",
                  STR_ARG(target->ref.name.name));
    label(r->sql->c, object->created, "created here");
}

/* Where the name is, or would be; 0: there is no such schema, which was reported. */
static ObjectId find_place(TargetReader *r, NameSpace space, const Ref *ref)
{
    ObjectId namespace = r->sql->finder.namespace(r->sql->finder.checker, ref);
    return namespace == 0 ? 0 : schema_place(r->schema, space, ref_qualifier(ref), ref->name.name);
}

static Target find_target(TargetReader *r, const PgQuery__RangeVar *relation, unsigned takes, const char *verb)
{
    Target target = {0};
    if (is_elsewhere(r, relation))
        return target;
    target.ref = written_ref(r, relation);
    ObjectId namespace = find_place(r, NAMES_RELATION, &target.ref);
    r->refused = r->refused || namespace == 0;
    if (namespace == 0)
        return target;
    target.object = schema_object(r->schema, schema_find(r->schema, NAMES_RELATION, namespace, target.ref.name.name));
    if (target.object == NULL) {
        if (unknown_extension(r->schema, str_from(relation->schemaname)) == 0)
            report_no_target(r, &target.ref, namespace, takes);
        return target;
    }
    target.kind = kind_of(target.object, target.ref.name.name);
    check_kind(r, &target, takes, verb);
    return target;
}

/* ------------------------------------------------------------------ TRUNCATE */

/* The tables that are emptied, with those that inherit from them. */
static ObjectIds truncated_tables(TargetReader *r, const PgQuery__TruncateStmt *truncate)
{
    ObjectIds ids = {0};
    for (size_t i = 0; i < truncate->n_relations; i++) {
        const PgQuery__RangeVar *relation = truncate->relations[i]->range_var;
        Target target = find_target(r, relation, TAKES_TABLES | TAKES_FOREIGN, "TRUNCATE");
        if (target.object == NULL || r->refused)
            continue;
        list_push(&r->sql->c->arena, &ids, target.object->id);
        ObjectIds below = relation->inh ? table_descendants(r->schema, target.object->id) : (ObjectIds) {0};
        for (size_t j = 0; j < below.count; j++)
            list_push(&r->sql->c->arena, &ids, below.items[j]);
    }
    return ids;
}

static const Constraint *key_to(const Schema *schema, ObjectId user, ObjectId table)
{
    const Table *other = schema_table(schema, user);
    for (size_t i = 0; other != NULL && i < other->constraints.count; i++) {
        const Constraint *constraint = other->constraints.items[i];
        if (constraint->kind == CONSTRAINT_FOREIGN && constraint->target == table)
            return constraint;
    }
    return NULL;
}

/* heap_truncate_check_FKs() in src/backend/catalog/heap.c: rows do not matter, not even that there are none. */
static void check_truncate(TargetReader *r, const PgQuery__TruncateStmt *truncate)
{
    ObjectIds tables = truncated_tables(r, truncate);
    bool cascade = truncate->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    for (size_t i = 0; i < tables.count && !cascade && !r->refused; i++) {
        ObjectIds users = object_users(r->schema, tables.items[i], OBJECT_TABLE);
        for (size_t j = 0; j < users.count && !r->refused; j++) {
            const Constraint *key = key_to(r->schema, users.items[j], tables.items[i]);
            if (key == NULL || object_ids_contain(tables, users.items[j]))
                continue;
            target_report(r, M_TRUNCATE_REFERENCED, r->statement->span,
                          "foreign key \"%.*s\" of table \"%.*s\" refers to \"%.*s\", which cannot be truncated alone",
                          STR_ARG(key->name), STR_ARG(schema_object(r->schema, users.items[j])->name),
                          STR_ARG(schema_object(r->schema, tables.items[i])->name));
            label(r->sql->c, key->created, "the foreign key");
            help(r->sql->c, "truncate both in one statement, or `delete from` this one");
        }
    }
}

/* ------------------------------------------------------------------ LOCK, REINDEX, CLUSTER, ANALYZE, VACUUM */

static void check_lock(TargetReader *r, const PgQuery__LockStmt *lock)
{
    for (size_t i = 0; i < lock->n_relations; i++)
        find_target(r, lock->relations[i]->range_var, TAKES_TABLES | TAKES_VIEWS, "LOCK");
}

static bool is_partitioned(const Target *target)
{
    const Table *table = object_is_table(target->object) ? (const Table *) target->object : NULL;
    return table != NULL && table_is_partitioned(table);
}

/* What is partitioned is gone through in a transaction a partition. */
static bool check_reindex(TargetReader *r, const PgQuery__ReindexStmt *reindex)
{
    bool of_index = reindex->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX;
    if (reindex->relation == NULL) {
        bool of_schema = reindex->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA;
        Cursor at = cursor_over(r->statement->tokens, r->statement->span);
        cursor_seek(&at, "schema");
        cursor_take(&at, "schema");
        cursor_take(&at, "concurrently");
        Ref ref = {.schema = cursor_word(&at)};
        ref.span = ref.schema.span;
        if (of_schema && !schema_is_servers(ref.schema.name))
            r->refused = r->refused || r->sql->finder.namespace(r->sql->finder.checker, &ref) == 0;
        return false;
    }
    Target target = find_target(r, reindex->relation, of_index ? TAKES_INDEXES : TAKES_TABLES | TAKES_STORED,
                                of_index ? "REINDEX INDEX" : "REINDEX TABLE");
    if (target.object == NULL || r->refused)
        return false;
    if (target.object->kind == OBJECT_INDEX)
        target.object = schema_object(r->schema, ((const Index *) target.object)->table);
    return is_partitioned(&target);
}

static bool has_index(const Schema *schema, const Table *table, Str name)
{
    ObjectIds indexes = object_users(schema, table->object.id, OBJECT_INDEX);
    const Constraint *key = table_constraint_named(table, name);
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(schema, indexes.items[i]);
        if (index->table == table->object.id && str_equal(index->object.name, name))
            return true;
    }
    return key != NULL && constraint_has_index(key);
}

static void check_cluster(TargetReader *r, const PgQuery__ClusterStmt *cluster, SqlTargets *targets)
{
    Str name = str_from(cluster->indexname);
    Target target = {0};
    if (cluster->relation != NULL)
        target = find_target(r, cluster->relation, TAKES_TABLES | TAKES_STORED, "CLUSTER");
    if (target.object == NULL || r->refused)
        return;
    const Table *table = (const Table *) target.object;
    targets->outside = is_partitioned(&target);
    targets->clustered = name.len == 0 || targets->outside ? 0 : table->object.id;
    targets->index = (Word) {name, target.ref.span};
    if (name.len > 0 && !has_index(r->schema, table, name))
        target_report(r, M_UNKNOWN_INDEX, target.ref.span, "\"%.*s\" has no index \"%.*s\" to be clustered by",
                      STR_ARG(table->object.name), STR_ARG(name));
}

/* Other kinds of relations are passed over with a warning. */
static void check_vacuum(TargetReader *r, const PgQuery__VacuumStmt *vacuum)
{
    for (size_t i = 0; i < vacuum->n_rels; i++) {
        const PgQuery__VacuumRelation *relation = vacuum->rels[i]->vacuum_relation;
        Target target = {0};
        if (relation->relation != NULL)
            target = find_target(r, relation->relation, TAKES_ALL, "ANALYZE");
        const Table *table = target.object == NULL ? NULL : schema_relation(r->schema, target.object->id);
        if (table == NULL || table->object.kind == OBJECT_VIEW || target.kind >= TAKES_INDEXES)
            continue;
        for (size_t j = 0; j < relation->n_va_cols; j++) {
            Str name = str_from(relation->va_cols[j]->string->sval);
            if (table_column_named(table, name) != NULL)
                continue;
            r->refused = true;
            report_unknown_column(r->sql->c, table, name, target.ref.span);
        }
    }
}

/* ------------------------------------------------------------------ SET CONSTRAINTS */

/* Constraints of the name in the schema: of tables, of domains, and triggers that are constraints, whose timing the
 * model does not know. */
typedef struct Named {
    bool any;
    const Constraint *fixed;   /* one that cannot be deferred */
} Named;

static Named constraints_in(const TargetReader *r, ObjectId namespace, Str name)
{
    Named found = {0};
    for (size_t i = 1; i < r->schema->objects.count; i++) {
        const Object *object = r->schema->objects.items[i];
        bool is_trigger = object != NULL && object->kind == OBJECT_TRIGGER;
        const Definition *trigger = is_trigger ? (const Definition *) object : NULL;
        const Object *on = trigger == NULL ? NULL : schema_object(r->schema, trigger->of);
        if (on != NULL && on->schema == namespace && str_is(trigger->variant, "constraint") &&
            str_equal(object->name, name))
            found.any = true;
        if (object == NULL || object->schema != namespace || object_constraints(object) == NULL)
            continue;
        const Constraint *constraint = object_constraint_named(object, name);
        found.any = found.any || constraint != NULL;
        if (constraint != NULL && constraint->timing == CONSTRAINT_IMMEDIATE)
            found.fixed = constraint;
    }
    return found;
}

static Named constraints_named(const TargetReader *r, Str qualifier, Str name)
{
    schema_each_place(namespace, r->schema, qualifier) {
        Named found = constraints_in(r, namespace, name);
        if (found.any)
            return found;
    }
    return (Named) {0};
}

static void check_constraint_set(TargetReader *r, const PgQuery__RangeVar *name, bool deferred)
{
    if (schema_is_servers(str_from(name->schemaname)))
        return;
    Ref ref = written_ref(r, name);
    ObjectId namespace = r->sql->finder.namespace(r->sql->finder.checker, &ref);
    r->refused = r->refused || namespace == 0;
    if (namespace == 0 || unknown_extension(r->schema, str_from(name->schemaname)) != 0)
        return;
    Named found = constraints_named(r, ref_qualifier(&ref), ref.name.name);
    if (!found.any) {
        target_report(r, M_UNKNOWN_CONSTRAINT, ref.name.span, "no table has a constraint \"%.*s\" at this point",
                      STR_ARG(ref.name.name));
    } else if (deferred && found.fixed != NULL) {
        target_report(r, M_NOT_DEFERRABLE, ref.name.span, "constraint \"%.*s\" is not deferrable",
                      STR_ARG(ref.name.name));
        label(r->sql->c, found.fixed->created, "created here");
        help(r->sql->c, "a foreign key can be made so: `alter table … alter constraint … deferrable`");
    }
}

/* ------------------------------------------------------------------ CALL */

/* OUT parameters are given something, too. */
static bool takes_arguments(const Routine *routine, size_t count)
{
    size_t needed = 0, most = 0;
    for (size_t i = 0; i < routine->parameters.count; i++) {
        const Parameter *parameter = &routine->parameters.items[i];
        bool variadic = parameter->mode == PARAMETER_VARIADIC;
        needed += !parameter->has_default && !variadic;
        most = variadic ? SIZE_MAX : most == SIZE_MAX ? most : most + 1;
    }
    return count >= needed && count <= most;
}

typedef struct Called {
    bool fits;
    const Definition *procedure, *other;   /* of the name */
} Called;

static Called routines_called(const TargetReader *r, Str qualifier, Str name, size_t arguments)
{
    Called called = {0};
    ObjectIds ids = schema_definitions_named(r->schema, qualifier, name);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(r->schema, ids.items[i]);
        if (d->object.kind == OBJECT_PROCEDURE) {
            called.procedure = d;
            called.fits = called.fits || takes_arguments(d->routine, arguments);
        } else if (d->routine != NULL) {
            called.other = d;
        }
    }
    return called;
}

/* The server itself has no procedures. */
static bool is_brought(const TargetReader *r, Str qualifier, Str name)
{
    catalog_each_owner(owner, &r->schema->view) {
        if (owner != &r->schema->view.catalog->core && catalog_functions_in(owner, name).count > 0)
            return true;
    }
    return unknown_extension(r->schema, qualifier) != 0;
}

static void check_call(TargetReader *r, const PgQuery__FuncCall *call, SqlTargets *targets)
{
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    const PgQuery__RangeVar place = {.location = call->location};
    Ref ref = written_ref(r, &place);
    Called called = routines_called(r, qualifier, name, call->n_args);
    targets->called = called.fits ? called.procedure->object.id : 0;
    if (called.fits || schema_is_servers(qualifier) || is_brought(r, qualifier, name))
        return;
    if (r->sql->finder.silenced(r->sql->finder.checker, OBJECT_PROCEDURE, name)) {
        r->refused = true;
        return;
    }
    bool servers = catalog_functions_in(&r->schema->view.catalog->core, name).count > 0;
    const char *why = called.procedure != NULL          ? "takes another number of arguments"
                      : called.other != NULL || servers ? "is none: a function is called by SELECT"
                                                        : "is not there at this point";
    target_report(r, M_UNKNOWN_FUNCTION, ref.span, "procedure \"%.*s\" %s", STR_ARG(name), why);
    const Definition *found = called.procedure != NULL ? called.procedure : called.other;
    if (found != NULL)
        label(r->sql->c, found->object.created, "created here");
}

/* ------------------------------------------------------------------ all of them */

bool sql_check_targets(Sql *sql, const Schema *schema, const SqlStatement *statement,
                       SqlTargets *targets)
{
    const PgQuery__Node *node = (const PgQuery__Node *) (const void *) statement->tree;
    TargetReader r = {.sql = sql, .schema = schema, .statement = statement};
    *targets = (SqlTargets) {0};
    if (node == NULL)
        return true;
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_LOCK_STMT: check_lock(&r, node->lock_stmt); break;
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT: check_truncate(&r, node->truncate_stmt); break;
    case PG_QUERY__NODE__NODE_REINDEX_STMT: targets->outside = check_reindex(&r, node->reindex_stmt); break;
    case PG_QUERY__NODE__NODE_CLUSTER_STMT: check_cluster(&r, node->cluster_stmt, targets); break;
    case PG_QUERY__NODE__NODE_DO_STMT: return do_check(sql, statement, node->do_stmt);
    case PG_QUERY__NODE__NODE_CALL_STMT: check_call(&r, node->call_stmt->funccall, targets); break;
    case PG_QUERY__NODE__NODE_VACUUM_STMT: check_vacuum(&r, node->vacuum_stmt); break;
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
        for (size_t i = 0; i < node->constraints_set_stmt->n_constraints; i++)
            check_constraint_set(&r, node->constraints_set_stmt->constraints[i]->range_var,
                                 node->constraints_set_stmt->deferred);
        break;
    default: break;
    }
    return !r.refused;
}
