/* There is no statement that makes a check doubtful. So it is dropped where it does not come from a parent, parents
 * first, and added there again, parents last: a parent's then finds the child's, and becomes one with it. */
#include "validity.h"

#include "child.h"

/* A check that children inherit; object == 0: the table has none of the name. */
static Part check_named(const Table *table, Str name)
{
    const Constraint *check = table == NULL ? NULL : table_constraint_named(table, name);
    bool fits = check != NULL && check->kind == CONSTRAINT_CHECK && !check->no_inherit;
    return fits ? (Part) {table->object.id, PART_CONSTRAINT, check->id} : (Part) {0};
}

static const Constraint *check_of(const Schema *schema, Part part)
{
    return object_constraint(schema, part.object, part.id);
}

static bool is_among(Parts parts, Part part)
{
    for (size_t i = 0; i < parts.count; i++) {
        if (parts.items[i].object == part.object && parts.items[i].id == part.id)
            return true;
    }
    return false;
}

/* The checks of the table's parents that the one of the name is inherited from. */
static Parts checks_above(const Schema *schema, Part check)
{
    Parts above = {0};
    const Table *table = schema_relation(schema, check.object);
    Str name = check_of(schema, check)->name;
    for (size_t i = 0; i < table->parents.count; i++) {
        Part found = check_named(schema_relation(schema, table->parents.items[i]), name);
        if (found.object != 0)
            list_push(schema->arena, &above, found);
    }
    return above;
}

bool check_is_doubtful_above(const Schema *schema, const Table *table, const Constraint *check)
{
    if (check->kind != CONSTRAINT_CHECK || check->inherited == 0 || !check->not_local)
        return false;
    Parts above = checks_above(schema, (Part) {table->object.id, PART_CONSTRAINT, check->id});
    for (size_t i = 0; i < above.count; i++) {
        if (check_of(schema, above.items[i])->not_valid)
            return true;
    }
    return false;
}

/* The check and all that it is inherited from, parents first. */
static void collect_ancestors(const Schema *schema, Part check, Parts *family)
{
    Parts above = checks_above(schema, check);
    for (size_t i = 0; i < above.count; i++) {
        if (!is_among(*family, above.items[i]))
            collect_ancestors(schema, above.items[i], family);
    }
    list_push(schema->arena, family, check);
}

/* What goes with checks that are dropped, those first: what has them from nowhere else, parents first. */
static Parts checks_going(const Schema *schema, Parts dropped)
{
    Parts gone = {0};
    for (size_t i = 0; i < dropped.count; i++)
        list_push(schema->arena, &gone, dropped.items[i]);
    for (size_t i = 0; i < dropped.count; i++) {
        Parts heirs = constraint_heirs(schema, dropped.items[i].object, dropped.items[i].id);
        for (size_t j = 0; j < heirs.count; j++) {
            Parts above = checks_above(schema, heirs.items[j]);
            bool goes = check_of(schema, heirs.items[j])->not_local && !is_among(gone, heirs.items[j]);
            for (size_t l = 0; l < above.count; l++)
                goes = goes && is_among(gone, above.items[l]);
            if (goes)
                list_push(schema->arena, &gone, heirs.items[j]);
        }
    }
    return gone;
}

static void set_again(const Schema *schema, Part check, Property property, ChangeList *changes)
{
    SetChange set = {.object = check.object, .property = property, .part = check.id};
    set.value = property_value(schema, check.object, property, check.id);
    list_push(schema->arena, changes, (Change) {.kind = CHANGE_SET, .set = set});
}

/* Validated by itself; with a parent's that is valid it is valid, too. */
static bool was_validated(const Schema *schema, Part check)
{
    bool doubtful = check_is_doubtful_above(schema, schema_relation(schema, check.object), check_of(schema, check));
    return doubtful && !check_of(schema, check)->not_valid;
}

ChangeList check_settings(const Schema *schema, Parts checks)
{
    ChangeList changes = {0};
    for (size_t i = 0; i < checks.count; i++) {
        if (was_validated(schema, checks.items[i]))
            set_again(schema, checks.items[i], PROPERTY_CONSTRAINT_VALIDITY, &changes);
        if (check_of(schema, checks.items[i])->comment.data != NULL)
            set_again(schema, checks.items[i], PROPERTY_CONSTRAINT_COMMENT, &changes);
    }
    return changes;
}

/* Those of the family that are there without a parent, too. */
static Parts own_checks(const Schema *schema, Parts family)
{
    Parts own = {0};
    for (size_t i = 0; i < family.count; i++) {
        if (!check_of(schema, family.items[i])->not_local)
            list_push(schema->arena, &own, family.items[i]);
    }
    return own;
}

static void add_again(const Schema *schema, Part check, ChangeList known, ChangeList *changes)
{
    AddConstraintChange add = {check.object, constraint_alone(schema->arena, check_of(schema, check))};
    list_push(schema->arena, changes, (Change) {.kind = CHANGE_ADD_CONSTRAINT, .known = known, .add_constraint = add});
}

ChangeList check_renewal(const Schema *schema, Part check, bool merged)
{
    ChangeList changes = {0};
    Parts family = {0};
    collect_ancestors(schema, check, &family);
    Parts own = own_checks(schema, family), gone = checks_going(schema, own), heirs = {0};
    for (size_t i = own.count; i < gone.count; i++)
        list_push(schema->arena, &heirs, gone.items[i]);
    for (size_t i = 0; i < own.count; i++) {
        DropConstraintChange drop = {own.items[i].object, own.items[i].id};
        bool there = !merged || own.items[i].object != check.object;
        if (there)
            list_push(schema->arena, &changes, (Change) {.kind = CHANGE_DROP_CONSTRAINT, .drop_constraint = drop});
    }
    for (size_t i = own.count; i > 0; i--)
        add_again(schema, own.items[i - 1], known_numbers(schema, heirs), &changes);
    ChangeList settings = check_settings(schema, heirs);
    for (size_t i = 0; i < settings.count; i++)
        list_push(schema->arena, &changes, settings.items[i]);
    return changes;
}
