/* `set search_path`: from there on, names without a schema mean another one than the project's. What is sent names
 * everything as the project does, so the setting itself is left out. That holds for all that the model has names of in
 * its texts; what a text names without the model knowing could no longer be found. */
#include "checker.h"

ObjectId checker_path(const Checker *k)
{
    return k->schema.home == k->home ? 0 : k->schema.home;
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
    if (checker_path(k) == 0 || namespace != checker_path(k) || !is_named_plainly(kind))
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

/* What is in a schema, or stays in one, uses it. */
static bool is_empty(Checker *k, Str name)
{
    ObjectId namespace = schema_find(&k->schema, NAMES_NAMESPACE, 0, name);
    return namespace == 0 || object_users(&k->schema, namespace, OBJECT_KIND_COUNT).count == 0;
}

/* The one schema of the path that has names; 0: reported. */
static ObjectId find_path(Checker *k, const SqlStatement *statement)
{
    const StrList *path = &statement->path;
    ObjectId first = path->count == 0 ? k->home : schema_find(&k->schema, NAMES_NAMESPACE, 0, path->items[0]);
    bool single = statement->path_known && first != 0;
    for (size_t i = 1; i < path->count && single; i++) {
        single = is_empty(k, path->items[i]);
        if (!single) {
            refuse(k, statement->span);
            note(k->c, "one schema can be followed: in \"%.*s\" there are names, too", STR_ARG(path->items[i]));
            return 0;
        }
    }
    if (!single)
        refuse(k, statement->span);
    return single ? first : 0;
}

bool check_search_path(Checker *k, const SqlStatement *statement)
{
    ObjectId namespace = find_path(k, statement);
    const Object *plain = namespace == 0 || namespace == k->home ? NULL : find_plain(k, namespace);
    if (plain != NULL) {
        refuse(k, statement->span);
        note(k->c, "%s \"%.*s\" in that schema could no longer be named", object_word(plain->kind),
             STR_ARG(plain->name));
    }
    if (namespace == 0 || plain != NULL)
        return false;
    k->schema.home = namespace;
    return true;
}
