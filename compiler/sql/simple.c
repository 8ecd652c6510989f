/* CREATE of the rarer kinds: their text with the types and functions that it names. What else the server asks of them
 * is left to it. */
#include "made_text.h"
#include "read_definition.h"

/* ------------------------------------------------------------------ names */

void read_begin(DefinitionReader *r, ObjectKind kind, bool qualified)
{
    Definition *d = r->out->definition;
    d->object.kind = kind;
    text_take(&r->text, (Span) {cursor_span(r->at).start, cursor_span(r->at).start, r->statement->span.file});
    Cursor start = r->at;
    cursor_take(&r->at, "foreign");
    if (!cursor_take(&r->at, object_word(kind)) && !cursor_take(&r->at, "data wrapper"))
        cursor_next(&r->at);
    Cursor words = {start.tokens, start.at, r->at.at};
    text_take(&r->text, cursor_span(words));
    r->out->if_not_exists = cursor_take(&r->at, "if not exists");
    text_take(&r->text, cursor_span(r->at));
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, qualified);
}

/* The function of a name that takes just these types; where that is not known (NULL) or none does, the only one of the
 * name. NULL: it is not of the model, or one of several. *known: there is some. */
static const Definition *function_named(DefinitionReader *r, Str qualifier, Str name, const TypeList *taken,
                                        bool *known)
{
    ObjectIds ids = schema_definitions_named(r->schema, qualifier, name);
    const Definition *found = NULL;
    size_t count = 0;
    *known = true;
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(r->schema, ids.items[i]);
        if (d->routine == NULL)
            continue;
        if (taken != NULL && type_lists_equal(d->arguments, *taken))
            return d;
        found = d;
        count++;
    }
    Ref ref = {.schema = {.name = qualifier, .span = {0, 0, qualifier.len > 0}}, .name = {.name = name}};
    bool brought = (count == 0 || taken != NULL) && function_is_brought(r, &ref);
    *known = count > 0 || brought;
    return count == 1 && !brought ? found : NULL;
}

const Definition *read_function_taking(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span,
                                       const TypeList *taken)
{
    bool known;
    Str name = str_copy(r->arena, tree_name(count, names));
    const Definition *found =
        function_named(r, str_copy(r->arena, tree_qualifier(count, names)), name, taken, &known);
    if (found != NULL)
        text_use(&r->text, span, -1, found->object.id, 0, USE_NAME);
    if (known)
        return found;
    if (r->sql->finder.silenced(r->sql->finder.checker, OBJECT_FUNCTION, name))
        r->refused = true;
    else
        definition_report(r, M_UNKNOWN_FUNCTION, span, "there is no function \"%.*s\" at this point", STR_ARG(name));
    return NULL;
}

void read_function_named(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span)
{
    read_function_taking(r, count, names, span, NULL);
}

Span names_span(Cursor at)
{
    return cursor_ref(&at).span;
}

/* ------------------------------------------------------------------ parameters: (name = value, …) */

static bool is_function_key(const char *key)
{
    static const char *const keys[] = {
        "sfunc", "finalfunc", "combinefunc", "serialfunc", "deserialfunc", "msfunc", "minvfunc", "mfinalfunc", "start",
        "gettoken", "end", "headline", "lextypes", "init", "lexize"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(key, keys[i]) == 0)
            return true;
    }
    return false;
}

static bool is_type_key(const char *key)
{
    static const char *const keys[] = {"basetype", "stype", "mstype", "stype1"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(key, keys[i]) == 0)
            return true;
    }
    return false;
}

static Span type_name_span(DefinitionReader *r, const PgQuery__TypeName *name)
{
    Span from = {reader_place(r, name->location), r->statement->span.end, r->statement->span.file};
    return names_span(cursor_over(r->statement->tokens, from));
}

/* Without a catalog type: there is none. */
static Type element_type(ElementTypes types, Str key)
{
    for (size_t i = 0; i < types.count; i++) {
        if (str_equal(types.items[i].key, key))
            return types.items[i].type;
    }
    return (Type) {0};
}

