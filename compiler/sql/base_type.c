/* CREATE TYPE of a shell and of a base type, and ALTER TYPE … SET (DefineType() and AlterType() in
 * src/backend/commands/typecmds.c, TypeCreate() in src/backend/catalog/pg_type.c). What ALTER can set are
 * attributes. */
#include "base_type.h"
#include "read_definition.h"
#include "storage.h"

#include <strings.h>

/* ------------------------------------------------------------------ parameters */

typedef enum ParameterUse { PARAMETER_FIXED, PARAMETER_ALTERABLE } ParameterUse;

static const struct TypeParameter {
    const char *name;
    ParameterUse use;
    unsigned since;
    Signature function;     /* without arguments: it is none */
} parameters[] = {
    {"input", PARAMETER_FIXED, 0, {{"cstring", "cstring oid int4"}, "T"}},
    {"output", PARAMETER_FIXED, 0, {{"T", NULL}, "cstring"}},
    {"receive", PARAMETER_ALTERABLE, 0, {{"internal", "internal oid int4"}, "T"}},
    {"send", PARAMETER_ALTERABLE, 0, {{"T", NULL}, "bytea"}},
    {"typmod_in", PARAMETER_ALTERABLE, 0, {{"_cstring", NULL}, "int4"}},
    {"typmod_out", PARAMETER_ALTERABLE, 0, {{"int4", NULL}, "cstring"}},
    {"analyze", PARAMETER_ALTERABLE, 0, {{"internal", NULL}, "bool"}},
    {"subscript", PARAMETER_ALTERABLE, 14, {{"internal", NULL}, "internal"}},
    {"storage", PARAMETER_ALTERABLE, 0, {{NULL, NULL}, NULL}},
    {"like", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"internallength", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"category", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"preferred", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"delimiter", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"element", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"default", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"passedbyvalue", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"alignment", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
    {"collatable", PARAMETER_FIXED, 0, {{NULL, NULL}, NULL}},
};

enum { PARAMETER_COUNT = sizeof parameters / sizeof *parameters };

/* A type while it is read. */
typedef struct TypeReader {
    DefinitionReader *r;
    Type type;
    Attributes *attributes;
    const PgQuery__DefElem *written[PARAMETER_COUNT];
    Cursor items[PARAMETER_COUNT];
    CatalogVolatility input, output;
} TypeReader;

/* PARAMETER_COUNT: there is none of the name. */
static size_t parameter_index(const char *name)
{
    size_t i = 0;
    while (i < PARAMETER_COUNT && strcmp(parameters[i].name, strcmp(name, "analyse") == 0 ? "analyze" : name) != 0)
        i++;
    return i;
}

static const PgQuery__DefElem *written(const TypeReader *t, const char *name)
{
    return t->written[parameter_index(name)];
}

static Span item_of(const TypeReader *t, const char *name)
{
    return cursor_span(t->items[parameter_index(name)]);
}

static bool is_one_of(Str word, const char *const *words)
{
    while (*words != NULL && (word.len != strlen(*words) || strncasecmp(word.data, *words, word.len) != 0))
        words++;
    return *words != NULL;
}

static bool is_like(const TypeReader *t, const char *name, const char *wanted)
{
    const PgQuery__DefElem *element = written(t, name);
    const char *const words[] = {wanted, NULL};
    return element != NULL && is_one_of(parameter_text(element), words);
}

static bool is_on(const TypeReader *t, const char *name)
{
    return written(t, name) != NULL && parameter_is_true(written(t, name));
}

/* Each once, and known. */
static void note_parameter(TypeReader *t, const PgQuery__DefElem *element, Cursor item)
{
    DefinitionReader *r = t->r;
    size_t i = parameter_index(element->defname);
    if (i == PARAMETER_COUNT) {
        definition_report(r, M_BAD_PARAMETER, cursor_span(item), "a type has no parameter \"%s\"", element->defname);
    } else if (t->written[i] != NULL) {
        definition_report(r, M_BAD_PARAMETER, cursor_span(item), "`%s` is written twice", element->defname);
    } else if (r->schema->view.catalog->major < parameters[i].since) {
        definition_report(r, M_NEEDS_NEWER_SERVER, cursor_span(item), "`%s` needs PostgreSQL %u", element->defname,
                          parameters[i].since);
    } else {
        t->written[i] = element;
        t->items[i] = item;
    }
}

/* ------------------------------------------------------------------ one parameter */

Str element_key(Arena *arena, const char *name)
{
    return str_format(arena, "element %s", name);
}

static void read_support(TypeReader *t, size_t i)
{
    const PgQuery__DefElem *element = t->written[i];
    Cursor at = t->items[i];
    Span span = cursor_span(at);
    if (cursor_seek_sign(&at, '='))
        span = cursor_ref(&at).span;
    if (element->arg == NULL || element->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
        definition_report(t->r, M_BAD_PARAMETER, span, "`%s` is the name of a function", element->defname);
        return;
    }
    FoundFunction found = read_function_fitting(t->r, element->arg->type_name, span, &parameters[i].function, &t->type);
    if (strcmp(element->defname, "input") == 0)
        t->input = found.volatility;
    else if (strcmp(element->defname, "output") == 0)
        t->output = found.volatility;
}

/* The clause of an attribute; of a function that is taken away (NONE) there is none. */
static void set_attribute(TypeReader *t, size_t i)
{
    DefinitionReader *r = t->r;
    Str key = element_key(r->arena, parameters[i].name);
    if (t->written[i]->arg == NULL) {
        attribute_remove(t->attributes, key);
        return;
    }
    DefinitionText text = r->text;
    r->text = (DefinitionText) {.arena = r->arena, .sources = &r->c->sources};
    text_take(&r->text, cursor_span(t->items[i]));
    if (parameters[i].function.result != NULL)
        read_support(t, i);
    if (!r->refused)
        attribute_set(r->arena, t->attributes, (Attribute) {key, text_finish(&r->text, &t->written[i]->base)});
    r->text = text;
}

static bool is_plain(const char *storage)
{
    return strcmp(storage, "plain") == 0;
}

static void check_storage(TypeReader *t)
{
    static const char *const kinds[] = {"plain", "external", "extended", "main", NULL};
    if (written(t, "storage") != NULL && !is_one_of(parameter_text(written(t, "storage")), kinds))
        definition_report(t->r, M_BAD_PARAMETER, item_of(t, "storage"),
                          "`storage` is plain, external, extended or main");
}

/* ------------------------------------------------------------------ CREATE TYPE */

enum { LENGTH_VARIABLE = -1, LENGTH_UNKNOWN = -2 };

/* In bytes. */
static int32_t length_of(TypeReader *t)
{
    const PgQuery__DefElem *element = written(t, "internallength");
    if (element == NULL)
        return written(t, "like") != NULL ? LENGTH_UNKNOWN : LENGTH_VARIABLE;
    bool number = element->arg != NULL && element->arg->node_case == PG_QUERY__NODE__NODE_INTEGER;
    if (number && element->arg->integer->ival > 0)
        return element->arg->integer->ival;
    if (is_like(t, "internallength", "variable"))
        return LENGTH_VARIABLE;
    definition_report(t->r, M_BAD_PARAMETER, item_of(t, "internallength"),
                      "`internallength` is a number of bytes, or `variable`");
    return LENGTH_UNKNOWN;
}

/* How many bytes it is aligned to; 0: as another type is. */
static int32_t alignment_of(TypeReader *t)
{
    static const struct {
        const char *words[4];
        int32_t bytes;
    } alignments[] = {
        {{"char", "bpchar", NULL}, 1}, {{"int2", NULL}, 2}, {{"int4", NULL}, 4}, {{"double", "float8", NULL}, 8}};
    const PgQuery__DefElem *element = written(t, "alignment");
    if (element == NULL)
        return written(t, "like") != NULL ? 0 : 4;
    for (size_t i = 0; i < sizeof alignments / sizeof *alignments; i++) {
        if (is_one_of(parameter_text(element), alignments[i].words))
            return alignments[i].bytes;
    }
    definition_report(t->r, M_BAD_PARAMETER, item_of(t, "alignment"), "`alignment` is char, int2, int4 or double");
    return 0;
}

static void check_layout(TypeReader *t, const BaseType *base, int32_t length, int32_t alignment)
{
    Span head = t->r->out->definition->object.created;
    bool by_value = is_on(t, "passedbyvalue");
    if (t->r->refused)
        return;
    if (base->fixed && !is_plain(base_type_storage(t->r->schema, base, *t->attributes)))
        definition_report(t->r, M_BAD_PARAMETER, head, "the storage of a fixed length is plain");
    if (length == LENGTH_UNKNOWN || alignment == 0)
        return;
    bool fits = length == 1 || length == 2 || length == 4 || length == 8;
    if (by_value && (!fits || length != alignment))
        definition_report(t->r, M_BAD_PARAMETER, head,
                          "what is passed by value has 1, 2, 4 or 8 bytes, and is aligned to as many");
    else if (length == LENGTH_VARIABLE && alignment < 4)
        definition_report(t->r, M_BAD_PARAMETER, head, "what is of any length is aligned to int4 or double");
}

static void check_element(TypeReader *t, int32_t length)
{
    enum { SUBSCRIPTS_SINCE = 14 };
    const PgQuery__DefElem *element = written(t, "element");
    if (element == NULL || element->arg == NULL || element->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
        return;
    Type type = read_type(t->r, element->arg->type_name);
    if (type.catalog == NULL)
        return;
    if (type.catalog->kind == CATALOG_PSEUDO && type.object == 0)
        definition_report(t->r, M_BAD_PARAMETER, item_of(t, "element"), "elements cannot be of type %.*s",
                          STR_ARG(type.catalog->display));
    else if (t->r->schema->view.catalog->major >= SUBSCRIPTS_SINCE && written(t, "subscript") == NULL &&
             (length == LENGTH_VARIABLE || is_on(t, "passedbyvalue")))
        definition_report(t->r, M_BAD_PARAMETER, item_of(t, "element"), "`element` needs a function to `subscript`");
}

static void require(TypeReader *t, const char *name)
{
    if (written(t, name) == NULL)
        definition_report(t->r, M_BAD_PARAMETER, t->r->out->definition->object.created, "`%s = …` is missing", name);
}

static char category_of(TypeReader *t)
{
    const PgQuery__DefElem *element = written(t, "category");
    Str text = element == NULL ? STR("U") : parameter_text(element);
    if (text.len > 0 && text.data[0] >= ' ' && text.data[0] <= '~')
        return text.data[0];
    definition_report(t->r, M_BAD_PARAMETER, item_of(t, "category"), "`category` is a letter of ASCII");
    return 'U';
}

static void describe_type(TypeReader *t)
{
    BaseType *base = arena_new(t->r->arena, BaseType);
    int32_t length = length_of(t);
    *base = (BaseType) {.category = category_of(t), .preferred = is_on(t, "preferred"),
                        .collatable = is_on(t, "collatable"), .fixed = length > 0,
                        .input = t->input, .output = t->output};
    if (written(t, "like") != NULL && written(t, "like")->arg != NULL &&
        written(t, "like")->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME)
        base->like = read_type(t->r, written(t, "like")->arg->type_name);
    if (length == LENGTH_UNKNOWN && base->like.catalog != NULL)
        base->fixed = type_is_fixed(t->r->schema, &base->like);
    check_storage(t);
    check_layout(t, base, length, alignment_of(t));
    check_element(t, length);
    t->r->out->definition->base = base;
}

/* All parameters that ALTER cannot set, in the order in which they are written. */
static void read_fixed(TypeReader *t, const PgQuery__DefineStmt *define)
{
    DefinitionReader *r = t->r;
    PgQuery__DefineStmt *bare = arena_copy(r->arena, define, sizeof *define);
    bare->definition = arena_array(r->arena, PgQuery__Node *, define->n_definition);
    bare->n_definition = 0;
    for (size_t i = 0; i < define->n_definition; i++) {
        size_t index = parameter_index(define->definition[i]->def_elem->defname);
        if (parameters[index].use != PARAMETER_FIXED)
            continue;
        if (bare->n_definition > 0)
            text_make(&r->text, STR(","));
        text_take(&r->text, cursor_span(t->items[index]));
        if (parameters[index].function.result != NULL)
            read_support(t, index);
        bare->definition[bare->n_definition++] = define->definition[i];
    }
    r->shape = &bare->base;
}

/* The shell that is to be made whole; false: there is none, which was reported. */
static bool find_shell(TypeReader *t)
{
    const Definition *d = t->r->out->definition;
    ObjectId id = schema_find(t->r->schema, NAMES_TYPE, d->object.schema, d->object.name);
    t->type = (Type) {.catalog = object_type(t->r->schema, id), .object = id};
    if (type_is_shell(t->r->schema, id))
        return true;
    if (id != 0) {
        definition_report(t->r, M_ALREADY_EXISTS, d->object.created, "the name \"%.*s\" is taken",
                          STR_ARG(d->object.name));
        label(t->r->c, schema_object(t->r->schema, id)->created, "%s created here",
              object_word(schema_object(t->r->schema, id)->kind));
        return false;
    }
    definition_report(t->r, M_UNKNOWN_TYPE, d->object.created, "there is no shell of a type \"%.*s\" at this point",
                      STR_ARG(d->object.name));
    help(t->r->c, "begin with `create type %.*s;`, then create its functions",
         STR_ARG(catalog_quote(t->r->arena, d->object.name)));
    return false;
}

static void read_parameters(TypeReader *t, const PgQuery__DefineStmt *define)
{
    DefinitionReader *r = t->r;
    Cursor inside = cursor_inside(&r->at);
    for (size_t i = 0; i < define->n_definition; i++) {
        Cursor item = cursor_item(&inside);
        note_parameter(t, define->definition[i]->def_elem, item);
    }
    if (r->refused)
        return;
    require(t, "input");
    require(t, "output");
    if (written(t, "typmod_out") != NULL && written(t, "typmod_in") == NULL)
        definition_report(r, M_BAD_PARAMETER, item_of(t, "typmod_out"), "`typmod_out` needs a `typmod_in`");
    text_make(&r->text, STR("("));
    read_fixed(t, define);
    text_make(&r->text, STR(")"));
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (t->written[i] != NULL && parameters[i].use == PARAMETER_ALTERABLE && !r->refused)
            set_attribute(t, i);
    }
    if (!r->refused)
        describe_type(t);
}

void read_base_type(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    Definition *d = r->out->definition;
    TypeReader t = {.r = r, .attributes = &d->created};
    BaseType *shell = arena_new(r->arena, BaseType);
    shell->shell = true;
    d->object.kind = OBJECT_BASE_TYPE;
    d->base = shell;
    text_take(&r->text, cursor_take_span(&r->at, "type"));
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, true);
    text_take(&r->text, name.span);
    if (define->n_definition == 0 || d->object.schema == 0)
        return;
    r->out->replace = true;
    if (find_shell(&t))
        read_parameters(&t, define);
}

