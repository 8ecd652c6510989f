/* Operator classes and families (src/backend/commands/opclasscmds.c). What is added to a family by itself is an
 * attribute of it: its key is "member", its kind and number, and the types on both sides, as their shapes. */
#include "made_text.h"
#include "read_definition.h"

/* CreateOpClassItem.itemtype (src/include/nodes/parsenodes.h). */
enum { OPERATOR_ITEM = 1, FUNCTION_ITEM = 2 };

/* What it is added to. */
typedef struct Holder {
    Str method;
    Type input;          /* of a class; without a catalog type: it is a family */
} Holder;

/* ------------------------------------------------------------------ operators */

/* [schema.]operator */
static Ref take_operator(DefinitionReader *r, const PgQuery__ObjectWithArgs *tree, Cursor *at)
{
    Ref ref = {.name = {.name = str_copy(r->arena, tree_name(tree->n_objname, tree->objname))}};
    Span start = cursor_span(*at);
    if (tree->n_objname > 1) {
        ref.schema = cursor_word(at);
        cursor_next(at);
    }
    ref.name.span = cursor_next(at);
    ref.span = (Span) {start.start, ref.name.span.end, start.file};
    return ref;
}

static bool operator_is_brought(const DefinitionReader *r, Str name)
{
    catalog_each_owner(owner, &r->schema->view) {
        if (catalog_operators_in(owner, name).count > 0)
            return true;
    }
    return false;
}

static void use_operator(DefinitionReader *r, const Ref *ref, TypeList sides)
{
    Definition like = {.object = {.kind = OBJECT_OPERATOR, .name = ref->name.name}, .arguments = sides};
    const Definition *found = definition_named(r->schema, ref_qualifier(ref), &like);
    if (found != NULL && !found->shell) {
        text_use(&r->text, ref->span, -1, found->object.id, 0, USE_NAME);
    } else if (!operator_is_brought(r, ref->name.name) && !read_unknown(r, ref)) {
        definition_report(r, M_UNKNOWN_OPERATOR, ref->name.span, "there is no operator %.*s at this point",
                          STR_ARG(ref->name.name));
    }
}

/* ------------------------------------------------------------------ members */

/* One type stands for both sides. */
static void two_sides(DefinitionReader *r, TypeList *types)
{
    if (types->count == 1)
        list_push(r->arena, types, types->items[0]);
}

static TypeList read_sides(DefinitionReader *r, size_t count, PgQuery__Node *const *names)
{
    TypeList types = read_argument_types(r, count, names);
    two_sides(r, &types);
    return types;
}

static TypeList read_operator_item(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor *at,
                                   const Holder *holder)
{
    TypeList sides = {0};
    Ref ref = take_operator(r, item->name, at);
    if (item->name->n_objargs > 0) {
        sides = read_sides(r, item->name->n_objargs, item->name->objargs);
    } else if (holder->input.catalog != NULL) {
        list_push(r->arena, &sides, holder->input);
        two_sides(r, &sides);
    } else {
        definition_report(r, M_SQL_SYNTAX, ref.span, "what is added to a family says the types on both sides");
        return sides;
    }
    use_operator(r, &ref, sides);
    return sides;
}

/* assignProcTypes(): where nothing is said, a btree compares what the function takes, and a hash takes one. */
static TypeList read_function_item(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor *at,
                                   const Holder *holder)
{
    TypeList sides = read_sides(r, item->n_class_args, item->class_args);
    if (cursor_is_sign(*at, '('))
        cursor_inside(at);
    Span name = cursor_ref(at).span;
    TypeList taken = read_argument_types(r, item->name->n_objargs, item->name->objargs);
    read_function_taking(r, item->name->n_objname, item->name->objname, name,
                         item->name->args_unspecified ? NULL : &taken);
    two_sides(r, &taken);
    if (sides.count > 0)
        return sides;
    if (str_is(holder->method, "btree") || str_is(holder->method, "hash"))
        sides = taken;
    if (str_is(holder->method, "hash") && sides.count > 0)
        sides.items[1] = sides.items[0];
    return sides;
}

static TypeList read_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor at,
                            const Holder *holder)
{
    cursor_next(&at);
    cursor_next(&at);
    if (item->itemtype == OPERATOR_ITEM && item->name != NULL)
        return read_operator_item(r, item, &at, holder);
    if (item->itemtype == FUNCTION_ITEM && item->name != NULL)
        return read_function_item(r, item, &at, holder);
    if (item->storedtype != NULL)
        read_type(r, item->storedtype);
    return (TypeList) {0};
}

/* "member OPERATOR 1 (a, b)" */
static Str member_key(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, TypeList sides)
{
    MadeText text = made_text(r->arena);
    made_words(&text, "member ");
    made_words(&text, item->itemtype == OPERATOR_ITEM ? "OPERATOR " : "FUNCTION ");
    made_str(&text, str_format(r->arena, "%d (", (int) item->number));
    for (size_t i = 0; i < sides.count; i++) {
        const Type *type = &sides.items[i];
        const Object *object = schema_object(r->schema, type->object);
        made_words(&text, i == 0 ? "" : ", ");
        if (object != NULL && object->kind != OBJECT_EXTENSION && !type->array)
            made_name(&text, object->id, 0);
        else if (type->catalog != NULL)
            made_str(&text, define_type(r->schema, type));
    }
    made_words(&text, ")");
    return made_finish(&text)->shape;
}

