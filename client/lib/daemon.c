/*
 * daemon.c - asks the daemon whether it is there, for its release and its process.
 */
#include "config.h"

#include <stdio.h>

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"

int semd_ping(struct semd_client *client)
{
	int state;
	struct call call;
	struct ping_reply reply;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = call_ping(client, &call, &(struct ping_request){ 0 }, &reply);
	}
	return client_leave(state, r);
}

int semd_daemon(struct semd_client *client, char *release, size_t size, uint32_t *pid)
{
	int state;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		pthread_mutex_lock(&client->mutex);
		r = client->session.failure;
		if (r != 0)
			client_explain(client, r);
		if (release && size)
			snprintf(release, size, "%s", client->session.release);
		if (pid)
			*pid = client->session.daemon_pid;
		pthread_mutex_unlock(&client->mutex);
	}
	return client_leave(state, r);
}
