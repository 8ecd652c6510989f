/* Functions that the server calls by itself, for a wrapper, an access method or a language: each is found by what it
 * takes, and some must give a handle that says what they are for (in src/backend/commands: lookup_fdw_handler_func() of
 * foreigncmds.c, lookup_am_handler_func() of amcmds.c, CreateProceduralLanguage() of proclang.c). */
#include "read_definition.h"

typedef struct Support {
    const char *word;             /* that it stands behind, in the statement */
    const char *arguments[2];     /* as pg_type.typname; NULL: no more */
    const char *result;           /* NULL: any */
} Support;

static Support support_of(SupportFunction which)
{
    switch (which) {
    case SUPPORT_WRAPPER_HANDLER: return (Support) {"handler", {NULL, NULL}, "fdw_handler"};
    case SUPPORT_WRAPPER_VALIDATOR: return (Support) {"validator", {"_text", "oid"}, NULL};
    case SUPPORT_INDEX_HANDLER: return (Support) {"handler", {"internal", NULL}, "index_am_handler"};
    case SUPPORT_TABLE_HANDLER: return (Support) {"handler", {"internal", NULL}, "table_am_handler"};
    case SUPPORT_LANGUAGE_HANDLER: return (Support) {"handler", {NULL, NULL}, "language_handler"};
    case SUPPORT_LANGUAGE_INLINE: return (Support) {"inline", {"internal", NULL}, NULL};
    case SUPPORT_TRANSFORM_FROM: return (Support) {"from sql with function", {"internal", NULL}, "internal"};
    case SUPPORT_TRANSFORM_TO: return (Support) {"to sql with function", {"internal", NULL}, NULL};
    case SUPPORT_LANGUAGE_VALIDATOR: return (Support) {"validator", {"oid", NULL}, NULL};
    }
    return (Support) {0};
}

static size_t argument_count(const Support *support)
{
    return (support->arguments[0] != NULL) + (size_t) (support->arguments[1] != NULL);
}

static bool is_type(const CatalogType *type, const char *name)
{
    return type != NULL && str_is(type->name, name);
}

static bool routine_takes_them(const Definition *routine, const Support *support)
{
    size_t count = argument_count(support);
    bool takes = routine->routine != NULL && routine->arguments.count == count;
    for (size_t i = 0; i < count && takes; i++)
        takes = is_type(type_catalog(&routine->arguments.items[i]), support->arguments[i]);
    return takes;
}

static bool function_takes_them(const CatalogFunction *function, const Support *support)
{
    size_t count = argument_count(support);
    bool takes = function->argument_count == count;
    for (size_t i = 0; i < count && takes; i++)
        takes = is_type(function->arguments[i], support->arguments[i]);
    return takes;
}

/* What the function that was found gives; false: there is none. */
typedef struct Found {
    const CatalogType *result;
    Span created;
} Found;

static bool find_own(DefinitionReader *r, const Ref *ref, const Support *support, Found *found)
{
    ObjectIds ids = schema_definitions_named(r->schema, ref_qualifier(ref), ref->name.name);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(r->schema, ids.items[i]);
        if (!routine_takes_them(d, support))
            continue;
        text_use(&r->text, ref->span, -1, d->object.id, 0, USE_NAME);
        *found = (Found) {type_catalog(&d->routine->result), d->object.created};
        return true;
    }
    return false;
}

static bool find_brought(DefinitionReader *r, const Ref *ref, const Support *support, Found *found)
{
    catalog_each_owner(owner, &r->schema->view) {
        CatalogFunctions functions = catalog_functions_in(owner, ref->name.name);
        for (size_t i = 0; i < functions.count && extension_is_reached(r->schema, owner, ref_qualifier(ref)); i++) {
            const CatalogFunction *function = catalog_at(functions, i);
            if (!function_takes_them(function, support))
                continue;
            read_extension(r, extension_object(r->schema, owner));
            *found = (Found) {function->result, {0}};
            return true;
        }
    }
    return false;
}

static void report_missing(DefinitionReader *r, const Ref *ref, const Support *support)
{
    Text types = text_new(r->arena);
    for (size_t i = 0; i < argument_count(support); i++) {
        const CatalogType *type = catalog_type(&r->schema->view, str_from(support->arguments[i]));
        text_addf(&types, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(type->display));
    }
    Str name = ref->name.name, taken = text_str(&types);
    if (r->sql->finder.silenced(r->sql->finder.checker, OBJECT_FUNCTION, name))
        r->refused = true;
    else
        definition_report(r, M_UNKNOWN_FUNCTION, ref->span, "there is no function \"%.*s(%.*s)\" at this point",
                          STR_ARG(name), STR_ARG(taken));
}

void read_support_function(DefinitionReader *r, SupportFunction which, const CatalogType *result)
{
    Support support = support_of(which);
    Found found = {0};
    Cursor at = r->at;
    if (!cursor_seek(&at, support.word))
        return;
    cursor_take(&at, support.word);
    Ref ref = cursor_ref(&at);
    if (!find_own(r, &ref, &support, &found) && !find_brought(r, &ref, &support, &found)) {
        if (!read_unknown(r, &ref))
            report_missing(r, &ref, &support);
        return;
    }
    Str wanted = result != NULL ? result->display : support.result == NULL ? STR("") : str_from(support.result);
    if (wanted.len == 0 || (result != NULL ? found.result == result : is_type(found.result, support.result)))
        return;
    definition_report(r, M_BAD_FUNCTION, ref.span, "function \"%.*s\" does not return %.*s", STR_ARG(ref.name.name),
                      STR_ARG(wanted));
    if (span_is_known(found.created))
        label(r->c, found.created, "created here");
}
