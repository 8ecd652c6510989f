#include "not_null_sql.h"

#include "define.h"
#include "sql_text.h"

static Str quoted(const Schema *schema, Str name)
{
    return catalog_quote(schema->arena, name);
}

/* As it is before the change. */
static NotNull present(const Schema *schema, const SetChange *set)
{
    const Domain *domain = schema_domain(schema, set->object);
    return domain != NULL ? domain->not_null
                          : table_column(schema_relation(schema, set->object), set->part)->not_null;
}

bool not_null_is_altered(const Schema *schema, const SetChange *set)
{
    NotNull before = present(schema, set);
    const NotNull *after = &set->value.not_null;
    return after->comment.data != NULL || (before.holds && after->holds && after->name.data != NULL);
}

static void comment_as(const Schema *schema, ObjectId id, Str name, Str comment, StrList *statements)
{
    const Object *object = schema_object(schema, id);
    statement_add(schema, statements, "COMMENT ON CONSTRAINT %.*s ON %s%.*s IS %.*s", STR_ARG(quoted(schema, name)),
                  object->kind == OBJECT_DOMAIN ? "DOMAIN " : "", STR_ARG(object_sql(schema, object)),
                  STR_ARG(comment.data == NULL ? STR("NULL") : define_literal(schema->arena, comment)));
}

void comment_not_null_sql(const Schema *schema, const SetChange *set, StrList *statements)
{
    comment_as(schema, set->object, present(schema, set).name, set->value.text, statements);
}

/* One thing of it after the other. */
static void alter_not_null(const Schema *schema, const SetChange *set, const NotNull *before, StrList *statements)
{
    const NotNull *after = &set->value.not_null;
    Str head = alter_head(schema, set->object, false), name = quoted(schema, after->name);
    if (!str_equal(before->name, after->name))
        statement_add(schema, statements, "%.*s RENAME CONSTRAINT %.*s TO %.*s", STR_ARG(head),
                      STR_ARG(quoted(schema, before->name)), STR_ARG(name));
    if (before->not_valid && !after->not_valid)
        statement_add(schema, statements, "%.*s VALIDATE CONSTRAINT %.*s", STR_ARG(head), STR_ARG(name));
    if (before->no_inherit != after->no_inherit)
        statement_add(schema, statements, "%.*s ALTER CONSTRAINT %.*s %s", STR_ARG(head), STR_ARG(name),
                      after->no_inherit ? "NO INHERIT" : "INHERIT");
    if (before->not_local && !after->not_local) {
        Str column = table_column(schema_relation(schema, set->object), set->part)->name;
        statement_add(schema, statements, "%.*s ALTER COLUMN %.*s SET NOT NULL", STR_ARG(head),
                      STR_ARG(quoted(schema, column)));
    }
}

/* Where it is the present value that is said it is that of something that was made just now. */
static bool set_alone(const Schema *schema, const SetChange *set, StrList *statements)
{
    NotNull before = present(schema, set);
    const NotNull *after = &set->value.not_null;
    bool alone = before.holds && after->holds && after->name.data != NULL && !not_null_is_same(&before, after);
    if (alone)
        alter_not_null(schema, set, &before, statements);
    return alone;
}

static void add_comment(const Schema *schema, const SetChange *set, StrList *statements)
{
    const NotNull *after = &set->value.not_null;
    if (after->comment.data != NULL)
        comment_as(schema, set->object, after->name, after->comment, statements);
}

void set_not_null_sql(const Schema *schema, const SetChange *set, StrList *statements)
{
    if (set_alone(schema, set, statements))
        return;
    statement_add(schema, statements, "%.*s %.*s", STR_ARG(alter_head(schema, set->object, false)),
                  STR_ARG(column_action(schema, set)));
    add_comment(schema, set, statements);
}

void set_domain_not_null_sql(const Schema *schema, const SetChange *set, StrList *statements)
{
    const NotNull *after = &set->value.not_null;
    Str head = alter_head(schema, set->object, false);
    if (set_alone(schema, set, statements))
        return;
    if (after->name.data != NULL)
        statement_add(schema, statements, "%.*s ADD%.*s", STR_ARG(head), STR_ARG(not_null_clause(schema, after)));
    else
        statement_add(schema, statements, "%.*s %s NOT NULL", STR_ARG(head), after->holds ? "SET" : "DROP");
    add_comment(schema, set, statements);
}
