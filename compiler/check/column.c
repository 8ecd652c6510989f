/* Columns: name, type, and the clauses that are not constraints. */
#include "checker.h"
#include "privilege.h"
#include "define.h"

enum { COLUMNS_MAXIMUM = 1600 };  /* MaxHeapAttributeNumber */

bool check_column_name(Checker *k, const Table *table, Word name)
{
    static const char *const reserved[] = {"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"};
    const ColumnInfo *other = table_column_named(table, name.name);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved && table->object.kind != OBJECT_COMPOSITE; i++) {
        if (str_is(name.name, reserved[i])) {
            report(k->c, M_RESERVED_NAME, name.span, "\"%s\" is a system column of every table", reserved[i]);
            return false;
        }
    }
    if (other != NULL) {
        report(k->c, M_DUPLICATE_COLUMN, name.span, "%s \"%.*s\" has a column \"%.*s\" already",
               object_word(table->object.kind), STR_ARG(table->object.name), STR_ARG(name.name));
        label(k->c, other->created, "the first one");
    }
    return other == NULL && check_new_name(k, name);
}

static bool check_column_count(Checker *k, const Table *table, Word name)
{
    if (table->columns.count == COLUMNS_MAXIMUM)
        report(k->c, M_TOO_MANY_COLUMNS, name.span, "a table can have %d columns at most", COLUMNS_MAXIMUM);
    return table->columns.count < COLUMNS_MAXIMUM;
}

/* The type with its collation, which SQL may say further on. */
static Fragment column_type(Checker *k, const NodeColumn *node)
{
    Fragment type = fragment_of(k, node->type);
    for (size_t i = 0; i < node->clauses.count; i++) {
        if (node->clauses.items[i]->kind != NODE_COLLATION)
            continue;
        Fragment collation = fragment_of(k, ((const NodeCollation *) node->clauses.items[i])->collation);
        return fragment_join(CHECKER_ARENA(k), &type, &collation);
    }
    return type;
}

/* A name that is too long is cut, as PostgreSQL's parser cuts it where expressions say it. */
bool build_column(Checker *k, TableBuild *build, const NodeColumn *node)
{
    Table *table = build->table;
    Str name = str_clip(node->name.name, NAME_MAXIMUM);
    if (!check_column_name(k, table, node->name) || !check_column_count(k, table, node->name)) {
        silence_column(k, table, node->name.name);
        build->complete = false;
        if (name.len == node->name.name.len)
            return false;
    }
    Fragment type = column_type(k, node);
    SqlType read = sql_type(&k->sql, &k->schema, &type);
    if (read.type.catalog != NULL && !check_not_inside(k, table, &read.type, node->type))
        read.type.catalog = NULL;
    ColumnInfo column = {.id = ++table->last_column, .name = name, .created = node->name.span,
                         .type = read.type, .not_null = true};
    column_add(CHECKER_ARENA(k), table, &column);
    if (read.serial)
        list_push(CHECKER_ARENA(k), &build->serials, column.id);
    build->complete = build->complete && read.type.catalog != NULL;
    return true;
}

/* ------------------------------------------------------------------ clauses that exclude each other */

/* What was written of each kind, for one column. */
typedef struct Clauses {
    const Node *null, *not_null, *value;  /* value: default, generated or identity */
    const Node *primary, *comment, *compression;
} Clauses;

static void conflict(Checker *k, const Node *first, const Node *second, const char *why)
{
    report(k->c, M_CONFLICTING_CLAUSES, second->span, "%s", why);
    label(k->c, first->span, "the other one");
}

static void note_clause(Checker *k, const Node **slot, const Node *node, const char *why)
{
    if (*slot != NULL)
        conflict(k, *slot, node, why);
    else
        *slot = node;
}

static void sort_clause(Checker *k, Clauses *clauses, const Node *node)
{
    if (node->kind == NODE_NULLABLE)
        note_clause(k, &clauses->null, node, "`null` is written twice");
    else if (node->kind == NODE_NOT_NULL)
        note_clause(k, &clauses->not_null, node, "`not null` is written twice");
    else if (node->kind == NODE_DEFAULT || node->kind == NODE_GENERATED || node->kind == NODE_IDENTITY)
        note_clause(k, &clauses->value, node, "a column has one default, generation or identity");
    else if (node->kind == NODE_COMMENT)
        note_clause(k, &clauses->comment, node, "a column has one comment");
    else if (node->kind == NODE_SET_COMPRESSION)
        clauses->compression = node;
    else if (node->kind == NODE_KEY && span_is_known(((const NodeKey *) node)->primary))
        clauses->primary = node;
}

