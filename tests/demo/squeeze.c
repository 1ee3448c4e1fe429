/*
 * squeeze.c - LZSS compression, by references to earlier bytes: a flag byte for eight items, each a
 * plain byte or a reference with twelve bits of distance and four of length.
 *
 * The search for the longest match goes through the whole window, since the demo needs slow work.
 */
#include "config.h"

#include "tests/demo/squeeze.h"

#include <stdlib.h>

#include "protocol/array.h"
#include "tests/support/support.h"

enum {
	WINDOW = 4096,
	SHORTEST = 3,
	LONGEST = SHORTEST + 15
};

static void bytes_add(struct bytes *bytes, uint8_t byte)
{
	bytes->data = array_grow(bytes->data, &bytes->room, bytes->size + 1, 1);
	if (!bytes->data)
		support_die("out of memory");
	bytes->data[bytes->size++] = byte;
}

struct bytes bytes_read(const char *path)
{
	struct bytes bytes = { NULL, 0, 0 };
	FILE *file = fopen(path, "rb");
	if (!file)
		support_die("cannot read %s", path);
	for (int byte; (byte = getc(file)) != EOF;)
		bytes_add(&bytes, (uint8_t)byte);
	if (ferror(file))
		support_die("cannot read %s", path);
	fclose(file);
	return bytes;
}

void bytes_write(const char *path, const struct bytes *bytes)
{
	FILE *file = fopen(path, "wb");
	/* For an empty file `data` may be NULL. */
	if (!file ||
	    (bytes->size > 0 && fwrite(bytes->data, 1, bytes->size, file) != bytes->size) ||
	    fclose(file) != 0)
		support_die("cannot write %s", path);
}

static size_t match_length(const struct bytes *plain, size_t from, size_t at)
{
	size_t length = 0;
	while (length < LONGEST && at + length < plain->size &&
	       plain->data[from + length] == plain->data[at + length])
		length++;
	return length;
}

/* The length of the longest match for the bytes at `at`, and its distance. */
static size_t match_find(const struct bytes *plain, size_t at, size_t *distance)
{
	size_t best = 0;
	for (size_t back = 1; back <= at && back < WINDOW && best < LONGEST; back++) {
		size_t length = match_length(plain, at - back, at);
		if (length > best) {
			best = length;
			*distance = back;
		}
	}
	return best;
}

struct bytes squeeze(const struct bytes *plain)
{
	struct bytes out = { NULL, 0, 0 };
	size_t flags = 0;	/* offset of the current flag byte */
	unsigned items = 0;
	for (size_t at = 0; at < plain->size; items++) {
		if (items % 8 == 0) {
			flags = out.size;
			bytes_add(&out, 0);
		}
		size_t distance = 0;
		size_t length = match_find(plain, at, &distance);
		if (length < SHORTEST) {
			bytes_add(&out, plain->data[at++]);
			continue;
		}
		out.data[flags] |= (uint8_t)(1u << items % 8);
		bytes_add(&out, (uint8_t)distance);
		bytes_add(&out, (uint8_t)(distance >> 8 << 4 | (length - SHORTEST)));
		at += length;
	}
	return out;
}

struct bytes expand(const struct bytes *squeezed)
{
	struct bytes out = { NULL, 0, 0 };
	uint8_t flags = 0;
	unsigned items = 0;
	for (size_t at = 0; at < squeezed->size; items++) {
		if (items % 8 == 0) {
			flags = squeezed->data[at++];
			if (at == squeezed->size)
				break;
		}
		uint8_t first = squeezed->data[at++];
		if ((flags >> items % 8 & 1) == 0) {
			bytes_add(&out, first);
			continue;
		}
		if (at == squeezed->size)
			break;
		uint8_t second = squeezed->data[at++];
		size_t distance = (size_t)first | (size_t)(second >> 4) << 8;
		if (distance == 0 || distance > out.size)
			break;
		for (unsigned left = SHORTEST + (second & 15u); left > 0; left--)
			bytes_add(&out, out.data[out.size - distance]);
	}
	return out;
}
