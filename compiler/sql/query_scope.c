/* Columns by name: colNameToVar, refnameNamespaceItem and transformColumnRef of src/backend/parser (parse_relation.c,
 * parse_expr.c). The nearest level that has the name decides. */
#include "function.h"
#include "query.h"

#include "bug.h"
#include "lookup.h"

/* ------------------------------------------------------------------ what was found */

static Str message_key(const Reader *r, const ProtobufCMessage *message)
{
    return str_copy(READER_ARENA(r), (Str) {(const char *) &message, sizeof message});
}

void query_resolve(Reader *r, const ProtobufCMessage *message, const QueryColumn *column)
{
    map_set_pointer(&r->query->resolved, message_key(r, message), column);
}

const QueryColumn *query_resolved(const Reader *r, const PgQuery__ColumnRef *reference)
{
    const ProtobufCMessage *message = &reference->base;
    return map_get_pointer(&r->query->resolved, ((Str) {(const char *) &message, sizeof message}));
}

void query_set_shape(Reader *r, const ProtobufCMessage *message, Str shape)
{
    map_set_pointer(&r->query->shapes, message_key(r, message), arena_copy(READER_ARENA(r), &shape, sizeof shape));
}

static bool sees(const QueryLevel *level, const Visible *visible)
{
    return !visible->lateral || (level->lateral && !visible->lateral_refused);
}

/* ------------------------------------------------------------------ items by name */

typedef struct ItemSearch {
    RangeItem *found;
    size_t count;
    bool unseen;         /* one is there that cannot be seen from here */
} ItemSearch;

static bool is_called(const RangeItem *item, const Schema *schema, Str namespace, Str name)
{
    if (item->name.data == NULL || !str_equal(item->name, name))
        return false;
    if (namespace.len == 0)
        return true;
    const Object *home =
        item->table == NULL || item->aliased ? NULL : schema_object(schema, item->table->object.schema);
    return home != NULL && str_equal(home->name, namespace);
}

static ItemSearch search_items(Reader *r, const QueryLevel *level, Str namespace, Str name)
{
    ItemSearch search = {0};
    for (size_t i = 0; i < level->visible.count; i++) {
        const Visible *visible = &level->visible.items[i];
        if (!visible->name || !is_called(visible->item, r->names.schema, namespace, name))
            continue;
        if (!sees(level, visible)) {
            search.unseen = true;
            continue;
        }
        search.found = visible->item;
        search.count++;
    }
    return search;
}

RangeItem *query_find_item(Reader *r, Str namespace, Str name)
{
    for (const QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        ItemSearch search = search_items(r, level, namespace, name);
        if (search.count > 0)
            return search.found;
    }
    return NULL;
}

static bool is_unseen(Reader *r, Str name)
{
    for (const QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        if (search_items(r, level, STR(""), name).unseen)
            return true;
    }
    return false;
}

/* A relation that was given another name in FROM, which alone counts then. */
static const RangeItem *find_renamed(Reader *r, Str name)
{
    for (const QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        for (size_t i = 0; i < level->visible.count; i++) {
            const RangeItem *item = level->visible.items[i].item;
            if (item->aliased && item->name.data != NULL && item->table != NULL &&
                str_equal(item->table->object.name, name))
                return item;
        }
    }
    return NULL;
}

static const QueryVariable *find_variable(const Reader *r, Str name)
{
    const QueryScope *scope = r->query->scope;
    for (size_t i = 0; i < scope->variables.count; i++) {
        if (str_equal(scope->variables.items[i].name, name))
            return &scope->variables.items[i];
    }
    return NULL;
}

/* A parameter's row is not spelled out without parentheses. */
static bool report_parameter_star(Reader *r, Str name, Span span)
{
    if (find_variable(r, name) == NULL)
        return false;
    query_report(r, M_NOT_YET, span, "the columns of a parameter that `*` stands for are not known here");
    help(r->names.sql->c, "write `(%.*s).*`", STR_ARG(catalog_quote(READER_ARENA(r), name)));
    return true;
}

void query_report_item(Reader *r, Str name, Span span)
{
    Compilation *c = r->names.sql->c;
    Nearest nearest = nearest_to(name);
    const RangeItem *renamed = find_renamed(r, name);
    r->refused = true;
    if (report_parameter_star(r, name, span))
        return;
    for (size_t i = 0; i < r->query->missing.count; i++) {
        if (str_equal(r->query->missing.items[i], name))
            return;
    }
    list_push(READER_ARENA(r), &r->query->missing, name);
    query_report(r, M_UNKNOWN_FROM, span, "\"%.*s\" does not stand in FROM", STR_ARG(name));
    if (is_unseen(r, name)) {
        help(c, "it does, but cannot be seen from here: beside it in FROM only what is `lateral` sees it");
        return;
    }
    if (renamed != NULL) {
        help(c, "it is called \"%.*s\" there", STR_ARG(renamed->name));
        return;
    }
    for (const QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        for (size_t i = 0; i < level->visible.count; i++) {
            if (level->visible.items[i].item->name.data != NULL && level->visible.items[i].name)
                nearest_try(&nearest, level->visible.items[i].item->name);
        }
    }
    nearest_help(c, &nearest);
}

