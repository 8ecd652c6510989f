/* What can be done to objects of any kind: another name, schema or owner, a comment, and an end. */
#include "random_writer.h"

enum { RENAME = 1, MOVE = 2, OWN = 4, COMMENT = 8, ALL = 15 };

typedef struct KindRow {
    ObjectKind kind;
    const char *word;    /* of the language; NULL: SQL alone has it */
    const char *sql;     /* NULL: definition_sql_word() */
    unsigned can;
} KindRow;

static const KindRow rows[] = {
    {OBJECT_NAMESPACE, "schema", "schema", RENAME | OWN | COMMENT},
    {OBJECT_EXTENSION, "extension", "extension", MOVE},
    {OBJECT_ENUM, "enum", "type", ALL},
    {OBJECT_DOMAIN, "domain", "domain", ALL},
    {OBJECT_COMPOSITE, "type", "type", ALL},
    {OBJECT_SEQUENCE, "sequence", "sequence", ALL},
    {OBJECT_TABLE, "table", "table", ALL},
    {OBJECT_TABLE, "table", "table", ALL},
    {OBJECT_TABLE, "table", "table", ALL},
    {OBJECT_INDEX, "index", "index", RENAME | COMMENT},
    {OBJECT_VIEW, NULL, "view", ALL},
    {OBJECT_MATERIALIZED_VIEW, NULL, "materialized view", ALL},
    {OBJECT_RULE, NULL, "rule", RENAME | COMMENT},
    {OBJECT_FUNCTION, NULL, NULL, ALL},
    {OBJECT_FUNCTION, NULL, NULL, ALL},
    {OBJECT_PROCEDURE, NULL, NULL, ALL},
    {OBJECT_AGGREGATE, NULL, NULL, ALL},
    {OBJECT_TRIGGER, NULL, NULL, RENAME | COMMENT},
    {OBJECT_POLICY, NULL, NULL, RENAME | COMMENT},
    {OBJECT_EVENT_TRIGGER, NULL, NULL, RENAME | COMMENT},   /* its owner is a superuser */
    {OBJECT_BASE_TYPE, NULL, "type", ALL},
    {OBJECT_OPERATOR, NULL, NULL, MOVE | OWN | COMMENT},
    {OBJECT_CAST, NULL, NULL, COMMENT},
    {OBJECT_OPERATOR_CLASS, NULL, NULL, ALL},
    {OBJECT_OPERATOR_FAMILY, NULL, NULL, ALL},
    /* whether its multirange moves along, minor releases disagree */
    {OBJECT_RANGE, NULL, NULL, RENAME | OWN | COMMENT},
    {OBJECT_CONVERSION, NULL, NULL, ALL},
    {OBJECT_ACCESS_METHOD, NULL, NULL, COMMENT},
    {OBJECT_LANGUAGE, NULL, NULL, RENAME | OWN | COMMENT},
    {OBJECT_TRANSFORM, NULL, NULL, COMMENT},
    {OBJECT_PUBLICATION, NULL, NULL, RENAME | OWN | COMMENT},
    {OBJECT_DATA_WRAPPER, NULL, NULL, RENAME | OWN | COMMENT},
    {OBJECT_SERVER, NULL, NULL, RENAME | OWN | COMMENT},
    {OBJECT_USER_MAPPING, NULL, NULL, 0},
    {OBJECT_FOREIGN_TABLE, NULL, "foreign table", ALL},
    {OBJECT_COLLATION, NULL, NULL, ALL},
    {OBJECT_STATISTICS, NULL, NULL, ALL},
    {OBJECT_TEXT_SEARCH_CONFIGURATION, NULL, NULL, ALL},
    {OBJECT_TEXT_SEARCH_DICTIONARY, NULL, NULL, ALL},
    {OBJECT_TEXT_SEARCH_PARSER, NULL, NULL, RENAME | MOVE | COMMENT},
    {OBJECT_TEXT_SEARCH_TEMPLATE, NULL, NULL, RENAME | MOVE | COMMENT},
};

typedef struct Chosen {
    const KindRow *row;
    const Object *object;    /* NULL: there is none */
} Chosen;

static const char *row_sql(const KindRow *row)
{
    return row->sql == NULL ? definition_sql_word(row->kind) : row->sql;
}

/* What stands behind the word of the kind. */
static Str identity_of(const Schema *schema, const Object *object)
{
    if (object_is_definition(object))
        return definition_identity(schema, (const Definition *) object);
    Str name = catalog_quote(schema->arena, object->name);
    if (object->kind == OBJECT_RULE) {
        const Object *table = schema_object(schema, ((const Rule *) object)->table);
        return str_format(schema->arena, "%.*s on %.*s", STR_ARG(name), STR_ARG(object_sql(schema, table)));
    }
    return object->schema == 0 ? name : object_sql(schema, object);
}

