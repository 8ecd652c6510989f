/* The SQL that sets a property, a row of properties.def each. */
#include "alter_sql.h"
#include "bug.h"
#include "definition_sql.h"
#include "inherit.h"
#include "not_null_sql.h"
#include "sequence.h"
#include "sql_text.h"
#include "view_sql.h"
#include "storage.h"

const char *object_sql_word(ObjectKind kind)
{
    static const char *const words[] = {
        [OBJECT_NAMESPACE] = "SCHEMA", [OBJECT_EXTENSION] = "EXTENSION", [OBJECT_ENUM] = "TYPE",
        [OBJECT_DOMAIN] = "DOMAIN", [OBJECT_COMPOSITE] = "TYPE",
        [OBJECT_SEQUENCE] = "SEQUENCE", [OBJECT_TABLE] = "TABLE", [OBJECT_INDEX] = "INDEX",
        [OBJECT_FOREIGN_TABLE] = "FOREIGN TABLE",
        [OBJECT_VIEW] = "VIEW", [OBJECT_MATERIALIZED_VIEW] = "MATERIALIZED VIEW", [OBJECT_RULE] = "RULE",
        [OBJECT_KIND_COUNT] = NULL,
    };
    return words[kind] != NULL ? words[kind] : definition_sql_word(kind);
}

const char *altered_sql_word(ObjectKind kind)
{
    return kind == OBJECT_FOREIGN_TABLE ? "TABLE" : object_sql_word(kind);
}

typedef struct Setting {
    const Schema *schema;
    const SetChange *set;
    const Object *object;
    StrList *statements;
} Setting;

static Str quoted(const Setting *s, Str name)
{
    return catalog_quote(s->schema->arena, name);
}

static Str qualified_name(const Setting *s)
{
    const Rule *rule = schema_rule(s->schema, s->set->object);
    if (rule != NULL)
        return rule_name_sql(s->schema, rule);
    if (object_is_definition(s->object))
        return definition_identity(s->schema, (const Definition *) s->object);
    return s->object->schema != 0 ? object_sql(s->schema, s->object) : quoted(s, s->object->name);
}

/* "ALTER TABLE name". */
static Str alter(const Setting *s)
{
    Str name = qualified_name(s);
    return str_format(s->schema->arena, "ALTER %s %.*s", altered_sql_word(s->object->kind), STR_ARG(name));
}

static const ColumnInfo *column_of(const Setting *s)
{
    return table_column(schema_relation(s->schema, s->set->object), s->set->part);
}

static const Constraint *constraint_of(const Setting *s)
{
    return object_constraint(s->schema, s->set->object, s->set->part);
}

/* "ALTER TABLE name ALTER COLUMN name". */
static Str alter_column(const Setting *s)
{
    Str head = alter(s), column = quoted(s, column_of(s)->name);
    return str_format(s->schema->arena, "%.*s ALTER COLUMN %.*s", STR_ARG(head), STR_ARG(column));
}

static void say(const Setting *s, Str head, const char *words, Str value)
{
    statement_add(s->schema, s->statements, "%.*s %s%.*s", STR_ARG(head), words, STR_ARG(value));
}

/* ------------------------------------------------------------------ comments */

static Str comment_text(const Setting *s)
{
    Str text = s->set->value.text;
    return text.data == NULL ? STR("NULL") : define_literal(s->schema->arena, text);
}

static void comment_object(const Setting *s)
{
    Str name = qualified_name(s), text = comment_text(s);
    statement_add(s->schema, s->statements, "COMMENT ON %s %.*s IS %.*s", object_sql_word(s->object->kind),
                  STR_ARG(name), STR_ARG(text));
}

static void comment_column(const Setting *s)
{
    Str name = qualified_name(s), column = quoted(s, column_of(s)->name), text = comment_text(s);
    statement_add(s->schema, s->statements, "COMMENT ON COLUMN %.*s.%.*s IS %.*s", STR_ARG(name), STR_ARG(column),
                  STR_ARG(text));
}

