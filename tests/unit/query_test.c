#include "unit.h"

#include "change.h"
#include "define.h"
#include "sql.h"

/* users (id, email, name), posts (id, user_id, title, n), tags (id, label), billing.users (id, plan): each id is the
 * primary key. */
typedef struct Bench {
    Compilation c;
    Sql sql;
    Schema schema;
    ObjectId users, posts, tags;
} Bench;

static void add_column(Bench *b, Table *table, const char *name, const char *type)
{
    Type of = {.catalog = catalog_type_in(&b->schema.view.catalog->core, str_from(type))};
    ColumnInfo column = {.id = ++table->last_column, .name = str_from(name), .type = of};
    column_add(&b->c.arena, table, &column);
}

/* Names and types in turn, up to NULL. */
static ObjectId create_table(Bench *b, ObjectId namespace, const char *name, const char *const *columns)
{
    Arena *arena = &b->c.arena;
    Table *table = arena_new(arena, Table);
    table->object = (Object) {.kind = OBJECT_TABLE, .id = schema_new_id(&b->schema), .schema = namespace,
                              .name = str_from(name)};
    for (size_t i = 0; columns[i] != NULL; i += 2)
        add_column(b, table, columns[i], columns[i + 1]);
    Constraint key = {.kind = CONSTRAINT_PRIMARY, .name = str_format(arena, "%s_pkey", name)};
    key.id = schema_new_id(&b->schema);
    list_push(arena, &key.columns, 1);
    constraint_add(arena, &table->constraints, &key);
    change_apply(&b->schema, &(Change) {.kind = CHANGE_CREATE, .create = {&table->object}});
    return table->object.id;
}

static ObjectId create_namespace(Bench *b, const char *name)
{
    Namespace *namespace = arena_new(&b->c.arena, Namespace);
    namespace->object = (Object) {.kind = OBJECT_NAMESPACE, .id = schema_new_id(&b->schema), .name = str_from(name)};
    change_apply(&b->schema, &(Change) {.kind = CHANGE_CREATE, .create = {&namespace->object}});
    return namespace->object.id;
}

static int begin(void **state)
{
    Bench *b = test_calloc(1, sizeof *b);
    b->sql = sql_new(&b->c, 15);
    b->schema = schema_new(&b->c.arena, catalog_for(15), STR("public"));
    ObjectId home = b->schema.home;
    static const char *const users[] = {"id", "int8", "email", "text", "name", "varchar", NULL};
    static const char *const posts[] = {"id", "int8", "user_id", "int8", "title", "text", "n", "int4", NULL};
    static const char *const tags[] = {"id", "int8", "label", "text", NULL};
    static const char *const plans[] = {"id", "int8", "plan", "text", NULL};
    b->users = create_table(b, home, "users", users);
    b->posts = create_table(b, home, "posts", posts);
    b->tags = create_table(b, home, "tags", tags);
    create_table(b, create_namespace(b, "billing"), "users", plans);
    *state = b;
    return 0;
}

static int end(void **state)
{
    Bench *b = *state;
    compilation_free(&b->c);
    test_free(b);
    return 0;
}

static const SqlQuery *read(Bench *b, bool kept, const char *sql)
{
    Str text = str_copy(&b->c.arena, str_from(sql));
    uint32_t file = source_add(&b->c.arena, &b->c.sources, STR("x.mig"), text);
    Fragment fragment = fragment_verbatim(&b->c.arena, &b->c.sources, (Span) {0, (uint32_t) text.len, file});
    QueryScope scope = {.schema = &b->schema, .place = "a view", .kept = kept, .can_modify = !kept};
    return sql_query(&b->sql, &scope, &fragment);
}

/* The code of the first report; "" for none. */
static const char *code(Bench *b, bool kept, const char *sql)
{
    size_t before = b->c.reports.count;
    const SqlQuery *query = read(b, kept, sql);
    if (b->c.reports.count == before) {
        assert_non_null(query);
        return "";
    }
    assert_null(query);
    return diagnostic_info(b->c.reports.items[before].code)->code;
}

