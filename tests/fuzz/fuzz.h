/*
 * fuzz.h - what a fuzz target is: the one function that libFuzzer calls, too.
 *
 * A target ends the program (fuzz_check) when what it looks at is wrong. Built with driver.c it runs
 * in `make check`; built by clang with -fsanitize=fuzzer it is driven by coverage (`make fuzz`).
 */
#ifndef SEMD_TESTS_FUZZ_H
#define SEMD_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define fuzz_check(holds) \
	do { \
		if (!(holds)) { \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #holds); \
			abort(); \
		} \
	} while (0)

#endif
