/* The model's pieces in C. Private to this folder. */
#ifndef EMIT_MODEL_C_H
#define EMIT_MODEL_C_H

#include "plan.h"

/* The arrays model_NAME and, where they are needed, model_steps_NAME; nothing when the migration does not change the
 * model. They stand behind up_steps_NAME. */
void add_model(Arena *arena, Text *out, Str name, const PlannedMigration *planned);

bool model_has_long_sql(const ModelPieces *pieces);

#endif
