/* FROM: transformFromClauseItem of src/backend/parser/parse_clause.c. An item is read with those before it visible for
 * what is LATERAL alone; a join hides the columns of its sides behind its own. */
#include "query.h"

#include "bug.h"
#include "figure.h"
#include "lookup.h"
#include "unknown.h"
#include "lower.h"

/* ------------------------------------------------------------------ items */

RangeItem *range_new(Reader *r, Str name, bool aliased)
{
    RangeItem *item = arena_new(READER_ARENA(r), RangeItem);
    *item = (RangeItem) {.number = ++r->query->items, .name = name, .aliased = aliased};
    return item;
}

void range_show(Reader *r, RangeItem *item, bool columns)
{
    list_push(READER_ARENA(r), &r->query->level->visible,
              (Visible) {.item = item, .columns = columns, .name = item->name.data != NULL});
}

void range_add_column(Reader *r, RangeItem *item, Str name, Type type)
{
    QueryColumn column = {.name = name, .type = type, .item = item};
    column.place = (uint32_t) item->columns.count + 1;
    list_push(READER_ARENA(r), &item->columns, column);
}

void range_add_table(Reader *r, RangeItem *item, const Table *table)
{
    item->table = table;
    item->system = object_is_table(&table->object);
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        range_add_column(r, item, column->name, column->type);
        item->columns.items[i].object = table->object.id;
        item->columns.items[i].column = column->id;
    }
}

static void add_outputs(Reader *r, RangeItem *item, QueryColumns columns)
{
    for (size_t i = 0; i < columns.count; i++)
        range_add_column(r, item, columns.items[i].name,
                         query_settled_type(r->names.schema, columns.items[i].type));
}

static void rename_columns(Reader *r, RangeItem *item, const PgQuery__Alias *alias, Span span)
{
    size_t before = item->columns.count;
    if (alias == NULL || alias->n_colnames == 0)
        return;
    query_rename(r, &item->columns, alias->n_colnames, alias->colnames, item->open, span);
    for (size_t i = before; i < item->columns.count; i++) {
        item->columns.items[i].item = item;
        item->columns.items[i].place = (uint32_t) i + 1;
    }
}

/* ------------------------------------------------------------------ relations */

static Str alias_or(const PgQuery__Alias *alias, Str name)
{
    return alias == NULL ? name : str_from(alias->aliasname);
}

static Span relation_span(const Reader *r, const PgQuery__RangeVar *relation)
{
    size_t start = query_offset(r, relation->location);
    Use last = last_name(r->expression->sql, start, query_name_count(relation));
    return fragment_place(r->names.fragment, start, last.offset + last.length - start);
}

static void suggest_relation(Reader *r, ObjectId namespace, Str name)
{
    const Schema *schema = r->names.schema;
    Nearest nearest = nearest_to(name);
    const Object *elsewhere = NULL;
    for (size_t i = 1; i < schema->objects.count; i++) {
        const Object *object = schema->objects.items[i];
        if (!object_is_relation(object))
            continue;
        if (object->schema == namespace)
            nearest_try(&nearest, object->name);
        else if (str_equal(object->name, name))
            elsewhere = object;
    }
    if (nearest.best.data == NULL && elsewhere != NULL)
        help(r->names.sql->c, "did you mean %.*s?", STR_ARG(object_sql(schema, elsewhere)));
    nearest_help(r->names.sql->c, &nearest);
}

static void report_no_relation(Reader *r, const PgQuery__RangeVar *relation, ObjectId namespace, const Object *other)
{
    Span span = relation_span(r, relation);
    Str name = str_from(relation->relname);
    if (other != NULL) {
        query_report(r, M_WRONG_KIND, span, "\"%.*s\" is not a table or view", STR_ARG(name));
        label(r->names.sql->c, other->created, "%s created here", object_word(other->kind));
        return;
    }
    r->refused = true;
    if (sql_is_silenced(r->names.sql, "table", namespace, name))
        return;
    query_report(r, M_UNKNOWN_TABLE, span, "there is no table or view \"%.*s\" at this point", STR_ARG(name));
    suggest_relation(r, namespace, name);
}

/* A sequence can be read like a table of one row. */
static void add_sequence(Reader *r, RangeItem *item)
{
    range_add_column(r, item, STR("last_value"), query_core_type(r->names.schema, "int8"));
    range_add_column(r, item, STR("log_cnt"), query_core_type(r->names.schema, "int8"));
    range_add_column(r, item, STR("is_called"), query_core_type(r->names.schema, "bool"));
}

