/* What publications publish: each table and schema is a definition of its own, on that and of the publication. */
#ifndef SCHEMA_PUBLICATION_H
#define SCHEMA_PUBLICATION_H

#include "schema.h"

#define publication_all " FOR ALL TABLES"   /* how the text of a publication ends that has no parts */
#define publication_actions STR("insert, update, delete, truncate")

/* Makes the part one of the publication: by its variant, and by a use. */
void publication_bind(Arena *arena, Definition *part, ObjectId publication);

ObjectId publication_of(const Definition *part);
ObjectIds publication_parts(const Schema *schema, ObjectId publication);

/* Whether a published table says which rows, and which columns. */
bool publication_has_condition(const Definition *part);
bool publication_has_columns(const Definition *part);

/* A publication that tells others of the action ("update") on the table's rows; NULL: none does. */
const Definition *publication_of_action(const Schema *schema, const Table *table, Str action);

/* Whether both publish the same of one table. */
bool publication_same_part(const Definition *a, const Definition *b);

#endif
