/* Row triggers of partitioned tables: the server makes one of the name for each partition, which goes with its own
 * (CloneRowTriggersToPartition in tablecmds.c, CreateTriggerFiringOn in trigger.c). The model has the outermost one
 * alone; what is looked after here are their names, and which of them fire (trigger_state.h). */
#include "definition.h"
#include "foreign.h"
#include "inherit.h"
#include "partition.h"
#include "trigger_state.h"

#include "bug.h"

static const Definition *trigger_named(Checker *k, ObjectId table, Str name)
{
    ObjectIds ids = schema_definitions(&k->schema, table, name);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *found = schema_definition(&k->schema, ids.items[i]);
        if (found->object.kind == OBJECT_TRIGGER)
            return found;
    }
    return NULL;
}

/* That of a table that this one is a part of, by however many steps. */
static const Definition *trigger_above(Checker *k, const Table *table, Str name)
{
    while (table->bound != NULL) {
        table = schema_relation(&k->schema, table->parents.items[0]);
        const Definition *found = trigger_named(k, table->object.id, name);
        if (found != NULL && found->each_row)
            return found;
    }
    return NULL;
}

static bool report_taken(Checker *k, Span span, const Definition *first, const Table *partition,
                         const Definition *other)
{
    report(k->c, M_ALREADY_EXISTS, span, "partition \"%.*s\" cannot have two triggers \"%.*s\"",
           STR_ARG(partition->object.name), STR_ARG(first->object.name));
    label(k->c, other->object.created, "the other one");
    help(k->c, "a partition gets the row triggers of its table, under their names");
    return false;
}

static bool check_trigger_below(Checker *k, const Definition *trigger, const Table *table)
{
    ObjectIds descendants = table_descendants(&k->schema, table->object.id);
    for (size_t i = 0; i < descendants.count; i++) {
        const Table *partition = schema_relation(&k->schema, descendants.items[i]);
        const Definition *own = trigger_named(k, partition->object.id, trigger->object.name);
        if (own != NULL)
            return report_taken(k, trigger->object.created, trigger, partition, own);
    }
    return true;
}

bool check_trigger_of_family(Checker *k, const Definition *trigger)
{
    const Table *table = schema_relation(&k->schema, trigger->of);
    const Definition *above = table == NULL ? NULL : trigger_above(k, table, trigger->object.name);
    if (table == NULL)
        return true;
    if (above != NULL)
        return report_taken(k, trigger->object.created, trigger, table, above);
    if (str_is(trigger->variant, "constraint") &&
        !check_no_foreign_partition(k, table, trigger->object.created, "have constraint triggers"))
        return false;
    return !trigger->each_row || !table_is_partitioned(table) || check_trigger_below(k, trigger, table);
}

/* Row triggers of the table and of those that it is a part of, against those of what is to become a partition. */
bool check_triggers_join(Checker *k, const Table *parent, const Table *child, Span span)
{
    ObjectIds family = table_descendants(&k->schema, child->object.id);
    list_insert(CHECKER_ARENA(k), &family, 0, child->object.id);
    for (size_t i = 0; i < family.count; i++) {
        ObjectIds own = object_users(&k->schema, family.items[i], OBJECT_TRIGGER);
        for (size_t j = 0; j < own.count; j++) {
            const Definition *trigger = schema_definition(&k->schema, own.items[j]);
            const Definition *above = trigger_named(k, parent->object.id, trigger->object.name);
            if (above == NULL || !above->each_row)
                above = trigger_above(k, parent, trigger->object.name);
            if (above != NULL && trigger->of == family.items[i])
                return report_taken(k, span, trigger, schema_relation(&k->schema, family.items[i]), above);
        }
    }
    return true;
}

/* ------------------------------------------------------------------ enable and disable (EnableDisableTrigger in
 * src/backend/commands/trigger.c) */

static void say_firing(Checker *k, Attributes *attributes, Str clause)
{
    Expression *expression = arena_new(CHECKER_ARENA(k), Expression);
    expression->sql = expression->shape = clause;
    attribute_set(CHECKER_ARENA(k), attributes, (Attribute) {STR(TRIGGER_FIRING), expression});
}

static void set_attribute(Checker *k, Span span, const Definition *of, Str clause)
{
    PropertyValue value = {.attributes = of->attributes};
    list_clone(CHECKER_ARENA(k), &value.attributes);
    attribute_remove(&value.attributes, STR(TRIGGER_FIRING));
    if (!str_is(clause, "ENABLE") || of->object.kind == OBJECT_TRIGGER_STATE)
        say_firing(k, &value.attributes, clause);
    checker_set(k, span, of->object.id, PROPERTY_ATTRIBUTES, 0, value);
}

