/* Publications: of tables with columns and conditions, of schemas, of everything. */
#include "random_writer.h"

static const char *const publication_names[] = {"pub", "news", "\"Odd pub\""};

static void write_table_columns(Writer *w, const Table *table)
{
    both_c(w, " (");
    for (size_t i = 0; i < table->columns.count; i++) {
        if (i == 0 || chance(w, 60))
            bothf(w, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(column_sql(w, table->columns.items[i])));
    }
    both_c(w, ")");
}

/* One table, with some of its columns and rows; conditions are not about types of one's own. A
 * partitioned table has neither while its partitions are published instead. */
static void write_published(Writer *w)
{
    const Table *table;
    Str name = some_table(w, &table);
    both(w, name);
    bool whole = table == NULL || table->partition.strategy != PARTITION_NONE;
    if (!whole && table->columns.count > 0 && chance(w, 30))
        write_table_columns(w, table);
    const ColumnInfo *column = whole ? NULL : random_column(w, table);
    if (column != NULL && column->type.object == 0 && chance(w, 30))
        bothf(w, " where (%.*s is not null)", STR_ARG(column_sql(w, column)));
}

static void write_published_list(Writer *w)
{
    const Object *place = random_object(w, OBJECT_NAMESPACE);
    if (place != NULL && chance(w, 30)) {
        bothf(w, "tables in schema %.*s", STR_ARG(catalog_quote(w->arena, place->name)));
        return;
    }
    both_c(w, "table ");
    write_published(w);
    if (chance(w, 25)) {
        both_c(w, ", ");
        write_published(w);
    }
}

void write_create_publication(Writer *w)
{
    static const char *const options[] = {"", "", "", " with (publish = 'insert, update')",
                                          " with (publish_via_partition_root)", " with (publish = '')"};
    w->sql_only = true;
    Str name = NEW_NAME(w, OBJECT_PUBLICATION, publication_names);
    bothf(w, "create publication %.*s", STR_ARG(name));
    unsigned choice = below(w, 10);
    if (choice == 0)
        both_c(w, " for all tables");
    if (choice > 2) {
        both_c(w, " for ");
        write_published_list(w);
    }
    both_c(w, PICK(w, options));
    end_statement(w);
}

/* What is published, of which one is to be taken out: a table or a schema. */
static const Definition *random_published(Writer *w, const Object *publication)
{
    ObjectIds ids = object_users(w->schema, publication->id, OBJECT_PUBLICATION_TABLE);
    return ids.count == 0 ? NULL : schema_definition(w->schema, ids.items[below(w, (unsigned) ids.count)]);
}

static void write_unpublish(Writer *w, const Object *publication)
{
    const Definition *published = random_published(w, publication);
    const Object *what = published == NULL ? NULL : schema_object(w->schema, published->of);
    const Object *place = random_object(w, OBJECT_NAMESPACE);
    if (what != NULL && what->kind == OBJECT_TABLE)
        bothf(w, "drop table %.*s", STR_ARG(object_sql(w->schema, what)));
    else if (place != NULL)
        bothf(w, "drop tables in schema %.*s", STR_ARG(catalog_quote(w->arena, place->name)));
    else
        both_c(w, "set (publish = 'delete')");
}

void write_alter_publication(Writer *w)
{
    static const char *const settings[] = {"set (publish = 'insert')", "set (publish_via_partition_root = false)",
                                           "set (publish = 'insert, update, delete, truncate')",
                                           "set (publish_via_partition_root)"};
    const Object *publication = random_object(w, OBJECT_PUBLICATION);
    w->sql_only = true;
    if (publication == NULL) {
        write_create_publication(w);
        return;
    }
    bothf(w, "alter publication %.*s ", STR_ARG(object_sql(w->schema, publication)));
    switch (below(w, 5)) {
    case 0:
        both_c(w, "add ");
        write_published_list(w);
        break;
    case 1:
        both_c(w, "set ");
        write_published_list(w);
        break;
    case 2: both_c(w, PICK(w, settings)); break;
    default: write_unpublish(w, publication);
    }
    end_statement(w);
}
