/* Conditions of triggers and policies: expressions about rows that have a name, or are just there. */
#include "read_definition.h"

#include "expression.h"

typedef struct ConditionReader {
    DefinitionReader *r;
    Expression *expression;
    Fragment fragment;
    const char *place;
    size_t count;
    const ConditionRow *rows;
} ConditionReader;

static void add_use(ConditionReader *c, Use use)
{
    list_push(c->r->arena, &c->expression->uses, use);
}

/* The end of the names from the offset on; *last: where the last of them begins. */
static size_t names_end(Str sql, size_t at, size_t count, size_t *last)
{
    size_t end = at;
    *last = at;
    for (size_t i = 0; i < count; i++) {
        while (i > 0 && end < sql.len && (sql.data[end] == '.' || sql.data[end] == ' '))
            end++;
        *last = end;
        end = identifier_end(sql, end);
    }
    return end;
}

static bool row_is_meant(const ConditionRow *row, const PgQuery__ColumnRef *reference)
{
    Str qualifier = tree_qualifier(reference->n_fields, reference->fields);
    if (row->name == NULL)
        return reference->n_fields == 1 || str_equal(qualifier, row->table->object.name);
    bool whole = reference->n_fields == 1 && str_is(tree_name(1, reference->fields), row->name);
    return whole || str_is(qualifier, row->name);
}

static void read_row_column(ConditionReader *c, const ConditionRow *row, const PgQuery__ColumnRef *reference)
{
    Str name = tree_name(reference->n_fields, reference->fields), sql = c->fragment.sql;
    size_t last, start = (size_t) reference->location - strlen(TREE_EXPRESSION_PREFIX);
    size_t end = names_end(sql, start, reference->n_fields, &last);
    bool whole = str_is(name, "*") || (row->name != NULL && reference->n_fields == 1);
    const ColumnInfo *column = table_column_named(row->table, name);
    if (whole || is_system_column(name))
        return;
    if (column == NULL) {
        c->r->refused = true;
        report_unknown_column(c->r->c, row->table, name, fragment_place(&c->fragment, last, end - last));
        return;
    }
    if (row->name == NULL && reference->n_fields > 1)
        add_use(c, (Use) {(uint32_t) start, (uint32_t) (last - start - 1), row->table->object.id, 0, USE_NAME});
    add_use(c, (Use) {(uint32_t) last, (uint32_t) (end - last), row->table->object.id, column->id, USE_NAME});
}

static void read_column_reference(ConditionReader *c, const PgQuery__ColumnRef *reference)
{
    for (size_t i = 0; i < c->count; i++) {
        if (row_is_meant(&c->rows[i], reference)) {
            read_row_column(c, &c->rows[i], reference);
            return;
        }
    }
    size_t start = (size_t) reference->location - strlen(TREE_EXPRESSION_PREFIX);
    Str name = tree_qualified_sql(c->r->arena, reference->n_fields, reference->fields);
    definition_report(c->r, M_UNKNOWN_COLUMN, fragment_place(&c->fragment, start, name.len),
                      "there is no column %.*s in %s", STR_ARG(name), c->place);
}

static bool read_message(void *context, const ProtobufCMessage *message)
{
    ConditionReader *c = context;
    if (tree_is(message, pg_query__sub_link))
        return false;
    if (tree_is(message, pg_query__column_ref))
        read_column_reference(c, (const PgQuery__ColumnRef *) message);
    return true;
}

const Expression *read_condition(DefinitionReader *r, Span span, const PgQuery__Node *tree, const char *place,
                                 size_t count, const ConditionRow *rows)
{
    ConditionReader c = {.r = r, .fragment = syntax_fragment(r->sql->syntax, span), .place = place, .count = count,
                         .rows = rows};
    const PgQuery__Node *parsed = tree_expression(r->sql, &c.fragment);
    (void) tree;
    bool before = r->refused;
    r->refused = parsed == NULL;
    c.expression = arena_new(r->arena, Expression);
    c.expression->sql = c.fragment.sql;
    Text shape = text_new(r->arena);
    if (parsed != NULL) {
        tree_walk(&parsed->base, read_message, &c);
        tree_print(&parsed->base, NULL, NULL, &shape);
    }
    c.expression->shape = text_str(&shape);
    bool good = !r->refused;
    r->refused = r->refused || before;
    return good ? c.expression : NULL;
}