/* ------------------------------------------------------------------ columns by name */

typedef struct ColumnSearch {
    const QueryColumn *found;
    const RangeItem *items[2];   /* the first two that have it */
    size_t count;
    bool open;
} ColumnSearch;

static void try_column(ColumnSearch *search, const RangeItem *item, const QueryColumn *column)
{
    if (search->count < 2)
        search->items[search->count] = column->item != NULL ? column->item : item;
    search->found = column;
    search->count++;
}

static const QueryColumn *system_column(Reader *r, const RangeItem *item, Str name)
{
    static const char *const types[][2] = {{"tableoid", "oid"}, {"ctid", "tid"}, {"xmin", "xid"}, {"xmax", "xid"},
                                           {"cmin", "cid"}, {"cmax", "cid"}};
    QueryColumn *column = arena_new(READER_ARENA(r), QueryColumn);
    *column = (QueryColumn) {.name = name, .item = item};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_is(name, types[i][0]))
            column->type = query_core_type(r->names.schema, types[i][1]);
    }
    return column;
}

static void search_item(Reader *r, ColumnSearch *search, const RangeItem *item, Str name)
{
    size_t before = search->count;
    for (size_t i = 0; i < item->columns.count; i++) {
        if (str_equal(item->columns.items[i].name, name))
            try_column(search, item, &item->columns.items[i]);
    }
    if (search->count == before && item->system && is_system_column(name))
        try_column(search, item, system_column(r, item, name));
    search->open = search->open || item->open;
}

static ColumnSearch search_columns(Reader *r, const QueryLevel *level, Str name)
{
    ColumnSearch search = {0};
    for (size_t i = 0; i < level->visible.count; i++) {
        const Visible *visible = &level->visible.items[i];
        if (visible->columns && sees(level, visible))
            search_item(r, &search, visible->item, name);
    }
    return search;
}

const QueryColumn *query_own_column(Reader *r, Str name)
{
    return search_columns(r, r->query->level, name).found;
}

static void report_ambiguous(Reader *r, Str name, Span span, const ColumnSearch *search)
{
    Compilation *c = r->names.sql->c;
    query_report(r, M_AMBIGUOUS_COLUMN, span, "column \"%.*s\" is ambiguous", STR_ARG(name));
    const RangeItem *one = search->items[0], *other = search->items[1];
    if (one != other && one->name.data != NULL && other->name.data != NULL)
        help(c, "\"%.*s\" and \"%.*s\" both have one: write which is meant", STR_ARG(one->name), STR_ARG(other->name));
}

static void suggest_columns(Reader *r, Str name)
{
    Nearest nearest = nearest_to(name);
    for (const QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        for (size_t i = 0; i < level->visible.count; i++) {
            const Visible *visible = &level->visible.items[i];
            for (size_t j = 0; visible->columns && j < visible->item->columns.count; j++)
                nearest_try(&nearest, visible->item->columns.items[j].name);
        }
    }
    nearest_help(r->names.sql->c, &nearest);
}

/* The only relation that could have it; NULL: there are several, or other things. */
static const Table *only_relation(const QueryLevel *level)
{
    bool single = level->visible.count == 1 && (level->outer == NULL || level->outer->visible.count == 0);
    return single ? level->visible.items[0].item->table : NULL;
}

static void report_no_column(Reader *r, const RangeItem *item, Str name, Span span)
{
    const Table *table = item != NULL ? item->table : only_relation(r->query->level);
    if (table != NULL) {
        r->refused = true;
        report_unknown_column(r->names.sql->c, table, name, span);
        return;
    }
    if (item == NULL) {
        query_report(r, M_UNKNOWN_COLUMN, span, "there is no column \"%.*s\" here", STR_ARG(name));
        suggest_columns(r, name);
        return;
    }
    Nearest nearest = nearest_to(name);
    query_report(r, M_UNKNOWN_COLUMN, span, "\"%.*s\" has no column \"%.*s\"", STR_ARG(item->name), STR_ARG(name));
    for (size_t i = 0; i < item->columns.count; i++)
        nearest_try(&nearest, item->columns.items[i].name);
    nearest_help(r->names.sql->c, &nearest);
}

/* ------------------------------------------------------------------ references in the text */

