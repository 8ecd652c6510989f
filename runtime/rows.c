/* Both sides are read by the same queries; what is of the model in them has the other names of the schemas, which are
 * put right here. */
#include "rows.h"

#include "memory.h"
#include "sql.h"
#include "template.h"

#include <stdlib.h>
#include <string.h>

typedef struct Reader {
    Rows *rows;
    Scratch *scratch;
    FILE *spaces;        /* while they are asked for: SQL's VALUES */
    bool first;
} Reader;

/* ------------------------------------------------------------------ reading */

static void add_row(Rows *rows, Row row)
{
    if (rows->count == rows->room) {
        size_t room = rows->room == 0 ? 256 : rows->room * 2;
        Row *items = memory_take(room, sizeof(*items));
        if (rows->count > 0)
            memcpy(items, rows->items, rows->count * sizeof(*items));
        free(rows->items);
        rows->items = items;
        rows->room = room;
    }
    rows->items[rows->count++] = row;
}

static RowRule rule_of(const char *word)
{
    static const struct {
        const char *word;
        RowRule rule;
    } rules[] = {{"stated", RULE_STATED}, {"order", RULE_ORDER}, {"there", RULE_THERE}};
    for (size_t i = 0; i < MIGRATE_COUNT(rules); i++) {
        if (strcmp(word, rules[i].word) == 0)
            return rules[i].rule;
    }
    return RULE_NONE;
}

static void read_row(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Reader *reader = context;
    const Scratch *scratch = reader->scratch;
    add_row(reader->rows, (Row) {
        .model = values[0][0] == 't',
        .title = scratch_plain(scratch, values[1]),
        .owner = scratch_plain(scratch, values[2]),
        .name = memory_text(values[3]),
        .definition = scratch_plain(scratch, values[4] == NULL ? "" : values[4]),
        .rule = rule_of(values[5]),
        .again = memory_text(values[6]),
    });
}

/* A schema of either side: "(oid, model, name, prefix)". */
static void read_space(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Reader *reader = context;
    Session *session = reader->scratch->session;
    size_t number = strtoul(values[0], NULL, 10);
    ScratchSpace *space = &reader->scratch->spaces[number];
    if (space->quoted == NULL)
        space->quoted = memory_text(values[3]);
    if (values[1] == NULL)
        return;
    char *name = session_literal(session, space->name);
    char *dotted = memory_format("%s.", number == 0 ? "" : space->name);
    char *prefix = session_literal(session, number == 0 ? "" : dotted);
    fprintf(reader->spaces, "%s(%s::pg_catalog.oid, %s, %s::pg_catalog.text, %s::pg_catalog.text)",
            reader->first ? "" : ", ", values[1], values[2][0] == 't' ? "true" : "false", name, prefix);
    reader->first = false;
    free(prefix);
    free(dotted);
    free(name);
}

/* By their place among all names; those of what is no schema are NULL. */
static char *names_array(const Scratch *scratch, bool others)
{
    char *array = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&array, &size);
    for (size_t i = 0; i < scratch->space_count; i++) {
        bool schema = scratch->spaces[i].mark == BLUEPRINT_SCHEMA;
        char *name = others ? scratch_name(scratch, i) : memory_text(scratch->spaces[i].name);
        char *literal = schema ? session_literal(scratch->session, name) : memory_text("NULL");
        fprintf(out, "%s%s", i == 0 ? "ARRAY[" : ", ", literal);
        free(literal);
        free(name);
    }
    fputc(']', out);
    memory_stream_end(out);
    return array;
}

/* VALUES for the schemas; NULL: the session's error says why. */
static char *read_spaces(Reader *reader)
{
    char *spaces = NULL, *names = names_array(reader->scratch, false), *others = names_array(reader->scratch, true);
    size_t size = 0;
    const Filling fillings[] = {{"names", names}, {"scratches", others}, {NULL, NULL}};
    char *sql = template_fill(sql_verify_spaces, fillings);
    reader->spaces = memory_stream(&spaces, &size);
    reader->first = true;
    bool good = session_script(reader->scratch->session, sql, read_space, reader);
    memory_stream_end(reader->spaces);
    free(sql);
    free(others);
    free(names);
    if (good)
        return spaces;
    free(spaces);
    return NULL;
}

