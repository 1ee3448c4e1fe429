/*
 * reduce.c - see reduce.h.
 *
 * Only clients that wait and hold are looked at: no other is waited for and waits. All steps are linear
 * in what they wait for and hold, but for sorting what is needed of each semaphore. Then what comes
 * back to it serves the least needs first, and each is looked at once.
 */
#include "daemon/core/reduce.h"
#include "daemon/core/hold.h"
#include "daemon/core/sem.h"

/* A semaphore that some party waits for. */
struct pool {
	int64_t total;
	int64_t free;		/* what is available, with the holds of all who go on */
	uint32_t next, end;	/* needs that this does not satisfy, the least first */
	uint32_t shares, shares_end;
	uint32_t lacked;	/* needs of those who are stuck */
};

/* One place of a request, unless it needs more than there is. */
struct need {
	uint32_t pool;
	uint32_t request;
	int64_t n;
};

/* What one party holds of a semaphore. */
struct share {
	uint32_t pool;
	uint32_t party;
};

struct request {
	uint32_t party;
	uint32_t lacks;		/* needs that are not satisfied */
};

/* ---- Who and what is looked at ------------------------------------------------------------------- */

static int compare_parties(const void *a, const void *b)
{
	const struct party *left = a, *right = b;
	return left->client->id < right->client->id ? -1 : 1;
}

static int find_parties(const struct engine *e, struct reduction *r)
{
	struct client *client;
	uint32_t count = 0;
	TAILQ_FOREACH(client, &e->entangled, entangling)
		count++;
	r->parties = calloc(count + 1, sizeof(*r->parties));
	if (!r->parties)
		return -1;
	TAILQ_FOREACH(client, &e->entangled, entangling)
		r->parties[r->count++] = (struct party){ .client = client, .stuck = true };
	qsort(r->parties, r->count, sizeof(*r->parties), compare_parties);
	return 0;
}

/* Counts what they wait for and hold, and makes room for it. */
static int make_room(struct reduction *r)
{
	uint32_t requests = 0, needs = 0, shares = 0;
	for (uint32_t i = 0; i < r->count; i++) {
		const struct waiter *waiter;
		const struct hold *hold;
		TAILQ_FOREACH(waiter, &r->parties[i].client->waiters, of_client) {
			requests++;
			needs += waiter->place_count;
		}
		TAILQ_FOREACH(hold, &r->parties[i].client->holds, of_client)
			shares++;
	}
	r->pools = calloc(needs + 1, sizeof(*r->pools));
	r->needs = calloc(needs + 1, sizeof(*r->needs));
	r->requests = calloc(requests + 1, sizeof(*r->requests));
	r->shares = calloc(shares + 1, sizeof(*r->shares));
	r->going = calloc(r->count + 1, sizeof(*r->going));
	return r->pools && r->needs && r->requests && r->shares && r->going ? 0 : -1;
}

static uint32_t pool_of(const struct engine *e, struct reduction *r, struct sem *sem)
{
	if (sem->pool_serial != e->last_reduction) {
		sem->pool_serial = e->last_reduction;
		sem->pool = r->pool_count++;
		r->pools[sem->pool].total = r->pools[sem->pool].free = sem_total(e, sem);
	}
	return sem->pool;
}

static void add_request(const struct engine *e, struct reduction *r, uint32_t party,
                        const struct waiter *waiter)
{
	struct request *request = &r->requests[r->request_count];
	request->party = party;
	for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++) {
		const struct place *place = &waiter->places[i];
		uint32_t pool = pool_of(e, r, place->sem);
		if (place->need > r->pools[pool].total)
			continue;
		r->needs[r->need_count++] = (struct need){ pool, r->request_count, place->need };
		request->lacks++;
	}
	r->request_count++;
}

/* Of that semaphore, or NULL if nobody who is looked at waits for it. */
static struct pool *find_pool(const struct engine *e, const struct reduction *r, const struct sem *sem)
{
	return sem->pool_serial == e->last_reduction ? &r->pools[sem->pool] : NULL;
}

bool reduction_is_lacked(const struct engine *e, const struct reduction *r, const struct sem *sem)
{
	const struct pool *pool = find_pool(e, r, sem);
	return pool && pool->lacked;
}

static void add_shares(const struct engine *e, struct reduction *r, uint32_t party)
{
	const struct hold *hold;
	TAILQ_FOREACH(hold, &r->parties[party].client->holds, of_client) {
		struct pool *pool = find_pool(e, r, hold->key.sem);
		if (!pool)
			continue;
		pool->free -= hold_permits(e, hold);
		r->shares[r->share_count++] = (struct share){ hold->key.sem->pool, party };
	}
}

static int compare_needs(const void *a, const void *b)
{
	const struct need *left = a, *right = b;
	if (left->pool != right->pool)
		return left->pool < right->pool ? -1 : 1;
	return (left->n > right->n) - (left->n < right->n);
}

static int compare_shares(const void *a, const void *b)
{
	const struct share *left = a, *right = b;
	return (left->pool > right->pool) - (left->pool < right->pool);
}

/* Gives each semaphore its own. */
static void sort(struct reduction *r)
{
	qsort(r->needs, r->need_count, sizeof(*r->needs), compare_needs);
	qsort(r->shares, r->share_count, sizeof(*r->shares), compare_shares);
	for (uint32_t i = r->need_count; i-- > 0; r->pools[r->needs[i].pool].next = i)
		if (!r->pools[r->needs[i].pool].end)
			r->pools[r->needs[i].pool].end = i + 1;
	for (uint32_t i = r->share_count; i-- > 0; r->pools[r->shares[i].pool].shares = i)
		if (!r->pools[r->shares[i].pool].shares_end)
			r->pools[r->shares[i].pool].shares_end = i + 1;
}

