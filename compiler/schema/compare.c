#include "compare.h"

#include "bug.h"
#include "definition.h"
#include "edit.h"
#include "inherit.h"
#include "sequence.h"
#include "view.h"

ObjectIds schema_touched(const Schema *schema, size_t mark)
{
    ObjectIds touched = {0};
    Map seen = map_new(schema->arena);
    for (size_t i = mark; i < schema->undo.count; i++) {
        const Undo *undo = &schema->undo.items[i];
        Str key = {(const char *) &undo->id, sizeof undo->id};
        if (undo->kind != UNDO_OBJECT || map_get(&seen, key) != 0)
            continue;
        list_push(schema->arena, &touched, undo->id);
        map_set(&seen, (Str) {arena_copy(schema->arena, key.data, key.len), key.len}, 1);
    }
    object_ids_sort(&touched);
    return touched;
}

static void add_with_users(const Schema *schema, ObjectId id, Map *seen, ObjectIds *ids)
{
    ObjectIds users = object_users(schema, id, OBJECT_KIND_COUNT);
    list_push(schema->arena, &users, id);
    for (size_t i = 0; i < users.count; i++) {
        Str key = {(const char *) &users.items[i], sizeof users.items[i]};
        if (map_get(seen, key) != 0)
            continue;
        map_set(seen, (Str) {arena_copy(schema->arena, key.data, key.len), key.len}, 1);
        list_push(schema->arena, ids, users.items[i]);
    }
}

static void add_readers(const Schema *schema, const Table *view, Map *seen, ObjectIds *ids)
{
    ObjectIds users = object_users(schema, view->object.id, OBJECT_KIND_COUNT);
    add_with_users(schema, view->object.id, seen, ids);
    for (size_t i = 0; i < users.count; i++) {
        const Table *reader = schema_view(schema, users.items[i]);
        if (reader != NULL && reader != view)
            add_readers(schema, reader, seen, ids);
    }
}

/* What it is a part of: an index that is not complete yet names its parts where it is made. */
static void add_wholes(const Schema *schema, const Object *object, Map *seen, ObjectIds *ids)
{
    const Table *table = object_is_relation(object) ? (const Table *) object : NULL;
    Part whole = {0};
    if (object->kind == OBJECT_INDEX)
        whole = key_part(schema, ((const Index *) object)->table, ((const Index *) object)->parent);
    if (whole.object != 0)
        add_with_users(schema, whole.object, seen, ids);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const Constraint *key = table->constraints.items[i];
        whole = constraint_is_key(key) ? key_part(schema, table->object.id, key->parent) : (Part) {0};
        if (whole.object != 0)
            add_with_users(schema, whole.object, seen, ids);
    }
}

/* The keys of a partition's partitions come in the order of its own (key.h). */
static void add_keys_below(const Schema *schema, const Object *object, Map *seen, ObjectIds *ids)
{
    const Index *index = object->kind == OBJECT_INDEX ? (const Index *) object : NULL;
    const Table *table = index != NULL ? schema_relation(schema, index->table)
                         : object_is_relation(object) ? (const Table *) object : NULL;
    if (table == NULL || table->bound == NULL || !table_is_partitioned(table))
        return;
    ObjectIds below = table_descendants(schema, table->object.id);
    for (size_t i = 0; i < below.count; i++)
        add_with_users(schema, below.items[i], seen, ids);
}

/* Procedures of one name are told apart by the modes of what they take, where there is more than one. */
static void add_namesakes(const Schema *schema, const Object *procedure, Map *seen, ObjectIds *ids)
{
    ObjectIds named = schema_definitions(schema, procedure->schema, procedure->name);
    for (size_t i = 0; i < named.count; i++)
        add_with_users(schema, named.items[i], seen, ids);
}

/* A foreign key is written in another way where there is more than one that it could rest on: so an index that comes
 * or goes is something to those who refer to its table. And an index is in its table's namespace without depending on
 * it. Whether a materialized view has data matters to all that are filled from it, by way of views, too. */
