/* CREATE TRIGGER and CREATE EVENT TRIGGER (CreateTriggerFiringOn in src/backend/commands/trigger.c). */
#include "inherit.h"
#include "read_definition.h"

/* Bits of CreateTrigStmt.timing and .events (src/include/catalog/pg_trigger.h). */
enum { BEFORE = 1 << 1, INSERT = 1 << 2, DELETE = 1 << 3, UPDATE = 1 << 4, TRUNCATE = 1 << 5, INSTEAD = 1 << 6 };

/* ------------------------------------------------------------------ the function */

static void report_missing_function(DefinitionReader *r, const Ref *ref, const char *takes)
{
    if (r->sql->finder.silenced(r->sql->finder.checker, OBJECT_FUNCTION, ref->name.name)) {
        r->refused = true;
        return;
    }
    definition_report(r, M_UNKNOWN_FUNCTION, ref->span, "there is no function \"%.*s\" %s at this point",
                      STR_ARG(ref->name.name), takes);
    help(r->c, "it is to be created before what uses it");
}

/* Whether the server, or an extension, may have one without arguments that gives that: of an unknown extension nothing
 * is known. */
static bool may_be_brought(const DefinitionReader *r, const Ref *ref, const char *result)
{
    bool any = false, fits = false;
    catalog_each_owner(owner, &r->schema->view) {
        CatalogFunctions all = catalog_functions_in(owner, ref->name.name);
        for (size_t i = 0; i < all.count && extension_is_reached(r->schema, owner, ref_qualifier(ref)); i++) {
            const CatalogFunction *function = catalog_at(all, i);
            any = true;
            fits = fits || (function->argument_count == 0 && str_is(function->result->name, result));
        }
    }
    return fits || !any;
}

static void read_trigger_function(DefinitionReader *r, Cursor *at, const char *result)
{
    Ref ref = cursor_ref(at);
    TypeList none = {0};
    bool known;
    const Definition *function = read_function(r, &ref, &none, &known);
    if (function == NULL) {
        if (!known)
            report_missing_function(r, &ref, "without arguments");
        else if (!may_be_brought(r, &ref, result))
            definition_report(r, M_BAD_TRIGGER, ref.span, "function \"%.*s\" does not return %s",
                              STR_ARG(ref.name.name), result);
        return;
    }
    text_use(&r->text, ref.span, -1, function->object.id, 0, USE_NAME);
    const Type *type = &function->routine->result;
    if (type->catalog == NULL || !str_is(type->catalog->name, result)) {
        definition_report(r, M_BAD_TRIGGER, ref.span, "function \"%.*s\" does not return %s", STR_ARG(ref.name.name),
                          result);
        label(r->c, function->object.created, "created here");
    }
}

/* ------------------------------------------------------------------ what it fires on */

static void read_columns(DefinitionReader *r, Cursor at, const Table *table)
{
    StrList seen = {0};
    if (!cursor_seek(&at, "update of"))
        return;
    cursor_take(&at, "update of");
    for (Word name; word_is_written(name = cursor_word(&at));) {
        const ColumnInfo *column = read_column(r, table, name);
        for (size_t i = 0; i < seen.count; i++) {
            if (str_equal(seen.items[i], name.name))
                definition_report(r, M_BAD_TRIGGER, name.span, "the column \"%.*s\" is there twice",
                                  STR_ARG(name.name));
        }
        list_push(r->arena, &seen, name.name);
        if (column != NULL)
            text_use(&r->text, name.span, -1, table->object.id, column->id, USE_NAME);
        if (!cursor_is_sign(at, ','))
            break;
        cursor_next(&at);
    }
}

/* The events that an INSTEAD OF trigger takes over. */
static unsigned replaced_events(const PgQuery__CreateTrigStmt *create)
{
    unsigned events = 0;
    if (!(create->timing & INSTEAD))
        return 0;
    events |= create->events & INSERT ? 1U << RULE_INSERT : 0;
    events |= create->events & UPDATE ? 1U << RULE_UPDATE : 0;
    events |= create->events & DELETE ? 1U << RULE_DELETE : 0;
    return events;
}

