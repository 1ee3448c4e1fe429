/*
 * stuck.c - see stuck.h.
 *
 * Who is stuck behind a client is found by marking: from the client to the waiters short of what
 * it holds, from a marked waiter to those behind it and to its own client. Marks carry the serial
 * number of the marking, so none needs to be taken off. Every line is walked at most twice.
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

/* Adds to the marks that there are. */
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

/* It fits, and those who stop it may be stuck: only then it is worth it to mark. */
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

/* Where the line ends for who has been marked from: who stands behind that is not let in. */
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

/* From that waiter of a client on the first that may pass, of those who arrived before `before`. */
static struct waiter *next_hopeful(struct engine *e, struct waiter *waiter, uint64_t before)
{
	for (; waiter && waiter->due.order < before; waiter = TAILQ_NEXT(waiter, of_client)) {
		e->looked++;
		if (may_pass(e, waiter))
			return waiter;
	}
	return NULL;
}

/* Of a client's hopeful ones, which all go by the same marks, the first to be let in. */
static struct waiter *first_marked(struct engine *e, struct waiter *hopeful, uint64_t before)
{
	mark_stuck_behind(e, hopeful->key.session->client);
	while (hopeful && !marks_let_in(e, hopeful))
		hopeful = next_hopeful(e, TAILQ_NEXT(hopeful, of_client), before);
	return hopeful;
}

/*
 * The same, with the marks of those who were not let in before: who is not let in by more marks is
 * not let in by his own. `*clients` is how many have been marked from.
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
 * Who could be served fits in each of his lines: where none has anything left to take, nobody need
 * be asked.
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
