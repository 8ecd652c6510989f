/* Written by migc from db/migrations/20260225190000_initial_baseline.mig. Do not edit. */
#include <migrate.h>

MIGRATE_REQUIRE_RUNTIME(6);

static const MigrateStep up_steps_20260225190000_initial_baseline[] = {
    {.line = 2,
     .sql = "CREATE TYPE vault_status AS ENUM ('draft', 'active', 'completed', 'failed', 'cancelled')"},
    {.line = 4,
     .sql = "CREATE TABLE vaults (\n"
            "    id uuid DEFAULT gen_random_uuid() NOT NULL,\n"
            "    creator text NOT NULL,\n"
            "    amount numeric(36,18) NOT NULL,\n"
            "    status vault_status DEFAULT 'draft' NOT NULL,\n"
            "    note text,\n"
            "    end_timestamp timestamp with time zone NOT NULL,\n"
            "    created_at timestamp with time zone DEFAULT now() NOT NULL,\n"
            "    CONSTRAINT vaults_amount_check CHECK (amount > 0),\n"
            "    CONSTRAINT vaults_pkey PRIMARY KEY (id)\n"
            ")"},
    {.line = 13,
     .locks = (const MigrateLock[]) {{MIGRATE_SHARE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "CREATE INDEX vaults_creator_idx ON vaults USING btree (creator)"},
    {.line = 14,
     .locks = (const MigrateLock[]) {{MIGRATE_SHARE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "CREATE INDEX vaults_status_idx ON vaults USING btree (status)"},
    {.line = 15,
     .locks = (const MigrateLock[]) {{MIGRATE_SHARE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "CREATE INDEX vaults_end_timestamp_idx ON vaults USING btree (end_timestamp)"},
};

static bool up_20260225190000_initial_baseline(MigrateRun *run)
{
    return migrate_steps(run, up_steps_20260225190000_initial_baseline,
                         MIGRATE_COUNT(up_steps_20260225190000_initial_baseline));
}

static const MigrateStep down_steps_20260225190000_initial_baseline[] = {
    {.line = 4,
     .locks = (const MigrateLock[]) {{MIGRATE_ACCESS_EXCLUSIVE, "vaults", NULL}},
     .lock_count = 1,
     .sql = "DROP TABLE vaults"},
    {.line = 2,
     .sql = "DROP TYPE vault_status"},
};

static bool down_20260225190000_initial_baseline(MigrateRun *run)
{
    return migrate_steps(run, down_steps_20260225190000_initial_baseline,
                         MIGRATE_COUNT(down_steps_20260225190000_initial_baseline));
}

static const MigratePiece model_20260225190000_initial_baseline[] = {
    {.key = "3", .what = "enum \"vault_status\"",
     .steps = up_steps_20260225190000_initial_baseline, .count = 1},
    {.key = "4", .what = "table \"vaults\"", .needs = "3",
     .steps = up_steps_20260225190000_initial_baseline + 1, .count = 1},
    {.key = "7", .what = "index \"vaults_creator_idx\"", .needs = "4",
     .steps = up_steps_20260225190000_initial_baseline + 2, .count = 1},
    {.key = "8", .what = "index \"vaults_status_idx\"", .needs = "4",
     .steps = up_steps_20260225190000_initial_baseline + 3, .count = 1},
    {.key = "9", .what = "index \"vaults_end_timestamp_idx\"", .needs = "4",
     .steps = up_steps_20260225190000_initial_baseline + 4, .count = 1},
};

const Migration migration_20260225190000_initial_baseline = {
    .name = "20260225190000_initial_baseline",
    .stored = "20260225190000_initial_baseline.mig",
    .file = "db/migrations/20260225190000_initial_baseline.mig",
    .checksum = "d531e39bed19c5c027bb909b57822e445a85cc3089bec6c8143fb91d1472c32a",
    .up = up_20260225190000_initial_baseline,
    .down = down_20260225190000_initial_baseline,
    .model = model_20260225190000_initial_baseline,
    .model_count = MIGRATE_COUNT(model_20260225190000_initial_baseline),
};
