/* The settings of sequences, as init_params() of src/backend/commands/sequence.c fills them in. */
#ifndef SCHEMA_SEQUENCE_H
#define SCHEMA_SEQUENCE_H

#include "schema.h"

/* The numbers that a type has. NULL or another type than the integers: those of bigint. */
int64_t sequence_type_minimum(const CatalogType *type);
int64_t sequence_type_maximum(const CatalogType *type);

/* What a bound is when nothing is said of it, for the step that the settings have. */
int64_t sequence_default_minimum(const SequenceSettings *settings);
int64_t sequence_default_maximum(const SequenceSettings *settings);
int64_t sequence_default_start(const SequenceSettings *settings);

/* A sequence of the type about which nothing is said. */
SequenceSettings sequence_defaults(const CatalogType *type);

/* The settings with another type: a bound that was the end of the old one becomes the end of the new one. */
SequenceSettings sequence_with_type(SequenceSettings settings, const CatalogType *type);

/* As much of the settings as a sequence of the type can have. */
SequenceSettings sequence_within(SequenceSettings settings, const CatalogType *type);

/* Whether it is an identity with a sequence of its own. */
bool identity_has_sequence(const Identity *identity);

/* The identity, of a column of the other type, with a sequence of the type. */
Identity identity_with_type(Identity identity, const CatalogType *type, const CatalogType *column);

bool sequence_settings_equal(const SequenceSettings *a, const SequenceSettings *b);

/* "AS integer INCREMENT 2 …": what is not the default. */
Str define_sequence_settings(Arena *arena, const SequenceSettings *settings);

/* The same without the type: " INCREMENT 2 …", or "" where nothing is to be said. */
Str define_sequence_options(Arena *arena, const SequenceSettings *settings);

/* " SET INCREMENT 3 …": what is different now, for `ALTER COLUMN … SET`. */
Str define_sequence_difference(Arena *arena, const SequenceSettings *before, const SequenceSettings *after);

#endif
