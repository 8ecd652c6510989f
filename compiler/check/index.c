/* `create index`, alone or inside a table. */
#include "definition.h"
#include "foreign.h"
#include "inherit.h"
#include "key.h"
#include "operator.h"
#include "partition.h"
#include "unknown.h"

const CatalogAccessMethod *find_index_method(Checker *k, Word name)
{
    if (!word_is_written(name))
        return catalog_access_method(&k->schema.view, STR("btree"));
    const CatalogAccessMethod *method = catalog_access_method(&k->schema.view, name.name);
    ObjectId extension;
    if (method == NULL)
        method = unknown_method(&k->schema, name.name, &extension);
    if (method != NULL && method->is_index)
        return method;
    report(k->c, M_UNKNOWN_METHOD, name.span, "there is no index access method \"%.*s\"", STR_ARG(name.name));
    help(k->c, "PostgreSQL has btree, hash, gin, gist, spgist and brin; bloom comes with extension bloom");
    return NULL;
}

bool method_cannot(Checker *k, const CatalogAccessMethod *method, Span span, const char *what)
{
    report(k->c, M_METHOD_CANNOT, span, "%s is not something that %.*s indexes can do", what, STR_ARG(method->name));
    return false;
}

static bool check_abilities(Checker *k, const NodeCreateIndex *node, const CatalogAccessMethod *method, size_t keys)
{
    if (span_is_known(node->unique) && !method->can_unique)
        return method_cannot(k, method, node->unique, "`unique`");
    if (node->include.count > 0 && !method->can_include)
        return method_cannot(k, method, node->include.items[0].span, "`include`");
    if (keys == 0) {
        report(k->c, M_SQL_EMPTY, node->node.span, "an index needs a column or an expression");
        return false;
    }
    if (keys > 1 && !method->can_multicolumn)
        return method_cannot(k, method, node->keys, "more than one column");
    if (keys + node->include.count > KEY_COLUMNS_MAXIMUM) {
        report(k->c, M_TOO_MANY_COLUMNS, node->keys, "an index can have %d columns at most", KEY_COLUMNS_MAXIMUM);
        return false;
    }
    return !span_is_known(node->nulls_not_distinct) ||
           check_server(k, 15, node->nulls_not_distinct, "`nulls not distinct`");
}

/* ------------------------------------------------------------------ operator classes */

/* Notes the extension that a method or an operator class is one of, for an index needs it. */
static void use_extension(Checker *k, ObjectIds *uses, const CatalogAccessMethod *method, const CatalogOpclass *opclass)
{
    catalog_each_owner(owner, &k->schema.view) {
        bool methods = catalog_access_method_in(owner, method->name) == method;
        bool classes = opclass != NULL && catalog_opclass_in(owner, opclass->method, opclass->name) == opclass;
        ObjectId extension = owner == &k->catalog->core ? 0 : extension_object(&k->schema, owner);
        if (extension != 0 && (methods || classes) && !object_ids_contain(*uses, extension))
            list_push(CHECKER_ARENA(k), uses, extension);
    }
}

/* The same where it is not known. */
static void use_unknown(Checker *k, ObjectIds *uses, const CatalogAccessMethod *method, const CatalogOpclass *opclass,
                        Str qualifier)
{
    ObjectId extension = 0;
    if (method->unknown)
        unknown_method(&k->schema, method->name, &extension);
    else if (opclass == &catalog_unknown_opclass)
        extension = unknown_extension(&k->schema, qualifier);
    if (extension != 0 && !object_ids_contain(*uses, extension))
        list_push(CHECKER_ARENA(k), uses, extension);
}

/* An extension that would bring a default one for just this type. */
static const CatalogExtension *find_bringer(Checker *k, const CatalogAccessMethod *method, const CatalogType *type)
{
    CatalogExtensions extensions = k->catalog->extensions;
    for (size_t i = 0; i < extensions.count; i++) {
        const CatalogExtension *extension = catalog_at(extensions, i);
        for (size_t j = 0; j < extension->opclasses.count; j++) {
            const CatalogOpclass *opclass = catalog_at(extension->opclasses, j);
            if (opclass->method == method && opclass->is_default && opclass->input == catalog_base_type(type))
                return extension;
        }
    }
    return NULL;
}

