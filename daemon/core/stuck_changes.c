/* stuck_changes.c - see stuck_changes.h. Serial numbers say what was reached, so none needs to be taken off. */
#include "daemon/core/stuck_changes.h"

void stuck_changes_settled(struct engine *e)
{
	struct sem *sem;
	while ((sem = TAILQ_FIRST(&e->stuck_changed))) {
		TAILQ_REMOVE(&e->stuck_changed, sem, of_stuck_changed);
		sem->is_stuck_changed = false;
	}
}

static void reach_sem(struct engine *e, struct sem *sem, struct sem_list *reached)
{
	e->looked++;
	if (sem->reached_by_change == e->last_spread)
		return;
	sem->reached_by_change = e->last_spread;
	TAILQ_INSERT_TAIL(reached, sem, reaching);
}

/* Nothing is passed on by who does not wait in a line. */
static void reach_client(struct engine *e, struct client *client, struct sem_list *reached)
{
	const struct hold *hold;
	const struct waiter *waiter;
	e->looked++;
	if (!client->waits || stuck_changes_reach(e, client))
		return;
	client->reached_by_change = e->last_spread;
	TAILQ_FOREACH(hold, &client->holds, of_client)
		reach_sem(e, hold->key.sem, reached);
	TAILQ_FOREACH(waiter, &client->waiters, of_client)
		for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++)
			reach_sem(e, waiter->places[i].sem, reached);
}

/*
 * Who is let pass stands behind those who are stuck behind it, so that the chain of who waits for whom is
 * closed. What has changed is a link of it: on from there, from lines to what those in them hold, it
 * leads back to whoever is let pass. Who holds what has changed need not be looked for.
 */
void stuck_changes_spread(struct engine *e)
{
	struct sem_list reached = TAILQ_HEAD_INITIALIZER(reached);
	struct sem *sem;
	e->last_spread++;
	TAILQ_FOREACH(sem, &e->stuck_changed, of_stuck_changed)
		reach_sem(e, sem, &reached);
	TAILQ_FOREACH(sem, &reached, reaching) {
		const struct place *place;
		TAILQ_FOREACH(place, &sem->line, in_line)
			reach_client(e, place->waiter->key.session->client, &reached);
	}
}
