/* What only SQL defines: functions, triggers, policies and so on, as sql/ has read them. */
#include "checker.h"
#include "bug.h"
#include "base_type.h"
#include "definition.h"
#include "operator.h"
#include "partition.h"
#include "privilege.h"
#include "publication.h"

/* ------------------------------------------------------------------ how sql/ looks names up */

static ObjectId finder_namespace(void *checker, const Ref *ref)
{
    return find_namespace(checker, ref);
}

static const Table *finder_table(void *checker, const Ref *ref)
{
    return find_table(checker, ref);
}

static const ColumnInfo *finder_column(void *checker, const Table *table, Word name)
{
    return find_column(checker, table, name);
}

static bool finder_silenced(void *checker, ObjectKind kind, Str name)
{
    return was_silenced(checker, object_word(kind), 0, name);
}

SqlFinder sql_finder(Checker *k)
{
    return (SqlFinder) {k, finder_namespace, finder_table, finder_column, finder_silenced};
}

/* ------------------------------------------------------------------ create */

static void set_property(Checker *k, Span span, ObjectId object, Property property, uint32_t part, PropertyValue value)
{
    SetChange set = {.object = object, .property = property, .part = part, .value = value};
    checker_change(k, (Change) {.kind = CHANGE_SET, .span = span, .set = set});
}

static void report_there(Checker *k, const Definition *new, const Definition *old)
{
    report(k->c, M_ALREADY_EXISTS, new->object.created, "there is %s %s already",
           object_word(old->object.kind)[0] == 'a' ? "an" : "a",
           definition_description(&k->schema, old).data);
    label(k->c, old->object.created, "created here");
    if (object_is_routine(new->object.kind) || new->object.kind == OBJECT_TRIGGER)
        help(k->c, "`create or replace` gives it a new version");
}

static void report_replace(Checker *k, const Definition *old, const Definition *new, ReplaceProblem problem,
                           size_t parameter)
{
    const char *why = "";
    Str name = new->routine == NULL || new->routine->parameters.count == 0
                   ? STR("")
                   : new->routine->parameters.items[parameter].name;
    switch (problem) {
    case REPLACE_FINE: return;
    case REPLACE_KIND: why = "is of another kind"; break;
    case REPLACE_RESULT: why = "returns another type"; break;
    case REPLACE_NAME: why = "has another name for a parameter"; break;
    case REPLACE_DEFAULT: why = "has no default any more for a parameter"; break;
    case REPLACE_LABEL: why = "is a constraint trigger, or the old one was"; break;
    }
    report(k->c, M_CANNOT_REPLACE, new->object.created, "the new version %s%s%.*s%s", why,
           problem == REPLACE_NAME || problem == REPLACE_DEFAULT ? ": \"" : "",
           problem == REPLACE_NAME || problem == REPLACE_DEFAULT ? (int) name.len : 0, name.data,
           problem == REPLACE_NAME || problem == REPLACE_DEFAULT ? "\"" : "");
    label(k->c, old->object.created, "the version so far");
    help(k->c, "drop it first, with what depends on it");
}

/* Owner, comment and privileges stay; a trigger keeps whether it is enabled. */
static void replace_definition(Checker *k, Span span, const Definition *old, Definition *new)
{
    size_t parameter;
    ReplaceProblem problem = definition_replace_problem(old, new, &parameter);
    if (problem != REPLACE_FINE) {
        report_replace(k, old, new, problem, parameter);
        return;
    }
    Object head = old->object;
    head.created = new->object.created;
    new->object = head;
    if (new->object.kind == OBJECT_TRIGGER)
        new->attributes = old->attributes;
    if (new->object.kind == OBJECT_BASE_TYPE)
        new->object.privileges = privileges_by_default(&k->schema, k->maker, OBJECT_BASE_TYPE, new->object.schema);
    checker_change(k, (Change) {.kind = CHANGE_REPLACE, .span = span, .replace = {&new->object}});
}

