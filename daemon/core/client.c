/*
 * client.c - clients, the owners of holds: a session's own client, or a client bound to a process.
 */
#include "daemon/core/client.h"
#include "daemon/core/deadlock/deadlock.h"
#include "daemon/core/user.h"
#include "protocol/array.h"

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

/* Makes room in e->client_at for the record with that index. */
static int reserve(struct engine *e, uint32_t index)
{
	struct client **clients = array_grow_zeroed(e->client_at, &e->client_room, (size_t)index + 1,
	                                        sizeof(struct client *));
	if (!clients)
		return -1;
	e->client_at = clients;
	return 0;
}

/* Gives the client a record, and the number by which it is found. */
static int enter(struct engine *e, struct client *client)
{
	if (facts_take(&e->facts, FACTS_CLIENT, &client->fact) < 0)
		return -1;
	client->id = e->last_client_id + 1;
	if (reserve(e, client->fact) == 0)
		HASH_ADD(hh, e->client_table, id, sizeof(client->id), client);
	if (!client->hh.tbl) {
		facts_drop(&e->facts, FACTS_CLIENT, client->fact);
		return -1;
	}
	e->last_client_id = client->id;
	e->client_at[client->fact] = client;
	return 0;
}

static void record(struct engine *e, const struct client *client)
{
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
	if (!c || enter(e, c) < 0) {
		free(c);
		return WIRE_ENOMEM;
	}
	c->peer = *peer;
	c->bound = bound;
	c->fresh = bound;
	c->since = e->now;
	c->user = user;
	user->references++;
	TAILQ_INIT(&c->holds);
	TAILQ_INIT(&c->waiters);
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

void *client_watch(const struct client *client)
{
	return client->watch;
}

void client_note_entangled(struct engine *e, struct client *client)
{
	bool entangled = client->waits && !TAILQ_EMPTY(&client->holds);
	if (entangled == client->entangled)
		return;
	client->entangled = entangled;
	if (entangled)
		TAILQ_INSERT_TAIL(&e->entangled, client, entangling);
	else
		TAILQ_REMOVE(&e->entangled, client, entangling);
}

void client_free(struct engine *e, struct client *client)
{
	if (client->charged)
		client->user->clients--;
	deadlock_lose(e, client);
	HASH_DELETE(hh, e->client_table, client);
	e->client_at[client->fact] = NULL;
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
	if (!client->bound || client->fresh || client->ends)
		return;
	if (!TAILQ_EMPTY(&client->holds) || !TAILQ_EMPTY(&client->speakers))
		return;
	e->host.unbound(e->host.arg, client->watch);
	client_free(e, client);
}

bool client_is_seen(const struct client *client)
{
	return client->bound || !TAILQ_EMPTY(&client->speakers);
}
