/* session.c - see session.h. */
#include "config.h"

#include "client/lib/session.h"

#include <stdio.h>

#include "client/lib/client.h"
#include "client/lib/os/random.h"
#include "client/lib/text.h"

void session_init(struct session *session)
{
	session->tags.first_free = TAGS_NONE;
	session_disown(session);
}

void session_rewind(struct session *session)
{
	session->failure = 0;
	session->failure_told = false;
	TAILQ_INIT(&session->requests);
	session->to_send = NULL;
	tags_forget(&session->tags);
	session->last_number = 0;
	session->seen = 0;
	session->unseen = 0;
	session->shared = false;
	session->label[0] = '\0';
}

void session_disown(struct session *session)
{
	session->has_id = false;
	session_rewind(session);
}

void session_free(struct session *session)
{
	tags_free(&session->tags);
}

int session_draw(struct session *session)
{
	if (session->has_id)
		return 0;
	int r = random_fill(session->id.bytes, sizeof(session->id.bytes));
	session->has_id = r == 0;
	return r;
}

void session_greeted(struct session *session, const struct hello_reply *reply)
{
	session->number = reply->client;
	session->run = reply->run;
	session->max_unseen = reply->max_unseen;
	session->max_handles = reply->max_handles;
	session->daemon_pid = reply->pid;
	text_copy(session->release, reply->release);
}

void session_fail(struct semd_client *client, int error, const char *reason)
{
	struct session *session = &client->session;
	struct request *request;
	if (!session->failure) {
		session->failure = error;
		snprintf(session->reason, sizeof(session->reason), "%s", reason);
	}
	while ((request = TAILQ_FIRST(&session->requests)))
		request_end(client, request, session->failure);
	client->channel.clogged = false;
	if (client->channel.writing)	/* a thread that waits for room must notice */
		channel_cut(&client->channel);
	loop_announce(client);
}
