#include "bug.h"
#include "depend.h"
#include "edit.h"
#include "made_type.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME_LIMIT = 63, KEY_LIMIT = NAME_LIMIT + 12 };

const char *object_word(ObjectKind kind)
{
    static const char *const words[] = {
#define OBJECT(KIND, Type, word, names) word,
#include "objects.def"
#undef OBJECT
    };
    return words[kind];
}

NameSpace object_names(ObjectKind kind)
{
    static const NameSpace sets[] = {
#define OBJECT(KIND, Type, word, names) NAMES_##names,
#include "objects.def"
#undef OBJECT
    };
    return sets[kind];
}

static size_t object_size(ObjectKind kind)
{
    static const size_t sizes[] = {
#define OBJECT(KIND, Type, word, names) sizeof(Type),
#include "objects.def"
#undef OBJECT
    };
    return sizes[kind];
}

/* The kinds whose Type is Table. */
bool object_is_table(const Object *object)
{
    return object != NULL && (object->kind == OBJECT_TABLE || object->kind == OBJECT_FOREIGN_TABLE);
}

bool object_is_relation(const Object *object)
{
    static const bool is_relation[] = {
#define OBJECT(KIND, Type, word, names) _Generic((Type *) NULL, Table *: true, default: false),
#include "objects.def"
#undef OBJECT
    };
    return object != NULL && is_relation[object->kind];
}

bool object_is_defined_type(const Object *object)
{
    return object->kind == OBJECT_RANGE || object->kind == OBJECT_BASE_TYPE;
}

bool object_is_definition(const Object *object)
{
    static const bool is_definition[] = {
#define OBJECT(KIND, Type, word, names) _Generic((Type *) NULL, Definition *: true, default: false),
#include "objects.def"
#undef OBJECT
    };
    return object != NULL && is_definition[object->kind];
}

/* ------------------------------------------------------------------ names */

/* The key of a name in its set; data == NULL: too long to be in any. */
static Str name_key(char *buffer, ObjectId namespace, Str name)
{
    if (name.len > NAME_LIMIT)
        return (Str){0};
    int length = snprintf(buffer, KEY_LIMIT, "%u.%.*s", (unsigned) namespace, STR_ARG(name));
    return (Str){buffer, (size_t) length};
}

static uint64_t name_value(const Schema *schema, NameSpace space, ObjectId namespace, Str name)
{
    char buffer[KEY_LIMIT];
    Str key = name_key(buffer, namespace, name);
    return key.data == NULL ? 0 : map_get(&schema->names[space], key);
}

ObjectId schema_find(const Schema *schema, NameSpace space, ObjectId namespace, Str name)
{
    return (ObjectId) name_value(schema, space, namespace, name);
}

void schema_set_name(Schema *schema, NameSpace space, ObjectId namespace, Str name, uint64_t value)
{
    char buffer[KEY_LIMIT];
    Str key = str_copy(schema->arena, name_key(buffer, namespace, name));
    uint64_t before = map_get(&schema->names[space], key);
    Undo undo = {.kind = UNDO_NAME, .space = space, .key = key, .value = before};
    list_push(schema->arena, &schema->undo, undo);
    map_set(&schema->names[space], key, value);
}

/* Where the names of definitions are told apart: the namespace, or what they are on. */
static ObjectId definition_place(const Definition *definition)
{
    return definition->object.schema != 0 ? definition->object.schema : definition->of;
}

ObjectIds schema_definitions(const Schema *schema, ObjectId place, Str name)
{
    const ObjectIds *ids = (const ObjectIds *) (uintptr_t) name_value(schema, NAMES_DEFINITION, place, name);
    return ids == NULL ? (ObjectIds) {0} : *ids;
}

/* The value of such a name is a list, made anew each time, so that an undo finds the one before. */
void schema_name_definition(Schema *schema, const Definition *definition, bool add)
{
    ObjectId place = definition_place(definition);
    ObjectIds before = schema_definitions(schema, place, definition->object.name);
    ObjectIds *now = arena_new(schema->arena, ObjectIds);
    for (size_t i = 0; i < before.count; i++) {
        if (before.items[i] != definition->object.id)
            list_push(schema->arena, now, before.items[i]);
    }
    if (add)
        list_push(schema->arena, now, definition->object.id);
    uint64_t value = now->count == 0 ? 0 : (uint64_t) (uintptr_t) now;
    schema_set_name(schema, NAMES_DEFINITION, place, definition->object.name, value);
}

/* ------------------------------------------------------------------ objects */

ObjectId schema_new_id(Schema *schema)
{
    list_push(schema->arena, &schema->objects, NULL);
    list_push(schema->arena, &schema->references, (ObjectIds) {0});
    list_push(schema->arena, &schema->users, (ObjectIds) {0});
    return (ObjectId) schema->objects.count - 1;
}

static void remove_id(ObjectIds *ids, ObjectId id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->items[i] == id) {
            list_remove(ids, i);
            return;
        }
    }
}

