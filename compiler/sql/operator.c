/* CREATE OPERATOR and ALTER OPERATOR … SET (src/backend/commands/operatorcmds.c, OperatorCreate() in
 * src/backend/catalog/pg_operator.c). All that ALTER can set, on some server or other, are attributes. */
#include "operator.h"
#include "made_text.h"
#include "read_definition.h"

/* ------------------------------------------------------------------ elements */

typedef enum ElementKind { ELEMENT_FUNCTION, ELEMENT_LINK, ELEMENT_FLAG } ElementKind;

enum { LINKS_SINCE = 17 };   /* … can be set by ALTER */

static const struct OperatorElement {
    const char *name;
    ElementKind kind;
    bool joins;             /* only of two sides */
    Signature function;
} elements[] = {
    {"restrict", ELEMENT_FUNCTION, false, {{"internal oid internal int4", NULL}, "float8"}},
    {"join", ELEMENT_FUNCTION, true,
     {{"internal oid internal int2 internal", "internal oid internal int2"}, "float8"}},
    {"commutator", ELEMENT_LINK, true, {{NULL, NULL}, NULL}},
    {"negator", ELEMENT_LINK, false, {{NULL, NULL}, NULL}},
    {"hashes", ELEMENT_FLAG, true, {{NULL, NULL}, NULL}},
    {"merges", ELEMENT_FLAG, true, {{NULL, NULL}, NULL}},
};

typedef struct OperatorReader {
    DefinitionReader *r;
    const Definition *operator;   /* that is made or altered: place, name, sides and result */
    Attributes *attributes;
    bool alters;
} OperatorReader;

/* NULL: it is none that could be altered. Words of old for MERGES are as good as that. */
static const struct OperatorElement *element_of(const char *name)
{
    static const char *const merging[] = {"sort1", "sort2", "ltcmp", "gtcmp"};
    for (size_t i = 0; i < sizeof merging / sizeof *merging; i++) {
        if (strcmp(name, merging[i]) == 0)
            name = "merges";
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (strcmp(name, elements[i].name) == 0)
            return &elements[i];
    }
    return NULL;
}

/* ------------------------------------------------------------------ estimators */

static void set_estimator(OperatorReader *o, const struct OperatorElement *element, const PgQuery__DefElem *option,
                          Cursor item)
{
    DefinitionReader *r = o->r;
    Str key = element_key(r->arena, element->name);
    Span span = cursor_span(item);
    if (option->arg == NULL) {
        attribute_remove(o->attributes, key);
        return;
    }
    if (option->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
        definition_report(r, M_BAD_PARAMETER, span, "`%s` is the name of a function", element->name);
        return;
    }
    DefinitionText text = r->text;
    r->text = (DefinitionText) {.arena = r->arena, .sources = &r->c->sources};
    text_take(&r->text, span);
    cursor_seek_sign(&item, '=');
    read_function_fitting(r, option->arg->type_name, cursor_ref(&item).span, &element->function, NULL);
    if (!r->refused)
        attribute_set(r->arena, o->attributes, (Attribute) {key, text_finish(&r->text, &option->base)});
    r->text = text;
}

/* ------------------------------------------------------------------ links */

static bool same_type(const Type *type, const CatalogType *catalog)
{
    return type_catalog(type) == catalog;
}

/* Of the server or an extension; NULL: none of the name and sides. */
static const CatalogExtension *find_brought(const DefinitionReader *r, const Ref *ref, const TypeList *sides)
{
    catalog_each_owner(owner, &r->schema->view) {
        CatalogOperators named = catalog_operators_in(owner, ref->name.name);
        for (size_t i = 0; i < named.count && extension_is_reached(r->schema, owner, ref_qualifier(ref)); i++) {
            const CatalogOperator *operator = catalog_at(named, i);
            if (same_type(&sides->items[0], operator->left) && same_type(&sides->items[1], operator->right))
                return owner;
        }
    }
    return NULL;
}