static void use_relation(Reader *r, const PgQuery__RangeVar *relation, const RangeItem *item)
{
    Str alias = relation->alias == NULL ? STR("") : str_from(relation->alias->aliasname);
    query_use_relation(r, relation, item);
    query_set_shape(r, &relation->base,
                    str_format(READER_ARENA(r), "(%s\x01%u.0\x02 '%.*s')", relation->inh ? "" : "only ",
                               (unsigned) item->table->object.id, STR_ARG(alias)));
}

static RangeItem *read_known_relation(Reader *r, const PgQuery__RangeVar *relation, const Object *object)
{
    RangeItem *item = range_new(r, alias_or(relation->alias, object->name), relation->alias != NULL);
    if (object->kind == OBJECT_SEQUENCE) {
        item->sequence = true;
        add_sequence(r, item);
        query_use_hidden(r, object->id, 0);
        return item;
    }
    range_add_table(r, item, (const Table *) object);
    item->place = query_offset(r, relation->location);
    use_relation(r, relation, item);
    return item;
}

/* One whose columns are not known, or that is not there. */
static RangeItem *unknown_relation(Reader *r, const PgQuery__RangeVar *relation)
{
    RangeItem *item = range_new(r, alias_or(relation->alias, str_from(relation->relname)), relation->alias != NULL);
    item->open = true;
    item->system = true;
    return item;
}

/* One that the server has, or that an extension has brought. NULL: there is none. */
static RangeItem *read_catalog_relation(Reader *r, const PgQuery__RangeVar *relation)
{
    const Schema *schema = r->names.schema;
    const CatalogExtension *owner;
    Str name = str_from(relation->relname);
    const CatalogRelation *found = catalog_relation_named(schema, str_from(relation->schemaname), name, &owner);
    if (found == NULL)
        return NULL;
    RangeItem *item = range_new(r, alias_or(relation->alias, name), relation->alias != NULL);
    item->system = found->is_table;
    for (size_t i = 0; i < found->column_count; i++) {
        const CatalogType *type = found->columns[i].type;
        range_add_column(r, item, found->columns[i].name, type == NULL ? (Type) {0} : type_of_catalog(schema, type));
    }
    if (extension_object(schema, owner) != 0)
        query_use_hidden(r, extension_object(schema, owner), 0);
    return item;
}

/* What an extension that no snapshot knows may have brought, or the server made for tables' long values. NULL: none. */
static RangeItem *read_hidden_relation(Reader *r, const PgQuery__RangeVar *relation)
{
    Str qualifier = str_from(relation->schemaname);
    ObjectId extension = unknown_extension(r->names.schema, qualifier);
    if (extension != 0)
        query_use_hidden(r, extension, 0);
    return extension != 0 || str_is(qualifier, "pg_toast") ? unknown_relation(r, relation) : NULL;
}

/* A name without a schema is looked for in pg_catalog first. */
static RangeItem *read_relation(Reader *r, const PgQuery__RangeVar *relation)
{
    const Schema *schema = r->names.schema;
    if (relation_is_temporary(r->names.sql, relation))
        return unknown_relation(r, relation);
    RangeItem *item = read_catalog_relation(r, relation);
    if (item != NULL)
        return item;
    Str name = str_from(relation->relname), qualifier = str_from(relation->schemaname);
    ObjectId namespace = schema_place(schema, NAMES_RELATION, qualifier, name);
    const Object *object =
        namespace == 0 ? NULL : schema_object(schema, schema_find(schema, NAMES_RELATION, namespace, name));
    bool found = object != NULL && str_equal(object->name, name) &&
                 (object_is_relation(object) || object->kind == OBJECT_SEQUENCE);
    if (found)
        return read_known_relation(r, relation, object);
    item = object == NULL ? read_hidden_relation(r, relation) : NULL;
    if (item != NULL)
        return item;
    if (namespace == 0 && !schema_is_servers(qualifier))
        query_report(r, M_UNKNOWN_SCHEMA, relation_span(r, relation), "there is no schema \"%.*s\" at this point",
                     STR_ARG(qualifier));
    else
        report_no_relation(r, relation, namespace, object);
    return unknown_relation(r, relation);
}

