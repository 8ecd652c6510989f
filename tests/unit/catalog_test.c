/* compiler/catalog without a server: lookups, views, types of a migration's own, modifiers, quoting. What the server
 * itself says is compared in tests/differential/catalog. */
#include "snapshots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const Catalog *catalog(void)
{
    return catalog_for(15);
}

/* Every major version there is a snapshot of. */
enum { OLDEST = 12, NEWEST = 18 };

static CatalogView core_view(void)
{
    return catalog_view(catalog());
}

static const CatalogType *core_type(const char *name)
{
    const CatalogType *type = catalog_type_in(&catalog()->core, str_from(name));
    assert_non_null(type);
    return type;
}

static const CatalogExtension *extension(const char *name)
{
    const CatalogExtension *found = catalog_extension(catalog(), str_from(name));
    assert_non_null(found);
    return found;
}

static const CatalogAccessMethod *method(const CatalogView *view, const char *name)
{
    const CatalogAccessMethod *found = catalog_access_method(view, str_from(name));
    assert_non_null(found);
    return found;
}

static void assert_str(Str str, const char *expected)
{
    assert_int_equal(str.len, strlen(expected));
    assert_memory_equal(str.data, expected, str.len);
}

static void assert_opclass(const CatalogView *view, const char *of, const CatalogType *type, const char *expected)
{
    const CatalogOpclass *opclass = catalog_default_opclass(view, method(view, of), type);
    if (expected == NULL) {
        assert_null(opclass);
        return;
    }
    assert_non_null(opclass);
    assert_str(opclass->name, expected);
}

static void snapshots(void **state)
{
    (void) state;
    for (unsigned major = OLDEST; major <= NEWEST; major++)
        assert_int_equal(catalog_for(major)->major, major);
    assert_ptr_equal(catalog_for(0), catalog_for(OLDEST));
    assert_ptr_equal(catalog_for(99), catalog_for(NEWEST));
}

#define ASSERT_SORTED(slice)                                                                  \
    do {                                                                                      \
        for (size_t i = 1; i < (slice).count; i++)                                            \
            assert_true(str_compare(catalog_at(slice, i - 1)->name, catalog_at(slice, i)->name) <= 0); \
    } while (0)

static CatalogView whole_view(const Catalog *snapshot)
{
    CatalogView view = catalog_view(snapshot);
    for (size_t i = 0; i < snapshot->extensions.count; i++)
        catalog_view_create(&view, catalog_at(snapshot->extensions, i));
    return view;
}

/* Names are found by halving, which wants them in order. */
static void assert_sorted(const Catalog *snapshot)
{
    CatalogView view = whole_view(snapshot);
    ASSERT_SORTED(snapshot->extensions);
    ASSERT_SORTED(snapshot->collations);
    catalog_each_owner(owner, &view) {
        ASSERT_SORTED(owner->types);
        ASSERT_SORTED(owner->access_methods);
        ASSERT_SORTED(owner->functions);
        ASSERT_SORTED(owner->operators);
    }
}

static void slices_are_sorted(void **state)
{
    (void) state;
    for (size_t i = 1; i < catalog_reserved_count; i++)
        assert_true(str_compare(catalog_reserved[i - 1], catalog_reserved[i]) < 0);
    for (unsigned major = OLDEST; major <= NEWEST; major++)
        assert_sorted(catalog_for(major));
}

/* A type that a snapshot's struct points at is the snapshot's own of that name. */
static void assert_own(const CatalogView *view, const CatalogType *type)
{
    if (type != NULL)
        assert_ptr_equal(type, catalog_type(view, type->name));
}

static void assert_types_own(const CatalogView *view, const CatalogTypes *types)
{
    for (size_t i = 0; i < types->count; i++) {
        const CatalogType *type = catalog_at(*types, i);
        assert_own(view, type);
        assert_own(view, type->element);
        assert_own(view, type->array);
        assert_own(view, type->base);
    }
}

