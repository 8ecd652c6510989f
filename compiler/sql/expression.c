/* Expressions of the schema: what they name is looked up, and what their place forbids is refused.
 *
 * The server's rules are those of transformExpr's callers in src/backend/parser (EXPR_KIND_COLUMN_DEFAULT,
 * EXPR_KIND_CHECK_CONSTRAINT, EXPR_KIND_GENERATED_COLUMN, EXPR_KIND_INDEX_EXPRESSION, EXPR_KIND_INDEX_PREDICATE).
 * Operators and functions are checked by name here; which of those that share a name is meant, and its types, is not
 * decided. */
#include "expression.h"

#include "bug.h"
#include "cast.h"
#include "depend.h"
#include "function.h"
#include "operator.h"
#include "lookup.h"
#include "range.h"
#include "unknown.h"
#include "query.h"

#include <ctype.h>
#include <strings.h>

static const char *place_name(ExpressionPlace place)
{
    switch (place) {
    case PLACE_DEFAULT: return "a default";
    case PLACE_CHECK: return "a check constraint";
    case PLACE_GENERATED: return "a generated column";
    case PLACE_INDEX: return "an index";
    case PLACE_PREDICATE: return "the predicate of an index";
    case PLACE_PARTITION: return "a partition key";
    case PLACE_BOUND: return "the bound of a partition";
    case PLACE_DOMAIN: return "a domain's check";
    case PLACE_CONVERSION: return "a conversion";
    }
    BUG("place %d", (int) place);
}

/* Defaults and checks may change with time; what is stored in a column or an index may not. */
static bool must_be_immutable(ExpressionPlace place)
{
    return place == PLACE_GENERATED || place == PLACE_INDEX || place == PLACE_PREDICATE ||
           place == PLACE_PARTITION;
}

/* NULL: it may be of any type. */
static const char *condition_name(ExpressionPlace place)
{
    switch (place) {
    case PLACE_CHECK:
    case PLACE_DOMAIN: return "CHECK";
    case PLACE_PREDICATE: return "WHERE";
    case PLACE_DEFAULT:
    case PLACE_GENERATED:
    case PLACE_INDEX:
    case PLACE_PARTITION:
    case PLACE_BOUND:
    case PLACE_CONVERSION: return NULL;
    }
    BUG("place %d", (int) place);
}

Span place_of(Reader *r, int32_t location, size_t length)
{
    return name_span(r->names, location, length);
}

static void refuse(Reader *r, int32_t location, size_t length, const char *what)
{
    r->refused = true;
    report(r->names.sql->c, M_BAD_EXPRESSION, place_of(r, location, length), "%s cannot stand in %s", what,
           place_name(r->scope.place));
}

/* ------------------------------------------------------------------ columns */

/* Behind `UESCAPE 'c'`, where that follows. */
static size_t uescape_end(Str sql, size_t at)
{
    Str rest = str_trim(str_slice(sql, at, sql.len));
    if (rest.len < sizeof "uescape'c'" - 1 || strncasecmp(rest.data, "uescape", 7) != 0)
        return at;
    Str character = str_trim(str_slice(rest, 7, rest.len));
    bool quoted = character.len >= 3 && character.data[0] == '\'' && character.data[2] == '\'';
    return quoted ? (size_t) (character.data - sql.data) + 3 : at;
}

size_t identifier_end(Str sql, size_t at)
{
    bool escaped = at + 2 < sql.len && (sql.data[at] == 'U' || sql.data[at] == 'u') && sql.data[at + 1] == '&' &&
                   sql.data[at + 2] == '"';
    if (escaped)
        return uescape_end(sql, identifier_end(sql, at + 2));
    if (sql.data[at] != '"') {
        while (at < sql.len && catalog_in_identifier(sql.data[at]))
            at++;
        return at;
    }
    for (at++; at < sql.len; at++) {
        if (sql.data[at] == '"' && (at + 1 == sql.len || sql.data[at + 1] != '"'))
            return at + 1;
        at += sql.data[at] == '"';
    }
    return sql.len;
}

Use last_name(Str sql, size_t at, size_t count)
{
    size_t end = identifier_end(sql, at);
    for (size_t i = 1; i < count; i++) {
        at = end;
        while (at < sql.len && (sql.data[at] == '.' || isspace((unsigned char) sql.data[at])))
            at++;
        end = identifier_end(sql, at);
    }
    return (Use) {.offset = (uint32_t) at, .length = (uint32_t) (end - at)};
}

static void unknown_column(Reader *r, Str name, Span span)
{
    r->refused = true;
    report_unknown_column(r->names.sql->c, r->scope.table, name, span);
}

/* Columns that every table has; the server lets constraints and generated columns see tableoid only. */
bool is_system_column(Str name)
{
    static const char *const names[] = {"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(name, names[i]))
            return true;
    }
    return false;
}

void use_system_column(Reader *r, Str name, Span span)
{
    bool allowed = str_is(name, "tableoid") && (r->scope.place == PLACE_CHECK || r->scope.place == PLACE_GENERATED);
    if (allowed) {
        r->expression->tableoid = true;
        return;
    }
    r->refused = true;
    report(r->names.sql->c, M_BAD_EXPRESSION, span, "the system column \"%.*s\" cannot stand in %s", STR_ARG(name),
           place_name(r->scope.place));
}

