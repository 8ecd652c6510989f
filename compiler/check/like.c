/* `like TABLE including …`, an item of a table: its columns at once; its checks, keys and indexes when the table's own
 * are named (transformTableLikeClause() and expandTableLikeClause() in src/backend/parser/parse_utilcmd.c). */
#include "checker.h"
#include "inherit.h"
#include "partition.h"

#include <strings.h>

/* ------------------------------------------------------------------ options */

static const struct {
    const char *word;
    LikeOption option;
} words[] = {
    {"comments", LIKE_COMMENTS}, {"compression", LIKE_COMPRESSION}, {"constraints", LIKE_CONSTRAINTS},
    {"defaults", LIKE_DEFAULTS}, {"generated", LIKE_GENERATED},     {"identity", LIKE_IDENTITY},
    {"indexes", LIKE_INDEXES},   {"statistics", LIKE_STATISTICS},   {"storage", LIKE_STORAGE},
    {"all", LIKE_ALL},
};

/* 0: it is none. */
static unsigned find_word(Str word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (word.len == strlen(words[i].word) && strncasecmp(word.data, words[i].word, word.len) == 0)
            return words[i].option;
    }
    return 0;
}

static Str next_word(Str *rest)
{
    size_t end = 0;
    *rest = str_trim(*rest);
    while (end < rest->len && rest->data[end] != ' ')
        end++;
    Str word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return word;
}

/* `including WORD` and `excluding WORD`, the later ones over the earlier. False: reported. */
static bool read_options(Checker *k, const NodeLike *node, unsigned *options)
{
    Str rest = span_is_known(node->options) ? fragment_of(k, node->options).sql : STR("");
    *options = 0;
    while (str_trim(rest).len > 0) {
        Str verb = next_word(&rest);
        unsigned option = find_word(next_word(&rest));
        bool including = verb.len == 9 && strncasecmp(verb.data, "including", 9) == 0;
        bool excluding = verb.len == 9 && strncasecmp(verb.data, "excluding", 9) == 0;
        if (option == 0 || (!including && !excluding)) {
            report(k->c, M_SYNTAX, node->options, "`like` takes `including` or `excluding` and a word for what");
            help(k->c, "the words are comments, compression, constraints, defaults, generated, identity, indexes, "
                       "statistics, storage and all");
            return false;
        }
        *options = including ? *options | option : *options & ~option;
    }
    return true;
}

/* ------------------------------------------------------------------ columns */

/* That whose sequence a column has: the topmost partitioned table's. */
static const Identity *identity_source(Checker *k, const Table *table, const ColumnInfo *column)
{
    Part part = {table->object.id, PART_COLUMN, column->id};
    if (!identity_has_sequence(&column->identity))
        part = part_origin(&k->schema, part);
    return &table_column(schema_relation(&k->schema, part.object), part.id)->identity;
}

/* Its sequence is of bigint, with the bounds of the other one: sequence_options() in src/backend/commands/sequence.c
 * says those, and nothing says the type. */
static void copy_identity(Checker *k, TableBuild *build, const Identity *source, ColumnInfo *copy)
{
    const CatalogType *bigint = catalog_type_in(&k->catalog->core, STR("int8"));
    copy->identity = *source;
    copy->identity.settings.type = bigint;
    copy->identity.type = copy->type.catalog == bigint ? NULL : bigint;
    copy->identity.comment = (Str) {0};
    copy->identity.sequence = choose_sequence_name(k, build, copy);
}

/* A column that a parent has as well becomes one with that (MergeAttributes() in src/backend/commands/tablecmds.c). */
static bool join_column(Checker *k, TableBuild *build, const ColumnInfo *own, const ColumnInfo *copy, Span span)
{
    const Table *parent = schema_relation(&k->schema, build->table->parents.items[0]);
    if (!check_same_type(k, copy, own, parent, span))
        return false;
    ColumnInfo *column = column_edit(CHECKER_ARENA(k), build->table, own->id);
    column->not_local = false;
    if (copy->not_null.holds)
        column->not_null = copy->not_null;
    column->created = span;
    column->comment = copy->comment;
    column->identity = copy->identity;
    if (copy->storage.len > 0)
        column->storage = copy->storage;
    if (copy->compression.len > 0)
        column->compression = copy->compression;
    return true;
}

