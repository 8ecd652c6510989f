/* Schemas, extensions, enums, and every `drop`. */
#include "checker.h"
#include "bug.h"

static void check_create(Checker *k, Span span, const Object *object)
{
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {object}});
}

/* ------------------------------------------------------------------ schemas */

void check_create_schema(Checker *k, const NodeCreateSchema *node)
{
    Word name = node->name;
    const Object *other = schema_object(&k->schema, schema_find(&k->schema, NAMES_NAMESPACE, 0, name.name));
    if (!check_new_name(k, name))
        return;
    if (str_starts_with(name.name, STR("pg_")) || str_is(name.name, "information_schema")) {
        report(k->c, M_RESERVED_NAME, name.span, "PostgreSQL keeps the schema name \"%.*s\" for itself", STR_ARG(name.name));
        help(k->c, "names of schemas do not begin with pg_");
        return;
    }
    if (other != NULL) {
        report(k->c, M_ALREADY_EXISTS, name.span, "there is a schema \"%.*s\" already", STR_ARG(name.name));
        if (span_is_known(other->created))
            label(k->c, other->created, "created here");
        else
            note(k->c, "it is there from the start");
        return;
    }
    Namespace *namespace = arena_new(CHECKER_ARENA(k), Namespace);
    namespace->object = (Object) {OBJECT_NAMESPACE, schema_new_id(&k->schema), 0, name.name, name.span};
    check_create(k, node->node.span, &namespace->object);
}

/* ------------------------------------------------------------------ extensions */

static const CatalogExtension *find_extension(Checker *k, Word name)
{
    const CatalogExtension *extension = catalog_extension(k->catalog, name.name);
    if (extension != NULL)
        return extension;
    Nearest nearest = nearest_to(name.name);
    report(k->c, M_UNKNOWN_EXTENSION, name.span, "extension \"%.*s\" is not known", STR_ARG(name.name));
    note(k->c, "this version knows the extensions that PostgreSQL itself ships");
    for (size_t i = 0; i < k->catalog->extensions.count; i++)
        nearest_try(&nearest, catalog_at(k->catalog->extensions, i)->name);
    nearest_help(k->c, &nearest);
    return NULL;
}

/* Where its objects will live: as written, or where it insists, or where unqualified names live. 0: reported. */
static ObjectId find_home(Checker *k, const NodeCreateExtension *node, const CatalogExtension *extension)
{
    bool insists = extension->schema.len > 0;
    if (insists && word_is_written(node->schema) && !str_equal(node->schema.name, extension->schema)) {
        report(k->c, M_RESERVED_NAME, node->schema.span, "extension \"%.*s\" must live in schema \"%.*s\"",
               STR_ARG(extension->name), STR_ARG(extension->schema));
        return 0;
    }
    if (insists)
        return schema_find(&k->schema, NAMES_NAMESPACE, 0, extension->schema);
    Ref ref = {.schema = node->schema};
    return find_namespace(k, &ref);
}

static void create_extension(Checker *k, Span span, Word name, const CatalogExtension *catalog, ObjectId home, Str version)
{
    Extension *extension = arena_new(CHECKER_ARENA(k), Extension);
    extension->object = (Object) {OBJECT_EXTENSION, schema_new_id(&k->schema), 0, catalog->name, name.span};
    extension->catalog = catalog;
    extension->home = home;
    extension->version = version;
    check_create(k, span, &extension->object);
}

/* What the extension needs is created first with `cascade`, and asked for without. */
static bool require_extensions(Checker *k, const NodeCreateExtension *node, const CatalogExtension *catalog, ObjectId home)
{
    for (size_t i = 0; i < catalog->requires.count; i++) {
        const CatalogExtension *needed = catalog->requires.items[i];
        if (catalog_view_has(&k->schema.view, needed))
            continue;
        if (!span_is_known(node->cascade)) {
            report(k->c, M_MISSING_EXTENSION, node->name.span, "extension \"%.*s\" needs \"%.*s\" first",
                   STR_ARG(catalog->name), STR_ARG(needed->name));
            help(k->c, "`create extension %.*s;` before it, or say `cascade`",
                 STR_ARG(catalog_quote(CHECKER_ARENA(k), needed->name)));
            return false;
        }
        if (!require_extensions(k, node, needed, home))
            return false;
        create_extension(k, node->node.span, node->name, needed, home, (Str) {0});
    }
    return true;
}

void check_create_extension(Checker *k, const NodeCreateExtension *node)
{
    const CatalogExtension *catalog = find_extension(k, node->name);
    if (catalog == NULL)
        return;
    const Object *other = schema_object(&k->schema, schema_find(&k->schema, NAMES_EXTENSION, 0, catalog->name));
    if (other != NULL) {
        report(k->c, M_ALREADY_EXISTS, node->name.span, "there is an extension \"%.*s\" already", STR_ARG(catalog->name));
        if (span_is_known(other->created))
            label(k->c, other->created, "created here");
        else
            note(k->c, "every database has it from the start");
        return;
    }
    ObjectId home = find_home(k, node, catalog);
    bool homeless = home == 0 && catalog->schema.len == 0;
    if (!homeless && require_extensions(k, node, catalog, home))
        create_extension(k, node->node.span, node->name, catalog, home, node->version.value);
}

/* ------------------------------------------------------------------ enums */

