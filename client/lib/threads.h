/*
 * threads.h - many threads on one client: which thread reads for all, which threads sleep until
 * another wakes them, and when the last has left.
 */
#ifndef SEMD_CLIENT_LIB_THREADS_H
#define SEMD_CLIENT_LIB_THREADS_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/queue.h>

struct call;
struct park;
struct semd_client;

TAILQ_HEAD(call_list, call);

struct threads {
	unsigned calls;		/* threads inside calls, or staying between them */
	bool used;		/* a thread has made a call, */
	pthread_t last_user;	/* this one the last */
	struct call_list asleep;	/* calls that wait while another thread reads */
	struct park *emptied;	/* of the thread that waits for the last call to leave */
};

/* Drops all threads without reading their calls. */
void threads_forget(struct threads *threads);

/*
 * Around an operation that makes several calls. In between semd_detach does not free the client but
 * waits; calls fail as soon as it has begun.
 */
void threads_stay(struct semd_client *client);
void threads_go(struct semd_client *client);

/* The following want the client's mutex. */

/* Around every call. */
void threads_enter(struct semd_client *client);
void threads_leave(struct semd_client *client);

/* Waits once: for the call's reply, or for room to send it. True if a signal handler has
 * interrupted that. */
bool threads_wait(struct semd_client *client, struct call *call);

/* The call has ended: wakes the thread that sleeps in it. */
void threads_wake(struct semd_client *client, struct call *call);

/* Waits until no other thread is inside a call, stays between calls, or dispatches. */
void threads_await_all(struct semd_client *client);

/* Wakes the thread that waits for that, if no other is left. */
void threads_has_left(struct semd_client *client);

#endif
