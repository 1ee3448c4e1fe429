/*
 * unseen.h - the numbers of replies that a client has not said it has seen.
 *
 * Only replies to numbered requests that cannot wait are counted. The ring grows with what is in it
 * and is gone when all is seen.
 */
#ifndef SEMD_DAEMON_UNSEEN_H
#define SEMD_DAEMON_UNSEEN_H

#include <stdint.h>

struct unseen {
	uint64_t *numbers;	/* a ring, rising from `first` on */
	uint16_t room;		/* a power of two, or 0 */
	uint16_t first;
	uint16_t count;
};

/* Sees to it that one more can be added. 0, or -1 if there is no memory. */
int unseen_reserve(struct unseen *unseen) __attribute__((warn_unused_result));

/* Adds a number above all that are there, for which room was reserved. */
void unseen_add(struct unseen *unseen, uint64_t number);

/* Forgets all up to `seen`. */
void unseen_drop(struct unseen *unseen, uint64_t seen);

void unseen_free(struct unseen *unseen);

#endif
