/* Where statements write: rewriteTargetListIU and rewriteTargetView in src/backend/rewrite/rewriteHandler.c, through
 * views down to a table; infer_arbiter_indexes in src/backend/optimizer/util/plancat.c for ON CONFLICT. */
#include "query.h"

#include "bug.h"
#include "inherit.h"
#include "key.h"
#include "publication.h"
#include "view.h"

/* The columns of the view that is looked at, of those that the statement writes. */
typedef struct Writing {
    RuleEvent event;
    bool conflict;
    ColumnWrites writes;
    Span span;
    bool refused;
} Writing;

/* ------------------------------------------------------------------ what takes the event over */

typedef enum Replacement { REPLACED_NOT, REPLACED_SOMETIMES, REPLACED } Replacement;

static Replacement replaced_by_rule(const Schema *schema, const Table *table, RuleEvent event)
{
    ObjectIds ids = object_users(schema, table->object.id, OBJECT_RULE);
    Replacement found = REPLACED_NOT;
    for (size_t i = 0; i < ids.count; i++) {
        const Rule *rule = schema_rule(schema, ids.items[i]);
        bool fires = rule->firing == RULE_FIRES || rule->firing == RULE_ALWAYS;
        if (rule->table != table->object.id || rule->event != event || !rule->instead || !fires)
            continue;
        if (rule->where == NULL)
            return REPLACED;
        found = REPLACED_SOMETIMES;
    }
    return found;
}

