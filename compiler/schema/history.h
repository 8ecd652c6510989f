/* The whole history, checked: what the planner and the emitter work from. */
#ifndef SCHEMA_HISTORY_H
#define SCHEMA_HISTORY_H

#include "grade.h"

/* db/project.mig, with what it leaves out filled in. */
typedef struct Settings {
    Str name;              /* of the project */
    unsigned postgres;     /* oldest server supported: 12 to 18 */
    Str schema;            /* where unqualified names live */
    Str history_schema;    /* data == NULL: the connection's current schema */
    Str history_table;
    bool transaction_each; /* a transaction for each migration, not one for all that is pending */
} Settings;

typedef struct MigrationInfo {
    uint32_t file;         /* in Sources */
    Str name;              /* "20260225190000_initial_baseline" */
    Str stored;            /* its name in the tracking table */
    StrList replaces;      /* the names that it stands for */
    Str checksum;          /* 64 hex digits */
    Span no_transaction;   /* `transaction none`; unknown where it was not written */
    ChangeList up;
    ChangeList down;       /* in the order in which it runs; empty for an irreversible one */
    Str irreversible;      /* the reason; data == NULL: there is a way down */
    GradeKind grade;       /* of the way down */
    Losses losses;         /* what of the data before `up` it cannot bring back */
} MigrationInfo;

typedef struct History {
    Settings settings;
    const Catalog *catalog;
    LIST(MigrationInfo) migrations;  /* in the order of application */
} History;

/* The schema after so many of the migrations. */
Schema history_schema(Arena *arena, const History *history, size_t count);

/* "after migration 20260225190000_initial_baseline"; "before the first migration". */
Str history_moment(Arena *arena, const History *history, size_t count);

#endif