static void check_kind(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Span head, const Table *table)
{
    bool instead = create->timing & INSTEAD, is_view = table->object.kind == OBJECT_VIEW;
    if (!is_view && !object_is_table(&table->object))
        definition_report(r, M_WRONG_KIND, head, "\"%.*s\" is a %s, and has no triggers", STR_ARG(table->object.name),
                          object_word(table->object.kind));
    else if (create->row && (create->events & TRUNCATE))
        definition_report(r, M_BAD_TRIGGER, head, "TRUNCATE has no rows to fire for");
    else if (instead && !is_view)
        definition_report(r, M_BAD_TRIGGER, head, "INSTEAD OF is for views, and \"%.*s\" is a table",
                          STR_ARG(table->object.name));
    else if (instead && (!create->row || create->when_clause != NULL || create->n_columns > 0))
        definition_report(r, M_BAD_TRIGGER, head,
                          "an INSTEAD OF trigger fires for each row, without WHEN and without columns");
    else if (is_view && !instead && (create->row || (create->events & TRUNCATE)))
        definition_report(r, M_BAD_TRIGGER, head, "on a view, only INSTEAD OF fires for each row");
}

/* Nothing defers what happens elsewhere, and nobody sees which rows it changed. */
static void check_foreign(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Span head, const Table *table)
{
    enum { TRUNCATE_SINCE = 16 };
    if (table->server == 0)
        return;
    if (create->isconstraint)
        definition_report(r, M_BAD_TRIGGER, head, "foreign table \"%.*s\" cannot have constraint triggers",
                          STR_ARG(table->object.name));
    else if (create->n_transition_rels > 0)
        definition_report(r, M_BAD_TRIGGER, head, "foreign table \"%.*s\" has no transition tables",
                          STR_ARG(table->object.name));
    else if ((create->events & TRUNCATE) && r->schema->view.catalog->major < TRUNCATE_SINCE)
        definition_report(r, M_BAD_TRIGGER, head,
                          "before PostgreSQL %d no trigger fires for TRUNCATE of a foreign table", TRUNCATE_SINCE);
}

/* A statement on a parent would not hand its rows to the trigger of the child alone. */
static void check_transition_table(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Span head,
                                   const Table *table)
{
    const char *what = NULL;
    if (table->object.kind == OBJECT_VIEW)
        what = "views";
    else if (create->row && table_is_partitioned(table))
        what = "partitioned tables, for each row";
    else if (create->row && table->bound != NULL)
        what = "partitions, for each row";
    else if (create->row && table->parents.count > 0)
        what = "tables that inherit, for each row";
    if (create->n_transition_rels > 0 && what != NULL) {
        definition_report(r, M_BAD_TRIGGER, head, "there are no transition tables of %s", what);
        label(r->c, table->object.created, "created here");
        help(r->c, "`for each statement`, on the table that statements name");
    }
}

static void check_transition_names(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Span head)
{
    const PgQuery__TriggerTransition *seen[2] = {NULL, NULL};
    for (size_t i = 0; i < create->n_transition_rels; i++) {
        const PgQuery__TriggerTransition *transition = create->transition_rels[i]->trigger_transition;
        const PgQuery__TriggerTransition *other = seen[!transition->is_new];
        if (!transition->is_table)
            definition_report(r, M_BAD_TRIGGER, head, "REFERENCING names tables: `new table as …`");
        else if (seen[transition->is_new] != NULL)
            definition_report(r, M_BAD_TRIGGER, head, "the %s table has two names", transition->is_new ? "NEW" : "OLD");
        else if (other != NULL && strcmp(other->name, transition->name) == 0)
            definition_report(r, M_BAD_TRIGGER, head, "both transition tables are called \"%s\"", other->name);
        seen[transition->is_new] = transition;
    }
}

