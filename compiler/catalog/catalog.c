/* Snapshots, views of them, and lookups by name.
 *
 * The slices come sorted from the data, so a name is found by halving; where several rows share it (overloads), the
 * first of them is found and the rest follow. An extension's number in a view is its place among its snapshot's.
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

/* A slice of structs of any kind that begins with a Str, by which it is sorted. */
typedef struct Named {
    const void *pool;
    size_t size;                       /* of a struct */
    const uint16_t *rows;
    size_t count;
} Named;

#define NAMED(slice) ((Named) {(slice).pool, sizeof *(slice).pool, (slice).rows, (slice).count})

static const Str *named_at(Named slice, size_t index)
{
    return (const void *) ((const char *) slice.pool + slice.rows[index] * slice.size);
}

/* The index of the first one whose name is not less; count: they all are. */
static size_t first_named(Named slice, Str name)
{
    size_t low = 0;
    size_t high = slice.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(*named_at(slice, middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_named(Named slice, size_t index, Str name)
{
    return index < slice.count && str_equal(*named_at(slice, index), name);
}

/* The first one of the name; NULL: there is none. */
static const void *find_named(Named slice, Str name)
{
    size_t index = first_named(slice, name);
    return is_named(slice, index, name) ? named_at(slice, index) : NULL;
}

#define FIND(slice, name) find_named(NAMED(slice), (name))

static size_t count_named(Named slice, size_t first, Str name)
{
    size_t count = 0;
    while (is_named(slice, first + count, name))
        count++;
    return count;
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
    size_t index = first_named(NAMED(*all), extension->name);
    if (index == all->count || catalog_at(*all, index) != extension)
        BUG("extension \"%.*s\" is of another snapshot", STR_ARG(extension->name));
    return index;
}

/* By its number. */
static bool is_created(const CatalogView *view, size_t index)
{
    return view->created[index / 64] >> index % 64 & 1;
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
    return is_created(view, extension_index(view, extension));
}

void catalog_view_add_cast(CatalogView *view, Arena *arena, CatalogCast cast, uint32_t maker)
{
    CatalogMadeCast *made = arena_new(arena, CatalogMadeCast);
    *made = (CatalogMadeCast) {cast, maker, view->casts};
    view->casts = made;
}

/* Those before it are made again, in another order, which nobody asks for. */
void catalog_view_remove_cast(CatalogView *view, Arena *arena, uint32_t maker)
{
    const CatalogMadeCast *all = view->casts, *found = all;
    while (found != NULL && found->maker != maker)
        found = found->next;
    if (found == NULL)
        BUG("cast %u to remove is not there", (unsigned) maker);
    view->casts = found->next;
    for (const CatalogMadeCast *made = all; made != found; made = made->next)
        catalog_view_add_cast(view, arena, made->cast, made->maker);
}

const CatalogExtension *catalog_view_next(const CatalogView *view, const CatalogExtension *previous)
{
    const CatalogExtensions *all = &view->catalog->extensions;
    if (previous == NULL)
        return &view->catalog->core;
    size_t next = previous == &view->catalog->core ? 0 : extension_index(view, previous) + 1;
    for (; next < all->count; next++) {
        if (is_created(view, next))
            return catalog_at(*all, next);
    }
    return NULL;
}

const CatalogType *catalog_type_in(const CatalogExtension *owner, Str name)
{
    return FIND(owner->types, name);
}

const CatalogAccessMethod *catalog_access_method_in(const CatalogExtension *owner, Str name)
{
    return FIND(owner->access_methods, name);
}

const CatalogOpclass *catalog_opclass_in(const CatalogExtension *owner, const CatalogAccessMethod *method, Str name)
{
    for (size_t i = 0; i < owner->opclasses.count; i++) {
        const CatalogOpclass *opclass = catalog_at(owner->opclasses, i);
        if (opclass->method == method && str_equal(opclass->name, name))
            return opclass;
    }
    return NULL;
}

CatalogFunctions catalog_functions_in(const CatalogExtension *owner, Str name)
{
    const CatalogFunctions *all = &owner->functions;
    size_t first = first_named(NAMED(*all), name);
    size_t count = count_named(NAMED(*all), first, name);
    return (CatalogFunctions) {.pool = all->pool, .rows = count == 0 ? NULL : all->rows + first, .count = count};
}

CatalogOperators catalog_operators_in(const CatalogExtension *owner, Str name)
{
    const CatalogOperators *all = &owner->operators;
    size_t first = first_named(NAMED(*all), name);
    size_t count = count_named(NAMED(*all), first, name);
    return (CatalogOperators) {.pool = all->pool, .rows = count == 0 ? NULL : all->rows + first, .count = count};
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
        const CatalogAccessMethod *found = catalog_access_method_in(owner, name);
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

const CatalogRelation *catalog_relation_in(const CatalogExtension *owner, Str schema, Str name)
{
    for (size_t i = 0; i < owner->relations.count; i++) {
        const CatalogRelation *relation = catalog_at(owner->relations, i);
        if (str_equal(relation->name, name) && str_equal(relation->schema, schema))
            return relation;
    }
    return NULL;
}

static const CatalogStorageParameter *storage_parameter_in(const CatalogExtension *owner, Str kind, Str name)
{
    for (size_t i = 0; i < owner->storage_parameters.count; i++) {
        const CatalogStorageParameter *parameter = catalog_at(owner->storage_parameters, i);
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
        if (catalog_at(overloads, i)->kind == kind)
            return true;
    }
    return false;
}

bool catalog_functions_return_set(CatalogFunctions overloads)
{
    for (size_t i = 0; i < overloads.count; i++) {
        if (!catalog_at(overloads, i)->returns_set)
            return false;
    }
    return true;
}

CatalogVolatility catalog_functions_volatility(CatalogFunctions overloads)
{
    if (overloads.count == 0)
        BUG("no overloads");
    CatalogVolatility best = CATALOG_VOLATILE;
    for (size_t i = 0; i < overloads.count; i++) {
        if (catalog_at(overloads, i)->volatility < best)
            best = catalog_at(overloads, i)->volatility;
    }
    return best;
}
