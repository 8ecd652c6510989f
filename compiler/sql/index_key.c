/* A key of an index: `create index on x (KEY)`. */
#include "query.h"

#include "bug.h"
#include "figure.h"
#include "lookup.h"

/* ------------------------------------------------------------------ keys */

/* A bare column is a name, not an expression, in the tree: its use is noted here. */
static Expression *read_bare_column(Reader *r, const PgQuery__IndexElem *element, SqlIndexKey *key)
{
    Compilation *c = r->names.sql->c;
    const Table *table = r->scope.table;
    Str sql = r->names.fragment->sql;
    size_t length = identifier_end(sql, 0);
    Str name = str_from(element->name);
    Span span = fragment_place(r->names.fragment, 0, length);
    key->column = table_column_named(table, name);
    if (key->column == NULL && is_system_column(name))
        use_system_column(r, name, span);
    else if (key->column == NULL)
        report_unknown_column(c, table, name, span);
    if (key->column == NULL)
        return NULL;
    Expression *expression = arena_new(&c->arena, Expression);
    expression->sql = sql;
    list_push(&c->arena, &expression->uses, (Use) {.length = (uint32_t) length, .part = key->column->id});
    return expression;
}

/* asc is the default, and so is nulls last for asc, nulls first for desc: what is the default is the same unwritten. */
static void add_order(const PgQuery__IndexElem *element, Text *shape)
{
    bool descending = element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    bool nulls_first = element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                       (descending && element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT);
    text_addf(shape, "%s%s", descending ? " desc" : "", nulls_first ? " nulls-first" : "");
}

/* The shape of the whole key: of the column or expression, and of what follows it. */
static Str key_shape(Arena *arena, const PgQuery__IndexElem *element, const Expression *expression,
                     const ColumnInfo *column)
{
    Text shape = text_new(arena);
    if (column != NULL)
        text_addf(&shape, "\x01" "0.%u\x02", (unsigned) column->id);
    else
        text_add(&shape, expression->shape);
    text_addf(&shape, " collate=%.*s", STR_ARG(tree_qualified_sql(arena, element->n_collation, element->collation)));
    text_addf(&shape, " opclass=%.*s", STR_ARG(tree_name(element->n_opclass, element->opclass)));
    for (size_t i = 0; i < element->n_opclassopts; i++)
        tree_print(&element->opclassopts[i]->base, NULL, NULL, &shape);
    add_order(element, &shape);
    return text_str(&shape);
}

/* An expression that is nothing but a column, in parentheses, is a column (ComputeIndexAttrs in indexcmds.c). */
static const ColumnInfo *sole_column(const Table *table, const PgQuery__Node *node)
{
    while (node->node_case == PG_QUERY__NODE__NODE_COLLATE_CLAUSE)
        node = node->collate_clause->arg;
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return NULL;
    return table_column_named(table, tree_name(node->column_ref->n_fields, node->column_ref->fields));
}

/* The collation behind a key. */
static bool check_collation(Reader *r, const PgQuery__IndexElem *element, const SqlIndexKey *key)
{
    const CatalogType *type = type_catalog(&key->type);
    Compilation *c = r->names.sql->c;
    if (element->n_collation == 0)
        return true;
    if (type == NULL || type->collatable)
        return resolve_collation(r->names, element->n_collation, element->collation, r->names.fragment->span);
    report(c, M_UNKNOWN_COLLATION, r->names.fragment->span, "type %.*s has no collation", STR_ARG(type->display));
    if (key->column != NULL)
        label(c, key->column->created, "column \"%.*s\"", STR_ARG(key->column->name));
    return false;
}

/* ConstructTupleDescriptor() in src/backend/catalog/index.c, ComputePartitionAttrs() in tablecmds.c */
static bool check_key_type(Reader *r, const Type *type)
{
    if (!type_is_pseudo(type))
        return true;
    report(r->names.sql->c, M_PSEUDO_TYPE, r->names.fragment->span, "a key cannot be of type %.*s",
           STR_ARG(type_catalog(type)->display));
    return false;
}

SqlIndexKey sql_index_key(Sql *sql, ExpressionScope scope, const Fragment *fragment)
{
    SqlIndexKey key = {0};
    const PgQuery__Node *statement = tree_statement(sql, TREE_KEY_PREFIX, fragment, ")");
    if (statement == NULL)
        return key;
    if (statement->node_case != PG_QUERY__NODE__NODE_INDEX_STMT || statement->index_stmt->n_index_params != 1)
        BUG("one key of an index was parsed as something else");
    const PgQuery__IndexElem *element = statement->index_stmt->index_params[0]->index_elem;
    Reader reader = {.names = name_place(sql, scope.schema, fragment, TREE_KEY_PREFIX), .scope = scope};
    bool bare = element->expr == NULL;
    Expression *expression =
        bare ? read_bare_column(&reader, element, &key) : expression_read(&reader, &element->expr->base);
    if (expression == NULL)
        return key;
    if (!bare)
        key.column = sole_column(scope.table, element->expr);
    if (key.column != NULL)
        key.type = key.column->type;
    else if (!bare)
        key.type = query_type(&reader, element->expr);
    if (!check_collation(&reader, element, &key) || (!bare && !check_key_type(&reader, &key.type)))
        return key;
    Str figured = bare ? key.column->name : figure_name(element->expr);
    key.name = figured.data != NULL ? figured : STR("expr");
    key.opclass = element->n_opclass > 0 ? tree_name(element->n_opclass, element->opclass) : (Str) {0};
    key.opclass_schema = tree_qualifier(element->n_opclass, element->opclass);
    key.opclass_options = element->n_opclassopts > 0;
    key.ordered = element->ordering != PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT ||
                  element->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT;
    ObjectId collation = resolve_own_collation(scope.schema, element->n_collation, element->collation);
    if (collation != 0)
        list_push(&sql->c->arena, &expression->uses, (Use) {.object = collation, .form = USE_HIDDEN});
    expression->shape = key_shape(&sql->c->arena, element, expression, key.column);
    key.expression = expression;
    return key;
}
