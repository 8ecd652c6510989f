/* Ways down, and the proof: up and then down, applied to the model, must leave it as it was. */
#include "checker.h"
#include "inherit.h"

#include <strings.h>

static Span down_head(const Node *down)
{
    return span_head(down->span, 4);
}

/* ------------------------------------------------------------------ deriving */

/* `alter index … attach partition`. */
static bool joins_index(const Change *change)
{
    return change->kind == CHANGE_SET &&
           (change->set.property == PROPERTY_INDEX_PARENT || change->set.property == PROPERTY_CONSTRAINT_PARENT);
}

/* One that the model does not follow. */
static bool is_grant(const Change *change)
{
    if (change->kind != CHANGE_RUN_SQL || change->run_sql.sql.len < strlen("revoke"))
        return false;
    return strncasecmp(change->run_sql.sql.data, "grant", strlen("grant")) == 0 ||
           strncasecmp(change->run_sql.sql.data, "revoke", strlen("revoke")) == 0;
}

static const char *why_no_inverse(const Change *change, const Inverse *inverse)
{
    if (change->kind == CHANGE_SET && change->set.property == PROPERTY_LABELS)
        return "PostgreSQL cannot drop a label";
    if (change->kind == CHANGE_SET && change->set.property == PROPERTY_EXTENSION_VERSION)
        return "an extension has no way back to an older version";
    if (change->kind == CHANGE_SET && change->set.property == PROPERTY_COMMENT)
        return "it came with a comment that is not known";
    if (joins_index(change))
        return "an index cannot leave the one that it is a part of, and something rests on them";
    if (change->kind == CHANGE_DROP_EXPRESSION)
        return "PostgreSQL cannot make a column generated again";
    if (is_grant(change))
        return "what could be done before with what is the server's or an extension's is not known";
    if (change->kind == CHANGE_DROP && inverse->dropped == OBJECT_OPERATOR)
        return "only what is linked with it could make it again, and something depends on that";
    if (change->kind == CHANGE_DROP)
        return "the bound of a partition was computed when it was made, and would be another one now";
    if (change->kind == CHANGE_DISINHERIT)
        return "it could not be attached again as it was";
    if (change->kind == CHANGE_SET_TYPE)
        return "there is no cast by which the values could get their former type back";
    if (change->kind == CHANGE_CALL_NATIVE)
        return "what a native function has done is not known";
    return "the compiler does not know what undoes this SQL";
}

static void report_no_inverse(Checker *k, const Node *down, const Change *change, const Inverse *inverse)
{
    report(k->c, M_CANNOT_INVERT, down_head(down), "no way down can be derived from this migration");
    label(k->c, span_head(change->span, 60), "%s", why_no_inverse(change, inverse));
    help(k->c, "write the way down: `down { … }`, or `down irreversible because '…';`");
}

/* A column that is not null and has no default cannot come back to a table that has rows here. */
static bool can_come_back(Checker *k, const Node *down, const Change *change)
{
    if (change->kind != CHANGE_ADD_COLUMN)
        return true;
    const ColumnInfo *column = change->add_column.column;
    const Table *table = schema_table(&k->schema, change->add_column.table);
    bool has_value = column->expression != NULL || column->identity.kind != IDENTITY_NONE;
    if (!column->not_null.holds || has_value || table->server != 0 || table->object.created.file == k->file)
        return true;
    report(k->c, M_CANNOT_INVERT, down_head(down),
           "no way down can be derived: column \"%.*s\" is not null and has no default", STR_ARG(column->name));
    label(k->c, change->span, "dropped here, and existing rows would have no value for it");
    help(k->c, "write the way down: `down { … }`, or `down irreversible because '…';`");
    return false;
}

/* The table that a change is about, or whose index or owned sequence; 0: none. */
static ObjectId table_of(Checker *k, const Change *change)
{
    ObjectId relation = change_relation(change);
    if (relation != 0 && change->kind != CHANGE_SET)
        return relation;
    const Object *object = change->kind == CHANGE_CREATE    ? change->create.object
                           : change->kind == CHANGE_REPLACE ? change->replace.object
                           : change->kind == CHANGE_DROP    ? schema_object(&k->schema, change->drop.object)
                                                            : schema_object(&k->schema, relation);
    if (object != NULL && object->kind == OBJECT_INDEX)
        return ((const Index *) object)->table;
    if (object != NULL && object->kind == OBJECT_SEQUENCE)
        return ((const Sequence *) object)->owner.table;
    if (object_is_definition(object) && schema_table(&k->schema, ((const Definition *) object)->of) != NULL)
        return ((const Definition *) object)->of;
    return object_is_table(object) ? object->id : 0;
}

