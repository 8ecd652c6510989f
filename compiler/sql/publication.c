/* CREATE and ALTER PUBLICATION (src/backend/commands/publicationcmds.c). A publication is its name and its parameters;
 * each table, or schema, that it publishes is a definition of its own, on the table. */
#include "inherit.h"
#include "made_text.h"
#include "publication.h"

#include <strings.h>
#include "read_definition.h"

/* ------------------------------------------------------------------ parameters */

/* What is published is kept in one order; all of it is what a publication has without a word. */
static Str published_actions(DefinitionReader *r, const PgQuery__DefElem *option, Span span)
{
    static const char *const actions[] = {"insert", "update", "delete", "truncate"};
    enum { ACTIONS = sizeof actions / sizeof *actions };
    bool has[ACTIONS] = {0};
    Text text = text_new(r->arena);
    Str list = option->arg == NULL || option->arg->node_case != PG_QUERY__NODE__NODE_STRING
                   ? STR("") : str_from(option->arg->string->sval);
    for (size_t at = 0; at < list.len;) {
        size_t end = at;
        while (end < list.len && list.data[end] != ',')
            end++;
        Str word = str_trim(str_slice(list, at, end));
        size_t i = 0;
        while (i < ACTIONS && !str_is(word, actions[i]))
            i++;
        if (i == ACTIONS)
            definition_report(r, M_BAD_PUBLICATION, span, "\"%.*s\" is nothing to publish", STR_ARG(word));
        else
            has[i] = true;
        at = end + 1;
    }
    for (size_t i = 0; i < ACTIONS; i++) {
        if (has[i])
            text_addf(&text, "%s%s", text.len == 0 ? "" : ", ", actions[i]);
    }
    return text_str(&text);
}

bool parameter_is_true(const PgQuery__DefElem *option)
{
    const PgQuery__Node *value = option->arg;
    if (value == NULL)
        return true;
    if (value->node_case == PG_QUERY__NODE__NODE_INTEGER)
        return value->integer->ival != 0;
    if (value->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
        return value->boolean->boolval;
    Str word = parameter_text(option);
    return str_is(word, "true") || str_is(word, "on") || str_is(word, "1");
}

static void set_parameter(DefinitionReader *r, Attributes *attributes, const char *name, Str value, bool usual)
{
    Str key = str_format(r->arena, "parameter %s", name);
    Str clause = str_format(r->arena, "SET (%s = %.*s)", name, STR_ARG(value));
    if (usual)
        attribute_remove(attributes, key);
    else
        attribute_set(r->arena, attributes, (Attribute) {key, text_constant(r->arena, clause)});
}

enum { STORED_PUBLISHED_SINCE = 18 };

static bool is_word(Str value, const char *word)
{
    return value.len == strlen(word) && strncasecmp(value.data, word, value.len) == 0;
}

/* defGetGeneratedColsOption() in src/backend/commands/publicationcmds.c */
static void publish_generated(DefinitionReader *r, const PgQuery__DefElem *option, Attributes *attributes, Span span)
{
    Str value = parameter_text(option);
    bool stored = option->arg == NULL || is_word(value, "stored");
    if (stored || is_word(value, "none"))
        set_parameter(r, attributes, "publish_generated_columns", STR("stored"), !stored);
    else
        definition_report(r, M_BAD_PUBLICATION, span, "`publish_generated_columns` is `none` or `stored`");
}

static void read_settings(DefinitionReader *r, size_t count, PgQuery__Node *const *options, Attributes *attributes)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        Span span = reader_span(r, option->location, strlen(option->defname));
        if (strcmp(option->defname, "publish") == 0) {
            Str actions = published_actions(r, option, span);
            set_parameter(r, attributes, "publish", define_literal(r->arena, actions),
                          str_equal(actions, publication_actions));
        } else if (strcmp(option->defname, "publish_via_partition_root") == 0) {
            set_parameter(r, attributes, "publish_via_partition_root", STR("true"), !parameter_is_true(option));
        } else if (strcmp(option->defname, "publish_generated_columns") == 0 &&
                   r->schema->view.catalog->major >= STORED_PUBLISHED_SINCE) {
            publish_generated(r, option, attributes, span);
        } else {
            definition_report(r, M_BAD_PUBLICATION, span, "a publication has no parameter \"%s\"", option->defname);
        }
    }
}

/* ------------------------------------------------------------------ what is published */

static Definition *push_part(DefinitionReader *r, ObjectId of, Span span, MadeText *text)
{
    Definition *part = arena_new(r->arena, Definition);
    part->object = (Object) {.kind = OBJECT_PUBLICATION_TABLE, .created = span};
    part->of = of;
    part->text = made_finish(text);
    list_push(r->arena, &r->out->parts, part);
    return part;
}

