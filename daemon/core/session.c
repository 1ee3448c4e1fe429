/*
 * session.c - sessions: how they begin and end, and how a session comes to act for a bound client
 * instead of its own.
 */
#include "daemon/core/session.h"
#include "daemon/core/client.h"
#include "daemon/core/handle.h"
#include "daemon/core/hold.h"
#include "daemon/core/serve.h"
#include "daemon/core/user.h"
#include "daemon/core/waiter.h"
#include "daemon/core/report/watch.h"
#include "protocol/array.h"

void session_speak_for(struct session *session, struct client *client)
{
	if (session->client)
		TAILQ_REMOVE(&session->client->speakers, session, of_client);
	session->client = client;
	TAILQ_INSERT_TAIL(&client->speakers, session, of_client);
	client->fresh = false;
}

/*
 * Sessions are counted too, because after a detach a session has no client of its own that counts.
 */
static int begin(struct engine *e, struct user *user, const struct peer *peer,
                 struct session **session)
{
	uint32_t limit = e->config.limits.clients;
	if (user->clients >= limit || user->sessions >= limit)
		return WIRE_EQUOTA;
	struct session *s = calloc(1, sizeof(*s));
	if (!s || client_new(e, user, peer, false, &s->own) != WIRE_OK) {
		free(s);
		return WIRE_ENOMEM;
	}
	client_charge(s->own);
	TAILQ_INIT(&s->waiters);
	s->peer = *peer;
	s->handle_limit = e->config.limits.handles;
	s->user = user;
	user->references++;
	user->sessions++;
	session_speak_for(s, s->own);
	*session = s;
	return WIRE_OK;
}

int session_new(struct engine *engine, const struct peer *peer, void *speaker,
                struct session **session)
{
	struct user *user = user_take(engine, peer->uid);
	if (!user)
		return WIRE_ENOMEM;
	int status = begin(engine, user, peer, session);
	user_drop(engine, user);
	if (status != WIRE_OK)
		return status;
	(*session)->speaker = speaker;
	TAILQ_INSERT_TAIL(&engine->sessions, *session, all);
	engine->counts.sessions++;
	return WIRE_OK;
}

static bool has_number(const struct session *session)
{
	static const struct wire_session none;
	return memcmp(&session->number, &none, sizeof(none)) != 0;
}

static void drop_number(struct engine *e, struct session *session)
{
	if (session->hh.tbl)
		HASH_DELETE(hh, e->session_table, session);
	session->hh.tbl = NULL;
}

static int take_number(struct engine *e, struct session *session, const struct wire_session *number)
{
	struct session *other;
	HASH_FIND(hh, e->session_table, number, sizeof(*number), other);
	if (other)
		return WIRE_EEXIST;
	session->number = *number;
	if (!has_number(session))
		return WIRE_OK;
	HASH_ADD(hh, e->session_table, number, sizeof(session->number), session);
	return session->hh.tbl ? WIRE_OK : WIRE_ENOMEM;
}

int session_greet(struct engine *engine, struct session *session, const struct wire_session *number,
                  struct wire_text command)
{
	int status = take_number(engine, session, number);
	if (status == WIRE_OK)
		status = session_label(engine, session, command);
	if (status != WIRE_OK)
		drop_number(engine, session);
	session->greeted = status == WIRE_OK;
	return status;
}

bool session_is_greeted(const struct session *session)
{
	return session->greeted;
}

void session_cancel_all(struct engine *e, struct session *session, int status)
{
	struct waiter *waiter;
	while ((waiter = TAILQ_FIRST(&session->waiters)))
		waiter_end(e, waiter, status);
	(void)watch_cancel(e, session, status);
}

void session_close_all(struct engine *e, struct session *session)
{
	for (uint32_t i = 0; i < session->slot_count; i++) {
		if (session->slots[i].handle)
			handle_close(e, session->slots[i].handle);
		session->slots[i].failure = WIRE_OK;
	}
	session->slot_count = session->opened = 0;
}

void session_free(struct engine *e, struct session *session)
{
	TAILQ_REMOVE(&e->sessions, session, all);
	e->counts.sessions--;
	drop_number(e, session);
	answers_forget(session);
	session->user->sessions--;
	user_drop(e, session->user);
	free(session->slots);
	free(session);
}

uint32_t session_handle_limit(const struct session *session)
{
	return session->handle_limit;
}

uint64_t session_client_id(const struct session *session)
{
	return session->client->id;
}

int session_label(struct engine *engine, struct session *session, struct wire_text command)
{
	(void)engine;
	return client_relabel(session->client, command);
}

bool session_waits(const struct session *session)
{
	return !TAILQ_EMPTY(&session->waiters) || (session->watch && session->watch->list);
}

void session_share(struct session *session)
{
	session->shared = true;
}

struct client *session_bound(const struct session *session)
{
	return session->client->bound ? session->client : NULL;
}

int session_may_bind(const struct session *session)
{
	return session->opened || session->client != session->own ? WIRE_EINVAL : WIRE_OK;
}

int session_bind(struct engine *engine, struct session *session, struct client *client)
{
	int status = session_may_bind(session);
	if (status != WIRE_OK) {
		client->fresh = false;
		client_leave(engine, client);
		return status;
	}
	session_speak_for(session, client);
	return WIRE_OK;
}

void session_detach(struct engine *engine, struct session *session, struct client *client)
{
	session_cancel_all(engine, session, WIRE_ECANCELED);
	session_close_all(engine, session);
	if (session->client == session->own) {
		struct hold *hold;
		while ((hold = TAILQ_FIRST(&session->own->holds))) {
			struct sem *sem = hold->key.sem;
			hold_move(engine, hold, client);
			serve_consider_all(engine, sem);
		}
		session_speak_for(session, client);
		client_free(engine, session->own);
		session->own = NULL;
		if (!client->charged)
			client_charge(client);
	}
	serve(engine);
}

struct slot *session_slot(const struct session *session, uint32_t number)
{
	return number < session->slot_count ? &session->slots[number] : NULL;
}

/* Numbers from the limit on have no slot: their opening has failed or would fail. */
int session_slot_failure(const struct session *session, uint32_t number)
{
	const struct slot *slot = session_slot(session, number);
	if (!slot && number >= session->handle_limit)
		return WIRE_EQUOTA;
	if (!slot)
		return number < session->opened ? WIRE_ENOMEM : WIRE_EPROTO;
	if (slot->handle)
		return WIRE_OK;
	return slot->failure == WIRE_OK ? WIRE_EPROTO : slot->failure;
}

/*
 * Makes slots up to that number. Lower numbers without a slot were opened while there was no
 * memory, so their new slots keep ENOMEM.
 */
static int slots_grow(struct session *session, uint32_t number)
{
	struct slot *slots = array_grow(session->slots, &session->slot_room, (size_t)number + 1,
	                                sizeof(*slots));
	if (!slots)
		return WIRE_ENOMEM;
	session->slots = slots;
	while (session->slot_count <= number)
		slots[session->slot_count++] = (struct slot){ .failure = WIRE_ENOMEM };
	return WIRE_OK;
}

int session_slot_make(struct session *session, uint32_t number, struct slot **slot)
{
	if (number >= session->handle_limit)
		return WIRE_EQUOTA;
	if (number > session->opened)
		return WIRE_EPROTO;
	if (number == session->opened)
		session->opened++;
	if (number >= session->slot_count && slots_grow(session, number) != WIRE_OK)
		return WIRE_ENOMEM;
	*slot = &session->slots[number];
	return WIRE_OK;
}
