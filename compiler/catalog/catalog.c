/* Snapshots, views of them, and lookups by name.
 *
 * The slices come sorted from the data, so a name is found by halving; where several rows share it (overloads), the
 * first of them is found and the rest follow.
 */
#include "catalog.h"

#include "bug.h"
#include "snapshots.h"

const Catalog *catalog_for(unsigned major)
{
    for (size_t i = 0; i < catalog_snapshot_count; i++) {
        if (catalog_snapshots[i]->major >= major)
            return catalog_snapshots[i];
    }
    return catalog_snapshots[catalog_snapshot_count - 1];
}

/* The index of the first item whose first field, a Str, is not less than the name: every struct that is looked up by
 * name begins with it. */
static size_t first_named(const void *items, size_t count, size_t size, Str name)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        const Str *found = (const void *) ((const char *) items + middle * size);
        if (str_compare(*found, name) < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

/* The item of the name in a slice; NULL: there is none. */
#define FIND(slice, wanted) find_named((slice).items, (slice).count, sizeof *(slice).items, (wanted))

static const void *find_named(const void *items, size_t count, size_t size, Str name)
{
    size_t index = first_named(items, count, size, name);
    if (index == count)
        return NULL;
    const Str *found = (const void *) ((const char *) items + index * size);
    return str_equal(*found, name) ? found : NULL;
}

const CatalogExtension *catalog_extension(const Catalog *catalog, Str name)
{
    return FIND(catalog->extensions, name);
}

const CatalogCollation *catalog_collation(const Catalog *catalog, Str name)
{
    return FIND(catalog->collations, name);
}

CatalogView catalog_view(const Catalog *catalog)
{
    return (CatalogView) {.catalog = catalog};
}

static size_t extension_index(const CatalogView *view, const CatalogExtension *extension)
{
    const CatalogExtensions *all = &view->catalog->extensions;
    if (extension < all->items || extension >= all->items + all->count)
        BUG("extension \"%.*s\" is of another snapshot", STR_ARG(extension->name));
    return (size_t) (extension - all->items);
}

void catalog_view_create(CatalogView *view, const CatalogExtension *extension)
{
    size_t index = extension_index(view, extension);
    view->created[index / 64] |= UINT64_C(1) << index % 64;
}

void catalog_view_drop(CatalogView *view, const CatalogExtension *extension)
{
    size_t index = extension_index(view, extension);
    view->created[index / 64] &= ~(UINT64_C(1) << index % 64);
}

bool catalog_view_has(const CatalogView *view, const CatalogExtension *extension)
{
    size_t index = extension_index(view, extension);
    return view->created[index / 64] >> index % 64 & 1;
}

const CatalogExtension *catalog_view_next(const CatalogView *view, const CatalogExtension *previous)
{
    const CatalogExtensions *all = &view->catalog->extensions;
    if (previous == NULL)
        return &view->catalog->core;
    size_t next = previous == &view->catalog->core ? 0 : extension_index(view, previous) + 1;
    for (; next < all->count; next++) {
        if (catalog_view_has(view, &all->items[next]))
            return &all->items[next];
    }
    return NULL;
}

const CatalogType *catalog_type_in(const CatalogExtension *owner, Str name)
{
    return FIND(owner->types, name);
}

const CatalogOpclass *catalog_opclass_in(const CatalogExtension *owner, const CatalogAccessMethod *method, Str name)
{
    for (size_t i = 0; i < owner->opclasses.count; i++) {
        const CatalogOpclass *opclass = &owner->opclasses.items[i];
        if (opclass->method == method && str_equal(opclass->name, name))
            return opclass;
    }
    return NULL;
}

CatalogFunctions catalog_functions_in(const CatalogExtension *owner, Str name)
{
    CatalogFunctions found = {.items = FIND(owner->functions, name)};
    if (found.items == NULL)
        return found;
    const CatalogFunction *end = owner->functions.items + owner->functions.count;
    while (found.items + found.count < end && str_equal(found.items[found.count].name, name))
        found.count++;
    return found;
}

CatalogOperators catalog_operators_in(const CatalogExtension *owner, Str name)
{
    CatalogOperators found = {.items = FIND(owner->operators, name)};
    if (found.items == NULL)
        return found;
    const CatalogOperator *end = owner->operators.items + owner->operators.count;
    while (found.items + found.count < end && str_equal(found.items[found.count].name, name))
        found.count++;
    return found;
}

const CatalogType *catalog_type(const CatalogView *view, Str name)
{
    catalog_each_owner(owner, view) {
        const CatalogType *found = catalog_type_in(owner, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const CatalogAccessMethod *catalog_access_method(const CatalogView *view, Str name)
{
    catalog_each_owner(owner, view) {
        const CatalogAccessMethod *found = FIND(owner->access_methods, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const CatalogOpclass *catalog_opclass(const CatalogView *view, const CatalogAccessMethod *method, Str name)
{
    catalog_each_owner(owner, view) {
        const CatalogOpclass *found = catalog_opclass_in(owner, method, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

bool catalog_function_known(const CatalogView *view, Str name)
{
    catalog_each_owner(owner, view) {
        if (catalog_functions_in(owner, name).count > 0)
            return true;
    }
    return false;
}

bool catalog_operator_known(const CatalogView *view, Str name)
{
    catalog_each_owner(owner, view) {
        if (catalog_operators_in(owner, name).count > 0)
            return true;
    }
    return false;
}

static const CatalogStorageParameter *storage_parameter_in(const CatalogExtension *owner, Str kind, Str name)
{
    for (size_t i = 0; i < owner->storage_parameters.count; i++) {
        const CatalogStorageParameter *parameter = &owner->storage_parameters.items[i];
        if (str_equal(parameter->kind, kind) && str_equal(parameter->name, name))
            return parameter;
    }
    return NULL;
}

const CatalogStorageParameter *catalog_storage_parameter(const CatalogView *view, Str kind, Str name)
{
    catalog_each_owner(owner, view) {
        const CatalogStorageParameter *found = storage_parameter_in(owner, kind, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

bool catalog_functions_include(CatalogFunctions overloads, CatalogFunctionKind kind)
{
    for (size_t i = 0; i < overloads.count; i++) {
        if (overloads.items[i].kind == kind)
            return true;
    }
    return false;
}

bool catalog_functions_return_set(CatalogFunctions overloads)
{
    for (size_t i = 0; i < overloads.count; i++) {
        if (overloads.items[i].returns_set)
            return true;
    }
    return false;
}

CatalogVolatility catalog_functions_volatility(CatalogFunctions overloads)
{
    if (overloads.count == 0)
        BUG("no overloads");
    CatalogVolatility best = CATALOG_VOLATILE;
    for (size_t i = 0; i < overloads.count; i++) {
        if (overloads.items[i].volatility < best)
            best = overloads.items[i].volatility;
    }
    return best;
}
