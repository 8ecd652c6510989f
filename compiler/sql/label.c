/* String constants that stand for labels of enums: the server turns them into the labels when it stores an expression,
 * and from then on they are called what the labels are called. What type a constant is to have is known where a column,
 * a cast or `value` stands beside it. */
#include "query.h"
#include "lookup.h"

#include <strings.h>

/* ------------------------------------------------------------------ one label */

/* A label that `add value` has made cannot be used before it is committed (check_safe_enum_use() in
 * src/backend/utils/adt/enum.c); from 17 on it can where the enum is as new. */
static bool check_committed(Reader *r, const Enum *type, const EnumLabel *label_found, Span span)
{
    Compilation *c = r->names.sql->c;
    Span added = label_found->added;
    bool new_enum = type->object.created.file == added.file && r->names.sql->major >= 17;
    if (!span_is_known(added) || new_enum)
        return true;
    if (added.file != span.file) {
        r->names.sql->needs_commit = true;
        return true;
    }
    r->refused = true;
    report(c, M_LABEL_TOO_NEW, span, "the label '%.*s' cannot be used in the migration that adds it",
           STR_ARG(label_found->name));
    label(c, added, "added here");
    help(c, "use it in a migration of its own: it has to be committed first");
    return false;
}

static void use_label(Reader *r, const Enum *type, Str name, Use use)
{
    const EnumLabel *found = enum_label(type, name);
    Span span = fragment_place(r->names.fragment, use.offset, use.length);
    if (found == NULL) {
        r->refused = true;
        report_unknown_label(r->names.sql->c, type, name, span);
        return;
    }
    if (!check_committed(r, type, found, span))
        return;
    use.object = type->object.id;
    use.part = found->id;
    expression_add_use(r, use);
}

/* ------------------------------------------------------------------ arrays */

/* The elements of '{a, "b c", NULL}', as far as they stand in the text as they are: without escapes. */
static void read_elements(Reader *r, const Enum *type, size_t start, size_t end)
{
    Str sql = r->names.fragment->sql;
    for (size_t at = start; at < end;) {
        size_t from = at;
        bool quoted = sql.data[at] == '"';
        if (strchr("{}, \t\n", sql.data[at]) != NULL) {
            at++;
            continue;
        }
        for (at += quoted; at < end && (quoted ? sql.data[at] != '"' : strchr("{},", sql.data[at]) == NULL);)
            at++;
        Str text = str_slice(sql, from + quoted, at);
        at += quoted;
        Str name = quoted ? text : str_trim(text);
        size_t length = quoted ? at - from : name.len;
        Use use = {.offset = (uint32_t) from, .length = (uint32_t) length, .form = USE_ELEMENT};
        if (quoted || !(name.len == 4 && strncasecmp(name.data, "null", 4) == 0))
            use_label(r, type, name, use);
    }
}

static void read_array(Reader *r, const Enum *type, const PgQuery__Node *node)
{
    Str sql = r->names.fragment->sql, value = constant_string(node);
    if (value.data == NULL)
        return;
    size_t start = tree_offset(r->names.prefix, node->a_const->location), end = string_end(sql, start);
    Str inside = str_slice(sql, start + 1, end - 1);
    bool plain = sql.data[start] == '\'' && str_equal(inside, value) && value.len > 0 && value.data[0] == '{' &&
                 memchr(value.data, '\\', value.len) == NULL;
    if (plain)
        read_elements(r, type, start + 1, end - 1);
}

/* ------------------------------------------------------------------ values of a known type */

static void read_constant(Reader *r, const Enum *type, const PgQuery__Node *node)
{
    Str name = constant_string(node);
    if (name.data == NULL)
        return;
    size_t start = tree_offset(r->names.prefix, node->a_const->location);
    Use use = {.offset = (uint32_t) start, .form = USE_LITERAL};
    use.length = (uint32_t) (string_end(r->names.fragment->sql, start) - start);
    use_label(r, type, name, use);
}

static void read_array_value(Reader *r, const Type *element, const PgQuery__Node *node)
{
    const Enum *type = type_enum(r->names.schema, element);
    if (type == NULL || node == NULL)
        return;
    if (node->node_case != PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
        read_array(r, type, node);
        return;
    }
    for (size_t i = 0; i < node->a_array_expr->n_elements; i++)
        read_constant(r, type, node->a_array_expr->elements[i]);
}