static char *common_text(const Reader *reader, const History *history, const char *spaces)
{
    Session *session = reader->scratch->session;
    char *schema = session_literal(session, history->schema == NULL ? "" : history->schema);
    char *table = session_literal(session, history->project->history_table);
    const Filling fillings[] = {
        {"spaces", spaces}, {"history_schema", schema}, {"history_table", table}, {NULL, NULL},
    };
    char *common = template_fill(sql_verify_common, fillings);
    free(table);
    free(schema);
    return common;
}

/* ------------------------------------------------------------------ extensions */

static const MigratePiece *find_extension(const Blueprint *blueprint, const char *name)
{
    for (size_t i = 0; i < blueprint->count; i++) {
        const char *extension = blueprint->pieces[i]->extension;
        if (extension != NULL && strcmp(extension, name) == 0)
            return blueprint->pieces[i];
    }
    return NULL;
}

static char *extension_text(const char *schema, const char *version)
{
    return memory_format("EXTENSION%s%s%s%s", schema == NULL ? "" : " SCHEMA ", schema == NULL ? "" : schema,
                         version == NULL ? "" : " VERSION ", version == NULL ? "" : version);
}

static void add_extension(Rows *rows, bool model, const char *name, char *definition)
{
    add_row(rows, (Row) {
        .model = model, .title = memory_format("extension \"%s\"", name), .owner = memory_text(""),
        .name = memory_text(name), .definition = definition, .rule = RULE_STATED,
    });
}

/* What the migrations do not say of an extension is as it is. */
static void read_extension(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Reader *reader = context;
    const MigratePiece *piece = find_extension(reader->scratch->blueprint, values[0]);
    if (piece != NULL)
        add_extension(reader->rows, false, values[0], extension_text(piece->schema == NULL ? NULL : values[1],
                                                                      piece->version == NULL ? NULL : values[2]));
}

static bool read_extensions(Reader *reader)
{
    const Blueprint *blueprint = reader->scratch->blueprint;
    for (size_t i = 0; i < blueprint->count; i++) {
        const MigratePiece *piece = blueprint->pieces[i];
        if (piece->extension != NULL)
            add_extension(reader->rows, true, piece->extension, extension_text(piece->schema, piece->version));
    }
    return session_script(reader->scratch->session, sql_verify_extensions, read_extension, reader);
}

/* ------------------------------------------------------------------ what is in no schema */

/* The thing of that kind that it is a part of: what it needs first, where that is in no schema either. */
static const char *owner_of(const Blueprint *blueprint, const MigratePiece *piece)
{
    for (size_t i = 0; i < blueprint->count; i++) {
        const MigratePiece *other = blueprint->pieces[i];
        if (scratch_is_thing(other) && blueprint_needs(piece, other->key))
            return other->what;
    }
    return "";
}

static void add_name(void *context, BlueprintMark mark, const char *name, size_t length, FILE *out)
{
    (void) context;
    (void) mark;
    fprintf(out, "%.*s", (int) length, name);
}

/* The statement that makes it, for people. */
static char *statement_text(const MigratePiece *piece)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&text, &size);
    blueprint_write(piece->steps[0].sql, add_name, NULL, out);
    memory_stream_end(out);
    return text;
}

static Row *find_unsorted(const Rows *rows, const char *title, bool model)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->items[i].model == model && strcmp(rows->items[i].title, title) == 0)
            return &rows->items[i];
    }
    return NULL;
}

/* What could not be made under another name is looked for, at least. What has none, such as a cast between types of the
 * server, could be made where it was missing: then the row of the database is ours. */
static void add_unmade(Reader *reader)
{
    const Blueprint *blueprint = reader->scratch->blueprint;
    for (size_t i = 0; i < blueprint->count; i++) {
        const MigratePiece *piece = blueprint->pieces[i];
        bool whole = scratch_is_thing(piece) && piece->stage == 0 && piece->count > 0;
        if (!whole || find_unsorted(reader->rows, piece->what, true) != NULL)
            continue;
        Row *made = scratch_reason(reader->scratch, piece) == NULL ? find_unsorted(reader->rows, piece->what, false)
                                                                   : NULL;
        if (made != NULL) {
            made->model = true;
            made->rule = RULE_THERE;
            continue;
        }
        add_row(reader->rows, (Row) {
            .model = true, .rule = RULE_THERE, .title = memory_text(piece->what), .name = memory_text(""),
            .owner = memory_text(owner_of(blueprint, piece)), .definition = statement_text(piece),
        });
    }
}

