/* mutate.c - see mutate.h. */
#include "config.h"

#include "tests/fuzz/mutate.h"

#include <string.h>

/* Numbers at which behaviour may change: limits, signs, 0, all bits. */
static const uint64_t edges[] = {
	0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 257, 4095, 4096, 4097, 65535,
	0x7fffffff, 0x80000000, 0xffffffff, INT64_MAX, UINT64_MAX
};

static size_t place(struct random *random, size_t size)
{
	return (size_t)random_below(random, size);
}

static void flip_bit(struct random *random, uint8_t *bytes, size_t size)
{
	bytes[place(random, size)] ^= (uint8_t)(1u << random_below(random, 8));
}

static void put_byte(struct random *random, uint8_t *bytes, size_t size)
{
	bytes[place(random, size)] = (uint8_t)random_next(random);
}

static void put_edge(struct random *random, uint8_t *bytes, size_t size)
{
	uint64_t edge = edges[random_below(random, sizeof(edges) / sizeof(edges[0]))];
	size_t at = place(random, size), width = (size_t)1 << random_below(random, 4);
	for (size_t i = 0; i < width && at + i < size; i++)
		bytes[at + i] = (uint8_t)(edge >> 8 * i);
}

static size_t leave_out(struct random *random, uint8_t *bytes, size_t size)
{
	size_t at = place(random, size), count = 1 + place(random, size - at);
	memmove(bytes + at, bytes + at + count, size - at - count);
	return size - count;
}

/* Doubles some bytes, so that the insertion looks plausible. */
static size_t put_in(struct random *random, uint8_t *bytes, size_t size)
{
	size_t at = place(random, size), count = 1 + place(random, size - at);
	if (size + count > MUTATE_ROOM)
		return size;
	memmove(bytes + at + count, bytes + at, size - at);
	return size + count;
}

static size_t change(struct random *random, uint8_t *bytes, size_t size)
{
	if (size == 0)
		return 0;
	switch (random_below(random, 6)) {
	case 0:
		put_byte(random, bytes, size);
		return size;
	case 1:
		return leave_out(random, bytes, size);
	case 2:
		return put_in(random, bytes, size);
	case 3:
		flip_bit(random, bytes, size);
		return size;
	default:
		put_edge(random, bytes, size);
		return size;
	}
}

size_t mutate(struct random *random, const struct golden *golden, uint8_t out[MUTATE_ROOM])
{
	size_t size = 0;
	for (uint64_t n = 1 + random_below(random, 3) / 2 * 2; n > 0; n--) {
		const struct golden_frame *frame = &golden->frames[random_below(random,
		                                                                golden->count)];
		memcpy(out + size, frame->bytes, frame->size);
		size += frame->size;
	}
	for (uint64_t n = random_below(random, 5); n > 0; n--)
		size = change(random, out, size);
	if (random_below(random, 2))
		wire_set_length(out, (uint32_t)size);
	return size;
}
