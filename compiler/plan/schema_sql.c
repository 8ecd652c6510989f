/* The SQL stands for itself: what the session must be like is set in it, and what it does not hold is said in it. */
#include "schema_sql.h"

#include "pieces.h"

/* A name in a comment, which a line end would end. */
static void add_line(Text *out, Str text)
{
    for (size_t i = 0; i < text.len; i++)
        text_add_char(out, (unsigned char) text.data[i] < ' ' ? '?' : text.data[i]);
}

/* Unqualified names live in the home namespace, which is taken to exist: so it is not created by any piece. Functions
 * are not looked into, since they may name what is created after them. */
static void add_head(Arena *arena, Text *out, const History *history, size_t count)
{
    Str home = catalog_quote(arena, history->settings.schema);
    text_add_c(out, "-- The schema of ");
    add_line(out, history->settings.name);
    text_addf(out, " %.*s. Written by migc.\n\n", STR_ARG(history_moment(arena, history, count)));
    if (!str_is(home, "public"))
        text_addf(out, "CREATE SCHEMA IF NOT EXISTS %.*s;\n", STR_ARG(home));
    text_addf(out, "SET search_path = %.*s;\nSET check_function_bodies = off;\n", STR_ARG(home));
}

static void add_pieces(const Schema *schema, Text *out)
{
    static const char *const ends[] = {
        [STAGE_MAKE] = "\n", [STAGE_DOUBTFUL] = ", not valid\n", [STAGE_JOIN] = ", as a child\n",
        [STAGE_INCOMPLETE] = ", for itself alone\n", [STAGE_SETTING] = ", in the end\n"};
    Pieces pieces = schema_pieces(schema);
    for (size_t i = 0; i < pieces.count; i++) {
        const Piece *piece = &pieces.items[i];
        text_add_c(out, "\n-- ");
        add_line(out, piece_title(schema, piece));
        text_add_c(out, ends[piece->stage]);
        for (size_t j = 0; j < piece->statements.count; j++)
            text_addf(out, "%.*s;\n", STR_ARG(piece->statements.items[j]));
    }
}

static bool is_not_followed(const MigrationInfo *migration)
{
    for (size_t i = 0; i < migration->up.count; i++) {
        const Change *change = &migration->up.items[i];
        bool unfollowed = change->kind == CHANGE_RUN_SQL && change->run_sql.unfollowed.names.count > 0;
        if (unfollowed || change->kind == CHANGE_CALL_NATIVE)
            return true;
    }
    return false;
}

/* What the model does not follow it does not hold. */
static void add_foot(Text *out, const History *history, size_t count)
{
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        const MigrationInfo *migration = &history->migrations.items[i];
        if (!is_not_followed(migration))
            continue;
        if (first)
            text_add_c(out, "\n-- Not in here: what SQL that the compiler does not follow did in\n");
        text_addf(out, "--   %.*s\n", STR_ARG(migration->name));
        first = false;
    }
}

Str schema_sql(Arena *arena, const History *history, size_t count)
{
    Schema schema = history_schema(arena, history, count);
    Text out = text_new(arena);
    add_head(arena, &out, history, count);
    add_pieces(&schema, &out);
    add_foot(&out, history, count);
    return text_str(&out);
}
