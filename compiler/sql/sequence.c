/* The options of a sequence, judged and filled in as init_params() of src/backend/commands/sequence.c does. */
#include "tree.h"

#include <errno.h>
#include <stdlib.h>

/* An option that may be written; `given` is false for NO MAXVALUE and the like. */
typedef struct Number {
    const PgQuery__DefElem *option;
    bool given;
    int64_t value;
} Number;

typedef struct SequenceReader {
    Sql *sql;
    const Fragment *fragment;
    SequencePlace place;
    SqlSequence *sequence;
    const char *prefix;
    Number increment, minimum, maximum, start, restart, cache;
    const PgQuery__DefElem *type, *cycle;
    bool refused;
} SequenceReader;

static const char *place_prefix(SequencePlace place)
{
    static const char *const prefixes[] = {
        [SEQUENCE_NEW] = "CREATE SEQUENCE x ",
        [SEQUENCE_ALTERED] = "ALTER SEQUENCE x ",
        [SEQUENCE_OF_IDENTITY] = "CREATE TABLE x (c bigint GENERATED ALWAYS AS IDENTITY (",
        [SEQUENCE_SET] = "ALTER TABLE x ALTER COLUMN c ",
    };
    return prefixes[place];
}

static bool is_of_column(const SequenceReader *r)
{
    return r->place == SEQUENCE_OF_IDENTITY || r->place == SEQUENCE_SET;
}

/* The option's first word, or all of the options. */
static Span option_span(const SequenceReader *r, const PgQuery__DefElem *option)
{
    Str sql = r->fragment->sql;
    size_t offset = option == NULL ? 0 : tree_offset(r->prefix, option->location), end = offset;
    while (end < sql.len && sql.data[end] != ' ')
        end++;
    return option == NULL ? r->fragment->span : fragment_place(r->fragment, offset, end - offset);
}

static void refuse(SequenceReader *r, const PgQuery__DefElem *option, const char *why)
{
    DiagnosticCode code = is_of_column(r) ? M_BAD_IDENTITY : M_BAD_SEQUENCE;
    report(r->sql->c, code, option_span(r, option), "%s", why);
    r->refused = true;
}

/* ------------------------------------------------------------------ reading */

static Number read_number(SequenceReader *r, const PgQuery__DefElem *option)
{
    const PgQuery__Node *node = option->arg;
    Number number = {.option = option, .given = node != NULL};
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
    if (r->place != SEQUENCE_OF_IDENTITY)
        refuse(r, option, "`sequence name` is for identity columns");
    r->sequence->name = tree_name(names->n_items, names->items);
    r->sequence->schema = tree_qualifier(names->n_items, names->items);
}

/* The parts of `owned by [schema.]table.column`, and `owned by none`. */
static void read_owner(SequenceReader *r, const PgQuery__DefElem *option)
{
    const PgQuery__List *names = option->arg->list;
    size_t count = names->n_items;
    bool none = count == 1 && str_is(tree_name(count, names->items), "none");
    if (is_of_column(r)) {
        refuse(r, option, "the sequence of an identity column does not take this option");
        return;
    }
    if (!none && (count < 2 || count > 3)) {
        refuse(r, option, "a sequence is owned by a column, `table.column`, or by `none`");
        return;
    }
    r->sequence->owned = true;
    r->sequence->owner_span = option_span(r, option);
    r->sequence->owner_column = none ? STR("") : tree_name(count, names->items);
    r->sequence->owner_table = none ? STR("") : tree_name(count - 1, names->items);
    r->sequence->owner_schema = count == 3 ? tree_name(1, names->items) : STR("");
}

/* Of the SQL standard's three integers only, not of domains over them. */
static void read_type(SequenceReader *r, const PgQuery__DefElem *option)
{
    const PgQuery__TypeName *name = option->arg->type_name;
    Str plain = tree_name(name->n_names, name->names), qualifier = tree_qualifier(name->n_names, name->names);
    bool integer = (str_is(plain, "int2") || str_is(plain, "int4") || str_is(plain, "int8")) &&
                   (qualifier.len == 0 || str_is(qualifier, "pg_catalog")) && name->n_array_bounds == 0 &&
                   name->n_typmods == 0;
    r->type = option;
    if (is_of_column(r))
        refuse(r, option, "the sequence of an identity column has the column's type");
    else if (!integer)
        refuse(r, option, "a sequence is smallint, integer or bigint");
    else
        r->sequence->settings.type = catalog_type_in(&catalog_for(r->sql->major)->core, plain);
}

static void read_kind(SequenceReader *r, const PgQuery__DefElem *option)
{
    bool always = option->arg->integer->ival == 'a'; /* ATTRIBUTE_IDENTITY_ALWAYS */
    r->sequence->kind = always ? IDENTITY_ALWAYS : IDENTITY_BY_DEFAULT;
}

