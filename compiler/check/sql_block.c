/* `sql { … }`: statements that the language has itself are checked as if they were written in it; the rest is what the
 * model need not follow, or is refused. */
#include "foreign.h"

static void refuse_statement(Checker *k, const SqlStatement *statement)
{
    Span head = span_head(statement->span, (uint32_t) strlen(statement->what));
    if (statement->class == SQL_TRANSACTION) {
        report(k->c, M_SQL_TRANSACTION, span_head(statement->span, 8),
               "a migration runs in a transaction that is not its own to end");
        help(k->c, "remove it: what is committed together the project says, and the steps themselves");
    } else if (statement->class == SQL_NO_TRANSACTION) {
        report(k->c, M_SQL_NO_TRANSACTION, head, "%s cannot run inside a transaction", statement->what);
        help(k->c, "run it by hand, outside the deploy: after a crash nothing would tell whether it was done");
    } else if (statement->class == SQL_CLIENT) {
        report(k->c, M_SQL_CLIENT, span_head(statement->span, 4), "%s has no other side in a migration",
               statement->what);
        help(k->c, "write rows as `insert into … values …`; a file that the server can read may be named");
    } else if (statement->class == SQL_FIXED_SETTING) {
        report(k->c, M_SQL_NOT_FOLLOWED, statement->span, "%s", statement->what);
        help(k->c, "%s", statement->help_text);
    } else {
        report(k->c, M_SQL_NOT_FOLLOWED, head,
               "%s inside `sql` would change the schema behind the compiler's back", statement->what);
        help(k->c, "%s", statement->help_text != NULL
                             ? statement->help_text
                             : "say the same with statements that the compiler follows, or put it into "
                               "`unchecked sql { … }`");
    }
}

bool check_is_read_alike(Checker *k, Span span)
{
    const char *name, *value;
    if (!sql_is_read_otherwise(&k->sql, &name, &value))
        return true;
    report(k->c, M_SQL_NOT_FOLLOWED, span_head(span, 60), "under another %s this may mean something else", name);
    help(k->c, "write `set %s = '%s'` before it, in `sql`, or change %s in a migration of its own", name, value, name);
    return false;
}

/* ------------------------------------------------------------------ statements */

static void run_sql(Checker *k, const SqlStatement *statement, RunSqlChange run)
{
    run.sql = span_text(&k->c->sources, statement->span);
    checker_change(k, (Change) {.kind = CHANGE_RUN_SQL, .span = statement->span, .run_sql = run,
                                .concurrent = statement->class == SQL_OUTSIDE});
}

static void run_statement(Checker *k, const SqlStatement *statement)
{
    bool passes = statement->class == SQL_MAINTENANCE || statement->class == SQL_OUTSIDE;
    run_sql(k, statement, (RunSqlChange) {.passes = passes, .unfollowed = sql_unfollowed(&k->sql, statement)});
}

/* A table that is not there because of an error. */
static void silence_table(Checker *k, const Ref *ref)
{
    ObjectId namespace = schema_next_place(&k->schema, ref_qualifier(ref), 0);
    if (word_is_written(ref->name))
        silence(k, "table", namespace, ref->name.name);
}

/* What is altered, or gets an index or a comment; NULL: something else is done. */
static const Ref *altered_object(const Node *node, ObjectWord *word)
{
    *word = WORD_TABLE;
    switch ((int) node->kind) {
    case NODE_ALTER_TABLE: return &((const NodeAlterTable *) node)->name;
    case NODE_ALTER_INDEX: return &((const NodeAlterIndex *) node)->name;
    case NODE_ALTER_VIEW: return &((const NodeAlterView *) node)->name;
    case NODE_ALTER_SEQUENCE: return &((const NodeAlterSequence *) node)->name;
    case NODE_CREATE_INDEX: return &((const NodeCreateIndex *) node)->table;
    default: break;
    }
    *word = WORD_ANY_TYPE;
    switch ((int) node->kind) {
    case NODE_ALTER_ENUM: return &((const NodeAlterEnum *) node)->name;
    case NODE_ALTER_DOMAIN: return &((const NodeAlterDomain *) node)->name;
    case NODE_ALTER_TYPE: return &((const NodeAlterType *) node)->name;
    default: break;
    }
    const NodeSecurityLabel *label = node->kind == NODE_SECURITY_LABEL ? (const NodeSecurityLabel *) node : NULL;
    *word = node->kind == NODE_COMMENT_ON ? ((const NodeCommentOn *) node)->object
            : label != NULL               ? label->object
                                          : WORD_TABLE;
    if (*word == WORD_COLUMN || *word == WORD_CONSTRAINT || *word == WORD_RULE)
        *word = WORD_TABLE;
    else if (*word == WORD_DOMAIN_CONSTRAINT)
        *word = WORD_DOMAIN;
    return node->kind == NODE_COMMENT_ON ? &((const NodeCommentOn *) node)->name : label != NULL ? &label->name : NULL;
}

