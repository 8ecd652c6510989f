#include "define.h"

#include "bug.h"
#include "not_null.h"
#include "depend.h"
#include "range.h"
#include "sequence.h"

#include <stdlib.h>
#include <strings.h>

Str define_literal(Arena *arena, Str value)
{
    Text text = text_new(arena);
    bool escapes = false;
    for (size_t i = 0; i < value.len; i++)
        escapes = escapes || value.data[i] == '\\';
    text_add_c(&text, escapes ? "E'" : "'");
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '\'' || value.data[i] == '\\')
            text_add_char(&text, value.data[i]);
        text_add_char(&text, value.data[i]);
    }
    text_add_char(&text, '\'');
    return text_str(&text);
}

/* ------------------------------------------------------------------ types and expressions */

Str define_storage(const Schema *schema, const Table *table)
{
    Text text = text_new(schema->arena);
    if (table->method.data != NULL)
        text_addf(&text, " USING %.*s", STR_ARG(catalog_quote(schema->arena, table->method)));
    text_add(&text, define_options(schema, table->options));
    if (table->tablespace.data != NULL)
        text_addf(&text, " TABLESPACE %.*s", STR_ARG(catalog_quote(schema->arena, table->tablespace)));
    return text_str(&text);
}

Str define_type(const Schema *schema, const Type *type)
{
    Arena *arena = schema->arena;
    const Object *owner = schema_object(schema, type->object);
    Str name;
    if (type->catalog == NULL)
        return STR("unknown");
    if (owner != NULL && owner->kind != OBJECT_EXTENSION) {
        bool multirange = type->catalog->kind == CATALOG_MULTIRANGE;
        name = multirange ? range_multirange(schema, type->object)->stored : object_sql(schema, owner);
        if (type->written.len > 0)
            name = str_format(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(type->written));
    } else {
        name = catalog_format_type(arena, type->catalog, type->modifiers.items, type->modifiers.count, 0);
        const Extension *extension = (const Extension *) owner;
        const Object *home = extension == NULL ? NULL : schema_object(schema, extension->home);
        if (type->catalog->unknown)
            name = str_format(arena, "%.*s%.*s", STR_ARG(type->catalog->stored), STR_ARG(type->written));
        if (home != NULL && home->id != schema->home && !type->catalog->own_schema)
            name = str_format(arena, "%.*s.%.*s", STR_ARG(catalog_quote(arena, home->name)), STR_ARG(name));
    }
    return str_format(arena, "%.*s%s", STR_ARG(name), type->array ? "[]" : "");
}

/* ------------------------------------------------------------------ uses */

static Str label_name(const Enum *type, uint32_t id)
{
    for (size_t i = 0; i < type->labels.count; i++) {
        if (type->labels.items[i].id == id)
            return type->labels.items[i].name;
    }
    BUG("label %u of enum %u is gone", (unsigned) id, (unsigned) type->object.id);
}

static Str column_name(const Table *relation, ColumnId id)
{
    const ColumnInfo *column = relation == NULL ? NULL : table_column(relation, id);
    if (column == NULL)
        BUG("an expression uses column %u, which is gone", (unsigned) id);
    return column->name;
}

/* What is meant; `owner` is what the expression is a part of, and may not be in the schema yet. */
static const Object *used_object(const Schema *schema, const Object *owner, ObjectId id)
{
    const Object *object = owner != NULL && (id == 0 || id == owner->id) ? owner : schema_object(schema, id);
    if (object == NULL)
        BUG("an expression uses object %u, which is gone", (unsigned) id);
    return object;
}

/* Its plain name, or that of its part. */
static Str used_name(const Schema *schema, const Object *owner, ObjectId id, uint32_t part)
{
    const Object *object = used_object(schema, owner, id);
    if (part == 0)
        return object->name;
    if (object->kind == OBJECT_ENUM)
        return label_name((const Enum *) object, part);
    return column_name((const Table *) object, part);
}

/* As array_in() of src/backend/utils/adt/arrayfuncs.c reads it, inside of '…'. */
static Str array_element(Arena *arena, Str name)
{
    Text text = text_new(arena);
    bool plain = name.len > 0 && !(name.len == 4 && strncasecmp(name.data, "null", 4) == 0);
    for (size_t i = 0; i < name.len && plain; i++)
        plain = strchr("{}\",\\ \t\n\r\v\f", name.data[i]) == NULL;
    if (!plain)
        text_add_char(&text, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == '"' || name.data[i] == '\\')
            text_add_char(&text, '\\');
        if (name.data[i] == '\'')
            text_add_char(&text, '\'');
        text_add_char(&text, name.data[i]);
    }
    if (!plain)
        text_add_char(&text, '"');
    return text_str(&text);
}

