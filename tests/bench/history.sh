# Histories to measure with. To be sourced.

# write_history COUNT FOLDER: so many migrations; one in ten makes a table, the others alter it.
write_history() {
    mkdir -p "$2/db/migrations"
    awk -v count="$1" -v folder="$2/db/migrations" '
        function body(i, table) {
            if (i % 10 == 0)
                return "create table t" table " {\n" \
                    "  id bigint generated always as identity primary key;\n" \
                    "  name text unique; amount numeric(36, 18) check (amount > 0); status text default \047new\047;\n" \
                    "  created_at timestamptz default now();\n" \
                    (table > 1 ? "  parent bigint null references t" (table - 1) " (id) on delete cascade;\n" : "") \
                    "  index (name, status);\n}"
            if (i % 10 <= 5) return "alter table t" table " add column c" i % 10 " text null;"
            if (i % 10 == 6) return "create index on t" table " (c1, c2) where c3 is not null;"
            if (i % 10 == 7) return "alter table t" table " rename column c5 to d5;"
            if (i % 10 == 8) return "alter table t" table " drop column d5;"
            return "alter table t" table " alter column status set default \047old\047;"
        }
        BEGIN {
            for (i = 0; i < count; i++) {
                file = sprintf("%s/2020%02d%02d%02d%02d%02d_m%d.mig", folder, 1 + i / 86400 / 28, 1 + i / 86400 % 28,
                               i / 3600 % 24, i / 60 % 60, i % 60, i)
                printf "up {\n%s\n}\ndown auto;\n", body(i, int(i / 10) + 1) > file
                close(file)
            }
        }'
}
