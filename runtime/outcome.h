/* outcome.h: how the program ends. An Outcome is the process's exit code. */
#ifndef OUTCOME_H
#define OUTCOME_H

typedef enum Outcome {
#define OUTCOME(symbol, code, meaning) OUTCOME_##symbol = code,
#include "outcomes.def"
#undef OUTCOME
} Outcome;

#endif