/* The name that the expression fixes for the column; data == NULL: none. */
static Str kept_name(const Expression *expression, ObjectId object, ColumnId column)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->form == USE_KEPT && use->object == object && use->part == column)
            return use->kept;
    }
    return (Str) {0};
}

/* Whether a USING of the query has the name, of a join in which the relation takes part. */
static bool is_reserved(const Expression *expression, ObjectId relation, Str name)
{
    for (size_t i = 0; i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->form == USE_KEPT && use->object == relation && use->part == 0 && str_equal(use->kept, name))
            return true;
    }
    return false;
}

/* What the expression calls a column of a relation in a query's FROM: by the name that it fixes; else by its own, or by
 * one made of that where a USING has it (set_using_names() and set_relation_column_names() in
 * src/backend/utils/adt/ruleutils.c). */
static Str called_column(const Schema *schema, const Expression *expression, const Table *relation, ColumnId id)
{
    Str name = column_name(relation, id), called = kept_name(expression, relation->object.id, id);
    if (called.data != NULL)
        return called;
    called = name;
    for (unsigned i = 1; is_reserved(expression, relation->object.id, called) ||
                         (i > 1 && table_column_named(relation, called) != NULL); i++)
        called = str_format(schema->arena, "%.*s_%u", STR_ARG(name), i);
    return called;
}

/* " (a, b)": the columns of a relation in a query's FROM; "" where none that is fixed has another name now. */
static Str alias_columns(const Schema *schema, const Expression *expression, const Table *relation)
{
    Text text = text_new(schema->arena);
    bool renamed = false;
    for (size_t i = 0; relation != NULL && i < relation->columns.count; i++) {
        const ColumnInfo *column = relation->columns.items[i];
        Str called = called_column(schema, expression, relation, column->id);
        renamed = renamed || !str_equal(called, column->name);
        text_addf(&text, "%s%.*s", i == 0 ? " (" : ", ", STR_ARG(catalog_quote(schema->arena, called)));
    }
    text_add_char(&text, ')');
    return renamed ? text_str(&text) : STR("");
}

static bool is_in_word(Str text, size_t at)
{
    return at < text.len && catalog_in_identifier(text.data[at]);
}

/* As a word of its own. */
static bool contains(Str text, Str word)
{
    for (size_t i = 0; i + word.len <= text.len; i++) {
        bool begins = i == 0 || !is_in_word(text, i - 1);
        if (begins && !is_in_word(text, i + word.len) && strncasecmp(text.data + i, word.data, word.len) == 0)
            return true;
    }
    return false;
}

static bool is_written_name(const Use *use)
{
    return use->form == USE_NAME || use->form == USE_QUALIFIER || use->form == USE_LITERAL || use->form == USE_ELEMENT;
}

/* Whether the name may mean something else in the query: it stands in its text, or another relation has it. */
static bool is_taken(const Schema *schema, const Expression *expression, ObjectId relation, Str name)
{
    size_t at = 0;
    for (size_t i = 0; i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        const Object *other = use->part == 0 && use->object != relation ? schema_object(schema, use->object) : NULL;
        if (other != NULL && str_equal(other->name, name))
            return true;
        if (is_written_name(use) && contains(str_slice(expression->sql, at, use->offset), name))
            return true;
        at = is_written_name(use) ? use->offset + use->length : at;
    }
    return contains(str_slice(expression->sql, at, expression->sql.len), name);
}

/* What the query calls a relation: by its name, or by the one that it had where the new one is taken. */
static Str called_name(const Schema *schema, const Expression *expression, const Use *use)
{
    Str name = schema_object(schema, use->object)->name;
    bool keeps = use->kept.data != NULL && !str_equal(name, use->kept) &&
                 is_taken(schema, expression, use->object, name);
    return keeps ? use->kept : name;
}

