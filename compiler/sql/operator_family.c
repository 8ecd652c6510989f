/* Operator classes and families (src/backend/commands/opclasscmds.c), and what they hold (family.h). */
#include "family.h"
#include "made_text.h"
#include "operator.h"
#include "operator_member.h"
#include "unknown.h"

/* What it is added to. */
typedef struct Holder {
    Str method;
    Type input;          /* of a class; without a catalog type: it is a family */
    ObjectId family;     /* 0: not of a migration, or still to be made */
    Str family_name;     /* of the server's */
    size_t items;        /* pieces of the class's text before its first item */
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

/* Of the server or an extension: of just these sides. */
static bool find_brought(DefinitionReader *r, const Ref *ref, const TypeList *sides, MemberOperator *found)
{
    catalog_each_owner(owner, &r->schema->view) {
        CatalogOperators named = catalog_operators_in(owner, ref->name.name);
        for (size_t i = 0; i < named.count && extension_is_reached(r->schema, owner, ref_qualifier(ref)); i++) {
            const CatalogOperator *operator = catalog_at(named, i);
            if (operator->left != type_catalog(&sides->items[0]) || operator->right != type_catalog(&sides->items[1]))
                continue;
            read_extension(r, extension_object(r->schema, owner));
            *found = (MemberOperator) {.binary = operator->left != NULL && operator->right != NULL,
                                       .result = type_of_catalog(r->schema, operator->result)};
            return true;
        }
    }
    return false;
}

static MemberOperator use_operator(DefinitionReader *r, const Ref *ref, TypeList sides)
{
    Definition like = {.object = {.kind = OBJECT_OPERATOR, .name = ref->name.name}, .arguments = sides};
    MemberOperator member = {.binary = true};
    if (find_brought(r, ref, &sides, &member))
        return member;
    const Definition *found = definition_named(r->schema, ref_qualifier(ref), &like);
    if (found != NULL && !found->shell) {
        text_use(&r->text, ref->span, -1, found->object.id, 0, USE_NAME);
        member.binary = sides.items[0].catalog != NULL && sides.items[1].catalog != NULL;
        member.result = found->result;
    } else if (!read_unknown(r, ref)) {
        definition_report(r, M_UNKNOWN_OPERATOR, ref->name.span,
                          "there is no operator %.*s of these types at this point", STR_ARG(ref->name.name));
    }
    return member;
}

static bool family_is_brought(const DefinitionReader *r, Str method, const Ref *ref)
{
    catalog_each_owner(owner, &r->schema->view) {
        bool reached = extension_is_reached(r->schema, owner, ref_qualifier(ref));
        for (size_t i = 0; i < owner->opclasses.count && reached; i++) {
            const CatalogOpclass *class = catalog_at(owner->opclasses, i);
            if (str_equal(class->method->name, method) && str_equal(class->family, ref->name.name))
                return true;
        }
    }
    return false;
}

/* NULL: reported, or one of the server's. */
static const Definition *read_family(DefinitionReader *r, Str method, Ref ref)
{
    Definition like = {.object = {.kind = OBJECT_OPERATOR_FAMILY, .name = ref.name.name}, .variant = method};
    const Definition *found = definition_named(r->schema, ref_qualifier(&ref), &like);
    if (found != NULL)
        text_use(&r->text, ref.span, -1, found->object.id, 0, USE_NAME);
    else if (!family_is_brought(r, method, &ref) && !read_unknown(r, &ref))
        definition_report(r, M_UNKNOWN_DEFINITION, ref.span,
                          "there is no operator family \"%.*s\" for %.*s at this point", STR_ARG(ref.name.name),
                          STR_ARG(method));
    return found;
}

/* Of one that no migration made, as a member of it knows it. */
static Str family_name(DefinitionReader *r, Ref ref, Str method)
{
    return str_format(r->arena, "%.*s USING %.*s", STR_ARG(span_text(&r->c->sources, ref.span)),
                      STR_ARG(catalog_quote(r->arena, method)));
}

/* The family of btree that says how what an operator returns is sorted. */
static void read_order_family(DefinitionReader *r, Cursor at)
{
    cursor_seek(&at, "for order by");
    cursor_take(&at, "for order by");
    read_family(r, STR("btree"), cursor_ref(&at));
}

/* ------------------------------------------------------------------ members */

/* One type stands for both sides. */
static void two_sides(DefinitionReader *r, TypeList *types)
{
    if (types->count == 1)
        list_push(r->arena, types, types->items[0]);
}

static TypeList read_sides(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span)
{
    TypeList types = read_argument_types(r, count, names);
    check_member_types(r, count, span);
    two_sides(r, &types);
    return types;
}

static TypeList read_operator_item(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor *at,
                                   const Holder *holder)
{
    TypeList sides = {0};
    Ref ref = take_operator(r, item->name, at);
    if (item->name->n_objargs > 0) {
        sides = read_sides(r, item->name->n_objargs, item->name->objargs, ref.span);
    } else if (holder->input.catalog != NULL) {
        list_push(r->arena, &sides, holder->input);
        two_sides(r, &sides);
    } else {
        definition_report(r, M_SQL_SYNTAX, ref.span, "what is added to a family says the types on both sides");
        return sides;
    }
    if (r->refused)
        return sides;
    MemberOperator member = use_operator(r, &ref, sides);
    member.orders = item->n_order_family > 0;
    if (member.orders)
        read_order_family(r, *at);
    if (!r->refused)
        check_member_operator(r, holder->method, &member, ref.span);
    return sides;
}

static TypeList read_function_item(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor *at,
                                   const Holder *holder)
{
    const PgQuery__ObjectWithArgs *function = item->name;
    Span start = cursor_span(*at);
    TypeList sides = read_sides(r, item->n_class_args, item->class_args, start);
    MemberFunction member = {.method = holder->method, .number = item->number, .input = &holder->input};
    if (cursor_is_sign(*at, '('))
        cursor_inside(at);
    Span name = cursor_ref(at).span;
    TypeList taken = read_argument_types(r, function->n_objargs, function->objargs);
    if (r->refused)
        return sides;
    if (function->args_unspecified) {
        read_function_taking(r, function->n_objname, function->objname, name, NULL);
    } else {
        member.taken = &taken;
        member.result =
            read_function_exactly(r, function->n_objname, function->objname, name, &taken).result;
    }
    return r->refused ? sides : check_member_function(r, &member, sides, name);
}

static void read_storage_item(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor at,
                              const Holder *holder)
{
    Span span = cursor_span(at);
    if (holder->input.catalog == NULL) {
        definition_report(r, M_SQL_SYNTAX, span, "a family has no `storage`: that is said of a class");
        return;
    }
    Type storage = read_type(r, item->storedtype);
    check_member_storage(r, holder->method, &holder->input, &storage, span);
}

static TypeList read_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor at,
                            const Holder *holder)
{
    bool operator = item->itemtype == OPERATOR_ITEM;
    Span span = cursor_span(at);
    if (item->name != NULL && !check_member_number(r, holder->method, operator, item->number, span))
        return (TypeList) {0};
    cursor_next(&at);
    if (item->name != NULL)
        cursor_next(&at);
    if (operator && item->name != NULL)
        return read_operator_item(r, item, &at, holder);
    if (item->itemtype == FUNCTION_ITEM && item->name != NULL)
        return read_function_item(r, item, &at, holder);
    if (item->storedtype != NULL)
        read_storage_item(r, item, at, holder);
    return (TypeList) {0};
}