static void comment_constraint(const Setting *s)
{
    Str name = qualified_name(s), constraint = quoted(s, constraint_of(s)->name), text = comment_text(s);
    statement_add(s->schema, s->statements, "COMMENT ON CONSTRAINT %.*s ON %s%.*s IS %.*s", STR_ARG(constraint),
                  s->object->kind == OBJECT_DOMAIN ? "DOMAIN " : "", STR_ARG(name), STR_ARG(text));
}

/* On what is the table's own and has a name of its own. */
static void comment_own(const Setting *s, const char *word, Str own)
{
    Str name = qualified_sql(s->schema, s->object->schema, own), text = comment_text(s);
    statement_add(s->schema, s->statements, "COMMENT ON %s %.*s IS %.*s", word, STR_ARG(name), STR_ARG(text));
}

/* ------------------------------------------------------------------ options */

static const StorageOption *find_option(StorageOptions options, Str name)
{
    for (size_t i = 0; i < options.count; i++) {
        if (str_equal(options.items[i].name, name))
            return &options.items[i];
    }
    return NULL;
}

/* What is not among the new ones is reset, the new ones are set. */
static void set_options(const Setting *s, Str head, StorageOptions before)
{
    StorageOptions after = s->set->value.options;
    Text gone = text_new(s->schema->arena);
    for (size_t i = 0; i < before.count; i++) {
        if (find_option(after, before.items[i].name) == NULL)
            text_addf(&gone, "%s%.*s", gone.len == 0 ? "" : ", ", STR_ARG(before.items[i].name));
    }
    if (gone.len > 0)
        statement_add(s->schema, s->statements, "%.*s RESET (%.*s)", STR_ARG(head), STR_ARG(text_str(&gone)));
    Text set = text_new(s->schema->arena);
    for (size_t i = 0; i < after.count; i++) {
        StorageOption option = after.items[i];
        text_addf(&set, "%s%.*s", set.len == 0 ? "" : ", ", STR_ARG(option.name));
        if (option.value.data != NULL)
            text_addf(&set, "=%.*s", STR_ARG(option.value));
    }
    if (set.len > 0)
        statement_add(s->schema, s->statements, "%.*s SET (%.*s)", STR_ARG(head), STR_ARG(text_str(&set)));
}

/* ------------------------------------------------------------------ security labels */

static Str labelled_object(const Setting *s)
{
    return str_format(s->schema->arena, "%s %.*s", object_sql_word(s->object->kind), STR_ARG(qualified_name(s)));
}

static Str labelled_column(const Setting *s)
{
    return str_format(s->schema->arena, "COLUMN %.*s.%.*s", STR_ARG(qualified_name(s)),
                      STR_ARG(quoted(s, column_of(s)->name)));
}

/* data == NULL: none any more. */
static void say_label(const Setting *s, Str subject, Str provider, Str label)
{
    Arena *arena = s->schema->arena;
    Str of = provider.len == 0 ? STR("") : str_format(arena, " FOR %.*s", STR_ARG(define_literal(arena, provider)));
    statement_add(s->schema, s->statements, "SECURITY LABEL%.*s ON %.*s IS %.*s", STR_ARG(of), STR_ARG(subject),
                  STR_ARG(label.data == NULL ? STR("NULL") : define_literal(arena, label)));
}

/* What is different; all, where the present value is said, as of what was just made. */
static void set_labels_of(const Setting *s, Str subject, StorageOptions before)
{
    StorageOptions after = s->set->value.options;
    if (before.items == after.items)
        before = (StorageOptions) {0};
    for (size_t i = 0; i < before.count; i++) {
        if (find_option(after, before.items[i].name) == NULL)
            say_label(s, subject, before.items[i].name, (Str) {0});
    }
    for (size_t i = 0; i < after.count; i++) {
        const StorageOption *old = find_option(before, after.items[i].name);
        if (old == NULL || !str_equal(old->value, after.items[i].value))
            say_label(s, subject, after.items[i].name, after.items[i].value);
    }
}

