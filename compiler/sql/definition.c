/* Statements about what only SQL defines, by the kind of their tree. */
#include "lower.h"
#include "read_definition.h"

/* CREATE is not a part of the text, nor are OR REPLACE and IF NOT EXISTS. */
static void begin_create(DefinitionReader *r)
{
    r->out->verb = SQL_CREATE;
    r->out->definition = arena_new(r->arena, Definition);
    cursor_take(&r->at, "create");
    r->out->replace = cursor_take(&r->at, "or replace");
}

static void end_create(DefinitionReader *r, const PgQuery__Node *node)
{
    Definition *d = r->out->definition;
    const ProtobufCMessage *tree = r->shape != NULL ? r->shape : &node->base;
    if (r->refused || d->text != NULL)
        return;
    d->text = text_finish(&r->text, tree);
    d->attributes = d->created;
}

/* The statement creates a definition: reads which. */
static bool read_common(DefinitionReader *r, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT: read_create_function(r, node->create_function_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT: read_create_trigger(r, node->create_trig_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
        read_create_event_trigger(r, node->create_event_trig_stmt);
        return true;
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT: read_create_policy(r, node->create_policy_stmt); return true;
    default: return false;
    }
}

static bool read_rare(DefinitionReader *r, const PgQuery__Node *node)
{ /* a table */
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_DEFINE_STMT: return read_define(r, node->define_stmt);
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT: read_create_cast(r, node->create_cast_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT: read_create_transform(r, node->create_transform_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT:
        read_create_conversion(r, node->create_conversion_stmt);
        return true;
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT: read_create_class(r, node->create_op_class_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT: read_create_family(r, node->create_op_family_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT: read_create_statistics(r, node->create_stats_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT: read_create_language(r, node->create_plang_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT: read_create_access_method(r, node->create_am_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT: read_create_wrapper(r, node->create_fdw_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
        read_create_server(r, node->create_foreign_server_stmt);
        return true;
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
        read_create_mapping(r, node->create_user_mapping_stmt);
        return true;
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT: read_create_range(r, node->create_range_stmt); return true;
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
        read_create_publication(r, node->create_publication_stmt);
        return true;
    default: return false;
    }
}

/* False: the statement creates nothing of the kind, and the reader is as it was. */
static bool read_creation(DefinitionReader *r, const PgQuery__Node *node)
{
    Cursor before = r->at;
    begin_create(r);
    if (read_common(r, node) || read_rare(r, node)) {
        end_create(r, node);
        return true;
    }
    r->at = before;
    *r->out = (SqlDefinition) {0};
    return false;
}

static void read_event_trigger_state(DefinitionReader *r, const PgQuery__AlterEventTrigStmt *alter)
{
    static const struct {
        char letter;
        const char *clause;
    } states[] = {{'O', "ENABLE"}, {'D', "DISABLE"}, {'R', "ENABLE REPLICA"}, {'A', "ENABLE ALWAYS"}};
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter event trigger");
    if (!read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, NULL, &r->at, false))
        return;
    for (size_t i = 1; i < sizeof states / sizeof *states; i++) {
        if (alter->tgenabled[0] == states[i].letter)
            attribute_set(r->arena, &r->out->attributes,
                          (Attribute) {STR("enabled"), text_constant(r->arena, str_from(states[i].clause))});
    }
}

/* Which version of it the indexes were made with is the server's note, and in nobody's way. */
static void read_refresh_collation(DefinitionReader *r)
{
    cursor_take(&r->at, "alter collation");
    read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, NULL, &r->at, false);
    r->out->verb = SQL_PASSING;
}

static void read_other(DefinitionReader *r, const PgQuery__Node *node)
{ /* a table */
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_DROP_STMT: read_drop(r, node->drop_stmt); break;
    case PG_QUERY__NODE__NODE_COMMENT_STMT: read_comment(r, node->comment_stmt); break;
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT: read_security_label(r, node->sec_label_stmt); break;
    case PG_QUERY__NODE__NODE_RENAME_STMT: read_rename(r, node->rename_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT: read_set_schema(r, node->alter_object_schema_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT: read_set_owner(r, node->alter_owner_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT: read_alter_function(r, node->alter_function_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT: read_alter_policy(r, node->alter_policy_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT: read_event_trigger_state(r, node->alter_event_trig_stmt); break;
    case PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT: read_drop_mapping(r, node->drop_user_mapping_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT: read_alter_mapping(r, node->alter_user_mapping_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
        read_alter_server(r, node->alter_foreign_server_stmt);
        break;
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT: read_alter_wrapper(r, node->alter_fdw_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT: read_alter_publication(r, node->alter_publication_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT: read_alter_statistics(r, node->alter_stats_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
        read_default_privileges(r, node->alter_default_privileges_stmt);
        break;
    case PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT:
        read_alter_configuration(r, node->alter_tsconfiguration_stmt);
        break;
    case PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT:
        read_alter_dictionary(r, node->alter_tsdictionary_stmt);
        break;
    case PG_QUERY__NODE__NODE_ALTER_COLLATION_STMT: read_refresh_collation(r); break;
    case PG_QUERY__NODE__NODE_ALTER_OPERATOR_STMT: read_alter_operator(r, node->alter_operator_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_TYPE_STMT: read_alter_type(r, node->alter_type_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT: read_alter_family(r, node->alter_op_family_stmt); break;
    case PG_QUERY__NODE__NODE_GRANT_STMT: read_grant(r, node->grant_stmt); break;
    default: r->out->verb = SQL_OPAQUE;
    }
}

/* Kinds of objects that have no place in the model yet, such as views. */
static bool is_unknown_kind(const PgQuery__Node *node)
{
    PgQuery__ObjectType type = PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION;
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_DROP_STMT: type = node->drop_stmt->remove_type; break;
    case PG_QUERY__NODE__NODE_COMMENT_STMT: type = node->comment_stmt->objtype; break;
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT: type = node->sec_label_stmt->objtype; break;
    case PG_QUERY__NODE__NODE_RENAME_STMT: type = node->rename_stmt->rename_type; break;
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT: type = node->alter_object_schema_stmt->object_type; break;
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT: type = node->alter_owner_stmt->object_type; break;
    default: break;
    }
    return definition_kind(type) == OBJECT_KIND_COUNT;
}

/* Privileges of what the model does not hold: they are not followed. */
static bool is_outside(PgQuery__ObjectType type)
{
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PARAMETER_ACL: return true;
    default: return false;
    }
}

bool definition_is_opaque(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
    case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
    case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT: return true;
    case PG_QUERY__NODE__NODE_GRANT_STMT: return is_outside(node->grant_stmt->objtype);
    default: return is_unknown_kind(node);
    }
}

bool sql_definition(Sql *sql, const Schema *schema, const SqlStatement *statement, SqlDefinition *definition)
{
    const PgQuery__Node *node = (const PgQuery__Node *) (const void *) statement->tree;
    Arena *arena = &sql->c->arena;
    Fragment block = fragment_verbatim(arena, &sql->c->sources, statement->body);
    DefinitionReader r = {.sql = sql, .c = sql->c, .arena = arena, .schema = schema, .statement = statement};
    *definition = (SqlDefinition) {0};
    r.out = definition;
    r.names = (NamePlace) {.sql = sql, .schema = schema, .fragment = &block, .prefix = ""};
    r.at = cursor_over(statement->tokens, statement->span);
    r.text = (DefinitionText) {.arena = arena, .sources = &sql->c->sources};
    if (definition_is_opaque(node))
        definition->verb = SQL_OPAQUE;
    else if (!read_creation(&r, node))
        read_other(&r, node);
    return !r.refused;
}
