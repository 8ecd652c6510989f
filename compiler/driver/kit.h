/* The kit that generated C is built with: the runtime's header, library and link line. */
#ifndef DRIVER_KIT_H
#define DRIVER_KIT_H

#include "command.h"

typedef struct Kit {
    Str include;         /* the folder of migrate.h */
    StrList link_words;  /* what stands behind the source on the compiler's command line */
} Kit;

/* Looks in $MIGC_RUNTIME, else in lib/migc beside the executable or beside its folder. */
ExitCode kit_find(Invocation *inv, bool dynamic, Kit *kit);

/* The words of a line, at white space. */
StrList split_words(Arena *arena, Str line);

#endif
