#include "function.h"

#include "definition.h"
#include "place.h"

static size_t defaults_of(const Routine *routine)
{
    size_t count = 0;
    for (size_t i = 0; i < routine->parameters.count; i++)
        count += routine->parameters.items[i].has_default;
    return count;
}

static bool is_variadic(const Routine *routine)
{
    for (size_t i = 0; i < routine->parameters.count; i++) {
        if (routine->parameters.items[i].mode == PARAMETER_VARIADIC)
            return true;
    }
    return false;
}

bool routine_takes(const Definition *d, size_t arguments)
{
    size_t most = d->arguments.count, least = most - defaults_of(d->routine);
    if (is_variadic(d->routine))
        return arguments + 1 >= least;
    return arguments >= least && arguments <= most;
}

static void add_function(const Schema *schema, UserFunctions *all, const Definition *d, size_t arguments)
{
    if (d->routine == NULL || d->object.kind == OBJECT_PROCEDURE)
        return;
    if (!routine_takes(d, arguments)) {
        all->others = true;
        return;
    }
    all->aggregate = all->aggregate || d->object.kind == OBJECT_AGGREGATE;
    all->plain = all->plain || d->object.kind == OBJECT_FUNCTION;
    all->returns_set = (all->returns_set || all->items.count == 0) && d->routine->returns_set;
    CatalogVolatility volatility = routine_volatility(d);
    all->volatility = volatility < all->volatility ? volatility : all->volatility;
    all->apart = all->apart || (all->items.count > 0 && d->object.schema != all->home);
    all->home = d->object.schema;
    list_push(schema->arena, &all->items, d);
}

UserFunctions user_functions(const Schema *schema, Str qualifier, Str name, size_t arguments)
{
    UserFunctions all = {.volatility = CATALOG_VOLATILE};
    ObjectIds ids = schema_definitions_named(schema, qualifier, name);
    for (size_t i = 0; i < ids.count; i++)
        add_function(schema, &all, schema_definition(schema, ids.items[i]), arguments);
    return all;
}
