/* `alter schema` and `alter extension`. */
#include "checker.h"

void check_alter_schema(Checker *k, const NodeAlterSchema *node)
{
    Ref ref = {.name = node->name, .span = node->name.span};
    const Object *object = find_by_word(k, WORD_SCHEMA, &ref);
    for (size_t i = 0; i < node->actions.count && object != NULL; i++) {
        const Node *action = node->actions.items[i];
        if (action->kind == NODE_RENAME && !check_not_home(k, object, &ref))
            continue;
        if (!check_object_action(k, object->id, action))
            report_not_yet(k, action->span);
    }
}

/* ------------------------------------------------------------------ extensions */

static bool report_fixed(Checker *k, const Extension *extension, Span span)
{
    report(k->c, M_CANNOT_MOVE, span, "extension \"%.*s\" cannot be moved to another schema",
           STR_ARG(extension->object.name));
    if (span_is_known(extension->object.created))
        label(k->c, extension->object.created, "created here");
    note(k->c, "what it brings refers to its schema by name");
    return false;
}

/* All that it brings moves along (AlterExtensionNamespace). Whether one that is not known can be moved the server
 * decides. */
static void set_extension_schema(Checker *k, const Extension *extension, const NodeSetSchema *node)
{
    Ref ref = {.schema = node->schema, .span = node->schema.span};
    ObjectId namespace = find_namespace(k, &ref);
    Word name = {extension->object.name, node->node.span};
    if (namespace == 0 || namespace == extension->home)
        return;
    if (extension->catalog != NULL && !extension->catalog->relocatable) {
        report_fixed(k, extension, node->node.span);
        return;
    }
    if (extension->catalog == NULL || check_brought_types(k, name, extension->catalog, namespace))
        checker_set(k, node->node.span, extension->object.id, PROPERTY_EXTENSION_HOME, 0,
                    (PropertyValue) {.object = namespace});
}

/* What another version brings is not known: it is taken to be the same. */
static void update_extension(Checker *k, const Extension *extension, const NodeUpdateExtension *node)
{
    PropertyValue value = {.text = node->version.value};
    bool same = extension->version.data == NULL ? value.text.data == NULL
                                                : str_equal(extension->version, value.text) && value.text.data != NULL;
    if (!same)
        checker_set(k, node->node.span, extension->object.id, PROPERTY_EXTENSION_VERSION, 0, value);
}

void check_alter_extension(Checker *k, const NodeAlterExtension *node)
{
    Ref ref = {.name = node->name, .span = node->name.span};
    const Object *object = find_by_word(k, WORD_EXTENSION, &ref);
    for (size_t i = 0; i < node->actions.count && object != NULL; i++) {
        const Node *action = node->actions.items[i];
        const Extension *extension = (const Extension *) schema_object(&k->schema, object->id);
        if (action->kind == NODE_SET_SCHEMA)
            set_extension_schema(k, extension, (const NodeSetSchema *) action);
        else if (action->kind == NODE_UPDATE_EXTENSION)
            update_extension(k, extension, (const NodeUpdateExtension *) action);
        else
            report_not_yet(k, action->span);
    }
}