static bool check_labels(Checker *k, LiteralList labels)
{
    bool fine = true;
    for (size_t i = 0; i < labels.count; i++) {
        Literal literal = labels.items[i];
        if (literal.value.len > NAME_MAXIMUM) {
            report(k->c, M_BAD_LABEL, literal.span, "an enum label can have 63 bytes at most, and this one has %zu",
                   literal.value.len);
            fine = false;
        }
        for (size_t j = 0; j < i; j++) {
            if (!str_equal(labels.items[j].value, literal.value))
                continue;
            report(k->c, M_DUPLICATE_LABEL, literal.span, "the label '%.*s' is there twice", STR_ARG(literal.value));
            label(k->c, labels.items[j].span, "the first one");
            fine = false;
            break;
        }
    }
    return fine;
}

/* The types that the catalog's questions are asked about. */
static void make_catalog_types(Checker *k, Enum *type)
{
    Arena *arena = CHECKER_ARENA(k);
    Str display = object_sql(&k->schema, &type->object);
    type->type = arena_new(arena, CatalogType);
    type->array = arena_new(arena, CatalogType);
    *type->type = (CatalogType) {.name = type->object.name, .display = display, .stored = display, .array = type->array,
                                 .kind = CATALOG_ENUM, .category = 'E'};
    Str array = str_format(arena, "%.*s[]", STR_ARG(display));
    *type->array = (CatalogType) {.name = array, .display = array, .stored = array, .element = type->type,
                                  .kind = CATALOG_BASE, .category = 'A'};
}

void check_create_enum(Checker *k, const NodeCreateEnum *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    if (!check_labels(k, node->labels) || namespace == 0 || !check_new_name(k, name) ||
        !check_type_is_free(k, namespace, name))
        return;
    Enum *type = arena_new(CHECKER_ARENA(k), Enum);
    type->object = (Object) {OBJECT_ENUM, schema_new_id(&k->schema), namespace, name.name, name.span};
    for (size_t i = 0; i < node->labels.count; i++)
        list_push(CHECKER_ARENA(k), &type->labels, node->labels.items[i].value);
    make_catalog_types(k, type);
    check_create(k, node->node.span, &type->object);
}

/* ------------------------------------------------------------------ drop */

static const Object *find_unqualified(Checker *k, const Ref *ref, NameSpace space, DiagnosticCode code, const char *kind)
{
    if (word_is_written(ref->schema)) {
        report(k->c, M_SYNTAX, ref->span, "%s names are not qualified", kind);
        return NULL;
    }
    const Object *object = schema_object(&k->schema, schema_find(&k->schema, space, 0, ref->name.name));
    if (object == NULL)
        report_unknown(k, code, kind, 0, ref->name);
    return object;
}

static const Object *find_enum(Checker *k, const Ref *ref)
{
    ObjectId namespace = find_namespace(k, ref);
    if (namespace == 0)
        return NULL;
    const Object *object = schema_object(&k->schema, schema_find(&k->schema, NAMES_TYPE, namespace, ref->name.name));
    if (object != NULL && object->kind == OBJECT_ENUM)
        return object;
    if (object != NULL) {
        report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is a %s, not an enum", STR_ARG(ref->name.name),
               object_word(object->kind));
        label(k->c, object->created, "created here");
    } else {
        report_unknown(k, M_UNKNOWN_ENUM, "enum", namespace, ref->name);
    }
    return NULL;
}

/* The index of a key goes with its constraint only. */
static const Object *find_index(Checker *k, const Ref *ref)
{
    ObjectId namespace = find_namespace(k, ref);
    if (namespace == 0)
        return NULL;
    const Object *object = schema_object(&k->schema, schema_find(&k->schema, NAMES_RELATION, namespace, ref->name.name));
    if (object != NULL && object->kind == OBJECT_INDEX)
        return object;
    const Constraint *key =
        object == NULL ? NULL : table_constraint_named((const Table *) object, ref->name.name);
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
        report_unknown(k, M_UNKNOWN_INDEX, "index", namespace, ref->name);
    }
    return NULL;
}

static const Object *find_dropped(Checker *k, DropObject kind, const Ref *ref)
{
    const Table *table;
    switch (kind) {
    case DROP_SCHEMA: return find_unqualified(k, ref, NAMES_NAMESPACE, M_UNKNOWN_SCHEMA, "schema");
    case DROP_EXTENSION: return find_unqualified(k, ref, NAMES_EXTENSION, M_UNKNOWN_EXTENSION, "extension");
    case DROP_ENUM: return find_enum(k, ref);
    case DROP_INDEX: return find_index(k, ref);
    case DROP_TABLE:
        table = find_table(k, ref);
        return table == NULL ? NULL : &table->object;
    }
    BUG("drop of kind %d", (int) kind);
}

/* The schema that the project's unqualified names live in is everyone's ground. */
static bool check_not_home(Checker *k, const Object *object, const Ref *ref)
{
    if (object->id != k->schema.home)
        return true;
    report(k->c, M_RESERVED_NAME, ref->span, "schema \"%.*s\" is where the project's unqualified names live",
           STR_ARG(object->name));
    return false;
}

static void drop_one(Checker *k, const NodeDrop *node, const Ref *ref)
{
    const Object *object = find_dropped(k, node->object, ref);
    if (object == NULL || !check_not_home(k, object, ref))
        return;
    Dependents dependents = object_dependents(&k->schema, object->id);
    if (dependents.count > 0) {
        Str what = str_format(CHECKER_ARENA(k), "%s \"%.*s\"", object_word(object->kind), STR_ARG(object->name));
        report_dependents(k, ref->span, what, dependents);
        return;
    }
    note_dropped(k, object_word(object->kind), object->schema, object->name, ref->span);
    checker_change(k, (Change) {.kind = CHANGE_DROP, .span = node->node.span, .drop = {object->id}});
}

void check_drop(Checker *k, const NodeDrop *node)
{
    for (size_t i = 0; i < node->names.count; i++)
        drop_one(k, node, &node->names.items[i]);
}
