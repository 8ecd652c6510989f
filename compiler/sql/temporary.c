/* Temporary relations. They live in a schema of their session, where unqualified names are looked for first, so the
 * model need not know them; but a statement about one must not be taken for one about a table of the same name. */
#include "lower.h"

static bool is_temporary_name(const Sql *sql, const char *schema, const char *name)
{
    if (schema[0] != '\0')
        return str_starts_with(str_from(schema), STR("pg_temp"));
    return map_get(&sql->temporary, str_from(name)) != 0;
}

bool relation_is_temporary(const Sql *sql, const PgQuery__RangeVar *relation)
{
    return relation != NULL && (strcmp(relation->relpersistence, "t") == 0 ||
                                is_temporary_name(sql, relation->schemaname, relation->relname));
}

/* A new relation: whether it is temporary is said with it. */
static bool note_created(Sql *sql, const PgQuery__RangeVar *relation)
{
    bool temporary = strcmp(relation->relpersistence, "t") == 0 || is_temporary_name(sql, relation->schemaname, "");
    if (temporary)
        map_set(&sql->temporary, str_from(relation->relname), 1);
    return temporary;
}

/* ------------------------------------------------------------------ names in lists */

static bool names_temporary(const Sql *sql, size_t count, PgQuery__Node *const *names)
{
    const char *schema = count > 1 ? names[count - 2]->string->sval : "";
    return count > 0 && is_temporary_name(sql, schema, names[count - 1]->string->sval);
}

static bool is_temporary_object(const Sql *sql, const PgQuery__Node *object)
{
    return object->node_case == PG_QUERY__NODE__NODE_LIST &&
           names_temporary(sql, object->list->n_items, object->list->items);
}

static bool is_relation(PgQuery__ObjectType type)
{
    return type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE || type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW || type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX;
}

static bool drops_temporary(Sql *sql, const PgQuery__DropStmt *drop)
{
    for (size_t i = 0; i < drop->n_objects; i++) {
        if (!is_relation(drop->remove_type) || !is_temporary_object(sql, drop->objects[i]))
            return false;
    }
    for (size_t i = 0; i < drop->n_objects; i++) {
        const PgQuery__List *names = drop->objects[i]->list;
        map_set(&sql->temporary, tree_name(names->n_items, names->items), 0);
    }
    return true;
}

/* The relation of a column or constraint is what stands before its name. */
static bool comments_on_temporary(const Sql *sql, const PgQuery__CommentStmt *comment)
{
    const PgQuery__Node *object = comment->object;
    if (object == NULL || object->node_case != PG_QUERY__NODE__NODE_LIST || object->list->n_items == 0)
        return false;
    if (comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN ||
        comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT)
        return names_temporary(sql, object->list->n_items - 1, object->list->items);
    return is_relation(comment->objtype) && is_temporary_object(sql, object);
}

static bool renames_temporary(Sql *sql, const PgQuery__RenameStmt *rename)
{
    if (!relation_is_temporary(sql, rename->relation))
        return false;
    if (is_relation(rename->rename_type)) {
        map_set(&sql->temporary, str_from(rename->relation->relname), 0);
        map_set(&sql->temporary, str_from(rename->newname), 1);
    }
    return true;
}

/* An index of a temporary table is temporary, too. */
static bool indexes_temporary(Sql *sql, const PgQuery__IndexStmt *create)
{
    if (!relation_is_temporary(sql, create->relation))
        return false;
    if (create->idxname[0] != '\0')
        map_set(&sql->temporary, str_from(create->idxname), 1);
    return true;
}

/* ------------------------------------------------------------------ all statements */

bool is_about_temporary(Sql *sql, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT: return note_created(sql, node->create_stmt->relation);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT: return note_created(sql, node->create_table_as_stmt->into->rel);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return node->select_stmt->into_clause != NULL && note_created(sql, node->select_stmt->into_clause->rel);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: return note_created(sql, node->create_seq_stmt->sequence);
    case PG_QUERY__NODE__NODE_VIEW_STMT: return note_created(sql, node->view_stmt->view);
    case PG_QUERY__NODE__NODE_INDEX_STMT: return indexes_temporary(sql, node->index_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT: return relation_is_temporary(sql, node->alter_table_stmt->relation);
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT: return relation_is_temporary(sql, node->alter_seq_stmt->sequence);
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT: return relation_is_temporary(sql, node->create_trig_stmt->relation);
    case PG_QUERY__NODE__NODE_RENAME_STMT: return renames_temporary(sql, node->rename_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT: return drops_temporary(sql, node->drop_stmt);
    case PG_QUERY__NODE__NODE_COMMENT_STMT: return comments_on_temporary(sql, node->comment_stmt);
    default: return false;
    }
}

void sql_begin_session(Sql *sql)
{
    sql->temporary = map_new(&sql->c->arena);
    sql->settings = (SqlSettings) {0};
}
