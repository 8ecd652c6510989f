/* CREATE TYPE … AS RANGE (DefineRange in src/backend/commands/typecmds.c). The multirange that comes with it is written
 * out, since its name does not follow the range's. */
#include "operator.h"
#include "place.h"
#include "range.h"
#include "read_definition.h"

enum { MULTIRANGES_SINCE = 14 };

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

/* ------------------------------------------------------------------ the subtype, and how it is sorted */

static bool check_subtype(DefinitionReader *r, const RangeType *range, Span span)
{
    const CatalogType *type = type_catalog(&range->subtype);
    if (r->refused)
        return false;
    if (type == NULL)
        definition_report(r, M_SQL_SYNTAX, span, "a range needs a `subtype`");
    else if (type_is_pseudo(&range->subtype))
        definition_report(r, M_PSEUDO_TYPE, span, "there are no ranges of %.*s", STR_ARG(type->display));
    return !r->refused;
}

static const CatalogOpclass *brought_class(DefinitionReader *r, const CatalogAccessMethod *btree, const Ref *ref)
{
    catalog_each_owner(owner, &r->schema->view) {
        const CatalogOpclass *opclass = catalog_opclass_in(owner, btree, ref->name.name);
        if (opclass == NULL || !extension_is_reached(r->schema, owner, ref_qualifier(ref)))
            continue;
        read_extension(r, extension_object(r->schema, owner));
        return opclass;
    }
    return NULL;
}

/* findRangeSubOpclass(): the class that is named takes the subtype. */
static void read_class(DefinitionReader *r, Cursor item, const Type *subtype)
{
    const CatalogAccessMethod *btree = catalog_access_method(&r->schema->view, STR("btree"));
    Ref ref = cursor_ref(&item);
    Definition like = {.object = {.kind = OBJECT_OPERATOR_CLASS, .name = ref.name.name}, .variant = btree->name};
    const Definition *own = definition_named(r->schema, ref_qualifier(&ref), &like);
    const CatalogOpclass *brought = own == NULL ? brought_class(r, btree, &ref) : NULL;
    const CatalogType *input = own != NULL ? type_catalog(&own->input) : brought != NULL ? brought->input : NULL;
    if (own != NULL)
        text_use(&r->text, ref.span, -1, own->object.id, 0, USE_NAME);
    else if (brought == NULL && !read_unknown(r, &ref))
        definition_report(r, M_UNKNOWN_OPCLASS, ref.span, "there is no operator class \"%.*s\" for btree",
                          STR_ARG(ref.name.name));
    if (input != NULL && !catalog_binary_coercible(&r->schema->view, type_catalog(subtype), input))
        definition_report(r, M_UNKNOWN_OPCLASS, ref.span, "operator class \"%.*s\" does not take type %.*s",
                          STR_ARG(ref.name.name), STR_ARG(type_catalog(subtype)->display));
}

static void use_default_class(DefinitionReader *r, const Type *subtype, Span span)
{
    const CatalogAccessMethod *btree = catalog_access_method(&r->schema->view, STR("btree"));
    const Definition *own = operator_class_default(r->schema, btree->name, subtype);
    if (own != NULL)
        read_extension(r, own->object.id);
    else if (catalog_default_opclass(&r->schema->view, btree, type_catalog(subtype)) == NULL)
        definition_report(r, M_NO_DEFAULT_OPCLASS, span, "type %.*s has no order, so there are no ranges of it",
                          STR_ARG(type_catalog(subtype)->display));
}

/* ------------------------------------------------------------------ items */

typedef enum RangeItem {
    ITEM_SUBTYPE, ITEM_CLASS, ITEM_COLLATION, ITEM_CANONICAL, ITEM_DIFFERENCE, ITEM_MULTIRANGE, ITEM_COUNT
} RangeItem;

/* What is written, each once. */
typedef struct RangeItems {
    const PgQuery__DefElem *written[ITEM_COUNT];
    Cursor items[ITEM_COUNT];
} RangeItems;

static RangeItem item_named(const char *name)
{
    static const char *const names[ITEM_COUNT] = {"subtype", "subtype_opclass", "collation", "canonical",
                                                  "subtype_diff", "multirange_type_name"};
    for (int i = 0; i < ITEM_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return (RangeItem) i;
    }
    return ITEM_COUNT;
}

static void sort_items(DefinitionReader *r, const PgQuery__CreateRangeStmt *create, Cursor list, RangeItems *items)
{
    for (size_t i = 0; i < create->n_params; i++) {
        const PgQuery__DefElem *element = create->params[i]->def_elem;
        Cursor item = cursor_item(&list);
        RangeItem which = item_named(element->defname);
        if (which == ITEM_COUNT) {
            definition_report(r, M_BAD_PARAMETER, cursor_span(item), "a range has no parameter \"%s\"",
                              element->defname);
        } else if (items->written[which] != NULL) {
            definition_report(r, M_WRITTEN_TWICE, cursor_span(item), "`%s` is written twice", element->defname);
        } else {
            items->written[which] = element;
            items->items[which] = item;
        }
    }
}

