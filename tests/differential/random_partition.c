/* Partitioned tables and what inherits. */
#include "inherit.h"
#include "random_writer.h"

static const char *const child_names[] = {"p_1", "p_2", "p_3", "p_rest", "\"Odd part\"", "child"};

static const Table *table_where(Writer *w, bool (*fits)(const Table *table))
{
    const Table *found = NULL;
    unsigned seen = 0;
    for (size_t i = 1; i < w->schema->objects.count; i++) {
        const Object *object = w->schema->objects.items[i];
        if (object != NULL && object->kind == OBJECT_TABLE && fits((const Table *) object) && below(w, ++seen) == 0)
            found = (const Table *) object;
    }
    return found;
}

static bool is_partitioned(const Table *table)
{
    return table->partition.strategy != PARTITION_NONE;
}

static bool is_partition(const Table *table)
{
    return table->bound != NULL;
}

static bool is_plain_child(const Table *table)
{
    return table->parents.count > 0 && table->bound == NULL;
}

static bool can_inherit(const Table *table)
{
    return table->bound == NULL && table->partition.strategy == PARTITION_NONE;
}

/* The bound of one of a few partitions that tile the values; which depends on the strategy and the type of the key. */
static void write_bound(Writer *w, const Table *parent)
{
    unsigned place = below(w, 4);
    const PartitionKey *key = &parent->partition;
    Str type = key->keys.count == 0 ? STR("") : some_type_name(parent, table_column(parent, key->keys.items[0].column));
    bool number = str_is(type, "int4") || str_is(type, "int8") || str_is(type, "numeric");
    if (key->strategy == PARTITION_HASH)
        bothf(w, "for values with (modulus 4, remainder %u)", place);
    else if (chance(w, 15))
        both_c(w, "default");
    else if (key->strategy == PARTITION_LIST && number)
        bothf(w, "for values in (%u, %u)", place * 2, place * 2 + 1);
    else if (key->strategy == PARTITION_LIST && str_is(type, "date"))
        bothf(w, "for values in ('202%u-01-01')", place);
    else if (key->strategy == PARTITION_LIST)
        bothf(w, "for values in ('%c')", (char) ('a' + place));
    else if (number)
        bothf(w, "for values from (%s) to (%u)", place == 0 ? "minvalue" : place == 1 ? "10" : place == 2 ? "20" : "30",
              place * 10 + 10);
    else
        bothf(w, "for values from ('202%u-01-01') to ('202%u-01-01')", place, place + 1);
}

static void write_strategy(Writer *w, const char *column, const char *type)
{
    static const char *const strategies[] = {"range", "list", "hash", "range"};
    const char *strategy = PICK(w, strategies);
    bool text = str_is(str_from(type), "text");
    bothf(w, " partition by %s (%s)", text && str_is(str_from(strategy), "range") ? "list" : strategy, column);
}

void write_create_partitioned(Writer *w)
{
    static const char *const types[] = {"int", "text", "date", "bigint"};
    Str name = NEW_NAME(w, OBJECT_TABLE, table_names);
    const char *type = PICK(w, types);
    bool key = chance(w, 40);
    bothf(w, "create table %.*s ", STR_ARG(name));
    text_addf(&w->mig, "{ a %s; b text null; c int%s; %s", type, chance(w, 50) ? " default 3" : "",
              key ? "primary key (a, c); " : "");
    text_addf(&w->sql, "(a %s not null, b text, c int not null%s%s", type,
              strstr(w->mig.data, "default 3") == NULL ? "" : " default 3", key ? ", primary key (a, c)" : "");
    if (chance(w, 40)) {
        text_add_c(&w->mig, "check (c > 0); ");
        text_add_c(&w->sql, ", check (c > 0)");
    }
    if (chance(w, 40)) {
        text_add_c(&w->mig, "index (b); ");
        text_addf(&w->later, "create index on %.*s (b);\n", STR_ARG(name));
    }
    text_add_c(&w->mig, "}");
    text_add_c(&w->sql, ")");
    write_strategy(w, "a", type);
    end_statement(w);
}

void write_create_partition(Writer *w)
{
    const Table *parent = table_where(w, is_partitioned);
    Str name = NEW_NAME(w, OBJECT_TABLE, child_names);
    if (parent == NULL) {
        write_create_partitioned(w);
        return;
    }
    bothf(w, "create table %.*s partition of %.*s ", STR_ARG(name), STR_ARG(object_sql(w->schema, &parent->object)));
    write_bound(w, parent);
    if (chance(w, 15) && table_column_named(parent, STR("c")) != NULL)
        both_c(w, " partition by hash (c)");
    end_statement(w);
}

/* A table like another one, so that it can join it. */
static void write_like(Writer *w, const Table *parent)
{
    static const char *const options[] = {" including all", " including defaults including constraints", ""};
    Str name = NEW_NAME(w, OBJECT_TABLE, child_names), of = object_sql(w->schema, &parent->object);
    const char *option = PICK(w, options);
    text_addf(&w->mig, "create table %.*s { like %.*s%s; }\n", STR_ARG(name), STR_ARG(of), option);
    text_addf(&w->sql, "create table %.*s (like %.*s%s);\n", STR_ARG(name), STR_ARG(of), option);
}

void write_create_partition_like(Writer *w)
{
    const Table *parent = table_where(w, is_partitioned);
    if (parent == NULL)
        write_create_partitioned(w);
    else
        write_like(w, parent);
}

