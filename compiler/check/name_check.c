/* Names: what they mean at this point, and what to say where they mean nothing. */
#include "foreign.h"

static Str name_key(Checker *k, const char *kind, ObjectId namespace, Str name)
{
    return silence_key(CHECKER_ARENA(k), kind, namespace, name);
}

void note_dropped(Checker *k, const char *kind, ObjectId namespace, Str name, Span span)
{
    map_set_pointer(&k->dropped, name_key(k, kind, namespace, name), arena_copy(CHECKER_ARENA(k), &span, sizeof span));
}

void silence(Checker *k, const char *kind, ObjectId namespace, Str name)
{
    map_set(&k->silenced, name_key(k, kind, namespace, name), 1);
}

void silence_column(Checker *k, const Table *table, Str name)
{
    silence(k, "column", table->object.id, name);
}

void silence_constraint(Checker *k, const Table *table, Str name)
{
    silence(k, "constraint", table->object.id, name);
}

bool was_silenced(Checker *k, const char *kind, ObjectId namespace, Str name)
{
    return map_get(&k->silenced, name_key(k, kind, namespace, name)) != 0;
}

bool is_silenced(Checker *k, const char *kind, ObjectId namespace, Str name)
{
    Str key = name_key(k, kind, namespace, name);
    bool silenced = map_get(&k->silenced, key) != 0;
    map_set(&k->silenced, key, 1);
    return silenced;
}

/* The nearest name in the namespace, else the same name in another. */
static void suggest_object(Checker *k, ObjectKind kind, ObjectId namespace, Str name)
{
    Nearest nearest = nearest_to(name);
    const Object *elsewhere = NULL;
    for (size_t i = 1; i < k->schema.objects.count; i++) {
        const Object *object = k->schema.objects.items[i];
        if (object == NULL || object->kind != kind)
            continue;
        if (object->schema == namespace)
            nearest_try(&nearest, object->name);
        else if (str_equal(object->name, name))
            elsewhere = object;
    }
    if (nearest.best.data == NULL && elsewhere != NULL)
        help(k->c, "did you mean %.*s?", STR_ARG(object_sql(&k->schema, elsewhere)));
    nearest_help(k->c, &nearest);
}

void report_unknown(Checker *k, DiagnosticCode code, ObjectKind kind, ObjectId namespace, Word name)
{
    const char *word = object_word(kind);
    if (is_silenced(k, word, namespace, name.name))
        return;
    report(k->c, code, name.span, "there is no %s \"%.*s\" at this point", word, STR_ARG(name.name));
    const Span *dropped = map_get_pointer(&k->dropped, name_key(k, word, namespace, name.name));
    if (dropped != NULL)
        label(k->c, *dropped, "dropped here");
    suggest_object(k, kind, namespace, name.name);
}

ObjectId find_namespace(Checker *k, const Ref *ref)
{
    if (!word_is_written(ref->schema))
        return k->schema.home;
    ObjectId id = schema_find(&k->schema, NAMES_NAMESPACE, 0, ref->schema.name);
    if (id == 0)
        report_unknown(k, M_UNKNOWN_SCHEMA, OBJECT_NAMESPACE, 0, ref->schema);
    return id;
}

ObjectId find_place(Checker *k, NameSpace space, const Ref *ref)
{
    return find_namespace(k, ref) == 0 ? 0 : schema_place(&k->schema, space, ref_qualifier(ref), ref->name.name);
}

/* A name of the relations' set that is not a table's own. */
static void report_not_a_table(Checker *k, const Object *owner, Word name)
{
    report(k->c, M_WRONG_KIND, name.span, "\"%.*s\" is not a table", STR_ARG(name.name));
    const char *word = owner->kind == OBJECT_COMPOSITE ? "composite type" : object_word(owner->kind);
    if (str_equal(owner->name, name.name))
        label(k->c, owner->created, "it is %s %s", strchr("aeiou", word[0]) != NULL ? "an" : "a", word);
    else
        note(k->c, "the name belongs to a key or sequence of table \"%.*s\"", STR_ARG(owner->name));
}

const Table *find_indexed(Checker *k, const Ref *ref)
{
    const Object *object = named_object(k, NAMES_RELATION, ref);
    bool view = object != NULL && object->kind == OBJECT_MATERIALIZED_VIEW && str_equal(object->name, ref->name.name);
    const Table *table = view ? (const Table *) object : find_table(k, ref);
    return table != NULL && check_not_foreign(k, table, ref->span, "have indexes") ? table : NULL;
}

const Table *find_table_of_word(Checker *k, const Ref *ref, bool foreign)
{
    const Table *table = find_table(k, ref);
    if (table == NULL || !foreign || table->server != 0)
        return table;
    report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is not a foreign table", STR_ARG(ref->name.name));
    label(k->c, table->object.created, "it is a table");
    return NULL;
}