/* Transition tables (REFERENCING). */
static void check_transitions(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Span head)
{
    int events = create->events & (INSERT | UPDATE | DELETE);
    bool one = events == INSERT || events == UPDATE || events == DELETE;
    bool after = (create->timing & (BEFORE | INSTEAD)) == 0;
    if (create->n_transition_rels == 0)
        return;
    if (!after || !one || create->n_columns > 0 || (create->events & TRUNCATE))
        definition_report(r, M_BAD_TRIGGER, head,
                          "transition tables are for AFTER triggers of one event, without columns");
    for (size_t i = 0; i < create->n_transition_rels; i++) {
        const PgQuery__TriggerTransition *transition = create->transition_rels[i]->trigger_transition;
        if ((transition->is_new && events == DELETE) || (!transition->is_new && events == INSERT))
            definition_report(r, M_BAD_TRIGGER, head, "%s has no %s table", events == INSERT ? "INSERT" : "DELETE",
                              transition->is_new ? "NEW" : "OLD");
    }
}

/* ------------------------------------------------------------------ WHEN */

/* The rows that there are: none for a statement, no OLD of what is inserted, no NEW of what is deleted. */
static const Expression *read_when(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Span span,
                                   const Table *table)
{
    ConditionRow rows[2];
    size_t count = 0;
    if (create->row && !(create->events & INSERT))
        rows[count++] = (ConditionRow) {"old", table};
    if (create->row && !(create->events & DELETE))
        rows[count++] = (ConditionRow) {"new", table};
    return read_condition(r, span, create->when_clause,
                          (ConditionPlace) {.name = "the condition of a trigger", .count = count, .rows = rows,
                                            .condition = "WHEN"});
}

/* A column of NEW that is computed only when BEFORE triggers are through. */
typedef struct LateColumn {
    const Table *table;
    const PgQuery__ColumnRef *found;
    bool system;
} LateColumn;

static bool has_generated_column(const Table *table, Str name)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (column->generated && (name.len == 0 || str_equal(column->name, name)))
            return true;
    }
    return false;
}

static bool find_late_column(void *context, const ProtobufCMessage *message)
{
    LateColumn *late = context;
    if (late->found != NULL || !tree_is(message, pg_query__column_ref))
        return late->found == NULL;
    const PgQuery__ColumnRef *reference = (const PgQuery__ColumnRef *) message;
    bool is_new = reference->fields[0]->node_case == PG_QUERY__NODE__NODE_STRING &&
                  strcmp(reference->fields[0]->string->sval, "new") == 0;
    bool whole = reference->n_fields == 1 || reference->fields[1]->node_case != PG_QUERY__NODE__NODE_STRING;
    Str name = whole ? STR("") : str_from(reference->fields[1]->string->sval);
    late->system = !whole && table_column_named(late->table, name) == NULL && is_system_column(name);
    if (is_new && (late->system || has_generated_column(late->table, name)))
        late->found = reference;
    return late->found == NULL;
}

static void check_when(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, const Table *table)
{
    LateColumn late = {.table = table};
    if (create->when_clause == NULL || !create->row || !(create->timing & BEFORE))
        return;
    tree_walk(&create->when_clause->base, find_late_column, &late);
    if (late.found == NULL)
        return;
    definition_report(r, M_BAD_TRIGGER, reader_span(r, late.found->location, strlen("new")),
                      "%s of the new row are not known before it is written",
                      late.system ? "system columns" : "generated columns");
    help(r->c, "%s, or make it an AFTER trigger",
         late.found->n_fields == 2 && late.found->fields[1]->node_case != PG_QUERY__NODE__NODE_STRING
             ? "compare the columns one by one, without them"
             : "leave it out of the condition");
}

