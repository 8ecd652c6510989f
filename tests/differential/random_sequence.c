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
    Str name = some_sequence(w);
    bothf(w, "alter sequence %.*s %s", STR_ARG(name), PICK(w, actions));
    end_statement(w);
}

/* Who owns what is made, nobody but the server knows: a sequence and its table are alike in that. */
void write_own_sequence(Writer *w)
{
    enum { TRIES = 10 };
    const Sequence *sequence = (const Sequence *) random_object(w, OBJECT_SEQUENCE);
    const Table *table = NULL;
    for (int i = 0; i < TRIES && sequence != NULL; i++) {
        table = (const Table *) random_object(w, OBJECT_TABLE);
        if (table != NULL && str_equal(table->object.owner, sequence->object.owner) &&
            (table->object.schema == sequence->object.schema || chance(w, 5)))
            break;
        table = NULL;
    }
    if (table == NULL) {
        write_create_sequence(w);
        return;
    }
    Str column = some_column(w, table);
    bothf(w, "alter sequence %.*s owned by %.*s.%.*s", STR_ARG(object_sql(w->schema, &sequence->object)),
          STR_ARG(object_sql(w->schema, &table->object)), STR_ARG(column));
    end_statement(w);
}
