/*
 * ring.h - a ring buffer in shared memory. No item is lost or doubled, even if processes are
 * killed.
 *
 * Any number of writers and readers, in any number of processes, share a ring by its name. An item
 * is put in two steps: ring_begin_put finds its slot, ring_end_put makes it count. A writer that is
 * killed in between has put nothing, and the next writer gets the same slot. The same holds for
 * readers. `position` is the number of items that were put (or taken) before this one since the
 * ring was made.
 *
 * If a reader is killed before ring_end_take, its successor gets the same item. So whatever readers
 * do with an item must be harmless when done twice, such as writing to a place that depends on
 * `position`.
 */
#ifndef RING_H
#define RING_H

#include <semd.h>
#include <stdint.h>

enum { RING_SLOTS = 8, RING_ITEM = 64 };

struct ring_item {
	char text[RING_ITEM];
};

struct ring {
	struct semd_client *client;
	struct semd_sem *free;		/* a permit is a slot that may be written */
	struct semd_sem *used;		/* a permit is a slot that may be read */
	struct semd_sem *writing;	/* one permit: one writer at a time */
	struct semd_sem *reading;	/* one permit: one reader at a time */
	struct ring_item *slots;	/* RING_SLOTS slots, in shared memory */
	/* For tests: called at each point ("written", "put", "read", "taken"); may be NULL. The
	 * program may be killed there, as anywhere else. */
	void (*at_point)(const char *point, uint64_t position);
	uint64_t position;		/* of the item being put or taken */
};

/* All return 0 or a negative enum semd_error. */

/* Opens the ring, and makes it if it does not exist. `address` is that of semd_connect. */
int ring_open(struct ring *ring, const char *address, const char *name);
void ring_close(struct ring *ring);

/* Waits for a free slot, which the caller then fills. */
int ring_begin_put(struct ring *ring, struct ring_item **slot);
int ring_end_put(struct ring *ring);

/* Waits for an item. */
int ring_begin_take(struct ring *ring, const struct ring_item **slot);
int ring_end_take(struct ring *ring);

/* Closes the ring and removes its semaphores and its memory. */
int ring_remove(struct ring *ring, const char *name);

#endif
