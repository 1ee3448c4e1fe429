/*
 * client.h - the parts of a client: its session, the present channel, the threads that use it, its
 * handles, and its part in the program's loop.
 *
 * A forked child needs the handles and the memory of the tags in a consistent state. So these
 * change only under the fork lock.
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
	/* These do not change after the client is connected. */
	unsigned flags;
	struct place place;
	bool bound;			/* permits are held for the process `whom` */
	struct process_name whom;

	/* Generations of forks (after_fork.c): of the connection, and of the last new beginning. */
	atomic_uint generation;
	unsigned adopted;

	/* One thread opens at a time, so OPENs are sent in the order of their handles. */
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
 * Public functions begin and end with these. In between the thread cannot be canceled, and the
 * client belongs to this process. client_leave must follow even if client_enter has failed. It
 * returns `result` and does not touch the client, which is freed by then if semd_detach has ended
 * the call.
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

/* Makes it a client that was never connected. Closes the descriptor without a word to the
 * daemon. */
void client_start_over(struct semd_client *client);

#endif
