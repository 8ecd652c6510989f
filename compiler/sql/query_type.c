/* Types of expressions, as far as they are plain: columns, constants, casts, and calls and operators all of whose
 * overloads that fit agree. Where the server would have to choose, the type is not known. */
#include "cast.h"
#include "function.h"
#include "query.h"

#include "lookup.h"
#include "range.h"
#include "unknown.h"

Type query_core_type(const Schema *schema, const char *name)
{
    return (Type) {.catalog = catalog_type_in(&schema->view.catalog->core, str_from(name))};
}

Type query_settled_type(const Schema *schema, Type type)
{
    bool literal = type.catalog != NULL && str_is(type.catalog->name, "unknown");
    return literal ? query_core_type(schema, "text") : type;
}

bool query_types_equal(const Type *one, const Type *other)
{
    bool same = one->catalog == other->catalog && one->object == other->object && one->array == other->array &&
                one->modifiers.count == other->modifiers.count;
    for (size_t i = 0; same && i < one->modifiers.count; i++)
        same = one->modifiers.items[i] == other->modifiers.items[i];
    return same;
}

static bool is_known(Type type)
{
    return type.catalog != NULL;
}

bool query_is_literal(Type type)
{
    return type.catalog != NULL && str_is(type.catalog->name, "unknown");
}

Type query_common_type(Type one, Type other)
{
    if (query_is_literal(one))
        return other;
    if (query_is_literal(other))
        return one;
    bool close = is_known(one) && one.catalog == other.catalog && one.array == other.array;
    if (!query_types_equal(&one, &other)) {
        if (!close)
            return (Type) {0};
        one.modifiers.count = 0;
    }
    if (one.collation.data == NULL) {
        one.collation = other.collation;
        one.collation_object = other.collation_object;
    }
    return one;
}

static Type core(const Reader *r, const char *name)
{
    return query_core_type(r->names.schema, name);
}

static bool is_polymorphic(const CatalogType *type)
{
    return type->kind == CATALOG_PSEUDO && str_starts_with(type->name, STR("any"));
}

/* A type of the catalog as one of the model: arrays apart from their elements. */
static Type of_catalog(const Reader *r, const CatalogType *catalog)
{
    return catalog == NULL || is_polymorphic(catalog) ? (Type) {0} : type_of_catalog(r->names.schema, catalog);
}

/* ------------------------------------------------------------------ constants and simple nodes */

static Type constant_type(const Reader *r, const PgQuery__AConst *constant)
{
    if (constant->isnull)
        return core(r, "unknown");
    switch ((int) constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL: return core(r, "int4");
    case PG_QUERY__A__CONST__VAL_FVAL: {
        Str digits = str_from(constant->fval->fval);
        bool whole = digits.len < 19 && memchr(digits.data, '.', digits.len) == NULL &&
                     memchr(digits.data, 'e', digits.len) == NULL && memchr(digits.data, 'E', digits.len) == NULL;
        return core(r, whole ? "int8" : "numeric");
    }
    case PG_QUERY__A__CONST__VAL_BOOLVAL: return core(r, "bool");
    case PG_QUERY__A__CONST__VAL_BSVAL: return core(r, "bit");
    default: return core(r, "unknown");
    }
}

static Type value_function_type(const Reader *r, const PgQuery__SQLValueFunction *function)
{
    switch ((int) function->op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE: return core(r, "date");
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME: return core(r, "timetz");
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP: return core(r, "timestamptz");
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME: return core(r, "time");
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP: return core(r, "timestamp");
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA: return core(r, "name");
    default: return (Type) {0};
    }
}

static Type array_of(Type element)
{
    bool plain = is_known(element) && !query_is_literal(element) && !element.array;
    element.array = true;
    return plain ? element : (Type) {0};
}

static Type common_of(Reader *r, size_t count, PgQuery__Node *const *nodes)
{
    Type type = count == 0 ? (Type) {0} : query_type(r, nodes[0]);
    for (size_t i = 1; i < count; i++)
        type = query_common_type(type, query_type(r, nodes[i]));
    return type;
}