static void note_reference(void *context, const Dependency *dependency)
{
    Schema *schema = context;
    if (!object_ids_contain(schema->noted, dependency->referenced.object))
        list_push(schema->arena, &schema->noted, dependency->referenced.object);
}

/* What the version refers to; the list is good until the next question. */
static ObjectIds references_of(Schema *schema, const Object *object)
{
    schema->noted.count = 0;
    if (object != NULL)
        object_each_dependency(schema, object, note_reference, schema);
    return schema->noted;
}

static bool same_ids(ObjectIds a, ObjectIds b)
{
    return a.count == b.count && (a.count == 0 || memcmp(a.items, b.items, a.count * sizeof *a.items) == 0);
}

/* Puts it there, and keeps who uses whom. What is referred to may not be there yet, so the numbers may be new. */
static void set_object(Schema *schema, ObjectId id, const Object *object)
{
    schema->objects.items[id] = object;
    ObjectIds before = schema->references.items[id], now = references_of(schema, object);
    if (same_ids(before, now))
        return;
    for (size_t i = 0; i < before.count; i++) {
        if (!object_ids_contain(now, before.items[i]))
            remove_id(&schema->users.items[before.items[i]], id);
    }
    for (size_t i = 0; i < now.count; i++) {
        while (schema->objects.count <= now.items[i])
            schema_new_id(schema);
        if (!object_ids_contain(before, now.items[i]))
            list_push(schema->arena, &schema->users.items[now.items[i]], id);
    }
    list_clone(schema->arena, &now);
    schema->references.items[id] = now;
}

/* Numbers that a change brings along are not given again: constraints are counted with objects. */
static void reserve_ids(Schema *schema, ObjectId id, const Object *object)
{
    ObjectId last = id;
    const ConstraintList *constraints = object == NULL ? NULL : object_constraints(object);
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++)
        last = constraints->items[i]->id > last ? constraints->items[i]->id : last;
    while (schema->objects.count <= last)
        schema_new_id(schema);
}

void schema_put(Schema *schema, ObjectId id, const Object *object)
{
    reserve_ids(schema, id, object);
    Undo undo = {.kind = UNDO_OBJECT, .id = id, .object = schema->objects.items[id]};
    list_push(schema->arena, &schema->undo, undo);
    set_object(schema, id, object);
}

static int compare_ids(const void *left, const void *right)
{
    ObjectId a = *(const ObjectId *) left, b = *(const ObjectId *) right;
    return a < b ? -1 : a > b;
}

void object_ids_sort(ObjectIds *ids)
{
    if (ids->count > 1)
        qsort(ids->items, ids->count, sizeof *ids->items, compare_ids);
}

ObjectIds object_users(const Schema *schema, ObjectId id, ObjectKind kind)
{
    ObjectIds users = {0}, all = id < schema->users.count ? schema->users.items[id] : users;
    for (size_t i = 0; i < all.count; i++) {
        if (kind == OBJECT_KIND_COUNT || schema_object(schema, all.items[i])->kind == kind)
            list_push(schema->arena, &users, all.items[i]);
    }
    object_ids_sort(&users);
    return users;
}

bool object_moves_with(const Object *object, ObjectId table)
{
    if (object->kind == OBJECT_INDEX)
        return ((const Index *) object)->table == table;
    return object->kind == OBJECT_SEQUENCE && ((const Sequence *) object)->owner.table == table;
}

void schema_set_view(Schema *schema, CatalogView view)
{
    Undo undo = {.kind = UNDO_VIEW, .view = schema->view};
    list_push(schema->arena, &schema->undo, undo);
    schema->view = view;
}

Object *object_edit(const Schema *schema, ObjectId id)
{
    const Object *old = schema_object(schema, id);
    if (old == NULL)
        BUG("no object %u to edit", (unsigned) id);
    Object *copy = arena_copy(schema->arena, old, object_size(old->kind));
    if (object_is_relation(copy)) {
        list_clone(schema->arena, &((Table *) copy)->columns);
        list_clone(schema->arena, &((Table *) copy)->constraints);
    } else if (copy->kind == OBJECT_DOMAIN) {
        list_clone(schema->arena, &((Domain *) copy)->constraints);
    }
    return copy;
}

Table *table_edit(const Schema *schema, ObjectId id)
{
    Object *object = object_edit(schema, id);
    if (!object_is_relation(object))
        BUG("object %u has no columns", (unsigned) id);
    return (Table *) object;
}

const Object *schema_object(const Schema *schema, ObjectId id)
{
    return id < schema->objects.count ? schema->objects.items[id] : NULL;
}

static const Object *object_of_kind(const Schema *schema, ObjectId id, ObjectKind kind)
{
    const Object *object = schema_object(schema, id);
    return object != NULL && object->kind == kind ? object : NULL;
}

const Table *schema_table(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object_is_table(object) ? (const Table *) object : NULL;
}

