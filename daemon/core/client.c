/*
 * client.c - who holds: a session's own client, or one bound to a process.
 */
#include "daemon/core/client.h"
#include "daemon/core/handle.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/session.h"
#include "daemon/core/user.h"
#include "daemon/core/waiter.h"

int client_relabel(struct client *client, struct wire_text command)
{
	char *copy = NULL;
	if (command.size) {
		copy = malloc(command.size);
		if (!copy)
			return WIRE_ENOMEM;
		memcpy(copy, command.data, command.size);
	}
	free(client->command);
	client->command = copy;
	client->command_size = (uint8_t)command.size;
	return WIRE_OK;
}

static void record(struct engine *e, struct client *client)
{
	client->id = ++e->last_client_id;
	put_fact(e, FACTS_CLIENT, client->fact, CLIENT_ID, client->id);
	put_fact(e, FACTS_CLIENT, client->fact, CLIENT_PEER,
	         facts_pair(client->peer.pid, client->peer.uid));
	put_fact(e, FACTS_CLIENT, client->fact, CLIENT_KIND,
	         facts_pair(client->peer.gid, client->bound));
}

int client_new(struct engine *e, struct user *user, const struct peer *peer, bool bound,
               struct client **client)
{
	struct client *c = calloc(1, sizeof(*c));
	if (!c || facts_take(&e->facts, FACTS_CLIENT, &c->fact) < 0) {
		free(c);
		return WIRE_ENOMEM;
	}
	c->peer = *peer;
	c->bound = bound;
	c->fresh = bound;
	c->user = user;
	user->references++;
	TAILQ_INIT(&c->holds);
	TAILQ_INIT(&c->speakers);
	record(e, c);
	TAILQ_INSERT_TAIL(&e->clients, c, all);
	e->counts.clients++;
	e->counts.bound += bound;
	*client = c;
	return WIRE_OK;
}

void client_charge(struct client *client)
{
	client->charged = true;
	client->user->clients++;
}

static struct wire_text client_command(const struct client *client)
{
	return (struct wire_text){ client->command, client->command_size };
}

int client_new_bound(struct engine *engine, const struct peer *peer, void *watch,
                     struct wire_text command, struct session *successor_of, struct client **client)
{
	struct user *user = user_take(engine, peer->uid);
	if (!user)
		return WIRE_ENOMEM;
	bool takes_over = successor_of && successor_of->own;
	int status = WIRE_OK;
	if (!takes_over && user->clients >= engine->config.limits.clients)
		status = WIRE_EQUOTA;
	if (status == WIRE_OK)
		status = client_new(engine, user, peer, true, client);
	user_drop(engine, user);
	if (status != WIRE_OK)
		return status;
	(*client)->watch = watch;
	if (!takes_over)
		client_charge(*client);
	else if (command.size == 0)
		command = client_command(successor_of->own);
	status = client_relabel(*client, command);
	if (status != WIRE_OK)
		client_free(engine, *client);
	return status;
}

uint64_t client_id(const struct client *client)
{
	return client->id;
}

uint32_t client_uid(const struct client *client)
{
	return client->peer.uid;
}

void client_release_all(struct engine *e, struct client *client)
{
	struct hold *hold;
	e->totals.ended += !TAILQ_EMPTY(&client->holds);
	while ((hold = TAILQ_FIRST(&client->holds))) {
		struct sem *sem = hold->key.sem;
		e->totals.taken_back += hold_permits(e, hold);
		hold_set(e, hold, 0);
		hold_drop(e, hold);
		serve_consider_all(e, sem);
		sem_leave(e, sem);
	}
}

void client_free(struct engine *e, struct client *client)
{
	if (client->charged)
		client->user->clients--;
	facts_drop(&e->facts, FACTS_CLIENT, client->fact);
	TAILQ_REMOVE(&e->clients, client, all);
	e->counts.clients--;
	e->counts.bound -= client->bound;
	user_drop(e, client->user);
	free(client->command);
	free(client);
}

void client_leave(struct engine *e, struct client *client)
{
	if (!client->bound || client->fresh)
		return;
	if (!TAILQ_EMPTY(&client->holds) || !TAILQ_EMPTY(&client->speakers))
		return;
	e->host.unbound(e->host.arg, client->watch);
	client_free(e, client);
}

void client_end(struct engine *engine, struct client *client)
{
	struct session *session;
	TAILQ_FOREACH(session, &client->speakers, of_client)
		session_cancel_all(engine, session, WIRE_ELOST);
	client_release_all(engine, client);
	while ((session = TAILQ_FIRST(&client->speakers))) {
		session_close_all(engine, session);
		session_speak_for(session, NULL);
	}
	client_free(engine, client);
	serve(engine);
}
