/* Both sides are read by the same queries; what is of the model in them has the other names of the schemas, which are
 * put right here. A row is a thing: its title says what it is, also on the other side. */
#include "drift.h"

#include "memory.h"
#include "sql.h"
#include "template.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef enum RowRule {
    RULE_NONE,
    RULE_STATED,  /* drift only where the model has it */
    RULE_ORDER,   /* drift only where nothing of its owner is missing or extra */
} RowRule;

struct DriftRow {
    bool model;
    char *title, *owner, *name, *definition;
    RowRule rule;
};

typedef struct Reader {
    Drift *drift;
    Scratch *scratch;
    FILE *spaces;        /* while they are asked for: SQL's VALUES */
    bool first;
} Reader;

/* ------------------------------------------------------------------ reading */

static void add_row(Drift *drift, DriftRow row)
{
    if (drift->row_count == drift->row_room) {
        size_t room = drift->row_room == 0 ? 256 : drift->row_room * 2;
        DriftRow *rows = memory_take(room, sizeof(*rows));
        if (drift->row_count > 0)
            memcpy(rows, drift->rows, drift->row_count * sizeof(*rows));
        free(drift->rows);
        drift->rows = rows;
        drift->row_room = room;
    }
    drift->rows[drift->row_count++] = row;
}

static RowRule rule_of(const char *word)
{
    return strcmp(word, "stated") == 0 ? RULE_STATED : strcmp(word, "order") == 0 ? RULE_ORDER : RULE_NONE;
}

