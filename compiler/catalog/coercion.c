/* Which types stand for which: casts, operator classes, and the pairs that a foreign key may join.
 *
 * The rules are the server's own: IsBinaryCoercible and find_coercion_pathway (parse_coerce.c), GetDefaultOpClass and
 * ResolveOpClass (indexcmds.c), and the choice of operators in ATAddForeignKeyConstraint (tablecmds.c). Rows are
 * compared by the addresses of their types, so a migration's type never passes for the server's of the same name.
 */
#include "catalog.h"

enum {
    BTREE_EQUAL = 3,
    KEYS_COLLATABLE_ALIKE = 18,    /* the first major that wants both columns of a key to be, or neither */
};

const CatalogType *catalog_base_type(const CatalogType *type)
{
    while (type->kind == CATALOG_DOMAIN)
        type = type->base;
    return type;
}

const CatalogCast *catalog_cast(const CatalogView *view, const CatalogType *source, const CatalogType *target)
{
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->casts.count; i++) {
            const CatalogCast *cast = catalog_at(owner->casts, i);
            if (cast->source == source && cast->target == target)
                return cast;
        }
    }
    for (const CatalogMadeCast *made = view->casts; made != NULL; made = made->next) {
        if (made->cast.source == source && made->cast.target == target)
            return &made->cast;
    }
    return NULL;
}

uint32_t catalog_cast_maker(const CatalogView *view, const CatalogCast *cast)
{
    for (const CatalogMadeCast *made = view->casts; made != NULL; made = made->next) {
        if (&made->cast == cast)
            return made->maker;
    }
    return 0;
}

const CatalogCast *catalog_conversion(const CatalogView *view, const CatalogType *source, const CatalogType *target)
{
    source = catalog_base_type(source);
    target = catalog_base_type(target);
    const CatalogCast *cast = catalog_cast(view, source, target);
    if (cast != NULL || source->element == NULL || target->element == NULL)
        return cast;
    return catalog_conversion(view, source->element, target->element);
}

static bool is_pseudo(const CatalogType *type, const char *name)
{
    return type->kind == CATALOG_PSEUDO && str_is(type->name, name);
}

static bool is_any(const CatalogType *type)
{
    return is_pseudo(type, "any") || is_pseudo(type, "anyelement") || is_pseudo(type, "anycompatible");
}

/* Arrays of a fixed kind that no other array turns into. */
static bool is_vector(const CatalogType *type)
{
    return type->kind == CATALOG_BASE && (str_is(type->name, "oidvector") || str_is(type->name, "int2vector"));
}

static bool is_composite_array(const CatalogType *type)
{
    return type->element != NULL && type->element->kind == CATALOG_COMPOSITE;
}

/* Whether the polymorphic type, or record, takes the type, which is no domain. */
static bool polymorphic_takes(const CatalogType *polymorphic, const CatalogType *type)
{
    if (is_pseudo(polymorphic, "anyarray") || is_pseudo(polymorphic, "anycompatiblearray"))
        return type->element != NULL;
    if (is_pseudo(polymorphic, "anynonarray") || is_pseudo(polymorphic, "anycompatiblenonarray"))
        return type->element == NULL;
    if (is_pseudo(polymorphic, "anyenum"))
        return type->kind == CATALOG_ENUM;
    if (is_pseudo(polymorphic, "anyrange") || is_pseudo(polymorphic, "anycompatiblerange"))
        return type->kind == CATALOG_RANGE;
    if (is_pseudo(polymorphic, "anymultirange") || is_pseudo(polymorphic, "anycompatiblemultirange"))
        return type->kind == CATALOG_MULTIRANGE;
    if (is_pseudo(polymorphic, "record"))
        return type->kind == CATALOG_COMPOSITE;
    return is_pseudo(polymorphic, "_record") && is_composite_array(type);
}

bool catalog_binary_coercible(const CatalogView *view, const CatalogType *source, const CatalogType *target)
{
    if (source == target || is_any(target))
        return true;
    source = catalog_base_type(source);
    if (source == target || source->unknown || target->unknown || polymorphic_takes(target, source))
        return true;
    const CatalogCast *cast = catalog_cast(view, source, target);
    return cast != NULL && cast->method == CATALOG_BINARY && cast->context == CATALOG_IMPLICIT;
}

/* Through the text of the value: to a string type on assignment, from one by a written cast. */
static bool coercible_by_text(const CatalogType *source, const CatalogType *target, CatalogContext context)
{
    return (context >= CATALOG_ASSIGNMENT && target->category == 'S') ||
           (context >= CATALOG_EXPLICIT && source->category == 'S');
}

bool catalog_coercible(const CatalogView *view, const CatalogType *source, const CatalogType *target,
                       CatalogContext context)
{
    source = catalog_base_type(source);
    target = catalog_base_type(target);
    if (source == target || source->unknown || target->unknown || is_any(target) || is_pseudo(source, "unknown"))
        return true;
    const CatalogCast *cast = catalog_cast(view, source, target);
    if (cast != NULL)
        return cast->context <= context;
    if (source->element != NULL && target->element != NULL && !is_vector(target) &&
        catalog_coercible(view, source->element, target->element, context))
        return true;
    return coercible_by_text(source, target, context) || polymorphic_takes(target, source) ||
           (is_pseudo(source, "record") && target->kind == CATALOG_COMPOSITE);
}

