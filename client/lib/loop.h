/*
 * loop.h - the part of a client that runs in a program's loop: when its descriptor is readable, and
 * who is dispatching.
 */
#ifndef SEMD_CLIENT_LIB_LOOP_H
#define SEMD_CLIENT_LIB_LOOP_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/queue.h>

struct semd_client;

/* A thread that is inside of semd_dispatch. */
struct dispatching {
	pthread_t thread;
	bool gone;		/* a callback of this thread has freed the client */
	TAILQ_ENTRY(dispatching) next;
};

TAILQ_HEAD(dispatching_list, dispatching);

/* The following want the client's mutex. */

/* There may be a result that another thread has read, or a failure that dispatch has not told: then
 * the descriptor is readable. */
void loop_announce(struct semd_client *client);

/* Watches the socket for what no thread waits for. */
void loop_watch(struct semd_client *client);

/* This thread frees the client. Where it does so in callbacks, what called them ends with that. */
void loop_abandon(struct semd_client *client);

#endif
