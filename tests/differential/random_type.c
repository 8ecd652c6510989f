/* Enums, domains and composite types. */
#include "random_writer.h"

static const char *const type_names[] = {"mood", "\"Odd mood\"", "email", "amount", "x", "y", "state", "percent"};

/* ------------------------------------------------------------------ enums */

void write_create_enum(Writer *w)
{
    static const char *const labels[] = {"'a'", "'b'", "'it''s'", "'a', 'b'", "'c\\d', 'a', 'b'", "'a', 'b', 'c', 'd'"};
    Str name = NEW_NAME(w, OBJECT_ENUM, type_names);
    const char *list = PICK(w, labels);
    text_addf(&w->mig, "create enum %.*s (%s);\n", STR_ARG(name), list);
    text_addf(&w->sql, "create type %.*s as enum (%s);\n", STR_ARG(name), list);
}

static Str some_label(Writer *w, const Enum *type)
{
    static const char *const labels[] = {"a", "b", "c", "new one", "it's"};
    if (type->labels.count == 0 || chance(w, 10))
        return str_from(PICK(w, labels));
    return type->labels.items[below(w, (unsigned) type->labels.count)].name;
}

/* One that the type does not have, more often than not. */
static Str free_label(Writer *w, const Enum *type)
{
    enum { TRIES = 6 };
    static const char *const labels[] = {"renamed", "a", "b", "it's", "x y", "last", "more", "d"};
    Str label = str_from(PICK(w, labels));
    for (int i = 0; i < TRIES; i++) {
        bool there = false;
        for (size_t j = 0; j < type->labels.count; j++)
            there = there || str_equal(type->labels.items[j].name, label);
        if (there)
            label = str_from(PICK(w, labels));
    }
    return label;
}

/* A label has no way down but to make the type anew, which works where nothing uses it, and where it has nothing that
 * the new one would not have. */
static bool can_be_made_anew(Writer *w, const Enum *type)
{
    return type->object.owner.data == NULL && type->object.comment.data == NULL && type->object.privileges.count == 0 &&
           w->schema->users.items[type->object.id].count == 0 && random_object(w, OBJECT_DEFAULT_PRIVILEGES) == NULL;
}

static void add_label(Writer *w, const Enum *type, Str name)
{
    static const char *const labels[] = {"'c'", "'d'", "'new one'", "'e'", "'f'"};
    Str first = define_labels(w->arena, type->labels), other = define_literal(w->arena, some_label(w, type));
    const char *label = PICK(w, labels);
    bothf(w, "add value %s", label);
    if (type->labels.count > 0 && chance(w, 40))
        bothf(w, " %s %.*s", chance(w, 50) ? "before" : "after", STR_ARG(other));
    text_addf(&w->down, "drop enum %.*s;\ncreate enum %.*s %.*s;\n", STR_ARG(name), STR_ARG(name),
              STR_ARG(str_slice(first, strlen("ENUM "), first.len)));
}

void write_alter_enum(Writer *w)
{
    const Enum *type = (const Enum *) random_object(w, OBJECT_ENUM);
    if (type == NULL && chance(w, 80)) {
        write_create_enum(w);
        return;
    }
    Str name = type == NULL ? STR("mood") : object_sql(w->schema, &type->object);
    text_addf(&w->mig, "alter enum %.*s ", STR_ARG(name));
    text_addf(&w->sql, "alter type %.*s ", STR_ARG(name));
    if (type != NULL && chance(w, 50) && can_be_made_anew(w, type)) {
        add_label(w, type, name);
    } else {
        Str old = type == NULL ? STR("a") : some_label(w, type), new = type == NULL ? STR("b") : free_label(w, type);
        bothf(w, "rename value %.*s to %.*s", STR_ARG(define_literal(w->arena, old)),
              STR_ARG(define_literal(w->arena, new)));
    }
    end_statement(w);
}

/* ------------------------------------------------------------------ domains */

static Str domain_check(Writer *w, Str base)
{
    static const char *const numbers[] = {"value > 0", "value between 1 and 9", "value <> 5 or value is null"};
    static const char *const texts[] = {"length(value) > 1", "value <> 'it''s'", "value ~ '^[^@]+@[^@]+$'"};
    if (str_is(base, "text") || str_is(base, "varchar"))
        return str_from(PICK(w, texts));
    if (str_is(base, "int4") || str_is(base, "int8") || str_is(base, "numeric"))
        return str_from(PICK(w, numbers));
    return STR("value is not null");
}

void write_create_domain(Writer *w)
{
    static const char *const types[][2] = {{"int", "int4"}, {"text", "text"}, {"varchar(20)", "varchar"},
                                           {"numeric(10, 2)", "numeric"}, {"uuid", "uuid"}, {"int[]", "_int4"}};
    const char *const *type = types[below(w, COUNT(types))];
    Str name = NEW_NAME(w, OBJECT_DOMAIN, type_names), value = random_default(w, str_from(type[0]));
    bothf(w, "create domain %.*s as %s", STR_ARG(name), type[0]);
    if (value.len > 0 && chance(w, 40))
        bothf(w, " default %.*s", STR_ARG(value));
    both_c(w, chance(w, 20) ? " not null" : "");
    for (unsigned i = below(w, 3); i > 0; i--) {
        Str check = domain_check(w, str_from(type[1]));
        bothf(w, "%s check (%.*s)", chance(w, 20) ? " constraint odd_one" : "", STR_ARG(check));
    }
    end_statement(w);
}

