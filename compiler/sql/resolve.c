/* Types by name. The server looks in pg_catalog first, then along search_path, which in a migration is the project's
 * schema (manual, section 5.9.3). */
#include "resolve.h"

#include "base_type.h"
#include "define.h"
#include "lookup.h"
#include "range.h"
#include "unknown.h"

Span name_span(NamePlace place, int32_t location, size_t length)
{
    return fragment_place(place.fragment, tree_offset(place.prefix, location), length);
}

/* The bytes from the location to where the type's name, as written, ends: good enough for an underline. */
static Span type_span(NamePlace place, const PgQuery__TypeName *name)
{
    Str sql = place.fragment->sql;
    size_t start = tree_offset(place.prefix, name->location), end = start;
    while (end < sql.len && strchr(" \t\n,;()[]", sql.data[end]) == NULL)
        end++;
    return fragment_place(place.fragment, start, end - start);
}

/* ------------------------------------------------------------------ extensions */

static const CatalogExtension *extension_with(const Schema *schema, HasName *brings, Str name)
{
    CatalogExtensions extensions = schema->view.catalog->extensions;
    for (size_t i = 0; i < extensions.count; i++) {
        if (brings(catalog_at(extensions, i), name))
            return catalog_at(extensions, i);
    }
    return NULL;
}

static bool brings_type(const CatalogExtension *extension, Str name)
{
    return catalog_type_in(extension, name) != NULL;
}

bool brings_function(const CatalogExtension *extension, Str name)
{
    return catalog_functions_in(extension, name).count > 0;
}

static bool brings_operator(const CatalogExtension *extension, Str name)
{
    return catalog_operators_in(extension, name).count > 0;
}

const CatalogExtension *extension_with_function(const Schema *schema, Str name)
{
    return extension_with(schema, brings_function, name);
}

const CatalogExtension *extension_with_operator(const Schema *schema, Str name)
{
    return extension_with(schema, brings_operator, name);
}

/* ------------------------------------------------------------------ types by name */

Type type_of_catalog(const Schema *schema, const CatalogType *catalog)
{
    const CatalogExtension *owner = catalog_extension(schema->view.catalog, catalog->extension);
    Type type = {.catalog = catalog, .object = extension_object(schema, owner)};
    bool array = catalog->element != NULL && catalog->element->array == catalog;  /* and not oidvector */
    if (array) {
        type.catalog = catalog->element;
        type.array = true;
    }
    return type;
}

static bool find_in_namespace(NamePlace place, ObjectId namespace, Str name, Type *type)
{
    const Schema *schema = place.schema;
    const Object *object = schema_object(schema, schema_find(schema, NAMES_TYPE, namespace, name));
    const CatalogType *made = object == NULL ? NULL : object_type(schema, object->id);
    if (object != NULL && object->kind == OBJECT_RANGE && !str_equal(object->name, name))
        made = range_multirange(schema, object->id);
    if (made != NULL) {
        *type = (Type) {.catalog = made, .object = object->id};
        return true;
    }
    const CatalogType *brought = extension_type(schema, namespace, name);
    if (brought != NULL)
        *type = type_of_catalog(schema, brought);
    return brought != NULL;
}

/* The domains of information_schema are known by their qualified names. */
static const CatalogType *core_type(NamePlace place, Str qualifier, Str name)
{
    const CatalogExtension *core = &place.schema->view.catalog->core;
    if (str_is(qualifier, "information_schema"))
        return catalog_type_in(core, str_format(&place.sql->c->arena, "%.*s.%.*s", STR_ARG(qualifier), STR_ARG(name)));
    return qualifier.len == 0 || str_is(qualifier, "pg_catalog") ? catalog_type_in(core, name) : NULL;
}

bool resolve_known_type(NamePlace place, const PgQuery__TypeName *name, Type *type)
{
    const Schema *schema = place.schema;
    Str plain = tree_name(name->n_names, name->names), qualifier = tree_qualifier(name->n_names, name->names);
    const CatalogType *core = core_type(place, qualifier, plain);
    if (core != NULL) {
        *type = type_of_catalog(schema, core);
        return true;
    }
    schema_each_place(namespace, schema, qualifier) {
        if (find_in_namespace(place, namespace, plain, type))
            return true;
    }
    *type = (Type) {0};
    type->catalog = unknown_type(schema, qualifier, plain, &type->object);
    return type->catalog != NULL;
}

/* ------------------------------------------------------------------ what to say of an unknown one */

/* Spellings of other databases and languages. */
static const struct {
    const char *foreign, *ours;
} spellings[] = {
    {"string", "text"}, {"datetime", "timestamptz"}, {"double", "double precision"}, {"number", "numeric"},
    {"blob", "bytea"}, {"binary", "bytea"}, {"tinyint", "smallint"}, {"mediumint", "integer"}, {"longtext", "text"},
    {"mediumtext", "text"}, {"tinytext", "text"}, {"nvarchar", "varchar"}, {"increments", "serial"},
    {"guid", "uuid"}, {"int64", "bigint"}, {"int32", "integer"}, {"float64", "double precision"},
    {"clob", "text"}, {"bigincrements", "bigserial"}, {"timestampz", "timestamptz"},
};

