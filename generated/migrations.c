/* Written by migc. Do not edit. */
#include <migrate.h>

MIGRATE_REQUIRE_RUNTIME(6);

extern const Migration migration_20260225190000_initial_baseline;
extern const Migration migration_20260301090000_add_owner;

static const Migration *const migrations[] = {
    &migration_20260225190000_initial_baseline,
    &migration_20260301090000_add_owner,
};

const MigrateProject migrate_project = {
    .runtime = 6,
    .name = "vaults",
    .schema = "public",
    .history_table = "knex_migrations",
    .postgres = 13,
    .migrations = migrations,
    .count = MIGRATE_COUNT(migrations),
};
