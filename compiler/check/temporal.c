/* transformIndexConstraint() in src/backend/parser/parse_utilcmd.c, ATAddForeignKeyConstraint() and
 * transformFkeyCheckAttrs() in src/backend/commands/tablecmds.c, of version 18. */
#include "temporal.h"

enum { TEMPORAL_SINCE = 18 };

static bool is_period(const ColumnInfo *column)
{
    const CatalogType *type = type_catalog(&column->type);
    if (type == NULL)
        return true;
    type = catalog_base_type(type);
    return type->unknown || type->kind == CATALOG_RANGE || type->kind == CATALOG_MULTIRANGE;
}

static bool check_is_period(Checker *k, const ColumnInfo *column, Span created, Span span)
{
    if (is_period(column))
        return true;
    report(k->c, M_BAD_PERIOD, span, "column \"%.*s\" is neither a range nor a multirange", STR_ARG(column->name));
    label(k->c, created, "created here");
    return false;
}

static bool check_indexable_by_gist(Checker *k, const Table *table, Constraint *key, Span span)
{
    const CatalogAccessMethod *gist = find_index_method(k, (Word) {STR("gist"), span});
    bool fine = gist != NULL;
    for (size_t i = 0; i < key->columns.count && fine; i++) {
        const ColumnInfo *column = table_column(table, key->columns.items[i]);
        SqlIndexKey part = {.column = column, .type = column->type};
        const CatalogOpclass *opclass;
        fine = check_index_key(k, &key->uses, gist, &part, span, &opclass);
    }
    return fine;
}

bool check_temporal_key(Checker *k, const Table *table, const NodeKey *node, Constraint *key)
{
    if (!check_server(k, TEMPORAL_SINCE, node->without_overlaps, "`without overlaps`"))
        return false;
    if (key->columns.count < 2) {
        report(k->c, M_BAD_PERIOD, node->without_overlaps, "a key without overlaps has a column before the period");
        help(k->c, "for a period alone write `exclude using gist (… with &&)`");
        return false;
    }
    ColumnId last = key->columns.items[key->columns.count - 1];
    const ColumnInfo *period = table_column(table, last);
    if (!check_is_period(k, period, period->created, node->columns.items[node->columns.count - 1].span))
        return false;
    return check_indexable_by_gist(k, table, key, node->node.span);
}

static bool refuse_action(Checker *k, const NodeForeignKey *node, const char *event)
{
    report(k->c, M_BAD_KEY_ACTION, node->node.span, "a foreign key by a period has no action `on %s`", event);
    help(k->c, "leave it out: what is referred to cannot be changed so that a period is not covered any more");
    return false;
}

bool check_period(Checker *k, const Table *table, const NodeForeignKey *node, const Constraint *foreign)
{
    if (!foreign->temporal)
        return true;
    const ColumnInfo *period = table_column(table, foreign->columns.items[foreign->columns.count - 1]);
    if (!check_server(k, TEMPORAL_SINCE, node->period, "`period`") ||
        !check_is_period(k, period, period->created, node->period))
        return false;
    if (foreign->on_delete != KEY_NO_ACTION)
        return refuse_action(k, node, "delete");
    return foreign->on_update == KEY_NO_ACTION || refuse_action(k, node, "update");
}

bool check_both_temporal(Checker *k, const NodeForeignKey *node, const Constraint *key)
{
    bool by_period = span_is_known(node->period);
    if (key->temporal == by_period)
        return true;
    report(k->c, M_NO_UNIQUE_KEY, node->node.span,
           by_period ? "what this refers to by a period is a key that is not `without overlaps`"
                     : "what this refers to is a key `without overlaps`, which takes a `period`");
    label(k->c, key->created, "that key");
    return false;
}

bool check_period_stays(Checker *k, const Table *table, const Constraint *key, const ColumnInfo *after, Span span)
{
    const ColumnInfo *column = table_column(table, after->id);
    bool last = key->columns.items[key->columns.count - 1] == after->id;
    return !key->temporal || !last || check_is_period(k, after, column->created, span);
}
