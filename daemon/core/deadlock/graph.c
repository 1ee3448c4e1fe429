/* graph.c - see graph.h. */
#include "daemon/core/deadlock/graph.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"
#include "daemon/core/stuck.h"
#include "protocol/array.h"

static int compare_parties(const void *a, const void *b)
{
	const struct party *left = a, *right = b;
	return (left->client->id > right->client->id) - (left->client->id < right->client->id);
}

static void add_party(struct reduction *r, struct client *client)
{
	r->parties[r->count++] = (struct party){ .client = client, .stuck = true };
}

static void drop_doubles(struct reduction *r)
{
	uint32_t kept = 0;
	qsort(r->parties, r->count, sizeof(*r->parties), compare_parties);
	for (uint32_t i = 0; i < r->count; i++)
		if (!kept || r->parties[kept - 1].client != r->parties[i].client)
			r->parties[kept++] = r->parties[i];
	r->count = kept;
}

/* Adds clients that hold and wait, and clients with waiters that yield no more by clause (c). */
static int find_parties(const struct engine *e, struct reduction *r)
{
	struct client *client;
	const struct waiter *waiter;
	uint32_t count = 0;
	TAILQ_FOREACH(client, &e->entangled, entangling)
		count++;
	TAILQ_FOREACH(waiter, &e->unyielding, of_unyielding)
		count++;
	r->parties = calloc(count + 1, sizeof(*r->parties));
	if (!r->parties)
		return -1;
	TAILQ_FOREACH(client, &e->entangled, entangling)
		add_party(r, client);
	TAILQ_FOREACH(waiter, &e->unyielding, of_unyielding)
		add_party(r, waiter->key.session->client);
	drop_doubles(r);
	return 0;
}

/* Allocates the arrays for the requests and places of all parties. */
static int make_room(struct reduction *r)
{
	uint32_t requests = 0, needs = 0;
	for (uint32_t i = 0; i < r->count; i++) {
		const struct waiter *waiter;
		TAILQ_FOREACH(waiter, &r->parties[i].client->waiters, of_client) {
			requests++;
			needs += waiter->place_count;
		}
	}
	r->pools = calloc(needs + 1, sizeof(*r->pools));
	r->needs = calloc(needs + 1, sizeof(*r->needs));
	r->ranks = calloc(needs + 1, sizeof(*r->ranks));
	r->requests = calloc(requests + 1, sizeof(*r->requests));
	r->leaving = calloc(r->count + 1, sizeof(*r->leaving));
	return r->pools && r->needs && r->ranks && r->requests && r->leaving ? 0 : -1;
}

static struct pool *pool_of(const struct engine *e, struct reduction *r, struct line *line)
{
	if (line->pool_serial != e->last_reduction) {
		line->pool_serial = e->last_reduction;
		line->pool = r->pool_count++;
		int64_t total = sem_total(e, line->sem);
		r->pools[line->pool].total = r->pools[line->pool].free = total;
	}
	return &r->pools[line->pool];
}

static void add_request(const struct engine *e, struct reduction *r, uint32_t party,
                        const struct waiter *waiter)
{
	struct request *request = &r->requests[r->request_count];
	request->party = party;
	for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++) {
		const struct place *place = &waiter->places[i];
		struct pool *pool = pool_of(e, r, place->sem->line);
		if (place->need > pool->total)
			continue;
		struct need *need = &r->needs[r->need_count++];
		*need = (struct need){
			.pool = place->sem->line->pool,
			.request = r->request_count,
			.n = place->need,
			.arrival = waiter->due.order,
			.blocks = stuck_blocks(e, place),
		};
		pool->blocked |= need->blocks;
		request->lacks++;
	}
	r->request_count++;
}

static int add_share(struct reduction *r, struct share share)
{
	struct share *shares = array_grow(r->shares, &r->share_room, (size_t)r->share_count + 1,
	                                  sizeof(*shares));
	if (!shares)
		return -1;
	r->shares = shares;
	shares[r->share_count++] = share;
	return 0;
}