/* What the functions of an element are to take: types of other elements, and the arguments of an aggregate. */
static const struct {
    const char *key, *first, *second;
    bool arguments;
} takings[] = {
    {"sfunc", "stype", "basetype", true},       {"finalfunc", "stype", NULL, false},
    {"combinefunc", "stype", "stype", false},   {"msfunc", "mstype", NULL, true},
    {"minvfunc", "mstype", NULL, true},         {"mfinalfunc", "mstype", NULL, false},
};

/* False: that is not known. */
static bool find_taken(DefinitionReader *r, const char *key, ElementTypes types, TypeList *taken)
{
    const Definition *d = r->out->definition;
    for (size_t i = 0; i < sizeof takings / sizeof *takings; i++) {
        if (strcmp(takings[i].key, key) != 0)
            continue;
        const char *const keys[] = {takings[i].first, takings[i].second};
        for (size_t j = 0; j < sizeof keys / sizeof *keys; j++) {
            Type type = keys[j] == NULL ? (Type) {0} : element_type(types, str_from(keys[j]));
            if (type.catalog != NULL)
                list_push(r->arena, taken, type);
        }
        for (size_t j = 0; takings[i].arguments && j < d->arguments.count; j++)
            list_push(r->arena, taken, d->arguments.items[j]);
        return true;
    }
    return false;
}

static void read_element_function(DefinitionReader *r, const PgQuery__DefElem *element, ElementTypes types)
{
    const PgQuery__TypeName *name = element->arg->type_name;
    TypeList taken = {0};
    bool known = find_taken(r, element->defname, types, &taken);
    read_function_taking(r, name->n_names, name->names, type_name_span(r, name), known ? &taken : NULL);
}

ElementTypes read_elements(DefinitionReader *r, size_t count, PgQuery__Node *const *definition)
{
    ElementTypes types = {0};
    LIST(const PgQuery__DefElem *) functions = {0};
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *element = definition[i]->def_elem;
        const PgQuery__Node *arg = element->arg;
        if (arg == NULL || arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
            continue;
        if (is_function_key(element->defname))
            list_push(r->arena, &functions, element);
        else if (is_type_key(element->defname))
            list_push(r->arena, &types, (ElementType) {str_from(element->defname), read_type(r, arg->type_name)});
    }
    for (size_t i = 0; i < functions.count; i++)
        read_element_function(r, functions.items[i], types);
    return types;
}

/* ------------------------------------------------------------------ aggregates */

/* What an aggregate gives: the state, or what its last function makes of it. */
static Type aggregate_result(DefinitionReader *r, const PgQuery__DefineStmt *define, Type state)
{
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *element = define->definition[i]->def_elem;
        bool known;
        if (strcmp(element->defname, "finalfunc") != 0 || element->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
            continue;
        const PgQuery__TypeName *name = element->arg->type_name;
        Str qualifier = str_copy(r->arena, tree_qualifier(name->n_names, name->names));
        Str word = str_copy(r->arena, tree_name(name->n_names, name->names));
        const Definition *last = function_named(r, qualifier, word, NULL, &known);
        return last == NULL ? (Type) {0} : last->routine->result;
    }
    return state;
}

/* Where it stands: `[OPERATOR (][schema.]<[)]`. */
static Span sort_operator_span(const DefinitionReader *r, const PgQuery__DefElem *element)
{
    Span rest = {reader_place(r, element->location), r->statement->span.end, r->statement->span.file};
    Cursor at = cursor_over(r->statement->tokens, rest);
    cursor_seek_sign(&at, '=');
    Cursor start = at;
    if (!cursor_take(&at, "operator"))
        return cursor_next(&at);
    cursor_inside(&at);
    return cursor_span((Cursor) {start.tokens, start.at, at.at});
}

/* That the aggregate needs (AggregateCreate() in src/backend/catalog/pg_aggregate.c). */
static void read_sort_operator(DefinitionReader *r, const PgQuery__DefElem *element, const Type *argument)
{
    const PgQuery__List *names = element->arg->list;
    Str qualifier = str_copy(r->arena, tree_qualifier(names->n_items, names->items));
    Definition like = {.object = {.kind = OBJECT_OPERATOR,
                                  .name = str_copy(r->arena, tree_name(names->n_items, names->items))}};
    list_push(r->arena, &like.arguments, *argument);
    list_push(r->arena, &like.arguments, *argument);
    const Definition *found = definition_named(r->schema, qualifier, &like);
    if (found == NULL)
        return;
    MadeText text = made_text(r->arena);
    made_words(&text, "OPERATOR(");
    made_name(&text, found->object.id, 0);
    made_words(&text, ")");
    text_replace(&r->text, sort_operator_span(r, element), made_finish(&text), &names->base);
}

