/* Fields of rows, `(t.address).street`: holes like columns, of the composite type or relation that makes the row
 * (ParseFuncOrColumn() in src/backend/parser/parse_func.c; transformAssignmentIndirection() in parse_target.c). */
#include "function.h"
#include "lookup.h"
#include "query.h"

/* What stands behind an operand, and what that is. */
typedef struct Path {
    Type type;
    size_t count;
    PgQuery__Node *const *nodes;
    size_t start;              /* the first token; 0: not known */
    bool assigned;
} Path;

static Path path_of(Reader *r, const PgQuery__AIndirection *node)
{
    return (Path) {.type = query_type(r, node->arg), .count = node->n_indirection, .nodes = node->indirection,
                   .start = query_path_start(r, node)};
}

/* `(row).name` may be the call name(row). */
static bool may_be_function(const Reader *r, Str name)
{
    const Schema *schema = r->names.schema;
    return find_overloads(schema, name, STR("")).found || user_functions(schema, STR(""), name, 1).items.count > 0;
}

/* No field, and nothing else that it could be. */
static void report_unknown_field(Reader *r, const Path *path, Type row, const Table *relation, size_t place)
{
    Compilation *c = r->names.sql->c;
    Str name = str_from(path->nodes[place]->string->sval);
    Type base = type_base(r->names.schema, &row);
    const CatalogType *type = type_catalog(&base);
    bool plain = type != NULL && base.object == 0 && type->kind != CATALOG_COMPOSITE && type->kind != CATALOG_PSEUDO;
    Use use = {0};
    bool found = query_field_place(r, path->start, place, &use);
    if ((!plain && relation == NULL) || !found || (!path->assigned && may_be_function(r, name)))
        return;
    Span span = fragment_place(r->names.fragment, use.offset, use.length);
    r->refused = true;
    if (relation != NULL) {
        report_unknown_column(c, relation, name, span);
        return;
    }
    report(c, M_UNKNOWN_COLUMN, span, "a value of type %.*s has no field \"%.*s\"", STR_ARG(type->display),
           STR_ARG(name));
}

static Use find_field(Reader *r, const Path *path, size_t place)
{
    const Table *relation;
    Type row = query_part_type(r, path->type, place, path->nodes);
    const ColumnInfo *field = query_field(r, row, path->nodes[place], &relation);
    Use use = {.form = USE_NAME};
    if (field == NULL && path->nodes[place]->node_case == PG_QUERY__NODE__NODE_STRING)
        report_unknown_field(r, path, row, relation, place);
    if (field == NULL || !query_field_place(r, path->start, place, &use))
        return (Use) {0};
    use.object = relation->object.id;
    use.part = field->id;
    return use;
}

/* `(row).*` is all of them. */
static void use_all(Reader *r, Type row)
{
    const Table *relation = query_row_relation(r, &row);
    for (size_t i = 0; relation != NULL && i < relation->columns.count; i++)
        expression_add_use(r, (Use) {.object = relation->object.id, .part = relation->columns.items[i]->id,
                                     .form = USE_HIDDEN});
}

static void use_path(Reader *r, const Path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        if (path->nodes[i]->node_case == PG_QUERY__NODE__NODE_A_STAR)
            use_all(r, query_part_type(r, path->type, i, path->nodes));
        Use field = find_field(r, path, i);
        if (field.object != 0)
            expression_add_use(r, field);
    }
}

void query_use_fields(Reader *r, const PgQuery__AIndirection *node)
{
    Path path = path_of(r, node);
    use_path(r, &path);
}

void query_use_set_fields(Reader *r, Type type, const PgQuery__ResTarget *target)
{
    Path path = {.type = type, .count = target->n_indirection, .nodes = target->indirection, .assigned = true};
    path.start = path.count == 0 ? 0 : query_target_path_start(r, target);
    use_path(r, &path);
}

Use query_last_field(Reader *r, const PgQuery__AIndirection *node)
{
    Path path = path_of(r, node);
    return r->refused ? (Use) {0} : find_field(r, &path, path.count - 1);
}