static Str some_check(Writer *w, const Domain *domain)
{
    if (domain->constraints.count == 0)
        return STR("odd_one");
    return catalog_quote(w->arena, domain->constraints.items[below(w, (unsigned) domain->constraints.count)]->name);
}

static void alter_check(Writer *w, const Domain *domain, Str base)
{
    Str check = domain_check(w, base), name = some_check(w, domain);
    switch (below(w, 5)) {
    case 0: bothf(w, "drop constraint %.*s", STR_ARG(name)); break;
    case 1: bothf(w, "rename constraint %.*s to renamed_one", STR_ARG(name)); break;
    case 2: bothf(w, "validate constraint %.*s", STR_ARG(name)); break;
    case 3: bothf(w, "add check (%.*s)", STR_ARG(check)); break;
    default: bothf(w, "add constraint odd_one check (%.*s) not valid", STR_ARG(check));
    }
}

void write_alter_domain(Writer *w)
{
    const Domain *domain = (const Domain *) random_object(w, OBJECT_DOMAIN);
    if (domain == NULL) {
        write_create_domain(w);
        return;
    }
    const CatalogType *type = type_catalog(&domain->type);
    Str base = type == NULL ? STR("") : type->name;
    Str value = random_default(w, str_is(base, "_int4") ? STR("int[]") : base);
    bothf(w, "alter domain %.*s ", STR_ARG(object_sql(w->schema, &domain->object)));
    if (chance(w, 60))
        alter_check(w, domain, base);
    else if (value.len > 0 && chance(w, 30))
        bothf(w, "set default %.*s", STR_ARG(value));
    else if (chance(w, 30))
        both_c(w, "drop default");
    else
        both_c(w, chance(w, 50) ? "set not null" : "drop not null");
    end_statement(w);
}

/* ------------------------------------------------------------------ composite types */

static Str attribute_type(Writer *w)
{
    static const char *const types[] = {"int", "text", "numeric(10, 2)", "timestamptz", "int[]", "varchar(20)"};
    const Object *type = chance(w, 15) ? random_object(w, chance(w, 50) ? OBJECT_ENUM : OBJECT_DOMAIN) : NULL;
    return type == NULL ? str_from(PICK(w, types)) : object_sql(w->schema, type);
}

void write_create_composite(Writer *w)
{
    Str name = NEW_NAME(w, OBJECT_COMPOSITE, type_names);
    unsigned first = below(w, COLUMN_NAMES), count = 1 + below(w, 3);
    text_addf(&w->mig, "create type %.*s {", STR_ARG(name));
    text_addf(&w->sql, "create type %.*s as (", STR_ARG(name));
    for (unsigned i = 0; i < count; i++) {
        Str type = attribute_type(w);
        text_add_c(&w->sql, i == 0 ? "" : ", ");
        bothf(w, " %s %.*s", column_names[(first + i) % COLUMN_NAMES], STR_ARG(type));
        text_add_c(&w->mig, ";");
    }
    text_add_c(&w->mig, " }\n");
    text_add_c(&w->sql, ");\n");
}

void write_alter_composite(Writer *w)
{
    const Table *type = (const Table *) random_object(w, OBJECT_COMPOSITE);
    if (type == NULL) {
        write_create_composite(w);
        return;
    }
    Str attribute = some_column(w, type), of = attribute_type(w);
    bothf(w, "alter type %.*s ", STR_ARG(object_sql(w->schema, &type->object)));
    switch (below(w, 4)) {
    case 0: bothf(w, "add attribute %s %.*s", PICK(w, column_names), STR_ARG(of)); break;
    case 1: bothf(w, "drop attribute %.*s", STR_ARG(attribute)); break;
    case 2: bothf(w, "rename attribute %.*s to %s", STR_ARG(attribute), PICK(w, column_names)); break;
    default: bothf(w, "alter attribute %.*s type %.*s", STR_ARG(attribute), STR_ARG(of));
    }
    end_statement(w);
}

/* ------------------------------------------------------------------ ranges */

void write_create_range(Writer *w)
{
    static const char *const patterns[] = {
        "subtype = int", "subtype = numeric", "subtype = text, collation = \"C\"", "subtype = timestamptz",
        "subtype = float8, subtype_diff = float8mi", "subtype = int, subtype_opclass = int4_ops",
        "subtype = date, multirange_type_name = many_of_them",
        "subtype = bigint, multirange_type_name = \"Odd many\"",
    };
    enum { NAMED = 2 };   /* they name the multirange, which has to be where its range is */
    static const char *const names[] = {"span", "\"Odd span\"", "period", "amount_range", "range_of"};
    Str name = NEW_NAME(w, OBJECT_RANGE, names);
    bool qualified = memchr(name.data, '.', name.len) != NULL;
    w->sql_only = true;
    bothf(w, "create type %.*s as range (%s)", STR_ARG(name),
          pick(w, patterns, qualified ? COUNT(patterns) - NAMED : COUNT(patterns)));
    end_statement(w);
}
