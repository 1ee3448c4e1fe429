/*
 * consumer.c - takes items out of a ring: consumer RING COUNT FILE.
 *
 * Writes item N as line N of FILE, each line as long as a slot, so that an item that is done again by
 * a successor lands in the same place. It ends when COUNT items have been taken in all; start one at a
 * time, or one will wait for an item that the other took.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "point.h"
#include "ring.h"

static int keep(int file, const struct ring_item *item, uint64_t position)
{
	char line[RING_ITEM + 1];
	snprintf(line, sizeof(line), "%-*.*s\n", RING_ITEM - 1, RING_ITEM - 1, item->text);
	return pwrite(file, line, RING_ITEM, (off_t)(position * RING_ITEM)) == RING_ITEM ? 0 : -1;
}

static int consume_one(struct ring *ring, int file)
{
	const struct ring_item *slot;
	int r = ring_begin_take(ring, &slot);
	if (r != 0)
		return r;
	return keep(file, slot, ring->position) == 0 ? ring_end_take(ring) : SEMD_EINVAL;
}

static int consume(struct ring *ring, uint64_t count, int file)
{
	struct semd_info used = { .size = sizeof(used) };
	int r = semd_query(ring->used, &used);
	for (uint64_t done = used.used_up; r == 0 && done < count; done = ring->position + 1)
		r = consume_one(ring, file);
	return r;
}

int main(int argc, char **argv)
{
	struct ring ring;
	if (argc != 4) {
		fprintf(stderr, "usage: consumer RING COUNT FILE\n");
		return 2;
	}
	int file = open(argv[3], O_WRONLY | O_CREAT, 0600);
	if (file < 0) {
		perror(argv[3]);
		return 1;
	}
	int r = ring_open(&ring, NULL, argv[1]);
	if (r == 0) {
		ring.at_point = kill_at_point;
		r = consume(&ring, strtoull(argv[2], NULL, 10), file);
		ring_close(&ring);
	}
	close(file);
	if (r != 0)
		fprintf(stderr, "consumer: %s\n", semd_explain());
	return r != 0;
}
