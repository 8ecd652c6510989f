/* Properties' values as text, for people and for comparing. */
#include "bug.h"
#include "definition.h"
#include "inherit.h"
#include "not_null.h"
#include "privilege.h"
#include "property.h"
#include "sequence.h"

static Str yes_or_no(bool flag)
{
    return flag ? STR("yes") : STR("no");
}

static Str owner_text(const Schema *schema, SequenceOwner owner)
{
    const Table *table = schema_relation(schema, owner.table);
    if (table == NULL)
        return STR("none");
    return str_format(schema->arena, "%.*s.%.*s", STR_ARG(object_sql(schema, &table->object)),
                      STR_ARG(table_column(table, owner.column)->name));
}

static Str key_text(const Schema *schema, ObjectId table, uint32_t key)
{
    const Constraint *constraint = table_constraint(schema_relation(schema, table), key);
    const Object *index = schema_object(schema, key);
    return constraint != NULL ? constraint->name : index != NULL ? index->name : STR("none");
}

/* What a partition's index or constraint is a part of. */
static Str parent_text(const Schema *schema, ObjectId object, uint32_t parent)
{
    const Object *whole = schema_object(schema, parent);
    Part part = parent == 0 ? (Part) {0} : key_part(schema, object, parent);
    if (part.kind == PART_CONSTRAINT)
        return table_constraint(schema_relation(schema, part.object), parent)->name;
    return whole == NULL ? STR("none") : whole->name;
}

static Str key_statistics_text(const Schema *schema, const KeyStatistics *statistics)
{
    Text text = text_new(schema->arena);
    for (size_t i = 0; i < sizeof statistics->targets / sizeof *statistics->targets; i++) {
        if (statistics->targets[i] != 0)
            text_addf(&text, "%s%zu: %d", text.len == 0 ? "" : ", ", i + 1, statistics->targets[i] - 1);
    }
    return text.len == 0 ? STR("default") : text_str(&text);
}

static Str labels_text(Arena *arena, StorageOptions labels)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < labels.count; i++)
        text_addf(&text, "%s%.*s %.*s", i == 0 ? "" : ", ", STR_ARG(labels.items[i].name),
                  STR_ARG(define_literal(arena, labels.items[i].value)));
    return labels.count == 0 ? STR("none") : text_str(&text);
}

