/* CREATE STATISTICS (CreateStatistics() in src/backend/commands/statscmds.c). */
#include "operator.h"
#include "read_definition.h"

enum { MOST_COLUMNS = 8 };

/* What is collected so far. */
typedef struct StatisticsReader {
    DefinitionReader *r;
    const Table *table;
    bool several;               /* columns and expressions */
    ColumnIds columns;
    StrList shapes;             /* of expressions: what they mean */
} StatisticsReader;

#define BAD_STATISTICS(s, span, ...) definition_report((s)->r, M_BAD_STATISTICS, (span), __VA_ARGS__)

/* Values are compared with each other, but for those of a single expression. */
static void check_order(StatisticsReader *s, const Type *type, Span span)
{
    if (!type_is_ordered(s->r->schema, type))
        BAD_STATISTICS(s, span, "type %.*s has no order, so that there are no statistics of it",
                       STR_ARG(define_type(s->r->schema, type)));
}

static void add_column(StatisticsReader *s, const ColumnInfo *column, Span span)
{
    if (column_ids_contain(s->columns, column->id))
        BAD_STATISTICS(s, span, "the column \"%.*s\" is written twice", STR_ARG(column->name));
    else if (column->generated == GENERATED_VIRTUAL)
        definition_report(s->r, M_VIRTUAL_CANNOT, span, "there are no statistics of a virtual column");
    else
        check_order(s, &column->type, span);
    list_push(s->r->arena, &s->columns, column->id);
}

static void read_named(StatisticsReader *s, Cursor item)
{
    DefinitionReader *r = s->r;
    Word word = cursor_word(&item);
    const ColumnInfo *column = read_column(r, s->table, word);
    if (column != NULL) {
        add_column(s, column, word.span);
        text_use(&r->text, word.span, -1, s->table->object.id, column->id, USE_NAME);
    }
    text_take(&r->text, word.span);
}

/* ------------------------------------------------------------------ expressions */

/* The column that is all of the expression; NULL: it is more. */
static const ColumnInfo *sole_column(const StatisticsReader *s, const PgQuery__Node *node)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return NULL;
    return table_column_named(s->table, tree_name(node->column_ref->n_fields, node->column_ref->fields));
}

static bool find_system_column(void *context, const ProtobufCMessage *message)
{
    const PgQuery__ColumnRef **found = context;
    if (tree_is(message, pg_query__column_ref)) {
        const PgQuery__ColumnRef *reference = (const PgQuery__ColumnRef *) message;
        *found = is_system_column(tree_name(reference->n_fields, reference->fields)) ? reference : *found;
    }
    return *found == NULL;
}

static void add_expression(StatisticsReader *s, const PgQuery__Node *node, const Expression *expression, Span span)
{
    const PgQuery__ColumnRef *system = NULL;
    tree_walk(&node->base, find_system_column, &system);
    if (system != NULL && table_column_named(s->table, tree_name(system->n_fields, system->fields)) == NULL)
        BAD_STATISTICS(s, span, "there are no statistics of system columns");
    for (size_t i = 0; i < s->shapes.count; i++) {
        if (str_equal(s->shapes.items[i], expression->shape))
            BAD_STATISTICS(s, span, "the expression is written twice");
    }
    list_push(s->r->arena, &s->shapes, expression->shape);
}

static void read_written(StatisticsReader *s, Cursor item, const PgQuery__Node *node)
{
    DefinitionReader *r = s->r;
    Span span = cursor_span(item);
    ConditionRow row = {NULL, s->table};
    Type type = {0};
    ConditionPlace place = {.name = "statistics", .count = 1, .rows = &row, .type = &type};
    const Expression *expression = read_condition(r, span, node, place);
    const ColumnInfo *column = sole_column(s, node);
    text_take_expression(&r->text, expression, &node->base);
    if (column != NULL) {
        add_column(s, column, span);
    } else if (expression != NULL) {
        add_expression(s, node, expression, span);
        if (s->several)
            check_order(s, &type, span);
    }
}

