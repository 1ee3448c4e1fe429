/*
 * many.h - waits for many semaphores at once in one thread. This is the part that does not depend
 * on the program's loop: many_poll_unix.c adds one with poll(2), many_wait_windows.c one with
 * WaitForMultipleObjects, and many_uv.c one with libuv for both platforms.
 */
#ifndef MANY_H
#define MANY_H

#include <semd.h>

enum { MANY_MOST = 64, MANY_NAME = SEMD_MAX_NAME + 2 };

struct many_wait {
	char name[MANY_NAME];
	struct semd_request *request;	/* NULL: it has ended */
};

struct many {
	struct semd_client *client;
	semd_descriptor fd;	/* when it is readable, call many_turn */
	struct many_wait waits[MANY_MOST];
	int count;
	int left;	/* the number of requests that have not ended */
};

/*
 * Connects, and starts to wait for one permit of each NAME, at most MANY_MOST of them; NAME=SECONDS
 * limits the wait. Semaphores that do not exist are created with one permit. Returns 0 or an error
 * of the library; call many_end in either case. The struct must not move.
 */
int many_begin(struct many *many, char **words, int count);

/* To be called when many->fd is readable. */
int many_turn(struct many *many);

/* Stops waiting for `name`, or for all names if it is NULL. The results are printed as usual. */
int many_give_up(struct many *many, const char *name);

/* Gives back all permits. */
void many_end(struct many *many);

#endif
