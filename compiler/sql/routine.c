/* CREATE FUNCTION and CREATE PROCEDURE (src/backend/commands/functioncmds.c: interpret_function_parameter_list,
 * compute_function_attributes; ProcedureCreate in src/backend/catalog/pg_proc.c). */
#include "base_type.h"
#include "bug.h"
#include "code.h"
#include "read_definition.h"

/* A routine while it is read. */
typedef struct RoutineReader {
    DefinitionReader *r;
    const PgQuery__CreateFunctionStmt *create;
    Routine *routine;
    Cursor parameters;      /* what stands in the parentheses */
    bool polymorphic;       /* an input is */
    bool defaults;          /* one of the inputs so far has a default */
    Span language_place;
    Str language;
} RoutineReader;

/* ------------------------------------------------------------------ parameters */

static ParameterMode mode_of(PgQuery__FunctionParameterMode mode)
{
    switch ((int) mode) {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT: return PARAMETER_OUT;
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT: return PARAMETER_INOUT;
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC: return PARAMETER_VARIADIC;
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE: return PARAMETER_TABLE;
    default: return PARAMETER_IN;
    }
}

static bool is_input(ParameterMode mode)
{
    return mode != PARAMETER_OUT && mode != PARAMETER_TABLE;
}

bool type_is_polymorphic(const Type *type)
{
    const CatalogType *catalog = type->catalog;
    return catalog != NULL && catalog->kind == CATALOG_PSEUDO && str_starts_with(catalog->name, STR("any")) &&
           !str_is(catalog->name, "any");
}

static bool is_compatible_family(const Type *type)
{
    return str_starts_with(type->catalog->name, STR("anycompatible"));
}

/* A range, or a multirange, of whatever is in it. */
static bool is_any_range(const Type *type)
{
    return str_ends_with(type->catalog->name, STR("range"));
}

/* check_valid_polymorphic_signature() in src/backend/utils/fmgr/funcapi.c: an argument of the family says what the type
 * is; of a range, only one of a range. */
bool type_is_decided(const Type *type, const TypeList *arguments)
{
    bool decided = !type_is_polymorphic(type);
    for (size_t i = 0; i < arguments->count && !decided; i++) {
        const Type *argument = &arguments->items[i];
        decided = type_is_polymorphic(argument) && is_compatible_family(argument) == is_compatible_family(type) &&
                  (!is_any_range(type) || is_any_range(argument));
    }
    return decided;
}

/* Inputs have names of their own among themselves, and outputs; what is both conflicts with either
 * (interpret_function_parameter_list() in src/backend/commands/functioncmds.c). */
static bool are_apart(ParameterMode one, ParameterMode other)
{
    bool both = one == PARAMETER_INOUT || other == PARAMETER_INOUT;
    return !both && is_input(one) != is_input(other);
}

static void check_parameter_name(RoutineReader *f, const Parameter *new, Span span)
{
    for (size_t i = 0; i < f->routine->parameters.count && new->name.len > 0; i++) {
        const Parameter *old = &f->routine->parameters.items[i];
        if (str_equal(old->name, new->name) && !are_apart(old->mode, new->mode)) {
            definition_report(f->r, M_BAD_FUNCTION, span, "the parameter \"%.*s\" is there twice", STR_ARG(new->name));
            return;
        }
    }
}

static void check_parameter(RoutineReader *f, const Parameter *new, Span span)
{
    const Type *type = &new->type;
    bool pseudo = type->catalog != NULL && type->catalog->kind == CATALOG_PSEUDO && type->object == 0;
    size_t count = f->routine->parameters.count;
    const Parameter *last = count == 0 ? NULL : &f->routine->parameters.items[count - 1];
    if (is_input(new->mode) && f->defaults && !new->has_default && new->mode != PARAMETER_VARIADIC)
        definition_report(f->r, M_BAD_FUNCTION, span, "behind a parameter with a default, all need one");
    else if (f->create->is_procedure && f->defaults && new->mode == PARAMETER_OUT)
        definition_report(f->r, M_BAD_FUNCTION, span,
                          "a call gives the OUT parameters of a procedure, too: none is behind one with a default");
    else if ((is_input(new->mode) || f->create->is_procedure) && last != NULL && last->mode == PARAMETER_VARIADIC)
        definition_report(f->r, M_BAD_FUNCTION, span, "the VARIADIC parameter is to be the last");
    else if (new->mode == PARAMETER_VARIADIC && type->catalog != NULL && !type->array && !pseudo)
        definition_report(f->r, M_BAD_FUNCTION, span, "a VARIADIC parameter is an array");
    else if (pseudo && str_is(type->catalog->name, "void"))
        definition_report(f->r, M_BAD_FUNCTION, span, "a parameter cannot be void");
    f->polymorphic = f->polymorphic || (is_input(new->mode) && type_is_polymorphic(type));
}

