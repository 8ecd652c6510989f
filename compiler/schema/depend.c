#include "depend.h"

#include "base_type.h"
#include "bug.h"
#include "definition.h"
#include "family.h"
#include "inherit.h"

#include <stdio.h>
#include <stdlib.h>

bool expression_uses_column(const Expression *expression, ColumnId column)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->object == 0 && use->part == column)
            return true;
    }
    return false;
}

bool expression_uses_object(const Expression *expression, ObjectId object)
{
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++) {
        if (expression->uses.items[i].object == object)
            return true;
    }
    return false;
}

bool index_uses_column(const Index *index, ColumnId column)
{
    bool used = column_ids_contain(index->include, column) ||
                (index->where != NULL && expression_uses_column(index->where, column));
    for (size_t i = 0; i < index->keys.count && !used; i++)
        used = expression_uses_column(index->keys.items[i].expression, column);
    return used;
}

/* A key's shape ends in " collate=… opclass=…" and its order. */
static const char opclass_mark[] = " opclass=";

Str index_key_opclass(const IndexKey *key)
{
    Str shape = key->expression->shape;
    for (size_t i = 0; i + sizeof opclass_mark - 1 <= shape.len; i++) {
        if (!str_starts_with(str_slice(shape, i, shape.len), str_from(opclass_mark)))
            continue;
        size_t start = i + sizeof opclass_mark - 1, end = start;
        while (end < shape.len && shape.data[end] != ' ')
            end++;
        return str_slice(shape, start, end);
    }
    return STR("");
}

bool index_key_is_plain(const IndexKey *key)
{
    return key->column != 0 && str_ends_with(key->expression->shape, STR("\x02 collate= opclass="));
}

bool constraint_uses_column(const Constraint *constraint, ColumnId column)
{
    return column_ids_contain(constraint->columns, column) || column_ids_contain(constraint->include, column);
}

/* ------------------------------------------------------------------ what foreign keys can rest on */

/* In any order. A column that is twice in the one is not a key's, which has each once. */
static bool same_columns(ColumnIds a, ColumnIds b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; i < a.count && same; i++)
        same = column_ids_contain(b, a.items[i]) && column_ids_contain(a, b.items[i]);
    return same;
}

bool constraint_serves(const Constraint *constraint, ColumnIds columns)
{
    return constraint_is_key(constraint) && same_columns(columns, constraint->columns);
}

/* A unique index serves if it has nothing but columns, and all rows. */
bool index_serves(const Index *index, ColumnIds columns)
{
    bool serves = index->unique && index->where == NULL && index->keys.count == columns.count;
    for (size_t i = 0; i < index->keys.count && serves; i++) {
        ColumnId key = index->keys.items[i].column;
        serves = column_ids_contain(columns, key);
        for (size_t j = 0; j < i && serves; j++)
            serves = index->keys.items[j].column != key;
    }
    return serves;
}

/* ------------------------------------------------------------------ dependencies */

typedef struct Collector {
    const Schema *schema;
    DependencyVisitor *visit;
    void *context;
    Part dependent;         /* what is being looked at */
    size_t count;           /* of the dependencies so far */
} Collector;

static Part whole(ObjectId object)
{
    return (Part) {object, PART_WHOLE, 0};
}

static void need_made(Collector *c, Part referenced, DependencyKind kind, UseMade made)
{
    if (referenced.object == 0)
        return;
    c->visit(c->context, &(Dependency) {c->dependent, referenced, kind, made});
    c->count++;
}

static void need(Collector *c, Part referenced, DependencyKind kind)
{
    need_made(c, referenced, kind, MADE_NOTHING);
}

/* Columns of relations are referred to each by itself, everything else as a whole. */
static Part used_part(const Schema *schema, const Use *use)
{
    const Object *object = schema_object(schema, use->object);
    if (use->form == USE_KEY)
        return (Part) {use->object, PART_CONSTRAINT, use->part};
    bool column = use->part != 0 && object != NULL && object_is_relation(object);
    return column ? (Part) {use->object, PART_COLUMN, use->part} : whole(use->object);
}