static RangeItem *read_name(Reader *r, const PgQuery__RangeVar *relation)
{
    Str name = str_from(relation->relname);
    QueryCte *cte = relation->schemaname[0] == '\0' ? query_find_cte(r, name) : NULL;
    RangeItem *item;
    if (cte == NULL) {
        item = read_relation(r, relation);
    } else {
        query_use_cte(r, cte, relation_span(r, relation));
        item = range_new(r, alias_or(relation->alias, name), relation->alias != NULL);
        item->open = cte->open || !cte->known;
        add_outputs(r, item, cte->columns);
    }
    item->place = query_offset(r, relation->location);
    rename_columns(r, item, relation->alias, relation_span(r, relation));
    return item;
}

RangeItem *query_target_relation(Reader *r, const PgQuery__RangeVar *relation)
{
    RangeItem *item = read_relation(r, relation);
    if (item->table != NULL)
        list_push(READER_ARENA(r), &r->query->written, item->table->object.id);
    return item;
}

/* ------------------------------------------------------------------ functions and subqueries */

static void add_definitions(Reader *r, RangeItem *item, size_t count, PgQuery__Node *const *definitions)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__ColumnDef *column = definitions[i]->column_def;
        Type type = resolve_type(r->names, column->type_name);
        r->refused = r->refused || type.catalog == NULL;
        query_use_hidden(r, type.object, 0);
        range_add_column(r, item, str_from(column->colname), type);
    }
}

static RangeItem *read_function(Reader *r, const PgQuery__RangeFunction *range)
{
    QueryLevel *level = r->query->level;
    bool before = level->lateral;
    RangeItem *item = NULL;
    level->lateral = true;
    for (size_t i = 0; i < range->n_functions; i++) {
        const PgQuery__List *pair = range->functions[i]->list;
        query_read(r, pair->items[0], CLAUSE_FROM);
        Str name = figure_name(pair->items[0]), own = alias_or(range->alias, name);
        if (item == NULL)
            item = range_new(r, own, range->alias != NULL);
        const PgQuery__List *definitions =
            pair->n_items > 1 && pair->items[1]->node_case == PG_QUERY__NODE__NODE_LIST ? pair->items[1]->list : NULL;
        if (definitions != NULL && definitions->n_items > 0)
            add_definitions(r, item, definitions->n_items, definitions->items);
        else if (range->n_coldeflist > 0)
            add_definitions(r, item, range->n_coldeflist, range->coldeflist);
        else
            query_add_function(r, item, pair->items[0], range->n_functions == 1 ? own : name);
    }
    level->lateral = before;
    if (range->ordinality)
        range_add_column(r, item, STR("ordinality"), query_core_type(r->names.schema, "int8"));
    rename_columns(r, item, range->alias, query_place(r, query_first_location(&range->base)));
    return item;
}

static RangeItem *read_subquery(Reader *r, const PgQuery__RangeSubselect *range)
{
    QueryLevel *level = r->query->level;
    bool before = level->lateral;
    level->lateral = range->lateral;
    bool open = false;
    QueryColumns columns = query_select(r, range->subquery->select_stmt, &open);
    level->lateral = before;
    RangeItem *item = range_new(r, alias_or(range->alias, (Str) {0}), true);
    item->open = open;
    add_outputs(r, item, columns);
    rename_columns(r, item, range->alias, query_place(r, query_first_location(&range->base)));
    return item;
}

static RangeItem *read_xml_table(Reader *r, const PgQuery__RangeTableFunc *range)
{
    QueryLevel *level = r->query->level;
    bool before = level->lateral;
    level->lateral = true;
    query_read(r, range->docexpr, CLAUSE_FROM);
    query_read(r, range->rowexpr, CLAUSE_FROM);
    RangeItem *item = range_new(r, alias_or(range->alias, STR("xmltable")), range->alias != NULL);
    for (size_t i = 0; i < range->n_columns; i++) {
        const PgQuery__RangeTableFuncCol *column = range->columns[i]->range_table_func_col;
        query_read(r, column->colexpr, CLAUSE_FROM);
        query_read(r, column->coldefexpr, CLAUSE_FROM);
        Type type = column->for_ordinality ? query_core_type(r->names.schema, "int4")
                                           : resolve_type(r->names, column->type_name);
        range_add_column(r, item, str_from(column->colname), type);
    }
    level->lateral = before;
    rename_columns(r, item, range->alias, query_place(r, range->location));
    return item;
}

