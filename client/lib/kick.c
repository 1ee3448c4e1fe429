/*
 * kick.c - ends a client by its number.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"

int semd_kick(struct semd_client *client, uint64_t number)
{
	struct call call;
	struct kick_reply reply;
	int state;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = call_kick(client, &call, &(struct kick_request){ .client = number }, &reply);
	}
	return client_leave(state, r);
}
