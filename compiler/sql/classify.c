/* What a statement is to the model, by the kind of its tree. */
#include "lower.h"

typedef struct Verdict {
    SqlClass class;
    const char *what, *help_text;
} Verdict;

static const Verdict is_node = {SQL_NODE, NULL, NULL}, is_data = {SQL_DATA, NULL, NULL},
                     is_maintenance = {SQL_MAINTENANCE, NULL, NULL},
                     is_definition = {SQL_DEFINITION, NULL, NULL};

static Verdict not_followed(const char *what)
{
    return (Verdict) {SQL_NOT_FOLLOWED, what, NULL};
}

static const Verdict is_import = {SQL_NOT_FOLLOWED, "IMPORT FOREIGN SCHEMA",
                                  "what it makes the other server decides: `create foreign table` each of them"};

static Verdict alone(const char *what)
{
    return (Verdict) {SQL_NO_TRANSACTION, what, NULL};
}

static const Verdict is_outside = {SQL_OUTSIDE, NULL, NULL};

/* ------------------------------------------------------------------ by the kind of object */

static Verdict judge_object(PgQuery__ObjectType type)
{
    return object_is_followed(type) ? is_node : is_definition;
}

/* ------------------------------------------------------------------ tables by other names */

static Verdict judge_select(const PgQuery__SelectStmt *select)
{
    return select->into_clause != NULL ? is_node : is_data;
}

static Verdict judge_copy(const PgQuery__CopyStmt *copy)
{
    if (copy->filename[0] != '\0')
        return is_data;
    return (Verdict) {SQL_CLIENT, copy->is_from ? "COPY … FROM STDIN" : "COPY … TO STDOUT", NULL};
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
    return many || has_option(reindex->n_params, reindex->params, "concurrently") ? is_outside : is_maintenance;
}

/* Only with ANALYZE what is explained is done. */
static Verdict judge_explain(const PgQuery__ExplainStmt *explain)
{
    return has_option(explain->n_options, explain->options, "analyze") ? is_data : is_maintenance;
}

static Verdict judge_maintenance(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_VACUUM_STMT: return node->vacuum_stmt->is_vacuumcmd ? is_outside : is_maintenance;
    case PG_QUERY__NODE__NODE_REINDEX_STMT: return judge_reindex(node->reindex_stmt);
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
        return node->cluster_stmt->relation == NULL ? is_outside : is_maintenance;
    case PG_QUERY__NODE__NODE_DISCARD_STMT: return alone("DISCARD");
    case PG_QUERY__NODE__NODE_CREATEDB_STMT: return alone("CREATE DATABASE");
    case PG_QUERY__NODE__NODE_DROPDB_STMT: return alone("DROP DATABASE");
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT: return alone("CREATE TABLESPACE");
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT: return alone("DROP TABLESPACE");
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT: return alone("ALTER SYSTEM");
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT: return alone("CREATE SUBSCRIPTION");
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT: return alone("DROP SUBSCRIPTION");
    default: return is_definition;
    }
}

/* ------------------------------------------------------------------ all statements */

static Verdict judge_change(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return judge_object(node->alter_table_stmt->objtype);
    case PG_QUERY__NODE__NODE_RENAME_STMT: return judge_object(renamed_kind(node->rename_stmt));
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
        return judge_object(node->alter_object_schema_stmt->object_type);
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
        return judge_object(node->alter_owner_stmt->object_type);
    case PG_QUERY__NODE__NODE_DROP_STMT: return judge_object(node->drop_stmt->remove_type);
    case PG_QUERY__NODE__NODE_COMMENT_STMT: return judge_object(node->comment_stmt->objtype);
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT: return judge_object(node->sec_label_stmt->objtype);
    case PG_QUERY__NODE__NODE_DEFINE_STMT: return is_definition;
    case PG_QUERY__NODE__NODE_SELECT_STMT: return judge_select(node->select_stmt);
    case PG_QUERY__NODE__NODE_COPY_STMT: return judge_copy(node->copy_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TYPE_STMT: return is_definition;
    case PG_QUERY__NODE__NODE_IMPORT_FOREIGN_SCHEMA_STMT: return is_import;
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT: return not_followed("ALTER EXTENSION … ADD or DROP");
    case PG_QUERY__NODE__NODE_DROP_OWNED_STMT: return not_followed("DROP OWNED");
    default: return judge_maintenance(node);
    }
}

static Verdict judge(const PgQuery__Node *node)
{
    /* a table */
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
    case PG_QUERY__NODE__NODE_INDEX_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
    case PG_QUERY__NODE__NODE_RULE_STMT:
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT: return is_node;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
    case PG_QUERY__NODE__NODE_DO_STMT:
    case PG_QUERY__NODE__NODE_EXECUTE_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_FETCH_STMT:
    case PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT: return is_data;
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT: return judge_explain(node->explain_stmt);
    case PG_QUERY__NODE__NODE_LOCK_STMT:
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
    case PG_QUERY__NODE__NODE_DEALLOCATE_STMT:
    case PG_QUERY__NODE__NODE_NOTIFY_STMT:
    case PG_QUERY__NODE__NODE_LISTEN_STMT:
    case PG_QUERY__NODE__NODE_UNLISTEN_STMT:
    case PG_QUERY__NODE__NODE_LOAD_STMT:
    case PG_QUERY__NODE__NODE_CHECK_POINT_STMT:
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT: return is_maintenance;
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT: return (Verdict) {SQL_TRANSACTION, "transaction control", NULL};
    default: return judge_change(node);
    }
}

bool class_defines(SqlClass class)
{
    switch (class) {
    case SQL_NODE:
    case SQL_DEFINITION:
    case SQL_NOT_FOLLOWED: return true;
    case SQL_DATA:
    case SQL_MAINTENANCE:
    case SQL_SEARCH_PATH:
    case SQL_FIXED_SETTING:
    case SQL_TRANSACTION:
    case SQL_OUTSIDE:
    case SQL_NO_TRANSACTION:
    case SQL_CLIENT:
    case SQL_REPORTED: break;
    }
    return false;
}

void statement_classify(Sql *sql, const PgQuery__Node *node, SqlStatement *statement)
{
    statement->settings = sql->settings;
    if (node->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
        setting_classify(sql, node->variable_set_stmt, statement);
        return;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_SELECT_STMT && select_sets_path(sql, node->select_stmt, statement))
        return;
    Verdict verdict = is_about_temporary(sql, node) ? is_data : judge(node);
    statement->class = verdict.class;
    statement->what = verdict.what;
    statement->help_text = verdict.help_text;
}
