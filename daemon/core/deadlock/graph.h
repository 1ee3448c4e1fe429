/*
 * graph.h - the wait-for graph that is reduced: who wants how much of what and who holds of it, in
 * arrays, for the files of the reduction only.
 *
 * Of each semaphore the needs lie side by side, the least first. Where a waiter in its line lets
 * nobody pass any more, even who it is stuck behind, they lie in order of arrival as well: who
 * stands behind that waiter has no place until it is served or gone.
 */
#ifndef SEMD_DAEMON_CORE_DEADLOCK_GRAPH_H
#define SEMD_DAEMON_CORE_DEADLOCK_GRAPH_H

#include "daemon/core/deadlock/reduce.h"

/* A semaphore that some party waits for. */
struct pool {
	int64_t total;
	int64_t free;			/* what is available, with the holds of all who go on */
	uint32_t needs, needs_end;	/* from `needs` on it does not satisfy them */
	uint32_t holders, holders_end;
	uint32_t lacked;		/* needs of those who are stuck */
	bool blocked;			/* somebody in its line lets nobody pass; else it has no ranks */
	uint32_t ranks, ranks_end;
	uint32_t placed;		/* the first rank that has no place */
	uint32_t last;			/* the last one, of those who are stuck; below `placed`: none */
};

/* One place of a request, unless it needs more than there is. */
struct need {
	uint32_t pool;
	uint32_t request;
	int64_t n;
	uint64_t arrival;
	bool blocks;
};

/* A need in order of arrival. */
struct rank {
	uint32_t pool;
	uint32_t need;
	uint64_t arrival;
};

/* What one party holds of a semaphore. Those of a party lie side by side; those of a pool are found
 * through `holders`. */
struct share {
	uint32_t pool;
	uint32_t party;
	uint32_t permits;
};

struct request {
	uint32_t party;
	uint32_t lacks;			/* needs that are not satisfied, and places that it has not */
};

/* Fills in all of it. 0, or -1 if there is no memory. */
int reduction_look(struct engine *e, struct reduction *r) ENGINE_CHECK;

/* The pool of that semaphore, or NULL if nobody who is looked at waits for it. */
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

/* Whether it still keeps those behind it from their places. */
static inline bool reduction_blocks(const struct reduction *r, const struct pool *pool, uint32_t rank)
{
	uint32_t i = r->ranks[rank].need;
	const struct need *need = &r->needs[i];
	return need->blocks && i >= pool->needs && reduction_who(r, need)->stuck;
}

/* The party of the share that `holders` has there. */
static inline uint32_t reduction_holder(const struct reduction *r, uint32_t i)
{
	return r->shares[r->holders[i]].party;
}

/* Takes it from those who are stuck, once; it is then in `leaving`. */
static inline void reduction_leave(struct reduction *r, uint32_t party)
{
	if (r->parties[party].stuck)
		r->leaving[r->leaving_count++] = party;
	r->parties[party].stuck = false;
}

/* Leaves out those who only wait behind others, and splits the rest. */
void reduction_split(struct reduction *r);

#endif