/* An object to which that can be done; of a kind that is there, if any is. */
static Chosen choose(Writer *w, unsigned can)
{
    enum { TRIES = 12 };
    Chosen chosen = {&rows[0], NULL};
    for (int i = 0; i < TRIES && chosen.object == NULL; i++) {
        chosen.row = &rows[below(w, COUNT(rows))];
        if ((chosen.row->can & can) == can)
            chosen.object = random_object(w, chosen.row->kind);
    }
    return chosen;
}

/* "VERB WORD NAME " in both languages. */
static void begin(Writer *w, const char *verb, Chosen chosen)
{
    Str name = chosen.object == NULL ? STR("t") : identity_of(w->schema, chosen.object);
    w->sql_only = chosen.row->word == NULL;
    text_addf(&w->mig, "%s %s %.*s", verb, w->sql_only ? "" : chosen.row->word, STR_ARG(name));
    text_addf(&w->sql, "%s %s %.*s", verb, row_sql(chosen.row), STR_ARG(name));
}

/* A sequence must not get the name of a type: the server would allow it, but not make the sequence anew. */
void write_rename_object(Writer *w)
{
    static const char *const names[] = {"renamed_one", "odd_one", "\"Odd Name\"", "x", "t", "t_a", "u", "mood", "y",
            "z"};
    static const char *const numbers[] = {"numbers", "t_a_seq", "odd_numbers", "n"};
    Chosen chosen = choose(w, RENAME);
    begin(w, "alter", chosen);
    bothf(w, " rename to %s", chosen.row->kind == OBJECT_SEQUENCE ? PICK(w, numbers) : PICK(w, names));
    end_statement(w);
}

void write_move_object(Writer *w)
{
    const Object *place = chance(w, 60) ? random_object(w, OBJECT_NAMESPACE) : NULL;
    Chosen chosen = choose(w, MOVE);
    begin(w, "alter", chosen);
    bothf(w, " set schema %.*s", STR_ARG(place == NULL ? STR("public") : catalog_quote(w->arena, place->name)));
    end_statement(w);
}

/* Who made the sequence of a column only the server knows, and so whether it is given to whom it belongs anyway, which
 * it may be: the role that the histories run as is called one way or the other. */
static const char *role_for_sequence(Writer *w, const Sequence *sequence)
{
    const char *role = random_role(w);
    bool known = sequence->object.owner.len > 0 && !str_is(sequence->object.owner, "current_user");
    bool myself = strcmp(role, "postgres") == 0 || strcmp(role, "current_user") == 0;
    return !myself ? role : known ? "postgres" : "current_user";
}

void write_own_object(Writer *w)
{
    Chosen chosen = choose(w, OWN);
    const Object *object = chosen.object;
    const Sequence *sequence = object == NULL ? NULL : schema_sequence(w->schema, object->id);
    begin(w, "alter", chosen);
    bothf(w, " owner to %s", sequence != NULL && sequence->owner.table != 0 ? role_for_sequence(w, sequence)
                                                                            : random_role(w));
    end_statement(w);
}

void write_comment_object(Writer *w)
{
    static const char *const comments[] = {"'what it is for'", "'it''s'", "null", "''", "E'two\\nlines'"};
    begin(w, "comment on", choose(w, COMMENT));
    bothf(w, " is %s", PICK(w, comments));
    end_statement(w);
}

static void drop(Writer *w, Chosen chosen, bool cascade)
{
    begin(w, "drop", chosen);
    both_c(w, cascade ? " cascade" : "");
    end_statement(w);
}

static bool is_needed(const Schema *schema, const Object *object)
{
    return part_dependents(schema, (Part) {object->id, PART_WHOLE, 0}).count > 0;
}

/* Something that nothing else needs, more often than not. */
void write_drop_object(Writer *w)
{
    enum { TRIES = 6 };
    Chosen chosen = choose(w, 0);
    for (int i = 0; i < TRIES && chosen.object != NULL && is_needed(w->schema, chosen.object); i++)
        chosen = choose(w, 0);
    drop(w, chosen, false);
}

/* Its tables first, so that what else is in a schema has a chance to stay for a while. */
void write_drop_cascade(Writer *w)
{
    static const ObjectKind kinds[] = {OBJECT_TABLE, OBJECT_ENUM, OBJECT_DOMAIN, OBJECT_COMPOSITE, OBJECT_SEQUENCE,
                                       OBJECT_VIEW, OBJECT_NAMESPACE};
    ObjectKind kind = kinds[below(w, COUNT(kinds))];
    Chosen chosen = {&rows[0], random_object(w, kind)};
    while (chosen.row->kind != kind)
        chosen.row++;
    drop(w, chosen, true);
}

