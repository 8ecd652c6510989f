/* Partition keys, and bounds of partitions (transformPartitionSpec, transformPartitionBound in
 * src/backend/parser/parse_utilcmd.c; ComputePartitionAttrs in tablecmds.c; check_new_partition_bound). */
#include "bound.h"
#include "checker.h"
#include "inherit.h"
#include "key.h"
#include "partition.h"

enum { PARTITION_KEYS_MAXIMUM = 32 };  /* PARTITION_MAX_KEYS */

/* ------------------------------------------------------------------ keys */

static PartitionStrategy find_strategy(Checker *k, Word name)
{
    if (str_is(name.name, "range"))
        return PARTITION_RANGE;
    if (str_is(name.name, "list"))
        return PARTITION_LIST;
    if (str_is(name.name, "hash"))
        return PARTITION_HASH;
    report(k->c, M_BAD_PARTITION_KEY, name.span, "there is no partitioning by \"%.*s\"", STR_ARG(name.name));
    help(k->c, "PostgreSQL partitions by range, list or hash");
    return PARTITION_NONE;
}

static bool bad_key(Checker *k, Span span, const char *why)
{
    report(k->c, M_BAD_PARTITION_KEY, span, "%s", why);
    return false;
}

static bool uses_generated(const Table *table, const Expression *expression)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i]->generated && expression_uses_column(expression, table->columns.items[i]->id))
            return true;
    }
    return false;
}

static bool uses_columns(const Expression *expression)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        if (expression->uses.items[i].object == 0 && expression->uses.items[i].part != 0)
            return true;
    }
    return false;
}

static bool check_partition_key(Checker *k, const Table *table, const SqlIndexKey *key, Span span)
{
    if (key->ordered || key->opclass_options)
        return bad_key(k, span, "a partition key has no order and no options");
    if (uses_generated(table, key->expression))
        return bad_key(k, span, "a generated column cannot be part of a partition key");
    return key->column != NULL || uses_columns(key->expression) || bad_key(k, span, "a constant is no partition key");
}

/* By list and range the keys are sorted, by hash they are hashed. */
static const CatalogAccessMethod *key_method(Checker *k, PartitionStrategy strategy)
{
    return catalog_access_method(&k->schema.view, strategy == PARTITION_HASH ? STR("hash") : STR("btree"));
}

static bool build_key(Checker *k, Table *table, Span span)
{
    ExpressionScope scope = {&k->schema, table, PLACE_PARTITION, NULL};
    Fragment fragment = fragment_of(k, span);
    SqlIndexKey key = sql_index_key(&k->sql, scope, &fragment);
    if (key.expression == NULL || !check_partition_key(k, table, &key, span))
        return false;
    const CatalogAccessMethod *method = key_method(k, table->partition.strategy);
    const CatalogOpclass *opclass;
    bool fine = check_index_key(k, &table->partition.uses, method, &key, span, &opclass);
    IndexKey done = {key.expression, key.column == NULL ? 0 : key.column->id, key.name};
    list_push(CHECKER_ARENA(k), &table->partition.keys, done);
    return fine;
}

static bool build_keys(Checker *k, Table *table, const NodeCreateTable *node)
{
    bool fine = true;
    SpanList spans = syntax_split(k->syntax, node->partition_keys);
    table->partition.strategy = find_strategy(k, node->strategy);
    if (table->partition.strategy == PARTITION_NONE)
        return false;
    if (spans.count > PARTITION_KEYS_MAXIMUM)
        return bad_key(k, node->partition_keys, "a partition key has 32 columns at most");
    if (table->partition.strategy == PARTITION_LIST && spans.count > 1)
        return bad_key(k, node->partition_keys, "partitions by list have one key");
    for (size_t i = 0; i < spans.count; i++)
        fine = build_key(k, table, spans.items[i]) && fine;
    return fine;
}

bool build_partition_key(Checker *k, Table *table, const NodeCreateTable *node)
{
    if (!word_is_written(node->strategy))
        return true;
    const Table *parent = table->bound == NULL ? NULL : schema_relation(&k->schema, table->parents.items[0]);
    return build_keys(k, table, node) &&
           (parent == NULL || check_keys_of_parent(k, parent, table, node->partition_keys));
}

/* ------------------------------------------------------------------ bounds */

static bool bad_bound(Checker *k, Span span, const char *why)
{
    report(k->c, M_BAD_BOUND, span, "%s", why);
    return false;
}

static const char *strategy_form(PartitionStrategy strategy)
{
    static const char *const forms[] = {"", "for values in (…)", "for values from (…) to (…)",
                                        "for values with (modulus …, remainder …)"};
    return forms[strategy];
}

static bool check_strategy(Checker *k, const Table *parent, const SqlBound *read, Span span)
{
    if (read->bound->is_default && parent->partition.strategy == PARTITION_HASH)
        return bad_bound(k, span, "a table partitioned by hash has no default partition");
    if (read->bound->is_default || read->strategy == parent->partition.strategy)
        return true;
    report(k->c, M_BAD_BOUND, span, "this bound is not for table \"%.*s\"", STR_ARG(parent->object.name));
    label(k->c, parent->object.created, "partitioned in another way");
    help(k->c, "its partitions are `%s` or `default`", strategy_form(parent->partition.strategy));
    return false;
}

