/* `not null`, which from 18 on is a constraint with a name, and is handed on to children. */
#include "null.h"

#include "inherit.h"
#include "partition.h"

static void set(Checker *k, Span span, const Table *table, const ColumnInfo *column, NotNull value)
{
    if (value.name.data == NULL || !not_null_is_same(&value, &column->not_null))
        checker_set(k, span, table->object.id, PROPERTY_COLUMN_NOT_NULL, column->id,
                    (PropertyValue) {.not_null = value});
}

static bool is_named(Checker *k, const Table *table)
{
    return not_null_is_named(&k->schema, table->object.kind);
}

static bool refuse(Checker *k, Span span, const NotNull *other, const char *why, Str name)
{
    report(k->c, M_INHERITED, span, "\"%.*s\" %s", STR_ARG(name), why);
    if (span_is_known(other->created))
        label(k->c, other->created, "not null since here");
    return false;
}

bool check_not_null_written(Checker *k, const NodeNotNull *node, bool domain)
{
    bool more = span_is_known(node->no_inherit) || span_is_known(node->not_valid) || word_is_written(node->column);
    if (word_is_written(node->name) && !check_server(k, domain ? 17 : 18, node->name.span, "a name of `not null`"))
        return false;
    return !more || check_server(k, 18, node->node.span, "`not null` as a constraint of its own");
}

/* ------------------------------------------------------------------ tables that are being put together */

static bool is_named_so(const Table *table, Str name, ColumnId but)
{
    const ColumnInfo *column = table_not_null_named(table, name);
    return table_constraint_named(table, name) != NULL || (column != NULL && column->id != but);
}

static void choose_name(Checker *k, TableBuild *build, const ColumnInfo *column)
{
    NotNull *not_null = &column_edit(CHECKER_ARENA(k), build->table, column->id)->not_null;
    do
        not_null->name = name_choose_not_null(&build->names, build->table->object.name, column->name);
    while (is_named_so(build->table, not_null->name, column->id));
}

/* First those of the table's own, then what it has from parents, whose names it takes over where it can
 * (AddRelationNotNullConstraints() in src/backend/catalog/heap.c). */
static void choose_names(Checker *k, TableBuild *build)
{
    for (int borrowed = 0; borrowed < 2; borrowed++) {
        for (size_t i = 0; i < build->table->columns.count; i++) {
            const ColumnInfo *column = build->table->columns.items[i];
            const NotNull *not_null = &column->not_null;
            if (!not_null->holds || not_null->not_local != (borrowed == 1))
                continue;
            if (not_null->name.data == NULL || (borrowed == 1 && is_named_so(build->table, not_null->name, column->id)))
                choose_name(k, build, column);
        }
    }
}

/* A constraint that says again what another one says is that one, and has to have its name. */
static bool check_same_name(Checker *k, const ColumnInfo *column, Word name)
{
    const NotNull *other = &column->not_null;
    if (!word_is_written(name) || other->name.data == NULL || str_equal(other->name, name.name))
        return true;
    report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "column \"%.*s\" is not null by constraint \"%.*s\" already",
           STR_ARG(column->name), STR_ARG(other->name));
    if (span_is_known(other->created))
        label(k->c, other->created, "that one");
    return false;
}

static bool allow_no_inherit(Checker *k, const Table *table, const ColumnInfo *column, Span no_inherit)
{
    const Constraint *primary = table_primary_key(table);
    bool in_key = primary != NULL && column_ids_contain(primary->columns, column->id);
    bool given = not_null_of_parents(&k->schema, table, column->name, 0).holds;
    const char *why = table_is_partitioned(table) ? "is one of a partitioned table, whose partitions inherit it"
                      : in_key                    ? "is one of the primary key, which children inherit to that extent"
                      : given                     ? "is not null by a parent, and hands that on"
                                                  : NULL;
    return !span_is_known(no_inherit) || why == NULL || refuse(k, no_inherit, &column->not_null, why, column->name);
}

static bool build_not_null(Checker *k, TableBuild *build, const NodeNotNull *node, ColumnId id)
{
    const ColumnInfo *found = id != 0 ? table_column(build->table, id) : find_column(k, build->table, node->column);
    if (found == NULL || !check_not_null_written(k, node, false))
        return false;
    if (id != 0 && !found->not_null.holds)
        return true; /* it says `null`, too, which was reported */
    if (!found->not_null.holds && found->inherited == 0) {
        report(k->c, M_CONFLICTING_CLAUSES, node->node.span, "a column is null or not null");
        label(k->c, found->created, "this one is null");
        return false;
    }
    bool fresh = found->not_null.not_local || !word_is_written(node->name);
    if ((!fresh && !check_same_name(k, found, node->name)) ||
        !allow_no_inherit(k, build->table, found, node->no_inherit))
        return false;
    NotNull *not_null = &column_edit(CHECKER_ARENA(k), build->table, found->id)->not_null;
    not_null->holds = true;
    if (word_is_written(node->name) || not_null->not_local)
        not_null->name = node->name.name;
    not_null->no_inherit = not_null->no_inherit || span_is_known(node->no_inherit);
    not_null->not_local = false;
    not_null->created = node->node.span;
    return true;
}

