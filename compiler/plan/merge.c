/* Two actions may change places if neither touches what the other changes. Where one does, they share a statement only
 * if the passes keep their order and the second finds what the first has made: a new type before a default or a
 * constraint, anything after what drops a constraint or default. What is evaluated for each row (USING, a generated
 * column) sees the row as it was before the statement, and shares with nothing that it reads. */
#include "merge.h"

#include "alter_sql.h"
#include "not_null_sql.h"
#include "inherit.h"

/* ------------------------------------------------------------------ what a change touches */

static void touch(const Schema *schema, Alteration *a, ColumnId column, unsigned writes, unsigned reads)
{
    list_push(schema->arena, &a->touches, (Touch) {column, writes, reads});
}

static void read_columns(const Schema *schema, Alteration *a, ColumnIds columns, unsigned facets)
{
    for (size_t i = 0; i < columns.count; i++)
        touch(schema, a, columns.items[i], 0, facets);
}

/* A use without a column is the row as a whole. */
static void read_expression(const Schema *schema, Alteration *a, const Expression *expression)
{
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->object == 0 && use->part != 0)
            touch(schema, a, use->part, 0, FACET_TYPE);
        a->reads_row = a->reads_row || (use->object == 0 && use->part == 0 && use->form != USE_OWN);
    }
}

/* With a constraint that another one's values could rest on, more than columns may be at stake. */
static void add_constraint(const Schema *schema, Alteration *a, const Constraint *constraint)
{
    a->pass = PASS_LAST;
    a->constraint = constraint;
    read_columns(schema, a, constraint->columns, FACET_TYPE);
    read_columns(schema, a, constraint->include, FACET_TYPE);
    read_expression(schema, a, constraint->expression);
    for (size_t i = 0; constraint->kind == CONSTRAINT_PRIMARY && i < constraint->columns.count; i++)
        touch(schema, a, constraint->columns.items[i], FACET_NULL, 0);
}

static void drop_constraint(const Schema *schema, Alteration *a, const Constraint *constraint)
{
    a->pass = PASS_DROP;
    a->constraint = constraint;
    read_columns(schema, a, constraint->columns, FACET_ALL);
    read_columns(schema, a, constraint->include, FACET_ALL);
}

static void add_column(const Schema *schema, Alteration *a, const AddColumnChange *add)
{
    a->pass = PASS_ADD_COLUMN;
    a->added = add->column->name;
    touch(schema, a, add->column->id, FACET_ALL, 0);
    if (add->column->generated)
        read_expression(schema, a, add->column->expression);
}

static void drop_column(const Schema *schema, Alteration *a, ColumnId column)
{
    a->pass = PASS_DROP;
    a->dropped = table_column(schema_relation(schema, a->table), column)->name;
    touch(schema, a, column, FACET_ALL, 0);
}

static void set_type(const Schema *schema, Alteration *a, const SetTypeChange *set)
{
    a->pass = PASS_TYPE;
    touch(schema, a, set->column, FACET_TYPE | FACET_DEFAULT, FACET_TYPE);
    read_expression(schema, a, set->conversion);
}

/* False: it is a statement of its own. */
static bool set_property(const Schema *schema, Alteration *a, const SetChange *set)
{
    if (set->property == PROPERTY_COLUMN_NOT_NULL) {
        if (not_null_is_altered(schema, set))
            return false;
        a->pass = set->value.not_null.holds ? PASS_NOT_NULL : PASS_DROP;
        touch(schema, a, set->part, FACET_NULL, 0);
        return true;
    }
    bool is_default = set->property == PROPERTY_COLUMN_DEFAULT;
    if (!is_default || table_column(schema_table(schema, a->table), set->part)->generated)
        return false;
    a->pass = set->value.expression == NULL ? PASS_DROP : PASS_LAST;
    touch(schema, a, set->part, FACET_DEFAULT, FACET_TYPE);
    return true;
}

static Alteration *new_alteration(const Schema *schema, const Change *change, Alterations *all)
{
    Alteration *a = arena_new(schema->arena, Alteration);
    a->table = change_relation(change);
    a->only = change->only;
    list_push(schema->arena, &all->list, a);
    return a;
}