/* The family is named where the reader has left room for it, so that it stays this one whatever its name becomes. */
static const Expression *text_with_family(Arena *arena, const Expression *old, ObjectId family)
{
    static const char clause[] = "FAMILY x ";
    Expression *text = arena_copy(arena, old, sizeof *text);
    list_clone(arena, &text->uses);
    size_t i = 0;
    while (i < text->uses.count && (text->uses.items[i].length > 0 || text->uses.items[i].form == USE_HIDDEN))
        i++;
    if (i == text->uses.count)
        BUG("an operator class without room for its family");
    uint32_t place = text->uses.items[i].offset, added = sizeof clause - 1;
    text->sql = str_format(arena, "%.*s%s%.*s", STR_ARG(str_slice(old->sql, 0, place)), clause,
                           STR_ARG(str_slice(old->sql, place, old->sql.len)));
    text->shape = str_format(arena, "%.*s\x01%u.0\x02", STR_ARG(old->shape), (unsigned) family);
    text->uses.items[i] = (Use) {.offset = place + added - 2, .length = 1, .object = family, .form = USE_NAME};
    while (++i < text->uses.count)
        text->uses.items[i].offset += text->uses.items[i].form == USE_HIDDEN ? 0 : added;
    return text;
}

/* The server would make the operator family that goes with a class; it stays when the class goes. */
static ObjectId create_family(Checker *k, Span span, Definition *class)
{
    Arena *arena = CHECKER_ARENA(k);
    Definition like = {.object = class->object, .variant = class->variant};
    like.object.kind = OBJECT_OPERATOR_FAMILY;
    const Definition *family = definition_find(&k->schema, &like);
    if (family == NULL) {
        Definition *new = arena_copy(arena, &like, sizeof like);
        Expression *text = arena_new(arena, Expression);
        text->sql = str_format(arena, "OPERATOR FAMILY x USING %.*s", STR_ARG(catalog_quote(arena, class->variant)));
        text->shape = text->sql;
        list_push(arena, &text->uses, (Use) {.offset = sizeof "OPERATOR FAMILY " - 1, .length = 1, .form = USE_NAME});
        new->text = text;
        new->object.id = schema_new_id(&k->schema);
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&new->object}});
        family = new;
    }
    class->text = text_with_family(arena, class->text, family->object.id);
    return family->object.id;
}

/* What a statement brings besides: tables of the publication, members of the class's family. */
static void bind_part(Checker *k, Definition *part, const Definition *new, ObjectId family)
{
    if (part->object.kind == OBJECT_PUBLICATION_TABLE)
        publication_bind(CHECKER_ARENA(k), part, new->object.id);
    else if (part->of == 0)
        part->of = family;
}

/* False: reported. */
static bool check_type_names(Checker *k, const Definition *new)
{
    Word name = {new->object.name, new->object.created};
    Word multirange = {new->range == NULL ? STR("") : new->range->multirange, new->object.created};
    return check_new_name(k, name) && check_type_is_free(k, new->object.schema, name) &&
           (multirange.name.len == 0 || check_type_is_free(k, new->object.schema, multirange));
}

static void create_part(Checker *k, Span span, Definition *part)
{
    const Definition *old = definition_find(&k->schema, part);
    if (old != NULL) {
        report_there(k, part, old);
        return;
    }
    part->object.id = schema_new_id(&k->schema);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&part->object}});
}

static void note_path(Checker *k, Definition *new)
{
    if (new->routine == NULL || !new->routine->text || checker_path(k).count == 0)
        return;
    Routine *routine = arena_copy(CHECKER_ARENA(k), new->routine, sizeof *routine);
    routine->elsewhere = true;
    new->routine = routine;
}

/* The commutator and the negator may be one operator. */
static Definition *shell_before(const SqlDefinition *statement, size_t index)
{
    const Definition *shell = statement->shells.items[index].operator;
    for (size_t i = 0; i < index; i++) {
        Definition *other = statement->shells.items[i].operator;
        if (str_equal(other->object.name, shell->object.name) && other->object.schema == shell->object.schema &&
            type_lists_equal(other->arguments, shell->arguments))
            return other;
    }
    return NULL;
}

