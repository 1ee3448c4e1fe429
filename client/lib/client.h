/*
 * client.h - what a client is inside: who it is, its connection, its handles.
 *
 * A client outlives its socket. What belongs to one connection lies together, under one mutex, and is
 * begun anew as a whole; what must be found whole by a forked child (handles, room for tags) is
 * changed only under the fork lock.
 */
#ifndef SEMD_CLIENT_LIB_CLIENT_H
#define SEMD_CLIENT_LIB_CLIENT_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "client/lib/call.h"
#include "client/lib/loop.h"
#include "client/lib/handles.h"
#include "client/lib/os/park.h"
#include "client/lib/os/place.h"
#include "client/lib/os/process_name.h"
#include "client/lib/os/ready.h"
#include "client/lib/async.h"
#include "client/semd.h"
#include "client/lib/os/socket.h"
#include "client/lib/tags.h"
#include "protocol/wire.h"

enum { CLIENT_BUFFER = 2 * WIRE_MAX_REPLY, CLIENT_REASON = 512 };

struct connection {
	struct socket socket;
	int failure;		/* 0, or what every call from now on returns */
	char reason[CLIENT_REASON];
	bool failure_told;	/* by dispatch */
	uint64_t last_number;	/* of the requests sent */
	uint64_t seen;		/* running number of the last reply read */
	unsigned unseen;	/* requests in flight whose replies the daemon must keep */
	unsigned calls;		/* that threads are inside of, or stay for */
	bool used;		/* a thread has made a call, */
	pthread_t last_user;	/* this one the last */
	bool shared;		/* several have, or it goes on while its requests wait */
	bool reading;		/* one of them is reading; the buffer is its own */
	bool writing;		/* one of them, perhaps the same, waits for room to send */
	bool clogged;		/* there was no room for the first of the line */
	struct request_line line;	/* what is to be sent */
	struct call_list asleep;	/* that wait for their reply, while another reads */
	struct park *emptied;	/* of the thread that waits for the last call to leave */
	size_t filled;		/* bytes in the buffer */
	uint8_t buffer[CLIENT_BUFFER];
};

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

	pthread_mutex_t mutex;
	struct tags tags;		/* under the mutex, its memory under the fork lock too */
	struct connection connection;	/* under the mutex, as the next three */
	struct async async;
	struct dispatching_list dispatching;
	struct ready ready;
	uint64_t number;		/* the daemon's for it; under the mutex, as the next two */
	uint32_t daemon_pid;
	char release[WIRE_MAX_TEXT + 1];
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

/* Makes it as if there had been no connection. Closes the descriptor and says nothing. */
void client_forget_connection(struct semd_client *client);

#endif