Str define_value(const Schema *schema, ObjectId id, Property property, const PropertyValue *value)
{ /* a table */
    static const char *const timings[] = {"not deferrable", "deferrable", "initially deferred"};
    static const char *const firings[] = {"by default", "never", "on replicas", "always"};
    static const char *const replicas[] = {"default", "full", "nothing"};
    const Table *table = schema_relation(schema, id);
    const Object *object;
    switch (property) {
    case PROPERTY_NAME:
    case PROPERTY_OWNER:
    case PROPERTY_EXTENSION_VERSION:
    case PROPERTY_ACCESS_METHOD:
    case PROPERTY_TABLE_TABLESPACE:
    case PROPERTY_INDEX_TABLESPACE:
    case PROPERTY_COLUMN_NAME:
    case PROPERTY_COLUMN_STORAGE:
    case PROPERTY_COLUMN_COMPRESSION:
    case PROPERTY_CONSTRAINT_TABLESPACE:
    case PROPERTY_TRIGGER_CONSTRAINT:
    case PROPERTY_CONSTRAINT_NAME: return value->text.data == NULL ? STR("none") : value->text;
    case PROPERTY_COMMENT:
    case PROPERTY_COLUMN_COMMENT:
    case PROPERTY_IDENTITY_COMMENT:
    case PROPERTY_NOT_NULL_COMMENT:
    case PROPERTY_DOMAIN_NOT_NULL_COMMENT:
    case PROPERTY_CONSTRAINT_INDEX_COMMENT:
    case PROPERTY_CONSTRAINT_COMMENT:
        return value->text.data == NULL ? STR("none") : define_literal(schema->arena, value->text);
    case PROPERTY_NAMESPACE:
    case PROPERTY_TABLE_OF:
    case PROPERTY_EXTENSION_HOME:
        object = schema_object(schema, value->object);
        return object == NULL ? STR("none") : object->name;
    case PROPERTY_SEQUENCE_UNLOGGED:
    case PROPERTY_PERSISTENCE:
    case PROPERTY_NO_DATA:
    case PROPERTY_ROW_SECURITY:
    case PROPERTY_FORCE_ROW_SECURITY:
    case PROPERTY_COLUMN_NOT_LOCAL:
    case PROPERTY_CONSTRAINT_NOT_LOCAL:
    case PROPERTY_CONSTRAINT_INCOMPLETE:
    case PROPERTY_INDEX_INCOMPLETE:
    case PROPERTY_CONSTRAINT_ENFORCEMENT:
    case PROPERTY_CONSTRAINT_VALIDITY: return yes_or_no(value->flag);
    case PROPERTY_DOMAIN_NOT_NULL:
    case PROPERTY_COLUMN_NOT_NULL:
        return value->not_null.name.data == NULL ? yes_or_no(value->not_null.holds)
                                                 : str_trim(not_null_clause(schema, &value->not_null));
    case PROPERTY_LABELS: return define_labels(schema->arena, value->labels);
    case PROPERTY_SEQUENCE_SETTINGS: return define_sequence_settings(schema->arena, &value->settings);
    case PROPERTY_SEQUENCE_OWNER: return owner_text(schema, value->owner);
    case PROPERTY_TABLE_OPTIONS:
    case PROPERTY_INDEX_OPTIONS:
    case PROPERTY_CONSTRAINT_OPTIONS:
    case PROPERTY_COLUMN_OPTIONS: return str_trim(define_options(schema, value->options));
    case PROPERTY_WRAPPER_OPTIONS:
    case PROPERTY_COLUMN_WRAPPER_OPTIONS: return str_trim(define_wrapper_options(schema, value->options));
    case PROPERTY_SECURITY_LABELS:
    case PROPERTY_COLUMN_SECURITY_LABELS: return labels_text(schema->arena, value->options);
    case PROPERTY_RULE_FIRING: return str_from(firings[value->firing]);
    case PROPERTY_CLUSTER: return key_text(schema, id, value->object);
    case PROPERTY_REPLICA_IDENTITY:
        return value->replica.kind == REPLICA_BY_INDEX ? key_text(schema, id, value->replica.key)
                                                       : str_from(replicas[value->replica.kind]);
    case PROPERTY_PRIVILEGES:
    case PROPERTY_COLUMN_PRIVILEGES: return privileges_text(schema->arena, value->privileges);
    case PROPERTY_ATTRIBUTES:
        return str_trim(define_clauses(schema, schema_object(schema, id), value->attributes, DEFINE_SQL));
    case PROPERTY_DOMAIN_DEFAULT:
    case PROPERTY_COLUMN_DEFAULT:
        return value->expression == NULL ? STR("none")
                                         : define_expression(schema, table, value->expression, DEFINE_SQL);
    case PROPERTY_COLUMN_IDENTITY:
        return value->identity.kind == IDENTITY_NONE ? STR("none")
                                                     : str_trim(define_identity(schema, table, &value->identity));
    case PROPERTY_INDEX_STATISTICS: return key_statistics_text(schema, &value->statistics);
    case PROPERTY_COLUMN_STATISTICS:
        return value->number == 0 ? STR("default") : str_format(schema->arena, "%d", (int) value->number - 1);
    case PROPERTY_CONSTRAINT_TIMING: return str_from(timings[value->timing]);
    case PROPERTY_COLUMN_INHERITED:
    case PROPERTY_CONSTRAINT_INHERITED: return str_format(schema->arena, "%d", (int) value->number);
    case PROPERTY_CONSTRAINT_PARENT:
    case PROPERTY_INDEX_PARENT: return parent_text(schema, id, value->object);
    case PROPERTY_COUNT: break;
    }
    BUG("property %d", (int) property);
}

/* ------------------------------------------------------------------ attributes */

Str define_attributes(const Schema *schema, ObjectId object, uint32_t part, bool constraint)
{
    Text text = text_new(schema->arena);
    const Object *holder = schema_object(schema, object);
    for (Property property = 0; property < PROPERTY_COUNT; property++) {
        bool wanted = part == 0 ? property_is_of_object(property, holder->kind)
                                : constraint ? property_is_of_constraint(property) : property_is_of_column(property);
        bool shown = property_is_separate(property) || property_is_along(property);
        if (!wanted || !shown || !property_is_set(schema, object, property, part))
            continue;
        PropertyValue value = property_value(schema, object, property, part);
        text_addf(&text, " %s %.*s", property_name(property), STR_ARG(define_value(schema, object, property, &value)));
    }
    return text_str(&text);
}