static void link_operators(Arena *arena, Definition *one, Definition *other, Str key)
{
    attribute_set(arena, &one->attributes,
                  (Attribute) {key, operator_link_clause(arena, key, other->object.id)});
    attribute_set(arena, &other->attributes,
                  (Attribute) {key, operator_link_clause(arena, key, one->object.id)});
}

/* What an operator is linked with that is not there yet comes to be as a shell, linked with it. */
static void create_shells(Checker *k, Span span, ObjectId id, const SqlDefinition *statement)
{
    Definition *operator = statement->definition;
    operator->object.id = id;
    for (size_t i = 0; i < statement->shells.count; i++) {
        SqlShell next = statement->shells.items[i];
        Definition *shell = shell_before(statement, i);
        if (shell == NULL) {
            shell = next.operator;
            shell->object.id = schema_new_id(&k->schema);
        }
        link_operators(CHECKER_ARENA(k), operator, shell, next.key);
    }
    for (size_t i = 0; i < statement->shells.count; i++) {
        const Definition *shell = statement->shells.items[i].operator;
        if (shell->object.id != 0)
            checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&shell->object}});
    }
}

static void create_definition(Checker *k, Span span, const SqlDefinition *statement)
{
    Definition *new = statement->definition;
    const Definition *old = definition_find(&k->schema, new);
    note_path(k, new);
    if (old != NULL && statement->if_not_exists)
        return;
    if (old != NULL && statement->replace) {
        create_shells(k, span, old->object.id, statement);
        replace_definition(k, span, old, new);
        return;
    }
    if (old != NULL) {
        report_there(k, new, old);
        return;
    }
    if (!check_path_allows(k, new->object.kind, new->object.schema, new->object.created))
        return;
    if (object_is_defined_type(&new->object) && !check_type_names(k, new))
        return;
    if (new->object.kind == OBJECT_TRIGGER && !check_trigger_of_family(k, new))
        return;
    ObjectId family = statement->with_family ? create_family(k, span, new) : 0;
    create_shells(k, span, schema_new_id(&k->schema), statement);
    if (new->base == NULL) /* a shell gets them when it is made whole */
        new->object.privileges = privileges_by_default(&k->schema, k->maker, new->object.kind, new->object.schema);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&new->object}});
    for (size_t i = 0; i < statement->parts.count; i++) {
        bind_part(k, statement->parts.items[i], new, family);
        create_part(k, span, statement->parts.items[i]);
    }
}

/* ------------------------------------------------------------------ alter */

static void rename_definition(Checker *k, Span span, const SqlTarget *target, Word name)
{
    Definition like = *schema_definition(&k->schema, target->object);
    like.object.name = name.name;
    like.object.created = name.span;
    const Definition *other = definition_find(&k->schema, &like);
    if (!check_new_name(k, name))
        return;
    if (other != NULL)
        report_there(k, &like, other);
    else
        set_property(k, span, target->object, PROPERTY_NAME, 0, (PropertyValue) {.text = name.name});
}

static void move_definition(Checker *k, Span span, const SqlTarget *target, Word name)
{
    Ref ref = {.schema = name, .span = name.span};
    ObjectId namespace = find_namespace(k, &ref);
    Definition like = *schema_definition(&k->schema, target->object);
    like.object.schema = namespace;
    like.object.created = name.span;
    const Definition *other = namespace == 0 ? NULL : definition_find(&k->schema, &like);
    if (other != NULL && other->object.id != target->object)
        report_there(k, &like, other);
    else if (namespace != 0)
        set_property(k, span, target->object, PROPERTY_NAMESPACE, 0, (PropertyValue) {.object = namespace});
}

static void drop_definitions(Checker *k, Span span, const SqlDefinition *statement)
{
    Parts parts = {0};
    SpanList names = {0};
    ObjectIds ids = {0};
    for (size_t i = 0; i < statement->targets.count; i++) {
        SqlTarget target = statement->targets.items[i];
        if (object_ids_contain(ids, target.object))
            continue;
        list_push(CHECKER_ARENA(k), &ids, target.object);
        list_push(CHECKER_ARENA(k), &parts, (Part) {target.object, PART_WHOLE, 0});
        list_push(CHECKER_ARENA(k), &names, target.span);
    }
    check_deletions(k, span, parts, names, statement->cascade);
}

