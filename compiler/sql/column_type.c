/* The type of a column, as `create table x (c TYPE [collate …])` has it. */
#include "resolve.h"

static const char column_prefix[] = "CREATE TABLE x (c ";

/* The names of the parser's transformColumnDefinition() in src/backend/parser/parse_utilcmd.c. */
static const struct {
    const char *name, *type;
} serials[] = {
    {"smallserial", "int2"}, {"serial2", "int2"}, {"serial", "int4"},
    {"serial4", "int4"},     {"bigserial", "int8"}, {"serial8", "int8"},
};

const char *tree_serial_integer(const PgQuery__TypeName *name)
{
    Str plain = tree_name(name->n_names, name->names);
    for (size_t i = 0; i < sizeof serials / sizeof *serials; i++) {
        if (name->n_names == 1 && str_is(plain, serials[i].name))
            return serials[i].type;
    }
    return NULL;
}

static SqlType serial_type(NamePlace place, const PgQuery__TypeName *name, const char *integer)
{
    Compilation *c = place.sql->c;
    SqlType result = {.serial = true};
    result.type.catalog = catalog_type_in(&place.schema->view.catalog->core, str_from(integer));
    if (name->n_array_bounds > 0)
        report(c, M_BAD_IDENTITY, place.fragment->span, "an array of serial is not implemented by PostgreSQL");
    else if (name->n_typmods > 0)
        report(c, M_BAD_MODIFIER, place.fragment->span, "serial types take no modifier");
    return result;
}

static void refuse_pseudo_type(NamePlace place, Type *type)
{
    if (!type_is_pseudo(type))
        return;
    report(place.sql->c, M_PSEUDO_TYPE, place.fragment->span, "a column cannot be of type %.*s",
           STR_ARG(type->catalog->display));
    note(place.sql->c, "it is a pseudo-type, for functions only");
    type->catalog = NULL;
}

/* A collation as SQL. The server's own by name; others cannot be known. */
static void read_collation(NamePlace place, const PgQuery__CollateClause *clause, Type *type)
{
    Compilation *c = place.sql->c;
    Span span = name_span(place, clause->location, place.fragment->sql.len);
    const CatalogType *whole = type_catalog(type);
    if (whole != NULL && !whole->collatable) {
        report(c, M_UNKNOWN_COLLATION, span, "type %.*s has no collation", STR_ARG(whole->display));
        help(c, "only text, varchar, char, name and types built on them are collatable");
    } else {
        resolve_collation(place, clause->n_collname, clause->collname, span);
        type->collation_object = resolve_own_collation(place.schema, clause->n_collname, clause->collname);
    }
    type->collation = tree_qualified_sql(&c->arena, clause->n_collname, clause->collname);
}

SqlType sql_type(Sql *sql, const Schema *schema, const Fragment *fragment)
{
    const PgQuery__Node *statement = tree_statement(sql, column_prefix, fragment, ")");
    if (statement == NULL)
        return (SqlType) {0};
    const PgQuery__CreateStmt *create = statement->create_stmt;
    const PgQuery__ColumnDef *column = create->table_elts[0]->column_def;
    NamePlace place = {.sql = sql, .schema = schema, .fragment = fragment, .prefix = column_prefix};
    if (create->n_table_elts != 1 || column->n_constraints > 0 || column->type_name->setof ||
        column->type_name->pct_type || column->compression[0] != '\0' || column->n_fdwoptions > 0) {
        report(sql->c, M_SQL_SYNTAX, fragment->span, "this is not a type");
        return (SqlType) {0};
    }
    const char *integer = tree_serial_integer(column->type_name);
    SqlType result = integer == NULL ? (SqlType) {.type = resolve_type(place, column->type_name)}
                                     : serial_type(place, column->type_name, integer);
    refuse_pseudo_type(place, &result.type);
    if (column->coll_clause != NULL && result.type.catalog != NULL)
        read_collation(place, column->coll_clause, &result.type);
    return result;
}