/* OPTIONS (DROP a, SET b 'c', ADD d 'e'): what is different; all of it, where it is the present value that is said, as
 * of a column that was just made. */
static void set_wrapper_options(const Setting *s, Str head, StorageOptions before)
{
    Arena *arena = s->schema->arena;
    StorageOptions after = s->set->value.options;
    Text text = text_new(arena);
    if (before.items == after.items)
        before = (StorageOptions) {0};
    for (size_t i = 0; i < before.count; i++) {
        if (find_option(after, before.items[i].name) == NULL)
            text_addf(&text, "%sDROP %.*s", text.len == 0 ? "" : ", ", STR_ARG(quoted(s, before.items[i].name)));
    }
    for (size_t i = 0; i < after.count; i++) {
        const StorageOption *old = find_option(before, after.items[i].name);
        if (old != NULL && str_equal(old->value, after.items[i].value))
            continue;
        text_addf(&text, "%s%s %.*s %.*s", text.len == 0 ? "" : ", ", old == NULL ? "ADD" : "SET",
                  STR_ARG(quoted(s, after.items[i].name)), STR_ARG(define_literal(arena, after.items[i].value)));
    }
    if (text.len > 0)
        statement_add(s->schema, s->statements, "%.*s OPTIONS (%.*s)", STR_ARG(head), STR_ARG(text_str(&text)));
}

/* ------------------------------------------------------------------ enums */

static const EnumLabel *label_by_id(LabelList labels, uint32_t id)
{
    for (size_t i = 0; i < labels.count; i++) {
        if (labels.items[i].id == id)
            return &labels.items[i];
    }
    return NULL;
}

static void add_label(const Setting *s, LabelList labels, size_t index)
{
    Arena *arena = s->schema->arena;
    Str name = define_literal(arena, labels.items[index].name);
    Text text = text_new(arena);
    text_addf(&text, "ADD VALUE %.*s", STR_ARG(name));
    if (index + 1 < labels.count && index == 0)
        text_addf(&text, " BEFORE %.*s", STR_ARG(define_literal(arena, labels.items[1].name)));
    else if (index + 1 < labels.count)
        text_addf(&text, " AFTER %.*s", STR_ARG(define_literal(arena, labels.items[index - 1].name)));
    say(s, alter(s), "", text_str(&text));
}

/* Labels that keep their number have been renamed, new numbers added; none can go. */
static void set_labels(const Setting *s)
{
    Arena *arena = s->schema->arena;
    LabelList before = ((const Enum *) s->object)->labels, after = s->set->value.labels;
    for (size_t i = 0; i < after.count; i++) {
        const EnumLabel *old = label_by_id(before, after.items[i].id);
        if (old == NULL) {
            add_label(s, after, i);
        } else if (!str_equal(old->name, after.items[i].name)) {
            Str from = define_literal(arena, old->name), to = define_literal(arena, after.items[i].name);
            Str head = alter(s);
            statement_add(s->schema, s->statements, "%.*s RENAME VALUE %.*s TO %.*s", STR_ARG(head), STR_ARG(from),
                          STR_ARG(to));
        }
    }
}

/* ------------------------------------------------------------------ sequences */

static Str restart_text(const Setting *s)
{
    Restart restart = s->set->restart;
    return restart.wanted ? str_format(s->schema->arena, " RESTART WITH %lld", (long long) restart.value) : STR("");
}

/* Everything is said, so that it does not matter what was before; START is where RESTART goes, not where it is. */
static void say_settings(const Setting *s, Str head, const SequenceSettings *new, Str restart)
{
    statement_add(s->schema, s->statements,
                  "%.*s AS %.*s INCREMENT %lld MINVALUE %lld MAXVALUE %lld START %lld CACHE %lld %s%.*s", STR_ARG(head),
                  STR_ARG(new->type->display), (long long) new->increment, (long long) new->minimum,
                  (long long) new->maximum, (long long) new->start, (long long) new->cache,
                  new->cycle ? "CYCLE" : "NO CYCLE", STR_ARG(restart));
}