/* False: it is a statement of its own. */
static bool describe(const Schema *schema, const Change *change, Alterations *all)
{
    const DropConstraintChange *drop = &change->drop_constraint;
    const ConstraintList none = {0};
    ConstraintList constraints = change->kind == CHANGE_ADD_COLUMN ? change->add_column.constraints : none;
    Alteration *a = new_alteration(schema, change, all);
    switch ((int) change->kind) {
    case CHANGE_ADD_COLUMN: add_column(schema, a, &change->add_column); break;
    case CHANGE_DROP_COLUMN: drop_column(schema, a, change->drop_column.column); break;
    case CHANGE_SET_TYPE: set_type(schema, a, &change->set_type); break;
    case CHANGE_ADD_CONSTRAINT: add_constraint(schema, a, change->add_constraint.constraint); break;
    case CHANGE_DROP_CONSTRAINT:
        drop_constraint(schema, a, object_constraint(schema, drop->table, drop->constraint));
        break;
    case CHANGE_SET: return set_property(schema, a, &change->set);
    default: return false;
    }
    for (size_t i = 0; i < constraints.count; i++)
        add_constraint(schema, new_alteration(schema, change, all), constraints.items[i]);
    return true;
}

/* Tables alone: what a change does to the relatives of one it does statement by statement. */
Alterations change_alterations(const Schema *schema, const Change *change)
{
    Alterations all = {0};
    const Table *table = schema_table(schema, change_relation(change));
    bool alone = table != NULL && table->parents.count == 0 && !table_has_children(schema, table->object.id);
    if (table == NULL || (!alone && change->statement == 0) || !describe(schema, change, &all))
        return (Alterations) {0};
    all.statement = change->statement;
    StrList actions = alter_actions(schema, change);
    all.head = alter_head(schema, table->object.id, change->only);
    for (size_t i = 0; i < all.list.count; i++) {
        Alteration *a = arena_copy(schema->arena, all.list.items[i], sizeof *a);
        a->action = actions.items[i];
        all.list.items[i] = a;
    }
    return all;
}

/* ------------------------------------------------------------------ who shares a statement */

static bool is_key(const Constraint *constraint)
{
    return constraint != NULL && constraint_has_index(constraint);
}

/* Where keys come and go: the server makes one key of two that say the same, and a foreign key to the table itself may
 * rest on any. */
static bool constraints_clash(const Alteration *a, const Alteration *b)
{
    const Constraint *one = a->constraint, *other = b->constraint;
    if (one == NULL || other == NULL)
        return false;
    bool self = (one->kind == CONSTRAINT_FOREIGN && one->target == a->table) ||
                (other->kind == CONSTRAINT_FOREIGN && other->target == b->table);
    return one->id == other->id || constraint_same_key(one, other) || (self && (is_key(one) || is_key(other)));
}

static bool touches_meet(const Alteration *a, const Alteration *b)
{
    for (size_t i = 0; i < a->touches.count; i++) {
        for (size_t j = 0; j < b->touches.count; j++) {
            Touch one = a->touches.items[i], other = b->touches.items[j];
            unsigned meet = (one.writes & (other.writes | other.reads)) | (one.reads & other.writes);
            if (one.column == other.column && meet != 0)
                return true;
        }
    }
    return false;
}

/* Where they touch the same. */
static bool passes_suit(const Alteration *first, const Alteration *second)
{
    if (first->pass == PASS_DROP)
        return true;
    bool found = first->pass == PASS_ADD_COLUMN || (first->pass == PASS_TYPE && !is_key(second->constraint));
    return second->pass == PASS_LAST && found;
}

static bool share(const Alteration *first, const Alteration *second)
{
    bool same_table = first->table == second->table && first->only == second->only;
    bool same_name = first->dropped.data != NULL && str_equal(first->dropped, second->added);
    if (!same_table || same_name || first->reads_row || second->reads_row || constraints_clash(first, second))
        return false;
    return !touches_meet(first, second) || passes_suit(first, second);
}

bool alterations_share(const Alterations *first, const Alterations *second)
{
    bool all = first->list.count > 0 && second->list.count > 0 && first->statement == 0 && second->statement == 0;
    for (size_t i = 0; i < first->list.count && all; i++) {
        for (size_t j = 0; j < second->list.count && all; j++)
            all = share(first->list.items[i], second->list.items[j]);
    }
    return all;
}

Str alterations_sql(Arena *arena, const Alterations *alterations)
{
    StrList actions = {0};
    for (size_t i = 0; i < alterations->list.count; i++)
        list_push(arena, &actions, alterations->list.items[i]->action);
    Str all = str_join(arena, actions, ",\n    ");
    return str_format(arena, "%.*s\n    %.*s", STR_ARG(alterations->head), STR_ARG(all));
}