static bool report_no_opclass(Checker *k, const CatalogAccessMethod *method, const CatalogType *type, Span span)
{
    report(k->c, M_NO_DEFAULT_OPCLASS, span, "type %.*s has no default operator class for %.*s", STR_ARG(type->display),
           STR_ARG(method->name));
    const CatalogExtension *bringer = find_bringer(k, method, type);
    if (str_is(method->name, "gin") && type->category == 'S')
        help(k->c, "for text search index to_tsvector(…), or name `gin_trgm_ops` of extension pg_trgm");
    else if (str_is(type->name, "json"))
        help(k->c, "json cannot be compared: use jsonb");
    else if (bringer != NULL)
        help_extension(k->c, &k->schema, bringer);
    else
        help(k->c, "choose another access method, or name an operator class");
    return false;
}

bool check_indexable(Checker *k, const ColumnInfo *column, Str method_name, Span span)
{
    const CatalogAccessMethod *method = find_index_method(k, (Word) {method_name, span});
    const CatalogType *type = type_catalog(&column->type);
    if (type == NULL || catalog_default_opclass(&k->schema.view, method, type) != NULL ||
        operator_class_default(&k->schema, method->name, &column->type) != NULL)
        return true;
    return report_no_opclass(k, method, type, span);
}

/* The class of that name that the server would find. */
static const CatalogOpclass *find_opclass(Checker *k, const CatalogAccessMethod *method, const SqlIndexKey *key)
{
    catalog_each_owner(owner, &k->schema.view) {
        const CatalogOpclass *opclass = catalog_opclass_in(owner, method, key->opclass);
        if (opclass != NULL && extension_is_reached(&k->schema, owner, key->opclass_schema))
            return opclass;
    }
    return unknown_extension(&k->schema, key->opclass_schema) != 0 ? &catalog_unknown_opclass : NULL;
}

static void suggest_opclass(Checker *k, const CatalogAccessMethod *method, Str name)
{
    const Catalog *catalog = k->catalog;
    for (size_t i = 0; i < catalog->extensions.count; i++) {
        const CatalogExtension *extension = catalog_at(catalog->extensions, i);
        if (catalog_opclass_in(extension, method, name) != NULL) {
            help_extension(k->c, &k->schema, extension);
            return;
        }
    }
    Nearest nearest = nearest_to(name);
    catalog_each_owner(owner, &k->schema.view) {
        for (size_t i = 0; i < owner->opclasses.count; i++) {
            const CatalogOpclass *opclass = catalog_at(owner->opclasses, i);
            if (opclass->method == method)
                nearest_try(&nearest, opclass->name);
        }
    }
    nearest_help(k->c, &nearest);
}

static bool check_named_opclass(Checker *k, const CatalogAccessMethod *method, const SqlIndexKey *key,
                                const CatalogOpclass *opclass, Span span)
{
    const CatalogType *type = type_catalog(&key->type);
    if (opclass == NULL) {
        report(k->c, M_UNKNOWN_OPCLASS, span, "there is no operator class \"%.*s\" for %.*s", STR_ARG(key->opclass),
               STR_ARG(method->name));
        suggest_opclass(k, method, key->opclass);
        return false;
    }
    if (type != NULL && !catalog_opclass_accepts(&k->schema.view, opclass, type)) {
        report(k->c, M_UNKNOWN_OPCLASS, span, "operator class \"%.*s\" does not take type %.*s", STR_ARG(key->opclass),
               STR_ARG(type->display));
        if (key->column != NULL)
            label(k->c, key->column->created, "column \"%.*s\"", STR_ARG(key->column->name));
        return false;
    }
    if (key->opclass_options && !opclass->takes_options) {
        report(k->c, M_UNKNOWN_OPCLASS, span, "operator class \"%.*s\" has no options", STR_ARG(key->opclass));
        return false;
    }
    return true;
}

/* The place in the key where the class is named, from the end. */
static bool find_written(Str sql, Str name, uint32_t *offset)
{
    for (size_t i = sql.len - name.len + 1; name.len <= sql.len && i > 0; i--) {
        if (str_equal(str_slice(sql, i - 1, i - 1 + name.len), name)) {
            *offset = (uint32_t) (i - 1);
            return true;
        }
    }
    return false;
}