typedef struct Case {
    const char *sql, *code;
} Case;

static void check_all(Bench *b, bool kept, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *found = code(b, kept, cases[i].sql);
        if (strcmp(found, cases[i].code) != 0)
            fail_msg("%s\n  gives %s, not %s", cases[i].sql, found, cases[i].code);
    }
}

#define CHECK_ALL(b, kept, ...)                                        \
    do {                                                               \
        static const Case cases[] = {__VA_ARGS__};                     \
        check_all((b), (kept), cases, sizeof cases / sizeof *cases);   \
    } while (0)

static void columns_are_found(void **state)
{
    CHECK_ALL(*state, true,
              {"select id, email from users", ""},
              {"select users.id, public.users.email, ctid, users.xmin from users", ""},
              {"select nix from users", "M0202"},
              {"select users.nix from users", "M0202"},
              {"select id from userz", "M0201"},
              {"select id from nowhere.users", "M0204"},
              {"select posts.id from users", "M0340"},
              {"select users.id from users u", "M0340"},
              {"select id from users, posts", "M0341"},
              {"select email, title from users, posts", ""},
              {"select 1 from users, users", "M0342"},
              {"select 1 from users a, posts a", "M0342"},
              {"select 1 from users, billing.users", ""},
              {"select email, plan from users, billing.users", ""},
              {"select billing.users.plan, public.users.email from users, billing.users", ""},
              {"select users from users", ""},
              {"select count(u) from users u", ""},
              {"select users.* from users", ""},
              {"select nix.* from users", "M0340"},
              {"select *", "M0347"},
              {"select a, c from users as u (a, b, c)", ""},
              {"select id from users as u (a)", "M0202"},
              {"select 1 from users as u (a, b, c, d)", "M0343"},
              {"select relname from pg_class", ""},
              {"select anything from pg_toast.pg_toast_1255", ""},
              {"select table_name from information_schema.tables", ""},
              {"select $1", "M0347"},
              {"select nofunction(id) from users", "M0308"},
              {"select id::notype from users", "M0203"});
}

static void levels_are_nested(void **state)
{
    CHECK_ALL(*state, true,
              {"select 1 from users where exists (select 1 from posts where user_id = users.id)", ""},
              {"select 1 from users where exists (select 1 from posts where title = email)", ""},
              {"select 1 from users where id in (select user_id from posts)", ""},
              {"select 1 from users where id in (select user_id, n from posts)", "M0343"},
              {"select 1 from users where (id, 1) in (select user_id, n from posts)", ""},
              {"select (select title from posts p where p.user_id = u.id limit 1) from users u", ""},
              {"select (select title, n from posts) from users u", "M0343"},
              {"select x.a from (select id a from users) x", ""},
              {"select x.id from (select id a from users) x", "M0202"},
              {"select 1 from users u, (select u.id) x", "M0340"},
              {"select 1 from users u, lateral (select u.id) x", ""},
              {"select 1 from users u join lateral (select u.id as i) x on x.i = u.id", ""},
              {"select 1 from users u right join lateral (select u.id as i) x on true", "M0340"},
              {"select 1 from users u, generate_series(1, u.id) g", ""},
              {"select g, g.g from generate_series(1, 3) g", ""},
              {"select n, o from generate_series(1, 3) with ordinality as g (n, o)", ""},
              {"select a, b from json_to_recordset('[]') as x (a int, b text)", ""},
              {"select c from json_to_recordset('[]') as x (a int, b text)", "M0202"},
              {"select e.key, e.value from jsonb_each('{}') e", ""},
              {"select column1, column2 from (values (1, 'a'), (2, 'b')) v", ""},
              {"select a from (values (1, 'a'), (2, 'b')) v (a, b)", ""},
              {"values (1, 2), (3)", "M0343"},
              {"select 1 from users tablesample bernoulli (10)", ""},
              {"select 1 from users tablesample nomethod (10)", "M0308"});
}

