#include "key.h"

#include "inherit.h"
#include "names.h"

#include <stdlib.h>
#include <strings.h>

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

uint32_t key_view_made(const KeyView *view)
{
    return view->index != NULL ? view->index->made : view->constraint->made;
}

static bool is_primary(const KeyView *view)
{
    return view->constraint != NULL && view->constraint->kind == CONSTRAINT_PRIMARY;
}

/* Of a table that is being created none has been made yet: the primary key will be the first
 * (transformIndexConstraints in src/backend/parser/parse_utilcmd.c). */
static int compare_views(const void *left, const void *right)
{
    uint32_t a = key_view_made(left), b = key_view_made(right);
    uint32_t one = key_view_id(left), other = key_view_id(right);
    if (a != b)
        return a == 0 ? 1 : b == 0 ? -1 : a < b ? -1 : 1;
    if (is_primary(left) != is_primary(right))
        return is_primary(left) ? -1 : 1;
    return one < other ? -1 : one > other;
}

static KeyViews all_keys(const Schema *schema, const Table *table)
{
    KeyViews views = {0};
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *key = table->constraints.items[i];
        KeyView view = {.table = table, .constraint = key, .names = key->names};
        if (constraint_has_index(key))
            list_push(schema->arena, &views, view);
    }
    ObjectIds indexes = object_users(schema, table->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(schema, indexes.items[i]);
        KeyView view = {.table = table, .index = index, .names = index->names};
        if (index->table == table->object.id)
            list_push(schema->arena, &views, view);
    }
    if (views.count > 1)
        qsort(views.items, views.count, sizeof *views.items, compare_views);
    return views;
}

KeyViews key_views(const Schema *schema, ObjectId id)
{
    return all_keys(schema, schema_relation(schema, id));
}

/* ------------------------------------------------------------------ what foreign keys rest on */

KeyViews equal_keys(const Schema *schema, const Table *table, ColumnIds columns)
{
    KeyViews all = all_keys(schema, table), equal = {0};
    for (size_t i = 0; i < all.count; i++) {
        const KeyView *view = &all.items[i];
        if (view->index != NULL ? index_serves(view->index, columns) : constraint_serves(view->constraint, columns))
            list_push(schema->arena, &equal, *view);
    }
    return equal;
}

bool key_view_carries(const KeyView *view)
{
    if (view->index != NULL)
        return !view->index->incomplete;
    return !view->constraint->incomplete && view->constraint->timing == CONSTRAINT_IMMEDIATE;
}

void rest_on_key(Constraint *foreign, const KeyView *view)
{
    foreign->target_key = view->constraint == NULL ? 0 : view->constraint->id;
    foreign->target_index = view->index == NULL ? 0 : view->index->object.id;
}

ColumnIds key_target_columns(const Schema *schema, const KeyView *view)
{
    ColumnIds columns = {0};
    if (view->constraint != NULL)
        return constraint_is_key(view->constraint) ? view->constraint->columns : columns;
    for (size_t i = 0; i < view->index->keys.count; i++)
        list_push(schema->arena, &columns, view->index->keys.items[i].column);
    return index_serves(view->index, columns) ? columns : (ColumnIds) {0};
}

/* ------------------------------------------------------------------ collations of keys */

static const char collation_mark[] = " collate=", opclass_mark[] = " opclass=";

/* Where the mark stands in a key's shape; its length where it does not. */
static size_t find_mark(Str shape, const char *mark)
{
    size_t at = 0;
    while (at < shape.len && !str_starts_with(str_slice(shape, at, shape.len), str_from(mark)))
        at++;
    return at;
}

/* Without the schema of the server's own. */
static Str plain_collation(Str name)
{
    Str own = STR("pg_catalog.");
    return str_starts_with(name, own) ? str_slice(name, own.len, name.len) : name;
}

static Str column_collation(const ColumnInfo *column)
{
    if (column->type.collation.data != NULL)
        return plain_collation(column->type.collation);
    const CatalogType *type = type_catalog(&column->type);
    bool usual = type != NULL && column->type.object == 0 && type->collatable && !str_is(type->name, "name");
    return usual ? STR("\"default\"") : STR("");
}

bool index_key_repeats_collation(const IndexKey *key, const ColumnInfo *column)
{
    Str shape = key->expression->shape;
    size_t start = find_mark(shape, collation_mark), end = find_mark(shape, opclass_mark);
    if (key->column != column->id || end == shape.len || start >= end)
        return false;
    Str written = plain_collation(str_slice(shape, start + sizeof collation_mark - 1, end));
    return written.len > 0 && str_equal(written, column_collation(column));
}

/* Behind a name, which may be qualified. */
static size_t name_end(Str sql, size_t at)
{
    bool quoted = false;
    for (; at < sql.len && (quoted || (sql.data[at] != ' ' && sql.data[at] != ',')); at++)
        quoted = quoted != (sql.data[at] == '"');
    return at;
}

