/* Text search: what configurations, dictionaries, parsers and templates say of one another, and how configurations map
 * tokens to dictionaries, an attribute each (src/backend/commands/tsearchcmds.c). */
#include "text_search.h"
#include "made_text.h"
#include "read_definition.h"
#include "unknown.h"

#include <stdlib.h>

static const char *const words[] = {
    [TEXT_SEARCH_PARSER] = "text search parser", [TEXT_SEARCH_TEMPLATE] = "text search template",
    [TEXT_SEARCH_DICTIONARY] = "text search dictionary", [TEXT_SEARCH_CONFIGURATION] = "text search configuration"};

static const ObjectKind kinds[] = {
    [TEXT_SEARCH_PARSER] = OBJECT_TEXT_SEARCH_PARSER, [TEXT_SEARCH_TEMPLATE] = OBJECT_TEXT_SEARCH_TEMPLATE,
    [TEXT_SEARCH_DICTIONARY] = OBJECT_TEXT_SEARCH_DICTIONARY,
    [TEXT_SEARCH_CONFIGURATION] = OBJECT_TEXT_SEARCH_CONFIGURATION};

/* ------------------------------------------------------------------ names */

/* What a name means: something of the model's, or of an extension's or the server's of this name. */
typedef struct Found {
    const Definition *own;
    ObjectId extension;
    Str name;                 /* "": it is not there, which was reported */
} Found;

/* pg_catalog comes first where nothing else is written. */
static bool find_brought(DefinitionReader *r, TextSearchKind kind, Str qualifier, Found *found)
{
    Str extension;
    if (!text_search_is_there(r->schema->view.catalog->major, kind, found->name, &extension))
        return false;
    if (extension.len == 0)
        return qualifier.len == 0 || str_is(qualifier, "pg_catalog");
    const Object *object = schema_object(r->schema, schema_find(r->schema, NAMES_EXTENSION, 0, extension));
    if (object == NULL || !extension_is_reached(r->schema, ((const Extension *) object)->catalog, qualifier))
        return false;
    found->extension = object->id;
    return true;
}

static Found find_named(DefinitionReader *r, TextSearchKind kind, Str qualifier, Str name, Span span)
{
    Found found = {.name = name};
    if (find_brought(r, kind, qualifier, &found))
        return found;
    Definition like = {.object = {.kind = kinds[kind], .name = name}};
    found.own = definition_named(r->schema, qualifier, &like);
    if (found.own != NULL)
        return found;
    found.extension = unknown_extension(r->schema, qualifier);
    if (found.extension != 0)
        return found;
    if (r->sql->finder.silenced(r->sql->finder.checker, kinds[kind], name))
        r->refused = true;
    else
        definition_report(r, M_UNKNOWN_DEFINITION, span, "there is no %s \"%.*s\" at this point", words[kind],
                          STR_ARG(name));
    return (Found) {.name = STR("")};
}

/* `parser = name`: what the name means, with its use in the text. */
static Found read_element(DefinitionReader *r, TextSearchKind kind, const PgQuery__DefElem *element)
{
    Span rest = {reader_place(r, element->location), r->statement->span.end, r->statement->span.file};
    Cursor at = cursor_over(r->statement->tokens, rest);
    cursor_next(&at);
    cursor_next(&at);
    Ref ref = cursor_ref(&at);
    Found found = find_named(r, kind, word_is_written(ref.schema) ? ref.schema.name : STR(""), ref.name.name, ref.span);
    bool type = element->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME;
    if (found.own != NULL)
        text_use(&r->text, ref.span, type ? element->arg->type_name->location : -1, found.own->object.id, 0, USE_NAME);
    else
        read_extension(r, found.extension);
    return found;
}

static const PgQuery__DefElem *find_element(const PgQuery__DefineStmt *define, const char *name)
{
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *element = define->definition[i]->def_elem;
        if (strcmp(element->defname, name) == 0 && element->arg != NULL)
            return element;
    }
    return NULL;
}

/* ------------------------------------------------------------------ mappings
 *
 * The clause of a mapping is "FOR token WITH dictionary, …". A dictionary is kept as its shape in it: a hole, a hole
 * and the name of what an extension brings, or the name of one of the server's. Tokens are SQL, quoted where needed. */

