/* Written by migc from db/migrations/20260301090000_add_owner.mig. Do not edit. */
#include <migrate.h>

MIGRATE_REQUIRE_RUNTIME(2);

static const MigrateStep up_steps_20260301090000_add_owner[] = {
    {.line = 4,
     .sql = "ALTER TABLE vaults ADD COLUMN owner text"},
    {.line = 5,
     .sql = "CREATE INDEX vaults_owner_idx ON vaults USING btree (owner)"},
};

static bool up_20260301090000_add_owner(MigrateRun *run)
{
    return migrate_steps(run, up_steps_20260301090000_add_owner,
                         MIGRATE_COUNT(up_steps_20260301090000_add_owner));
}

static const MigrateStep down_steps_20260301090000_add_owner[] = {
    {.line = 5,
     .sql = "DROP INDEX vaults_owner_idx"},
    {.line = 4,
     .sql = "ALTER TABLE vaults DROP COLUMN owner"},
};

static bool down_20260301090000_add_owner(MigrateRun *run)
{
    return migrate_steps(run, down_steps_20260301090000_add_owner,
                         MIGRATE_COUNT(down_steps_20260301090000_add_owner));
}

const Migration migration_20260301090000_add_owner = {
    .name = "20260301090000_add_owner",
    .stored = "20260301090000_add_owner.mig",
    .file = "db/migrations/20260301090000_add_owner.mig",
    .checksum = "7c6fb11b4e38a27a5949f0870fecab858c0219d79726196c8767d9143d86738f",
    .up = up_20260301090000_add_owner,
    .down = down_20260301090000_add_owner,
};
