/* Languages: those that a server has, those that were created, and that of an extension of its name. And transforms,
 * which bring values of a type into one (CreateTransform() in src/backend/commands/functioncmds.c). */
#include "read_definition.h"

Word cursor_language(Cursor *at)
{
    Word name = {0};
    if (cursor_seek(at, "language")) {
        cursor_take(at, "language");
        name = cursor_word(at);
    }
    return name;
}

ObjectId use_language(DefinitionReader *r, Str name, Word written, Span span)
{
    static const char *const always[] = {"sql", "c", "internal"};
    ObjectId created = schema_language(r->schema, name);
    ObjectId extension = schema_find(r->schema, NAMES_EXTENSION, 0, name);
    bool known = created != 0 || extension != 0;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        known = known || str_is(name, always[i]);
    if (extension != 0)
        text_use(&r->text, (Span) {0}, -1, extension, 0, USE_HIDDEN);
    if (created != 0)
        text_use(&r->text, written.span, -1, created, 0, word_is_written(written) ? USE_NAME : USE_HIDDEN);
    Ref ref = {.name = {.name = name, .span = span}};
    if (!known && !read_unknown(r, &ref))
        definition_report(r, M_UNKNOWN_DEFINITION, span, "there is no language \"%.*s\" at this point",
                          STR_ARG(name));
    return created;
}

/* ------------------------------------------------------------------ transforms */

static void check_type(DefinitionReader *r, const Type *type, Span span)
{
    bool domain = schema_domain(r->schema, type->object) != NULL && !type->array;
    if (type->catalog != NULL && (domain || type->catalog->kind == CATALOG_PSEUDO))
        definition_report(r, M_BAD_FUNCTION, span, "a transform cannot be for %s",
                          domain ? "a domain" : "a pseudo-type");
}

void read_create_transform(DefinitionReader *r, const PgQuery__CreateTransformStmt *create)
{
    Definition *d = r->out->definition;
    Cursor rest = r->at;
    d->object.kind = OBJECT_TRANSFORM;
    d->object.created = cursor_span(r->at);
    text_take(&r->text, cursor_span(r->at));
    Type type = read_type(r, create->type_name);
    list_push(r->arena, &d->arguments, type);
    check_type(r, &type, d->object.created);
    Word language = cursor_language(&rest);
    Str name = str_copy(r->arena, str_from(create->lang));
    transform_name(r->schema, d, name);
    use_language(r, name, language, language.span);
    r->at = cursor_inside(&rest);
    if (create->fromsql != NULL)
        read_support_function(r, SUPPORT_TRANSFORM_FROM, NULL);
    if (create->tosql != NULL)
        read_support_function(r, SUPPORT_TRANSFORM_TO, type_catalog(&type));
}