/* Behind an infinite value only the same one may stand. */
static bool check_infinite(Checker *k, const BoundValues *values, Span span)
{
    for (size_t i = 1; i < values->count; i++) {
        BoundValueKind before = values->items[i - 1].kind;
        bool infinite = before == BOUND_MINIMUM || before == BOUND_MAXIMUM;
        if (infinite && values->items[i].kind != before)
            return bad_bound(k, span, "behind minvalue (maxvalue) every other value must be that too");
    }
    return true;
}

static bool has_null(const BoundValues *values)
{
    for (size_t i = 0; i < values->count; i++) {
        if (values->items[i].kind == BOUND_NULL)
            return true;
    }
    return false;
}

static bool check_range(Checker *k, const Table *parent, const Bound *bound, Span span)
{
    size_t keys = parent->partition.keys.count;
    if (bound->values.count != keys || bound->ends.count != keys) {
        report(k->c, M_BAD_BOUND, span, "a range of table \"%.*s\" has %zu value%s on each side",
               STR_ARG(parent->object.name), keys, keys == 1 ? "" : "s");
        label(k->c, parent->object.created, "the table");
        return false;
    }
    if (has_null(&bound->values) || has_null(&bound->ends))
        return bad_bound(k, span, "null cannot be a bound of a range");
    if (!check_infinite(k, &bound->values, span) || !check_infinite(k, &bound->ends, span))
        return false;
    return !bound_is_empty(bound) || bad_bound(k, span, "this range is empty: it ends where it begins, or before");
}

static bool check_modulus(Checker *k, const Bound *bound, Span span)
{
    if (bound->modulus <= 0)
        return bad_bound(k, span, "the modulus must be more than 0");
    if (bound->remainder < 0 || bound->remainder >= bound->modulus)
        return bad_bound(k, span, "the remainder must be 0 or more, and less than the modulus");
    return true;
}

/* Each modulus must divide the next greater one. */
static bool check_moduli(Checker *k, ObjectIds partitions, const Bound *bound, Span span)
{
    for (size_t i = 0; i < partitions.count; i++) {
        const Table *other = schema_relation(&k->schema, partitions.items[i]);
        int32_t a = other->bound->modulus, b = bound->modulus;
        if ((a > b ? a % b : b % a) == 0)
            continue;
        report(k->c, M_BAD_BOUND, span, "of the moduli %d and %d the one does not divide the other", (int) b, (int) a);
        label(k->c, other->object.created, "partition \"%.*s\"", STR_ARG(other->object.name));
        return false;
    }
    return true;
}

static bool check_overlap(Checker *k, ObjectIds partitions, const Bound *bound, Span span)
{
    for (size_t i = 0; i < partitions.count; i++) {
        const Table *other = schema_relation(&k->schema, partitions.items[i]);
        if (!bounds_overlap(bound, other->bound))
            continue;
        report(k->c, M_BOUNDS_OVERLAP, span, "partition \"%.*s\" takes such rows already", STR_ARG(other->object.name));
        label(k->c, other->object.created, "that partition");
        return false;
    }
    return true;
}

const Bound *build_bound(Checker *k, const Table *parent, Span span)
{
    Fragment fragment = fragment_of(k, span);
    SqlBound read = sql_bound(&k->sql, (ExpressionScope) {&k->schema, parent, PLACE_BOUND, NULL}, &fragment);
    const Bound *bound = read.bound;
    if (bound == NULL || !check_strategy(k, parent, &read, span))
        return NULL;
    ObjectIds partitions = table_partitions(&k->schema, parent->object.id);
    bool hash = read.strategy == PARTITION_HASH, range = read.strategy == PARTITION_RANGE;
    if ((range && !check_range(k, parent, bound, span)) || (hash && !check_modulus(k, bound, span)) ||
        (hash && !check_moduli(k, partitions, bound, span)) || !check_overlap(k, partitions, bound, span))
        return NULL;
    return bound;
}

/* ------------------------------------------------------------------ what partitioned tables cannot do */

static bool cannot(Checker *k, const Table *table, Span span, const char *what)
{
    report(k->c, M_PARTITIONED_CANNOT, span, "%s for the partitioned table \"%.*s\"", what,
           STR_ARG(table->object.name));
    label(k->c, table->object.created, "created here");
    return false;
}