static Type case_type(Reader *r, const PgQuery__CaseExpr *expression)
{
    Type type = expression->defresult == NULL ? core(r, "unknown") : query_type(r, expression->defresult);
    for (size_t i = 0; i < expression->n_args; i++)
        type = query_common_type(type, query_type(r, expression->args[i]->case_when->result));
    return type;
}

const QueryColumns *query_outputs(const Reader *r, const PgQuery__SelectStmt *select)
{
    const void *key = select;
    return r->query == NULL ? NULL
                            : map_get_pointer(&r->query->outputs, ((Str) {(const char *) &key, sizeof key}));
}

static Type subquery_type(Reader *r, const PgQuery__SubLink *link)
{
    const QueryColumns *columns = query_outputs(r, link->subselect->select_stmt);
    Type first = columns == NULL || columns->count == 0 ? (Type) {0} : columns->items[0].type;
    switch ((int) link->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: return first;
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK: return array_of(first);
    default: return core(r, "bool");
    }
}

/* ------------------------------------------------------------------ calls and operators */

static bool is_exactly(const CatalogType *parameter, Type argument)
{
    return argument.catalog != NULL && parameter == type_catalog(&argument);
}

static bool is_any_array(const CatalogType *type)
{
    return str_is(type->name, "anyarray") || str_is(type->name, "anycompatiblearray");
}

/* Whether a polymorphic parameter takes the argument, as far as is known. */
static bool polymorphic_takes(const CatalogType *parameter, Type argument)
{
    if (!is_known(argument) || query_is_literal(argument))
        return true;
    if (is_any_array(parameter))
        return argument.array;
    if (str_is(parameter->name, "anyenum"))
        return argument.catalog->kind == CATALOG_ENUM && !argument.array;
    bool range = str_ends_with(parameter->name, STR("range"));
    return range ? argument.catalog->kind == CATALOG_RANGE || argument.catalog->kind == CATALOG_MULTIRANGE
                 : !str_ends_with(parameter->name, STR("nonarray")) || !argument.array;
}

/* How well an overload fits: what the server counts to choose one (func_match_argtypes, func_select_candidate). */
typedef struct Fit {
    bool fits;
    size_t exact, preferred;
} Fit;

static void fit_argument(const Reader *r, Fit *fit, const CatalogType *parameter, Type argument)
{
    if (is_exactly(parameter, argument)) {
        fit->exact++;
        fit->preferred++;
        return;
    }
    if (is_polymorphic(parameter)) {
        fit->fits = fit->fits && polymorphic_takes(parameter, argument);
        return;
    }
    fit->preferred += parameter->preferred;
    /* There is no catalog type of an array of what is polymorphic itself. */
    const CatalogType *type = query_is_literal(argument) ? NULL : type_catalog(&argument);
    if (type != NULL && !catalog_coercible(&r->names.schema->view, type, parameter, CATALOG_IMPLICIT))
        fit->fits = false;
}

/* An operator has one operand or two; PostgreSQL 13 and older have some that stand behind theirs. */
static void fit_operand(const Reader *r, Fit *fit, const CatalogType *parameter, bool written, Type type)
{
    if ((parameter == NULL) == written)
        fit->fits = false;
    else if (fit->fits && parameter != NULL)
        fit_argument(r, fit, parameter, type);
}

/* The results of those that fit best, and the volatility of the one that may be counted on the most. */
typedef struct Agreement {
    Fit best;
    Type result;
    CatalogVolatility volatility;
    size_t count;
    bool agree;
} Agreement;

static void add_result(Agreement *agreement, Fit fit, Type result, CatalogVolatility volatility)
{
    bool better = fit.exact > agreement->best.exact ||
                  (fit.exact == agreement->best.exact && fit.preferred > agreement->best.preferred);
    bool equal = fit.exact == agreement->best.exact && fit.preferred == agreement->best.preferred;
    if (!fit.fits || (agreement->count > 0 && !better && !equal))
        return;
    if (agreement->count == 0 || better)
        *agreement = (Agreement) {.best = fit, .result = result, .volatility = volatility, .agree = true};
    agreement->count++;
    agreement->volatility = volatility < agreement->volatility ? volatility : agreement->volatility;
    agreement->agree = agreement->agree && query_types_equal(&agreement->result, &result);
}

