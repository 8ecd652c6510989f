/* A migration costs what it touched: only the objects that the undo log names, and those whose SQL names them, are
 * written again and compared with what they were.
 *
 * Names of schemas get into SQL in many places, and all of them ask the schema. So they are marked where they come
 * from: while pieces are written every schema is called by its number behind a byte 1, which needs quotes and is no
 * name that anyone has. (What is in the home of unqualified names is not qualified all the same.) So is what has a
 * name but no schema. Where an extension lives is a schema, too, but not one that is made beside what is there: there
 * another schema of that name, with its mark, stands in. */
#include "model.h"

#include "bug.h"
#include "compare.h"

#include <stdlib.h>

enum { MARK_OWN = '\x01', MARK_OTHER = '\x02' };

/* Around names in the pieces of the runtime (migrate.h). */
enum { AROUND_SCHEMA = '\x01', AROUND_THING = '\x02' };

static PiecePlace place_of(ObjectKind kind)
{ /* a table */
    switch (kind) {
    case OBJECT_EXTENSION: return PIECE_EXTENSION;
    case OBJECT_NAMESPACE:
    case OBJECT_ENUM:
    case OBJECT_DOMAIN:
    case OBJECT_COMPOSITE:
    case OBJECT_SEQUENCE:
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_INDEX:
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW:
    case OBJECT_RULE:
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_AGGREGATE:
    case OBJECT_TRIGGER:
    case OBJECT_TRIGGER_STATE:
    case OBJECT_POLICY:
    case OBJECT_OPERATOR:
    case OBJECT_OPERATOR_CLASS:
    case OBJECT_OPERATOR_FAMILY:
    case OBJECT_OPERATOR_MEMBER:
    case OBJECT_RANGE:
    case OBJECT_BASE_TYPE:
    case OBJECT_COLLATION:
    case OBJECT_CONVERSION:
    case OBJECT_STATISTICS:
    case OBJECT_TEXT_SEARCH_CONFIGURATION:
    case OBJECT_TEXT_SEARCH_DICTIONARY:
    case OBJECT_TEXT_SEARCH_PARSER:
    case OBJECT_TEXT_SEARCH_TEMPLATE: return PIECE_IN_SCHEMA;
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_CAST:
    case OBJECT_LANGUAGE:
    case OBJECT_PUBLICATION:
    case OBJECT_PUBLICATION_TABLE:
    case OBJECT_SUBSCRIPTION:
    case OBJECT_DATA_WRAPPER:
    case OBJECT_SERVER:
    case OBJECT_USER_MAPPING:
    case OBJECT_ACCESS_METHOD:
    case OBJECT_TRANSFORM:
    case OBJECT_DEFAULT_PRIVILEGES:
    case OBJECT_SERVER_PRIVILEGES: return PIECE_IN_DATABASE;
    case OBJECT_KIND_COUNT: break;
    }
    BUG("object kind %d", (int) kind);
}

/* A cast is in no schema, but of or to a type that is; other pieces may want it. */
static PiecePlace object_place(const Schema *schema, const Object *object)
{
    const Definition *cast = object->kind == OBJECT_CAST ? (const Definition *) object : NULL;
    for (size_t i = 0; cast != NULL && i < cast->arguments.count; i++) {
        const Object *type = schema_object(schema, cast->arguments.items[i].object);
        if (type != NULL && type->kind != OBJECT_EXTENSION)
            return PIECE_IN_SCHEMA;
    }
    return place_of(object->kind);
}

/* What has a name of its own in the whole database. */
static bool is_thing(const Object *object)
{
    switch ((int) object->kind) {
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_LANGUAGE:
    case OBJECT_PUBLICATION:
    case OBJECT_DATA_WRAPPER:
    case OBJECT_SERVER:
    case OBJECT_ACCESS_METHOD: return true;
    default: return false;
    }
}

/* ------------------------------------------------------------------ marks */

static Str mark_name(Arena *arena, char mark, ObjectId id)
{
    return str_format(arena, "%c%u", mark, (unsigned) id);
}

static void set_property(Schema *schema, ObjectId id, Property property, PropertyValue value)
{
    SetChange set = {.object = id, .property = property, .value = value};
    Change change = {.kind = CHANGE_SET, .set = set};
    change_apply(schema, &change);
}

static void stand_in(Schema *schema, const Extension *extension)
{
    Namespace *other = arena_new(schema->arena, Namespace);
    other->object = (Object) {.kind = OBJECT_NAMESPACE, .id = schema_new_id(schema)};
    other->object.name = mark_name(schema->arena, MARK_OTHER, extension->home);
    Change create = {.kind = CHANGE_CREATE, .create = {&other->object}};
    change_apply(schema, &create);
    set_property(schema, extension->object.id, PROPERTY_EXTENSION_HOME, (PropertyValue) {.object = other->object.id});
}

