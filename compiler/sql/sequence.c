/* The options of an identity column's sequence, judged as init_params() of src/backend/commands/sequence.c does, and
 * written out again in a fixed order, so that two spellings of one thing are equal. */
#include "tree.h"

#include <errno.h>
#include <stdlib.h>

static const char sequence_prefix[] = "CREATE TABLE x (c bigint GENERATED ALWAYS AS IDENTITY (";

/* A number that may be written; the flag is false for NO MAXVALUE and the like, and where nothing was. */
typedef struct Number {
    bool written;
    long long value;
} Number;

typedef struct Options {
    Number increment, minimum, maximum, start, cache;
    bool cycle;
    Str name;
} Options;

typedef struct SequenceReader {
    Sql *sql;
    const Fragment *fragment;
    Str schema;       /* of the table */
    Options options;
    bool refused;
} SequenceReader;

static void refuse(SequenceReader *r, const PgQuery__DefElem *option, const char *why)
{
    size_t offset = option == NULL ? 0 : tree_offset(sequence_prefix, option->location);
    size_t end = offset;
    Str sql = r->fragment->sql;
    while (end < sql.len && sql.data[end] != ' ')
        end++;
    Span span = option == NULL ? r->fragment->span : fragment_place(r->fragment, offset, end - offset);
    report(r->sql->c, M_BAD_IDENTITY, span, "%s", why);
    r->refused = true;
}

/* ------------------------------------------------------------------ reading */

static Number read_number(SequenceReader *r, const PgQuery__DefElem *option)
{
    const PgQuery__Node *node = option->arg;
    Number number = {.written = node != NULL};
    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_INTEGER) {
        number.value = node->integer->ival;
    } else if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_FLOAT) {
        char *end;
        errno = 0;
        number.value = strtoll(node->float_->fval, &end, 10);
        if (errno != 0 || *end != '\0')
            refuse(r, option, "this is not a whole number of 64 bits");
    }
    return number;
}

static void read_name(SequenceReader *r, const PgQuery__DefElem *option)
{
    const PgQuery__List *names = option->arg->list;
    bool other = names->n_items > 1 && !str_equal(tree_qualifier(names->n_items, names->items), r->schema);
    if (other)
        refuse(r, option, "the sequence of an identity column lives in the table's schema");
    r->options.name = tree_name(names->n_items, names->items);
}

static void read_option(SequenceReader *r, const PgQuery__DefElem *option)
{
    Str name = str_from(option->defname);
    if (str_is(name, "increment"))
        r->options.increment = read_number(r, option);
    else if (str_is(name, "minvalue"))
        r->options.minimum = read_number(r, option);
    else if (str_is(name, "maxvalue"))
        r->options.maximum = read_number(r, option);
    else if (str_is(name, "start"))
        r->options.start = read_number(r, option);
    else if (str_is(name, "cache"))
        r->options.cache = read_number(r, option);
    else if (str_is(name, "cycle"))
        r->options.cycle = option->arg->boolean->boolval;
    else if (str_is(name, "sequence_name"))
        read_name(r, option);
    else if (str_is(name, "as"))
        refuse(r, option, "the sequence of an identity column has the column's type");
    else
        refuse(r, option, "the sequence of an identity column does not take this option");
}

static void read_options(SequenceReader *r, size_t count, PgQuery__Node *const *options)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(options[j]->def_elem->defname, option->defname) == 0) {
                refuse(r, option, "this option of the sequence is written twice");
                return;
            }
        }
        read_option(r, option);
    }
}

/* ------------------------------------------------------------------ judging */

typedef struct Bounds {
    long long least, most;
} Bounds;

static Bounds type_bounds(const CatalogType *type)
{
    if (type != NULL && str_is(type->name, "int2"))
        return (Bounds) {INT16_MIN, INT16_MAX};
    if (type != NULL && str_is(type->name, "int4"))
        return (Bounds) {INT32_MIN, INT32_MAX};
    return (Bounds) {INT64_MIN, INT64_MAX};
}

static long long number_or(Number number, long long fallback)
{
    return number.written ? number.value : fallback;
}

static void judge(SequenceReader *r, Bounds type)
{
    const Options *o = &r->options;
    long long increment = number_or(o->increment, 1);
    long long most = number_or(o->maximum, increment > 0 ? type.most : -1);
    long long least = number_or(o->minimum, increment > 0 ? 1 : type.least);
    long long start = number_or(o->start, increment > 0 ? least : most);
    if (increment == 0)
        refuse(r, NULL, "a sequence cannot step by zero");
    else if (most > type.most || most < type.least || least > type.most || least < type.least)
        refuse(r, NULL, "the sequence goes beyond the type of its column");
    else if (least >= most)
        refuse(r, NULL, "the sequence's minimum must be less than its maximum");
    else if (start < least || start > most)
        refuse(r, NULL, "the sequence would start outside of its minimum and maximum");
    else if (number_or(o->cache, 1) <= 0)
        refuse(r, NULL, "the sequence's cache must hold one number at least");
}

SequenceSettings sequence_defaults(const CatalogType *type)
{
    long long most = type_bounds(type).most;
    return (SequenceSettings) {.type = type, .increment = 1, .minimum = 1, .maximum = most, .start = 1, .cache = 1};
}

/* ------------------------------------------------------------------ writing */

static void write_number(Text *text, const char *word, Number number)
{
    if (number.written)
        text_addf(text, "%s%s %lld", text->len == 0 ? "" : " ", word, number.value);
}

static Str write_options(Arena *arena, const Options *options)
{
    Text text = text_new(arena);
    write_number(&text, "INCREMENT", options->increment);
    write_number(&text, "MINVALUE", options->minimum);
    write_number(&text, "MAXVALUE", options->maximum);
    write_number(&text, "START", options->start);
    write_number(&text, "CACHE", options->cache);
    if (options->cycle)
        text_addf(&text, "%sCYCLE", text.len == 0 ? "" : " ");
    return text_str(&text);
}

bool sql_sequence(Sql *sql, SequencePlace place, const Fragment *fragment, SqlSequence *sequence)
{
    SequenceReader reader = {.sql = sql, .fragment = fragment, .schema = place.schema};
    const PgQuery__Node *statement = tree_statement(sql, sequence_prefix, fragment, "))");
    if (statement == NULL)
        return false;
    const PgQuery__Constraint *identity = statement->create_stmt->table_elts[0]->column_def->constraints[0]->constraint;
    read_options(&reader, identity->n_options, identity->options);
    if (!reader.refused)
        judge(&reader, type_bounds(place.type));
    *sequence = (SqlSequence) {reader.options.name, write_options(&sql->c->arena, &reader.options)};
    return !reader.refused;
}
