/* What DROP, COMMENT, ALTER and GRANT name of the things that only SQL defines. */
#include "read_definition.h"

#include "bug.h"

ObjectKind definition_kind(PgQuery__ObjectType type)
{ /* a table */
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE: return OBJECT_FUNCTION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE: return OBJECT_PROCEDURE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE: return OBJECT_AGGREGATE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: return OBJECT_TRIGGER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY: return OBJECT_POLICY;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER: return OBJECT_EVENT_TRIGGER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR: return OBJECT_OPERATOR;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS: return OBJECT_OPERATOR_CLASS;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY: return OBJECT_OPERATOR_FAMILY;
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST: return OBJECT_CAST;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION: return OBJECT_COLLATION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION: return OBJECT_CONVERSION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE: return OBJECT_LANGUAGE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT: return OBJECT_STATISTICS;
    case PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION: return OBJECT_PUBLICATION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION: return OBJECT_SUBSCRIPTION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION: return OBJECT_TEXT_SEARCH_CONFIGURATION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY: return OBJECT_TEXT_SEARCH_DICTIONARY;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER: return OBJECT_TEXT_SEARCH_PARSER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE: return OBJECT_TEXT_SEARCH_TEMPLATE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FDW: return OBJECT_DATA_WRAPPER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER: return OBJECT_SERVER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD: return OBJECT_ACCESS_METHOD;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM: return OBJECT_TRANSFORM;
    default: return OBJECT_KIND_COUNT;
    }
}

static bool is_global(ObjectKind kind)
{
    switch ((int) kind) {
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_LANGUAGE:
    case OBJECT_PUBLICATION:
    case OBJECT_SUBSCRIPTION:
    case OBJECT_DATA_WRAPPER:
    case OBJECT_SERVER:
    case OBJECT_ACCESS_METHOD:
    case OBJECT_CAST:
    case OBJECT_TRANSFORM: return true;
    default: return false;
    }
}

/* ------------------------------------------------------------------ found or not */

static bool take_target(DefinitionReader *r, const Definition *found, Span span)
{
    list_push(r->arena, &r->out->targets, (SqlTarget) {found->object.id, 0, span});
    return true;
}

static Str place_text(const DefinitionReader *r, ObjectKind kind, ObjectId place)
{
    const Object *on = schema_object(r->schema, place);
    if (on == NULL || (kind != OBJECT_TRIGGER && kind != OBJECT_POLICY))
        return STR("");
    return str_format(r->arena, " on %s \"%.*s\"", object_word(on->kind), STR_ARG(on->name));
}

static void suggest(DefinitionReader *r, ObjectKind kind, Str name)
{
    Nearest nearest = nearest_to(name);
    for (size_t i = 1; i < r->schema->objects.count; i++) {
        const Object *object = r->schema->objects.items[i];
        if (object != NULL && object->kind == kind)
            nearest_try(&nearest, object->name);
    }
    nearest_help(r->c, &nearest);
}

static bool report_missing(DefinitionReader *r, ObjectKind kind, ObjectId place, Str shown, Str name, Span span)
{
    r->refused = true;
    if (r->sql->finder.silenced(r->sql->finder.checker, kind, name))
        return false;
    definition_report(r, kind == OBJECT_FUNCTION ? M_UNKNOWN_FUNCTION : M_UNKNOWN_DEFINITION, span,
                      "there is no %s \"%.*s\"%.*s at this point", object_word(kind), STR_ARG(shown),
                      STR_ARG(place_text(r, kind, place)));
    suggest(r, kind, name);
    return false;
}

const Definition *read_part(DefinitionReader *r, ObjectKind kind, const Object *of, Word name, bool missing_ok)
{
    Definition like = {.object = {.kind = kind, .name = name.name}, .of = of->id};
    const Definition *found = definition_find(r->schema, &like);
    if (found != NULL)
        take_target(r, found, name.span);
    else if (!missing_ok)
        report_missing(r, kind, of->id, name.name, name.name, name.span);
    return found;
}

/* ------------------------------------------------------------------ routines and operators */

