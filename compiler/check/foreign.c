/* Foreign tables: their server, what their wrapper is told, and what they cannot have, since their rows are elsewhere
 * (src/backend/commands: DefineRelation, ATSimplePermissions and others of tablecmds.c, DefineIndex of indexcmds.c,
 * transformGenericOptions of foreigncmds.c). */
#include "definition.h"
#include "foreign.h"
#include "inherit.h"

/* ------------------------------------------------------------------ what they cannot have */

bool check_not_foreign(Checker *k, const Table *table, Span span, const char *what)
{
    if (table->server == 0)
        return true;
    report(k->c, M_FOREIGN_CANNOT, span, "foreign table \"%.*s\" cannot %s", STR_ARG(table->object.name), what);
    label(k->c, table->object.created, "created here");
    return false;
}

/* The table itself, or what inherits from it; NULL: none of them is foreign. */
static const Table *foreign_member(Checker *k, const Table *table)
{
    ObjectIds descendants = table_descendants(&k->schema, table->object.id);
    const Table *found = table->server != 0 ? table : NULL;
    for (size_t i = 0; i < descendants.count && found == NULL; i++) {
        const Table *member = schema_relation(&k->schema, descendants.items[i]);
        found = member->server != 0 ? member : NULL;
    }
    return found;
}

bool check_no_foreign_partition(Checker *k, const Table *table, Span span, const char *what)
{
    const Table *member = table_is_partitioned(table) ? foreign_member(k, table) : NULL;
    return member == NULL || check_not_foreign(k, member, span, what);
}

bool check_foreign_constraint(Checker *k, const Table *table, const Node *node)
{
    switch ((int) node->kind) {
    case NODE_KEY:
        return check_not_foreign(k, table, node->span, "have keys") &&
               check_no_foreign_partition(k, table, node->span, "have keys");
    case NODE_EXCLUSION: return check_not_foreign(k, table, node->span, "exclude rows");
    case NODE_FOREIGN_KEY:
        return check_not_foreign(k, table, node->span, "have foreign keys") &&
               check_no_foreign_partition(k, table, node->span, "have foreign keys");
    default: return true;
    }
}

static const char *what_it_lacks(const Node *action)
{
    switch ((int) action->kind) {
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: return "have storage parameters";
    case NODE_SET_TABLESPACE: return "be in a tablespace";
    case NODE_SET_ACCESS_METHOD: return "have an access method";
    case NODE_SET_PERSISTENCE: return "be logged or not";
    case NODE_SET_ROW_SECURITY: return "have row level security";
    case NODE_CLUSTER_ON: return "be clustered";
    case NODE_REPLICA_IDENTITY: return "have a replica identity";
    case NODE_SET_RULE: return "have rules";
    case NODE_ALTER_CONSTRAINT: return "have deferrable constraints";
    case NODE_SET_COMPRESSION: return "compress its columns";
    default: return NULL;
    }
}

static bool allow_column_actions(Checker *k, const Table *table, const NodeAlterColumn *node)
{
    for (size_t i = 0; i < node->actions.count; i++) {
        const Node *action = node->actions.items[i];
        bool compression = action->kind == NODE_SET_COMPRESSION;
        if (compression && !check_not_foreign(k, table, action->span, what_it_lacks(action)))
            return false;
    }
    return true;
}

bool check_foreign_allows(Checker *k, const Table *table, const Node *action)
{
    const char *lacks = what_it_lacks(action);
    if (table->server == 0)
        return true;
    if (action->kind == NODE_ALTER_COLUMN)
        return allow_column_actions(k, table, (const NodeAlterColumn *) action);
    return lacks == NULL || check_not_foreign(k, table, action->span, lacks);
}

bool check_foreign_conversion(Checker *k, const Table *table, Span using)
{
    const Table *member = span_is_known(using) ? foreign_member(k, table) : NULL;
    return member == NULL || check_not_foreign(k, member, using, "convert its rows");
}

/* ------------------------------------------------------------------ partitions */

static bool report_key_above(Checker *k, Span span, const Table *parent, Span created, const char *what)
{
    report(k->c, M_FOREIGN_CANNOT, span, "table \"%.*s\" has %s, which a foreign table cannot be a part of",
           STR_ARG(parent->object.name), what);
    label(k->c, created, "created here");
    return false;
}

/* Other indexes leave it out. */
static bool check_indexes_above(Checker *k, const Table *parent, Span span)
{
    ObjectIds indexes = object_users(&k->schema, parent->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(&k->schema, indexes.items[i]);
        if (index->unique && index->table == parent->object.id)
            return report_key_above(k, span, parent, index->object.created, "a unique index");
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *constraint = parent->constraints.items[i];
        if (constraint_is_key(constraint))
            return report_key_above(k, span, parent, constraint->created, "a unique key");
        if (constraint->kind == CONSTRAINT_FOREIGN && !constraint_is_shadow(parent, constraint))
            return report_key_above(k, span, parent, constraint->created, "a foreign key");
    }
    return true;
}