const Table *find_table(Checker *k, const Ref *ref)
{
    ObjectId namespace = find_place(k, NAMES_RELATION, ref);
    if (namespace == 0)
        return NULL;
    const Object *owner = schema_object(&k->schema, schema_find(&k->schema, NAMES_RELATION, namespace, ref->name.name));
    if (object_is_table(owner) && str_equal(owner->name, ref->name.name))
        return (const Table *) owner;
    if (owner != NULL)
        report_not_a_table(k, owner, ref->name);
    else
        report_unknown(k, M_UNKNOWN_TABLE, OBJECT_TABLE, namespace, ref->name);
    return NULL;
}

const ColumnInfo *find_column(Checker *k, const Table *table, Word name)
{
    const ColumnInfo *column = table_column_named(table, name.name);
    if (column == NULL && !is_silenced(k, "column", table->object.id, name.name))
        report_unknown_column(k->c, table, name.name, name.span);
    return column;
}

ColumnIds find_columns(Checker *k, const Table *table, WordList names, bool *complete)
{
    ColumnIds ids = {0};
    for (size_t i = 0; i < names.count; i++) {
        const ColumnInfo *column = find_column(k, table, names.items[i]);
        if (column == NULL)
            *complete = false;
        else
            list_push(CHECKER_ARENA(k), &ids, column->id);
    }
    return ids;
}

bool check_new_name(Checker *k, Word name)
{
    if (name.name.len <= NAME_MAXIMUM)
        return true;
    Str cut = str_clip(name.name, NAME_MAXIMUM);
    report(k->c, M_NAME_TOO_LONG, name.span, "this name has %zu bytes, and PostgreSQL keeps 63", name.name.len);
    help(k->c, "the server would cut it to \"%.*s\": choose a shorter one", STR_ARG(cut));
    return false;
}

static void report_taken(Checker *k, const Object *owner, Word name)
{
    report(k->c, M_ALREADY_EXISTS, name.span, "the name \"%.*s\" is taken", STR_ARG(name.name));
    bool own = str_equal(owner->name, name.name);
    if (own && span_is_known(owner->created))
        label(k->c, owner->created, "%s created here", object_word(owner->kind));
    else
        note(k->c, "it belongs to a key or sequence of %s \"%.*s\"", object_word(owner->kind), STR_ARG(owner->name));
}

static bool check_free(Checker *k, NameSpace space, ObjectId namespace, Word name)
{
    const Object *owner = schema_object(&k->schema, schema_find(&k->schema, space, namespace, name.name));
    if (owner != NULL)
        report_taken(k, owner, name);
    return owner == NULL;
}

bool check_relation_is_free(Checker *k, ObjectId namespace, Word name)
{
    return check_free(k, NAMES_RELATION, namespace, name);
}

bool check_type_is_free(Checker *k, ObjectId namespace, Word name)
{
    const CatalogType *brought = extension_type(&k->schema, namespace, name.name);
    if (brought != NULL) {
        report(k->c, M_ALREADY_EXISTS, name.span, "the name \"%.*s\" is taken", STR_ARG(name.name));
        note(k->c, "it belongs to a type of extension \"%.*s\"", STR_ARG(brought->extension));
    }
    return check_free(k, NAMES_TYPE, namespace, name) && brought == NULL;
}

bool take_relation_name(Checker *k, TableBuild *build, Word name)
{
    if (!check_relation_is_free(k, build->table->object.schema, name))
        return false;
    if (!name_relation_is_free(&build->names, name.name)) {
        report(k->c, M_ALREADY_EXISTS, name.span, "the name \"%.*s\" is taken by this statement itself",
               STR_ARG(name.name));
        return false;
    }
    name_take_relation(&build->names, name.name);
    return true;
}

void report_dependents(Checker *k, Span span, Str what, Dependents dependents)
{
    enum { MOST = 5 };
    report(k->c, M_STILL_USED, span, "%.*s cannot be dropped: %.*s depend%s on it", STR_ARG(what),
           STR_ARG(dependents.count == 1 ? dependents.items[0].what : STR("other objects")),
           dependents.count == 1 ? "s" : "");
    for (size_t i = 0; i < dependents.count && i < MOST; i++) {
        Dependent dependent = dependents.items[i];
        if (span_is_known(dependent.created))
            label(k->c, dependent.created, "%.*s", STR_ARG(dependent.what));
        else
            note(k->c, "%.*s depends on it", STR_ARG(dependent.what));
    }
    if (dependents.count > MOST)
        note(k->c, "and %zu more", dependents.count - MOST);
    help(k->c, "drop what depends on it first, or say `cascade` to drop it along");
}

Fragment fragment_of(Checker *k, Span span)
{
    return syntax_fragment(k->syntax, span);
}

bool check_server(Checker *k, unsigned major, Span span, const char *feature)
{
    if (k->settings.postgres >= major)
        return true;
    report(k->c, M_NEEDS_NEWER_SERVER, span, "%s needs PostgreSQL %u, and the project supports %u", feature, major,
           k->settings.postgres);
    help(k->c, "say `postgres %u;` in db/project.mig if no older server is in use", major);
    return false;
}
