/* FNV-1a over the texts, each with its closing NUL so that they cannot run into each other. */
#include "digest.h"

#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

Digest digest_new(void)
{
    return UINT64_C(14695981039346656037);
}

void digest_add(Digest *digest, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    for (size_t i = 0; i <= length; i++)
        *digest = (*digest ^ (i < length ? (unsigned char) text[i] : 0)) * UINT64_C(1099511628211);
}

char *digest_text(Digest digest)
{
    char text[17];
    snprintf(text, sizeof(text), "%016" PRIx64, digest);
    return memory_text(text);
}
