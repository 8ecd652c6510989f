/* The whole history, one migration after the other, each against the schema as it is then. */
#include "bug.h"
#include "checker.h"
#include "inherit.h"

/* What of `alter table only` children could have taken part in. */
static bool is_only(Checker *k, const Change *change)
{
    ObjectId table = change_relation(change);
    return k->only && table != 0 && schema_relation(&k->schema, table) != NULL && table_has_children(&k->schema, table);
}

void checker_change(Checker *k, Change change)
{
    Inverse inverse = {0};
    change.only = change.only || is_only(k, &change);
    change.statement = k->statement;
    change.after_commit = k->sql.needs_commit;
    k->sql.needs_commit = false;
    if (change.kind == CHANGE_RUN_SQL)
        change.run_sql.path = checker_path(k);
    else if (change.kind == CHANGE_REQUIRE)
        change.require.path = checker_path(k);
    change_complete(&k->schema, &change);
    if (change.kind == CHANGE_DROP)
        inverse.dropped = schema_object(&k->schema, change.drop.object)->kind;
    inverse.known = change_invert(&k->schema, &change, &inverse.changes);
    if (k->losses != NULL) {
        losses_note(&k->schema, &change, k->file, k->losses);
        note_change(k, &change);
    }
    list_push(CHECKER_ARENA(k), &k->inverses, inverse);
    list_push(CHECKER_ARENA(k), k->changes, change);
    change_apply(&k->schema, &change);
    if (k->path.count > 0)
        follow_search_path(k);
}

void check_statement(Checker *k, const Node *written)
{
    const Node *node = statement_to_check(k, written);
    const NodeCreateIndex *index = (const NodeCreateIndex *) node;
    bool defines = node != NULL && node->kind != NODE_SQL_BLOCK && node->kind != NODE_BACKFILL &&
                   node->kind != NODE_REQUIRE && node->kind != NODE_CALL_NATIVE;
    if (node == NULL || (defines && !check_is_read_alike(k, node->span)))
        return;
    switch ((int) node->kind) {
    case NODE_CREATE_SCHEMA: check_create_schema(k, (const NodeCreateSchema *) node); break;
    case NODE_CREATE_EXTENSION: check_create_extension(k, (const NodeCreateExtension *) node); break;
    case NODE_CREATE_ENUM: check_create_enum(k, (const NodeCreateEnum *) node); break;
    case NODE_BACKFILL: check_backfill(k, (const NodeBackfill *) node); break;
    case NODE_REQUIRE: check_require(k, (const NodeRequire *) node); break;
    case NODE_CALL_NATIVE: check_call_native(k, (const NodeCallNative *) node); break;
    case NODE_ALTER_SCHEMA: check_alter_schema(k, (const NodeAlterSchema *) node); break;
    case NODE_ALTER_EXTENSION: check_alter_extension(k, (const NodeAlterExtension *) node); break;
    case NODE_SECURITY_LABEL: check_security_label(k, (const NodeSecurityLabel *) node); break;
    case NODE_COMMENT_ON: check_comment_on(k, (const NodeCommentOn *) node); break;
    case NODE_ALTER_ENUM: check_alter_enum(k, (const NodeAlterEnum *) node); break;
    case NODE_CREATE_DOMAIN: check_create_domain(k, (const NodeCreateDomain *) node); break;
    case NODE_ALTER_DOMAIN: check_alter_domain(k, (const NodeAlterDomain *) node); break;
    case NODE_CREATE_TYPE: check_create_type(k, (const NodeCreateType *) node); break;
    case NODE_ALTER_TYPE: check_alter_type(k, (const NodeAlterType *) node); break;
    case NODE_CREATE_SEQUENCE: check_create_sequence(k, (const NodeCreateSequence *) node); break;
    case NODE_ALTER_SEQUENCE: check_alter_sequence(k, (const NodeAlterSequence *) node); break;
    case NODE_CREATE_TABLE: check_create_table(k, (const NodeCreateTable *) node); break;
    case NODE_CREATE_INDEX: check_create_index(k, index, find_indexed(k, &index->table)); break;
    case NODE_DROP: check_drop(k, (const NodeDrop *) node); break;
    case NODE_ALTER_INDEX: check_alter_index(k, (const NodeAlterIndex *) node); break;
    case NODE_ALTER_TABLE: check_alter_table(k, (const NodeAlterTable *) node); break;
    case NODE_CREATE_VIEW: check_create_view(k, (const NodeCreateView *) node); break;
    case NODE_ALTER_VIEW: check_alter_view(k, (const NodeAlterView *) node); break;
    case NODE_REFRESH: check_refresh(k, (const NodeRefresh *) node); break;
    case NODE_CREATE_TABLE_AS: check_create_table_as(k, (const NodeCreateTableAs *) node); break;
    case NODE_CREATE_RULE: check_create_rule(k, (const NodeCreateRule *) node); break;
    case NODE_DROP_RULE: check_drop_rule(k, (const NodeDropRule *) node); break;
    case NODE_RENAME_RULE: check_rename_rule(k, (const NodeRenameRule *) node); break;
    case NODE_SQL_BLOCK: check_sql_block(k, (const NodeSqlBlock *) node); break;
    default: report_not_yet(k, node->span);
    }
}