static void assert_functions_own(const CatalogView *view, const CatalogFunctions *functions)
{
    for (size_t i = 0; i < functions->count; i++) {
        const CatalogFunction *function = catalog_at(*functions, i);
        assert_own(view, function->result);
        for (size_t j = 0; j < function->argument_count; j++)
            assert_own(view, function->arguments[j]);
    }
}

static void assert_operators_own(const CatalogView *view, const CatalogExtension *owner)
{
    for (size_t i = 0; i < owner->operators.count; i++) {
        assert_own(view, catalog_at(owner->operators, i)->left);
        assert_own(view, catalog_at(owner->operators, i)->right);
        assert_own(view, catalog_at(owner->operators, i)->result);
    }
    for (size_t i = 0; i < owner->casts.count; i++) {
        assert_own(view, catalog_at(owner->casts, i)->source);
        assert_own(view, catalog_at(owner->casts, i)->target);
    }
}

static void assert_methods_own(const CatalogView *view, const CatalogExtension *owner)
{
    for (size_t i = 0; i < owner->opclasses.count; i++) {
        const CatalogOpclass *opclass = catalog_at(owner->opclasses, i);
        assert_own(view, opclass->input);
        assert_ptr_equal(opclass->method, catalog_access_method(view, opclass->method->name));
    }
    for (size_t i = 0; i < owner->family_operators.count; i++) {
        const CatalogFamilyOperator *member = catalog_at(owner->family_operators, i);
        assert_own(view, member->left);
        assert_own(view, member->right);
        assert_ptr_equal(member->method, catalog_access_method(view, member->method->name));
    }
}

/* The snapshots share what they have alike; nothing may lead from one into another. */
static void snapshots_are_closed(void **state)
{
    (void) state;
    for (unsigned major = OLDEST; major <= NEWEST; major++) {
        CatalogView view = whole_view(catalog_for(major));
        catalog_each_owner(owner, &view) {
            assert_types_own(&view, &owner->types);
            assert_functions_own(&view, &owner->functions);
            assert_operators_own(&view, owner);
            assert_methods_own(&view, owner);
            for (size_t i = 0; i < owner->requires.count; i++)
                assert_true(catalog_view_has(&view, owner->requires.items[i]));
        }
    }
}

static const CatalogType *type_of(unsigned major, const char *name)
{
    return catalog_type_in(&catalog_for(major)->core, str_from(name));
}

static size_t functions_of(unsigned major, const char *name)
{
    return catalog_functions_in(&catalog_for(major)->core, str_from(name)).count;
}

static void majors_differ(void **state)
{
    (void) state;
    assert_null(type_of(13, "int4multirange"));
    assert_ptr_equal(type_of(14, "int4multirange")->base, type_of(14, "int4range"));
    assert_null(type_of(12, "anycompatible"));
    assert_non_null(type_of(13, "anycompatible"));
    assert_int_equal(type_of(14, "char")->category, 'S');
    assert_int_equal(type_of(15, "char")->category, 'Z');
    assert_null(type_of(13, "pg_class")->array);
    assert_ptr_equal(type_of(14, "pg_class")->array, type_of(14, "_pg_class"));
    assert_ptr_equal(type_of(12, "_char")->element, type_of(12, "char"));
    assert_ptr_equal(type_of(18, "_char")->element, type_of(18, "char"));
    assert_int_equal(functions_of(12, "gen_random_uuid"), 0);
    assert_int_equal(functions_of(13, "gen_random_uuid"), 1);
    assert_int_equal(functions_of(17, "uuidv7"), 0);
    assert_int_equal(functions_of(18, "uuidv7"), 2);
    assert_int_equal(functions_of(13, "date_bin"), 0);
    assert_int_equal(functions_of(14, "date_bin"), 2);
    assert_true(catalog_operators_in(&catalog_for(13)->core, STR("!!")).count > 1);
    assert_int_equal(catalog_operators_in(&catalog_for(14)->core, STR("!!")).count, 1);
    assert_null(catalog_collation(catalog_for(16), STR("pg_c_utf8")));
    assert_false(catalog_collation(catalog_for(17), STR("pg_c_utf8"))->platform);
}

