/*
 * stuck_changes.c - see stuck_changes.h. A reached line or client is marked with the serial number
 * of the spread, so no mark needs to be removed.
 */
#include "daemon/core/stuck_changes.h"

void stuck_changes_settled(struct engine *e)
{
	struct line *line;
	while ((line = TAILQ_FIRST(&e->stuck_changed))) {
		TAILQ_REMOVE(&e->stuck_changed, line, of_stuck_changed);
		line->is_stuck_changed = false;
	}
}

/* `line` is NULL if the semaphore has no waiters: then it leads to no client. */
static void reach_line(struct engine *e, struct line *line, struct line_list *reached)
{
	e->looked++;
	if (!line || line->reached_by_change == e->last_spread)
		return;
	line->reached_by_change = e->last_spread;
	TAILQ_INSERT_TAIL(reached, line, reaching);
}

/* A client that waits in no line leads to no other line. */
static void reach_client(struct engine *e, struct client *client, struct line_list *reached)
{
	const struct hold *hold;
	const struct waiter *waiter;
	e->looked++;
	if (!client->waits || stuck_changes_reach(e, client))
		return;
	client->reached_by_change = e->last_spread;
	TAILQ_FOREACH(hold, &client->holds, of_client)
		reach_line(e, hold->key.sem->line, reached);
	TAILQ_FOREACH(waiter, &client->waiters, of_client)
		for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++)
			reach_line(e, waiter->places[i].sem->line, reached);
}

/*
 * A waiter that clause (c) lets pass stands behind waiters that are stuck behind its client. So the
 * waits form a cycle through that client, and a change that lets it pass is on this cycle. From a
 * changed line the search goes to the clients that wait in it, and from each client to the lines of
 * the semaphores that it holds and waits for. In this direction the cycle leads back to the client
 * that may pass, so the holders of a changed semaphore need no search.
 */
void stuck_changes_spread(struct engine *e)
{
	struct line_list reached = TAILQ_HEAD_INITIALIZER(reached);
	struct line *line;
	e->last_spread++;
	TAILQ_FOREACH(line, &e->stuck_changed, of_stuck_changed)
		reach_line(e, line, &reached);
	TAILQ_FOREACH(line, &reached, reaching) {
		const struct place *place;
		TAILQ_FOREACH(place, &line->places, in_line)
			reach_client(e, place->waiter->key.session->client, &reached);
	}
}
