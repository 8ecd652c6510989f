/* Tables whose columns a composite type says. */
#include "random_writer.h"

void write_create_typed(Writer *w)
{
    const Table *type = (const Table *) random_object(w, OBJECT_COMPOSITE);
    Str name = NEW_NAME(w, OBJECT_TABLE, table_names), column = some_column(w, type);
    if (type == NULL) {
        write_create_composite(w);
        return;
    }
    w->sql_only = true;
    bothf(w, "create table %.*s of %.*s", STR_ARG(name), STR_ARG(object_sql(w->schema, &type->object)));
    switch (below(w, 4)) {
    case 0: bothf(w, " (%.*s with options not null)", STR_ARG(column)); break;
    case 1: bothf(w, " (unique (%.*s), check (%.*s is not null))", STR_ARG(column), STR_ARG(column)); break;
    case 2: bothf(w, " (primary key (%.*s), %.*s with options default null)", STR_ARG(column), STR_ARG(column)); break;
    default: break;
    }
    end_statement(w);
}

static bool has_columns_of(const Table *table, const Table *type)
{
    bool same = table->columns.count == type->columns.count && table->parents.count == 0;
    for (size_t i = 0; i < type->columns.count && same; i++) {
        const ColumnInfo *a = table->columns.items[i], *b = type->columns.items[i];
        same = str_equal(a->name, b->name) && type_equal(&a->type, &b->type);
    }
    return same;
}

/* A table that is of a type, or could be; NULL: there is none. */
static const Table *table_of(Writer *w, const Table *type)
{
    const Table *found = NULL;
    unsigned seen = 0;
    for (size_t i = 1; i < w->schema->objects.count; i++) {
        const Table *table = (const Table *) w->schema->objects.items[i];
        bool fits = table != NULL && table->object.kind == OBJECT_TABLE &&
                    (type == NULL ? table->of != 0 : has_columns_of(table, type));
        if (fits && below(w, ++seen) == 0)
            found = table;
    }
    return found;
}

/* A table like the type is made first, where there is none. */
static void write_join(Writer *w, const Table *type)
{
    const Table *table = table_of(w, type);
    Str name = NEW_NAME(w, OBJECT_TABLE, table_names), of = object_sql(w->schema, &type->object);
    if (table == NULL)
        bothf(w, "create table %.*s (like %.*s)", STR_ARG(name), STR_ARG(of));
    else
        bothf(w, "alter table %.*s of %.*s", STR_ARG(object_sql(w->schema, &table->object)), STR_ARG(of));
    end_statement(w);
}

/* What changes the type's attributes changes its tables. */
static void write_change(Writer *w, const Table *type)
{
    Str attribute = some_column(w, type);
    bothf(w, "alter type %.*s ", STR_ARG(object_sql(w->schema, &type->object)));
    switch (below(w, 4)) {
    case 0: bothf(w, "add attribute %s int", PICK(w, column_names)); break;
    case 1: bothf(w, "drop attribute %.*s", STR_ARG(attribute)); break;
    case 2: bothf(w, "rename attribute %.*s to %s", STR_ARG(attribute), PICK(w, column_names)); break;
    default: bothf(w, "alter attribute %.*s type %s", STR_ARG(attribute), chance(w, 50) ? "text" : "varchar(30)");
    }
    both_c(w, chance(w, 85) ? " cascade" : "");
    end_statement(w);
}

void write_alter_typed(Writer *w)
{
    const Table *typed = table_of(w, NULL);
    const Table *type = typed != NULL ? schema_relation(w->schema, typed->of)
                                      : (const Table *) random_object(w, OBJECT_COMPOSITE);
    unsigned choice = below(w, 3);
    if (type == NULL) {
        write_create_typed(w);
        return;
    }
    w->sql_only = true;
    if (choice == 0 && typed != NULL) {
        bothf(w, "alter table %.*s not of", STR_ARG(object_sql(w->schema, &typed->object)));
        end_statement(w);
    } else if (choice == 1) {
        write_join(w, type);
    } else {
        write_change(w, type);
    }
}
