/*
 * call.h - one request, from its being sent until its reply has been read.
 *
 * A call lives on the stack of the thread that makes it, and keeps the encoded request until it ends.
 */
#ifndef SEMD_CLIENT_CALL_H
#define SEMD_CLIENT_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "client/park.h"
#include "protocol/wire.h"

struct semd_client;
struct rows;

enum { CALL_FRAME = 1024, CALL_REPLY = 512 };

TAILQ_HEAD(call_list, call);

struct call {
	uint16_t opcode;
	bool numbered;
	bool can_wait;		/* its reply may take any time */
	bool done;
	int result;		/* 0 or a negative enum semd_error, once it is done */
	struct rows *rows;	/* where rows before the reply go; NULL: there must be none */
	uint64_t tag;
	uint64_t number;	/* 0 if it has none */
	struct call_list *list;	/* where it sleeps, or NULL */
	struct park park;
	TAILQ_ENTRY(call) in_list;
	size_t frame_size;
	size_t reply_size;
	uint8_t frame[CALL_FRAME];
	uint8_t reply[CALL_REPLY];
};

void call_init(struct call *call);

/*
 * Sends the request in call->frame and waits for its reply, which is then in call->reply. Returns 0
 * or a negative enum semd_error.
 */
int call_run(struct semd_client *client, struct call *call) __attribute__((warn_unused_result));

/* The following want the client's mutex. */

/*
 * From now on requests tell the daemon that the client goes on while others of its requests wait, so
 * that it takes no deadlock with this client for certain.
 */
void call_share(struct semd_client *client);

/* Ends a call and wakes its thread. */
void call_finish(struct semd_client *client, struct call *call, int result);

/* From now on every call fails with `error`, those in flight too. The first failure stays. */
void call_fail_all(struct semd_client *client, int error, const char *reason);

/* Waits until no other thread is inside of a call. */
void call_await_all(struct semd_client *client);

/* Wakes the first call of a list, if there is one. */
void call_wake_first(struct call_list *list);

#endif