static void extensions_differ(void **state)
{
    (void) state;
    assert_non_null(catalog_extension(catalog_for(16), STR("adminpack")));
    assert_null(catalog_extension(catalog_for(17), STR("adminpack")));
    assert_null(catalog_extension(catalog_for(14), STR("pg_walinspect")));
    assert_non_null(catalog_extension(catalog_for(15), STR("pg_walinspect")));
    assert_false(catalog_extension(catalog_for(12), STR("citext"))->trusted);
    assert_true(catalog_extension(catalog_for(13), STR("citext"))->trusted);
    for (unsigned major = OLDEST; major <= NEWEST; major++)
        assert_str(catalog_type_in(catalog_extension(catalog_for(major), STR("citext")), STR("citext"))->extension,
                   "citext");
}

static void indexes_differ(void **state)
{
    (void) state;
    CatalogView old = catalog_view(catalog_for(13));
    CatalogView new = catalog_view(catalog_for(14));
    assert_false(method(&old, "spgist")->can_include);
    assert_true(method(&new, "spgist")->can_include);
    assert_null(catalog_opclass(&old, method(&old, "brin"), STR("int4_bloom_ops")));
    assert_true(catalog_opclass(&new, method(&new, "brin"), STR("int4_bloom_ops"))->takes_options);
    assert_int_equal(catalog_storage_parameter(&old, STR("table"), STR("vacuum_index_cleanup"))->type,
                     CATALOG_STORAGE_BOOLEAN);
    assert_int_equal(catalog_storage_parameter(&new, STR("table"), STR("vacuum_index_cleanup"))->type,
                     CATALOG_STORAGE_ENUM);
    assert_null(catalog_storage_parameter(&new, STR("view"), STR("security_invoker")));
    CatalogView newer = catalog_view(catalog_for(15));
    assert_non_null(catalog_storage_parameter(&newer, STR("view"), STR("security_invoker")));
    assert_opclass(&old, "btree", type_of(13, "int4"), "int4_ops");
    assert_true(catalog_types_comparable(&old, type_of(13, "text"), type_of(13, "varchar")));
    assert_true(catalog_types_comparable(&old, type_of(13, "text"), type_of(13, "char")));
    CatalogView newest = catalog_view(catalog_for(18));
    assert_true(catalog_types_comparable(&newest, type_of(18, "text"), type_of(18, "varchar")));
    assert_false(catalog_types_comparable(&newest, type_of(18, "text"), type_of(18, "char")));
}

static void types_are_found(void **state)
{
    (void) state;
    const CatalogType *type = core_type("timestamptz");
    assert_str(type->display, "timestamp with time zone");
    assert_int_equal(type->category, 'D');
    assert_true(type->preferred);
    assert_ptr_equal(type->array, core_type("_timestamptz"));
    assert_ptr_equal(core_type("_text")->element, core_type("text"));
    assert_null(core_type("point")->element);
    assert_ptr_equal(core_type("daterange")->base, core_type("date"));
    assert_ptr_equal(core_type("datemultirange")->base, core_type("daterange"));
    assert_int_equal(core_type("pg_class")->kind, CATALOG_COMPOSITE);
    assert_true(core_type("text")->collatable);
    assert_null(catalog_type_in(&catalog()->core, STR("integer")));
    assert_null(catalog_type_in(&catalog()->core, STR("")));
    assert_null(catalog_type_in(&catalog()->core, STR("citext")));
    assert_null(catalog_type_in(&catalog()->core, STR("zzz")));
}