static void read_sort_operators(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    const Definition *d = r->out->definition;
    for (size_t i = 0; i < define->n_definition && d->arguments.count > 0; i++) {
        const PgQuery__DefElem *element = define->definition[i]->def_elem;
        if (strcmp(element->defname, "sortop") == 0 && element->arg != NULL &&
            element->arg->node_case == PG_QUERY__NODE__NODE_LIST)
            read_sort_operator(r, element, &d->arguments.items[0]);
    }
}

static void read_aggregate(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    Definition *d = r->out->definition;
    read_begin(r, OBJECT_AGGREGATE, true);
    Routine *routine = arena_new(r->arena, Routine);
    const PgQuery__List *arguments =
        define->oldstyle || define->n_args == 0 || define->args[0]->node_case != PG_QUERY__NODE__NODE_LIST
            ? NULL
            : define->args[0]->list;
    for (size_t i = 0; arguments != NULL && i < arguments->n_items; i++) {
        const PgQuery__FunctionParameter *tree = arguments->items[i]->function_parameter;
        Parameter parameter = {.name = str_copy(r->arena, str_from(tree->name)), .type = read_type(r, tree->arg_type)};
        if (tree->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC)
            parameter.mode = PARAMETER_VARIADIC;
        list_push(r->arena, &routine->parameters, parameter);
        list_push(r->arena, &d->arguments, parameter.type);
    }
    ElementTypes types = read_elements(r, define->n_definition, define->definition);
    Type base = element_type(types, STR("basetype"));
    if (define->oldstyle && base.catalog != NULL && !str_is(base.catalog->name, "any")) {
        list_push(r->arena, &routine->parameters, (Parameter) {.type = base});
        list_push(r->arena, &d->arguments, base);
    }
    Type state = element_type(types, STR("stype"));
    if (!type_is_decided(&state, &d->arguments))
        definition_report(r, M_BAD_FUNCTION, d->object.created,
                          "a polymorphic state needs a polymorphic argument that decides what it is");
    if (type_is_pseudo(&state) && !type_is_polymorphic(&state) && !str_is(state.catalog->name, "internal"))
        definition_report(r, M_PSEUDO_TYPE, d->object.created, "an aggregate cannot keep a state of type %.*s",
                          STR_ARG(type_catalog(&state)->display));
    routine->result = aggregate_result(r, define, state);
    read_sort_operators(r, define);
    d->routine = routine;
}

/* ------------------------------------------------------------------ by DefineStmt */

bool read_define(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    switch ((int) define->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR: read_operator(r, define); return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE: read_aggregate(r, define); break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: read_base_type(r, define); return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION: read_create_configuration(r, define); return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY: read_create_dictionary(r, define); return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER:
        read_begin(r, definition_kind(define->kind), true);
        read_elements(r, define->n_definition, define->definition);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE: read_create_template(r, define); break;
    default: return false;
    }
    check_parameters(r, define);
    return true;
}

/* ------------------------------------------------------------------ conversions */

TypeList read_argument_types(DefinitionReader *r, size_t count, PgQuery__Node *const *names)
{
    TypeList types = {0};
    for (size_t i = 0; i < count; i++) {
        bool type = names[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME;
        list_push(r->arena, &types, type ? read_type(r, names[i]->type_name) : (Type) {0});
    }
    return types;
}

void read_create_conversion(DefinitionReader *r, const PgQuery__CreateConversionStmt *create)
{
    Cursor start = r->at;
    r->out->definition->object.kind = OBJECT_CONVERSION;
    cursor_take(&r->at, "default");
    cursor_take(&r->at, "conversion");
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, true);
    text_take(&r->text, cursor_span(start));
    if (cursor_seek(&r->at, "from")) {
        cursor_take(&r->at, "from");
        read_function_named(r, create->n_func_name, create->func_name, names_span(r->at));
    }
}

/* ------------------------------------------------------------------ languages, access methods, foreign data */

