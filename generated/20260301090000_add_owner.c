/* Written by migc from db/migrations/20260301090000_add_owner.mig. Do not edit. */
#include <migrate.h>

MIGRATE_REQUIRE_RUNTIME(6);

static const MigrateStep up_steps_20260301090000_add_owner[] = {
    {.line = 4,
     .locks = (const MigrateLock[]) {{MIGRATE_ACCESS_EXCLUSIVE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "ALTER TABLE vaults ADD COLUMN owner text"},
    {.line = 5,
     .locks = (const MigrateLock[]) {{MIGRATE_SHARE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "CREATE INDEX vaults_owner_idx ON vaults USING btree (owner)"},
};

static bool up_20260301090000_add_owner(MigrateRun *run)
{
    return migrate_steps(run, up_steps_20260301090000_add_owner,
                         MIGRATE_COUNT(up_steps_20260301090000_add_owner));
}

static const MigrateStep down_steps_20260301090000_add_owner[] = {
    {.line = 5,
     .locks = (const MigrateLock[]) {{MIGRATE_ACCESS_EXCLUSIVE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "DROP INDEX vaults_owner_idx"},
    {.line = 4,
     .locks = (const MigrateLock[]) {{MIGRATE_ACCESS_EXCLUSIVE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "ALTER TABLE vaults DROP COLUMN owner"},
};

static bool down_20260301090000_add_owner(MigrateRun *run)
{
    return migrate_steps(run, down_steps_20260301090000_add_owner,
                         MIGRATE_COUNT(down_steps_20260301090000_add_owner));
}

static const MigrateStep model_steps_20260301090000_add_owner[] = {
    {.sql = "CREATE TABLE vaults (\n"
            "    id uuid DEFAULT gen_random_uuid() NOT NULL,\n"
            "    creator text NOT NULL,\n"
            "    amount numeric(36,18) NOT NULL,\n"
            "    status vault_status DEFAULT 'draft' NOT NULL,\n"
            "    note text,\n"
            "    end_timestamp timestamp with time zone NOT NULL,\n"
            "    created_at timestamp with time zone DEFAULT now() NOT NULL,\n"
            "    owner text,\n"
            "    CONSTRAINT vaults_amount_check CHECK (amount > 0),\n"
            "    CONSTRAINT vaults_pkey PRIMARY KEY (id)\n"
            ")"},
};

static const MigratePiece model_20260301090000_add_owner[] = {
    {.key = "4", .what = "table \"vaults\"", .needs = "3",
     .steps = model_steps_20260301090000_add_owner, .count = 1},
    {.key = "10", .what = "index \"vaults_owner_idx\"", .needs = "4",
     .steps = up_steps_20260301090000_add_owner + 1, .count = 1},
};

const Migration migration_20260301090000_add_owner = {
    .name = "20260301090000_add_owner",
    .stored = "20260301090000_add_owner.mig",
    .file = "db/migrations/20260301090000_add_owner.mig",
    .checksum = "7c6fb11b4e38a27a5949f0870fecab858c0219d79726196c8767d9143d86738f",
    .up = up_20260301090000_add_owner,
    .down = down_20260301090000_add_owner,
    .model = model_20260301090000_add_owner,
    .model_count = MIGRATE_COUNT(model_20260301090000_add_owner),
};
