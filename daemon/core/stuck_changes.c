/*
 * stuck_changes.c - see stuck_changes.h. Serial numbers say what was reached, so none needs to be
 * taken off.
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

/* `line` is NULL where nobody waits, and so nobody is reached from there. */
static void reach_line(struct engine *e, struct line *line, struct line_list *reached)
{
	e->looked++;
	if (!line || line->reached_by_change == e->last_spread)
		return;
	line->reached_by_change = e->last_spread;
	TAILQ_INSERT_TAIL(reached, line, reaching);
}

/* Nothing is passed on by who does not wait in a line. */
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
 * Who is let pass stands behind those who are stuck behind it, so that the chain of who waits for
 * whom is closed. What has changed is a link of it: on from there, from lines to what those in
 * them hold, it leads back to whoever is let pass. Who holds what has changed need not be looked
 * for.
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