static void a_view_holds_what_was_created(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogExtension *citext = extension("citext");
    assert_null(catalog_type(&view, STR("citext")));
    catalog_view_create(&view, citext);
    catalog_view_create(&view, extension("xml2"));
    CatalogView copy = view;
    const CatalogType *type = catalog_type(&view, STR("citext"));
    assert_non_null(type);
    assert_str(type->extension, "citext");
    assert_ptr_equal(catalog_view_next(&view, NULL), &catalog()->core);
    assert_ptr_equal(catalog_view_next(&view, &catalog()->core), citext);
    assert_ptr_equal(catalog_view_next(&view, citext), extension("xml2"));
    assert_null(catalog_view_next(&view, extension("xml2")));
    catalog_view_drop(&view, citext);
    assert_false(catalog_view_has(&view, citext));
    assert_null(catalog_type(&view, STR("citext")));
    assert_true(catalog_view_has(&copy, citext));
}

static void extensions_say_what_they_need(void **state)
{
    (void) state;
    const CatalogExtension *earthdistance = extension("earthdistance");
    assert_int_equal(earthdistance->requires.count, 1);
    assert_ptr_equal(earthdistance->requires.items[0], extension("cube"));
    const CatalogType *cube = catalog_type_in(extension("cube"), STR("cube"));
    assert_ptr_equal(catalog_type_in(earthdistance, STR("earth"))->base, cube);
    assert_str(extension("plpgsql")->schema, "pg_catalog");
    assert_true(extension("citext")->trusted);
    assert_false(extension("pageinspect")->trusted);
    assert_null(catalog_extension(catalog(), STR("postgis")));
    assert_int_equal(extension("bloom")->access_methods.count, 1);
}

static void access_methods_have_properties(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogAccessMethod *btree = method(&view, "btree");
    assert_true(btree->is_index && btree->can_unique && btree->can_multicolumn && btree->can_include);
    assert_true(btree->can_order && btree->can_exclude);
    const CatalogAccessMethod *hash = method(&view, "hash");
    assert_false(hash->can_unique || hash->can_multicolumn || hash->can_include || hash->can_order);
    assert_true(hash->can_exclude);
    assert_false(method(&view, "heap")->is_index);
    assert_null(catalog_access_method(&view, STR("bloom")));
    catalog_view_create(&view, extension("bloom"));
    assert_true(method(&view, "bloom")->can_multicolumn);
}

static void opclasses_are_found(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogAccessMethod *btree = method(&view, "btree");
    const CatalogOpclass *pattern = catalog_opclass(&view, btree, STR("text_pattern_ops"));
    assert_non_null(pattern);
    assert_false(pattern->is_default);
    assert_true(catalog_opclass_accepts(&view, pattern, core_type("varchar")));
    assert_false(catalog_opclass_accepts(&view, pattern, core_type("int4")));
    assert_null(catalog_opclass(&view, method(&view, "gin"), STR("text_pattern_ops")));
    assert_null(catalog_opclass(&view, method(&view, "gin"), STR("gin_trgm_ops")));
    catalog_view_create(&view, extension("pg_trgm"));
    const CatalogOpclass *trigrams = catalog_opclass(&view, method(&view, "gist"), STR("gist_trgm_ops"));
    assert_non_null(trigrams);
    assert_true(trigrams->takes_options);
}

static void default_opclasses(void **state)
{
    (void) state;
    CatalogView view = core_view();
    assert_opclass(&view, "btree", core_type("int4"), "int4_ops");
    assert_opclass(&view, "btree", core_type("varchar"), "text_ops");
    assert_opclass(&view, "btree", core_type("_uuid"), "array_ops");
    assert_opclass(&view, "btree", core_type("jsonb"), "jsonb_ops");
    assert_opclass(&view, "btree", core_type("json"), NULL);
    assert_opclass(&view, "btree", core_type("point"), NULL);
    assert_opclass(&view, "gin", core_type("jsonb"), "jsonb_ops");
    assert_opclass(&view, "gist", core_type("uuid"), NULL);
    catalog_view_create(&view, extension("btree_gist"));
    assert_opclass(&view, "gist", core_type("uuid"), "gist_uuid_ops");
}

