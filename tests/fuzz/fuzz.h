/*
 * fuzz.h - a fuzz target: the function that libFuzzer calls, and what driver.c needs beside it.
 *
 * A target ends the program (fuzz_check) when it finds a fault. Built with driver.c it runs in
 * `make check`; built by clang with -fsanitize=fuzzer it is driven by coverage (`make fuzz`).
 */
#ifndef SEMD_TESTS_FUZZ_FUZZ_H
#define SEMD_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "protocol/wire.h"
#include "tests/unit/random.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- For driver.c alone ---------------------------------------------------------------------- */

enum { FUZZ_ROOM = 3 * WIRE_MAX_REPLY };

extern const uint64_t fuzz_runs;	/* in `make check-long`; `make check` does a tenth */

/* Called before all others. */
void fuzz_begin(void);

/* Writes seed number `i` and its name; false if there are no more. */
bool fuzz_seed(size_t i, uint8_t out[FUZZ_ROOM], size_t *size, const char **name);

/* Writes a made-up input, and returns its size. */
size_t fuzz_make(struct random *random, uint8_t out[FUZZ_ROOM]);

#define fuzz_check(holds) \
	do { \
		if (!(holds)) { \
			fprintf(stderr, "%s:%d: false: %s\n", __FILE__, __LINE__, #holds); \
			abort(); \
		} \
	} while (0)

#endif
