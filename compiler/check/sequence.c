/* Sequences, those of identity columns too. */
#include "checker.h"

/* What a name of a sequence means: one of its own, or the sequence of an identity column. */
typedef struct Target {
    ObjectId sequence;
    ObjectId table;      /* of an identity column; 0: a sequence of its own */
    ColumnId column;
} Target;

/* ------------------------------------------------------------------ finding */

static const ColumnInfo *identity_named(const Table *table, Str sequence)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (identity_has_sequence(&column->identity) && str_equal(column->identity.sequence, sequence))
            return column;
    }
    return NULL;
}

static void report_no_sequence(Checker *k, const Object *object, Word name)
{
    report(k->c, M_WRONG_KIND, name.span, "\"%.*s\" is not a sequence", STR_ARG(name.name));
    if (str_equal(object->name, name.name))
        label(k->c, object->created, "%s created here", object_word(object->kind));
    else
        note(k->c, "the name belongs to a key of table \"%.*s\"", STR_ARG(object->name));
}

/* False: reported. */
static bool find_target(Checker *k, const Ref *ref, Target *target)
{
    ObjectId namespace = find_place(k, NAMES_RELATION, ref);
    if (namespace == 0)
        return false;
    const Object *object =
        schema_object(&k->schema, schema_find(&k->schema, NAMES_RELATION, namespace, ref->name.name));
    const ColumnInfo *column =
        object_is_relation(object) ? identity_named((const Table *) object, ref->name.name) : NULL;
    if (object == NULL)
        report_unknown(k, M_UNKNOWN_SEQUENCE, OBJECT_SEQUENCE, namespace, ref->name);
    else if (object->kind != OBJECT_SEQUENCE && column == NULL)
        report_no_sequence(k, object, ref->name);
    else if (column != NULL)
        *target = (Target) {.table = object->id, .column = column->id};
    else
        *target = (Target) {.sequence = object->id};
    return target->sequence != 0 || target->table != 0;
}

const Object *find_sequence(Checker *k, const Ref *ref)
{
    Target target = {0};
    if (!find_target(k, ref, &target))
        return NULL;
    if (target.sequence != 0)
        return schema_object(&k->schema, target.sequence);
    const Table *table = schema_relation(&k->schema, target.table);
    report(k->c, M_STILL_USED, ref->span, "sequence \"%.*s\" cannot be dropped: it is an identity column's",
           STR_ARG(ref->name.name));
    label(k->c, table_column(table, target.column)->created, "the column");
    help(k->c, "`drop identity` of the column takes it along");
    return NULL;
}

/* ------------------------------------------------------------------ owners */

static bool refuse_owner(Checker *k, Span span, const char *why, Span other, const char *what)
{
    report(k->c, M_BAD_SEQUENCE, span, "%s", why);
    label(k->c, other, "%s", what);
    return false;
}

/* Who ran the migration that made something, or gave it to CURRENT_USER, only the server knows. */
static bool is_known_role(Str owner)
{
    return owner.data != NULL && !str_is(owner, "current_user") && !str_is(owner, "session_user") &&
           !str_is(owner, "current_role");
}

static bool owners_differ(Str a, Str b)
{
    return is_known_role(a) && is_known_role(b) && !str_equal(a, b);
}

/* Checked as process_owned_by() of src/backend/commands/sequence.c does. False: reported. */
static bool read_owner(Checker *k, const Object *sequence, const SqlSequence *read, SequenceOwner *owner)
{
    Span span = read->owner_span;
    *owner = (SequenceOwner) {0};
    if (read->owner_table.len == 0)
        return true;
    Ref ref = {.name = {read->owner_table, span}, .span = span};
    if (read->owner_schema.len > 0)
        ref.schema = (Word) {read->owner_schema, span};
    const Table *table = find_table(k, &ref);
    const ColumnInfo *column = table == NULL ? NULL : find_column(k, table, (Word) {read->owner_column, span});
    if (column == NULL)
        return false;
    if (table->object.schema != sequence->schema)
        return refuse_owner(k, span, "a sequence and the table that owns it live in one schema", table->object.created,
                            "the table");
    if (owners_differ(table->object.owner, sequence->owner))
        return refuse_owner(k, span, "a sequence and the table that owns it have one owner", table->object.created,
                            "the table");
    *owner = (SequenceOwner) {table->object.id, column->id};
    return true;
}

