/*
 * call.h - a request whose thread waits for the reply.
 *
 * A call lives on the stack of the thread that makes it, and keeps the encoded request until it ends.
 */
#ifndef SEMD_CLIENT_LIB_CALL_H
#define SEMD_CLIENT_LIB_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "client/lib/request.h"
#include "client/lib/os/park.h"

struct semd_client;

enum { CALL_FRAME = 1024 };

TAILQ_HEAD(call_list, call);

struct call {
	struct request request;
	bool done;
	int result;		/* 0 or a negative enum semd_error, once it is done */
	bool asleep;		/* on the list of those that another thread may wake */
	struct park park;
	TAILQ_ENTRY(call) in_list;
	uint8_t frame[CALL_FRAME];
	uint8_t reply[REQUEST_REPLY];
};

void call_init(struct call *call);

/*
 * Sends the request in call->frame and waits for its reply, which is then in call->reply. Returns 0
 * or a negative enum semd_error.
 */
int call_run(struct semd_client *client, struct call *call) __attribute__((warn_unused_result));

/*
 * Around what is made of several calls: between the two the client is not freed by semd_detach, which
 * waits. The calls fail once that has begun.
 */
void call_stay(struct semd_client *client);
void call_go(struct semd_client *client);

/* The following want the client's mutex. */

/*
 * From now on requests tell the daemon that the client goes on while others of its requests wait, so
 * that it takes no deadlock with this client for certain.
 */
void call_share(struct semd_client *client);

/* Waits until no other thread is inside of a call, or stays for another. */
void call_await_all(struct semd_client *client);

/* Wakes the thread that waits for that, if no other is left. */
void call_has_left(struct semd_client *client);

#endif
