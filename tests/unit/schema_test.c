#include "unit.h"

#include "change.h"
#include "compare.h"
#include "depend.h"

/* ------------------------------------------------------------------ small schemas */

static Type integer(const Schema *schema)
{
    return (Type) {.catalog = catalog_type_in(&schema->view.catalog->core, STR("int4"))};
}

static void add_column(const Schema *schema, Table *table, Str name)
{
    ColumnInfo column = {.id = ++table->last_column, .name = name, .type = integer(schema), .not_null.holds = true};
    column_add(schema->arena, table, &column);
}

static Constraint key(Schema *schema, ConstraintKind kind, Str name, ColumnId id)
{
    Constraint constraint = {.kind = kind, .name = name, .id = schema_new_id(schema)};
    list_push(schema->arena, &constraint.columns, id);
    return constraint;
}

static Constraint foreign(Schema *schema, Str name, ColumnId id, const Table *target, ColumnId referenced)
{
    Constraint constraint = key(schema, CONSTRAINT_FOREIGN, name, id);
    constraint.target = target->object.id;
    constraint.target_key = table_primary_key(target)->id;
    list_push(schema->arena, &constraint.target_columns, referenced);
    return constraint;
}

/* A table with the columns a (the primary key) and b, not applied yet. */
static Table *new_table(Schema *schema, Str name)
{
    Table *table = arena_new(schema->arena, Table);
    table->object = (Object) {.kind = OBJECT_TABLE, .id = schema_new_id(schema), .schema = schema->home, .name = name};
    add_column(schema, table, STR("a"));
    add_column(schema, table, STR("b"));
    Str pkey = str_format(schema->arena, "%.*s_pkey", STR_ARG(name));
    Constraint primary = key(schema, CONSTRAINT_PRIMARY, pkey, 1);
    constraint_add(schema->arena, &table->constraints, &primary);
    return table;
}

static void create(Schema *schema, const Object *object)
{
    change_apply(schema, &(Change) {.kind = CHANGE_CREATE, .create = {object}});
}

static Index *new_index(Schema *schema, const Table *table, Str name, ColumnId id)
{
    Index *index = arena_new(schema->arena, Index);
    Expression *expression = arena_new(schema->arena, Expression);
    expression->sql = table_column(table, id)->name;
    list_push(schema->arena, &expression->uses, (Use) {.length = (uint32_t) expression->sql.len, .part = id});
    index->object = (Object) {.kind = OBJECT_INDEX, .id = schema_new_id(schema), .schema = schema->home, .name = name};
    index->table = table->object.id;
    index->method = STR("btree");
    list_push(schema->arena, &index->keys, (IndexKey) {.expression = expression, .column = id});
    return index;
}

static ObjectId find(const Schema *schema, Str name)
{
    return schema_find(schema, NAMES_RELATION, schema->home, name);
}

/* Applies the change, then what undoes it, and says how many differences are left. */
static size_t there_and_back(Schema *schema, Change change)
{
    size_t mark = schema_mark(schema);
    ChangeList inverse = {0};
    assert_true(change_invert(schema, &change, &inverse));
    change_apply(schema, &change);
    for (size_t i = 0; i < inverse.count; i++)
        change_apply(schema, &inverse.items[i]);
    ObjectIds touched = schema_touched(schema, mark);
    Facts after = schema_facts(schema, touched);
    schema_rollback(schema, mark);
    return facts_compare(schema->arena, schema_facts(schema, touched), after).count;
}

/* ------------------------------------------------------------------ tests */

static void knows_the_names_of_what_is_there(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *table = new_table(&schema, STR("t"));
    create(&schema, &table->object);
    create(&schema, &new_index(&schema, table, STR("t_b_idx"), 2)->object);
    assert_int_equal(find(&schema, STR("t")), table->object.id);
    assert_int_equal(find(&schema, STR("t_pkey")), table->object.id);
    assert_int_not_equal(find(&schema, STR("t_b_idx")), 0);
    assert_int_equal(schema_find(&schema, NAMES_TYPE, schema.home, STR("t")), table->object.id);
    change_apply(&schema, &(Change) {.kind = CHANGE_DROP, .drop = {table->object.id}});
    assert_int_equal(find(&schema, STR("t")), 0);
    assert_int_equal(find(&schema, STR("t_pkey")), 0);
    assert_int_equal(find(&schema, STR("t_b_idx")), 0);
    arena_free(&arena);
}

static void goes_back_in_time(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *table = new_table(&schema, STR("t"));
    create(&schema, &table->object);
    size_t mark = schema_mark(&schema);
    SetChange rename = {.object = table->object.id, .property = PROPERTY_COLUMN_NAME, .part = 2};
    rename.value.text = STR("c");
    change_apply(&schema, &(Change) {.kind = CHANGE_SET, .set = rename});
    assert_non_null(table_column_named(schema_table(&schema, table->object.id), STR("c")));
    change_apply(&schema, &(Change) {.kind = CHANGE_DROP, .drop = {table->object.id}});
    schema_rollback(&schema, mark);
    assert_non_null(table_column_named(schema_table(&schema, table->object.id), STR("b")));
    assert_int_equal(find(&schema, STR("t_pkey")), table->object.id);
    arena_free(&arena);
}

