#include "cast.h"

#include "definition.h"

CatalogView cast_view(const Schema *schema, const Definition *cast, bool add)
{
    CatalogView view = schema->view;
    CatalogCast made = {.source = type_catalog(&cast->arguments.items[0]),
                        .target = type_catalog(&cast->arguments.items[1]),
                        .context = cast->cast->context,
                        .method = cast->cast->method};
    if (add)
        catalog_view_add_cast(&view, schema->arena, made, cast->object.id);
    else
        catalog_view_remove_cast(&view, schema->arena, cast->object.id);
    return view;
}

const Definition *schema_conversion(const Schema *schema, const CatalogType *source, const CatalogType *target)
{
    const CatalogCast *cast = catalog_conversion(&schema->view, source, target);
    return cast == NULL ? NULL : schema_definition(schema, catalog_cast_maker(&schema->view, cast));
}

static CatalogVolatility worse(CatalogVolatility a, CatalogVolatility b)
{
    return a > b ? a : b;
}

static CatalogVolatility made_volatility(const Schema *schema, const CastRule *rule)
{
    const Definition *function = schema_definition(schema, rule->function);
    return function != NULL ? routine_volatility(function) : rule->volatility;
}

/* contain_mutable_functions() in src/backend/optimizer/util/clauses.c: of a conversion through text both functions
 * count, and an array is converted as its elements are. */
CatalogVolatility conversion_volatility(const Schema *schema, const CatalogType *source, const CatalogType *target)
{
    const CatalogCast *cast = catalog_conversion(&schema->view, source, target);
    const Definition *made = schema_conversion(schema, source, target);
    source = catalog_base_type(source);
    target = catalog_base_type(target);
    if (cast != NULL && cast->method == CATALOG_FUNCTION)
        return made == NULL ? cast->volatility : made_volatility(schema, made->cast);
    bool text = cast == NULL ? (source->category == 'S') != (target->category == 'S') : cast->method == CATALOG_INOUT;
    return text ? worse(source->output, target->input) : CATALOG_IMMUTABLE;
}