/* An index holds values, and a virtual column has none. */
static bool is_virtual(Reader *r, const ColumnInfo *column, Span span)
{
    bool indexed = r->scope.place == PLACE_INDEX || r->scope.place == PLACE_PREDICATE;
    if (!indexed || column->generated != GENERATED_VIRTUAL)
        return false;
    Compilation *c = r->names.sql->c;
    r->refused = true;
    report(c, M_VIRTUAL_CANNOT, span, "virtual column \"%.*s\" cannot be part of an index", STR_ARG(column->name));
    label(c, column->created, "virtual");
    help(c, "a `stored` one can");
    return true;
}

static bool is_generated(Reader *r, const ColumnInfo *column, Span span)
{
    if (r->scope.place != PLACE_GENERATED || !column->generated)
        return false;
    Compilation *c = r->names.sql->c;
    r->refused = true;
    report(c, M_BAD_EXPRESSION, span, "a generated column cannot use another one, \"%.*s\"", STR_ARG(column->name));
    label(c, column->created, "generated here");
    return true;
}

static bool names_the_table(Reader *r, const PgQuery__ColumnRef *reference)
{
    Str qualifier = tree_qualifier(reference->n_fields, reference->fields);
    return reference->n_fields == 1 || str_equal(qualifier, r->scope.table->object.name);
}

void expression_add_use(Reader *r, Use use)
{
    list_push(&r->names.sql->c->arena, &r->expression->uses, use);
}

/* The table's name before the column's, with its schema's. It is left out, for children take a check over as it is
 * written, and are called otherwise. */
static void use_own_name(Reader *r, const PgQuery__ColumnRef *reference, size_t start, size_t column)
{
    if (reference->n_fields == 1)
        return;
    expression_add_use(r, (Use) {.offset = (uint32_t) start, .length = (uint32_t) (column - start), .form = USE_OWN});
}

/* What a name means where there are no columns. */
static void use_without_columns(Reader *r, const PgQuery__ColumnRef *reference, Str name, size_t length)
{
    if (r->scope.place == PLACE_DOMAIN && reference->n_fields == 1 && str_is(name, "value"))
        return;
    refuse(r, reference->location, length, "a column");
    if (r->scope.place == PLACE_DOMAIN)
        help(r->names.sql->c, "the value that is checked is called `value`");
    else
        help(r->names.sql->c, "text goes in single quotes: '%.*s'", STR_ARG(name));
}

static void use_column(Reader *r, const PgQuery__ColumnRef *reference)
{
    const Table *table = r->scope.table;
    Str name = tree_name(reference->n_fields, reference->fields);
    size_t start = tree_offset(r->names.prefix, reference->location);
    Use use = last_name(r->names.fragment->sql, start, reference->n_fields);
    Span span = fragment_place(r->names.fragment, use.offset, use.length);
    if (r->scope.place == PLACE_DEFAULT || r->scope.place == PLACE_BOUND || r->scope.place == PLACE_DOMAIN) {
        use_without_columns(r, reference, name, use.offset + use.length - start);
        return;
    }
    const ColumnInfo *column = table_column_named(table, name);
    bool whole_row = column == NULL && (str_equal(name, table->object.name) || str_is(name, "*"));
    if (!names_the_table(r, reference))
        unknown_column(r, tree_qualified_sql(&r->names.sql->c->arena, reference->n_fields, reference->fields), span);
    else if (whole_row)
        refuse(r, reference->location, use.offset + use.length - start, "a whole row");
    else if (column == NULL && is_system_column(name))
        use_system_column(r, name, span);
    else if (column == NULL)
        unknown_column(r, name, span);
    else if (!is_generated(r, column, span) && !is_virtual(r, column, span)) {
        use.part = column->id;
        expression_add_use(r, use);
        use_own_name(r, reference, start, use.offset);
    }
}

/* ------------------------------------------------------------------ constants that name something */

Str constant_string(const PgQuery__Node *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
        node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
        return (Str) {0};
    return str_from(node->a_const->sval->sval);
}

/* Where the string constant that starts at the offset ends: '…', E'…', U&'…', $tag$…$tag$. */
size_t string_end(Str sql, size_t at)
{
    if (sql.data[at] == '$') {
        size_t tag = at + 1;
        while (tag < sql.len && sql.data[tag] != '$')
            tag++;
        Str mark = str_slice(sql, at, tag + 1);
        for (size_t end = tag + 1; end + mark.len <= sql.len; end++) {
            if (str_equal(str_slice(sql, end, end + mark.len), mark))
                return end + mark.len;
        }
        return sql.len;
    }
    bool escapes = sql.data[at] == 'E' || sql.data[at] == 'e';
    while (at < sql.len && sql.data[at] != '\'')
        at++;
    for (at++; at < sql.len; at++) {
        if (escapes && sql.data[at] == '\\')
            at++;
        else if (sql.data[at] == '\'' && (at + 1 == sql.len || sql.data[at + 1] != '\''))
            return at + 1;
        else if (sql.data[at] == '\'')
            at++;
    }
    return sql.len;
}

