/* Extensions, sequences; `drop` and `comment on` of everything that the tree knows. */
#include "lower.h"

/* ------------------------------------------------------------------ extensions */

/* A version is a string or a word. */
static Literal take_version(Lower *l, Cursor *at, const PgQuery__Node *value)
{
    Str text = value == NULL ? STR("") : str_copy(l->arena, str_from(value->string->sval));
    Span string = cursor_string(at);
    return (Literal) {text, string.start < string.end ? string : cursor_next(at)};
}

/* `create [or replace] language` means `create extension [if not exists]` to PostgreSQL, too. */
Node *lower_create_extension(Lower *l, Cursor at, const PgQuery__CreateExtensionStmt *create)
{
    NodeCreateExtension *n = lower_node(l, CREATE_EXTENSION, CreateExtension, l->statement);
    bool language = !cursor_take(&at, "create extension");
    if (language) {
        cursor_seek(&at, "language");
        cursor_next(&at);
    } else if (create->if_not_exists) {
        cursor_take(&at, "if not exists");
    }
    n->name = cursor_word(&at);
    cursor_take(&at, "with");
    for (size_t i = 0; i < create->n_options; i++) {
        if (cursor_take(&at, "schema"))
            n->schema = cursor_word(&at);
        else if (cursor_take(&at, "version"))
            n->version = take_version(l, &at, create->options[i]->def_elem->arg);
        else
            n->cascade = cursor_take_span(&at, "cascade");
    }
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}

Node *lower_alter_extension(Lower *l, Cursor at, const PgQuery__AlterExtensionStmt *alter)
{
    NodeAlterExtension *n = lower_node(l, ALTER_EXTENSION, AlterExtension, l->statement);
    cursor_take(&at, "alter extension");
    n->name = cursor_word(&at);
    NodeUpdateExtension *update = lower_node(l, UPDATE_EXTENSION, UpdateExtension, cursor_span(at));
    cursor_take(&at, "update");
    if (cursor_take(&at, "to"))
        update->version = take_version(l, &at, alter->n_options == 0 ? NULL : alter->options[0]->def_elem->arg);
    n->actions = lower_one(l, &update->node);
    return &n->node;
}

/* ------------------------------------------------------------------ sequences */

Node *lower_create_sequence(Lower *l, Cursor at, const PgQuery__CreateSeqStmt *create)
{
    NodeCreateSequence *n = lower_node(l, CREATE_SEQUENCE, CreateSequence, l->statement);
    n->unlogged = cursor_find(cursor_before(&at, "sequence"), "unlogged");
    cursor_take(&at, "sequence");
    if (create->if_not_exists)
        cursor_take(&at, "if not exists");
    n->name = cursor_ref(&at);
    if (!cursor_is_empty(at))
        n->options = cursor_span(at);
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}

Node *lower_alter_sequence(Lower *l, Cursor at, const PgQuery__AlterSeqStmt *alter)
{
    NodeAlterSequence *n = lower_node(l, ALTER_SEQUENCE, AlterSequence, l->statement);
    cursor_take(&at, "alter sequence");
    if (alter->missing_ok)
        cursor_take(&at, "if exists");
    n->name = cursor_ref(&at);
    NodeSetSequence *set = lower_node(l, SET_SEQUENCE, SetSequence, cursor_span(at));
    set->options = cursor_span(at);
    n->actions = lower_one(l, &set->node);
    return lower_if_exists(l, alter->missing_ok, &n->node);
}

/* ------------------------------------------------------------------ the kinds of objects */

/* False: the tree has no word for the kind. */
static bool object_word_of(PgQuery__ObjectType type, ObjectWord *word)
{
    static const struct {
        PgQuery__ObjectType type;
        ObjectWord word;
    } words[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, WORD_SCHEMA},       {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, WORD_TABLE},
        {PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, WORD_EXTENSION}, {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, WORD_INDEX},
        {PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, WORD_DOMAIN},       {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, WORD_ANY_TYPE},
        {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, WORD_SEQUENCE},   {PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN, WORD_COLUMN},
        {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, WORD_VIEW},           {PG_QUERY__OBJECT_TYPE__OBJECT_RULE, WORD_RULE},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, WORD_FOREIGN_TABLE},
        {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, WORD_MATERIALIZED_VIEW},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT, WORD_CONSTRAINT},
        {PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT, WORD_DOMAIN_CONSTRAINT},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].type == type) {
            *word = words[i].word;
            return true;
        }
    }
    return false;
}