static bool copy_column(Checker *k, TableBuild *build, const ColumnInfo *source, const LikeCopy *like)
{
    const ColumnInfo *own = table_column_named(build->table, source->name);
    bool joins = own != NULL && own->not_local;
    if (!joins && !check_column_name(k, build->table, (Word) {source->name, like->span}))
        return false;
    ColumnInfo copy = {.name = source->name, .created = like->span,
                       .type = source->type, .not_null = source->not_null};
    copy.not_null.not_local = copy.not_null.not_valid = false;
    if (!(like->options & LIKE_COMMENTS))
        copy.not_null.comment = (Str) {0};
    if (like->options & LIKE_STORAGE)
        copy.storage = source->storage;
    if (like->options & LIKE_COMPRESSION)
        copy.compression = source->compression;
    if (like->options & LIKE_COMMENTS)
        copy.comment = source->comment;
    if ((like->options & LIKE_IDENTITY) && source->identity.kind != IDENTITY_NONE)
        copy_identity(k, build, identity_source(k, like->source, source), &copy);
    if (joins)
        return join_column(k, build, own, &copy, like->span);
    copy.id = ++build->table->last_column;
    column_add(CHECKER_ARENA(k), build->table, &copy);
    return true;
}

static const Expression *copied(Checker *k, const LikeCopy *like, const Expression *expression, const Table *to)
{
    return expression == NULL ? NULL : expression_for(&k->schema, expression, like->source, to);
}

/* Defaults and generated columns, once all columns are there. */
static void copy_values(Checker *k, TableBuild *build, const LikeCopy *like)
{
    for (size_t i = 0; i < like->source->columns.count; i++) {
        const ColumnInfo *source = like->source->columns.items[i];
        unsigned option = source->generated ? LIKE_GENERATED : LIKE_DEFAULTS;
        if (source->expression == NULL || !(like->options & option))
            continue;
        ColumnId id = table_column_named(build->table, source->name)->id;
        ColumnInfo *copy = column_edit(CHECKER_ARENA(k), build->table, id);
        copy->generated = source->generated;
        copy->expression = copied(k, like, source->expression, build->table);
    }
}

/* Whatever has columns. NULL: reported. */
static const Table *find_copied(Checker *k, const Ref *ref)
{
    const Object *object = named_object(k, NAMES_RELATION, ref);
    if (object == NULL)
        object = named_object(k, NAMES_TYPE, ref);
    bool columns = object != NULL && str_equal(object->name, ref->name.name) &&
                   (object_is_relation(object) || object->kind == OBJECT_COMPOSITE);
    return columns ? (const Table *) object : find_table(k, ref);
}

bool build_like(Checker *k, TableBuild *build, const NodeLike *node)
{
    LikeCopy like = {.source = find_copied(k, &node->table), .span = node->node.span};
    bool fine = like.source != NULL && read_options(k, node, &like.options);
    if (build->table->server != 0)  /* which has no storage here */
        like.options &= ~(unsigned) (LIKE_COMPRESSION | LIKE_IDENTITY | LIKE_INDEXES | LIKE_STORAGE);
    for (size_t i = 0; fine && i < like.source->columns.count; i++)
        fine = copy_column(k, build, like.source->columns.items[i], &like);
    if (!fine)
        return false;
    copy_values(k, build, &like);
    list_push(CHECKER_ARENA(k), &build->likes, like);
    return true;
}

/* ------------------------------------------------------------------ constraints */

