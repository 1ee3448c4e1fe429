/*
 * handles.h - the semaphores that are opened through a client, by the numbers that the daemon knows
 * them by. The lowest free number is always the next one.
 */
#ifndef SEMD_CLIENT_LIB_HANDLES_H
#define SEMD_CLIENT_LIB_HANDLES_H

#include <stdint.h>

struct semd_client;

struct semd_sem {
	struct semd_client *client;
	uint32_t number;
	int failure;		/* in a forked child: why it could not be opened again, or 0 */
	uint64_t id;		/* the daemon's, never used again for another semaphore */
	uint32_t flags;		/* those of opening that belong to the handle */
	char name[];
};

struct handles {
	struct semd_sem **at;	/* by number; NULL: free */
	uint32_t room;
	uint32_t count;		/* above all numbers in use */
	uint32_t lowest;	/* no number below it is free */
};

/* The number for the next handle; there is then room for it. -1: no memory. */
int handles_next(struct handles *handles, uint32_t *number) __attribute__((warn_unused_result));
void handles_put(struct handles *handles, struct semd_sem *sem);
void handles_remove(struct handles *handles, const struct semd_sem *sem);

/* Gives new numbers without gaps; under the fork lock. */
void handles_renumber(struct handles *handles);

/* Frees all of them. */
void handles_free(struct handles *handles);

#endif