/* By what is stored only the function of a cast is needed, but the cast when it is read. */
static DependencyKind expression_needs(const Schema *schema, const Use *use)
{
    const Object *used = schema_object(schema, use->object);
    return used != NULL && used->kind == OBJECT_CAST ? DEPEND_LINK : DEPEND_NORMAL;
}

/* Columns of the expression's own relation are its part's business: it goes with them, or not. */
static void need_expression(Collector *c, const Expression *expression)
{
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->object != 0)
            need_made(c, used_part(c->schema, use), expression_needs(c->schema, use), use->made);
    }
}

static void need_own_columns(Collector *c, ObjectId table, const Expression *expression, DependencyKind kind)
{
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->object == 0 && use->part != 0)
            need(c, (Part) {table, PART_COLUMN, use->part}, kind);
    }
}

static void need_columns(Collector *c, ObjectId table, ColumnIds columns, DependencyKind kind)
{
    for (size_t i = 0; i < columns.count; i++)
        need(c, (Part) {table, PART_COLUMN, columns.items[i]}, kind);
}

/* With a column of its partition key a table goes as a whole. */
static void collect_column(Collector *c, const Table *table, const ColumnInfo *column)
{
    ObjectId id = table->object.id;
    c->dependent = partition_key_uses(table, column->id) ? whole(id) : (Part) {id, PART_COLUMN, column->id};
    need(c, whole(column->type.object), DEPEND_NORMAL);
    need(c, whole(column->type.collation_object), DEPEND_NORMAL);
    if (column->inherited == 1 && column->not_local)
        need(c, part_above(c->schema, c->dependent), DEPEND_AUTO);
    if (column->generated) {
        need_expression(c, column->expression);
        need_own_columns(c, id, column->expression, DEPEND_NORMAL);
        return;
    }
    c->dependent = (Part) {id, PART_DEFAULT, column->id};
    need(c, (Part) {id, PART_COLUMN, column->id}, DEPEND_AUTO);
    need_expression(c, column->expression);
}

/* An exclusion goes with the columns that it has as they are; those of its expressions must not go without it, for
 * there it is only the index that depends on them, and that is the constraint's. */
static void need_excluded(Collector *c, const Table *table, const Constraint *exclusion)
{
    ColumnIds own = {0};
    for (size_t i = 0; i < exclusion->elements.count; i++) {
        if (exclusion->elements.items[i].key.column != 0)
            list_push(c->schema->arena, &own, exclusion->elements.items[i].key.column);
    }
    need_columns(c, table->object.id, own, DEPEND_AUTO);
    for (size_t i = 0; i < exclusion->columns.count; i++) {
        ColumnId column = exclusion->columns.items[i];
        if (!column_ids_contain(own, column) && !column_ids_contain(exclusion->include, column))
            need(c, (Part) {table->object.id, PART_COLUMN, column}, DEPEND_NORMAL);
    }
}

static void collect_constraint(Collector *c, const Table *table, const Constraint *constraint)
{
    c->dependent = (Part) {table->object.id, PART_CONSTRAINT, constraint->id};
    if (constraint->kind == CONSTRAINT_EXCLUDE)
        need_excluded(c, table, constraint);
    else
        need_columns(c, table->object.id, constraint->columns, DEPEND_AUTO);
    need_columns(c, table->object.id, constraint->include, DEPEND_AUTO);
    need_expression(c, constraint->expression);
    for (size_t i = 0; i < constraint->elements.count; i++)
        need_expression(c, constraint->elements.items[i].key.expression);
    for (size_t i = 0; i < constraint->uses.count; i++)
        need(c, whole(constraint->uses.items[i]), DEPEND_NORMAL);
    if (constraint->parent != 0 || (constraint->inherited == 1 && constraint->not_local))
        need(c, part_above(c->schema, c->dependent), DEPEND_AUTO);
    if (constraint->kind != CONSTRAINT_FOREIGN)
        return;
    need_columns(c, constraint->target, constraint->target_columns, DEPEND_NORMAL);
    if (constraint->target_index != 0)
        need(c, whole(constraint->target_index), DEPEND_NORMAL);
    else
        need(c, (Part) {constraint->target, PART_CONSTRAINT, constraint->target_key}, DEPEND_NORMAL);
}

