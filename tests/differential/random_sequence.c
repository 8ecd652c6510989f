/* Sequences. */
#include "random_writer.h"

void write_create_sequence(Writer *w)
{
    static const char *const names[] = {"numbers", "t_a_seq", "t_id_seq", "\"Odd seq\"", "n"};
    static const char *const options[] = {"", " as int", " as smallint", " start 1000", " increment by 10",
                                          " minvalue 5 maxvalue 500 start with 7", " increment -1 minvalue -100 cycle",
                                          " cache 20", " start 5 no maxvalue cycle"};
    Str name = NEW_NAME(w, OBJECT_SEQUENCE, names);
    bothf(w, "create %ssequence %.*s%s", chance(w, 8) ? "unlogged " : "", STR_ARG(name), PICK(w, options));
    end_statement(w);
}

static Str some_sequence(Writer *w)
{
    const Object *sequence = random_object(w, OBJECT_SEQUENCE);
    return sequence == NULL ? STR("numbers") : object_sql(w->schema, sequence);
}

void write_alter_sequence(Writer *w)
{
    static const char *const actions[] = {"as bigint", "as int", "increment by 5", "minvalue 1 start 3 restart",
                                          "no minvalue", "maxvalue 1000", "cache 3", "cycle", "no cycle", "restart",
                                          "restart with 50", "start 9", "set unlogged", "set logged",
                                          "owned by none"};
    if (random_object(w, OBJECT_SEQUENCE) == NULL && chance(w, 80)) {
        write_create_sequence(w);
        return;
    }
    bothf(w, "alter sequence %.*s %s", STR_ARG(some_sequence(w)), PICK(w, actions));
    end_statement(w);
}

void write_own_sequence(Writer *w)
{
    const Table *table;
    Str sequence = some_sequence(w), name = some_table(w, &table), column = some_column(w, table);
    bothf(w, "alter sequence %.*s owned by %.*s.%.*s", STR_ARG(sequence), STR_ARG(name), STR_ARG(column));
    end_statement(w);
}
