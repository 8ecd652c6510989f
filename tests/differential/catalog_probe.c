/* catalog_probe: what compiler/catalog answers, for tests/differential/catalog to compare with a server.
 *
 *     catalog_probe MAJOR QUESTION [EXTENSION…] <input
 *
 * The extensions are created. A line of input is a subject; a line of output the subject and the answer, by tabs:
 *
 *     modifiers   SQL's spelling of a type      its verdict, and format_type()
 *     opclass     a type's name                 method, type, default operator class or -
 *     accepts     a type's name                 method, operator class, type: where it is accepted
 *     options     nothing                       method, operator class, whether it takes options
 *     comparable  a type's name                 of all pairs: the referenced and the referencing type, where comparable
 *     quote       an identifier                 it in SQL
 *     storage     kind, parameter (by a tab)    type, minimum, maximum, values
 */
#include "catalog.h"

#include "bug.h"
#include "list.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

typedef LIST(const CatalogType *) TypeList;

/* The types that tests/differential/catalog creates, as the compiler would describe them. */
typedef struct Created {
    CatalogType type;
    CatalogType array;
    const char *core;    /* the name of base, when it is the server's */
} Created;

enum { MOOD, WEATHER, MOOD_DOMAIN, WORD, WORD_AGAIN, NUMBER, NUMBERS, PAIR, OTHER_PAIR, PAIR_DOMAIN, SPAN, SPANS,
       SPAN_DOMAIN, CREATED_COUNT };

static Created created[CREATED_COUNT] = {
    [MOOD] = {.type = {.name = {"mood", 4}, .kind = CATALOG_ENUM, .category = 'E'}},
    [WEATHER] = {.type = {.name = {"weather", 7}, .kind = CATALOG_ENUM, .category = 'E'}},
    [MOOD_DOMAIN] = {.type = {.name = {"mood_domain", 11}, .kind = CATALOG_DOMAIN, .category = 'E',
                              .base = &created[MOOD].type}},
    [WORD] = {.type = {.name = {"word", 4}, .kind = CATALOG_DOMAIN, .category = 'S'}, .core = "text"},
    [WORD_AGAIN] = {.type = {.name = {"word_again", 10}, .kind = CATALOG_DOMAIN, .category = 'S',
                             .base = &created[WORD].type}},
    [NUMBER] = {.type = {.name = {"number", 6}, .kind = CATALOG_DOMAIN, .category = 'N'}, .core = "int4"},
    [NUMBERS] = {.type = {.name = {"numbers", 7}, .kind = CATALOG_DOMAIN, .category = 'A'}, .core = "_int4"},
    [PAIR] = {.type = {.name = {"pair", 4}, .kind = CATALOG_COMPOSITE, .category = 'C'}},
    [OTHER_PAIR] = {.type = {.name = {"other_pair", 10}, .kind = CATALOG_COMPOSITE, .category = 'C'}},
    [PAIR_DOMAIN] = {.type = {.name = {"pair_domain", 11}, .kind = CATALOG_DOMAIN, .category = 'C',
                              .base = &created[PAIR].type}},
    [SPAN] = {.type = {.name = {"span", 4}, .kind = CATALOG_RANGE, .category = 'R'}, .core = "float8"},
    [SPANS] = {.type = {.name = {"spans", 5}, .kind = CATALOG_MULTIRANGE, .category = 'R',
                        .base = &created[SPAN].type}},
    [SPAN_DOMAIN] = {.type = {.name = {"span_domain", 11}, .kind = CATALOG_DOMAIN, .category = 'R',
                              .base = &created[SPAN].type}},
};

static void created_fill(Arena *arena, const CatalogView *view)
{
    for (size_t i = 0; i < CREATED_COUNT; i++) {
        Created *entry = &created[i];
        if (entry->core != NULL)
            entry->type.base = catalog_type(view, str_from(entry->core));
        entry->array = (CatalogType) {.name = str_format(arena, "_%.*s", STR_ARG(entry->type.name)),
                                      .kind = CATALOG_BASE, .category = 'A', .element = &entry->type};
        entry->type.array = &entry->array;
    }
}