void report_not_yet(Checker *k, Span span)
{
    report(k->c, M_NOT_YET, span_head(span, 60), "this is not understood by this version of migc");
}

/* ------------------------------------------------------------------ clauses before up */

static void check_reason(Checker *k, Literal reason)
{
    if (str_trim(reason.value).len > 0)
        return;
    report(k->c, M_EMPTY_REASON, reason.span, "the reason is empty");
    help(k->c, "say why, for those who read this next year");
}

bool check_stored_name(Checker *k, Literal name)
{
    enum { LONGEST = 255 };  /* Knex's column is varchar(255) */
    bool fits = name.value.len > 0 && name.value.len <= LONGEST;
    if (!fits)
        report(k->c, M_BAD_SETTING, name.span, "a stored name has 1 to 255 bytes");
    return fits;
}

static void check_stored(Checker *k, const NodeStoredAs *stored, MigrationInfo *migration)
{
    if (check_stored_name(k, stored->name))
        migration->stored = stored->name.value;
}

/* A clause that may be there once. */
static void note_clause(Checker *k, const Node **seen, const Node *clause, const char *what)
{
    if (*seen != NULL) {
        report(k->c, M_WRITTEN_TWICE, clause->span, "`%s` is written twice", what);
        label(k->c, (*seen)->span, "the first one");
    }
    *seen = clause;
}

static void check_clauses(Checker *k, const NodeMigration *tree, MigrationInfo *migration)
{
    const Node *stored = NULL, *transaction = NULL, *replaces = NULL;
    for (size_t i = 0; i < tree->clauses.count; i++) {
        const Node *clause = tree->clauses.items[i];
        if (clause->kind == NODE_ALLOW) {
            check_allow(k, tree, (const NodeAllow *) clause);
            check_reason(k, ((const NodeAllow *) clause)->reason);
        } else if (clause->kind == NODE_STORED_AS) {
            note_clause(k, &stored, clause, "stored as");
            check_stored(k, (const NodeStoredAs *) clause, migration);
        } else if (clause->kind == NODE_TRANSACTION_NONE) {
            note_clause(k, &transaction, clause, "transaction none");
            migration->no_transaction = clause->span;
        } else if (clause->kind == NODE_REPLACES) {
            note_clause(k, &replaces, clause, "replaces");
            check_replaces(k, (const NodeReplaces *) clause, migration);
        } else {
            BUG("clause of kind %d", (int) clause->kind);
        }
    }
}

/* ------------------------------------------------------------------ migrations */

static void check_up(Checker *k, const NodeMigration *tree, MigrationInfo *migration, size_t before)
{
    const NodeUp *up = (const NodeUp *) tree->up;
    k->changes = &migration->up;
    k->inverses.count = 0;
    Losses losses = {0};
    k->losses = &losses;
    sql_begin_session(&k->sql);
    for (size_t i = 0; i < up->statements.count; i++)
        check_statement(k, up->statements.items[i]);
    reset_search_path(k);
    report_stale(k);
    report_unindexed_keys(k, before);
    k->losses = NULL;
    migration->losses = losses_sorted_out(CHECKER_ARENA(k), &losses);
}

/* A way down that is refused loses nothing. */
static void grade_down(MigrationInfo *migration)
{
    if (migration->irreversible.data != NULL)
        migration->losses = (Losses) {0};
    migration->grade = migration->irreversible.data != NULL ? GRADE_IRREVERSIBLE
                       : migration->losses.count > 0        ? GRADE_LOSSY
                                                            : GRADE_LOSSLESS;
}