void read_create_language(DefinitionReader *r, const PgQuery__CreatePLangStmt *create)
{
    Cursor start = r->at;
    r->out->definition->object.kind = OBJECT_LANGUAGE;
    cursor_take(&r->at, "trusted");
    cursor_take(&r->at, "procedural");
    cursor_take(&r->at, "language");
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, false);
    text_take(&r->text, cursor_span(start));
    if (create->n_plhandler == 0) {
        definition_report(r, M_SQL_NOT_FOLLOWED, name.span, "this creates an extension");
        help(r->c, "`create extension %.*s;`", STR_ARG(catalog_quote(r->arena, name.name.name)));
        return;
    }
    read_support_function(r, SUPPORT_LANGUAGE_HANDLER, NULL);
    if (create->n_plinline > 0)
        read_support_function(r, SUPPORT_LANGUAGE_INLINE, NULL);
    if (create->n_plvalidator > 0)
        read_support_function(r, SUPPORT_LANGUAGE_VALIDATOR, NULL);
}

void read_create_access_method(DefinitionReader *r, const PgQuery__CreateAmStmt *create)
{
    read_begin(r, OBJECT_ACCESS_METHOD, false);
    Definition *d = r->out->definition;
    d->for_tables = create->amtype[0] == 't';
    if (catalog_access_method(&r->schema->view, d->object.name) != NULL)
        definition_report(r, M_ALREADY_EXISTS, d->object.created, "the server has an access method \"%.*s\"",
                          STR_ARG(d->object.name));
    read_support_function(r, d->for_tables ? SUPPORT_TABLE_HANDLER : SUPPORT_INDEX_HANDLER, NULL);
}

/* transformGenericOptions() in src/backend/commands/foreigncmds.c */
static bool check_option(DefinitionReader *r, const PgQuery__DefElem *option, Attributes attributes, Str key, Span span)
{
    bool there = attribute_clause(attributes, key) != NULL;
    bool wanted = option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET ||
                  option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP;
    if (there != wanted)
        definition_report(r, M_BAD_WRAPPER_OPTION, span, there ? "the option \"%s\" is there already"
                                                               : "there is no option \"%s\" at this point",
                          option->defname);
    return there == wanted;
}

static void change_option(DefinitionReader *r, const PgQuery__DefElem *option, Attributes *attributes, Span span)
{
    Str name = str_copy(r->arena, str_from(option->defname));
    Str key = str_format(r->arena, "option %.*s", STR_ARG(name));
    if (!check_option(r, option, *attributes, key, span))
        return;
    if (option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP) {
        attribute_remove(attributes, key);
        return;
    }
    Str value = define_literal(r->arena, str_copy(r->arena, str_from(option->arg->string->sval)));
    Str clause = str_format(r->arena, "%.*s %.*s", STR_ARG(catalog_quote(r->arena, name)), STR_ARG(value));
    attribute_set(r->arena, attributes, (Attribute) {key, text_constant(r->arena, clause)});
}

/* OPTIONS (…) as attributes. */
static void read_options(DefinitionReader *r, size_t count, PgQuery__Node *const *options, Attributes *attributes)
{
    Cursor at = r->at;
    if (!cursor_seek(&at, "options"))
        return;
    cursor_take(&at, "options");
    Cursor inside = cursor_inside(&at);
    for (size_t i = 0; i < count; i++)
        change_option(r, options[i]->def_elem, attributes, cursor_span(cursor_item(&inside)));
}

/* "VALIDATOR f" */
static const Expression *read_wrapper_function(DefinitionReader *r, SupportFunction which,
                                               const PgQuery__DefElem *option)
{
    Cursor at = r->at;
    r->text = (DefinitionText) {.arena = r->arena, .sources = &r->c->sources};
    read_support_function(r, which, NULL);
    if (r->refused || !cursor_seek(&at, option->defname))
        return NULL;
    text_make(&r->text, which == SUPPORT_WRAPPER_VALIDATOR ? STR("VALIDATOR") : STR("HANDLER"));
    cursor_next(&at);
    text_take(&r->text, cursor_ref(&at).span);
    return text_finish(&r->text, &option->base);
}

