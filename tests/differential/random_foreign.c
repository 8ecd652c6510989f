/* Data that lives elsewhere: wrappers, servers, user mappings and foreign tables. */
#include "random_writer.h"

static const char *const wrapper_names[] = {"files", "\"Odd wrapper\""};
static const char *const server_names[] = {"there", "far_away", "\"Odd server\""};
static const char *const foreign_names[] = {"remote", "remote_b", "\"Odd remote\""};

static Str object_name(Writer *w, ObjectKind kind, const char *otherwise)
{
    const Object *object = random_object(w, kind);
    return object == NULL ? str_from(otherwise) : object_sql(w->schema, object);
}

void write_create_wrapper(Writer *w)
{
    static const char *const options[] = {"", "", " options (debug 'true')", " no handler no validator"};
    w->sql_only = true;
    Str name = NEW_NAME(w, OBJECT_DATA_WRAPPER, wrapper_names);
    bothf(w, "create foreign data wrapper %.*s%s", STR_ARG(name), PICK(w, options));
    end_statement(w);
}

void write_create_server(Writer *w)
{
    static const char *const kinds[] = {"", "", " type 'oracle'", " version '1.1'", " type 'x' version '2'"};
    static const char *const options[] = {"", "", " options (host 'a', dbname 'it''s')"};
    if (random_object(w, OBJECT_DATA_WRAPPER) == NULL) {
        write_create_wrapper(w);
        return;
    }
    w->sql_only = true;
    Str name = NEW_NAME(w, OBJECT_SERVER, server_names), wrapper = object_name(w, OBJECT_DATA_WRAPPER, "files");
    bothf(w, "create server %.*s%s foreign data wrapper %.*s%s", STR_ARG(name), PICK(w, kinds), STR_ARG(wrapper),
          PICK(w, options));
    end_statement(w);
}

/* Options that are there are set and dropped by name, which the maker does not know: it tries the usual ones. */
void write_alter_server(Writer *w)
{
    static const char *const server[] = {"version '3'", "options (add port '5432')", "options (set host 'b')",
                                         "options (drop dbname)", "version '1' options (add x 'y')"};
    static const char *const wrapper[] = {"options (add debug 'false')", "options (set debug '1')",
                                          "options (drop debug)", "no handler", "no validator"};
    const Object *object = random_object(w, OBJECT_SERVER);
    w->sql_only = true;
    if (object == NULL) {
        write_create_server(w);
        return;
    }
    Str name = object_name(w, OBJECT_DATA_WRAPPER, "files");
    if (chance(w, 30))
        bothf(w, "alter foreign data wrapper %.*s %s", STR_ARG(name), PICK(w, wrapper));
    else
        bothf(w, "alter server %.*s %s", STR_ARG(object_sql(w->schema, object)), PICK(w, server));
    end_statement(w);
}

void write_user_mapping(Writer *w)
{
    static const char *const roles[] = {"public", "app_role", "clerk", "current_user"};
    static const char *const created[] = {"", " options (\"user\" 'a', password 'b')"};
    static const char *const altered[] = {"options (add password 'c')", "options (set password 'd')",
                                          "options (drop password)"};
    const Object *server = random_object(w, OBJECT_SERVER);
    const Definition *mapping = (const Definition *) random_object(w, OBJECT_USER_MAPPING);
    w->sql_only = true;
    if (server == NULL) {
        write_create_server(w);
    } else if (mapping == NULL || chance(w, 50)) {
        bothf(w, "create user mapping for %s server %.*s%s", PICK(w, roles), STR_ARG(object_sql(w->schema, server)),
              PICK(w, created));
        end_statement(w);
    } else {
        Str identity = definition_identity(w->schema, mapping);
        if (chance(w, 60))
            bothf(w, "alter user mapping %.*s %s", STR_ARG(identity), PICK(w, altered));
        else
            bothf(w, "drop user mapping %.*s", STR_ARG(identity));
        end_statement(w);
    }
}

void write_create_foreign_table(Writer *w)
{
    static const char *const types[] = {"int", "text", "bigint", "timestamptz", "int[]"};
    static const char *const clauses[] = {"", "", " not null", " options (column_name 'x')",
                                          " options (a 'b', c 'd') not null", " default null"};
    if (random_object(w, OBJECT_SERVER) == NULL) {
        write_create_server(w);
        return;
    }
    w->sql_only = true;
    Str name = NEW_NAME(w, OBJECT_FOREIGN_TABLE, foreign_names), server = object_name(w, OBJECT_SERVER, "there");
    bothf(w, "create foreign table %.*s (", STR_ARG(name));
    for (unsigned i = 0, first = below(w, COLUMN_NAMES), count = 1 + below(w, 3); i < count; i++)
        bothf(w, "%s%s %s%s", i == 0 ? "" : ", ", column_names[(first + i) % COLUMN_NAMES], PICK(w, types),
              PICK(w, clauses));
    bothf(w, ") server %.*s%s", STR_ARG(server),
          chance(w, 30) ? " options (schema_name 's', table_name 't')" : "");
    end_statement(w);
}

void write_alter_foreign_table(Writer *w)
{
    static const char *const actions[] = {
        "add column @ int", "add column @ text not null", "drop column #", "alter column # type text",
        "alter column # options (add b 'x')", "alter column # options (set column_name 'y')", "options (add z '1')",
        "options (drop table_name)", "alter column # set not null", "alter column # drop not null",
        "add check (# is not null)", "alter column # set statistics 50",
        "add constraint odd_one check (# is null) not valid",
        "disable trigger all", "rename column # to @",
    };
    const Table *table = (const Table *) random_object(w, OBJECT_FOREIGN_TABLE);
    w->sql_only = true;
    if (table == NULL) {
        write_create_foreign_table(w);
        return;
    }
    Str action = fill(w->arena, PICK(w, actions), str_from(PICK(w, column_names)));
    Str column = some_column(w, table);
    bothf(w, "alter foreign table %.*s ", STR_ARG(object_sql(w->schema, &table->object)));
    for (size_t i = 0; i < action.len; i++)
        both(w, action.data[i] == '#' ? column : str_slice(action, i, i + 1));
    end_statement(w);
}
