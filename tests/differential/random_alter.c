/* Statements that alter what is there. Types stay within their kind, integers, numerics or texts: the compiler does not
 * know whether an expression that uses the column still has a meaning. */
#include "random_writer.h"

#include "depend.h"
#include "inherit.h"
#include "key.h"

/* ------------------------------------------------------------------ the table */

void write_set_of_table(Writer *w)
{
    static const char *const settings[] = {
        "set schema s", "set schema s", "set schema public", "set unlogged", "set logged", "set (fillfactor = 70)",
        "set (fillfactor = 80, autovacuum_enabled = off)", "set (fillfactor = 5)", "reset (fillfactor)",
        "reset (autovacuum_enabled, fillfactor)", "enable row level security", "force row level security",
        "disable row level security", "no force row level security", "set without cluster", "replica identity full",
        "replica identity nothing", "replica identity default", "set access method heap",
    };
    begin_alter(w);
    both_c(w, PICK(w, settings));
    end_statement(w);
}

/* An index of the table, or that of a key; now and then one of another table, or what is none. */
static Str some_index(Writer *w, const Table *table)
{
    const Object *index = random_object(w, OBJECT_INDEX);
    KeyViews own = {0};
    if (table != NULL)
        own = key_views(w->schema, table->object.id);
    if (own.count > 0 && chance(w, 80)) {
        const KeyView *view = &own.items[below(w, (unsigned) own.count)];
        return catalog_quote(w->arena, view->index != NULL ? view->index->object.name : view->constraint->name);
    }
    if (chance(w, 50) && table != NULL && table->constraints.count > 0)
        return catalog_quote(w->arena, table->constraints.items[below(w, (unsigned) table->constraints.count)]->name);
    return index == NULL ? STR("t_pkey") : catalog_quote(w->arena, index->name);
}

/* The server forgets the replica identity of a partition when a type changes in its parent. */
void write_set_storage(Writer *w)
{
    static const char *const settings[] = {"set (fillfactor = 70)", "reset (fillfactor)", "set (parallel_workers = 2)",
                                           "enable row level security", "replica identity full", "set unlogged"};
    begin_alter(w);
    both_c(w, PICK(w, settings));
    end_statement(w);
}

void write_choose_index(Writer *w)
{
    const Table *table = begin_alter(w);
    bool partition = table != NULL && table->bound != NULL;
    both_c(w, partition || chance(w, 50) ? "cluster on " : "replica identity using index ");
    both(w, some_index(w, table));
    end_statement(w);
}

/* ------------------------------------------------------------------ columns */

static bool is_integer(Str type)
{
    return str_is(type, "int4") || str_is(type, "int8") || str_is(type, "int2");
}

void write_set_type(Writer *w)
{
    static const char *const numbers[] = {"bigint", "int", "smallint"};
    static const char *const texts[] = {"text", "varchar(30)", "varchar", "text collate \"C\""};
    const Table *table = begin_alter(w);
    const ColumnInfo *column = random_column(w, table);
    Str type = some_type_name(table, column), name = column == NULL ? STR("a") : catalog_quote(w->arena, column->name);
    both(w, str_format(w->arena, "alter column %.*s type ", STR_ARG(name)));
    if (is_integer(type))
        both_c(w, PICK(w, numbers));
    else if (str_is(type, "numeric"))
        both_c(w, chance(w, 50) ? "numeric" : "numeric(12, 3)");
    else if (str_is(type, "text") || str_is(type, "varchar"))
        both_c(w, PICK(w, texts));
    else if (str_is(type, "timestamptz"))
        both(w, str_format(w->arena, "timestamp using %.*s at time zone 'UTC'", STR_ARG(name)));
    else
        both_c(w, str_is(type, "date") ? "timestamp" : "text");
    end_statement(w);
}

void write_set_of_column(Writer *w)
{
    static const char *const settings[] = {
        "set statistics 100", "set statistics 0", "set statistics -1", "set statistics 20000", "set storage external",
        "set storage main", "set storage plain", "set storage extended", "set compression pglz",
        "set compression default", "set (n_distinct = 5)", "set (n_distinct = -0.5, n_distinct_inherited = 3)",
        "reset (n_distinct)",
    };
    const Table *table = begin_alter(w);
    Str column = some_column(w, table);
    bothf(w, "alter column %.*s %s", STR_ARG(column), PICK(w, settings));
    end_statement(w);
}