/* One item of the list: what stands in it. */
typedef struct Item {
    const PgQuery__PublicationObjSpec *tree;
    Cursor columns, condition;    /* inside of their parentheses; empty: none */
    Ref name;
    bool only;
} Item;

static bool is_never_published(const DefinitionReader *r, const ColumnInfo *column)
{
    return column->generated == GENERATED_VIRTUAL ||
           (column->generated == GENERATED_STORED && r->schema->view.catalog->major < STORED_PUBLISHED_SINCE);
}

static void add_columns(DefinitionReader *r, MadeText *text, const Table *table, Cursor columns)
{
    WordList words = cursor_words(columns);
    for (size_t i = 0; i < words.count; i++) {
        const ColumnInfo *column = read_column(r, table, words.items[i]);
        made_words(text, i == 0 ? " (" : ", ");
        if (column != NULL && is_never_published(r, column))
            definition_report(r, M_BAD_PUBLICATION, words.items[i].span, "a generated column is not published");
        else if (column != NULL)
            made_name(text, table->object.id, column->id);
        for (size_t j = 0; j < i; j++) {
            if (str_equal(words.items[j].name, words.items[i].name))
                definition_report(r, M_BAD_PUBLICATION, words.items[i].span, "the column \"%.*s\" is written twice",
                                  STR_ARG(words.items[i].name));
        }
    }
    if (words.count > 0)
        made_words(text, ")");
}

static void set_condition(DefinitionReader *r, const Item *item, const Table *table, Definition *part)
{
    const PgQuery__Node *tree = item->tree->pubtable->where_clause;
    ConditionRow row = {NULL, table};
    DefinitionText text = {.arena = r->arena, .sources = &r->c->sources};
    ConditionPlace place = {.name = "a publication", .count = 1, .rows = &row, .filters = true, .condition = "WHERE"};
    const Expression *condition = read_condition(r, cursor_span(item->condition), tree, place);
    if (condition == NULL)
        return;
    text_make(&text, STR("WHERE ("));
    text_take_expression(&text, condition, &tree->base);
    text_make(&text, STR(")"));
    attribute_set(r->arena, &part->attributes, (Attribute) {STR("where"), text_finish(&text, &tree->base)});
}

/* ONLY always: descendants are parts of their own. */
static void read_table_part(DefinitionReader *r, const Item *item, const Table *table)
{
    MadeText text = made_text(r->arena);
    made_words(&text, "ADD TABLE ONLY ");
    made_name(&text, table->object.id, 0);
    if (!cursor_is_empty(item->columns))
        add_columns(r, &text, table, item->columns);
    Definition *part = push_part(r, table->object.id, item->name.span, &text);
    if (!cursor_is_empty(item->condition))
        set_condition(r, item, table, part);
}

static bool check_table(DefinitionReader *r, const Item *item, const Table *table)
{
    const char *what = table->object.kind != OBJECT_TABLE ? object_word(table->object.kind)
                       : table->unlogged                  ? "unlogged table"
                                                          : NULL;
    if (what == NULL)
        return true;
    definition_report(r, M_BAD_PUBLICATION, item->name.span, "%s \"%.*s\" cannot be published", what,
                      STR_ARG(table->object.name));
    label(r->c, table->object.created, "created here");
    return false;
}

/* Without a word more it may be said twice. */
static bool is_repeated(DefinitionReader *r, const Item *item, ObjectId of)
{
    bool plain = cursor_is_empty(item->columns) && cursor_is_empty(item->condition);
    for (size_t i = 0; i < r->out->parts.count; i++) {
        const Definition *part = r->out->parts.items[i];
        if (part->of != of)
            continue;
        if (!plain || publication_has_condition(part) || publication_has_columns(part))
            definition_report(r, M_WRITTEN_TWICE, item->name.span, "\"%.*s\" is written twice",
                              STR_ARG(item->name.name.name));
        return true;
    }
    return false;
}

static void read_table_item(DefinitionReader *r, const Item *item)
{
    const Table *table = read_relation(r, &item->name);
    if (table == NULL || !check_table(r, item, table))
        return;
    ObjectIds heirs = {0};
    if (!item->only && !table_is_partitioned(table))
        heirs = table_descendants(r->schema, table->object.id);
    list_insert(r->arena, &heirs, 0, table->object.id);
    for (size_t i = 0; i < heirs.count; i++) {
        if (!is_repeated(r, item, heirs.items[i]))
            read_table_part(r, item, schema_relation(r->schema, heirs.items[i]));
    }
}

