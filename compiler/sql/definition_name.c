/* Names that definitions use. */
#include "read_definition.h"

#include "define.h"
#include "made_text.h"
#include "unknown.h"

#include <stdarg.h>

void definition_report(DefinitionReader *r, DiagnosticCode code, Span span, const char *format, ...)
{
    Text text = text_new(r->arena);
    va_list arguments;
    va_start(arguments, format);
    text_addv(&text, format, arguments);
    va_end(arguments);
    r->refused = true;
    report(r->c, code, span, "%.*s", STR_ARG(text_str(&text)));
}

uint32_t reader_place(const DefinitionReader *r, int32_t location)
{
    return r->statement->body.start + (location < 0 ? 0 : (uint32_t) location);
}

Span reader_span(const DefinitionReader *r, int32_t location, size_t length)
{
    uint32_t start = reader_place(r, location);
    return (Span) {start, start + (uint32_t) length, r->statement->body.file};
}

/* ------------------------------------------------------------------ namespaces and relations */

ObjectId read_namespace(DefinitionReader *r, const Ref *ref)
{
    ObjectId id = r->sql->finder.namespace(r->sql->finder.checker, ref);
    r->refused = r->refused || id == 0;
    return id;
}

const Table *read_relation(DefinitionReader *r, const Ref *ref)
{
    const Object *object = schema_named(r->schema, NAMES_RELATION, ref_qualifier(ref), ref->name.name);
    if (object_is_relation(object) && str_equal(object->name, ref->name.name))
        return (const Table *) object;
    const Table *relation = r->sql->finder.table(r->sql->finder.checker, ref);
    r->refused = r->refused || relation == NULL;
    return relation;
}

const ColumnInfo *read_column(DefinitionReader *r, const Table *table, Word name)
{
    const ColumnInfo *column = r->sql->finder.column(r->sql->finder.checker, table, name);
    r->refused = r->refused || column == NULL;
    return column;
}

void read_own_name(DefinitionReader *r, const Ref *ref, bool qualified)
{
    Definition *d = r->out->definition;
    d->object.name = ref->name.name;
    d->object.created = ref->name.span;
    if (ref->name.name.len > NAME_MAXIMUM) {
        definition_report(r, M_NAME_TOO_LONG, ref->name.span, "this name has %zu bytes, and PostgreSQL keeps 63",
                          ref->name.name.len);
        help(r->c, "choose a shorter one");
    }
    if (qualified)
        d->object.schema = read_namespace(r, ref);
    text_use(&r->text, ref->span, -1, 0, 0, USE_NAME);
}

/* ------------------------------------------------------------------ types */

/* From the first name of a type to the last. */
static Span type_names(const DefinitionReader *r, const PgQuery__TypeName *name)
{
    size_t start = (size_t) name->location;
    Use last = last_name(r->names.fragment->sql, start, name->n_names);
    return reader_span(r, name->location, last.offset + last.length - start);
}

/* The row type of a relation. */
static bool find_row_type(const DefinitionReader *r, const PgQuery__TypeName *name, Type *type)
{
    Str plain = tree_name(name->n_names, name->names), qualifier = tree_qualifier(name->n_names, name->names);
    const Object *object = schema_named(r->schema, NAMES_TYPE, qualifier, plain);
    if (!object_is_relation(object))
        return false;
    *type = (Type) {.catalog = catalog_type_in(&r->schema->view.catalog->core, STR("record")), .object = object->id};
    type->array = name->n_array_bounds > 0;
    return true;
}

/* It is where its range is, and keeps its name. */
static void use_multirange(DefinitionReader *r, const PgQuery__TypeName *name, const Type *type)
{
    Use use = {.object = type->object, .form = USE_MEMBER, .kept = type->catalog->name};
    list_push(r->arena, &r->text.uses, (SpanUse) {type_names(r, name), use, name->location});
}