static void mark_names(const Model *model, Schema *schema)
{
    for (size_t i = 0; i < model->marked.count; i++) {
        ObjectId id = model->marked.items[i];
        const Object *object = schema_object(schema, id);
        const Extension *extension = (const Extension *) object;
        if (object == NULL)
            continue;
        if (object->kind != OBJECT_EXTENSION)
            set_property(schema, id, PROPERTY_NAME, (PropertyValue) {.text = mark_name(schema->arena, MARK_OWN, id)});
        else if (extension->home != 0 && extension->home != schema->home)
            stand_in(schema, extension);
    }
}

/* What is to be marked in the next model, if it is that. */
static void note_marked(Model *model, const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    bool marked = object != NULL && (object->kind == OBJECT_NAMESPACE || object->kind == OBJECT_EXTENSION ||
                                     (is_thing(object) && id >= schema->first));
    if (marked && !object_ids_contain(model->marked, id))
        list_push(model->arena, &model->marked, id);
}

/* What a mark at the place in the text, a quoted name, becomes; its length there is added to `at`. */
static void add_marked(const Schema *schema, Str text, size_t *at, Text *out)
{
    char *end;
    char mark = text.data[*at + 1];
    const Object *object = schema_object(schema, (ObjectId) strtoul(text.data + *at + 2, &end, 10));
    if (object == NULL)
        BUG("the name of something that is gone");
    char around = object->kind == OBJECT_NAMESPACE ? AROUND_SCHEMA : AROUND_THING;
    if (mark == MARK_OWN)
        text_addf(out, "%c%.*s%c", around, STR_ARG(object->name), around);
    else
        text_add(out, catalog_quote(schema->arena, object->name));
    *at = (size_t) (end - text.data);
}

/* `schema` has its own names again. */
static Str fill_marks(const Schema *schema, Str text)
{
    Text out = text_new(schema->arena);
    text.data = str_to_c(schema->arena, text);
    for (size_t i = 0; i < text.len; i++) {
        bool marked = text.data[i] == '"' && i + 2 < text.len &&
                      (text.data[i + 1] == MARK_OWN || text.data[i + 1] == MARK_OTHER) && text.data[i + 2] >= '0' &&
                      text.data[i + 2] <= '9';
        if (marked)
            add_marked(schema, text, &i, &out);
        else
            text_add_char(&out, text.data[i]);
    }
    return text_str(&out);
}

/* ------------------------------------------------------------------ pieces for the runtime */

/* "7" for an object, "7.c9" and "7.d2" for its constraint 9 and the default of its column 2; then the stage. */
static Str piece_key(Arena *arena, Part part, PieceStage stage)
{
    static const char *const ends[] = {
        [STAGE_MAKE] = "", [STAGE_DOUBTFUL] = ".doubtful", [STAGE_JOIN] = ".join", [STAGE_INCOMPLETE] = ".alone",
        [STAGE_SETTING] = ".set"};
    unsigned object = part.object, id = part.id;
    switch (part.kind) {
    case PART_WHOLE: return str_format(arena, "%u%s", object, ends[stage]);
    case PART_SHELL: return str_format(arena, "%u.shell", object);
    case PART_CONSTRAINT: return str_format(arena, "%u.c%u", object, id);
    case PART_COLUMN:
    case PART_DEFAULT: return str_format(arena, "%u.d%u", object, id);
    }
    BUG("part kind %d", (int) part.kind);
}

/* What stood in for another schema is gone again, and nobody has to wait for it. */
static void add_needs(const Schema *schema, const PieceNeeds *needs, PieceStage stage, Text *text)
{
    for (size_t i = 0; i < needs->count; i++) {
        Str key = piece_key(schema->arena, needs->items[i], stage);
        if (schema_object(schema, needs->items[i].object) != NULL)
            text_addf(text, "%s%.*s", text->len == 0 ? "" : " ", STR_ARG(key));
    }
}

static Str needs_text(const Schema *schema, const Piece *piece)
{
    Text text = text_new(schema->arena);
    add_needs(schema, &piece->needs, STAGE_MAKE, &text);
    add_needs(schema, &piece->siblings, piece->stage, &text);
    return text_str(&text);
}

static void add_extension(const Schema *schema, const Extension *extension, ModelPiece *piece)
{
    const Object *home = schema_object(schema, extension->home);
    piece->extension = extension->object.name;
    piece->extension_version = extension->version;
    if (home != NULL && (extension->catalog != NULL || extension->placed || home->id != schema->home))
        piece->extension_schema = home->name;
}