void build_not_nulls(Checker *k, TableBuild *build, PendingConstraints pending)
{
    for (size_t i = 0; i < pending.count; i++) {
        const NodeNotNull *node = (const NodeNotNull *) pending.items[i].node;
        if (node->node.kind == NODE_NOT_NULL)
            build->complete = build_not_null(k, build, node, pending.items[i].column) && build->complete;
    }
    if (is_named(k, build->table))
        choose_names(k, build);
}

/* ------------------------------------------------------------------ to be null */

/* The column is one of the index that is the table's replica identity (ATExecDropNotNull in tablecmds.c). */
static bool identifies_rows(Checker *k, const Table *table, const ColumnInfo *column)
{
    if (table->replica.kind != REPLICA_BY_INDEX || table->replica.key == 0)
        return false;
    TableIndex found = {.index = schema_index(&k->schema, table->replica.key),
                        .key = table_constraint(table, table->replica.key)};
    return column_ids_contain(table_index_columns(CHECKER_ARENA(k), &found), column->id);
}

static bool check_may_be_null(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    const Constraint *primary = table_primary_key(table);
    bool in_key = primary != NULL && column_ids_contain(primary->columns, column->id);
    bool identity = column->identity.kind != IDENTITY_NONE, identifies = identifies_rows(k, table, column);
    if (!in_key && !identity && !identifies)
        return true;
    report(k->c, M_NULLABLE_KEY, span, "column \"%.*s\" cannot be null", STR_ARG(column->name));
    if (in_key)
        label(k->c, primary->created, "it is part of the primary key");
    else
        label(k->c, column->created, identity ? "it is an identity column" : "it is part of the replica identity");
    return false;
}

/* Of the table, and of children that lose it with it: what is a constraint of their own stays with them. */
static bool check_family_may_be_null(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    if (!is_named(k, table))
        return check_family(k, table, column, span, check_may_be_null);
    ObjectIds children = table_children(&k->schema, table->object.id);
    bool fine = check_may_be_null(k, table, column, span);
    for (size_t i = 0; i < children.count && fine && !k->only && !column->not_null.no_inherit; i++) {
        const Table *child = schema_relation(&k->schema, children.items[i]);
        const ColumnInfo *own = table_column_named(child, column->name);
        bool stays = !own->not_null.not_local ||
                     not_null_of_parents(&k->schema, child, column->name, table->object.id).holds;
        fine = stays || check_family_may_be_null(k, child, own, span);
    }
    return fine;
}

static void drop(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    if (is_named(k, table) && !column->not_null.holds)
        return;
    if (check_family_may_be_null(k, table, column, span))
        checker_set(k, span, table->object.id, PROPERTY_COLUMN_NOT_NULL, column->id, (PropertyValue) {0});
}

/* ------------------------------------------------------------------ not to be null */

/* Children that have none get one of its name. */
static bool check_children(Checker *k, const Table *table, const ColumnInfo *column, const NotNull *value, Span span)
{
    Parts heirs = {0};
    if (!k->only && !value->no_inherit)
        heirs = column_heirs(&k->schema, table->object.id, column->id);
    for (size_t i = 0; i < heirs.count; i++) {
        const Table *child = schema_relation(&k->schema, heirs.items[i].object);
        const ColumnInfo *own = table_column(child, heirs.items[i].id);
        if (own->not_null.holds && own->not_null.no_inherit)
            return refuse(k, span, &own->not_null, "is not null by a child, without handing that on: `alter constraint "
                          "… inherit` there first", own->name);
        if (own->not_null.holds || !is_named_so(child, value->name, 0))
            continue;
        report(k->c, M_DUPLICATE_CONSTRAINT, span, "table \"%.*s\", which inherits it, has a constraint \"%.*s\"",
               STR_ARG(child->object.name), STR_ARG(value->name));
        label(k->c, child->object.created, "created here");
        return false;
    }
    return true;
}

/* `add` in ATAddCheckNNConstraint(), `set not null` in ATExecSetNotNull(). */
static bool check_only(Checker *k, const Table *table, const NotNull *value, Span span)
{
    return value->no_inherit || check_not_only(k, table, k->only, span);
}

