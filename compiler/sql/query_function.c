/* What a function in FROM gives: addRangeTableEntryForFunction in src/backend/parser/parse_relation.c. */
#include "query.h"

#include "function.h"

/* ------------------------------------------------------------------ the server's own */

static void add_outputs(Reader *r, RangeItem *item, const CatalogFunction *function)
{
    for (size_t i = 0; i < function->output_count; i++) {
        const CatalogColumn *output = &function->outputs[i];
        Type type = output->type == NULL ? (Type) {0} : type_of_catalog(r->names.schema, output->type);
        range_add_column(r, item, output->name, type);
    }
    item->scalar = function->output_count == 1;
}

/* ------------------------------------------------------------------ those of migrations */

static bool comes_out(const Parameter *parameter)
{
    return parameter->mode == PARAMETER_OUT || parameter->mode == PARAMETER_INOUT || parameter->mode == PARAMETER_TABLE;
}

static size_t count_outputs(const Routine *routine)
{
    size_t count = 0;
    for (size_t i = 0; i < routine->parameters.count; i++)
        count += comes_out(&routine->parameters.items[i]);
    return count;
}

/* What has no name is column1, column2 …; a single one then has the function's. */
static void add_parameters(Reader *r, RangeItem *item, const Routine *routine, Str name)
{
    size_t count = count_outputs(routine), place = 0;
    for (size_t i = 0; i < routine->parameters.count; i++) {
        const Parameter *parameter = &routine->parameters.items[i];
        if (!comes_out(parameter))
            continue;
        Str own = parameter->name;
        if (own.len == 0)
            own = count == 1 ? name : str_format(READER_ARENA(r), "column%zu", place + 1);
        range_add_column(r, item, own, parameter->type);
        place++;
    }
    item->scalar = count == 1;
}

/* The rows of a table or composite type: their columns follow it. */
static void add_row(Reader *r, RangeItem *item, const Table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        range_add_column(r, item, column->name, column->type);
        item->columns.items[item->columns.count - 1].object = table->object.id;
        item->columns.items[item->columns.count - 1].column = column->id;
    }
}

static void add_routine(Reader *r, RangeItem *item, const Routine *routine, Str name)
{
    const Table *row = routine->result.array ? NULL : schema_relation(r->names.schema, routine->result.object);
    const CatalogType *type = routine->result.catalog;
    if (count_outputs(routine) > 0)
        add_parameters(r, item, routine, name);
    else if (row != NULL)
        add_row(r, item, row);
    else if (type == NULL || (type->kind == CATALOG_PSEUDO && str_is(type->name, "record")))
        item->open = true;
    else
        range_add_column(r, item, name, type->kind == CATALOG_PSEUDO ? (Type) {0} : routine->result);
}

/* ------------------------------------------------------------------ any */

void query_add_function(Reader *r, RangeItem *item, const PgQuery__Node *node, Str name)
{
    if (node->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) {
        range_add_column(r, item, name, query_collated_type(r, node));
        return;
    }
    const PgQuery__FuncCall *call = node->func_call;
    Str function = tree_name(call->n_funcname, call->funcname);
    UserFunctions own = user_functions(r->names.schema, tree_qualifier(call->n_funcname, call->funcname), function,
                                       call->n_args);
    Type type = query_collated_type(r, node);
    const CatalogType *catalog = type.catalog;
    const CatalogFunction *outputs = own.items.count == 0 ? query_function_with_outputs(r, call, &type) : NULL;
    bool row = catalog != NULL && (catalog->kind == CATALOG_COMPOSITE || catalog->kind == CATALOG_PSEUDO);
    if (own.items.count == 1 && !catalog_function_known(&r->names.schema->view, function))
        add_routine(r, item, own.items.items[0]->routine, name);
    else if (outputs != NULL)
        add_outputs(r, item, outputs);
    else if ((type.catalog != NULL && !row) || !query_call_gives_rows(r, call))
        range_add_column(r, item, name, type);
    else
        item->open = true;
}
