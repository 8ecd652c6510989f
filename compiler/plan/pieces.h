/* The schema of one moment as SQL, piece by piece: what is to be said to an empty database to get it.
 *
 * A piece is an object, as CREATE and what is set at once; or a part of it that has to wait: a foreign key, what is not
 * valid yet, what would close a circle; or what comes behind all the rest (properties.def, LATE).
 */
#ifndef PLAN_PIECES_H
#define PLAN_PIECES_H

#include "depend.h"

typedef LIST(Part) PieceNeeds;

/* In what order pieces that are late come. */
typedef enum PieceTurn { TURN_NONE, TURN_JOIN, TURN_INCOMPLETE, TURN_SETTING } PieceTurn;

typedef struct Piece {
    Part part;            /* WHOLE, CONSTRAINT or DEFAULT: what it makes */
    bool late;            /* it comes behind all that is not late */
    PieceTurn turn;
    StrList statements;   /* without closing semicolons */
    PieceNeeds needs;     /* the parts of pieces that come before it, none of them late */
} Piece;

typedef LIST(Piece) Pieces;

/* Appends the pieces of one object. What a database has from the start has one where something of it is set. */
void object_pieces(const Schema *schema, ObjectId id, Pieces *pieces);

/* All pieces, in an order in which a server takes them: each behind what it needs, else in the order of creation. */
Pieces schema_pieces(const Schema *schema);

/* "table \"billing.invoices\"", for people. */
Str piece_title(const Schema *schema, const Piece *piece);

#endif