static NotNull new_constraint(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    NotNull value = {.holds = true, .created = span};
    NameScope scope = {.schema = &k->schema, .namespace = table->object.schema};
    if (is_named(k, table))
        value.name = name_choose_not_null(&scope, table->object.name, column->name);
    return value;
}

/* What is there already is made valid, and the table's own. */
static void set_again(Checker *k, const Table *table, const ColumnInfo *column, Span span)
{
    NotNull value = column->not_null;
    value.not_valid = value.not_local = false;
    if (value.no_inherit && !k->only)
        refuse(k, span, &value, "is not null already, without handing that on: `alter constraint … inherit` says "
               "otherwise", column->name);
    else
        set(k, span, table, column, value);
}

void check_set_null(Checker *k, const Table *table, const ColumnInfo *column, const Node *node)
{
    if (node->kind != NODE_SET_NOT_NULL) {
        drop(k, table, column, node->span);
        return;
    }
    if (is_named(k, table) && column->not_null.holds) {
        set_again(k, table, column, node->span);
        return;
    }
    NotNull value = new_constraint(k, table, column, node->span);
    value.no_inherit = value.name.data != NULL && k->only && !table_is_partitioned(table) &&
                       table_has_children(&k->schema, table->object.id);
    if (value.name.data == NULL ||
        (check_only(k, table, &value, node->span) && check_children(k, table, column, &value, node->span)))
        set(k, node->span, table, column, value);
}

static bool check_like_former(Checker *k, const ColumnInfo *column, const NodeNotNull *node)
{
    const NotNull *former = &column->not_null;
    if (!check_same_name(k, column, node->name))
        return false;
    if (former->no_inherit != span_is_known(node->no_inherit))
        return refuse(k, node->node.span, former, "is not null already, and is handed on otherwise: `alter constraint` "
                      "changes that", column->name);
    return !former->not_valid || span_is_known(node->not_valid) ||
           refuse(k, node->node.span, former, "is not null already, by a constraint that is not valid: validate that",
                  column->name);
}

static bool check_name(Checker *k, const Table *table, Word name)
{
    if (!check_new_name(k, name))
        return false;
    if (!is_named_so(table, name.name, 0))
        return true;
    report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "table \"%.*s\" has a constraint \"%.*s\" already",
           STR_ARG(table->object.name), STR_ARG(name.name));
    return false;
}

void check_add_not_null(Checker *k, const Table *table, const NodeNotNull *node)
{
    const ColumnInfo *column = find_column(k, table, node->column);
    if (column == NULL || !check_not_null_written(k, node, false) ||
        !allow_no_inherit(k, table, column, node->no_inherit))
        return;
    NotNull value = column->not_null;
    if (value.holds) {
        value.not_local = false;
        if (check_like_former(k, column, node))
            set(k, node->node.span, table, column, value);
        return;
    }
    value = new_constraint(k, table, column, node->node.span);
    if (word_is_written(node->name) && !check_name(k, table, node->name))
        return;
    if (word_is_written(node->name))
        value.name = node->name.name;
    value.no_inherit = span_is_known(node->no_inherit);
    value.not_valid = span_is_known(node->not_valid);
    if (check_only(k, table, &value, node->node.span) && check_children(k, table, column, &value, node->node.span))
        set(k, node->node.span, table, column, value);
}

bool require_not_null(Checker *k, const Table *table, const Constraint *primary, Span span)
{
    for (size_t i = 0; i < primary->columns.count && primary->kind == CONSTRAINT_PRIMARY; i++) {
        table = schema_table(&k->schema, table->object.id);
        const ColumnInfo *column = table_column(table, primary->columns.items[i]);
        const NotNull *former = &column->not_null;
        if (former->no_inherit || former->not_valid)
            return refuse(k, span, former, former->not_valid ? "is not null by a constraint that is not valid yet"
                                                             : "is not null by a constraint that is `no inherit`",
                          column->name);
        NotNull value = new_constraint(k, table, column, span);
        if (former->holds || value.name.data == NULL)
            continue;
        if (!check_children_not_null(k, table, column, k->only, span) ||
            !check_children(k, table, column, &value, span))
            return false;
        set(k, span, table, column, value);
    }
    return true;
}

/* ------------------------------------------------------------------ by name */

static bool check_own(Checker *k, const Table *table, const ColumnInfo *column, Word name, const char *why)
{
    bool given = not_null_of_parents(&k->schema, table, column->name, 0).holds;
    return !given || refuse(k, name.span, &column->not_null, why, name.name);
}

