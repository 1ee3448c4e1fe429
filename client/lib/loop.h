/*
 * loop.h - a client's part in the program's loop: when its descriptor is readable, and which
 * threads are inside semd_dispatch.
 */
#ifndef SEMD_CLIENT_LIB_LOOP_H
#define SEMD_CLIENT_LIB_LOOP_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/queue.h>

struct semd_client;

/* A thread inside semd_dispatch. */
struct dispatching {
	pthread_t thread;
	bool gone;		/* a callback of this thread has freed the client */
	TAILQ_ENTRY(dispatching) next;
};

TAILQ_HEAD(dispatching_list, dispatching);

/* The following want the client's mutex. */

/* Makes the descriptor readable if there is a result that another thread has read, or a failure
 * that semd_dispatch has not returned yet. */
void loop_announce(struct semd_client *client);

/* Watches the socket for input or room, unless a thread waits for that. */
void loop_watch(struct semd_client *client);

/* This thread frees the client. If it does so in a callback, semd_dispatch returns right after
 * that. */
void loop_abandon(struct semd_client *client);

#endif