static ColumnIds copied_columns(Checker *k, const LikeCopy *like, ColumnIds columns, const Table *to)
{
    ColumnIds result = {0};
    for (size_t i = 0; i < columns.count; i++) {
        Str name = table_column(like->source, columns.items[i])->name;
        list_push(CHECKER_ARENA(k), &result, table_column_named(to, name)->id);
    }
    return result;
}

static IndexKey copied_key(Checker *k, const LikeCopy *like, IndexKey key, const Table *to)
{
    key.expression = copied(k, like, key.expression, to);
    if (key.column != 0)
        key.column = table_column_named(to, table_column(like->source, key.column)->name)->id;
    return key;
}

/* Of a key its index brings its comment, but not the constraint (expandTableLikeClause() in
 * src/backend/parser/parse_utilcmd.c). */
static Constraint copied_constraint(Checker *k, const LikeCopy *like, const Constraint *source, const Table *to)
{
    Constraint copy = *source;
    copy.created = like->span;
    copy.id = schema_new_id(&k->schema);
    copy.columns = copied_columns(k, like, source->columns, to);
    copy.include = copied_columns(k, like, source->include, to);
    copy.expression = copied(k, like, source->expression, to);
    copy.not_valid = copy.not_local = copy.incomplete = false;
    copy.inherited = 0;
    copy.parent = 0;
    list_clone(CHECKER_ARENA(k), &copy.elements);
    for (size_t i = 0; i < copy.elements.count; i++)
        copy.elements.items[i].key = copied_key(k, like, copy.elements.items[i].key, to);
    if (!(like->options & LIKE_COMMENTS) || source->kind != CONSTRAINT_CHECK)
        copy.comment = (Str) {0};
    if (!(like->options & LIKE_COMMENTS))
        copy.index_comment = (Str) {0};
    return copy;
}

/* There is one of the name, which it can become one with if that is inherited. */
static bool join_check(Checker *k, TableBuild *build, const LikeCopy *like, const Constraint *copy)
{
    const Constraint *other = table_constraint_named(build->table, copy->name);
    if (other->inherited > 0)
        return join_inherited(k, build, (Word) {copy->name, like->span}, copy, other);
    report(k->c, M_DUPLICATE_CONSTRAINT, like->span, "`like` brings a constraint \"%.*s\", and there is one",
           STR_ARG(copy->name));
    label(k->c, other->created, "the first one");
    return false;
}

/* Checks keep their names; keys get new ones. */
static bool add_copy(Checker *k, TableBuild *build, const LikeCopy *like, const Constraint *source)
{
    Constraint copy = copied_constraint(k, like, source, build->table);
    const Constraint *primary = table_primary_key(build->table);
    if (copy.kind == CONSTRAINT_CHECK && table_constraint_named(build->table, copy.name) != NULL)
        return join_check(k, build, like, &copy);
    if (copy.kind == CONSTRAINT_PRIMARY && primary != NULL) {
        report(k->c, M_SECOND_PRIMARY_KEY, like->span, "`like` brings a primary key, and there is one");
        label(k->c, primary->created, "the first one");
        return false;
    }
    if (copy.kind == CONSTRAINT_CHECK && !check_check_of_partitioned(k, build->table, &copy, like->span))
        return false;
    if (copy.kind == CONSTRAINT_CHECK)
        name_take_constraint(&build->names, copy.name);
    else
        copy.name = name_choose_copy(&build->names, build->table->object.name, &copy);
    constraint_add(CHECKER_ARENA(k), &build->table->constraints, &copy);
    return true;
}

void build_copied_constraints(Checker *k, TableBuild *build)
{
    for (size_t i = 0; i < build->likes.count; i++) {
        const LikeCopy *like = &build->likes.items[i];
        for (size_t j = 0; j < like->source->constraints.count; j++) {
            const Constraint *source = like->source->constraints.items[j];
            unsigned option = source->kind == CONSTRAINT_CHECK     ? LIKE_CONSTRAINTS
                              : source->kind == CONSTRAINT_FOREIGN ? 0
                                                                   : LIKE_INDEXES;
            if (like->options & option)
                build->complete = add_copy(k, build, like, source) && build->complete;
        }
    }
}

