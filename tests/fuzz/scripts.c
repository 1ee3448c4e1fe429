/*
 * scripts.c - the inputs of fuzz_shell_unix: pseudo-random bytes.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

enum { LONGEST = 512 };

const uint64_t fuzz_runs = 15000;

void fuzz_begin(void)
{
}

bool fuzz_seed(size_t i, uint8_t out[FUZZ_ROOM], size_t *size, const char **name)
{
	struct random random = { i };
	*size = fuzz_make(&random, out);
	*name = "script";
	return i < 10;
}

size_t fuzz_make(struct random *random, uint8_t out[FUZZ_ROOM])
{
	size_t size = 1 + (size_t)random_below(random, LONGEST);
	for (size_t i = 0; i < size; i++)
		out[i] = (uint8_t)random_next(random);
	return size;
}