/* Whether another table's new column, or an output, could take the bare name. */
static bool could_be_taken(const Reader *r, const QueryLevel *level)
{
    return level != r->query->level || level->visible.count > 1 || level->clause == CLAUSE_ORDER;
}

static void qualify(Reader *r, const QueryColumn *column, size_t offset)
{
    const RangeItem *item = column->item;
    if (item == NULL || item->name.data == NULL || query_find_item(r, STR(""), item->name) != item)
        return;
    QueryEdit edit = {.offset = (uint32_t) offset};
    Str name = catalog_quote(READER_ARENA(r), item->name);
    edit.text = str_format(READER_ARENA(r), "%.*s.", STR_ARG(name));
    Use use = query_qualifier(item);
    use.length = (uint32_t) name.len;
    if (query_item_follows(item))
        list_push(READER_ARENA(r), &edit.uses, use);
    list_push(READER_ARENA(r), &r->query->edits, edit);
}

/* The qualifiers in front of a name: with a schema's they become the item's name, and the name of the expression's own
 * relation is a hole. */
static void use_qualifiers(Reader *r, const PgQuery__ColumnRef *reference, const RangeItem *item, const Use *last)
{
    size_t start = query_offset(r, reference->location);
    Use qualifier = last_name(r->expression->sql, start, reference->n_fields - 1);
    uint32_t length = qualifier.offset + qualifier.length - (uint32_t) start;
    if (last->offset <= start || item == NULL)
        return;
    Use use = query_qualifier(item);
    use.offset = (uint32_t) start;
    use.length = length;
    if (query_item_follows(item) && (item->own || reference->n_fields == 2 || r->query->scope->kept))
        query_use(r, use);
}

static void use_found(Reader *r, const PgQuery__ColumnRef *reference, const QueryLevel *level,
                      const QueryColumn *column)
{
    size_t start = query_offset(r, reference->location);
    Use use = last_name(r->expression->sql, start, reference->n_fields);
    query_resolve(r, &reference->base, column);
    bool own = column->item != NULL && column->item->own;
    use.object = own ? 0 : column->object;
    use.part = column->column;
    if (column->column != 0 && column->renamed)
        query_use_hidden(r, use.object, use.part);
    else if (column->column != 0)
        query_use(r, use);
    if (reference->n_fields > 1)
        use_qualifiers(r, reference, column->item, &use);
    else if (r->query->scope->kept && level != NULL && could_be_taken(r, level))
        qualify(r, column, start);
}

static void use_whole_row(Reader *r, const PgQuery__ColumnRef *reference, const RangeItem *item)
{
    if (item->scalar) {
        query_resolve(r, &reference->base, &item->columns.items[0]);
        return;
    }
    if (item->table == NULL && !item->open) {
        QueryColumn *record = arena_new(READER_ARENA(r), QueryColumn);
        *record = (QueryColumn) {.type = query_core_type(r->names.schema, "record")};
        query_resolve(r, &reference->base, record);
    }
    query_set_shape(r, &reference->base, str_format(READER_ARENA(r), "(row r%u)", item->number));
    if (query_item_follows(item)) {
        Use place = last_name(r->expression->sql, query_offset(r, reference->location), 1), use = query_qualifier(item);
        use.offset = place.offset;
        use.length = place.length;
        query_use(r, use);
    }
}

/* ------------------------------------------------------------------ what a name can be besides */

static bool use_variable(Reader *r, const PgQuery__ColumnRef *reference, Str name)
{
    const QueryVariable *variable = find_variable(r, name);
    if (variable == NULL)
        return false;
    QueryColumn *column = arena_new(READER_ARENA(r), QueryColumn);
    *column = (QueryColumn) {.name = name, .type = variable->type};
    query_resolve(r, &reference->base, column);
    return true;
}

/* t.f is f(t), where f is a function of the row. */
static bool is_row_function(const Reader *r, Str name)
{
    return user_functions(r->names.schema, STR(""), name, 1).items.count > 0;
}

static void report_no_field(Reader *r, const QueryVariable *variable, const Table *relation, Str name, Span span)
{
    const CatalogType *type = type_catalog(&variable->type);
    bool scalar = type != NULL && !type->unknown && type->kind != CATALOG_COMPOSITE && type->kind != CATALOG_PSEUDO &&
                  catalog_base_type(type)->kind != CATALOG_COMPOSITE;
    if (is_row_function(r, name) || (relation == NULL && !scalar))
        return;
    r->refused = true;
    if (relation != NULL)
        report_unknown_column(r->names.sql->c, relation, name, span);
    else
        query_report(r, M_UNKNOWN_COLUMN, span, "a value of type %.*s has no field \"%.*s\"", STR_ARG(type->display),
                     STR_ARG(name));
}