/* A partition goes with its parent, another child stands in its way. */
static void collect_parents(Collector *c, const Table *table)
{
    for (size_t i = 0; i < table->parents.count; i++)
        need(c, whole(table->parents.items[i]), table->bound != NULL ? DEPEND_AUTO : DEPEND_NORMAL);
    for (size_t i = 0; i < table->partition.keys.count; i++)
        need_expression(c, table->partition.keys.items[i].expression);
    for (size_t i = 0; i < table->partition.uses.count; i++)
        need(c, whole(table->partition.uses.items[i]), DEPEND_NORMAL);
}

/* An access method keeps its name for good. */
static void need_method(Collector *c, const Table *table)
{
    const Definition *method = definition_table_method(c->schema, table->method);
    if (method != NULL)
        need(c, whole(method->object.id), DEPEND_NORMAL);
}

static void collect_table(Collector *c, const Table *table)
{
    collect_parents(c, table);
    need(c, whole(table->server), DEPEND_NORMAL);
    need(c, whole(table->of), DEPEND_NORMAL);
    need_method(c, table);
    for (size_t i = 0; i < table->columns.count; i++)
        collect_column(c, table, table->columns.items[i]);
    for (size_t i = 0; i < table->constraints.count; i++)
        collect_constraint(c, table, table->constraints.items[i]);
}

/* What the default needs the domain needs (GenerateTypeDependencies in
 * src/backend/catalog/pg_type.c). */
static void collect_domain(Collector *c, const Domain *domain)
{
    need(c, whole(domain->type.object), DEPEND_NORMAL);
    need(c, whole(domain->type.collation_object), DEPEND_NORMAL);
    need_expression(c, domain->expression);
    for (size_t i = 0; i < domain->constraints.count; i++) {
        c->dependent = (Part) {domain->object.id, PART_CONSTRAINT, domain->constraints.items[i]->id};
        need_expression(c, domain->constraints.items[i]->expression);
    }
}

/* With none of its columns an index goes with the table as a whole. */
static void collect_index(Collector *c, const Index *index)
{
    size_t before = c->count;
    need_columns(c, index->table, index->include, DEPEND_AUTO);
    need_own_columns(c, index->table, index->where, DEPEND_AUTO);
    for (size_t i = 0; i < index->keys.count; i++)
        need_own_columns(c, index->table, index->keys.items[i].expression, DEPEND_AUTO);
    if (c->count == before)
        need(c, whole(index->table), DEPEND_AUTO);
    need(c, whole(index->parent), DEPEND_AUTO);
    need_expression(c, index->where);
    for (size_t i = 0; i < index->keys.count; i++)
        need_expression(c, index->keys.items[i].expression);
    for (size_t i = 0; i < index->uses.count; i++)
        need(c, whole(index->uses.items[i]), DEPEND_NORMAL);
}

static void collect_sequence(Collector *c, const Sequence *sequence)
{
    if (sequence->owner.table != 0)
        need(c, (Part) {sequence->owner.table, PART_COLUMN, sequence->owner.column}, DEPEND_AUTO);
}