static void read_option(SequenceReader *r, const PgQuery__DefElem *option)
{
    Str name = str_from(option->defname);
    if (str_is(name, "increment"))
        r->increment = read_number(r, option);
    else if (str_is(name, "minvalue"))
        r->minimum = read_number(r, option);
    else if (str_is(name, "maxvalue"))
        r->maximum = read_number(r, option);
    else if (str_is(name, "start"))
        r->start = read_number(r, option);
    else if (str_is(name, "restart"))
        r->restart = read_number(r, option);
    else if (str_is(name, "cache"))
        r->cache = read_number(r, option);
    else if (str_is(name, "cycle"))
        r->cycle = option;
    else if (str_is(name, "sequence_name"))
        read_name(r, option);
    else if (str_is(name, "owned_by"))
        read_owner(r, option);
    else if (str_is(name, "as"))
        read_type(r, option);
    else if (str_is(name, "generated"))
        read_kind(r, option);
    else
        refuse(r, option, "a sequence does not take this option");
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

/* ------------------------------------------------------------------ filling in */

/* A bound is made up for a new sequence, where its absence is written, and where it was the end of the type before. */
static void fill_bounds(SequenceReader *r, const SequenceSettings *before, bool new)
{
    SequenceSettings *s = &r->sequence->settings;
    bool typed = r->type != NULL && !new;
    bool most = typed && before->maximum == sequence_type_maximum(before->type);
    bool least = typed && before->minimum == sequence_type_minimum(before->type);
    if (r->maximum.given)
        s->maximum = r->maximum.value;
    else if (most)
        s->maximum = sequence_type_maximum(s->type);
    else if (new || r->maximum.option != NULL)
        s->maximum = sequence_default_maximum(s);
    if (r->minimum.given)
        s->minimum = r->minimum.value;
    else if (least)
        s->minimum = sequence_type_minimum(s->type);
    else if (new || r->minimum.option != NULL)
        s->minimum = sequence_default_minimum(s);
}

static void fill_in(SequenceReader *r, const SequenceSettings *before)
{
    SequenceSettings *s = &r->sequence->settings;
    bool new = r->place == SEQUENCE_NEW || r->place == SEQUENCE_OF_IDENTITY;
    if (r->increment.given)
        s->increment = r->increment.value;
    if (r->cycle != NULL)
        s->cycle = r->cycle->arg->boolean->boolval;
    fill_bounds(r, before, new);
    if (r->start.given)
        s->start = r->start.value;
    else if (new)
        s->start = sequence_default_start(s);
    if (r->cache.given)
        s->cache = r->cache.value;
    r->sequence->restart = (Restart) {.wanted = r->restart.option != NULL,
                                      .value = r->restart.given ? r->restart.value : s->start};
}

/* ------------------------------------------------------------------ judging */

static bool is_outside(const SequenceSettings *settings, int64_t value)
{
    return value < settings->minimum || value > settings->maximum;
}

static void judge(SequenceReader *r)
{
    const SequenceSettings *s = &r->sequence->settings;
    int64_t least = sequence_type_minimum(s->type), most = sequence_type_maximum(s->type);
    if (s->increment == 0)
        refuse(r, r->increment.option, "a sequence cannot step by zero");
    else if (s->maximum > most || s->maximum < least)
        refuse(r, r->maximum.option, "the sequence's maximum is beyond its type");
    else if (s->minimum > most || s->minimum < least)
        refuse(r, r->minimum.option, "the sequence's minimum is beyond its type");
    else if (s->minimum >= s->maximum)
        refuse(r, NULL, "the sequence's minimum must be less than its maximum");
    else if (is_outside(s, s->start))
        refuse(r, r->start.option, "the sequence would start outside of its minimum and maximum");
    else if (r->sequence->restart.wanted && is_outside(s, r->sequence->restart.value))
        refuse(r, r->restart.option, "the sequence would restart outside of its minimum and maximum");
    else if (s->cache <= 0)
        refuse(r, r->cache.option, "the sequence's cache must hold one number at least");
}

/* ------------------------------------------------------------------ the four places */

typedef struct OptionList {
    size_t count;
    PgQuery__Node *const *items;
} OptionList;

static OptionList options_of(SequencePlace place, const PgQuery__Node *statement)
{
    const PgQuery__AlterTableCmd *command;
    const PgQuery__Constraint *identity;
    switch (place) {
    case SEQUENCE_NEW:
        return (OptionList) {statement->create_seq_stmt->n_options, statement->create_seq_stmt->options};
    case SEQUENCE_ALTERED:
        return (OptionList) {statement->alter_seq_stmt->n_options, statement->alter_seq_stmt->options};
    case SEQUENCE_OF_IDENTITY:
        identity = statement->create_stmt->table_elts[0]->column_def->constraints[0]->constraint;
        return (OptionList) {identity->n_options, identity->options};
    case SEQUENCE_SET: break;
    }
    command = statement->alter_table_stmt->cmds[0]->alter_table_cmd;
    return (OptionList) {command->def->list->n_items, command->def->list->items};
}

bool sql_sequence(Sql *sql, SequencePlace place, SequenceSettings before, const Fragment *fragment,
                  SqlSequence *sequence)
{
    SequenceReader reader = {.sql = sql, .fragment = fragment, .place = place, .sequence = sequence,
                             .prefix = place_prefix(place)};
    const PgQuery__Node *statement =
        tree_statement(sql, reader.prefix, fragment, place == SEQUENCE_OF_IDENTITY ? "))" : "");
    if (statement == NULL)
        return false;
    OptionList options = options_of(place, statement);
    *sequence = (SqlSequence) {.settings = before};
    read_options(&reader, options.count, options.items);
    fill_in(&reader, &before);
    if (!reader.refused)
        judge(&reader);
    return !reader.refused;
}
