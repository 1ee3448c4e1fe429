/* hello.c - see hello.h. */
#include "config.h"

#include "client/lib/hello.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/text.h"

static int greet(struct semd_client *client)
{
	char command[WIRE_MAX_TEXT + 1];
	struct call call;
	struct hello_reply reply;
	struct hello_request request = {
		.min_version = SEMD_PROTOCOL_VERSION,
		.max_version = SEMD_PROTOCOL_VERSION,
		.features = WIRE_FEATURES,
	};
	int r = session_draw(&client->session);
	if (r != 0)
		return r;
	request.session = client->session.id;
	process_command(0, command, sizeof(command));
	request.command = text_on_wire(command);
	call_init(&call);
	r = call_hello(client, &call, &request, &reply);
	if (r != 0)
		return r;
	if (reply.version != SEMD_PROTOCOL_VERSION || !reply.max_unseen || !reply.max_handles)
		return error_say(SEMD_EPROTO, "the daemon does not keep to the protocol: it chose version %u, "
		                 "%u handles, %u replies", reply.version, reply.max_handles, reply.max_unseen);
	pthread_mutex_lock(&client->mutex);
	session_greeted(&client->session, &reply);
	pthread_mutex_unlock(&client->mutex);
	return 0;
}

static int bind_to_process(struct semd_client *client)
{
	char command[WIRE_MAX_TEXT + 1];
	struct call call;
	struct bind_reply reply;
	process_command(client->whom.pid, command, sizeof(command));
	const struct bind_request request = {
		.pid = client->whom.pid,
		.inode = client->whom.inode,
		.start = client->whom.start,
		.command = text_on_wire(command),
	};
	call_init(&call);
	int r = call_bind(client, &call, &request, &reply);
	if (r != 0)
		return r;
	pthread_mutex_lock(&client->mutex);
	client->session.number = reply.client;
	pthread_mutex_unlock(&client->mutex);
	return 0;
}

int hello(struct semd_client *client)
{
	int r = channel_open(&client->channel, &client->place, client->flags & SEMD_INTERRUPTIBLE);
	if (r == 0)
		r = greet(client);
	return r == 0 && client->bound ? bind_to_process(client) : r;
}