/* A view goes as a whole: with what its query uses, and with the types of its columns. */
static void collect_view(Collector *c, const Table *view)
{
    need_expression(c, view->query);
    need_method(c, view);
    for (size_t i = 0; i < view->columns.count; i++)
        need(c, whole(view->columns.items[i]->type.object), DEPEND_NORMAL);
    for (size_t i = 0; i < view->columns.count; i++) {
        c->dependent = (Part) {view->object.id, PART_DEFAULT, view->columns.items[i]->id};
        need(c, (Part) {view->object.id, PART_COLUMN, view->columns.items[i]->id}, DEPEND_AUTO);
        need_expression(c, view->columns.items[i]->expression);
    }
}

/* It goes with its relation; and what its conditions and actions use must not go without it, the relation's own columns
 * as well. */
static void collect_rule(Collector *c, const Rule *rule)
{
    need(c, whole(rule->table), DEPEND_AUTO);
    need_expression(c, rule->where);
    for (size_t i = 0; i < rule->actions.count; i++)
        need_expression(c, rule->actions.items[i]);
}

/* Extensions that it requires, and the namespace that its objects live in. */
static void collect_extension(Collector *c, const Extension *extension)
{
    need(c, whole(extension->home), DEPEND_NORMAL);
    for (size_t i = 0; extension->catalog != NULL && i < extension->catalog->requires.count; i++) {
        Str name = extension->catalog->requires.items[i]->name;
        need(c, whole(schema_find(c->schema, NAMES_EXTENSION, 0, name)), DEPEND_NORMAL);
    }
}

/* What nothing holds goes with all that it needs, and what is held with what holds it. */
static bool is_loose_for(const Schema *schema, const Definition *member, const Use *use)
{
    ObjectId holder = member_holder(schema, member);
    return holder == 0 || use->object == holder;
}

/* What holds a member needs what that needs. */
static void collect_held(Collector *c, const Definition *member)
{
    ObjectId holder = member_holder(c->schema, member);
    c->dependent = whole(holder);
    for (size_t i = 0; holder != 0 && i < member->text->uses.count; i++) {
        const Use *use = &member->text->uses.items[i];
        if (use->object != holder && use->object != member->of)
            need(c, used_part(c->schema, use), DEPEND_NORMAL);
    }
}

/* The state of a trigger goes with that, statistics with any of their columns, a publication's table with the
 * publication, an operator class with its family; what is on something goes with it, except for a user mapping and a
 * transform, which keep their server and language. A constraint trigger goes with the table that it is FROM. */
static DependencyKind definition_needs(const Definition *definition, const Schema *schema, const Use *use)
{
    const Object *used = schema_object(schema, use->object);
    switch ((int) definition->object.kind) {
    case OBJECT_TRIGGER_STATE: return DEPEND_AUTO;
    case OBJECT_STATISTICS: return use->part != 0 ? DEPEND_AUTO : DEPEND_NORMAL;
    case OBJECT_TRIGGER: return use->part == 0 && object_is_relation(used) ? DEPEND_AUTO : DEPEND_NORMAL;
    case OBJECT_OPERATOR: return used != NULL && used->kind == OBJECT_OPERATOR ? DEPEND_LINK : DEPEND_NORMAL;
    case OBJECT_OPERATOR_CLASS:
        return used != NULL && used->kind == OBJECT_OPERATOR_FAMILY ? DEPEND_AUTO : DEPEND_NORMAL;
    case OBJECT_OPERATOR_MEMBER:
        return is_loose_for(schema, definition, use) ? DEPEND_AUTO : DEPEND_NORMAL;
    case OBJECT_PUBLICATION_TABLE:
        return used != NULL && used->kind == OBJECT_PUBLICATION ? DEPEND_AUTO : DEPEND_NORMAL;
    default: return expression_needs(schema, use);
    }
}

/* A function that a base type is made of; in a circle the type refers to it, and it to the type's name. */
static bool is_circle(const Schema *schema, const Definition *definition, const Use *use)
{
    const Definition *type = schema_base_type(schema, use->object);
    return type != NULL && object_is_routine(definition->object.kind) &&
           base_type_is_made_of(type, definition->object.id);
}

