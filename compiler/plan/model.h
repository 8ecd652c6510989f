/* The model for the runtime: what of the schema's pieces each migration changed. Put on top of one another, up to any
 * migration, they are the schema behind it; `migrate verify` makes it anew on the server, and compares.
 *
 * The pieces' SQL can be run beside what is there: names of schemas, but that of the home of unqualified names, stand
 * in it between two bytes 1, those of what has no schema between two bytes 2, to be filled in. What an extension brings
 * is there once, and named as it is.
 */
#ifndef PLAN_MODEL_H
#define PLAN_MODEL_H

#include "pieces.h"

/* How a piece is compared. A new kind of object says in model.c where it belongs. */
typedef enum PiecePlace {
    PIECE_IN_SCHEMA,   /* by making it in another schema */
    PIECE_EXTENSION,   /* by what is known of it */
    PIECE_IN_DATABASE, /* it has no schema: by making it under another name, or else by its name alone */
    PIECE_UNFOLLOWED   /* no piece, but SQL that the model does not follow */
} PiecePlace;

typedef struct ModelPiece {
    Str key;                /* unique, and the same as long as it is about the same thing */
    Str title;              /* data == NULL: the piece is gone, and only the key is there */
    PiecePlace place;
    PieceStage stage;
    Str needs;              /* the keys of the pieces that come before it, with spaces between */
    StrList statements;
    Str extension, extension_schema, extension_version;  /* data == NULL: not that, or not stated */
    Unfollowed unfollowed;  /* UNFOLLOWED: what it is about */
} ModelPiece;

typedef LIST(ModelPiece) ModelPieces;

/* What was handed over so far. */
typedef struct Model {
    Arena *arena, *scratch;    /* scratch is empty behind each update */
    LIST(ModelPieces) pieces;  /* by number of the object */
    ObjectIds marked;          /* all schemas and extensions that there ever were */
} Model;

Model model_new(Arena *arena, Arena *scratch, const Schema *schema);

/* The pieces that are new, other or gone since the mark, when the model was last brought up to date. The schema is
 * changed for a while, and is what it was in the end. */
ModelPieces model_update(Model *model, Schema *schema, size_t mark);

#endif
