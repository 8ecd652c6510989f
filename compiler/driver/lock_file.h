/* The lock file, DIR/migrations.lock: what was merged, and in which order. Text to entries and back; nothing here reads
 * a disk.
 *
 *     migc lock 1
 *     NAME CHECKSUM CHAIN      a line a migration, in their order, single spaces between
 *
 * NAME is the file's without extension, CHECKSUM is syntax_checksum() of it. CHAIN is the SHA-256 of the line
 * "PREVIOUS NAME CHECKSUM" with its line end, where PREVIOUS is the chain of the line before, the header for the first.
 * So a line cannot be put in, taken out or exchanged without writing all below it anew, and branches that both add a
 * line conflict.
 *
 * A squash is a line behind all that there are, with a fourth word, `replaces`, and the names of the lines that it
 * stands for:
 *
 *     NAME CHECKSUM CHAIN replaces NAME NAME …
 *
 * The chain then is that of "PREVIOUS NAME CHECKSUM replaces NAME NAME …". What is replaced keeps its lines, as the
 * chain runs through them, but its files are no longer looked for; and the squash's own name may sort before the last
 * line. A file with such a line begins with `migc lock 2`; the first line's PREVIOUS is that of format 1 all the same.
 */
#ifndef DRIVER_LOCK_FILE_H
#define DRIVER_LOCK_FILE_H

#include "list.h"
#include "text.h"

typedef struct LockEntry {
    Str name, checksum, chain;
    StrList replaces;           /* of a squash: names of earlier lines */
    bool replaced;              /* by a later line */
    uint32_t start;             /* of its line in the text */
} LockEntry;

typedef LIST(LockEntry) LockEntries;

typedef enum LockDamage {
    LOCK_WHOLE,
    LOCK_NO_HEADER,     /* the first line is not the header */
    LOCK_OTHER_FORMAT,  /* the header is that of another version */
    LOCK_CONFLICT,      /* a merge left its markers */
    LOCK_BAD_LINE,      /* not NAME CHECKSUM CHAIN, or a squash of what is not there */
    LOCK_BAD_ORDER,     /* the name does not sort behind the one before */
    LOCK_BAD_CHAIN      /* the line does not follow from the one before */
} LockDamage;

typedef struct LockFile {
    LockEntries entries;   /* up to the damage */
    LockDamage damage;     /* the first there is */
    uint32_t start, end;   /* where: a line, or the chain in it */
} LockFile;

/* A line end may be CRLF, as git checks files out on some machines; the last one may be missing. */
LockFile lock_file_read(Arena *arena, Str text);

/* Adds a line behind the others; `replaces` are names of lines. */
void lock_file_add(Arena *arena, LockEntries *entries, Str name, Str checksum, StrList replaces);

Str lock_file_text(Arena *arena, const LockEntries *entries);

/* The greatest name, behind which all that is new has to sort; data == NULL: there is none. */
Str lock_file_last(const LockEntries *entries);

#endif