/* The part of a name in a string that begins at the offset, which is set behind it, as SplitIdentifierString() in
 * src/backend/utils/adt/varlena.c reads it: up to a dot or white space, or in quotes. data == NULL: it is none. */
static Str name_part(Arena *arena, Str text, size_t *at)
{
    Text name = text_new(arena);
    size_t i = *at;
    bool quoted = i < text.len && text.data[i] == '"';
    for (i += quoted; i < text.len; i++) {
        char c = text.data[i];
        if (quoted ? c == '"' && (i + 1 == text.len || text.data[i + 1] != '"')
                   : c == '.' || isspace((unsigned char) c))
            break;
        text_add_char(&name, !quoted && c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        i += quoted && c == '"';
    }
    bool closed = !quoted || i < text.len;
    *at = i + quoted;
    return closed && text_str(&name).len > 0 ? text_str(&name) : (Str) {0};
}

/* The parts of a qualified name in a string, as regclass reads it; none: it is no such name. */
static StrList split_name(Arena *arena, Str text)
{
    StrList parts = {0};
    text = str_trim(text);
    for (size_t at = 0; at < text.len; at++) {
        while (at < text.len && isspace((unsigned char) text.data[at]))
            at++;
        Str part = name_part(arena, text, &at);
        while (at < text.len && isspace((unsigned char) text.data[at]))
            at++;
        if (part.data == NULL || (at < text.len && text.data[at] != '.') || at + 1 == text.len)
            return (StrList) {0};
        list_push(arena, &parts, part);
    }
    return parts;
}

static void report_unknown_relation(Reader *r, Str name, Span span)
{
    r->refused = true;
    report(r->names.sql->c, M_UNKNOWN_SEQUENCE, span, "there is no sequence or other relation \"%.*s\" at this point",
           STR_ARG(name));
    help(r->names.sql->c, "the server looks it up when the expression is stored: create it before");
}

/* Something that is depended on without being named. */
static void use_object(Reader *r, ObjectId id)
{
    if (id != 0 && !expression_uses_object(r->expression, id))
        expression_add_use(r, (Use) {.object = id, .form = USE_HIDDEN});
}

/* Of the server itself, or of an extension, which is depended on then; pg_catalog has indexes besides, which are called
 * like its tables. */
static bool is_brought_relation(Reader *r, StrList parts)
{
    const CatalogExtension *owner;
    if (parts.count == 0 || (parts.count == 2 && str_is(parts.items[0], "pg_catalog")))
        return parts.count == 2;
    Str qualifier = parts.count == 2 ? parts.items[0] : STR(""), name = parts.items[parts.count - 1];
    if (catalog_relation_named(r->names.schema, qualifier, name, &owner) == NULL)
        return parts.count == 1 && str_starts_with(name, STR("pg_")) &&
               schema_named(r->names.schema, NAMES_RELATION, qualifier, name) == NULL;
    use_object(r, extension_object(r->names.schema, owner));
    return true;
}

/* A string that the server reads as the name of a relation (regclass) when it stores the expression, and from then on
 * as the relation itself. The sequence of an identity column is its table's, which is there anyway. */
static void use_relation_literal(Reader *r, const PgQuery__Node *node)
{
    const Schema *schema = r->names.schema;
    Str text = constant_string(node);
    StrList parts = split_name(&r->names.sql->c->arena, text);
    size_t start = tree_offset(r->names.prefix, node->a_const->location);
    size_t end = string_end(r->names.fragment->sql, start);
    if (is_brought_relation(r, parts))
        return;
    Str name = parts.count == 0 ? text : parts.items[parts.count - 1];
    const Object *object = schema_named(schema, NAMES_RELATION, parts.count == 2 ? parts.items[0] : STR(""), name);
    if (object == NULL)
        report_unknown_relation(r, text, fragment_place(r->names.fragment, start, end - start));
    else if (str_equal(object->name, name))
        expression_add_use(r, (Use) {.offset = (uint32_t) start, .length = (uint32_t) (end - start),
                                     .object = object->id, .form = USE_LITERAL});
}

/* nextval('name') and the like: their argument is a regclass (manual, section 9.17). */
static void use_sequence_argument(Reader *r, const PgQuery__FuncCall *call, Str name)
{
    bool takes = str_is(name, "nextval") || str_is(name, "currval") || str_is(name, "setval");
    if (takes && call->n_args > 0 && constant_string(call->args[0]).data != NULL)
        use_relation_literal(r, call->args[0]);
}

/* Types whose constants are what their text names, for good (find_expr_references_walker() in
 * src/backend/catalog/dependency.c). */
static const struct NamingType {
    const char *type;
    ObjectKind kind;
} naming_types[] = {
    {"regconfig", OBJECT_TEXT_SEARCH_CONFIGURATION},
    {"regdictionary", OBJECT_TEXT_SEARCH_DICTIONARY},
};

static const struct NamingType *naming_type(Str name)
{
    for (size_t i = 0; i < sizeof naming_types / sizeof *naming_types; i++) {
        if (str_is(name, naming_types[i].type))
            return &naming_types[i];
    }
    return NULL;
}

/* What it names is a migration's, or none of the model's concern. */
static void use_named(Reader *r, const struct NamingType *type, const PgQuery__Node *node)
{
    StrList parts = split_name(&r->names.sql->c->arena, constant_string(node));
    if (type == NULL || parts.count == 0 || parts.count > 2)
        return;
    Definition like = {.object = {.kind = type->kind, .name = parts.items[parts.count - 1]}};
    Str qualifier = parts.count == 2 ? parts.items[0] : STR("");
    const Definition *found = definition_named(r->names.schema, qualifier, &like);
    size_t start = tree_offset(r->names.prefix, node->a_const->location);
    size_t end = string_end(r->names.fragment->sql, start);
    if (found != NULL)
        expression_add_use(r, (Use) {.offset = (uint32_t) start, .length = (uint32_t) (end - start),
                                     .object = found->object.id, .form = USE_LITERAL});
}

/* to_tsvector('english', …): one of the name that takes so many has it as its first. */
static void use_named_argument(Reader *r, const PgQuery__FuncCall *call, Str name)
{
    CatalogFunctions functions = catalog_functions_in(&r->names.schema->view.catalog->core, name);
    for (size_t i = 0; i < functions.count && call->n_args > 0; i++) {
        const CatalogFunction *function = catalog_at(functions, i);
        const struct NamingType *type = function->argument_count == call->n_args && function->arguments[0] != NULL
                                            ? naming_type(function->arguments[0]->name)
                                            : NULL;
        if (type != NULL && constant_string(call->args[0]).data != NULL) {
            use_named(r, type, call->args[0]);
            return;
        }
    }
}

/* ------------------------------------------------------------------ functions and operators */

/* There are some of the name, but none that takes so many. */
static void report_argument_count(Reader *r, const PgQuery__FuncCall *call, Str name)
{
    Compilation *c = r->names.sql->c;
    r->refused = true;
    report(c, M_UNKNOWN_FUNCTION, place_of(r, call->location, name.len),
           "no function \"%.*s\" takes %zu argument%s at this point", STR_ARG(name), call->n_args,
           call->n_args == 1 ? "" : "s");
}

static void report_unknown_function(Reader *r, const PgQuery__FuncCall *call, Str name)
{
    Compilation *c = r->names.sql->c;
    const Schema *schema = r->names.schema;
    const SqlFinder *finder = &r->names.sql->finder;
    if (finder->silenced != NULL && finder->silenced(finder->checker, OBJECT_FUNCTION, name)) {
        r->refused = true;
        return;
    }
    const CatalogExtension *extension = extension_with_function(schema, name);
    r->refused = true;
    report(c, M_UNKNOWN_FUNCTION, place_of(r, call->location, name.len), "there is no function \"%.*s\" at this point",
           STR_ARG(name));
    if (extension != NULL)
        help_extension(c, schema, extension);
    else if (!explain_unknown_function(r->names.sql, name) && !help_newer_server(c, schema, brings_function, name))
        help(c, "a function of your own is to be created before it is used: `sql { create function … }`");
}

Overloads find_overloads(const Schema *schema, Str name, Str qualifier)
{
    Overloads all = {.volatility = CATALOG_VOLATILE};
    catalog_each_owner(owner, &schema->view) {
        CatalogFunctions functions = catalog_functions_in(owner, name);
        if (functions.count == 0 || !extension_is_reached(schema, owner, qualifier))
            continue;
        CatalogVolatility volatility = catalog_functions_volatility(functions);
        all.volatility = volatility < all.volatility ? volatility : all.volatility;
        all.plain = all.plain || catalog_functions_include(functions, CATALOG_PLAIN);
        all.aggregate = all.aggregate || catalog_functions_include(functions, CATALOG_AGGREGATE);
        all.window = all.window || catalog_functions_include(functions, CATALOG_WINDOW);
        all.returns_set = (all.returns_set || !all.found) && catalog_functions_return_set(functions);
        all.extension = all.found ? NULL : owner == &schema->view.catalog->core ? NULL : owner;
        all.found = true;
    }
    return all;
}

bool functions_return_set(const UserFunctions *own, const Overloads *all)
{
    bool user = own->items.count > 0;
    return (all->found || user) && (!user || own->returns_set) && (!all->found || all->returns_set);
}

static void report_not_immutable(Reader *r, int32_t location, Str name)
{
    Compilation *c = r->names.sql->c;
    r->refused = true;
    report(c, M_NOT_IMMUTABLE, place_of(r, location, name.len), "%.*s is not immutable, and %s must be", STR_ARG(name),
           place_name(r->scope.place));
    help(c, "what it gives may depend on the time, the session or other data; what is stored may not");
}

/* Its name, qualified or not, is a hole. */
static void use_called(Reader *r, const PgQuery__FuncCall *call, ObjectId object, UseForm form)
{
    size_t start = tree_offset(r->names.prefix, call->location);
    Use last = last_name(r->names.fragment->sql, start, call->n_funcname);
    Use use = {.offset = (uint32_t) start, .length = last.offset + last.length - (uint32_t) start, .object = object,
               .form = form};
    if (form == USE_MEMBER)
        use.kept = tree_name(call->n_funcname, call->funcname);
    expression_add_use(r, use);
}

/* Which of them is not known here; where they are, is. */
static void use_one_of_several(Reader *r, const PgQuery__FuncCall *call, const UserFunctions *own)
{
    Str name = tree_name(call->n_funcname, call->funcname);
    if (own->apart) {
        Compilation *c = r->names.sql->c;
        r->refused = true;
        report(c, M_SQL_NOT_FOLLOWED, place_of(r, call->location, name.len),
               "several schemas of search_path have a function \"%.*s\"", STR_ARG(name));
        help(c, "qualify it with its schema");
        return;
    }
    use_called(r, call, own->home, USE_MEMBER);
}

/* An extension's functions move with it. One that is called in the way of SQL's syntax is not named. */
static void use_extension_function(Reader *r, const PgQuery__FuncCall *call, ObjectId extension)
{
    if (call->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX)
        use_object(r, extension);
    else if (extension != 0)
        use_called(r, call, extension, USE_MEMBER);
}

/* One of a schema that is not the model's is where it is: the extension made that itself. */
static void use_unknown_function(Reader *r, const PgQuery__FuncCall *call, ObjectId extension, Str qualifier)
{
    const Schema *schema = r->names.schema;
    const Extension *unknown = (const Extension *) schema_object(schema, extension);
    if (schema_looks_into(schema, qualifier, unknown->home))
        use_extension_function(r, call, extension);
    else
        use_object(r, extension);
}

/* A body that is a string is read when its function is there. */
static bool calls_itself(const Reader *r, const PgQuery__FuncCall *call, Str qualifier, Str name)
{
    const QueryScope *scope = r->query == NULL ? NULL : r->query->scope;
    if (scope == NULL || scope->kept || scope->function.data == NULL || !str_equal(scope->function, name))
        return false;
    const Object *home = schema_object(r->names.schema, scope->function_schema);
    return call->over == NULL && (qualifier.len == 0 || str_equal(qualifier, home->name));
}

/* `type(value)` is a cast, where no function is called so (func_get_detail() in src/backend/parser/parse_func.c). */
static bool use_type_as_function(Reader *r, const PgQuery__FuncCall *call, Str qualifier, Str name)
{
    const Schema *schema = r->names.schema;
    const Object *own = schema_named(schema, NAMES_TYPE, qualifier, name);
    if (call->n_args != 1 || call->over != NULL || call->agg_star || call->agg_distinct || call->func_variadic)
        return false;
    if (own != NULL && str_equal(own->name, name)) {
        use_called(r, call, own->id, USE_NAME);
        return true;
    }
    catalog_each_owner(owner, &schema->view) {
        if (catalog_type_in(owner, name) == NULL || !extension_is_reached(schema, owner, qualifier))
            continue;
        use_extension_function(r, call, extension_object(schema, owner));
        return true;
    }
    return false;
}

void expression_use_function(Reader *r, const PgQuery__FuncCall *call)
{
    const Schema *schema = r->names.schema;
    Str name = tree_name(call->n_funcname, call->funcname);
    Str qualifier = tree_qualifier(call->n_funcname, call->funcname);
    UserFunctions own = user_functions(schema, qualifier, name, call->n_args);
    Overloads all = find_overloads(schema, name, qualifier);
    bool user = own.items.count > 0;
    CatalogVolatility volatility = own.volatility < all.volatility ? own.volatility : all.volatility;
    Type range = all.found || user ? (Type) {0} : range_constructed(schema, qualifier, name);
    if (range.catalog != NULL) {
        use_object(r, range.object);
        return;
    }
    ObjectId unknown = all.found || user ? 0 : unknown_extension(schema, qualifier);
    if (unknown != 0) {
        use_unknown_function(r, call, unknown, qualifier);
        return;
    }
    if (!all.found && !user) {
        if (calls_itself(r, call, qualifier, name) || use_type_as_function(r, call, qualifier, name))
            return;
        if (own.others)
            report_argument_count(r, call, name);
        else
            report_unknown_function(r, call, name);
        return;
    }
    if (own.items.count == 1 && !all.found)
        use_called(r, call, own.items.items[0]->object.id, USE_NAME);
    else if (user && !all.found)
        use_one_of_several(r, call, &own);
    all.aggregate = all.aggregate || own.aggregate;
    all.plain = all.plain || own.plain;
    if (!user)
        use_extension_function(r, call, extension_object(schema, all.extension));
    use_sequence_argument(r, call, name);
    if (!user)
        use_named_argument(r, call, name);
    if (r->query != NULL)
        return;
    if (call->over != NULL || (all.window && !all.plain))
        refuse(r, call->location, name.len, "a window function");
    else if (call->agg_star || call->agg_distinct || call->agg_filter != NULL || (all.aggregate && !all.plain))
        refuse(r, call->location, name.len, "an aggregate");
    else if (functions_return_set(&own, &all))
        refuse(r, call->location, name.len, "a function that returns a set");
    else if (must_be_immutable(r->scope.place) && volatility != CATALOG_IMMUTABLE)
        report_not_immutable(r, call->location, name);
}

/* Whether something that is reached has operators of the name. Notes the extension, where it alone has. */
static bool find_operators(Reader *r, Str name, Str qualifier)
{
    const Schema *schema = r->names.schema;
    const CatalogExtension *only = NULL;
    size_t found = 0;
    catalog_each_owner(owner, &schema->view) {
        if (catalog_operators_in(owner, name).count > 0 && extension_is_reached(schema, owner, qualifier)) {
            only = owner;
            found++;
        }
    }
    if (found == 1)
        use_object(r, extension_object(schema, only));
    return found > 0;
}

/* An operator of migrations; its name never changes. */
static bool find_user_operators(Reader *r, Str name, Str qualifier)
{
    const Schema *schema = r->names.schema;
    ObjectIds ids = schema_definitions_named(schema, qualifier, name);
    size_t found = 0;
    for (size_t i = 0; i < ids.count; i++)
        found += operator_is_whole(schema, ids.items[i]);
    if (found == 1 && ids.count == 1)
        use_object(r, ids.items[0]);
    return found > 0;
}

static void use_operator(Reader *r, const PgQuery__AExpr *expression)
{
    Compilation *c = r->names.sql->c;
    const Schema *schema = r->names.schema;
    bool plain = expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP ||
                 expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY ||
                 expression->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL;
    Str name = tree_name(expression->n_name, expression->name);
    Str qualifier = tree_qualifier(expression->n_name, expression->name);
    if (!plain || find_operators(r, name, qualifier) || find_user_operators(r, name, qualifier))
        return;
    ObjectId unknown = unknown_extension(schema, qualifier);
    if (unknown != 0) {
        use_object(r, unknown);
        return;
    }
    const CatalogExtension *extension = extension_with_operator(schema, name);
    r->refused = true;
    report(c, M_UNKNOWN_OPERATOR, place_of(r, expression->location, name.len),
           "there is no operator %.*s at this point", STR_ARG(name));
    if (extension != NULL)
        help_extension(c, schema, extension);
}

/* ------------------------------------------------------------------ casts */

/* What is stored calls the function of the cast, and is written so that the cast is found again. */
static void use_conversion(Reader *r, const Type *from, const Type *to)
{
    const CatalogType *source = type_catalog(from), *target = type_catalog(to);
    const Definition *cast =
        source == NULL || target == NULL ? NULL : schema_conversion(r->names.schema, source, target);
    if (cast == NULL)
        return;
    use_object(r, cast->object.id);
    use_object(r, cast->cast->function);
}

/* What depends on the type by a cast (see schema/holder.c): of an array that is spelled out it is each element. */
static UseMade made_by_cast(const PgQuery__TypeCast *cast)
{
    bool array = cast->type_name->n_array_bounds > 0;
    bool each = cast->arg->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR;
    return array && !each ? MADE_ARRAY : MADE_VALUE;
}

/* The name of a type of the schema, or of an extension, is filled in; the others are the server's. */
static void use_type_name(Reader *r, const PgQuery__TypeName *name, const Type *type, UseMade made)
{
    const Object *object = schema_object(r->names.schema, type->object);
    if (object == NULL)
        return;
    size_t start = tree_offset(r->names.prefix, name->location);
    Use last = last_name(r->names.fragment->sql, start, name->n_names);
    Use use = {.offset = (uint32_t) start, .object = type->object, .made = made};
    use.length = last.offset + last.length - use.offset;
    if (object->kind == OBJECT_EXTENSION || type->catalog->kind == CATALOG_MULTIRANGE) {
        use.form = USE_MEMBER;
        use.kept = tree_name(name->n_names, name->names);
    }
    expression_add_use(r, use);
}

static bool is_regclass(const PgQuery__TypeName *name)
{
    return str_is(tree_name(name->n_names, name->names), "regclass") && name->n_array_bounds == 0;
}

static void use_cast(Reader *r, const PgQuery__TypeCast *cast)
{
    if (is_regclass(cast->type_name) && constant_string(cast->arg).data != NULL) {
        use_relation_literal(r, cast->arg);
        return;
    }
    if (constant_string(cast->arg).data != NULL && cast->type_name->n_array_bounds == 0)
        use_named(r, naming_type(tree_name(cast->type_name->n_names, cast->type_name->names)), cast->arg);
    Type type = resolve_type(r->names, cast->type_name);
    r->refused = r->refused || type.catalog == NULL;
    if (type.catalog == NULL)
        return;
    use_type_name(r, cast->type_name, &type, made_by_cast(cast));
    label_read_value(r, &type, cast->arg);
    Type from = query_type(r, cast->arg);
    use_conversion(r, &from, &type);
}

/* Its name stands behind the word. */
static void use_collation(Reader *r, const PgQuery__CollateClause *clause)
{
    Str sql = r->names.fragment->sql;
    Span span = place_of(r, clause->location, strlen("collate"));
    r->refused = !resolve_collation(r->names, clause->n_collname, clause->collname, span) || r->refused;
    ObjectId own = resolve_own_collation(r->names.schema, clause->n_collname, clause->collname);
    size_t start = tree_offset(r->names.prefix, clause->location) + strlen("collate");
    while (start < sql.len && sql.data[start] == ' ')
        start++;
    Use last = last_name(sql, start, clause->n_collname);
    if (own != 0)
        expression_add_use(r, (Use) {.offset = (uint32_t) start, .object = own,
                                     .length = last.offset + last.length - (uint32_t) start});
}

/* ------------------------------------------------------------------ the walk */

static bool read_message(void *context, const ProtobufCMessage *message)
{
    Reader *r = context;
    if (r->query != NULL && query_read_message(r, message))
        return false;
    if (tree_is(message, pg_query__column_ref)) {
        use_column(r, (const PgQuery__ColumnRef *) message);
        return false;
    }
    if (tree_is(message, pg_query__sub_link)) {
        refuse(r, ((const PgQuery__SubLink *) message)->location, 1, "a subquery");
        return false;
    }
    label_read_beside(r, message);
    if (tree_is(message, pg_query__param_ref))
        refuse(r, ((const PgQuery__ParamRef *) message)->location, 2, "a parameter");
    else if (tree_is(message, pg_query__set_to_default))
        refuse(r, ((const PgQuery__SetToDefault *) message)->location, 7, "the word DEFAULT");
    else if (tree_is(message, pg_query__func_call))
        expression_use_function(r, (const PgQuery__FuncCall *) message);
    else if (tree_is(message, pg_query__a__expr))
        use_operator(r, (const PgQuery__AExpr *) message);
    else if (tree_is(message, pg_query__type_cast))
        use_cast(r, (const PgQuery__TypeCast *) message);
    else if (tree_is(message, pg_query__a__indirection))
        query_use_fields(r, (const PgQuery__AIndirection *) message);
    else if (tree_is(message, pg_query__collate_clause))
        use_collation(r, (const PgQuery__CollateClause *) message);
    else if (tree_is(message, pg_query__sqlvalue_function) && must_be_immutable(r->scope.place))
        report_not_immutable(r, ((const PgQuery__SQLValueFunction *) message)->location,
                             STR("the current time or user"));
    return true;
}

/* In a shape a column stands as its number, a type of the schema as its own, and pg_catalog, which is where names are
 * looked up anyway, is left out. */
static bool replace_column(const Reader *r, const PgQuery__ColumnRef *reference, Text *out)
{
    const ColumnInfo *column = table_column_named(r->scope.table, tree_name(reference->n_fields, reference->fields));
    if (column != NULL)
        text_addf(out, "\x01" "0.%u\x02", (unsigned) column->id);
    return column != NULL;
}

static bool replace_type(const Reader *r, const PgQuery__TypeName *name, Text *out)
{
    Type type;
    if (!resolve_known_type(r->names, name, &type))
        return false;
    const Object *object = schema_object(r->names.schema, type.object);
    if (object == NULL || object->kind == OBJECT_EXTENSION)
        return false;
    text_addf(out, "\x01%u.0\x02%s", (unsigned) object->id, name->n_array_bounds > 0 ? "[]" : "");
    return true;
}

/* A constant that names something stands as what it names. */
static bool replace_constant(const Reader *r, const PgQuery__AConst *constant, Text *out)
{
    size_t offset = tree_offset(r->names.prefix, constant->location);
    for (size_t i = 0; i < r->expression->uses.count; i++) {
        const Use *use = &r->expression->uses.items[i];
        if (use->form != USE_LITERAL || use->offset != offset)
            continue;
        text_addf(out, "\x01%u.%u\x02", (unsigned) use->object, (unsigned) use->part);
        return true;
    }
    return false;
}

/* The name gives way to the function's number. */
static bool replace_function(const Reader *r, const PgQuery__FuncCall *call, Text *out);

static bool replace_message(void *context, const ProtobufCMessage *message, Text *out)
{
    const Reader *r = context;
    if (r->query != NULL && query_print_message(r, message, out))
        return true;
    if (tree_is(message, pg_query__column_ref) && r->scope.table != NULL)
        return replace_column(r, (const PgQuery__ColumnRef *) message, out);
    if (tree_is(message, pg_query__a__const))
        return replace_constant(r, (const PgQuery__AConst *) message, out);
    if (tree_is(message, pg_query__func_call))
        return replace_function(r, (const PgQuery__FuncCall *) message, out);
    if (tree_is(message, pg_query__type_name))
        return replace_type(r, (const PgQuery__TypeName *) message, out);
    return tree_is(message, pg_query__string) && strcmp(((const PgQuery__String *) message)->sval, "pg_catalog") == 0;
}

static bool replace_function(const Reader *r, const PgQuery__FuncCall *call, Text *out)
{
    size_t start = tree_offset(r->names.prefix, call->location);
    for (size_t i = 0; i < r->expression->uses.count && call->n_funcname > 0; i++) {
        const Use *use = &r->expression->uses.items[i];
        if (use->offset != start || use->form != USE_NAME || schema_definition(r->names.schema, use->object) == NULL)
            continue;
        PgQuery__FuncCall rest = *call;
        rest.n_funcname = 0;
        text_addf(out, "\x01%u.0\x02", (unsigned) use->object);
        tree_print(&rest.base, replace_message, (void *) (uintptr_t) r, out);
        return true;
    }
    return false;
}

/* What may stand after DEFAULT as it is: the grammar's b_expr, in its forms that hold together by themselves. */
bool expression_is_atomic(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return true;
    case PG_QUERY__NODE__NODE_TYPE_CAST: return expression_is_atomic(node->type_cast->arg);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return node->func_call->funcformat != PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
    default: return false;
    }
}