/* `name type default expression`: the expression begins behind the word or the sign. */
static Span default_span(Cursor part)
{
    if (cursor_seek(&part, "default"))
        cursor_take(&part, "default");
    else
        cursor_seek_sign(&part, '=');
    return cursor_span(part);
}

static void read_parameter(RoutineReader *f, const PgQuery__FunctionParameter *tree)
{
    DefinitionReader *r = f->r;
    Parameter parameter = {.name = str_copy(r->arena, str_from(tree->name)), .mode = mode_of(tree->mode)};
    parameter.type = read_type(r, tree->arg_type);
    parameter.has_default = tree->defexpr != NULL;
    Span span = reader_span(r, tree->arg_type->location, 1);
    check_parameter_name(f, &parameter, span);
    check_parameter(f, &parameter, span);
    if (parameter.has_default && !is_input(parameter.mode))
        definition_report(r, M_BAD_FUNCTION, span, "an OUT parameter has no default");
    f->defaults = f->defaults || parameter.has_default;
    list_push(r->arena, &f->routine->parameters, parameter);
    if (is_input(parameter.mode))
        list_push(r->arena, &r->out->definition->arguments, parameter.type);
}

/* Functions in other languages than these take no shell, and PL/pgSQL none either, whose functions take no
 * pseudo-type (compute_return_type(), interpret_function_parameter_list(); plpgsql_validator()). */
static void check_shells(RoutineReader *f, Span head)
{
    const Schema *schema = f->r->schema;
    bool shell = type_is_shell(schema, f->routine->result.object);
    for (size_t i = 0; i < f->routine->parameters.count; i++)
        shell = shell || type_is_shell(schema, f->routine->parameters.items[i].type.object);
    bool looks = str_is(f->language, "sql") || (str_is(f->language, "plpgsql") && !f->r->sql->settings.trusts_bodies);
    if (shell && looks)
        definition_report(f->r, M_BAD_FUNCTION, head,
                          "a function in %.*s cannot have to do with a type that is a shell", STR_ARG(f->language));
}

/* The parameters of RETURNS TABLE come last in the tree, and stand elsewhere. */
static void read_parameters(RoutineReader *f)
{
    enum { MOST = 100 };
    for (size_t i = 0; i < f->create->n_parameters; i++) {
        const PgQuery__FunctionParameter *tree = f->create->parameters[i]->function_parameter;
        read_parameter(f, tree);
    }
    if (f->r->out->definition->arguments.count > MOST)
        definition_report(f->r, M_BAD_FUNCTION, cursor_span(f->parameters), "a function has 100 arguments at most");
}

/* ------------------------------------------------------------------ result */

static size_t count_outputs(const Routine *routine, const Parameter **first)
{
    size_t count = 0;
    for (size_t i = 0; i < routine->parameters.count; i++) {
        const Parameter *parameter = &routine->parameters.items[i];
        if (parameter->mode != PARAMETER_IN && parameter->mode != PARAMETER_VARIADIC && count++ == 0)
            *first = parameter;
    }
    return count;
}

static Type record_type(const DefinitionReader *r)
{
    return (Type) {.catalog = catalog_type_in(&r->schema->view.catalog->core, STR("record"))};
}

/* The type that OUT parameters come to, where no RETURNS says it. */
static void result_of_outputs(RoutineReader *f, Span head)
{
    const Parameter *first = NULL;
    size_t outputs = count_outputs(f->routine, &first);
    bool table = outputs > 0 && f->routine->parameters.items[f->routine->parameters.count - 1].mode == PARAMETER_TABLE;
    Type wanted = outputs == 1 ? first->type : record_type(f->r);
    if (f->create->return_type == NULL || table) {
        if (outputs > 0)
            f->routine->result = wanted;
        return;
    }
    if (outputs > 0 && f->routine->result.catalog != NULL && wanted.catalog != NULL &&
        !type_equal(&f->routine->result, &wanted))
        definition_report(f->r, M_BAD_FUNCTION, head, "the result is %.*s, as the OUT parameters say",
                          STR_ARG(define_type(f->r->schema, &wanted)));
}

