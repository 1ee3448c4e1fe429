/* ask.c - see ask.h. */
#include "config.h"

#include "client/lib/ask.h"

#include "client/lib/client.h"
#include "client/lib/error.h"

/* A reply that is none ends the connection: nothing that follows could be trusted. */
static int not_a_reply(struct semd_client *client)
{
	const char *reason = "the daemon does not keep to the protocol: a reply that cannot be read";
	pthread_mutex_lock(&client->mutex);
	request_fail_all(client, SEMD_EPROTO, reason);
	if (client->connection.reading)		/* a thread that must notice */
		socket_cut(&client->connection.socket);
	pthread_mutex_unlock(&client->mutex);
	return error_say(SEMD_EPROTO, "%s", reason);
}

#define ASK(NAME, name, value, numbered_, ...) \
	int ask_##name(struct semd_client *client, struct call *call, \
	               const struct name##_request *request, struct name##_reply *reply) \
	{ \
		call->request.opcode = WIRE_##NAME; \
		call->request.numbered = numbered_; \
		call->request.size = name##_request_encode(request, call->frame, CALL_FRAME); \
		if (!call->request.size) \
			return error_note(SEMD_EINVAL); \
		int r = call_run(client, call); \
		if (r == 0 && name##_reply_decode(reply, call->reply, call->request.reply_size) != 0) \
			return not_a_reply(client); \
		return r; \
	}
WIRE_MESSAGES(ASK)
