/* The schema of one moment as SQL, piece by piece: what is to be said to an empty database to get it.
 *
 * A piece is an object, as CREATE and what is set at once; or a part of it that has to wait: a foreign key, what is not
 * valid yet, what would close a circle; or the shell of a base type, which its functions need before it is whole; or
 * what comes behind all the rest (properties.def, LATE).
 */
#ifndef PLAN_PIECES_H
#define PLAN_PIECES_H

#include "depend.h"

typedef LIST(Part) PieceNeeds;

/* What is of a later stage comes behind all that is of an earlier one: checks that are not valid are made when all
 * tables are there, since they are that of new children only; children join their parents when they have all that they
 * have; indexes of a parent for itself alone are made then; what is LATE (properties.def) comes last. */
typedef enum PieceStage { STAGE_MAKE, STAGE_DOUBTFUL, STAGE_JOIN, STAGE_INCOMPLETE, STAGE_SETTING } PieceStage;

typedef struct Piece {
    Part part;            /* WHOLE, SHELL, CONSTRAINT or DEFAULT: what it is about, or makes */
    PieceStage stage;
    StrList statements;   /* without closing semicolons */
    PieceNeeds needs;     /* the parts of pieces of the first stage that come before it */
    PieceNeeds siblings;  /* and of pieces of its own: INCOMPLETE: what joins it; JOIN: what it joins;
                           * SETTING: the table that a sequence is owned by */
} Piece;

typedef LIST(Piece) Pieces;

/* Appends the pieces of one object. What a database has from the start has one where something of it is set. */
void object_pieces(const Schema *schema, ObjectId id, Pieces *pieces);

/* All pieces, in an order in which a server takes them: each behind what it needs, else in the order of creation. */
Pieces schema_pieces(const Schema *schema);

/* "table \"billing.invoices\"", for people. */
Str piece_title(const Schema *schema, const Piece *piece);

#endif
