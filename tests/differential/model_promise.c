#include "model_promise.h"

typedef struct Fold {
    Arena *arena;
    Map pieces;      /* key → ModelPiece */
    StrList keys;    /* every key once */
    Text wrong;
} Fold;

static void fold_in(Fold *f, const ModelPieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        const ModelPiece *piece = &pieces->items[i];
        if (piece->key.len == 0)
            continue;
        if (map_get(&f->pieces, piece->key) == 0)
            list_push(f->arena, &f->keys, piece->key);
        map_set_pointer(&f->pieces, piece->key, piece);
    }
}

static Str piece_text(Arena *arena, const ModelPiece *piece)
{
    Text text = text_new(arena);
    if (piece == NULL || piece->title.data == NULL)
        return STR("nothing");
    text_addf(&text, "%.*s, stage %d, after %.*s, %.*s %.*s", STR_ARG(piece->title), (int) piece->stage,
              STR_ARG(piece->needs), STR_ARG(piece->extension_schema), STR_ARG(piece->extension_version));
    for (size_t i = 0; i < piece->statements.count; i++)
        text_addf(&text, "; %.*s", STR_ARG(piece->statements.items[i]));
    return text_str(&text);
}

static void compare(Fold *f, Str migration, Str key, const Map *whole)
{
    Str folded = piece_text(f->arena, map_get_pointer(&f->pieces, key));
    Str wanted = piece_text(f->arena, map_get_pointer(whole, key));
    if (!str_equal(folded, wanted))
        text_addf(&f->wrong, "%.*s: piece %.*s is %.*s, and should be %.*s\n", STR_ARG(migration), STR_ARG(key),
                  STR_ARG(folded), STR_ARG(wanted));
}

static void compare_all(Fold *f, Str migration, const ModelPieces *whole)
{
    Map map = map_new(f->arena);
    for (size_t i = 0; i < whole->count; i++) {
        map_set_pointer(&map, whole->items[i].key, &whole->items[i]);
        if (map_get(&f->pieces, whole->items[i].key) == 0)
            compare(f, migration, whole->items[i].key, &map);
    }
    for (size_t i = 0; i < f->keys.count; i++)
        compare(f, migration, f->keys.items[i], &map);
}

Str model_breaks(Arena *arena, const Plan *plan)
{
    Fold fold = {.arena = arena, .pieces = map_new(arena), .wrong = text_new(arena)};
    for (size_t i = 0; i < plan->migrations.count; i++) {
        Schema schema = history_schema(arena, plan->history, i + 1);
        Arena scratch = {0};
        Model model = model_new(arena, &scratch, &schema);
        ModelPieces whole = model_update(&model, &schema, 0);
        arena_free(&scratch);
        fold_in(&fold, &plan->migrations.items[i].model);
        compare_all(&fold, plan->migrations.items[i].migration->name, &whole);
    }
    return text_str(&fold.wrong);
}