static void need_uses(Collector *c, const Definition *definition, const Expression *text)
{
    for (size_t i = 0; text != NULL && i < text->uses.count; i++) {
        const Use *use = &text->uses.items[i];
        bool itself = use->object == 0 || use->object == definition->object.id;
        bool place = use->object == definition->of && use->part == 0;
        if (!itself && is_circle(c->schema, definition, use))
            need(c, (Part) {use->object, PART_SHELL, 0}, DEPEND_CIRCLE);
        else if (!itself && !place)
            need_made(c, used_part(c->schema, use), definition_needs(definition, c->schema, use), use->made);
    }
}

/* Operator classes and families go with the access method (DefineOpClass, CreateOpFamily in
 * src/backend/commands/opclasscmds.c). */
static void need_method_of_class(Collector *c, const Definition *definition)
{
    bool class = definition->object.kind == OBJECT_OPERATOR_CLASS || definition->object.kind == OBJECT_OPERATOR_FAMILY;
    Definition like = {.object = {.kind = OBJECT_ACCESS_METHOD, .name = definition->variant}};
    const Definition *method = class ? definition_find(c->schema, &like) : NULL;
    if (method != NULL)
        need(c, whole(method->object.id), DEPEND_AUTO);
}

static void collect_definition(Collector *c, const Definition *definition)
{
    bool keeps = definition->object.kind == OBJECT_USER_MAPPING || definition->object.kind == OBJECT_TRANSFORM;
    need_method_of_class(c, definition);
    need(c, whole(definition->of), keeps ? DEPEND_NORMAL : DEPEND_AUTO);
    need_uses(c, definition, definition->text);
    for (size_t i = 0; i < definition->attributes.count; i++)
        need_uses(c, definition, definition->attributes.items[i].clause);
    for (size_t i = 0; i < definition->mentions.count; i++)
        need(c, whole(definition->mentions.items[i].object), DEPEND_MENTION);
    if (definition->object.kind == OBJECT_OPERATOR_MEMBER)
        collect_held(c, definition);
}

void object_each_dependency(const Schema *schema, const Object *object, DependencyVisitor *visit, void *context)
{
    Collector c = {schema, visit, context, whole(object->id), 0};
    if (object->kind != OBJECT_INDEX)
        need(&c, whole(object->schema), DEPEND_NORMAL);
    switch (object->kind) {
    case OBJECT_NAMESPACE:
    case OBJECT_ENUM: break;
    case OBJECT_EXTENSION: collect_extension(&c, (const Extension *) object); break;
    case OBJECT_DOMAIN: collect_domain(&c, (const Domain *) object); break;
    case OBJECT_COMPOSITE:
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE: collect_table(&c, (const Table *) object); break;
    case OBJECT_SEQUENCE: collect_sequence(&c, (const Sequence *) object); break;
    case OBJECT_INDEX: collect_index(&c, (const Index *) object); break;
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW: collect_view(&c, (const Table *) object); break;
    case OBJECT_RULE: collect_rule(&c, (const Rule *) object); break;
#define DEFINITION(KIND, word, sql) case OBJECT_##KIND:
#include "definitions.def"
#undef DEFINITION
        collect_definition(&c, (const Definition *) object);
        break;
    case OBJECT_KIND_COUNT: BUG("no object");
    }
}

/* ------------------------------------------------------------------ descriptions */

static Str quoted_name(const Schema *schema, const char *kind, Str name, const Object *owner)
{
    return str_format(schema->arena, "%s \"%.*s\" of %s \"%.*s\"", kind, STR_ARG(name), object_word(owner->kind),
                      STR_ARG(owner->name));
}