/* "(a, b)" */
static const Expression *sides_text(DefinitionReader *r, TypeList sides)
{
    MadeText text = made_text(r->arena);
    made_words(&text, "(");
    for (size_t i = 0; i < sides.count; i++) {
        const Type *type = &sides.items[i];
        const Object *object = schema_object(r->schema, type->object);
        made_words(&text, i == 0 ? "" : ", ");
        if (object != NULL && object->kind != OBJECT_EXTENSION) {
            made_name(&text, object->id, 0);
            made_words(&text, type->array ? "[]" : "");
        } else if (type->catalog != NULL) {
            made_str(&text, define_type(r->schema, type));
        }
    }
    made_words(&text, ")");
    return made_finish(&text);
}

static Definition *new_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, TypeList sides, Span span,
                              const Holder *holder)
{
    Definition *member = arena_new(r->arena, Definition);
    bool operator = item->itemtype == OPERATOR_ITEM;
    member->object = (Object) {.kind = OBJECT_OPERATOR_MEMBER, .name = holder->family_name, .created = span};
    member->of = holder->family;
    member->variant = str_format(r->arena, "%s %d", operator ? "OPERATOR" : "FUNCTION", (int) item->number);
    member->arguments = sides;
    return member;
}

/* "OPERATOR 1 < (a, b)": with its types, whether they are written or follow from the class. */
static void write_member(DefinitionReader *r, Definition *member, const PgQuery__CreateOpClassItem *item, Cursor part)
{
    bool operator = item->itemtype == OPERATOR_ITEM;
    cursor_next(&part);
    cursor_next(&part);
    text_make(&r->text, member->variant);
    if (operator)
        text_take(&r->text, take_operator(r, item->name, &part).span);
    if (operator ? item->name->n_objargs > 0 : item->n_class_args > 0)
        cursor_inside(&part);
    text_take_expression(&r->text, sides_text(r, member->arguments), NULL);
    text_take(&r->text, cursor_span(part));
    member->text = text_finish(&r->text, &item->base);
}