/* ALTER SEQUENCE fails while the sequence is outside of its new bounds. */
static void bring_within(const Setting *s, Str name, const SequenceSettings *new)
{
    Restart restart = s->set->restart;
    Str literal = define_literal(s->schema->arena, name);
    if (restart.if_outside)
        statement_add(s->schema, s->statements,
                      "SELECT pg_catalog.setval(%.*s, %lld, false) FROM %.*s "
                      "WHERE last_value NOT BETWEEN %lld AND %lld",
                      STR_ARG(literal), (long long) restart.value, STR_ARG(name), (long long) new->minimum,
                      (long long) new->maximum);
}

static void set_sequence(const Setting *s)
{
    bring_within(s, qualified_name(s), &s->set->value.settings);
    say_settings(s, alter(s), &s->set->value.settings, restart_text(s));
}

static void set_sequence_owner(const Setting *s)
{
    SequenceOwner owner = s->set->value.owner;
    const Table *table = schema_relation(s->schema, owner.table);
    if (table == NULL) {
        say(s, alter(s), "OWNED BY NONE", STR(""));
        return;
    }
    Str head = alter(s), name = object_sql(s->schema, &table->object);
    statement_add(s->schema, s->statements, "%.*s OWNED BY %.*s.%.*s", STR_ARG(head), STR_ARG(name),
                  STR_ARG(quoted(s, table_column(table, owner.column)->name)));
}

/* ------------------------------------------------------------------ tables */

/* The index of that number, or that of the constraint. */
static Str key_name(const Setting *s, uint32_t id)
{
    const Constraint *constraint = table_constraint(schema_relation(s->schema, s->set->object), id);
    return quoted(s, constraint != NULL ? constraint->name : schema_object(s->schema, id)->name);
}

static void set_type_of_table(const Setting *s)
{
    const Object *type = schema_object(s->schema, s->set->value.object);
    if (type == NULL)
        say(s, alter(s), "NOT OF", STR(""));
    else
        say(s, alter(s), "OF ", object_sql(s->schema, type));
}

static void set_cluster(const Setting *s)
{
    uint32_t index = s->set->value.object;
    if (index == 0)
        say(s, alter(s), "SET WITHOUT CLUSTER", STR(""));
    else
        say(s, alter(s), "CLUSTER ON ", key_name(s, index));
}

static void set_replica_identity(const Setting *s)
{
    ReplicaIdentity replica = s->set->value.replica;
    switch (replica.kind) {
    case REPLICA_BY_KEY: say(s, alter(s), "REPLICA IDENTITY DEFAULT", STR("")); break;
    case REPLICA_BY_ROW: say(s, alter(s), "REPLICA IDENTITY FULL", STR("")); break;
    case REPLICA_BY_NOTHING: say(s, alter(s), "REPLICA IDENTITY NOTHING", STR("")); break;
    case REPLICA_BY_INDEX:
        if (replica.key == 0) /* its index was dropped, and nothing identifies rows */
            say(s, alter(s), "REPLICA IDENTITY NOTHING", STR(""));
        else
            say(s, alter(s), "REPLICA IDENTITY USING INDEX ", key_name(s, replica.key));
        break;
    }
}

/* "ALTER INDEX name", of a constraint. */
static Str alter_index(const Setting *s)
{
    Str name = qualified_sql(s->schema, s->object->schema, constraint_of(s)->name);
    return str_format(s->schema->arena, "ALTER INDEX %.*s", STR_ARG(name));
}

static Str or_default(Str text, const char *fallback)
{
    return text.data == NULL ? str_from(fallback) : text;
}

