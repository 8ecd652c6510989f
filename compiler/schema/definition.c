#include "definition.h"
#include "family.h"
#include "publication.h"
#include "trigger_state.h"

#include "bug.h"

#include <stdlib.h>

const char *definition_sql_word(ObjectKind kind)
{
    static const char *const words[OBJECT_KIND_COUNT] = {
#define DEFINITION(KIND, word, sql) [OBJECT_##KIND] = sql,
#include "definitions.def"
#undef DEFINITION
    };
    return words[kind];
}

bool object_is_routine(ObjectKind kind)
{
    return kind == OBJECT_FUNCTION || kind == OBJECT_PROCEDURE || kind == OBJECT_AGGREGATE;
}

/* Its attributes are elements, "name = value", in the parentheses that the statement which creates it ends in. */
static bool has_elements(ObjectKind kind)
{
    return kind == OBJECT_BASE_TYPE || kind == OBJECT_OPERATOR;
}

bool definition_says_attributes(ObjectKind kind)
{
    return kind == OBJECT_POLICY || kind == OBJECT_PUBLICATION_TABLE || kind == OBJECT_DATA_WRAPPER ||
           has_elements(kind);
}

/* ------------------------------------------------------------------ identity */

/* A type that an object makes is one whatever it is called; an extension brings several. */
static bool same_brought(const CatalogType *a, const CatalogType *b)
{
    bool brought = a != NULL && b != NULL && (a->extension.len > 0 || a->unknown);
    return !brought || str_equal(a->display, b->display);
}

bool type_equal(const Type *a, const Type *b)
{
    if (a->object != b->object || a->array != b->array)
        return false;
    return a->catalog == b->catalog || (a->object != 0 && same_brought(a->catalog, b->catalog));
}

bool type_lists_equal(TypeList a, TypeList b)
{
    bool equal = a.count == b.count;
    for (size_t i = 0; i < a.count && equal; i++)
        equal = type_equal(&a.items[i], &b.items[i]);
    return equal;
}

static bool share_names(ObjectKind a, ObjectKind b)
{
    return a == b || (object_is_routine(a) && object_is_routine(b));
}

const Definition *definition_find(const Schema *schema, const Definition *like)
{
    ObjectId place = like->object.schema != 0 ? like->object.schema : like->of;
    ObjectIds ids = schema_definitions(schema, place, like->object.name);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *found = schema_definition(schema, ids.items[i]);
        bool variant = found->object.kind == OBJECT_TRIGGER || str_equal(found->variant, like->variant);
        if (share_names(found->object.kind, like->object.kind) && variant &&
            type_lists_equal(found->arguments, like->arguments))
            return found;
    }
    return NULL;
}

const Definition *definition_table_method(const Schema *schema, Str name)
{
    Definition like = {.object = {.kind = OBJECT_ACCESS_METHOD, .name = name}};
    const Definition *found = name.len == 0 ? NULL : definition_find(schema, &like);
    return found != NULL && found->for_tables ? found : NULL;
}

ObjectId schema_language(const Schema *schema, Str name)
{
    Definition like = {.object = {.kind = OBJECT_LANGUAGE, .name = name}};
    const Definition *found = definition_find(schema, &like);
    return found == NULL ? 0 : found->object.id;
}

void transform_name(const Schema *schema, Definition *transform, Str language)
{
    transform->of = schema_language(schema, language);
    transform->variant = transform->of == 0 ? language : STR("");
}

static void find_transform(const Schema *schema, const Type *type, Str language, ObjectIds *found)
{
    Definition like = {.object = {.kind = OBJECT_TRANSFORM}};
    transform_name(schema, &like, language);
    list_push(schema->arena, &like.arguments, *type);
    const Definition *transform = definition_find(schema, &like);
    if (transform != NULL && !object_ids_contain(*found, transform->object.id))
        list_push(schema->arena, found, transform->object.id);
}

ObjectIds routine_transforms(const Schema *schema, const Routine *routine)
{
    ObjectIds found = {0};
    find_transform(schema, &routine->result, routine->language, &found);
    for (size_t i = 0; i < routine->parameters.count; i++)
        find_transform(schema, &routine->parameters.items[i].type, routine->language, &found);
    return found;
}

/* Without modifiers, as the server keeps the types of arguments; what is not there, as the left side of a prefix
 * operator, is NONE. */
static Str plain_type(const Schema *schema, const Type *type)
{
    Type plain = {.catalog = type->catalog, .object = type->object, .array = type->array};
    if (type->catalog != NULL && type->object == 0 && !type->array)
        return type->catalog->display;
    return type->catalog == NULL ? STR("NONE") : define_type(schema, &plain);
}