/* Whether a table has the columns of a partitioned one, and is free to become a part of it. */
static bool could_be_part(const Table *child, const Table *parent)
{
    if (child == parent || child->bound != NULL || child->parents.count > 0 ||
        child->columns.count != parent->columns.count)
        return false;
    for (size_t i = 0; i < parent->columns.count; i++) {
        const ColumnInfo *above = parent->columns.items[i], *own = table_column_named(child, above->name);
        if (own == NULL || !type_equal(&own->type, &above->type) || (above->not_null.holds && !own->not_null.holds))
            return false;
    }
    return true;
}

static const Table *random_part(Writer *w, const Table *parent)
{
    const Table *found = NULL;
    unsigned seen = 0;
    for (size_t i = 1; i < w->schema->objects.count; i++) {
        const Table *table = (const Table *) w->schema->objects.items[i];
        bool fits = table != NULL && table->object.kind == OBJECT_TABLE && could_be_part(table, parent);
        if (fits && below(w, ++seen) == 0)
            found = table;
    }
    return found;
}

/* A table that could be a part is made first, where there is none. */
void write_attach_partition(Writer *w)
{
    const Table *parent = table_where(w, is_partitioned), *child = parent == NULL ? NULL : random_part(w, parent);
    if (parent == NULL) {
        write_create_partitioned(w);
    } else if (child == NULL) {
        write_like(w, parent);
    } else {
        bothf(w, "alter table %.*s attach partition %.*s ", STR_ARG(object_sql(w->schema, &parent->object)),
              STR_ARG(object_sql(w->schema, &child->object)));
        write_bound(w, parent);
        end_statement(w);
    }
}

void write_detach_partition(Writer *w)
{
    const Table *child = table_where(w, is_partition);
    if (child == NULL) {
        write_create_partition(w);
        return;
    }
    Str parent = object_sql(w->schema, schema_object(w->schema, child->parents.items[0]));
    bothf(w, "alter table %.*s detach partition %.*s", STR_ARG(parent), STR_ARG(object_sql(w->schema, &child->object)));
    end_statement(w);
}

void write_create_child(Writer *w)
{
    const Table *parent = table_where(w, can_inherit);
    Str of = parent == NULL ? STR("t") : object_sql(w->schema, &parent->object);
    Str name = NEW_NAME(w, OBJECT_TABLE, child_names), own = str_from(PICK(w, column_names));
    text_addf(&w->mig, "create table %.*s { own_%u int null; } inherits (%.*s);\n", STR_ARG(name), (unsigned) own.len,
              STR_ARG(of));
    text_addf(&w->sql, "create table %.*s (own_%u int) inherits (%.*s);\n", STR_ARG(name), (unsigned) own.len,
              STR_ARG(of));
}

/* The parent's index alone, one of each partition, and each joins it: a partition that had none until then could not be
 * left or dropped without getting one when it comes back. */
void write_attach_index(Writer *w)
{
    const Table *parent = table_where(w, is_partitioned);
    const ColumnInfo *column = parent == NULL ? NULL : random_column(w, parent);
    unsigned number = below(w, 100);
    if (column == NULL) {
        write_create_partitioned(w);
        return;
    }
    Str place = catalog_quote(w->arena, schema_object(w->schema, parent->object.schema)->name);
    w->sql_only = true;
    bothf(w, "create index above_%u on only %.*s (%.*s);\n", number, STR_ARG(object_sql(w->schema, &parent->object)),
          STR_ARG(column_sql(w, column)));
    ObjectIds children = table_children(w->schema, parent->object.id);
    for (size_t i = 0; i < children.count; i++) {
        const Object *child = schema_object(w->schema, children.items[i]);
        Str part = catalog_quote(w->arena, schema_object(w->schema, child->schema)->name);
        bothf(w, "create index below_%u_%zu on %.*s (%.*s);\n", number, i, STR_ARG(object_sql(w->schema, child)),
              STR_ARG(column_sql(w, column)));
        bothf(w, "alter index %.*s.above_%u attach partition %.*s.below_%u_%zu;\n", STR_ARG(place), number,
              STR_ARG(part), number, i);
    }
}

static bool has_columns_of(const Table *child, const Table *parent)
{
    for (size_t i = 0; i < parent->columns.count; i++) {
        if (table_column_named(child, parent->columns.items[i]->name) == NULL)
            return false;
    }
    return child != parent;
}

/* A table that may inherit from the other one. */
static const Table *table_for(Writer *w, const Table *parent)
{
    enum { TRIES = 10 };
    for (int i = 0; i < TRIES; i++) {
        const Table *child = table_where(w, can_inherit);
        if (child != NULL && has_columns_of(child, parent))
            return child;
    }
    return NULL;
}

/* What has all it has from its parents has it for itself once it leaves one, for ever (RemoveInheritance() in
 * src/backend/commands/tablecmds.c). */
static bool becomes_local(const Table *child)
{
    for (size_t i = 0; i < child->columns.count; i++) {
        if (child->columns.items[i]->not_local)
            return true;
    }
    for (size_t i = 0; i < child->constraints.count; i++) {
        if (child->constraints.items[i]->not_local)
            return true;
    }
    return false;
}

void write_inherit(Writer *w)
{
    const Table *child = table_where(w, is_plain_child), *parent = NULL;
    bool leaves = child != NULL && chance(w, 40);
    if (leaves) {
        parent = schema_relation(w->schema, child->parents.items[0]);
        w->inexact = becomes_local(child);
    } else {
        parent = table_where(w, can_inherit);
        child = parent == NULL ? NULL : table_for(w, parent);
    }
    if (parent == NULL) {
        write_create_child(w);
    } else if (child == NULL) {
        write_like(w, parent);
    } else {
        bothf(w, "alter table %.*s %sinherit %.*s", STR_ARG(object_sql(w->schema, &child->object)), leaves ? "no " : "",
              STR_ARG(object_sql(w->schema, &parent->object)));
        end_statement(w);
    }
}