/* The name follows what becomes of the class. */
static void use_class(Checker *k, SqlIndexKey *key, const Definition *class)
{
    Arena *arena = CHECKER_ARENA(k);
    Expression *expression = arena_copy(arena, key->expression, sizeof *expression);
    Str name = catalog_quote(arena, key->opclass), home = catalog_quote(arena, key->opclass_schema);
    Use use = {.object = class->object.id, .form = USE_HIDDEN};
    if (key->opclass_schema.len > 0)
        name = str_format(arena, "%.*s.%.*s", STR_ARG(home), STR_ARG(name));
    if (key->opclass.data != NULL && find_written(expression->sql, name, &use.offset)) {
        use.length = (uint32_t) name.len;
        use.form = USE_NAME;
    }
    list_clone(arena, &expression->uses);
    list_push(arena, &expression->uses, use);
    key->expression = expression;
}

/* A class of migrations that the key is sorted by; NULL: none. */
static const Definition *own_class(Checker *k, const CatalogAccessMethod *method, const SqlIndexKey *key)
{
    Definition like = {.object = {.kind = OBJECT_OPERATOR_CLASS, .name = key->opclass}, .variant = method->name};
    if (key->opclass.data != NULL)
        return definition_named(&k->schema, key->opclass_schema, &like);
    return key->type.catalog == NULL ? NULL : operator_class_default(&k->schema, method->name, &key->type);
}

/* A column of a type, or a domain over it, or of one that the server takes for it. */
static bool class_accepts(Checker *k, const Definition *class, const Type *key)
{
    const CatalogType *input = type_catalog(&class->input), *type = type_catalog(key);
    Type base = type_base(&k->schema, key);
    return type == NULL || input == NULL || type_equal(&class->input, &base) ||
           type_equal(&class->input, key) || catalog_binary_coercible(&k->schema.view, type, input);
}

static bool check_own_class(Checker *k, ObjectIds *uses, const CatalogAccessMethod *method, SqlIndexKey *key,
                            const Definition *class, Span span)
{
    if (!class_accepts(k, class, &key->type)) {
        report(k->c, M_UNKNOWN_OPCLASS, span, "operator class \"%.*s\" does not take type %.*s", STR_ARG(key->opclass),
               STR_ARG(define_type(&k->schema, &key->type)));
        label(k->c, class->object.created, "created here");
        return false;
    }
    if (key->expression != NULL)
        use_class(k, key, class);
    else if (!object_ids_contain(*uses, class->object.id))
        list_push(CHECKER_ARENA(k), uses, class->object.id);
    return !key->ordered || method->can_order || method_cannot(k, method, span, "an order");
}

bool check_index_key(Checker *k, ObjectIds *uses, const CatalogAccessMethod *method, SqlIndexKey *key, Span span,
                     const CatalogOpclass **found)
{
    const CatalogType *type = type_catalog(&key->type);
    const CatalogOpclass *opclass = NULL;
    *found = NULL;
    if (!check_not_virtual(k, key->column, span, "cannot be part of an index"))
        return false;
    const Definition *own = own_class(k, method, key);
    if (own != NULL)
        return check_own_class(k, uses, method, key, own, span);
    if (key->opclass.data != NULL)
        opclass = find_opclass(k, method, key);
    else if (type != NULL)
        opclass = catalog_default_opclass(&k->schema.view, method, type);
    *found = opclass;
    use_extension(k, uses, method, opclass);
    use_unknown(k, uses, method, opclass, key->opclass.data == NULL ? STR("") : key->opclass_schema);
    if (key->ordered && !method->can_order)
        return method_cannot(k, method, span, "an order");
    if (key->opclass.data != NULL)
        return check_named_opclass(k, method, key, opclass, span);
    return type == NULL || opclass != NULL || report_no_opclass(k, method, type, span);
}

/* ------------------------------------------------------------------ keys, and the whole */

typedef struct IndexBuild {
    Index *index;
    StrList names;   /* what the columns add to a name that is made up */
    bool complete;
} IndexBuild;

