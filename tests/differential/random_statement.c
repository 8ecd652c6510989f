/* Names come from small sets, so that statements hit what is there, or just miss it; types of expressions are always
 * right, for the compiler does not judge them. */
#include "random_writer.h"

const char *const table_names[TABLE_NAMES] = {
    "t", "t_a", "u", "\"My Table\"", "s.t", "s.w", "orders_with_a_rather_long_name_for_a_table"};
static const char *const column_names[] = {
    "a", "b", "c", "a_b", "\"C c\"", "created_at", "a_column_with_a_rather_long_name_that_goes_on"};

unsigned random_below(Random *random, unsigned limit)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (unsigned) ((random->state >> 11) % limit);
}

unsigned below(Writer *w, unsigned limit)
{
    return random_below(w->random, limit);
}

bool chance(Writer *w, unsigned percent)
{
    return below(w, 100) < percent;
}

void both(Writer *w, Str text)
{
    text_add(&w->mig, text);
    text_add(&w->sql, text);
}

void both_c(Writer *w, const char *text)
{
    both(w, str_from(text));
}

const char *pick(Writer *w, const char *const *items, unsigned count)
{
    return items[below(w, count)];
}

/* ------------------------------------------------------------------ what is there */

const Object *random_object(Writer *w, ObjectKind kind)
{
    const Object *found = NULL;
    unsigned seen = 0;
    for (size_t i = 1; i < w->schema->objects.count; i++) {
        const Object *object = w->schema->objects.items[i];
        if (object != NULL && object->kind == kind && object->created.file != 0 && below(w, ++seen) == 0)
            found = object;
    }
    return found;
}

/* A table that is there, or a name that may be none. */
Str some_table(Writer *w, const Table **table)
{
    const Object *object = chance(w, 93) ? random_object(w, OBJECT_TABLE) : NULL;
    *table = (const Table *) object;
    return object == NULL ? str_from(PICK(w, table_names)) : object_sql(w->schema, object);
}

const ColumnInfo *random_column(Writer *w, const Table *table)
{
    return table == NULL || table->columns.count == 0
               ? NULL
               : table->columns.items[below(w, (unsigned) table->columns.count)];
}

Str some_column(Writer *w, const Table *table)
{
    const ColumnInfo *column = chance(w, 95) ? random_column(w, table) : NULL;
    return column == NULL ? str_from(PICK(w, column_names)) : catalog_quote(w->arena, column->name);
}

Str some_type_name(const Table *table, const ColumnInfo *column)
{
    const CatalogType *type = table == NULL || column == NULL ? NULL : type_catalog(&column->type);
    return type == NULL ? STR("") : type->name;
}

/* ------------------------------------------------------------------ expressions */

/* The pattern with the name for each @. */
static Str fill(Arena *arena, const char *pattern, Str name)
{
    Text text = text_new(arena);
    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p == '@')
            text_add(&text, name);
        else
            text_add_char(&text, *p);
    }
    return text_str(&text);
}

/* A truth about the column, as SQL. */
static Str condition_on(Writer *w, const Table *table, const ColumnInfo *column)
{
    static const char *const numbers[] = {"@ > 0", "@ between 1 and 9", "@ <> 5 and (@ < 7 or @ is null)",
                                          "abs(@) >= 0"};
    static const char *const texts[] = {"length(@) > 1", "@ <> 'it''s'", "lower(@) = @", "@ like 'a%'"};
    Str type = some_type_name(table, column), name = column == NULL ? STR("a") : catalog_quote(w->arena, column->name);
    if (chance(w, 20) && column != NULL && table->object.schema == w->schema->home)
        name = str_format(w->arena, "%.*s.%.*s", STR_ARG(catalog_quote(w->arena, table->object.name)), STR_ARG(name));
    if (str_is(type, "int4") || str_is(type, "int8") || str_is(type, "numeric"))
        return fill(w->arena, PICK(w, numbers), name);
    if (str_is(type, "text") || str_is(type, "varchar"))
        return fill(w->arena, PICK(w, texts), name);
    return fill(w->arena, chance(w, 50) ? "@ is not null" : "(@ is null or true)", name);
}

Str random_condition(Writer *w, const Table *table)
{
    Str first = condition_on(w, table, random_column(w, table));
    if (chance(w, 70))
        return first;
    Str second = condition_on(w, table, random_column(w, table));
    return str_format(w->arena, "%.*s and %.*s", STR_ARG(first), STR_ARG(second));
}

