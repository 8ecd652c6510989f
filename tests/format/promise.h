/* What formatting promises, checked for any text: the tokens' checksum, the comments in their order and the tree
 * stay, and formatting again changes nothing. */
#ifndef FORMAT_PROMISE_H
#define FORMAT_PROMISE_H

#include "text.h"

/* What is broken; data == NULL: nothing. *formatted is false for a text with errors, of which nothing is promised. */
Str broken_promise(Arena *arena, Str text, bool *formatted);

#endif
