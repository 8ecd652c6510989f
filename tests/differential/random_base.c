/* Base types: with functions of the server's own, under other names. Only a shell, now and then. */
#include "random_writer.h"

static const char *const base_names[] = {"amount_of", "\"Odd base\"", "code", "mood"};

typedef struct Likeness {
    const char *like, *reads, *writes;
} Likeness;

void write_create_base(Writer *w)
{
    static const Likeness all[] = {{"int4", "int4in", "int4out"}, {"text", "textin", "textout"},
                                   {"bool", "boolin", "boolout"}, {"uuid", "uuid_in", "uuid_out"}};
    static const char *const options[] = {"", ", category = 'N'", ", preferred, category = 'Q'", ", default = '1'",
                                          ", collatable = true", ", delimiter = ';'", ", storage = main"};
    enum { NUMBERS = 500 };
    const Likeness *as = &all[below(w, COUNT(all))];
    Str name = NEW_NAME(w, OBJECT_BASE_TYPE, base_names);
    unsigned number = below(w, NUMBERS);
    w->sql_only = true;
    bothf(w, "create type %.*s", STR_ARG(name));
    if (!chance(w, 10)) {
        bothf(w, ";\ncreate function reads_%u(cstring) returns %.*s language internal immutable strict as '%s';\n",
              number, STR_ARG(name), as->reads);
        bothf(w, "create function writes_%u(%.*s) returns cstring language internal immutable strict as '%s';\n",
              number, STR_ARG(name), as->writes);
        bothf(w, "create type %.*s (input = reads_%u, output = writes_%u, like = %s%s)", STR_ARG(name), number, number,
              as->like, PICK(w, options));
    }
    end_statement(w);
}

/* How long values are the compiler leaves to the server: they pass for those of the type that they are like. */
static Str passes_for(Writer *w, const Object *type)
{
    const BaseType *base = ((const Definition *) type)->base;
    return base->like.catalog == NULL ? STR("text") : define_type(w->schema, &base->like);
}

void write_use_base(Writer *w)
{
    const Object *type = random_object(w, OBJECT_BASE_TYPE);
    if (type == NULL) {
        write_create_base(w);
        return;
    }
    Str name = object_sql(w->schema, type), other = passes_for(w, type);
    w->sql_only = true;
    switch (below(w, 7)) {
    case 0: bothf(w, "alter type %.*s set (storage = extended)", STR_ARG(name)); break;
    case 1: bothf(w, "alter type %.*s set (receive = none, send = none)", STR_ARG(name)); break;
    case 2: bothf(w, "drop type %.*s cascade", STR_ARG(name)); break;
    case 3: bothf(w, "grant usage on type %.*s to clerk", STR_ARG(name)); break;
    case 4: bothf(w, "create cast (%.*s as text) with inout", STR_ARG(name)); break;
    case 5:
        bothf(w, "create cast (%.*s as %.*s) without function as assignment", STR_ARG(name), STR_ARG(other));
        break;
    default: bothf(w, "create function same(a %.*s) returns %.*s language sql return a", STR_ARG(name), STR_ARG(name));
    }
    end_statement(w);
}