const Expression *index_key_without_collation(Arena *arena, const Expression *key)
{
    Str sql = key->sql, word = STR(" collate ");
    size_t start = key->uses.count == 0 ? 0 : key->uses.items[0].offset + key->uses.items[0].length;
    size_t at = find_mark(key->shape, collation_mark) + sizeof collation_mark - 1;
    size_t opclass = find_mark(key->shape, opclass_mark);
    Str rest = str_slice(sql, start, sql.len);
    if (start == 0 || rest.len < word.len || strncasecmp(rest.data, word.data, word.len) != 0)
        return key;
    Expression *copy = arena_copy(arena, key, sizeof *key);
    size_t end = name_end(sql, start + word.len);
    copy->sql = str_format(arena, "%.*s%.*s", (int) start, sql.data, (int) (sql.len - end), sql.data + end);
    copy->shape = str_format(arena, "%.*s%.*s", (int) at, key->shape.data, (int) (key->shape.len - opclass),
                             key->shape.data + opclass);
    return copy;
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
    return view->index != NULL ? view->index->method : constraint_method(view->constraint);
}

static bool excludes(const KeyView *view)
{
    return view->constraint != NULL && constraint_excludes(view->constraint);
}

/* Whether they are as one would have to be for the other, whatever it is a part of. */
static bool do_match(const Schema *schema, const KeyView *wanted, const KeyView *own)
{
    if (excludes(wanted) || excludes(own))
        return false;
    bool constraint = wanted->constraint == NULL || own->constraint != NULL;
    bool same = constraint && is_unique(wanted) == is_unique(own) &&
                ignores_nulls(wanted) == ignores_nulls(own) && str_equal(method(wanted), method(own)) &&
                key_count(wanted) == key_count(own) && same_include(wanted, own) &&
                same_predicate(schema, wanted, own);
    for (size_t i = 0; same && i < key_count(wanted); i++)
        same = str_equal(key_shape(schema, wanted, i, own->table), key_shape(schema, own, i, own->table));
    return same;
}

bool key_view_matches(const Schema *schema, const KeyView *wanted, const KeyView *own)
{
    return key_view_parent(own) == 0 && do_match(schema, wanted, own);
}

bool key_view_is_incomplete(const KeyView *view)
{
    return view->index != NULL ? view->index->incomplete : view->constraint->incomplete;
}

bool key_view_attaches(const Schema *schema, const KeyView *wanted, const KeyView *own)
{
    enum { SAME_KIND_SINCE = 17 };
    bool keys = wanted->constraint != NULL && own->constraint != NULL;
    bool same = !keys || wanted->constraint->kind == own->constraint->kind ||
                schema->view.catalog->major < SAME_KIND_SINCE;
    return same && !key_view_is_incomplete(own);
}

static bool is_attached(const Schema *schema, const KeyView *wanted, ObjectId partition)
{
    KeyViews views = key_views(schema, partition);
    for (size_t i = 0; i < views.count; i++) {
        if (key_view_parent(&views.items[i]) == key_view_id(wanted) &&
            !key_view_attaches(schema, wanted, &views.items[i]))
            return false;
    }
    return true;
}

bool key_comes_late(const Schema *schema, const Table *table, const Constraint *key)
{
    if (key->incomplete || !constraint_has_index(key) || !table_is_partitioned(table))
        return key->incomplete;
    KeyView view = key_view(schema, (Part) {table->object.id, PART_CONSTRAINT, key->id});
    ObjectIds partitions = table_children(schema, table->object.id);
    bool late = false;
    for (size_t i = 0; i < partitions.count && !late; i++)
        late = !is_attached(schema, &view, partitions.items[i]);
    return late;
}

/* ------------------------------------------------------------------ order */

static const KeyView *find_view(const KeyViews *views, uint32_t id)
{
    for (size_t i = 0; i < views->count; i++) {
        if (key_view_id(&views->items[i]) == id)
            return &views->items[i];
    }
    return NULL;
}

/* Of keys of one table that match: those of a partition come in the order of what they are parts of, and before what is
 * no part of anything, for its parent takes the first that does when it joins. */
static bool comes_before(const Schema *schema, const KeyView *a, const KeyView *b)
{
    uint32_t one = key_view_parent(a), other = key_view_parent(b);
    if (a->table->bound == NULL || (one == 0 && other == 0))
        return compare_views(a, b) < 0;
    if (one == 0 || other == 0)
        return one != 0;
    KeyViews above = key_views(schema, a->table->parents.items[0]);
    const KeyView *first = find_view(&above, one), *second = find_view(&above, other);
    return first != NULL && second != NULL && comes_before(schema, first, second);
}