static void joins_merge(void **state)
{
    CHECK_ALL(*state, true,
              {"select id, email, title from users join posts using (id)", ""},
              {"select users.id, posts.id from users join posts using (id)", ""},
              {"select id from users join posts using (nix)", "M0202"},
              {"select id from users join posts on users.id = posts.user_id", "M0341"},
              {"select id, email, label from users natural join tags", ""},
              {"select id from users full join posts using (id) full join tags using (id)", ""},
              {"select j.email, j.title from (users join posts on users.id = user_id) j", ""},
              {"select j.id from (users join posts on users.id = user_id) j", "M0341"},
              {"select users.id from (users join posts on users.id = user_id) j", "M0340"},
              {"select x.id from users join posts using (id) as x", ""},
              {"select x.email from users join posts using (id) as x", "M0202"},
              {"select 1 from tags, users join posts on tags.id = posts.id", "M0340"},
              {"select 1 from users join users on true", "M0342"});
}

static void with_is_read(void **state)
{
    CHECK_ALL(*state, true,
              {"with x as (select id from users) select id from x", ""},
              {"with x (a) as (select id from users) select a from x", ""},
              {"with x (a, b) as (select id from users) select a from x", "M0343"},
              {"with x as (select id from users), x as (select 1) select 1", "M0342"},
              {"with x as (select id from y), y as (select id from users) select id from x", "M0201"},
              {"with recursive x as (select id from y), y as (select id from users) select id from x", ""},
              {"with recursive x as (select id from y), y as (select id from x) select id from x", "M0346"},
              {"with users as (select 1 as one) select one from users", ""},
              {"with users as (select id from users) select id from users", ""},
              {"with recursive r (n) as (values (1) union all select n + 1 from r where n < 9) select n from r", ""},
              {"with recursive r as (select 1 as n union all select n + 1, 2 from r) select n from r", "M0343"},
              {"with recursive r as (select n from r) select n from r", "M0346"},
              {"with recursive r as (select n from r union select 1) select n from r", "M0346"},
              {"with recursive r (n) as (select 1 union select a.n from r a, r b) select n from r", "M0346"},
              {"with recursive r (n) as (select 1 union select (select n from r)) select n from r", "M0346"},
              {"with recursive r (n) as (select 1 union select n from users left join r on true) select n from r",
               "M0346"},
              {"with recursive r (n) as (select 1 union select max(n) from r) select n from r", "M0346"},
              {"with recursive r (n) as (select 1 union select n from r order by 1) select n from r", "M0346"},
              {"with recursive r (n) as (select 1 union select n from r) search depth first by n set o "
               "select n from r order by o", ""},
              {"with d as (delete from users returning id) select id from d", "M0347"});
}

static void lists_are_sorted_and_grouped(void **state)
{
    CHECK_ALL(*state, true,
              {"select id as a from users order by a, email, 1, lower(email)", ""},
              {"select id as a from users order by lower(a)", "M0202"},
              {"select id from users order by 2", "M0344"},
              {"select id from users order by 'x'", "M0344"},
              {"select id as a, email as a from users order by a", "M0341"},
              {"select id as a, id as a from users order by a", ""},
              {"select id from users union select id from posts order by id", ""},
              {"select id from users union select id from posts order by email", "M0344"},
              {"select id, 1 from users union select id from posts", "M0343"},
              {"select email, count(*) from users group by email", ""},
              {"select email, count(*) from users", "M0348"},
              {"select lower(email) l, count(*) from users group by l", ""},
              {"select lower(email), count(*) from users group by 1", ""},
              {"select lower(email), count(*) from users group by lower(email)", ""},
              {"select lower(email), count(*) from users group by name", "M0348"},
              {"select email, name, count(*) from users group by id", ""},
              {"select u.*, count(*) from users u left join posts p on p.user_id = u.id group by u.id", ""},
              {"select p.title from users u left join posts p on p.user_id = u.id group by u.id", "M0348"},
              {"select email from users having true", "M0348"},
              {"select count(*) from users where count(*) > 1", "M0347"},
              {"select count(*) from users having count(*) > 1", ""},
              {"select sum(count(*)) from users", "M0347"},
              {"select sum(count(*)) over () from users", ""},
              {"select row_number() over () from users where row_number() over () > 1", "M0347"},
              {"select rank() over w from users window w as (order by id)", ""},
              {"select rank() over v from users window w as (order by id)", "M0345"},
              {"select rank() over (w rows unbounded preceding) from users window w as (order by id)", ""},
              {"select distinct on (email) id from users order by email", ""},
              {"select email, name, count(*) from users group by grouping sets ((email), (name))", ""},
              {"select email, grouping(email) from users group by rollup (email)", ""},
              {"select (select count(*) from posts p where p.user_id = u.id) from users u", ""},
              {"select 1 from users u where exists (select 1 from posts group by user_id having count(*) > u.id)", ""},
              {"select id from users for update of users", ""},
              {"select id from users for update of posts", "M0340"},
              {"select * into t2 from users", "M0347"});
}