/* ------------------------------------------------------------------ ALTER TYPE … SET */

/* False: reported. */
static bool find_altered(DefinitionReader *r, const PgQuery__AlterTypeStmt *alter, Span span)
{
    Str name = tree_name(alter->n_type_name, alter->type_name);
    const Object *object =
        schema_named(r->schema, NAMES_TYPE, tree_qualifier(alter->n_type_name, alter->type_name), name);
    const Definition *type = object == NULL ? NULL : schema_base_type(r->schema, object->id);
    if (type != NULL && !type->base->shell) {
        list_push(r->arena, &r->out->targets, (SqlTarget) {object->id, 0, span});
        return true;
    }
    if (type != NULL)
        definition_report(r, M_UNKNOWN_TYPE, span, "type \"%.*s\" is only a shell at this point", STR_ARG(name));
    else if (object != NULL)
        definition_report(r, M_WRONG_KIND, span, "\"%.*s\" is no base type", STR_ARG(name));
    else
        definition_report(r, M_UNKNOWN_TYPE, span, "there is no base type \"%.*s\" at this point", STR_ARG(name));
    if (object != NULL)
        label(r->c, object->created, "created here");
    return false;
}

/* From plain there is a way, to it none: there may be values that are kept elsewhere. */
static void check_new_storage(TypeReader *t, const BaseType *base)
{
    bool plain = is_plain(base_type_storage(t->r->schema, base, *t->attributes));
    const PgQuery__DefElem *element = written(t, "storage");
    check_storage(t);
    if (t->r->refused || element == NULL)
        return;
    bool becomes_plain = is_like(t, "storage", "plain");
    if (base->fixed && !becomes_plain)
        definition_report(t->r, M_BAD_PARAMETER, item_of(t, "storage"), "the storage of a fixed length is plain");
    else if (!plain && becomes_plain)
        definition_report(t->r, M_BAD_PARAMETER, item_of(t, "storage"), "the storage cannot become plain again");
}

