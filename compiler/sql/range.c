/* CREATE TYPE … AS RANGE (DefineRange in src/backend/commands/typecmds.c). The multirange that comes with it is written
 * out, since its name does not follow the range's. */
#include "range.h"
#include "read_definition.h"

enum { MULTIRANGES_SINCE = 14 };

static bool is_multirange_name(const PgQuery__DefElem *element)
{
    return strcmp(element->defname, "multirange_type_name") == 0;
}

/* The namespace of a multirange that is named is its own affair on the server; here it is the range's. */
static void read_multirange(DefinitionReader *r, Cursor item, RangeType *range)
{
    Cursor at = item;
    cursor_seek_sign(&at, '=');
    Ref ref = cursor_ref(&at);
    if (read_namespace(r, &ref) == r->out->definition->object.schema) {
        range->multirange = ref.name.name;
        return;
    }
    definition_report(r, M_SQL_NOT_FOLLOWED, cursor_span(item),
                      "the multirange would be in another schema than its range");
    help(r->c, "name them both with that schema");
}

static void check_subtype(DefinitionReader *r, const RangeType *range, Span span)
{
    const CatalogAccessMethod *btree = catalog_access_method(&r->schema->view, STR("btree"));
    const CatalogType *type = type_catalog(&range->subtype);
    if (r->refused)
        return;
    if (type == NULL)
        definition_report(r, M_SQL_SYNTAX, span, "a range needs a `subtype`");
    else if (type_is_pseudo(&range->subtype))
        definition_report(r, M_PSEUDO_TYPE, span, "there are no ranges of %.*s", STR_ARG(type->display));
    else if (catalog_default_opclass(&r->schema->view, btree, type) == NULL)
        definition_report(r, M_NO_DEFAULT_OPCLASS, span, "type %.*s has no order, so there are no ranges of it",
                          STR_ARG(type->display));
}

static void check_once(DefinitionReader *r, const PgQuery__CreateRangeStmt *create, size_t index, Span span)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(create->params[i]->def_elem->defname, create->params[index]->def_elem->defname) == 0)
            definition_report(r, M_WRITTEN_TWICE, span, "`%s` is written twice", create->params[i]->def_elem->defname);
    }
}

static void read_range_items(DefinitionReader *r, const PgQuery__CreateRangeStmt *create, Cursor list, RangeType *range)
{
    size_t written = 0;
    for (size_t i = 0; i < create->n_params; i++) {
        const PgQuery__DefElem *element = create->params[i]->def_elem;
        Cursor item = cursor_item(&list);
        check_once(r, create, i, cursor_span(item));
        if (is_multirange_name(element)) {
            read_multirange(r, item, range);
            continue;
        }
        if (strcmp(element->defname, "canonical") == 0)
            definition_report(r, M_SQL_NOT_FOLLOWED, cursor_span(item),
                              "a canonical function needs the range before it is there");
        if (strcmp(element->defname, "subtype") == 0 && element->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME)
            range->subtype = resolve_type(r->names, element->arg->type_name);
        if (written++ > 0)
            text_make(&r->text, STR(","));
        text_take(&r->text, cursor_span(item));
    }
    read_elements(r, create->n_params, create->params);
}

/* Its name, in the schema of the range, as a hole in the text. */
static void write_multirange(DefinitionReader *r, const RangeType *range)
{
    Expression *name = arena_new(r->arena, Expression);
    name->sql = name->shape = STR("x");
    list_push(r->arena, &name->uses, (Use) {.length = 1, .form = USE_MEMBER, .kept = range->multirange});
    text_make(&r->text, STR(", multirange_type_name ="));
    list_push(r->arena, &r->text.pieces, (TextPiece) {.expression = name});
}

void read_create_range(DefinitionReader *r, const PgQuery__CreateRangeStmt *create)
{
    Definition *d = r->out->definition;
    RangeType *range = arena_new(r->arena, RangeType);
    Span words = cursor_take_span(&r->at, "type");
    d->object.kind = OBJECT_RANGE;
    d->range = range;
    text_take(&r->text, words);
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, true);
    text_take(&r->text, name.span);
    text_make(&r->text, STR("AS RANGE ("));
    cursor_take(&r->at, "as range");
    range->constructor = d->object.name;
    if (r->sql->major >= MULTIRANGES_SINCE)
        range->multirange = range_multirange_name(r->arena, d->object.name);
    read_range_items(r, create, cursor_inside(&r->at), range);
    check_subtype(r, range, name.span);
    range->multirange_constructor = range->multirange;
    if (range->multirange.len > 0)
        write_multirange(r, range);
    text_make(&r->text, STR(")"));
}
