/* CREATE CAST, and what CreateCast() of src/backend/commands/functioncmds.c refuses. Of two types that are to pass for
 * each other as they are the catalog does not know how long their values are: that is left to the server. */
#include "read_definition.h"
#include "storage.h"

#define BAD_CAST(r, span, ...) definition_report((r), M_BAD_CAST, (span), __VA_ARGS__)

/* What converts, and what it takes. */
typedef struct CastFunction {
    FoundFunction found;
    TypeList takes;
} CastFunction;

/* ------------------------------------------------------------------ types */

static void add_side(DefinitionReader *r, const PgQuery__TypeName *name)
{
    Type type = read_type(r, name);
    list_push(r->arena, &r->out->definition->arguments, type);
}

static bool check_sides(DefinitionReader *r)
{
    const Definition *d = r->out->definition;
    bool fine = true;
    for (size_t i = 0; i < d->arguments.count && fine; i++) {
        const Type *type = &d->arguments.items[i];
        fine = type->catalog != NULL && !type_is_pseudo(type);
        if (type->catalog != NULL && !fine)
            definition_report(r, M_PSEUDO_TYPE, d->object.created, "there are no casts %s %.*s", i == 0 ? "of" : "to",
                              STR_ARG(type_catalog(type)->display));
    }
    return fine;
}

/* ------------------------------------------------------------------ with a function */

static bool is_core_type(const DefinitionReader *r, const Type *type, const char *name)
{
    const CatalogType *core = catalog_type_in(&r->schema->view.catalog->core, str_from(name));
    return type->catalog == NULL || type_catalog(type) == core;
}

static bool passes_for(const DefinitionReader *r, const Type *source, const Type *target)
{
    const CatalogType *from = type_catalog(source), *to = type_catalog(target);
    return from == NULL || to == NULL || catalog_binary_coercible(&r->schema->view, from, to);
}

static void check_arguments(DefinitionReader *r, const TypeList *takes, Span span)
{
    if (takes->count < 1 || takes->count > 3)
        BAD_CAST(r, span, "a cast's function takes one to three arguments");
    else if (!passes_for(r, &r->out->definition->arguments.items[0], &takes->items[0]))
        BAD_CAST(r, span, "the function does not take values of the cast's source type");
    else if (takes->count > 1 && !is_core_type(r, &takes->items[1], "int4"))
        BAD_CAST(r, span, "the second argument of a cast's function is an integer: the type modifier");
    else if (takes->count > 2 && !is_core_type(r, &takes->items[2], "bool"))
        BAD_CAST(r, span, "the third argument of a cast's function is a boolean: whether the cast is written");
}

static void check_function(DefinitionReader *r, const CastFunction *function, Span span)
{
    const TypeList *sides = &r->out->definition->arguments;
    check_arguments(r, &function->takes, span);
    if (!r->refused && !passes_for(r, &function->found.result, &sides->items[1]))
        BAD_CAST(r, span, "the function does not give values of the cast's target type");
    else if (!r->refused && function->found.kind != CATALOG_PLAIN)
        BAD_CAST(r, span, "only a plain function can convert values");
    else if (!r->refused && function->found.returns_set)
        BAD_CAST(r, span, "a function that returns a set cannot convert values");
    else if (!r->refused && type_equal(&sides->items[0], &sides->items[1]) && function->takes.count < 2)
        BAD_CAST(r, span, "a cast from a type to itself is for type modifiers: its function takes one");
}

/* With its types unsaid, a function that is not of the model is not looked into. */
static void read_function_of(DefinitionReader *r, const PgQuery__ObjectWithArgs *name, CastRule *rule)
{
    CastFunction function = {0};
    Cursor at = r->at;
    if (!cursor_seek(&at, "with function"))
        return;
    cursor_take(&at, "with function");
    Span span = names_span(at);
    if (name->args_unspecified) {
        const Definition *made = read_function_taking(r, name->n_objname, name->objname, span, NULL);
        function.found = made == NULL ? (FoundFunction) {0} : found_made(made);
        function.takes = made == NULL ? (TypeList) {0} : made->arguments;
    } else {
        function.takes = read_argument_types(r, name->n_objargs, name->objargs);
        function.found = read_function_exactly(r, name->n_objname, name->objname, span, &function.takes);
    }
    rule->function = function.found.made == NULL ? 0 : function.found.object;
    rule->volatility = function.found.volatility;
    if (function.found.there && !r->refused)
        check_function(r, &function, span);
}