static ModelPiece model_piece(const Schema *schema, const Piece *piece)
{
    Arena *arena = schema->arena;
    const Object *object = schema_object(schema, piece->part.object);
    ModelPiece result = {.key = piece_key(arena, piece->part, piece->stage), .stage = piece->stage};
    result.title = piece_title(schema, piece);
    result.place = object_place(schema, object);
    result.needs = needs_text(schema, piece);
    for (size_t i = 0; i < piece->statements.count; i++)
        list_push(arena, &result.statements, fill_marks(schema, piece->statements.items[i]));
    if (result.place == PIECE_EXTENSION && piece->stage == STAGE_MAKE)
        add_extension(schema, (const Extension *) object, &result);
    return result;
}

/* ------------------------------------------------------------------ what a migration changed */

Model model_new(Arena *arena, Arena *scratch, const Schema *schema)
{
    Model model = {.arena = arena, .scratch = scratch};
    for (ObjectId id = 1; id < schema->first; id++)
        note_marked(&model, schema, id);
    return model;
}

static bool same_statements(StrList a, StrList b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; i < a.count && same; i++)
        same = str_equal(a.items[i], b.items[i]);
    return same;
}

static bool same_piece(const ModelPiece *a, const ModelPiece *b)
{
    return str_equal(a->title, b->title) && str_equal(a->needs, b->needs) &&
           same_statements(a->statements, b->statements) && str_equal(a->extension_schema, b->extension_schema) &&
           str_equal(a->extension_version, b->extension_version);
}

static const ModelPiece *find_piece(const ModelPieces *pieces, Str key)
{
    for (size_t i = 0; i < pieces->count; i++) {
        if (str_equal(pieces->items[i].key, key))
            return &pieces->items[i];
    }
    return NULL;
}

/* What of a piece is in the scratch arena is copied. */
static ModelPiece keep_piece(Arena *arena, ModelPiece piece)
{
    piece.key = str_copy(arena, piece.key);
    piece.title = str_copy(arena, piece.title);
    piece.needs = str_copy(arena, piece.needs);
    list_clone(arena, &piece.statements);
    for (size_t i = 0; i < piece.statements.count; i++)
        piece.statements.items[i] = str_copy(arena, piece.statements.items[i]);
    return piece;
}

static void compare_object(Model *model, ObjectId id, const ModelPieces *now, ModelPieces *changes)
{
    while (model->pieces.count <= id)
        list_push(model->arena, &model->pieces, (ModelPieces) {0});
    ModelPieces before = model->pieces.items[id], kept = {0};
    size_t known = changes->count;
    for (size_t i = 0; i < before.count; i++) {
        if (find_piece(now, before.items[i].key) == NULL)
            list_push(model->arena, changes, (ModelPiece) {.key = before.items[i].key});
    }
    for (size_t i = 0; i < now->count; i++) {
        const ModelPiece *old = find_piece(&before, now->items[i].key);
        bool same = old != NULL && same_piece(old, &now->items[i]);
        ModelPiece piece = same ? *old : keep_piece(model->arena, now->items[i]);
        list_push(model->scratch, &kept, piece);
        if (!same)
            list_push(model->arena, changes, piece);
    }
    if (changes->count == known)
        return;
    list_clone(model->arena, &kept);
    model->pieces.items[id] = kept;
}

/* What may be done with the server's own is not compared: it is no part of the schema, and whoever compares may not be
 * allowed to grant it. */
static bool is_servers(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object != NULL && object->kind == OBJECT_SERVER_PRIVILEGES;
}

ModelPieces model_update(Model *model, Schema *schema, size_t mark)
{
    ModelPieces changes = {0};
    Schema reader = schema_reader(schema, model->scratch);
    ObjectIds ids = schema_affected(&reader, mark);
    LIST(Pieces) written = {0};
    for (size_t i = 0; i < ids.count; i++)
        note_marked(model, schema, ids.items[i]);
    size_t before = schema_mark(schema);
    mark_names(model, schema);
    reader = schema_reader(schema, model->scratch);
    for (size_t i = 0; i < ids.count; i++) {
        Pieces pieces = {0};
        if (!is_servers(&reader, ids.items[i]))
            object_pieces(&reader, ids.items[i], &pieces);
        list_push(model->scratch, &written, pieces);
    }
    schema_rollback(schema, before);
    reader = schema_reader(schema, model->scratch);
    for (size_t i = 0; i < ids.count; i++) {
        ModelPieces now = {0};
        for (size_t j = 0; j < written.items[i].count; j++)
            list_push(model->scratch, &now, model_piece(&reader, &written.items[i].items[j]));
        compare_object(model, ids.items[i], &now, &changes);
    }
    arena_empty(model->scratch);
    return changes;
}
