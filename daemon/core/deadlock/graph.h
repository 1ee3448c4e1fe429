/*
 * graph.h - the wait-for graph: how many permits of each semaphore the requests need, and how many
 * the parties hold. It is kept in arrays, for the files of the reduction only.
 *
 * The needs of a semaphore are adjacent, the least need first. If a waiter in the line lets nobody
 * pass any more, not even by clause (c), the needs also have ranks, in order of arrival: requests
 * behind that waiter have no place until it is served or gone.
 */
#ifndef SEMD_DAEMON_CORE_DEADLOCK_GRAPH_H
#define SEMD_DAEMON_CORE_DEADLOCK_GRAPH_H

#include "daemon/core/deadlock/reduce.h"

/* A semaphore that some party waits for. */
struct pool {
	int64_t total;
	int64_t free;			/* available permits, and the holds of clients that go on */
	uint32_t needs, needs_end;	/* the needs that `free` does not satisfy */
	uint32_t holders, holders_end;
	uint32_t lacked;		/* number of unsatisfied needs of stuck parties */
	bool blocked;			/* a waiter in its line lets nobody pass; only then ranks */
	uint32_t ranks, ranks_end;
	uint32_t placed;		/* the first rank without a place */
	uint32_t last;			/* the last of a stuck party; below `placed`: none */
};

/* What a request needs at one of its places. Places that need more than the total are left out. */
struct need {
	uint32_t pool;
	uint32_t request;
	int64_t n;
	uint64_t arrival;
	bool blocks;
};

/* An entry in the list of a pool's needs in order of arrival. */
struct rank {
	uint32_t pool;
	uint32_t need;
	uint64_t arrival;
};

/*
 * The permits of one semaphore that one party holds. The shares of a party are adjacent; the shares
 * of a pool are found through `holders`.
 */
struct share {
	uint32_t pool;
	uint32_t party;
	uint32_t permits;
};

struct request {
	uint32_t party;
	uint32_t lacks;			/* number of unsatisfied needs and missing places */
};

/* Builds the graph. 0, or -1 if there is no memory. */
int reduction_look(struct engine *e, struct reduction *r) ENGINE_CHECK;

/* The pool of that semaphore, or NULL if no party waits for it. */
static inline struct pool *reduction_pool(const struct engine *e, const struct reduction *r,
                                          const struct sem *sem)
{
	const struct line *line = sem->line;
	return line && line->pool_serial == e->last_reduction ? &r->pools[line->pool] : NULL;
}

static inline struct party *reduction_who(const struct reduction *r, const struct need *need)
{
	return &r->parties[r->requests[need->request].party];
}

/* Whether the request of that rank still keeps the ranks behind it from their places. */
static inline bool reduction_blocks(const struct reduction *r, const struct pool *pool, uint32_t rank)
{
	uint32_t i = r->ranks[rank].need;
	const struct need *need = &r->needs[i];
	return need->blocks && i >= pool->needs && reduction_who(r, need)->stuck;
}

/* The party of the share at that index of `holders`. */
static inline uint32_t reduction_holder(const struct reduction *r, uint32_t i)
{
	return r->shares[r->holders[i]].party;
}

/* Marks a stuck party as not stuck and appends it to `leaving`. Does nothing for other parties. */
static inline void reduction_leave(struct reduction *r, uint32_t party)
{
	if (r->parties[party].stuck)
		r->leaving[r->leaving_count++] = party;
	r->parties[party].stuck = false;
}

/* Leaves out stuck parties that no stuck party waits for, and splits the rest into deadlocks. */
void reduction_split(struct reduction *r);

#endif