static const Expression *brought_clause(DefinitionReader *r, const CatalogExtension *owner, Str name, const char *key)
{
    ObjectId extension = extension_object(r->schema, owner);
    MadeText text = made_text(r->arena);
    const Object *home = schema_object(r->schema, extension);
    home = home == NULL ? NULL : schema_object(r->schema, ((const Extension *) home)->home);
    made_words(&text, key);
    made_words(&text, " = OPERATOR(");
    if (home == NULL)
        made_words(&text, "pg_catalog");
    else
        made_name(&text, home->id, 0);
    made_words(&text, ".");
    made_str(&text, name);
    made_words(&text, ")");
    return made_finish(&text);
}

/* The sides of the commutator are the other way round. */
static Definition other_operator(const OperatorReader *o, const struct OperatorElement *element, const Ref *ref)
{
    const Definition *d = o->operator;
    Definition like = {.object = {.kind = OBJECT_OPERATOR, .name = ref->name.name}};
    bool turned = strcmp(element->name, "commutator") == 0;
    like.object.created = ref->name.span;
    list_push(o->r->arena, &like.arguments, d->arguments.items[turned ? 1 : 0]);
    list_push(o->r->arena, &like.arguments, d->arguments.items[turned ? 0 : 1]);
    return like;
}

/* A former link stays, and another operator's too (OperatorUpd() in the newest releases of all versions; older ones
 * leave two operators that contradict one another). */
static bool check_link(OperatorReader *o, Str key, const Definition *other, Span span)
{
    DefinitionReader *r = o->r;
    ObjectId own = o->operator->object.id;
    const Expression *former = attribute_clause(*o->attributes, key), *back = attribute_clause(other->attributes, key);
    if (former != NULL && operator_link(o->operator, key) != other->object.id)
        definition_report(r, M_BAD_PARAMETER, span, "the operator has another one already, which cannot be changed");
    else if (back != NULL && operator_link(other, key) != own)
        definition_report(r, M_BAD_PARAMETER, span, "that operator belongs to another one already");
    return !r->refused;
}

static void link_other(OperatorReader *o, const struct OperatorElement *element, const Ref *ref, Definition *like)
{
    DefinitionReader *r = o->r;
    Str key = element_key(r->arena, element->name);
    const CatalogExtension *owner = find_brought(r, ref, &like->arguments);
    const Definition *found = owner != NULL ? NULL : definition_named(r->schema, ref_qualifier(ref), like);
    ObjectId namespace = owner != NULL || found != NULL ? 0 : read_namespace(r, ref);
    bool itself = found != NULL ? found->object.id == o->operator->object.id
                                : owner == NULL && namespace == o->operator->object.schema &&
                                      str_equal(like->object.name, o->operator->object.name) &&
                                      type_lists_equal(like->arguments, o->operator->arguments);
    like->object.schema = namespace;
    if (itself && strcmp(element->name, "negator") == 0)
        definition_report(r, M_BAD_PARAMETER, ref->span, "an operator is not its own negator");
    else if (owner != NULL)
        attribute_set(r->arena, o->attributes,
                      (Attribute) {key, brought_clause(r, owner, like->object.name, element->name)});
    else if (found == NULL && !itself && o->alters)
        definition_report(r, M_UNKNOWN_OPERATOR, ref->span, "there is no operator %.*s of these types at this point",
                          STR_ARG(like->object.name));
    else if (found == NULL && !itself && namespace != 0)
        list_push(r->arena, &r->out->shells,
                  (SqlShell) {key, operator_shell(r->arena, &like->object, like->arguments)});
    else if (itself || (found != NULL && check_link(o, key, found, ref->span)))
        attribute_set(r->arena, o->attributes,
                      (Attribute) {key, operator_link_clause(r->arena, key, itself ? 0 : found->object.id)});
}

/* `[OPERATOR (][schema.]===[)]` */
static void set_link(OperatorReader *o, const struct OperatorElement *element, const PgQuery__DefElem *option,
                     Cursor item)
{
    DefinitionReader *r = o->r;
    const PgQuery__Node *arg = option->arg;
    if (arg == NULL || arg->node_case != PG_QUERY__NODE__NODE_LIST) {
        definition_report(r, M_BAD_PARAMETER, cursor_span(item), "`%s` is an operator", element->name);
        return;
    }
    cursor_seek_sign(&item, '=');
    Span span = cursor_span(item);
    Str qualifier = str_copy(r->arena, tree_qualifier(arg->list->n_items, arg->list->items));
    Ref ref = {.name = {str_copy(r->arena, tree_name(arg->list->n_items, arg->list->items)), span}, .span = span};
    if (qualifier.len > 0)
        ref.schema = (Word) {qualifier, span};
    Definition like = other_operator(o, element, &ref);
    link_other(o, element, &ref, &like);
}