static bool same_member(const Definition *a, const Definition *b)
{
    return str_equal(a->variant, b->variant) && type_lists_equal(a->arguments, b->arguments);
}

/* What is among them already. */
static bool has_member(const Definition *const *members, size_t count, const Definition *like)
{
    for (size_t i = 0; i < count; i++) {
        if (same_member(members[i], like))
            return true;
    }
    return false;
}

/* Whether a class of the family keeps it, or the family has it. */
static bool family_has(const DefinitionReader *r, const Definition *like)
{
    if (definition_find(r->schema, like) != NULL)
        return true;
    ObjectIds classes = object_users(r->schema, like->of, OBJECT_OPERATOR_CLASS);
    for (size_t i = 0; i < classes.count; i++) {
        const Definition *class = schema_definition(r->schema, classes.items[i]);
        if (has_member(class->members.items, class->members.count, like))
            return true;
    }
    return false;
}

/* A member of the family that the statement brings, by itself. */
static void add_part(DefinitionReader *r, Definition *member, const PgQuery__CreateOpClassItem *item, Cursor part,
                     MemberTie tie)
{
    const Definition *class = tie == MEMBER_OF_TYPE ? family_class(r->schema, member->of, &member->arguments.items[0])
                                                    : NULL;
    write_member(r, member, item, part);
    if (class != NULL)
        member_hold(r->arena, member, class->object.id);
    else if (tie == MEMBER_OF_STATEMENT)
        member_hold(r->arena, member, member->of);
    list_push(r->arena, &r->out->parts, member);
}

/* ------------------------------------------------------------------ create */

/* Without one the class gets one of its name. */
static void read_family_of_class(DefinitionReader *r, const PgQuery__CreateOpClassStmt *create, Holder *holder)
{
    Cursor at = r->at;
    Definition own = *r->out->definition;
    own.object.kind = OBJECT_OPERATOR_FAMILY;
    const Definition *family;
    if (create->n_opfamilyname == 0 || !cursor_seek(&at, "family")) {
        family = definition_find(r->schema, &own);
    } else {
        cursor_take(&at, "family");
        Ref ref = cursor_ref(&at);
        family = read_family(r, own.variant, ref);
        holder->family_name = family != NULL ? STR("") : family_name(r, ref, own.variant);
    }
    holder->family = family == NULL ? 0 : family->object.id;
}

static Span class_type(const DefinitionReader *r)
{
    Cursor at = r->at;
    cursor_seek(&at, "type");
    cursor_take(&at, "type");
    return cursor_span(cursor_before(&at, "using"));
}