/* HANDLER and VALIDATOR, each once; without an argument they say that there is none. */
static void read_wrapper_functions(DefinitionReader *r, size_t count, PgQuery__Node *const *options,
                                   Attributes *attributes)
{
    bool seen[2] = {false, false};
    for (size_t i = 0; i < count && !r->refused; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        bool validator = strcmp(option->defname, "validator") == 0;
        Str key = validator ? STR("function validator") : STR("function handler");
        SupportFunction which = validator ? SUPPORT_WRAPPER_VALIDATOR : SUPPORT_WRAPPER_HANDLER;
        Span span = reader_span(r, option->location, strlen(option->defname));
        if (seen[validator])
            definition_report(r, M_WRITTEN_TWICE, span, "`%s` is written twice", option->defname);
        else if (option->arg == NULL)
            attribute_remove(attributes, key);
        else
            attribute_set(r->arena, attributes, (Attribute) {key, read_wrapper_function(r, which, option)});
        seen[validator] = true;
    }
}

/* All behind the name can be altered. */
void read_create_wrapper(DefinitionReader *r, const PgQuery__CreateFdwStmt *create)
{
    Definition *d = r->out->definition;
    PgQuery__CreateFdwStmt *bare = arena_copy(r->arena, create, sizeof *create);
    bare->n_func_options = bare->n_options = 0;
    r->shape = &bare->base;
    read_begin(r, OBJECT_DATA_WRAPPER, false);
    DefinitionText text = r->text;
    text.pieces.items[text.pieces.count - 1].span.end = d->object.created.end;
    read_wrapper_functions(r, create->n_func_options, create->func_options, &d->created);
    read_options(r, create->n_options, create->options, &d->created);
    r->text = text;
}

/* A wrapper of migrations, or that of an extension of its name; dblink's is called dblink_fdw. */
static void use_wrapper(DefinitionReader *r, Word name)
{
    ObjectIds ids = schema_definitions(r->schema, 0, name.name);
    for (size_t i = 0; i < ids.count; i++) {
        if (schema_object(r->schema, ids.items[i])->kind == OBJECT_DATA_WRAPPER) {
            text_use(&r->text, name.span, -1, ids.items[i], 0, USE_NAME);
            return;
        }
    }
    Str extension = str_is(name.name, "dblink_fdw") ? STR("dblink") : name.name;
    ObjectId id = schema_find(r->schema, NAMES_EXTENSION, 0, extension);
    if (id != 0) {
        text_use(&r->text, (Span) {0}, -1, id, 0, USE_HIDDEN);
        return;
    }
    if (read_unknown(r, &(Ref) {.name = name}))
        return;
    definition_report(r, M_UNKNOWN_DEFINITION, name.span, "there is no foreign data wrapper \"%.*s\" at this point",
                      STR_ARG(name.name));
    const CatalogExtension *bringer = catalog_extension(r->schema->view.catalog, extension);
    if (bringer != NULL)
        help_extension(r->c, r->schema, bringer);
}

static void set_version(DefinitionReader *r, const char *version, Attributes *attributes)
{
    Str clause = str_format(r->arena, "VERSION %.*s", STR_ARG(define_literal(r->arena, str_from(version))));
    attribute_set(r->arena, attributes, (Attribute) {STR("version"), text_constant(r->arena, clause)});
}

void read_create_server(DefinitionReader *r, const PgQuery__CreateForeignServerStmt *create)
{
    read_begin(r, OBJECT_SERVER, false);
    if (cursor_seek(&r->at, "foreign data wrapper")) {
        cursor_take(&r->at, "foreign data wrapper");
        use_wrapper(r, cursor_word(&r->at));
    }
    read_options(r, create->n_options, create->options, &r->out->definition->created);
    if (create->version != NULL && *create->version != '\0')
        set_version(r, create->version, &r->out->definition->created);
}

static const Definition *find_server(DefinitionReader *r, Word name, bool missing_ok)
{
    Definition like = {.object = {.kind = OBJECT_SERVER, .name = name.name}};
    const Definition *found = definition_find(r->schema, &like);
    if (found == NULL && !missing_ok && !r->sql->finder.silenced(r->sql->finder.checker, OBJECT_SERVER, name.name))
        definition_report(r, M_UNKNOWN_DEFINITION, name.span, "there is no server \"%.*s\" at this point",
                          STR_ARG(name.name));
    r->refused = r->refused || (found == NULL && !missing_ok);
    return found;
}