/* Spelled out, as the server keeps it: the type of today. */
static const Expression *type_expression(DefinitionReader *r, const Type *type)
{
    const Object *object = schema_object(r->schema, type->object);
    MadeText text = made_text(r->arena);
    bool named = object != NULL && object->kind != OBJECT_EXTENSION && type->catalog->kind != CATALOG_MULTIRANGE;
    if (named)
        made_name(&text, object->id, 0);
    if (named && type->array)
        made_words(&text, "[]");
    if (!named)
        made_str(&text, define_type(r->schema, type));
    return made_finish(&text);
}

/* Of a column of the server's own relations, or of an extension's; without a catalog type: there is none. */
static Type brought_column_type(const DefinitionReader *r, const Ref *relation, Str column)
{
    const CatalogExtension *owner;
    const CatalogRelation *found =
        catalog_relation_named(r->schema, ref_qualifier(relation), relation->name.name, &owner);
    for (size_t i = 0; found != NULL && i < found->column_count; i++) {
        if (str_equal(found->columns[i].name, column) && found->columns[i].type != NULL)
            return type_of_catalog(r->schema, found->columns[i].type);
    }
    return (Type) {0};
}

/* Of one of the model's; without a catalog type: reported. */
static Type own_column_type(DefinitionReader *r, const Ref *relation, Word column)
{
    const Table *table = read_relation(r, relation);
    const ColumnInfo *found = table == NULL ? NULL : read_column(r, table, column);
    return found == NULL ? (Type) {0} : found->type;
}

/* `[schema.]relation.column%TYPE` (LookupTypeName in src/backend/parser/parse_type.c). */
static Type read_column_type(DefinitionReader *r, const PgQuery__TypeName *name)
{
    Span span = {reader_place(r, name->location), r->statement->span.end, r->statement->span.file};
    Cursor at = cursor_over(r->statement->tokens, span);
    Ref relation = {.span = span};
    Word column = cursor_word(&at);
    for (size_t i = 1; i < name->n_names; i++) {
        relation.schema = relation.name;
        relation.name = column;
        cursor_next(&at);
        column = cursor_word(&at);
    }
    cursor_next(&at);
    span.end = cursor_next(&at).end;
    relation.span.end = relation.name.span.end;
    Type found = brought_column_type(r, &relation, column.name);
    if (found.catalog == NULL)
        found = own_column_type(r, &relation, column);
    Type type = {.catalog = found.catalog, .object = found.object, .array = found.array};
    if (type.catalog != NULL)
        text_replace(&r->text, span, type_expression(r, &type), &name->base);
    const Object *object = schema_object(r->schema, type.object);
    if (object != NULL && object->kind == OBJECT_EXTENSION)
        text_use(&r->text, (Span) {0}, -1, type.object, 0, USE_HIDDEN);
    return type;
}

Type read_type(DefinitionReader *r, const PgQuery__TypeName *name)
{
    Type type = {0};
    bool row = false;
    if (name->pct_type)
        return read_column_type(r, name);
    if (!resolve_known_type(r->names, name, &type))
        row = find_row_type(r, name, &type);
    if (!row)
        type = resolve_type(r->names, name);
    r->refused = r->refused || type.catalog == NULL;
    const Object *object = schema_object(r->schema, type.object);
    if (object != NULL && object->kind == OBJECT_EXTENSION)
        text_use(&r->text, (Span) {0}, -1, type.object, 0, USE_HIDDEN);
    else if (object != NULL && type.catalog->kind == CATALOG_MULTIRANGE)
        use_multirange(r, name, &type);
    else if (object != NULL)
        text_use(&r->text, type_names(r, name), name->location, type.object, 0, USE_NAME);
    return type;
}

/* ------------------------------------------------------------------ functions */

static bool takes_types(const Definition *d, const TypeList *arguments)
{
    return type_lists_equal(d->arguments, *arguments);
}

void read_extension(DefinitionReader *r, ObjectId extension)
{
    if (extension != 0)
        text_use(&r->text, (Span) {0}, -1, extension, 0, USE_HIDDEN);
}