/* ------------------------------------------------------------------ joins */

/* An item and what it makes visible. */
typedef struct Range {
    RangeItem *item;
    VisibleList visible;
} Range;

static Range read_item(Reader *r, const PgQuery__Node *node);

/* Two relations of one name that are not the same are allowed when neither has an alias. */
static bool conflict(const Visible *a, const Visible *b)
{
    const RangeItem *one = a->item, *other = b->item;
    if (!a->name || !b->name || !str_equal(one->name, other->name))
        return false;
    bool relations = one->table != NULL && other->table != NULL && !one->aliased && !other->aliased;
    return !relations || one->table->object.id == other->table->object.id;
}

static void check_conflicts(Reader *r, const VisibleList *before, const VisibleList *after, const PgQuery__Node *node)
{
    for (size_t i = 0; i < after->count; i++) {
        for (size_t j = 0; j < before->count; j++) {
            if (!conflict(&before->items[j], &after->items[i]))
                continue;
            query_report(r, M_DUPLICATE_ALIAS, query_place(r, query_first_location(&node->base)),
                         "\"%.*s\" stands in FROM twice", STR_ARG(after->items[i].item->name));
            help(r->names.sql->c, "give one of them an alias: `as …`");
            return;
        }
    }
}

static void add_visible(Reader *r, VisibleList *list, const VisibleList *more)
{
    for (size_t i = 0; i < more->count; i++)
        list_push(READER_ARENA(r), list, more->items[i]);
}

static const QueryColumn *using_column(Reader *r, const RangeItem *side, Str name, const char *which, Span span)
{
    const QueryColumn *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < side->columns.count; i++) {
        if (str_equal(side->columns.items[i].name, name)) {
            found = &side->columns.items[i];
            count++;
        }
    }
    if (count > 1)
        query_report(r, M_AMBIGUOUS_COLUMN, span, "column \"%.*s\" is on the %s side of the join twice",
                     STR_ARG(name), which);
    else if (count == 0 && !side->open)
        query_report(r, M_UNKNOWN_COLUMN, span, "the %s side of the join has no column \"%.*s\"", which,
                     STR_ARG(name));
    return count == 1 ? found : NULL;
}

static void keep_name(Reader *r, const QueryColumn *column)
{
    if (column->column == 0)
        return;
    Use use = {.object = column->object, .part = column->column, .form = USE_KEPT, .kept = column->name};
    if (column->renamed)
        use.form = USE_HIDDEN;
    query_use(r, use);
}

/* select_common_type() in src/backend/parser/parse_coerce.c, of two types of which one becomes the other. */
static Type merged_type(const Reader *r, const Type *left, const Type *right)
{
    const CatalogView *view = &r->names.schema->view;
    const CatalogType *one = type_catalog(left), *other = type_catalog(right);
    if (one == NULL || other == NULL || one == other)
        return query_common_type(*left, *right);
    bool wider = catalog_coercible(view, one, other, CATALOG_IMPLICIT) &&
                 !catalog_coercible(view, other, one, CATALOG_IMPLICIT);
    Type type = wider && !one->preferred ? *right : *left;
    type.modifiers.count = 0;
    return type;
}

/* Whether the side's column is the merged one as it is; where nothing is known of types, it may be. */
static bool is_merged(const QueryColumn *side, const Type *type)
{
    return type->catalog == NULL || side->type.catalog == NULL || query_types_equal(&side->type, type);
}

/* A column of USING is that of the side whose rows are all there, and of an inner join of either, if that has its type;
 * else it is of neither (buildMergedJoinVar() in src/backend/parser/parse_clause.c). */
static QueryColumn merged_column(Reader *r, PgQuery__JoinType type, const QueryColumn *left, const QueryColumn *right)
{
    bool inner = type == PG_QUERY__JOIN_TYPE__JOIN_INNER, full = type == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    const QueryColumn *side = type == PG_QUERY__JOIN_TYPE__JOIN_RIGHT ? right : left;
    Type common = merged_type(r, &left->type, &right->type);
    keep_name(r, left);
    keep_name(r, right);
    if (inner && !is_merged(left, &common))
        side = right;
    QueryColumn merged = *side;
    if (full || !is_merged(side, &common))
        merged = (QueryColumn) {.name = left->name};
    merged.type = common;
    return merged;
}