static void build_index_keys(Checker *k, IndexBuild *build, const Table *table, const CatalogAccessMethod *method,
                             SpanList spans)
{
    ExpressionScope scope = {&k->schema, table, PLACE_INDEX, NULL};
    for (size_t i = 0; i < spans.count; i++) {
        Fragment fragment = fragment_of(k, spans.items[i]);
        SqlIndexKey key = sql_index_key(&k->sql, scope, &fragment);
        const CatalogOpclass *opclass;
        if (key.expression == NULL ||
            !check_index_key(k, &build->index->uses, method, &key, spans.items[i], &opclass)) {
            build->complete = false;
            continue;
        }
        name_index_column(CHECKER_ARENA(k), &build->names, key.name);
        Str name = build->names.items[build->names.count - 1];
        IndexKey done = {key.expression, key.column == NULL ? 0 : key.column->id, name};
        if (key.column != NULL && index_key_repeats_collation(&done, key.column))
            done.expression = index_key_without_collation(CHECKER_ARENA(k), done.expression);
        list_push(CHECKER_ARENA(k), &build->index->keys, done);
    }
}

static void build_include(Checker *k, IndexBuild *build, const Table *table, WordList names)
{
    build->index->include = find_columns(k, table, names, &build->complete);
    for (size_t i = 0; i < build->index->include.count; i++) {
        const ColumnInfo *column = table_column(table, build->index->include.items[i]);
        name_index_column(CHECKER_ARENA(k), &build->names, column->name);
    }
    for (size_t i = 0; i < names.count; i++)
        build->complete = build->complete && check_no_virtual(k, table, build->index->include, names.items[i].span,
                                                              "cannot be part of an index");
}

static void name_index(Checker *k, IndexBuild *build, const Table *table, Word written)
{
    Object *object = &build->index->object;
    NameScope scope = {.schema = &k->schema, .namespace = table->object.schema};
    if (!word_is_written(written)) {
        object->name = name_choose_index(&scope, table->object.name, build->names);
        return;
    }
    object->name = written.name;
    object->created = written.span;
    build->complete =
        check_new_name(k, written) && check_relation_is_free(k, scope.namespace, written) && build->complete;
}

/* An index of a partitioned table is made for each partition too, but with `only`; it is not used until all have it. */
static bool check_index_of_partitioned(Checker *k, const Table *table, const NodeCreateIndex *node, Index *index)
{
    ColumnIds columns = {0};
    for (size_t i = 0; i < index->keys.count; i++) {
        if (index->keys.items[i].column != 0)
            list_push(CHECKER_ARENA(k), &columns, index->keys.items[i].column);
    }
    index->incomplete = span_is_known(node->only) && table_is_partitioned(table) &&
                        table_has_children(&k->schema, table->object.id);
    return check_not_concurrent(k, table, node->concurrently) &&
           (!index->unique || check_no_foreign_partition(k, table, node->unique, "have indexes")) &&
           (!index->unique || check_unique_of_partitioned(k, table, columns, node->unique));
}

void check_create_index(Checker *k, const NodeCreateIndex *node, const Table *table)
{
    const CatalogAccessMethod *method = find_index_method(k, node->method);
    SpanList spans = syntax_split(k->syntax, node->keys);
    if (table == NULL || method == NULL || !check_abilities(k, node, method, spans.count)) {
        silence(k, "index", table == NULL ? find_namespace(k, &node->table) : table->object.schema, node->name.name);
        return;
    }
    Index *index = arena_new(CHECKER_ARENA(k), Index);
    IndexBuild build = {.index = index, .complete = true};
    index->object = (Object) {.kind = OBJECT_INDEX, .schema = table->object.schema, .created = node->node.span};
    index->table = table->object.id;
    index->unique = span_is_known(node->unique);
    index->nulls_not_distinct = span_is_known(node->nulls_not_distinct);
    index->method = method->name;
    build_index_keys(k, &build, table, method, spans);
    build_include(k, &build, table, node->include);
    index->options = build_options(k, method->name, node->options);
    build.complete = choose_tablespace(k, node->tablespace, &index->tablespace) && build.complete;
    if (span_is_known(node->where)) {
        index->where = build_expression(k, table, PLACE_PREDICATE, node->where);
        build.complete = build.complete && index->where != NULL;
    }
    build.complete = check_index_of_partitioned(k, table, node, index) && build.complete;
    name_index(k, &build, table, node->name);
    if (!build.complete) {
        silence(k, "index", index->object.schema, index->object.name);
        return;
    }
    index->object.id = schema_new_id(&k->schema);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&index->object},
                                .concurrent = span_is_known(node->concurrently), .only = index->incomplete});
}
