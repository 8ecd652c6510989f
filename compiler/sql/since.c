/* What of PostgreSQL's grammar is younger than the oldest server that can be meant (release notes, appendix E). The
 * parser is of one version and takes it all; what the language has a spelling for is said where that is checked. */
#include "extent.h"
#include "tree.h"

typedef struct Newer {
    const ProtobufCMessageDescriptor *message;
    const char *field;   /* that is there; NULL: the message itself is it */
    int value;           /* of a field that is an enum */
    unsigned since;
    const char *what;
} Newer;

#define NEWER(kind, field, since, what) {&pg_query__##kind##__descriptor, field, 0, since, what}
#define NEWER_VALUE(kind, field, value, since, what) \
    {&pg_query__##kind##__descriptor, field, PG_QUERY__##value, since, what}

static const Newer newer[] = {
    NEWER_VALUE(select_stmt, "limit_option", LIMIT_OPTION__LIMIT_OPTION_WITH_TIES, 13, "`with ties`"),
    NEWER(select_stmt, "group_distinct", 14, "`group by distinct`"),
    NEWER(common_table_expr, "search_clause", 14, "`search`"),
    NEWER(common_table_expr, "cycle_clause", 14, "`cycle`"),
    NEWER(join_expr, "join_using_alias", 14, "a name for the columns of `using`"),
    NEWER(create_trig_stmt, "replace", 14, "`create or replace trigger`"),
    NEWER(create_function_stmt, "sql_body", 14, "a body that is no string"),
    NEWER(stats_elem, "expr", 14, "statistics of an expression"),
    NEWER(merge_stmt, NULL, 15, "`merge`"),
    NEWER(publication_table, "columns", 15, "a list of columns in a publication"),
    NEWER(publication_table, "where_clause", 15, "`where` in a publication"),
    NEWER_VALUE(publication_obj_spec, "pubobjtype", PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_SCHEMA, 15,
                "a publication of a schema"),
    NEWER_VALUE(grant_stmt, "objtype", OBJECT_TYPE__OBJECT_PARAMETER_ACL, 15, "a privilege on a parameter"),
};

/* Likewise of the words that options are called by. */
typedef struct NewerOption {
    const char *name;
    unsigned since;
    const char *what;
} NewerOption;

static const NewerOption newer_options[] = {
    {"multirange_type_name", 14, "`multirange_type_name`"},
};

typedef struct Search {
    Arena *arena;
    const SqlStatement *statement;
    SqlFeatures *found;
} Search;

static bool is_there(const ProtobufCMessage *message, const Newer *row)
{
    if (row->field == NULL)
        return true;
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(row->message, row->field);
    const char *at = (const char *) message + field->offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return *(const size_t *) ((const char *) message + field->quantifier_offset) > 0;
    switch ((int) field->type) {
    case PROTOBUF_C_TYPE_ENUM: return *(const int *) at == row->value;
    case PROTOBUF_C_TYPE_BOOL: return *(const protobuf_c_boolean *) at;
    default: return *(const ProtobufCMessage *const *) at != NULL;
    }
}

/* The first location in it; -1: none. */
static bool take_location(void *context, const ProtobufCMessage *message)
{
    int32_t *location = context;
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, "location");
    if (*location < 0 && field != NULL)
        *location = *(const int32_t *) ((const char *) message + field->offset);
    return *location < 0;
}

/* The token where it stands: what the field holds, or the message; where neither says, the statement's first. */
static Span place_of(const Search *search, const ProtobufCMessage *message, const Newer *row)
{
    const SqlStatement *statement = search->statement;
    const ProtobufCFieldDescriptor *field =
        row->field == NULL ? NULL : protobuf_c_message_descriptor_get_field_by_name(row->message, row->field);
    int32_t location = -1;
    if (field != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE && field->label != PROTOBUF_C_LABEL_REPEATED)
        message = *(const ProtobufCMessage *const *) ((const char *) message + field->offset);
    if (field == NULL || field->type != PROTOBUF_C_TYPE_BOOL)
        tree_walk(message, take_location, &location);
    Span rest = statement->span;
    if (location >= 0)
        rest.start = statement->base + (uint32_t) location;
    Cursor at = cursor_over(statement->tokens, rest);
    return cursor_next(&at);
}

static void note_newer_option(Search *search, const PgQuery__DefElem *option)
{
    for (size_t i = 0; i < sizeof newer_options / sizeof *newer_options; i++) {
        const NewerOption *row = &newer_options[i];
        Span rest = search->statement->span;
        if (strcmp(row->name, option->defname) != 0)
            continue;
        rest.start = search->statement->base + (uint32_t) option->location;
        Cursor at = cursor_over(search->statement->tokens, rest);
        list_push(search->arena, search->found, (SqlFeature) {row->since, row->what, cursor_next(&at)});
    }
}

static bool note_newer(void *context, const ProtobufCMessage *message)
{
    Search *search = context;
    if (tree_is(message, pg_query__def_elem))
        note_newer_option(search, (const PgQuery__DefElem *) message);
    for (size_t i = 0; i < sizeof newer / sizeof *newer; i++) {
        const Newer *row = &newer[i];
        if (row->message == message->descriptor && is_there(message, row))
            list_push(search->arena, search->found,
                      (SqlFeature) {row->since, row->what, place_of(search, message, row)});
    }
    return true;
}

SqlFeatures sql_features(Sql *sql, const SqlStatement *statement)
{
    SqlFeatures features = {0};
    Search search = {&sql->c->arena, statement, &features};
    if (statement->tree != NULL)
        tree_walk(&tree_of(statement)->base, note_newer, &search);
    return features;
}