static void types_of_a_migration(void **state)
{
    (void) state;
    CatalogView view = core_view();
    catalog_view_create(&view, extension("citext"));
    const CatalogType mood = {.name = STR("money"), .kind = CATALOG_ENUM, .category = 'E'};
    const CatalogType moods = {.name = STR("_money"), .kind = CATALOG_BASE, .category = 'A', .element = &mood};
    const CatalogType pair = {.name = STR("pair"), .kind = CATALOG_COMPOSITE, .category = 'C'};
    const CatalogType email = {.name = STR("email"), .kind = CATALOG_DOMAIN, .category = 'S',
                               .base = catalog_type(&view, STR("citext"))};
    assert_opclass(&view, "btree", &mood, "enum_ops");
    assert_opclass(&view, "btree", &moods, "array_ops");
    assert_opclass(&view, "btree", &pair, "record_ops");
    assert_opclass(&view, "btree", &email, "citext_ops");
    assert_opclass(&view, "gist", &mood, NULL);
    assert_true(catalog_types_comparable(&view, &mood, &mood));
    assert_true(catalog_types_comparable(&view, &moods, &moods));
    assert_true(catalog_types_comparable(&view, &email, catalog_type(&view, STR("citext"))));
    assert_true(catalog_types_comparable(&view, core_type("text"), &email));
    assert_false(catalog_types_comparable(&view, &email, core_type("text")));
    /* An enum that is named as a type of the server's is none. */
    assert_false(catalog_types_comparable(&view, core_type("money"), &mood));
    assert_false(catalog_types_comparable(&view, &mood, core_type("money")));
    assert_ptr_equal(catalog_base_type(&email), catalog_type(&view, STR("citext")));
}

static void comparable_types(void **state)
{
    (void) state;
    CatalogView view = core_view();
    assert_true(catalog_types_comparable(&view, core_type("int8"), core_type("int4")));
    assert_true(catalog_types_comparable(&view, core_type("int4"), core_type("int8")));
    assert_true(catalog_types_comparable(&view, core_type("text"), core_type("varchar")));
    assert_true(catalog_types_comparable(&view, core_type("numeric"), core_type("int4")));
    assert_false(catalog_types_comparable(&view, core_type("int4"), core_type("numeric")));
    assert_false(catalog_types_comparable(&view, core_type("uuid"), core_type("text")));
    assert_false(catalog_types_comparable(&view, core_type("_int4"), core_type("_int8")));
    assert_false(catalog_types_comparable(&view, core_type("json"), core_type("json")));
}

static void casts_and_coercion(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogType *int4 = core_type("int4");
    const CatalogType *int8 = core_type("int8");
    const CatalogType *text = core_type("text");
    const CatalogCast *cast = catalog_cast(&view, int8, int4);
    assert_non_null(cast);
    assert_int_equal(cast->context, CATALOG_ASSIGNMENT);
    assert_int_equal(cast->method, CATALOG_FUNCTION);
    assert_null(catalog_cast(&view, int4, text));
    assert_true(catalog_coercible(&view, int4, int8, CATALOG_IMPLICIT));
    assert_false(catalog_coercible(&view, int8, int4, CATALOG_IMPLICIT));
    assert_true(catalog_coercible(&view, int8, int4, CATALOG_ASSIGNMENT));
    assert_false(catalog_coercible(&view, int4, text, CATALOG_IMPLICIT));
    assert_true(catalog_coercible(&view, int4, text, CATALOG_ASSIGNMENT));
    assert_false(catalog_coercible(&view, text, int4, CATALOG_ASSIGNMENT));
    assert_true(catalog_coercible(&view, text, int4, CATALOG_EXPLICIT));
    assert_true(catalog_coercible(&view, core_type("_int4"), core_type("_int8"), CATALOG_IMPLICIT));
    assert_false(catalog_coercible(&view, core_type("uuid"), int4, CATALOG_EXPLICIT));
    assert_true(catalog_binary_coercible(&view, core_type("varchar"), text));
    assert_false(catalog_binary_coercible(&view, int4, int8));
    assert_true(catalog_binary_coercible(&view, core_type("_int4"), core_type("anyarray")));
    cast = catalog_cast(&view, core_type("timestamptz"), core_type("date"));
    assert_int_equal(cast->volatility, CATALOG_STABLE);
}