static bool result_is_decided(const RoutineReader *f)
{
    const TypeList *arguments = &f->r->out->definition->arguments;
    bool decided = type_is_decided(&f->routine->result, arguments);
    for (size_t i = 0; i < f->routine->parameters.count && decided; i++)
        decided = type_is_decided(&f->routine->parameters.items[i].type, arguments);
    return decided;
}

static void read_result(RoutineReader *f, Span head)
{
    const PgQuery__TypeName *name = f->create->return_type;
    const Parameter *first = NULL;
    if (f->create->is_procedure) {
        if (count_outputs(f->routine, &first) > 0)
            f->routine->result = record_type(f->r);
        return;
    }
    if (name != NULL) {
        bool table = f->routine->parameters.count > 0 &&
                     f->routine->parameters.items[f->routine->parameters.count - 1].mode == PARAMETER_TABLE;
        f->routine->returns_set = name->setof;
        if (!table)
            f->routine->result = read_type(f->r, name);
    } else if (count_outputs(f->routine, &first) == 0) {
        definition_report(f->r, M_BAD_FUNCTION, head, "the function says not what it returns");
        help(f->r->c, "`returns TYPE`, or `returns void`");
    }
    result_of_outputs(f, head);
    if (!result_is_decided(f))
        definition_report(f->r, M_BAD_FUNCTION, head,
                          "a polymorphic result needs a polymorphic argument that decides what it is");
}

/* ------------------------------------------------------------------ language and body */

static const PgQuery__DefElem *find_option(const PgQuery__CreateFunctionStmt *create, const char *name)
{
    for (size_t i = 0; i < create->n_options; i++) {
        if (strcmp(create->options[i]->def_elem->defname, name) == 0)
            return create->options[i]->def_elem;
    }
    return NULL;
}

/* What says none is in SQL, which only a body of the standard may. */
static void read_language(RoutineReader *f, Cursor at, Span head)
{
    DefinitionReader *r = f->r;
    const PgQuery__DefElem *option = find_option(f->create, "language");
    f->language = option == NULL ? STR("sql") : str_copy(r->arena, str_from(option->arg->string->sval));
    f->routine->language = f->language;
    if (option == NULL) {
        if (f->create->sql_body == NULL)
            definition_report(r, M_BAD_FUNCTION, head, "the function says not in which language it is");
        return;
    }
    f->language_place = reader_span(r, option->location, strlen("language"));
    use_language(r, f->language, cursor_language(&at), f->language_place);
}

static void use_transforms(RoutineReader *f)
{
    ObjectIds transforms = routine_transforms(f->r->schema, f->routine);
    for (size_t i = 0; i < transforms.count; i++)
        text_use(&f->r->text, (Span) {0}, -1, transforms.items[i], 0, USE_HIDDEN);
}

/* The string behind AS. */
static Str body_text(const PgQuery__CreateFunctionStmt *create)
{
    const PgQuery__DefElem *option = find_option(create, "as");
    if (option == NULL || option->arg->node_case != PG_QUERY__NODE__NODE_LIST || option->arg->list->n_items == 0)
        return (Str) {0};
    return str_from(option->arg->list->items[0]->string->sval);
}

/* Types that a function cannot take: in SQL (fmgr_sql_validator), in PL/pgSQL, which knows what a record is (do_compile
 * in pl_comp.c). */
static void check_taken_types(RoutineReader *f, Span head)
{
    bool sql = str_is(f->language, "sql");
    if (!sql && !str_is(f->language, "plpgsql"))
        return;
    for (size_t i = 0; i < f->routine->parameters.count; i++) {
        const Parameter *parameter = &f->routine->parameters.items[i];
        const Type *type = &parameter->type;
        bool taken = parameter->mode != PARAMETER_OUT && parameter->mode != PARAMETER_TABLE;
        bool record = !sql && type->catalog != NULL && str_is(type->catalog->name, "record") && !type->array;
        if (taken && type_is_pseudo(type) && !type_is_polymorphic(type) && !record)
            definition_report(f->r, M_BAD_FUNCTION, head, "a function in %s cannot take %.*s", sql ? "SQL" : "PL/pgSQL",
                              STR_ARG(type_catalog(type)->display));
    }
}

