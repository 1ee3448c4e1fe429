/*
 * request.c - see request.h.
 *
 * A request gets its number when its first bytes are sent. So numbers rise on the wire, and a
 * request that is withdrawn leaves no gap.
 */
#include "config.h"

#include "client/lib/request.h"

#include "client/lib/client.h"

bool request_is_sent(const struct request *request)
{
	return request->sent == request->size;
}

/* The daemon keeps the reply until it hears that we have seen it. It keeps a limited number of
 * them. */
static bool is_kept(const struct request *request)
{
	return request->numbered && !request->can_wait;
}

static bool may_go(const struct session *session, const struct request *request)
{
	return request->sent > 0 || !is_kept(request) || session->unseen < session->max_unseen;
}

static void stamp(const struct session *session, const struct request *request)
{
	wire_head_stamp(request->frame, session->shared ? WIRE_SHARED : 0, request->tag,
	                request->numbered ? session->last_number + 1 : 0, session->seen);
}

static void has_left(struct session *session, struct request *request)
{
	if (request->numbered)
		request->number = ++session->last_number;
	if (is_kept(request))
		session->unseen++;
}

static void push_first(struct semd_client *client, struct request *request)
{
	struct session *session = &client->session;
	bool first = request->sent == 0;
	if (first)
		stamp(session, request);
	request->sent += channel_send(&client->channel, request->frame + request->sent,
	                              request->size - request->sent);
	if (first && request->sent > 0)
		has_left(session, request);
	if (request_is_sent(request))
		session->to_send = TAILQ_NEXT(request, next);
}

void request_push(struct semd_client *client)
{
	struct session *session = &client->session;
	client->channel.clogged = false;
	while (!client->channel.clogged && session->to_send && may_go(session, session->to_send))
		push_first(client, session->to_send);
}

int request_begin(struct semd_client *client, struct request *request)
{
	struct session *session = &client->session;
	if (session->failure)
		return session->failure;
	if (tags_give(&session->tags, request, &request->tag) != 0)
		return SEMD_ENOMEM;
	request->number = 0;
	request->sent = 0;
	TAILQ_INSERT_TAIL(&session->requests, request, next);
	if (!session->to_send)
		session->to_send = request;
	request_push(client);
	return 0;
}

static void leave(struct session *session, struct request *request)
{
	tags_take_back(&session->tags, request->tag);
	if (session->to_send == request)
		session->to_send = TAILQ_NEXT(request, next);
	TAILQ_REMOVE(&session->requests, request, next);
}

bool request_withdraw(struct semd_client *client, struct request *request)
{
	if (request->sent > 0)
		return false;
	leave(&client->session, request);
	return true;
}

void request_end(struct semd_client *client, struct request *request, int result)
{
	if (request->number && is_kept(request))
		client->session.unseen--;
	leave(&client->session, request);
	request->ended(client, request, result);
}