/* ------------------------------------------------------------------ all elements */

static void set_flag(OperatorReader *o, const struct OperatorElement *element, const PgQuery__DefElem *option,
                     Cursor item)
{
    Str key = element_key(o->r->arena, element->name);
    bool on = parameter_is_true(option);
    if (!on && attribute_clause(*o->attributes, key) != NULL)
        definition_report(o->r, M_BAD_PARAMETER, cursor_span(item), "`%s` cannot be taken back", element->name);
    if (on)
        attribute_set(o->r->arena, o->attributes,
                      (Attribute) {key, text_constant(o->r->arena, str_from(element->name))});
}

static bool is_boolean(const Type *type)
{
    return type->catalog != NULL && !type->array && type->object == 0 && str_is(type->catalog->name, "bool");
}

/* Where the result is not known nothing is said of it. */
static void check_element(OperatorReader *o, const struct OperatorElement *element, const PgQuery__DefElem *option,
                          Cursor item)
{
    const Definition *d = o->operator;
    bool binary = d->arguments.items[0].catalog != NULL && d->arguments.items[1].catalog != NULL;
    bool off = element->kind == ELEMENT_FLAG ? !parameter_is_true(option) : option->arg == NULL;
    bool commutator = strcmp(element->name, "commutator") == 0;
    if (off)
        return;
    if (element->joins && !binary)
        definition_report(o->r, M_BAD_PARAMETER, cursor_span(item), "`%s` wants an operator with two sides",
                          element->name);
    else if (!commutator && d->result.catalog != NULL && !is_boolean(&d->result))
        definition_report(o->r, M_BAD_PARAMETER, cursor_span(item), "`%s` wants an operator that returns a boolean",
                          element->name);
}

static void read_element(OperatorReader *o, const PgQuery__DefElem *option, Cursor item)
{
    const struct OperatorElement *element = element_of(option->defname);
    check_element(o, element, option, item);
    if (o->r->refused)
        return;
    switch (element->kind) {
    case ELEMENT_FUNCTION: set_estimator(o, element, option, item); break;
    case ELEMENT_LINK: set_link(o, element, option, item); break;
    case ELEMENT_FLAG: set_flag(o, element, option, item); break;
    }
}

/* ------------------------------------------------------------------ CREATE OPERATOR */

static void read_sides(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    static const char *const names[] = {"leftarg", "rightarg"};
    Definition *d = r->out->definition;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Type type = {0};
        for (size_t j = 0; j < define->n_definition; j++) {
            const PgQuery__DefElem *option = define->definition[j]->def_elem;
            if (strcmp(option->defname, names[i]) == 0 && option->arg != NULL &&
                option->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME)
                type = read_type(r, option->arg->type_name);
        }
        list_push(r->arena, &d->arguments, type);
    }
}

/* Just what takes the types of the sides. */
static void read_operator_function(DefinitionReader *r, const PgQuery__DefElem *option, Cursor item)
{
    Definition *d = r->out->definition;
    TypeList types = {0};
    for (size_t i = 0; i < d->arguments.count; i++) {
        if (d->arguments.items[i].catalog != NULL)
            list_push(r->arena, &types, d->arguments.items[i]);
    }
    if (option->arg == NULL || option->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME || r->refused)
        return;
    const PgQuery__TypeName *name = option->arg->type_name;
    cursor_seek_sign(&item, '=');
    d->result = read_function_exactly(r, name->n_names, name->names, cursor_ref(&item).span, &types).result;
}

