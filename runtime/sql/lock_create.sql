create table if not exists {lock} ("index" serial primary key, "is_locked" integer)