static StrList natural_columns(Reader *r, const RangeItem *left, const RangeItem *right)
{
    StrList names = {0};
    for (size_t i = 0; i < left->columns.count; i++) {
        for (size_t j = 0; j < right->columns.count; j++) {
            if (str_equal(left->columns.items[i].name, right->columns.items[j].name))
                list_push(READER_ARENA(r), &names, left->columns.items[i].name);
        }
    }
    return names;
}

static StrList using_names(Reader *r, const PgQuery__JoinExpr *join, const RangeItem *left, const RangeItem *right)
{
    StrList names = {0};
    for (size_t i = 0; i < join->n_using_clause; i++)
        list_push(READER_ARENA(r), &names, str_from(join->using_clause[i]->string->sval));
    if (!join->is_natural)
        return names;
    names = natural_columns(r, left, right);
    if (r->query->scope->kept && (left->open || right->open))
        query_report(r, M_NOT_YET, query_place(r, query_first_location(&join->rarg->base)),
                     "a natural join with columns that this version of migc does not know");
    else if (r->query->scope->kept)
        query_spell_natural(r, join, names);
    return names;
}

static bool is_among(StrList names, Str name)
{
    for (size_t i = 0; i < names.count; i++) {
        if (str_equal(names.items[i], name))
            return true;
    }
    return false;
}

static void add_rest(Reader *r, RangeItem *item, const RangeItem *side, StrList merged)
{
    for (size_t i = 0; i < side->columns.count; i++) {
        if (!is_among(merged, side->columns.items[i].name))
            list_push(READER_ARENA(r), &item->columns, side->columns.items[i]);
    }
}

/* No column that a relation of the side gets later may be called as one of USING. */
static void reserve_names(Reader *r, const RangeItem *side, StrList names)
{
    ObjectIds relations = {0};
    for (size_t i = 0; i < side->columns.count; i++) {
        const QueryColumn *column = &side->columns.items[i];
        if (column->object == 0 || object_ids_contain(relations, column->object))
            continue;
        list_push(READER_ARENA(r), &relations, column->object);
        for (size_t j = 0; j < names.count; j++)
            query_use(r, (Use) {.object = column->object, .form = USE_KEPT, .kept = names.items[j]});
    }
}

static void add_join_columns(Reader *r, const PgQuery__JoinExpr *join, RangeItem *item, const RangeItem *left,
                             const RangeItem *right)
{
    StrList names = using_names(r, join, left, right);
    reserve_names(r, left, names);
    reserve_names(r, right, names);
    Span span = query_place(r, query_first_location(&join->rarg->base));
    for (size_t i = 0; i < names.count; i++) {
        const QueryColumn *one = using_column(r, left, names.items[i], "left", span);
        const QueryColumn *other = one == NULL ? NULL : using_column(r, right, names.items[i], "right", span);
        QueryColumn merged = {.name = names.items[i]};
        if (one != NULL && other != NULL)
            merged = merged_column(r, join->jointype, one, other);
        list_push(READER_ARENA(r), &item->columns, merged);
    }
    item->open = left->open || right->open;
    size_t merged = item->columns.count;
    add_rest(r, item, left, names);
    add_rest(r, item, right, names);
    if (join->join_using_alias == NULL)
        return;
    RangeItem *using_item = range_new(r, str_from(join->join_using_alias->aliasname), true);
    for (size_t i = 0; i < merged; i++)
        range_add_column(r, using_item, item->columns.items[i].name, item->columns.items[i].type);
    range_show(r, using_item, false);
}

/* Under an alias of its own a join's columns are called by that. */
static void own_columns(RangeItem *item)
{
    for (size_t i = 0; i < item->columns.count; i++) {
        item->columns.items[i].item = item;
        item->columns.items[i].place = (uint32_t) i + 1;
    }
}

static Range read_side(Reader *r, const PgQuery__Node *node, bool nullable)
{
    r->query->nullable += nullable;
    Range range = read_item(r, node);
    r->query->nullable -= nullable;
    return range;
}

/* The right side, which sees the left one where it is LATERAL. */
static Range read_right(Reader *r, const PgQuery__JoinExpr *join, const Range *left)
{
    QueryLevel *level = r->query->level;
    size_t before = level->visible.count;
    bool refused = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT ||
                   join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    add_visible(r, &level->visible, &left->visible);
    for (size_t i = before; i < level->visible.count; i++) {
        level->visible.items[i].lateral = true;
        level->visible.items[i].lateral_refused = refused;
    }
    Range right = read_side(r, join->rarg, join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT ||
                                               join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL);
    level->visible.count = before;
    check_conflicts(r, &left->visible, &right.visible, join->rarg);
    return right;
}