static int compare_uses(const void *left, const void *right)
{
    const Use *a = left, *b = right;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->length < b->length ? -1 : a->length > b->length;
}

void expression_begin(Reader *r)
{
    r->expression = arena_new(&r->names.sql->c->arena, Expression);
    r->expression->sql = r->names.fragment->sql;
}

/* Beyond names: of operators, casts, and overloads that their arguments choose. */
static bool check_volatility(void *context, const ProtobufCMessage *message)
{
    Reader *r = context;
    if (r->refused || query_volatility(r, message) == CATALOG_IMMUTABLE)
        return !r->refused;
    if (tree_is(message, pg_query__type_cast))
        report_not_immutable(r, query_first_location(message), STR("this cast"));
    else if (tree_is(message, pg_query__func_call))
        report_not_immutable(r, ((const PgQuery__FuncCall *) message)->location, STR("this function"));
    else
        report_not_immutable(r, ((const PgQuery__AExpr *) message)->location, STR("this operator"));
    return false;
}

/* What was refused by its names already has been said to be wrong. */
void expression_walk(Reader *r, const ProtobufCMessage *tree)
{
    tree_walk(tree, read_message, r);
    if (r->query == NULL && !r->refused)
        query_check_types(r, tree, condition_name(r->scope.place));
    if (must_be_immutable(r->scope.place))
        tree_walk(tree, check_volatility, r);
}