static void look(const struct engine *e, struct reduction *r)
{
	const struct waiter *waiter;
	for (uint32_t i = 0; i < r->count; i++)
		TAILQ_FOREACH(waiter, &r->parties[i].client->waiters, of_client)
			add_request(e, r, i, waiter);
	for (uint32_t i = 0; i < r->count; i++)
		add_shares(e, r, i);
	sort(r);
}

/* ---- Who can go on ------------------------------------------------------------------------------- */

static void leave(struct reduction *r, uint32_t party)
{
	if (r->parties[party].stuck)
		r->going[r->going_count++] = party;
	r->parties[party].stuck = false;
}

/* Whoever is served with one request goes on, whatever else it waits for. */
static void serve(struct reduction *r, struct pool *pool)
{
	for (; pool->next < pool->end && r->needs[pool->next].n <= pool->free; pool->next++) {
		struct request *request = &r->requests[r->needs[pool->next].request];
		if (--request->lacks == 0)
			leave(r, request->party);
	}
}

static void let_go_on(const struct engine *e, struct reduction *r)
{
	const struct hold *hold;
	for (uint32_t i = 0; i < r->request_count; i++)
		if (!r->requests[i].lacks)
			leave(r, r->requests[i].party);
	for (uint32_t i = 0; i < r->pool_count; i++)
		serve(r, &r->pools[i]);
	while (r->going_count) {
		const struct party *party = &r->parties[r->going[--r->going_count]];
		TAILQ_FOREACH(hold, &party->client->holds, of_client) {
			struct pool *pool = find_pool(e, r, hold->key.sem);
			if (!pool)
				continue;
			pool->free += hold_permits(e, hold);
			serve(r, pool);
		}
	}
}

/* ---- Who only waits behind them ------------------------------------------------------------------ */

static const struct party *who_needs(const struct reduction *r, uint32_t need)
{
	return &r->parties[r->requests[r->needs[need].request].party];
}

static void count_lacks(struct reduction *r)
{
	for (uint32_t i = 0; i < r->pool_count; i++)
		for (uint32_t j = r->pools[i].next; j < r->pools[i].end; j++)
			r->pools[i].lacked += who_needs(r, j)->stuck;
	for (uint32_t i = 0; i < r->share_count; i++)
		r->parties[r->shares[i].party].waited_for += r->pools[r->shares[i].pool].lacked > 0;
}

static void lack_no_more(struct reduction *r, struct pool *pool)
{
	if (--pool->lacked)
		return;
	for (uint32_t i = pool->shares; i < pool->shares_end; i++)
		if (--r->parties[r->shares[i].party].waited_for == 0)
			leave(r, r->shares[i].party);
}

bool reduction_lacks(const struct reduction *r, const struct place *place)
{
	const struct pool *pool = &r->pools[place->sem->pool];
	return place->need <= pool->total && place->need > pool->free;
}

/* It is left behind, with all that it lacks. */
static void drop(struct reduction *r, const struct party *party)
{
	const struct waiter *waiter;
	TAILQ_FOREACH(waiter, &party->client->waiters, of_client)
		for (uint32_t i = 0; i < waiter->place_count; i++)
			if (reduction_lacks(r, &waiter->places[i]))
				lack_no_more(r, &r->pools[waiter->places[i].sem->pool]);
}

static void drop_unwaited(struct reduction *r)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (!r->parties[i].waited_for)
			leave(r, i);
	while (r->going_count)
		drop(r, &r->parties[r->going[--r->going_count]]);
}

/* ---- Who is in one deadlock with whom ------------------------------------------------------------ */

static uint32_t first_of(struct reduction *r, uint32_t party)
{
	while (r->parties[party].first != party) {
		uint32_t *first = &r->parties[party].first;
		*first = r->parties[*first].first;
		party = *first;
	}
	return party;
}

static void join(struct reduction *r, uint32_t a, uint32_t b)
{
	a = first_of(r, a);
	b = first_of(r, b);
	r->parties[a > b ? a : b].first = a > b ? b : a;
}

/* Whoever lacks of a semaphore waits for all who hold of it. */
static void join_around(struct reduction *r, const struct pool *pool)
{
	uint32_t holder = r->count;
	for (uint32_t i = pool->shares; i < pool->shares_end && pool->lacked; i++) {
		if (!r->parties[r->shares[i].party].stuck)
			continue;
		if (holder < r->count)
			join(r, holder, r->shares[i].party);
		holder = r->shares[i].party;
	}
	for (uint32_t i = pool->next; i < pool->end && holder < r->count; i++)
		if (who_needs(r, i)->stuck)
			join(r, holder, r->requests[r->needs[i].request].party);
}

static void split(struct reduction *r)
{
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

int reduction_find(struct engine *e, struct reduction *r)
{
	*r = (struct reduction){ 0 };
	e->last_reduction++;
	if (find_parties(e, r) < 0 || make_room(r) < 0)
		return -1;
	look(e, r);
	let_go_on(e, r);
	count_lacks(r);
	drop_unwaited(r);
	split(r);
	return 0;
}

void reduction_free(struct reduction *r)
{
	free(r->parties);
	free(r->pools);
	free(r->needs);
	free(r->shares);
	free(r->requests);
	free(r->going);
}