void label_read_value(Reader *r, const Type *type, const PgQuery__Node *node)
{
    Type base = type_base(r->names.schema, type);
    const Enum *wanted = type_enum(r->names.schema, &base);
    if (wanted != NULL) {
        read_constant(r, wanted, node);
    } else if (base.array) {
        base.array = false;
        read_array_value(r, &base, node);
    }
}

/* ------------------------------------------------------------------ values beside others */

/* The type of what needs no thinking; false: of nothing else. */
static bool evident_type(Reader *r, const PgQuery__Node *node, Type *type)
{
    if (r->query != NULL && node != NULL && node->node_case != PG_QUERY__NODE__NODE_LIST) {
        *type = query_type(r, node);
        return type->catalog != NULL && !str_is(type->catalog->name, "unknown");
    }
    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        bool known = resolve_known_type(r->names, node->type_cast->type_name, type);
        type->array = type->array || node->type_cast->type_name->n_array_bounds > 0;
        return known;
    }
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return false;
    Str name = tree_name(node->column_ref->n_fields, node->column_ref->fields);
    const Table *table = r->scope.table;
    const ColumnInfo *column = table == NULL ? NULL : table_column_named(table, name);
    if (r->scope.place == PLACE_DOMAIN && str_is(name, "value") && r->scope.type != NULL)
        *type = *r->scope.type;
    else if (column != NULL)
        *type = column->type;
    else
        return false;
    return true;
}

/* The constants among the values have the type. */
static void read_values(Reader *r, const Type *type, size_t count, PgQuery__Node *const *values)
{
    for (size_t i = 0; i < count; i++)
        label_read_value(r, type, values[i]);
}

static bool is_comparison(const PgQuery__AExpr *expression)
{
    static const char *const names[] = {"=", "<>", "<", ">", "<=", ">="};
    Str name = tree_name(expression->n_name, expression->name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(name, names[i]))
            return true;
    }
    return expression->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP;
}

/* `status = 'draft'`, `status in ('draft', …)`, `status between …`, `status = any ('{draft, …}')`; the other way round,
 * too. */
static void read_comparison(Reader *r, const PgQuery__AExpr *expression)
{
    const PgQuery__Node *left = expression->lexpr, *right = expression->rexpr;
    bool any = expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY ||
               expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL;
    Type type = {0};
    if (!is_comparison(expression))
        return;
    if (evident_type(r, left, &type)) {
        if (any && !type.array)
            read_array_value(r, &type, right);
        else if (right != NULL && right->node_case == PG_QUERY__NODE__NODE_LIST)
            read_values(r, &type, right->list->n_items, right->list->items);
        else if (!any)
            label_read_value(r, &type, right);
    } else if (!any && evident_type(r, right, &type)) {
        label_read_value(r, &type, left);
    }
}

/* `case status when 'draft' then …` */
static void read_case(Reader *r, const PgQuery__CaseExpr *expression)
{
    Type type = {0};
    if (!evident_type(r, expression->arg, &type))
        return;
    for (size_t i = 0; i < expression->n_args; i++)
        label_read_value(r, &type, expression->args[i]->case_when->expr);
}

/* `coalesce(status, 'draft')`: the first that is no constant gives the type. */
static void read_coalesce(Reader *r, const PgQuery__CoalesceExpr *expression)
{
    Type type = {0};
    for (size_t i = 0; i < expression->n_args; i++) {
        if (evident_type(r, expression->args[i], &type)) {
            read_values(r, &type, expression->n_args, expression->args);
            return;
        }
    }
}

static void read_beside(Reader *r, const ProtobufCMessage *message)
{
    if (tree_is(message, pg_query__a__expr))
        read_comparison(r, (const PgQuery__AExpr *) message);
    else if (tree_is(message, pg_query__case_expr))
        read_case(r, (const PgQuery__CaseExpr *) message);
    else if (tree_is(message, pg_query__coalesce_expr))
        read_coalesce(r, (const PgQuery__CoalesceExpr *) message);
}

void label_read_beside(Reader *r, const ProtobufCMessage *message)
{
    if (r->query == NULL)
        read_beside(r, message);
    else
        list_push(&r->names.sql->c->arena, &r->labels, message);
}

void label_read_later(Reader *r)
{
    for (size_t i = 0; i < r->labels.count; i++)
        read_beside(r, r->labels.items[i]);
    r->labels.count = 0;
}