/* An item that stays in the class's text, with what was read of it. */
static void keep_item(DefinitionReader *r, const Holder *class, const DefinitionText *item, Span span)
{
    for (size_t i = 0; i < item->uses.count; i++)
        list_push(r->arena, &r->text.uses, item->uses.items[i]);
    if (r->text.pieces.count > class->items)
        text_make(&r->text, STR(","));
    text_take(&r->text, span);
}

static bool class_keeps(const Holder *class, const Definition *member, MemberTie tie)
{
    return tie == MEMBER_OF_STATEMENT ||
           (tie == MEMBER_OF_TYPE && type_equal(&member->arguments.items[0], &class->input));
}

/* What the class does not keep is left out of its text. */
static void read_class_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part,
                              const Holder *holder, TypeList sides)
{
    Definition *class = r->out->definition, *member = new_member(r, item, sides, cursor_span(part), holder);
    bool alike = type_equal(&sides.items[0], &sides.items[1]);
    MemberTie tie = member_tie(r, holder->method, item, alike, true);
    if (has_member(class->members.items, class->members.count, member) ||
        has_member((const Definition *const *) r->out->parts.items, r->out->parts.count, member))
        definition_report(r, M_ALREADY_EXISTS, cursor_span(part), "the class has this already");
    else if (family_has(r, member))
        definition_report(r, M_ALREADY_EXISTS, cursor_span(part), "the family has this already");
    else if (class_keeps(holder, member, tie))
        list_push(r->arena, &class->members, member);
    else
        add_part(r, member, item, part, tie);
}

static void read_class_item(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part,
                            const Holder *holder)
{
    DefinitionText class = r->text;
    size_t parts = r->out->parts.count;
    r->text = (DefinitionText) {.arena = r->arena, .sources = &r->c->sources};
    TypeList sides = read_member(r, item, part, holder);
    if (item->name != NULL && !r->refused)
        read_class_member(r, item, part, holder, sides);
    DefinitionText own = r->text;
    r->text = class;
    if (r->out->parts.count == parts)
        keep_item(r, holder, &own, cursor_span(part));
}

/* Of the server, an extension, or a migration. */
static void check_method(DefinitionReader *r, Str name)
{
    const CatalogAccessMethod *method = catalog_access_method(&r->schema->view, name);
    Definition like = {.object = {.kind = OBJECT_ACCESS_METHOD, .name = name}};
    const Definition *own = definition_find(r->schema, &like);
    ObjectId extension;
    bool index = method != NULL ? method->is_index : own != NULL && !own->for_tables;
    if (!index && (method != NULL || own != NULL || unknown_method(r->schema, name, &extension) == NULL))
        definition_report(r, M_UNKNOWN_METHOD, r->out->definition->object.created,
                          "there is no index access method \"%.*s\"", STR_ARG(name));
}

static bool has_default(const DefinitionReader *r, const Definition *class)
{
    if (operator_class_default(r->schema, class->variant, &class->input) != NULL)
        return true;
    catalog_each_owner(owner, &r->schema->view) {
        for (size_t i = 0; i < owner->opclasses.count; i++) {
            const CatalogOpclass *other = catalog_at(owner->opclasses, i);
            if (other->is_default && other->input == type_catalog(&class->input) &&
                str_equal(other->method->name, class->variant))
                return true;
        }
    }
    return false;
}

/* Nowhere, whatever search_path says. */
static void check_no_default(DefinitionReader *r, const Definition *class)
{
    if (class->input.catalog != NULL && has_default(r, class))
        definition_report(r, M_BAD_OPCLASS, class->object.created, "type %.*s has a default class for %.*s already",
                          STR_ARG(define_type(r->schema, &class->input)), STR_ARG(class->variant));
}