Str expression_shape(Reader *r, const ProtobufCMessage *tree)
{
    Text shape = text_new(&r->names.sql->c->arena);
    tree_print(tree, replace_message, r, &shape);
    return text_str(&shape);
}

Expression *expression_end(Reader *r, const ProtobufCMessage *tree)
{
    if (r->refused)
        return NULL;
    if (r->expression->uses.count > 1)
        qsort(r->expression->uses.items, r->expression->uses.count, sizeof(Use), compare_uses);
    r->expression->shape = expression_shape(r, tree);
    return r->expression;
}

Expression *expression_read(Reader *r, const ProtobufCMessage *tree)
{
    expression_begin(r);
    expression_walk(r, tree);
    bool assigned = r->scope.place == PLACE_DEFAULT || r->scope.place == PLACE_BOUND ||
                    r->scope.place == PLACE_GENERATED;
    if (assigned && r->scope.type != NULL && !r->refused && tree_is(tree, pg_query__node)) {
        Type from = query_type(r, (const PgQuery__Node *) tree);
        label_read_value(r, r->scope.type, (const PgQuery__Node *) tree);
        use_conversion(r, &from, r->scope.type);
    }
    return expression_end(r, tree);
}

const Expression *sql_expression(Sql *sql, ExpressionScope scope, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_expression(sql, fragment);
    if (node == NULL)
        return NULL;
    Reader reader = {.names = name_place(sql, scope.schema, fragment, TREE_EXPRESSION_PREFIX), .scope = scope};
    Expression *expression = expression_read(&reader, &node->base);
    if (expression != NULL)
        expression->atomic = expression_is_atomic(node);
    return expression;
}

