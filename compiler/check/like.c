/* `like TABLE including …`, an item of a table: its columns at once; its checks, keys and indexes when the table's own
 * are named (transformTableLikeClause() and expandTableLikeClause() in src/backend/parser/parse_utilcmd.c). */
#include "checker.h"
#include "copy.h"

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

static void copy_identity(TableBuild *build, const Identity *source, ColumnInfo *copy)
{
    copy->identity = *source;
    copy->identity.sequence = name_choose_sequence(&build->names, build->table->object.name, copy->name);
}

static void copy_column(Checker *k, TableBuild *build, const NodeLike *node, const ColumnInfo *source, LikeCopy *like)
{
    ColumnInfo copy = {.id = ++build->table->last_column, .name = source->name, .created = node->node.span,
                       .type = source->type, .not_null = source->not_null};
    if (like->options & LIKE_STORAGE)
        copy.storage = source->storage;
    if (like->options & LIKE_COMPRESSION)
        copy.compression = source->compression;
    if (like->options & LIKE_COMMENTS)
        copy.comment = source->comment;
    if ((like->options & LIKE_IDENTITY) && source->identity.kind != IDENTITY_NONE)
        copy_identity(build, &source->identity, &copy);
    list_push(CHECKER_ARENA(k), &build->table->columns, copy);
    list_push(CHECKER_ARENA(k), &like->pairs, (ColumnPair) {source->id, copy.id});
}

/* Defaults and generated columns, once all columns are there. */
static void copy_values(Checker *k, TableBuild *build, const LikeCopy *like)
{
    for (size_t i = 0; i < like->pairs.count; i++) {
        const ColumnInfo *source = table_column(like->source, like->pairs.items[i].from);
        ColumnInfo *copy = build_column_by_id(build, like->pairs.items[i].to);
        unsigned option = source->generated ? LIKE_GENERATED : LIKE_DEFAULTS;
        if (source->expression == NULL || !(like->options & option))
            continue;
        copy->generated = source->generated;
        copy->expression = copy_expression(CHECKER_ARENA(k), source->expression, like->pairs);
    }
}

bool build_like(Checker *k, TableBuild *build, const NodeLike *node)
{
    LikeCopy like = {.source = find_table(k, &node->table), .span = node->node.span};
    bool fine = like.source != NULL && read_options(k, node, &like.options);
    for (size_t i = 0; fine && i < like.source->columns.count; i++) {
        const ColumnInfo *source = &like.source->columns.items[i];
        fine = check_column_name(k, build->table, (Word) {source->name, node->node.span});
        if (fine)
            copy_column(k, build, node, source, &like);
    }
    if (!fine)
        return false;
    copy_values(k, build, &like);
    list_push(CHECKER_ARENA(k), &build->likes, like);
    return true;
}

/* ------------------------------------------------------------------ constraints */

static StrList key_column_names(Checker *k, const Table *table, const Constraint *constraint)
{
    StrList names = {0};
    for (size_t i = 0; i < constraint->elements.count; i++)
        name_index_column(CHECKER_ARENA(k), &names, constraint->elements.items[i].key.name);
    for (size_t i = 0; constraint_is_key(constraint) && i < constraint->columns.count; i++)
        name_index_column(CHECKER_ARENA(k), &names, table_column(table, constraint->columns.items[i])->name);
    for (size_t i = 0; i < constraint->include.count; i++)
        name_index_column(CHECKER_ARENA(k), &names, table_column(table, constraint->include.items[i])->name);
    return names;
}

static Constraint copy_constraint(Checker *k, const LikeCopy *like, const Constraint *source)
{
    Arena *arena = CHECKER_ARENA(k);
    Constraint copy = *source;
    copy.created = like->span;
    copy.id = schema_new_id(&k->schema);
    copy.columns = copy_columns(arena, source->columns, like->pairs);
    copy.include = copy_columns(arena, source->include, like->pairs);
    copy.expression = copy_expression(arena, source->expression, like->pairs);
    copy.not_valid = false;
    list_clone(arena, &copy.elements);
    for (size_t i = 0; i < copy.elements.count; i++)
        copy.elements.items[i].key = copy_key(arena, copy.elements.items[i].key, like->pairs);
    if (!(like->options & LIKE_COMMENTS))
        copy.comment = (Str) {0};
    return copy;
}

static bool check_single_name(Checker *k, TableBuild *build, const LikeCopy *like, const Constraint *copy)
{
    const Constraint *other = table_constraint_named(build->table, copy->name);
    if (other == NULL)
        return true;
    report(k->c, M_DUPLICATE_CONSTRAINT, like->span, "`like` brings a constraint \"%.*s\", and there is one",
           STR_ARG(copy->name));
    label(k->c, other->created, "the first one");
    return false;
}

/* Checks keep their names; keys get new ones. */
static bool add_copy(Checker *k, TableBuild *build, const LikeCopy *like, const Constraint *source)
{
    Constraint copy = copy_constraint(k, like, source);
    const Constraint *primary = table_primary_key(build->table);
    if (copy.kind == CONSTRAINT_CHECK && !check_single_name(k, build, like, &copy))
        return false;
    if (copy.kind == CONSTRAINT_PRIMARY && primary != NULL) {
        report(k->c, M_SECOND_PRIMARY_KEY, like->span, "`like` brings a primary key, and there is one");
        label(k->c, primary->created, "the first one");
        return false;
    }
    if (copy.kind == CONSTRAINT_CHECK)
        name_take_constraint(&build->names, copy.name);
    else
        copy.name = name_choose_key_of(&build->names, build->table->object.name, copy.kind,
                                       key_column_names(k, build->table, &copy));
    list_push(CHECKER_ARENA(k), &build->table->constraints, copy);
    return true;
}

void build_copied_constraints(Checker *k, TableBuild *build)
{
    for (size_t i = 0; i < build->likes.count; i++) {
        const LikeCopy *like = &build->likes.items[i];
        for (size_t j = 0; j < like->source->constraints.count; j++) {
            const Constraint *source = &like->source->constraints.items[j];
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
    StrList names = {0};
    copy->table = table_id;
    copy->where = copy_expression(arena, source->where, like->pairs);
    copy->include = copy_columns(arena, source->include, like->pairs);
    list_clone(arena, &copy->keys);
    for (size_t i = 0; i < copy->keys.count; i++) {
        copy->keys.items[i] = copy_key(arena, copy->keys.items[i], like->pairs);
        ColumnId column = copy->keys.items[i].column;
        name_index_column(arena, &names, column == 0 ? copy->keys.items[i].name : table_column(table, column)->name);
    }
    for (size_t i = 0; i < copy->include.count; i++)
        name_index_column(arena, &names, table_column(table, copy->include.items[i])->name);
    copy->object = (Object) {.kind = OBJECT_INDEX, .schema = table->object.schema, .created = like->span,
                             .name = name_choose_index(&scope, table->object.name, names)};
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