/* VALUES: the other name of each thing, and its own. */
static char *things_text(const Scratch *scratch)
{
    char *things = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&things, &size);
    fputs("(NULL::pg_catalog.text, NULL::pg_catalog.text)", out);
    for (size_t i = 0; i < scratch->space_count; i++) {
        if (scratch->spaces[i].mark != BLUEPRINT_THING)
            continue;
        char *name = session_literal(scratch->session, scratch->spaces[i].name);
        fprintf(out, ", ('%s%zu', %s)", scratch->prefix, i, name);
        free(name);
    }
    memory_stream_end(out);
    return things;
}

/* ------------------------------------------------------------------ all */

/* What is never null has a name from some version on; the model holds it if all of the project's servers have it. */
static bool read_sides(Reader *reader, const History *history)
{
    static const char *const queries[] = {
        sql_verify_schemas, sql_verify_relations, sql_verify_columns, sql_verify_constraints, sql_verify_indexes,
        sql_verify_sequences, sql_verify_types, sql_verify_functions, sql_verify_triggers, sql_verify_policies,
        sql_verify_operators, sql_verify_families, sql_verify_others, sql_verify_stated, sql_verify_revoked,
        sql_verify_things, sql_verify_wrappers, sql_verify_publications, sql_verify_casts,
    };
    char *spaces = read_spaces(reader);
    if (spaces == NULL)
        return false;
    unsigned oldest = reader->scratch->project->postgres;
    char *common = common_text(reader, history, spaces), *things = things_text(reader->scratch);
    const Filling called_fillings[] = {{"things", things}, {NULL, NULL}};
    char *called = template_fill(sql_verify_called, called_fillings);
    const Filling fillings[] = {
        {"common", common}, {"called", called}, {"owned", sql_verify_owned},
        {"columns_named", oldest >= 18 ? "true" : "false"}, {"domains_named", oldest >= 17 ? "true" : "false"},
        {NULL, NULL},
    };
    bool good = true;
    for (size_t i = 0; i < MIGRATE_COUNT(queries) && good; i++) {
        char *sql = template_fill(queries[i], fillings);
        good = session_script(reader->scratch->session, sql, read_row, reader);
        free(sql);
    }
    free(called);
    free(things);
    free(common);
    free(spaces);
    return good;
}

static int compare_rows(const void *left, const void *right)
{
    const Row *a = left, *b = right;
    int order = strcmp(a->title, b->title);
    return order != 0 ? order : (int) b->model - (int) a->model;
}

bool rows_read(Rows *rows, Scratch *scratch, const History *history)
{
    Reader reader = {.rows = rows, .scratch = scratch};
    *rows = (Rows) {0};
    bool good = scratch_make_things(scratch) &&
                session_script(scratch->session, sql_verify_qualified, NULL, NULL) && read_sides(&reader, history) &&
                read_extensions(&reader) && scratch_drop_things(scratch);
    add_unmade(&reader);
    if (rows->count > 0)
        qsort(rows->items, rows->count, sizeof(*rows->items), compare_rows);
    return good;
}

const Row *rows_find(const Rows *rows, const char *title, bool model)
{
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows->items[middle].title, title);
        if (order < 0 || (order == 0 && rows->items[middle].model && !model))
            low = middle + 1;
        else
            high = middle;
    }
    const Row *row = low < rows->count ? &rows->items[low] : NULL;
    return row != NULL && strcmp(row->title, title) == 0 && row->model == model ? row : NULL;
}

void rows_clear(Rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->items[i].title);
        free(rows->items[i].owner);
        free(rows->items[i].name);
        free(rows->items[i].definition);
        free(rows->items[i].again);
    }
    free(rows->items);
    *rows = (Rows) {0};
}