static void takes_a_columns_keys_and_indexes_along(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *table = new_table(&schema, STR("t"));
    Constraint unique = key(&schema, CONSTRAINT_UNIQUE, STR("t_b_key"), 2);
    constraint_add(&arena, &table->constraints, &unique);
    create(&schema, &table->object);
    create(&schema, &new_index(&schema, table, STR("t_b_idx"), 2)->object);
    Change drop = {.kind = CHANGE_DROP_COLUMN, .drop_column = {table->object.id, 2}};
    assert_int_equal(there_and_back(&schema, drop), 0);
    change_apply(&schema, &drop);
    assert_int_equal(schema_table(&schema, table->object.id)->constraints.count, 1);
    assert_int_equal(object_users(&schema, table->object.id, OBJECT_INDEX).count, 0);
    assert_int_equal(find(&schema, STR("t_b_key")), 0);
    assert_int_equal(find(&schema, STR("t_b_idx")), 0);
    arena_free(&arena);
}

static void knows_who_refers_to_whom(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *target = new_table(&schema, STR("t")), *referrer = new_table(&schema, STR("r"));
    create(&schema, &target->object);
    Constraint reference = foreign(&schema, STR("r_b_fkey"), 2, target, 1);
    constraint_add(&arena, &referrer->constraints, &reference);
    create(&schema, &referrer->object);
    ObjectId id = target->object.id;
    Dependents dependents = part_dependents(&schema, (Part) {id, PART_WHOLE, 0});
    assert_int_equal(dependents.count, 1);
    assert_str(dependents.items[0].what, "constraint \"r_b_fkey\" of table \"r\"");
    assert_int_equal(dependents.items[0].part.object, referrer->object.id);
    assert_int_equal(part_dependents(&schema, (Part) {id, PART_CONSTRAINT, target->constraints.items[0]->id}).count, 1);
    assert_int_equal(part_dependents(&schema, (Part) {id, PART_COLUMN, 1}).count, 1);
    assert_int_equal(part_dependents(&schema, (Part) {id, PART_COLUMN, 2}).count, 0);
    change_apply(&schema, &(Change) {.kind = CHANGE_DROP, .drop = {referrer->object.id}});
    assert_int_equal(part_dependents(&schema, (Part) {id, PART_WHOLE, 0}).count, 0);
    arena_free(&arena);
}

/* A foreign key of the table to itself that rests on an index comes back behind the index. */
static void brings_a_table_back_whole(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *table = new_table(&schema, STR("t"));
    create(&schema, &table->object);
    Index *index = new_index(&schema, table, STR("t_b_idx"), 2);
    index->unique = true;
    create(&schema, &index->object);
    Constraint self = foreign(&schema, STR("t_a_fkey"), 1, table, 2);
    self.target_key = 0;
    self.target_index = index->object.id;
    change_apply(&schema, &(Change) {.kind = CHANGE_ADD_CONSTRAINT, .add_constraint = {table->object.id, &self}});
    Change drop = {.kind = CHANGE_DROP, .drop = {table->object.id}};
    ChangeList inverse = {0};
    change_invert(&schema, &drop, &inverse);
    assert_int_equal(inverse.count, 3);
    assert_int_equal(inverse.items[1].kind, CHANGE_CREATE);
    assert_int_equal(inverse.items[2].kind, CHANGE_ADD_CONSTRAINT);
    assert_int_equal(there_and_back(&schema, drop), 0);
    arena_free(&arena);
}

static void undoes_a_primary_key(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *table = new_table(&schema, STR("t"));
    table->constraints.count = 0;
    column_edit(&arena, table, 2)->not_null.holds = false;
    create(&schema, &table->object);
    Constraint primary = key(&schema, CONSTRAINT_PRIMARY, STR("t_pkey"), 2);
    Change add = {.kind = CHANGE_ADD_CONSTRAINT, .add_constraint = {table->object.id, &primary}};
    assert_int_equal(there_and_back(&schema, add), 0);
    change_apply(&schema, &add);
    assert_true(table_column(schema_table(&schema, table->object.id), 2)->not_null.holds);
    arena_free(&arena);
}

static void finds_what_serves_a_foreign_key(void **state)
{
    (void) state;
    Arena arena = {0};
    Schema schema = schema_new(&arena, catalog_for(15), STR("public"));
    Table *table = new_table(&schema, STR("t"));
    Constraint both = key(&schema, CONSTRAINT_UNIQUE, STR("u"), 1), one = key(&schema, CONSTRAINT_UNIQUE, STR("v"), 1);
    list_push(&arena, &both.columns, 2);
    ColumnIds wanted = {0}, twice = {0};
    list_push(&arena, &wanted, 2);
    list_push(&arena, &wanted, 1);
    list_push(&arena, &twice, 1);
    list_push(&arena, &twice, 1);
    assert_true(constraint_serves(&both, wanted));
    assert_false(constraint_serves(&one, wanted));
    assert_false(constraint_serves(&both, twice));
    Index *index = new_index(&schema, table, STR("i"), 1);
    assert_false(index_serves(index, one.columns));
    index->unique = true;
    assert_true(index_serves(index, one.columns));
    index->where = index->keys.items[0].expression;
    assert_false(index_serves(index, one.columns));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_names_of_what_is_there),
        cmocka_unit_test(goes_back_in_time),
        cmocka_unit_test(takes_a_columns_keys_and_indexes_along),
        cmocka_unit_test(knows_who_refers_to_whom),
        cmocka_unit_test(brings_a_table_back_whole),
        cmocka_unit_test(undoes_a_primary_key),
        cmocka_unit_test(finds_what_serves_a_foreign_key),
    };
    return RUN_TESTS(tests);
}