/* What stands before the condition is taken, then the condition, then the rest. */
static void take_statement(DefinitionReader *r, const PgQuery__CreateTrigStmt *create, Cursor start, Cursor at,
                           const Table *table)
{
    Span all = cursor_span(start);
    if (create->when_clause == NULL) {
        text_take(&r->text, all);
        return;
    }
    cursor_seek(&at, "when");
    cursor_take(&at, "when");
    Cursor inside = cursor_inside(&at);
    Span span = cursor_span(inside);
    text_take(&r->text, (Span) {all.start, span.start, all.file});
    text_take_expression(&r->text, read_when(r, create, span, table), &create->when_clause->base);
    text_take(&r->text, (Span) {span.end, all.end, all.file});
}

static void read_from(DefinitionReader *r, Cursor *at, const PgQuery__CreateTrigStmt *create)
{
    if (create->constrrel == NULL || !cursor_seek(at, "from") || !cursor_take(at, "from"))
        return;
    Ref ref = cursor_ref(at);
    const Table *other = read_relation(r, &ref);
    if (other != NULL)
        text_use(&r->text, ref.span, create->constrrel->location, other->object.id, 0, USE_NAME);
}

void read_create_trigger(DefinitionReader *r, const PgQuery__CreateTrigStmt *create)
{
    Definition *d = r->out->definition;
    d->object.kind = OBJECT_TRIGGER;
    d->each_row = create->row;
    d->from_other = create->constrrel != NULL;
    d->instead = replaced_events(create);
    Cursor start = r->at, at = r->at;
    d->variant = cursor_take(&at, "constraint") ? STR("constraint") : STR("");
    cursor_take(&at, "trigger");
    Ref name = {.name = cursor_word(&at)};
    name.span = name.name.span;
    read_own_name(r, &name, false);
    Cursor events = cursor_before(&at, "on");
    Span head = cursor_span(events);
    cursor_take(&at, "on");
    Ref ref = cursor_ref(&at);
    const Table *table = read_relation(r, &ref);
    if (table == NULL)
        return;
    d->of = table->object.id;
    text_use(&r->text, ref.span, create->relation->location, d->of, 0, USE_NAME);
    read_columns(r, events, table);
    check_kind(r, create, head, table);
    check_transitions(r, create, head);
    check_transition_table(r, create, head, table);
    check_transition_names(r, create, head);
    check_when(r, create, table);
    d->transitions = create->row && create->n_transition_rels > 0;
    check_foreign(r, create, head, table);
    read_from(r, &at, create);
    take_statement(r, create, start, at, table);
    if (cursor_seek(&at, "execute")) {
        cursor_take(&at, "execute");
        cursor_next(&at);
        read_trigger_function(r, &at, "trigger");
    }
}

/* ------------------------------------------------------------------ event triggers */

void read_create_event_trigger(DefinitionReader *r, const PgQuery__CreateEventTrigStmt *create)
{
    static const char *const events[] = {"ddl_command_start", "ddl_command_end", "table_rewrite", "sql_drop", "login"};
    enum { LOGIN_SINCE = 17 };
    bool known = false, logins = r->schema->view.catalog->major >= LOGIN_SINCE;
    r->out->definition->object.kind = OBJECT_EVENT_TRIGGER;
    text_take(&r->text, cursor_span(r->at));
    cursor_take(&r->at, "event trigger");
    Ref name = {.name = cursor_word(&r->at)};
    name.span = name.name.span;
    read_own_name(r, &name, false);
    cursor_take(&r->at, "on");
    Word event = cursor_word(&r->at);
    for (size_t i = 0; i < sizeof events / sizeof *events - (logins ? 0 : 1); i++)
        known = known || strcmp(create->eventname, events[i]) == 0;
    if (!known)
        definition_report(r, M_BAD_TRIGGER, event.span, "there is no event \"%s\"", create->eventname);
    if (known)
        check_event_filters(r, create);
    if (cursor_seek(&r->at, "execute")) {
        cursor_take(&r->at, "execute");
        cursor_next(&r->at);
        read_trigger_function(r, &r->at, "event_trigger");
    }
}