static void changes_are_read(void **state)
{
    CHECK_ALL(*state, false,
              {"insert into users (id, email) values (1, 'x')", ""},
              {"insert into users (id, email) values (1, 'x', 3)", "M0343"},
              {"insert into users (id, email) values (1)", "M0343"},
              {"insert into users values (1)", ""},
              {"insert into users values (1, '', '', 4)", "M0343"},
              {"insert into users (id, nix) values (1, 2)", "M0202"},
              {"insert into users (id, id) values (1, 2)", "M0211"},
              {"insert into users default values", ""},
              {"insert into users (id) values (default)", ""},
              {"insert into users select id, title, 'x' from posts", ""},
              {"insert into users (id) select id, title from posts", "M0343"},
              {"insert into users (id) values (1) on conflict (id) do update set email = excluded.email || users.name",
               ""},
              {"insert into users (id) values (1) on conflict (nix) do nothing", "M0202"},
              {"insert into users (id) values (1) on conflict on constraint nix do nothing", "M0207"},
              {"insert into users (id) values (1) on conflict on constraint users_pkey do nothing", ""},
              {"insert into users as u (id) values (1) returning u.id, email", ""},
              {"insert into users as u (id) values (1) returning users.id", "M0340"},
              {"update users set email = lower(email) where id = 1", ""},
              {"update users set nix = 1", "M0202"},
              {"update users set email = 'a', email = 'b'", "M0211"},
              {"update users set email = title from posts where user_id = users.id", ""},
              {"update users set (email, name) = (select title, title from posts limit 1)", ""},
              {"update users set (email, name) = (select title from posts limit 1)", "M0343"},
              {"update users set (email, name) = (1, 2)", ""},
              {"update users set email = count(*)", "M0347"},
              {"update users u set email = '' from users", ""},
              {"update users set email = '' from users", "M0342"},
              {"delete from users using posts where posts.user_id = users.id returning title", ""},
              {"delete from users where nix", "M0202"},
              {"merge into users u using posts p on p.user_id = u.id when matched then update set name = p.title "
               "when not matched then insert (id, email) values (p.user_id, '')", ""},
              {"merge into users u using posts p on p.user_id = u.id when not matched then insert (id) values (u.id)",
               "M0340"},
              {"with d as (delete from posts returning user_id) update users set name = '' from d where user_id = id",
               ""},
              {"with d as (delete from posts) select * from d", "M0347"});
}

typedef struct Rename {
    ObjectId object;
    ColumnId column;    /* 0: the object itself */
    const char *name;
} Rename;