/* ------------------------------------------------------------------ without one */

/* What a type of the server's or the migrations' is kept as; NULL: of an extension's it is not known. */
static const char *storage_of(const DefinitionReader *r, const Type *type)
{
    bool extension = type->catalog->unknown || type->catalog->extension.len > 0;
    return extension ? NULL : type_storage(r->schema, type);
}

static bool is_plain(const char *storage)
{
    return str_is(str_from(storage), "plain");
}

static void check_binary(DefinitionReader *r, Span span)
{
    const TypeList *sides = &r->out->definition->arguments;
    const char *from = storage_of(r, &sides->items[0]), *to = storage_of(r, &sides->items[1]);
    const char *what = NULL;
    for (size_t i = 0; i < sides->count; i++) {
        const CatalogType *type = type_catalog(&sides->items[i]);
        bool composite = type->kind == CATALOG_COMPOSITE, array = type->element != NULL;
        what = composite ? "a composite type" : array ? "an array" : type->kind == CATALOG_ENUM ? "an enum"
               : type->kind == CATALOG_DOMAIN ? "a domain" : what;
    }
    if (what != NULL)
        BAD_CAST(r, span, "values of %s cannot pass for another type's as they are", what);
    else if (type_equal(&sides->items[0], &sides->items[1]))
        BAD_CAST(r, span, "a cast from a type to itself is for type modifiers: its function takes one");
    else if (from != NULL && to != NULL && is_plain(from) != is_plain(to))
        BAD_CAST(r, span, "the two types are stored in different ways");
}

static void check_without_function(DefinitionReader *r, CatalogMethod method)
{
    const TypeList *sides = &r->out->definition->arguments;
    Span span = r->out->definition->object.created;
    if (method == CATALOG_BINARY)
        check_binary(r, span);
    else if (type_equal(&sides->items[0], &sides->items[1]))
        BAD_CAST(r, span, "a cast from a type to itself is for type modifiers: its function takes one");
}

/* ------------------------------------------------------------------ the whole */

static CatalogContext context_of(PgQuery__CoercionContext context)
{
    switch ((int) context) {
    case PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT: return CATALOG_IMPLICIT;
    case PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT: return CATALOG_ASSIGNMENT;
    default: return CATALOG_EXPLICIT;
    }
}

/* One of the migrations' is found by who creates the object. */
static void check_new(DefinitionReader *r)
{
    const CatalogType *from = type_catalog(&r->out->definition->arguments.items[0]);
    const CatalogType *to = type_catalog(&r->out->definition->arguments.items[1]);
    const CatalogCast *cast = catalog_cast(&r->schema->view, from, to);
    if (cast != NULL && catalog_cast_maker(&r->schema->view, cast) == 0)
        definition_report(r, M_ALREADY_EXISTS, r->out->definition->object.created,
                          "there is a cast from %.*s to %.*s already", STR_ARG(from->display), STR_ARG(to->display));
}

void read_create_cast(DefinitionReader *r, const PgQuery__CreateCastStmt *create)
{
    Definition *d = r->out->definition;
    CastRule *rule = arena_new(r->arena, CastRule);
    d->object.kind = OBJECT_CAST;
    d->object.created = cursor_span(r->at);
    d->cast = rule;
    text_take(&r->text, cursor_span(r->at));
    add_side(r, create->sourcetype);
    add_side(r, create->targettype);
    rule->context = context_of(create->context);
    rule->method = create->func != NULL ? CATALOG_FUNCTION : create->inout ? CATALOG_INOUT : CATALOG_BINARY;
    if (!check_sides(r))
        return;
    if (create->func != NULL)
        read_function_of(r, create->func, rule);
    else
        check_without_function(r, rule->method);
    if (!r->refused)
        check_new(r);
}