/* The types of a signature. False: one is not there. */
static bool read_types(DefinitionReader *r, size_t count, PgQuery__Node *const *nodes, bool missing_ok, TypeList *types)
{
    for (size_t i = 0; i < count; i++) {
        Type type = {0};
        if (nodes[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
            bool known = type_is_known(r, nodes[i]->type_name);
            if (!known && missing_ok)
                return false;
            type = read_type(r, nodes[i]->type_name);
            if (type.catalog == NULL)
                return false;
        }
        list_push(r->arena, types, type);
    }
    return true;
}

static bool kind_fits(PgQuery__ObjectType wanted, ObjectKind kind)
{
    bool routine = wanted == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE;
    return routine ? object_is_routine(kind) : definition_kind(wanted) == kind;
}

static Str signature_text(DefinitionReader *r, ObjectKind kind, Str name, const TypeList *types)
{
    Definition shown = {.object = {.kind = kind}, .arguments = *types};
    return str_format(r->arena, "%.*s%.*s", STR_ARG(name), STR_ARG(definition_signature(r->schema, &shown)));
}

static bool is_brought(const DefinitionReader *r, ObjectKind kind, const Ref *ref)
{
    Str qualifier = word_is_written(ref->schema) ? ref->schema.name : STR("");
    catalog_each_owner(owner, &r->schema->view) {
        bool has = kind == OBJECT_OPERATOR ? catalog_operators_in(owner, ref->name.name).count > 0
                                           : catalog_functions_in(owner, ref->name.name).count > 0;
        if (has && extension_is_reached(r->schema, owner, qualifier))
            return true;
    }
    return unknown_is_named(r, ref);
}

/* By name alone there must be one of them. */
static const Definition *unique_routine(DefinitionReader *r, PgQuery__ObjectType wanted, ObjectIds ids, const Ref *ref)
{
    const Definition *found = NULL;
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(r->schema, ids.items[i]);
        if (d->routine == NULL || (found != NULL && !kind_fits(wanted, d->object.kind)))
            continue;
        if (found != NULL && kind_fits(wanted, found->object.kind)) {
            definition_report(r, M_AMBIGUOUS_FUNCTION, ref->span, "there are several functions \"%.*s\"",
                              STR_ARG(ref->name.name));
            label(r->c, found->object.created, "one of them");
            label(r->c, d->object.created, "another one");
            help(r->c, "say which by its arguments: %.*s%.*s", STR_ARG(object_sql(r->schema, &d->object)),
                 STR_ARG(definition_signature(r->schema, d)));
            return NULL;
        }
        found = d;
    }
    return found;
}

static bool take_routine(DefinitionReader *r, PgQuery__ObjectType wanted, const Definition *found, const Ref *ref)
{
    if (kind_fits(wanted, found->object.kind))
        return take_target(r, found, ref->span);
    definition_report(r, M_WRONG_KIND, ref->span, "\"%.*s\" is %s %s", STR_ARG(ref->name.name),
                      found->object.kind == OBJECT_AGGREGATE ? "an" : "a", object_word(found->object.kind));
    label(r->c, found->object.created, "created here");
    return false;
}

/* [schema.]name, where an operator's name is no identifier. */
static Ref read_ref(DefinitionReader *r, const PgQuery__ObjectWithArgs *tree, bool operator, Cursor *at)
{
    if (!operator)
        return cursor_ref(at);
    Ref ref = {0};
    Cursor item = *at;
    if (tree->n_objname > 1) {
        ref.schema = cursor_word(at);
        cursor_next(at);
    }
    ref.name.name = str_copy(r->arena, tree_name(tree->n_objname, tree->objname));
    ref.name.span = cursor_next(at);
    ref.span = span_join(cursor_span(item), ref.name.span);
    ref.span = ref.name.span;
    return ref;
}