void read_create_mapping(DefinitionReader *r, const PgQuery__CreateUserMappingStmt *create)
{
    Definition *d = r->out->definition;
    d->object.kind = OBJECT_USER_MAPPING;
    text_take(&r->text, cursor_take_span(&r->at, "user mapping"));
    r->out->if_not_exists = cursor_take(&r->at, "if not exists");
    text_take(&r->text, cursor_span(r->at));
    d->object.created = cursor_span(r->at);
    d->variant = role_name(r->arena, create->user);
    cursor_seek(&r->at, "server");
    cursor_take(&r->at, "server");
    Word name = cursor_word(&r->at);
    const Definition *server = find_server(r, name, false);
    if (server == NULL)
        return;
    d->of = server->object.id;
    text_use(&r->text, name.span, -1, d->of, 0, USE_NAME);
    read_options(r, create->n_options, create->options, &d->created);
}

/* The mapping of a role; false: it is not there. */
static bool read_mapping(DefinitionReader *r, const PgQuery__RoleSpec *user, bool missing_ok)
{
    Cursor at = r->at;
    cursor_seek(&at, "server");
    cursor_take(&at, "server");
    Word name = cursor_word(&at);
    const Definition *server = find_server(r, name, missing_ok);
    if (server == NULL)
        return false;
    Definition like = {.object = {.kind = OBJECT_USER_MAPPING}, .of = server->object.id,
                       .variant = role_name(r->arena, user)};
    const Definition *found = definition_find(r->schema, &like);
    if (found != NULL)
        list_push(r->arena, &r->out->targets, (SqlTarget) {found->object.id, 0, name.span});
    else if (!missing_ok)
        definition_report(r, M_UNKNOWN_DEFINITION, name.span, "server \"%.*s\" has no user mapping for %.*s",
                          STR_ARG(name.name), STR_ARG(like.variant));
    return found != NULL;
}

void read_drop_mapping(DefinitionReader *r, const PgQuery__DropUserMappingStmt *drop)
{
    bool found = read_mapping(r, drop->user, drop->missing_ok);
    r->out->verb = found || r->refused ? SQL_DROP : SQL_NOTHING;
}

/* ------------------------------------------------------------------ ALTER … OPTIONS */

static void alter_options(DefinitionReader *r, size_t count, PgQuery__Node *const *options)
{
    const Definition *d = schema_definition(r->schema, r->out->targets.items[0].object);
    r->out->attributes = d->attributes;
    list_clone(r->arena, &r->out->attributes);
    read_options(r, count, options, &r->out->attributes);
}

void read_alter_mapping(DefinitionReader *r, const PgQuery__AlterUserMappingStmt *alter)
{
    r->out->verb = SQL_ALTER;
    if (read_mapping(r, alter->user, false))
        alter_options(r, alter->n_options, alter->options);
}

void read_alter_server(DefinitionReader *r, const PgQuery__AlterForeignServerStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter server");
    if (!read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, NULL, &r->at, false))
        return;
    alter_options(r, alter->n_options, alter->options);
    if (alter->has_version)
        set_version(r, alter->version, &r->out->attributes);
}

void read_alter_wrapper(DefinitionReader *r, const PgQuery__AlterFdwStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter foreign data wrapper");
    if (!read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_FDW, NULL, &r->at, false))
        return;
    alter_options(r, alter->n_options, alter->options);
    read_wrapper_functions(r, alter->n_func_options, alter->func_options, &r->out->attributes);
}

void read_alter_statistics(DefinitionReader *r, const PgQuery__AlterStatsStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter statistics");
    cursor_take(&r->at, "if exists");
    if (!read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, NULL, &r->at, alter->missing_ok)) {
        r->out->verb = r->refused ? SQL_ALTER : SQL_NOTHING;
        return;
    }
    Str clause = str_format(r->arena, "SET STATISTICS %d", (int) alter->stxstattarget);
    if (alter->stxstattarget >= 0)
        attribute_set(r->arena, &r->out->attributes,
                      (Attribute) {STR("statistics"), text_constant(r->arena, clause)});
}