/* How it fires on one partition: an object of its own where that is otherwise than above. */
static void set_state(Checker *k, Span span, const Definition *trigger, ObjectId partition, Str clause)
{
    const Definition *old = trigger_state_find(&k->schema, trigger->object.id, partition);
    if (str_equal(clause, trigger_firing_above(&k->schema, trigger->object.id, partition))) {
        if (old != NULL)
            checker_change(k, (Change) {.kind = CHANGE_DROP, .span = span, .drop = {old->object.id}});
        return;
    }
    Definition *new = old == NULL ? trigger_state_new(CHECKER_ARENA(k), trigger, partition) : NULL;
    if (new != NULL) {
        new->object.id = schema_new_id(&k->schema);
        new->object.created = span;
        say_firing(k, &new->attributes, clause);
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&new->object}});
    } else if (!str_equal(clause, trigger_firing(&k->schema, trigger->object.id, partition))) {
        set_attribute(k, span, old, clause);
    }
}

/* Servers do to partitions what is done to their table. So what is otherwise below it goes before, and what stays as it
 * was, because of ONLY, is said again behind it. */
static void set_firing(Checker *k, Span span, const Definition *trigger, ObjectId table, Str clause)
{
    ObjectId id = trigger->object.id;
    ObjectIds below = {0};
    if (trigger->each_row && table_is_partitioned(schema_relation(&k->schema, table)))
        below = table_descendants(&k->schema, table);
    StrList before = {0};
    for (size_t i = 0; i < below.count; i++)
        list_push(CHECKER_ARENA(k), &before, trigger_firing(&k->schema, id, below.items[i]));
    for (size_t i = below.count; i-- > 0;)
        set_state(k, span, trigger, below.items[i], trigger_firing_above(&k->schema, id, below.items[i]));
    if (trigger->of != table)
        set_state(k, span, trigger, table, clause);
    else
        set_attribute(k, span, schema_definition(&k->schema, id), clause);
    for (size_t i = 0; i < below.count && k->only; i++)
        set_state(k, span, trigger, below.items[i], before.items[i]);
}

/* Those of the table, and those that it has as a partition. */
static ObjectIds all_triggers(Checker *k, const Table *table)
{
    ObjectIds all = {0};
    for (const Table *at = table; at != NULL;
         at = at->bound == NULL ? NULL : schema_relation(&k->schema, at->parents.items[0])) {
        ObjectIds triggers = object_users(&k->schema, at->object.id, OBJECT_TRIGGER);
        for (size_t i = 0; i < triggers.count; i++) {
            const Definition *trigger = schema_definition(&k->schema, triggers.items[i]);
            if (trigger->of == at->object.id && (at == table || trigger->each_row))
                list_push(CHECKER_ARENA(k), &all, trigger->object.id);
        }
    }
    return all;
}

static Str firing_clause(Firing firing)
{
    switch (firing) {
    case FIRING_ORIGIN: return STR("ENABLE");
    case FIRING_DISABLED: return STR("DISABLE");
    case FIRING_REPLICA: return STR("ENABLE REPLICA");
    case FIRING_ALWAYS: return STR("ENABLE ALWAYS");
    }
    BUG("firing %d", (int) firing);
}

/* `all` and `user`: all that are there; those that the server makes for foreign keys are not in the model. */
void check_set_trigger(Checker *k, const Table *table, const NodeSetTrigger *node)
{
    Str written = span_text(&k->c->sources, node->name.span), name = node->name.name;
    bool every = (str_is(name, "all") || str_is(name, "user")) && written.data[0] != '"', found = every;
    ObjectIds triggers = all_triggers(k, table);
    for (size_t i = 0; i < triggers.count; i++) {
        const Definition *trigger = schema_definition(&k->schema, triggers.items[i]);
        if (!every && !str_equal(trigger->object.name, name))
            continue;
        set_firing(k, node->node.span, trigger, table->object.id, firing_clause(node->firing));
        found = true;
    }
    if (found || was_silenced(k, object_word(OBJECT_TRIGGER), 0, name))
        return;
    report(k->c, M_UNKNOWN_DEFINITION, node->name.span, "there is no trigger \"%.*s\" on table \"%.*s\" at this point",
           STR_ARG(name), STR_ARG(table->object.name));
    label(k->c, table->object.created, "created here");
}

void drop_trigger_states(Checker *k, Span span, const Table *child)
{
    ObjectIds family = table_descendants(&k->schema, child->object.id);
    list_insert(CHECKER_ARENA(k), &family, 0, child->object.id);
    for (size_t i = family.count; i-- > 0;) {
        ObjectIds states = object_users(&k->schema, family.items[i], OBJECT_TRIGGER_STATE);
        for (size_t j = 0; j < states.count; j++) {
            const Definition *state = schema_definition(&k->schema, states.items[j]);
            ObjectId of = schema_definition(&k->schema, trigger_state_of(state))->of;
            if (!object_ids_contain(family, of))
                checker_change(k, (Change) {.kind = CHANGE_DROP, .span = span, .drop = {states.items[j]}});
        }
    }
}
