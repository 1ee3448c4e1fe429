/*
 * consumer.c - takes items out of a ring: consumer RING COUNT FILE.
 *
 * Writes item N as line N of FILE. All lines are as long as a slot, so an item that a successor
 * writes again lands in the same place. The program ends when COUNT items have been taken in all.
 * Start one consumer at a time: of two, one would wait for an item that the other has taken.
 */
#include <stdio.h>

#include "point.h"
#include "ring.h"

static int keep(FILE *file, const struct ring_item *item, uint64_t position)
{
	char line[RING_ITEM + 1];
	snprintf(line, sizeof(line), "%-*.*s\n", RING_ITEM - 1, RING_ITEM - 1, item->text);
	if (fseek(file, (long)(position * RING_ITEM), SEEK_SET) != 0 ||
	    fwrite(line, RING_ITEM, 1, file) != 1)
		return -1;
	return fflush(file) == 0 ? 0 : -1;
}

static int consume_one(struct ring *ring, FILE *file)
{
	const struct ring_item *slot;
	int r = ring_begin_take(ring, &slot);
	if (r != 0)
		return r;
	return keep(file, slot, ring->position) == 0 ? ring_end_take(ring) : SEMD_EINVAL;
}

static int consume(struct ring *ring, uint64_t count, FILE *file)
{
	struct semd_info used = { .size = sizeof(used) };
	int r = semd_query(ring->used, &used);
	for (uint64_t done = used.used_up; r == 0 && done < count; done = ring->position + 1)
		r = consume_one(ring, file);
	return r;
}

/* Opened for writing at any place; made if it does not exist, else not changed. */
static FILE *open_lines(const char *path)
{
	FILE *file = fopen(path, "ab");
	if (file)
		fclose(file);
	return fopen(path, "r+b");
}

int main(int argc, char **argv)
{
	struct ring ring;
	if (argc != 4) {
		fprintf(stderr, "usage: consumer RING COUNT FILE\n");
		return 2;
	}
	FILE *file = open_lines(argv[3]);
	if (!file) {
		perror(argv[3]);
		return 1;
	}
	int r = ring_open(&ring, NULL, argv[1]);
	if (r == 0) {
		ring.at_point = kill_at_point;
		r = consume(&ring, strtoull(argv[2], NULL, 10), file);
		ring_close(&ring);
	}
	fclose(file);
	if (r != 0)
		fprintf(stderr, "consumer: %s\n", semd_explain());
	return r != 0;
}