/* ------------------------------------------------------------------ create */

static void restart(Checker *k, Span span, const Target *target, Restart restart)
{
    RestartChange change = {.object = target->table != 0 ? target->table : target->sequence, .column = target->column,
                            .restart = restart};
    checker_change(k, (Change) {.kind = CHANGE_RESTART, .span = span, .restart = change});
}

static bool read_new(Checker *k, const NodeCreateSequence *node, SqlSequence *read)
{
    SequenceSettings usual = sequence_defaults(catalog_type_in(&k->catalog->core, STR("int8")));
    *read = (SqlSequence) {.settings = usual};
    if (!span_is_known(node->options))
        return true;
    Fragment options = fragment_of(k, node->options);
    return sql_sequence(&k->sql, SEQUENCE_NEW, usual, &options, read);
}

/* A sequence is made only where no type has its name, though it may be renamed to that of one
 * (heap_create_with_catalog in src/backend/catalog/heap.c). */
static bool check_new_sequence_name(Checker *k, ObjectId namespace, Word name)
{
    return check_relation_is_free(k, namespace, name) && check_type_is_free(k, namespace, name);
}

void check_create_sequence(Checker *k, const NodeCreateSequence *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    SqlSequence read;
    Sequence *sequence = arena_new(CHECKER_ARENA(k), Sequence);
    sequence->object = new_object(k, OBJECT_SEQUENCE, namespace, name);
    sequence->unlogged = span_is_known(node->unlogged);
    bool fine = namespace != 0 && check_new_name(k, name) &&
                check_new_sequence_name(k, namespace, name) && read_new(k, node, &read) &&
                (!sequence->unlogged || check_server(k, 15, node->unlogged, "an unlogged sequence"));
    if (fine && read.owned)
        fine = read_owner(k, &sequence->object, &read, &sequence->owner);
    if (!fine) {
        silence(k, "sequence", namespace, name.name);
        return;
    }
    sequence->settings = read.settings;
    sequence->object.id = schema_new_id(&k->schema);
    checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&sequence->object}});
    if (read.restart.wanted && read.restart.value != read.settings.start)
        restart(k, node->node.span, &(Target) {.sequence = sequence->object.id}, read.restart);
}

/* ------------------------------------------------------------------ alter: sequences of their own */

static void set_options(Checker *k, const Target *target, const NodeSetSequence *node)
{
    const Sequence *sequence = schema_sequence(&k->schema, target->sequence);
    Fragment options = fragment_of(k, node->options);
    SqlSequence read = {0};
    SequenceOwner owner = sequence->owner;
    Span span = node->node.span;
    if (!sql_sequence(&k->sql, SEQUENCE_ALTERED, sequence->settings, &options, &read) ||
        (read.owned && !read_owner(k, &sequence->object, &read, &owner)))
        return;
    SetChange set = {.object = target->sequence, .property = PROPERTY_SEQUENCE_SETTINGS, .restart = read.restart};
    set.value.settings = read.settings;
    if (!sequence_settings_equal(&sequence->settings, &read.settings))
        checker_change(k, (Change) {.kind = CHANGE_SET, .span = span, .set = set});
    else if (read.restart.wanted)
        restart(k, span, target, read.restart);
    if (read.owned && (owner.table != sequence->owner.table || owner.column != sequence->owner.column))
        checker_set(k, span, target->sequence, PROPERTY_SEQUENCE_OWNER, 0, (PropertyValue) {.owner = owner});
}

static void set_persistence(Checker *k, const Target *target, const NodeSetPersistence *node)
{
    bool unlogged = span_is_known(node->unlogged);
    if (!check_server(k, 15, node->node.span, "a sequence of its own persistence"))
        return;
    PropertyValue value = {.flag = unlogged};
    checker_set(k, node->node.span, target->sequence, PROPERTY_SEQUENCE_UNLOGGED, 0, value);
}

/* That a column's sequence is given to whom it belongs anyway, as far as that is known. */
static bool stays_owner(Checker *k, const Target *target, const Node *action)
{
    const Sequence *sequence = schema_sequence(&k->schema, target->sequence);
    if (action->kind != NODE_SET_OWNER || sequence->owner.table == 0)
        return false;
    Str old = sequence->object.owner, new = role_sql(k, ((const NodeSetOwner *) action)->owner);
    return is_known_role(new) ? str_equal(new, old) : !is_known_role(old);
}