static Str mapping_key(DefinitionReader *r, Str token)
{
    return str_format(r->arena, "mapping %.*s", STR_ARG(token));
}

static Str shape_of(DefinitionReader *r, Found found)
{
    unsigned id = found.own != NULL ? found.own->object.id : found.extension;
    if (id == 0)
        return catalog_quote(r->arena, found.name);
    return str_format(r->arena, "\x01%u.0\x02%.*s", id, STR_ARG(found.own != NULL ? STR("") : found.name));
}

static void add_dictionary(MadeText *text, Str shape)
{
    char *end;
    if (shape.data[0] != '\x01') {
        made_str(text, shape);
        return;
    }
    ObjectId id = (ObjectId) strtoul(shape.data + 1, &end, 10);
    Str name = str_slice(shape, (size_t) (end - shape.data) + sizeof ".0\x02" - 1, shape.len);
    if (name.len == 0)
        made_name(text, id, 0);
    else
        made_member(text, id, name);
}

static void set_mapping(DefinitionReader *r, Attributes *attributes, Str token, StrList dictionaries)
{
    MadeText text = made_text(r->arena);
    made_words(&text, "FOR ");
    made_str(&text, token);
    for (size_t i = 0; i < dictionaries.count; i++) {
        made_words(&text, i == 0 ? " WITH " : ", ");
        add_dictionary(&text, dictionaries.items[i]);
    }
    attribute_set(r->arena, attributes, (Attribute) {mapping_key(r, token), made_finish(&text)});
}

/* The dictionaries of a mapping, with another one in the place of one of them. */
static StrList replaced_dictionaries(DefinitionReader *r, const Expression *clause, Str from, Str to)
{
    StrList list = {0};
    Str with = STR(" WITH "), shape = clause->shape;
    size_t at = 0;
    while (!str_starts_with(str_slice(shape, at, shape.len), with))
        at++;
    for (at += with.len; at < shape.len;) {
        size_t end = at;
        while (end < shape.len && !str_starts_with(str_slice(shape, end, shape.len), STR(", ")))
            end++;
        Str item = str_slice(shape, at, end);
        list_push(r->arena, &list, str_equal(item, from) ? to : item);
        at = end + 2;
    }
    return list;
}

/* ------------------------------------------------------------------ create */

static void copy_server_mappings(DefinitionReader *r, Str configuration, Attributes *attributes)
{
    for (size_t i = 0; text_search_token(i).len > 0; i++) {
        StrList one = {0};
        Str token = text_search_token(i), dictionary = text_search_mapping(r->arena, configuration, token);
        if (dictionary.len == 0)
            continue;
        list_push(r->arena, &one, dictionary);
        set_mapping(r, attributes, catalog_quote(r->arena, token), one);
    }
}

/* One of the model's is what that is now: its parser or what that was a copy of, and its mappings. */
static void copy_configuration(DefinitionReader *r, const PgQuery__DefElem *copy)
{
    Definition *d = r->out->definition;
    Found found = read_element(r, TEXT_SEARCH_CONFIGURATION, copy);
    if (found.own == NULL) {
        copy_server_mappings(r, found.name, &d->created);
        return;
    }
    d->text = found.own->text;
    d->created = found.own->created;
    d->attributes = found.own->attributes;
}

void read_create_configuration(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    const PgQuery__DefElem *parser = find_element(define, "parser"), *copy = find_element(define, "copy");
    read_begin(r, OBJECT_TEXT_SEARCH_CONFIGURATION, true);
    if ((parser == NULL) == (copy == NULL)) {
        definition_report(r, M_BAD_TEXT_SEARCH, r->out->definition->object.created,
                          "a configuration has a parser, or is a copy of another one");
        return;
    }
    if (parser != NULL)
        read_element(r, TEXT_SEARCH_PARSER, parser);
    else
        copy_configuration(r, copy);
}

/* ------------------------------------------------------------------ dictionaries */

