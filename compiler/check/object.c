/* Schemas, extensions, and every `drop`. */
#include "partition.h"
#include "privilege.h"
#include "typed.h"

#include "bug.h"

Object new_object(Checker *k, ObjectKind kind, ObjectId namespace, Word name)
{
    return (Object) {.kind = kind, .id = schema_new_id(&k->schema), .schema = namespace, .name = name.name,
                     .created = name.span, .privileges = privileges_by_default(&k->schema, k->maker, kind, namespace)};
}

void checker_create(Checker *k, Span span, const Object *object)
{
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {object}});
}

/* ------------------------------------------------------------------ schemas */

bool check_schema_name(Checker *k, Word name)
{
    const Object *other = schema_object(&k->schema, schema_find(&k->schema, NAMES_NAMESPACE, 0, name.name));
    if (!check_new_name(k, name))
        return false;
    if (str_starts_with(name.name, STR("pg_")) || str_is(name.name, "information_schema")) {
        report(k->c, M_RESERVED_NAME, name.span, "PostgreSQL keeps the schema name \"%.*s\" for itself",
               STR_ARG(name.name));
        help(k->c, "names of schemas do not begin with pg_");
        return false;
    }
    if (other != NULL) {
        report(k->c, M_ALREADY_EXISTS, name.span, "there is a schema \"%.*s\" already", STR_ARG(name.name));
        if (span_is_known(other->created))
            label(k->c, other->created, "created here");
        else
            note(k->c, "it is there from the start");
    }
    return other == NULL;
}

void check_create_schema(Checker *k, const NodeCreateSchema *node)
{
    Word name = node->name;
    if (!check_schema_name(k, name)) {
        silence(k, "schema", 0, name.name);
        return;
    }
    Namespace *namespace = arena_new(CHECKER_ARENA(k), Namespace);
    namespace->object = new_object(k, OBJECT_NAMESPACE, 0, name);
    if (word_is_written(node->owner))
        namespace->object.owner = role_sql(k, node->owner);
    checker_create(k, node->node.span, &namespace->object);
}

/* ------------------------------------------------------------------ drop */

static const Object *find_unqualified(Checker *k, const Ref *ref, NameSpace space, DiagnosticCode code,
                                      ObjectKind kind)
{
    if (word_is_written(ref->schema)) {
        report(k->c, M_SYNTAX, ref->span, "%s names are not qualified", object_word(kind));
        return NULL;
    }
    const Object *object = schema_object(&k->schema, schema_find(&k->schema, space, 0, ref->name.name));
    if (object == NULL)
        report_unknown(k, code, kind, 0, ref->name);
    return object;
}

static const char *article(const char *word)
{
    return strchr("aeiou", word[0]) != NULL ? "an" : "a";
}

static const char *type_word(ObjectKind kind)
{
    return kind == OBJECT_COMPOSITE ? "composite type" : kind == OBJECT_RANGE ? "range type"
           : kind == OBJECT_BASE_TYPE ? "base type" : object_word(kind);
}

const Object *find_made_type(Checker *k, const Ref *ref, ObjectKind kind)
{
    ObjectId namespace = find_place(k, NAMES_TYPE, ref);
    if (namespace == 0)
        return NULL;
    const Object *object = schema_object(&k->schema, schema_find(&k->schema, NAMES_TYPE, namespace, ref->name.name));
    if (object != NULL && object->kind == kind)
        return object;
    if (object != NULL) {
        const char *is = type_word(object->kind), *wanted = type_word(kind);
        report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is %s %s, not %s %s", STR_ARG(ref->name.name), article(is),
               is, article(wanted), wanted);
        label(k->c, object->created, "created here");
    } else {
        report_unknown(k, kind == OBJECT_ENUM ? M_UNKNOWN_ENUM : M_UNKNOWN_TYPE, kind, namespace, ref->name);
    }
    return NULL;
}

/* A multirange comes and goes with its range. */
static const Object *find_range(Checker *k, const Object *object, const Ref *ref)
{
    if (str_equal(object->name, ref->name.name))
        return object;
    report(k->c, M_STILL_USED, ref->name.span, "\"%.*s\" is the multirange of a range type, and stays as long as that",
           STR_ARG(ref->name.name));
    label(k->c, object->created, "the range type");
    return NULL;
}

/* An enum, a domain, a range or a composite type, as SQL's `drop type` takes them. */
static const Object *find_any_type(Checker *k, const Ref *ref)
{
    const Object *object = named_object(k, NAMES_TYPE, ref);
    bool own = object != NULL && (object->kind == OBJECT_ENUM || object->kind == OBJECT_DOMAIN ||
                                  object->kind == OBJECT_BASE_TYPE);
    if (object != NULL && object->kind == OBJECT_RANGE)
        return find_range(k, object, ref);
    return own ? object : find_made_type(k, ref, OBJECT_COMPOSITE);
}