/* An integer that is not null, or one that is an identity; a random column where there is none. */
static const ColumnInfo *identity_column(Writer *w, const Table *table, bool is_one)
{
    const ColumnInfo *found = random_column(w, table);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        bool fits = is_one ? column->identity.kind != IDENTITY_NONE
                           : column->identity.kind == IDENTITY_NONE && column->not_null.holds &&
                                 column->expression == NULL && is_integer(some_type_name(table, column));
        if (fits)
            found = column;
    }
    return found;
}

void write_identity(Writer *w)
{
    static const char *const made[] = {"add generated always as identity",
                                       "add generated by default as identity (start 3 increment 2)"};
    static const char *const changed[] = {
        "set generated always", "set generated by default set increment by 5", "set maxvalue 1000 set cycle",
        "drop identity", "drop identity", "restart with 7", "set start 4 restart",
    };
    const Table *table = begin_alter(w);
    bool is_one = chance(w, 50);
    const ColumnInfo *column = identity_column(w, table, is_one);
    Str name = column == NULL ? STR("a") : column_sql(w, column);
    bothf(w, "alter column %.*s %s", STR_ARG(name), is_one ? PICK(w, changed) : PICK(w, made));
    end_statement(w);
}

void write_comment_column(Writer *w)
{
    const Table *table;
    Str name = some_table(w, &table), column = some_column(w, table);
    const char *comment = chance(w, 70) ? "'of a column'" : "null";
    text_addf(&w->mig, "alter table %.*s alter column %.*s comment %s;\n", STR_ARG(name), STR_ARG(column), comment);
    text_addf(&w->sql, "comment on column %.*s.%.*s is %s;\n", STR_ARG(name), STR_ARG(column), comment);
}

/* ------------------------------------------------------------------ constraints */

/* Not a foreign key that the server has made beside another one: what it is called nobody has said. */
static Str some_constraint(Writer *w, const Table *table)
{
    Str found = STR("t_pkey");
    unsigned seen = 0;
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        if (!constraint_is_shadow(table, constraint) && below(w, ++seen) == 0)
            found = catalog_quote(w->arena, constraint->name);
    }
    return found;
}

void write_alter_constraint(Writer *w)
{
    static const char *const names[] = {"t_pkey", "t_a_key", "renamed_one", "t_a_idx", "odd_one"};
    static const char *const timings[] = {"deferrable", "not deferrable", "deferrable initially deferred"};
    const Table *table = begin_alter(w);
    Str name = some_constraint(w, table);
    unsigned choice = below(w, 3);
    if (choice == 0)
        both(w, str_format(w->arena, "rename constraint %.*s to %s", STR_ARG(name), PICK(w, names)));
    else if (choice == 1)
        both(w, str_format(w->arena, "validate constraint %.*s", STR_ARG(name)));
    else
        both(w, str_format(w->arena, "alter constraint %.*s %s", STR_ARG(name), PICK(w, timings)));
    end_statement(w);
}

/* On it, or on the index of a key. */
void write_comment_constraint(Writer *w)
{
    const Table *table;
    Str name = some_table(w, &table), constraint = some_constraint(w, table);
    const char *comment = chance(w, 70) ? "'of a rule'" : "null";
    w->sql_only = true;
    if (chance(w, 30))
        bothf(w, "comment on index %.*s is %s", STR_ARG(some_index(w, table)), comment);
    else
        bothf(w, "comment on constraint %.*s on %.*s is %s", STR_ARG(constraint), STR_ARG(name), comment);
    end_statement(w);
}

void write_add_not_valid(Writer *w)
{
    const Table *table = begin_alter(w);
    if (chance(w, 50) && table != NULL) {
        Str condition = random_condition(w, table);
        both(w, str_format(w->arena, "add check (%.*s)", STR_ARG(condition)));
    } else {
        both_c(w, "add foreign key ");
        write_columns(w, table, 2);
        write_reference(w);
    }
    both_c(w, " not valid");
    end_statement(w);
}

