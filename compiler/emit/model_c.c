/* What a migration creates it creates by the statement that makes the piece, as a rule: that is not written twice. */
#include "model_c.h"

#include "literal_c.h"

enum { LINE_WIDTH = 112 };

/* Where the statements of a piece stand. */
typedef struct Stand {
    bool in_up;      /* among the steps of the way up, else among those of the model alone */
    size_t first;
} Stand;

typedef struct Writer {
    Arena *arena;
    Text *out;
    Str name;               /* of the migration in C */
    const StepList *up;
    StrList own;            /* the statements of the model alone */
    LIST(Stand) stands;     /* by piece */
} Writer;

bool model_has_long_sql(const ModelPieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        StrList statements = pieces->items[i].statements;
        for (size_t j = 0; j < statements.count; j++) {
            if (statements.items[j].len > C_LITERAL_LIMIT)
                return true;
        }
    }
    return false;
}

static bool stands_at(const StepList *steps, size_t first, StrList statements)
{
    bool same = first + statements.count <= steps->count;
    for (size_t i = 0; i < statements.count && same; i++)
        same = str_equal(steps->items[first + i].sql, statements.items[i]);
    return same;
}

static Stand stand_of(Writer *w, const ModelPiece *piece)
{
    StrList statements = piece->statements;
    Stand stand = {.in_up = true};
    while (stand.first < w->up->count && !stands_at(w->up, stand.first, statements))
        stand.first++;
    if (stand.first < w->up->count)
        return stand;
    stand = (Stand) {false, w->own.count};
    for (size_t i = 0; i < statements.count; i++)
        list_push(w->arena, &w->own, statements.items[i]);
    return stand;
}

static void add_own_steps(Writer *w)
{
    static const char before_sql[] = "    {.sql = ";
    if (w->own.count == 0)
        return;
    text_addf(w->out, "\nstatic const MigrateStep model_steps_%.*s[] = {\n", STR_ARG(w->name));
    for (size_t i = 0; i < w->own.count; i++) {
        text_add_c(w->out, before_sql);
        add_c_literal(w->out, w->own.items[i], sizeof before_sql - 1);
        text_add_c(w->out, "},\n");
    }
    text_add_c(w->out, "};\n");
}

static void add_field(Text *out, const char *field, Str value)
{
    if (value.len == 0)
        return;
    text_addf(out, ", .%s = ", field);
    add_c_literal(out, value, 8);
}

static const char *place_c(PiecePlace place)
{
    switch (place) {
    case PIECE_IN_SCHEMA: return NULL; /* 0 */
    case PIECE_EXTENSION: return "MIGRATE_EXTENSION";
    case PIECE_IN_DATABASE: return "MIGRATE_IN_DATABASE";
    case PIECE_UNFOLLOWED: return "MIGRATE_UNFOLLOWED";
    }
    return NULL;
}

/* Names on as many lines as they need. */
static void add_names(Text *out, const Unfollowed *unfollowed)
{
    static const char before[] = ",\n     .names = (const char *const[]) {";
    if (unfollowed->names.count == 0)
        return;
    text_add_c(out, before);
    size_t column = sizeof before - 3;
    for (size_t i = 0; i < unfollowed->names.count; i++) {
        Str name = unfollowed->names.items[i];
        if (column + name.len + 4 > LINE_WIDTH) {
            text_add_c(out, "\n        ");
            column = 8;
        }
        add_c_literal(out, name, column);
        text_add_c(out, ", ");
        column += name.len + 4;
    }
    text_addf(out, "NULL}%s", unfollowed->executes ? ", .executes = true" : "");
}

static void add_steps_of(Writer *w, const ModelPiece *piece, Stand stand)
{
    if (piece->statements.count == 0)
        return;
    text_addf(w->out, ",\n     .steps = %s_steps_%.*s", stand.in_up ? "up" : "model", STR_ARG(w->name));
    if (stand.first > 0)
        text_addf(w->out, " + %zu", stand.first);
    text_addf(w->out, ", .count = %zu", piece->statements.count);
}

static void add_piece(Writer *w, const ModelPiece *piece, Stand stand)
{
    const char *place = place_c(piece->place);
    text_add_c(w->out, "    {.key = ");
    if (piece->key.len > 0)
        add_c_literal(w->out, piece->key, 8);
    else
        text_add_c(w->out, "NULL");
    add_field(w->out, "what", piece->title);
    if (place != NULL && piece->title.len > 0)
        text_addf(w->out, ", .place = %s", place);
    if (piece->stage != STAGE_MAKE && piece->title.len > 0)
        text_addf(w->out, ", .stage = %d", (int) piece->stage);
    add_field(w->out, "needs", piece->needs);
    add_field(w->out, "extension", piece->extension);
    add_field(w->out, "schema", piece->extension_schema);
    add_field(w->out, "version", piece->extension_version);
    add_names(w->out, &piece->unfollowed);
    add_steps_of(w, piece, stand);
    text_add_c(w->out, "},\n");
}

void add_model(Arena *arena, Text *out, Str name, const PlannedMigration *planned)
{
    const ModelPieces *pieces = &planned->model;
    Writer w = {.arena = arena, .out = out, .name = name, .up = &planned->up};
    if (pieces->count == 0)
        return;
    for (size_t i = 0; i < pieces->count; i++) {
        Stand stand = stand_of(&w, &pieces->items[i]);
        list_push(arena, &w.stands, stand);
    }
    add_own_steps(&w);
    text_addf(out, "\nstatic const MigratePiece model_%.*s[] = {\n", STR_ARG(name));
    for (size_t i = 0; i < pieces->count; i++)
        add_piece(&w, &pieces->items[i], w.stands.items[i]);
    text_add_c(out, "};\n");
}