/* A default for the type; "" for none. */
static Str random_default(Writer *w, Str type)
{
    static const char *const numbers[] = {"0", "-1", "1 + 2", "(3)", "abs(-4)"};
    static const char *const texts[] = {"'x'", "'it''s'", "'a' || 'b'", "upper('x')", "E'\\n'", "'x'::text"};
    static const char *const times[] = {"now()", "current_timestamp", "'2020-01-01'", "now() + interval '1 day'"};
    if (str_starts_with(type, STR("int[]")))
        return STR("'{1,2}'");
    if (str_starts_with(type, STR("int")) || str_starts_with(type, STR("big")) || str_starts_with(type, STR("num")))
        return str_from(PICK(w, numbers));
    if (str_starts_with(type, STR("text")) || str_starts_with(type, STR("varchar")))
        return str_from(PICK(w, texts));
    if (str_starts_with(type, STR("timestamp")))
        return str_from(PICK(w, times));
    if (str_is(type, "uuid"))
        return STR("gen_random_uuid()");
    return str_is(type, "jsonb") ? STR("'{}'") : STR("");
}

/* ------------------------------------------------------------------ parts of statements */

void write_columns(Writer *w, const Table *table, unsigned most)
{
    unsigned count = 1 + (chance(w, 60) ? 0 : below(w, most));
    both_c(w, "(");
    for (unsigned i = 0; i < count; i++) {
        both_c(w, i == 0 ? "" : ", ");
        both(w, some_column(w, table));
    }
    both_c(w, ")");
}

static void write_action(Writer *w)
{
    static const char *const actions[] = {"",
                                          "",
                                          "",
                                          " on delete cascade",
                                          " on delete set null",
                                          " on update cascade",
                                          " match full",
                                          " on delete restrict",
                                          " deferrable",
                                          " on delete set default initially deferred"};
    both_c(w, PICK(w, actions));
}

/* Refers to a table; more often than not by its primary key or to one of its unique columns. */
void write_reference(Writer *w)
{
    const Table *target;
    Str name = some_table(w, &target);
    both_c(w, " references ");
    both(w, name);
    if (chance(w, 35)) {
        both_c(w, " (");
        both(w, some_column(w, target));
        both_c(w, ")");
    }
    write_action(w);
}

static void write_key_clause(Writer *w)
{
    unsigned choice = below(w, 100);
    if (choice < 12)
        both_c(w, " primary key");
    else if (choice < 22)
        both_c(w, " unique");
    else if (choice < 26)
        both_c(w, " unique deferrable");
    else if (choice < 40)
        write_reference(w);
}

static Str random_type(Writer *w)
{
    static const char *const types[] = {"int",   "int",         "int",    "bigint",         "text",
                                        "text",  "varchar(20)", "uuid",   "numeric(10, 2)", "timestamptz",
                                        "jsonb", "int[]",       "serial", "bool",           "date"};
    const Object *type = chance(w, 15) ? random_object(w, OBJECT_ENUM) : NULL;
    return type == NULL ? str_from(PICK(w, types)) : object_sql(w->schema, type);
}

static void write_value(Writer *w, Str type)
{
    Str value = random_default(w, type);
    if (str_is(type, "int") && chance(w, 10)) {
        both_c(w, chance(w, 50) ? " generated always as identity"
                                : " generated by default as identity (start 5 increment 2)");
    } else if (value.len > 0 && chance(w, 40)) {
        both_c(w, " default ");
        both(w, value);
    }
}

static void write_column(Writer *w, const Table *table)
{
    Str type = random_type(w), name = str_from(PICK(w, column_names));
    bool null = chance(w, 50) && !str_is(type, "serial");
    both(w, name);
    both_c(w, " ");
    both(w, type);
    text_add_c(null ? &w->mig : &w->sql, null ? " null" : " not null");
    write_value(w, type);
    write_key_clause(w);
    if (chance(w, 15) && table != NULL) {
        Str condition = random_condition(w, table);
        both(w, str_format(w->arena, " check (%.*s)", STR_ARG(condition)));
    }
}

static void write_constraint_name(Writer *w)
{
    static const char *const names[] = {"t_pkey", "t_a_key", "t_check", "odd_one", "t_a_fkey", "t"};
    if (chance(w, 25))
        both(w, str_format(w->arena, "constraint %s ", PICK(w, names)));
}

/* `table` is the one that is meant, or NULL: then `example` has columns that it may have, of other types maybe. */
static void write_constraint(Writer *w, const Table *table, const Table *example)
{
    unsigned choice = below(w, 100);
    write_constraint_name(w);
    if (choice < 25) {
        both_c(w, "primary key ");
        write_columns(w, example, 3);
    } else if (choice < 50) {
        both_c(w, chance(w, 20) ? "unique nulls not distinct " : "unique ");
        write_columns(w, example, 3);
        both_c(w, chance(w, 15) ? " deferrable initially deferred" : "");
    } else if (choice < 75) {
        Str condition = table == NULL ? STR("a is not null") : random_condition(w, table);
        both(w, str_format(w->arena, "check (%.*s)", STR_ARG(condition)));
    } else {
        both_c(w, "foreign key ");
        write_columns(w, example, 2);
        write_reference(w);
    }
}

