/* What tables have on them: triggers, policies, statistics. And event triggers. */
#include "random_writer.h"

static const Definition *trigger_function(Writer *w)
{
    enum { TRIES = 8 };
    const Definition *found = NULL;
    for (int i = 0; i < TRIES && found == NULL; i++)
        found = random_function(w, "trigger");
    return found;
}

static void write_events(Writer *w, const Table *table, bool of_columns)
{
    static const char *const events[] = {"insert", "update", "delete", "insert or update", "update or delete"};
    Str column = some_column(w, table);
    if (of_columns)
        bothf(w, "update of %.*s", STR_ARG(column));
    else
        both_c(w, PICK(w, events));
}

void write_create_trigger(Writer *w)
{
    static const char *const names[] = {"touch", "audit", "\"Odd trigger\"", "a_first"};
    const Table *table;
    const Definition *function = trigger_function(w);
    Str name = some_table(w, &table);
    Str call = function == NULL ? STR("touch") : object_sql(w->schema, &function->object);
    bool constraint = chance(w, 15), row = constraint || chance(w, 75), of_columns = chance(w, 30);
    w->sql_only = true;
    if (function == NULL)
        both_c(w, "create function touch() returns trigger language plpgsql as $$ begin return new; end $$;\n");
    bothf(w, "create %strigger %s %s ", constraint ? "constraint " : "", PICK(w, names),
          constraint || chance(w, 50) ? "after" : "before");
    write_events(w, table, of_columns);
    bothf(w, " on %.*s ", STR_ARG(name));
    if (constraint && chance(w, 50))
        both_c(w, "deferrable initially deferred ");
    both_c(w, row ? "for each row " : "for each statement ");
    Str tested = some_column(w, table);
    if (row && of_columns && chance(w, 60))
        bothf(w, "when (new.%.*s is not null) ", STR_ARG(tested));
    bothf(w, "execute function %.*s(%s)", STR_ARG(call), chance(w, 20) ? "'x', 1" : "");
    end_statement(w);
}

void write_fire_trigger(Writer *w)
{
    static const char *const firings[] = {"disable", "enable", "enable replica", "enable always"};
    const Definition *trigger = (const Definition *) random_object(w, OBJECT_TRIGGER);
    w->sql_only = true;
    if (trigger == NULL) {
        write_create_trigger(w);
        return;
    }
    bothf(w, "alter table %.*s %s trigger %.*s", STR_ARG(object_sql(w->schema, schema_object(w->schema, trigger->of))),
          PICK(w, firings), STR_ARG(catalog_quote(w->arena, trigger->object.name)));
    end_statement(w);
}

void write_create_event_trigger(Writer *w)
{
    static const char *const names[] = {"guard", "watch"};
    w->sql_only = true;
    both_c(w, "create function watcher() returns event_trigger language plpgsql as $$ begin null; end $$;\n");
    bothf(w, "create event trigger %s on ddl_command_start%s execute function watcher()", PICK(w, names),
          chance(w, 50) ? " when tag in ('CREATE CAST')" : "");
    end_statement(w);
}

/* ------------------------------------------------------------------ policies */

void write_create_policy(Writer *w)
{
    static const char *const names[] = {"own", "readers", "\"Odd policy\""};
    static const char *const commands[] = {"", "", " for select", " for update", " for delete", " for all"};
    static const char *const roles[] = {"", "", " to app_role", " to public", " to clerk, app_role",
            " to current_user"};
    const Table *table;
    Str name = some_table(w, &table), condition = random_condition(w, table), check = random_condition(w, table);
    const char *command = PICK(w, commands);
    bool checks = !str_is(str_from(command), " for select") && !str_is(str_from(command), " for delete");
    w->sql_only = true;
    bothf(w, "create policy %s on %.*s%s%s%s using (%.*s)", PICK(w, names), STR_ARG(name),
          chance(w, 20) ? " as restrictive" : "", command, PICK(w, roles), STR_ARG(condition));
    if (checks && chance(w, 40))
        bothf(w, " with check (%.*s)", STR_ARG(check));
    end_statement(w);
}

void write_alter_policy(Writer *w)
{
    const Definition *policy = (const Definition *) random_object(w, OBJECT_POLICY);
    w->sql_only = true;
    if (policy == NULL) {
        write_create_policy(w);
        return;
    }
    Str condition = random_condition(w, schema_relation(w->schema, policy->of));
    bothf(w, "alter policy %.*s", STR_ARG(definition_identity(w->schema, policy)));
    if (chance(w, 40))
        bothf(w, " to %s", chance(w, 50) ? "app_role" : "public");
    if (chance(w, 70))
        bothf(w, " using (%.*s)", STR_ARG(condition));
    end_statement(w);
}

/* ------------------------------------------------------------------ statistics */

void write_create_statistics(Writer *w)
{
    static const char *const names[] = {"st", "st_a", "\"Odd stats\""};
    static const char *const kinds[] = {"", "", " (ndistinct)", " (dependencies, mcv)"};
    const Table *table;
    Str name = some_table(w, &table), a = some_column(w, table), b = some_column(w, table);
    Str statistics = NEW_NAME(w, OBJECT_STATISTICS, names);
    w->sql_only = true;
    bothf(w, "create statistics %.*s%s on %.*s, %.*s from %.*s", STR_ARG(statistics), PICK(w, kinds), STR_ARG(a),
          STR_ARG(b), STR_ARG(name));
    end_statement(w);
}

void write_alter_statistics(Writer *w)
{
    const Object *statistics = random_object(w, OBJECT_STATISTICS);
    w->sql_only = true;
    if (statistics == NULL) {
        write_create_statistics(w);
        return;
    }
    bothf(w, "alter statistics %.*s set statistics %d", STR_ARG(object_sql(w->schema, statistics)), (int) below(w,
            4) * 100 - 1);
    end_statement(w);
}