static bool has_member(const Definition *class, Str key)
{
    for (size_t i = 0; i < class->members.count; i++) {
        if (str_equal(class->members.items[i], key))
            return true;
    }
    return false;
}

/* Whether a class of the family has it, or it was added by itself. */
static bool family_has(const DefinitionReader *r, const Definition *family, Str key)
{
    if (attribute_clause(family->attributes, key) != NULL)
        return true;
    ObjectIds classes = object_users(r->schema, family->object.id, OBJECT_OPERATOR_CLASS);
    for (size_t i = 0; i < classes.count; i++) {
        if (has_member(schema_definition(r->schema, classes.items[i]), key))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ create */

/* Without one the class gets one of its name. NULL: one of the server's, or one that is still to be made. */
static const Definition *use_family(DefinitionReader *r, const PgQuery__CreateOpClassStmt *create)
{
    Cursor at = r->at;
    if (create->n_opfamilyname == 0 || !cursor_seek(&at, "family")) {
        Definition own = *r->out->definition;
        own.object.kind = OBJECT_OPERATOR_FAMILY;
        return definition_find(r->schema, &own);
    }
    cursor_take(&at, "family");
    Ref ref = cursor_ref(&at);
    Definition like = {.object = {.kind = OBJECT_OPERATOR_FAMILY, .name = ref.name.name},
                       .variant = str_from(create->amname)};
    const Definition *found = definition_named(r->schema, ref_qualifier(&ref), &like);
    if (found != NULL)
        text_use(&r->text, ref.span, -1, found->object.id, 0, USE_NAME);
    return found;
}

static void note_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part, const Holder *holder,
                        const Definition *family)
{
    Definition *class = r->out->definition;
    TypeList sides = read_member(r, item, part, holder);
    if (item->name == NULL || r->refused)
        return;
    Str key = member_key(r, item, sides);
    if (has_member(class, key))
        definition_report(r, M_ALREADY_EXISTS, cursor_span(part), "the class has this already");
    else if (family != NULL && family_has(r, family, key))
        definition_report(r, M_ALREADY_EXISTS, cursor_span(part), "the family has this already");
    list_push(r->arena, &class->members, key);
}

void read_create_class(DefinitionReader *r, const PgQuery__CreateOpClassStmt *create)
{
    Definition *d = r->out->definition;
    read_begin(r, OBJECT_OPERATOR_CLASS, true);
    d->variant = str_copy(r->arena, str_from(create->amname));
    Holder holder = {d->variant, read_type(r, create->datatype)};
    r->out->with_family = create->n_opfamilyname == 0;
    const Definition *family = use_family(r, create);
    if (!cursor_seek(&r->at, "as"))
        return;
    Span as = cursor_take_span(&r->at, "as");
    if (r->out->with_family)
        text_use(&r->text, (Span) {as.start, as.start, as.file}, -1, 0, 0, USE_NAME);
    for (size_t i = 0; i < create->n_items; i++) {
        Cursor item = cursor_item(&r->at);
        note_member(r, create->items[i]->create_op_class_item, item, &holder, family);
    }
}

void read_create_family(DefinitionReader *r, const PgQuery__CreateOpFamilyStmt *create)
{
    read_begin(r, OBJECT_OPERATOR_FAMILY, true);
    r->out->definition->variant = str_copy(r->arena, str_from(create->amname));
}

/* ------------------------------------------------------------------ ALTER OPERATOR FAMILY */

static void add_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part, const Holder *family)
{
    r->text = (DefinitionText) {.arena = r->arena, .sources = &r->c->sources};
    TypeList sides = read_member(r, item, part, family);
    Str key = member_key(r, item, sides);
    if (r->refused)
        return;
    const Definition *family_now = schema_definition(r->schema, r->out->targets.items[0].object);
    if (attribute_clause(r->out->attributes, key) != NULL || family_has(r, family_now, key)) {
        definition_report(r, M_ALREADY_EXISTS, cursor_span(part), "the family has this already");
        return;
    }
    text_take(&r->text, cursor_span(part));
    attribute_set(r->arena, &r->out->attributes, (Attribute) {key, text_finish(&r->text, &item->base)});
}

static void drop_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part)
{
    Str key = member_key(r, item, read_sides(r, item->n_class_args, item->class_args));
    if (!r->refused && attribute_clause(r->out->attributes, key) == NULL) {
        definition_report(r, M_UNKNOWN_DEFINITION, cursor_span(part), "nothing of this was added to the family");
        note(r->c, "what came with an operator class goes with that");
    }
    attribute_remove(&r->out->attributes, key);
}

void read_alter_family(DefinitionReader *r, const PgQuery__AlterOpFamilyStmt *alter)
{
    Holder family = {.method = str_copy(r->arena, str_from(alter->amname))};
    cursor_take(&r->at, "alter operator family");
    if (!read_altered(r, PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY))
        return;
    cursor_next(&r->at);
    for (size_t i = 0; i < alter->n_items && !r->refused; i++) {
        Cursor part = cursor_item(&r->at);
        if (alter->is_drop)
            drop_member(r, alter->items[i]->create_op_class_item, part);
        else
            add_member(r, alter->items[i]->create_op_class_item, part, &family);
    }
}