static bool refers_to(const Constraint *const *constraints, size_t count, ObjectId table)
{
    for (size_t i = 0; i < count; i++) {
        if (constraints[i]->kind == CONSTRAINT_FOREIGN && constraints[i]->target == table)
            return true;
    }
    return false;
}

/* Whether the change brings a foreign key to the table. */
static bool brings_reference(const Change *change, ObjectId table)
{
    if (change->kind == CHANGE_ADD_CONSTRAINT)
        return refers_to(&change->add_constraint.constraint, 1, table);
    if (change->kind == CHANGE_ADD_COLUMN)
        return refers_to(change->add_column.constraints.items, change->add_column.constraints.count, table);
    if (change->kind != CHANGE_CREATE || change->create.object->kind != OBJECT_TABLE)
        return false;
    const Table *created = (const Table *) change->create.object;
    return refers_to(created->constraints.items, created->constraints.count, table);
}

/* A way down while it is derived. */
typedef struct Derivation {
    ChangeList all;      /* the inverses of all changes of up, the last change's first */
    ObjectIds gone;      /* tables of this migration that are dropped already, and what rested on them: what else was to
                          * be done is left out */
} Derivation;

/* The drop of a table, among the changes from the index on; NULL: there is none. */
static const Change *find_drop(const Derivation *d, size_t index, ObjectId table)
{
    for (size_t i = index; i < d->all.count; i++) {
        if (d->all.items[i].kind == CHANGE_DROP && d->all.items[i].drop.object == table)
            return &d->all.items[i];
    }
    return NULL;
}

/* Whether a partition would go with the table that is not to be dropped itself: it was there before. */
static bool takes_older(Checker *k, const Derivation *d, size_t index, ObjectId table)
{
    ObjectIds descendants = table_descendants(&k->schema, table);
    for (size_t i = 0; i < descendants.count; i++) {
        if (find_drop(d, index, descendants.items[i]) == NULL)
            return true;
    }
    return false;
}

/* A table that will be dropped in the end, since up created it, goes as soon as nothing refers to it: what the
 * changes before that would bring back (a column that is not null, say) might not stand its rows. NULL: the change
 * at the index stays. */
static const Change *drop_early(Checker *k, Derivation *d, size_t index, ObjectId id)
{
    const Table *table = schema_table(&k->schema, id);
    const Change *drop = id == 0 ? NULL : find_drop(d, index, id);
    if (drop == NULL || (table != NULL && part_dependents(&k->schema, (Part) {id, PART_WHOLE, 0}).count > 0) ||
        takes_older(k, d, index, id))
        return NULL;
    for (size_t i = index; i < d->all.count; i++) {
        if (table_of(k, &d->all.items[i]) != id && brings_reference(&d->all.items[i], id))
            return NULL;
    }
    list_push(CHECKER_ARENA(k), &d->gone, id);
    return drop;
}

static void take_change(Checker *k, const Change *change, ChangeList *result)
{
    Change complete = *change;
    change_complete(&k->schema, &complete);
    change_apply(&k->schema, &complete);
    list_push(CHECKER_ARENA(k), result, complete);
}

/* A constraint or index that came along with a change, and what it was called before. */
typedef struct Named {
    Part part;
    Str name;
} Named;

static Named named_before(const Change *known)
{
    const AddConstraintChange *add = &known->add_constraint;
    if (known->kind == CHANGE_ADD_CONSTRAINT)
        return (Named) {{add->table, PART_CONSTRAINT, add->constraint->id}, add->constraint->name};
    if (known->kind == CHANGE_CREATE)
        return (Named) {{known->create.object->id, PART_WHOLE, 0}, known->create.object->name};
    return (Named) {0};
}

/* What it is called now; data == NULL: it is not there. */
static Str name_now(Checker *k, Part part)
{
    const Object *object = schema_object(&k->schema, part.object);
    if (object == NULL || part.kind == PART_WHOLE)
        return object == NULL ? (Str) {0} : object->name;
    const Constraint *constraint = object_constraint(&k->schema, part.object, part.id);
    return constraint == NULL ? (Str) {0} : constraint->name;
}

