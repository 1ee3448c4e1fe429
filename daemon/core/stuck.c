/*
 * stuck.c - see stuck.h.
 *
 * Who is stuck behind a client is found by marking: from the client to the waiters short of what it
 * holds, from a marked waiter to those behind it and to its own client. Marks carry the serial number
 * of the marking, so none needs to be taken off. Every line is walked at most twice.
 */
#include "daemon/core/stuck.h"
#include "daemon/core/line.h"

static struct sem_mark *mark_of(const struct engine *e, struct sem *sem)
{
	if (sem->mark.serial != e->last_marking)
		sem->mark = (struct sem_mark){ .serial = e->last_marking, .behind = UINT64_MAX };
	return &sem->mark;
}

static void mark_waiter(const struct engine *e, struct waiter *waiter, struct marked_list *marked)
{
	if (waiter->marked == e->last_marking)
		return;
	waiter->marked = e->last_marking;
	TAILQ_INSERT_TAIL(marked, waiter, marking);
}

static void mark_short(const struct engine *e, struct sem *sem, struct marked_list *marked)
{
	struct place *place;
	struct sem_mark *mark = mark_of(e, sem);
	if (mark->short_marked)
		return;
	mark->short_marked = true;
	TAILQ_FOREACH(place, &sem->line, in_line)
		if (line_is_short(e, place))
			mark_waiter(e, place->waiter, marked);
}

static void mark_behind(const struct engine *e, struct place *place, struct marked_list *marked)
{
	struct sem_mark *mark = mark_of(e, place->sem);
	uint64_t arrival = place->waiter->due.order, end = mark->behind;
	if (arrival >= end)
		return;
	mark->behind = arrival;
	while ((place = TAILQ_NEXT(place, in_line)) && place->waiter->due.order <= end)
		mark_waiter(e, place->waiter, marked);
}

static void mark_from_client(const struct engine *e, struct client *client, struct marked_list *marked)
{
	struct hold *hold;
	if (client->marked == e->last_marking)
		return;
	client->marked = e->last_marking;
	TAILQ_FOREACH(hold, &client->holds, of_client)
		mark_short(e, hold->key.sem, marked);
}

static void mark_stuck_behind(struct engine *e, struct client *client)
{
	struct marked_list marked = TAILQ_HEAD_INITIALIZER(marked);
	struct waiter *waiter;
	e->last_marking++;
	mark_from_client(e, client, &marked);
	TAILQ_FOREACH(waiter, &marked, marking) {
		for (uint32_t i = 0; i < waiter->place_count; i++)
			mark_behind(e, &waiter->places[i], &marked);
		mark_from_client(e, waiter->key.session->client, &marked);
	}
}

static bool may_yield(const struct engine *e, const struct place *place)
{
	return place->waiter->yielded < STUCK_YIELDS || !line_is_short(e, place);
}

static bool yields(const struct engine *e, const struct place *place)
{
	return place->waiter->marked == e->last_marking && may_yield(e, place);
}

bool stuck_lets_in(struct engine *e, const struct waiter *waiter)
{
	struct client *client = waiter->key.session->client;
	if (TAILQ_EMPTY(&client->holds) || !line_lets_in(e, waiter, may_yield))
		return false;
	mark_stuck_behind(e, client);
	return line_lets_in(e, waiter, yields);
}

bool stuck_blocks(const struct engine *e, const struct place *place)
{
	return place->stop.rank && !may_yield(e, place);
}

/* The first waiter of that client to be let in, of those who arrived before `before`. */
static struct waiter *first_of(struct engine *e, const struct client *client, uint64_t before)
{
	struct waiter *waiter;
	TAILQ_FOREACH(waiter, &client->waiters, of_client) {
		if (waiter->due.order >= before)
			break;
		if (!waiter->for_zero && line_fits(e, waiter) && stuck_lets_in(e, waiter))
			return waiter;
	}
	return NULL;
}

/*
 * Whom (c) lets pass changes only with a line, and who could be served fits in each of his: where no
 * line has changed, or none has anything left to take, nobody need be asked.
 */
struct waiter *stuck_first(struct engine *e, uint64_t before)
{
	struct client *client;
	struct waiter *first = NULL;
	if (!e->stirred || !e->open_lines)
		return NULL;
	TAILQ_FOREACH(client, &e->entangled, entangling) {
		struct waiter *waiter = first_of(e, client, before);
		if (!waiter)
			continue;
		first = waiter;
		before = waiter->due.order;
	}
	return first;
}