/* `name [= value]`, as an attribute; without a value it is taken back. */
static void set_dictionary_option(DefinitionReader *r, const PgQuery__DefElem *option, Cursor item,
                                  Attributes *attributes)
{
    Str name = catalog_quote(r->arena, str_copy(r->arena, str_from(option->defname)));
    Str key = str_format(r->arena, "dictionary %.*s", STR_ARG(name));
    if (option->arg == NULL) {
        attribute_remove(attributes, key);
        return;
    }
    cursor_next(&item);
    cursor_next(&item);
    Str value = span_text(&r->c->sources, cursor_span(item));
    Str clause = str_format(r->arena, "(%.*s = %.*s)", STR_ARG(name), STR_ARG(value));
    attribute_set(r->arena, attributes, (Attribute) {key, text_constant(r->arena, clause)});
}

static void set_dictionary_options(DefinitionReader *r, size_t count, PgQuery__Node *const *options,
                                   Attributes *attributes)
{
    Cursor inside = cursor_inside(&r->at);
    for (size_t i = 0; i < count; i++) {
        Cursor item = cursor_item(&inside);
        if (strcmp(options[i]->def_elem->defname, "template") != 0)
            set_dictionary_option(r, options[i]->def_elem, item, attributes);
    }
}

void read_create_template(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    read_begin(r, OBJECT_TEXT_SEARCH_TEMPLATE, true);
    read_elements(r, define->n_definition, define->definition);
    r->out->definition->takes_options = find_element(define, "init") != NULL;
}

/* verify_dictoptions() in src/backend/commands/tsearchcmds.c. NULL: a template of the server's, or an extension's. */
static void check_takes_options(DefinitionReader *r, const Definition *template, Attributes options, Span span)
{
    if (template == NULL || template->takes_options || options.count == 0)
        return;
    definition_report(r, M_BAD_TEXT_SEARCH, span, "dictionaries of the template \"%.*s\" have no options",
                      STR_ARG(template->object.name));
    label(r->c, template->object.created, "it has no `init`");
}

/* That a dictionary's text names. */
static const Definition *template_of(const DefinitionReader *r, const Definition *dictionary)
{
    for (size_t i = 0; i < dictionary->text->uses.count; i++) {
        const Object *object = schema_object(r->schema, dictionary->text->uses.items[i].object);
        if (object != NULL && object->kind == OBJECT_TEXT_SEARCH_TEMPLATE)
            return (const Definition *) object;
    }
    return NULL;
}

void read_create_dictionary(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    const PgQuery__DefElem *template = find_element(define, "template");
    Definition *d = r->out->definition;
    Found found = {0};
    read_begin(r, OBJECT_TEXT_SEARCH_DICTIONARY, true);
    if (template != NULL)
        found = read_element(r, TEXT_SEARCH_TEMPLATE, template);
    else
        definition_report(r, M_BAD_TEXT_SEARCH, r->out->definition->object.created, "a dictionary has a template");
    set_dictionary_options(r, define->n_definition, define->definition, &d->created);
    check_takes_options(r, found.own, d->created, d->object.created);
}

void read_alter_dictionary(DefinitionReader *r, const PgQuery__AlterTSDictionaryStmt *alter)
{
    cursor_take(&r->at, "alter text search dictionary");
    if (!read_altered(r, PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY))
        return;
    Span span = cursor_span(r->at);
    const Definition *d = schema_definition(r->schema, r->out->targets.items[0].object);
    set_dictionary_options(r, alter->n_options, alter->options, &r->out->attributes);
    check_takes_options(r, template_of(r, d), r->out->attributes, span);
}

/* ------------------------------------------------------------------ ALTER … MAPPING */

typedef struct Mapping {
    DefinitionReader *r;
    const PgQuery__AlterTSConfigurationStmt *alter;
    bool default_parser;      /* whose tokens are known */
    WordList tokens;
    StrList dictionaries;     /* as their shapes */
} Mapping;

static bool has_default_parser(const Definition *configuration)
{
    return configuration->text->uses.count == 1;   /* of its own name */
}

static bool check_token(Mapping *m, Word token)
{
    if (!m->default_parser || text_search_has_token(token.name))
        return true;
    Nearest nearest = nearest_to(token.name);
    definition_report(m->r, M_BAD_TEXT_SEARCH, token.span, "the parser \"default\" has no token type \"%.*s\"",
                      STR_ARG(token.name));
    for (size_t i = 0; text_search_token(i).len > 0; i++)
        nearest_try(&nearest, text_search_token(i));
    nearest_help(m->r->c, &nearest);
    return false;
}

