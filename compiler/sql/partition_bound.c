/* Bounds of partitions: `for values in (…)`, `from (…) to (…)`, `with (modulus …)`, `default`. */
#include "bound_value.h"
#include "bug.h"
#include "expression.h"
#include "query.h"

#include <stdlib.h>
#include <strings.h>

#define BOUND_PREFIX "CREATE TABLE x PARTITION OF y "

typedef struct BoundReader {
    Reader reader;
    SqlBound *result;
    Expression *whole;
    Text shape;
    bool refused;
} BoundReader;

/* ------------------------------------------------------------------ values */

/* A constant as text: behind a sign, or within a cast to just the type. data == NULL: something else. */
static Str constant_text(BoundReader *r, const Type *type, const PgQuery__Node *node)
{
    Arena *arena = r->shape.arena;
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        Type cast;
        bool same = type != NULL && resolve_known_type(r->reader.names, node->type_cast->type_name, &cast) &&
                    cast.catalog == type->catalog && node->type_cast->type_name->n_typmods == 0;
        return same ? constant_text(r, type, node->type_cast->arg) : (Str) {0};
    }
    if (node->node_case == PG_QUERY__NODE__NODE_A_EXPR) {
        const PgQuery__AExpr *sign = node->a_expr;
        bool minus = sign->lexpr == NULL && str_is(tree_name(sign->n_name, sign->name), "-");
        Str text = minus ? constant_text(r, type, sign->rexpr) : (Str) {0};
        return text.data == NULL ? text : str_format(arena, "-%.*s", STR_ARG(text));
    }
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST)
        return (Str) {0};
    const PgQuery__AConst *constant = node->a_const;
    switch ((int) constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL: return str_format(arena, "%d", (int) constant->ival->ival);
    case PG_QUERY__A__CONST__VAL_FVAL: return str_from(constant->fval->fval);
    case PG_QUERY__A__CONST__VAL_BOOLVAL: return constant->boolval->boolval ? STR("true") : STR("false");
    case PG_QUERY__A__CONST__VAL_SVAL: return str_from(constant->sval->sval);
    }
    return (Str) {0};
}

static bool is_null(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull;
}

/* `minvalue` and `maxvalue` are columns' names to the parser. */
static bool read_infinite(const PgQuery__Node *node, BoundValue *value)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF || node->column_ref->n_fields != 1)
        return false;
    Str name = tree_name(1, node->column_ref->fields);
    bool minimum = str_is(name, "minvalue");
    *value = (BoundValue) {.kind = minimum ? BOUND_MINIMUM : BOUND_MAXIMUM};
    return minimum || str_is(name, "maxvalue");
}

static bool note_computed(void *context, const ProtobufCMessage *message)
{
    BoundReader *r = context;
    bool value = tree_is(message, pg_query__sqlvalue_function) || tree_is(message, pg_query__func_call);
    Bound *bound = r->result->bound;
    bound->computed = bound->computed || (value && query_volatility(&r->reader, message) != CATALOG_IMMUTABLE);
    return true;
}

/* Some words for a date or time are what the clock says. */
static bool is_of_clock(Str word)
{
    static const char *const words[] = {"now", "today", "tomorrow", "yesterday"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (word.len == strlen(words[i]) && strncasecmp(word.data, words[i], word.len) == 0)
            return true;
    }
    return false;
}

/* The expression of one value becomes a part of the whole's. */
static void add_expression(BoundReader *r, const Type *type, const PgQuery__Node *node)
{
    r->reader.scope.type = type;
    r->reader.refused = false;
    Expression *part = expression_read(&r->reader, &node->base);
    r->refused = r->refused || part == NULL;
    for (size_t i = 0; part != NULL && i < part->uses.count; i++)
        list_push(r->shape.arena, &r->whole->uses, part->uses.items[i]);
    if (part != NULL)
        text_addf(&r->shape, " %.*s", STR_ARG(part->shape));
    if (part != NULL)
        tree_walk(&node->base, note_computed, r);
}

static void read_value(BoundReader *r, size_t key, const PgQuery__Node *node, bool range, BoundValues *values)
{
    const Table *table = r->reader.scope.table;
    const IndexKeys *keys = &table->partition.keys;
    const ColumnInfo *column = key < keys->count ? table_column(table, keys->items[key].column) : NULL;
    const Type *type = column == NULL ? NULL : &column->type;
    BoundValue value = {.kind = BOUND_UNKNOWN};
    if (range && read_infinite(node, &value)) {
        text_addf(&r->shape, " %s", value.kind == BOUND_MINIMUM ? "minimum" : "maximum");
    } else if (is_null(node)) {
        value.kind = BOUND_NULL;
        text_add_c(&r->shape, " null");
    } else {
        add_expression(r, type, node);
        Str text = constant_text(r, type, node);
        bool clock = type != NULL && type->catalog != NULL && type->catalog->category == 'D' && is_of_clock(text);
        r->result->bound->computed = r->result->bound->computed || clock;
        if (text.data != NULL)
            value = bound_value(r->reader.names.schema, type, text);
    }
    list_push(r->shape.arena, values, value);
}

static void read_values(BoundReader *r, size_t count, PgQuery__Node *const *nodes, bool range, BoundValues *values)
{
    for (size_t i = 0; i < count; i++)
        read_value(r, range ? i : 0, nodes[i], range, values);
}

/* ------------------------------------------------------------------ bounds */

static void read_spec(BoundReader *r, const PgQuery__PartitionBoundSpec *spec)
{
    Bound *bound = r->result->bound;
    bound->is_default = spec->is_default;
    bound->modulus = spec->modulus;
    bound->remainder = spec->remainder;
    text_addf(&r->shape, "bound %s %d %d", spec->strategy, (int) spec->modulus, (int) spec->remainder);
    if (spec->is_default)
        return;
    bool range = strcmp(spec->strategy, "r") == 0, list = strcmp(spec->strategy, "l") == 0;
    r->result->strategy = range ? PARTITION_RANGE : list ? PARTITION_LIST : PARTITION_HASH;
    read_values(r, spec->n_listdatums, spec->listdatums, false, &bound->values);
    read_values(r, spec->n_lowerdatums, spec->lowerdatums, true, &bound->values);
    text_add_c(&r->shape, " to");
    read_values(r, spec->n_upperdatums, spec->upperdatums, true, &bound->ends);
}

static int compare_uses(const void *left, const void *right)
{
    const Use *a = left, *b = right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

SqlBound sql_bound(Sql *sql, ExpressionScope scope, const Fragment *fragment)
{
    SqlBound result = {0};
    const PgQuery__Node *statement = tree_statement(sql, BOUND_PREFIX, fragment, "");
    if (statement == NULL)
        return result;
    if (statement->node_case != PG_QUERY__NODE__NODE_CREATE_STMT || statement->create_stmt->partbound == NULL)
        BUG("a bound was parsed as something else");
    Arena *arena = &sql->c->arena;
    Bound *bound = arena_new(arena, Bound);
    BoundReader r = {.result = &result, .whole = arena_new(arena, Expression), .shape = text_new(arena)};
    r.reader = (Reader) {.names = name_place(sql, scope.schema, fragment, BOUND_PREFIX), .scope = scope};
    result.bound = bound;
    read_spec(&r, statement->create_stmt->partbound);
    if (r.whole->uses.count > 1)
        qsort(r.whole->uses.items, r.whole->uses.count, sizeof(Use), compare_uses);
    r.whole->sql = fragment->sql;
    r.whole->shape = text_str(&r.shape);
    bound->expression = r.whole;
    if (r.refused)
        result.bound = NULL;
    return result;
}