/* `mode` stands before each: "IN ". */
static Str signature_with(const Schema *schema, const Definition *definition, const char *mode)
{
    Text text = text_new(schema->arena);
    bool any = definition->object.kind == OBJECT_AGGREGATE && definition->arguments.count == 0;
    text_add_c(&text, any ? "(*" : "(");
    for (size_t i = 0; i < definition->arguments.count; i++) {
        Str type = plain_type(schema, &definition->arguments.items[i]);
        text_addf(&text, "%s%s%.*s", i == 0 ? "" : ", ", mode, STR_ARG(type));
    }
    text_add_char(&text, ')');
    return text_str(&text);
}

Str definition_signature(const Schema *schema, const Definition *definition)
{
    return signature_with(schema, definition, "");
}

/* Types alone may mean the arguments that go in, or all of them: where that could be another procedure, the mode says
 * which (LookupFuncWithArgs() in src/backend/parser/parse_func.c). */
static Str procedure_signature(const Schema *schema, const Definition *procedure)
{
    ObjectIds named = schema_definitions(schema, procedure->object.schema, procedure->object.name);
    bool overloaded = false;
    for (size_t i = 0; i < named.count; i++) {
        const Definition *other = schema_definition(schema, named.items[i]);
        overloaded = overloaded || (other->object.kind == OBJECT_PROCEDURE && named.items[i] != procedure->object.id);
    }
    return signature_with(schema, procedure, overloaded ? "IN " : "");
}

static Str cast_sides(const Schema *schema, const Definition *cast)
{
    Str source = plain_type(schema, &cast->arguments.items[0]), target = plain_type(schema, &cast->arguments.items[1]);
    return str_format(schema->arena, "(%.*s AS %.*s)", STR_ARG(source), STR_ARG(target));
}

static Str place_sql(const Schema *schema, ObjectId of)
{
    const Object *place = schema_object(schema, of);
    if (place == NULL)
        BUG("a definition is on object %u, which is gone", (unsigned) of);
    return object_sql(schema, place);
}

/* Whether the server has one that is called with the same, and is found first. */
static bool is_behind_servers(const Schema *schema, const Definition *routine)
{
    CatalogFunctions functions = catalog_functions_in(&schema->view.catalog->core, routine->object.name);
    for (size_t i = 0; i < functions.count; i++) {
        const CatalogFunction *function = catalog_at(functions, i);
        bool same = function->argument_count == routine->arguments.count;
        for (size_t j = 0; same && j < routine->arguments.count; j++)
            same = type_catalog(&routine->arguments.items[j]) == function->arguments[j];
        if (same)
            return true;
    }
    return false;
}

static Str routine_name(const Schema *schema, const Definition *routine)
{
    const Object *place = schema_object(schema, routine->object.schema);
    if (place == NULL || !is_behind_servers(schema, routine))
        return object_sql(schema, &routine->object);
    return str_format(schema->arena, "%.*s.%.*s", STR_ARG(catalog_quote(schema->arena, place->name)),
                      STR_ARG(catalog_quote(schema->arena, routine->object.name)));
}

Str definition_identity(const Schema *schema, const Definition *d)
{ /* a table */
    Arena *arena = schema->arena;
    Str name = object_is_routine(d->object.kind) ? routine_name(schema, d) : object_sql(schema, &d->object);
    switch ((int) d->object.kind) {
    case OBJECT_PROCEDURE:
        return str_format(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(procedure_signature(schema, d)));
    case OBJECT_FUNCTION:
    case OBJECT_AGGREGATE:
    case OBJECT_OPERATOR:
        return str_format(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(definition_signature(schema, d)));
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
        return str_format(arena, "%.*s ON %.*s", STR_ARG(name), STR_ARG(place_sql(schema, d->of)));
    case OBJECT_OPERATOR_CLASS:
    case OBJECT_OPERATOR_FAMILY:
        return str_format(arena, "%.*s USING %.*s", STR_ARG(name), STR_ARG(catalog_quote(arena, d->variant)));
    case OBJECT_OPERATOR_MEMBER:
        return str_format(arena, "%.*s %.*s", STR_ARG(d->variant), STR_ARG(definition_signature(schema, d)));
    case OBJECT_CAST: return cast_sides(schema, d);
    case OBJECT_USER_MAPPING:
        return str_format(arena, "FOR %.*s SERVER %.*s", STR_ARG(d->variant), STR_ARG(place_sql(schema, d->of)));
    case OBJECT_TRANSFORM:
        return str_format(arena, "FOR %.*s LANGUAGE %.*s", STR_ARG(plain_type(schema, &d->arguments.items[0])),
                          STR_ARG(d->of != 0 ? place_sql(schema, d->of) : catalog_quote(arena, d->variant)));
    default: return name;
    }
}

