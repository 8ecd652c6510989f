/* A project without migrations: the build asks the program that comes of it for the pages of all others. */
#include <migrate.h>

MIGRATE_REQUIRE_RUNTIME(MIGRATE_RUNTIME_VERSION);

const MigrateProject migrate_project = {
    .runtime = MIGRATE_RUNTIME_VERSION,
    .name = "blank",
    .schema = "public",
    .history_table = "knex_migrations",
    .postgres = 12,
};
