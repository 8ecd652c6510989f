/* What find_composite_type_dependencies() of src/backend/commands/tablecmds.c finds: columns of relations with rows,
 * and, since the minor versions of late 2026, whatever else depends on the type in pg_depend by an expression. Such a
 * dependency comes from casts: a constant, a row, a coercion of either (find_expr_references_walker() of
 * src/backend/catalog/dependency.c); an array of values that are cast each depends on their type alone. */
#include "holder.h"

#include "inherit.h"

typedef struct Search {
    const Schema *schema;
    ObjectId object;
    bool as_they_are;
    TypeHolder found;
} Search;

static void find_made(void *context, const Dependency *dependency)
{
    Search *search = context;
    bool made = dependency->made == MADE_ARRAY || (dependency->made == MADE_VALUE && search->as_they_are);
    if (made && dependency->referenced.object == search->object && search->found.part.object == 0)
        search->found = (TypeHolder) {dependency->dependent, true};
}

/* Views and composite types have columns, and no rows. */
static bool has_rows(const Table *relation)
{
    return relation->object.kind != OBJECT_COMPOSITE && relation->object.kind != OBJECT_VIEW;
}

static bool holder_in_relation(Search *search, const Table *relation)
{
    bool used = false;
    for (size_t i = 0; i < relation->columns.count; i++) {
        const ColumnInfo *column = relation->columns.items[i];
        if (column->type.object != search->object)
            continue;
        used = true;
        if (has_rows(relation) && (search->as_they_are || column->type.array)) {
            search->found.part = (Part) {relation->object.id, PART_COLUMN, column->id};
            return true;
        }
    }
    return used && type_holder(search->schema, relation->object.id, true, &search->found);
}

/* Whether the user is a type over the object's, and that is held. */
static bool holder_of_type_over(Search *search, const Object *user)
{
    const Domain *domain = schema_domain(search->schema, user->id);
    if (domain != NULL && domain->type.object == search->object)
        return type_holder(search->schema, user->id, search->as_they_are || domain->type.array, &search->found);
    return user->kind == OBJECT_RANGE && type_holder(search->schema, user->id, true, &search->found);
}

bool type_holder(const Schema *schema, ObjectId object, bool as_they_are, TypeHolder *found)
{
    ObjectIds users = object_users(schema, object, OBJECT_KIND_COUNT);
    Search search = {.schema = schema, .object = object, .as_they_are = as_they_are};
    for (size_t i = 0; i < users.count && search.found.part.object == 0; i++) {
        const Object *user = schema_object(schema, users.items[i]);
        const Table *relation = schema_relation(schema, user->id);
        if (holder_of_type_over(&search, user) || (relation != NULL && holder_in_relation(&search, relation)))
            break;
        object_each_dependency(schema, user, find_made, &search);
    }
    *found = search.found;
    return search.found.part.object != 0;
}

const Table *table_rows_held(const Schema *schema, const Table *table)
{
    TypeHolder holder;
    ObjectIds family = table_descendants(schema, table->object.id);
    list_push(schema->arena, &family, table->object.id);
    for (size_t i = 0; i < family.count; i++) {
        const Table *one = schema_relation(schema, family.items[i]);
        if (!table_is_partitioned(one) && one->server == 0 && type_holder(schema, one->object.id, true, &holder))
            return one;
    }
    return NULL;
}
