/* hello.c - see hello.h. */
#include "config.h"

#include "client/lib/hello.h"

#include <stdio.h>

#include "client/lib/ask.h"
#include "client/lib/client.h"
#include "client/lib/os/random.h"
#include "client/lib/text.h"

static int greet(struct semd_client *client)
{
	char command[WIRE_MAX_TEXT + 1];
	struct call call;
	struct hello_reply reply;
	struct hello_request request = {
		.min_version = SEMD_PROTOCOL_VERSION,
		.max_version = SEMD_PROTOCOL_VERSION,
	};
	int r = random_fill(request.session.bytes, sizeof(request.session.bytes));
	if (r != 0)
		return r;
	process_command(0, command, sizeof(command));
	request.command = text_on_wire(command);
	call_init(&call);
	r = ask_hello(client, &call, &request, &reply);
	if (r != 0)
		return r;
	pthread_mutex_lock(&client->mutex);
	snprintf(client->release, sizeof(client->release), "%.*s", (int)reply.release.size,
	         reply.release.data);
	client->number = reply.client;
	client->daemon_pid = reply.pid;
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
	int r = ask_bind(client, &call, &request, &reply);
	if (r != 0)
		return r;
	pthread_mutex_lock(&client->mutex);
	client->number = reply.client;
	pthread_mutex_unlock(&client->mutex);
	return 0;
}

int hello(struct semd_client *client)
{
	struct socket *socket = &client->connection.socket;
	int r = socket_connect(client->place.path, client->flags & SEMD_INTERRUPTIBLE, socket);
	if (r == 0)
		r = place_check_listener(&client->place, socket);
	if (r == 0)
		r = greet(client);
	return r == 0 && client->bound ? bind_to_process(client) : r;
}
