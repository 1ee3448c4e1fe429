/*
 * ring.c - see ring.h. Two things make the ring safe: changes that belong together are one
 * semd_apply, and the positions are counters of the semaphores. In the shared memory a killed
 * process could leave them wrong.
 */
#include "ring.h"

#include <stdio.h>
#include <string.h>

#include "ring_memory.h"

enum { MEMORY = RING_SLOTS * sizeof(struct ring_item) };

static void reach(const struct ring *ring, const char *point)
{
	if (ring->at_point)
		ring->at_point(point, ring->position);
}

/* ---- Putting and taking
 * -------------------------------------------------------------------------- */

int ring_begin_put(struct ring *ring, struct ring_item **slot)
{
	const struct semd_op wait[] = {
		{ ring->free, SEMD_ACQUIRE, 1 },
		{ ring->writing, SEMD_ACQUIRE, 1 },
	};
	struct semd_info used = { .size = sizeof(used) };
	int r = semd_apply(ring->client, wait, 2, SEMD_FOREVER);
	if (r == 0)
		r = semd_query(ring->used, &used);
	if (r != 0)
		return r;
	ring->position = used.posted;
	*slot = &ring->slots[ring->position % RING_SLOTS];
	return 0;
}

int ring_end_put(struct ring *ring)
{
	const struct semd_op step[] = {
		{ ring->free, SEMD_SETTLE, 1 },
		{ ring->used, SEMD_POST, 1 },
		{ ring->writing, SEMD_RELEASE, 1 },
	};
	reach(ring, "written");
	int r = semd_apply(ring->client, step, 3, 0);
	reach(ring, "put");
	return r;
}

int ring_begin_take(struct ring *ring, const struct ring_item **slot)
{
	const struct semd_op wait[] = {
		{ ring->used, SEMD_ACQUIRE, 1 },
		{ ring->reading, SEMD_ACQUIRE, 1 },
	};
	struct semd_info used = { .size = sizeof(used) };
	int r = semd_apply(ring->client, wait, 2, SEMD_FOREVER);
	if (r == 0)
		r = semd_query(ring->used, &used);
	if (r != 0)
		return r;
	ring->position = used.used_up;
	*slot = &ring->slots[ring->position % RING_SLOTS];
	return 0;
}

int ring_end_take(struct ring *ring)
{
	const struct semd_op step[] = {
		{ ring->used, SEMD_SETTLE, 1 },
		{ ring->free, SEMD_POST, 1 },
		{ ring->reading, SEMD_RELEASE, 1 },
	};
	reach(ring, "read");
	int r = semd_apply(ring->client, step, 3, 0);
	reach(ring, "taken");
	return r;
}

/* ---- Opening and closing
 * ------------------------------------------------------------------------- */

static const char *part_name(char into[SEMD_MAX_NAME + 1], const char *ring, const char *part)
{
	snprintf(into, SEMD_MAX_NAME + 1, "%s.%s", ring, part);
	return into;
}

static int open_part(const struct ring *ring, const char *name, const char *part, uint32_t initial,
                     struct semd_sem **sem)
{
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = initial };
	char full[SEMD_MAX_NAME + 1];
	return semd_open(ring->client, part_name(full, name, part), &options, sem);
}

static int open_parts(struct ring *ring, const char *name)
{
	int r = open_part(ring, name, "free", RING_SLOTS, &ring->free);
	if (r == 0)
		r = open_part(ring, name, "used", 0, &ring->used);
	if (r == 0)
		r = open_part(ring, name, "writing", 1, &ring->writing);
	if (r == 0)
		r = open_part(ring, name, "reading", 1, &ring->reading);
	return r;
}

int ring_open(struct ring *ring, const char *address, const char *name)
{
	void *memory = NULL;
	memset(ring, 0, sizeof(*ring));
	int r = semd_connect(address, 0, &ring->client);
	if (r == 0)
		r = open_parts(ring, name);
	if (r == 0)
		r = ring_memory_open(name, MEMORY, &memory);
	ring->slots = memory;
	if (r != 0)
		ring_close(ring);
	return r;
}

static void close_memory(struct ring *ring)
{
	if (ring->slots)
		ring_memory_close(ring->slots, MEMORY);
	ring->slots = NULL;
}

void ring_close(struct ring *ring)
{
	close_memory(ring);
	semd_disconnect(ring->client);
	memset(ring, 0, sizeof(*ring));
}

int ring_remove(struct ring *ring, const char *name)
{
	static const char *const parts[] = { "free", "used", "writing", "reading" };
	char full[SEMD_MAX_NAME + 1];
	int r = 0;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && r == 0; i++)
		r = semd_remove(ring->client, part_name(full, name, parts[i]));
	close_memory(ring);
	ring_memory_remove(name);
	return r;
}