/* The plain name that stands in the place of a use. */
static Str called_use(const Schema *schema, const Object *owner, const Expression *expression, const Use *use)
{
    const Table *relation = use->object == 0 || use->part == 0 ? NULL : schema_relation(schema, use->object);
    if (relation == NULL)
        return used_name(schema, owner, use->object, use->part);
    return called_column(schema, expression, relation, use->part);
}

/* A relation may have an alias already, and then needs the columns at most. */
static Str alias_sql(const Schema *schema, const Object *owner, const Expression *expression, const Use *use)
{
    Str name = called_use(schema, owner, expression, use), columns = STR(""), called = use->kept;
    if (use->part == 0) {
        columns = alias_columns(schema, expression, schema_relation(schema, use->object));
        called = called_name(schema, expression, use);
    }
    bool needed = use->kept.data != NULL && (columns.len > 0 || !str_equal(called, name));
    return str_format(schema->arena, "%s%.*s%.*s", needed ? " AS " : "",
                      STR_ARG(needed ? catalog_quote(schema->arena, called) : STR("")), STR_ARG(columns));
}

/* Where what comes with an extension or a range is, or what is one of several in a schema. */
static ObjectId member_home(const Object *object)
{
    if (object->kind == OBJECT_NAMESPACE)
        return object->id;
    return object->kind == OBJECT_EXTENSION ? ((const Extension *) object)->home : object->schema;
}

/* An operator's name is never quoted. */
static Str always_qualified(const Schema *schema, const Object *object)
{
    Str home = catalog_quote(schema->arena, schema_object(schema, object->schema)->name), name = object->name;
    if (object->kind != OBJECT_OPERATOR)
        name = catalog_quote(schema->arena, name);
    return str_format(schema->arena, "%.*s.%.*s", STR_ARG(home), STR_ARG(name));
}

/* What is written in the place of a use. A relation's own name is written without its namespace. */
static Str used_sql(const Schema *schema, const Object *owner, const Expression *expression, const Use *use)
{
    Arena *arena = schema->arena;
    const Object *object = used_object(schema, owner, use->object);
    Str name = called_use(schema, owner, expression, use);
    bool plain = use->part != 0 || (use->object == 0 && object_is_relation(object));
    Str sql = plain ? catalog_quote(arena, name) : object_sql(schema, object);
    switch (use->form) {
    case USE_NAME: return sql;
    case USE_QUALIFIED: return always_qualified(schema, object);
    case USE_LITERAL: return define_literal(arena, use->part == 0 ? sql : name);
    case USE_ELEMENT: return array_element(arena, name);
    case USE_MEMBER: return qualified_sql(schema, member_home(object), use->kept);
    case USE_QUALIFIER: return catalog_quote(arena, called_name(schema, expression, use));
    case USE_ALIAS: return alias_sql(schema, owner, expression, use);
    case USE_OWN:
    case USE_HIDDEN:
    case USE_KEY:
    case USE_KEPT: return STR("");
    }
    BUG("form %d", (int) use->form);
}

/* A use in a shape is \x01, its object and part in digits, \x02. */
static Str expression_meaning(const Schema *schema, const Object *owner, Str shape)
{
    Text text = text_new(schema->arena);
    for (size_t at = 0; at < shape.len; at++) {
        if (shape.data[at] != '\x01') {
            text_add_char(&text, shape.data[at]);
            continue;
        }
        char *end;
        ObjectId object = (ObjectId) strtoul(shape.data + at + 1, &end, 10);
        uint32_t part = (uint32_t) strtoul(end + 1, &end, 10);
        text_addf(&text, "<%.*s>", STR_ARG(used_name(schema, owner, object, part)));
        at = (size_t) (end - shape.data);
    }
    return text_str(&text);
}

Str define_text(const Schema *schema, const Object *owner, const Expression *expression, DefineForm form)
{
    if (form == DEFINE_MEANING)
        return expression_meaning(schema, owner, expression->shape);
    Text text = text_new(schema->arena);
    size_t at = 0;
    for (size_t i = 0; i < expression->uses.count; i++) {
        const Use *use = &expression->uses.items[i];
        if (use->form == USE_HIDDEN || use->form == USE_KEY || use->form == USE_KEPT)
            continue;
        text_add(&text, str_slice(expression->sql, at, use->offset));
        text_add(&text, used_sql(schema, owner, expression, use));
        at = use->offset + use->length;
    }
    text_add(&text, str_slice(expression->sql, at, expression->sql.len));
    return text_str(&text);
}