static void alter_definition(Checker *k, Span span, const SqlDefinition *statement, const SqlTarget *target)
{
    PropertyValue text = {.text = statement->text}, attributes = {.attributes = statement->attributes};
    switch (statement->verb) {
    case SQL_LABEL:
        set_security_label(k, span, (LabelSubject) {target->object, 0}, statement->name.name, statement->text);
        break;
    case SQL_COMMENT: set_property(k, span, target->object, PROPERTY_COMMENT, 0, text); break;
    case SQL_SET_OWNER: check_new_owner(k, span, target->object, statement->text); break;
    case SQL_RENAME: rename_definition(k, span, target, statement->name); break;
    case SQL_SET_SCHEMA: move_definition(k, span, target, statement->name); break;
    case SQL_ALTER: set_property(k, span, target->object, PROPERTY_ATTRIBUTES, 0, attributes); break;
    case SQL_NOTHING:
    case SQL_CREATE:
    case SQL_DROP:
    case SQL_GRANT:
    case SQL_PARTS:
    case SQL_PASSING:
    case SQL_OPAQUE: BUG("verb %d", (int) statement->verb);
    }
}

/* ------------------------------------------------------------------ the statement */

static void run_as_written(Checker *k, const SqlStatement *statement, RunSqlChange run)
{
    run.sql = span_text(&k->c->sources, statement->span);
    checker_change(k, (Change) {.kind = CHANGE_RUN_SQL, .span = statement->span, .run_sql = run});
}

/* False: reported. */
static bool create_shell(Checker *k, Span span, const Ref *ref)
{
    ObjectId namespace = find_namespace(k, ref);
    Definition like = {.object = {.kind = OBJECT_BASE_TYPE, .schema = namespace, .name = ref->name.name}};
    like.object.created = ref->name.span;
    Definition *shell = base_type_shell(CHECKER_ARENA(k), &like);
    if (namespace == 0 || !check_path_allows(k, OBJECT_BASE_TYPE, namespace, ref->span) || !check_type_names(k, shell))
        return false;
    shell->object.id = schema_new_id(&k->schema);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&shell->object}});
    return true;
}

void check_definition(Checker *k, const SqlStatement *statement)
{
    SqlDefinition read;
    Ref shell;
    if (sql_function_shell(&k->sql, &k->schema, statement, &shell) && !create_shell(k, statement->span, &shell))
        return;
    if (!sql_definition(&k->sql, &k->schema, statement, &read)) {
        if (read.verb == SQL_CREATE)
            silence(k, object_word(read.definition->object.kind), 0, read.definition->object.name);
        return;
    }
    switch (read.verb) {
    case SQL_NOTHING: break;
    case SQL_OPAQUE:
        run_as_written(k, statement, (RunSqlChange) {.unfollowed = sql_unfollowed(&k->sql, statement)});
        break;
    case SQL_PASSING: run_as_written(k, statement, (RunSqlChange) {.passes = true}); break;
    case SQL_CREATE: create_definition(k, statement->span, &read); break;
    case SQL_DROP: drop_definitions(k, statement->span, &read); break;
    case SQL_PARTS:
        drop_definitions(k, statement->span, &read);
        for (size_t i = 0; i < read.parts.count; i++)
            create_part(k, statement->span, read.parts.items[i]);
        break;
    case SQL_GRANT:
        if (!check_grant(k, statement->span, &read))
            run_as_written(k, statement,
                           (RunSqlChange) {.passes = true, .unfollowed = sql_unfollowed(&k->sql, statement)});
        break;
    case SQL_COMMENT:
    case SQL_LABEL:
    case SQL_RENAME:
    case SQL_SET_SCHEMA:
    case SQL_SET_OWNER:
    case SQL_ALTER:
        for (size_t i = 0; i < read.targets.count; i++)
            alter_definition(k, statement->span, &read, &read.targets.items[i]);
        break;
    }
}
