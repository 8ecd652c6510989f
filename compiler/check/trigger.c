/* Row triggers of partitioned tables: the server makes one of the name for each partition, which goes with its own
 * (CloneRowTriggersToPartition in tablecmds.c, CreateTriggerFiringOn in trigger.c). The model has the outermost one
 * alone; what is looked after here are their names. */
#include "foreign.h"
#include "inherit.h"
#include "partition.h"

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