/* ------------------------------------------------------------------ statements */

static void create_table(Writer *w)
{
    unsigned columns = 1 + below(w, 5), constraints = below(w, 3);
    Str name = str_from(PICK(w, table_names));
    const Table *example = (const Table *) random_object(w, OBJECT_TABLE);
    both(w, str_format(w->arena, "create %stable %.*s ", chance(w, 5) ? "unlogged " : "", STR_ARG(name)));
    text_add_c(&w->mig, "{ ");
    text_add_c(&w->sql, "(");
    for (unsigned i = 0; i < columns + constraints; i++) {
        text_add_c(&w->sql, i == 0 ? "" : ", ");
        if (i < columns)
            write_column(w, NULL);
        else
            write_constraint(w, NULL, example);
        text_add_c(&w->mig, "; ");
    }
    if (chance(w, 40)) {
        const char *column = PICK(w, column_names);
        text_addf(&w->mig, "index (%s); ", column);
        text_addf(&w->later, "create index on %.*s (%s);\n", STR_ARG(name), column);
    }
    text_add_c(&w->mig, "}\n");
    text_add_c(&w->sql, ");\n");
}

void end_statement(Writer *w)
{
    both_c(w, ";\n");
}

static void drop_table(Writer *w)
{
    const Table *table;
    both_c(w, "drop table ");
    both(w, some_table(w, &table));
    for (unsigned i = chance(w, 30) ? 1 + below(w, 3) : 0; i > 0; i--) {
        both_c(w, ", ");
        both(w, some_table(w, &table));
    }
    end_statement(w);
}

const Table *begin_alter(Writer *w)
{
    const Table *table;
    Str name = some_table(w, &table);
    both(w, str_format(w->arena, "alter table %.*s ", STR_ARG(name)));
    return table;
}

static void add_column(Writer *w)
{
    const Table *table = begin_alter(w);
    both_c(w, "add column ");
    write_column(w, table);
    end_statement(w);
}

static void drop_column(Writer *w)
{
    const Table *table = begin_alter(w);
    bool last = table != NULL && table->columns.count > 1 && chance(w, 85);
    Str column =
        last ? catalog_quote(w->arena, table->columns.items[table->columns.count - 1]->name) : some_column(w, table);
    both(w, str_format(w->arena, "drop column %.*s", STR_ARG(column)));
    end_statement(w);
}

static void rename_column(Writer *w)
{
    const Table *table = begin_alter(w);
    Str column = some_column(w, table);
    both(w, str_format(w->arena, "rename column %.*s to %s", STR_ARG(column), PICK(w, column_names)));
    end_statement(w);
}

static void alter_column(Writer *w)
{
    const Table *table = begin_alter(w);
    const ColumnInfo *column = random_column(w, table);
    Str name = column == NULL ? STR("a") : catalog_quote(w->arena, column->name);
    Str type = some_type_name(table, column);
    Str value = random_default(w, str_is(type, "int4") ? STR("int") : str_is(type, "_int4") ? STR("int[]") : type);
    both(w, str_format(w->arena, "alter column %.*s ", STR_ARG(name)));
    unsigned choice = below(w, 4);
    if (choice == 0 && value.len > 0)
        both(w, str_format(w->arena, "set default %.*s", STR_ARG(value)));
    else if (choice <= 1)
        both_c(w, "drop default");
    else
        both_c(w, choice == 2 ? "set not null" : "drop not null");
    end_statement(w);
}

static void add_constraint(Writer *w)
{
    const Table *table = begin_alter(w);
    both_c(w, "add ");
    write_constraint(w, table, table);
    end_statement(w);
}

static void drop_constraint(Writer *w)
{
    const Table *table = begin_alter(w);
    Str name = STR("t_pkey");
    if (table != NULL && table->constraints.count > 0)
        name = table->constraints.items[below(w, (unsigned) table->constraints.count)]->name;
    both(w, str_format(w->arena, "drop constraint %.*s", STR_ARG(catalog_quote(w->arena, name))));
    end_statement(w);
}

static void write_key(Writer *w, const Table *table, bool expressions)
{
    const ColumnInfo *column = random_column(w, table);
    Str name = some_column(w, table), type = some_type_name(table, column);
    if (!expressions)
        both(w, name);
    else if (chance(w, 25) && str_is(type, "text"))
        both(w, str_format(w->arena, "lower(%.*s)", STR_ARG(catalog_quote(w->arena, column->name))));
    else if (chance(w, 25) && str_is(type, "int4"))
        both(w, str_format(w->arena, "(%.*s + 1)", STR_ARG(catalog_quote(w->arena, column->name))));
    else
        both(w, name);
    both_c(w, chance(w, 15) ? " desc" : "");
}