/* What ALTER cannot set of it, in the order in which it is written. */
static void read_fixed(DefinitionReader *r, const PgQuery__DefineStmt *define, Cursor inside)
{
    PgQuery__DefineStmt *bare = arena_copy(r->arena, define, sizeof *define);
    bare->definition = arena_array(r->arena, PgQuery__Node *, define->n_definition + 1);
    bare->n_definition = 0;
    text_make(&r->text, STR("("));
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        Cursor item = cursor_item(&inside);
        if (element_of(option->defname) != NULL)
            continue;
        if (bare->n_definition > 0)
            text_make(&r->text, STR(","));
        text_take(&r->text, cursor_span(item));
        if (strcmp(option->defname, "function") == 0 || strcmp(option->defname, "procedure") == 0)
            read_operator_function(r, option, item);
        bare->definition[bare->n_definition++] = define->definition[i];
    }
    text_make(&r->text, STR(")"));
    r->shape = &bare->base;
}

/* A shell of it gives its number, so that it is known to be itself. */
static void find_shell(DefinitionReader *r)
{
    Definition *d = r->out->definition;
    const Definition *shell = definition_find(r->schema, d);
    if (shell == NULL || !shell->shell)
        return;
    d->object.id = shell->object.id;
    r->out->replace = true;
}

void read_operator(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    Definition *d = r->out->definition;
    d->object.kind = OBJECT_OPERATOR;
    Cursor start = r->at;
    cursor_take(&r->at, "operator");
    Cursor name = cursor_before_sign(&r->at, '(');
    Ref ref = {.name = {str_copy(r->arena, tree_name(define->n_defnames, define->defnames)), cursor_span(name)}};
    ref.span = cursor_span(name);
    text_take(&r->text, (Span) {cursor_span(start).start, ref.span.end, ref.span.file});
    if (define->n_defnames > 1)
        ref.schema = cursor_word(&name);
    read_own_name(r, &ref, true);
    Cursor inside = cursor_inside(&r->at);
    read_sides(r, define);
    check_parameters(r, define);
    read_fixed(r, define, inside);
    if (r->refused)
        return;
    find_shell(r);
    OperatorReader o = {.r = r, .operator = d, .attributes = &d->created};
    for (size_t i = 0; i < define->n_definition && !r->refused; i++) {
        Cursor item = cursor_item(&inside);
        if (element_of(define->definition[i]->def_elem->defname) != NULL)
            read_element(&o, define->definition[i]->def_elem, item);
    }
}

/* ------------------------------------------------------------------ ALTER OPERATOR … SET */

static bool can_be_set(DefinitionReader *r, const PgQuery__DefElem *option, Span span)
{
    const struct OperatorElement *element = element_of(option->defname);
    if (element == NULL)
        definition_report(r, M_BAD_PARAMETER, span, "`%s` of an operator cannot be set", option->defname);
    else if (element->kind != ELEMENT_FUNCTION && r->schema->view.catalog->major < LINKS_SINCE)
        definition_report(r, M_NEEDS_NEWER_SERVER, span, "an operator's \"%s\" can be set from PostgreSQL %d on",
                          option->defname, LINKS_SINCE);
    return !r->refused;
}

void read_alter_operator(DefinitionReader *r, const PgQuery__AlterOperatorStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter operator");
    PgQuery__Node node = {.base = PROTOBUF_C_MESSAGE_INIT(&pg_query__node__descriptor),
                          .node_case = PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS, .object_with_args = alter->opername};
    Cursor name = cursor_before(&r->at, "set");
    read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR, &node, &name, false);
    if (!read_ended(r) || r->out->targets.count == 0)
        return;
    const Definition *operator = schema_definition(r->schema, r->out->targets.items[0].object);
    OperatorReader o = {.r = r, .operator = operator, .attributes = &r->out->attributes, .alters = true};
    r->out->attributes = operator->attributes;
    list_clone(r->arena, &r->out->attributes);
    cursor_take(&r->at, "set");
    Cursor inside = cursor_inside(&r->at);
    for (size_t i = 0; i < alter->n_options && !r->refused; i++) {
        Cursor item = cursor_item(&inside);
        if (can_be_set(r, alter->options[i]->def_elem, cursor_span(item)))
            read_element(&o, alter->options[i]->def_elem, item);
    }
}