static void check_clauses(Checker *k, const Clauses *clauses, bool serial, const NodeColumn *node)
{
    if (clauses->null != NULL && clauses->not_null != NULL)
        conflict(k, clauses->null, clauses->not_null, "a column is null or not null");
    if (clauses->null != NULL && clauses->primary != NULL)
        conflict(k, clauses->primary, clauses->null, "a column of a primary key cannot be null");
    if (clauses->null != NULL && clauses->value != NULL && clauses->value->kind == NODE_IDENTITY)
        conflict(k, clauses->value, clauses->null, "an identity column cannot be null");
    if (clauses->null != NULL && serial)
        conflict(k, &node->node, clauses->null, "a serial column cannot be null");
    if (clauses->value != NULL && serial)
        conflict(k, &node->node, clauses->value, "a serial column has its default already");
}

/* ------------------------------------------------------------------ values */

const Expression *build_expression(Checker *k, const Table *table, ExpressionPlace place, Span span)
{
    Fragment fragment = fragment_of(k, span);
    return sql_expression(&k->sql, (ExpressionScope) {&k->schema, table, place, NULL}, &fragment);
}

bool build_default(Checker *k, const Table *table, const ColumnInfo *column, Span span, const Expression **expression)
{
    Fragment fragment = fragment_of(k, span);
    ExpressionScope scope = {&k->schema, table, PLACE_DEFAULT, &column->type};
    *expression = sql_expression(&k->sql, scope, &fragment);
    if (*expression == NULL)
        return false;
    if (sql_is_null(&k->sql, &fragment))
        *expression = NULL;
    return true;
}

bool is_integer_type(const Type *type)
{
    return type->catalog != NULL && !type->array && type->object == 0 &&
           (str_is(type->catalog->name, "int2") || str_is(type->catalog->name, "int4") ||
            str_is(type->catalog->name, "int8"));
}

/* A name for the sequence that was written. False: reported. */
static bool check_sequence_name(Checker *k, TableBuild *build, const SqlSequence *sequence, Span span)
{
    Word name = {sequence->name, span};
    Str home = schema_object(&k->schema, build->table->object.schema)->name;
    if (sequence->schema.len > 0 && !str_equal(sequence->schema, home)) {
        report(k->c, M_BAD_IDENTITY, span, "the sequence of an identity column lives in the table's schema");
        return false;
    }
    return check_new_name(k, name) && take_relation_name(k, build, name);
}

static void build_sequence(Checker *k, TableBuild *build, ColumnInfo *column, const NodeIdentity *node)
{
    Fragment options = fragment_of(k, node->options);
    SqlSequence sequence = {0};
    bool fine = sql_sequence(&k->sql, SEQUENCE_OF_IDENTITY, column->identity.settings, &options, &sequence);
    column->identity.settings = sequence.settings;
    if (fine && sequence.name.data != NULL) {
        fine = check_sequence_name(k, build, &sequence, node->options);
        column->identity.sequence = sequence.name;
    }
    build->complete = build->complete && fine;
}

void build_identity(Checker *k, TableBuild *build, ColumnInfo *column, const NodeIdentity *node)
{
    if (column->type.catalog != NULL && !is_integer_type(&column->type)) {
        report(k->c, M_BAD_IDENTITY, node->node.span, "an identity column must be smallint, integer or bigint");
        label(k->c, column->created, "column \"%.*s\"", STR_ARG(column->name));
    }
    column->identity.kind = span_is_known(node->always) ? IDENTITY_ALWAYS : IDENTITY_BY_DEFAULT;
    column->identity.settings = sequence_defaults(column->type.catalog);
    if (span_is_known(node->options) && is_integer_type(&column->type))
        build_sequence(k, build, column, node);
    if (column->identity.sequence.data == NULL)
        column->identity.sequence = name_choose_sequence(&build->names, build->table->object.name, column->name);
}

/* What the server makes of serial: a sequence that the column owns, and a default that takes its next number (manual,
 * section 8.1.4). Servers from 15 on make the sequence of an unlogged table unlogged too. */
