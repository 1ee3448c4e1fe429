/*
 * ring.h - a ring buffer in shared memory that loses nothing and doubles nothing, whoever is killed.
 *
 * Any number of writers and readers, in any number of processes, share a ring by its name. An item is
 * put in two steps: ring_begin_put finds its slot, ring_end_put makes it count. A writer that is killed
 * in between has put nothing, and the next one gets the same slot; so it is with readers. Which item
 * it is tells `position`: how many were put (or taken) before it since the ring was made.
 *
 * What a reader does with an item is done again by its successor if it is killed before ring_end_take,
 * so it should be something that may be done twice, as writing to a place that `position` gives.
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
	struct ring_item *slots;	/* RING_SLOTS of them, shared */
	/* For trying it out: called when a point is reached ("written", "put", "read", "taken"); may be
	 * NULL. The program may be killed there, as anywhere else. */
	void (*at_point)(const char *point, uint64_t position);
	uint64_t position;		/* of the item that is being put or taken */
};

/* All return 0 or a negative enum semd_error. */

/* Opens the ring, making it if it is not there. `address` as for semd_connect. */
int ring_open(struct ring *ring, const char *address, const char *name);
void ring_close(struct ring *ring);

/* Waits for a free slot, to be filled in by the caller. */
int ring_begin_put(struct ring *ring, struct ring_item **slot);
int ring_end_put(struct ring *ring);

/* Waits for an item. */
int ring_begin_take(struct ring *ring, const struct ring_item **slot);
int ring_end_take(struct ring *ring);

/* Removes the ring: its semaphores and its memory, which is closed here. */
int ring_remove(struct ring *ring, const char *name);

#endif
