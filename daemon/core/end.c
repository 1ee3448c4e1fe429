/*
 * end.c - the end of sessions and clients, in the order of rule 3 of the design.
 *
 * Waits are cancelled, then holds are released, then waiters are considered. Each step covers all
 * sessions and clients that end together before the next step begins. When a client ends, the
 * sessions that act for it end too.
 */
#include "daemon/core/end.h"
#include "daemon/core/client.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/session.h"
#include "daemon/core/user.h"
#include "daemon/core/waiter.h"
#include "daemon/core/report/watch.h"

void ending_init(struct ending *ending)
{
	TAILQ_INIT(&ending->sessions);
	TAILQ_INIT(&ending->clients);
}

static void add_client(struct ending *ending, struct client *client)
{
	if (client->ends)
		return;
	client->ends = true;
	TAILQ_INSERT_TAIL(&ending->clients, client, ending);
}

static void add_session(struct ending *ending, struct session *session)
{
	session->ends = true;
	TAILQ_INSERT_TAIL(&ending->sessions, session, ending);
	if (session->own)
		add_client(ending, session->own);
}

/* ---- The steps ----------------------------------------------------------------------------- */

/*
 * A dead session that waits for engine_bury has no speaker any more. Its client must not end before
 * it, so the session moves to the client's ending.
 */
static void bury_with_client(struct engine *e, struct ending *ending, struct session *session)
{
	if (!session->died || ending == &e->dead)
		return;
	TAILQ_REMOVE(&e->dead.sessions, session, ending);
	TAILQ_INSERT_TAIL(&ending->sessions, session, ending);
}

/* Adds the sessions that act for a client of the ending, and tells their speakers (host->lost). */
static void find_lost(struct engine *e, struct ending *ending)
{
	const struct client *client;
	struct session *session;
	TAILQ_FOREACH(client, &ending->clients, ending)
		TAILQ_FOREACH(session, &client->speakers, of_client) {
			if (session->ends) {
				bury_with_client(e, ending, session);
				continue;
			}
			add_session(ending, session);
			e->host.lost(e->host.arg, session->speaker, !client->died);
		}
}

static void cancel_waits(struct engine *e, const struct ending *ending)
{
	struct session *session;
	TAILQ_FOREACH(session, &ending->sessions, ending)
		session_cancel_all(e, session, WAITER_UNANSWERED);
}

static void release_all(struct engine *e, struct client *client)
{
	struct hold *hold;
	e->totals.ended += !TAILQ_EMPTY(&client->holds);
	while ((hold = TAILQ_FIRST(&client->holds))) {
		struct sem *sem = hold->key.sem;
		e->looked++;
		e->totals.taken_back += hold_permits(e, hold);
		hold_set(e, hold, 0);
		hold_drop(e, hold);
		serve_consider_all(e, sem);
		sem_leave(e, sem);
	}
}

static void release_holds(struct engine *e, const struct ending *ending)
{
	struct client *client;
	TAILQ_FOREACH(client, &ending->clients, ending)
		release_all(e, client);
}

static void drop_session(struct engine *e, struct session *session)
{
	struct client *client = session->client;
	watch_end(e, session);
	session_close_all(e, session);
	TAILQ_REMOVE(&client->speakers, session, of_client);
	client_leave(e, client);
	session_free(e, session);
}

static void drop_all(struct engine *e, struct ending *ending)
{
	struct session *session;
	struct client *client;
	while ((session = TAILQ_FIRST(&ending->sessions))) {
		TAILQ_REMOVE(&ending->sessions, session, ending);
		drop_session(e, session);
	}
	while ((client = TAILQ_FIRST(&ending->clients))) {
		TAILQ_REMOVE(&ending->clients, client, ending);
		client_free(e, client);
	}
}

static void carry_out(struct engine *e, struct ending *ending)
{
	find_lost(e, ending);
	cancel_waits(e, ending);
	release_holds(e, ending);
	drop_all(e, ending);
	serve(e);
}

/* ---- Functions of engine.h ----------------------------------------------------------------- */

void session_died(struct engine *engine, struct session *session)
{
	session->died = true;
	session_cancel_all(engine, session, WAITER_UNANSWERED);
}

void client_died(struct engine *engine, struct client *client)
{
	struct session *session;
	client->died = true;
	TAILQ_FOREACH(session, &client->speakers, of_client)
		session_cancel_all(engine, session, WAITER_UNANSWERED);
}

void session_end(struct engine *engine, struct session *session)
{
	struct ending alone;
	if (session->died) {
		add_session(&engine->dead, session);
		return;
	}
	ending_init(&alone);
	add_session(&alone, session);
	carry_out(engine, &alone);
}

void client_end(struct engine *engine, struct client *client)
{
	struct ending alone;
	if (client->died) {
		add_client(&engine->dead, client);
		return;
	}
	ending_init(&alone);
	add_client(&alone, client);
	carry_out(engine, &alone);
}

void engine_bury(struct engine *engine)
{
	carry_out(engine, &engine->dead);
}

int engine_kick(struct engine *engine, struct session *session, uint64_t number, struct peer *kicked)
{
	struct client *client;
	HASH_FIND(hh, engine->client_table, &number, sizeof(number), client);
	if (!client || client->ends || !client_is_seen(client))
		return WIRE_ENOENT;
	if (!user_is_admin(engine, session) && !user_has(engine, session, client))
		return WIRE_EACCES;
	*kicked = client->peer;
	if (client->bound)
		engine->host.unbound(engine->host.arg, client->watch);
	engine->totals.kicks++;
	client->died = false;
	client_end(engine, client);
	return WIRE_OK;
}