/* Types that a function in SQL cannot return. */
static void check_sql_types(RoutineReader *f, Span head)
{
    const CatalogType *result = f->routine->result.catalog;
    bool pseudo = result != NULL && result->kind == CATALOG_PSEUDO && f->routine->result.object == 0;
    bool fine = !pseudo || str_is(result->name, "void") || str_is(result->name, "record") ||
                type_is_polymorphic(&f->routine->result);
    if (!fine)
        definition_report(f->r, M_BAD_FUNCTION, head, "a function in SQL cannot return %.*s",
                          STR_ARG(result->display));
}

static void read_text(RoutineReader *f, Str body)
{
    f->routine->defines = code_defines(f->r->sql, f->language, body);
    if (str_is(f->language, "sql"))
        check_sql_body(f->r, f->routine, body, find_body(f->r));
    else if (str_is(f->language, "plpgsql"))
        check_plpgsql(f->r, f->routine, body);
}

/* Where check_function_bodies is off, as in dumps, what the text names may come later, and the server does not look.
 * What is there already is noted all the same. */
static void try_text(RoutineReader *f, Str body)
{
    DefinitionReader *r = f->r;
    size_t mark = reports_mark(r->c);
    Map *silenced = r->sql->silenced;
    bool refused = r->refused;
    r->sql->silenced = NULL;
    read_text(f, body);
    r->sql->silenced = silenced;
    r->refused = refused;
    reports_take_back(r->c, mark);
}

static void check_body(RoutineReader *f, Span head)
{
    const CatalogType *result = f->routine->result.catalog;
    Str body = body_text(f->create);
    bool trigger = result != NULL && (str_is(result->name, "trigger") || str_is(result->name, "event_trigger"));
    if (body.data == NULL && f->create->sql_body == NULL)
        definition_report(f->r, M_BAD_FUNCTION, head, "the function has no body");
    else if (f->create->sql_body != NULL && f->polymorphic)
        definition_report(f->r, M_BAD_FUNCTION, head, "with polymorphic arguments the body is a string: AS '…'");
    else if (body.data != NULL && f->create->sql_body != NULL)
        definition_report(f->r, M_BAD_FUNCTION, head, "the function has two bodies");
    else if (str_is(f->language, "sql"))
        check_sql_types(f, head);
    check_taken_types(f, head);
    if (str_is(f->language, "plpgsql") && trigger && f->r->out->definition->arguments.count > 0) {
        definition_report(f->r, M_BAD_FUNCTION, head, "the function of a trigger has no parameters");
        help(f->r->c, "what a trigger hands over is in TG_ARGV");
    }
    if (body.data == NULL || (f->r->refused && !str_is(f->language, "plpgsql")))
        return;
    if (f->r->sql->settings.trusts_bodies)
        try_text(f, body);
    else
        read_text(f, body);
}

/* ------------------------------------------------------------------ the statement */

/* The shape is without what can be altered, the name and OR REPLACE. */
static PgQuery__CreateFunctionStmt *bare_statement(DefinitionReader *r, const PgQuery__CreateFunctionStmt *create)
{
    static const char *const kept[] = {"as", "language", "window", "transform"};
    PgQuery__CreateFunctionStmt *bare = arena_copy(r->arena, create, sizeof *create);
    bare->replace = false;
    bare->n_funcname = 0;
    bare->n_options = 0;
    bare->options = arena_array(r->arena, PgQuery__Node *, create->n_options + 1);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        for (size_t j = 0; j < create->n_options; j++) {
            if (strcmp(create->options[j]->def_elem->defname, kept[i]) == 0)
                bare->options[bare->n_options++] = create->options[j];
        }
    }
    return bare;
}

static const char *standard_body_begins(const PgQuery__Node *body)
{
    return body->node_case == PG_QUERY__NODE__NODE_LIST ? "begin atomic" : "return";
}