static void create_index(Writer *w)
{
    static const char *const names[] = {"i", "t_a_idx", "t"};
    const Table *table;
    Str name = some_table(w, &table);
    both_c(w, chance(w, 30) ? "create unique index " : "create index ");
    if (chance(w, 20))
        both(w, str_format(w->arena, "%s ", PICK(w, names)));
    bool gin = chance(w, 5);
    both(w, str_format(w->arena, "on %.*s%s (", STR_ARG(name), gin ? " using gin" : ""));
    write_key(w, table, !gin);
    if (chance(w, 30)) {
        both_c(w, ", ");
        write_key(w, table, !gin);
    }
    both_c(w, ")");
    Str included = chance(w, 15) ? some_column(w, table) : STR("");
    Str condition = chance(w, 20) ? random_condition(w, table) : STR("");
    if (included.len > 0)
        both(w, str_format(w->arena, " include (%.*s)", STR_ARG(included)));
    if (condition.len > 0)
        both(w, str_format(w->arena, " where (%.*s)", STR_ARG(condition)));
    end_statement(w);
}

static void drop_index(Writer *w)
{
    const Object *index = random_object(w, OBJECT_INDEX);
    both(w, str_format(w->arena, "drop index %.*s",
                       STR_ARG(index == NULL ? STR("t_pkey") : object_sql(w->schema, index))));
    end_statement(w);
}

static void create_enum(Writer *w)
{
    static const char *const names[] = {"mood", "\"Odd mood\"", "t", "s.mood"};
    static const char *const labels[] = {"'a'", "'b'", "'it''s'", "'a', 'b'", "'c\\d'"};
    const char *name = PICK(w, names), *list = PICK(w, labels);
    text_addf(&w->mig, "create enum %s (%s);\n", name, list);
    text_addf(&w->sql, "create type %s as enum (%s);\n", name, list);
}

static void drop_enum(Writer *w)
{
    const Object *type = random_object(w, OBJECT_ENUM);
    Str name = type == NULL ? STR("mood") : object_sql(w->schema, type);
    text_addf(&w->mig, "drop enum %.*s;\n", STR_ARG(name));
    text_addf(&w->sql, "drop type %.*s;\n", STR_ARG(name));
}

static void schema_or_extension(Writer *w)
{
    static const char *const statements[] = {"create schema s;\n",         "create schema s;\n",
                                             "create schema s;\n",         "drop schema s;\n",
                                             "create extension citext;\n", "create extension hstore schema s;\n",
                                             "drop extension citext;\n",   "drop extension hstore;\n"};
    both_c(w, PICK(w, statements));
}

Statement statement_random(Arena *arena, Random *random, const Schema *schema)
{
    static void (*const kinds[])(Writer *) = {
        create_table, create_table, create_table,   create_table,   drop_table,          drop_constraint, add_column,
        add_column,   add_column,   add_column,     drop_column,    drop_column,         rename_column,   rename_column,
        alter_column, alter_column, add_constraint, add_constraint, add_constraint,      create_index,    create_index,
        create_index, drop_index,   create_enum,    drop_enum,      schema_or_extension, random_alter,    random_alter,
        random_alter, random_alter, random_alter,   random_alter,   random_alter,        random_alter,    random_alter,
    };
    Writer w = {arena, random, schema, text_new(arena), text_new(arena), text_new(arena)};
    kinds[random_below(random, COUNT(kinds))](&w);
    text_add(&w.sql, text_str(&w.later));
    return (Statement){text_str(&w.mig), text_str(&w.sql)};
}

Statement statement_drop_all(Arena *arena, const Schema *schema, ObjectKind kind)
{
    Text names = text_new(arena);
    for (size_t i = 1; i < schema->objects.count; i++) {
        const Object *object = schema->objects.items[i];
        bool own = object != NULL && object->kind == kind && object->created.file != 0;
        Str name =
            own ? object->schema == 0 ? catalog_quote(arena, object->name) : object_sql(schema, object) : STR("");
        if (own)
            text_addf(&names, "%s%.*s", names.len == 0 ? "" : ", ", STR_ARG(name));
    }
    if (names.len == 0)
        return (Statement){STR(""), STR("")};
    const char *word = object_word(kind), *server = kind == OBJECT_ENUM ? "type" : word;
    return (Statement){str_format(arena, "drop %s %.*s;\n", word, STR_ARG(text_str(&names))),
                       str_format(arena, "drop %s %.*s;\n", server, STR_ARG(text_str(&names)))};
}
