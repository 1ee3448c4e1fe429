/*
 * producer.c - puts items into a ring: producer RING COUNT.
 *
 * Item N is the text "item N". The program ends when the producers together have put COUNT items.
 * If one is killed, start another: no item will be missing, and none will be there twice.
 */
#include <inttypes.h>
#include <stdio.h>

#include "point.h"
#include "ring.h"

static int produce(struct ring *ring, uint64_t count)
{
	for (;;) {
		struct ring_item *slot;
		int r = ring_begin_put(ring, &slot);
		if (r != 0 || ring->position >= count)
			return r;
		snprintf(slot->text, sizeof(slot->text), "item %" PRIu64, ring->position);
		r = ring_end_put(ring);
		if (r != 0)
			return r;
	}
}

int main(int argc, char **argv)
{
	struct ring ring;
	if (argc != 3) {
		fprintf(stderr, "usage: producer RING COUNT\n");
		return 2;
	}
	int r = ring_open(&ring, NULL, argv[1]);
	if (r == 0) {
		ring.at_point = kill_at_point;
		r = produce(&ring, strtoull(argv[2], NULL, 10));
		ring_close(&ring);
	}
	if (r != 0)
		fprintf(stderr, "producer: %s\n", semd_explain());
	return r != 0;
}