static Type agreed(Agreement agreement)
{
    return agreement.count > 0 && agreement.agree ? agreement.result : (Type) {0};
}

static Type element_of(Type array)
{
    array.array = false;
    return array;
}

/* The result of a call; where it is polymorphic, by the first argument that says it. */
static Type result_type(const Reader *r, const CatalogType *result, const CatalogType *const *parameters,
                        const Type *arguments, size_t count)
{
    if (!is_polymorphic(result))
        return of_catalog(r, result);
    bool range = str_ends_with(result->name, STR("range"));
    for (size_t i = 0; i < count && !range; i++) {
        Type argument = arguments[i];
        argument.modifiers.count = 0;
        if (parameters[i] == NULL || !is_polymorphic(parameters[i]) || !is_known(argument) ||
            query_is_literal(argument) || str_ends_with(parameters[i]->name, STR("range")))
            continue;
        bool gives = is_any_array(result), takes = is_any_array(parameters[i]);
        return gives == takes ? argument : gives ? array_of(argument) : element_of(argument);
    }
    return (Type) {0};
}

static bool takes_count(const CatalogFunction *function, size_t count)
{
    size_t least = (size_t) function->argument_count - function->defaults;
    return function->variadic != NULL ? count + 1 >= least : count >= least && count <= function->argument_count;
}

static bool is_text(const CatalogType *type)
{
    return type != NULL && str_is(type->name, "text");
}

/* What makes text of any value (`||`, quote_literal) is a function in SQL, of which nothing is left when it is asked
 * whether it can be counted on (inline_function() in src/backend/optimizer/util/clauses.c), but the conversion. */
static CatalogVolatility volatility_with(CatalogVolatility volatility, const CatalogType *result,
                                         const CatalogType *const *parameters, const Type *arguments, size_t count)
{
    for (size_t i = 0; i < count && volatility == CATALOG_STABLE && is_text(result); i++) {
        const CatalogType *type = type_catalog(&arguments[i]);
        bool any = parameters[i] != NULL &&
                   (str_is(parameters[i]->name, "anynonarray") || str_is(parameters[i]->name, "anyelement"));
        if (any)
            return type == NULL ? CATALOG_IMMUTABLE : catalog_base_type(type)->output;
    }
    return volatility;
}

static void try_function(const Reader *r, Agreement *agreement, const CatalogFunction *function, const Type *arguments,
                         size_t count)
{
    Fit fit = {.fits = takes_count(function, count)};
    size_t plain = function->variadic != NULL ? (size_t) function->argument_count - 1 : count;
    for (size_t i = 0; i < count && i < plain && fit.fits; i++)
        fit_argument(r, &fit, function->arguments[i], arguments[i]);
    if (fit.fits)
        add_result(agreement, fit,
                   result_type(r, function->result, function->arguments, arguments, count < plain ? count : plain),
                   volatility_with(function->volatility, function->result, function->arguments, arguments,
                                   count < plain ? count : plain));
}

/* Of the one function that a migration has made, where it is not polymorphic and the server has none of the name. */
static Type own_result(const Schema *schema, const UserFunctions *own, Str name)
{
    const Type *result = &own->items.items[0]->routine->result;
    bool plain = result->catalog != NULL && (!is_polymorphic(result->catalog) || result->object != 0);
    return plain && own->items.count == 1 && !catalog_function_known(&schema->view, name) ? *result : (Type) {0};
}

enum { MOST_ARGUMENTS = 16 };

static size_t argument_count(const PgQuery__FuncCall *call)
{
    return call->n_args + (call->agg_within_group ? call->n_agg_order : 0);
}

