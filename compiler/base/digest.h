/* SHA-256, as 64 hex digits. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "text.h"

enum { DIGEST_LENGTH = 64 };

typedef struct Digest {
    void *state;  /* libcrypto's; freed by digest_end */
} Digest;

Digest digest_new(void);
void digest_add(Digest *digest, Str bytes);
Str digest_end(Digest *digest, Arena *arena);

/* True for 64 digits as digest_end writes them: lower case. */
bool digest_is_well_formed(Str text);

#endif
