/* rows.h: both sides as the server describes them: a row a thing, with a title that says what it is on either side. */
#ifndef ROWS_H
#define ROWS_H

#include "history.h"
#include "scratch.h"

typedef enum RowRule {
    RULE_NONE,
    RULE_STATED,  /* drift only where the model has it */
    RULE_THERE,   /* drift only where the model has it, and the database has none */
    RULE_ORDER,   /* drift only where no column of its owner is missing or extra */
} RowRule;

typedef struct Row {
    bool model;         /* of the schema as it should be; else as it is */
    RowRule rule;
    char *title;        /* "column \"note\" of table \"vaults\"" */
    char *owner;        /* the title of what it goes with; "" for none */
    char *name;         /* "note" */
    char *definition;
    char *again;        /* SQL that says it again in the server's own words; NULL: that changes nothing */
} Row;

typedef struct Rows {
    Row *items;         /* by title, the model's first */
    size_t count, room;
} Rows;

/* Reads both sides. False: the session's error says why. To be cleared either way. */
bool rows_read(Rows *rows, Scratch *scratch, const History *history);

const Row *rows_find(const Rows *rows, const char *title, bool model);

void rows_clear(Rows *rows);

#endif
