/* Fields of rows that a column holds: `(address).street`. Whoever reads one depends on the attribute of the composite type,
 * or the column of the table whose row it is (find_expr_references_walker in src/backend/catalog/dependency.c). */
#include "query.h"

/* Behind a column in parentheses, and the dot there. */
static size_t field_offset(const Reader *r, const PgQuery__ColumnRef *column)
{
    Str sql = r->names.fragment->sql;
    size_t at = tree_offset(r->names.prefix, column->location);
    for (size_t i = 0; i < column->n_fields; i++) {
        at = identifier_end(sql, at);
        while (at < sql.len && (sql.data[at] == ' ' || (sql.data[at] == '.' && i + 1 < column->n_fields)))
            at++;
    }
    return at;
}

static size_t next_field(Str sql, size_t at)
{
    while (at < sql.len && (sql.data[at] == ' ' || sql.data[at] == ')' || sql.data[at] == '.'))
        at++;
    return at;
}

/* The field of the name in rows of the type. */
static Use field_of(const Reader *r, const Type *type, Str name, UseForm form)
{
    Type base = type_base(r->names.schema, type);
    const Table *relation = base.array ? NULL : schema_relation(r->names.schema, base.object);
    const ColumnInfo *field = relation == NULL ? NULL : table_column_named(relation, name);
    return field == NULL ? (Use) {0} : (Use) {.object = relation->object.id, .part = field->id, .form = form};
}

static bool is_field(const PgQuery__AIndirection *node, size_t index)
{
    return index < node->n_indirection && node->indirection[index]->node_case == PG_QUERY__NODE__NODE_STRING;
}

/* A field of the row, with its place; `type` becomes its type. */
static Use take_field(const Reader *r, const PgQuery__AIndirection *node, size_t index, Type *type, size_t *at)
{
    Use use = field_of(r, type, str_from(node->indirection[index]->string->sval), USE_NAME);
    if (use.object == 0)
        return use;
    *at = next_field(r->names.fragment->sql, *at);
    use.offset = (uint32_t) *at;
    *at = identifier_end(r->names.fragment->sql, *at);
    use.length = (uint32_t) *at - use.offset;
    *type = table_column(schema_relation(r->names.schema, use.object), use.part)->type;
    return use;
}

Use expression_field(Reader *r, const PgQuery__AIndirection *node, UseForm form)
{
    if (node->arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF || !is_field(node, 0))
        return (Use) {0};
    Type type = query_type(r, node->arg);
    size_t at = field_offset(r, node->arg->column_ref);
    Use use = take_field(r, node, 0, &type, &at);
    use.form = form;
    return use;
}

void expression_use_fields(Reader *r, const PgQuery__AIndirection *node)
{
    if (node->arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return;
    Type type = query_type(r, node->arg);
    size_t at = field_offset(r, node->arg->column_ref);
    for (size_t i = 0; is_field(node, i); i++) {
        Use use = take_field(r, node, i, &type, &at);
        if (use.object == 0)
            return;
        expression_add_use(r, use);
    }
}
