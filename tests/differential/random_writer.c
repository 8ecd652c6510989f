/* Names come from small sets, so that statements hit what is there, or just miss it; types of expressions are always
 * right, for the compiler does not judge all of them. */
#include "random_writer.h"

const char *const table_names[TABLE_NAMES] = {
    "t", "t_a", "u", "v", "\"My Table\"", "w", "t_b", "logs", "orders_with_a_rather_long_name_for_a_table"};
const char *const column_names[COLUMN_NAMES] = {
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

void bothf(Writer *w, const char *format, ...)
{
    Text text = text_new(w->arena);
    va_list arguments;
    va_start(arguments, format);
    text_addv(&text, format, arguments);
    va_end(arguments);
    both(w, text_str(&text));
}

void end_statement(Writer *w)
{
    if (w->altered == NULL)
        both_c(w, ";\n");
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

static Str unquoted(Str name)
{
    return name.len > 1 && name.data[0] == '"' ? str_slice(name, 1, name.len - 1) : name;
}

/* A table that is there, or a name that may be none. */
Str some_table(Writer *w, const Table **table)
{
    const Object *object = chance(w, 93) ? random_object(w, OBJECT_TABLE) : NULL;
    *table = (const Table *) object;
    if (object != NULL)
        return object_sql(w->schema, object);
    Str name = str_from(PICK(w, table_names));
    ObjectId id = schema_find(w->schema, NAMES_RELATION, w->schema->home, unquoted(name));
    *table = schema_table(w->schema, id);
    return name;
}

const Table *random_relation(Writer *w)
{
    static const ObjectKind kinds[] = {OBJECT_TABLE, OBJECT_TABLE, OBJECT_VIEW, OBJECT_MATERIALIZED_VIEW};
    return (const Table *) random_object(w, kinds[below(w, COUNT(kinds))]);
}

const Definition *random_function(Writer *w, const char *result)
{
    const Definition *d = (const Definition *) random_object(w, OBJECT_FUNCTION);
    const CatalogType *type = d == NULL ? NULL : type_catalog(&d->routine->result);
    return type != NULL && str_is(type->name, result) && !d->routine->returns_set ? d : NULL;
}

const char *random_role(Writer *w)
{
    static const char *const roles[] = {"app_role", "clerk", "postgres", "current_user"};
    return PICK(w, roles);
}

/* ------------------------------------------------------------------ what is new */

/* "" for the home of unqualified names. */
static const Object *random_place(Writer *w)
{
    return chance(w, 25) ? random_object(w, OBJECT_NAMESPACE) : NULL;
}

Str new_name(Writer *w, ObjectKind kind, const char *const *names, unsigned count)
{
    enum { TRIES = 5 };
    NameSpace space = object_names(kind);
    Str name = STR("");
    for (int i = 0; i < TRIES; i++) {
        const Object *place = space == NAMES_NAMESPACE || space == NAMES_EXTENSION ? NULL : random_place(w);
        ObjectId id = place == NULL ? w->schema->home : place->id;
        Str bare = str_from(pick(w, names, count));
        bool type = space == NAMES_RELATION || space == NAMES_TYPE;
        name = place == NULL ? bare
                             : str_format(w->arena, "%.*s.%.*s", STR_ARG(object_sql(w->schema, place)), STR_ARG(bare));
        if (space == NAMES_NAMESPACE || space == NAMES_EXTENSION)
            id = 0;
        if (chance(w, 5) || (schema_find(w->schema, space, id, unquoted(bare)) == 0 &&
                             (!type || (schema_find(w->schema, NAMES_TYPE, id, unquoted(bare)) == 0 &&
                                        schema_find(w->schema, NAMES_RELATION, id, unquoted(bare)) == 0))))
            break;
    }
    return name;
}

/* ------------------------------------------------------------------ columns and types */

Str column_sql(Writer *w, const ColumnInfo *column)
{
    return catalog_quote(w->arena, column->name);
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
Str fill(Arena *arena, const char *pattern, Str name)
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
Str random_default(Writer *w, Str type)
{
    static const char *const numbers[] = {"0", "-1", "1 + 2", "(3)", "abs(-4)"};
    static const char *const texts[] = {"'x'", "'it''s'", "'a' || 'b'", "upper('x')", "E'\\n'", "'x'::text"};
    static const char *const times[] = {"now()", "current_timestamp", "'2020-01-01'", "now() + interval '1 day'"};
    if (str_ends_with(type, STR("[]")))
        return STR("'{}'");
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

/* A range has a type of several of its values beside it. */
static Str type_of(Writer *w, const Object *object)
{
    const Definition *range = object->kind == OBJECT_RANGE ? (const Definition *) object : NULL;
    if (range != NULL && range->range->multirange.len > 0 && chance(w, 30))
        return qualified_sql(w->schema, object->schema, range->range->multirange);
    return object_sql(w->schema, object);
}

Str random_type(Writer *w)
{
    static const char *const types[] = {"int",   "int",         "int",    "bigint",         "text",
                                        "text",  "varchar(20)", "uuid",   "numeric(10, 2)", "timestamptz",
                                        "jsonb", "int[]",       "serial", "bool",           "date"};
    static const ObjectKind kinds[] = {OBJECT_ENUM, OBJECT_DOMAIN, OBJECT_COMPOSITE, OBJECT_ENUM, OBJECT_DOMAIN,
                                       OBJECT_RANGE, OBJECT_TABLE, OBJECT_VIEW, OBJECT_BASE_TYPE, OBJECT_BASE_TYPE};
    const Object *type = chance(w, 20) ? random_object(w, kinds[below(w, COUNT(kinds))]) : NULL;
    if (type == NULL)
        return str_from(PICK(w, types));
    return str_format(w->arena, "%.*s%s", STR_ARG(type_of(w, type)), chance(w, 10) ? "[]" : "");
}