/* ON sees the two sides alone. */
static void read_on(Reader *r, const PgQuery__JoinExpr *join, const VisibleList *sides)
{
    QueryLevel *level = r->query->level;
    VisibleList before = level->visible;
    level->visible = *sides;
    query_read(r, join->quals, CLAUSE_ON);
    level->visible = before;
}

static Range read_join(Reader *r, const PgQuery__JoinExpr *join)
{
    QueryLevel *level = r->query->level;
    bool weak_left = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT ||
                     join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
    Range left = read_side(r, join->larg, weak_left), right = read_right(r, join, &left), range = {0};
    Str name = alias_or(join->alias, (Str) {0});
    range.item = range_new(r, name, join->alias != NULL);
    VisibleList outside = level->visible;
    level->visible = (VisibleList) {0};
    add_join_columns(r, join, range.item, left.item, right.item);
    VisibleList using_alias = level->visible;
    level->visible = outside;
    add_visible(r, &range.visible, &left.visible);
    add_visible(r, &range.visible, &right.visible);
    read_on(r, join, &range.visible);
    for (size_t i = 0; i < range.visible.count; i++)
        range.visible.items[i].columns = false;
    if (join->alias != NULL) {
        range.visible.count = 0;
        own_columns(range.item);
        rename_columns(r, range.item, join->alias, query_place(r, query_first_location(&join->larg->base)));
    }
    add_visible(r, &range.visible, &using_alias);
    list_push(READER_ARENA(r), &range.visible,
              (Visible) {.item = range.item, .columns = true, .name = name.data != NULL});
    return range;
}

/* ------------------------------------------------------------------ all items */

static RangeItem *read_sample(Reader *r, const PgQuery__RangeTableSample *sample)
{
    RangeItem *item = read_name(r, sample->relation->range_var);
    const Table *table = item == NULL ? NULL : item->table;
    if (table != NULL && table->object.kind != OBJECT_TABLE && table->object.kind != OBJECT_MATERIALIZED_VIEW)
        query_report(r, M_BAD_QUERY, query_place(r, sample->location),
                     "TABLESAMPLE is for tables and materialized views");
    Str method = tree_name(sample->n_method, sample->method);
    query_read_all(r, sample->n_args, sample->args, CLAUSE_FROM);
    query_read(r, sample->repeatable, CLAUSE_FROM);
    ObjectId extension = unknown_extension(r->names.schema, STR(""));
    if (catalog_function_known(&r->names.schema->view, method))
        return item;
    if (extension != 0)
        query_use_hidden(r, extension, 0);
    else
        query_report(r, M_UNKNOWN_FUNCTION, query_place(r, sample->location), "there is no sampling method \"%.*s\"",
                     STR_ARG(method));
    return item;
}

static Range single(Reader *r, RangeItem *item)
{
    Range range = {.item = item};
    list_push(READER_ARENA(r), &range.visible,
              (Visible) {.item = item, .columns = true, .name = item->name.data != NULL});
    return range;
}

static Range read_item(Reader *r, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR: return single(r, read_name(r, node->range_var));
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT: return single(r, read_subquery(r, node->range_subselect));
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION: return single(r, read_function(r, node->range_function));
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC: return single(r, read_xml_table(r, node->range_table_func));
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE: return single(r, read_sample(r, node->range_table_sample));
    case PG_QUERY__NODE__NODE_JOIN_EXPR: return read_join(r, node->join_expr);
    default: BUG("an item of FROM of kind %d", (int) node->node_case);
    }
}

void query_from(Reader *r, size_t count, PgQuery__Node *const *items)
{
    QueryLevel *level = r->query->level;
    size_t first = level->visible.count;
    for (size_t i = 0; i < count; i++) {
        Range range = read_item(r, items[i]);
        check_conflicts(r, &level->visible, &range.visible, items[i]);
        size_t before = level->visible.count;
        add_visible(r, &level->visible, &range.visible);
        for (size_t j = before; j < level->visible.count; j++)
            level->visible.items[j].lateral = true;
    }
    for (size_t i = first; i < level->visible.count; i++)
        level->visible.items[i].lateral = false;
}