static bool name_is_free(Checker *k, Part part, Str name)
{
    const Object *object = schema_object(&k->schema, part.object);
    NameScope scope = {.schema = &k->schema, .namespace = object->schema};
    bool index = part.kind == PART_WHOLE || constraint_has_index(object_constraint(&k->schema, part.object, part.id));
    return (!index || name_relation_is_free(&scope, name)) &&
           (part.kind == PART_WHOLE || table_constraint_named((const Table *) object, name) == NULL);
}

/* Not of a foreign key to a partition, where the project has older servers than 18, which call it otherwise. */
static bool is_name_known(Checker *k, Part part)
{
    const Table *table = part.kind == PART_CONSTRAINT ? schema_table(&k->schema, part.object) : NULL;
    return table == NULL || k->settings.postgres >= SHADOWS_NAMED_SINCE ||
           !constraint_is_shadow(table, table_constraint(table, part.id));
}

/* What came along with the change and is called otherwise than it was: the server has made up its name. */
static Named find_misnamed(Checker *k, const ChangeList *known, bool free)
{
    for (size_t i = 0; i < known->count; i++) {
        Named before = named_before(&known->items[i]);
        Str now = before.part.object == 0 ? (Str) {0} : name_now(k, before.part);
        bool misnamed = now.data != NULL && !str_equal(now, before.name) && is_name_known(k, before.part);
        if (misnamed && (!free || name_is_free(k, before.part, before.name)))
            return before;
    }
    return (Named) {0};
}

static void call_part(Checker *k, const Change *cause, Part part, Str name, ChangeList *result)
{
    bool whole = part.kind == PART_WHOLE;
    SetChange set = {.object = part.object, .property = whole ? PROPERTY_NAME : PROPERTY_CONSTRAINT_NAME};
    set.part = part.id;
    set.value.text = name;
    take_change(k, &(Change) {.kind = CHANGE_SET, .span = cause->span, .set = set}, result);
}

/* One whose name is free gets it; where they only want each other's, one steps aside. */
static void restore_names(Checker *k, const Change *change, ChangeList *result)
{
    for (size_t i = 0; i < 2 * change->known.count; i++) {
        Named next = find_misnamed(k, &change->known, true);
        if (next.part.object != 0) {
            call_part(k, change, next.part, next.name, result);
            continue;
        }
        next = find_misnamed(k, &change->known, false);
        if (next.part.object == 0)
            return;
        const Object *object = schema_object(&k->schema, next.part.object);
        NameScope scope = {.schema = &k->schema, .namespace = object->schema};
        call_part(k, change, next.part, name_choose_index(&scope, object->name, (StrList) {0}), result);
    }
}

/* Whether what the change is about is gone, with something that went before. */
static bool is_absent(Checker *k, const Change *change)
{
    if (change->kind == CHANGE_DROP)
        return schema_object(&k->schema, change->drop.object) == NULL;
    if (change->kind == CHANGE_REPLACE)
        return schema_object(&k->schema, change->replace.object->id) == NULL;
    ObjectId parent = change->kind == CHANGE_INHERIT      ? change->inherit.parent
                      : change->kind == CHANGE_DISINHERIT ? change->disinherit.parent
                                                          : 0;
    if (parent != 0 && schema_object(&k->schema, parent) == NULL)
        return true;
    bool about_table = change->kind == CHANGE_ADD_COLUMN || change->kind == CHANGE_DROP_COLUMN ||
                       change->kind == CHANGE_ADD_CONSTRAINT || change->kind == CHANGE_DROP_CONSTRAINT ||
                       change->kind == CHANGE_INHERIT || change->kind == CHANGE_DISINHERIT;
    if (about_table)
        return schema_object(&k->schema, table_of(k, change)) == NULL;
    return change->kind == CHANGE_SET && schema_object(&k->schema, change->set.object) == NULL;
}

typedef struct Resting {
    const ObjectIds *gone;
    bool on_gone;
} Resting;

static void visit_resting(void *context, const Dependency *dependency)
{
    Resting *resting = context;
    resting->on_gone = resting->on_gone || object_ids_contain(*resting->gone, dependency->referenced.object);
}

