/* stir.c - see stir.h. Serial numbers say what was reached, so none needs to be taken off. */
#include "daemon/core/stir.h"

void stir_settled(struct engine *e)
{
	struct sem *sem;
	while ((sem = TAILQ_FIRST(&e->stirred))) {
		TAILQ_REMOVE(&e->stirred, sem, stirring);
		sem->is_stirred = false;
	}
}

static void reach_sem(struct engine *e, struct sem *sem, struct sem_list *reached)
{
	e->looked++;
	if (sem->stir_reached == e->last_stir)
		return;
	sem->stir_reached = e->last_stir;
	TAILQ_INSERT_TAIL(reached, sem, reaching);
}

/* Nothing is passed on by who does not wait in a line. */
static void reach_client(struct engine *e, struct client *client, struct sem_list *reached)
{
	const struct hold *hold;
	const struct waiter *waiter;
	e->looked++;
	if (!client->waits || stir_reaches(e, client))
		return;
	client->stir_reached = e->last_stir;
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
void stir_spread(struct engine *e)
{
	struct sem_list reached = TAILQ_HEAD_INITIALIZER(reached);
	struct sem *sem;
	e->last_stir++;
	TAILQ_FOREACH(sem, &e->stirred, stirring)
		reach_sem(e, sem, &reached);
	TAILQ_FOREACH(sem, &reached, reaching) {
		const struct place *place;
		TAILQ_FOREACH(place, &sem->line, in_line)
			reach_client(e, place->waiter->key.session->client, &reached);
	}
}
