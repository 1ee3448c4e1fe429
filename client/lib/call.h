/*
 * call.h - a request whose thread waits for the reply.
 *
 * A call lives on the stack of the thread that makes it, and keeps the encoded request until it
 * ends. For each message of the schema there is a function call_NAME, which sends the request and
 * waits.
 */
#ifndef SEMD_CLIENT_LIB_CALL_H
#define SEMD_CLIENT_LIB_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "client/lib/os/park.h"
#include "client/lib/request.h"
#include "protocol/wire.h"

struct semd_client;

enum { CALL_FRAME = 1024 };

struct call {
	struct request request;
	bool done;
	int result;		/* 0 or a negative enum semd_error, once it is done */
	bool asleep;		/* its thread is, and another may wake it */
	struct park park;
	TAILQ_ENTRY(call) in_list;	/* of those asleep */
	uint8_t frame[CALL_FRAME];
	uint8_t reply[REQUEST_REPLY];
};

void call_init(struct call *call);

/*
 * call_NAME returns 0, when `*reply` is filled in, or a negative enum semd_error. `call` is the
 * caller's, from call_init; text in the reply points into it.
 */
#define CALL_DECLARE(NAME, name, ...) \
	int call_##name(struct semd_client *client, struct call *call, \
	                const struct name##_request *request, struct name##_reply *reply) \
		__attribute__((warn_unused_result));
WIRE_MESSAGES(CALL_DECLARE)
#undef CALL_DECLARE

#endif
