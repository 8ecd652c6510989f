#include "key.h"

#include "inherit.h"
#include "names.h"

#include <stdlib.h>

KeyView key_view(const Schema *schema, Part part)
{
    KeyView view = {.index = schema_index(schema, part.object)};
    view.table = schema_relation(schema, view.index != NULL ? view.index->table : part.object);
    if (view.index == NULL)
        view.constraint = table_constraint(view.table, part.id);
    view.names = view.index != NULL ? view.index->names : view.constraint->names;
    return view;
}

Part key_view_part(const KeyView *view)
{
    if (view->index != NULL)
        return (Part) {view->index->object.id, PART_WHOLE, 0};
    return (Part) {view->table->object.id, PART_CONSTRAINT, view->constraint->id};
}

uint32_t key_view_id(const KeyView *view)
{
    return view->index != NULL ? view->index->object.id : view->constraint->id;
}

uint32_t key_view_parent(const KeyView *view)
{
    return view->index != NULL ? view->index->parent : view->constraint->parent;
}

static int compare_views(const void *left, const void *right)
{
    uint32_t a = key_view_id(left), b = key_view_id(right);
    return a < b ? -1 : a > b;
}

KeyViews key_views(const Schema *schema, ObjectId id)
{
    KeyViews views = {0};
    const Table *table = schema_relation(schema, id);
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (constraint_is_key(table->constraints.items[i]))
            list_push(schema->arena, &views,
                      key_view(schema, (Part) {id, PART_CONSTRAINT, table->constraints.items[i]->id}));
    }
    ObjectIds indexes = object_users(schema, id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        if (schema_index(schema, indexes.items[i])->table == id)
            list_push(schema->arena, &views, key_view(schema, (Part) {indexes.items[i], PART_WHOLE, 0}));
    }
    if (views.count > 1)
        qsort(views.items, views.count, sizeof *views.items, compare_views);
    return views;
}

/* ------------------------------------------------------------------ matching */

/* The shape of a key without its order, which makes no difference here; for another table's columns. */
static Str key_shape(const Schema *schema, const KeyView *view, size_t index, const Table *to)
{
    if (view->constraint != NULL) {
        Str name = table_column(view->table, view->constraint->columns.items[index])->name;
        return str_format(schema->arena, "\x01" "0.%u\x02 collate= opclass=",
                          (unsigned) table_column_named(to, name)->id);
    }
    Str shape = expression_for(schema, view->index->keys.items[index].expression, view->table, to)->shape;
    if (str_ends_with(shape, STR(" nulls-first")))
        shape.len -= sizeof " nulls-first" - 1;
    if (str_ends_with(shape, STR(" desc")))
        shape.len -= sizeof " desc" - 1;
    return shape;
}

static size_t key_count(const KeyView *view)
{
    return view->index != NULL ? view->index->keys.count : view->constraint->columns.count;
}

static ColumnIds included(const KeyView *view)
{
    return view->index != NULL ? view->index->include : view->constraint->include;
}

static bool same_include(const KeyView *wanted, const KeyView *own)
{
    ColumnIds a = included(wanted), b = included(own);
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = str_equal(table_column(wanted->table, a.items[i])->name, table_column(own->table, b.items[i])->name);
    return same;
}

static const Expression *predicate(const KeyView *view)
{
    return view->index == NULL ? NULL : view->index->where;
}

static bool same_predicate(const Schema *schema, const KeyView *wanted, const KeyView *own)
{
    const Expression *a = predicate(wanted), *b = predicate(own);
    if (a == NULL || b == NULL)
        return a == b;
    return str_equal(expression_for(schema, a, wanted->table, own->table)->shape, b->shape);
}

static bool is_unique(const KeyView *view)
{
    return view->constraint != NULL || view->index->unique;
}

static bool ignores_nulls(const KeyView *view)
{
    return view->index != NULL ? view->index->nulls_not_distinct : view->constraint->nulls_not_distinct;
}

static Str method(const KeyView *view)
{
    return view->index != NULL ? view->index->method : STR("btree");
}

bool key_view_matches(const Schema *schema, const KeyView *wanted, const KeyView *own)
{
    bool constraint = wanted->constraint == NULL || own->constraint != NULL;
    bool same = key_view_parent(own) == 0 && constraint && is_unique(wanted) == is_unique(own) &&
                ignores_nulls(wanted) == ignores_nulls(own) && str_equal(method(wanted), method(own)) &&
                key_count(wanted) == key_count(own) && same_include(wanted, own) &&
                same_predicate(schema, wanted, own);
    for (size_t i = 0; same && i < key_count(wanted); i++)
        same = str_equal(key_shape(schema, wanted, i, own->table), key_shape(schema, own, i, own->table));
    return same;
}

/* ------------------------------------------------------------------ names */

static void add_included(const Schema *schema, const Table *table, ColumnIds include, StrList *names)
{
    for (size_t i = 0; i < include.count; i++)
        name_index_column(schema->arena, names, table_column(table, include.items[i])->name);
}

StrList key_column_names(const Schema *schema, const Table *table, const Index *index)
{
    StrList names = {0};
    for (size_t i = 0; i < index->keys.count; i++) {
        const IndexKey *key = &index->keys.items[i];
        Str name = key->column == 0 ? key->name : table_column(table, key->column)->name;
        name_index_column(schema->arena, &names, name);
    }
    add_included(schema, table, index->include, &names);
    return names;
}

StrList constraint_column_names(const Schema *schema, const Table *table, const Constraint *key)
{
    StrList names = {0};
    for (size_t i = 0; i < key->columns.count; i++)
        name_index_column(schema->arena, &names, table_column(table, key->columns.items[i])->name);
    add_included(schema, table, key->include, &names);
    return names;
}
