/* Statements that alter what is there. Types stay within their kind, integers, numerics or texts: the compiler does not
 * know whether an expression that uses the column still has a meaning, and the server writes the casts that it needs
 * into checks for ever. */
#include "random_writer.h"

#include "depend.h"

/* ------------------------------------------------------------------ the table */

static void rename_table(Writer *w)
{
    static const char *const names[] = {"t", "t_a", "u", "\"My Table\"", "renamed"};
    begin_alter(w);
    both(w, str_format(w->arena, "rename to %s", PICK(w, names)));
    end_statement(w);
}

static void set_of_table(Writer *w)
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

static void comment_table(Writer *w)
{
    static const char *const comments[] = {"'what it is for'", "'it''s'", "null", "''"};
    const Table *table;
    Str name = some_table(w, &table);
    const char *comment = PICK(w, comments);
    text_addf(&w->mig, "alter table %.*s comment %s;\n", STR_ARG(name), comment);
    text_addf(&w->sql, "comment on table %.*s is %s;\n", STR_ARG(name), comment);
}

/* An index of the table, or that of a key. */
static Str some_index(Writer *w, const Table *table)
{
    const Object *index = random_object(w, OBJECT_INDEX);
    if (chance(w, 50) && table != NULL && table->constraints.count > 0)
        return catalog_quote(w->arena, table->constraints.items[below(w, (unsigned) table->constraints.count)]->name);
    return index == NULL ? STR("t_pkey") : catalog_quote(w->arena, index->name);
}

static void choose_index(Writer *w)
{
    const Table *table = begin_alter(w);
    both_c(w, chance(w, 50) ? "cluster on " : "replica identity using index ");
    both(w, some_index(w, table));
    end_statement(w);
}

/* ------------------------------------------------------------------ columns */

static bool is_integer(Str type)
{
    return str_is(type, "int4") || str_is(type, "int8") || str_is(type, "int2");
}

/* What reads the column is written anew by the server, with other parentheses than before. */
static bool is_read(const Writer *w, const Table *table, const ColumnInfo *column)
{
    ObjectIds indexes = object_users(w->schema, table->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *constraint = table->constraints.items[i];
        if (constraint->expression != NULL && expression_uses_column(constraint->expression, column->id))
            return true;
    }
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(w->schema, indexes.items[i]);
        if (index->where != NULL && expression_uses_column(index->where, column->id))
            return true;
    }
    return false;
}

