/*
 * handles.h - the semaphores opened through a client, by their numbers, which are chosen here and
 * told to the daemon. The next handle always gets the lowest free number.
 */
#ifndef SEMD_CLIENT_LIB_HANDLES_H
#define SEMD_CLIENT_LIB_HANDLES_H

#include <stddef.h>
#include <stdint.h>

struct semd_client;

struct semd_sem {
	struct semd_client *client;
	uint32_t number;
	int failure;		/* in a forked child: why it could not be opened again; else 0 */
	uint64_t id;		/* given by the daemon and never used again */
	uint32_t flags;		/* flags of opening that belong to the handle */
	char name[];
};

struct handles {
	struct semd_sem **at;	/* by number; NULL: free */
	size_t room;
	uint32_t count;		/* above all numbers in use */
	uint32_t lowest;	/* no number below it is free */
};

/* Finds the number for the next handle and makes room for it. -1: no memory. */
int handles_next(struct handles *handles, uint32_t *number) __attribute__((warn_unused_result));
void handles_put(struct handles *handles, struct semd_sem *sem);
void handles_remove(struct handles *handles, const struct semd_sem *sem);

/* Numbers all handles anew, without gaps. Under the fork lock. */
void handles_renumber(struct handles *handles);

/* Frees all handles. */
void handles_free(struct handles *handles);

#endif