Str define_shape(const Schema *schema, Str shape)
{
    Text text = text_new(schema->arena);
    for (size_t at = 0; at < shape.len; at++) {
        char *end;
        if (shape.data[at] != '\x01') {
            text_add_char(&text, shape.data[at]);
            continue;
        }
        const Object *object = schema_object(schema, (ObjectId) strtoul(shape.data + at + 1, &end, 10));
        text_add(&text, object == NULL ? STR("?") : object_sql(schema, object));
        at = (size_t) (end - shape.data) + sizeof ".0\x02" - 2;
    }
    return text_str(&text);
}

Str define_expression(const Schema *schema, const Table *table, const Expression *expression, DefineForm form)
{
    return define_text(schema, table == NULL ? NULL : &table->object, expression, form);
}

/* ------------------------------------------------------------------ columns */

Str define_identity(const Schema *schema, const Table *table, const Identity *identity, const CatalogType *column)
{
    bool own = identity->type == NULL || column == NULL;
    Text text = text_new(schema->arena);
    text_addf(&text, " GENERATED %s AS IDENTITY", identity->kind == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
    if (!identity_has_sequence(identity))
        return text_str(&text);
    SequenceSettings settings = own ? identity->settings : sequence_within(identity->settings, column);
    Str sequence = qualified_sql(schema, table->object.schema, identity->sequence);
    text_addf(&text, " (SEQUENCE NAME %.*s", STR_ARG(sequence));
    text_add(&text, define_sequence_options(schema->arena, &settings));
    text_add_char(&text, ')');
    return text_str(&text);
}

/* In DEFAULT the grammar takes b_expr only: what is not a single thing is put in parentheses. */
Str define_column_value(const Schema *schema, const Table *table, const ColumnInfo *column, DefineForm form)
{
    Str sql = define_expression(schema, table, column->expression, form);
    if (column->generated)
        return str_format(schema->arena, " GENERATED ALWAYS AS (%.*s) %s", STR_ARG(sql),
                          column->generated == GENERATED_VIRTUAL ? "VIRTUAL" : "STORED");
    return str_format(schema->arena, column->expression->atomic ? " DEFAULT %.*s" : " DEFAULT (%.*s)", STR_ARG(sql));
}

Str define_collation(const Schema *schema, const Type *type)
{
    const Object *made = schema_object(schema, type->collation_object);
    if (type->collation.data == NULL)
        return STR("");
    Str name = made == NULL ? type->collation : object_sql(schema, made);
    return str_format(schema->arena, " COLLATE %.*s", STR_ARG(name));
}

Str define_column(const Schema *schema, const Table *table, const ColumnInfo *column, DefineForm form)
{
    Arena *arena = schema->arena;
    Text text = text_new(arena);
    Str name = catalog_quote(arena, column->name), type = define_type(schema, &column->type);
    text_addf(&text, "%.*s %.*s", STR_ARG(name), STR_ARG(type));
    text_add(&text, define_collation(schema, &column->type));
    if (column->expression != NULL)
        text_add(&text, define_column_value(schema, table, column, form));
    if (column->identity.kind != IDENTITY_NONE)
        text_add(&text, define_identity(schema, table, &column->identity,
                                        form == DEFINE_SQL ? column->type.catalog : NULL));
    text_add(&text, not_null_clause(schema, &column->not_null));
    return text_str(&text);
}

Str define_domain(const Schema *schema, const Domain *domain, DefineForm form)
{
    Text text = text_new(schema->arena);
    text_addf(&text, "AS %.*s", STR_ARG(define_type(schema, &domain->type)));
    text_add(&text, define_collation(schema, &domain->type));
    if (domain->expression != NULL)
        text_addf(&text, domain->expression->atomic ? " DEFAULT %.*s" : " DEFAULT (%.*s)",
                  STR_ARG(define_expression(schema, NULL, domain->expression, form)));
    text_add(&text, not_null_clause(schema, &domain->not_null));
    return text_str(&text);
}

/* ------------------------------------------------------------------ constraints */

/* `before` and `behind` are what the last one has around it. */
static void add_column_list(const Schema *schema, const Table *table, ColumnIds columns, const char *before,
                            const char *behind, Text *text)
{
    text_add_char(text, '(');
    for (size_t i = 0; i < columns.count; i++) {
        const ColumnInfo *column = table_column(table, columns.items[i]);
        bool last = i + 1 == columns.count;
        if (column == NULL)
            BUG("a key has column %u, which is gone", (unsigned) columns.items[i]);
        text_addf(text, "%s%s%.*s%s", i == 0 ? "" : ", ", last ? before : "",
                  STR_ARG(catalog_quote(schema->arena, column->name)), last ? behind : "");
    }
    text_add_char(text, ')');
}

static void add_columns(const Schema *schema, const Table *table, ColumnIds columns, Text *text)
{
    add_column_list(schema, table, columns, "", "", text);
}

/* Of a key or foreign key, which may be about a period. */
static void add_key_columns(const Schema *schema, const Table *table, const Constraint *key, ColumnIds columns,
                            Text *text)
{
    bool foreign = key->kind == CONSTRAINT_FOREIGN;
    add_column_list(schema, table, columns, key->temporal && foreign ? "PERIOD " : "",
                    key->temporal && !foreign ? " WITHOUT OVERLAPS" : "", text);
}

Str define_labels(Arena *arena, LabelList labels)
{
    Text text = text_new(arena);
    text_add_c(&text, "ENUM (");
    for (size_t i = 0; i < labels.count; i++)
        text_addf(&text, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(define_literal(arena, labels.items[i].name)));
    text_add_char(&text, ')');
    return text_str(&text);
}

Str define_columns(const Schema *schema, const Table *table, ColumnIds columns)
{
    Text text = text_new(schema->arena);
    add_columns(schema, table, columns, &text);
    return text_str(&text);
}

static int compare_options(const void *left, const void *right)
{
    return str_compare(((const StorageOption *) left)->name, ((const StorageOption *) right)->name);
}

/* In the order of their names: theirs means nothing. */
static StorageOptions sorted_options(const Schema *schema, StorageOptions options)
{
    list_clone(schema->arena, &options);
    if (options.count > 1)
        qsort(options.items, options.count, sizeof *options.items, compare_options);
    return options;
}

Str define_options(const Schema *schema, StorageOptions options)
{
    Text text = text_new(schema->arena);
    options = sorted_options(schema, options);
    for (size_t i = 0; i < options.count; i++) {
        StorageOption option = options.items[i];
        text_addf(&text, "%s%.*s", i == 0 ? " WITH (" : ", ", STR_ARG(option.name));
        if (option.value.data != NULL)
            text_addf(&text, "=%.*s", STR_ARG(option.value));
    }
    if (options.count > 0)
        text_add_char(&text, ')');
    return text_str(&text);
}

Str define_wrapper_options(const Schema *schema, StorageOptions options)
{
    Text text = text_new(schema->arena);
    options = sorted_options(schema, options);
    for (size_t i = 0; i < options.count; i++) {
        StorageOption option = options.items[i];
        text_addf(&text, "%s%.*s %.*s", i == 0 ? " OPTIONS (" : ", ",
                  STR_ARG(catalog_quote(schema->arena, option.name)),
                  STR_ARG(define_literal(schema->arena, option.value)));
    }
    if (options.count > 0)
        text_add_char(&text, ')');
    return text_str(&text);
}

Str define_server(const Schema *schema, const Table *table)
{
    const Object *server = schema_object(schema, table->server);
    Str name = server == NULL ? STR("?") : catalog_quote(schema->arena, server->name);
    return str_format(schema->arena, " SERVER %.*s%.*s", STR_ARG(name),
                      STR_ARG(define_wrapper_options(schema, table->wrapper_options)));
}

static void add_index_tablespace(const Schema *schema, const Constraint *constraint, Text *text)
{
    if (constraint->tablespace.data != NULL)
        text_addf(text, " USING INDEX TABLESPACE %.*s", STR_ARG(catalog_quote(schema->arena, constraint->tablespace)));
}

static void add_key(const Schema *schema, const Table *table, const Constraint *key, Text *text)
{
    text_add_c(text, key->kind == CONSTRAINT_PRIMARY ? "PRIMARY KEY " : "UNIQUE ");
    if (key->nulls_not_distinct)
        text_add_c(text, "NULLS NOT DISTINCT ");
    add_key_columns(schema, table, key, key->columns, text);
    if (key->include.count > 0) {
        text_add_c(text, " INCLUDE ");
        add_columns(schema, table, key->include, text);
    }
    text_add(text, define_options(schema, key->options));
    add_index_tablespace(schema, key, text);
}

static void add_exclusion(const Schema *schema, const Table *table, const Constraint *exclusion, DefineForm form,
                          Text *text)
{
    text_addf(text, "EXCLUDE USING %.*s (", STR_ARG(catalog_quote(schema->arena, exclusion->method)));
    for (size_t i = 0; i < exclusion->elements.count; i++) {
        const ExclusionElement *element = &exclusion->elements.items[i];
        Str key = define_expression(schema, table, element->key.expression, form);
        text_addf(text, "%s%.*s WITH %.*s", i == 0 ? "" : ", ", STR_ARG(key), STR_ARG(element->operator));
    }
    text_add_char(text, ')');
    if (exclusion->include.count > 0) {
        text_add_c(text, " INCLUDE ");
        add_columns(schema, table, exclusion->include, text);
    }
    text_add(text, define_options(schema, exclusion->options));
    add_index_tablespace(schema, exclusion, text);
    if (exclusion->expression != NULL)
        text_addf(text, " WHERE (%.*s)", STR_ARG(define_expression(schema, table, exclusion->expression, form)));
}

static const char *action_sql(KeyAction action)
{
    switch (action) {
    case KEY_NO_ACTION: return "NO ACTION";
    case KEY_RESTRICT: return "RESTRICT";
    case KEY_CASCADE: return "CASCADE";
    case KEY_SET_NULL: return "SET NULL";
    case KEY_SET_DEFAULT: return "SET DEFAULT";
    }
    BUG("action %d", (int) action);
}

static bool has_twin(const Schema *schema, const Table *target, const Constraint *primary)
{
    for (size_t i = 0; i < target->constraints.count; i++) {
        const Constraint *other = target->constraints.items[i];
        if (other != primary && constraint_serves(other, primary->columns))
            return true;
    }
    ObjectIds indexes = object_users(schema, target->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        if (index_serves(schema_index(schema, indexes.items[i]), primary->columns))
            return true;
    }
    return false;
}

/* With a list of columns the server takes the oldest key over them, without one the primary key. Where there is a
 * choice, and the primary key is meant, the list is left out. */
static bool needs_no_list(const Schema *schema, const Table *target, const Constraint *key)
{
    const Constraint *primary = table_primary_key(target);
    bool meant = primary != NULL && primary->id == key->target_key &&
                 primary->columns.count == key->target_columns.count;
    for (size_t i = 0; meant && i < primary->columns.count; i++)
        meant = primary->columns.items[i] == key->target_columns.items[i];
    return meant && has_twin(schema, target, primary);
}

/* While a table is being created a key of it to itself has no target in the schema yet: `table` is it. */
static void add_foreign(const Schema *schema, const Table *table, const Constraint *key, DefineForm form, Text *text)
{
    const Table *target = key->target == table->object.id ? table : schema_relation(schema, key->target);
    if (target == NULL)
        BUG("a foreign key refers to table %u, which is gone", (unsigned) key->target);
    text_add_c(text, "FOREIGN KEY ");
    add_key_columns(schema, table, key, key->columns, text);
    text_addf(text, " REFERENCES %.*s", STR_ARG(object_sql(schema, &target->object)));
    if (form == DEFINE_MEANING || !needs_no_list(schema, target, key)) {
        text_add_char(text, ' ');
        add_key_columns(schema, target, key, key->target_columns, text);
    }
    if (key->match_full)
        text_add_c(text, " MATCH FULL");
    if (key->on_delete != KEY_NO_ACTION)
        text_addf(text, " ON DELETE %s", action_sql(key->on_delete));
    if (key->delete_columns.count > 0) {
        text_add_char(text, ' ');
        add_columns(schema, table, key->delete_columns, text);
    }
    if (key->on_update != KEY_NO_ACTION)
        text_addf(text, " ON UPDATE %s", action_sql(key->on_update));
}

Str define_constraint(const Schema *schema, const Table *table, const Constraint *constraint, DefineForm form)
{
    Arena *arena = schema->arena;
    Text text = text_new(arena);
    text_addf(&text, "CONSTRAINT %.*s ", STR_ARG(catalog_quote(arena, constraint->name)));
    switch (constraint->kind) {
    case CONSTRAINT_PRIMARY:
    case CONSTRAINT_UNIQUE: add_key(schema, table, constraint, &text); break;
    case CONSTRAINT_CHECK:
        text_addf(&text, "CHECK (%.*s)%s", STR_ARG(define_expression(schema, table, constraint->expression, form)),
                  constraint->no_inherit ? " NO INHERIT" : "");
        break;
    case CONSTRAINT_FOREIGN: add_foreign(schema, table, constraint, form, &text); break;
    case CONSTRAINT_EXCLUDE: add_exclusion(schema, table, constraint, form, &text); break;
    }
    if (constraint->timing != CONSTRAINT_IMMEDIATE)
        text_add_c(&text, " DEFERRABLE");
    if (constraint->timing == CONSTRAINT_DEFERRED)
        text_add_c(&text, " INITIALLY DEFERRED");
    if (constraint->not_enforced)
        text_add_c(&text, " NOT ENFORCED");
    if (constraint->not_valid)
        text_add_c(&text, " NOT VALID");
    return text_str(&text);
}

/* ------------------------------------------------------------------ indexes */

static void add_index_keys(const Schema *schema, const Table *table, const IndexKeys *keys, DefineForm form, Text *text)
{
    text_add_char(text, '(');
    for (size_t i = 0; i < keys->count; i++) {
        Str key = define_expression(schema, table, keys->items[i].expression, form);
        text_addf(text, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(key));
    }
    text_add_char(text, ')');
}

Str define_index(const Schema *schema, const Index *index, DefineForm form)
{
    Str body = define_index_body(schema, index, form);
    return str_format(schema->arena, "CREATE %sINDEX %.*s", index->unique ? "UNIQUE " : "", STR_ARG(body));
}

Str define_index_body(const Schema *schema, const Index *index, DefineForm form)
{
    Arena *arena = schema->arena;
    const Table *table = schema_relation(schema, index->table);
    if (table == NULL)
        BUG("index %u is on a table that is gone", (unsigned) index->object.id);
    Text text = text_new(arena);
    text_addf(&text, "%.*s ON %s%.*s USING %.*s ", STR_ARG(catalog_quote(arena, index->object.name)),
              index->incomplete ? "ONLY " : "", STR_ARG(object_sql(schema, &table->object)),
              STR_ARG(catalog_quote(arena, index->method)));
    add_index_keys(schema, table, &index->keys, form, &text);
    if (index->include.count > 0) {
        text_add_c(&text, " INCLUDE ");
        add_columns(schema, table, index->include, &text);
    }
    if (index->nulls_not_distinct)
        text_add_c(&text, " NULLS NOT DISTINCT");
    text_add(&text, define_options(schema, index->options));
    if (index->tablespace.data != NULL)
        text_addf(&text, " TABLESPACE %.*s", STR_ARG(catalog_quote(arena, index->tablespace)));
    if (index->where != NULL)
        text_addf(&text, " WHERE %.*s", STR_ARG(define_expression(schema, table, index->where, form)));
    return text_str(&text);
}

/* ------------------------------------------------------------------ partitions */

Str define_partition_key(const Schema *schema, const Table *table, DefineForm form)
{
    static const char *const words[] = {"", "LIST", "RANGE", "HASH"};
    Text text = text_new(schema->arena);
    if (table->partition.strategy == PARTITION_NONE)
        return STR("");
    text_addf(&text, " PARTITION BY %s ", words[table->partition.strategy]);
    add_index_keys(schema, table, &table->partition.keys, form, &text);
    return text_str(&text);
}

Str define_bound(const Schema *schema, const Table *parent, const Bound *bound, DefineForm form)
{
    return define_expression(schema, parent, bound->expression, form);
}

Str define_parents(const Schema *schema, const Table *table, DefineForm form)
{
    Text text = text_new(schema->arena);
    for (size_t i = 0; i < table->parents.count; i++) {
        const Object *parent = schema_object(schema, table->parents.items[i]);
        const char *lead = i > 0 ? ", " : table->bound != NULL ? " PARTITION OF " : " INHERITS (";
        text_addf(&text, "%s%.*s", lead, STR_ARG(parent == NULL ? STR("?") : object_sql(schema, parent)));
        if (table->bound != NULL && parent != NULL)
            text_addf(&text, " %.*s", STR_ARG(define_bound(schema, (const Table *) parent, table->bound, form)));
    }
    if (table->parents.count > 0 && table->bound == NULL)
        text_add_char(&text, ')');
    return text_str(&text);
}