void write_add_exclusion(Writer *w)
{
    const Table *table = begin_alter(w);
    both_c(w, "add exclude ");
    both_c(w, chance(w, 25) ? "using hash " : "");
    Str first = some_column(w, table), second = some_column(w, table), included = some_column(w, table);
    bothf(w, "(%.*s with =", STR_ARG(first));
    if (chance(w, 30))
        bothf(w, ", %.*s desc with =", STR_ARG(second));
    both_c(w, ")");
    if (chance(w, 20))
        bothf(w, " include (%.*s)", STR_ARG(included));
    Str condition = chance(w, 20) && table != NULL ? random_condition(w, table) : STR("");
    if (condition.len > 0)
        both(w, str_format(w->arena, " where (%.*s)", STR_ARG(condition)));
    both_c(w, chance(w, 20) ? " deferrable initially deferred" : "");
    end_statement(w);
}

/* One that a key could be made of: not a partitioned table's, nor a part of it, which no way down could make anew. */
static bool could_be_key(const Writer *w, const Index *index)
{
    const Table *table = schema_relation(w->schema, index->table);
    for (size_t i = 0; i < index->keys.count; i++) {
        if (index->keys.items[i].column == 0)
            return false;
    }
    return index->unique && index->where == NULL && index->parent == 0 && table->object.kind == OBJECT_TABLE &&
           table->partition.strategy == PARTITION_NONE;
}

static const Index *unique_index(Writer *w)
{
    const Index *found = NULL;
    unsigned seen = 0;
    for (size_t i = 1; i < w->schema->objects.count; i++) {
        const Object *object = w->schema->objects.items[i];
        const Index *index = object != NULL && object->kind == OBJECT_INDEX ? (const Index *) object : NULL;
        if (index != NULL && could_be_key(w, index) && below(w, ++seen) == 0)
            found = index;
    }
    return found;
}

/* The table of an index that is there, more often than not. */
void write_adopt_index(Writer *w)
{
    const Index *index = unique_index(w);
    const Table *table;
    if (index == NULL && chance(w, 80)) {
        Str name = some_table(w, &table), column = some_column(w, table);
        bothf(w, "create unique index on %.*s (%.*s)", STR_ARG(name), STR_ARG(column));
        end_statement(w);
        return;
    }
    if (index == NULL || chance(w, 5)) {
        begin_alter(w);
    } else {
        bothf(w, "alter table %.*s ", STR_ARG(object_sql(w->schema, schema_object(w->schema, index->table))));
    }
    bothf(w, "add %s%s using index %.*s", chance(w, 25) ? "constraint odd_one " : "",
          chance(w, 30) ? "primary key" : "unique",
          STR_ARG(index == NULL ? STR("t_a_idx") : catalog_quote(w->arena, index->object.name)));
    end_statement(w);
}

/* ------------------------------------------------------------------ indexes, and tables like others */

void write_alter_index(Writer *w)
{
    static const char *const actions[] = {"rename to t_a_idx", "rename to renamed_one", "set (fillfactor = 70)",
                                          "reset (fillfactor)"};
    const Table *table = (const Table *) random_object(w, OBJECT_TABLE);
    Str name = some_index(w, table);
    both(w, str_format(w->arena, "alter index %.*s %s", STR_ARG(name), PICK(w, actions)));
    end_statement(w);
}

void write_create_like(Writer *w)
{
    static const char *const options[] = {"", " including all", " including all excluding indexes",
                                          " including defaults including constraints including identity",
                                          " including indexes including comments"};
    static const char *const names[] = {"copy_a", "copy_b", "copy_c", "\"Odd copy\"", "t", "u", "w", "copy_d"};
    const Table *source;
    Str name = some_table(w, &source);
    const char *option = PICK(w, options);
    Str table = NEW_NAME(w, OBJECT_TABLE, names);
    bool first = chance(w, 50);
    text_addf(&w->mig, "create table %.*s { %slike %.*s%s;%s }\n", STR_ARG(table), first ? "" : "extra int null; ",
            STR_ARG(name),
              option, first ? " extra int null;" : "");
    text_addf(&w->sql, "create table %.*s (%slike %.*s%s%s);\n", STR_ARG(table), first ? "" : "extra int, ",
            STR_ARG(name), option,
              first ? ", extra int" : "");
}