static void take_text(RoutineReader *f, Cursor all)
{
    uint32_t at = cursor_span(all).start, end = cursor_span(all).end, file = cursor_span(all).file;
    Cursor parameters = f->parameters;
    for (size_t i = 0; i < f->create->n_parameters; i++) {
        const PgQuery__FunctionParameter *tree = f->create->parameters[i]->function_parameter;
        Cursor part = cursor_item(&parameters);
        if (tree->defexpr == NULL)
            continue;
        Span span = default_span(part);
        text_take(&f->r->text, (Span) {at, span.start, file});
        text_take_expression(&f->r->text,
                             read_condition(f->r, span, tree->defexpr,
                                            (ConditionPlace) {.name = "the default of a parameter"}),
                             &tree->defexpr->base);
        at = span.end;
    }
    Cursor rest = all;
    const char *begins = f->create->sql_body == NULL ? "" : standard_body_begins(f->create->sql_body);
    if (*begins == '\0' || !cursor_seek(&rest, begins)) {
        text_take(&f->r->text, (Span) {at, end, file});
        return;
    }
    text_take(&f->r->text, (Span) {at, cursor_span(rest).start, file});
    take_standard_body(f->r, f->routine, &rest, f->create->sql_body);
    text_take(&f->r->text, cursor_span(rest));
}

void read_create_function(DefinitionReader *r, const PgQuery__CreateFunctionStmt *create)
{
    Definition *d = r->out->definition;
    Cursor all = r->at;
    d->object.kind = create->is_procedure ? OBJECT_PROCEDURE : OBJECT_FUNCTION;
    cursor_next(&r->at);
    Ref name = cursor_ref(&r->at);
    RoutineReader f = {.r = r, .create = create, .routine = arena_new(r->arena, Routine)};
    f.parameters = cursor_inside(&r->at);
    r->names.shells = true;
    read_own_name(r, &name, true);
    read_parameters(&f);
    read_result(&f, name.span);
    read_language(&f, r->at, name.span);
    use_transforms(&f);
    check_shells(&f, name.span);
    f.routine->text = str_is(f.language, "sql") && create->sql_body == NULL;
    f.routine->window = find_option(create, "window") != NULL;
    d->routine = f.routine;
    read_function_options(r, d, create->n_options, create->options, &d->created);
    check_body(&f, name.span);
    take_text(&f, all);
    r->shape = &bare_statement(r, create)->base;
}

/* ------------------------------------------------------------------ a shell that comes with it */

static bool knows_parameters(const DefinitionReader *r, const PgQuery__CreateFunctionStmt *create)
{
    for (size_t i = 0; i < create->n_parameters; i++) {
        const PgQuery__TypeName *name = create->parameters[i]->function_parameter->arg_type;
        if (!name->pct_type && !type_is_known(r, name))
            return false;
    }
    return true;
}

/* Not of an array, nor with modifiers: there is no shell that could be meant. */
bool sql_function_shell(Sql *sql, const Schema *schema, const SqlStatement *statement, Ref *shell)
{
    const PgQuery__Node *node = (const PgQuery__Node *) (const void *) statement->tree;
    Fragment block = fragment_verbatim(&sql->c->arena, &sql->c->sources, statement->body);
    DefinitionReader r = {.sql = sql, .c = sql->c, .arena = &sql->c->arena, .schema = schema, .statement = statement};
    r.names = (NamePlace) {.sql = sql, .schema = schema, .fragment = &block, .prefix = ""};
    if (node->node_case != PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT)
        return false;
    const PgQuery__CreateFunctionStmt *create = node->create_function_stmt;
    const PgQuery__DefElem *option = find_option(create, "language");
    const PgQuery__TypeName *result = create->return_type;
    Str language = option == NULL ? STR("sql") : str_from(option->arg->string->sval);
    if ((!str_is(language, "c") && !str_is(language, "internal")) || result == NULL || result->pct_type ||
        result->n_array_bounds > 0 || result->n_typmods > 0 || type_is_known(&r, result) ||
        !knows_parameters(&r, create))
        return false;
    Span from = {reader_place(&r, result->location), statement->span.end, statement->span.file};
    Cursor at = cursor_over(statement->tokens, from);
    *shell = cursor_ref(&at);
    return true;
}
