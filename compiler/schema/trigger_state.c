#include "trigger_state.h"

#include "bug.h"
#include "definition.h"

Definition *trigger_state_new(Arena *arena, const Definition *trigger, ObjectId partition)
{
    Definition *state = arena_new(arena, Definition);
    Expression *text = arena_new(arena, Expression);
    text->sql = text->shape = STR("x");
    list_push(arena, &text->uses, (Use) {.length = 1, .object = trigger->object.id, .form = USE_NAME});
    state->object = (Object) {.kind = OBJECT_TRIGGER_STATE};
    state->of = partition;
    state->variant = str_format(arena, "%u", (unsigned) trigger->object.id);
    state->text = text;
    return state;
}

ObjectId trigger_state_of(const Definition *state)
{
    return state->text->uses.items[0].object;
}

const Definition *trigger_state_find(const Schema *schema, ObjectId trigger, ObjectId partition)
{
    ObjectIds states = object_users(schema, trigger, OBJECT_TRIGGER_STATE);
    for (size_t i = 0; i < states.count; i++) {
        const Definition *state = schema_definition(schema, states.items[i]);
        if (state->of == partition)
            return state;
    }
    return NULL;
}

static Str firing_of(const Definition *definition)
{
    const Expression *clause = attribute_clause(definition->attributes, STR(TRIGGER_FIRING));
    return clause == NULL ? STR("ENABLE") : clause->sql;
}

Str trigger_firing(const Schema *schema, ObjectId trigger, ObjectId table)
{
    const Definition *state = trigger_state_find(schema, trigger, table);
    const Definition *origin = schema_definition(schema, trigger);
    if (state != NULL || origin->of == table)
        return firing_of(state != NULL ? state : origin);
    return trigger_firing_above(schema, trigger, table);
}

Str trigger_firing_above(const Schema *schema, ObjectId trigger, ObjectId partition)
{
    const Table *table = schema_relation(schema, partition);
    if (table == NULL || table->bound == NULL)
        BUG("no partition has trigger %u from above", (unsigned) trigger);
    return trigger_firing(schema, trigger, table->parents.items[0]);
}