/* Of those that the server or an extension brings. */
static Agreement call_agreement(Reader *r, const PgQuery__FuncCall *call)
{
    const Schema *schema = r->names.schema;
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    Agreement agreement = {0};
    Type arguments[MOST_ARGUMENTS];
    size_t count = argument_count(call);
    if (count > MOST_ARGUMENTS)
        return agreement;
    for (size_t i = 0; i < call->n_args; i++)
        arguments[i] = query_type(r, call->args[i]);
    for (size_t i = call->n_args; i < count; i++)
        arguments[i] = query_type(r, call->agg_order[i - call->n_args]->sort_by->node);
    catalog_each_owner(owner, &schema->view) {
        CatalogFunctions functions = catalog_functions_in(owner, name);
        for (size_t i = 0; i < functions.count && extension_is_reached(schema, owner, qualifier); i++)
            try_function(r, &agreement, catalog_at(functions, i), arguments, count);
    }
    return agreement;
}

bool query_call_fits(Reader *r, const PgQuery__FuncCall *call)
{
    return argument_count(call) > MOST_ARGUMENTS || call_agreement(r, call).count > 0;
}

static Type call_type(Reader *r, const PgQuery__FuncCall *call)
{
    const Schema *schema = r->names.schema;
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    UserFunctions own = user_functions(schema, qualifier, name, argument_count(call));
    if (own.items.count > 0)
        return own_result(schema, &own, name);
    if (!catalog_function_known(&schema->view, name))
        return range_constructed(schema, qualifier, name);
    return agreed(call_agreement(r, call));
}

static Agreement operators_taking(const Reader *r, const QueryOperator *operator, const Type *sides)
{
    const Schema *schema = r->names.schema;
    Agreement agreement = {0};
    catalog_each_owner(owner, &schema->view) {
        CatalogOperators operators = catalog_operators_in(owner, operator->name);
        for (size_t i = 0; i < operators.count; i++) {
            const CatalogOperator *one = catalog_at(operators, i);
            const CatalogType *parameters[] = {one->left, one->right};
            Fit fit = {.fits = true};
            fit_operand(r, &fit, one->left, !operator->prefix, sides[0]);
            fit_operand(r, &fit, one->right, true, sides[1]);
            if (fit.fits)
                add_result(&agreement, fit, result_type(r, one->result, parameters, sides, 2),
                           volatility_with(one->volatility, one->result, parameters, sides, 2));
        }
    }
    return agreement;
}

/* A literal beside something else is taken to be of its type, if there is such an operator. */
static Agreement operator_agreement(const Reader *r, const QueryOperator *operator)
{
    Type left = operator->left, right = operator->right;
    Type alike[] = {query_is_literal(left) ? right : left, query_is_literal(right) ? left : right};
    Agreement agreement = operators_taking(r, operator, alike);
    return agreement.count > 0 ? agreement : operators_taking(r, operator, (Type[]) {left, right});
}

bool query_operator_fits(const Reader *r, const QueryOperator *operator)
{
    return operator_agreement(r, operator).count > 0;
}

QueryOperator query_operator(Reader *r, const PgQuery__AExpr *expression)
{
    QueryOperator operator = {.name = tree_name(expression->n_name, expression->name),
                              .qualifier = tree_qualifier(expression->n_name, expression->name),
                              .prefix = expression->lexpr == NULL};
    if (!operator.prefix)
        operator.left = query_type(r, expression->lexpr);
    operator.right = query_type(r, expression->rexpr);
    return operator;
}

static Agreement agreement_of(Reader *r, const PgQuery__AExpr *expression)
{
    QueryOperator operator = query_operator(r, expression);
    return operator_agreement(r, &operator);
}

static Type expression_type(Reader *r, const PgQuery__AExpr *expression)
{
    switch ((int) expression->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP: return agreed(agreement_of(r, expression));
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF: return query_type(r, expression->lexpr);
    default: return core(r, "bool");
    }
}

static Type cast_type(Reader *r, const PgQuery__TypeCast *cast)
{
    Type type = {0};
    if (!resolve_known_type(r->names, cast->type_name, &type))
        return (Type) {0};
    if (!read_modifiers(READER_ARENA(r), cast->type_name, &type))
        return (Type) {0};
    type.array = type.array || cast->type_name->n_array_bounds > 0;
    return type;
}