/* A client can have many holds that no party waits for, so they are visited only once. */
static int add_shares(const struct engine *e, struct reduction *r, uint32_t i)
{
	struct party *party = &r->parties[i];
	const struct hold *hold;
	party->shares = r->share_count;
	TAILQ_FOREACH(hold, &party->client->holds, of_client) {
		struct pool *pool = reduction_pool(e, r, hold->key.sem);
		uint32_t permits;
		if (!pool)
			continue;
		permits = hold_permits(e, hold);
		pool->free -= permits;
		if (add_share(r, (struct share){ hold->key.sem->line->pool, i, permits }) < 0)
			return -1;
	}
	party->shares_end = r->share_count;
	return 0;
}

/* Lists the shares in `holders`, sorted by pool. */
static int find_holders(struct reduction *r)
{
	uint32_t sum = 0;
	r->holders = calloc(r->share_count + 1, sizeof(*r->holders));
	if (!r->holders)
		return -1;
	for (uint32_t i = 0; i < r->share_count; i++)
		r->pools[r->shares[i].pool].holders_end++;
	for (uint32_t i = 0; i < r->pool_count; i++) {
		uint32_t count = r->pools[i].holders_end;
		r->pools[i].holders = r->pools[i].holders_end = sum;
		sum += count;
	}
	for (uint32_t i = 0; i < r->share_count; i++)
		r->holders[r->pools[r->shares[i].pool].holders_end++] = i;
	return 0;
}

static int compare_needs(const void *a, const void *b)
{
	const struct need *left = a, *right = b;
	if (left->pool != right->pool)
		return left->pool < right->pool ? -1 : 1;
	return (left->n > right->n) - (left->n < right->n);
}

static int compare_ranks(const void *a, const void *b)
{
	const struct rank *left = a, *right = b;
	if (left->pool != right->pool)
		return left->pool < right->pool ? -1 : 1;
	return (left->arrival > right->arrival) - (left->arrival < right->arrival);
}

/* To be called once the needs are sorted. A request lacks a place for each of its ranks. */
static void add_ranks(struct reduction *r)
{
	for (uint32_t i = 0; i < r->need_count; i++) {
		const struct need *need = &r->needs[i];
		if (!r->pools[need->pool].blocked)
			continue;
		r->ranks[r->rank_count++] = (struct rank){ need->pool, i, need->arrival };
		r->requests[need->request].lacks++;
	}
}

/* Finds where the entries of each pool begin and end in a sorted array. */
#define FIND_ENDS(r, array, array_count, begin, end) \
	for (uint32_t i = (r)->array_count; i-- > 0; (r)->pools[(r)->array[i].pool].begin = i) \
		if (!(r)->pools[(r)->array[i].pool].end) \
			(r)->pools[(r)->array[i].pool].end = i + 1;

static void sort(struct reduction *r)
{
	qsort(r->needs, r->need_count, sizeof(*r->needs), compare_needs);
	FIND_ENDS(r, needs, need_count, needs, needs_end)
	add_ranks(r);
	qsort(r->ranks, r->rank_count, sizeof(*r->ranks), compare_ranks);
	FIND_ENDS(r, ranks, rank_count, ranks, ranks_end)
	for (uint32_t i = 0; i < r->pool_count; i++)
		r->pools[i].placed = r->pools[i].ranks;
}

int reduction_look(struct engine *e, struct reduction *r)
{
	const struct waiter *waiter;
	e->last_reduction++;
	if (find_parties(e, r) < 0 || make_room(r) < 0)
		return -1;
	for (uint32_t i = 0; i < r->count; i++)
		TAILQ_FOREACH(waiter, &r->parties[i].client->waiters, of_client)
			add_request(e, r, i, waiter);
	for (uint32_t i = 0; i < r->count; i++)
		if (add_shares(e, r, i) < 0)
			return -1;
	sort(r);
	e->looked += r->need_count + r->share_count;
	return find_holders(r);
}