/* An unchecked block may go on with what an unchecked block made: the model does not know it. */
static bool is_about_unknown(Checker *k, const Node *node)
{
    ObjectWord word;
    const Ref *altered = altered_object(node, &word);
    if (altered != NULL)
        return !is_named_there(k, word, altered);
    if (node->kind == NODE_CREATE_TABLE) {
        Word server = ((const NodeCreateTable *) node)->server;
        return word_is_written(server) && named_server(k, server.name) == NULL;
    }
    if (node->kind != NODE_DROP)
        return false;
    const NodeDrop *drop = (const NodeDrop *) node;
    for (size_t i = 0; i < drop->names.count; i++) {
        if (is_named_there(k, drop->object, &drop->names.items[i]))
            return false;
    }
    return true;
}

static void check_sql_statement(Checker *k, const SqlStatement *statement, bool unchecked);

static void check_node(Checker *k, const SqlStatement *statement, bool unchecked)
{
    if (unchecked && is_about_unknown(k, statement->node))
        run_statement(k, statement);
    else
        check_statement(k, settle_kind(k, statement->node));
}

/* A function of the project's own may change anything. */
static bool calls_functions(Checker *k, const Expression *expression)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        const Object *object = schema_object(&k->schema, expression->uses.items[i].object);
        if (object_is_definition(object))
            return true;
    }
    return false;
}

/* A function may change anything, but where its code is read it can be seen whether it changes what the model holds.
 * False: reported. */
static bool check_called(Checker *k, const SqlStatement *statement, ObjectId id)
{
    const Definition *called = schema_definition(&k->schema, id);
    if (called == NULL || called->routine == NULL || !called->routine->defines)
        return true;
    report(k->c, M_SQL_NOT_FOLLOWED, statement->span, "\"%.*s\" may change the schema behind the compiler's back",
           STR_ARG(called->object.name));
    label(k->c, called->object.created, "its code is not only about rows");
    help(k->c, "write what it does as statements of their own, or put the call into `unchecked sql { … }`");
    return false;
}

static bool check_calls(Checker *k, const SqlStatement *statement, const Expression *expression)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        if (!check_called(k, statement, expression->uses.items[i].object))
            return false;
    }
    return true;
}

/* CLUSTER … USING says what the relation is clustered by from now on (mark_index_clustered() in
 * src/backend/commands/cluster.c). */
static void note_clustered(Checker *k, Span span, const SqlTargets *targets)
{
    NodeClusterOn *node = node_new(CHECKER_ARENA(k), CLUSTER_ON, ClusterOn, span);
    node->index = targets->index;
    check_table_setting(k, schema_relation(&k->schema, targets->clustered), &node->node);
}

/* Maintenance, settings. */
static void check_maintenance(Checker *k, const SqlStatement *statement)
{
    SqlStatement run = *statement;
    SqlTargets targets;
    if (!sql_check_targets(&k->sql, &k->schema, statement, &targets))
        return;
    if (!check_called(k, statement, targets.called))
        return;
    if (targets.outside)
        run.class = SQL_OUTSIDE;
    run_statement(k, &run);
    if (targets.clustered != 0)
        note_clustered(k, statement->span, &targets);
}