bool object_is_followed(PgQuery__ObjectType type)
{
    ObjectWord word;
    return object_word_of(type, &word);
}

/* ------------------------------------------------------------------ drop */

Node *lower_drop(Lower *l, Cursor at, const PgQuery__DropStmt *drop)
{
    if (drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE)
        return lower_drop_rule(l, at, drop);
    NodeDrop *n = lower_node(l, DROP, Drop, l->statement);
    object_word_of(drop->remove_type, &n->object);
    cursor_take(&at, "drop");
    lower_skip_kind(&at);
    if (drop->concurrent)
        n->concurrently = cursor_take_span(&at, "concurrently");
    if (drop->missing_ok)
        n->if_exists = cursor_take_span(&at, "if exists");
    while (!cursor_is_empty(at)) {
        Cursor name = cursor_item(&at);
        list_push(l->arena, &n->names, cursor_ref(&name));
        n->cascade = cursor_take_span(&name, "cascade");
        cursor_take(&name, "restrict");
        if (!cursor_is_empty(name))
            lower_refuse(l, cursor_span(name), "this way to name a type");
    }
    return &n->node;
}

/* ------------------------------------------------------------------ comments */

/* A column's name is the last part of what the statement names. */
static void read_column(Lower *l, Cursor *at, Ref *ref, Word *part)
{
    Cursor name = cursor_before(at, "is");
    *part = cursor_last_word(&name);
    if (name.end > name.at + 1)
        name.end--;
    *ref = cursor_ref(&name);
    if (!word_is_written(ref->name) || !cursor_is_empty(name))
        lower_refuse(l, part->span, "this way to name a column");
}

/* What a comment or a label is on. */
static void read_subject(Lower *l, Cursor *at, ObjectWord object, Ref *ref, Word *part)
{
    lower_skip_kind(at);
    if (object == WORD_COLUMN) {
        read_column(l, at, ref, part);
    } else if (object == WORD_CONSTRAINT || object == WORD_DOMAIN_CONSTRAINT || object == WORD_RULE) {
        *part = cursor_word(at);
        cursor_take(at, "on");
        if (object == WORD_DOMAIN_CONSTRAINT)
            cursor_take(at, "domain");
        *ref = cursor_ref(at);
    } else {
        *ref = cursor_ref(at);
    }
    cursor_take(at, "is");
}

Node *lower_comment(Lower *l, Cursor at, const PgQuery__CommentStmt *comment)
{
    NodeCommentOn *n = lower_node(l, COMMENT_ON, CommentOn, l->statement);
    object_word_of(comment->objtype, &n->object);
    cursor_take(&at, "comment on");
    read_subject(l, &at, n->object, &n->name, &n->part);
    n->none = cursor_take_span(&at, "null");
    if (!span_is_known(n->none))
        n->comment = (Literal) {str_copy(l->arena, str_from(comment->comment)), cursor_string(&at)};
    return &n->node;
}

Node *lower_security_label(Lower *l, Cursor at, const PgQuery__SecLabelStmt *label)
{
    NodeSecurityLabel *n = lower_node(l, SECURITY_LABEL, SecurityLabel, l->statement);
    object_word_of(label->objtype, &n->object);
    Cursor head = cursor_before(&at, "on");
    cursor_take(&head, "security label");
    if (cursor_take(&head, "for"))
        n->provider = (Literal) {str_copy(l->arena, str_from(label->provider)), cursor_span(head)};
    cursor_take(&at, "on");
    read_subject(l, &at, n->object, &n->name, &n->part);
    n->none = cursor_take_span(&at, "null");
    if (!span_is_known(n->none))
        n->label = (Literal) {str_copy(l->arena, str_from(label->label)), cursor_string(&at)};
    return &n->node;
}