bool read_unknown(DefinitionReader *r, const Ref *ref)
{
    ObjectId extension = unknown_extension(r->schema, ref_qualifier(ref));
    read_extension(r, extension);
    return extension != 0;
}

/* What the server's functions, and those of extensions, take is not compared here. */
bool function_is_brought(DefinitionReader *r, const Ref *ref)
{
    Str qualifier = ref_qualifier(ref), name = ref->name.name;
    catalog_each_owner(owner, &r->schema->view) {
        if (catalog_functions_in(owner, name).count > 0 && extension_is_reached(r->schema, owner, qualifier)) {
            read_extension(r, extension_object(r->schema, owner));
            return true;
        }
    }
    return read_unknown(r, ref);
}

const Definition *read_function(DefinitionReader *r, const Ref *ref, const TypeList *arguments, bool *known)
{
    ObjectIds ids = schema_definitions_named(r->schema, ref_qualifier(ref), ref->name.name);
    *known = true;
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(r->schema, ids.items[i]);
        if (d->routine != NULL && takes_types(d, arguments))
            return d;
    }
    if (function_is_brought(r, ref))
        return NULL;
    *known = false;
    return NULL;
}

/* ------------------------------------------------------------------ roles */

Str role_name(Arena *arena, const PgQuery__RoleSpec *role)
{
    switch ((int) role->roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC: return STR("PUBLIC");
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE:
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER: return STR("CURRENT_USER");
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER: return STR("SESSION_USER");
    default: return catalog_quote(arena, str_copy(arena, str_from(role->rolename)));
    }
}

Str roles_sql(Arena *arena, size_t count, PgQuery__Node *const *roles)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < count; i++)
        text_addf(&text, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(role_name(arena, roles[i]->role_spec)));
    return text_str(&text);
}

/* ------------------------------------------------------------------ without a word */

bool type_is_known(const DefinitionReader *r, const PgQuery__TypeName *name)
{
    Type type;
    return resolve_known_type(r->names, name, &type) || find_row_type(r, name, &type);
}

ObjectId namespace_of(DefinitionReader *r, const Ref *ref, bool missing_ok)
{
    ObjectId namespace = schema_next_place(r->schema, ref_qualifier(ref), 0);
    if (namespace != 0 || missing_ok)
        return namespace;
    if (str_is(ref->schema.name, "pg_catalog") || unknown_is_named(r, ref)) {
        r->outside = true;
        return 0;
    }
    return read_namespace(r, ref);
}

bool relation_is_there(const DefinitionReader *r, const Ref *ref)
{
    return schema_named(r->schema, NAMES_RELATION, ref_qualifier(ref), ref->name.name) != NULL;
}

bool unknown_is_named(const DefinitionReader *r, const Ref *ref)
{
    Str qualifier = ref_qualifier(ref);
    return r->out->verb != SQL_DROP && unknown_extension(r->schema, qualifier) != 0;
}

/* What a server has besides: it is not in the model, and can be named. */
bool definition_is_brought(const DefinitionReader *r, ObjectKind kind, const Ref *ref)
{
    static const char *const languages[] = {"sql", "c", "internal", "plpgsql"};
    bool catalog = word_is_written(ref->schema) && str_is(ref->schema.name, "pg_catalog");
    for (size_t i = 0; i < sizeof languages / sizeof *languages && kind == OBJECT_LANGUAGE; i++)
        catalog = catalog || str_is(ref->name.name, languages[i]);
    if (kind == OBJECT_LANGUAGE || kind == OBJECT_DATA_WRAPPER)
        catalog = catalog || schema_find(r->schema, NAMES_EXTENSION, 0, ref->name.name) != 0;
    if (kind == OBJECT_COLLATION)
        catalog = catalog || catalog_collation(r->schema->view.catalog, ref->name.name) != NULL;
    return catalog || unknown_is_named(r, ref);
}