static const CatalogType *type_named(const CatalogView *view, Str name)
{
    for (size_t i = 0; i < CREATED_COUNT; i++) {
        if (str_equal(created[i].type.name, name))
            return &created[i].type;
        if (str_equal(created[i].array.name, name))
            return &created[i].array;
    }
    return catalog_type(view, name);
}

/* Without its line end; false at the end of the input. */
static bool read_line(Arena *arena, Str *line)
{
    char buffer[4096];
    if (fgets(buffer, sizeof buffer, stdin) == NULL)
        return false;
    *line = str_copy(arena, (Str) {buffer, strcspn(buffer, "\n")});
    return true;
}

static TypeList read_types(Arena *arena, const CatalogView *view)
{
    TypeList types = {0};
    for (Str name; read_line(arena, &name);) {
        const CatalogType *type = type_named(view, name);
        if (type == NULL)
            BUG("no type \"%.*s\"", STR_ARG(name));
        list_push(arena, &types, type);
    }
    return types;
}

/* The type of the only column of the statement, unpacked. */
static const PgQuery__TypeName *parse_type(Arena *arena, Str spelling, PgQuery__ParseResult **tree)
{
    Str sql = str_format(arena, "create table t (c %.*s)", STR_ARG(spelling));
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql.data);
    if (result.error != NULL)
        BUG("%.*s: %s", STR_ARG(spelling), result.error->message);
    *tree = pg_query__parse_result__unpack(NULL, result.parse_tree.len, (const uint8_t *) result.parse_tree.data);
    pg_query_free_protobuf_parse_result(result);
    return (*tree)->stmts[0]->stmt->create_stmt->table_elts[0]->column_def->type_name;
}

static const char *verdict(const CatalogType *type, CatalogModifierProblem problem)
{
    switch (problem) {
    case CATALOG_MODIFIERS_FINE:
        return "fine";
    case CATALOG_MODIFIERS_NOT_TAKEN:
        return "not taken";
    case CATALOG_MODIFIERS_COUNT:
    case CATALOG_MODIFIERS_FIELDS:
        return str_is((type->element != NULL ? type->element : type)->name, "interval") ? "interval" : "count";
    case CATALOG_MODIFIERS_RANGE:
        return "range";
    case CATALOG_MODIFIERS_REDUCED:
        return "reduced";
    }
    BUG("problem %d", (int) problem);
}

static void answer_modifiers(Arena *arena, const CatalogView *view)
{
    for (Str spelling; read_line(arena, &spelling);) {
        PgQuery__ParseResult *tree;
        const PgQuery__TypeName *name = parse_type(arena, spelling, &tree);
        const CatalogType *type = catalog_type(view, str_from(name->names[name->n_names - 1]->string->sval));
        if (type == NULL) {
            printf("%.*s\tunknown\t\n", STR_ARG(spelling));
            pg_query__parse_result__free_unpacked(tree, NULL);
            continue;
        }
        int32_t *modifiers = arena_array(arena, int32_t, name->n_typmods);
        for (size_t i = 0; i < name->n_typmods; i++)
            modifiers[i] = name->typmods[i]->a_const->ival->ival;
        CatalogModifierProblem problem =
            catalog_check_modifiers(view->catalog->major, type, modifiers, name->n_typmods).problem;
        Str format = {0};
        if (problem == CATALOG_MODIFIERS_FINE || problem == CATALOG_MODIFIERS_REDUCED)
            format = catalog_format_type(arena, type, modifiers, name->n_typmods, (unsigned) name->n_array_bounds);
        printf("%.*s\t%s\t%.*s\n", STR_ARG(spelling), verdict(type, problem), STR_ARG(format));
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
}

static void answer_opclass(Arena *arena, const CatalogView *view)
{
    TypeList types = read_types(arena, view);
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->access_methods.count; i++) {
            const CatalogAccessMethod *method = catalog_at(owner->access_methods, i);
            for (size_t j = 0; method->is_index && j < types.count; j++) {
                const CatalogOpclass *opclass = catalog_default_opclass(view, method, types.items[j]);
                Str answer = opclass == NULL ? STR("-") : opclass->name;
                printf("%.*s\t%.*s\t%.*s\n", STR_ARG(method->name), STR_ARG(types.items[j]->name), STR_ARG(answer));
            }
        }
    }
}

