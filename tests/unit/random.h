/*
 * random.h - pseudo-random numbers, the same for the same seed (splitmix64).
 */
#ifndef SEMD_TESTS_UNIT_RANDOM_H
#define SEMD_TESTS_UNIT_RANDOM_H

#include <stdint.h>

struct random {
	uint64_t state;		/* starts as the seed */
};

static inline uint64_t random_next(struct random *random)
{
	uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* A number from 0 to limit - 1. */
static inline uint64_t random_below(struct random *random, uint64_t limit)
{
	return random_next(random) % limit;
}

#endif