/* Something that up made, and dropped again, on a table of its own: it would come back only to go with the table. */
static bool rests_on_gone(Checker *k, Derivation *d, const Change *change)
{
    Resting resting = {.gone = &d->gone};
    if (change->kind == CHANGE_CREATE && d->gone.count > 0)
        object_each_dependency(&k->schema, change->create.object, visit_resting, &resting);
    if (resting.on_gone)
        list_push(CHECKER_ARENA(k), &d->gone, change->create.object->id);
    return resting.on_gone;
}

static bool is_setting_of(const Change *change, ObjectId object)
{
    return change->kind == CHANGE_SET && change->set.object == object;
}

/* What one inverse would bring back, and the next ones only set and drop, need not come back at all. */
static void leave_out_returns(Checker *k, Derivation *d)
{
    ChangeList kept = {0};
    for (size_t i = 0; i < d->all.count; i++) {
        const Change *change = &d->all.items[i];
        size_t last = kept.count;
        while (change->kind == CHANGE_DROP && last > 0 && is_setting_of(&kept.items[last - 1], change->drop.object))
            last--;
        const Change *made = last == 0 ? NULL : &kept.items[last - 1];
        if (change->kind == CHANGE_DROP && made != NULL && made->kind == CHANGE_CREATE &&
            made->create.object->id == change->drop.object)
            kept.count = last - 1;
        else
            list_push(CHECKER_ARENA(k), &kept, *change);
    }
    d->all = kept;
}

/* An index or key that has become a part of another one goes with that, and not by itself. */
static bool goes_with_whole(Checker *k, const Change *change)
{
    if (change->kind == CHANGE_DROP) {
        const Index *index = schema_index(&k->schema, change->drop.object);
        return index != NULL && index->parent != 0;
    }
    const DropConstraintChange *drop = &change->drop_constraint;
    const Constraint *key =
        change->kind == CHANGE_DROP_CONSTRAINT ? object_constraint(&k->schema, drop->table, drop->constraint) : NULL;
    return key != NULL && constraint_is_key(key) && key->parent != 0;
}

/* Applies the inverses as they come. Indexes of a table that is gone are gone with it. */
static bool derive_changes(Checker *k, const Node *down, Derivation *d, ChangeList *result)
{
    for (size_t i = 0; i < d->all.count; i++) {
        const Change *change = &d->all.items[i];
        ObjectId table = table_of(k, change);
        bool absent = is_absent(k, change) || goes_with_whole(k, change);
        if (absent || object_ids_contain(d->gone, table) || rests_on_gone(k, d, change))
            continue;
        bool present = schema_table(&k->schema, table) != NULL;
        const Change *drop = drop_early(k, d, i, table);
        if (drop == NULL && !can_come_back(k, down, change))
            return false;
        if (drop == NULL || present)
            take_change(k, drop == NULL ? change : drop, result);
        if (drop == NULL)
            restore_names(k, change, result);
    }
    return true;
}

/* What the migration itself has made goes again, and with it how it is and the rows that it holds: neither needs a way
 * back of its own. */
static bool goes_with_made(Checker *k, const Change *change)
{
    const RunSqlChange *run = &change->run_sql;
    if (change->kind == CHANGE_DROP)
        return change->drop.object >= k->first;
    if (change->kind == CHANGE_SET || change->kind == CHANGE_DROP_EXPRESSION || change->kind == CHANGE_DISINHERIT)
        return change_relation(change) >= k->first;
    if (change->kind != CHANGE_RUN_SQL || !run->contained)
        return false;
    for (size_t i = 0; i < run->written.count; i++) {
        if (run->written.items[i] < k->first)
            return false;
    }
    return true;
}

/* Likewise what became a part of such an index. */
static bool joins_made(Checker *k, const Change *change)
{
    if (!joins_index(change))
        return false;
    Part whole = part_origin(&k->schema, key_part(&k->schema, change->set.object, change->set.value.object));
    return (whole.kind == PART_CONSTRAINT ? whole.id : whole.object) >= k->first;
}