static void add_beyond(const Schema *schema, const Object *object, Map *seen, ObjectIds *ids)
{
    ObjectIds users = {0};
    if (object != NULL) {
        add_wholes(schema, object, seen, ids);
        add_keys_below(schema, object, seen, ids);
    }
    if (object != NULL && object->kind == OBJECT_INDEX)
        add_with_users(schema, ((const Index *) object)->table, seen, ids);
    if (object != NULL && object->kind == OBJECT_NAMESPACE)
        users = object_users(schema, object->id, OBJECT_KIND_COUNT);
    if (object != NULL && object->kind == OBJECT_PROCEDURE)
        add_namesakes(schema, object, seen, ids);
    if (object != NULL && object->kind == OBJECT_MATERIALIZED_VIEW)
        add_readers(schema, (const Table *) object, seen, ids);
    for (size_t i = 0; i < users.count; i++)
        add_with_users(schema, users.items[i], seen, ids);
}

ObjectIds schema_affected(const Schema *schema, size_t mark)
{
    ObjectIds ids = {0}, touched = schema_touched(schema, mark);
    Map seen = map_new(schema->arena);
    for (size_t i = 0; i < touched.count; i++) {
        add_with_users(schema, touched.items[i], &seen, &ids);
        add_beyond(schema, schema_object(schema, touched.items[i]), &seen, &ids);
    }
    for (size_t i = mark; i < schema->undo.count; i++) {
        if (schema->undo.items[i].kind == UNDO_OBJECT)
            add_beyond(schema, schema->undo.items[i].object, &seen, &ids);
    }
    object_ids_sort(&ids);
    return ids;
}

/* ------------------------------------------------------------------ facts */

typedef struct Describer {
    const Schema *schema;
    Facts *facts;
} Describer;

static void add(Describer *d, Fact fact)
{
    list_push(d->schema->arena, d->facts, fact);
}

static Str part_of(const Schema *schema, const char *kind, Str name, Str owner)
{
    return str_format(schema->arena, "%s \"%.*s\" of %.*s", kind, STR_ARG(name), STR_ARG(owner));
}

/* What SQL says of it in statements of its own: options, comments and the like. */
static Str with_attributes(const Schema *schema, Str text, ObjectId object, uint32_t part, bool constraint)
{
    Str attributes = define_attributes(schema, object, part, constraint);
    return str_format(schema->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(attributes));
}

/* Whether it goes with a parent's, where it is a constraint. */
static Str with_borrowed(const Schema *schema, Str text, const ColumnInfo *column)
{
    return str_format(schema->arena, "%.*s%s", STR_ARG(text), column->not_null.not_local ? " inherited not null" : "");
}

static void describe_columns(Describer *d, const Table *table, Str owner)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        Fact fact = {.what = part_of(d->schema, "column", column->name, owner), .owner = owner,
                     .created = column->created};
        ObjectId id = table->object.id;
        Str meaning = define_column(d->schema, table, column, DEFINE_MEANING);
        Str text = define_column(d->schema, table, column, DEFINE_SQL);
        fact.meaning = with_borrowed(d->schema, with_attributes(d->schema, meaning, id, column->id, false), column);
        fact.text = with_borrowed(d->schema, with_attributes(d->schema, text, id, column->id, false), column);
        fact.order = (uint32_t) i + 1;
        add(d, fact);
    }
}

/* It follows from a foreign key and the partitions of what that refers to. */
static bool is_nameless(const Schema *schema, const Table *table, const Constraint *constraint)
{
    return schema->view.catalog->major < SHADOWS_NAMED_SINCE && constraint_is_shadow(table, constraint);
}

static void describe_constraints(Describer *d, const Object *object, Str owner)
{
    const ConstraintList *list = object_constraints(object);
    const Table *table = schema_relation(d->schema, object->id);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const Constraint *constraint = list->items[i];
        if (table != NULL && is_nameless(d->schema, table, constraint))
            continue;
        Fact fact = {.what = part_of(d->schema, "constraint", constraint->name, owner), .owner = owner,
                     .created = constraint->created};
        ObjectId id = object->id;
        Str meaning = define_constraint(d->schema, table, constraint, DEFINE_MEANING);
        Str text = define_constraint(d->schema, table, constraint, DEFINE_SQL);
        fact.meaning = with_attributes(d->schema, meaning, id, constraint->id, true);
        fact.text = with_attributes(d->schema, text, id, constraint->id, true);
        add(d, fact);
    }
}