static void operator_families(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogOpclass *opclass = catalog_opclass(&view, method(&view, "gist"), STR("range_ops"));
    const CatalogType *anyrange = core_type("anyrange");
    const CatalogFamilyOperator *member = catalog_family_operator(&view, opclass, anyrange, anyrange, STR("&&"));
    assert_non_null(member);
    assert_int_equal(member->strategy, 3);
    assert_null(catalog_family_operator(&view, opclass, anyrange, anyrange, STR("||")));
    opclass = catalog_opclass(&view, method(&view, "btree"), STR("int4_ops"));
    member = catalog_family_strategy(&view, opclass, core_type("int4"), core_type("int8"), 3);
    assert_non_null(member);
    assert_str(member->operator, "=");
    assert_null(catalog_family_strategy(&view, opclass, core_type("int4"), core_type("text"), 3));
}

static void functions_and_operators(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogExtension *core = &catalog()->core;
    CatalogFunctions lower = catalog_functions_in(core, STR("lower"));
    assert_int_equal(lower.count, 3);
    assert_int_equal(catalog_functions_volatility(lower), CATALOG_IMMUTABLE);
    assert_int_equal(catalog_functions_volatility(catalog_functions_in(core, STR("now"))), CATALOG_STABLE);
    assert_int_equal(catalog_functions_volatility(catalog_functions_in(core, STR("random"))), CATALOG_VOLATILE);
    assert_true(catalog_functions_include(catalog_functions_in(core, STR("count")), CATALOG_AGGREGATE));
    assert_true(catalog_functions_include(catalog_functions_in(core, STR("rank")), CATALOG_WINDOW));
    assert_false(catalog_functions_include(lower, CATALOG_AGGREGATE));
    assert_true(catalog_functions_return_set(catalog_functions_in(core, STR("generate_series"))));
    assert_false(catalog_functions_return_set(lower));
    assert_int_equal(catalog_functions_in(core, STR("coalesce")).count, 0);
    assert_false(catalog_function_known(&view, STR("crypt")));
    catalog_view_create(&view, extension("pgcrypto"));
    assert_true(catalog_function_known(&view, STR("crypt")));
    CatalogFunctions make = catalog_functions_in(core, STR("make_interval"));
    assert_int_equal(make.count, 1);
    assert_int_equal(catalog_at(make, 0)->argument_count, 7);
    assert_int_equal(catalog_at(make, 0)->defaults, 7);
    assert_ptr_equal(catalog_at(make, 0)->arguments[6], core_type("float8"));
    assert_ptr_equal(catalog_at(make, 0)->result, core_type("interval"));
    assert_true(catalog_operator_known(&view, STR("@>")));
    assert_false(catalog_operator_known(&view, STR("<<<>>>")));
    CatalogOperators negations = catalog_operators_in(core, STR("~"));
    assert_null(catalog_at(negations, 0)->left);
}

static void collations(void **state)
{
    (void) state;
    assert_false(catalog_collation(catalog(), STR("C"))->platform);
    assert_false(catalog_collation(catalog(), STR("default"))->platform);
    assert_true(catalog_collation(catalog(), STR("de-x-icu"))->platform);
    assert_null(catalog_collation(catalog(), STR("klingon")));
}