static bool check_triggers_above(Checker *k, const Table *parent, Span span)
{
    ObjectIds triggers = object_users(&k->schema, parent->object.id, OBJECT_TRIGGER);
    for (size_t i = 0; i < triggers.count; i++) {
        const Definition *trigger = schema_definition(&k->schema, triggers.items[i]);
        if (trigger->of == parent->object.id && str_is(trigger->variant, "constraint"))
            return report_key_above(k, span, parent, trigger->object.created, "a constraint trigger");
    }
    return true;
}

bool check_foreign_partition(Checker *k, const Table *parent, const Table *child, Span span)
{
    if (foreign_member(k, child) == NULL)
        return true;
    while (check_indexes_above(k, parent, span) && check_triggers_above(k, parent, span)) {
        if (parent->bound == NULL)
            return true;
        parent = schema_relation(&k->schema, parent->parents.items[0]);
    }
    return false;
}

/* ------------------------------------------------------------------ options */

static size_t option_place(const StorageOptions *options, Str name)
{
    size_t i = 0;
    while (i < options->count && !str_equal(options->items[i].name, name))
        i++;
    return i;
}

static bool change_option(Checker *k, StorageOptions *options, const NodeWrapperOption *node)
{
    size_t place = option_place(options, node->name.name);
    bool there = place < options->count, wanted = span_is_known(node->set) || span_is_known(node->drop);
    if (there != wanted) {
        report(k->c, M_BAD_WRAPPER_OPTION, node->name.span, there ? "the option \"%.*s\" is there already"
                                                                  : "there is no option \"%.*s\" at this point",
               STR_ARG(node->name.name));
        help(k->c, there ? "`set %.*s '…'`" : "`add %.*s '…'`", STR_ARG(node->name.name));
        return false;
    }
    StorageOption option = {node->name.name, node->value.value};
    if (span_is_known(node->drop))
        list_remove(options, place);
    else if (there)
        options->items[place] = option;
    else
        list_push(CHECKER_ARENA(k), options, option);
    return true;
}

bool change_wrapper_options(Checker *k, StorageOptions *options, const Node *node)
{
    const NodeWrapperOptions *changes = (const NodeWrapperOptions *) node;
    bool fine = true;
    list_clone(CHECKER_ARENA(k), options);
    for (size_t i = 0; node != NULL && i < changes->options.count; i++)
        fine = change_option(k, options, (const NodeWrapperOption *) changes->options.items[i]) && fine;
    return fine;
}

bool check_has_wrapper(Checker *k, const Table *table, Span span)
{
    if (table->server != 0)
        return true;
    report(k->c, M_FOREIGN_CANNOT, span, "table \"%.*s\" is not a foreign one, and has no wrapper to be told this",
           STR_ARG(table->object.name));
    label(k->c, table->object.created, "created here");
    return false;
}

void check_set_wrapper_options(Checker *k, const Table *table, const Node *action)
{
    PropertyValue value = {.options = table->wrapper_options};
    if (check_has_wrapper(k, table, action->span) && change_wrapper_options(k, &value.options, action))
        checker_set(k, action->span, table->object.id, PROPERTY_WRAPPER_OPTIONS, 0, value);
}

void check_set_column_wrapper_options(Checker *k, const Table *table, const ColumnInfo *column, const Node *action)
{
    PropertyValue value = {.options = column->wrapper_options};
    if (check_has_wrapper(k, table, action->span) && change_wrapper_options(k, &value.options, action))
        checker_set(k, action->span, table->object.id, PROPERTY_COLUMN_WRAPPER_OPTIONS, column->id, value);
}

/* ------------------------------------------------------------------ create */

const Definition *named_server(Checker *k, Str name)
{
    Definition like = {.object = {.kind = OBJECT_SERVER, .name = name}};
    return definition_find(&k->schema, &like);
}

static bool build_server(Checker *k, Table *table, Word name)
{
    const Definition *server = named_server(k, name.name);
    if (server != NULL)
        table->server = server->object.id;
    else if (!is_silenced(k, object_word(OBJECT_SERVER), 0, name.name))
        report(k->c, M_UNKNOWN_DEFINITION, name.span, "there is no server \"%.*s\" at this point", STR_ARG(name.name));
    return server != NULL;
}

bool build_foreign_table(Checker *k, Table *table, const NodeCreateTable *node)
{
    if (!word_is_written(node->server))
        return true;
    table->object.kind = OBJECT_FOREIGN_TABLE;
    bool fine = build_server(k, table, node->server);
    return change_wrapper_options(k, &table->wrapper_options, node->wrapper_options) && fine;
}
