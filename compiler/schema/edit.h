/* Changing the model; private to this folder. Every change leaves an undo, which is also what compare.c reads to
 * learn what was touched. */
#ifndef SCHEMA_EDIT_H
#define SCHEMA_EDIT_H

#include "schema.h"

typedef enum UndoKind { UNDO_OBJECT, UNDO_NAME, UNDO_VIEW } UndoKind;

struct Undo {
    UndoKind kind;
    union {
        struct {
            ObjectId id;
            const Object *object;   /* what it was */
        };
        struct {
            NameSpace space;
            Str key;
            uint64_t value;         /* what it stood for */
        };
        CatalogView view;           /* what it was */
    };
};

/* Puts a version of an object in place; NULL: it is gone. */
void schema_put(Schema *schema, ObjectId id, const Object *object);

/* Lets a name stand for a number; 0: for nothing. */
void schema_set_name(Schema *schema, NameSpace space, ObjectId namespace, Str name, uint64_t value);

/* Lets a definition be found by its name, or no longer. */
void schema_name_definition(Schema *schema, const Definition *definition, bool add);
void schema_set_view(Schema *schema, CatalogView view);

/* A copy of an object as it is now, with lists of its own, to be changed and then put in place. What is in the lists it
 * shares with the version that it was copied from: column_edit() and its like (schema.h) take a copy of that. */
Object *object_edit(const Schema *schema, ObjectId id);
Table *table_edit(const Schema *schema, ObjectId id);

#endif