static void read_schema_item(DefinitionReader *r, const Item *item)
{
    bool current = item->tree->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA;
    Ref ref = {.schema = item->name.name, .span = item->name.span};
    ObjectId namespace = current ? r->schema->home : read_namespace(r, &ref);
    MadeText text = made_text(r->arena);
    if (namespace == 0 || is_repeated(r, item, namespace))
        return;
    made_words(&text, "ADD TABLES IN SCHEMA ");
    made_name(&text, namespace, 0);
    push_part(r, namespace, item->name.span, &text);
}

static Item read_item(const PgQuery__PublicationObjSpec *tree, Cursor at)
{
    Cursor nothing = {at.tokens, at.at, at.at};
    Item item = {.tree = tree, .columns = nothing, .condition = nothing};
    if (!cursor_take(&at, "tables in schema"))
        cursor_take(&at, "table");
    item.only = cursor_take(&at, "only");
    if (item.only && cursor_is_sign(at, '('))
        at = cursor_inside(&at);
    item.name = cursor_ref(&at);
    Cursor condition = at;
    if (cursor_is_sign(at, '('))
        item.columns = cursor_inside(&at);
    if (cursor_seek(&condition, "where")) {
        cursor_take(&condition, "where");
        item.condition = cursor_inside(&condition);
    }
    return item;
}

/* In a publication of whole schemas the tables have all their columns. */
static void check_mixture(DefinitionReader *r, const Item *item, bool *schemas, Span *columns)
{
    bool table = item->tree->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLE;
    *schemas = *schemas || !table;
    if (table && !cursor_is_empty(item->columns))
        *columns = cursor_span(item->columns);
    if (*schemas && span_is_known(*columns) && !r->refused)
        definition_report(r, M_BAD_PUBLICATION, *columns,
                          "a publication that has `tables in schema` takes no list of columns");
}

static void read_items(DefinitionReader *r, size_t count, PgQuery__Node *const *objects, Cursor *list, bool schemas)
{
    Span columns = {0};
    for (size_t i = 0; i < count; i++) {
        Item item = read_item(objects[i]->publication_obj_spec, cursor_item(list));
        check_mixture(r, &item, &schemas, &columns);
        if (item.tree->pubobjtype == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLE)
            read_table_item(r, &item);
        else
            read_schema_item(r, &item);
    }
}

/* Changes are told as the partitions': what a partitioned table says of columns and rows would not be looked at
 * (TransformPubWhereClauses, CheckPubRelationColumnList, AlterPublicationOptions). */
static void check_partitioned(DefinitionReader *r, const Definition *part, Attributes attributes, Span span)
{
    const Table *table = schema_relation(r->schema, part->of);
    bool limited = publication_has_condition(part) || publication_has_columns(part);
    if (table == NULL || !table_is_partitioned(table) || !limited || r->refused ||
        attribute_clause(attributes, STR("parameter publish_via_partition_root")) != NULL)
        return;
    definition_report(r, M_BAD_PUBLICATION, span, "%s of partitioned table \"%.*s\" needs `publish_via_partition_root`",
                      publication_has_condition(part) ? "a condition" : "a list of columns",
                      STR_ARG(table->object.name));
    label(r->c, table->object.created, "created here");
    help(r->c, "without that it is the partitions that are published: say it of them");
}

static void check_parts(DefinitionReader *r, Attributes attributes)
{
    for (size_t i = 0; i < r->out->parts.count; i++)
        check_partitioned(r, r->out->parts.items[i], attributes, r->out->parts.items[i]->object.created);
}

/* ------------------------------------------------------------------ create */

static const Expression *own_text(DefinitionReader *r, bool all)
{
    MadeText text = made_text(r->arena);
    made_words(&text, "PUBLICATION ");
    made_name(&text, 0, 0);
    if (all)
        made_words(&text, publication_all);
    return made_finish(&text);
}

void read_create_publication(DefinitionReader *r, const PgQuery__CreatePublicationStmt *create)
{
    Definition *d = r->out->definition;
    d->object.kind = OBJECT_PUBLICATION;
    cursor_take(&r->at, "publication");
    Ref name = cursor_ref(&r->at);
    read_own_name(r, &name, false);
    Cursor list = cursor_before(&r->at, "with");
    cursor_take(&list, "for");
    read_items(r, create->n_pubobjects, create->pubobjects, &list, false);
    read_settings(r, create->n_options, create->options, &d->attributes);
    check_parts(r, d->attributes);
    d->text = own_text(r, create->for_all_tables);
}

/* ------------------------------------------------------------------ alter */

static bool publishes_schemas(DefinitionReader *r, ObjectId publication)
{
    ObjectIds parts = publication_parts(r->schema, publication);
    for (size_t i = 0; i < parts.count; i++) {
        ObjectId of = schema_definition(r->schema, parts.items[i])->of;
        if (schema_object(r->schema, of)->kind == OBJECT_NAMESPACE)
            return true;
    }
    return false;
}

