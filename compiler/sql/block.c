/* The statements of `sql { … }`: read by PostgreSQL's parser, and sorted by what they do to the model.
 *
 * What the model holds (schemas, extensions, enums, tables, indexes, and whatever shares their names) may not be
 * changed here, since the compiler would not see it. The rest runs as it is written. */
#include "bug.h"
#include "tree.h"

typedef struct Verdict {
    SqlEffect effect;
    const char *what;
} Verdict;

static const Verdict is_free = {SQL_FREE, NULL};

static Verdict modelled(const char *what)
{
    return (Verdict) {SQL_MODELLED, what};
}

static Verdict alone(const char *what)
{
    return (Verdict) {SQL_NO_TRANSACTION, what};
}

/* ------------------------------------------------------------------ by the kind of object */

/* The word for a kind of object that the model holds, or that takes a name from what it holds; NULL: it is none. */
static const char *modelled_object(PgQuery__ObjectType type)
{
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: return "TABLE";
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: return "INDEX";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: return "SEQUENCE";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: return "TYPE";
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: return "DOMAIN";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return "SCHEMA";
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION: return "EXTENSION";
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: return "COLUMN";
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE: return "ATTRIBUTE";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: return "CONSTRAINT";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE: return "FOREIGN TABLE";
    default: return NULL;
    }
}

static Verdict judge_object(Sql *sql, const char *verb, PgQuery__ObjectType type)
{
    const char *object = modelled_object(type);
    return object == NULL ? is_free : modelled(str_format(&sql->c->arena, "%s %s", verb, object).data);
}

/* `alter view v rename column` is about a view, although the thing renamed is a column. */
static Verdict judge_rename(Sql *sql, const PgQuery__RenameStmt *rename)
{
    bool column = rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN;
    PgQuery__ObjectType type = column ? rename->relation_type : rename->rename_type;
    return judge_object(sql, "ALTER", type);
}

/* Actions on a table that change nothing the model holds. */
static bool is_free_action(PgQuery__AlterTableType type)
{
    switch ((int) type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule: return true;
    default: return false;
    }
}

/* ALTER TABLE may be said of a view or sequence too; only the action tells, so all must be free. */
static Verdict judge_alter_table(Sql *sql, const PgQuery__AlterTableStmt *alter)
{
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (!is_free_action(alter->cmds[i]->alter_table_cmd->subtype))
            return judge_object(sql, "ALTER", alter->objtype);
    }
    return is_free;
}

static Verdict judge_drop(Sql *sql, const PgQuery__DropStmt *drop)
{
    Verdict verdict = judge_object(sql, "DROP", drop->remove_type);
    if (verdict.effect == SQL_FREE && drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        return modelled("DROP … CASCADE");
    return verdict;
}

/* ------------------------------------------------------------------ tables by other names */

static bool is_temporary(const PgQuery__RangeVar *relation)
{
    return relation != NULL && strcmp(relation->relpersistence, "t") == 0;
}

static Verdict judge_create_as(const PgQuery__CreateTableAsStmt *create)
{
    bool view = create->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
    return view || is_temporary(create->into->rel) ? is_free : modelled("CREATE TABLE AS");
}

static Verdict judge_select(const PgQuery__SelectStmt *select)
{
    bool into = select->into_clause != NULL && !is_temporary(select->into_clause->rel);
    return into ? modelled("SELECT INTO") : is_free;
}

/* ------------------------------------------------------------------ outside transactions */

static bool has_option(size_t count, PgQuery__Node *const *options, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM && strcmp(options[i]->def_elem->defname, name) == 0)
            return true;
    }
    return false;
}

static Verdict judge_reindex(const PgQuery__ReindexStmt *reindex)
{
    bool many = reindex->kind != PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX &&
                reindex->kind != PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE;
    if (has_option(reindex->n_params, reindex->params, "concurrently"))
        return alone("REINDEX CONCURRENTLY");
    return many ? alone("REINDEX of a schema, database or system") : is_free;
}

static Verdict judge_maintenance(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_VACUUM_STMT: return node->vacuum_stmt->is_vacuumcmd ? alone("VACUUM") : is_free;
    case PG_QUERY__NODE__NODE_REINDEX_STMT: return judge_reindex(node->reindex_stmt);
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
        return node->cluster_stmt->relation == NULL ? alone("CLUSTER of all tables") : is_free;
    case PG_QUERY__NODE__NODE_DISCARD_STMT: return alone("DISCARD");
    case PG_QUERY__NODE__NODE_CREATEDB_STMT: return alone("CREATE DATABASE");
    case PG_QUERY__NODE__NODE_DROPDB_STMT: return alone("DROP DATABASE");
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT: return alone("CREATE TABLESPACE");
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT: return alone("DROP TABLESPACE");
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT: return alone("ALTER SYSTEM");
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT: return alone("CREATE SUBSCRIPTION");
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT: return alone("DROP SUBSCRIPTION");
    default: return is_free;
    }
}