/* What is different; all of it, where it is the present value that is said. */
static void set_key_statistics(const Setting *s)
{
    const KeyStatistics *before = &((const Index *) s->object)->statistics, *after = &s->set->value.statistics;
    bool present = memcmp(before, after, sizeof *after) == 0;
    Str head = alter(s);
    for (size_t i = 0; i < sizeof after->targets / sizeof *after->targets; i++) {
        if (present ? after->targets[i] != 0 : after->targets[i] != before->targets[i])
            statement_add(s->schema, s->statements, "%.*s ALTER COLUMN %zu SET STATISTICS %d", STR_ARG(head), i + 1,
                          after->targets[i] - 1);
    }
}

/* A partitioned table need not have one. */
static void set_method(const Setting *s)
{
    bool partitioned = table_is_partitioned((const Table *) s->object);
    say(s, alter(s), "SET ACCESS METHOD ", or_default(s->set->value.text, partitioned ? "DEFAULT" : "heap"));
}

static Str tablespace_name(const Setting *s)
{
    Str name = s->set->value.text;
    return name.data == NULL ? STR("pg_default") : quoted(s, name);
}

/* ------------------------------------------------------------------ columns and constraints */

static Str alter_sequence_of(const Setting *s, const Identity *identity)
{
    Str name = qualified_sql(s->schema, s->object->schema, identity->sequence);
    return str_format(s->schema->arena, "ALTER SEQUENCE %.*s", STR_ARG(name));
}

/* Behind the statement that makes the sequence, with the type of its column. */
static void set_identity_type(const Setting *s, const Identity *identity)
{
    if (identity->type != NULL)
        say_settings(s, alter_sequence_of(s, identity), &identity->settings, STR(" RESTART"));
}

static void comment_identity(const Setting *s, const Identity *identity)
{
    if (identity->comment.data == NULL)
        return;
    Str name = qualified_sql(s->schema, s->object->schema, identity->sequence);
    Str comment = define_literal(s->schema->arena, identity->comment);
    statement_add(s->schema, s->statements, "COMMENT ON SEQUENCE %.*s IS %.*s", STR_ARG(name), STR_ARG(comment));
}

static void add_identity(const Setting *s, const Identity *identity)
{
    const Table *table = (const Table *) s->object;
    say(s, alter_column(s), "ADD", define_identity(s->schema, table, identity, column_of(s)->type.catalog));
    set_identity_type(s, identity);
    comment_identity(s, identity);
}

/* What of the settings is different now; data == NULL: the type is, too, which only ALTER SEQUENCE can say. */
static Str identity_difference(const Setting *s, const Identity *before, const Identity *after)
{
    Arena *arena = s->schema->arena;
    Str difference = define_sequence_difference(arena, &before->settings, &after->settings);
    if (before->settings.type != after->settings.type)
        return (Str) {0};
    return str_format(arena, "%.*s%.*s", STR_ARG(difference), STR_ARG(restart_text(s)));
}

/* An identity that stays one: its kind, its sequence's settings, and the sequence's name; all of it, where it is the
 * present one that is said. */
static void change_identity(const Setting *s, const Identity *before, const Identity *after)
{
    Arena *arena = s->schema->arena;
    bool renamed = !str_equal(before->sequence, after->sequence);
    Text text = text_new(arena);
    if (after->kind != before->kind)
        text_add_c(&text, after->kind == IDENTITY_ALWAYS ? " SET GENERATED ALWAYS" : " SET GENERATED BY DEFAULT");
    Str difference = identity_difference(s, before, after);
    bring_within(s, qualified_sql(s->schema, s->object->schema, before->sequence), &after->settings);
    text_add(&text, difference);
    if (text.len > 0)
        say(s, alter_column(s), "", str_trim(text_str(&text)));
    else if (!renamed && difference.data != NULL)
        add_identity(s, after);
    if (difference.data == NULL)
        say_settings(s, alter_sequence_of(s, before), &after->settings, restart_text(s));
    if (!renamed)
        return;
    Str from = qualified_sql(s->schema, s->object->schema, before->sequence), to = quoted(s, after->sequence);
    statement_add(s->schema, s->statements, "ALTER SEQUENCE %.*s RENAME TO %.*s", STR_ARG(from), STR_ARG(to));
}

