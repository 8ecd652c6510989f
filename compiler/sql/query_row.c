/* `(expression).*` in a list of targets: the columns of a row, one after the other (ExpandRowReference() in
 * src/backend/parser/parse_target.c). */
#include "query.h"

static const PgQuery__Node *last_step(const PgQuery__AIndirection *node)
{
    return node->indirection[node->n_indirection - 1];
}

bool query_is_row(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION &&
           last_step(node->a_indirection)->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

/* ------------------------------------------------------------------ which columns */

/* The item in FROM whose row it is; NULL: it is another expression. A column of the name would come first. */
static const RangeItem *whole_row(Reader *r, const PgQuery__AIndirection *node)
{
    bool bare = node->arg->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->arg->column_ref->n_fields == 1 &&
                node->n_indirection == 1;
    Str name = bare ? tree_name(1, node->arg->column_ref->fields) : (Str) {0};
    return !bare || query_own_column(r, name) != NULL ? NULL : query_find_item(r, STR(""), name);
}

static bool has_no_columns(const Type *type)
{
    const CatalogType *catalog = type_catalog(type);
    if (catalog == NULL || catalog->unknown || str_is(catalog->name, "unknown"))
        return false;
    catalog = catalog_base_type(catalog);
    return catalog->kind != CATALOG_COMPOSITE && catalog->kind != CATALOG_PSEUDO;
}

static void add_columns(Reader *r, QueryColumns *columns, const Table *row)
{
    for (size_t i = 0; i < row->columns.count; i++) {
        const ColumnInfo *column = row->columns.items[i];
        list_push(READER_ARENA(r), columns, (QueryColumn) {.name = column->name, .type = column->type,
                                                           .object = row->object.id, .column = column->id});
    }
}

/* None: they are not known, or it was reported that there are none. */
static QueryColumns row_columns(Reader *r, const PgQuery__ResTarget *target)
{
    const PgQuery__AIndirection *node = target->val->a_indirection;
    RangeItem *item = arena_new(READER_ARENA(r), RangeItem);
    Type type = query_part_type(r, query_type(r, node->arg), node->n_indirection - 1, node->indirection);
    const Table *row = query_row_relation(r, &type);
    bool call = node->n_indirection == 1 && node->arg->node_case == PG_QUERY__NODE__NODE_FUNC_CALL;
    if (has_no_columns(&type))
        query_report(r, M_BAD_QUERY, query_place(r, target->location), "`.*` of type %.*s, which has no columns",
                     STR_ARG(type_catalog(&type)->display));
    else if (row != NULL)
        add_columns(r, &item->columns, row);
    else if (call)
        query_add_function(r, item, node->arg, STR(""));
    bool lone = row == NULL && item->columns.count == 1;  /* a value that nothing is known of */
    return item->open || lone ? (QueryColumns) {0} : item->columns;
}

/* ------------------------------------------------------------------ the text that is kept */

static bool is_between(const Use *use, size_t start, size_t end)
{
    return query_is_placed(use) && use->offset >= start && use->offset < end;
}

static void add_copy(Reader *r, QueryEdit *edit, Text *text, size_t start, size_t end)
{
    const Expression *e = r->expression;
    uint32_t base = (uint32_t) text->len - (uint32_t) start;
    for (size_t i = 0; i < e->uses.count; i++) {
        Use use = e->uses.items[i];
        if (!is_between(&use, start, end))
            continue;
        use.offset += base;
        list_push(READER_ARENA(r), &edit->uses, use);
    }
    text_add(text, str_slice(e->sql, start, end));
}

static void add_field(Reader *r, QueryEdit *edit, Text *text, const QueryColumn *column)
{
    Str name = catalog_quote(READER_ARENA(r), column->name);
    text_add_char(text, '.');
    Use field = {.object = column->object, .part = column->column, .form = USE_NAME};
    field.offset = (uint32_t) text->len;
    field.length = (uint32_t) name.len;
    text_add(text, name);
    if (column->column == 0)
        return;
    list_push(READER_ARENA(r), &edit->uses, field);
    Use alias = {.object = column->object, .part = column->column, .form = USE_ALIAS, .kept = column->name};
    alias.offset = (uint32_t) text->len;
    list_push(READER_ARENA(r), &edit->uses, alias);
}

static void forget_uses(Expression *e, size_t start, size_t end)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->uses.count; i++) {
        if (!is_between(&e->uses.items[i], start, end))
            e->uses.items[kept++] = e->uses.items[i];
    }
    e->uses.count = kept;
}