static Str closest_type(const Schema *schema, Str name)
{
    CatalogTypes types = schema->view.catalog->core.types;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (str_is(name, spellings[i].foreign))
            return str_from(spellings[i].ours);
    }
    Nearest nearest = nearest_to(name);
    for (size_t i = 1; i < schema->objects.count; i++) {
        const Object *object = schema->objects.items[i];
        if (object != NULL && object->kind != OBJECT_TABLE && object_type(schema, object->id) != NULL)
            nearest_try(&nearest, object->name);
    }
    for (size_t i = 0; i < types.count; i++) {
        const CatalogType *type = catalog_at(types, i);
        bool column = type->kind != CATALOG_PSEUDO && type->kind != CATALOG_COMPOSITE && type->category != 'A';
        if (column) {
            nearest_try(&nearest, type->name);
            nearest_try(&nearest, type->display);
        }
    }
    return nearest.best;
}

bool help_newer_server(Compilation *c, const Schema *schema, HasName *has, Str name)
{
    enum { NEWEST_SERVER = 18 };
    unsigned major = schema->view.catalog->major;
    if (has(&schema->view.catalog->core, name))
        return false;
    for (unsigned newer = major + 1; newer <= NEWEST_SERVER; newer++) {
        if (!has(&catalog_for(newer)->core, name))
            continue;
        help(c, "PostgreSQL %u has it, and the project supports %u: `postgres %u;` in db/project.mig raises that",
             newer, major, newer);
        return true;
    }
    return false;
}

static void report_unknown_type(NamePlace place, const PgQuery__TypeName *name)
{
    Compilation *c = place.sql->c;
    const Schema *schema = place.schema;
    Str plain = tree_name(name->n_names, name->names), qualifier = tree_qualifier(name->n_names, name->names);
    Str written = qualifier.len == 0 ? plain : str_format(&c->arena, "%.*s.%.*s", STR_ARG(qualifier), STR_ARG(plain));
    report(c, M_UNKNOWN_TYPE, type_span(place, name), "there is no type \"%.*s\" at this point", STR_ARG(written));
    const CatalogExtension *extension = extension_with(schema, brings_type, plain);
    Str close = closest_type(schema, plain);
    if (extension != NULL) {
        help_extension(c, schema, extension);
    } else if (qualifier.len == 0 && help_newer_server(c, schema, brings_type, plain)) {
        return;
    } else if (qualifier.len > 0 && schema_find(schema, NAMES_NAMESPACE, 0, qualifier) == 0) {
        help(c, "there is no schema \"%.*s\" at this point", STR_ARG(qualifier));
    } else if (close.data != NULL) {
        help(c, "did you mean `%.*s`?", STR_ARG(close));
    }
}

/* ------------------------------------------------------------------ modifiers */

static void report_modifiers(NamePlace place, const PgQuery__TypeName *name, const CatalogType *type,
                             CatalogModifierCheck check)
{
    Compilation *c = place.sql->c;
    Span span = type_span(place, name);
    Str shown = type->display;
    switch (check.problem) {
    case CATALOG_MODIFIERS_FINE: break;
    case CATALOG_MODIFIERS_NOT_TAKEN:
        report(c, M_BAD_MODIFIER, span, "type %.*s takes no modifier", STR_ARG(shown));
        break;
    case CATALOG_MODIFIERS_COUNT:
        report(c, M_BAD_MODIFIER, span, "type %.*s does not take %lld modifiers", STR_ARG(shown),
               (long long) check.value);
        help(c, "it takes %lld to %lld", (long long) check.minimum, (long long) check.maximum);
        break;
    case CATALOG_MODIFIERS_RANGE:
    case CATALOG_MODIFIERS_REDUCED:
        report(c, M_BAD_MODIFIER, span, "type %.*s cannot have %lld here", STR_ARG(shown), (long long) check.value);
        help(c, "it must be between %lld and %lld", (long long) check.minimum, (long long) check.maximum);
        break;
    case CATALOG_MODIFIERS_FIELDS:
        report(c, M_BAD_MODIFIER, span, "an interval cannot be limited to these fields");
        break;
    }
}

bool read_modifiers(Arena *arena, const PgQuery__TypeName *name, Type *type)
{
    for (size_t i = 0; i < name->n_typmods; i++) {
        const PgQuery__Node *node = name->typmods[i];
        if (node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
            node->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL)
            return false;
        int32_t value = node->a_const->ival->ival;
        list_push(arena, &type->modifiers, value);
    }
    return true;
}

/* A constant or a name, as the modifiers of an extension's type may be. False: it is something else. */
static bool modifier_text(Arena *arena, const PgQuery__Node *node, Text *out)
{
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1) {
        text_add(out, catalog_quote(arena, tree_name(1, node->column_ref->fields)));
        return true;
    }
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull)
        return false;
    const PgQuery__AConst *constant = node->a_const;
    switch ((int) constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL: text_addf(out, "%d", (int) constant->ival->ival); return true;
    case PG_QUERY__A__CONST__VAL_FVAL: text_add_c(out, constant->fval->fval); return true;
    case PG_QUERY__A__CONST__VAL_SVAL:
        text_add(out, define_literal(arena, str_from(constant->sval->sval)));
        return true;
    default: return false;
    }
}

