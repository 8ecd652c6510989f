/* `create extension`: what the snapshots know of it, or that nothing is known. */
#include "checker.h"

static void suggest_extension(Checker *k, Str name)
{
    Nearest nearest = nearest_to(name);
    for (size_t i = 0; i < k->catalog->extensions.count; i++)
        nearest_try(&nearest, catalog_at(k->catalog->extensions, i)->name);
    nearest_help(k->c, &nearest);
}

/* Where its objects will live: as written, or where it insists, or where unqualified names live. 0: reported. */
static ObjectId find_home(Checker *k, const NodeCreateExtension *node, const CatalogExtension *extension)
{
    bool insists = extension->schema.len > 0;
    if (insists && word_is_written(node->schema) && !str_equal(node->schema.name, extension->schema)) {
        report(k->c, M_RESERVED_NAME, node->schema.span, "extension \"%.*s\" must live in schema \"%.*s\"",
               STR_ARG(extension->name), STR_ARG(extension->schema));
        return 0;
    }
    if (insists)
        return schema_find(&k->schema, NAMES_NAMESPACE, 0, extension->schema);
    Ref ref = {.schema = node->schema};
    return find_namespace(k, &ref);
}

/* A type that the extension would bring and that is there already. Arrays make room by themselves. */
bool check_brought_types(Checker *k, Word name, const CatalogExtension *catalog, ObjectId home)
{
    for (size_t i = 0; i < catalog->types.count; i++) {
        const CatalogType *type = catalog_at(catalog->types, i);
        const Object *other = schema_object(&k->schema, schema_find(&k->schema, NAMES_TYPE, home, type->name));
        if (other == NULL || type->category == 'A')
            continue;
        report(k->c, M_ALREADY_EXISTS, name.span, "extension \"%.*s\" brings a type \"%.*s\", and that name is taken",
               STR_ARG(catalog->name), STR_ARG(type->name));
        label(k->c, other->created, "%s created here", object_word(other->kind));
        return false;
    }
    return true;
}

static void create_extension(Checker *k, Span span, Word name, const CatalogExtension *catalog, ObjectId home,
                             Str version)
{
    Extension *extension = arena_new(CHECKER_ARENA(k), Extension);
    extension->object = new_object(k, OBJECT_EXTENSION, 0, (Word) {catalog->name, name.span});
    extension->catalog = catalog;
    extension->home = home;
    extension->version = version;
    checker_create(k, span, &extension->object);
}

/* What the extension needs is created first with `cascade`, and asked for without. */
static bool require_extensions(Checker *k, const NodeCreateExtension *node, const CatalogExtension *catalog,
                               ObjectId home)
{
    for (size_t i = 0; i < catalog->requires.count; i++) {
        const CatalogExtension *needed = catalog->requires.items[i];
        if (catalog_view_has(&k->schema.view, needed))
            continue;
        if (!span_is_known(node->cascade)) {
            report(k->c, M_MISSING_EXTENSION, node->name.span, "extension \"%.*s\" needs \"%.*s\" first",
                   STR_ARG(catalog->name), STR_ARG(needed->name));
            help(k->c, "`create extension %.*s;` before it, or say `cascade`",
                 STR_ARG(catalog_quote(CHECKER_ARENA(k), needed->name)));
            return false;
        }
        if (!require_extensions(k, node, needed, home) || !check_brought_types(k, node->name, needed, home))
            return false;
        create_extension(k, node->node.span, node->name, needed, home, (Str) {0});
    }
    return true;
}

/* ------------------------------------------------------------------ one that no snapshot knows */

/* Where its objects live is where it was said, or else the home of unqualified names, unless it makes a schema of its
 * own: that it may do is known wherever a name is looked up. */
static void create_unknown(Checker *k, const NodeCreateExtension *node)
{
    Ref ref = {.schema = node->schema};
    ObjectId home = find_namespace(k, &ref);
    Extension *extension = arena_new(CHECKER_ARENA(k), Extension);
    report(k->c, M_UNCHECKED_EXTENSION, node->name.span,
           "extension \"%.*s\" is not known, so what it brings is not checked", STR_ARG(node->name.name));
    note(k->c, "from here on a type, function, operator or the like that nothing else has is taken to be one of its");
    suggest_extension(k, node->name.name);
    if (home == 0 || !check_path_allows(k, OBJECT_EXTENSION, home, node->name.span)) {
        silence(k, "extension", 0, node->name.name);
        return;
    }
    extension->object = new_object(k, OBJECT_EXTENSION, 0, node->name);
    extension->home = home;
    extension->placed = word_is_written(node->schema) || checker_path(k).count > 0;
    extension->cascade = span_is_known(node->cascade);
    extension->version = node->version.value;
    checker_create(k, node->node.span, &extension->object);
}

/* ------------------------------------------------------------------ any */

static void create_known(Checker *k, const NodeCreateExtension *node, const CatalogExtension *catalog)
{
    ObjectId home = find_home(k, node, catalog);
    bool homeless = home == 0 && catalog->schema.len == 0;
    if (!homeless && check_path_allows(k, OBJECT_EXTENSION, home, node->name.span) &&
        require_extensions(k, node, catalog, home) && check_brought_types(k, node->name, catalog, home))
        create_extension(k, node->node.span, node->name, catalog, home, node->version.value);
    else
        silence(k, "extension", 0, catalog->name);
}

void check_create_extension(Checker *k, const NodeCreateExtension *node)
{
    const CatalogExtension *catalog = catalog_extension(k->catalog, node->name.name);
    const Object *other = schema_object(&k->schema, schema_find(&k->schema, NAMES_EXTENSION, 0, node->name.name));
    if (other != NULL) {
        report(k->c, M_ALREADY_EXISTS, node->name.span, "there is an extension \"%.*s\" already",
               STR_ARG(node->name.name));
        if (span_is_known(other->created))
            label(k->c, other->created, "created here");
        else
            note(k->c, "every database has it from the start");
    } else if (catalog == NULL) {
        create_unknown(k, node);
    } else {
        create_known(k, node, catalog);
    }
}
