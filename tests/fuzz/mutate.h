/*
 * mutate.h - golden frames with faults.
 */
#ifndef SEMD_TESTS_FUZZ_MUTATE_H
#define SEMD_TESTS_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/fuzz.h"
#include "tests/unit/golden.h"
#include "tests/unit/random.h"

enum { MUTATE_ROOM = FUZZ_ROOM };

/*
 * Writes one or three golden frames to `out`, one after the other, with some bytes changed, left
 * out or inserted, and often with a right length of the first. Returns the size.
 */
size_t mutate(struct random *random, const struct golden *golden, uint8_t out[MUTATE_ROOM]);

#endif