/* In an expression of one table alone, or of a domain's value. */
static Type scope_column_type(const Reader *r, const PgQuery__ColumnRef *reference)
{
    const Table *table = r->scope.table;
    if (r->scope.place == PLACE_DOMAIN)
        return r->scope.type == NULL ? (Type) {0} : *r->scope.type;
    const ColumnInfo *column =
        table == NULL ? NULL : table_column_named(table, tree_name(reference->n_fields, reference->fields));
    return column == NULL ? (Type) {0} : column->type;
}

/* What is no column may be the row of a relation in FROM. */
static Type column_type(Reader *r, const PgQuery__ColumnRef *reference)
{
    if (r->query == NULL)
        return scope_column_type(r, reference);
    const QueryColumn *column = query_resolved(r, reference);
    if (column != NULL || reference->n_fields != 1)
        return column == NULL ? (Type) {0} : column->type;
    const RangeItem *item = query_find_item(r, STR(""), tree_name(1, reference->fields));
    if (item == NULL || item->table == NULL)
        return (Type) {0};
    ObjectId relation = item->table->object.id;
    return (Type) {.catalog = object_type(r->names.schema, relation), .object = relation};
}

static Type parameter_type(const Reader *r, const PgQuery__ParamRef *parameter)
{
    if (r->query == NULL || parameter->number < 1)
        return (Type) {0};
    size_t place = (size_t) parameter->number - 1;
    bool known = place < r->query->scope->variables.count;
    return known ? r->query->scope->variables.items[place].type : (Type) {0};
}

const Table *query_row_relation(const Reader *r, const Type *type)
{
    Type base = type_base(r->names.schema, type);
    return base.array ? NULL : schema_relation(r->names.schema, base.object);
}

const ColumnInfo *query_field(const Reader *r, Type row, const PgQuery__Node *name, const Table **relation)
{
    bool field = name->node_case == PG_QUERY__NODE__NODE_STRING && !row.array;
    *relation = field ? query_row_relation(r, &row) : NULL;
    return *relation == NULL ? NULL : table_column_named(*relation, str_from(name->string->sval));
}

/* a[1], a[1:2] of an array: neighbours are one, and a slice if one of them is. */
static Type subscript_type(Type array, PgQuery__Node *const *nodes, size_t *at, size_t count)
{
    bool slice = false;
    for (; *at < count && nodes[*at]->node_case == PG_QUERY__NODE__NODE_A_INDICES; ++*at)
        slice = slice || nodes[*at]->a_indices->is_slice;
    return !array.array ? (Type) {0} : slice ? array : element_of(array);
}

Type query_part_type(const Reader *r, Type type, size_t count, PgQuery__Node *const *path)
{
    for (size_t i = 0; i < count && is_known(type);) {
        const Table *relation;
        if (path[i]->node_case == PG_QUERY__NODE__NODE_A_INDICES) {
            type = subscript_type(type, path, &i, count);
            continue;
        }
        const ColumnInfo *field = query_field(r, type, path[i], &relation);
        type = field == NULL ? (Type) {0} : field->type;
        i++;
    }
    return type;
}