static Sequence *build_serial_sequence(Checker *k, TableBuild *build, const ColumnInfo *column)
{
    const Table *table = build->table;
    Sequence *sequence = arena_new(CHECKER_ARENA(k), Sequence);
    sequence->object = (Object) {.kind = OBJECT_SEQUENCE, .id = schema_new_id(&k->schema),
                                 .schema = table->object.schema, .created = column->created};
    sequence->object.privileges = privileges_by_default(&k->schema, OBJECT_SEQUENCE, table->object.schema);
    sequence->object.name = name_choose_sequence(&build->names, table->object.name, column->name);
    sequence->settings = sequence_defaults(column->type.catalog);
    sequence->unlogged = table->unlogged && k->schema.view.catalog->major >= 15;
    sequence->owner = (SequenceOwner) {table->object.id, column->id};
    list_push(CHECKER_ARENA(k), &build->sequences, sequence);
    return sequence;
}

static void build_serial(Checker *k, TableBuild *build, ColumnInfo *column)
{
    enum { CALL = sizeof "nextval(" - 1 };
    Arena *arena = CHECKER_ARENA(k);
    const Sequence *sequence = build_serial_sequence(k, build, column);
    Str name = define_literal(arena, object_sql(&k->schema, &sequence->object));
    Expression *next = arena_new(arena, Expression);
    next->sql = str_format(arena, "nextval(%.*s::regclass)", STR_ARG(name));
    next->shape = str_format(arena, "nextval(\x01%u.0\x02)", (unsigned) sequence->object.id);
    next->atomic = true;
    list_push(arena, &next->uses, (Use) {.offset = CALL, .length = (uint32_t) name.len, .object = sequence->object.id,
                                              .form = USE_LITERAL});
    column->expression = next;
}

void create_sequences(Checker *k, Span span, const TableBuild *build)
{
    for (size_t i = 0; i < build->sequences.count; i++) {
        Sequence *unowned = arena_copy(CHECKER_ARENA(k), build->sequences.items[i], sizeof(Sequence));
        unowned->owner = (SequenceOwner) {0};
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = span, .create = {&unowned->object}});
    }
}

void own_sequences(Checker *k, Span span, const TableBuild *build)
{
    for (size_t i = 0; i < build->sequences.count; i++) {
        const Sequence *sequence = build->sequences.items[i];
        SetChange set = {.object = sequence->object.id, .property = PROPERTY_SEQUENCE_OWNER};
        set.value.owner = sequence->owner;
        checker_change(k, (Change) {.kind = CHANGE_SET, .span = span, .set = set});
    }
}

static void build_value(Checker *k, TableBuild *build, ColumnInfo *column, const Node *node)
{
    if (node->kind == NODE_IDENTITY) {
        build_identity(k, build, column, (const NodeIdentity *) node);
    } else if (node->kind == NODE_DEFAULT) {
        bool fine =
            build_default(k, build->table, column, ((const NodeDefault *) node)->expression, &column->expression);
        build->complete = build->complete && fine;
    } else {
        Span span = ((const NodeGenerated *) node)->expression;
        column->generated = true;
        column->expression = build_expression(k, build->table, PLACE_GENERATED, span);
        build->complete = build->complete && column->expression != NULL;
    }
}

/* A generated column that reads itself can only be seen once it is known to be generated: expression.c sees others. */
static void check_generated(Checker *k, const ColumnInfo *column)
{
    if (column->generated && column->expression != NULL && expression_uses_column(column->expression, column->id))
        report(k->c, M_BAD_EXPRESSION, column->created, "generated column \"%.*s\" uses itself", STR_ARG(column->name));
}

void build_column_clauses(Checker *k, TableBuild *build, ColumnInfo *column, const NodeColumn *node)
{
    Clauses clauses = {0};
    for (size_t i = 0; i < node->clauses.count; i++)
        sort_clause(k, &clauses, node->clauses.items[i]);
    bool serial = column_ids_contain(build->serials, column->id);
    check_clauses(k, &clauses, serial, node);
    column->not_null = clauses.null == NULL;
    if (clauses.comment != NULL)
        column->comment = comment_text((const NodeComment *) clauses.comment);
    if (serial && column->type.catalog != NULL)
        build_serial(k, build, column);
    else if (clauses.value != NULL)
        build_value(k, build, column, clauses.value);
    check_generated(k, column);
    if (clauses.compression != NULL)
        read_compression(k, column, (const NodeSetCompression *) clauses.compression, &column->compression);
}