/* ------------------------------------------------------------------ indexes */

static void copy_index(Checker *k, const LikeCopy *like, const Index *source, ObjectId table_id)
{
    Arena *arena = CHECKER_ARENA(k);
    const Table *table = schema_relation(&k->schema, table_id);
    Index *copy = arena_copy(arena, source, sizeof *source);
    NameScope scope = {.schema = &k->schema, .namespace = table->object.schema};
    copy->table = table_id;
    copy->parent = 0;
    copy->incomplete = false;
    copy->where = copied(k, like, source->where, table);
    copy->include = copied_columns(k, like, source->include, table);
    list_clone(arena, &copy->keys);
    for (size_t i = 0; i < copy->keys.count; i++)
        copy->keys.items[i] = copied_key(k, like, copy->keys.items[i], table);
    copy->object = (Object) {.kind = OBJECT_INDEX, .schema = table->object.schema, .created = like->span,
                             .name = name_choose_index(&scope, table->object.name, source->names)};
    copy->object.comment = like->options & LIKE_COMMENTS ? source->object.comment : (Str) {0};
    copy->object.id = schema_new_id(&k->schema);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = like->span, .create = {&copy->object}});
}

void create_copied_indexes(Checker *k, const TableBuild *build)
{
    for (size_t i = 0; i < build->likes.count; i++) {
        const LikeCopy *like = &build->likes.items[i];
        ObjectIds indexes = object_users(&k->schema, like->source->object.id, OBJECT_INDEX);
        for (size_t j = 0; (like->options & LIKE_INDEXES) && j < indexes.count; j++)
            copy_index(k, like, schema_index(&k->schema, indexes.items[j]), build->table->object.id);
    }
}

/* ------------------------------------------------------------------ statistics */

/* generateClonedExtStatsStmt() in src/backend/parser/parse_utilcmd.c; the target is not taken over. */
static void copy_statistics(Checker *k, const LikeCopy *like, const Definition *source, const Table *table)
{
    Definition *copy = arena_copy(CHECKER_ARENA(k), source, sizeof *source);
    NameScope scope = {.schema = &k->schema, .namespace = table->object.schema};
    StrList names = {0};
    for (size_t i = 0; i < source->columns.count; i++)
        list_push(CHECKER_ARENA(k), &names, table_column(like->source, source->columns.items[i])->name);
    for (size_t i = 0; i < source->expressions; i++)
        list_push(CHECKER_ARENA(k), &names, STR("expr"));
    Word name = {name_choose_statistics(&scope, table->object.name, names), like->span};
    copy->object = new_object(k, OBJECT_STATISTICS, table->object.schema, name);
    copy->object.comment = like->options & LIKE_COMMENTS ? source->object.comment : (Str) {0};
    copy->of = table->object.id;
    copy->columns = copied_columns(k, like, source->columns, table);
    copy->attributes = copy->created = (Attributes) {0};
    copy->text = expression_about(&k->schema, source->text, like->source, table);
    checker_create(k, like->span, &copy->object);
}

void create_copied_statistics(Checker *k, const TableBuild *build)
{
    const Table *table = schema_relation(&k->schema, build->table->object.id);
    for (size_t i = 0; i < build->likes.count; i++) {
        const LikeCopy *like = &build->likes.items[i];
        ObjectIds all = object_users(&k->schema, like->source->object.id, OBJECT_STATISTICS);
        for (size_t j = 0; (like->options & LIKE_STATISTICS) && j < all.count; j++) {
            const Definition *source = schema_definition(&k->schema, all.items[j]);
            if (source->of == like->source->object.id)
                copy_statistics(k, like, source, table);
        }
    }
}