static void storage_parameters(void **state)
{
    (void) state;
    CatalogView view = core_view();
    const CatalogStorageParameter *fillfactor = catalog_storage_parameter(&view, STR("table"), STR("fillfactor"));
    assert_non_null(fillfactor);
    assert_int_equal(fillfactor->type, CATALOG_STORAGE_INTEGER);
    assert_true(fillfactor->minimum >= 10 && fillfactor->minimum <= 10);
    assert_true(fillfactor->maximum >= 100 && fillfactor->maximum <= 100);
    assert_str(catalog_storage_parameter(&view, STR("gist"), STR("buffering"))->values, "on,off,auto");
    assert_null(catalog_storage_parameter(&view, STR("gin"), STR("fillfactor")));
    assert_null(catalog_storage_parameter(&view, STR("partitioned table"), STR("fillfactor")));
    assert_null(catalog_storage_parameter(&view, STR("bloom"), STR("length")));
    catalog_view_create(&view, extension("bloom"));
    assert_non_null(catalog_storage_parameter(&view, STR("bloom"), STR("length")));
}

#define CHECK(major, type, ...)                                                                           \
    catalog_check_modifiers((major), core_type(type), (const int32_t[]) {__VA_ARGS__},                    \
                            sizeof((const int32_t[]) {__VA_ARGS__}) / sizeof(int32_t))

static void assert_check(CatalogModifierCheck check, CatalogModifierProblem problem, size_t index, int64_t value,
                         int64_t minimum, int64_t maximum)
{
    assert_int_equal(check.problem, problem);
    assert_int_equal(check.index, index);
    assert_int_equal(check.value, value);
    assert_int_equal(check.minimum, minimum);
    assert_int_equal(check.maximum, maximum);
}

static void modifiers_are_checked(void **state)
{
    (void) state;
    assert_check(CHECK(15, "varchar", 80), CATALOG_MODIFIERS_FINE, 0, 0, 0, 0);
    assert_check(CHECK(15, "varchar", 0), CATALOG_MODIFIERS_RANGE, 0, 0, 1, 10485760);
    assert_check(CHECK(15, "_varchar", 10485761), CATALOG_MODIFIERS_RANGE, 0, 10485761, 1, 10485760);
    assert_check(CHECK(15, "varchar", 1, 2), CATALOG_MODIFIERS_COUNT, 0, 2, 1, 1);
    assert_check(CHECK(15, "numeric", 10, 2, 3), CATALOG_MODIFIERS_COUNT, 0, 3, 1, 2);
    assert_check(CHECK(15, "numeric", 5, 1001), CATALOG_MODIFIERS_RANGE, 1, 1001, -1000, 1000);
    assert_check(CHECK(15, "numeric", 2, 7), CATALOG_MODIFIERS_FINE, 0, 0, 0, 0);
    assert_check(CHECK(14, "numeric", 2, 7), CATALOG_MODIFIERS_RANGE, 1, 7, 0, 2);
    assert_check(CHECK(15, "text", 3), CATALOG_MODIFIERS_NOT_TAKEN, 0, 1, 0, 0);
    assert_check(CHECK(15, "timestamptz", 9), CATALOG_MODIFIERS_REDUCED, 0, 9, 0, 6);
    assert_check(CHECK(15, "timestamptz", -1), CATALOG_MODIFIERS_RANGE, 0, -1, 0, 6);
    assert_check(CHECK(15, "interval", 5), CATALOG_MODIFIERS_FIELDS, 0, 5, 0, 0);
    assert_check(CHECK(15, "interval", 0x7FFF, 7), CATALOG_MODIFIERS_REDUCED, 1, 7, 0, 6);
    const CatalogType word = {.kind = CATALOG_DOMAIN, .category = 'S', .base = core_type("varchar")};
    const int32_t length = 3;
    assert_int_equal(catalog_check_modifiers(15, &word, &length, 1).problem, CATALOG_MODIFIERS_NOT_TAKEN);
    assert_int_equal(catalog_check_modifiers(15, &word, NULL, 0).problem, CATALOG_MODIFIERS_FINE);
}