static bool replaced_by_trigger(const Schema *schema, const Table *view, RuleEvent event)
{
    ObjectIds ids = object_users(schema, view->object.id, OBJECT_TRIGGER);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *trigger = schema_definition(schema, ids.items[i]);
        if (trigger->of == view->object.id && (trigger->instead & (1U << event)))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ views */

static size_t column_place(const Table *table, ColumnId id)
{
    size_t place = 0;
    while (place < table->columns.count && table->columns.items[place]->id != id)
        place++;
    return place;
}

/* The column of the view's base; 0: none, which was reported. */
static ColumnId base_column(Reader *r, const Table *view, const ColumnWrite *write, Writing *writing)
{
    size_t place = column_place(view, write->column);
    ColumnId column = place < view->base.columns.count ? view->base.columns.items[place] : 0;
    if (column != 0)
        return column;
    const ColumnInfo *own = table_column(view, write->column);
    query_report(r, M_VIEW_NOT_WRITABLE, write->span, "column \"%.*s\" of view \"%.*s\" is none of a table's",
                 STR_ARG(own->name), STR_ARG(view->object.name));
    label(r->names.sql->c, own->created, "it is computed here");
    writing->refused = true;
    return 0;
}

/* Two columns of a view may be the same one of its table. */
static void check_written_once(Reader *r, const ColumnWrites *writes, size_t last, Writing *writing)
{
    for (size_t i = 0; i < last; i++) {
        if (writes->items[i].column == writes->items[last].column && !writing->refused) {
            query_report(r, M_DUPLICATE_COLUMN, writes->items[last].span,
                         "this is the same column of the view's table as another one that is set");
            label(r->names.sql->c, writes->items[i].span, "the other one");
            writing->refused = true;
        }
    }
}

/* The statement as one about the view's base. What an UPDATE sets to DEFAULT is null then, unless the view has one. */
static void map_writes(Reader *r, const Table *view, Writing *writing)
{
    ColumnWrites mapped = {0};
    for (size_t i = 0; i < writing->writes.count && !writing->refused; i++) {
        ColumnWrite write = writing->writes.items[i];
        write.column = base_column(r, view, &write, writing);
        write.is_default = write.is_default && writing->event == RULE_INSERT && !writing->conflict;
        list_push(READER_ARENA(r), &mapped, write);
        check_written_once(r, &mapped, i, writing);
    }
    writing->writes = mapped;
}

/* The relation below, after the writes were mapped to it; NULL: the rest is not known, nobody's, or was reported. */
static const Table *view_base(Reader *r, const Table *view, Writing *writing)
{
    const Schema *schema = r->names.schema;
    RuleEvent taken = writing->conflict ? RULE_INSERT : writing->event;
    Replacement replaced = replaced_by_rule(schema, view, taken);
    if (replaced == REPLACED || replaced_by_trigger(schema, view, taken) || !view->base.known)
        return NULL;
    if (view->base.relation == 0 || replaced == REPLACED_SOMETIMES) {
        writing->refused = true;
        query_report(r, M_VIEW_NOT_WRITABLE, writing->span, "view \"%.*s\" is not one to write rows through",
                     STR_ARG(view->object.name));
        label(r->names.sql->c, view->object.created, "created here");
        help(r->names.sql->c, replaced == REPLACED_SOMETIMES
                                  ? "add a rule DO INSTEAD without a condition"
                                  : "write to its tables, or give it a trigger INSTEAD OF");
        return NULL;
    }
    map_writes(r, view, writing);
    return writing->refused ? NULL : schema_relation(schema, view->base.relation);
}

/* ------------------------------------------------------------------ tables */

static void check_column(Reader *r, const Table *table, const ColumnWrite *write)
{
    const ColumnInfo *column = table_column(table, write->column);
    bool identity = column->identity.kind == IDENTITY_ALWAYS && !write->overridden;
    if (write->is_default || (!column->generated && !identity))
        return;
    query_report(r, M_GENERATED_SET, write->span, "column \"%.*s\" is %s, and cannot be set", STR_ARG(column->name),
                 column->generated ? "generated" : "always generated as identity");
    label(r->names.sql->c, column->created, "created here");
}

/* RelationGetIndexList() in src/backend/utils/cache/relcache.c: a deferrable key does not tell rows apart at once. */
static bool has_identity(const Table *table)
{
    const Constraint *primary = table_primary_key(table);
    switch (table->replica.kind) {
    case REPLICA_BY_KEY: return primary != NULL && primary->timing == CONSTRAINT_IMMEDIATE;
    case REPLICA_BY_ROW:
    case REPLICA_BY_INDEX: return true;
    case REPLICA_BY_NOTHING: return false;
    }
    BUG("a replica identity of kind %d", (int) table->replica.kind);
}

/* CheckCmdReplicaIdentity() in src/backend/executor/execReplication.c: rows do not matter. Of a partitioned table its
 * partitions are asked, when it comes to them. */
static void check_published(Reader *r, const Table *table, const Writing *writing)
{
    bool plain = table->server == 0 && !table_is_partitioned(table);
    if (!plain || writing->conflict || writing->event == RULE_INSERT || has_identity(table))
        return;
    Str action = writing->event == RULE_UPDATE ? STR("update") : STR("delete");
    const Definition *publication = publication_of_action(r->names.schema, table, action);
    if (publication == NULL)
        return;
    query_report(r, M_PUBLISHED_NAMELESS, writing->span,
                 "\"%.*s\" is published, and has nothing to say which of its rows is meant",
                 STR_ARG(table->object.name));
    label(r->names.sql->c, publication->object.created, "the publication");
    help(r->names.sql->c, "give it a primary key, or `alter table %.*s replica identity full;`",
         STR_ARG(object_sql(r->names.schema, &table->object)));
}

void query_check_writes(Reader *r, const RangeItem *item, RuleEvent event, bool conflict, ColumnWrites writes,
                        Span span)
{
    Writing writing = {.event = event, .conflict = conflict, .span = span};
    QueryFate fate = r->query->scope->fate;
    const Table *table = item->table;
    if (item->sequence && fate == QUERY_RUN)
        query_report(r, M_WRONG_KIND, span, "a sequence's row is changed by setval() and ALTER SEQUENCE only");
    if (fate == QUERY_READ || table == NULL)
        return;
    for (size_t i = 0; i < writes.count; i++) {
        if (writes.items[i].column != 0)   /* else it was reported */
            list_push(READER_ARENA(r), &writing.writes, writes.items[i]);
    }
    while (table->object.kind == OBJECT_VIEW) {
        table = view_base(r, table, &writing);
        if (table == NULL)
            return;
    }
    if (table->object.kind == OBJECT_MATERIALIZED_VIEW) {
        if (fate == QUERY_RUN)
            query_report(r, M_WRONG_KIND, span, "the rows of materialized view \"%.*s\" change by REFRESH only",
                         STR_ARG(table->object.name));
        return;
    }
    for (size_t i = 0; i < writing.writes.count; i++)
        check_column(r, table, &writing.writes.items[i]);
    if (fate == QUERY_RUN && !r->query->merges)
        check_published(r, table, &writing);
}

/* ------------------------------------------------------------------ ON CONFLICT */

/* What ON CONFLICT (…) asks for. */
typedef struct Inference {
    ColumnIds columns;
    bool expressions, where;
} Inference;

static bool same_columns(ColumnIds one, ColumnIds other)
{
    for (size_t i = 0; i < one.count; i++) {
        if (!column_ids_contain(other, one.items[i]))
            return false;
    }
    for (size_t i = 0; i < other.count; i++) {
        if (!column_ids_contain(one, other.items[i]))
            return false;
    }
    return true;
}

/* As far as columns tell: expressions and conditions are taken to be the right ones. */
static bool index_is_asked(Reader *r, const Inference *asked, const Index *index)
{
    ColumnIds columns = {0};
    bool expressions = false;
    for (size_t i = 0; i < index->keys.count; i++) {
        const IndexKey *key = &index->keys.items[i];
        expressions = expressions || key->column == 0;
        if (key->column != 0)
            list_push(READER_ARENA(r), &columns, key->column);
    }
    return index->unique && !index->incomplete && expressions == asked->expressions &&
           (index->where == NULL || asked->where) && same_columns(columns, asked->columns);
}

static bool constraint_is_asked(const Inference *asked, const Constraint *key)
{
    return !asked->expressions && !key->incomplete && constraint_is_key(key) &&
           same_columns(key->columns, asked->columns);
}

static void report_deferrable(Reader *r, const Constraint *key, Span span)
{
    query_report(r, M_UNFIT_INDEX, span, "constraint \"%.*s\" is deferrable, and cannot tell a conflict at once",
                 STR_ARG(key->name));
    label(r->names.sql->c, key->created, "created here");
}

static void check_inferred(Reader *r, const Table *table, const Inference *asked, Span span)
{
    KeyViews keys = key_views(r->names.schema, table->object.id);
    const Constraint *deferred = NULL;
    bool found = false;
    for (size_t i = 0; i < keys.count; i++) {
        const KeyView *key = &keys.items[i];
        bool serves = key->index != NULL ? index_is_asked(r, asked, key->index)
                                         : constraint_is_asked(asked, key->constraint);
        if (serves && key->index == NULL && key->constraint->timing != CONSTRAINT_IMMEDIATE)
            deferred = key->constraint;
        found = found || serves;
    }
    if (deferred != NULL) {
        report_deferrable(r, deferred, span);
    } else if (!found) {
        query_report(r, M_UNFIT_INDEX, span, "no unique index of table \"%.*s\" is over just that",
                     STR_ARG(table->object.name));
        label(r->names.sql->c, table->object.created, "created here");
        help(r->names.sql->c, "ON CONFLICT names the columns of a unique key, all of them, and repeats the WHERE of a "
                              "partial index");
    }
}

static void check_named(Reader *r, const PgQuery__OnConflictClause *clause, const Constraint *key, Span span)
{
    bool updates = clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
    bool indexed = constraint_has_index(key);
    if (!indexed || (key->kind == CONSTRAINT_EXCLUDE && updates)) {
        query_report(r, M_UNFIT_INDEX, span,
                     indexed ? "by exclusion constraint \"%.*s\" a row may be in conflict with several: none is updated"
                             : "constraint \"%.*s\" has no index that could tell a conflict",
                     STR_ARG(key->name));
        label(r->names.sql->c, key->created, "created here");
    } else if (key->timing != CONSTRAINT_IMMEDIATE) {
        report_deferrable(r, key, span);
    }
}

/* The table below, and what is asked of it; NULL: not known, or another's to judge. */
static const Table *conflict_table(Reader *r, const Table *table, Inference *asked)
{
    while (table != NULL && table->object.kind == OBJECT_VIEW) {
        for (size_t i = 0; i < asked->columns.count; i++) {
            size_t place = column_place(table, asked->columns.items[i]);
            asked->columns.items[i] = place < table->base.columns.count ? table->base.columns.items[place] : 0;
        }
        table = table->base.relation == 0 ? NULL : schema_relation(r->names.schema, table->base.relation);
    }
    return table != NULL && object_is_table(&table->object) ? table : NULL;
}

static void check_arbiter(Reader *r, const Table *own, const PgQuery__OnConflictClause *clause, Span span)
{
    const PgQuery__InferClause *infer = clause->infer;
    const Constraint *key = table_constraint_named(own, str_from(infer->conname));
    Inference asked = {.where = infer->where_clause != NULL};
    if (key != NULL)
        check_named(r, clause, key, span);
    for (size_t i = 0; i < infer->n_index_elems; i++) {
        const PgQuery__IndexElem *element = infer->index_elems[i]->index_elem;
        const ColumnInfo *column = table_column_named(own, str_from(element->name));
        asked.expressions = asked.expressions || element->expr != NULL;
        if (column != NULL)
            list_push(READER_ARENA(r), &asked.columns, column->id);
    }
    const Table *table = infer->n_index_elems == 0 ? NULL : conflict_table(r, own, &asked);
    if (table != NULL && !r->refused)
        check_inferred(r, table, &asked, span);
}

/* RewriteQuery(): a rule for UPDATE, or one for INSERT that does something. Rows that go through a view to its table
 * do not meet the view's rules for UPDATE. */
static bool has_rules_in_the_way(const Schema *schema, const Table *table)
{
    ObjectIds ids = object_users(schema, table->object.id, OBJECT_RULE);
    if (table->object.kind == OBJECT_VIEW && replaced_by_rule(schema, table, RULE_INSERT) == REPLACED_NOT)
        return false;
    for (size_t i = 0; i < ids.count; i++) {
        const Rule *rule = schema_rule(schema, ids.items[i]);
        bool acts = rule->event == RULE_UPDATE || (rule->event == RULE_INSERT && rule->actions.count > 0);
        if (rule->table == table->object.id && acts)
            return true;
    }
    return false;
}

void query_check_conflict(Reader *r, const RangeItem *item, const PgQuery__OnConflictClause *clause)
{
    bool updates = clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
    QueryFate fate = r->query->scope->fate;
    Span span = query_place(r, clause->infer != NULL ? clause->infer->location : clause->location);
    if (updates && clause->infer == NULL)
        query_report(r, M_BAD_QUERY, span, "DO UPDATE has to know which conflict is meant: ON CONFLICT (…)");
    if (fate == QUERY_READ || item->table == NULL)
        return;
    if (has_rules_in_the_way(r->names.schema, item->table))
        query_report(r, M_BAD_QUERY, span, "\"%.*s\" has rules for INSERT or UPDATE, which exclude ON CONFLICT",
                     STR_ARG(item->table->object.name));
    else if (fate == QUERY_RUN && clause->infer != NULL)
        check_arbiter(r, item->table, clause, span);
}

/* ------------------------------------------------------------------ MERGE */

/* transformMergeStmt() in src/backend/parser/parse_merge.c */
void query_check_merge(Reader *r, const RangeItem *item, Span span)
{
    enum { VIEWS_SINCE = 17 };
    const Table *table = item->table;
    if (table == NULL)
        return;
    bool is_view = table->object.kind == OBJECT_VIEW;
    bool fits = object_is_table(&table->object) && table->server == 0;
    if (is_view && r->names.schema->view.catalog->major >= VIEWS_SINCE)
        fits = true;
    if (!fits)
        query_report(r, M_BAD_QUERY, span, "MERGE does not change the rows of a %s", object_word(table->object.kind));
    else if (object_users(r->names.schema, table->object.id, OBJECT_RULE).count > 0)
        query_report(r, M_BAD_QUERY, span, "\"%.*s\" has rules, which exclude MERGE", STR_ARG(table->object.name));
}