/* The query's text after users became people, its email mail, its id key, and posts' title headline. */
static Str renamed(Bench *b, const char *sql)
{
    const SqlQuery *query = read(b, true, sql);
    size_t mark = schema_mark(&b->schema);
    Rename renames[] = {{b->users, 0, "people"}, {b->users, 2, "mail"}, {b->users, 1, "key"}, {b->posts, 3, "head"}};
    assert_non_null(query);
    for (size_t i = 0; i < sizeof renames / sizeof *renames; i++) {
        Rename rename = renames[i];
        SetChange set = {.object = rename.object, .part = rename.column, .value.text = str_from(rename.name)};
        set.property = rename.column == 0 ? PROPERTY_NAME : PROPERTY_COLUMN_NAME;
        change_apply(&b->schema, &(Change) {.kind = CHANGE_SET, .set = set});
    }
    Str text = define_expression(&b->schema, NULL, query->expression, DEFINE_SQL);
    schema_rollback(&b->schema, mark);
    return text;
}

static void renames_are_followed(void **state)
{
    Bench *b = *state;
    assert_str(renamed(b, "select email from users"), "select mail AS email from people");
    assert_str(renamed(b, "select u.email as e from users u"), "select u.mail as e from people u");
    assert_str(renamed(b, "select public.users.email from users"), "select people.mail AS email from people");
    assert_str(renamed(b, "select users.email as people from users"),
               "select users.mail as people from people AS users");
    assert_str(renamed(b, "select count(users), users.* from users group by id"),
               "select count(people), key AS id, mail AS email, name from people group by key");
    assert_str(renamed(b, "select email::varchar, lower(email) from users where users.id > 1"),
               "select mail::varchar AS email, lower(mail) from people where people.key > 1");
    assert_str(renamed(b, "select s.email from (select email from users) s"),
               "select s.email from (select mail AS email from people) s");
    assert_str(renamed(b, "select * from users"),
               "select key AS id, mail AS email, name from people");
    assert_str(renamed(b, "table users"), "select key AS id, mail AS email, name from people");
    assert_str(renamed(b, "select label from tags, users where email = label"),
               "select tags.label from tags, people where people.mail = tags.label");
    assert_str(renamed(b, "select id, email from users join posts using (id)"),
               "select people.id, people.mail AS email from people AS people (id, mail, name) join posts using (id)");
    assert_str(renamed(b, "select email from users order by email"),
               "select mail AS email from people order by email");
    assert_str(renamed(b, "select id from users u (a, id)"), "select id from people u (a, id)");
}

static Str text(Bench *b, const char *sql)
{
    const SqlQuery *query = read(b, true, sql);
    assert_non_null(query);
    return define_expression(&b->schema, NULL, query->expression, DEFINE_SQL);
}

static void what_is_kept_is_spelled_out(void **state)
{
    Bench *b = *state;
    assert_str(text(b, "select id, email from users"), "select id, email from users");
    assert_str(text(b, "select * from users, tags t"),
               "select users.id, users.email, users.name, t.id, t.label from users, tags t");
    assert_str(text(b, "select t.*, email from users natural join tags t where true"),
               "select t.id, t.label, users.email from users join tags t using (id) where true");
    assert_str(text(b, "select 1 from users natural left join billing.users u natural join tags"),
               "select 1 from users left join billing.users u using (id) join tags using (id)");
    assert_str(text(b, "select lower(email) as l, count(*) from users group by l"),
               "select lower(email) as l, count(*) from users group by 1");
    assert_str(text(b, "select id from users where exists (select from posts where title = email)"),
               "select id from users where exists (select from posts where title = users.email)");
    assert_str(text(b, "select id as k from users order by email, k"),
               "select id as k from users order by users.email, k");
    assert_str(text(b, "select title from posts p, lateral (select n + 1 as m) x where m > 1"),
               "select p.title from posts p, lateral (select p.n + 1 as m) x where x.m > 1");
}

static Str types(Bench *b, const char *sql)
{
    const SqlQuery *query = read(b, true, sql);
    Text out = text_new(&b->c.arena);
    if (query == NULL)
        fail_msg("%s: %.*s", sql, STR_ARG(b->c.reports.items[b->c.reports.count - 1].message));
    for (size_t i = 0; i < query->outputs.count; i++) {
        QueryOutput output = query->outputs.items[i];
        text_addf(&out, "%s%.*s %.*s", i == 0 ? "" : ", ", STR_ARG(output.name),
                  STR_ARG(define_type(&b->schema, &output.type)));
    }
    return text_str(&out);
}

