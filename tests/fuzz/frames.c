/*
 * frames.c - the inputs of fuzz_wire: the golden frames, and mutations of them.
 */
#include "config.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"

const uint64_t fuzz_runs = 200000;

static struct golden golden;

void fuzz_begin(void)
{
	golden_read(&golden);
}

bool fuzz_seed(size_t i, uint8_t out[FUZZ_ROOM], size_t *size, const char **name)
{
	if (i >= golden.count)
		return false;
	*size = golden.frames[i].size;
	*name = golden.frames[i].name;
	memcpy(out, golden.frames[i].bytes, *size);
	return true;
}

size_t fuzz_make(struct random *random, uint8_t out[FUZZ_ROOM])
{
	return mutate(random, &golden, out);
}
