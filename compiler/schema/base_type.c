#include "base_type.h"

#include "definition.h"
#include "depend.h"
#include "storage.h"

#include <strings.h>

const Definition *schema_base_type(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object != NULL && object->kind == OBJECT_BASE_TYPE ? (const Definition *) object : NULL;
}

bool type_is_shell(const Schema *schema, ObjectId id)
{
    const Definition *type = schema_base_type(schema, id);
    return type != NULL && type->base->shell;
}

bool base_type_is_made_of(const Definition *type, ObjectId function)
{
    bool made = expression_uses_object(type->text, function);
    for (size_t i = 0; i < type->attributes.count && !made; i++)
        made = expression_uses_object(type->attributes.items[i].clause, function);
    return made;
}

ObjectIds base_type_functions(const Schema *schema, const Definition *type)
{
    ObjectIds users = object_users(schema, type->object.id, OBJECT_KIND_COUNT), functions = {0};
    for (size_t i = 0; i < users.count; i++) {
        if (base_type_is_made_of(type, users.items[i]))
            list_push(schema->arena, &functions, users.items[i]);
    }
    return functions;
}

Definition *base_type_shell(Arena *arena, const Definition *type)
{
    Definition *shell = arena_copy(arena, type, sizeof *type);
    BaseType *base = arena_new(arena, BaseType);
    Expression *text = arena_new(arena, Expression);
    text->sql = text->shape = STR("TYPE x");
    list_push(arena, &text->uses, (Use) {.offset = sizeof "TYPE " - 1, .length = 1, .form = USE_NAME});
    base->shell = true;
    shell->base = base;
    shell->text = text;
    shell->created = shell->attributes = (Attributes) {0};
    shell->object.privileges = (Privileges) {0};
    return shell;
}

/* ------------------------------------------------------------------ storage */

const char *base_type_storage(const Schema *schema, const BaseType *base, Attributes attributes)
{
    static const char *const kinds[] = {"plain", "main", "external", "extended"};
    const Expression *clause = attribute_clause(attributes, STR("element storage"));
    size_t start = clause == NULL ? 0 : clause->sql.len;
    while (start > 0 && strchr(" =", clause->sql.data[start - 1]) == NULL)
        start--;
    for (size_t i = 0; clause != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        start += clause->sql.data[start] == '\'';
        if (strncasecmp(clause->sql.data + start, kinds[i], strlen(kinds[i])) == 0)
            return kinds[i];
    }
    return base->like.catalog == NULL ? "plain" : type_storage(schema, &base->like);
}

static void keep_storage(const Schema *schema, const Table *table, const ColumnInfo *column, const char *before,
                         const char *after, ChangeList *changes)
{
    Str own = column->storage.data == NULL ? str_from(before) : column->storage;
    SetChange set = {.object = table->object.id, .property = PROPERTY_COLUMN_STORAGE, .part = column->id};
    if (!str_is(own, after))
        set.value.text = own;
    list_push(schema->arena, changes, (Change) {.kind = CHANGE_SET, .set = set});
}

/* Also of those of domains over it. */
static void keep_storage_of(const Schema *schema, ObjectId type, const char *before, const char *after,
                            ChangeList *changes)
{
    ObjectIds users = object_users(schema, type, OBJECT_KIND_COUNT);
    for (size_t i = 0; i < users.count; i++) {
        const Object *user = schema_object(schema, users.items[i]);
        const Domain *domain = schema_domain(schema, users.items[i]);
        bool stores = object_is_table(user) || user->kind == OBJECT_MATERIALIZED_VIEW;
        const Table *table = stores ? schema_relation(schema, users.items[i]) : NULL;
        if (domain != NULL && domain->type.object == type && !domain->type.array)
            keep_storage_of(schema, users.items[i], before, after, changes);
        for (size_t j = 0; table != NULL && j < table->columns.count; j++) {
            const ColumnInfo *column = table->columns.items[j];
            if (column->type.object == type && !column->type.array)
                keep_storage(schema, table, column, before, after, changes);
        }
    }
}

ChangeList base_type_keep_storage(const Schema *schema, const SetChange *change)
{
    const Definition *type = schema_base_type(schema, change->object);
    ChangeList changes = {0};
    const char *before = base_type_storage(schema, type->base, type->attributes);
    const char *after = base_type_storage(schema, type->base, change->value.attributes);
    if (strcmp(before, after) != 0)
        keep_storage_of(schema, change->object, before, after, &changes);
    return changes;
}