/* `parameter.field`, whose name is a hole (sql_fn_post_column_ref() in src/backend/executor/functions.c). */
static void use_variable_field(Reader *r, const PgQuery__ColumnRef *reference, const QueryVariable *variable, Str name,
                               Span span)
{
    const Table *relation = NULL;
    const ColumnInfo *field = query_field(r, variable->type, reference->fields[reference->n_fields - 1], &relation);
    if (field == NULL) {
        report_no_field(r, variable, relation, name, span);
        return;
    }
    Use use = last_name(r->expression->sql, query_offset(r, reference->location), reference->n_fields);
    use.object = relation->object.id;
    use.part = field->id;
    query_use(r, use);
    QueryColumn *column = arena_new(READER_ARENA(r), QueryColumn);
    *column = (QueryColumn) {.name = name, .type = field->type};
    query_resolve(r, &reference->base, column);
    query_set_shape(r, &reference->base, str_format(READER_ARENA(r), "%.*s.\x01%u.%u\x02", STR_ARG(variable->name),
                                                    (unsigned) use.object, (unsigned) use.part));
}

static void read_bare(Reader *r, const PgQuery__ColumnRef *reference, Str name, Span span)
{
    bool open = false;
    for (const QueryLevel *level = r->query->level; level != NULL; level = level->outer) {
        ColumnSearch search = search_columns(r, level, name);
        open = open || search.open;
        if (search.count > 1) {
            report_ambiguous(r, name, span, &search);
            return;
        }
        if (search.count == 1) {
            use_found(r, reference, level, search.found);
            return;
        }
    }
    const RangeItem *item = query_find_item(r, STR(""), name);
    if (item != NULL)
        use_whole_row(r, reference, item);
    else if (!use_variable(r, reference, name) && !open)
        report_no_column(r, NULL, name, span);
}

static void read_qualified(Reader *r, const PgQuery__ColumnRef *reference, Str name, Span span)
{
    Str qualifier = tree_qualifier(reference->n_fields, reference->fields);
    Str namespace = tree_qualifier(reference->n_fields - 1, reference->fields);
    RangeItem *item = query_find_item(r, namespace, qualifier);
    bool function = r->query->scope->function.data != NULL && str_equal(r->query->scope->function, qualifier);
    if (item == NULL) {
        const QueryVariable *variable = find_variable(r, qualifier);
        if (function && use_variable(r, reference, name))
            return;
        if (variable != NULL)
            use_variable_field(r, reference, variable, name, span);
        else
            query_report_item(r, qualifier, query_place(r, reference->location));
        return;
    }
    ColumnSearch search = {0};
    search_item(r, &search, item, name);
    if (search.count > 1)
        report_ambiguous(r, name, span, &search);
    else if (search.count == 1)
        use_found(r, reference, NULL, search.found);
    else if (!item->open && !is_row_function(r, name))
        report_no_column(r, item, name, span);
}

static void read_row(Reader *r, const PgQuery__ColumnRef *reference)
{
    Str qualifier = tree_qualifier(reference->n_fields, reference->fields);
    if (reference->n_fields < 2)
        return;
    const RangeItem *item = query_find_item(r, tree_qualifier(reference->n_fields - 1, reference->fields), qualifier);
    if (item == NULL)
        query_report_item(r, qualifier, query_place(r, reference->location));
    else
        use_whole_row(r, reference, item);
}

void query_column(Reader *r, const PgQuery__ColumnRef *reference)
{
    Str name = tree_name(reference->n_fields, reference->fields);
    Use use = last_name(r->expression->sql, query_offset(r, reference->location), reference->n_fields);
    Span span = fragment_place(r->names.fragment, use.offset, use.length);
    if (str_is(name, "*"))
        read_row(r, reference);
    else if (reference->n_fields == 1)
        read_bare(r, reference, name, span);
    else
        read_qualified(r, reference, name, span);
}

/* ------------------------------------------------------------------ stars */

static void add_star(Reader *r, QueryColumns *columns, const RangeItem *item, bool *open)
{
    *open = *open || item->open;
    for (size_t i = 0; i < item->columns.count; i++)
        list_push(READER_ARENA(r), columns, item->columns.items[i]);
}

QueryColumns query_star(Reader *r, const RangeItem *item, bool *open)
{
    QueryColumns columns = {0};
    if (item != NULL) {
        add_star(r, &columns, item, open);
        return columns;
    }
    const QueryLevel *level = r->query->level;
    for (size_t i = 0; i < level->visible.count; i++) {
        if (level->visible.items[i].columns && !level->visible.items[i].lateral)
            add_star(r, &columns, level->visible.items[i].item, open);
    }
    return columns;
}
