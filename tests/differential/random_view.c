/* Views, materialized views, tables made of queries, and rules. */
#include "random_writer.h"

static const char *const view_names[] = {"open_ones", "report", "\"Odd view\"", "open_v", "v_a", "totals", "all_of_it"};

static const Table *some_view(Writer *w)
{
    return (const Table *) random_object(w, OBJECT_VIEW);
}

void write_create_view(Writer *w)
{
    static const char *const options[] = {"", "", "", " with (security_barrier)", " with (security_barrier = false)"};
    Str query = random_query(w), name = NEW_NAME(w, OBJECT_VIEW, view_names);
    w->sql_only = true;
    bothf(w, "create view %.*s%s as %.*s", STR_ARG(name), PICK(w, options), STR_ARG(query));
    end_statement(w);
}

/* Its columns, as they are, of nothing; with another one behind them, maybe. */
void write_replace_view(Writer *w)
{
    const Table *view = some_view(w);
    w->sql_only = true;
    if (view == NULL) {
        write_create_view(w);
        return;
    }
    bothf(w, "create or replace view %.*s as select ", STR_ARG(object_sql(w->schema, &view->object)));
    for (size_t i = 0; i < view->columns.count; i++) {
        const ColumnInfo *column = view->columns.items[i];
        bothf(w, "%snull::%.*s as %.*s", i == 0 ? "" : ", ", STR_ARG(define_type(w->schema, &column->type)),
              STR_ARG(column_sql(w, column)));
    }
    if (chance(w, 40))
        bothf(w, ", 1 as added_%u", below(w, 3));
    end_statement(w);
}

void write_alter_view(Writer *w)
{
    const Table *view = some_view(w);
    const ColumnInfo *info = view == NULL ? NULL : random_column(w, view);
    Str name = view == NULL ? STR("v") : object_sql(w->schema, &view->object);
    Str column = info == NULL ? STR("a") : column_sql(w, info), value = random_default(w, some_type_name(view, info));
    w->sql_only = true;
    bothf(w, "alter view %.*s ", STR_ARG(name));
    switch (below(w, 5)) {
    case 0: bothf(w, "rename column %.*s to %s", STR_ARG(column), PICK(w, column_names)); break;
    case 1: both_c(w, "set (security_barrier)"); break;
    case 2: both_c(w, "reset (security_barrier)"); break;
    case 3: bothf(w, "alter column %.*s drop default", STR_ARG(column)); break;
    default: bothf(w, "alter column %.*s set default %.*s", STR_ARG(column),
            STR_ARG(value.len == 0 ? STR("null") : value));
    }
    end_statement(w);
}

void write_create_materialized(Writer *w)
{
    static const char *const options[] = {"", "", " with (fillfactor = 70)"};
    Str query = random_query(w), name = NEW_NAME(w, OBJECT_MATERIALIZED_VIEW, view_names);
    w->sql_only = true;
    bothf(w, "create materialized view %.*s%s as %.*s%s", STR_ARG(name), PICK(w, options), STR_ARG(query),
          chance(w, 20) ? " with no data" : "");
    end_statement(w);
}

void write_alter_materialized(Writer *w)
{
    static const char *const actions[] = {"rename column @ to # ", "alter column @ set statistics 100",
                                          "set (fillfactor = 80)", "reset (fillfactor)",
                                          "alter column @ set storage main", "set without cluster"};
    const Table *view = (const Table *) random_object(w, OBJECT_MATERIALIZED_VIEW);
    Str name = view == NULL ? STR("v") : object_sql(w->schema, &view->object), column = some_column(w, view);
    w->sql_only = true;
    if (chance(w, 35)) {
        bothf(w, "create index on %.*s (%.*s)", STR_ARG(name), STR_ARG(column));
    } else if (chance(w, 15)) {
        bothf(w, "refresh materialized view %.*s%s", STR_ARG(name), chance(w, 40) ? " with no data" : "");
    } else {
        Str action = fill(w->arena, PICK(w, actions), column), head = STR("rename");
        bool renames = str_starts_with(action, head);
        bothf(w, "alter materialized view %.*s %.*s%s", STR_ARG(name),
              STR_ARG(renames ? str_slice(action, 0, action.len - 2) : action), renames ? PICK(w, column_names) : "");
    }
    end_statement(w);
}

/* Without rows, which keys that come later could not stand. */
void write_create_table_as(Writer *w)
{
    Str query = random_query(w), name = NEW_NAME(w, OBJECT_TABLE, table_names);
    w->sql_only = true;
    bothf(w, chance(w, 30) ? "create table %.*s as %.*s with no data"
                         : "create table %.*s as select * from (%.*s) q limit 0",
          STR_ARG(name), STR_ARG(query));
    end_statement(w);
}

/* ------------------------------------------------------------------ rules */

void write_create_rule(Writer *w)
{
    static const char *const names[] = {"keep", "log_it", "\"Odd rule\""};
    static const char *const events[] = {"insert", "update", "delete"};
    const Table *table, *target;
    unsigned event = below(w, 3);
    Str name = some_table(w, &table), other = some_table(w, &target);
    const ColumnInfo *column = random_column(w, target), *read = random_column(w, table);
    w->sql_only = true;
    bothf(w, "create rule %s as on %s to %.*s ", PICK(w, names), events[event], STR_ARG(name));
    if (read != NULL && chance(w, 30))
        bothf(w, "where %s.%.*s is null ", event == 0 ? "new" : "old", STR_ARG(column_sql(w, read)));
    if (column == NULL || chance(w, 40))
        both_c(w, "do instead nothing");
    else if (chance(w, 50))
        bothf(w, "do also delete from %.*s where %.*s is null", STR_ARG(other), STR_ARG(column_sql(w, column)));
    else
        bothf(w, "do also (insert into %.*s (%.*s) values (default); notify changed)", STR_ARG(other),
              STR_ARG(column_sql(w, column)));
    end_statement(w);
}

void write_alter_rule(Writer *w)
{
    static const char *const firings[] = {"disable", "enable", "enable replica", "enable always"};
    const Rule *rule = (const Rule *) random_object(w, OBJECT_RULE);
    w->sql_only = true;
    if (rule == NULL) {
        write_create_rule(w);
        return;
    }
    Str table = object_sql(w->schema, schema_object(w->schema, rule->table));
    bothf(w, "alter table %.*s %s rule %.*s", STR_ARG(table), PICK(w, firings),
          STR_ARG(catalog_quote(w->arena, rule->object.name)));
    end_statement(w);
}