static void rename_not_null(Checker *k, const Table *table, const ColumnInfo *column, const NodeRenameConstraint *node)
{
    NotNull value = column->not_null;
    Parts heirs = {0};
    if (!value.no_inherit)
        heirs = column_heirs(&k->schema, table->object.id, column->id);
    if (!check_own(k, table, column, node->name, "is inherited: it is renamed with its parent's") ||
        !check_name(k, table, node->to) || (heirs.count > 0 && !check_only(k, table, &value, node->name.span)))
        return;
    for (size_t i = 0; i < heirs.count; i++) {
        const Table *child = schema_relation(&k->schema, heirs.items[i].object);
        const NotNull *own = &table_column(child, heirs.items[i].id)->not_null;
        if (!str_equal(own->name, value.name)) {
            refuse(k, node->name.span, own, "has another name in a child, so that it cannot be renamed", value.name);
            return;
        }
        if (!check_name(k, child, node->to))
            return;
    }
    value.name = node->to.name;
    set(k, node->node.span, table, column, value);
}

static void validate_not_null(Checker *k, const Table *table, const ColumnInfo *column, const Node *action)
{
    NotNull value = column->not_null;
    value.not_valid = false;
    set(k, action->span, table, column, value);
}

/* ATExecAlterConstrInheritability() in tablecmds.c. */
static void set_inheritance(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetInheritance *node)
{
    NotNull value = column->not_null;
    if (!check_server(k, 18, node->node.span, "`alter constraint … inherit`") ||
        !allow_no_inherit(k, table, column, node->no_inherit))
        return;
    value.no_inherit = span_is_known(node->no_inherit);
    if (check_children(k, table, column, &value, node->node.span))
        set(k, node->node.span, table, column, value);
}

static void refuse_other(Checker *k, const ColumnInfo *column, Word name)
{
    report(k->c, M_WRONG_KIND, name.span, "constraint \"%.*s\" says that a column is not null, and nothing else",
           STR_ARG(name.name));
    label(k->c, span_is_known(column->not_null.created) ? column->not_null.created : column->created, "created here");
}

static Word action_name(const Node *action)
{
    switch ((int) action->kind) {
    case NODE_DROP_CONSTRAINT: return ((const NodeDropConstraint *) action)->name;
    case NODE_RENAME_CONSTRAINT: return ((const NodeRenameConstraint *) action)->name;
    case NODE_VALIDATE_CONSTRAINT: return ((const NodeValidateConstraint *) action)->name;
    case NODE_ALTER_CONSTRAINT: return ((const NodeAlterConstraint *) action)->name;
    case NODE_SET_ENFORCEMENT: return ((const NodeSetEnforcement *) action)->name;
    case NODE_SET_INHERITANCE: return ((const NodeSetInheritance *) action)->name;
    default: return (Word) {0};
    }
}

bool check_not_null_action(Checker *k, const Table *table, const Node *action)
{
    Word name = action_name(action);
    const ColumnInfo *column = word_is_written(name) ? table_not_null_named(table, name.name) : NULL;
    if (column == NULL)
        return false;
    switch ((int) action->kind) {
    case NODE_DROP_CONSTRAINT:
        if (check_own(k, table, column, name, "is inherited: it goes when its parent's does"))
            drop(k, table, column, action->span);
        break;
    case NODE_RENAME_CONSTRAINT: rename_not_null(k, table, column, (const NodeRenameConstraint *) action); break;
    case NODE_VALIDATE_CONSTRAINT: validate_not_null(k, table, column, action); break;
    case NODE_SET_INHERITANCE: set_inheritance(k, table, column, (const NodeSetInheritance *) action); break;
    default: refuse_other(k, column, name);
    }
    return true;
}

/* ------------------------------------------------------------------ joining a parent */

/* MergeAttributesIntoExisting() and MergeConstraintsIntoExisting() in tablecmds.c. */
bool check_not_null_joins(Checker *k, const Table *child, const ColumnInfo *above, const ColumnInfo *column,
                          Span span)
{
    const NotNull *own = &column->not_null;
    const char *why = !own->holds                                    ? "can be null"
                      : own->no_inherit                              ? "does not hand on that it is not null"
                      : own->not_valid && !above->not_null.not_valid ? "is not null, but not known to be,"
                                                                     : NULL;
    if (!not_null_is_inheritable(&above->not_null) || why == NULL)
        return true;
    report(k->c, M_BAD_PARENT, span, "column \"%.*s\" %s in table \"%.*s\", and not in its parent",
           STR_ARG(column->name), why, STR_ARG(child->object.name));
    label(k->c, column->created, "it must be not null");
    return false;
}