static void read_items(StatisticsReader *s, const PgQuery__CreateStatsStmt *create, Cursor items)
{
    for (size_t i = 0; i < create->n_exprs; i++) {
        const PgQuery__StatsElem *element = create->exprs[i]->stats_elem;
        Cursor item = cursor_item(&items);
        if (i > 0)
            text_make(&s->r->text, STR(","));
        if (element->expr == NULL)
            read_named(s, item);
        else
            read_written(s, item, element->expr);
    }
}

/* ------------------------------------------------------------------ the whole */

static void check_kinds(StatisticsReader *s, const PgQuery__CreateStatsStmt *create, Span span)
{
    static const char *const kinds[] = {"ndistinct", "dependencies", "mcv"};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    for (size_t i = 0; i < create->n_stat_types; i++) {
        const char *kind = create->stat_types[i]->string->sval;
        size_t j = 0;
        while (j < KINDS && strcmp(kind, kinds[j]) != 0)
            j++;
        if (j == KINDS)
            BAD_STATISTICS(s, span, "there is no kind of statistics \"%s\"", kind);
    }
}

static void check_whole(StatisticsReader *s, const PgQuery__CreateStatsStmt *create, Span span)
{
    const Object *object = &s->table->object;
    bool single = create->n_exprs == 1;
    if (!object_is_table(object) && object->kind != OBJECT_MATERIALIZED_VIEW)
        BAD_STATISTICS(s, span, "there are no statistics of a %s", object_word(object->kind));
    if (create->n_exprs > MOST_COLUMNS)
        BAD_STATISTICS(s, span, "statistics are of %d columns at most", (int) MOST_COLUMNS);
    if (single && s->shapes.count == 1 && create->n_stat_types > 0)
        BAD_STATISTICS(s, span, "of a single expression there is one kind of statistics only");
    check_kinds(s, create, span);
    if (single && s->columns.count == 1) {
        BAD_STATISTICS(s, span, "every single column has its statistics anyway");
        help(s->r->c, "name two columns or an expression");
    }
}

/* Behind the name of the table. */
static void read_columns(DefinitionReader *r, const PgQuery__CreateStatsStmt *create, const Table *table,
                         Cursor columns)
{
    Definition *d = r->out->definition;
    StatisticsReader s = {.r = r, .table = table, .several = create->n_exprs > 1};
    read_items(&s, create, columns);
    for (size_t i = 0; i < table->columns.count; i++) {
        if (column_ids_contain(s.columns, table->columns.items[i]->id))
            list_push(r->arena, &d->columns, table->columns.items[i]->id);
    }
    d->expressions = create->n_exprs - s.columns.count;
    check_whole(&s, create, cursor_span(columns));
}

void read_create_statistics(DefinitionReader *r, const PgQuery__CreateStatsStmt *create)
{
    Definition *d = r->out->definition;
    d->object.kind = OBJECT_STATISTICS;
    text_take(&r->text, cursor_take_span(&r->at, "statistics"));
    r->out->if_not_exists = cursor_take(&r->at, "if not exists");
    Cursor start = r->at;
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, true);
    cursor_seek(&r->at, "on");
    text_take(&r->text, (Span) {cursor_span(start).start, cursor_take_span(&r->at, "on").end, r->at.tokens->file});
    Cursor columns = cursor_before(&r->at, "from"), from = r->at;
    cursor_take(&r->at, "from");
    if (create->n_relations != 1)
        definition_report(r, M_BAD_STATISTICS, cursor_span(r->at), "statistics are of one table");
    Ref ref = cursor_ref(&r->at);
    const Table *table = create->n_relations == 1 ? read_relation(r, &ref) : NULL;
    if (table == NULL)
        return;
    d->of = table->object.id;
    text_use(&r->text, ref.span, create->relations[0]->range_var->location, d->of, 0, USE_NAME);
    read_columns(r, create, table, columns);
    text_take(&r->text, cursor_span(from));
}