/* The expression is written again before each column, as the server keeps it. False: something in it is rewritten
 * itself. */
static bool write_fields(Reader *r, const PgQuery__ResTarget *target, const QueryColumns *columns)
{
    size_t start = query_offset(r, target->location), end = query_target_end(r, target->location);
    QueryEdit edit = {.offset = (uint32_t) start, .length = (uint32_t) (end - start)};
    for (size_t i = 0; i < r->query->edits.count; i++) {
        uint32_t offset = r->query->edits.items[i].offset;
        if (offset >= start && offset < end)
            return false;
    }
    Str row = str_slice(r->expression->sql, start, end);
    if (!str_ends_with(row, STR("*")))
        return false;
    row = str_trim(str_slice(row, 0, row.len - 1));
    end = start + str_trim(str_slice(row, 0, row.len - 1)).len;
    Text text = text_new(READER_ARENA(r));
    for (size_t i = 0; i < columns->count; i++) {
        if (i > 0)
            text_add_c(&text, ", ");
        add_copy(r, &edit, &text, start, end);
        add_field(r, &edit, &text, &columns->items[i]);
    }
    edit.text = text_str(&text);
    forget_uses(r->expression, start, end);
    list_push(READER_ARENA(r), &r->query->edits, edit);
    return true;
}

static void shape_fields(Reader *r, const PgQuery__Node *node, const QueryColumns *columns)
{
    Text text = text_new(READER_ARENA(r));
    Str row = expression_shape(r, &node->a_indirection->arg->base);
    for (size_t i = 0; i < columns->count; i++) {
        const QueryColumn *column = &columns->items[i];
        text_addf(&text, " val:(ResTarget val:(%.*s).", STR_ARG(row));
        if (column->column != 0)
            text_addf(&text, "\x01%u.%u\x02)", (unsigned) column->object, (unsigned) column->column);
        else
            text_addf(&text, "'%.*s')", STR_ARG(column->name));
    }
    query_set_shape(r, &node->base, text_str(&text));
}

/* ------------------------------------------------------------------ the whole */

static void name_them(Reader *r, const PgQuery__ResTarget *target)
{
    if (!r->refused)
        query_report(r, M_NOT_YET, query_place(r, target->location),
                     "the columns that `.*` stands for are not known to this version of migc: name them");
}

static void read_fields(Reader *r, const PgQuery__ResTarget *target, QueryColumns *columns)
{
    *columns = row_columns(r, target);
    if (r->query->scope->kept && (columns->count == 0 || !write_fields(r, target, columns)))
        name_them(r, target);
    if (columns->count > 0)
        shape_fields(r, target->val, columns);
}

static void read_whole_row(Reader *r, const PgQuery__ResTarget *target, const RangeItem *item, QueryColumns *columns)
{
    bool unknown = false;
    *columns = query_star(r, item, &unknown);
    if (r->query->scope->kept && unknown)
        name_them(r, target);
    else if (r->query->scope->kept)
        query_expand_between(r, query_offset(r, target->location), query_target_end(r, target->location), *columns);
    query_shape_columns(r, target->val, *columns, true);
    if (unknown)
        *columns = (QueryColumns) {0};
}

void query_read_row(Reader *r, const PgQuery__ResTarget *target, QueryClause clause, QueryColumns *outputs, bool *open)
{
    const RangeItem *item = whole_row(r, target->val->a_indirection);
    QueryColumns columns = {0};
    if (item != NULL) {
        read_whole_row(r, target, item, &columns);
    } else {
        query_read(r, target->val, clause);
        read_fields(r, target, &columns);
    }
    *open = *open || columns.count == 0;
    for (size_t i = 0; i < columns.count; i++) {
        QueryColumn output = {.name = columns.items[i].name, .type = columns.items[i].type};
        output.span = query_place(r, target->location);
        list_push(READER_ARENA(r), outputs, output);
    }
}
