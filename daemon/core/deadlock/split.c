/*
 * split.c - finds which stuck parties are in a deadlock, and splits them into deadlocks.
 *
 * A party that lacks permits waits for all their holders; a party without a place waits for all
 * parties that block ahead of it. The number of such pairs can be the square of the number of
 * parties, so they are never listed. Instead each pool counts the needs of stuck parties, and
 * knows the last stuck party without a place.
 */
#include "daemon/core/deadlock/graph.h"

bool reduction_is_lacked(const struct engine *e, const struct reduction *r, const struct sem *sem)
{
	const struct pool *pool = reduction_pool(e, r, sem);
	return pool && pool->lacked;
}

bool reduction_lacks(const struct reduction *r, const struct place *place)
{
	const struct pool *pool = &r->pools[place->sem->line->pool];
	return place->need <= pool->total && place->need > pool->free;
}

static uint32_t party_at(const struct reduction *r, uint32_t rank)
{
	return r->requests[r->needs[r->ranks[rank].need].request].party;
}

/* ---- Leaving out parties that no party waits for ------------------------------------------- */

static void no_more(struct reduction *r, uint32_t party)
{
	if (--r->parties[party].waited_for == 0)
		reduction_leave(r, party);
}

static void find_last(struct reduction *r, struct pool *pool)
{
	pool->last = pool->ranks_end - 1;
	while (pool->last >= pool->placed && !r->parties[party_at(r, pool->last)].stuck)
		pool->last--;
}

static void count(struct reduction *r)
{
	for (uint32_t i = 0; i < r->pool_count; i++) {
		struct pool *pool = &r->pools[i];
		for (uint32_t j = pool->needs; j < pool->needs_end; j++)
			pool->lacked += reduction_who(r, &r->needs[j])->stuck;
		if (!pool->blocked)
			continue;
		find_last(r, pool);
		for (uint32_t j = pool->placed - 1; j < pool->last; j++)
			r->parties[party_at(r, j)].waited_for += reduction_blocks(r, pool, j);
	}
	for (uint32_t i = 0; i < r->share_count; i++)
		r->parties[r->shares[i].party].waited_for += r->pools[r->shares[i].pool].lacked > 0;
}

static void lack_no_more(struct reduction *r, struct pool *pool)
{
	if (--pool->lacked)
		return;
	for (uint32_t i = pool->holders; i < pool->holders_end; i++)
		no_more(r, reduction_holder(r, i));
}

/* A rank that blocks is waited for while it is ahead of `last`, the last rank without a place. */
static void block_no_more(struct reduction *r, struct pool *pool)
{
	while (pool->last >= pool->placed && !r->parties[party_at(r, pool->last)].stuck) {
		pool->last--;
		if (reduction_blocks(r, pool, pool->last))
			no_more(r, party_at(r, pool->last));
	}
}

static void drop(struct reduction *r, const struct client *client)
{
	const struct waiter *waiter;
	TAILQ_FOREACH(waiter, &client->waiters, of_client) {
		for (uint32_t i = 0; i < waiter->place_count; i++) {
			struct pool *pool = &r->pools[waiter->places[i].sem->line->pool];
			if (reduction_lacks(r, &waiter->places[i]))
				lack_no_more(r, pool);
			if (pool->blocked)
				block_no_more(r, pool);
		}
	}
}

static void drop_unwaited(struct reduction *r)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (!r->parties[i].waited_for)
			reduction_leave(r, i);
	while (r->leaving_count)
		drop(r, r->parties[r->leaving[--r->leaving_count]].client);
}

/* ---- Splitting the rest into deadlocks ----------------------------------------------------- */

static uint32_t first_of(struct reduction *r, uint32_t party)
{
	while (r->parties[party].first != party) {
		uint32_t *first = &r->parties[party].first;
		*first = r->parties[*first].first;
		party = *first;
	}
	return party;
}

/* The lower party becomes the first of both sets. Parties that are not stuck stay apart. */
static void join(struct reduction *r, uint32_t a, uint32_t b)
{
	if (!r->parties[a].stuck || !r->parties[b].stuck)
		return;
	a = first_of(r, a);
	b = first_of(r, b);
	r->parties[a > b ? a : b].first = a > b ? b : a;
}

static uint32_t any_holder(const struct reduction *r, const struct pool *pool)
{
	uint32_t i = pool->holders;
	while (i < pool->holders_end && !r->parties[reduction_holder(r, i)].stuck)
		i++;
	return i < pool->holders_end ? reduction_holder(r, i) : r->count;
}

static void join_around(struct reduction *r, const struct pool *pool)
{
	uint32_t holder = pool->lacked ? any_holder(r, pool) : r->count;
	for (uint32_t i = pool->holders; i < pool->holders_end && holder < r->count; i++)
		join(r, holder, reduction_holder(r, i));
	for (uint32_t i = pool->needs; i < pool->needs_end && holder < r->count; i++)
		join(r, holder, r->requests[r->needs[i].request].party);
	for (uint32_t i = pool->placed; i < pool->ranks_end; i++)
		join(r, party_at(r, pool->placed - 1), party_at(r, i));
}

void reduction_split(struct reduction *r)
{
	count(r);
	drop_unwaited(r);
	for (uint32_t i = 0; i < r->count; i++)
		r->parties[i].first = i;
	for (uint32_t i = 0; i < r->pool_count; i++)
		join_around(r, &r->pools[i]);
	for (uint32_t i = r->count; i-- > 0;) {
		uint32_t first = first_of(r, i);
		r->parties[i].first = first;
		if (first == i || !r->parties[i].stuck)
			continue;
		r->parties[i].next = r->parties[first].next;
		r->parties[first].next = i;
	}
}