static bool write_modifiers(NamePlace place, const PgQuery__TypeName *name, Type *type)
{
    Arena *arena = &place.sql->c->arena;
    Text text = text_new(arena);
    bool fine = true;
    for (size_t i = 0; i < name->n_typmods && fine; i++) {
        text_add_char(&text, i == 0 ? '(' : ',');
        fine = modifier_text(arena, name->typmods[i], &text);
    }
    if (!fine)
        report(place.sql->c, M_BAD_MODIFIER, type_span(place, name),
               "the modifiers of a type must be constants or names");
    else if (name->n_typmods > 0)
        text_add_char(&text, ')');
    type->written = text_str(&text);
    return fine;
}

/* What a type takes whose modifiers a function reads is not known. */
static bool check_own_modifiers(NamePlace place, const PgQuery__TypeName *name, Type *type)
{
    if (name->n_typmods == 0 || type->catalog->unknown || type->catalog->takes_modifiers)
        return write_modifiers(place, name, type);
    report(place.sql->c, M_BAD_MODIFIER, type_span(place, name), "type %.*s takes no modifier",
           STR_ARG(type->catalog->display));
    return false;
}

static bool check_modifiers(NamePlace place, const PgQuery__TypeName *name, Type *type)
{
    Compilation *c = place.sql->c;
    if (type->catalog->unknown || schema_base_type(place.schema, type->object) != NULL)
        return check_own_modifiers(place, name, type);
    if (!read_modifiers(&c->arena, name, type)) {
        report(c, M_BAD_MODIFIER, type_span(place, name), "the modifiers of type %.*s must be whole numbers",
               STR_ARG(type->catalog->display));
        return false;
    }
    CatalogModifierCheck check = catalog_check_modifiers(place.sql->major, type->catalog, type->modifiers.items,
                                                         type->modifiers.count);
    report_modifiers(place, name, type->catalog, check);
    return check.problem == CATALOG_MODIFIERS_FINE;
}

/* A shell has no arrays. */
static bool check_whole(NamePlace place, const PgQuery__TypeName *name, const Type *type)
{
    Compilation *c = place.sql->c;
    if (!type_is_shell(place.schema, type->object) || (place.shells && name->n_array_bounds == 0))
        return true;
    report(c, M_UNKNOWN_TYPE, type_span(place, name), "type %.*s is only a shell at this point",
           STR_ARG(type->catalog->display));
    label(c, schema_object(place.schema, type->object)->created, "created here");
    help(c, "create its functions in C or internal, and then `create type %.*s (input = …, output = …);`",
         STR_ARG(type->catalog->display));
    return false;
}

Type resolve_type(NamePlace place, const PgQuery__TypeName *name)
{
    Type type = {0};
    if (!resolve_known_type(place, name, &type)) {
        report_unknown_type(place, name);
        return (Type) {0};
    }
    if (!check_whole(place, name, &type))
        return (Type) {0};
    if (!check_modifiers(place, name, &type))
        return (Type) {0};
    type.array = type.array || name->n_array_bounds > 0;
    return type;
}

/* ------------------------------------------------------------------ collations */

ObjectId resolve_own_collation(const Schema *schema, size_t count, PgQuery__Node *const *names)
{
    Str name = tree_name(count, names), qualifier = tree_qualifier(count, names);
    if (qualifier.len == 0 && catalog_collation(schema->view.catalog, name) != NULL)
        return 0;
    ObjectIds ids = schema_definitions_named(schema, qualifier, name);
    for (size_t i = 0; i < ids.count; i++) {
        if (schema_object(schema, ids.items[i])->kind == OBJECT_COLLATION)
            return ids.items[i];
    }
    return 0;
}

/* The server's own by name, and those of migrations. */
bool resolve_collation(NamePlace place, size_t count, PgQuery__Node *const *names, Span span)
{
    Compilation *c = place.sql->c;
    Str name = tree_name(count, names), qualifier = tree_qualifier(count, names);
    bool own = qualifier.len == 0 || str_is(qualifier, "pg_catalog");
    if (!own || catalog_collation(place.schema->view.catalog, name) != NULL ||
        resolve_own_collation(place.schema, count, names) != 0 || unknown_extension(place.schema, qualifier) != 0)
        return true;
    report(c, M_UNKNOWN_COLLATION, span, "there is no collation \"%.*s\"", STR_ARG(name));
    help(c, "names of collations are case-sensitive, so most need double quotes: \"C\", \"de-x-icu\"");
    return false;
}

/* ------------------------------------------------------------------ silence */

bool sql_is_silenced(Sql *sql, const char *kind, ObjectId namespace, Str name)
{
    Str key = silence_key(&sql->c->arena, kind, namespace, name);
    if (sql->silenced == NULL)
        return false;
    bool silenced = map_get(sql->silenced, key) != 0;
    map_set(sql->silenced, key, 1);
    return silenced;
}
