/* Constraints of tables and columns. What they hold stands in a fixed order, so the tokens are read from the left. */
#include "lower.h"

Word lower_constraint_name(Cursor *part)
{
    return cursor_take(part, "constraint") ? cursor_word(part) : (Word) {0};
}

static Timing timing(const PgQuery__Constraint *constraint)
{
    if (constraint->initdeferred)
        return TIMING_DEFERRED;
    return constraint->deferrable ? TIMING_DEFERRABLE : TIMING_IMMEDIATE;
}

/* ------------------------------------------------------------------ storage parameters */

/* `toast.` in front belongs to the name. */
static Node *lower_option(Lower *l, Cursor part)
{
    NodeOption *n = lower_node(l, OPTION, Option, cursor_span(part));
    Ref name = cursor_ref(&part);
    n->name = (Word) {name.name.name, name.span};
    if (word_is_written(name.schema))
        n->name.name = str_format(l->arena, "%.*s.%.*s", STR_ARG(name.schema.name), STR_ARG(name.name.name));
    if (!cursor_is_empty(part)) {
        cursor_next(&part);
        n->value = cursor_span(part);
    }
    return &n->node;
}

NodeList lower_options(Lower *l, Cursor *part)
{
    NodeList options = {0};
    Cursor inside = cursor_inside(part);
    while (!cursor_is_empty(inside)) {
        Cursor option = cursor_item(&inside);
        list_push(l->arena, &options, lower_option(l, option));
    }
    return options;
}

/* ------------------------------------------------------------------ keys */

/* `include (…) with (…) using index tablespace …`, behind the columns of a key or exclusion; gives the tablespace. */
static Word read_key_tail(Lower *l, Cursor *part, WordList *include, NodeList *options)
{
    if (cursor_take(part, "include"))
        *include = cursor_words(cursor_inside(part));
    if (cursor_take(part, "with"))
        *options = lower_options(l, part);
    return cursor_take(part, "using index tablespace") ? cursor_word(part) : (Word) {0};
}

static Node *lower_key(Lower *l, Cursor part, const PgQuery__Constraint *constraint, Span span, Word name)
{
    NodeKey *n = lower_node(l, KEY, Key, span);
    n->name = name;
    n->timing = timing(constraint);
    n->primary = cursor_take_span(&part, "primary key");
    cursor_take(&part, "unique");
    n->nulls_not_distinct = cursor_take_span(&part, "nulls not distinct");
    cursor_take(&part, "nulls distinct");
    if (constraint->indexname[0] != '\0') {
        cursor_take(&part, "using index");
        n->index = cursor_word(&part);
        return &n->node;
    }
    if (cursor_is_sign(part, '('))
        n->columns = cursor_words(cursor_inside(&part));
    n->tablespace = read_key_tail(l, &part, &n->include, &n->options);
    return &n->node;
}

static Node *lower_exclusion(Lower *l, Cursor part, const PgQuery__Constraint *constraint, Span span, Word name)
{
    NodeExclusion *n = lower_node(l, EXCLUSION, Exclusion, span);
    n->name = name;
    n->timing = timing(constraint);
    cursor_take(&part, "exclude");
    if (cursor_take(&part, "using"))
        n->method = cursor_word(&part);
    n->elements = cursor_span(cursor_inside(&part));
    n->tablespace = read_key_tail(l, &part, &n->include, &n->options);
    if (cursor_take(&part, "where"))
        n->where = cursor_span(cursor_inside(&part));
    return &n->node;
}

/* ------------------------------------------------------------------ checks, and foreign keys */

static Node *lower_check(Lower *l, Cursor part, Span span, Word name, bool creating)
{
    NodeCheck *n = lower_node(l, CHECK, Check, span);
    n->name = name;
    cursor_take(&part, "check");
    n->expression = cursor_span(cursor_inside(&part));
    n->no_inherit = cursor_find(part, "no inherit");
    n->not_valid = creating ? (Span) {0} : cursor_find(part, "not valid");
    return &n->node;
}

static Action take_action(Cursor *part)
{
    static const struct {
        const char *words;
        Action action;
    } actions[] = {{"no action", ACTION_NONE},
                   {"restrict", ACTION_RESTRICT},
                   {"cascade", ACTION_CASCADE},
                   {"set null", ACTION_SET_NULL},
                   {"set default", ACTION_SET_DEFAULT}};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (cursor_take(part, actions[i].words))
            return actions[i].action;
    }
    return ACTION_NONE;
}

static void read_actions(Cursor *part, NodeForeignKey *n)
{
    for (;;) {
        if (cursor_take(part, "on delete")) {
            n->on_delete = take_action(part);
            n->delete_columns = cursor_words(cursor_inside(part));
        } else if (cursor_take(part, "on update")) {
            n->on_update = take_action(part);
        } else {
            return;
        }
    }
}

static Node *lower_foreign_key(Lower *l, Cursor part, const PgQuery__Constraint *constraint, Span span, Word name,
                               bool creating)
{
    NodeForeignKey *n = lower_node(l, FOREIGN_KEY, ForeignKey, span);
    n->name = name;
    n->timing = timing(constraint);
    if (cursor_take(&part, "foreign key"))
        n->columns = cursor_words(cursor_inside(&part));
    cursor_take(&part, "references");
    n->table = cursor_ref(&part);
    n->targets = cursor_words(cursor_inside(&part));
    if (cursor_take(&part, "match full"))
        n->match = MATCH_FULL;
    cursor_take(&part, "match simple");
    read_actions(&part, n);
    n->not_valid = creating ? (Span) {0} : cursor_find(part, "not valid");
    return &n->node;
}

/* While a table is being created `not valid` means nothing: there are no rows (transformCheckConstraints and
 * transformFKConstraints in src/backend/parser/parse_utilcmd.c). */
Node *lower_constraint(Lower *l, Cursor part, const PgQuery__Constraint *constraint, bool creating)
{
    Span span = cursor_span(part);
    Word name = lower_constraint_name(&part);
    switch ((int) constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: return lower_key(l, part, constraint, span, name);
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: return lower_check(l, part, span, name, creating);
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        return lower_foreign_key(l, part, constraint, span, name, creating);
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: return lower_exclusion(l, part, constraint, span, name);
    default: return lower_refuse(l, span, "this constraint");
    }
}