static void answer_accepts(Arena *arena, const CatalogView *view)
{
    TypeList types = read_types(arena, view);
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->opclasses.count; i++) {
            const CatalogOpclass *opclass = catalog_at(owner->opclasses, i);
            for (size_t j = 0; j < types.count; j++) {
                if (catalog_opclass_accepts(view, opclass, types.items[j]))
                    printf("%.*s\t%.*s\t%.*s\n", STR_ARG(opclass->method->name), STR_ARG(opclass->name),
                           STR_ARG(types.items[j]->name));
            }
        }
    }
}

static void answer_options(Arena *arena, const CatalogView *view)
{
    (void) arena;
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->opclasses.count; i++) {
            const CatalogOpclass *opclass = catalog_at(owner->opclasses, i);
            printf("%.*s\t%.*s\t%c\n", STR_ARG(opclass->method->name), STR_ARG(opclass->name),
                   opclass->takes_options ? 't' : 'f');
        }
    }
}

static void answer_comparable(Arena *arena, const CatalogView *view)
{
    TypeList types = read_types(arena, view);
    for (size_t i = 0; i < types.count; i++) {
        for (size_t j = 0; j < types.count; j++) {
            if (catalog_types_comparable(view, types.items[i], types.items[j]))
                printf("%.*s\t%.*s\n", STR_ARG(types.items[i]->name), STR_ARG(types.items[j]->name));
        }
    }
}

static void answer_quote(Arena *arena, const CatalogView *view)
{
    (void) view;
    for (Str identifier; read_line(arena, &identifier);) {
        Str quoted = catalog_quote(arena, identifier);
        printf("%.*s\t%.*s\n", STR_ARG(identifier), STR_ARG(quoted));
    }
}

static void answer_storage(Arena *arena, const CatalogView *view)
{
    static const char *const names[] = {
        [CATALOG_STORAGE_BOOLEAN] = "boolean",
        [CATALOG_STORAGE_INTEGER] = "integer",
        [CATALOG_STORAGE_REAL] = "real",
        [CATALOG_STORAGE_ENUM] = "enum",
    };
    for (Str line; read_line(arena, &line);) {
        size_t tab = strcspn(line.data, "\t");
        const CatalogStorageParameter *parameter =
            catalog_storage_parameter(view, str_slice(line, 0, tab), str_slice(line, tab + 1, line.len));
        if (parameter == NULL)
            printf("%.*s\t-\n", STR_ARG(line));
        else
            printf("%.*s\t%s\t%.0f\t%.0f\t%.*s\n", STR_ARG(line), names[parameter->type], parameter->minimum,
                   parameter->maximum, STR_ARG(parameter->values));
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*answer)(Arena *, const CatalogView *);
    } questions[] = {
        {"modifiers", answer_modifiers}, {"opclass", answer_opclass}, {"accepts", answer_accepts},
        {"options", answer_options}, {"comparable", answer_comparable}, {"quote", answer_quote},
        {"storage", answer_storage},
    };
    Arena arena = {0};
    if (argc < 3)
        BUG("usage: catalog_probe MAJOR QUESTION [EXTENSION...]");
    CatalogView view = catalog_view(catalog_for((unsigned) strtoul(argv[1], NULL, 10)));
    for (int i = 3; i < argc; i++)
        catalog_view_create(&view, catalog_extension(view.catalog, str_from(argv[i])));
    created_fill(&arena, &view);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (str_is(str_from(argv[2]), questions[i].name))
            questions[i].answer(&arena, &view);
    }
    arena_free(&arena);
    return ferror(stdout) ? 1 : 0;
}