/* The best default operator class so far. A class for the very type wins; else the only one for a preferred type; else
 * the only one. */
typedef struct Choice {
    const CatalogOpclass *exact;
    const CatalogOpclass *preferred;
    const CatalogOpclass *compatible;
    size_t preferred_count;
    size_t compatible_count;
} Choice;

static void choice_add(Choice *choice, const CatalogView *view, const CatalogOpclass *opclass, const CatalogType *type)
{
    if (opclass->input == type) {
        choice->exact = opclass;
    } else if (!catalog_binary_coercible(view, type, opclass->input)) {
        return;
    } else if (opclass->input->preferred && opclass->input->category == type->category) {
        choice->preferred = opclass;
        choice->preferred_count++;
    } else {
        choice->compatible = opclass;
        choice->compatible_count++;
    }
}

const CatalogOpclass catalog_unknown_opclass = {.takes_options = true};

const CatalogOpclass *catalog_default_opclass(const CatalogView *view, const CatalogAccessMethod *method,
                                              const CatalogType *type)
{
    Choice choice = {0};
    type = catalog_base_type(type);
    if (type->unknown || method->unknown)
        return &catalog_unknown_opclass;
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->opclasses.count; i++) {
            const CatalogOpclass *opclass = catalog_at(owner->opclasses, i);
            if (opclass->method == method && opclass->is_default)
                choice_add(&choice, view, opclass, type);
        }
    }
    if (choice.exact != NULL)
        return choice.exact;
    if (choice.preferred_count > 0)
        return choice.preferred_count == 1 ? choice.preferred : NULL;
    return choice.compatible_count == 1 ? choice.compatible : NULL;
}

bool catalog_opclass_accepts(const CatalogView *view, const CatalogOpclass *opclass, const CatalogType *type)
{
    return opclass->input == NULL || catalog_binary_coercible(view, type, opclass->input);
}

/* Whether it is a member of the operator class's family, for exactly these types. */
static bool is_member(const CatalogFamilyOperator *member, const CatalogOpclass *opclass, const CatalogType *left,
                      const CatalogType *right)
{
    return member->left == left && member->right == right && member->method == opclass->method &&
           str_equal(member->family, opclass->family);
}

const CatalogFamilyOperator *catalog_family_strategy(const CatalogView *view, const CatalogOpclass *opclass,
                                                     const CatalogType *left, const CatalogType *right,
                                                     uint16_t strategy)
{
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->family_operators.count; i++) {
            const CatalogFamilyOperator *member = catalog_at(owner->family_operators, i);
            if (member->strategy == strategy && is_member(member, opclass, left, right))
                return member;
        }
    }
    return NULL;
}

const CatalogFamilyOperator *catalog_family_operator(const CatalogView *view, const CatalogOpclass *opclass,
                                                     const CatalogType *left, const CatalogType *right, Str operator)
{
    catalog_each_owner(owner, view) {
        for (size_t i = 0; i < owner->family_operators.count; i++) {
            const CatalogFamilyOperator *member = catalog_at(owner->family_operators, i);
            if (is_member(member, opclass, left, right) && str_equal(member->operator, operator))
                return member;
        }
    }
    return NULL;
}

/* Whether two types pass for one polymorphic type: they are the same array, range, multirange (below domains) or enum
 * (a domain over an enum is none). */
static bool same_polymorphic(const CatalogType *polymorphic, const CatalogType *a, const CatalogType *b)
{
    if (!is_pseudo(polymorphic, "anyenum")) {
        a = catalog_base_type(a);
        b = catalog_base_type(b);
    }
    return a == b && polymorphic_takes(polymorphic, a);
}

static bool is_polymorphic(const CatalogType *type)
{
    return type->kind == CATALOG_PSEUDO && str_starts_with(type->name, STR("any")) && !is_pseudo(type, "any");
}

/* An array is collatable as its element is. */
static bool is_collatable(const CatalogType *type)
{
    type = catalog_base_type(type);
    return type->element != NULL ? is_collatable(type->element) : type->collatable;
}

bool catalog_types_comparable_by(const CatalogView *view, const CatalogOpclass *opclass, const CatalogType *referenced,
                                 const CatalogType *referencing)
{
    const CatalogType *input = opclass->input;
    const CatalogType *base = catalog_base_type(referencing);
    if (input == NULL || base->unknown)
        return true;
    if (view->catalog->major >= KEYS_COLLATABLE_ALIKE && is_collatable(referenced) != is_collatable(referencing))
        return false;
    if (catalog_family_strategy(view, opclass, input, base, BTREE_EQUAL) != NULL &&
        catalog_family_strategy(view, opclass, base, base, BTREE_EQUAL) != NULL)
        return true;
    if (is_polymorphic(input))
        return same_polymorphic(input, referenced, referencing);
    return catalog_coercible(view, referenced, input, CATALOG_IMPLICIT) &&
           catalog_coercible(view, referencing, input, CATALOG_IMPLICIT);
}

bool catalog_types_comparable(const CatalogView *view, const CatalogType *referenced, const CatalogType *referencing)
{
    const CatalogAccessMethod *btree = catalog_access_method(view, STR("btree"));
    const CatalogOpclass *opclass = catalog_default_opclass(view, btree, referenced);
    return opclass != NULL && catalog_types_comparable_by(view, opclass, referenced, referencing);
}
