/* Tree to changes: every statement checked against the schema as it is then. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "history.h"
#include "syntax.h"

typedef struct ParsedMigration {
    uint32_t file;
    Str name;               /* the file's name without folder and extension */
    NodeMigration *tree;
} ParsedMigration;

typedef LIST(ParsedMigration) ParsedMigrations;

/* The settings with nothing written: postgres 13, schema public, history knex_migrations. */
Settings settings_default(Str name);

/* Takes over what the project file says; reports what it should not. */
void settings_read(Compilation *c, Syntax *syntax, const NodeProject *project, Settings *settings);

/* Takes note of what a migration allows itself, before anything is reported of it. */
void excuses_read(Compilation *c, const NodeMigration *tree);

/* Checks the migrations, in their order. What is wrong is reported; the history is complete only if nothing was. */
History check_history(Compilation *c, Syntax *syntax, Settings settings, ParsedMigrations migrations);

/* The same, a migration at a time. */
typedef struct Checker Checker;

Checker *checker_new(Compilation *c, Syntax *syntax, Settings settings);
void checker_free(Checker *k);

/* Checks one more. What is wrong is reported; it is applied to the schema as far as it goes. */
MigrationInfo check_migration(Checker *k, ParsedMigration parsed);

Schema *checker_schema(Checker *k);

/* Takes back what came behind the mark of the schema, and all reports. */
void checker_take_back(Checker *k, size_t mark);

/* One line a change, for `migc dump --stage changes`. */
void history_dump(Compilation *c, const History *history, Text *out);

#endif