Str part_description(const Schema *schema, Part part)
{
    const Object *object = schema_object(schema, part.object);
    const Table *table = schema_relation(schema, part.object);
    const Constraint *constraint = object_constraint(schema, part.object, part.id);
    switch (part.kind) {
    case PART_SHELL:
    case PART_WHOLE:
        if (object->kind == OBJECT_RULE)
            return quoted_name(schema, "rule", object->name, schema_object(schema, ((const Rule *) object)->table));
        if (object_is_definition(object))
            return definition_description(schema, (const Definition *) object);
        return str_format(schema->arena, "%s \"%.*s\"", object_word(object->kind), STR_ARG(object->name));
    case PART_COLUMN: return quoted_name(schema, "column", table_column(table, part.id)->name, object);
    case PART_DEFAULT: return quoted_name(schema, "the default of column", table_column(table, part.id)->name, object);
    case PART_CONSTRAINT: return quoted_name(schema, "constraint", constraint->name, object);
    }
    BUG("part kind %d", (int) part.kind);
}

Span part_created(const Schema *schema, Part part)
{
    const Table *table = schema_relation(schema, part.object);
    switch (part.kind) {
    case PART_SHELL:
    case PART_WHOLE: return schema_object(schema, part.object)->created;
    case PART_COLUMN:
    case PART_DEFAULT: return table_column(table, part.id)->created;
    case PART_CONSTRAINT: return object_constraint(schema, part.object, part.id)->created;
    }
    BUG("part kind %d", (int) part.kind);
}

Change part_drop(Part part, Span span)
{
    switch (part.kind) {
    case PART_SHELL:
    case PART_WHOLE: return (Change) {.kind = CHANGE_DROP, .span = span, .drop = {part.object}};
    case PART_COLUMN: return (Change) {.kind = CHANGE_DROP_COLUMN, .span = span, .drop_column = {part.object, part.id}};
    case PART_DEFAULT:
        return (Change) {.kind = CHANGE_SET, .span = span,
                         .set = {.object = part.object, .property = PROPERTY_COLUMN_DEFAULT, .part = part.id}};
    case PART_CONSTRAINT:
        return (Change) {.kind = CHANGE_DROP_CONSTRAINT, .span = span, .drop_constraint = {part.object, part.id}};
    }
    BUG("part kind %d", (int) part.kind);
}

/* ------------------------------------------------------------------ deletions
 *
 * A walk from the targets to what depends on them, dependents first. */

typedef struct Visit {
    Part part;
    bool automatic;   /* it is reached in a way that takes it along by itself */
    bool circle;      /* another one that goes takes it along, which it could not do without */
    bool breaks;      /* a part of a target that must go before the target does, for the targets need one another */
    bool done;
    size_t turn;      /* place in the order, from 1 */
    size_t time;      /* when it goes: in its turn, or with something later */
    LIST(size_t) takers;   /* places in visits of what takes it along by itself, */
    LIST(size_t) waiting;  /* and of what cannot go before it */
} Visit;

typedef struct Walk {
    const Schema *schema;
    Parts targets;
    LIST(Visit) visits;
    Map index;              /* part → place in visits, from 1 */
    LIST(size_t) order;     /* places in visits, dependents first */
    ObjectId root;          /* the target that is being left just now */
    size_t cause;           /* the place of what is being visited, from 1 */
    bool automatic_only;
} Walk;

enum { PART_KEY = 40 };

static Str part_key(char *buffer, Part part)
{
    int length = snprintf(buffer, PART_KEY, "%u.%d.%u", (unsigned) part.object, (int) part.kind, (unsigned) part.id);
    return (Str) {buffer, (size_t) length};
}

static Visit *find_visit(Walk *w, Part part)
{
    char buffer[PART_KEY];
    uint64_t place = map_get(&w->index, part_key(buffer, part));
    return place == 0 ? NULL : &w->visits.items[place - 1];
}

static size_t begin_visit(Walk *w, Part part)
{
    char buffer[PART_KEY];
    Arena *arena = w->schema->arena;
    list_push(arena, &w->visits, (Visit) {.part = part});
    map_set(&w->index, str_copy(arena, part_key(buffer, part)), w->visits.count);
    return w->visits.count - 1;
}