void read_create_class(DefinitionReader *r, const PgQuery__CreateOpClassStmt *create)
{
    Definition *d = r->out->definition;
    read_begin(r, OBJECT_OPERATOR_CLASS, true);
    d->variant = str_copy(r->arena, str_from(create->amname));
    check_method(r, d->variant);
    Holder holder = {.method = d->variant, .input = read_type(r, create->datatype)};
    d->input = holder.input;
    d->is_default = create->is_default;
    if (create->is_default)
        check_no_default(r, d);
    r->out->with_family = create->n_opfamilyname == 0;
    read_family_of_class(r, create, &holder);
    Span type = class_type(r);
    if (!cursor_seek(&r->at, "as"))
        return;
    Span as = cursor_take_span(&r->at, "as");
    if (r->out->with_family)
        text_use(&r->text, (Span) {as.start, as.start, as.file}, -1, 0, 0, USE_NAME);
    r->text.pieces.items[r->text.pieces.count - 1].span.end = as.end;
    holder.items = r->text.pieces.count;
    for (size_t i = 0; i < create->n_items && !r->refused; i++) {
        Cursor item = cursor_item(&r->at);
        read_class_item(r, create->items[i]->create_op_class_item, item, &holder);
    }
    if (r->text.pieces.count > holder.items)
        return;
    text_make(&r->text, STR("STORAGE"));
    text_take(&r->text, type);
}

void read_create_family(DefinitionReader *r, const PgQuery__CreateOpFamilyStmt *create)
{
    read_begin(r, OBJECT_OPERATOR_FAMILY, true);
    r->out->definition->variant = str_copy(r->arena, str_from(create->amname));
    check_method(r, r->out->definition->variant);
}

/* ------------------------------------------------------------------ ALTER OPERATOR FAMILY */

static void add_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part, const Holder *holder)
{
    r->text = (DefinitionText) {.arena = r->arena, .sources = &r->c->sources};
    TypeList sides = read_member(r, item, part, holder);
    if (r->refused)
        return;
    Definition *member = new_member(r, item, sides, cursor_span(part), holder);
    if (family_has(r, member) ||
        has_member((const Definition *const *) r->out->parts.items, r->out->parts.count, member)) {
        definition_report(r, M_ALREADY_EXISTS, cursor_span(part), "the family has this already");
        return;
    }
    bool alike = type_equal(&sides.items[0], &sides.items[1]);
    add_part(r, member, item, part, member_tie(r, holder->method, item, alike, false));
}

static void drop_member(DefinitionReader *r, const PgQuery__CreateOpClassItem *item, Cursor part, const Holder *holder)
{
    Span span = cursor_span(part);
    if (!check_member_number(r, holder->method, item->itemtype == OPERATOR_ITEM, item->number, span))
        return;
    TypeList sides = read_sides(r, item->n_class_args, item->class_args, span);
    Definition *like = new_member(r, item, sides, span, holder);
    const Definition *found = r->refused ? NULL : definition_find(r->schema, like);
    ObjectId by = found == NULL ? 0 : member_holder(r->schema, found);
    if (r->refused)
        return;
    if (found != NULL && by == 0) {
        list_push(r->arena, &r->out->targets, (SqlTarget) {found->object.id, 0, span});
    } else if (found == NULL && !family_has(r, like)) {
        definition_report(r, M_UNKNOWN_DEFINITION, span, "the family does not have this");
    } else {
        definition_report(r, M_STILL_USED, span, "this goes with %s, and not without it",
                          by == holder->family ? "the family" : "its operator class");
        if (found != NULL)
            label(r->c, found->object.created, "added here");
    }
}

void read_alter_family(DefinitionReader *r, const PgQuery__AlterOpFamilyStmt *alter)
{
    Holder holder = {.method = str_copy(r->arena, str_from(alter->amname))};
    cursor_take(&r->at, "alter operator family");
    if (!read_altered(r, PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY))
        return;
    holder.family = r->out->targets.items[0].object;
    r->out->verb = SQL_PARTS;
    r->out->targets.count = 0;
    cursor_next(&r->at);
    for (size_t i = 0; i < alter->n_items && !r->refused; i++) {
        Cursor part = cursor_item(&r->at);
        if (alter->is_drop)
            drop_member(r, alter->items[i]->create_op_class_item, part, &holder);
        else
            add_member(r, alter->items[i]->create_op_class_item, part, &holder);
    }
}