static Str default_privileges_description(const Schema *schema, const Definition *d)
{
    const Object *place = schema_object(schema, d->of);
    Text text = text_new(schema->arena);
    text_addf(&text, "the default privileges on %.*s", STR_ARG(d->variant));
    if (place != NULL)
        text_addf(&text, " in schema \"%.*s\"", STR_ARG(place->name));
    if (d->object.name.len > 0)
        text_addf(&text, " for role %.*s", STR_ARG(d->object.name));
    return text_str(&text);
}

/* With its schema, unless that is the home of unqualified names. */
static Str name_with_home(const Schema *schema, const Object *object)
{
    const Object *home = schema_object(schema, object->schema);
    if (home == NULL || home->id == schema->home)
        return object->name;
    return str_format(schema->arena, "%.*s.%.*s", STR_ARG(home->name), STR_ARG(object->name));
}

Str definition_description(const Schema *schema, const Definition *d)
{ /* a table */
    Arena *arena = schema->arena;
    const char *word = object_word(d->object.kind);
    const Object *place = d->of == 0 ? NULL : schema_object(schema, d->of);
    Str name = name_with_home(schema, &d->object);
    Str place_name = place == NULL ? STR("") : name_with_home(schema, place);
    switch ((int) d->object.kind) {
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_AGGREGATE:
    case OBJECT_OPERATOR:
        return str_format(arena, "%s \"%.*s%.*s\"", word, STR_ARG(name), STR_ARG(definition_signature(schema, d)));
    case OBJECT_OPERATOR_CLASS:
    case OBJECT_OPERATOR_FAMILY:
        return str_format(arena, "%s \"%.*s\" for %.*s", word, STR_ARG(name), STR_ARG(d->variant));
    case OBJECT_CAST:
    case OBJECT_TRANSFORM:
    case OBJECT_USER_MAPPING:
        return str_format(arena, "%s %.*s", word, STR_ARG(definition_identity(schema, d)));
    case OBJECT_OPERATOR_MEMBER:
        return str_format(arena, "%.*s of operator family %.*s", STR_ARG(definition_identity(schema, d)),
                          STR_ARG(member_family(schema, d)));
    case OBJECT_DEFAULT_PRIVILEGES: return default_privileges_description(schema, d);
    case OBJECT_SERVER_PRIVILEGES: return str_format(arena, "the privileges on %.*s", STR_ARG(d->object.name));
    case OBJECT_TRIGGER_STATE: name = schema_object(schema, trigger_state_of(d))->name; break;
    case OBJECT_PUBLICATION_TABLE:
        return str_format(arena, "publication \"%.*s\" of %s \"%.*s\"",
                          STR_ARG(schema_object(schema, publication_of(d))->name), object_word(place->kind),
                          STR_ARG(place_name));
    default: break;
    }
    if (place == NULL)
        return str_format(arena, "%s \"%.*s\"", word, STR_ARG(name));
    return str_format(arena, "%s \"%.*s\" of %s \"%.*s\"", word, STR_ARG(name), object_word(place->kind),
                      STR_ARG(place_name));
}

/* ------------------------------------------------------------------ attributes */

static size_t attribute_index(Attributes attributes, Str key)
{
    size_t i = 0;
    while (i < attributes.count && !str_equal(attributes.items[i].key, key))
        i++;
    return i;
}

const Expression *attribute_clause(Attributes attributes, Str key)
{
    size_t i = attribute_index(attributes, key);
    return i == attributes.count ? NULL : attributes.items[i].clause;
}

void attribute_remove(Attributes *attributes, Str key)
{
    size_t i = attribute_index(*attributes, key);
    if (i < attributes->count)
        list_remove(attributes, i);
}

bool attribute_is_setting(Str key)
{
    return str_starts_with(key, STR("set "));
}

/* A new setting comes behind the others. */
static bool comes_after(Str key, Str new)
{
    bool settings = attribute_is_setting(key) && attribute_is_setting(new);
    return !settings && str_compare(key, new) > 0;
}