static void set_type(Writer *w)
{
    static const char *const numbers[] = {"bigint", "int", "smallint"};
    static const char *const texts[] = {"text", "varchar(30)", "varchar", "text collate \"C\""};
    const Table *table = begin_alter(w);
    const ColumnInfo *column = random_column(w, table);
    Str type = some_type_name(table, column), name = column == NULL ? STR("a") : catalog_quote(w->arena, column->name);
    both(w, str_format(w->arena, "alter column %.*s type ", STR_ARG(name)));
    if (column != NULL && is_read(w, table, column))
        both_c(w, "no_type");
    else if (is_integer(type))
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

static void set_of_column(Writer *w)
{
    static const char *const settings[] = {
        "set statistics 100", "set statistics 0", "set statistics -1", "set statistics 20000", "set storage external",
        "set storage main", "set storage plain", "set storage extended", "set compression pglz",
        "set compression default", "set (n_distinct = 5)", "set (n_distinct = -0.5, n_distinct_inherited = 3)",
        "reset (n_distinct)",
    };
    const Table *table = begin_alter(w);
    both(w, str_format(w->arena, "alter column %.*s %s", STR_ARG(some_column(w, table)), PICK(w, settings)));
    end_statement(w);
}

static void identity(Writer *w)
{
    static const char *const actions[] = {
        "add generated always as identity", "add generated by default as identity (start 3 increment 2)",
        "set generated always", "set generated by default set increment by 5", "set maxvalue 1000 set cycle",
        "drop identity", "drop identity",
    };
    const Table *table = begin_alter(w);
    both(w, str_format(w->arena, "alter column %.*s %s", STR_ARG(some_column(w, table)), PICK(w, actions)));
    end_statement(w);
}

static void comment_column(Writer *w)
{
    const Table *table;
    Str name = some_table(w, &table), column = some_column(w, table);
    const char *comment = chance(w, 70) ? "'of a column'" : "null";
    text_addf(&w->mig, "alter table %.*s alter column %.*s comment %s;\n", STR_ARG(name), STR_ARG(column), comment);
    text_addf(&w->sql, "comment on column %.*s.%.*s is %s;\n", STR_ARG(name), STR_ARG(column), comment);
}

/* ------------------------------------------------------------------ constraints */

static Str some_constraint(Writer *w, const Table *table)
{
    if (table == NULL || table->constraints.count == 0)
        return STR("t_pkey");
    return catalog_quote(w->arena, table->constraints.items[below(w, (unsigned) table->constraints.count)]->name);
}

static void alter_constraint(Writer *w)
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

static void add_not_valid(Writer *w)
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

static void add_exclusion(Writer *w)
{
    const Table *table = begin_alter(w);
    both_c(w, "add exclude ");
    both_c(w, chance(w, 25) ? "using hash " : "");
    both(w, str_format(w->arena, "(%.*s with =", STR_ARG(some_column(w, table))));
    if (chance(w, 30))
        both(w, str_format(w->arena, ", %.*s desc with =", STR_ARG(some_column(w, table))));
    both_c(w, ")");
    if (chance(w, 20))
        both(w, str_format(w->arena, " include (%.*s)", STR_ARG(some_column(w, table))));
    Str condition = chance(w, 20) && table != NULL ? random_condition(w, table) : STR("");
    if (condition.len > 0)
        both(w, str_format(w->arena, " where (%.*s)", STR_ARG(condition)));
    both_c(w, chance(w, 20) ? " deferrable initially deferred" : "");
    end_statement(w);
}

/* The table of an index that is there, more often than not. */
static void adopt_index(Writer *w)
{
    const Index *index = (const Index *) random_object(w, OBJECT_INDEX);
    if (index == NULL || chance(w, 10)) {
        begin_alter(w);
    } else {
        Str table = object_sql(w->schema, schema_object(w->schema, index->table));
        both(w, str_format(w->arena, "alter table %.*s ", STR_ARG(table)));
    }
    both_c(w, "add ");
    both_c(w, chance(w, 25) ? "constraint odd_one " : "");
    both_c(w, chance(w, 40) ? "primary key" : "unique");
    both_c(w, " using index ");
    both(w, index == NULL ? STR("t_a_idx") : catalog_quote(w->arena, index->object.name));
    end_statement(w);
}

/* ------------------------------------------------------------------ indexes, and tables like others */

static void alter_index(Writer *w)
{
    static const char *const actions[] = {"rename to t_a_idx", "rename to renamed_one", "set (fillfactor = 70)",
                                          "reset (fillfactor)"};
    const Table *table = (const Table *) random_object(w, OBJECT_TABLE);
    Str name = some_index(w, table);
    both(w, str_format(w->arena, "alter index %.*s %s", STR_ARG(name), PICK(w, actions)));
    end_statement(w);
}

static void create_like(Writer *w)
{
    static const char *const options[] = {"", " including all", " including all excluding indexes",
                                          " including defaults including constraints including identity",
                                          " including indexes including comments"};
    const Table *source;
    Str name = some_table(w, &source);
    const char *table = pick(w, table_names, TABLE_NAMES), *option = PICK(w, options);
    bool first = chance(w, 50);
    text_addf(&w->mig, "create table %s { %slike %.*s%s;%s }\n", table, first ? "" : "extra int null; ", STR_ARG(name),
              option, first ? " extra int null;" : "");
    text_addf(&w->sql, "create table %s (%slike %.*s%s%s);\n", table, first ? "" : "extra int, ", STR_ARG(name), option,
              first ? ", extra int" : "");
}

void random_alter(Writer *w)
{
    static void (*const kinds[])(Writer *) = {
        rename_table, set_of_table,     set_of_table,  comment_table, choose_index,  set_type,    set_type,
        set_type,     set_of_column,    set_of_column, identity,      identity,      comment_column,
        alter_constraint, alter_constraint, add_not_valid, add_exclusion, adopt_index, adopt_index, alter_index,
        create_like,
    };
    kinds[below(w, COUNT(kinds))](w);
}
