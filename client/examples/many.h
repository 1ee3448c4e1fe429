/*
 * many.h - waiting for many semaphores at once in one thread: what does not depend on the loop that
 * the program has. many_poll_unix.c is that with poll(2), many_wait_windows.c with
 * WaitForMultipleObjects, many_uv.c with libuv on both.
 */
#ifndef MANY_H
#define MANY_H

#include <semd.h>

enum { MANY_MOST = 64, MANY_NAME = SEMD_MAX_NAME + 2 };

struct many_wait {
	char name[MANY_NAME];
	struct semd_request *request;	/* NULL: it is over */
};

struct many {
	struct semd_client *client;
	semd_descriptor fd;	/* to be waited for: then it is many_turn's turn */
	struct many_wait waits[MANY_MOST];
	int count;
	int left;	/* how many are not over */
};

/*
 * Connects and starts to wait for one permit of each of at most MANY_MOST NAMEs, or for no longer than
 * SECONDS where it says NAME=SECONDS. What does not exist is created with one permit. Returns 0 or an
 * error of the library; many_end is to be called in any case. The struct may not move.
 */
int many_begin(struct many *many, char **words, int count);

/* Does what there is to do when many->fd is readable. */
int many_turn(struct many *many);

/* Gives up waiting for `name`, or for all (NULL). What comes of it is told like all else. */
int many_give_up(struct many *many, const char *name);

/* Gives back all that was had. */
void many_end(struct many *many);

#endif