/* The keys that are to be made before it; of those that a foreign key could rest on, too, where it could be one. */
static KeyViews keys_before(const Schema *schema, const Table *table, const KeyView *key)
{
    ColumnIds columns = key_target_columns(schema, key);
    KeyViews all = all_keys(schema, table), equal = {0}, before = {0};
    if (columns.count > 0)
        equal = equal_keys(schema, table, columns);
    for (size_t i = 0; i < all.count; i++) {
        const KeyView *other = &all.items[i];
        bool alike = find_view(&equal, key_view_id(other)) != NULL ||
                     (table->bound != NULL && (do_match(schema, key, other) || do_match(schema, other, key)));
        if (alike && key_view_id(other) != key_view_id(key) && comes_before(schema, other, key))
            list_push(schema->arena, &before, *other);
    }
    return before;
}

Parts older_keys(const Schema *schema, Part key)
{
    KeyView view = key_view(schema, key);
    KeyViews before = keys_before(schema, view.table, &view);
    Parts older = {0};
    for (size_t i = 0; i < before.count; i++)
        list_push(schema->arena, &older, key_view_part(&before.items[i]));
    return older;
}

/* The keys that CREATE TABLE makes come in their order, the primary one first. */
static bool is_created_before(const Table *table, const Constraint *a, const Constraint *b)
{
    if (a->kind == CONSTRAINT_PRIMARY || b->kind == CONSTRAINT_PRIMARY)
        return a->kind == CONSTRAINT_PRIMARY;
    for (size_t i = 0; i < table->constraints.count; i++) {
        if (table->constraints.items[i]->id == a->id || table->constraints.items[i]->id == b->id)
            return table->constraints.items[i]->id == a->id;
    }
    return false;
}

bool key_waits(const Schema *schema, const Table *table, const Constraint *key)
{
    if (!constraint_is_key(key))
        return false;
    KeyViews all = all_keys(schema, table);
    KeyViews before = keys_before(schema, table, find_view(&all, key->id));
    for (size_t i = 0; i < before.count; i++) {
        const Constraint *older = before.items[i].constraint;
        if (older == NULL || !is_created_before(table, older, key) || constraint_same_key(older, key) ||
            key_waits(schema, table, older))
            return true;
    }
    return false;
}

/* The last of the partition's keys that are parts of its parent's, and younger, for which the parent would take this
 * one if it joined again. */
static const KeyView *taken_for(const Schema *schema, const KeyViews *own, const KeyViews *above, size_t index)
{
    const KeyView *view = &own->items[index], *found = NULL;
    for (size_t i = index + 1; i < own->count && key_view_parent(view) == 0; i++) {
        uint32_t parent = key_view_parent(&own->items[i]);
        const KeyView *whole = parent == 0 ? NULL : find_view(above, parent);
        if (whole != NULL && key_view_attaches(schema, whole, view) && key_view_matches(schema, whole, view))
            found = &own->items[i];
    }
    return found;
}

Parts key_rivals(const Schema *schema, const Table *partition)
{
    KeyViews own = key_views(schema, partition->object.id), above = key_views(schema, partition->parents.items[0]);
    Parts rivals = {0};
    for (size_t i = 0; i < own.count; i++) {
        if (taken_for(schema, &own, &above, i) != NULL)
            list_push(schema->arena, &rivals, key_view_part(&own.items[i]));
    }
    return rivals;
}

Part key_rivalled(const Schema *schema, Part key)
{
    KeyView view = key_view(schema, key);
    if (view.table->bound == NULL || key_view_parent(&view) != 0)
        return (Part) {0};
    KeyViews own = key_views(schema, view.table->object.id), above = key_views(schema, view.table->parents.items[0]);
    size_t index = 0;
    while (key_view_id(&own.items[index]) != key_view_id(&view))
        index++;
    const KeyView *found = taken_for(schema, &own, &above, index);
    return found == NULL ? (Part) {0} : key_view_part(found);
}

/* ------------------------------------------------------------------ names */

static void add_included(const Schema *schema, const Table *table, ColumnIds include, StrList *names)
{
    for (size_t i = 0; i < include.count; i++)
        name_index_column(schema->arena, names, table_column(table, include.items[i])->name);
}

static void add_key_name(const Schema *schema, const Table *table, const IndexKey *key, StrList *names)
{
    name_index_column(schema->arena, names, key->column == 0 ? key->name : table_column(table, key->column)->name);
}

StrList key_column_names(const Schema *schema, const Table *table, const Index *index)
{
    StrList names = {0};
    for (size_t i = 0; i < index->keys.count; i++)
        add_key_name(schema, table, &index->keys.items[i], &names);
    add_included(schema, table, index->include, &names);
    return names;
}

StrList constraint_column_names(const Schema *schema, const Table *table, const Constraint *key)
{
    StrList names = {0};
    for (size_t i = 0; constraint_is_key(key) && i < key->columns.count; i++)
        name_index_column(schema->arena, &names, table_column(table, key->columns.items[i])->name);
    for (size_t i = 0; i < key->elements.count; i++)
        add_key_name(schema, table, &key->elements.items[i].key, &names);
    add_included(schema, table, key->include, &names);
    return names;
}