static void alter_parameters(TypeReader *t, const PgQuery__AlterTypeStmt *alter, const BaseType *base)
{
    DefinitionReader *r = t->r;
    Cursor inside = cursor_inside(&r->at);
    for (size_t i = 0; i < alter->n_options && !r->refused; i++) {
        const PgQuery__DefElem *element = alter->options[i]->def_elem;
        size_t index = parameter_index(element->defname);
        Cursor item = cursor_item(&inside);
        if (index < PARAMETER_COUNT && parameters[index].use == PARAMETER_FIXED)
            definition_report(r, M_BAD_PARAMETER, cursor_span(item), "`%s` of a type cannot be changed",
                              element->defname);
        else
            note_parameter(t, element, item);
    }
    if (!r->refused)
        check_new_storage(t, base);
    for (size_t i = 0; i < PARAMETER_COUNT && !r->refused; i++) {
        if (t->written[i] != NULL)
            set_attribute(t, i);
    }
}

void read_alter_type(DefinitionReader *r, const PgQuery__AlterTypeStmt *alter)
{
    enum { SINCE = 13 };
    TypeReader t = {.r = r, .attributes = &r->out->attributes};
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter type");
    Span name = cursor_ref(&r->at).span;
    if (r->schema->view.catalog->major < SINCE)
        definition_report(r, M_NEEDS_NEWER_SERVER, name, "`alter type … set (…)` needs PostgreSQL %d", SINCE);
    else if (find_altered(r, alter, name)) {
        const Definition *type = schema_definition(r->schema, r->out->targets.items[0].object);
        t.type = (Type) {.catalog = object_type(r->schema, type->object.id), .object = type->object.id};
        r->out->attributes = type->attributes;
        list_clone(r->arena, &r->out->attributes);
        cursor_take(&r->at, "set");
        alter_parameters(&t, alter, type->base);
    }
}