/* The index of a key goes with its constraint only. */
static const Object *find_index(Checker *k, const Ref *ref)
{
    ObjectId namespace = find_place(k, NAMES_RELATION, ref);
    if (namespace == 0)
        return NULL;
    const Object *object =
        schema_object(&k->schema, schema_find(&k->schema, NAMES_RELATION, namespace, ref->name.name));
    if (object != NULL && object->kind == OBJECT_INDEX)
        return object;
    const Constraint *key =
        object_is_relation(object) ? table_constraint_named((const Table *) object, ref->name.name) : NULL;
    if (key != NULL) {
        report(k->c, M_WRONG_KIND, ref->name.span, "index \"%.*s\" belongs to a constraint of table \"%.*s\"",
               STR_ARG(ref->name.name), STR_ARG(object->name));
        label(k->c, key->created, "the constraint");
        help(k->c, "`alter table %.*s drop constraint %.*s;`", STR_ARG(object_sql(&k->schema, object)),
             STR_ARG(catalog_quote(CHECKER_ARENA(k), ref->name.name)));
    } else if (object != NULL) {
        report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is not an index", STR_ARG(ref->name.name));
        label(k->c, object->created, "created here");
    } else {
        report_unknown(k, M_UNKNOWN_INDEX, OBJECT_INDEX, namespace, ref->name);
    }
    return NULL;
}

/* SQL calls a foreign table so where it is dropped or gets a comment. */
static bool check_is_own(Checker *k, const Table *table, const Ref *ref)
{
    if (table->server == 0)
        return true;
    report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is a foreign table", STR_ARG(ref->name.name));
    label(k->c, table->object.created, "created here");
    help(k->c, "say `foreign table`, in `sql { … }`");
    return false;
}

const Object *find_by_word(Checker *k, ObjectWord kind, const Ref *ref)
{
    const Table *table;
    switch ((int) kind) {
    case WORD_SCHEMA: return find_unqualified(k, ref, NAMES_NAMESPACE, M_UNKNOWN_SCHEMA, OBJECT_NAMESPACE);
    case WORD_EXTENSION:
        return find_unqualified(k, ref, NAMES_EXTENSION, M_UNKNOWN_EXTENSION, OBJECT_EXTENSION);
    case WORD_ENUM: return find_made_type(k, ref, OBJECT_ENUM);
    case WORD_DOMAIN: return find_made_type(k, ref, OBJECT_DOMAIN);
    case WORD_TYPE: return find_made_type(k, ref, OBJECT_COMPOSITE);
    case WORD_ANY_TYPE: return find_any_type(k, ref);
    case WORD_INDEX: return find_index(k, ref);
    case WORD_SEQUENCE: return find_sequence(k, ref);
    case WORD_VIEW:
    case WORD_MATERIALIZED_VIEW: return find_dropped_view(k, ref, kind == WORD_MATERIALIZED_VIEW);
    case WORD_TABLE:
    case WORD_FOREIGN_TABLE:
        table = find_table_of_word(k, ref, kind == WORD_FOREIGN_TABLE);
        return table == NULL || (kind == WORD_TABLE && !check_is_own(k, table, ref)) ? NULL : &table->object;
    }
    report_not_yet(k, ref->span);
    return NULL;
}

/* The schema that the project's unqualified names live in is everyone's ground. */
bool check_not_home(Checker *k, const Object *object, const Ref *ref)
{
    if (object->id != k->home && object->id != k->schema.home)
        return true;
    report(k->c, M_RESERVED_NAME, ref->span, "schema \"%.*s\" is where the project's unqualified names live",
           STR_ARG(object->name));
    return false;
}

/* The objects that are named, each once. What cannot be dropped was reported. */
static Parts find_all_dropped(Checker *k, const NodeDrop *node, SpanList *spans)
{
    Parts parts = {0};
    ObjectIds ids = {0};
    for (size_t i = 0; i < node->names.count; i++) {
        const Ref *ref = &node->names.items[i];
        if (span_is_known(node->if_exists) && !is_named_there(k, node->object, ref))
            continue;
        const Object *object = find_by_word(k, node->object, ref);
        if (object == NULL || !check_not_home(k, object, ref) || object_ids_contain(ids, object->id))
            continue;
        if (object->kind == OBJECT_INDEX && !check_index_goes_alone(k, (const Index *) object, ref->name.span))
            continue;
        list_push(CHECKER_ARENA(k), &ids, object->id);
        list_push(CHECKER_ARENA(k), &parts, (Part) {object->id, PART_WHOLE, 0});
        list_push(CHECKER_ARENA(k), spans, ref->span);
    }
    return parts;
}

