/* Which maker is asked, and in which of the two spellings its statement stands in the migration. */
#include "random_writer.h"

typedef struct Maker {
    const char *name;
    void (*write)(Writer *w);
    unsigned weight;
} Maker;

static const Maker makers[] = {
#define MAKER(name, weight) {#name, write_##name, weight},
#include "random_makers.def"
#undef MAKER
};

size_t maker_count(void)
{
    return COUNT(makers);
}

const char *maker_name(size_t maker)
{
    return makers[maker].name;
}

size_t maker_random(Random *random)
{
    unsigned all = 0;
    size_t i = 0;
    for (size_t j = 0; j < COUNT(makers); j++)
        all += makers[j].weight;
    for (unsigned left = random_below(random, all); left >= makers[i].weight; i++)
        left -= makers[i].weight;
    return i;
}

Statement statement_random(Arena *arena, Random *random, const Schema *schema, size_t maker)
{
    enum { SQL_PERCENT = 30 };
    Writer w = {.arena = arena, .random = random, .schema = schema};
    Statement statement = {0};
    w.mig = w.sql = w.later = w.down = text_new(arena);
    makers[maker].write(&w);
    text_add(&w.sql, text_str(&w.later));
    statement.sql = text_str(&w.sql);
    statement.mig = text_str(&w.mig);
    statement.down = text_str(&w.down);
    statement.inexact = w.inexact;
    if (w.sql_only || chance(&w, SQL_PERCENT))
        statement.mig = str_format(arena, "sql {\n%.*s}\n", STR_ARG(statement.sql));
    return statement;
}
