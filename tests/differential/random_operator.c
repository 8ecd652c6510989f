/* Operators, their classes and families; casts, conversions and access methods. */
#include "random_writer.h"

void write_create_operator(Writer *w)
{
    static const char *const operators[] = {"===", "~~>", "|+|"};
    static const char *const options[] = {"", "", ", restrict = eqsel, join = eqjoinsel", ", commutator = ===",
                                          ", commutator = ~~>", ", negator = |+|", ", merges", ", hashes"};
    const Definition *f = random_function(w, "int4");
    bool ours = f != NULL && f->arguments.count == 2, truth = chance(w, 50);
    w->sql_only = true;
    bothf(w, "create operator %s (leftarg = int, rightarg = int, function = %.*s%s)", PICK(w, operators),
          STR_ARG(truth ? STR("int4eq") : ours ? object_sql(w->schema, &f->object) : STR("int4pl")),
          truth ? PICK(w, options) : "");
    end_statement(w);
}

void write_create_cast(Writer *w)
{
    static const char *const contexts[] = {"", " as assignment", " as implicit"};
    static const ObjectKind kinds[] = {OBJECT_ENUM, OBJECT_COMPOSITE, OBJECT_ENUM, OBJECT_RANGE, OBJECT_TABLE};
    const Object *type = random_object(w, kinds[below(w, COUNT(kinds))]);
    Str name = type == NULL ? STR("mood") : object_sql(w->schema, type);
    const char *other = chance(w, 50) ? "varchar" : "text";
    bool from = chance(w, 30);
    w->sql_only = true;
    Str source = from ? name : str_from(other), target = from ? str_from(other) : name;
    bothf(w, "create cast (%.*s as %.*s) with inout%s", STR_ARG(source), STR_ARG(target),
          chance(w, 70) ? "" : PICK(w, contexts));
    end_statement(w);
}

void write_create_conversion(Writer *w)
{
    static const char *const names[] = {"mine", "\"Odd conversion\""};
    static const char *const what[] = {"for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1",
                                       "for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8"};
    w->sql_only = true;
    bothf(w, "create %sconversion %.*s %s", chance(w, 25) ? "default " : "",
          STR_ARG(NEW_NAME(w, OBJECT_CONVERSION, names)), PICK(w, what));
    end_statement(w);
}

void write_create_method(Writer *w)
{
    static const char *const names[] = {"heap2", "btree2", "\"Odd method\""};
    bool table = chance(w, 50);
    w->sql_only = true;
    bothf(w, "create access method %.*s type %s handler %s", STR_ARG(NEW_NAME(w, OBJECT_ACCESS_METHOD, names)),
          table ? "table" : "index", table ? "heap_tableam_handler" : "bthandler");
    end_statement(w);
}