/* Of what depends on the targets together, what depends on this one. */
static Dependents dependents_of(Checker *k, Part target, Dependents outside)
{
    Dependents own = part_dependents(&k->schema, target), result = {0};
    for (size_t i = 0; i < own.count; i++) {
        for (size_t j = 0; j < outside.count; j++) {
            if (str_equal(own.items[i].what, outside.items[j].what))
                list_push(CHECKER_ARENA(k), &result, own.items[i]);
        }
    }
    return result;
}

static void drop_part(Checker *k, Span statement, Part part, Span name)
{
    const Object *object = schema_object(&k->schema, part.object);
    if (part.kind == PART_WHOLE)
        note_dropped(k, object_word(object->kind), object->schema, object->name, name);
    checker_change(k, part_drop(part, statement));
}

/* Whether it is a partition of something among the parts, at whatever depth, and so goes with that. */
static bool goes_with_parent(Checker *k, Parts parts, Part part)
{
    const Table *table = part.kind == PART_WHOLE ? schema_relation(&k->schema, part.object) : NULL;
    while (table != NULL && table->bound != NULL) {
        Part parent = {table->parents.items[0], PART_WHOLE, 0};
        for (size_t i = 0; i < parts.count; i++) {
            if (parts.items[i].kind == PART_WHOLE && parts.items[i].object == parent.object)
                return true;
        }
        table = schema_relation(&k->schema, parent.object);
    }
    return false;
}

/* What one statement drops may depend on one another. */
void check_deletions(Checker *k, Span statement, Parts all, SpanList spans, bool cascade)
{
    Parts parts = {0};
    SpanList names = {0};
    for (size_t i = 0; i < all.count; i++) {
        if (goes_with_parent(k, all, all.items[i]))
            continue;
        list_push(CHECKER_ARENA(k), &parts, all.items[i]);
        list_push(CHECKER_ARENA(k), &names, spans.items[i]);
    }
    Deletion deletion = deletion_of(&k->schema, parts);
    if (deletion.dependents.count > 0 && !cascade) {
        for (size_t i = 0; i < parts.count; i++) {
            Dependents dependents = dependents_of(k, parts.items[i], deletion.dependents);
            Str what = part_description(&k->schema, parts.items[i]);
            if (dependents.count > 0)
                report_dependents(k, names.items[i], what, dependents);
        }
        return;
    }
    TypedTables typed = free_typed_columns(k, statement, deletion.order);
    for (size_t i = 0; i < deletion.order.count; i++)
        drop_part(k, statement, deletion.order.items[i], names.items[0]);
    type_tables(k, statement, typed);
}

void check_deletion(Checker *k, Span statement, Part part, Span name, bool cascade)
{
    Parts parts = {0};
    SpanList names = {0};
    list_push(CHECKER_ARENA(k), &parts, part);
    list_push(CHECKER_ARENA(k), &names, name);
    check_deletions(k, statement, parts, names, cascade);
}

/* RemoveRelations() in src/backend/commands/tablecmds.c: one index, and nothing that depends on it. */
static bool check_concurrent_drop(Checker *k, const NodeDrop *node)
{
    const char *what = node->names.count > 1 ? "one index a statement" : "no index with `cascade`";
    if (node->names.count == 1 && !span_is_known(node->cascade))
        return true;
    report(k->c, M_BAD_CONCURRENT_DROP, node->concurrently, "concurrently, PostgreSQL drops %s", what);
    if (node->names.count > 1)
        help(k->c, "drop each by a statement of its own");
    return false;
}

static void drop_concurrently(Checker *k, const NodeDrop *node, Parts parts, SpanList names)
{
    const Object *index = schema_object(&k->schema, parts.items[0].object);
    const Table *table = schema_relation(&k->schema, ((const Index *) index)->table);
    if (!check_not_concurrent(k, table, node->concurrently))
        return;
    Dependents dependents = deletion_of(&k->schema, parts).dependents;
    if (dependents.count > 0) {
        report_dependents(k, names.items[0], part_description(&k->schema, parts.items[0]), dependents);
        return;
    }
    note_dropped(k, object_word(index->kind), index->schema, index->name, names.items[0]);
    checker_change(k, (Change) {.kind = CHANGE_DROP, .span = node->node.span, .drop = {index->id}, .concurrent = true});
}

void check_drop(Checker *k, const NodeDrop *node)
{
    SpanList names = {0};
    if (span_is_known(node->concurrently) && !check_concurrent_drop(k, node))
        return;
    Parts parts = find_all_dropped(k, node, &names);
    if (parts.count > 0 && span_is_known(node->concurrently))
        drop_concurrently(k, node, parts, names);
    else if (parts.count > 0)
        check_deletions(k, node->node.span, parts, names, span_is_known(node->cascade));
}