/* A sequence that a column owns stays with its table, and with the table's owner. */
static bool check_not_owned(Checker *k, const Target *target, const Node *action)
{
    const Sequence *sequence = schema_sequence(&k->schema, target->sequence);
    bool moves = action->kind == NODE_SET_SCHEMA || action->kind == NODE_SET_OWNER;
    if (!moves || sequence->owner.table == 0)
        return true;
    const Table *table = schema_relation(&k->schema, sequence->owner.table);
    report(k->c, M_BAD_SEQUENCE, action->span, "a column of table \"%.*s\" owns the sequence, which goes with it",
           STR_ARG(table->object.name));
    label(k->c, table_column(table, sequence->owner.column)->created, "the column");
    help(k->c, "alter the table instead, or first say `owned by none`");
    return false;
}

static void alter_sequence(Checker *k, const Target *target, const Node *action)
{
    if (action->kind == NODE_SET_SEQUENCE)
        set_options(k, target, (const NodeSetSequence *) action);
    else if (action->kind == NODE_SET_PERSISTENCE)
        set_persistence(k, target, (const NodeSetPersistence *) action);
    else if (!stays_owner(k, target, action) && check_not_owned(k, target, action) &&
             !check_object_action(k, target->sequence, action))
        report_not_yet(k, action->span);
}

/* ------------------------------------------------------------------ alter: sequences of identity columns */

static void set_identity(Checker *k, Span span, const Target *target, Identity identity, Restart restart)
{
    SetChange set = {.object = target->table, .property = PROPERTY_COLUMN_IDENTITY, .part = target->column,
                     .restart = restart};
    set.value.identity = identity;
    checker_change(k, (Change) {.kind = CHANGE_SET, .span = span, .set = set});
}

/* Their owner is the column. */
static void set_identity_options(Checker *k, const Target *target, const NodeSetSequence *node)
{
    const ColumnInfo *column = table_column(schema_relation(&k->schema, target->table), target->column);
    Identity identity = column->identity;
    Fragment options = fragment_of(k, node->options);
    SqlSequence read = {0};
    if (!sql_sequence(&k->sql, SEQUENCE_ALTERED, identity.settings, &options, &read))
        return;
    if (read.owned) {
        report(k->c, M_BAD_SEQUENCE, node->node.span, "the sequence of an identity column is owned by that column");
        return;
    }
    bool same = sequence_settings_equal(&identity.settings, &read.settings);
    identity.settings = read.settings;
    identity.type = read.settings.type == column->type.catalog ? NULL : read.settings.type;
    if (!same)
        set_identity(k, node->node.span, target, identity, read.restart);
    else if (read.restart.wanted)
        restart(k, node->node.span, target, read.restart);
}

static void rename_identity(Checker *k, const Target *target, const NodeRename *node)
{
    const Table *table = schema_relation(&k->schema, target->table);
    Identity identity = table_column(table, target->column)->identity;
    if (!check_new_name(k, node->to) || !check_relation_is_free(k, table->object.schema, node->to))
        return;
    identity.sequence = node->to.name;
    set_identity(k, node->node.span, target, identity, (Restart) {0});
}

static void alter_identity(Checker *k, const Target *target, const Node *action)
{
    const Table *table = schema_relation(&k->schema, target->table);
    if (action->kind == NODE_SET_SEQUENCE) {
        set_identity_options(k, target, (const NodeSetSequence *) action);
    } else if (action->kind == NODE_RENAME) {
        rename_identity(k, target, (const NodeRename *) action);
    } else {
        report(k->c, M_BAD_SEQUENCE, action->span, "the sequence of an identity column goes with its table");
        label(k->c, table_column(table, target->column)->created, "the column");
    }
}

void check_alter_sequence(Checker *k, const NodeAlterSequence *node)
{
    Target target = {0};
    if (!find_target(k, &node->name, &target))
        return;
    for (size_t i = 0; i < node->actions.count; i++) {
        if (target.sequence != 0)
            alter_sequence(k, &target, node->actions.items[i]);
        else
            alter_identity(k, &target, node->actions.items[i]);
    }
}