static bool covers(Part part, Part referenced)
{
    return part.object == referenced.object &&
           (part.kind == PART_WHOLE || (part.kind == referenced.kind && part.id == referenced.id));
}

static bool is_target(const Walk *w, Part part)
{
    for (size_t i = 0; i < w->targets.count; i++) {
        Part target = w->targets.items[i];
        if (target.object == part.object && target.kind == part.kind && target.id == part.id)
            return true;
    }
    return false;
}

static void visit(Walk *w, Part part, DependencyKind kind);

/* A part of a target goes with it, so the target is to go first; where that is waiting for this very drop, the part
 * goes before both. */
static void visit_dependent(Walk *w, Part part, DependencyKind kind)
{
    Part owner = whole(part.object);
    if (part.kind == PART_WHOLE || !is_target(w, owner)) {
        visit(w, part, kind);
        return;
    }
    const Visit *seen = find_visit(w, owner);
    if (seen == NULL) {
        visit(w, owner, DEPEND_AUTO);
    } else if (!seen->done && owner.object != w->root) {
        visit(w, part, kind);
        find_visit(w, part)->breaks = true;
    }
}

/* Those of one object's dependencies that lead to the part. */
typedef struct Leading {
    const Walk *walk;
    Part part;
    Dependencies found;
} Leading;

static void note_leading(void *context, const Dependency *d)
{
    Leading *leading = context;
    bool own = leading->part.kind == PART_WHOLE && d->dependent.object == leading->part.object;
    bool wanted = d->kind == DEPEND_AUTO || d->kind == DEPEND_CIRCLE ||
                  (d->kind == DEPEND_NORMAL && !leading->walk->automatic_only);
    if (!own && wanted && covers(leading->part, d->referenced))
        list_push(leading->walk->schema->arena, &leading->found, *d);
}

/* The last first: columns that come back in the opposite order are then in the order that they had. What is inherited
 * cannot go without what it is inherited from, so that is what stands in the way. */
static void visit_dependents_in(Walk *w, Part part, const Object *user)
{
    Leading leading = {.walk = w, .part = part};
    object_each_dependency(w->schema, user, note_leading, &leading);
    for (size_t i = leading.found.count; i > 0; i--) {
        Dependency found = leading.found.items[i - 1];
        bool normal = found.kind == DEPEND_NORMAL;
        visit_dependent(w, normal ? part_origin(w->schema, found.dependent) : found.dependent, found.kind);
    }
}

/* What is being visited takes the part along, or waits for it. */
static void note_cause(Walk *w, Visit *seen, DependencyKind kind)
{
    Arena *arena = w->schema->arena;
    seen->automatic = seen->automatic || kind == DEPEND_AUTO;
    seen->circle = seen->circle || kind == DEPEND_CIRCLE;
    if (w->cause == 0)
        return;
    if (kind == DEPEND_NORMAL)
        list_push(arena, &seen->waiting, w->cause - 1);
    else
        list_push(arena, &seen->takers, w->cause - 1);
}

/* What was created last comes first: mostly that depends on the others, and its parts need not go before it. */
static void visit(Walk *w, Part part, DependencyKind kind)
{
    Visit *seen = find_visit(w, part);
    if (seen != NULL) {
        note_cause(w, seen, kind);
        return;
    }
    size_t place = begin_visit(w, part), cause = w->cause;
    note_cause(w, &w->visits.items[place], kind);
    w->cause = place + 1;
    ObjectId root = w->root;
    w->root = is_target(w, part) ? part.object : root;
    ObjectIds users = object_users(w->schema, part.object, OBJECT_KIND_COUNT);
    for (size_t i = users.count; i > 0; i--)
        visit_dependents_in(w, part, schema_object(w->schema, users.items[i - 1]));
    if (part.kind != PART_WHOLE && !object_ids_contain(users, part.object))
        visit_dependents_in(w, part, schema_object(w->schema, part.object));
    w->root = root;
    w->cause = cause;
    w->visits.items[place].done = true;
    list_push(w->schema->arena, &w->order, place);
    w->visits.items[place].turn = w->order.count;
}

