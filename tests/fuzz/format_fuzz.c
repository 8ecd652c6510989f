/* libFuzzer harness: any bytes that are a migration or a project file are formatted, and keep what formatting
 * promises. */
#include "bug.h"
#include "promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena arena = {0};
    bool formatted;
    Str broken = broken_promise(&arena, (Str) {(const char *) data, size}, &formatted);
    if (broken.data != NULL)
        BUG("%.*s", STR_ARG(broken));
    arena_free(&arena);
    return 0;
}
