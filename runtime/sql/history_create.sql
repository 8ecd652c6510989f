create table if not exists {history} ("id" serial primary key, "name" varchar(255), "batch" integer,
"migration_time" timestamptz)