/* Of the columns, which are the holder's, whether they are all of the partition key. */
static bool check_covers(Checker *k, const Table *holder, ColumnIds columns, const Table *partitioned, Span span)
{
    ColumnIds own = {0};
    for (size_t i = 0; i < columns.count; i++) {
        const ColumnInfo *column = table_column_named(partitioned, table_column(holder, columns.items[i])->name);
        if (column != NULL)
            list_push(CHECKER_ARENA(k), &own, column->id);
    }
    const ColumnInfo *missing = partition_key_missing(partitioned, own);
    if (partition_key_has_expression(partitioned))
        return cannot(k, partitioned, span, "with expressions in the partition key there are no unique keys");
    if (missing == NULL)
        return true;
    report(k->c, M_KEY_LACKS_COLUMN, span, "this key lacks column \"%.*s\" of the partition key of table \"%.*s\"",
           STR_ARG(missing->name), STR_ARG(partitioned->object.name));
    label(k->c, partitioned->object.created, "partitioned by it");
    help(k->c, "every partition looks after its own rows only: add the column to the key");
    return false;
}

bool check_unique_of_partitioned(Checker *k, const Table *table, ColumnIds columns, Span span)
{
    ObjectIds descendants = table_descendants(&k->schema, table->object.id);
    if (!table_is_partitioned(table))
        return true;
    if (!check_covers(k, table, columns, table, span))
        return false;
    for (size_t i = 0; i < descendants.count; i++) {
        const Table *partition = schema_relation(&k->schema, descendants.items[i]);
        if (table_is_partitioned(partition) && !check_covers(k, table, columns, partition, span))
            return false;
    }
    return true;
}

ColumnIds constraint_equal_columns(Checker *k, const Constraint *constraint)
{
    ColumnIds equal = {0};
    size_t compared = constraint->temporal && constraint->columns.count > 0 ? 1 : 0;
    for (size_t i = 0; constraint_is_key(constraint) && i + compared < constraint->columns.count; i++)
        list_push(CHECKER_ARENA(k), &equal, constraint->columns.items[i]);
    for (size_t i = 0; i < constraint->elements.count; i++) {
        const ExclusionElement *element = &constraint->elements.items[i];
        if (element->key.column != 0 && str_is(element->operator, "="))
            list_push(CHECKER_ARENA(k), &equal, element->key.column);
    }
    return equal;
}

static ColumnIds key_columns(Checker *k, const KeyView *view)
{
    ColumnIds columns = {0};
    if (view->constraint != NULL)
        return constraint_equal_columns(k, view->constraint);
    for (size_t i = 0; i < view->index->keys.count; i++) {
        if (view->index->keys.items[i].column != 0)
            list_push(CHECKER_ARENA(k), &columns, view->index->keys.items[i].column);
    }
    return columns;
}

bool check_keys_of_parent(Checker *k, const Table *parent, const Table *table, Span span)
{
    KeyViews views = key_views(&k->schema, parent->object.id);
    for (size_t i = 0; table_is_partitioned(table) && i < views.count; i++) {
        bool unique = views.items[i].constraint != NULL || views.items[i].index->unique;
        if (unique && !check_covers(k, parent, key_columns(k, &views.items[i]), table, span))
            return false;
    }
    return true;
}

/* `concurrently`, if it is written, with an index of the table. */
bool check_not_concurrent(Checker *k, const Table *table, Span span)
{
    if (!span_is_known(span) || !table_is_partitioned(table))
        return true;
    report(k->c, M_PARTITIONED_CANNOT, span, "an index of a partitioned table is not made or dropped concurrently");
    label(k->c, table->object.created, "partitioned");
    help(k->c, "make it `on only` the table, concurrently for each partition, then `alter index … attach partition`");
    return false;
}

bool check_exclusion_of_partitioned(Checker *k, const Table *table, Span span)
{
    return !table_is_partitioned(table) || check_server(k, 17, span, "an exclusion constraint of a partitioned table");
}

bool check_no_inherited_key(Checker *k, const TableBuild *build, const NodeKey *node)
{
    for (size_t i = 0; i < build->inherited.count && span_is_known(node->primary); i++) {
        const Constraint *key = build->inherited.items[i];
        if (key->kind != CONSTRAINT_PRIMARY)
            continue;
        report(k->c, M_SECOND_PRIMARY_KEY, node->node.span, "the partition has its parent's primary key already");
        label(k->c, key->created, "that one");
        return false;
    }
    return true;
}

const Constraint *find_inherited(const TableBuild *build, Str name)
{
    for (size_t i = 0; i < build->inherited.count; i++) {
        if (str_equal(build->inherited.items[i]->name, name))
            return build->inherited.items[i];
    }
    return NULL;
}

bool check_check_of_partitioned(Checker *k, const Table *table, const Constraint *check, Span span)
{
    return !check->no_inherit || !table_is_partitioned(table) ||
           cannot(k, table, span, "a check that is not inherited is nothing");
}

bool check_storage_of_partitioned(Checker *k, const Table *table, const NodeCreateTable *node)
{
    enum { LOGGED_SINCE = 18 };
    if (!table_is_partitioned(table))
        return true;
    if (table->unlogged && k->settings.postgres >= LOGGED_SINCE)
        return cannot(k, table, node->unlogged, "`unlogged` is for the partitions, not");
    if (node->options.count > 0)
        return cannot(k, table, node->options.items[0]->span, "storage parameters are for the partitions, not");
    return !word_is_written(node->method) || check_server(k, 17, node->method.span, "`using` for a partitioned table");
}