/* Data that is read or changed, or maintenance: the names are looked up. */
static void check_data(Checker *k, const SqlStatement *statement)
{
    QueryScope scope = {.schema = &k->schema, .place = "a statement", .fate = QUERY_RUN, .can_modify = true};
    if (!sql_is_query(statement)) {
        check_maintenance(k, statement);
        return;
    }
    Fragment fragment = fragment_of(k, statement->span);
    const SqlQuery *query = sql_query(&k->sql, &scope, &fragment);
    if (query == NULL || !check_calls(k, statement, query->expression))
        return;
    bool contained = query->written.count > 0 && !calls_functions(k, query->expression);
    run_sql(k, statement, (RunSqlChange) {.written = query->written, .contained = contained});
}

static bool check_features(Checker *k, const SqlStatement *statement)
{
    SqlFeatures features = sql_features(&k->sql, statement);
    bool fine = true;
    for (size_t i = 0; i < features.count; i++) {
        const SqlFeature *feature = &features.items[i];
        fine = check_server(k, feature->since, feature->span, feature->what) && fine;
    }
    return fine;
}

/* What CREATE SCHEMA has made in the schema, from the number on, belongs to the schema's owner, too; indexes and
 * sequences of columns do, through their table. */
static void give_to_owner(Checker *k, Span span, ObjectId first, Str owner)
{
    size_t end = k->schema.objects.count;
    for (ObjectId id = first; id < end && owner.data != NULL; id++) {
        const Object *object = schema_object(&k->schema, id);
        bool sequence = object != NULL && object->kind == OBJECT_SEQUENCE;
        if (object_is_relation(object) || (sequence && ((const Sequence *) object)->owner.table == 0))
            check_new_owner(k, span, id, owner);
    }
}

/* CreateSchemaCommand() in src/backend/commands/schemacmds.c: with the new schema before the others of the path. */
static void check_elements(Checker *k, const SqlStatement *statement, ObjectId first, bool unchecked)
{
    StrList before = k->path;
    Str name = ((const NodeCreateSchema *) statement->node)->name.name;
    const Object *schema = schema_object(&k->schema, schema_find(&k->schema, NAMES_NAMESPACE, 0, name));
    if (schema == NULL || schema->id < first)
        return;
    enter_schema(k, name);
    k->maker = schema->owner;
    for (size_t i = 0; i < statement->elements.count; i++) {
        ObjectId own = (ObjectId) k->schema.objects.count;
        check_sql_statement(k, &statement->elements.items[i], unchecked);
        give_to_owner(k, statement->elements.items[i].span, own, schema->owner);
    }
    k->maker = STR("");
    reset_search_path(k);
    k->path = before;
    follow_search_path(k);
}

static void check_sql_statement(Checker *k, const SqlStatement *statement, bool unchecked)
{
    ObjectId first = (ObjectId) k->schema.objects.count;
    if (!check_features(k, statement))
        return;
    if (!unchecked)
        silence_table(k, &statement->table);
    switch (statement->class) {
    case SQL_NODE: check_node(k, statement, unchecked); break;
    case SQL_DATA:
    case SQL_MAINTENANCE:
    case SQL_OUTSIDE:
        if (statement->followed)
            break;
        if (unchecked)
            run_statement(k, statement);
        else
            check_data(k, statement);
        break;
    case SQL_DEFINITION:
        if (check_is_read_alike(k, statement->span))
            check_definition(k, statement);
        break;
    case SQL_NOT_FOLLOWED:
        if (unchecked)
            run_statement(k, statement);
        else
            refuse_statement(k, statement);
        break;
    case SQL_SEARCH_PATH: check_search_path(k, statement); break;
    case SQL_FIXED_SETTING:
    case SQL_CLIENT:
    case SQL_TRANSACTION:
    case SQL_NO_TRANSACTION: refuse_statement(k, statement); break;
    case SQL_REPORTED: break;
    }
    if (statement->elements.count > 0)
        check_elements(k, statement, first, unchecked);
}

void check_sql_block(Checker *k, const NodeSqlBlock *node)
{
    SqlStatements statements = {0};
    bool unchecked = span_is_known(node->unchecked);
    if (!sql_lower(&k->sql, k->syntax, node, &statements))
        return;
    if (statements.count == 0)
        report(k->c, M_SQL_EMPTY, node->node.span, "this block holds no statement");
    SqlSettings behind = k->sql.settings;
    for (size_t i = 0; i < statements.count; i++) {
        k->sql.settings = statements.items[i].settings;
        check_sql_statement(k, &statements.items[i], unchecked);
    }
    k->sql.settings = behind;
}
