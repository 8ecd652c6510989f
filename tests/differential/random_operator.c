/* Operators, their classes and families; casts, conversions and access methods. */
#include "random_writer.h"

void write_create_operator(Writer *w)
{
    static const char *const operators[] = {"===", "~~>", "|+|", "<=>", "@=", "~=~", "^^", "|=|"};
    static const char *const options[] = {"", "", ", restrict = eqsel, join = eqjoinsel", ", merges", ", hashes"};
    const Definition *f = random_function(w, "int4");
    bool ours = f != NULL && f->arguments.count == 2, truth = chance(w, 50);
    w->sql_only = true;
    bothf(w, "create operator %s (leftarg = int, rightarg = int, function = %.*s%s)", PICK(w, operators),
          STR_ARG(truth ? STR("int4eq") : ours ? object_sql(w->schema, &f->object) : STR("int4pl")),
          truth ? PICK(w, options) : "");
    end_statement(w);
}

/* One that answers true or false, which alone can have estimators. */
static const Definition *random_test(Writer *w)
{
    enum { TRIES = 6 };
    for (int i = 0; i < TRIES; i++) {
        const Definition *operator = (const Definition *) random_object(w, OBJECT_OPERATOR);
        if (operator != NULL && strstr(operator->text->sql.data, "int4eq") != NULL)
            return operator;
    }
    return NULL;
}

void write_alter_operator(Writer *w)
{
    static const char *const settings[] = {"restrict = eqsel", "join = eqjoinsel", "restrict = none",
                                           "restrict = neqsel, join = none", "join = none"};
    const Definition *operator = random_test(w);
    if (operator == NULL) {
        write_create_operator(w);
        return;
    }
    w->sql_only = true;
    bothf(w, "alter operator %.*s set (%s)", STR_ARG(definition_identity(w->schema, operator)), PICK(w, settings));
    end_statement(w);
}

static const char *const family_names[] = {"odd_order", "\"Odd family\"", "reverse"};

void write_create_family(Writer *w)
{
    Str name = NEW_NAME(w, OBJECT_OPERATOR_FAMILY, family_names);
    w->sql_only = true;
    bothf(w, "create operator family %.*s using %s", STR_ARG(name), chance(w, 70) ? "btree" : "hash");
    end_statement(w);
}

/* A family that there is, of the method. */
static const Definition *random_family(Writer *w, const char *method)
{
    enum { TRIES = 6 };
    for (int i = 0; i < TRIES; i++) {
        const Definition *family = (const Definition *) random_object(w, OBJECT_OPERATOR_FAMILY);
        if (family != NULL && str_is(family->variant, method))
            return family;
    }
    return NULL;
}

void write_create_class(Writer *w)
{
    static const char *const items[] = {
        "operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 btint4cmp(int, int)",
        "operator 1 <, operator 3 =, operator 5 >, function 1 btint4cmp(int, int)", "function 1 btint4cmp(int, int)",
    };
    static const char *const class_names[] = {"by_number", "\"Odd class\"", "reverse"};
    const Definition *family = random_family(w, "btree");
    Str name = NEW_NAME(w, OBJECT_OPERATOR_CLASS, class_names);
    w->sql_only = true;
    bothf(w, "create operator class %.*s", STR_ARG(name));
    if (chance(w, 25)) {
        both_c(w, " for type int using hash as operator 1 =, function 1 hashint4(int)");
    } else {
        both_c(w, " for type int using btree");
        if (family != NULL && chance(w, 50))
            bothf(w, " family %.*s", STR_ARG(object_sql(w->schema, &family->object)));
        bothf(w, " as %s", PICK(w, items));
    }
    end_statement(w);
}

void write_alter_family(Writer *w)
{
    static const char *const actions[] = {
        "add operator 1 < (int, bigint), operator 3 = (int, bigint)",
        "add function 1 (int, bigint) btint48cmp(int, bigint)",
        "add operator 5 > (bigint, int)", "drop operator 1 (int, bigint)", "drop function 1 (int, bigint)",
        "add operator 2 <= (int, bigint)", "drop operator 2 (int, bigint)",
    };
    const Definition *family = random_family(w, "btree");
    if (family == NULL) {
        write_create_family(w);
        return;
    }
    w->sql_only = true;
    bothf(w, "alter operator family %.*s %s", STR_ARG(definition_identity(w->schema, family)), PICK(w, actions));
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
    Str name = NEW_NAME(w, OBJECT_CONVERSION, names);
    bothf(w, "create %sconversion %.*s %s", chance(w, 25) ? "default " : "", STR_ARG(name), PICK(w, what));
    end_statement(w);
}

void write_create_method(Writer *w)
{
    static const char *const names[] = {"heap2", "btree2", "\"Odd method\""};
    bool table = chance(w, 50);
    w->sql_only = true;
    Str name = NEW_NAME(w, OBJECT_ACCESS_METHOD, names);
    bothf(w, "create access method %.*s type %s handler %s", STR_ARG(name),
          table ? "table" : "index", table ? "heap_tableam_handler" : "bthandler");
    end_statement(w);
}
