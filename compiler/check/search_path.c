/* `set search_path`: from there on, names without a schema mean others than the project's: what is made goes into the
 * first schema that is there, and what is named is looked for in all, one after the other. What is sent names
 * everything as the project does, so the setting itself is left out. That holds for all that the model has names of in
 * its texts; what a text names without the model knowing could no longer be found. */
#include "checker.h"

ObjectIds checker_path(const Checker *k)
{
    ObjectIds path = {0};
    if (k->schema.home == k->home && k->schema.path.count == 0)
        return path;
    schema_each_place(place, &k->schema, STR(""))
        list_push(CHECKER_ARENA(k), &path, place);
    return path;
}

/* Kinds that expressions may name without a use of them. */
static bool is_named_plainly(ObjectKind kind)
{
    switch ((int) kind) {
    case OBJECT_EXTENSION:
    case OBJECT_OPERATOR:
    case OBJECT_OPERATOR_CLASS:
    case OBJECT_COLLATION:
    case OBJECT_TEXT_SEARCH_CONFIGURATION:
    case OBJECT_TEXT_SEARCH_DICTIONARY: return true;
    default: return false;
    }
}

static void refuse(Checker *k, Span span)
{
    report(k->c, M_SQL_NOT_FOLLOWED, span, "this would change what names without a schema mean");
    help(k->c, "remove it: they mean the project's schema, \"%.*s\"; qualify the others", STR_ARG(k->settings.schema));
}

bool check_path_allows(Checker *k, ObjectKind kind, ObjectId namespace, Span span)
{
    if (namespace == k->home || !schema_looks_into(&k->schema, STR(""), namespace) || !is_named_plainly(kind))
        return true;
    report(k->c, M_SQL_NOT_FOLLOWED, span, "while search_path is another one, no %s is made by it",
           object_word(kind));
    help(k->c, "make it before `set search_path`, in a migration of its own");
    return false;
}

static bool lives_in(const Object *object, ObjectId namespace)
{
    bool extension = object->kind == OBJECT_EXTENSION && ((const Extension *) object)->home == namespace;
    return extension || (object->schema == namespace && is_named_plainly(object->kind));
}

/* Operators and the like of the schema would be out of reach of what is sent. */
static const Object *find_plain(Checker *k, ObjectId namespace)
{
    ObjectIds users = object_users(&k->schema, namespace, OBJECT_KIND_COUNT);
    for (size_t i = 0; i < users.count; i++) {
        const Object *object = schema_object(&k->schema, users.items[i]);
        if (object != NULL && lives_in(object, namespace))
            return object;
    }
    return NULL;
}

/* Those of the names that are there, each once: the others the server passes over. */
static ObjectIds find_path(Checker *k, const StrList *names)
{
    ObjectIds path = {0};
    for (size_t i = 0; i < names->count; i++) {
        ObjectId namespace = schema_find(&k->schema, NAMES_NAMESPACE, 0, names->items[i]);
        if (namespace != 0 && !object_ids_contain(path, namespace))
            list_push(CHECKER_ARENA(k), &path, namespace);
    }
    return path;
}

void reset_search_path(Checker *k)
{
    k->path.count = 0;
    k->schema.home = k->home;
    k->schema.path = (ObjectIds) {0};
}

void enter_schema(Checker *k, Str name)
{
    StrList path = {0};
    list_push(CHECKER_ARENA(k), &path, name);
    for (size_t i = 0; i < k->path.count; i++)
        list_push(CHECKER_ARENA(k), &path, k->path.items[i]);
    if (k->path.count == 0)
        list_push(CHECKER_ARENA(k), &path, k->settings.schema);
    k->path = path;
    follow_search_path(k);
}

void follow_search_path(Checker *k)
{
    ObjectIds path = find_path(k, &k->path);
    if (path.count == 0)
        return;
    k->schema.home = path.items[0];
    list_remove(&path, 0);
    k->schema.path = path;
}

/* False: reported. */
static bool check_path(Checker *k, ObjectIds path, Span span)
{
    for (size_t i = 0; i < path.count; i++) {
        const Object *plain = path.items[i] == k->home ? NULL : find_plain(k, path.items[i]);
        if (plain == NULL)
            continue;
        refuse(k, span);
        note(k->c, "%s \"%.*s\" in schema \"%.*s\" could no longer be named", object_word(plain->kind),
             STR_ARG(plain->name), STR_ARG(schema_object(&k->schema, path.items[i])->name));
        return false;
    }
    return true;
}

bool check_search_path(Checker *k, const SqlStatement *statement)
{
    ObjectIds path = find_path(k, &statement->path);
    bool nowhere = path.count == 0 && statement->path.count > 0;
    if (!statement->path_known || nowhere) {
        refuse(k, statement->span);
        if (statement->path_known)
            note(k->c, "none of these schemas is there at this point");
        return false;
    }
    if (!check_path(k, path, statement->span))
        return false;
    reset_search_path(k);
    k->path = statement->path;
    follow_search_path(k);
    return true;
}