const Table *schema_relation(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object_is_relation(object) ? (const Table *) object : NULL;
}

const Index *schema_index(const Schema *schema, ObjectId id)
{
    return (const Index *) object_of_kind(schema, id, OBJECT_INDEX);
}

const Sequence *schema_sequence(const Schema *schema, ObjectId id)
{
    return (const Sequence *) object_of_kind(schema, id, OBJECT_SEQUENCE);
}

const Domain *schema_domain(const Schema *schema, ObjectId id)
{
    return (const Domain *) object_of_kind(schema, id, OBJECT_DOMAIN);
}

const Enum *schema_enum(const Schema *schema, ObjectId id)
{
    return (const Enum *) object_of_kind(schema, id, OBJECT_ENUM);
}

const Definition *schema_definition(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object_is_definition(object) ? (const Definition *) object : NULL;
}

enum { PUBLIC_NAMESPACE = 1 };

/* src/include/catalog/pg_namespace.dat, and plpgsql.control. */
static Str public_comment(void)
{
    return STR("standard public schema");
}

static Str plpgsql_comment(void)
{
    return STR("PL/pgSQL procedural language");
}

Str schema_first_comment(const Schema *schema, ObjectId id)
{
    if (id == PUBLIC_NAMESPACE)
        return public_comment();
    bool extension = id < schema->first && schema_object(schema, id)->kind == OBJECT_EXTENSION;
    return extension ? plpgsql_comment() : (Str) {0};
}

static ObjectId add_namespace(Schema *schema, Str name, Str comment)
{
    Namespace *namespace = arena_new(schema->arena, Namespace);
    namespace->object =
        (Object){.kind = OBJECT_NAMESPACE, .id = schema_new_id(schema), .name = name, .comment = comment};
    schema_put(schema, namespace->object.id, &namespace->object);
    schema_set_name(schema, NAMES_NAMESPACE, 0, name, namespace->object.id);
    return namespace->object.id;
}

static void add_plpgsql(Schema *schema)
{
    Extension *extension = arena_new(schema->arena, Extension);
    Str name = STR("plpgsql");
    extension->object = (Object){.kind = OBJECT_EXTENSION, .id = schema_new_id(schema), .name = name};
    extension->object.comment = plpgsql_comment();
    extension->catalog = catalog_extension(schema->view.catalog, name);
    if (extension->catalog != NULL)
        catalog_view_create(&schema->view, extension->catalog);
    schema_put(schema, extension->object.id, &extension->object);
    schema_set_name(schema, NAMES_EXTENSION, 0, name, extension->object.id);
}

Schema schema_new(Arena *arena, const Catalog *catalog, Str home)
{
    Schema schema = {.arena = arena, .view = catalog_view(catalog), .made = made_types_new(arena)};
    for (int space = 0; space < NAME_SPACE_COUNT; space++)
        schema.names[space] = map_new(arena);
    schema_new_id(&schema); /* 0 is nobody's */
    ObjectId public = add_namespace(&schema, STR("public"), public_comment());
    schema.home = str_is(home, "public") ? public : add_namespace(&schema, home, (Str) {0});
    add_plpgsql(&schema);
    schema.first = (ObjectId) schema.objects.count;
    schema.undo.count = 0;
    return schema;
}

/* ------------------------------------------------------------------ time */

size_t schema_mark(const Schema *schema)
{
    return schema->undo.count;
}

void schema_rollback(Schema *schema, size_t mark)
{
    while (schema->undo.count > mark) {
        Undo undo = schema->undo.items[--schema->undo.count];
        switch (undo.kind) {
        case UNDO_OBJECT: set_object(schema, undo.id, undo.object); break;
        case UNDO_NAME: map_set(&schema->names[undo.space], undo.key, undo.value); break;
        case UNDO_VIEW: schema->view = undo.view; break;
        }
    }
}

void schema_settle(Schema *schema)
{
    schema->undo.count = 0;
}

Schema schema_reader(const Schema *schema, Arena *arena)
{
    Schema reader = *schema;
    reader.arena = arena;
    return reader;
}

/* ------------------------------------------------------------------ looking */

/* `name` is SQL already. */
static Str qualify(const Schema *schema, ObjectId namespace, Str quoted)
{
    const Object *home = schema_object(schema, namespace);
    if (namespace == schema->home || home == NULL)
        return quoted;
    Str prefix = catalog_quote(schema->arena, home->name);
    return str_format(schema->arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(quoted));
}

Str qualified_sql(const Schema *schema, ObjectId namespace, Str name)
{
    return qualify(schema, namespace, catalog_quote(schema->arena, name));
}

/* The name of an operator is never quoted. */
Str object_sql(const Schema *schema, const Object *object)
{
    if (object->kind == OBJECT_OPERATOR)
        return qualify(schema, object->schema, object->name);
    return qualified_sql(schema, object->schema, object->name);
}