static const Definition *part_of(DefinitionReader *r, ObjectId publication, const Definition *part)
{
    Definition like = *part;
    publication_bind(r->arena, &like, publication);
    return definition_find(r->schema, &like);
}

/* What is listed is not to be published any more. */
static void drop_parts(DefinitionReader *r, ObjectId publication)
{
    for (size_t i = 0; i < r->out->parts.count; i++) {
        const Definition *part = r->out->parts.items[i], *found = part_of(r, publication, part);
        if (publication_has_condition(part) || publication_has_columns(part))
            definition_report(r, M_BAD_PUBLICATION, part->object.created, "`drop` names tables, and nothing of them");
        else if (found == NULL)
            definition_report(r, M_UNKNOWN_DEFINITION, part->object.created, "the publication does not have this");
        else
            list_push(r->arena, &r->out->targets, (SqlTarget) {found->object.id, 0, part->object.created});
    }
    r->out->parts.count = 0;
}

/* The list replaces what is there: what stays as it is is left alone. */
static void replace_parts(DefinitionReader *r, ObjectId publication, Span span)
{
    ObjectIds kept = {0}, old = publication_parts(r->schema, publication);
    for (size_t i = r->out->parts.count; i-- > 0;) {
        const Definition *part = r->out->parts.items[i], *found = part_of(r, publication, part);
        if (found == NULL || !publication_same_part(found, part))
            continue;
        list_push(r->arena, &kept, found->object.id);
        list_remove(&r->out->parts, i);
    }
    for (size_t i = 0; i < old.count; i++) {
        if (!object_ids_contain(kept, old.items[i]))
            list_push(r->arena, &r->out->targets, (SqlTarget) {old.items[i], 0, span});
    }
}

/* Schemas cannot be added to lists of columns (AlterPublicationSchemas). */
static void check_added_schemas(DefinitionReader *r, ObjectId publication)
{
    ObjectIds old = publication_parts(r->schema, publication);
    for (size_t i = 0; i < r->out->parts.count && !r->refused; i++) {
        const Definition *added = r->out->parts.items[i];
        for (size_t j = 0; j < old.count && schema_relation(r->schema, added->of) == NULL && !r->refused; j++) {
            const Definition *part = schema_definition(r->schema, old.items[j]);
            if (!publication_has_columns(part))
                continue;
            definition_report(r, M_BAD_PUBLICATION, added->object.created,
                              "a publication that has a list of columns takes no `tables in schema`");
            label(r->c, part->object.created, "the columns");
        }
    }
}

static void change_parts(DefinitionReader *r, const PgQuery__AlterPublicationStmt *alter, const Definition *d)
{
    bool add = alter->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_AddObjects;
    bool drop = alter->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects;
    ObjectId id = d->object.id;
    Span span = cursor_span(r->at);
    r->out->verb = SQL_PARTS;
    r->out->targets.count = 0;
    if (str_ends_with(d->text->sql, str_from(publication_all))) {
        definition_report(r, M_BAD_PUBLICATION, span, "publication \"%.*s\" has all tables already",
                          STR_ARG(d->object.name));
        label(r->c, d->object.created, "created here");
        return;
    }
    cursor_next(&r->at);
    read_items(r, alter->n_pubobjects, alter->pubobjects, &r->at, add && publishes_schemas(r, id));
    if (!drop)
        check_parts(r, d->attributes);
    if (add)
        check_added_schemas(r, id);
    else if (drop)
        drop_parts(r, id);
    else
        replace_parts(r, id, span);
    for (size_t i = 0; i < r->out->parts.count; i++)
        publication_bind(r->arena, r->out->parts.items[i], id);
}

static void change_settings(DefinitionReader *r, const PgQuery__AlterPublicationStmt *alter, const Definition *d)
{
    ObjectIds parts = publication_parts(r->schema, d->object.id);
    Span span = cursor_span(r->at);
    read_settings(r, alter->n_options, alter->options, &r->out->attributes);
    for (size_t i = 0; i < parts.count; i++)
        check_partitioned(r, schema_definition(r->schema, parts.items[i]), r->out->attributes, span);
}

void read_alter_publication(DefinitionReader *r, const PgQuery__AlterPublicationStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_take(&r->at, "alter publication");
    if (!read_target(r, PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, NULL, &r->at, false))
        return;
    const Definition *d = schema_definition(r->schema, r->out->targets.items[0].object);
    r->out->attributes = d->attributes;
    list_clone(r->arena, &r->out->attributes);
    if (alter->n_options > 0)
        change_settings(r, alter, d);
    else
        change_parts(r, alter, d);
}
