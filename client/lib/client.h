/*
 * client.h - what a client consists of: its session, the channel that it goes over at present, the threads
 * that use it, its handles, and what it does for a program's loop.
 *
 * What a forked child must find whole (handles, the memory of tags) is changed only under the fork lock.
 */
#ifndef SEMD_CLIENT_LIB_CLIENT_H
#define SEMD_CLIENT_LIB_CLIENT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "client/lib/async.h"
#include "client/lib/channel.h"
#include "client/lib/handles.h"
#include "client/lib/loop.h"
#include "client/lib/os/place.h"
#include "client/lib/os/process_name.h"
#include "client/lib/os/ready.h"
#include "client/lib/session.h"
#include "client/lib/threads.h"
#include "client/semd.h"

struct semd_client {
	/* What does not change once it is connected. */
	unsigned flags;
	struct place place;
	bool bound;			/* it holds for the process `whom` */
	struct process_name whom;

	/* In which generation of forks it was connected, and begun anew: see after_fork.c. */
	atomic_uint generation;
	unsigned adopted;

	/* One thread opens at a time, so that handles reach the daemon in the order of their numbers. */
	pthread_mutex_t opening;
	struct handles handles;		/* under the fork lock */

	/* All that follows is under the mutex. */
	pthread_mutex_t mutex;
	struct session session;
	struct channel channel;
	struct threads threads;
	struct async async;
	struct dispatching_list dispatching;
	struct ready ready;
};

/*
 * What public functions begin and end with. In between the thread cannot be canceled, and the client
 * is one of this process. client_leave returns `result`, must follow even if client_enter has failed,
 * and does not touch the client: a call that was canceled by semd_detach finds it freed.
 */
int client_enter(struct semd_client *client, int *cancel_state) __attribute__((warn_unused_result));
int client_leave(int cancel_state, int result);

/* client_enter for a call on a handle, which after a fork may have a failure of its own. */
int client_enter_for(const struct semd_sem *sem, int *cancel_state)
	__attribute__((warn_unused_result));

/* Notes for this thread why a request has ended with `error`; returns it. Under the mutex. */
int client_explain(const struct semd_client *client, int error);

struct semd_client *client_new(unsigned flags);		/* NULL: no memory */
void client_free(struct semd_client *client);		/* when there is no connection */

/* Makes it one that has never been connected. Closes its descriptor and says nothing. */
void client_start_over(struct semd_client *client);

#endif
