/* digest.h: a short name for a sequence of texts, to tell whether it is still the same. Not for what somebody may want
 * to forge. */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdint.h>

typedef uint64_t Digest;

Digest digest_new(void);

/* Adds a text; NULL is an empty one. Texts do not run into each other. */
void digest_add(Digest *digest, const char *text);

/* 16 hex digits; to be freed. */
char *digest_text(Digest digest);

#endif
