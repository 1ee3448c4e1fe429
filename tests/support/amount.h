/*
 * amount.h - how much a test tries, where trying more finds more. `make check` must be quick, so it
 * uses the usual amount; SEMD_TEST_LONG (`make check-long`) chooses the larger one. Each such test
 * also has a variable of its own that sets any amount.
 */
#ifndef SEMD_TESTS_AMOUNT_H
#define SEMD_TESTS_AMOUNT_H

#include <stdint.h>
#include <stdlib.h>

/* The number in the environment variable, or `otherwise` if it is not set. */
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