static void types_are_written(void **state)
{
    (void) state;
    static const struct {
        const char *type;
        size_t count;
        int32_t modifiers[2];
        unsigned dimensions;
        const char *written;
    } cases[] = {
        {"int4", 0, {0}, 0, "integer"},
        {"text", 0, {0}, 2, "text[]"},
        {"_text", 0, {0}, 0, "text[]"},
        {"bpchar", 0, {0}, 0, "bpchar"},
        {"bpchar", 1, {3}, 0, "character(3)"},
        {"char", 0, {0}, 0, "\"char\""},
        {"bit", 0, {0}, 1, "\"bit\"[]"},
        {"bit", 1, {1}, 0, "bit(1)"},
        {"numeric", 1, {10}, 0, "numeric(10,0)"},
        {"numeric", 2, {36, 18}, 1, "numeric(36,18)[]"},
        {"_varchar", 1, {7}, 0, "character varying(7)[]"},
        {"timestamptz", 1, {3}, 0, "timestamp(3) with time zone"},
        {"time", 1, {9}, 0, "time(6) without time zone"},
        {"interval", 1, {0x7FFF}, 0, "interval"},
        {"interval", 1, {4 | 2}, 0, "interval year to month"},
        {"interval", 2, {1 << 12, 3}, 0, "interval second(3)"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(catalog_format_type(&arena, core_type(cases[i].type), cases[i].modifiers, cases[i].count,
                                       cases[i].dimensions), cases[i].written);
    arena_free(&arena);
}

static void identifiers_are_quoted(void **state)
{
    (void) state;
    Arena arena = {0};
    assert_false(catalog_quote_needed(STR("vaults")));
    assert_false(catalog_quote_needed(STR("name")));
    assert_false(catalog_quote_needed(STR("_1")));
    assert_true(catalog_quote_needed(STR("user")));
    assert_true(catalog_quote_needed(STR("interval")));
    assert_true(catalog_quote_needed(STR("Vaults")));
    assert_true(catalog_quote_needed(STR("a$b")));
    assert_true(catalog_quote_needed(STR("1a")));
    assert_true(catalog_quote_needed(STR("")));
    /* Not yet reserved in 15. */
    assert_true(catalog_quote_needed(STR("json_table")));
    assert_str(catalog_quote(&arena, STR("order")), "\"order\"");
    assert_str(catalog_quote(&arena, STR("a\"b")), "\"a\"\"b\"");
    assert_str(catalog_quote(&arena, STR("orders")), "orders");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snapshots),
        cmocka_unit_test(slices_are_sorted),
        cmocka_unit_test(snapshots_are_closed),
        cmocka_unit_test(majors_differ),
        cmocka_unit_test(extensions_differ),
        cmocka_unit_test(indexes_differ),
        cmocka_unit_test(types_are_found),
        cmocka_unit_test(a_view_holds_what_was_created),
        cmocka_unit_test(extensions_say_what_they_need),
        cmocka_unit_test(access_methods_have_properties),
        cmocka_unit_test(opclasses_are_found),
        cmocka_unit_test(default_opclasses),
        cmocka_unit_test(types_of_a_migration),
        cmocka_unit_test(comparable_types),
        cmocka_unit_test(casts_and_coercion),
        cmocka_unit_test(operator_families),
        cmocka_unit_test(functions_and_operators),
        cmocka_unit_test(collations),
        cmocka_unit_test(storage_parameters),
        cmocka_unit_test(modifiers_are_checked),
        cmocka_unit_test(types_are_written),
        cmocka_unit_test(identifiers_are_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
