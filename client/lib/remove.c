/*
 * remove.c - removes a semaphore, or only its name.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/text.h"

typedef int request_function(struct semd_client *client, struct call *call, struct wire_text name);

static int request_remove(struct semd_client *client, struct call *call, struct wire_text name)
{
	const struct remove_request request = { .name = name };
	struct remove_reply reply;
	return call_remove(client, call, &request, &reply);
}

static int request_unlink(struct semd_client *client, struct call *call, struct wire_text name)
{
	const struct unlink_request request = { .name = name };
	struct unlink_reply reply;
	return call_unlink(client, call, &request, &reply);
}

static int carry_out(struct semd_client *client, const char *name, request_function *request)
{
	struct call call;
	int state;
	if (!client || !name || !text_is_name(name))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = request(client, &call, text_on_wire(name));
	}
	return client_leave(state, r);
}

int semd_remove(struct semd_client *client, const char *name)
{
	return carry_out(client, name, request_remove);
}

int semd_unlink(struct semd_client *client, const char *name)
{
	return carry_out(client, name, request_unlink);
}