static Str extension_text(const Schema *schema, const Extension *extension)
{
    const Object *home = schema_object(schema, extension->home);
    return str_format(schema->arena, "EXTENSION in schema %.*s %.*s", STR_ARG(home == NULL ? STR("?") : home->name),
                      STR_ARG(extension->version));
}

static Str table_text(const Schema *schema, const Table *table, DefineForm form)
{
    Str storage = define_storage(schema, table);
    Str partition = define_partition_key(schema, table, form), parents = define_parents(schema, table, form);
    return str_format(schema->arena, "%sTABLE%.*s%.*s%.*s", table->unlogged ? "UNLOGGED " : "", STR_ARG(parents),
                      STR_ARG(partition), STR_ARG(storage));
}

static Str foreign_table_text(const Schema *schema, const Table *table, DefineForm form)
{
    Str parents = define_parents(schema, table, form), server = define_server(schema, table);
    return str_format(schema->arena, "FOREIGN TABLE%.*s%.*s", STR_ARG(parents), STR_ARG(server));
}

static Str sequence_text(const Schema *schema, const Sequence *sequence)
{
    Str settings = define_sequence_settings(schema->arena, &sequence->settings);
    return str_format(schema->arena, "%sSEQUENCE %.*s", sequence->unlogged ? "UNLOGGED " : "", STR_ARG(settings));
}

/* Its columns are facts of their own. */
static Str view_text(const Schema *schema, const Table *view, const char *words, DefineForm form)
{
    Str text = define_view(schema, view, form);
    return str_format(schema->arena, "%s%.*s", words, STR_ARG(text));
}

/* For comparing, what ALTER has made of the attributes counts; for people they are said behind the text. */
static Str definition_text(const Schema *schema, const Definition *definition, DefineForm form)
{
    Str text = define_definition(schema, definition, form);
    if (form == DEFINE_MEANING || definition_says_attributes(definition->object.kind))
        return text;
    Str now = define_clauses(schema, &definition->object, definition->attributes, form);
    bool same = str_equal(now, define_clauses(schema, &definition->object, definition->created, form));
    return str_format(schema->arena, same ? "%.*s" : "%.*s; now%.*s", STR_ARG(text), STR_ARG(now));
}

/* The definition of an object without its parts. */
static Str object_text(const Schema *schema, const Object *object, DefineForm form)
{
    switch (object->kind) {
    case OBJECT_NAMESPACE: return STR("SCHEMA");
    case OBJECT_EXTENSION: return extension_text(schema, (const Extension *) object);
    case OBJECT_ENUM: return define_labels(schema->arena, ((const Enum *) object)->labels);
    case OBJECT_DOMAIN: return define_domain(schema, (const Domain *) object, form);
    case OBJECT_COMPOSITE: return STR("TYPE");
    case OBJECT_SEQUENCE: return sequence_text(schema, (const Sequence *) object);
    case OBJECT_TABLE: return table_text(schema, (const Table *) object, form);
    case OBJECT_FOREIGN_TABLE: return foreign_table_text(schema, (const Table *) object, form);
    case OBJECT_INDEX: return define_index(schema, (const Index *) object, form);
    case OBJECT_VIEW: return view_text(schema, (const Table *) object, "VIEW", form);
    case OBJECT_MATERIALIZED_VIEW: return view_text(schema, (const Table *) object, "MATERIALIZED VIEW", form);
    case OBJECT_RULE: return define_rule(schema, (const Rule *) object, form);
#define DEFINITION(KIND, word, sql) case OBJECT_##KIND:
#include "definitions.def"
#undef DEFINITION
        return definition_text(schema, (const Definition *) object, form);
    case OBJECT_KIND_COUNT: break;
    }
    BUG("object kind %d", (int) object->kind);
}