static void outputs_have_names_and_types(void **state)
{
    Bench *b = *state;
    assert_str(types(b, "select id, email::varchar(9), 1, 1.5, 'x', null, true from users"),
               "id bigint, email character varying(9), ?column? integer, ?column? numeric, ?column? text, "
               "?column? text, ?column? boolean");
    assert_str(types(b, "select count(*), max(n), sum(n), lower(max(title)), array_agg(title) from posts"),
               "count bigint, max integer, sum bigint, lower text, array_agg text[]");
    assert_str(types(b, "select coalesce(name, 'x'), case when true then 1 end, now(), current_date from users"),
               "coalesce character varying, case integer, now timestamp with time zone, current_date date");
    assert_str(types(b, "select n + 1 a, n * 1.5 b, title || 'x' c, id > 3 d, n::text || id e from posts"),
               "a integer, b numeric, c text, d boolean, e text");
    assert_str(types(b, "select array(select id from users), (select title from posts limit 1), exists (select 1)"),
               "array bigint[], title text, exists boolean");
    assert_str(types(b, "select a, b from (values (1, 'x'), (2.5, null)) v (a, b)"), "a unknown, b text");
    assert_str(types(b, "select g, o from generate_series(1, 3) with ordinality as t (g, o)"), "g integer, o bigint");
    assert_str(types(b, "select null union select 1"), "?column? integer");
    assert_str(types(b, "select unnest(array[1, 2]), x from unnest('{a}'::text[]) x"), "unnest integer, x text");
    assert_str(types(b, "with recursive r (n) as (select 1 union select n + 1 from r) select n from r"), "n integer");
}

static void conditions_see_rows_and_variables(void **state)
{
    Bench *b = *state;
    Str sql = STR("exists (select 1 from posts where user_id = id and title = old.email and n = $1) and id > f.x + x");
    uint32_t file = source_add(&b->c.arena, &b->c.sources, STR("y.mig"), sql);
    Fragment fragment = fragment_verbatim(&b->c.arena, &b->c.sources, (Span) {0, (uint32_t) sql.len, file});
    QueryScope scope = {.schema = &b->schema, .place = "a policy", .kept = true, .function = STR("f")};
    const Table *users = schema_table(&b->schema, b->users), *posts = schema_table(&b->schema, b->posts);
    Type integer = posts->columns.items[3]->type;
    list_push(&b->c.arena, &scope.rows, (QueryRow) {.name = STR("users"), .table = users, .own = true, .bare = true});
    list_push(&b->c.arena, &scope.rows, (QueryRow) {.name = STR("old"), .table = users});
    list_push(&b->c.arena, &scope.variables, (QueryVariable) {STR("x"), integer});
    const SqlQuery *query = sql_condition(&b->sql, &scope, &fragment);
    assert_non_null(query);
    assert_str(define_type(&b->schema, &query->outputs.items[0].type), "boolean");
    assert_str(define_expression(&b->schema, users, query->expression, DEFINE_SQL),
               "exists (select 1 from posts where user_id = id and title = old.email and n = $1) "
               "and users.id > f.x + x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_are_found, begin, end),
        cmocka_unit_test_setup_teardown(levels_are_nested, begin, end),
        cmocka_unit_test_setup_teardown(joins_merge, begin, end),
        cmocka_unit_test_setup_teardown(with_is_read, begin, end),
        cmocka_unit_test_setup_teardown(lists_are_sorted_and_grouped, begin, end),
        cmocka_unit_test_setup_teardown(changes_are_read, begin, end),
        cmocka_unit_test_setup_teardown(renames_are_followed, begin, end),
        cmocka_unit_test_setup_teardown(what_is_kept_is_spelled_out, begin, end),
        cmocka_unit_test_setup_teardown(outputs_have_names_and_types, begin, end),
        cmocka_unit_test_setup_teardown(conditions_see_rows_and_variables, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