static void read_row(void *context, unsigned statement, const char *const *values)
{
    (void) statement;
    Reader *reader = context;
    const Scratch *scratch = reader->scratch;
    add_row(reader->drift, (DriftRow) {
        .model = values[0][0] == 't',
        .title = scratch_plain(scratch, values[1]),
        .owner = scratch_plain(scratch, values[2]),
        .name = memory_text(values[3]),
        .definition = scratch_plain(scratch, values[4] == NULL ? "" : values[4]),
        .rule = rule_of(values[5]),
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

static char *names_array(const Scratch *scratch, bool others)
{
    char *array = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&array, &size);
    for (size_t i = 0; i < scratch->space_count; i++) {
        char *name = others ? scratch_name(scratch, i) : memory_text(scratch->spaces[i].name);
        char *literal = session_literal(scratch->session, name);
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

static bool read_sides(Reader *reader, const History *history)
{
    static const char *const queries[] = {
        sql_verify_schemas, sql_verify_relations, sql_verify_columns, sql_verify_constraints, sql_verify_indexes,
        sql_verify_sequences, sql_verify_types, sql_verify_functions, sql_verify_triggers, sql_verify_policies,
        sql_verify_operators, sql_verify_others, sql_verify_stated,
    };
    char *spaces = read_spaces(reader);
    if (spaces == NULL)
        return false;
    char *common = common_text(reader, history, spaces);
    const Filling fillings[] = {{"common", common}, {NULL, NULL}};
    bool good = true;
    for (size_t i = 0; i < MIGRATE_COUNT(queries) && good; i++) {
        char *sql = template_fill(queries[i], fillings);
        good = session_script(reader->scratch->session, sql, read_row, reader);
        free(sql);
    }
    free(common);
    free(spaces);
    return good;
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

static void add_extension(Drift *drift, bool model, const char *name, char *definition)
{
    add_row(drift, (DriftRow) {
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
        add_extension(reader->drift, false, values[0], extension_text(piece->schema == NULL ? NULL : values[1],
                                                                      piece->version == NULL ? NULL : values[2]));
}

static bool read_extensions(Reader *reader)
{
    const Blueprint *blueprint = reader->scratch->blueprint;
    for (size_t i = 0; i < blueprint->count; i++) {
        const MigratePiece *piece = blueprint->pieces[i];
        if (piece->extension != NULL)
            add_extension(reader->drift, true, piece->extension, extension_text(piece->schema, piece->version));
    }
    return session_script(reader->scratch->session, sql_verify_extensions, read_extension, reader);
}

/* ------------------------------------------------------------------ comparing
 *
 * All rows in one order: by title, the model's first. */

static int compare_rows(const void *left, const void *right)
{
    const DriftRow *a = left, *b = right;
    int order = strcmp(a->title, b->title);
    return order != 0 ? order : (int) b->model - (int) a->model;
}

static const DriftRow *find_row(const Drift *drift, const char *title, bool model)
{
    size_t low = 0, high = drift->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(drift->rows[middle].title, title);
        if (order < 0 || (order == 0 && drift->rows[middle].model && !model))
            low = middle + 1;
        else
            high = middle;
    }
    const DriftRow *row = low < drift->row_count ? &drift->rows[low] : NULL;
    return row != NULL && strcmp(row->title, title) == 0 && row->model == model ? row : NULL;
}

static void add_difference(Drift *drift, DriftKind kind, const DriftRow *model, const DriftRow *database)
{
    drift->differences[drift->difference_count++] = (Difference) {
        .kind = kind,
        .what = model != NULL ? model->title : database->title,
        .model = model == NULL ? NULL : model->definition,
        .database = database == NULL ? NULL : database->definition,
    };
}

static void add_unjudged(Drift *drift, const char *what, const char *reason, bool harmless)
{
    drift->unjudged[drift->unjudged_count++] = (Unjudged) {what, reason, harmless};
}

/* What belongs to something that the other side does not have is not mentioned beside it. */
static bool goes_with_owner(const Drift *drift, const DriftRow *row)
{
    return row->owner[0] != '\0' && find_row(drift, row->owner, !row->model) == NULL;
}

/* Whether the word stands in the text, whatever the case, not as a part of a longer one. */
static bool holds_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *c = text; length > 0 && *c != '\0'; c++) {
        bool begins = c == text || (!isalnum((unsigned char) c[-1]) && c[-1] != '_');
        if (begins && strncasecmp(c, word, length) == 0 && !isalnum((unsigned char) c[length]) && c[length] != '_')
            return true;
    }
    return false;
}

static bool is_unfollowed(const Blueprint *blueprint, const DriftRow *row)
{
    for (size_t i = 0; i < blueprint->unfollowed_count; i++) {
        const MigratePiece *piece = blueprint->unfollowed[i];
        for (size_t j = 0; j < piece->count; j++) {
            if (holds_word(piece->steps[j].sql, row->name))
                return true;
        }
    }
    return false;
}

/* A thing, or something of a thing, that could not be made. */
static bool is_gap(const Scratch *scratch, const DriftRow *row)
{
    for (size_t i = 0; i < scratch->gap_count; i++) {
        const char *what = scratch->gaps[i].piece->what;
        if (strcmp(what, row->title) == 0 || strcmp(what, row->owner) == 0)
            return true;
    }
    return false;
}

static bool owner_is_disturbed(const Drift *drift, const DriftRow *row)
{
    for (size_t i = 0; i < drift->difference_count; i++) {
        const Difference *difference = &drift->differences[i];
        const DriftRow *found = difference->kind == DRIFT_CHANGED
                                    ? NULL
                                    : find_row(drift, difference->what, difference->kind == DRIFT_MISSING);
        if (found != NULL && strcmp(found->owner, row->owner) == 0 && strncmp(found->title, "column ", 7) == 0)
            return true;
    }
    return false;
}

/* Unless SQL that is not followed may have done it. */
static void add_unexpected(Drift *drift, const Scratch *scratch, DriftKind kind, const DriftRow *model,
                           const DriftRow *database)
{
    if (is_unfollowed(scratch->blueprint, database))
        add_unjudged(drift, database->title, "SQL that the compiler does not follow names it", true);
    else
        add_difference(drift, kind, model, database);
}

static void judge_model(Drift *drift, const Scratch *scratch, const DriftRow *row)
{
    const DriftRow *other = find_row(drift, row->title, false);
    drift->compared++;
    if (other == NULL && !goes_with_owner(drift, row))
        add_difference(drift, DRIFT_MISSING, row, NULL);
    else if (other != NULL && strcmp(row->definition, other->definition) != 0)
        add_unexpected(drift, scratch, DRIFT_CHANGED, row, other);
}

static void judge_database(Drift *drift, const Scratch *scratch, const DriftRow *row)
{
    if (row->rule == RULE_STATED || find_row(drift, row->title, true) != NULL || goes_with_owner(drift, row) ||
        is_gap(scratch, row))
        return;
    add_unexpected(drift, scratch, DRIFT_EXTRA, NULL, row);
}

static void judge_pieces(Drift *drift, const Scratch *scratch)
{
    for (size_t i = 0; i < scratch->gap_count; i++)
        add_unjudged(drift, scratch->gaps[i].piece->what, scratch->gaps[i].reason, false);
    for (size_t i = 0; i < scratch->blueprint->count; i++) {
        const MigratePiece *piece = scratch->blueprint->pieces[i];
        if (piece->place == MIGRATE_IN_DATABASE && piece->stage == 0)
            add_unjudged(drift, piece->what, "it is in no schema", true);
    }
}

/* Behind all others, since it depends on them. */
static void judge_orders(Drift *drift)
{
    for (size_t i = 0; i < drift->row_count; i++) {
        const DriftRow *row = &drift->rows[i];
        const DriftRow *other = row->model && row->rule == RULE_ORDER ? find_row(drift, row->title, false) : NULL;
        if (other != NULL && strcmp(row->definition, other->definition) != 0 && !owner_is_disturbed(drift, row))
            add_difference(drift, DRIFT_CHANGED, row, other);
    }
}

static void judge(Drift *drift, const Scratch *scratch)
{
    size_t most = drift->row_count + scratch->gap_count + scratch->blueprint->count + 1;
    drift->differences = memory_take(most, sizeof(*drift->differences));
    drift->unjudged = memory_take(most, sizeof(*drift->unjudged));
    if (drift->row_count > 0)
        qsort(drift->rows, drift->row_count, sizeof(*drift->rows), compare_rows);
    judge_pieces(drift, scratch);
    for (size_t i = 0; i < drift->row_count; i++) {
        const DriftRow *row = &drift->rows[i];
        if (row->rule != RULE_ORDER && row->model)
            judge_model(drift, scratch, row);
        else if (row->rule != RULE_ORDER)
            judge_database(drift, scratch, row);
    }
    judge_orders(drift);
}

Outcome drift_find(Drift *drift, Scratch *scratch, const History *history)
{
    Reader reader = {.drift = drift, .scratch = scratch};
    *drift = (Drift) {0};
    if (!session_script(scratch->session, sql_verify_qualified, NULL, NULL) || !read_sides(&reader, history) ||
        !read_extensions(&reader))
        return scratch_fail(scratch, "cannot read the catalog");
    judge(drift, scratch);
    return OUTCOME_DONE;
}

void drift_clear(Drift *drift)
{
    for (size_t i = 0; i < drift->row_count; i++) {
        free(drift->rows[i].title);
        free(drift->rows[i].owner);
        free(drift->rows[i].name);
        free(drift->rows[i].definition);
    }
    free(drift->rows);
    free(drift->differences);
    free(drift->unjudged);
    *drift = (Drift) {0};
}
