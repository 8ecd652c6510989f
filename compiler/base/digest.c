#include "digest.h"

#include "bug.h"

#include <openssl/evp.h>

Digest digest_new(void)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    if (state == NULL || EVP_DigestInit_ex(state, EVP_sha256(), NULL) != 1)
        BUG("libcrypto has no SHA-256");
    return (Digest) {state};
}

void digest_add(Digest *digest, Str bytes)
{
    EVP_DigestUpdate(digest->state, bytes.data, bytes.len);
}

Str digest_end(Digest *digest, Arena *arena)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    Text text = text_new(arena);
    EVP_DigestFinal_ex(digest->state, bytes, &length);
    EVP_MD_CTX_free(digest->state);
    digest->state = NULL;
    for (unsigned int i = 0; i < length; i++)
        text_addf(&text, "%02x", (unsigned) bytes[i]);
    return text_str(&text);
}

bool digest_is_well_formed(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return text.len == DIGEST_LENGTH;
}
