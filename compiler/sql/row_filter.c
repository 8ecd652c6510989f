/* What the condition of a publication may hold: it is evaluated against a catalog of the past, so all that is in it
 * must be the server's own, and not change (check_simple_rowfilter_expr_walker in publicationcmds.c). */
#include "query.h"

static void refuse(Reader *r, Span span, const char *what)
{
    if (r->refused)
        return;
    query_report(r, M_BAD_PUBLICATION, span, "%s cannot stand in the condition of a publication", what);
    help(r->names.sql->c,
         "it takes columns, constants, and the server's own functions and operators that are immutable");
}

/* What an object is called that the condition depends on; NULL: it may. Relations are only named by columns, and by
 * constants. */
static const char *object_refused(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    if (object == NULL || object_is_relation(object) || object->kind == OBJECT_SEQUENCE)
        return NULL;
    switch ((int) object->kind) {
    case OBJECT_EXTENSION: return "what an extension brings";
    case OBJECT_OPERATOR: return "an operator of your own";
    case OBJECT_COLLATION: return "a collation of your own";
    case OBJECT_ENUM:
    case OBJECT_DOMAIN:
    case OBJECT_RANGE: return "a type of your own";
    default: return "a function of your own";
    }
}

static void check_uses(Reader *r)
{
    for (size_t i = 0; i < r->expression->uses.count; i++) {
        const Use *use = &r->expression->uses.items[i];
        const char *what = object_refused(r->names.schema, use->object);
        if (what != NULL)
            refuse(r, fragment_place(r->names.fragment, use->offset, use->length), what);
    }
}

static void check_column(Reader *r, const PgQuery__ColumnRef *reference)
{
    Span span = query_place(r, reference->location);
    const QueryColumn *column = query_resolved(r, reference);
    if (column == NULL)
        refuse(r, span, "a whole row");
    else if (column->column == 0)
        refuse(r, span, "a system column");
    else if (column->type.object != 0)
        refuse(r, span, "a column whose type is not the server's own");
    else if (column->type.collation_object != 0)
        refuse(r, span, "a column whose collation is not the server's own");
}

/* From a value, not a constant: values that go through text are converted by what is not even looked at. */
static bool goes_through_text(Reader *r, const PgQuery__TypeCast *cast)
{
    Type from = query_type(r, cast->arg), to = {0};
    const CatalogType *source = type_catalog(&from);
    if (source == NULL || str_is(source->name, "unknown") || !resolve_known_type(r->names, cast->type_name, &to))
        return false;
    const CatalogType *target = type_catalog(&to);
    if (target == NULL || target == source || from.array || cast->type_name->n_array_bounds > 0)
        return false;
    const CatalogCast *found = catalog_cast(&r->names.schema->view, source, target);
    return found == NULL ? !catalog_binary_coercible(&r->names.schema->view, source, target)
                         : found->method == CATALOG_INOUT;
}

static void check_cast(Reader *r, const PgQuery__TypeCast *cast)
{
    Type type = {0};
    bool known = resolve_known_type(r->names, cast->type_name, &type);
    Span span = query_place(r, query_first_location(&cast->base));
    if (known && type.object != 0)
        refuse(r, span, "a type of your own");
    else if (goes_through_text(r, cast))
        refuse(r, span, "a cast that goes through text");
}

static bool check_part(void *context, const ProtobufCMessage *message)
{
    Reader *r = context;
    Span span = query_place(r, query_first_location(message));
    if (tree_is(message, pg_query__column_ref))
        check_column(r, (const PgQuery__ColumnRef *) message);
    else if (tree_is(message, pg_query__a__indirection))
        refuse(r, span, "a part of an array or row");
    else if (tree_is(message, pg_query__named_arg_expr))
        refuse(r, span, "an argument by its name");
    else if (tree_is(message, pg_query__type_cast))
        check_cast(r, (const PgQuery__TypeCast *) message);
    if (query_volatility(r, message) != CATALOG_IMMUTABLE)
        refuse(r, span, "what is not immutable");
    return !r->refused;
}

void query_check_filter(Reader *r, const PgQuery__Node *condition)
{
    check_uses(r);
    if (!r->refused)
        tree_walk(&condition->base, check_part, r);
}