void attribute_set(Arena *arena, Attributes *attributes, Attribute attribute)
{
    size_t i = attribute_index(*attributes, attribute.key);
    if (i < attributes->count) {
        attributes->items[i] = attribute;
        return;
    }
    i = 0;
    while (i < attributes->count && !comes_after(attributes->items[i].key, attribute.key))
        i++;
    list_insert(arena, attributes, i, attribute);
}

/* A function is taken away; what is no function cannot be. */
static Str element_default(Arena *arena, Str name)
{
    static const char *const lasting[] = {"storage", "commutator", "negator", "hashes", "merges"};
    for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++) {
        if (str_is(name, lasting[i]))
            return (Str) {0};
    }
    return str_format(arena, "%.*s = none", STR_ARG(name));
}

Str attribute_default(Arena *arena, Str key)
{
    static const struct {
        const char *key, *clause;
    } rows[] = {
        {"volatility", "VOLATILE"}, {"strict", "CALLED ON NULL INPUT"}, {"security", "SECURITY INVOKER"},
        {"leakproof", "NOT LEAKPROOF"}, {"parallel", "PARALLEL UNSAFE"}, {"cost", "COST 100"}, {"rows", "ROWS 1000"},
        {"parameter publish", "SET (publish = 'insert, update, delete, truncate')"},
        {"parameter publish_via_partition_root", "SET (publish_via_partition_root = false)"},
        {"parameter publish_generated_columns", "SET (publish_generated_columns = none)"},
        {"function handler", "NO HANDLER"}, {"function validator", "NO VALIDATOR"},
        {"enabled", "ENABLE"}, {"to", "TO PUBLIC"}, {"statistics", "SET STATISTICS -1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (str_is(key, rows[i].key))
            return str_from(rows[i].clause);
    }
    if (attribute_is_setting(key))
        return str_format(arena, "RESET %.*s", STR_ARG(catalog_quote(arena, str_slice(key, 4, key.len))));
    if (str_starts_with(key, STR("option ")))
        return str_format(arena, "DROP %.*s", STR_ARG(catalog_quote(arena, str_slice(key, 7, key.len))));
    if (str_starts_with(key, STR("element ")))
        return element_default(arena, str_slice(key, 8, key.len));
    if (str_starts_with(key, STR("dictionary ")))
        return str_format(arena, "(%.*s)", STR_ARG(str_slice(key, 11, key.len)));
    if (str_starts_with(key, STR("mapping ")))
        return str_format(arena, "DROP MAPPING FOR %.*s", STR_ARG(str_slice(key, 8, key.len)));
    return (Str) {0};
}

bool attributes_are_reachable(Arena *arena, Attributes from, Attributes to)
{
    for (size_t i = 0; i < from.count; i++) {
        Str key = from.items[i].key;
        if (attribute_clause(to, key) == NULL && attribute_default(arena, key).data == NULL)
            return false;
    }
    return true;
}

CatalogVolatility routine_volatility(const Definition *routine)
{
    const Expression *clause = attribute_clause(routine->attributes, STR("volatility"));
    if (clause == NULL)
        return CATALOG_VOLATILE;
    return str_is(clause->sql, "IMMUTABLE") ? CATALOG_IMMUTABLE : CATALOG_STABLE;
}

/* ------------------------------------------------------------------ text */

Str define_clauses(const Schema *schema, const Object *owner, Attributes attributes, DefineForm form)
{
    Text text = text_new(schema->arena);
    for (size_t i = 0; i < attributes.count; i++)
        text_addf(&text, " %.*s", STR_ARG(define_text(schema, owner, attributes.items[i].clause, form)));
    return text_str(&text);
}

static Str with_elements(const Schema *schema, const Definition *d, Str text)
{
    Text all = text_new(schema->arena);
    text_add(&all, str_slice(text, 0, d->attributes.count > 0 ? text.len - 1 : text.len));
    for (size_t i = 0; i < d->attributes.count; i++)
        text_addf(&all, ", %.*s", STR_ARG(define_text(schema, &d->object, d->attributes.items[i].clause, DEFINE_SQL)));
    text_add_c(&all, d->attributes.count > 0 ? ")" : "");
    return text_str(&all);
}

/* Of a wrapper: its functions are clauses of CREATE, its options one list. */
static Str with_options(const Schema *schema, const Definition *d, Str text)
{
    Text all = text_new(schema->arena);
    const char *before = " OPTIONS (";
    text_add(&all, text);
    for (size_t i = 0; i < d->attributes.count; i++) {
        Attribute attribute = d->attributes.items[i];
        bool option = str_starts_with(attribute.key, STR("option "));
        text_addf(&all, "%s%.*s", option ? before : " ",
                  STR_ARG(define_text(schema, &d->object, attribute.clause, DEFINE_SQL)));
        before = option ? ", " : before;
    }
    text_add_c(&all, *before == ',' ? ")" : "");
    return text_str(&all);
}

Str define_definition(const Schema *schema, const Definition *d, DefineForm form)
{
    Str text = define_text(schema, &d->object, d->text, form);
    if (form == DEFINE_SQL && !definition_says_attributes(d->object.kind))
        return text;
    if (form == DEFINE_SQL && has_elements(d->object.kind))
        return with_elements(schema, d, text);
    if (form == DEFINE_SQL && d->object.kind == OBJECT_DATA_WRAPPER)
        return with_options(schema, d, text);
    Str clauses = define_clauses(schema, &d->object, d->attributes, form);
    return str_format(schema->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(clauses));
}

/* ------------------------------------------------------------------ replacing */

static bool is_output(const Parameter *parameter)
{
    return parameter->mode != PARAMETER_IN && parameter->mode != PARAMETER_VARIADIC;
}

static bool is_input(const Parameter *parameter)
{
    return parameter->mode != PARAMETER_OUT && parameter->mode != PARAMETER_TABLE;
}

/* The next parameter from *at on that is of the kind; NULL: none. */
static const Parameter *next_parameter(const Routine *routine, bool (*wanted)(const Parameter *), size_t *at)
{
    while (*at < routine->parameters.count) {
        const Parameter *parameter = &routine->parameters.items[(*at)++];
        if (wanted(parameter))
            return parameter;
    }
    return NULL;
}

static bool same_outputs(const Routine *old, const Routine *new)
{
    size_t i = 0, j = 0;
    for (;;) {
        const Parameter *a = next_parameter(old, is_output, &i), *b = next_parameter(new, is_output, &j);
        if (a == NULL || b == NULL)
            return a == b;
        if (!type_equal(&a->type, &b->type) || !str_equal(a->name, b->name))
            return false;
    }
}

/* What the server's own functions make of an aggregate's state is not known. Outputs count where they are the columns
 * of a record (ProcedureCreate() in src/backend/catalog/pg_proc.c). */
static bool same_result(const Routine *old, const Routine *new)
{
    bool known = old->result.catalog != NULL && new->result.catalog != NULL;
    if (known && !type_equal(&old->result, &new->result))
        return false;
    bool single = known && (old->result.object != 0 || !str_is(old->result.catalog->name, "record"));
    return old->returns_set == new->returns_set && (single || same_outputs(old, new));
}

/* Input parameters, which are of the same types. */
static ReplaceProblem parameter_problem(const Routine *old, const Routine *new, size_t *parameter)
{
    size_t i = 0, j = 0;
    const Parameter *a, *b;
    while ((a = next_parameter(old, is_input, &i)) != NULL && (b = next_parameter(new, is_input, &j)) != NULL) {
        *parameter = j - 1;
        if (a->name.len > 0 && !str_equal(a->name, b->name))
            return REPLACE_NAME;
        if (a->has_default && !b->has_default)
            return REPLACE_DEFAULT;
    }
    return REPLACE_FINE;
}

ReplaceProblem definition_replace_problem(const Definition *old, const Definition *new, size_t *parameter)
{
    const Routine *from = old->routine, *to = new->routine;
    *parameter = 0;
    if (old->object.kind != new->object.kind)
        return REPLACE_KIND;
    if (from == NULL || to == NULL)
        return str_equal(old->variant, new->variant) ? REPLACE_FINE : REPLACE_LABEL;
    if (from->window != to->window)
        return REPLACE_KIND;
    return same_result(from, to) ? parameter_problem(from, to, parameter) : REPLACE_RESULT;
}

/* ------------------------------------------------------------------ statistics */

ObjectIds statistics_remade(const Schema *schema, ObjectId table, ColumnId column)
{
    enum { SINCE = 14 };
    ObjectIds remade = {0}, all = object_users(schema, table, OBJECT_STATISTICS);
    for (size_t i = 0; i < all.count && schema->view.catalog->major >= SINCE; i++) {
        const Definition *d = schema_definition(schema, all.items[i]);
        bool reads = false;
        for (size_t j = 0; j < d->text->uses.count; j++)
            reads = reads || (d->text->uses.items[j].object == table && d->text->uses.items[j].part == column);
        if (reads && attribute_clause(d->attributes, STR(STATISTICS_TARGET)) != NULL)
            list_push(schema->arena, &remade, all.items[i]);
    }
    return remade;
}
