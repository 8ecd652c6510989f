/* The leaves of a file: its tokens and its comments in one row, which is all that there is but white space. The
 * formatter works on them: it decides anew what stands before each leaf, and writes every leaf once, in order; so
 * nothing can get lost. Private to this folder.
 */
#ifndef SYNTAX_LEAF_H
#define SYNTAX_LEAF_H

#include "syntax.h"

enum { LEAF_COMMENT = -1 };
#define NO_LEAF UINT32_MAX

/* Where the aligned parts of a table's column begin. */
typedef enum Cell { CELL_NONE, CELL_NAME, CELL_TYPE, CELL_REST } Cell;

typedef struct Leaf {
    int kind;          /* of the token, or LEAF_COMMENT */
    Span span;
    Str text;          /* as it is written out */

    /* how it stands in the file */
    uint32_t breaks;   /* line ends before it */
    uint32_t column;   /* from 0 */
    uint32_t partner;  /* of a bracket, the other one */

    /* what it is to the tree */
    uint32_t anchor;   /* the first leaf of the fragment of SQL that it belongs to; NO_LEAF: none */
    bool opens_body;   /* the brace before a body of SQL */
    bool is_name;
    bool starts_clause;
    Cell cell;

    /* how it is to stand */
    uint32_t pad;      /* blanks before it, for alignment; 0: no more than usual */
    uint32_t new_breaks;
    uint32_t blanks;   /* behind the line ends, or behind the leaf before; not of a leaf that keeps its gap */
    uint32_t new_column;
    uint32_t moves_from, moves_to;  /* of a fragment's first leaf: how the lines of the fragment are to move */
    bool keeps_gap;    /* what stands before it in the file stays */
    bool trailing;     /* a comment behind something on its line, to be aligned with those above and below */
} Leaf;

/* A list of leaves, for list_push, that knows its file. */
typedef struct Leaves {
    Leaf *items;
    size_t count, capacity;
    Sources *sources;
} Leaves;

/* Reads a file without syntax errors. */
Leaves leaves_read(Syntax *syntax, uint32_t file);

/* Notes what the leaves are to the tree of the file. */
void leaves_mark(Leaves *leaves, const Node *tree);

/* Decides where every leaf is to stand. */
void leaves_lay_out(Arena *arena, Leaves *leaves);

/* The column behind the text that begins at the column. */
uint32_t column_behind(uint32_t column, Str text);

uint32_t count_breaks(Str text);
Str trim_end(Str line);  /* without the blanks at its end */

#endif
