/* Languages, and what brings values of a type into one. */
#include "random_writer.h"

static const char *const language_names[] = {"ours", "\"Odd tongue\"", "plain"};

static Str some_language(Writer *w)
{
    const Object *language = chance(w, 70) ? random_object(w, OBJECT_LANGUAGE) : NULL;
    return language == NULL ? STR("plpgsql") : catalog_quote(w->arena, language->name);
}

void write_create_language(Writer *w)
{
    static const char *const parts[] = {"", " inline plpgsql_inline_handler", " validator plpgsql_validator",
                                        " inline plpgsql_inline_handler validator plpgsql_validator"};
    Str name = NEW_NAME(w, OBJECT_LANGUAGE, language_names);
    w->sql_only = true;
    bothf(w, "create %s%slanguage %.*s handler plpgsql_call_handler%s", chance(w, 25) ? "or replace " : "",
          chance(w, 50) ? "trusted " : "", STR_ARG(name), PICK(w, parts));
    end_statement(w);
}

/* Where another one owns it, a comment. */
static void write_right(Writer *w, const Object *language, Str name)
{
    const char *role = chance(w, 50) ? "clerk" : "public";
    if (language->owner.data != NULL)
        bothf(w, "comment on language %.*s is 'of another'", STR_ARG(name));
    else if (chance(w, 60))
        bothf(w, "grant usage on language %.*s to %s", STR_ARG(name), role);
    else
        bothf(w, "revoke usage on language %.*s from %s", STR_ARG(name), role);
}

/* A function in it, a right to use it, and what any object can get. */
void write_use_language(Writer *w)
{
    static const char *const names[] = {"spoken", "\"Odd words\"", "f"};
    const Object *language = random_object(w, OBJECT_LANGUAGE);
    Str function = NEW_NAME(w, OBJECT_FUNCTION, names);
    w->sql_only = true;
    if (language == NULL) {
        write_create_language(w);
        return;
    }
    Str name = catalog_quote(w->arena, language->name);
    switch (below(w, 6)) {
    case 0: bothf(w, "alter language %.*s rename to %s", STR_ARG(name), PICK(w, language_names)); break;
    case 1: bothf(w, "alter language %.*s owner to %s", STR_ARG(name), random_role(w)); break;
    case 2: bothf(w, "comment on language %.*s is %s", STR_ARG(name), chance(w, 60) ? "'of words'" : "null"); break;
    case 3: write_right(w, language, name); break;
    default:
        bothf(w, "create function %.*s(a int) returns int language %.*s as $$ begin return a; end $$",
              STR_ARG(function), STR_ARG(name));
    }
    end_statement(w);
}

/* Functions of the server's own; what comes to the server must be of the type. */
void write_create_transform(Writer *w)
{
    static const char *const types[][2] = {
        {"int", "int4recv"}, {"text", "textrecv"}, {"bool", "boolrecv"}, {"uuid", "uuid_recv"}, {"date", "date_recv"}};
    const char *const *type = types[below(w, COUNT(types))];
    Str language = chance(w, 30) ? STR("sql") : some_language(w);
    const char *to = chance(w, 95) ? type[1] : "int8recv";
    w->sql_only = true;
    bothf(w, "create %stransform for %s language %.*s (", chance(w, 30) ? "or replace " : "", type[0],
          STR_ARG(language));
    if (chance(w, 30))
        both_c(w, "from sql with function prsd_lextype(internal))");
    else if (chance(w, 40))
        bothf(w, "to sql with function %s(internal))", to);
    else
        bothf(w, "from sql with function prsd_lextype(internal), to sql with function %s(internal))", to);
    end_statement(w);
}