static bool derive_down(Checker *k, const Node *down, const ChangeList *up, ChangeList *result)
{
    Derivation derivation = {0};
    for (size_t i = up->count; i > 0; i--) {
        const Inverse *inverse = &k->inverses.items[i - 1];
        if (joins_made(k, &up->items[i - 1]))
            continue;
        if (!inverse->known && !goes_with_made(k, &up->items[i - 1])) {
            report_no_inverse(k, down, &up->items[i - 1], inverse);
            return false;
        }
        for (size_t j = 0; j < inverse->changes.count; j++)
            list_push(CHECKER_ARENA(k), &derivation.all, inverse->changes.items[j]);
    }
    leave_out_returns(k, &derivation);
    return derive_changes(k, down, &derivation, result);
}

static void read_down(Checker *k, const NodeDownWritten *node, ChangeList *result)
{
    k->changes = result;
    sql_begin_session(&k->sql);
    for (size_t i = 0; i < node->statements.count; i++)
        check_statement(k, node->statements.items[i]);
    reset_search_path(k);
}

/* ------------------------------------------------------------------ the proof */

static void report_difference(Checker *k, Span span, const Difference *difference)
{
    const Fact *before = &difference->before, *after = &difference->after;
    switch (difference->kind) {
    case DIFFERENCE_MISSING:
        report(k->c, M_NOT_RESTORED, span, "the way down does not bring back %.*s", STR_ARG(before->what));
        label(k->c, before->created, "created here");
        break;
    case DIFFERENCE_EXTRA:
        report(k->c, M_NOT_RESTORED, span, "the way down leaves %.*s behind", STR_ARG(after->what));
        label(k->c, after->created, "created here");
        break;
    case DIFFERENCE_CHANGED:
        report(k->c, M_NOT_RESTORED, span, "the way down does not restore %.*s", STR_ARG(before->what));
        label(k->c, before->created, "created here");
        break;
    case DIFFERENCE_ORDER:
        report(k->c, M_COLUMN_ORDER, span, "the way down puts %.*s in place %u, and it was in place %u",
               STR_ARG(before->what), after->order, before->order);
        label(k->c, before->created, "created here");
        help(k->c,
             "a column that comes back comes last: say `allow inexact_down because '…';` before `up` if that is fine");
        return;
    }
    if (difference->kind != DIFFERENCE_EXTRA)
        note(k->c, "before up:  %.*s", STR_ARG(before->text));
    bool whole = difference->kind == DIFFERENCE_EXTRA && after->owner.len == 0;
    if (difference->kind != DIFFERENCE_MISSING && !whole)
        note(k->c, "after down: %.*s", STR_ARG(after->text));
}

static void prove(Checker *k, const NodeMigration *tree, Differences differences)
{
    if (differences.count == 0)
        return;
    report_difference(k, down_head(tree->down), &differences.items[0]);
    if (differences.count > 1)
        note(k->c, "and %zu more difference%s", differences.count - 1, differences.count == 2 ? "" : "s");
}

/* Goes on behind the way down, then back before the migration, and reads both. What it finds is in scratch memory. */
static Differences compare_ends(Checker *k, size_t before)
{
    Schema reader = schema_reader(&k->schema, &k->scratch);
    ObjectIds touched = schema_touched(&reader, before);
    Facts after_down = schema_facts(&reader, touched);
    schema_rollback(&k->schema, before);
    reader = schema_reader(&k->schema, &k->scratch);
    Facts before_up = schema_facts(&reader, touched);
    return facts_compare(&k->scratch, before_up, after_down);
}

static void apply_again(Checker *k, const ChangeList *changes)
{
    for (size_t i = 0; i < changes->count; i++)
        change_apply(&k->schema, &changes->items[i]);
}

void check_down(Checker *k, const NodeMigration *tree, MigrationInfo *migration, size_t before, bool sound)
{
    const Node *down = tree->down;
    size_t errors = k->c->errors;
    bool complete = sound;
    if (down->kind == NODE_DOWN_IRREVERSIBLE) {
        migration->irreversible = ((const NodeDownIrreversible *) down)->reason.value;
        return;
    }
    if (down->kind == NODE_DOWN_WRITTEN)
        read_down(k, (const NodeDownWritten *) down, &migration->down);
    else if (sound)
        complete = derive_down(k, down, &migration->up, &migration->down);
    if (!complete || k->c->errors > errors) {
        schema_rollback(&k->schema, before);
        apply_again(k, &migration->up);
        return;
    }
    Differences differences = compare_ends(k, before);
    prove(k, tree, differences);
    arena_empty(&k->scratch);
    apply_again(k, &migration->up);
}
