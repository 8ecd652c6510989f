#include "unit.h"

#include "define.h"
#include "sql.h"

/* A table t (a int, "b c" text) in an empty database, and SQL to read on it. */
typedef struct Bench {
    Compilation c;
    Sql sql;
    Schema schema;
    Table table;
} Bench;

static void add_column(Bench *b, Str name, Str type)
{
    Type of = {.catalog = catalog_type_in(&b->schema.view.catalog->core, type)};
    ColumnInfo column = {.id = ++b->table.last_column, .name = name, .type = of, .not_null.holds = true};
    column_add(&b->c.arena, &b->table, &column);
}

static int begin(void **state)
{
    Bench *b = test_calloc(1, sizeof *b);
    b->sql = sql_new(&b->c, 15);
    b->schema = schema_new(&b->c.arena, catalog_for(15), STR("public"));
    b->table.object =
        (Object){.kind = OBJECT_TABLE, .id = schema_new_id(&b->schema), .schema = b->schema.home, .name = STR("t")};
    add_column(b, STR("a"), STR("int4"));
    add_column(b, STR("b c"), STR("text"));
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

static Fragment fragment(Bench *b, const char *sql)
{
    Str text = str_copy(&b->c.arena, str_from(sql));
    uint32_t file = source_add(&b->c.arena, &b->c.sources, STR("x.mig"), text);
    return fragment_verbatim(&b->c.arena, &b->c.sources, (Span){0, (uint32_t) text.len, file});
}

static const Expression *read(Bench *b, ExpressionPlace place, const char *sql)
{
    Fragment text = fragment(b, sql);
    return sql_expression(&b->sql, (ExpressionScope) {&b->schema, &b->table, place, NULL}, &text);
}

/* The code of the only report since the test began; "" for none. */
static const char *refusal(Bench *b, ExpressionPlace place, const char *sql)
{
    size_t before = b->c.reports.count;
    const Expression *expression = read(b, place, sql);
    if (expression != NULL)
        return "";
    assert_int_equal(b->c.reports.count, before + 1);
    return diagnostic_info(b->c.reports.items[before].code)->code;
}

/* The expression after a was renamed to "A a" and "b c" to b. */
static Str renamed(Bench *b, const char *sql)
{
    const Expression *expression = read(b, PLACE_CHECK, sql);
    assert_non_null(expression);
    Table after = b->table;
    list_clone(&b->c.arena, &after.columns);
    column_edit(&b->c.arena, &after, 1)->name = STR("A a");
    column_edit(&b->c.arena, &after, 2)->name = STR("b");
    return define_expression(&b->schema, &after, expression, DEFINE_SQL);
}

static void expressions_follow_renames(void **state)
{
    Bench *b = *state;
    assert_str(renamed(b, "a > 0"), "\"A a\" > 0");
    assert_str(renamed(b, "t.a = \"t\" . \"b c\"::int"), "\"A a\" = b::int");
    assert_str(renamed(b, "lower('a') <> \"b c\" || $$a$$"), "lower('a') <> b || $$a$$");
    assert_str(renamed(b, "U&\"\\0061\" = a"), "\"A a\" = \"A a\"");
    assert_str(renamed(b, "u&\"!0061\" uescape '!' = a"), "\"A a\" = \"A a\"");
    assert_str(renamed(b, "public.t.a in (a, (a), -a)"), "\"A a\" in (\"A a\", (\"A a\"), -\"A a\")");
    assert_str(renamed(b, "(array[a])[a] is null and A=a"), "(array[\"A a\"])[\"A a\"] is null and \"A a\"=\"A a\"");
}

static bool same(Bench *b, const char *one, const char *other)
{
    const Expression *first = read(b, PLACE_CONVERSION, one);
    const Expression *second = read(b, PLACE_CONVERSION, other);
    assert_non_null(first);
    assert_non_null(second);
    return str_equal(first->shape, second->shape);
}

static void shapes_are_meanings(void **state)
{
    Bench *b = *state;
    assert_true(same(b, "a != 1", "(( A <> (1) ))"));
    assert_true(same(b, "cast(a as int)", "a::integer"));
    assert_true(same(b, "a::int4", "a::pg_catalog.int4"));
    assert_true(same(b, "lower(\"b c\")", "pg_catalog.LOWER(t.\"b c\")"));
    assert_true(same(b, "'x'", "E'\\x78'"));
    assert_false(same(b, "a - 1", "a + 1"));
    assert_false(same(b, "a > 1 and a < 3 or a = 5", "a > 1 and (a < 3 or a = 5)"));
    assert_false(same(b, "'1'", "1"));
    assert_false(same(b, "a", "\"b c\""));
    assert_false(same(b, "'a,b'", "'a'||',b'"));
}

static void each_place_has_its_rules(void **state)
{
    Bench *b = *state;
    assert_string_equal(refusal(b, PLACE_DEFAULT, "now() + interval '1 day'"), "");
    assert_string_equal(refusal(b, PLACE_DEFAULT, "a"), "M0305");
    assert_string_equal(refusal(b, PLACE_CHECK, "a > (select 1)"), "M0305");
    assert_string_equal(refusal(b, PLACE_CHECK, "max(a) > 1"), "M0305");
    assert_string_equal(refusal(b, PLACE_CHECK, "a > now()::text::int"), "");
    assert_string_equal(refusal(b, PLACE_INDEX, "now()"), "M0306");
    assert_string_equal(refusal(b, PLACE_PREDICATE, "current_date > '2000-01-01'"), "M0306");
    assert_string_equal(refusal(b, PLACE_GENERATED, "a + xmin::text::int"), "M0305");
    assert_string_equal(refusal(b, PLACE_CHECK, "nope > 1"), "M0202");
    assert_string_equal(refusal(b, PLACE_CHECK, "u.a > 1"), "M0202");
    assert_string_equal(refusal(b, PLACE_CHECK, "nope(a)"), "M0308");
    assert_string_equal(refusal(b, PLACE_CHECK, "public.lower('x') = 'x'"), "M0308");
    assert_string_equal(refusal(b, PLACE_CHECK, "a <=> 1"), "M0309");
    assert_string_equal(refusal(b, PLACE_CHECK, "a::nope is null"), "M0203");
    assert_string_equal(refusal(b, PLACE_CHECK, "\"b c\" collate \"nope\" > ''"), "M0233");
    assert_string_equal(refusal(b, PLACE_CHECK, "a >"), "M0301");
    assert_string_equal(refusal(b, PLACE_CHECK, "1, 2"), "M0301");
    assert_string_equal(refusal(b, PLACE_CHECK, "a > 1 from t"), "M0301");
    assert_string_equal(refusal(b, PLACE_CHECK, ""), "M0307");
}

static Str type_of(Bench *b, const char *sql)
{
    Fragment text = fragment(b, sql);
    SqlType type = sql_type(&b->sql, &b->schema, &text);
    return type.type.catalog == NULL ? STR("") : define_type(&b->schema, &type.type);
}

static void reads_types(void **state)
{
    Bench *b = *state;
    assert_str(type_of(b, "VARCHAR ( 3 ) [ ]"), "character varying(3)[]");
    assert_str(type_of(b, "timestamp(3) with time zone"), "timestamp(3) with time zone");
    assert_str(type_of(b, "_int4"), "integer[]");
    assert_str(type_of(b, "bigserial"), "bigint");
    assert_str(type_of(b, "text collate \"C\""), "text");
    assert_int_equal(b->c.errors, 0);
    assert_str(type_of(b, "text compression pglz"), "");
    assert_str(type_of(b, "int options (a 'b')"), "");
    assert_str(type_of(b, "int primary key"), "");
    assert_str(type_of(b, "t.a%type"), "");
    assert_str(type_of(b, "setof int"), "");
    assert_int_equal(b->c.errors, 5);
}

static SqlIndexKey key_of(Bench *b, const char *sql)
{
    Fragment text = fragment(b, sql);
    return sql_index_key(&b->sql, (ExpressionScope) {&b->schema, &b->table, PLACE_INDEX, NULL}, &text);
}

static void reads_index_keys(void **state)
{
    Bench *b = *state;
    SqlIndexKey key = key_of(b, "a desc nulls last");
    assert_str(key.name, "a");
    assert_ptr_equal(key.column, b->table.columns.items[0]);
    assert_true(key.ordered);
    key = key_of(b, "lower(\"b c\") collate \"C\" public.my_ops");
    assert_str(key.name, "lower");
    assert_null(key.column);
    assert_str(key.opclass, "my_ops");
    assert_str(key.opclass_schema, "public");
    assert_str(key_of(b, "((\"b c\"))").name, "b c");
    assert_str(key_of(b, "(a + 1)").name, "expr");
    assert_str(key_of(b, "(a::text)").name, "a");
    assert_str(key_of(b, "('x'::text)").name, "text");
    assert_true(str_equal(key_of(b, "a asc nulls last").expression->shape, key_of(b, "A").expression->shape));
    assert_int_equal(b->c.errors, 0);
}

static bool read_sequence(Bench *b, SequencePlace place, SequenceSettings before, const char *text, SqlSequence *result)
{
    Fragment options = fragment(b, text);
    return sql_sequence(&b->sql, place, before, &options, result);
}

static void reads_sequences(void **state)
{
    Bench *b = *state;
    SqlSequence s = {0};
    SequenceSettings small = sequence_defaults(catalog_type_in(&b->schema.view.catalog->core, STR("int2")));
    SequenceSettings big = sequence_defaults(catalog_type_in(&b->schema.view.catalog->core, STR("int8")));
    assert_false(read_sequence(b, SEQUENCE_OF_IDENTITY, small,
                               "cycle start with 5 sequence name s increment by -1 minvalue -10 no maxvalue maxvalue 9",
                               &s));
    assert_true(read_sequence(b, SEQUENCE_OF_IDENTITY, small,
                              "cycle start with 5 sequence name s increment by -1 minvalue -10 maxvalue 9", &s));
    assert_str(s.name, "s");
    assert_str(define_sequence_options(&b->c.arena, &s.settings),
               " INCREMENT -1 MINVALUE -10 MAXVALUE 9 START 5 CYCLE");
    assert_false(read_sequence(b, SEQUENCE_OF_IDENTITY, small, "maxvalue 32768", &s));
    assert_true(read_sequence(b, SEQUENCE_NEW, big, "as smallint increment -2 owned by a.t.c", &s));
    assert_str(define_sequence_settings(&b->c.arena, &s.settings), "AS smallint INCREMENT -2");
    assert_int_equal(s.settings.minimum, INT16_MIN);
    assert_int_equal(s.settings.start, -1);
    assert_str(s.owner_schema, "a");
    assert_str(s.owner_column, "c");
    assert_true(read_sequence(b, SEQUENCE_ALTERED, s.settings, "as integer restart no cycle owned by none", &s));
    assert_int_equal(s.settings.minimum, INT32_MIN);
    assert_int_equal(s.restart.value, -1);
    assert_true(s.owned && s.restart.wanted && s.owner_table.len == 0);
    assert_true(read_sequence(b, SEQUENCE_SET, small, "set generated by default set cache 7 restart with 9", &s));
    assert_int_equal(s.kind, IDENTITY_BY_DEFAULT);
    assert_int_equal(s.settings.cache, 7);
    assert_int_equal(s.restart.value, 9);
}

static void sorts_statements(void **state)
{
    Bench *b = *state;
    Fragment body = fragment(b, "select 1; create table x (); begin; vacuum; create function f() returns int "
                                "language sql as ''; discard all;");
    SqlStatements statements = {0};
    Syntax syntax = syntax_new(&b->c);
    NodeSqlBlock block = {.body = body.span};
    assert_true(sql_lower(&b->sql, &syntax, &block, &statements));
    assert_int_equal(statements.count, 6);
    assert_int_equal(statements.items[0].class, SQL_DATA);
    assert_int_equal(statements.items[1].class, SQL_NODE);
    assert_int_equal(statements.items[1].node->kind, NODE_CREATE_TABLE);
    assert_int_equal(statements.items[2].class, SQL_TRANSACTION);
    assert_int_equal(statements.items[3].class, SQL_OUTSIDE);
    assert_int_equal(statements.items[4].class, SQL_DEFINITION);
    assert_int_equal(statements.items[5].class, SQL_NO_TRANSACTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(expressions_follow_renames, begin, end),
        cmocka_unit_test_setup_teardown(shapes_are_meanings, begin, end),
        cmocka_unit_test_setup_teardown(each_place_has_its_rules, begin, end),
        cmocka_unit_test_setup_teardown(reads_types, begin, end),
        cmocka_unit_test_setup_teardown(reads_index_keys, begin, end),
        cmocka_unit_test_setup_teardown(reads_sequences, begin, end),
        cmocka_unit_test_setup_teardown(sorts_statements, begin, end),
    };
    return RUN_TESTS(tests);
}