Str object_title(const Schema *schema, const Object *object)
{
    if (object_is_definition(object))
        return definition_description(schema, (const Definition *) object);
    const Object *home = schema_object(schema, object->schema);
    const Rule *rule = schema_rule(schema, object->id);
    if (rule != NULL)
        return part_of(schema, "rule", object->name, object_title(schema, schema_object(schema, rule->table)));
    if (home == NULL || home->id == schema->home)
        return str_format(schema->arena, "%s \"%.*s\"", object_word(object->kind), STR_ARG(object->name));
    return str_format(schema->arena, "%s \"%.*s.%.*s\"", object_word(object->kind), STR_ARG(home->name),
                      STR_ARG(object->name));
}

static void describe(Describer *d, const Object *object)
{
    const Schema *schema = d->schema;
    Str name = object_title(schema, object);
    Str meaning = with_attributes(schema, object_text(schema, object, DEFINE_MEANING), object->id, 0, false);
    Str text = with_attributes(schema, object_text(schema, object, DEFINE_SQL), object->id, 0, false);
    add(d, (Fact) {.what = name, .meaning = meaning, .text = text, .created = object->created});
    if (object_is_relation(object))
        describe_columns(d, (const Table *) object, name);
    describe_constraints(d, object, name);
}

Facts schema_facts(const Schema *schema, ObjectIds ids)
{
    Facts facts = {0};
    Describer describer = {schema, &facts};
    for (size_t i = 0; i < ids.count; i++) {
        const Object *object = schema_object(schema, ids.items[i]);
        if (object != NULL)
            describe(&describer, object);
    }
    return facts;
}

/* ------------------------------------------------------------------ comparing */

static Map index_facts(Arena *arena, const Facts *facts)
{
    Map map = map_new(arena);
    for (size_t i = 0; i < facts->count; i++)
        map_set_pointer(&map, facts->items[i].what, &facts->items[i]);
    return map;
}

/* True: the owner is not there on the other side, which says it all. */
static bool goes_with_owner(const Map *other, const Fact *fact)
{
    return fact->owner.len > 0 && map_get(other, fact->owner) == 0;
}

static bool has_difference_in(const Differences *differences, Str owner)
{
    for (size_t i = 0; i < differences->count; i++) {
        const Difference *difference = &differences->items[i];
        const Fact *fact = difference->kind == DIFFERENCE_EXTRA ? &difference->after : &difference->before;
        if (str_equal(fact->owner, owner))
            return true;
    }
    return false;
}

/* Columns in another place, in tables whose columns are otherwise the same. */
static void compare_order(Arena *arena, const Facts *before, const Map *after, Differences *differences)
{
    for (size_t i = 0; i < before->count; i++) {
        const Fact *fact = &before->items[i], *now = map_get_pointer(after, fact->what);
        if (now != NULL && now->order != fact->order && !has_difference_in(differences, fact->owner))
            list_push(arena, differences, (Difference) {DIFFERENCE_ORDER, *fact, *now});
    }
}

Differences facts_compare(Arena *arena, Facts before, Facts after)
{
    Differences differences = {0};
    Map old = index_facts(arena, &before), new = index_facts(arena, &after);
    for (size_t i = 0; i < before.count; i++) {
        const Fact *fact = &before.items[i], *now = map_get_pointer(&new, fact->what);
        if (now == NULL && !goes_with_owner(&new, fact))
            list_push(arena, &differences, (Difference) {.kind = DIFFERENCE_MISSING, .before = *fact});
        else if (now != NULL && !str_equal(fact->meaning, now->meaning))
            list_push(arena, &differences, (Difference) {DIFFERENCE_CHANGED, *fact, *now});
    }
    for (size_t i = 0; i < after.count; i++) {
        const Fact *fact = &after.items[i];
        if (map_get(&old, fact->what) == 0 && !goes_with_owner(&old, fact))
            list_push(arena, &differences, (Difference) {.kind = DIFFERENCE_EXTRA, .after = *fact});
    }
    compare_order(arena, &before, &new, &differences);
    return differences;
}