void write_create_schema(Writer *w)
{
    static const char *const names[] = {"s", "s2", "\"Odd Schema\"", "s5", "s6", "s7", "s8"};
    Str name = NEW_NAME(w, OBJECT_NAMESPACE, names);
    bothf(w, "create schema %.*s", STR_ARG(name));
    if (chance(w, 20))
        bothf(w, " authorization %s", random_role(w));
    end_statement(w);
}

typedef struct ExtensionVersions {
    const char *name, *old, *new;    /* what every server from 13 on can make, and what that can become */
} ExtensionVersions;

static const ExtensionVersions versions[] = {
    {"citext", "1.4", "1.6"}, {"hstore", "1.4", "1.7"}, {"btree_gist", "1.2", "1.5"}, {"pg_trgm", "1.3", "1.5"}};

void write_create_extension(Writer *w)
{
    static const char *const names[] = {"citext", "hstore", "btree_gist", "pg_trgm"};
    const Object *place = chance(w, 30) ? random_object(w, OBJECT_NAMESPACE) : NULL;
    Str name = NEW_NAME(w, OBJECT_EXTENSION, names);
    bothf(w, "create extension %.*s", STR_ARG(name));
    if (place != NULL)
        bothf(w, " schema %.*s", STR_ARG(catalog_quote(w->arena, place->name)));
    for (size_t i = 0; i < COUNT(versions); i++) {
        if (str_is(name, versions[i].name) && chance(w, 30))
            bothf(w, " version '%s'", versions[i].old);
    }
    end_statement(w);
}

/* There is no way down but to make it anew, which works where nothing uses it. */
static bool write_update(Writer *w, const Extension *extension)
{
    const Object *home = schema_object(w->schema, extension->home);
    const ExtensionVersions *known = NULL;
    for (size_t i = 0; i < COUNT(versions); i++) {
        if (str_is(extension->object.name, versions[i].name) && str_is(extension->version, versions[i].old))
            known = &versions[i];
    }
    if (known == NULL || home == NULL || extension->object.comment.data != NULL ||
        w->schema->users.items[extension->object.id].count > 0)
        return false;
    bothf(w, "alter extension %s update to '%s'", known->name, known->new);
    end_statement(w);
    Str place = catalog_quote(w->arena, home->name);
    text_addf(&w->down, "drop extension %s;\ncreate extension %s schema %.*s version '%s';\n", known->name, known->name,
              STR_ARG(place), known->old);
    return true;
}

void write_update_extension(Writer *w)
{
    const Object *extension = random_object(w, OBJECT_EXTENSION);
    if (extension == NULL || !write_update(w, (const Extension *) extension))
        write_create_extension(w);
}

/* ------------------------------------------------------------------ everything away */

static const KindRow *row_of(ObjectKind kind)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].kind == kind)
            return &rows[i];
    }
    return NULL;
}

/* Whether it goes with something else. */
static bool goes_along(const Object *object)
{
    return object->kind == OBJECT_INDEX || object->kind == OBJECT_RULE || object->kind == OBJECT_TRIGGER ||
           object->kind == OBJECT_POLICY ||
           (object->kind == OBJECT_SEQUENCE && ((const Sequence *) object)->owner.table != 0);
}

Statement statement_drop_next(Arena *arena, const Schema *schema)
{
    Writer w = {.arena = arena, .schema = schema};
    const Object *needed = NULL, *found = NULL;
    w.mig = w.sql = text_new(arena);
    for (size_t i = schema->objects.count - 1; i > 0 && found == NULL; i--) {
        const Object *object = schema->objects.items[i];
        if (object == NULL || object->created.file == 0 || goes_along(object) || row_of(object->kind) == NULL)
            continue;
        if (!is_needed(schema, object))
            found = object;
        else if (needed == NULL && object->kind != OBJECT_NAMESPACE &&
                 (row_of(object->kind)->word != NULL || object->kind == OBJECT_BASE_TYPE))
            needed = object;
    }
    if (found == NULL && needed == NULL)
        return (Statement) {.mig = STR("")};
    const Object *chosen = found == NULL ? needed : found;
    drop(&w, (Chosen) {row_of(chosen->kind), chosen}, found == NULL);
    Statement statement = {.sql = text_str(&w.sql), .mig = text_str(&w.mig)};
    if (w.sql_only)
        statement.mig = str_format(arena, "sql {\n%.*s}\n", STR_ARG(statement.sql));
    return statement;
}