static void set_identity(const Setting *s)
{
    Identity before = column_of(s)->identity, after = s->set->value.identity;
    if (after.kind == IDENTITY_NONE)
        say(s, alter_column(s), "DROP IDENTITY", STR(""));
    else if (before.kind == IDENTITY_NONE)
        add_identity(s, &after);
    else
        change_identity(s, &before, &after);
}

static void set_timing(const Setting *s)
{
    static const char *const words[] = {"NOT DEFERRABLE", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED"};
    Str head = alter(s), name = quoted(s, constraint_of(s)->name);
    statement_add(s->schema, s->statements, "%.*s ALTER CONSTRAINT %.*s %s", STR_ARG(head), STR_ARG(name),
                  words[s->set->value.timing]);
}

static void set_enforcement(const Setting *s)
{
    Str head = alter(s), name = quoted(s, constraint_of(s)->name);
    statement_add(s->schema, s->statements, "%.*s ALTER CONSTRAINT %.*s %s", STR_ARG(head), STR_ARG(name),
                  s->set->value.flag ? "NOT ENFORCED" : "ENFORCED");
}

/* Not where it came back with the right one. */
static void rename_part(const Setting *s, const char *words, Str name)
{
    if (str_equal(name, s->set->value.text))
        return;
    Str head = alter(s), to = quoted(s, s->set->value.text);
    statement_add(s->schema, s->statements, "%.*s RENAME %s %.*s TO %.*s", STR_ARG(head), words,
                  STR_ARG(quoted(s, name)), STR_ARG(to));
}

/* Constraints of a typed table the server does not rename, but by way of their index (renameatt_check() in
 * src/backend/commands/tablecmds.c). */
static void rename_constraint(const Setting *s)
{
    const Constraint *constraint = constraint_of(s);
    const Table *table = object_is_relation(s->object) ? (const Table *) s->object : NULL;
    if (table != NULL && table->of != 0 && constraint_has_index(constraint))
        say(s, alter_index(s), "RENAME TO ", quoted(s, s->set->value.text));
    else
        rename_part(s, "CONSTRAINT", constraint->name);
}

/* It has the trigger's name when that is made. */
static void name_trigger_constraint(const Setting *s)
{
    const Definition *trigger = (const Definition *) s->object;
    Str table = object_sql(s->schema, schema_object(s->schema, trigger->of)), name = quoted(s, s->object->name);
    statement_add(s->schema, s->statements, "ALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s", STR_ARG(table),
                  STR_ARG(name), STR_ARG(quoted(s, s->set->value.text)));
}

static Str namespace_sql(const Setting *s, ObjectId namespace)
{
    return quoted(s, schema_object(s->schema, namespace)->name);
}

static Str number_text(const Setting *s, int32_t number)
{
    return str_format(s->schema->arena, "%d", (int) number);
}

/* "ALTER INDEX whole ATTACH PARTITION part". */
/* That of a constraint has its name, and is where its table is. */
static Str key_sql(const Setting *s, Part key)
{
    const Object *object = schema_object(s->schema, key.object);
    if (key.kind == PART_WHOLE)
        return object_sql(s->schema, object);
    return qualified_sql(s->schema, object->schema, object_constraint(s->schema, key.object, key.id)->name);
}

static void attach_index(const Setting *s, PartKind kind)
{
    Part whole = key_part(s->schema, s->set->object, s->set->value.object);
    Part part = {s->set->object, kind, kind == PART_WHOLE ? 0 : s->set->part};
    statement_add(s->schema, s->statements, "ALTER INDEX %.*s ATTACH PARTITION %.*s", STR_ARG(key_sql(s, whole)),
                  STR_ARG(key_sql(s, part)));
}

void set_sql(const Schema *schema, const SetChange *set, StrList *statements)
{ /* a table */
    Setting setting = {schema, set, schema_object(schema, set->object), statements}, *s = &setting;
    const PropertyValue *v = &set->value;
    switch (set->property) {
    case PROPERTY_NAME: say(s, alter(s), "RENAME TO ", quoted(s, v->text)); break;
    case PROPERTY_NAMESPACE: say(s, alter(s), "SET SCHEMA ", namespace_sql(s, v->object)); break;
    case PROPERTY_OWNER: say(s, alter(s), "OWNER TO ", or_default(v->text, "CURRENT_USER")); break;
    case PROPERTY_COMMENT: comment_object(s); break;
    case PROPERTY_EXTENSION_VERSION:
        if (v->text.data == NULL)
            say(s, alter(s), "UPDATE", STR(""));
        else
            say(s, alter(s), "UPDATE TO ", define_literal(schema->arena, v->text));
        break;
    case PROPERTY_EXTENSION_HOME: say(s, alter(s), "SET SCHEMA ", namespace_sql(s, v->object)); break;
    case PROPERTY_PRIVILEGES: set_privileges_sql(schema, s->object, v->privileges, statements); break;
    case PROPERTY_COLUMN_PRIVILEGES:
        set_column_privileges_sql(schema, schema_relation(schema, set->object), set->part, v->privileges, statements);
        break;
    case PROPERTY_ATTRIBUTES:
        set_attributes_sql(schema, (const Definition *) s->object, ((const Definition *) s->object)->attributes,
                           v->attributes, statements);
        break;
    case PROPERTY_LABELS: set_labels(s); break;
    case PROPERTY_SEQUENCE_SETTINGS: set_sequence(s); break;
    case PROPERTY_SEQUENCE_OWNER: set_sequence_owner(s); break;
    case PROPERTY_SEQUENCE_UNLOGGED:
    case PROPERTY_PERSISTENCE: say(s, alter(s), v->flag ? "SET UNLOGGED" : "SET LOGGED", STR("")); break;
    case PROPERTY_TRIGGER_CONSTRAINT: name_trigger_constraint(s); break;
    case PROPERTY_NO_DATA: refresh_sql(schema, (const Table *) s->object, v->flag, statements); break;
    case PROPERTY_TABLE_OPTIONS: set_options(s, alter(s), ((const Table *) s->object)->options); break;
    case PROPERTY_ROW_SECURITY:
        say(s, alter(s), v->flag ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY", STR(""));
        break;
    case PROPERTY_FORCE_ROW_SECURITY:
        say(s, alter(s), v->flag ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY", STR(""));
        break;
    case PROPERTY_RULE_FIRING:
        rule_firing_sql(schema, (const Rule *) s->object, v->firing, statements);
        break;
    case PROPERTY_TABLE_OF: set_type_of_table(s); break;
    case PROPERTY_CLUSTER: set_cluster(s); break;
    case PROPERTY_REPLICA_IDENTITY: set_replica_identity(s); break;
    case PROPERTY_ACCESS_METHOD: set_method(s); break;
    case PROPERTY_TABLE_TABLESPACE:
    case PROPERTY_INDEX_TABLESPACE: say(s, alter(s), "SET TABLESPACE ", tablespace_name(s)); break;
    case PROPERTY_INDEX_OPTIONS: set_options(s, alter(s), ((const Index *) s->object)->options); break;
    case PROPERTY_DOMAIN_DEFAULT: say(s, alter(s), "", default_action(schema, set)); break;
    case PROPERTY_DOMAIN_NOT_NULL: set_domain_not_null_sql(schema, set, statements); break;
    case PROPERTY_DOMAIN_NOT_NULL_COMMENT:
    case PROPERTY_NOT_NULL_COMMENT: comment_not_null_sql(schema, set, statements); break;
    case PROPERTY_COLUMN_NAME:
        rename_part(s, s->object->kind == OBJECT_COMPOSITE ? "ATTRIBUTE" : "COLUMN", column_of(s)->name);
        break;
    case PROPERTY_COLUMN_DEFAULT: say(s, alter(s), "", column_action(schema, set)); break;
    case PROPERTY_COLUMN_NOT_NULL: set_not_null_sql(schema, set, statements); break;
    case PROPERTY_COLUMN_IDENTITY: set_identity(s); break;
    case PROPERTY_INDEX_STATISTICS: set_key_statistics(s); break;
    case PROPERTY_COLUMN_STATISTICS: say(s, alter_column(s), "SET STATISTICS ", number_text(s, v->number - 1)); break;
    case PROPERTY_COLUMN_STORAGE:
        say(s, alter_column(s), "SET STORAGE ", or_default(v->text, type_storage(s->schema, &column_of(s)->type)));
        break;
    case PROPERTY_COLUMN_COMPRESSION:
        say(s, alter_column(s), "SET COMPRESSION ", or_default(v->text, "default"));
        break;
    case PROPERTY_COLUMN_OPTIONS: set_options(s, alter_column(s), column_of(s)->options); break;
    case PROPERTY_WRAPPER_OPTIONS:
        set_wrapper_options(s, alter(s), ((const Table *) s->object)->wrapper_options);
        break;
    case PROPERTY_COLUMN_WRAPPER_OPTIONS:
        set_wrapper_options(s, alter_column(s), column_of(s)->wrapper_options);
        break;
    case PROPERTY_COLUMN_COMMENT: comment_column(s); break;
    case PROPERTY_SECURITY_LABELS: set_labels_of(s, labelled_object(s), s->object->security); break;
    case PROPERTY_COLUMN_SECURITY_LABELS: set_labels_of(s, labelled_column(s), column_of(s)->security); break;
    case PROPERTY_CONSTRAINT_NAME: rename_constraint(s); break;
    case PROPERTY_CONSTRAINT_VALIDITY:
        say(s, alter(s), "VALIDATE CONSTRAINT ", quoted(s, constraint_of(s)->name));
        break;
    case PROPERTY_CONSTRAINT_TIMING: set_timing(s); break;
    case PROPERTY_CONSTRAINT_ENFORCEMENT: set_enforcement(s); break;
    case PROPERTY_CONSTRAINT_OPTIONS: set_options(s, alter_index(s), constraint_of(s)->options); break;
    case PROPERTY_CONSTRAINT_TABLESPACE: say(s, alter_index(s), "SET TABLESPACE ", tablespace_name(s)); break;
    case PROPERTY_CONSTRAINT_COMMENT: comment_constraint(s); break;
    case PROPERTY_CONSTRAINT_INDEX_COMMENT: comment_own(s, "INDEX", constraint_of(s)->name); break;
    case PROPERTY_IDENTITY_TYPE: set_identity_type(s, &column_of(s)->identity); break;
    case PROPERTY_IDENTITY_COMMENT: comment_own(s, "SEQUENCE", column_of(s)->identity.sequence); break;
    case PROPERTY_INDEX_PARENT: attach_index(s, PART_WHOLE); break;
    case PROPERTY_CONSTRAINT_PARENT: attach_index(s, PART_CONSTRAINT); break;
    case PROPERTY_COLUMN_INHERITED:
    case PROPERTY_COLUMN_NOT_LOCAL:
    case PROPERTY_CONSTRAINT_INHERITED:
    case PROPERTY_CONSTRAINT_NOT_LOCAL:
    case PROPERTY_CONSTRAINT_INCOMPLETE:
    case PROPERTY_INDEX_INCOMPLETE: BUG("property %d has no SQL of its own", (int) set->property);
    case PROPERTY_COUNT: BUG("no property");
    }
}
