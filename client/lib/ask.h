/*
 * ask.h - for each message of the schema, a function that sends the request and waits for its reply.
 *
 * ask_NAME returns 0, when `*reply` is filled in, or a negative enum semd_error. `call` is the caller's,
 * from call_init; text in the reply points into it.
 */
#ifndef SEMD_CLIENT_LIB_ASK_H
#define SEMD_CLIENT_LIB_ASK_H

#include "client/lib/call.h"
#include "protocol/wire.h"

#define ASK_DECLARE(NAME, name, value, ...) \
	int ask_##name(struct semd_client *client, struct call *call, \
	               const struct name##_request *request, struct name##_reply *reply) \
		__attribute__((warn_unused_result));
WIRE_MESSAGES(ASK_DECLARE)
#undef ASK_DECLARE

#endif