static Walk walk_from(const Schema *schema, Parts targets, bool automatic_only)
{
    Walk walk = {.schema = schema, .targets = targets, .index = map_new(schema->arena),
                 .automatic_only = automatic_only};
    for (size_t i = 0; i < targets.count; i++)
        visit(&walk, targets.items[i], DEPEND_AUTO);
    return walk;
}

/* Whether it goes as a part of an object that goes as a whole. */
static bool goes_with_owner(Walk *w, Part part)
{
    return part.kind != PART_WHOLE && find_visit(w, whole(part.object)) != NULL;
}

/* Whether it must be dropped by itself: what waits for it goes before what would take it along. From the end of the
 * order on, so that it is known when those go. */
static bool must_go_first(Walk *w, Visit *seen)
{
    const Visit *owner = seen->part.kind == PART_WHOLE ? NULL : find_visit(w, whole(seen->part.object));
    size_t taken = owner == NULL ? SIZE_MAX : owner->turn, wanted = SIZE_MAX;
    for (size_t i = 0; i < seen->takers.count; i++) {
        size_t time = w->visits.items[seen->takers.items[i]].time;
        taken = time < taken ? time : taken;
    }
    for (size_t i = 0; i < seen->waiting.count; i++) {
        size_t time = w->visits.items[seen->waiting.items[i]].time;
        wanted = time < wanted ? time : wanted;
    }
    bool first = wanted < taken;
    seen->time = first || taken == SIZE_MAX ? seen->turn : taken;
    return first;
}

static void mark_first(Walk *w)
{
    for (size_t i = w->order.count; i > 0; i--) {
        Visit *seen = &w->visits.items[w->order.items[i - 1]];
        seen->breaks = must_go_first(w, seen) || seen->breaks;
    }
}

static int compare_dependents(const void *left, const void *right)
{
    const Dependent *a = left, *b = right;
    if (a->part.object != b->part.object)
        return a->part.object < b->part.object ? -1 : 1;
    if (a->part.kind != b->part.kind)
        return a->part.kind < b->part.kind ? -1 : 1;
    return a->part.id < b->part.id ? -1 : a->part.id > b->part.id;
}

Deletion deletion_of(const Schema *schema, Parts targets)
{
    Deletion deletion = {0};
    Walk walk = walk_from(schema, targets, false);
    mark_first(&walk);
    for (size_t i = 0; i < walk.order.count; i++) {
        Visit seen = walk.visits.items[walk.order.items[i]];
        bool target = is_target(&walk, seen.part);
        bool dependent = !target && !seen.automatic && !goes_with_owner(&walk, seen.part);
        if (!seen.circle && (target || dependent || seen.breaks))
            list_push(schema->arena, &deletion.order, seen.part);
        if (dependent) {
            Dependent found = {seen.part, part_description(schema, seen.part), part_created(schema, seen.part)};
            list_push(schema->arena, &deletion.dependents, found);
        }
    }
    if (deletion.dependents.count > 1)
        qsort(deletion.dependents.items, deletion.dependents.count, sizeof(Dependent), compare_dependents);
    return deletion;
}

Parts deletion_automatic(const Schema *schema, Part part)
{
    Parts targets = {0}, order = {0};
    list_push(schema->arena, &targets, part);
    Walk walk = walk_from(schema, targets, true);
    for (size_t i = 0; i < walk.order.count; i++) {
        Part seen = walk.visits.items[walk.order.items[i]].part;
        if (!goes_with_owner(&walk, seen))
            list_push(schema->arena, &order, seen);
    }
    return order;
}

Dependents part_dependents(const Schema *schema, Part part)
{
    Parts targets = {0};
    list_push(schema->arena, &targets, part);
    return deletion_of(schema, targets).dependents;
}