static Type type_of(Reader *r, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: return column_type(r, node->column_ref);
    case PG_QUERY__NODE__NODE_A_CONST: return constant_type(r, node->a_const);
    case PG_QUERY__NODE__NODE_TYPE_CAST: return cast_type(r, node->type_cast);
    case PG_QUERY__NODE__NODE_FUNC_CALL: return call_type(r, node->func_call);
    case PG_QUERY__NODE__NODE_A_EXPR: return expression_type(r, node->a_expr);
    case PG_QUERY__NODE__NODE_A_INDIRECTION: 
        return query_part_type(r, query_type(r, node->a_indirection->arg), node->a_indirection->n_indirection,
                               node->a_indirection->indirection);
    case PG_QUERY__NODE__NODE_SUB_LINK: return subquery_type(r, node->sub_link);
    case PG_QUERY__NODE__NODE_CASE_EXPR: return case_type(r, node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return common_of(r, node->coalesce_expr->n_args, node->coalesce_expr->args);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR: return common_of(r, node->min_max_expr->n_args, node->min_max_expr->args);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return array_of(common_of(r, node->a_array_expr->n_elements, node->a_array_expr->elements));
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return query_type(r, node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION: return value_function_type(r, node->sqlvalue_function);
    case PG_QUERY__NODE__NODE_PARAM_REF: return parameter_type(r, node->param_ref);
    case PG_QUERY__NODE__NODE_ROW_EXPR: return core(r, "record");
    case PG_QUERY__NODE__NODE_GROUPING_FUNC: return core(r, "int4");
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
    case PG_QUERY__NODE__NODE_NULL_TEST:
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST: return core(r, "bool");
    default: return (Type) {0};
    }
}

/* The checks ask for the types of all that calls and operators are made of, at each of them. */
Type query_type(Reader *r, const PgQuery__Node *node)
{
    const void *key = node;
    Str found = {(const char *) &key, sizeof key};
    bool chosen = node->node_case == PG_QUERY__NODE__NODE_A_EXPR || node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL;
    if (r->types == NULL || !chosen)
        return type_of(r, node);
    const Type *known = map_get_pointer(r->types, found);
    if (known != NULL)
        return *known;
    Type type = type_of(r, node);
    map_set_pointer(r->types, str_copy(READER_ARENA(r), found), arena_copy(READER_ARENA(r), &type, sizeof type));
    return type;
}

/* A cast of a constant is the constant of that type. */
static CatalogVolatility cast_volatility(Reader *r, const PgQuery__TypeCast *cast)
{
    Type from = query_type(r, cast->arg), to = cast_type(r, cast);
    const CatalogType *source = query_is_literal(from) ? NULL : type_catalog(&from), *target = type_catalog(&to);
    return source == NULL || target == NULL ? CATALOG_IMMUTABLE
                                            : conversion_volatility(r->names.schema, source, target);
}

CatalogVolatility query_volatility(Reader *r, const ProtobufCMessage *message)
{
    if (tree_is(message, pg_query__sqlvalue_function))
        return CATALOG_STABLE;
    if (tree_is(message, pg_query__type_cast))
        return cast_volatility(r, (const PgQuery__TypeCast *) message);
    if (tree_is(message, pg_query__func_call))
        return call_agreement(r, (const PgQuery__FuncCall *) message).volatility;
    if (!tree_is(message, pg_query__a__expr))
        return CATALOG_IMMUTABLE;
    const PgQuery__AExpr *expression = (const PgQuery__AExpr *) message;
    return expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP ? agreement_of(r, expression).volatility
                                                                : CATALOG_IMMUTABLE;
}

const CatalogFunction *query_function_with_outputs(const Reader *r, const PgQuery__FuncCall *call,
                                                   const Type *type)
{
    const Schema *schema = r->names.schema;
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    const CatalogType *result = type_catalog(type);
    const CatalogFunction *found = NULL;
    catalog_each_owner(owner, &schema->view) {
        CatalogFunctions functions = catalog_functions_in(owner, name);
        for (size_t i = 0; i < functions.count && extension_is_reached(schema, owner, qualifier); i++) {
            const CatalogFunction *function = catalog_at(functions, i);
            if (!takes_count(function, call->n_args) || (result != NULL && function->result != result))
                continue;
            if (found != NULL && found->outputs != function->outputs)
                return NULL;
            found = function;
        }
    }
    return found != NULL && found->output_count > 0 ? found : NULL;
}

bool query_call_gives_rows(const Reader *r, const PgQuery__FuncCall *call)
{
    const Schema *schema = r->names.schema;
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    if (user_functions(schema, qualifier, name, call->n_args).items.count > 0)
        return true;
    catalog_each_owner(owner, &schema->view) {
        CatalogFunctions functions = catalog_functions_in(owner, name);
        for (size_t i = 0; i < functions.count && extension_is_reached(schema, owner, qualifier); i++) {
            const CatalogType *result = catalog_at(functions, i)->result;
            if (result->kind == CATALOG_PSEUDO || result->kind == CATALOG_COMPOSITE)
                return true;
        }
    }
    return !catalog_function_known(&schema->view, name) && unknown_extension(schema, qualifier) != 0;
}