MigrationInfo check_migration(Checker *k, ParsedMigration parsed)
{
    Arena *arena = CHECKER_ARENA(k);
    MigrationInfo migration = {.file = parsed.file, .name = parsed.name};
    size_t before = schema_mark(&k->schema), errors = k->c->errors;
    k->file = parsed.file;
    k->first = (ObjectId) k->schema.objects.count;
    migration.stored = str_format(arena, "%.*s.mig", STR_ARG(parsed.name));
    migration.checksum = syntax_checksum(k->syntax, parsed.file);
    check_clauses(k, parsed.tree, &migration);
    if (parsed.tree->down != NULL && parsed.tree->down->kind == NODE_DOWN_IRREVERSIBLE)
        check_reason(k, ((const NodeDownIrreversible *) parsed.tree->down)->reason);
    check_up(k, parsed.tree, &migration, before);
    if (parsed.tree->down != NULL)
        check_down(k, parsed.tree, &migration, before, k->c->errors == errors);
    grade_down(&migration);
    if (parsed.tree->down != NULL)
        report_lossy_down(k, &migration, parsed.tree->down->span);
    return migration;
}

static void check_stored_names(Checker *k, const History *history)
{
    Map seen = map_new(CHECKER_ARENA(k));
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        uint64_t other = map_get(&seen, migration->stored);
        map_set(&seen, migration->stored, i + 1);
        if (other == 0)
            continue;
        Span span = {0, 0, migration->file}, first = {0, 0, history->migrations.items[other - 1].file};
        report(k->c, M_SAME_STORED_NAME, span, "two migrations are stored as '%.*s'", STR_ARG(migration->stored));
        label(k->c, first, "the first one");
    }
}

Checker *checker_new(Compilation *c, Syntax *syntax, Settings settings)
{
    Checker *k = arena_new(&c->arena, Checker);
    *k = (Checker) {.c = c, .syntax = syntax, .catalog = catalog_for(settings.postgres), .settings = settings};
    k->sql = sql_new(c, settings.postgres);
    k->sql.finder = sql_finder(k);
    k->sql.syntax = syntax;
    k->schema = schema_new(&c->arena, k->catalog, settings.schema);
    k->home = k->schema.home;
    k->silenced = map_new(&c->arena);
    k->sql.silenced = &k->silenced;
    k->dropped = map_new(&c->arena);
    return k;
}

void checker_free(Checker *k)
{
    arena_free(&k->scratch);
}

Schema *checker_schema(Checker *k)
{
    return &k->schema;
}

void checker_take_back(Checker *k, size_t mark)
{
    schema_rollback(&k->schema, mark);
    k->silenced = map_new(CHECKER_ARENA(k));
    k->dropped = map_new(CHECKER_ARENA(k));
    k->stale.count = 0;
    k->c->reports.count = 0;
    k->c->errors = 0;
}

History check_history(Compilation *c, Syntax *syntax, Settings settings, ParsedMigrations migrations)
{
    History history = {.settings = settings, .catalog = catalog_for(settings.postgres)};
    Checker *checker = checker_new(c, syntax, settings);
    for (size_t i = 0; i < migrations.count; i++) {
        list_push(&c->arena, &history.migrations, check_migration(checker, migrations.items[i]));
        schema_settle(&checker->schema);
    }
    checker_free(checker);
    check_stored_names(checker, &history);
    check_squashes(checker, &history, migrations);
    excuses_report_unused(c);
    return history;
}

/* ------------------------------------------------------------------ dump */

static void dump_changes(Schema *schema, const ChangeList *changes, Text *out)
{
    for (size_t i = 0; i < changes->count; i++) {
        text_add_c(out, "  ");
        change_print(schema, &changes->items[i], out);
        change_apply(schema, &changes->items[i]);
    }
}

void history_dump(Compilation *c, const History *history, Text *out)
{
    Schema schema = schema_new(&c->arena, history->catalog, history->settings.schema);
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        text_addf(out, "%.*s up\n", STR_ARG(migration->name));
        dump_changes(&schema, &migration->up, out);
        size_t mark = schema_mark(&schema);
        if (migration->irreversible.data != NULL)
            text_addf(out, "%.*s irreversible: %.*s\n", STR_ARG(migration->name), STR_ARG(migration->irreversible));
        else
            text_addf(out, "%.*s down\n", STR_ARG(migration->name));
        dump_changes(&schema, &migration->down, out);
        schema_rollback(&schema, mark);
    }
}
