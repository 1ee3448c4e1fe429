/*
 * remove.c - removes a semaphore, or only its name.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/text.h"

int semd_remove(struct semd_client *client, const char *name)
{
	struct call call;
	struct remove_reply reply;
	int state;
	if (!client || !name || !text_is_name(name))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = call_remove(client, &call, &(struct remove_request){ .name = text_on_wire(name) }, &reply);
	}
	return client_leave(state, r);
}

int semd_unlink(struct semd_client *client, const char *name)
{
	struct call call;
	struct unlink_reply reply;
	int state;
	if (!client || !name || !text_is_name(name))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = call_unlink(client, &call, &(struct unlink_request){ .name = text_on_wire(name) }, &reply);
	}
	return client_leave(state, r);
}