Type sql_expression_type(Sql *sql, ExpressionScope scope, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_expression(sql, fragment);
    Reader reader = {.names = name_place(sql, scope.schema, fragment, TREE_EXPRESSION_PREFIX), .scope = scope};
    Type type = node == NULL ? (Type) {0} : query_type(&reader, node);
    return type.catalog != NULL && str_is(type.catalog->name, "unknown") ? (Type) {0} : type;
}

/* ------------------------------------------------------------------ constants */

Str sql_string_constant(Sql *sql, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_expression(sql, fragment);
    return node == NULL ? (Str) {0} : constant_string(node);
}

/* ------------------------------------------------------------------ null constants */

/* Whether a null constant is still one as the type: the server makes a call of it where a length or precision has to be
 * kept to, and an expression where a domain is (coerce_type() in src/backend/parser/parse_coerce.c). An interval's
 * precision is a constant's own. */
static bool stays_bare(const Reader *r, const Type *from, const Type *to)
{
    bool literal = str_is(from->catalog->name, "unknown");
    if (to->catalog == NULL || type_catalog(to)->kind == CATALOG_DOMAIN ||
        (!literal && (from->catalog != to->catalog || from->array != to->array)))
        return false;
    return to->modifiers.count == 0 || catalog_cast(&r->names.schema->view, to->catalog, to->catalog) == NULL ||
           (literal ? str_is(to->catalog->name, "interval") && !to->array : query_types_equal(from, to));
}

/* A null constant, of the type that it gives. */
static bool is_bare_null(Reader *r, const PgQuery__Node *node, Type *type)
{
    Type from;
    if (node->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) {
        *type = query_core_type(r->names.schema, "unknown");
        return node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull;
    }
    *type = query_type(r, node);
    return is_bare_null(r, node->type_cast->arg, &from) && stays_bare(r, &from, type);
}

bool sql_is_no_default(Sql *sql, ExpressionScope scope, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_expression(sql, fragment);
    Reader reader = {.names = name_place(sql, scope.schema, fragment, TREE_EXPRESSION_PREFIX), .scope = scope};
    Type type;
    return node != NULL && is_bare_null(&reader, node, &type) && stays_bare(&reader, &type, scope.type);
}

bool sql_is_null(Sql *sql, const Fragment *fragment)
{
    const PgQuery__Node *node = tree_expression(sql, fragment);
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull;
}