static bool read_signature(DefinitionReader *r, PgQuery__ObjectType type, const PgQuery__ObjectWithArgs *tree,
                           Cursor *at, bool missing_ok)
{
    ObjectKind kind = definition_kind(type);
    r->names.shells = true;
    Ref ref = read_ref(r, tree, kind == OBJECT_OPERATOR, at);
    ObjectId namespace = namespace_of(r, &ref, missing_ok);
    Definition like = {.object = {.kind = kind, .schema = namespace, .name = ref.name.name}};
    const Definition *found = NULL;
    if (namespace == 0)
        return false;
    if (tree->args_unspecified) {
        ObjectIds named = schema_definitions_named(r->schema, ref_qualifier(&ref), ref.name.name);
        found = unique_routine(r, type, named, &ref);
        if (r->refused)
            return false;
    } else if (read_types(r, tree->n_objargs, tree->objargs, missing_ok, &like.arguments)) {
        found = definition_named(r->schema, ref_qualifier(&ref), &like);
    } else {
        return false;
    }
    if (found != NULL)
        return kind == OBJECT_OPERATOR ? take_target(r, found, ref.span) : take_routine(r, type, found, &ref);
    r->outside = is_brought(r, kind, &ref);
    if (r->outside || missing_ok)
        return false;
    Str shown = tree->args_unspecified ? ref.name.name : signature_text(r, kind, ref.name.name, &like.arguments);
    return report_missing(r, kind, 0, shown, ref.name.name, ref.span);
}

/* ------------------------------------------------------------------ the other kinds */

/* `name on table`; with `if exists` the table may be missing, too. */
static bool read_on_table(DefinitionReader *r, ObjectKind kind, Cursor *at, bool missing_ok)
{
    Word name = cursor_word(at);
    cursor_take(at, "on");
    Ref ref = cursor_ref(at);
    if (missing_ok && !relation_is_there(r, &ref))
        return false;
    const Table *table = read_relation(r, &ref);
    return table != NULL && read_part(r, kind, &table->object, name, missing_ok) != NULL;
}

/* `(a as b)`, `for type language name`. */
static bool read_nameless(DefinitionReader *r, ObjectKind kind, const PgQuery__List *list, Cursor *at, bool missing_ok)
{
    Definition like = {.object = {.kind = kind}};
    Span span = cursor_span(*at);
    size_t types = kind == OBJECT_CAST ? 2 : 1;
    if (!read_types(r, types, list->items, missing_ok, &like.arguments))
        return false;
    if (kind == OBJECT_TRANSFORM)
        transform_name(r->schema, &like, str_copy(r->arena, str_from(list->items[1]->string->sval)));
    const Definition *found = definition_find(r->schema, &like);
    if (found != NULL)
        return take_target(r, found, span);
    return !missing_ok && report_missing(r, kind, 0, span_text(&r->c->sources, span), STR(""), span);
}

static bool read_named(DefinitionReader *r, ObjectKind kind, Cursor *at, bool missing_ok)
{
    Ref ref = cursor_ref(at);
    Definition like = {.object = {.kind = kind, .name = ref.name.name}};
    if (!is_global(kind) && namespace_of(r, &ref, missing_ok) == 0)
        return false;
    if (kind == OBJECT_OPERATOR_CLASS || kind == OBJECT_OPERATOR_FAMILY) {
        cursor_take(at, "using");
        like.variant = cursor_word(at).name;
    }
    const Definition *found = is_global(kind) ? definition_find(r->schema, &like)
                                              : definition_named(r->schema, ref_qualifier(&ref), &like);
    if (found != NULL)
        return take_target(r, found, ref.span);
    r->outside = definition_is_brought(r, kind, &ref);
    return !r->outside && !missing_ok && report_missing(r, kind, 0, ref.name.name, ref.name.name, ref.span);
}

bool read_target(DefinitionReader *r, PgQuery__ObjectType type, const PgQuery__Node *node, Cursor *at, bool missing_ok)
{
    ObjectKind kind = definition_kind(type);
    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS)
        return read_signature(r, type, node->object_with_args, at, missing_ok);
    if (kind == OBJECT_TRIGGER || kind == OBJECT_POLICY)
        return read_on_table(r, kind, at, missing_ok);
    if (kind == OBJECT_CAST || kind == OBJECT_TRANSFORM)
        return read_nameless(r, kind, node->list, at, missing_ok);
    if (kind == OBJECT_KIND_COUNT)
        BUG("a definition of type %d", (int) type);
    return read_named(r, kind, at, missing_ok);
}

bool read_altered(DefinitionReader *r, PgQuery__ObjectType type)
{
    r->out->verb = SQL_ALTER;
    read_target(r, type, NULL, &r->at, false);
    if (!read_ended(r) || r->out->targets.count == 0)
        return false;
    r->out->attributes = schema_definition(r->schema, r->out->targets.items[0].object)->attributes;
    list_clone(r->arena, &r->out->attributes);
    return true;
}

