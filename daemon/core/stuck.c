/*
 * stuck.c - see stuck.h.
 *
 * Marking finds the waiters that are stuck behind a client. It goes from the client to the waiters
 * short of a semaphore that the client holds, and from each marked waiter to the waiters behind it
 * and to its own client. A mark is the serial number of the marking, so no mark needs to be
 * removed. Every line is walked at most twice.
 */
#include "daemon/core/stuck.h"
#include "daemon/core/line.h"
#include "daemon/core/stuck_changes.h"

static struct line_mark *mark_of(const struct engine *e, struct line *line)
{
	if (line->mark.serial != e->last_marking)
		line->mark = (struct line_mark){ .serial = e->last_marking, .behind = UINT64_MAX };
	return &line->mark;
}

static void mark_waiter(const struct engine *e, struct waiter *waiter, struct marked_list *marked)
{
	if (waiter->marked == e->last_marking)
		return;
	waiter->marked = e->last_marking;
	TAILQ_INSERT_TAIL(marked, waiter, marking);
}

static void mark_short(struct engine *e, struct line *line, struct marked_list *marked)
{
	struct place *place;
	struct line_mark *mark = mark_of(e, line);
	if (mark->short_marked)
		return;
	mark->short_marked = true;
	TAILQ_FOREACH(place, &line->places, in_line) {
		e->looked++;
		if (line_is_short(e, place))
			mark_waiter(e, place->waiter, marked);
	}
}

static void mark_behind(struct engine *e, struct place *place, struct marked_list *marked)
{
	struct line_mark *mark = mark_of(e, place->sem->line);
	uint64_t arrival = place->waiter->due.order, end = mark->behind;
	if (arrival >= end)
		return;
	mark->behind = arrival;
	while ((place = TAILQ_NEXT(place, in_line)) && place->waiter->due.order <= end) {
		e->looked++;
		mark_waiter(e, place->waiter, marked);
	}
}

static void mark_from_client(struct engine *e, struct client *client, struct marked_list *marked)
{
	struct hold *hold;
	if (client->marked == e->last_marking)
		return;
	client->marked = e->last_marking;
	TAILQ_FOREACH(hold, &client->holds, of_client) {
		e->looked++;
		if (hold->key.sem->line)
			mark_short(e, hold->key.sem->line, marked);
	}
}

/* Adds marks to the existing marks. */
static void mark_stuck_behind(struct engine *e, struct client *client)
{
	struct marked_list marked = TAILQ_HEAD_INITIALIZER(marked);
	struct waiter *waiter;
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

/*
 * Whether marking is worth its cost: the waiter fits, and in each line the first stop ahead of it
 * may yield.
 */
static bool may_pass(const struct engine *e, const struct waiter *waiter)
{
	if (waiter->for_zero || !line_fits(e, waiter))
		return false;
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		const struct place *stop = line_stop(waiter->places[i].sem);
		if (line_is_before(stop, waiter) && !may_yield(e, stop))
			return false;
	}
	return true;
}

static bool yields(const struct engine *e, const struct place *place)
{
	return place->waiter->marked == e->last_marking && may_yield(e, place);
}

/*
 * Finds the wall of the line: the first stop that does not yield to the clients marked from.
 * Waiters behind it are not let in.
 */
static const struct place *find_wall(struct engine *e, const struct sem *sem)
{
	if (!sem->line)
		return NULL;
	struct line_mark *mark = mark_of(e, sem->line);
	const struct place *place = mark->walked ? mark->wall : line_stop(sem);
	for (; place && (!place->stop.rank || yields(e, place)); e->looked++)
		place = TAILQ_NEXT(place, in_line);
	mark->walked = true;
	mark->wall = place;
	return place;
}

static bool marks_let_in(struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		if (line_is_before(find_wall(e, waiter->places[i].sem), waiter))
			return false;
	}
	return true;
}

bool stuck_lets_in(struct engine *e, const struct waiter *waiter)
{
	struct client *client = waiter->key.session->client;
	if (TAILQ_EMPTY(&client->holds) || !may_pass(e, waiter))
		return false;
	e->last_marking++;
	mark_stuck_behind(e, client);
	return marks_let_in(e, waiter);
}

bool stuck_blocks(const struct engine *e, const struct place *place)
{
	return place->stop.rank && !may_yield(e, place);
}

/* The first waiter of the client, from `waiter` on, that may pass and arrived before `before`. */
static struct waiter *next_hopeful(struct engine *e, struct waiter *waiter, uint64_t before)
{
	for (; waiter && waiter->due.order < before; waiter = TAILQ_NEXT(waiter, of_client)) {
		e->looked++;
		if (may_pass(e, waiter))
			return waiter;
	}
	return NULL;
}

/*
 * The first waiter of the client, from `hopeful` on, that may pass and is let in. The same marks
 * apply to all waiters of a client.
 */
static struct waiter *first_marked(struct engine *e, struct waiter *hopeful, uint64_t before)
{
	mark_stuck_behind(e, hopeful->key.session->client);
	while (hopeful && !marks_let_in(e, hopeful))
		hopeful = next_hopeful(e, TAILQ_NEXT(hopeful, of_client), before);
	return hopeful;
}

/*
 * The same, but keeps the marks of earlier clients. A waiter that is not let in with more marks is
 * not let in with its client's own marks either; a waiter that is let in is checked again with
 * those alone. `*clients` is the number of clients marked from.
 */
static struct waiter *first_of(struct engine *e, struct waiter *hopeful, uint64_t before,
                               uint32_t *clients)
{
	if ((*clients)++ == 0)
		e->last_marking++;
	struct waiter *waiter = first_marked(e, hopeful, before);
	if (!waiter || *clients == 1)
		return waiter;
	e->last_marking++;
	*clients = 1;
	return first_marked(e, hopeful, before);
}

/*
 * A waiter that can be served fits in each of its lines. If no line is open, no waiter fits, and
 * clause (c) is not evaluated.
 */
struct waiter *stuck_first(struct engine *e, uint64_t before)
{
	struct client *client;
	struct waiter *first = NULL;
	uint32_t clients = 0;
	bool spread = false;
	if (TAILQ_EMPTY(&e->stuck_changed) || !e->open_lines)
		return NULL;
	TAILQ_FOREACH(client, &e->entangled, entangling) {
		struct waiter *waiter = next_hopeful(e, TAILQ_FIRST(&client->waiters), before);
		if (waiter && !spread)
			stuck_changes_spread(e);
		spread |= waiter != NULL;
		if (waiter && stuck_changes_reach(e, client))
			waiter = first_of(e, waiter, before, &clients);
		else
			waiter = NULL;
		if (!waiter)
			continue;
		first = waiter;
		before = waiter->due.order;
	}
	return first;
}