/* `for token, … with dictionary, …`, or `replace dictionary with dictionary`. */
static bool read_lists(Mapping *m)
{
    DefinitionReader *r = m->r;
    Cursor list = cursor_before(&r->at, m->alter->replace ? "replace" : "with");
    m->tokens = (WordList) {0};
    if (cursor_take(&list, "if exists for") || cursor_take(&list, "for"))
        m->tokens = cursor_words(list);
    for (size_t i = 0; i < m->tokens.count; i++) {
        if (!check_token(m, m->tokens.items[i]))
            return false;
    }
    cursor_next(&r->at);
    for (size_t i = 0; i < m->alter->n_dicts; i++) {
        Cursor item = m->alter->replace && i == 0 ? cursor_before(&r->at, "with") : cursor_item(&r->at);
        cursor_take(&item, "with");
        Ref ref = cursor_ref(&item);
        Str qualifier = word_is_written(ref.schema) ? ref.schema.name : STR("");
        Found found = find_named(r, TEXT_SEARCH_DICTIONARY, qualifier, ref.name.name, ref.span);
        if (found.name.len == 0)
            return false;
        list_push(r->arena, &m->dictionaries, shape_of(r, found));
    }
    return true;
}

static void map_tokens(Mapping *m, Attributes *attributes)
{
    bool add = m->alter->kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING;
    for (size_t i = 0; i < m->tokens.count; i++) {
        Word token = m->tokens.items[i];
        Str quoted = catalog_quote(m->r->arena, token.name);
        if (add && attribute_clause(*attributes, mapping_key(m->r, quoted)) != NULL)
            definition_report(m->r, M_BAD_TEXT_SEARCH, token.span, "\"%.*s\" is mapped already",
                              STR_ARG(token.name));
        else
            set_mapping(m->r, attributes, quoted, m->dictionaries);
    }
}

static bool is_meant(const Mapping *m, Str key)
{
    bool meant = m->tokens.count == 0;
    for (size_t i = 0; i < m->tokens.count; i++)
        meant = meant || str_equal(key, mapping_key(m->r, catalog_quote(m->r->arena, m->tokens.items[i].name)));
    return meant;
}

static void replace_dictionary(Mapping *m, Attributes *attributes)
{
    Attributes before = *attributes;
    list_clone(m->r->arena, &before);
    for (size_t i = 0; i < before.count; i++) {
        Attribute mapping = before.items[i];
        if (!is_meant(m, mapping.key))
            continue;
        StrList list = replaced_dictionaries(m->r, mapping.clause, m->dictionaries.items[0], m->dictionaries.items[1]);
        Str token = str_slice(mapping.key, sizeof "mapping " - 1, mapping.key.len);
        set_mapping(m->r, attributes, token, list);
    }
}

static void drop_mappings(Mapping *m, Attributes *attributes)
{
    for (size_t i = 0; i < m->tokens.count; i++) {
        Word token = m->tokens.items[i];
        Str key = mapping_key(m->r, catalog_quote(m->r->arena, token.name));
        if (attribute_clause(*attributes, key) == NULL && !m->alter->missing_ok)
            definition_report(m->r, M_BAD_TEXT_SEARCH, token.span, "\"%.*s\" is not mapped at this point",
                              STR_ARG(token.name));
        attribute_remove(attributes, key);
    }
}

void read_alter_configuration(DefinitionReader *r, const PgQuery__AlterTSConfigurationStmt *alter)
{
    cursor_take(&r->at, "alter text search configuration");
    if (!read_altered(r, PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION))
        return;
    const Definition *d = schema_definition(r->schema, r->out->targets.items[0].object);
    Mapping mapping = {.r = r, .alter = alter, .default_parser = has_default_parser(d)};
    cursor_next(&r->at);
    cursor_take(&r->at, "mapping");
    if (!read_lists(&mapping))
        return;
    if (alter->kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING)
        drop_mappings(&mapping, &r->out->attributes);
    else if (alter->replace)
        replace_dictionary(&mapping, &r->out->attributes);
    else
        map_tokens(&mapping, &r->out->attributes);
}
