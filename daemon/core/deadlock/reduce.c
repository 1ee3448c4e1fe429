/*
 * reduce.c - see reduce.h.
 *
 * Except for sorting, all steps are linear in the number of needs and holds of the parties. Permits
 * that come back to a semaphore satisfy the least needs first, and requests in a blocked line get
 * their places in order of arrival, so each need and each rank is visited once.
 */
#include "daemon/core/deadlock/graph.h"

/* A client goes on when one of its requests is granted, even if its other requests still wait. */
static void satisfy(struct reduction *r, const struct need *need)
{
	struct request *request = &r->requests[need->request];
	if (--request->lacks == 0)
		reduction_leave(r, request->party);
}

/* A request has its place when no rank ahead of it blocks. */
static void give_places(struct reduction *r, struct pool *pool)
{
	for (; pool->placed < pool->ranks_end; pool->placed++) {
		if (pool->placed > pool->ranks && reduction_blocks(r, pool, pool->placed - 1))
			return;
		satisfy(r, &r->needs[r->ranks[pool->placed].need]);
	}
}

static void serve(struct reduction *r, struct pool *pool)
{
	while (pool->needs < pool->needs_end && r->needs[pool->needs].n <= pool->free)
		satisfy(r, &r->needs[pool->needs++]);
	give_places(r, pool);
}

static void give_back(struct reduction *r, const struct party *party)
{
	for (uint32_t i = party->shares; i < party->shares_end; i++) {
		struct pool *pool = &r->pools[r->shares[i].pool];
		pool->free += r->shares[i].permits;
		serve(r, pool);
	}
}

static void leave_lines(struct reduction *r, const struct client *client)
{
	const struct waiter *waiter;
	TAILQ_FOREACH(waiter, &client->waiters, of_client)
		for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++)
			give_places(r, &r->pools[waiter->places[i].sem->line->pool]);
}

static void let_go_on(struct reduction *r)
{
	for (uint32_t i = 0; i < r->request_count; i++)
		if (!r->requests[i].lacks)
			reduction_leave(r, r->requests[i].party);
	for (uint32_t i = 0; i < r->pool_count; i++)
		serve(r, &r->pools[i]);
	while (r->leaving_count) {
		const struct party *party = &r->parties[r->leaving[--r->leaving_count]];
		give_back(r, party);
		leave_lines(r, party->client);
	}
}

int reduction_find(struct engine *e, struct reduction *r)
{
	*r = (struct reduction){ 0 };
	if (reduction_look(e, r) < 0)
		return -1;
	let_go_on(r);
	reduction_split(r);
	return 0;
}

void reduction_free(struct reduction *r)
{
	free(r->parties);
	free(r->pools);
	free(r->needs);
	free(r->ranks);
	free(r->shares);
	free(r->holders);
	free(r->requests);
	free(r->leaving);
}