/* ------------------------------------------------------------------ all statements */

static Verdict judge_creation(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return is_temporary(node->create_stmt->relation) ? is_free : modelled("CREATE TABLE");
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT: return judge_create_as(node->create_table_as_stmt);
    case PG_QUERY__NODE__NODE_SELECT_STMT: return judge_select(node->select_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT: return modelled("CREATE INDEX");
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT: return modelled("CREATE SCHEMA");
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT: return modelled("CREATE EXTENSION");
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT: return modelled("CREATE TYPE");
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT: return modelled("CREATE TYPE");
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT: return modelled("CREATE TYPE");
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT: return modelled("CREATE DOMAIN");
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: return modelled("CREATE SEQUENCE");
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT: return modelled("CREATE FOREIGN TABLE");
    case PG_QUERY__NODE__NODE_IMPORT_FOREIGN_SCHEMA_STMT: return modelled("IMPORT FOREIGN SCHEMA");
    default: return is_free;
    }
}

static Verdict judge_change(Sql *sql, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT: return (Verdict) {SQL_TRANSACTION, "transaction control"};
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT: return judge_alter_table(sql, node->alter_table_stmt);
    case PG_QUERY__NODE__NODE_RENAME_STMT: return judge_rename(sql, node->rename_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT: return judge_drop(sql, node->drop_stmt);
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
        return judge_object(sql, "ALTER", node->alter_object_schema_stmt->object_type);
    case PG_QUERY__NODE__NODE_DEFINE_STMT: return judge_object(sql, "CREATE", node->define_stmt->kind);
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT: return modelled("ALTER TYPE");
    case PG_QUERY__NODE__NODE_ALTER_TYPE_STMT: return modelled("ALTER TYPE");
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT: return modelled("ALTER DOMAIN");
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT: return modelled("ALTER SEQUENCE");
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT: return modelled("ALTER EXTENSION");
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT: return modelled("ALTER EXTENSION");
    case PG_QUERY__NODE__NODE_DROP_OWNED_STMT: return modelled("DROP OWNED");
    default: return is_free;
    }
}

static Verdict judge(Sql *sql, const PgQuery__Node *node)
{
    Verdict verdict = judge_creation(node);
    if (verdict.effect == SQL_FREE)
        verdict = judge_change(sql, node);
    return verdict.effect == SQL_FREE ? judge_maintenance(node) : verdict;
}

/* Functions, aggregates and operators that the statement creates, by their plain names. */
static StrList created_functions(Sql *sql, const PgQuery__Node *node)
{
    StrList names = {0};
    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT) {
        const PgQuery__CreateFunctionStmt *create = node->create_function_stmt;
        list_push(&sql->c->arena, &names, str_copy(&sql->c->arena, tree_name(create->n_funcname, create->funcname)));
    } else if (node->node_case == PG_QUERY__NODE__NODE_DEFINE_STMT) {
        const PgQuery__DefineStmt *define = node->define_stmt;
        list_push(&sql->c->arena, &names, str_copy(&sql->c->arena, tree_name(define->n_defnames, define->defnames)));
    }
    return names;
}

static SqlStatement read_statement(Sql *sql, const PgQuery__RawStmt *raw, Span body)
{
    Verdict verdict = judge(sql, raw->stmt);
    uint32_t start = body.start + (uint32_t) raw->stmt_location;
    uint32_t end = raw->stmt_len == 0 ? body.end : start + (uint32_t) raw->stmt_len;
    return (SqlStatement) {.span = {start, end, body.file}, .effect = verdict.effect, .what = verdict.what,
                           .functions = created_functions(sql, raw->stmt)};
}

bool sql_block(Sql *sql, Span body, SqlStatements *statements)
{
    Fragment fragment = fragment_verbatim(&sql->c->arena, &sql->c->sources, body);
    const PgQuery__ParseResult *tree = tree_parse(sql, "", &fragment, "");
    if (tree == NULL)
        return false;
    for (size_t i = 0; i < tree->n_stmts; i++)
        list_push(&sql->c->arena, statements, read_statement(sql, tree->stmts[i], body));
    return true;
}
