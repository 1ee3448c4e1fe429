/*
 * amount.h - how much a test tries, where more finds more. `make check` is to end soon, so it tries the
 * usual amount; with SEMD_TEST_LONG set (`make check-long`) the longer one. A variable of each test's own
 * chooses any amount.
 */
#ifndef SEMD_TESTS_AMOUNT_H
#define SEMD_TESTS_AMOUNT_H

#include <stdint.h>
#include <stdlib.h>

/* The number in an environment variable, else `otherwise`. */
static inline uint64_t amount_from(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);
	return text ? strtoull(text, NULL, 0) : otherwise;
}

static inline uint64_t amount(const char *variable, uint64_t usual, uint64_t longer)
{
	return amount_from(variable, getenv("SEMD_TEST_LONG") ? longer : usual);
}

#endif
