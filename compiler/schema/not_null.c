#include "not_null.h"

#include "define.h"

bool not_null_is_named(const Schema *schema, ObjectKind kind)
{
    enum { OF_DOMAINS_SINCE = 17, OF_TABLES_SINCE = 18 };
    unsigned since = kind == OBJECT_DOMAIN ? OF_DOMAINS_SINCE : OF_TABLES_SINCE;
    return schema->view.catalog->major >= since;
}

bool not_null_is_same(const NotNull *a, const NotNull *b)
{
    return a->holds == b->holds && a->no_inherit == b->no_inherit && a->not_valid == b->not_valid &&
           a->not_local == b->not_local && str_equal(a->name, b->name) && str_equal(a->comment, b->comment);
}

NotNull not_null_below(const NotNull *above)
{
    if (!not_null_is_inheritable(above))
        return (NotNull) {0};
    NotNull below = {.holds = true, .name = above->name, .created = above->created};
    below.not_local = above->name.data != NULL;
    return below;
}

bool not_null_is_inheritable(const NotNull *not_null)
{
    return not_null->holds && !not_null->no_inherit;
}

NotNull not_null_of_parents(const Schema *schema, const Table *table, Str column, ObjectId but)
{
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(schema, table->parents.items[i]);
        const ColumnInfo *above =
            parent == NULL || parent->object.id == but ? NULL : table_column_named(parent, column);
        if (above != NULL && not_null_is_inheritable(&above->not_null))
            return not_null_below(&above->not_null);
    }
    return (NotNull) {0};
}

const ColumnInfo *table_not_null_named(const Table *table, Str name)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const NotNull *not_null = &table->columns.items[i]->not_null;
        if (not_null->name.data != NULL && str_equal(not_null->name, name))
            return table->columns.items[i];
    }
    return NULL;
}

static const char *tail(const NotNull *not_null)
{
    static const char *const words[] = {"", " NO INHERIT", " NOT VALID", " NO INHERIT NOT VALID"};
    return words[(not_null->no_inherit ? 1 : 0) + (not_null->not_valid ? 2 : 0)];
}

Str not_null_clause(const Schema *schema, const NotNull *not_null)
{
    if (!not_null->holds)
        return STR("");
    if (not_null->name.data == NULL)
        return STR(" NOT NULL");
    return str_format(schema->arena, " CONSTRAINT %.*s NOT NULL%s",
                      STR_ARG(catalog_quote(schema->arena, not_null->name)), tail(not_null));
}

Str not_null_item(const Schema *schema, const NotNull *not_null, Str column)
{
    Arena *arena = schema->arena;
    return str_format(arena, "CONSTRAINT %.*s NOT NULL %.*s%s", STR_ARG(catalog_quote(arena, not_null->name)),
                      STR_ARG(catalog_quote(arena, column)), tail(not_null));
}

NotNull not_null_at_once(const NotNull *not_null)
{
    return not_null->not_valid ? (NotNull) {0} : *not_null;
}
