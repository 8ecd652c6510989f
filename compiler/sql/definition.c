/* Statements about what only SQL defines, by the kind of their tree. */
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
    if (r->refused)
        return;
    d->text = text_finish(&r->text, tree);
    d->attributes = d->created;
}

static bool read_creation(DefinitionReader *r, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
        begin_create(r);
        read_create_function(r, node->create_function_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
        begin_create(r);
        read_create_trigger(r, node->create_trig_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
        begin_create(r);
        read_create_event_trigger(r, node->create_event_trig_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
        begin_create(r);
        read_create_policy(r, node->create_policy_stmt);
        break;
    default: return false;
    }
    end_create(r, node);
    return true;
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

static void read_other(DefinitionReader *r, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_DROP_STMT: read_drop(r, node->drop_stmt); break;
    case PG_QUERY__NODE__NODE_COMMENT_STMT: read_comment(r, node->comment_stmt); break;
    case PG_QUERY__NODE__NODE_RENAME_STMT: read_rename(r, node->rename_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT: read_set_schema(r, node->alter_object_schema_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT: read_set_owner(r, node->alter_owner_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT: read_alter_function(r, node->alter_function_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT: read_alter_policy(r, node->alter_policy_stmt); break;
    case PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT: read_event_trigger_state(r, node->alter_event_trig_stmt); break;
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
    case PG_QUERY__NODE__NODE_RENAME_STMT: type = node->rename_stmt->rename_type; break;
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT: type = node->alter_object_schema_stmt->object_type; break;
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT: type = node->alter_owner_stmt->object_type; break;
    default: break;
    }
    return definition_kind(type) == OBJECT_KIND_COUNT;
}

bool sql_definition(Sql *sql, const Schema *schema, const SqlStatement *statement, SqlDefinition *definition)
{
    const PgQuery__Node *node = (const PgQuery__Node *) (const void *) statement->tree;
    Arena *arena = &sql->c->arena;
    Fragment block = fragment_verbatim(arena, &sql->c->sources, statement->body);
    DefinitionReader r = {.sql = sql, .c = sql->c, .arena = arena, .schema = schema, .statement = statement};
    *definition = (SqlDefinition) {0};
    r.out = definition;
    r.names = (NamePlace) {sql, schema, &block, ""};
    r.at = cursor_over(statement->tokens, statement->span);
    r.text = (DefinitionText) {.arena = arena, .sources = &sql->c->sources};
    if (is_unknown_kind(node))
        definition->verb = SQL_OPAQUE;
    else if (!read_creation(&r, node))
        read_other(&r, node);
    return !r.refused;
}
