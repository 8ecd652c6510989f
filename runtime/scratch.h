/* scratch.h: the schema as it should be, made anew on the server beside what is there, in a transaction that is always
 * taken back. So the server itself brings what the migrations say into the words in which it keeps what it has.
 *
 * Every schema of the model is made under another name, which no one else has; what is in it refers to the others under
 * their other names. So is what is in no schema, as long as it is looked at only: an event trigger that has been made
 * would see what is done next. Nothing of what is there is locked, but for reading. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include "blueprint.h"
#include "outcome.h"
#include "session.h"

/* A schema of the model, or something that is in none. */
typedef struct ScratchSpace {
    BlueprintMark mark;
    char *name;    /* as in the database */
    char *quoted;  /* the same as SQL; NULL until the server has been asked, and of what is no schema */
} ScratchSpace;

/* A piece that could not be made. */
typedef struct ScratchGap {
    const MigratePiece *piece;
    char *reason;
} ScratchGap;

typedef struct Scratch {
    Session *session;
    const MigrateProject *project;
    const Blueprint *blueprint;
    char *prefix;          /* of the other names; their number in `spaces` follows */
    ScratchSpace *spaces;  /* the first is the project's own */
    size_t space_count;
    ScratchGap *gaps;
    size_t gap_count;
} Scratch;

/* Begins the transaction and makes the pieces of schemas. Reports why it cannot; to be closed either way. */
Outcome scratch_open(Scratch *scratch, Session *session, const MigrateProject *project, const Blueprint *blueprint);

/* Makes the pieces that are in no schema, and takes them back. False: the session is lost, or a signal has come. */
bool scratch_make_things(Scratch *scratch);
bool scratch_drop_things(Scratch *scratch);

/* Whether the piece is of something in no schema that can be read, and so is made: not of default privileges, which
 * would be those of the database itself. */
bool scratch_is_thing(const MigratePiece *piece);

/* Why the piece could not be made; NULL: it could. */
const char *scratch_reason(const Scratch *scratch, const MigratePiece *piece);

/* Takes everything back. */
void scratch_close(Scratch *scratch);

/* Runs a script, or nothing of it where the server refuses it: then `reason`, to be freed, says why; else it is NULL.
 * False: the session is lost, or a signal has come. */
bool scratch_try(Scratch *scratch, const char *script, char **reason);

/* Reports the session's error, unless it is a signal. */
Outcome scratch_fail(const Scratch *scratch, const char *what);

/* The other name of a schema. To be freed, like the next one. */
char *scratch_name(const Scratch *scratch, size_t space);

/* A text of the server with the schemas' own names instead of the others. */
char *scratch_plain(const Scratch *scratch, const char *text);

#endif
