/* Functions that are looked for by just what they take, as LookupFuncName() in src/backend/parser/parse_func.c does: no
 * value is converted for them. */
#include "read_definition.h"

static Type word_type(const DefinitionReader *r, const char *word, size_t length, const Type *own)
{
    Str name = {word, length};
    if (str_is(name, "T"))
        return *own;
    return type_of_catalog(r->schema, catalog_type_in(&r->schema->view.catalog->core, name));
}

static TypeList word_types(const DefinitionReader *r, const char *words, const Type *own)
{
    TypeList types = {0};
    for (const char *c = words; *c != '\0'; c += strspn(c, " ")) {
        size_t length = strcspn(c, " ");
        list_push(r->arena, &types, word_type(r, c, length, own));
        c += length;
    }
    return types;
}

static bool catalog_takes(const CatalogFunction *function, const TypeList *types)
{
    bool same = function->argument_count == types->count;
    for (size_t i = 0; i < types->count && same; i++)
        same = function->arguments[i] == type_catalog(&types->items[i]);
    return same;
}

/* Of the server and of extensions. */
static const CatalogFunction *find_brought(const DefinitionReader *r, Str qualifier, Str name, const TypeList *types,
                                           ObjectId *extension)
{
    catalog_each_owner(owner, &r->schema->view) {
        CatalogFunctions named = catalog_functions_in(owner, name);
        *extension = extension_object(r->schema, owner);
        for (size_t i = 0; i < named.count && extension_is_reached(r->schema, owner, qualifier); i++) {
            if (catalog_takes(catalog_at(named, i), types))
                return catalog_at(named, i);
        }
    }
    return NULL;
}

static const Definition *find_made(const DefinitionReader *r, Str qualifier, Str name, const TypeList *types)
{
    ObjectIds ids = schema_definitions_named(r->schema, qualifier, name);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(r->schema, ids.items[i]);
        if (d->routine != NULL && type_lists_equal(d->arguments, *types))
            return d;
    }
    return NULL;
}

static CatalogFunctionKind made_kind(const Definition *made)
{
    if (made->object.kind == OBJECT_AGGREGATE)
        return CATALOG_AGGREGATE;
    if (made->object.kind == OBJECT_PROCEDURE)
        return CATALOG_PROCEDURE;
    return made->routine->window ? CATALOG_WINDOW : CATALOG_PLAIN;
}

FoundFunction found_made(const Definition *made)
{
    return (FoundFunction) {.there = true, .made = made, .object = made->object.id, .result = made->routine->result,
                            .volatility = routine_volatility(made), .kind = made_kind(made),
                            .returns_set = made->routine->returns_set};
}

FoundFunction find_function(const DefinitionReader *r, Str qualifier, Str name, const TypeList *types)
{
    FoundFunction found = {0};
    const CatalogFunction *brought = find_brought(r, qualifier, name, types, &found.object);
    const Definition *made = brought != NULL ? NULL : find_made(r, qualifier, name, types);
    if (brought != NULL) {
        found.there = true;
        found.result = type_of_catalog(r->schema, brought->result);
        found.volatility = brought->volatility;
        found.kind = brought->kind;
        found.returns_set = brought->returns_set;
    } else if (made != NULL) {
        found = found_made(made);
    }
    return found;
}

/* The one of the ways to take arguments in which there is a function; false: in none, or in two, which was reported. */
static bool find_fitting(DefinitionReader *r, const Ref *ref, const Signature *signature, const Type *own,
                         FoundFunction *found)
{
    Str qualifier = ref_qualifier(ref), name = ref->name.name;
    for (size_t i = 0; i < sizeof signature->arguments / sizeof *signature->arguments; i++) {
        if (signature->arguments[i] == NULL)
            continue;
        TypeList types = word_types(r, signature->arguments[i], own);
        FoundFunction next = find_function(r, qualifier, name, &types);
        if (next.there && found->there) {
            definition_report(r, M_AMBIGUOUS_FUNCTION, ref->span,
                              "there are two functions \"%.*s\" that could be meant", STR_ARG(name));
            return false;
        }
        if (next.there)
            *found = next;
    }
    return found->there;
}

static void report_unfit(DefinitionReader *r, const Ref *ref, const TypeList *types)
{
    Definition shown = {.object = {.kind = OBJECT_FUNCTION}, .arguments = *types};
    r->refused = true;
    if (!r->sql->finder.silenced(r->sql->finder.checker, OBJECT_FUNCTION, ref->name.name))
        definition_report(r, M_UNKNOWN_FUNCTION, ref->span, "there is no function \"%.*s%.*s\" at this point",
                          STR_ARG(ref->name.name), STR_ARG(definition_signature(r->schema, &shown)));
}

static Ref function_ref(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span)
{
    Str word = str_copy(r->arena, tree_name(count, names));
    Str qualifier = str_copy(r->arena, tree_qualifier(count, names));
    Ref ref = {.name = {word, span}, .span = span};
    if (qualifier.len > 0)
        ref.schema = (Word) {qualifier, span};
    return ref;
}

static void use_function(DefinitionReader *r, const FoundFunction *found, Span span)
{
    if (found->made != NULL)
        text_use(&r->text, span, -1, found->object, 0, USE_NAME);
    else
        read_extension(r, found->object);
}

FoundFunction read_function_exactly(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span,
                                    const TypeList *types)
{
    Ref ref = function_ref(r, count, names, span);
    FoundFunction found = find_function(r, ref_qualifier(&ref), ref.name.name, types);
    if (found.there)
        use_function(r, &found, span);
    else if (!read_unknown(r, &ref))
        report_unfit(r, &ref, types);
    return found;
}

FoundFunction read_function_fitting(DefinitionReader *r, const PgQuery__TypeName *name, Span span,
                                    const Signature *signature, const Type *own)
{
    FoundFunction found = {0};
    Ref ref = function_ref(r, name->n_names, name->names, span);
    if (!find_fitting(r, &ref, signature, own, &found)) {
        TypeList types = word_types(r, signature->arguments[0], own);
        if (!r->refused && !read_unknown(r, &ref))
            report_unfit(r, &ref, &types);
        return found;
    }
    Type result = word_type(r, signature->result, strlen(signature->result), own);
    use_function(r, &found, span);
    if (!type_equal(&found.result, &result))
        definition_report(r, M_BAD_PARAMETER, span, "the function \"%.*s\" is to return %.*s, and does not",
                          STR_ARG(ref.name.name), STR_ARG(define_type(r->schema, &result)));
    return found;
}