/* Behind `name =`. */
static Cursor value_of(const RangeItems *items, RangeItem which)
{
    Cursor at = items->items[which];
    cursor_seek_sign(&at, '=');
    return at;
}

static const PgQuery__TypeName *name_of(const RangeItems *items, RangeItem which)
{
    const PgQuery__DefElem *element = items->written[which];
    bool name = element != NULL && element->arg != NULL && element->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME;
    return name ? element->arg->type_name : NULL;
}

static void read_collation(DefinitionReader *r, const RangeItems *items, const Type *subtype)
{
    const PgQuery__TypeName *name = name_of(items, ITEM_COLLATION);
    if (name == NULL)
        return;
    Cursor at = value_of(items, ITEM_COLLATION);
    Ref ref = cursor_ref(&at);
    if (!type_catalog(subtype)->collatable)
        definition_report(r, M_UNKNOWN_COLLATION, ref.span, "type %.*s has no collation",
                          STR_ARG(type_catalog(subtype)->display));
    else if (!resolve_collation(r->names, name->n_names, name->names, ref.span))
        r->refused = true;
    ObjectId own = resolve_own_collation(r->schema, name->n_names, name->names);
    if (own != 0)
        text_use(&r->text, ref.span, -1, own, 0, USE_NAME);
}

static void check_function(DefinitionReader *r, const FoundFunction *found, const Type *result, Span span)
{
    if (!found->there || r->refused)
        return;
    if (!type_equal(&found->result, result))
        definition_report(r, M_BAD_PARAMETER, span, "the function is to return %.*s, and does not",
                          STR_ARG(define_type(r->schema, result)));
    else if (found->volatility != CATALOG_IMMUTABLE)
        definition_report(r, M_NOT_IMMUTABLE, span, "the function of a range must be immutable");
}

/* findRangeSubtypeDiffFunction() */
static void read_difference(DefinitionReader *r, const RangeItems *items, const Type *subtype)
{
    const PgQuery__TypeName *name = name_of(items, ITEM_DIFFERENCE);
    Type result = type_of_catalog(r->schema, catalog_type_in(&r->schema->view.catalog->core, STR("float8")));
    TypeList types = {0};
    if (name == NULL)
        return;
    list_push(r->arena, &types, *subtype);
    list_push(r->arena, &types, *subtype);
    Cursor at = value_of(items, ITEM_DIFFERENCE);
    Span span = cursor_ref(&at).span;
    FoundFunction found = read_function_exactly(r, name->n_names, name->names, span, &types);
    check_function(r, &found, &result, span);
}

static void check_canonical(DefinitionReader *r, const RangeItems *items)
{
    if (items->written[ITEM_CANONICAL] != NULL)
        definition_report(r, M_SQL_NOT_FOLLOWED, cursor_span(items->items[ITEM_CANONICAL]),
                          "a canonical function needs the range before it is there");
}

static void read_parts(DefinitionReader *r, const RangeItems *items, RangeType *range, Span span)
{
    const PgQuery__TypeName *subtype = name_of(items, ITEM_SUBTYPE);
    if (subtype != NULL)
        range->subtype = read_type(r, subtype);
    if (!check_subtype(r, range, span))
        return;
    if (items->written[ITEM_CLASS] != NULL)
        read_class(r, value_of(items, ITEM_CLASS), &range->subtype);
    else
        use_default_class(r, &range->subtype, span);
    read_collation(r, items, &range->subtype);
    read_difference(r, items, &range->subtype);
    check_canonical(r, items);
    if (items->written[ITEM_MULTIRANGE] != NULL)
        read_multirange(r, items->items[ITEM_MULTIRANGE], range);
    if (str_equal(range->multirange, r->out->definition->object.name))
        definition_report(r, M_ALREADY_EXISTS, span, "a range and its multirange have one name");
}

/* In their order, but for the name of the multirange, which comes last. */
static void take_items(DefinitionReader *r, const PgQuery__CreateRangeStmt *create, Cursor list)
{
    size_t written = 0;
    for (size_t i = 0; i < create->n_params; i++) {
        Cursor item = cursor_item(&list);
        if (item_named(create->params[i]->def_elem->defname) == ITEM_MULTIRANGE)
            continue;
        if (written++ > 0)
            text_make(&r->text, STR(","));
        text_take(&r->text, cursor_span(item));
    }
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
    Cursor list = cursor_inside(&r->at);
    RangeItems items = {0};
    sort_items(r, create, list, &items);
    read_parts(r, &items, range, name.span);
    take_items(r, create, list);
    range->multirange_constructor = range->multirange;
    if (range->multirange.len > 0)
        write_multirange(r, range);
    text_make(&r->text, STR(")"));
}