/* ------------------------------------------------------------------ verbs */

/* Steps over the words of the kind, "event trigger", as the statement has them. */
static void skip_kind(Cursor *at, PgQuery__ObjectType type)
{
    ObjectKind kind = definition_kind(type);
    if (cursor_take(at, "routine") || cursor_take(at, "procedural language"))
        return;
    if (!cursor_take(at, object_word(kind)))
        cursor_next(at);
}

bool read_ended(DefinitionReader *r)
{
    if (!r->refused && r->out->targets.count == 0)
        r->out->verb = r->outside ? SQL_OPAQUE : SQL_NOTHING;
    return !r->refused;
}

void read_drop(DefinitionReader *r, const PgQuery__DropStmt *drop)
{
    r->out->verb = SQL_DROP;
    r->out->cascade = drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    cursor_take(&r->at, "drop");
    skip_kind(&r->at, drop->remove_type);
    cursor_take(&r->at, "if exists");
    cursor_end_before_behavior(&r->at, 1);
    for (size_t i = 0; i < drop->n_objects; i++) {
        Cursor item = cursor_item(&r->at);
        read_target(r, drop->remove_type, drop->objects[i], &item, drop->missing_ok);
        if (r->outside)
            definition_report(r, M_STILL_USED, cursor_span(item), "this belongs to the server or to an extension");
    }
    read_ended(r);
}

void read_comment(DefinitionReader *r, const PgQuery__CommentStmt *comment)
{
    r->out->verb = SQL_COMMENT;
    cursor_take(&r->at, "comment on");
    skip_kind(&r->at, comment->objtype);
    Cursor item = cursor_before(&r->at, "is");
    read_target(r, comment->objtype, comment->object, &item, false);
    if (comment->comment != NULL && comment->comment[0] != '\0')
        r->out->text = str_copy(r->arena, str_from(comment->comment));
    read_ended(r);
}

void read_security_label(DefinitionReader *r, const PgQuery__SecLabelStmt *label)
{
    r->out->verb = SQL_LABEL;
    cursor_before(&r->at, "on");
    cursor_take(&r->at, "on");
    skip_kind(&r->at, label->objtype);
    Cursor item = cursor_before(&r->at, "is");
    read_target(r, label->objtype, label->object, &item, false);
    if (label->provider != NULL)
        r->out->name.name = str_copy(r->arena, str_from(label->provider));
    cursor_take(&r->at, "is");
    if (!cursor_is(r->at, "null"))
        r->out->text = str_copy(r->arena, str_from(label->label));
    read_ended(r);
}

void read_rename(DefinitionReader *r, const PgQuery__RenameStmt *rename)
{
    r->out->verb = SQL_RENAME;
    cursor_take(&r->at, "alter");
    skip_kind(&r->at, rename->rename_type);
    cursor_take(&r->at, "if exists");
    Cursor item = cursor_before(&r->at, "rename to");
    read_target(r, rename->rename_type, rename->object, &item, rename->missing_ok);
    cursor_take(&r->at, "rename to");
    r->out->name = cursor_word(&r->at);
    read_ended(r);
}

void read_set_schema(DefinitionReader *r, const PgQuery__AlterObjectSchemaStmt *alter)
{
    r->out->verb = SQL_SET_SCHEMA;
    cursor_take(&r->at, "alter");
    skip_kind(&r->at, alter->object_type);
    Cursor item = cursor_before(&r->at, "set schema");
    read_target(r, alter->object_type, alter->object, &item, alter->missing_ok);
    cursor_take(&r->at, "set schema");
    r->out->name = cursor_word(&r->at);
    read_ended(r);
}

void read_set_owner(DefinitionReader *r, const PgQuery__AlterOwnerStmt *alter)
{
    r->out->verb = SQL_SET_OWNER;
    cursor_take(&r->at, "alter");
    skip_kind(&r->at, alter->object_type);
    Cursor item = cursor_before(&r->at, "owner to");
    read_target(r, alter->object_type, alter->object, &item, false);
    r->out->text = role_name(r->arena, alter->newowner);
    read_ended(r);
}
